"""Instants, durations and periods, read from their text again."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Raw = Any
Spans = list[tuple[datetime, datetime]]
EARLY, LATE = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

_REFERENCE = re.compile(r"(.+?)(?:([+-])(P[0-9A-Z]+))?(/sod|/eod)?")
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)


def instant(text: str) -> datetime:
    """An instant with an offset, a zone in brackets, or both."""
    stamp, _, zone = text.rstrip("]").partition("[")
    read = datetime.fromisoformat(stamp)
    if read.tzinfo is None:
        read = read.replace(tzinfo=ZoneInfo(zone))
    return read.astimezone(UTC)


def shifted(when: datetime, duration: str, zone: ZoneInfo, sign: int = 1) -> datetime:
    """Months, weeks and days on the wall clock of the zone; then hours and minutes as elapsed."""
    found = _DURATION.fullmatch(duration)
    assert found, duration
    years, months, weeks, days, hours, minutes, seconds = (int(x or 0) for x in found.groups())
    wall = when.astimezone(zone).replace(tzinfo=None)
    month = wall.year * 12 + wall.month - 1 + sign * (years * 12 + months)
    last = calendar.monthrange(month // 12, month % 12 + 1)[1]
    moved = wall.replace(year=month // 12, month=month % 12 + 1, day=min(wall.day, last))
    moved += sign * timedelta(weeks=weeks, days=days)
    same = moved == wall
    start = when if same else moved.replace(tzinfo=zone).astimezone(UTC)
    return start + sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def edge(when: datetime, tail: str | None, zone: ZoneInfo) -> datetime:
    """The start of the local day, or of the next."""
    if not tail:
        return when
    day = when.astimezone(zone).date() + timedelta(days=1 if tail == "/eod" else 0)
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True)
class Register:
    """What was known by an instant, in the order it happened."""

    records: tuple[Raw, ...]
    known: datetime | None = None

    @classmethod
    def of(cls, records: list[Raw], known: datetime | None) -> "Register":
        """Keep what was entered by then; without an instant, all of it."""
        kept = [r for r in records if known is None or entered(r) <= known]
        return cls(tuple(sorted(kept, key=lambda r: instant(r["at"]))), known)

    def named(self, kind: str, match: Raw = None) -> list[Raw]:
        """The records of a type whose fields are as asked."""
        return [r for r in self.records if r["type"] == kind and fields_fit(r, match or {})]


def entered(record: Raw) -> datetime:
    """When a record became known: when it happened, unless it says otherwise."""
    return instant(record.get("known") or record["at"])


def fields_fit(record: Raw, match: Raw) -> bool:
    """Whether every field is as asked; a list asked means any of them."""
    return all(
        key in record
        and (record[key] in wanted if isinstance(wanted, list) else record[key] == wanted)
        for key, wanted in match.items()
    )


class Clock:
    """The anchors of a document under a register."""

    def __init__(self, doc: Raw, register: Register, zones: Raw = None) -> None:
        """Read the document's zone and keep its anchors."""
        self.doc, self.register, self.zones = doc, register, zones or {}
        self.zone = ZoneInfo(doc.get("tz", "UTC"))

    def reference(self, text: str) -> datetime | None:
        """An anchor or instant, moved and cut to a day; None where the anchor is not set."""
        found = _REFERENCE.fullmatch(text)
        assert found, text
        base, sign, duration, tail = found.groups()
        when = self.anchor(base) if base in self.doc.get("anchors", {}) else instant(base)
        if when is None:
            return None
        if duration:
            when = shifted(when, duration, self.zone, -1 if sign == "-" else 1)
        return edge(when, tail, self.zone)

    def anchor(self, name: str) -> datetime | None:
        """The instant an anchor names, if it is set."""
        anchor = self.doc["anchors"][name]
        if anchor.get("calm"):
            return self._calm(anchor["calm"])
        if anchor.get("record"):
            found = self.register.named(anchor["record"], anchor.get("match"))
            return instant(found[0]["at"]) if found else None
        when = anchor.get("at") or anchor.get("ref")
        return self.reference(when) if when else None

    def _calm(self, calm: Raw) -> datetime | None:
        begun = start = self.reference(calm["since"])
        if begun is None or start is None:
            return None
        loud = [
            instant(r["at"])
            for r in self.register.named("verdict", {"clause": calm["clauses"]})
            if r.get("zone") in (None, calm["zone"])
        ]
        days = f"P{calm['days']}D"
        for when in sorted(t for t in loud if t >= start):
            if when >= shifted(start, days, self.zone):
                break
            start = when
        end = shifted(start, days, self.zone)
        if self.register.known and end > self.register.known:
            return None  # silence is not known before it is over
        if not calm.get("verified_by"):
            return end
        said = [
            instant(r["at"])
            for r in self.register.named("verified_calm", {"by": calm["verified_by"]})
            if r.get("zone") in (None, calm["zone"]) and instant(r["at"]) >= begun
        ]
        return max(end, said[0]) if said else None


def daily(hours: list[Raw], tz: str, start: datetime, end: datetime) -> Spans:
    """Local clock hours of every day from the day before; past midnight runs on."""
    zone, found = ZoneInfo(tz), []
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        for opens, closes in hours:
            first = datetime.fromisoformat(f"{day}T{opens}").replace(tzinfo=zone)
            ends = "00:00" if closes == "24:00" else closes
            later = day + timedelta(days=1 if ends <= opens else 0)
            last = datetime.fromisoformat(f"{later}T{ends}").replace(tzinfo=zone)
            found.append((first.astimezone(UTC), last.astimezone(UTC)))
        day += timedelta(days=1)
    return found


def meet(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(a, b) for a, b in both if a < b]


def less(spans: Spans, gone: Spans) -> Spans:
    """What is left of spans without others."""
    for a, b in gone:
        spans = meet(spans, [(EARLY, a), (b, LATE)])
    return spans


def inside(when: datetime, spans: Spans) -> bool:
    """From the start of a span, before its end."""
    return any(a <= when < b for a, b in spans)
