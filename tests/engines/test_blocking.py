"""Blocking may propose too much; it must never miss a pair, nor propose one twice."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.engines.blocking import Where, candidates
from truceline.engines.geometry import apart

ROW = st.tuples(
    st.one_of(st.integers(-899_000_000, 899_000_000), st.integers(476_000_000, 476_900_000)),
    st.one_of(
        st.integers(-1_800_000_000, 1_800_000_000),
        st.integers(-342_000_000, -341_000_000),
        st.sampled_from([1_799_990_000, -1_799_990_000, 1_800_000_000, -1_800_000_000]),
    ),
    st.integers(1, 60_000),
    st.integers(20_000, 20_004),
    st.integers(0, 3),
)


def columns(rows: list[tuple[int, int, int, int, int]]) -> Where:
    """The rows as columns; the last cell says how many days more than one it lasts."""
    lat, lon, reach, first, more = (
        np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)
    )
    return Where(lat_e7=lat, lon_e7=lon, reach_m=reach, from_day=first, until_day=first + more)


def proposed(where: Where) -> list[tuple[int, int]]:
    """Every pair proposed, in the order it came."""
    return [
        pair
        for one, other in candidates(where)
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    ]


@settings(max_examples=150)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_no_pair_that_could_meet_is_missed_and_none_is_named_twice(
    rows: list[tuple[int, int, int, int, int]],
) -> None:
    """Reaches that touch on a day both touch: the pair is proposed, across cells and the date line."""
    where = columns(rows)
    found = proposed(where)
    assert len(found) == len(set(found))
    assert all(one < other for one, other in found)
    pairs = [(i, j) for j in range(len(rows)) for i in range(j)]
    if not pairs:
        return
    one, other = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    east, north = apart(where.lat_e7, where.lon_e7, one, other)
    touch = np.hypot(east, north) <= where.reach_m[one] + where.reach_m[other]
    days = (where.from_day[one] <= where.until_day[other]) & (
        where.from_day[other] <= where.until_day[one]
    )
    wanted = {pair for pair, meets in zip(pairs, touch & days, strict=True) if meets}
    assert wanted <= set(found)


def test_far_apart_claims_are_not_even_looked_at() -> None:
    """A thousand claims of one day spread over a sea cost a handful of pairs, not half a million."""
    rows = [(400_000_000 + 1_000_000 * (i % 40), -400_000_000 + 1_000_000 * (i // 40), 500, 20_000, 0) for i in range(1000)]  # fmt: skip
    assert proposed(columns(rows)) == []


def test_nothing_in_nothing_out() -> None:
    """An empty night has no pairs."""
    none = np.zeros(0, dtype=np.int64)
    where = Where(lat_e7=none, lon_e7=none, reach_m=none, from_day=none, until_day=none)
    assert proposed(where) == []
