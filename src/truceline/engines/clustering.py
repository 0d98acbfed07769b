"""Weighed pairs into groups, without chains: everyone in a group must fit everyone in it.

Complete-link clustering, strongest link first. A row of near events along a front does not become
one event, because its two ends do not fit each other. Equal links are taken in the order of their
rows, so the order in which pairs arrive never matters.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from truceline.engines.arrays import I64


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Weighed pairs of rows, one < other, each at most once; all int64 (m,)."""

    one: I64
    other: I64
    millibits: I64

    def strongest(self, least: int) -> list[int]:
        """Numbers of the pairs worth at least so much, strongest first, then by row."""
        strong = np.flatnonzero(self.millibits >= least)
        keys = (self.other[strong], self.one[strong], -self.millibits[strong])
        return [int(number) for number in strong[np.lexsort(keys)]]


def cluster(
    rows: int, pairs: Pairs, *, link: int, fit: int, apart: Collection[tuple[int, int]] = ()
) -> I64:
    """Group rows 0 … rows − 1 and return, for each, the least row of its group: int64 (rows,).

    link: millibits from which a pair brings two groups together; fit: millibits every pair across
        the two must have, pairs not listed have none; apart: pairs never to share a group.
    Cost: the pairs at or above `fit`, times a logarithm for sorting.
    """
    fits = pairs.millibits >= fit
    known = set(zip(pairs.one[fits].tolist(), pairs.other[fits].tolist(), strict=True))
    known.difference_update(apart)
    members: dict[int, list[int]] = {}
    label = np.arange(rows, dtype=np.int64)
    for number in pairs.strongest(link):
        here, there = int(label[pairs.one[number]]), int(label[pairs.other[number]])
        low, high = min(here, there), max(here, there)
        ours, theirs = members.get(low, [low]), members.get(high, [high])
        if low == high or not _all_fit(ours, theirs, known):
            continue
        members[low] = ours + theirs
        members.pop(high, None)
        label[theirs] = low
    return label


def tree(label: I64, pairs: Pairs, *, least: int) -> list[int]:
    """The strongest pairs that hold each group together: a spanning tree, by pair number."""
    parent = list(range(len(label)))
    kept = []
    for number in pairs.strongest(least):
        a, b = int(pairs.one[number]), int(pairs.other[number])
        if label[a] != label[b]:
            continue
        top, under = sorted((_root(parent, a), _root(parent, b)))
        if top != under:
            parent[under] = top
            kept.append(number)
    return kept


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _all_fit(ours: list[int], theirs: list[int], known: set[tuple[int, int]]) -> bool:
    return all(((a, b) if a < b else (b, a)) in known for a in ours for b in theirs)
