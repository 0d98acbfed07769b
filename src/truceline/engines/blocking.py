"""Which pairs of claims are worth weighing: near in place and in time, found without trying all.

A hierarchical grid: a claim that may be off by much lives on a coarse level, and each level looks
for its partners among its own and all finer levels, in its cell and the eight around it. No pair
whose reaches touch and whose days meet is missed; the exact test comes after.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from truceline.engines.arrays import I64, runs

_FINEST_M = 1_000
_METRES_PER_DEGREE = 111_195.0
_MOST_AT_ONCE = 1_000_000
_MOST_CELLS = 50_000  # more than go round the globe at the finest level


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Columns of places and times to pair; all int64 (n,).

    reach_m: how far from its point a partner may stand, this claim's share.
    from_day, until_day: first and last day number touched, both inclusive.
    """

    lat_e7: I64
    lon_e7: I64
    reach_m: I64
    from_day: I64
    until_day: I64


def candidates(where: Where) -> Iterator[tuple[I64, I64]]:
    """Yield batches of pairs (one, other), one < other, each pair exactly once.

    Cost: O(n log n) and the pairs found; a batch holds some million pairs at the most, unless one
    claim alone has more.
    """
    if len(where.lat_e7) == 0:
        return
    level = _levels(where.reach_m)
    for each in np.unique(level):
        yield from _on_level(where, level, int(each))


def _levels(reach_m: I64) -> I64:
    """The finest level whose cells are at least twice the reach."""
    ratio = np.maximum(2 * reach_m, _FINEST_M) / _FINEST_M
    return np.ceil(np.log2(ratio) - 1e-9).astype(np.int64)


def _on_level(where: Where, level: I64, each: int) -> Iterator[tuple[I64, I64]]:
    grid = _Grid.of(where, (_FINEST_M << each) * 1.001)
    pool, pool_key, pool_day = grid.entries(where, np.flatnonzero(level <= each), (0, 0))
    order = np.lexsort((pool, pool_key))
    pool, pool_key, pool_day = pool[order], pool_key[order], pool_day[order]
    asking = np.flatnonzero(level == each)
    for step in grid.around():
        rows, key, day = grid.entries(where, asking, step)
        left = np.searchsorted(pool_key, key, side="left")
        counts = np.searchsorted(pool_key, key, side="right") - left
        for part in _parts(counts):
            one = np.repeat(rows[part], counts[part])
            other = pool[np.repeat(left[part], counts[part]) + runs(counts[part])]
            on = np.repeat(day[part], counts[part])
            first = np.maximum(where.from_day[one], where.from_day[other])
            once = (on == first) & ((level[other] < each) | (one < other))
            one, other = one[once], other[once]
            yield np.minimum(one, other), np.maximum(one, other)


def _parts(counts: I64) -> Iterator[slice]:
    """Cut rows into stretches whose counts sum to about a million each."""
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + _MOST_AT_ONCE, side="right")))
        yield slice(start, stop)
        start = stop


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Rows of cells between parallels, each cut into as many equal cells as fit round it."""

    cell_m: float
    lat_step: float
    day0: int
    days: int

    @classmethod
    def of(cls, where: Where, cell_m: float) -> "_Grid":
        day0 = int(where.from_day.min())
        days = int(where.until_day.max()) - day0 + 1
        return cls(cell_m=cell_m, lat_step=cell_m / _METRES_PER_DEGREE, day0=day0, days=days)

    def around(self) -> list[tuple[int, int]]:
        return [(up, side) for up in (-1, 0, 1) for side in (-1, 0, 1)]

    def entries(self, where: Where, rows: I64, step: tuple[int, int]) -> tuple[I64, I64, I64]:
        """Row, cell key and day of each (row, day it touches), the cell moved by a step."""
        lasting = where.until_day[rows] - where.from_day[rows] + 1
        row = np.repeat(rows, lasting)
        day = where.from_day[row] + runs(lasting)
        up = np.floor((where.lat_e7[row] / 1e7 + 90) / self.lat_step).astype(np.int64) + step[0]
        round_it = self._cells_round(up)
        side = np.floor((where.lon_e7[row] / 1e7 + 180) / 360 * round_it).astype(np.int64)
        cell = (up + 1) * _MOST_CELLS + (side + step[1]) % round_it
        # Where a row has but one cell or two, its neighbours are itself again.
        new = round_it > {0: 0, 1: 1, -1: 2}[step[1]]
        return row[new], (cell * self.days + (day - self.day0))[new], day[new]

    def _cells_round(self, up: I64) -> I64:
        """How many cells a row has: none narrower than `cell_m` there or in the rows beside it."""
        edges = [np.abs((up + beside) * self.lat_step - 90) for beside in (-1, 2)]
        highest = np.minimum(np.maximum(*edges), 90.0)
        fit = 360 * _METRES_PER_DEGREE * np.cos(np.radians(highest)) / self.cell_m
        return np.asarray(np.maximum(fit, 1), dtype=np.int64)
