"""Time references and durations, counted on the wall clock of the agreement's zone.

Months, weeks and days keep the clock reading (three days across a change of clocks may be 73
hours); hours, minutes and seconds are elapsed. A period includes its start and not its end.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.values.errors import BadValue
from truceline.values.instant import (
    HOUR_US,
    MINUTE_US,
    SECOND_US,
    from_us,
    parse_instant,
    to_us,
)

_DURATION = re.compile(
    r"P(?!$)(?:(?P<y>[0-9]{1,4})Y)?(?:(?P<mo>[0-9]{1,5})M)?(?:(?P<w>[0-9]{1,5})W)?"
    r"(?:(?P<d>[0-9]{1,6})D)?"
    r"(?:T(?!$)(?:(?P<h>[0-9]{1,7})H)?(?:(?P<m>[0-9]{1,8})M)?(?:(?P<s>[0-9]{1,9})S)?)?"
)
_REFERENCE = re.compile(
    r"(?P<base>.+?)(?:(?P<sign>[+-])(?P<duration>P[0-9T][0-9A-Z]*))?(?:/(?P<edge>sod|eod))?"
)
_DUE = re.compile(r"(?P<duration>P[0-9T][0-9A-Z]*)?(?:/(?P<edge>sod|eod))?")
_CLOCK = re.compile(r"(?P<h>[01][0-9]|2[0-3]):(?P<m>[0-5][0-9])|24:00")
_LOOKS_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Calendar months and days, then elapsed microseconds."""

    months: int = 0
    days: int = 0
    elapsed_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An anchor or an instant, moved by a duration, then to an edge of its local day.

    base: the anchor's name; "" where `at_us` gives the instant itself.
    edge: "sod" (00:00 of that local day), "eod" (00:00 of the next) or "".
    """

    base: str
    at_us: int = 0
    sign: int = 1
    duration: Duration = Duration()
    edge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A time limit: a duration after the trigger with an edge, or a reference of its own."""

    duration: Duration = Duration()
    edge: str = ""
    reference: Reference | None = None


def parse_duration(text: str) -> Duration:
    """Read an ISO 8601 duration; BadValue where it is none.

    >>> parse_duration("P2W"), parse_duration("PT36H").elapsed_us == 36 * HOUR_US
    (Duration(months=0, days=14, elapsed_us=0), True)
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        raise BadValue(f"{text!r} is no duration; write P14D, PT24H or P1DT12H")
    part = {name: int(value or 0) for name, value in found.groupdict().items()}
    elapsed = part["h"] * HOUR_US + part["m"] * MINUTE_US + part["s"] * SECOND_US
    days = part["w"] * 7 + part["d"]
    return Duration(months=part["y"] * 12 + part["mo"], days=days, elapsed_us=elapsed)


def parse_reference(text: str) -> Reference:
    """Read `<anchor or instant>[±duration][/sod|/eod]`; BadValue where it is none."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise BadValue("an empty time reference; write an anchor or an instant")
    duration = parse_duration(found["duration"]) if found["duration"] else Duration()
    base, at_us = found["base"], 0
    if _LOOKS_DATED.match(base):
        base, at_us = "", parse_instant(base)
    sign = -1 if found["sign"] == "-" else 1
    return Reference(base=base, at_us=at_us, sign=sign, duration=duration, edge=found["edge"] or "")


def parse_delay(text: str) -> Delay:
    """Read a limit: `P14D/eod` after the trigger, or `@EIF+P30D`; BadValue where it is none."""
    if text.startswith("@"):
        return Delay(reference=parse_reference(text[1:]))
    found = _DUE.fullmatch(text)
    if found is None or not text:
        raise BadValue(f"{text!r} is no time limit; write P14D/eod, PT24H or @ANCHOR+P30D")
    duration = parse_duration(found["duration"]) if found["duration"] else Duration()
    return Delay(duration=duration, edge=found["edge"] or "")


def parse_clock(text: str) -> int:
    """Minutes after midnight of a clock reading 00:00 … 24:00; BadValue where it is none."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise BadValue(f"{text!r} is no hour of the day; write 08:00")
    return 1440 if text == "24:00" else int(found["h"]) * 60 + int(found["m"])


def moved(at_us: int, by: Duration, where: ZoneInfo, sign: int = 1) -> int:
    """The instant a duration later (or earlier); BadValue beyond the calendar."""
    try:
        if by.months or by.days:
            local = from_us(at_us, where).replace(tzinfo=None)
            local = _add_months(local, sign * by.months) + timedelta(days=sign * by.days)
            at_us = to_us(local.replace(tzinfo=where))
        return at_us + sign * by.elapsed_us
    except (OverflowError, ValueError) as problem:
        raise BadValue("a time reference leads beyond the calendar") from problem


def edged(at_us: int, edge: str, where: ZoneInfo) -> int:
    """The start (`sod`) or the end (`eod`) of the local day of an instant; itself for ""."""
    if not edge:
        return at_us
    day = from_us(at_us, where).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    following = day + timedelta(days=1) if edge == "eod" else day
    return to_us(following.replace(tzinfo=where))


def local_clock(at_us: int, days: int, minutes: int, where: ZoneInfo) -> int:
    """The instant at a clock reading on the local day so many days from that of an instant."""
    day = from_us(at_us, where).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return to_us((day + timedelta(days=days, minutes=minutes)).replace(tzinfo=where))


def day_number(at_us: int, where: ZoneInfo) -> int:
    """The ordinal of the local day of an instant."""
    return from_us(at_us, where).toordinal()


def _add_months(local: datetime, months: int) -> datetime:
    if not months:
        return local
    index = local.year * 12 + local.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(year)
    last = monthrange(year, month + 1)[1]
    return local.replace(year=year, month=month + 1, day=min(local.day, last))


Period = tuple[int, int]
FOREVER: Period = (-(2**62), 2**62)


def cut(periods: tuple[Period, ...], away: Period) -> tuple[Period, ...]:
    """Periods without what lies in `away`."""
    out: list[Period] = []
    for start, end in periods:
        if away[1] <= start or end <= away[0]:
            out.append((start, end))
            continue
        if start < away[0]:
            out.append((start, away[0]))
        if away[1] < end:
            out.append((away[1], end))
    return tuple(out)


def common(one: tuple[Period, ...], other: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods that lie in both."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, end) for start, end in both if start < end))


def merged(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The same periods, sorted, with overlaps joined."""
    out: list[Period] = []
    for start, end in sorted(period for period in periods if period[0] < period[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def covered_us(span: Period, periods: tuple[Period, ...]) -> int:
    """How much of a span lies in periods, overlaps counted once, microseconds."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in merged(periods))
