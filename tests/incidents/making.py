"""Claims of the invented ceasefire, made by hand: Velmark, Torrin and the joint teams."""

from typing import Any

from truceline.claims.claim import Claim, Origin
from truceline.claims.reading import source_key
from truceline.reports.report import Said
from truceline.values.instant import DAY_US, MINUTE_US, Span, at
from truceline.values.place import circle, offset
from truceline.values.signatures import Basis, Stance

# 2026-03-24 00:00 UTC; Cape Sorrel, on the invented map.
NIGHT_US = 1_774_310_400_000_000
LAT, LON = 47.6123, -34.2087


def clock(hours: int, minutes: int) -> Span:
    """A reading of the clock that night."""
    return at(NIGHT_US + (hours * 60 + minutes) * MINUTE_US, f"{hours:02}:{minutes:02}")


def day(number: int = 0) -> Span:
    """A whole day, as papers give it."""
    return Span(from_us=NIGHT_US + number * DAY_US, until_us=NIGHT_US + (number + 1) * DAY_US)


def near(bearing: float = 0, metres: float = 0, radius_m: int = 300) -> Any:
    """A circle so many metres from Cape Sorrel."""
    lat, lon = offset(LAT, LON, bearing, metres)
    return circle(lat, lon, radius_m)


def claim(number: str, speaker: str = "VEL", **said: Any) -> Claim:
    """A claim numbered `entry#row`; VEL and TOR are the parties, anybody else is independent."""
    entry, row = (int(part) for part in number.split("#"))
    interested = speaker in {"VEL", "TOR"}
    body = Said(
        speaker=speaker,
        **{
            "basis": Basis.STATED,
            "stance": Stance.ASSERTS,
            "span": clock(2, 10),
            "place": near(),
            "act": "fire.mortar",
            **said,
        },
    )
    origin = Origin(
        entry=entry,
        row=row,
        owner=speaker,
        audience="ALL",
        interested=interested,
        known_us=NIGHT_US + DAY_US,
    )
    key = source_key(body, interested=interested, parties=("VEL", "TOR"))
    return Claim(origin=origin, said=body, source_key=key)
