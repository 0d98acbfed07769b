"""From an agreed text to the agreement's data: words and rules are set, nobody retypes them.

1. Every article on the table gives its words, agreed brackets filled in, open ones standing.
2. Every agreed parameter that is bound sets its field; the field is no longer `not_agreed`.
3. Every bound parameter still open leaves its field as it is and lists it as `not_agreed`.
4. What comes out is loaded and checked like any agreement before it is handed over.
"""

import io
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from truceline.desk.errors import ActRefused
from truceline.talks.articles import SILENT, version_of
from truceline.talks.text import Text
from truceline.terms.differing import Change, differences
from truceline.terms.document import Doc
from truceline.terms.loading import Loaded, load
from truceline.terms.shapes import Files

Part = MutableMapping[str, Any]  # a mapping of the file, with its comments


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An agreement's file with a text's words and rules in it, and what it loads as."""

    raw: bytes
    loaded: Loaded
    set_by: Mapping[str, str]
    still_open: Sequence[str]


def draft(text: Text, terms: bytes, name: str, files: Files | None = None) -> Draft:
    """Put a text into an agreement's file, comments kept.

    ActRefused names a field or an article that the file does not have; TermsRefused where what
    comes out is no agreement.
    """
    load(terms, name, files)  # what is no agreement is refused in the loader's own words
    tree = _tree(terms, name)
    for article, words in text.settled().items():
        _article(tree, article, name)["text"] = dict(words)
    agreed, still_open = text.set_by(), text.still_open()
    for bind, value in agreed.items():
        _set(tree, bind, value, name)
    for bind in still_open:
        clause, field = _clause(tree, bind, name)
        listed = clause.setdefault("not_agreed", [])
        if field not in listed:
            listed.append(field)
    raw = _spelt(tree)
    loaded = load(raw, name, files)
    return Draft(raw=raw, loaded=loaded, set_by=agreed, still_open=still_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An article as two drafts have it: what differs, and what each voice says to either version.

    stances: voice → (to the earlier words, to the later words).
    """

    article: str
    number: str
    changes: tuple[Change, ...]
    stances: Mapping[str, tuple[str, str]]


def compare(one: Doc, other: Doc, text: Text | None) -> Iterator[Compared]:
    """Two drafts article by article, clauses under their article, those alike left out.

    A stance is to one version: the words themselves say which. Changes that belong to no article
    come first, under an empty name.
    """
    first, second = ({item.id: item for item in doc.articles} for doc in (one, other))
    owner = {
        f"clause {clause.id}": item.id
        for doc in (one, other)
        for item in doc.articles
        for clause in item.clauses
    }
    owner |= {f"article {item.number}": item.id for doc in (one, other) for item in doc.articles}
    grouped: dict[str, list[Change]] = {"": []}
    for change in differences(one, other):
        grouped.setdefault(owner.get(change.part, ""), []).append(change)
    for name, changes in grouped.items():
        if not changes:
            continue
        held = second.get(name) or first.get(name)
        versions = [
            version_of(name, docs[name].text) if name in docs else "" for docs in (first, second)
        ]
        yield Compared(
            article=name,
            number=held.number if held else "",
            changes=tuple(changes),
            stances=_stances(text, name, versions) if name else {},
        )


def _stances(
    text: Text | None, article: str, versions: Sequence[str]
) -> dict[str, tuple[str, str]]:
    if text is None:
        return {}
    held = text.articles.get(article)
    answers = held.answers if held else {}
    return {
        voice: (
            answers[versions[0], voice].answer if (versions[0], voice) in answers else SILENT,
            answers[versions[1], voice].answer if (versions[1], voice) in answers else SILENT,
        )
        for voice in text.voices
    }


def _yaml() -> YAML:
    held = YAML(typ="rt")
    held.preserve_quotes = True
    held.width = 2**16
    return held


def _tree(terms: bytes, name: str) -> Part:
    try:
        held: Part = _yaml().load(terms.decode("utf-8-sig"))
    except YAMLError as problem:
        raise ActRefused(f"{name}: {problem}") from problem
    return held


def _spelt(tree: object) -> bytes:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue().encode()


def _article(tree: Part, article: str, name: str) -> Part:
    for item in tree.get("articles", ()):
        if item.get("id") == article:
            found: Part = item
            return found
    raise ActRefused(f"{name} has no article {article!r}; add it with its number and clauses")


def _clause(tree: Part, bind: str, name: str) -> tuple[Part, str]:
    """The clause a field belongs to, and the field's own path in it."""
    for item in tree.get("articles", ()):
        for clause in item.get("clauses", ()):
            prefix = f"{clause.get('id')}."
            if bind.startswith(prefix):
                return clause, bind.removeprefix(prefix)
    raise ActRefused(f"{name}: no clause that {bind!r} could be a field of")


def _set(tree: Part, bind: str, value: str, name: str) -> None:
    clause, field = _clause(tree, bind, name)
    *way, last = field.split(".")
    held: object = clause
    for key in way:
        held = _inside(held, key, bind, name)
    _inside(held, last, bind, name)
    given = _yaml().load(value)
    if isinstance(held, MutableSequence):
        held[int(last)] = given
    elif isinstance(held, MutableMapping):
        held[last] = given
    listed = clause.get("not_agreed", [])
    if field in listed:
        listed.remove(field)


def _inside(held: object, key: str, bind: str, name: str) -> object:
    if isinstance(held, MutableSequence) and key.isdigit() and int(key) < len(held):
        return held[int(key)]
    if isinstance(held, MutableMapping) and key in held:
        return held[key]
    raise ActRefused(f"{name}: {bind!r} leads nowhere at {key!r}; a bracket sets a field there is")
