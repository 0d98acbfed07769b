"""Instants and spans of time, as whole microseconds UTC, with the wording kept beside them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from truceline.values.errors import BadValue

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US

_ZONE_NAME = re.compile(r"[A-Z][A-Za-z0-9_+\-/]{1,63}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC9557 = re.compile(r"(?P<stamp>[^\[\]]+)(?:\[(?P<zone>[A-Za-z0-9_+\-/]+)\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When something was, as closely as the source says: from_us ≤ truth < until_us, UTC.

    A span of one microsecond is an instant. `said` is the source's wording, zone included.
    """

    from_us: int
    until_us: int
    said: str = ""

    def __post_init__(self) -> None:
        if self.from_us >= self.until_us:
            raise BadValue(f"a span must end after it starts: {self.from_us} … {self.until_us}")

    @property
    def middle_us(self) -> int:
        """The instant half-way through."""
        return (self.from_us + self.until_us) // 2

    @property
    def length_us(self) -> int:
        """How long the span is; 1 for an instant."""
        return self.until_us - self.from_us

    def overlaps(self, other: "Span") -> bool:
        """Say whether any instant lies in both."""
        return self.from_us < other.until_us and other.from_us < self.until_us

    def gap_us(self, other: "Span") -> int:
        """Microseconds between the two; 0 where they touch or overlap."""
        return max(0, self.from_us - other.until_us, other.from_us - self.until_us)


def at(instant_us: int, said: str = "") -> Span:
    """The span of one instant."""
    return Span(from_us=instant_us, until_us=instant_us + 1, said=said)


def zone(name: str) -> ZoneInfo:
    """Look a zone up by its IANA name; BadValue names one that is not known.

    Files of the zone folder that are no zone are refused: `localtime` is another zone on another
    machine, and zones under `right/` count leap seconds.
    """
    try:
        return ZoneInfo(name if _ZONE_NAME.fullmatch(name) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise BadValue(f"time zone {name!r} is not known; use an IANA name") from problem


def to_us(moment: datetime) -> int:
    """Microseconds UTC of a moment that knows its zone; BadValue if it does not."""
    if moment.tzinfo is None:
        raise BadValue(f"{moment.isoformat()} names no zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_us(instant_us: int, where: tzinfo = UTC) -> datetime:
    """The moment in a zone, for reading aloud. BadValue outside the years 1 … 9999."""
    try:
        return (_EPOCH + timedelta(microseconds=instant_us)).astimezone(where)
    except OverflowError as problem:
        raise BadValue(f"{instant_us} µs lies outside the years 1 … 9999") from problem


def local_span(naive: datetime, where: ZoneInfo, said: str = "") -> Span:
    """Place a local clock reading in UTC, honestly about the two hours that are not plain.

    In the hour that happens twice the span covers both readings. A reading that the clock
    skipped over raises BadValue: nobody can have read it.
    """
    first = to_us(naive.replace(tzinfo=where, fold=0))
    second = to_us(naive.replace(tzinfo=where, fold=1))
    if first == second:
        return at(first, said)
    if first < second:  # the hour that is repeated when summer time ends
        return Span(from_us=first, until_us=second + 1, said=said)
    raise BadValue(
        f"{naive.isoformat(sep=' ')} was skipped in {where.key} when the clocks went forward; "
        "ask the source which hour it meant"
    )


def local_day(year: int, month: int, day: int, where: ZoneInfo, said: str = "") -> Span:
    """A whole local day: 23, 24 or 25 hours of it, as the zone had it."""
    start = datetime(year, month, day, tzinfo=where)
    following = datetime(year, month, day) + timedelta(days=1)  # noqa: DTZ001 - wall clock, zoned below
    return Span(from_us=to_us(start), until_us=to_us(following.replace(tzinfo=where)), said=said)


def parse_instant(text: str) -> int:
    """Read ISO 8601 with an offset, or RFC 9557 with a zone in brackets.

    >>> parse_instant("2026-03-01T10:00+02:00") == parse_instant("2026-03-01T10:00[Europe/Kyiv]")
    True

    Raises BadValue where neither offset nor zone is given, where the two disagree, or where the
    clock reading happened twice or never.
    """
    found = _RFC9557.fullmatch(text.strip())
    try:
        stamp = datetime.fromisoformat(found["stamp"]) if found else None
    except ValueError:
        stamp = None
    if found is None or stamp is None:
        raise BadValue(f"{text!r} is no instant; write 2026-03-01T10:00+02:00")
    if found["zone"] is None:
        return _offset_only(stamp, text)
    where = zone(found["zone"])
    if stamp.tzinfo is None:
        span = local_span(stamp, where)
        if span.length_us > 1:
            raise BadValue(f"{text!r} happened twice; add the offset that is meant")
        return span.from_us
    if from_us(to_us(stamp), where).utcoffset() != stamp.utcoffset():
        raise BadValue(f"{text!r}: the offset is not the one {where.key} had then")
    return to_us(stamp)


def _offset_only(stamp: datetime, text: str) -> int:
    if stamp.tzinfo is None:
        raise BadValue(f"{text!r} names no zone; add an offset such as +02:00")
    return to_us(stamp)


def iso(instant_us: int, where: tzinfo = UTC) -> str:
    """Spell an instant to the second with its offset, as people read it."""
    return from_us(instant_us, where).isoformat(timespec="seconds")
