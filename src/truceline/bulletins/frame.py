"""From degrees to the units of a drawing, in integers, so that every machine draws the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from truceline.values.place import E7

WIDTH = 960  # of every map, in its own units
_METRES_PER_DEGREE = 111_195  # of latitude, on the mean sphere
_LEAST_E7 = E7 // 5  # a map is never less than a fifth of a degree high: about 22 km


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """From degrees to units of the drawing. `east_bp`: width of a degree east by north, × 10⁴."""

    west_e7: int
    north_e7: int
    east_e7: int
    south_e7: int
    east_bp: int

    @property
    def height(self) -> int:
        """Height of the drawing without its legend."""
        tall, wide = self.north_e7 - self.south_e7, self.east_e7 - self.west_e7
        return WIDTH * tall * 10_000 // (wide * self.east_bp)

    def at(self, lon_e7: int, lat_e7: int) -> tuple[int, int]:
        """A point in units, rounded down."""
        wide = self.east_e7 - self.west_e7
        x = (lon_e7 - self.west_e7) * WIDTH // wide
        y = (self.north_e7 - lat_e7) * WIDTH * 10_000 // (wide * self.east_bp)
        return x, y

    def units(self, metres: int) -> int:
        """A length in units."""
        wide_m = (self.east_e7 - self.west_e7) * self.east_bp * _METRES_PER_DEGREE
        return metres * WIDTH * E7 * 10_000 // wide_m


def frame_of(points: Sequence[tuple[int, int]]) -> Frame:
    """The part of the globe that holds every point, with a margin, not too flat or tall."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    east_bp = max(1, round(cos(radians((north + south) / 2 / E7)) * 10_000))
    tall = max(_LEAST_E7, (north - south) * 11 // 10, (east - west) * east_bp // 22_000)
    wide = max(tall * 11_000 // east_bp, (east - west) * 11 // 10)
    middle_lat, middle_lon = (north + south) // 2, (east + west) // 2
    return Frame(
        west_e7=middle_lon - wide // 2,
        east_e7=middle_lon + wide // 2,
        south_e7=middle_lat - tall // 2,
        north_e7=middle_lat + tall // 2,
        east_bp=east_bp,
    )
