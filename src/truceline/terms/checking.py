"""What a typed agreement may still not say: texts, ids, standards, and all that `checks` adds."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from truceline.terms.clauses import CLAUSES
from truceline.terms.decoding import Sink
from truceline.terms.document import Article, Clause, Doc, Evidence, Words
from truceline.terms.drawing import check_geometry
from truceline.terms.nodes import Node
from truceline.terms.references import check_references
from truceline.terms.timing import check_times

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_HOW_LANGUAGE = "use a code of two or three letters, as en, uk, ru"
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_BRACKET_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")


def check(doc: Doc, tree: Node, sink: Sink) -> None:
    """Note everything in a typed agreement that may not stand, and what may only stand for now."""
    _languages(doc, sink)
    _unique(doc, sink)
    for number, article in enumerate(doc.articles):
        _article(doc, article, f"articles[{number}]", sink)
    _other_texts(doc, sink)
    _standards(doc, sink)
    check_references(doc, sink)
    check_times(doc, sink)
    check_geometry(doc, tree, sink)
    for path, clause in clauses_with_paths(doc):
        _kind(clause, sink.line(path), sink)


def _kind(clause: Clause, line: int, sink: Sink) -> None:
    """What is odd for a clause of its kind; a kind nobody registered may be a slip of the pen."""
    if clause.kind in CLAUSES:
        for found, do in CLAUSES[clause.kind].check(clause):
            sink.remark(line, f"clause `{clause.id}`: {found}", do)
        return
    close = get_close_matches(clause.kind, sorted(CLAUSES), n=1, cutoff=0.85)
    if close:
        found = f"clause `{clause.id}`: kind `{clause.kind}`, which is not registered"
        do = f"did you mean `{close[0]}`? Its rule is judged by its norm alone either way"
        sink.remark(line, found, do)


def clauses_with_paths(doc: Doc) -> Iterator[tuple[str, Clause]]:
    """Every clause with its path in the file."""
    for number, article in enumerate(doc.articles):
        for place, clause in enumerate(article.clauses):
            yield f"articles[{number}].clauses[{place}]", clause


def _languages(doc: Doc, sink: Sink) -> None:
    authentic = doc.languages.authentic
    line = sink.line("languages.authentic")
    if not authentic:
        sink.refuse(line, "no authentic language", "list at least one in `authentic`")
    for language in authentic:
        if not _LANGUAGE.fullmatch(language):
            sink.refuse(line, f"authentic language {language!r}", _HOW_LANGUAGE)
    prevails = doc.languages.prevails
    if prevails is not None and prevails not in authentic:
        found = f"prevailing language {prevails!r}, which is not authentic"
        sink.refuse(sink.line("languages.prevails"), found, "name an authentic language or null")
    if not doc.parties:
        sink.refuse(sink.line("parties"), "no party", "name the parties")


def _unique(doc: Doc, sink: Sink) -> None:
    seen: set[str] = set()
    for number, article in enumerate(doc.articles):
        _once(article.id, "article", f"articles[{number}]", seen, sink)
    ids: set[str] = set()
    for path, clause in clauses_with_paths(doc):
        _once(clause.id, "clause", path, ids, sink)
    amended: set[str] = set()
    for number, amendment in enumerate(doc.amendments):
        _once(amendment.id, "amendment", f"amendments[{number}]", amended, sink)


def _once(name: str, what: str, path: str, seen: set[str], sink: Sink) -> None:
    line = sink.line(f"{path}.id")
    if not name:
        sink.refuse(line, f"{what} without an id", "give it a short id of its own")
    if name in seen:
        sink.refuse(line, f"{what} id `{name}` a second time", "give each its own id")
    seen.add(name)


def _article(doc: Doc, article: Article, path: str, sink: Sink) -> None:
    line = sink.line(f"{path}.text")
    for language in doc.languages.authentic:
        if not article.text.get(language, "").strip():
            found = f"article {article.number} without text in {language}, an authentic language"
            sink.refuse(line, found, f"add `{language}` to its text")
    _known_languages(article.text, f"{path}.text", sink)
    _brackets(article, line, sink)


def _brackets(article: Article, line: int, sink: Sink) -> None:
    """Every language of an article must hold the same brackets in the same number."""
    held = {language: _bracket_ids(text) for language, text in article.text.items() if text}
    if not held:
        return
    first_language, first = next(iter(held.items()))
    for language, ids in held.items():
        text = article.text[language]
        if text.count("[") != text.count("]"):
            found = f"article {article.number}: a bracket left open in {language}"
            sink.refuse(line, found, "close it")
        elif ids != first:
            found = (
                f"article {article.number}: brackets {_shown(first)} in {first_language} "
                f"but {_shown(ids)} in {language}"
            )
            sink.refuse(line, found, "use the same brackets in every language")


def _bracket_ids(text: str) -> Counter[str]:
    """Brackets by their id; one that holds prose counts as a bracket without one."""
    found = _BRACKET.findall(text)
    return Counter(inner if _BRACKET_ID.fullmatch(inner) else "…" for inner in found)


def _shown(ids: Counter[str]) -> str:
    return " ".join(f"[{one}]" for one in sorted(ids.elements())) or "none"


def _known_languages(words: Words, path: str, sink: Sink) -> None:
    for language in words:
        if not _LANGUAGE.fullmatch(language):
            found = f"language {language!r} at `{path}`"
            sink.refuse(sink.line(f"{path}.{language}"), found, _HOW_LANGUAGE)


def _other_texts(doc: Doc, sink: Sink) -> None:
    for name, exemption in doc.exemptions.items():
        _translated(exemption.text, f"exemptions.{name}", f"exemption `{name}`", doc, sink)
        for number, part in enumerate(exemption.all or ()):
            path = f"exemptions.{name}.all[{number}]"
            _translated(part.text, path, f"exemption `{name}`, part {number + 1}", doc, sink)
    for name, definition in doc.definitions.items():
        path, what = f"definitions.{name}.text", f"definition of `{name}`"
        _translated(definition.text, path, what, doc, sink)
    for code, party in doc.parties.items():
        _translated(party.name, f"parties.{code}", f"party {code}", doc, sink)
    _translated(doc.title, "title", "title", doc, sink)


def _translated(words: Words, path: str, what: str, doc: Doc, sink: Sink) -> None:
    missing = [one for one in doc.languages.authentic if not words.get(one, "").strip()]
    if missing:
        languages = ", ".join(missing)
        sink.warn(sink.line(path), f"{what} without wording in {languages}", "add the translation")
    _known_languages(words, path, sink)


def _standards(doc: Doc, sink: Sink) -> None:
    _standard(doc.evidence, "evidence", sink)
    for path, clause in clauses_with_paths(doc):
        _standard(clause.evidence, f"{path}.evidence", sink)


def _standard(evidence: Evidence | None, path: str, sink: Sink) -> None:
    if evidence is None:
        return
    if not 0 <= evidence.none_at_bp < evidence.breach_at_bp <= 10_000:
        found = (
            f"standard of proof {evidence.breach_at_bp / 10_000:g} "
            f"and {evidence.none_at_bp / 10_000:g}"
        )
        do = "write 0 ≤ none_at < breach_at ≤ 1"
        sink.refuse(sink.line(path), found, do)
