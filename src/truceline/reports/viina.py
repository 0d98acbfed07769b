"""What the two VIINA formats share: whose day it is, and how far off a place may be.

The numbers are ours, since the data state none; grounds in docs/formats/sources/viina-events.md.
"""

from functools import lru_cache

from truceline.reports.fields import BadField
from truceline.values.instant import Span, local_day, zone
from truceline.values.place import E7, Place

KYIV = zone("Europe/Kyiv")
SETTLEMENT_ERROR_M = 5_000
AREA_ERROR_M = 100_000


@lru_cache(maxsize=4096)
def day_span(year: int, month: int, day: int, said: str) -> Span:
    """The local day in Kyiv. BadField where the calendar has no such day."""
    try:
        return local_day(year, month, day, KYIV, said)
    except (ValueError, OverflowError) as problem:
        raise BadField(f"date {said!r} is no day of the calendar") from problem


@lru_cache(maxsize=8192)
def settlement(lat: float, lon: float, name: str, *, area: bool) -> Place:
    """The place of a geocoded name; BadValue where the point is not on the globe."""
    radius_m = AREA_ERROR_M if area else SETTLEMENT_ERROR_M
    return Place(
        lat_e7=round(lat * E7), lon_e7=round(lon * E7), a_m=radius_m, b_m=radius_m, said=name
    )
