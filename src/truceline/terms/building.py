"""From a tree to a document and its atlas: decoding, checks, drawing."""

from truceline.terms.agreement import Agreement
from truceline.terms.checking import check
from truceline.terms.decoding import Sink, decode
from truceline.terms.document import Ceiling, Doc, Geom, Prohibit, Where
from truceline.terms.nodes import Node
from truceline.terms.places import Atlas
from truceline.terms.plane import chart
from truceline.terms.shapes import Files, Outline, outline
from truceline.values.errors import BadValue


def build(
    tree: Node, files: Files, sink: Sink, like: Agreement | None = None
) -> tuple[Doc, Atlas] | None:
    """Decode, check and draw; None where the tree cannot be typed at all.

    like: a version already built, whose drawings are used again where nothing changed.
    Problems and warnings go to the sink.
    """
    doc = decode(tree, Doc, sink)
    if doc is None:
        return None
    assert isinstance(doc, Doc)
    check(doc, tree, sink)
    outlines = {} if sink.problems else _outlines(doc, files, sink, like)
    return doc, Atlas(chart(doc.geometry if not sink.problems else {}, outlines, _limit_m(doc)))


def _outlines(doc: Doc, files: Files, sink: Sink, like: Agreement | None) -> dict[str, Outline]:
    out = {}
    for name, geom in doc.geometry.items():
        drawn = _again(name, geom, like) or _drawn(name, geom, files, sink)
        if drawn is not None:
            out[name] = drawn
    return out


def _again(name: str, geom: Geom, like: Agreement | None) -> Outline | None:
    if like is None or like.doc.geometry.get(name) != geom:
        return None
    return like.atlas.chart.outlines.get(name)


def _drawn(name: str, geom: Geom, files: Files, sink: Sink) -> Outline | None:
    try:
        return outline(geom, files)
    except BadValue as problem:
        key = "file" if geom.file is not None else "polygon"
        do = {
            "file": "give the file that was agreed, beside the agreement, with its own SHA-256",
            "polygon": "list its points in order round the area",
        }[key]
        sink.refuse(sink.line(f"geometry.{name}.{key}"), f"geometry `{name}`: {problem}", do)
        return None


def _limit_m(doc: Doc) -> int:
    """The largest distance any condition asks about."""
    wheres: list[Where] = [one.where for one in doc.exemptions.values() if one.where]
    for exemption in doc.exemptions.values():
        wheres += [inner.where for inner in exemption.all or () if inner.where]
    for article in doc.articles:
        for clause in article.clauses:
            if isinstance(clause, Prohibit | Ceiling):
                wheres += [*clause.where_by.values(), *([clause.where] if clause.where else [])]
    return max([0, *(_farthest_m(where) for where in wheres)])


def _farthest_m(where: Where) -> int:
    inner = [_farthest_m(part) for part in (*(where.all or ()), *(where.any or ()))]
    return max([where.within_m or 0, where.beyond_m or 0, *inner])
