"""Reading an agreement: bytes in, a typed and checked agreement out, or every problem at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from truceline.terms.agreement import Agreement
from truceline.terms.building import build
from truceline.terms.decoding import Sink
from truceline.terms.errors import Problem, TermsRefused
from truceline.terms.nodes import Node, Unreadable, read_tree
from truceline.terms.shapes import Files
from truceline.terms.versions import version
from truceline.values.canonical import canonical, sha256_hex
from truceline.values.errors import BadValue


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Loaded:
    """An agreement ready for use.

    canonical: the canonical JSON of its typed form, defaults filled in; sha256: of those bytes.
    warnings: what may stand for now, and may not stand when it is signed.
    remarks: what is unusual for a clause of its kind, and right if it is meant.
    """

    agreement: Agreement
    sha256: str
    warnings: tuple[Problem, ...]
    canonical: bytes
    remarks: tuple[Problem, ...] = ()


def load(raw: bytes, name: str = "terms.yaml", files: Files | None = None) -> Loaded:
    """Read an agreement.

    files: the bytes of the files its geometry names. Raises TermsRefused with every problem that
    was found: file, line, what was found, what to do.
    """
    at_hand: Files = {} if files is None else files
    try:
        tree, problems = read_tree(raw, name)
    except Unreadable as unreadable:
        raise TermsRefused([unreadable.problem]) from None
    sink = Sink(name, problems=problems)
    try:
        agreement, spelt = _agreement(tree, at_hand, sink)
        _check_versions(agreement, sink)
    except TermsRefused as refused:
        raise TermsRefused(named(refused.problems, tree)) from None
    if sink.problems:
        raise TermsRefused(named(sink.problems, tree))
    warnings = named(sink.warnings, tree)
    return Loaded(
        agreement=agreement,
        sha256=agreement.sha256,
        warnings=warnings,
        canonical=spelt,
        remarks=named(sink.remarks, tree),
    )


def named(problems: Iterable[Problem], tree: Node) -> tuple[Problem, ...]:
    """Problems in order, with articles and clauses called by their own names."""

    def name(found: re.Match[str]) -> str:
        article = _item(tree.get("articles"), int(found["article"]))
        if found["clause"] is None:
            return f"article {_called(article, 'number') or found['article']}"
        clause = _item(article and article.get("clauses"), int(found["clause"]))
        return _called(clause, "id") or found[0]

    out = {replace(one, found=_PATH.sub(name, one.found)) for one in problems}
    return tuple(sorted(out))


_PATH = re.compile(r"articles\[(?P<article>[0-9]+)\](\.clauses\[(?P<clause>[0-9]+)\])?")


def _item(node: Node | None, number: int) -> Node | None:
    listed = node.value if node is not None else None
    return listed[number] if isinstance(listed, tuple) and number < len(listed) else None


def _called(node: Node | None, key: str) -> str:
    held = node.get(key) if node is not None else None
    return held.value if held is not None and isinstance(held.value, str) else ""


def _agreement(tree: Node, files: Files, sink: Sink) -> tuple[Agreement, bytes]:
    made = build(tree, files, sink)
    if made is None or sink.problems:
        raise TermsRefused(sink.problems)
    doc, atlas = made
    try:
        spelt = canonical(doc)
    except BadValue as problem:
        sink.refuse(1, str(problem), "use plain Latin keys and whole numbers")
        raise TermsRefused(sink.problems) from None
    digest = sha256_hex(spelt)
    return Agreement(doc=doc, atlas=atlas, sha256=digest, authored=tree, files=files), spelt


def _check_versions(agreement: Agreement, sink: Sink) -> None:
    """Refuse a reading or an amendment that leads nowhere, now and not in the middle of a case."""
    for name in agreement.doc.readings:
        _try(agreement, sink, name, (), f"readings.{name}")
    for number, amendment in enumerate(agreement.doc.amendments):
        _try(agreement, sink, "", (amendment.id,), f"amendments[{number}].target")


def _try(
    agreement: Agreement, sink: Sink, reading: str, applied: tuple[str, ...], path: str
) -> None:
    try:
        version(agreement, reading, applied)
    except TermsRefused as refused:
        found = "; ".join(f"{one.found}; {one.do}" for one in refused.problems)
        sink.refuse(sink.line(path), f"`{path}` makes {found}", "mend its value or its target")
    except BadValue as problem:
        sink.refuse(sink.line(path), str(problem), "name a clause or a part and its field")
