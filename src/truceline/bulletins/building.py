"""From the values of the rooms below to the rows of a snapshot.

Everything here is integer arithmetic on microseconds and on degrees × 10⁷, so the same record
gives the same figures on every machine.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from truceline.bulletins.snapshot import (
    ANY,
    NOWHERE,
    Area,
    ClaimLine,
    CoverageLine,
    PreviousCount,
    Ring,
)
from truceline.claims.claim import Claim, CoveragePeriod
from truceline.values.acts import UNKNOWN, known_prefix
from truceline.values.instant import Span, local_span, zone
from truceline.values.place import EARTH_RADIUS_M, Place
from truceline.values.signatures import Stance
from truceline.values.unknown import Unknown

UNRECORDED = "unrecorded"  # no entry at all: perhaps nobody was sent, perhaps it is still to come
Cut = tuple[int, int]  # a half-open stretch of time, microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What one bulletin speaks of: from one cut-off to the next, and the period before it."""

    previous_from_us: int
    from_us: int
    until_us: int

    @property
    def span(self) -> Span:
        """The period itself."""
        return Span(from_us=self.from_us, until_us=self.until_us)

    @property
    def previous(self) -> Span:
        """The period before."""
        return Span(from_us=self.previous_from_us, until_us=self.from_us)


def period_of(day: str, zone_name: str, cutoff: str = "19:30") -> Period:
    """The period whose cut-off is on a day: 23, 24 or 25 hours, as the zone had them.

    >>> p = period_of("2026-03-29", "Atlantic/Azores")
    >>> (p.until_us - p.from_us) // 3_600_000_000
    23
    """
    where = zone(zone_name)
    clock = datetime.fromisoformat(f"{day}T{cutoff}")
    ends = [local_span(clock - timedelta(days=back), where).from_us for back in (2, 1, 0)]
    return Period(previous_from_us=ends[0], from_us=ends[1], until_us=ends[2])


def belongs(span: Span | Unknown, known_us: int, period: Span) -> bool:
    """Say whether a statement is counted in a period.

    By the middle of the time it gives, so that a report of a whole day is counted once, in the
    period that holds its noon; by when it was received where it gives no time.
    """
    middle_us = known_us if isinstance(span, Unknown) else span.middle_us
    return period.from_us <= middle_us < period.until_us


def claim_line(claim: Claim, areas: Iterable[Area], period: Period) -> ClaimLine:
    """One row of the snapshot from a claim its reader may see."""
    said, origin = claim.said, claim.origin
    found = areas_of(said.place, areas)
    return ClaimLine(
        entry=origin.entry,
        row=origin.row,
        speaker=said.speaker,
        owner=origin.owner,
        stance=said.stance,
        basis=said.basis,
        act=said.act,
        given=said.type_given if known_prefix(said.act) == UNKNOWN else "",
        chain=said.chain,
        accused=tuple(sorted(set(said.accused))),
        count=said.count,
        span=said.span,
        place=said.place,
        area=found[0],
        also=found[1:],
        known_us=origin.known_us,
        late=_before(said.span, period.from_us),
    )


def claim_lines(
    claims: Iterable[Claim], areas: Iterable[Area], period: Period, *, known_by_us: int | None
) -> tuple[ClaimLine, ...]:
    """The claims of a period: those about it, and late ones about an earlier one.

    known_by_us: nothing received from then on is used; pass the cut-off. None where the ledger
        index alone freezes it: for a correction, which counts what came in since, and for a
        replay, where all was received long after and so nothing is late.
    """
    areas = tuple(areas)
    lines = []
    for claim in claims:
        known_us = claim.origin.known_us
        if known_by_us is not None and known_us >= known_by_us:
            continue
        timely = belongs(claim.said.span, known_us, period.span)
        arrived = period.from_us <= known_us < period.until_us
        late = arrived and _before(claim.said.span, period.from_us)
        if timely or late:
            lines.append(claim_line(claim, areas, period))
    return tuple(lines)


def previous_counts(
    claims: Iterable[Claim], areas: Iterable[Area], period: Period, *, known_by_us: int | None
) -> tuple[PreviousCount, ...]:
    """The previous period's claims as now known, and how many came in during this period."""
    areas = tuple(areas)
    number: Counter[tuple[str, str, Stance]] = Counter()
    late: Counter[tuple[str, str, Stance]] = Counter()
    for claim in claims:
        known_us, said = claim.origin.known_us, claim.said
        if known_by_us is not None and known_us >= known_by_us:
            continue
        if not belongs(said.span, known_us, period.previous):
            continue
        key = (said.speaker, areas_of(said.place, areas)[0], said.stance)
        number[key] += 1
        late[key] += period.from_us <= known_us < period.until_us
    return tuple(
        PreviousCount(speaker=key[0], area=key[1], stance=key[2], number=count, late=late[key])
        for key, count in sorted(number.items())
    )


def areas_of(place: Place | Unknown, areas: Iterable[Area]) -> tuple[str, ...]:
    """The area a point lies in (NOWHERE if in none), then those its stated error reaches into.

    Where areas overlap, the first by code takes the point: a claim is counted once.
    """
    if isinstance(place, Unknown):
        return (NOWHERE,)
    listed = sorted(areas, key=lambda area: area.code)
    point = (place.lon_e7, place.lat_e7)
    inside = [area.code for area in listed if holds(area.ring, point)]
    radius_m = max(place.a_m, place.b_m)
    touched = [area.code for area in listed if gap_m(area.ring, point) <= radius_m]
    first = inside[0] if inside else NOWHERE
    return (first, *(code for code in touched if code != first))


def coverage_of(
    periods: Iterable[CoveragePeriod], area: Area, span: Span
) -> tuple[CoverageLine, ...]:
    """How long each owner's watchers reached into an area, per kind and together (`any`).

    A watcher reaches an area if the circle of its reach touches it: part of the area counts as
    watched, which the bulletin says. Time with no entry at all is a gap for `unrecorded`.
    """
    reaching = [
        each for each in periods if _reaches(each, area) and each.covered.span.overlaps(span)
    ]
    keys = {(each.origin.owner, kind) for each in reaching for kind in (each.covered.kind, ANY)}
    return tuple(
        _line(
            [
                each
                for each in reaching
                if each.origin.owner == owner and kind in {ANY, each.covered.kind}
            ],
            area=area.code,
            owner=owner,
            kind=kind,
            span=span,
        )
        for owner, kind in sorted(keys)
    )


def _line(
    periods: list[CoveragePeriod], *, area: str, owner: str, kind: str, span: Span
) -> CoverageLine:
    up = union(_cuts(periods, "up", span))
    either = union([*up, *_cuts(periods, "degraded", span)])
    free = (span.from_us, span.until_us)
    gaps: list[tuple[str, int]] = []
    taken = either
    for reason in sorted({each.covered.reason for each in periods if each.covered.state == "down"}):
        down = [each for each in periods if each.covered.reason == reason]
        wider = union([*taken, *_cuts(down, "down", span)])
        gaps.append((reason or UNRECORDED, length_us(wider) - length_us(taken)))
        taken = wider
    gaps.append((UNRECORDED, free[1] - free[0] - length_us(taken)))
    return CoverageLine(
        area=area,
        owner=owner,
        kind=kind,
        watched_us=length_us(up),
        degraded_us=length_us(either) - length_us(up),
        possible_us=span.length_us,
        gaps=_merged(gaps),
    )


def _merged(gaps: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: Counter[str] = Counter()
    for reason, lasted_us in gaps:
        sums[reason] += lasted_us
    kept = ((reason, lasted_us) for reason, lasted_us in sums.items() if lasted_us)
    return tuple(sorted(kept, key=lambda gap: (-gap[1], gap[0])))


def _cuts(periods: Iterable[CoveragePeriod], state: str, span: Span) -> list[Cut]:
    return [
        (
            max(each.covered.span.from_us, span.from_us),
            min(each.covered.span.until_us, span.until_us),
        )
        for each in periods
        if each.covered.state == state and each.covered.span.overlaps(span)
    ]


def union(cuts: Iterable[Cut]) -> list[Cut]:
    """Stretches of time with what overlaps or touches joined, in order."""
    joined: list[Cut] = []
    for start, end in sorted(cuts):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def length_us(cuts: Iterable[Cut]) -> int:
    """How long stretches that do not overlap last together."""
    return sum(end - start for start, end in cuts)


def holds(ring: Ring, point: tuple[int, int]) -> bool:
    """Say whether a point lies in a ring; exact, by crossing edges in integer arithmetic."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y):
            side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            # Strictly left of the edge either way, so a point on a shared side is in one area.
            inside ^= side > 0 if y2 > y1 else side < 0
    return inside


def gap_m(ring: Ring, point: tuple[int, int]) -> int:
    """Whole metres from a point to a ring; 0 inside. Flat about the point: good below 100 km."""
    if holds(ring, point):
        return 0
    north = radians(1) * EARTH_RADIUS_M / 10**7
    east = north * cos(radians(point[1] / 10**7))
    flat = [((x - point[0]) * east, (y - point[1]) * north) for x, y in ring]
    edges = zip(flat, (*flat[1:], flat[0]), strict=True)
    return round(min(_from_origin(one, other) for one, other in edges))


def _from_origin(one: tuple[float, float], other: tuple[float, float]) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    squared = dx * dx + dy * dy
    along = 0.0 if squared == 0 else -(one[0] * dx + one[1] * dy) / squared
    along = min(1.0, max(0.0, along))
    return float(((one[0] + along * dx) ** 2 + (one[1] + along * dy) ** 2) ** 0.5)


def _reaches(period: CoveragePeriod, area: Area) -> bool:
    place = period.covered.place
    return gap_m(area.ring, (place.lon_e7, place.lat_e7)) <= max(place.a_m, place.b_m)


def _before(span: Span | Unknown, from_us: int) -> bool:
    return not isinstance(span, Unknown) and span.middle_us < from_us
