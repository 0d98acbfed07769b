"""Versions and readings: an agreement with amendments applied, in one side's interpretation."""

from collections.abc import Mapping, Sequence

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.building import build
from truceline.terms.decoding import Sink
from truceline.terms.document import Amendment, Doc
from truceline.terms.errors import TermsRefused
from truceline.terms.nodes import Node, set_at
from truceline.terms.register import Register
from truceline.values.errors import BadValue

BASE = ""
LIST_OF = "@"  # reading@PARTY: a reading with the objects on that party's list
_ENDING = frozenset({"force", "efficacy"})


def readings_of(agreement: Agreement) -> tuple[str, ...]:
    """The interpretations to run: every reading; the text itself where at most one is held.

    Where parties list different objects, each of them with every party's list.
    """
    held = tuple(agreement.doc.readings)
    stated = held if len(held) > 1 else (BASE, *held)
    if not lists_differ(agreement.doc):
        return stated
    return tuple(f"{one}{LIST_OF}{party}" for one in stated for party in agreement.parties)


def stated(reading: str) -> str:
    """A reading as the agreement states it, whoever's list goes with it."""
    return reading.partition(LIST_OF)[0]


def lists_differ(doc: Doc) -> bool:
    """Whether an object is on the list of some parties only."""
    sites = (site for geom in doc.geometry.values() for site in geom.sites or ())
    return any(site.listed_by for site in sites)


def version(agreement: Agreement, reading: str, applied: tuple[str, ...]) -> Agreement:
    """The agreement in a reading with amendments applied in the order given."""
    if not reading and not applied:
        return agreement
    key = (reading, applied)
    if key not in agreement.memory:
        agreement.memory[key] = _make(agreement, reading, applied)
    return agreement.memory[key]


def in_force(agreement: Agreement, reading: str, register: Register, fact_us: int) -> Agreement:
    """The version for a fact: amendments that have started at or before it, in order of start."""
    read = version(agreement, reading, ())
    clock = Clock(read, register)
    started = [(start, one.id) for start, one in starts(read, clock) if start <= fact_us]
    return version(agreement, reading, tuple(one for _, one in started))


def starts(agreement: Agreement, clock: Clock) -> list[tuple[int, Amendment]]:
    """Amendments whose start is known, earliest first; equal starts keep their listed order."""
    known = [(clock.instant(one.from_), one) for one in agreement.doc.amendments]
    return sorted(
        ((start, one) for start, one in known if start is not None), key=lambda pair: pair[0]
    )


def _make(agreement: Agreement, reading: str, applied: tuple[str, ...]) -> Agreement:
    tree = agreement.authored
    if reading:
        tree = _read(tree, reading)
    repealed: set[str] = set()
    for amendment_id in applied:
        tree = _amend(tree, amendment_id, repealed)
    sink = Sink(agreement.doc.id)
    made = build(tree, agreement.files, sink, like=agreement)
    if made is None or sink.problems:
        raise TermsRefused(sink.problems)
    doc, atlas = made
    return Agreement(
        doc=doc,
        atlas=atlas,
        sha256=agreement.sha256,
        authored=tree,
        files=agreement.files,
        applied=applied,
        reading=reading,
        repealed=frozenset(repealed),
    )


def _read(tree: Node, reading: str) -> Node:
    stated, _, lister = reading.partition(LIST_OF)
    if lister:
        tree = _with_list(tree, lister)
    if not stated:
        return tree
    held = _at(tree, ("readings", stated))
    for name, anchor in _pairs(held.get("anchors")):
        tree = set_at(tree, ("anchors", name), anchor)
    for target, value in _pairs(held.get("set")):
        tree = assign(tree, target, value)
    return tree


def _with_list(tree: Node, party: str) -> Node:
    """Only the objects that are on the agreed list or on one party's own."""
    for name, geom in _pairs(tree.get("geometry")):
        listed = geom.get("sites")
        if listed is not None and isinstance(listed.value, tuple):
            kept = tuple(site for site in listed.value if _lists(site, party))
            tree = set_at(tree, ("geometry", name, "sites"), Node(kept, listed.line))
    return tree


def _lists(site: Node, party: str) -> bool:
    codes = [one.value for one in _listed(site, "listed_by")]
    return not codes or party in codes


def _amend(tree: Node, amendment_id: str, repealed: set[str]) -> Node:
    listed = _at(tree, ("amendments",)).value
    assert isinstance(listed, tuple)
    for one in listed:
        held = one.get("id")
        if held is None or held.value != amendment_id:
            continue
        target, value, mod = (one.get(name) for name in ("target", "value", "mod"))
        assert target is not None
        if value is None or value.value is None:
            if mod is None or mod.value not in _ENDING:
                raise BadValue(f"amendment {amendment_id!r} that changes {target.value} to nothing")
            repealed.update(_repeal(tree, str(target.value)))
            return tree
        return assign(tree, str(target.value), value)
    return tree


def _repeal(tree: Node, target: str) -> tuple[str, ...]:
    """The clauses a repeal speaks of: one clause, or all of an article."""
    found = find(tree, target)
    if found is None or found[1]:
        raise BadValue(f"a repeal of {target!r}, which is neither a clause nor an article")
    inner = _at(tree, found[0])
    listed = inner.get("clauses")
    nodes = listed.value if listed is not None else (inner,)
    assert isinstance(nodes, tuple)
    if listed is None and inner.get("norm") is None:
        raise BadValue(f"a repeal of {target!r}, which is neither a clause nor an article")
    return tuple(str(held.value) for one in nodes if (held := one.get("id")) is not None)


def assign(tree: Node, target: str, value: Node | None) -> Node:
    """The tree with a target (`geometry.strip.buffer_km`, `a2.zone.where.within_km`) changed.

    Raises BadValue where the target leads nowhere.
    """
    found = find(tree, target)
    if found is None or not found[0] + found[1]:
        raise BadValue(f"target {target!r} is no field of this agreement")
    if not found[1] and value is not None and isinstance(value.value, Mapping):
        return _whole(tree, found[0], value)
    try:
        return set_at(tree, found[0] + found[1], value)
    except KeyError as problem:
        raise BadValue(f"target {target!r} is no field of this agreement") from problem


def _whole(tree: Node, path: tuple[str, ...], value: Node) -> Node:
    """A clause or an article takes the keys it is given and keeps the rest; else all is new."""
    if path[0] != "articles" or value.get("norm") is not None:
        return set_at(tree, path, value)
    for key, inner in _pairs(value):
        tree = set_at(tree, (*path, key), inner)
    return tree


def find(tree: Node, target: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Split a target into the path of the part it names and the path of a field inside it."""
    for prefix in ("", "clauses.", "articles."):
        if target.startswith(prefix) and (found := _part(tree, target[len(prefix) :])):
            return found
    head, *rest = target.split(".")
    top = tree.get(head) or (Node({}, tree.line) if head == "evidence" else None)
    if top is None or head == "articles":
        return None
    if isinstance(top.value, Mapping) and rest:
        key = _longest(".".join(rest), top.value)
        if key is not None:
            inner = ".".join(rest)[len(key) + 1 :]
            return (head, key), tuple(inner.split(".")) if inner else ()
    return ((head,), tuple(rest)) if rest else ((), (head,))


def _part(tree: Node, target: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The clause or article whose id is the longest beginning of a target."""
    paths: dict[str, tuple[str, ...]] = {}
    for number, article in enumerate(_listed(tree, "articles")):
        where = ("articles", str(number))
        paths.setdefault(str(getattr(article.get("id"), "value", "")), where)
        for place, clause in enumerate(_listed(article, "clauses")):
            name = str(getattr(clause.get("id"), "value", ""))
            paths[name] = (*where, "clauses", str(place))
    found = _longest(target, paths)
    if not found:
        return None
    inner = target[len(found) + 1 :]
    return paths[found], tuple(inner.split(".")) if inner else ()


def _longest(target: str, names: Mapping[str, object]) -> str | None:
    fitting = [name for name in names if target == name or target.startswith(name + ".")]
    return max(fitting, key=len, default=None)


def _listed(node: Node, key: str) -> Sequence[Node]:
    held = node.get(key)
    return held.value if held is not None and isinstance(held.value, tuple) else ()


def _pairs(node: Node | None) -> Sequence[tuple[str, Node]]:
    return tuple(node.value.items()) if node and isinstance(node.value, Mapping) else ()


def _at(tree: Node, path: tuple[str, ...]) -> Node:
    for key in path:
        held = tree.value[int(key)] if isinstance(tree.value, tuple) else tree.get(key)
        if held is None:
            return Node({}, tree.line)
        tree = held
    return tree
