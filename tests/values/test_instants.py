"""Instants and spans, and the two hours a year that are not plain."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.values.errors import BadValue
from truceline.values.instant import (
    DAY_US,
    HOUR_US,
    Span,
    at,
    from_us,
    iso,
    local_day,
    local_span,
    parse_instant,
    to_us,
    zone,
)

ZONES = ("Atlantic/Azores", "Europe/Kyiv", "Europe/Moscow", "Pacific/Apia", "UTC")
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(-60 * 366 * DAY_US, 100 * 366 * DAY_US)
days = st.dates(date(1971, 1, 1), date(2100, 12, 30))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Spans near each other, so that they touch, overlap and part."""
    start = draw(st.integers(0, 50))
    return Span(from_us=start, until_us=start + draw(st.integers(1, 20)))


@given(spans(), spans())
def test_spans_overlap_exactly_where_an_instant_lies_in_both(one: Span, other: Span) -> None:
    """A span holds its first instant and not its last."""
    shared = set(range(one.from_us, one.until_us)) & set(range(other.from_us, other.until_us))
    assert one.overlaps(other) == bool(shared)
    assert one.overlaps(other) == other.overlaps(one)


@given(spans(), spans())
def test_a_gap_is_the_same_from_both_sides_and_none_where_spans_meet(
    one: Span, other: Span
) -> None:
    """The gap is what must be waited between the end of one and the start of the other."""
    assert one.gap_us(other) == other.gap_us(one)
    assert (one.gap_us(other) > 0) == (one.until_us < other.from_us or other.until_us < one.from_us)


@given(st.integers(), st.integers(max_value=0))
def test_a_span_that_ends_before_it_starts_is_refused(start: int, length: int) -> None:
    """There is no empty span and no backward one."""
    with pytest.raises(BadValue):
        Span(from_us=start, until_us=start + length)


@given(instants)
def test_an_instant_is_a_span_of_itself(instant_us: int) -> None:
    """Its middle is itself, and it is one microsecond long."""
    span = at(instant_us)
    assert (span.middle_us, span.length_us) == (instant_us, 1)


@given(instants, zones)
def test_a_clock_reading_covers_the_instant_it_was_read_at(
    instant_us: int, where: ZoneInfo
) -> None:
    """Whatever the hour, what the clock showed leads back to when it showed it."""
    naive = from_us(instant_us, where).replace(tzinfo=None)
    span = local_span(naive, where)
    assert span.from_us <= instant_us < span.until_us


@given(days, zones)
def test_local_days_follow_on_each_other_without_gap_or_overlap(day: date, where: ZoneInfo) -> None:
    """Every instant belongs to exactly one local day, also where clocks change at midnight."""
    following = day + timedelta(days=1)
    today = local_day(day.year, day.month, day.day, where)
    tomorrow = local_day(following.year, following.month, following.day, where)
    assert today.until_us == tomorrow.from_us


def test_the_days_of_the_spring_change_in_the_exercise_zone() -> None:
    """On 29 March 2026 the Azores have 23 hours, and midnight itself does not exist."""
    azores = zone("Atlantic/Azores")
    lengths = [local_day(2026, 3, day, azores).length_us // HOUR_US for day in (28, 29, 30)]
    assert lengths == [24, 23, 24]
    with pytest.raises(BadValue, match="skipped in Atlantic/Azores"):
        local_span(datetime(2026, 3, 29, 0, 30), azores)


def test_the_hour_that_happens_twice_is_covered_whole() -> None:
    """A reading of 03:30 in Kyiv on 25 October 2026 may be either of two instants an hour apart."""
    span = local_span(datetime(2026, 10, 25, 3, 30), zone("Europe/Kyiv"))
    assert span.length_us == HOUR_US + 1


@given(instants, zones)
def test_an_instant_read_aloud_reads_back(instant_us: int, where: ZoneInfo) -> None:
    """To the second, in whatever zone."""
    second = instant_us // 1_000_000 * 1_000_000
    if from_us(second, where).utcoffset().seconds % 60 == 0:  # type: ignore[union-attr]
        assert parse_instant(iso(second, where)) == second


@given(st.text(st.sampled_from("0123456789-:+TZ[]/.Europe/KyivÉ ")) | st.text())
def test_any_text_is_an_instant_or_refused(text: str) -> None:
    """Nothing but BadValue leaves the reader, and what is read is whole microseconds."""
    try:
        instant_us = parse_instant(text)
    except BadValue:
        return
    assert isinstance(instant_us, int)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026-03-01T10:00", "names no zone"),
        ("2026-03-29T03:30[Europe/Kyiv]", "skipped"),
        ("2026-10-25T03:30[Europe/Kyiv]", "happened twice"),
        ("2026-03-01T10:00+03:00[Europe/Kyiv]", "not the one Europe/Kyiv had"),
        ("2026-03-01T10:00[Europe/Nowhere]", "not known"),
        ("0001-01-01T00:00+14:00[Europe/Kyiv]", "outside the years"),
        ("at dawn", "no instant"),
    ],
)
def test_an_instant_that_is_none_is_refused_with_its_reason(text: str, named: str) -> None:
    """Each refusal says which of the things an instant needs was not there."""
    with pytest.raises(BadValue, match=named):
        parse_instant(text)


def test_moscow_and_kyiv_are_an_hour_apart_in_winter_and_together_in_summer() -> None:
    """Two announced starts that look different may be one, and the other way round."""
    kyiv, moscow = zone("Europe/Kyiv"), zone("Europe/Moscow")
    for month, apart_h in ((1, 1), (7, 0)):
        at_ten = [
            local_span(datetime(2026, month, 9, 10), where).from_us for where in (moscow, kyiv)
        ]
        assert [later - earlier for earlier, later in pairwise(at_ten)] == [apart_h * HOUR_US]


@pytest.mark.parametrize(
    "name", ["localtime", "posixrules", "right/UTC", "", "../Europe/Kyiv", "Europe"]
)
def test_a_zone_that_depends_on_the_machine_is_no_zone(name: str) -> None:
    """The same record has to give the same instants on every replica."""
    with pytest.raises(BadValue, match="not known"):
        zone(name)


def test_a_moment_without_a_zone_has_no_place_in_the_record() -> None:
    """A naive clock reading is refused rather than taken for UTC."""
    with pytest.raises(BadValue, match="names no zone"):
        to_us(datetime(2026, 3, 1, 10))
    assert to_us(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1_000_000
