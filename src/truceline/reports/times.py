"""Clock readings as people write them, into spans of UTC; honest about the hours that are odd."""

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from truceline.reports.fields import BadField
from truceline.values.instant import (
    MINUTE_US,
    SECOND_US,
    Span,
    local_day,
    local_span,
    to_us,
    zone,
)

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_DOTTED_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SLASHED_DAY = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?")
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
_STAMP = re.compile(
    r"(?P<day>[0-9.\-/]+)(?:T|\s+)(?P<clock>[0-9:.,]+)\s*"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2}|[A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)+)?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@lru_cache(maxsize=8192)
def span_of(date: str, clock: str, until: str, *, stated_zone: str, file_zone: str) -> Span:
    """The span of a reading as a row gives it: a day, or a clock reading, or from one to another.

    Raises BadField where it cannot be read, BadValue where the clocks skipped it or the end comes
    before the start.
    """
    said = " ".join(part for part in (date, clock, until and f"– {until}", stated_zone) if part)
    day_text, clock, stated_zone = _stamp_parts(date, clock, stated_zone)
    where = zone_of(stated_zone or file_zone)
    day = day_of(day_text)
    if not clock:
        if until:
            raise BadField(f"until {until!r} stands without a time; give the time it began")
        return _whole_day(day, where, said)
    start = _reading(day, clock, where)
    last = _until(until, day, clock, where) if until else start
    if last.until_us <= start.from_us:
        raise BadField(f"until {until!r} comes before {date} {clock}")
    return Span(from_us=start.from_us, until_us=max(start.until_us, last.until_us), said=said)


def instant_of(text: str, *, stated_zone: str, file_zone: str) -> int:
    """The first instant a stamp such as `2026-03-23 02:10` may mean, in microseconds UTC."""
    return span_of(text, "", "", stated_zone=stated_zone, file_zone=file_zone).from_us


@lru_cache(maxsize=8192)
def stretch_of(date: str, clock: str, until: str, *, stated_zone: str, file_zone: str) -> Span:
    """The stretch from one reading up to another, which is not part of it.

    Raises BadField where an end is missing or the clocks showed it twice, BadValue where they
    skipped it.
    """
    said = " ".join(part for part in (date, clock, until and f"– {until}", stated_zone) if part)
    day_text, clock, stated_zone = _stamp_parts(date, clock, stated_zone)
    if not (clock and until):
        raise BadField(f"{said!r} wants the time it began and, in until, the time it ended")
    where = zone_of(stated_zone or file_zone)
    day = day_of(day_text)
    ends = (_reading(day, clock, where), _until(until, day, clock, where))
    if any(end.length_us > MINUTE_US for end in ends):
        raise BadField(f"{said!r}: the clocks showed an end of it twice; give the offset")
    if ends[1].from_us <= ends[0].from_us:
        raise BadField(f"until {until!r} comes before {date} {clock}")
    return Span(from_us=ends[0].from_us, until_us=ends[1].from_us, said=said)


def zone_of(text: str) -> tzinfo:
    """A zone by IANA name, `UTC`, `Z` or an offset; BadValue names one that is not known."""
    if text in {"Z", "UTC"}:
        return UTC
    if found := _OFFSET.fullmatch(text):
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
        if ahead > timedelta(hours=15):
            raise BadField(f"offset {text} is more than any zone has")
        return timezone(ahead if found[1] == "+" else -ahead)
    return zone(text)


@lru_cache(maxsize=2048)
def day_of(text: str) -> datetime:
    """Local midnight of a day, without a zone. BadField says which spellings are read."""
    if found := _ISO_DAY.fullmatch(text):
        numbers = [part for part in found.groups() if part]
    elif found := _DOTTED_DAY.fullmatch(text):
        numbers = list(reversed(found.groups()))
    elif _SLASHED_DAY.fullmatch(text):
        raise BadField(f"date {text!r} may be two different days; write 2026-03-23")
    else:
        raise BadField(f"date {text!r} is not read; write 2026-03-23 or 23.03.2026")
    try:
        day = datetime(*map(int, numbers))  # type: ignore[arg-type] # noqa: DTZ001 - zoned later
    except ValueError as problem:
        raise BadField(f"date {text!r} is no day of the calendar") from problem
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadField(f"date {text!r} lies outside {_FIRST_YEAR} … {_LAST_YEAR}")
    return day


def _stamp_parts(date: str, clock: str, stated_zone: str) -> tuple[str, str, str]:
    """Take a stamp such as `2026-03-23T02:10+02:00` apart; other dates are left alone."""
    found = _STAMP.fullmatch(date)
    if found is None:
        return date, clock, stated_zone
    if clock:
        raise BadField(f"date {date!r} holds a time and so does time {clock!r}; give it once")
    if found["zone"] and stated_zone and found["zone"] != stated_zone:
        raise BadField(f"date {date!r} names another zone than {stated_zone!r}; give it once")
    return found["day"], found["clock"], found["zone"] or stated_zone


def _until(text: str, day: datetime, clock: str, where: tzinfo) -> Span:
    found = _STAMP.fullmatch(text)
    if found is not None:
        if found["zone"]:
            where = zone_of(found["zone"])
        return _reading(day_of(found["day"]), found["clock"], where)
    if _clock_of(text)[0] < _clock_of(clock)[0]:
        day += timedelta(days=1)
    return _reading(day, text, where)


def _reading(day: datetime, clock: str, where: tzinfo) -> Span:
    """The span of one clock reading: as long as its last place, longer in an hour that repeats."""
    reading, grain_us = _clock_of(clock)
    naive = datetime.combine(day, reading)
    if isinstance(where, ZoneInfo):
        span = local_span(naive, where)
        return Span(from_us=span.from_us, until_us=span.until_us - 1 + grain_us)
    start = to_us(naive.replace(tzinfo=where))
    return Span(from_us=start, until_us=start + grain_us)


def _clock_of(text: str) -> tuple[time, int]:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise BadField(f"time {text!r} is not read; write 02:10 or 02:10:30")
    hour, minute, second, fraction = found.groups()
    try:
        reading = time(
            int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0"))
        )
    except ValueError as problem:
        raise BadField(f"time {text!r} is on no clock") from problem
    if fraction:
        return reading, int(10 ** (6 - len(fraction)))
    return reading, SECOND_US if second else MINUTE_US


def _whole_day(day: datetime, where: tzinfo, said: str) -> Span:
    if isinstance(where, ZoneInfo):
        return local_day(day.year, day.month, day.day, where, said)
    start = to_us(day.replace(tzinfo=where))
    return Span(from_us=start, until_us=start + 24 * 60 * MINUTE_US, said=said)
