"""Time references and durations on the wall clock of a zone."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import HOUR_US, parse_instant
from truceline.terms.times import (
    Period,
    common,
    covered_us,
    cut,
    edged,
    merged,
    moved,
    parse_clock,
    parse_delay,
    parse_duration,
    parse_reference,
)
from truceline.values.errors import BadValue

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-10-24T12:00+03:00", "P1D", "2026-10-25T12:00+02:00"),
        ("2026-10-24T12:00+03:00", "PT24H", "2026-10-25T11:00+02:00"),
        ("2026-03-28T12:00+02:00", "P1D", "2026-03-29T12:00+03:00"),
        ("2026-01-31T08:00+02:00", "P1M", "2026-02-28T08:00+02:00"),
        ("2024-02-29T08:00+02:00", "P1Y", "2025-02-28T08:00+02:00"),
        ("2026-03-01T08:00+02:00", "P2WT30M", "2026-03-15T08:30+02:00"),
    ],
)
def test_days_keep_the_clock_and_hours_are_elapsed(start: str, duration: str, end: str) -> None:
    """A day across a change of clocks is 23 or 25 hours; twenty-four hours are twenty-four."""
    assert moved(parse_instant(start), parse_duration(duration), KYIV) == parse_instant(end)


def test_three_days_across_the_end_of_summer_time_are_73_hours() -> None:
    """Counted in the agreement's zone, whatever offset the file wrote."""
    start = parse_instant("2026-10-24T00:00Z")
    assert moved(start, parse_duration("P3D"), KYIV) - start == 73 * HOUR_US


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("sod", "2026-03-29T00:00+02:00"),
        ("eod", "2026-03-30T00:00+03:00"),
        ("", "2026-03-29T05:00+03:00"),
    ],
)
def test_the_edges_of_a_day_are_local_midnights(edge: str, expected: str) -> None:
    """The end of a day is 00:00 of the next one."""
    assert edged(parse_instant("2026-03-29T02:00Z"), edge, KYIV) == parse_instant(expected)


def test_a_reference_is_an_anchor_or_an_instant_moved_and_edged() -> None:
    """The instant's own offset is not taken for a duration, nor its zone's slash for an edge."""
    assert parse_reference("EIF+P14D/eod").base == "EIF"
    assert parse_reference("EIF-PT6H").sign == -1
    plain = parse_reference("2020-07-27T00:01[Europe/Kyiv]")
    assert (plain.base, plain.at_us) == ("", parse_instant("2020-07-27T00:01+03:00"))
    dated = parse_reference("2020-07-27T00:01+03:00+P1D/sod")
    assert (dated.at_us, dated.duration.days, dated.edge) == (plain.at_us, 1, "sod")
    delay = parse_delay("@CALM+P30D").reference
    assert delay is not None
    assert delay.base == "CALM"


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "1D", "P1H", "P-1D", "P1.5D", "P٣D", "P1DT"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """One spelling per duration; nothing is guessed."""
    with pytest.raises(BadValue):
        parse_duration(text)


@pytest.mark.parametrize("text", ["8:00", "24:01", "0800", "12:60", "25:00"])
def test_what_is_no_hour_of_the_day_is_refused(text: str) -> None:
    """Hours are written 08:00, and 24:00 is the end of a day."""
    with pytest.raises(BadValue):
        parse_clock(text)


PERIODS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))),
    max_size=6,
).map(tuple)


def minutes(periods: tuple[Period, ...]) -> set[int]:
    """The same periods as a set of the units they hold."""
    return {unit for start, end in periods for unit in range(start, end)}


@given(PERIODS, PERIODS, st.tuples(st.integers(0, 30), st.integers(30, 60)))
def test_periods_are_sets_of_instants(
    one: tuple[Period, ...], other: tuple[Period, ...], span: Period
) -> None:
    """Cutting, joining and meeting are what they are for sets; a period has no end of its own."""
    assert minutes(merged(one)) == minutes(one)
    assert minutes(common(one, other)) == minutes(one) & minutes(other)
    assert minutes(cut(one, span)) == minutes(one) - minutes((span,))
    assert covered_us(span, one) == len(minutes(one) & minutes((span,)))
