"""The stranger's view of a claim: no place, time or wording with targeting value.

Two claims of one cell and day are told apart by neither place nor time, so that somebody who holds
everything a stranger may see cannot narrow down where a watcher stood or what it could measure.
"""

from dataclasses import replace
from math import ceil, cos, radians, sqrt

from truceline.claims.claim import Claim
from truceline.claims.reading import FIRST_HAND
from truceline.reports.report import Said
from truceline.values.audience import Sight
from truceline.values.canonical import sha256_hex
from truceline.values.instant import Span
from truceline.values.place import E7, Place, reach_m
from truceline.values.signatures import Direction
from truceline.values.unknown import Unknown

_M_PER_DEGREE = 111_195  # of a great circle of mean radius
_HALF_TURN_E7 = 180 * E7
_QUARTER_TURN_E7 = 90 * E7


def coarse(claim: Claim, sight: Sight) -> Claim:
    """What a stranger to the compartment sees of a claim, once `visible_from_us` has passed.

    Place snapped to the cell, time widened to whole grains, the observer's own position gone;
    counts stay. A watcher's wording, number, name and sense of direction go too: each says where
    it stood. The key stays comparable but no longer names the watcher.
    """
    said = claim.said
    place = said.place
    shown = replace(
        said,
        span=_widened(said.span, sight),
        said_us=None,
        place=snap(place, sight) if isinstance(place, Place) else Unknown(reason=place.reason),
        observer=None,
    )
    known_us = _grain_end(claim.origin.known_us, sight)
    origin = replace(claim.origin, known_us=known_us)
    if not from_watcher(claim):
        return replace(claim, origin=origin, said=shown)
    return Claim(
        origin=origin,
        said=_anonymous(shown, claim.origin.owner),
        source_key=f"voice:{sha256_hex(claim.source_key.encode())[:16]}",
    )


def from_watcher(claim: Claim) -> bool:
    """Say whether a claim is a monitor's or sensor's own perception, not a party's word."""
    by_senses = claim.said.basis in FIRST_HAND or claim.said.observer is not None
    return by_senses and not claim.origin.interested


def visible_from_us(claim: Claim, sight: Sight) -> int:
    """When a stranger may first see the coarse view: the policy's delay after whole grains.

    Counted from the end of the grain in which it ended or became known, whichever is later, so
    that the moment of showing tells no more than the grain.
    """
    span = claim.said.span
    ended_us = span.until_us - 1 if isinstance(span, Span) else claim.origin.known_us
    return _grain_end(max(ended_us, claim.origin.known_us), sight) + sight.delay_us


def snap(place: Place, sight: Sight) -> Place:
    """The middle of the policy's cell, with a circle that covers the cell and the stated error.

    Rows of cells are `cell_m` high; in each row as many equal cells go round the globe as fit at
    `cell_m`. The radius grows in half cells, so that errors below half a cell, which are those of
    watchers in the field, cannot be told apart either.
    """
    height_e7 = min(_QUARTER_TURN_E7, max(1, round(sight.cell_m / _M_PER_DEGREE * E7)))
    row = (place.lat_e7 + _QUARTER_TURN_E7) // height_e7
    middle_e7 = min(row * height_e7 + height_e7 // 2 - _QUARTER_TURN_E7, _QUARTER_TURN_E7)
    around_m = 360 * _M_PER_DEGREE * cos(radians(middle_e7 / E7))
    cells = max(1, int(around_m / sight.cell_m))
    column = (place.lon_e7 + _HALF_TURN_E7) % (2 * _HALF_TURN_E7) * cells // (2 * _HALF_TURN_E7)
    lon_e7 = (2 * column + 1) * _HALF_TURN_E7 // cells - _HALF_TURN_E7
    radius_m = _covering_m(place, sight)
    return Place(lat_e7=middle_e7, lon_e7=lon_e7, a_m=radius_m, b_m=radius_m)


def _covering_m(place: Place, sight: Sight) -> int:
    # A cell is wider than cell_m by what is left over going round, and wider at its equatorward
    # edge than in the middle: under a tenth below 80°, where there is anything to monitor.
    half_diagonal_m = sight.cell_m * sqrt(2) / 2 * 1.1
    half_cell_m = max(1, sight.cell_m // 2)
    return ceil(half_diagonal_m) + ceil(reach_m(place) / half_cell_m) * half_cell_m


def _widened(span: Span | Unknown, sight: Sight) -> Span | Unknown:
    if isinstance(span, Unknown):
        return Unknown(reason=span.reason)
    from_us = span.from_us // sight.delay_us * sight.delay_us
    return Span(from_us=from_us, until_us=_grain_end(span.until_us - 1, sight))


def _grain_end(instant_us: int, sight: Sight) -> int:
    return (instant_us // sight.delay_us + 1) * sight.delay_us


def _anonymous(said: Said, owner: str) -> Said:
    return replace(
        said,
        speaker=owner,
        chain=(owner,),
        ref="",
        type_given="",
        weapon="",
        direction=Direction.UNDETERMINED,
        wording="",
        origin="",
    )
