"""Clock readings into spans."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.reports.fields import BadField
from truceline.reports.times import instant_of, span_of, stretch_of
from truceline.values.errors import BadValue
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, SECOND_US, Span, to_us

AZORES = "Atlantic/Azores"
odd = st.text(st.sampled_from("0123456789:.-/ TZ+")) | st.text(max_size=8)


def read(date: str, clock: str = "", until: str = "", zone: str = "") -> Span:
    """A span as a row of a file from the Azores gives it."""
    return span_of(date, clock, until, stated_zone=zone, file_zone=AZORES)


@pytest.mark.parametrize(
    ("date", "clock", "zone"),
    [
        ("2026-03-23", "02:10", ""),
        ("20260323", "2:10", ""),
        ("23.03.2026", "02:10", AZORES),
        ("2026-03-23 02:10", "", ""),
        ("23.03.2026 02:10", "", ""),
        ("2026-03-23", "03:10", "Z"),
        ("2026-03-23", "05:10", "Europe/Kyiv"),
        ("2026-03-23T05:10+02:00", "", ""),
        ("2026-03-23T03:10Z", "", ""),
        ("2026-03-23 05:10 Europe/Kyiv", "", ""),
        ("2026-03-23", "06:10", "+03:00"),
    ],
)
def test_one_minute_however_it_is_written(date: str, clock: str, zone: str) -> None:
    """Ten past two in the Azores is ten past three UTC and ten past five in Kyiv."""
    span = read(date, clock, zone=zone)
    start = to_us(datetime(2026, 3, 23, 2, 10, tzinfo=ZoneInfo(AZORES)))
    assert (span.from_us, span.length_us) == (start, MINUTE_US)


@pytest.mark.parametrize(
    ("clock", "length_us"),
    [
        ("", DAY_US),
        ("02:10", MINUTE_US),
        ("02:10:30", SECOND_US),
        ("02:10:30.25", 10_000),
        ("02:10:30,123456", 1),
    ],
)
def test_a_reading_is_as_long_as_its_last_place(clock: str, length_us: int) -> None:
    """To the minute means any moment of that minute."""
    assert read("2026-03-23", clock).length_us == length_us


def test_until_may_be_the_next_day_and_keeps_its_own_last_minute() -> None:
    """From 23:50 until 00:10 is twenty minutes and the minute of 00:10."""
    assert read("2026-03-23", "23:50", "00:10").length_us == 21 * MINUTE_US
    assert read("2026-03-23", "23:50", "2026-03-25 00:10").length_us == DAY_US + 21 * MINUTE_US


def test_the_hour_that_happens_twice_covers_both_readings() -> None:
    """On 25 October 2026 the Azores read 00:30 twice, and nobody can say which was meant."""
    assert read("2026-10-25", "00:30").length_us == HOUR_US + MINUTE_US
    assert read("2026-10-25").length_us == 25 * HOUR_US
    with pytest.raises(BadField, match="twice; give the offset"):
        stretch_of("2026-10-25", "00:30", "04:00", stated_zone="", file_zone=AZORES)


@pytest.mark.parametrize(
    ("date", "clock", "until", "zone", "named"),
    [
        ("2026-03-29", "00:30", "", "", "skipped in Atlantic/Azores"),
        ("2026-03-28", "23:50", "00:30", "", "skipped in Atlantic/Azores"),
        ("03/23/2026", "02:10", "", "", "two different days"),
        ("2026-13-23", "02:10", "", "", "no day of the calendar"),
        ("2026-03-23", "24:00", "", "", "on no clock"),
        ("2026-03-23", "2.10", "", "", "time '2.10' is not read"),
        ("2026-03-23", "02:10", "2026-03-20 01:00", "", "comes before"),
        ("2026-03-23", "02:10", "", "localtime", "not known"),
        ("2026-03-23T02:10+02:00", "", "", "Europe/Moscow", "another zone"),
        ("1812-03-23", "", "", "", "lies outside"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_with_its_reason(
    date: str, clock: str, until: str, zone: str, named: str
) -> None:
    """What to write instead, or what to ask the source, is in the message."""
    with pytest.raises((BadField, BadValue), match=named):
        read(date, clock, until, zone)


@given(odd, odd, odd, odd | st.sampled_from([AZORES, "Z", "+01:00"]))
def test_any_cells_are_a_span_or_refused(date: str, clock: str, until: str, zone: str) -> None:
    """Nothing but our own two errors leaves the reader, and no span is empty."""
    for reader in (span_of, stretch_of):
        try:
            span = reader(date, clock, until, stated_zone=zone, file_zone=AZORES)
        except (BadField, BadValue):
            continue
        assert span.length_us >= 1


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from([AZORES, "Europe/Kyiv", "UTC"]),
)
def test_a_stretch_ends_where_the_next_one_starts(moment: datetime, zone: str) -> None:
    """Two watches that hand over at one reading leave no gap and share no moment."""
    day, hand_over = f"{moment:%Y-%m-%d}", f"{moment.hour:02}:{moment.minute:02}"
    try:
        before = stretch_of(day, "00:00", hand_over, stated_zone=zone, file_zone=AZORES)
        after = instant_of(f"{day} {hand_over}", stated_zone=zone, file_zone=AZORES)
    except (BadField, BadValue):
        return
    assert before.until_us == after
