"""What a reader outside a compartment gets to see of its claims, and when.

Monitors and sensors: place snapped to the policy's cell, time to the reporting day, no wording, no
own position, a number that does not name the entry; shown only once that day has ended and the
policy's delay has passed since it began, so that the moment of showing says nothing either. A
party's own allegation: place snapped, time as stated, shown at once, because a complaint nobody
can answer helps nobody.
"""

from dataclasses import replace

from truceline.claims.claim import Claim, CoveragePeriod, Origin
from truceline.claims.coarse import coarse, snap
from truceline.coordination.charter import Charter
from truceline.store.blinding import blind_key, blind_number
from truceline.store.rows import COARSE, Showing
from truceline.values.audience import ALL, PUBLIC
from truceline.values.instant import Span
from truceline.values.place import Place

ADDRESSED_SOURCES = frozenset({"complaint"})  # their wording is meant for the other side


def coarse_claim(
    claim: Claim, source: str, charter: Charter, secret: str, recorded_us: int
) -> tuple[Claim, Showing] | None:
    """The stranger's row of a claim; None where everyone may read the full one.

    secret: of the claim's compartment, for the number and key a stranger knows it by.
    recorded_us: when it was on the record, which may be after it was received.
    """
    if claim.origin.audience in (ALL, PUBLIC):
        return None
    if claim.origin.interested:
        return _allegation(claim, source, charter), _showing(claim.origin, 0)
    known = charter.reporting_day(recorded_us)
    day = _days(claim.said.span, charter) if isinstance(claim.said.span, Span) else None
    shown = coarse(claim, charter.sight)
    said = replace(shown.said, span=day or shown.said.span)
    visible_from_us = max(known.until_us, day.until_us if day else 0)
    blinded = replace(
        shown,
        said=said,
        origin=_blinded(claim.origin, known.from_us, secret),
        # One watcher's rows of one cell and day have one key; across cells or days nothing links
        # them, or all the cells a watcher saw would close in on where it stands.
        source_key=blind_key(secret, f"{claim.source_key} {said.place} {said.span}"),
    )
    return blinded, _showing(claim.origin, visible_from_us)


def _allegation(claim: Claim, source: str, charter: Charter) -> Claim:
    place = claim.said.place
    said = replace(
        claim.said,
        observer=None,
        place=snap(place, charter.sight) if isinstance(place, Place) else place,
        wording=claim.said.wording if source in ADDRESSED_SOURCES else "",
    )
    return replace(claim, said=said)


def coarse_period(
    period: CoveragePeriod, charter: Charter, secret: str, recorded_us: int
) -> tuple[CoveragePeriod, Showing] | None:
    """The stranger's row of a coverage period; None where everyone may read the full one."""
    if period.origin.audience in (ALL, PUBLIC):
        return None
    day = _days(period.covered.span, charter)
    covered = replace(
        period.covered,
        watcher=period.origin.owner,
        span=day,
        place=snap(period.covered.place, charter.sight),
        wording="",
    )
    known = charter.reporting_day(recorded_us)
    origin = _blinded(period.origin, known.from_us, secret)
    return replace(period, origin=origin, covered=covered), _showing(
        period.origin, max(known.until_us, day.until_us)
    )


def _days(span: Span, charter: Charter) -> Span:
    """The reporting days a span touches, whole."""
    first = charter.reporting_day(span.from_us)
    last = charter.reporting_day(span.until_us - 1)
    return Span(from_us=first.from_us, until_us=last.until_us)


def _blinded(origin: Origin, known_us: int, secret: str) -> Origin:
    entry, row = blind_number(secret, origin)
    return replace(origin, entry=entry, row=row, known_us=known_us)


def _showing(origin: Origin, visible_from_us: int) -> Showing:
    return Showing(
        grain=COARSE,
        of=(origin.entry, origin.row),
        audience=ALL,
        visible_from_us=visible_from_us,
        compartment=origin.audience,
    )
