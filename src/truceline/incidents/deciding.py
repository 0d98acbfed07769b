"""What people decided about which claims stand together, read from their acts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from truceline.incidents.incident import PersonAct
from truceline.values.errors import BadValue

CONFIRM, SPLIT, UNDO = "confirm", "split", "undo"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The acts in force, as rows of claims.

    groups: rows that must stand together, each ascending; by: the entry that says so, per pair.
    apart: pairs (one < other) that must not stand together, carried over whole groups.
    alone: rows taken out of whatever the engine would put them in.
    named: every row that an act in force speaks of.
    """

    groups: tuple[tuple[int, ...], ...]
    by: Mapping[Pair, int]
    apart: frozenset[Pair]
    alone: frozenset[int]
    named: frozenset[int]


def rule(acts: Iterable[PersonAct], row_of: Mapping[str, int]) -> Rulings:
    """Read acts, in any order, into rulings. Claims nobody holds are passed over.

    1. An act is in force unless an undo that is itself in force names its entry.
    2. For each pair of claims the latest act in force that speaks of both decides. A split of one
       single claim takes it out of whatever the engine would put it in.
    3. Confirmed pairs are joined, latest first, where that breaks no split.
    """
    standing = in_force(acts)
    together, split, alone = _latest(standing, row_of)
    group: dict[int, set[int]] = {}
    by = {}
    for (one, other), entry in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        ours, theirs = group.get(one, {one}), group.get(other, {other})
        if any(_ordered(a, b) in split for a in ours for b in theirs):
            continue
        by[(one, other)] = entry
        merged = ours | theirs
        group.update(dict.fromkeys(merged, merged))
    return Rulings(
        groups=tuple(sorted({tuple(sorted(rows)) for rows in group.values()})),
        by=by,
        apart=frozenset(
            _ordered(a, b)
            for one, other in split
            for a in group.get(one, {one})
            for b in group.get(other, {other})
        ),
        alone=frozenset(alone - group.keys()),
        named=frozenset(row_of[name] for act in standing for name in act.claims if name in row_of),
    )


def in_force(acts: Iterable[PersonAct]) -> list[PersonAct]:
    """The confirmations and splits that stand, latest first."""
    undone: set[int] = set()
    standing = []
    for act in sorted(acts, key=lambda act: -act.entry):
        if act.entry in undone:
            continue
        if act.act == UNDO:
            undone.add(_target(act))
        elif act.act in (CONFIRM, SPLIT):
            standing.append(act)
        else:
            raise BadValue(f"entry {act.entry}: {act.act!r} is not one of confirm, split, undo")
    return standing


def _target(act: PersonAct) -> int:
    if act.undoes is None or act.undoes >= act.entry:
        raise BadValue(f"entry {act.entry}: an undo names an earlier entry, not {act.undoes}")
    return act.undoes


def _latest(
    standing: Sequence[PersonAct], row_of: Mapping[str, int]
) -> tuple[dict[Pair, int], set[Pair], set[int]]:
    together: dict[Pair, int] = {}
    split: set[Pair] = set()
    alone: set[int] = set()
    for act in standing:
        rows = sorted({row_of[claim] for claim in act.claims if claim in row_of})
        if act.act == SPLIT and len(set(act.claims)) == 1:
            alone.update(rows)
        for pair in combinations(rows, 2):
            if pair in together or pair in split:
                continue
            if act.act == CONFIRM:
                together[pair] = act.entry
            else:
                split.add(pair)
    return together, split, alone


def _ordered(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
