"""Two drafts side by side: what the words say differently, and what that changes.

The difference of texts goes part by part, each called by its own name (`article 2`, `clause
a2.zone`, `geometry.line`); wording is compared word by word in each language. The difference in
meaning runs both drafts over the same incidents and counts which answers change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeGuard

import msgspec

from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.document import Article, Doc
from truceline.terms.judging import Bench
from truceline.terms.register import Record, known_by

_NAMED = ("parties", "bodies", "definitions", "anchors", "readings", "geometry", "exemptions")
_ALONE = ("title", "languages", "tz", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: which part, which field of it, what it was and what it is.

    before, after: None where the part or the field is not there. words: for wording, language →
    the two texts as one, what is taken out in [- -], what is put in in {+ +}.
    """

    part: str
    field: str = ""
    before: object = None
    after: object = None
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One answer that two drafts give differently on one incident.

    party: None for somebody bound. before, after: the verdict; "" where a draft has no such clause.
    """

    case: str
    clause: str
    party: str | None
    before: str
    after: str


def differences(one: Doc, other: Doc) -> tuple[Change, ...]:
    """Everything in which two drafts differ, in the order of the file."""
    found = [*_fields("agreement", _picked(one, _ALONE), _picked(other, _ALONE))]
    for name in _NAMED:
        found += _named(name, getattr(one, name), getattr(other, name))
    found += _articles(one, other)
    found += _listed("amendment", one.amendments, other.amendments)
    return tuple(found)


def moved(
    one: Agreement,
    other: Agreement,
    cases: Mapping[str, Case],
    register: Sequence[Record] = (),
    known_at_us: int = 2**62,
) -> tuple[Moved, ...]:
    """Run two drafts over the same incidents and say every answer that changes.

    Costs one judging of each incident by each draft.
    """
    known = known_by(register, known_at_us)
    before, after = Bench(one, known), Bench(other, known)
    out: list[Moved] = []
    for name, case in cases.items():
        first, second = before.assess(case), after.assess(case)
        for clause, party in sorted({*first, *second}, key=_ordered):
            was, now = (_verdict(held, (clause, party)) for held in (first, second))
            if was != now:
                out.append(Moved(case=name, clause=clause, party=party, before=was, after=now))
    return tuple(out)


def worded(before: str, after: str) -> str:
    """Two texts as one: words taken out in [- -], words put in in {+ +}.

    >>> worded("by the end of D+14", "by the end of D+10")
    'by the end of [-D+14-] {+D+10+}'
    """
    old, new = before.split(), after.split()
    out: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            out += old[a:b]
            continue
        if a < b:
            out.append(f"[-{' '.join(old[a:b])}-]")
        if c < d:
            out.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(out)


def _ordered(key: tuple[str, str | None]) -> tuple[str, str]:
    return key[0], key[1] or ""


def _verdict(held: Mapping[tuple[str, str | None], object], key: tuple[str, str | None]) -> str:
    result = held.get(key)
    return "" if result is None else str(getattr(result, "verdict", ""))


def _picked(doc: Doc, names: Sequence[str]) -> dict[str, object]:
    return {name: msgspec.to_builtins(getattr(doc, name)) for name in names}


def _named(what: str, one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[Change]:
    for name in dict.fromkeys((*one, *other)):
        yield from _parts(f"{what}.{name}", one.get(name), other.get(name))


def _articles(one: Doc, other: Doc) -> Iterator[Change]:
    first, second = ({article.id: article for article in doc.articles} for doc in (one, other))
    for name in dict.fromkeys((*first, *second)):
        before, after = first.get(name), second.get(name)
        number = (after or before or Article(id=name, number=name, text={})).number
        if before is None or after is None:
            yield Change(part=f"article {number}", before=_text(before), after=_text(after))
        else:
            yield from _reworded(f"article {number}", before, after)
        yield from _listed(
            "clause", before.clauses if before else (), after.clauses if after else ()
        )


def _text(article: Article | None) -> object:
    return None if article is None else dict(article.text)


def _reworded(part: str, before: Article, after: Article) -> Iterator[Change]:
    if before.number != after.number:
        yield Change(part=part, field="number", before=before.number, after=after.number)
    changed = {
        language: worded(before.text.get(language, ""), after.text.get(language, ""))
        for language in dict.fromkeys((*before.text, *after.text))
        if before.text.get(language) != after.text.get(language)
    }
    if changed:
        texts = dict(before.text), dict(after.text)
        yield Change(part=part, field="text", before=texts[0], after=texts[1], words=changed)


def _listed(what: str, one: Sequence[object], other: Sequence[object]) -> Iterator[Change]:
    first, second = ({str(getattr(item, "id", "")): item for item in held} for held in (one, other))
    for name in dict.fromkeys((*first, *second)):
        yield from _parts(f"{what} {name}", first.get(name), second.get(name))


def _parts(part: str, one: object, other: object) -> Iterator[Change]:
    before, after = (None if held is None else msgspec.to_builtins(held) for held in (one, other))
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _fields(part, before, after)
    elif before != after:
        yield Change(part=part, before=before, after=after)


def _fields(
    part: str, one: Mapping[str, object], other: Mapping[str, object], inside: str = ""
) -> Iterator[Change]:
    """Field by field, and inside a field that both state as a mapping."""
    for name in dict.fromkeys((*one, *other)):
        before, after = one.get(name), other.get(name)
        field = f"{inside}{name}"
        if before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _fields(part, before, after, f"{field}.")
        elif _parallel(before) and _parallel(after) and len(before) == len(after):
            first, second = _by_place(before), _by_place(after)
            yield from _fields(part, first, second, f"{field}.")
        else:
            yield Change(part=part, field=field, before=before, after=after)


def _by_place(held: Sequence[object]) -> dict[str, object]:
    return {str(place): one for place, one in enumerate(held)}


def _parallel(held: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """A list of conditions, each compared with the one at its place."""
    return isinstance(held, list | tuple) and all(isinstance(one, dict) for one in held)
