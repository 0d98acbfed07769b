"""Reading an agreement: bytes in, a typed and checked agreement out, or every problem at once."""

from dataclasses import dataclass

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
    agreement, spelt = _agreement(tree, at_hand, sink)
    _check_versions(agreement, sink)
    if sink.problems:
        raise TermsRefused(sink.problems)
    warnings = tuple(sorted(set(sink.warnings)))
    return Loaded(
        agreement=agreement,
        sha256=agreement.sha256,
        warnings=warnings,
        canonical=spelt,
        remarks=tuple(sorted(set(sink.remarks))),
    )


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
