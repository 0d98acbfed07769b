"""The contact line as a ruler: so far along it, so far to one side of it, into degrees and back.

Arithmetic here is + − × ÷ and √ alone, which every machine rounds alike, so an exercise has the
same bytes wherever it is generated. Flat over the map: wrong by less than 0.5 %, on a map that
nobody can visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

M_PER_LAT = 111_195.0  # metres in a degree of latitude on the mean sphere
M_PER_LON = 74_980.0  # metres in a degree of longitude at 47.6° north


@dataclass(frozen=True, slots=True, eq=False)
class Ruler:
    """A line of points, measured in metres from its first.

    x_m, y_m: the points on the plane; at_m: how far along the line each lies.
    """

    x_m: F64
    y_m: F64
    at_m: F64

    @property
    def length_m(self) -> float:
        """From the first point to the last."""
        return float(self.at_m[-1])

    def beside(self, along_m: F64, east_m: F64) -> tuple[F64, F64]:
        """Points so far along and so far off, east positive, on the plane."""
        part = np.clip(np.searchsorted(self.at_m, along_m, side="right") - 1, 0, len(self.at_m) - 2)
        run_m = self.at_m[part + 1] - self.at_m[part]
        unit_x = (self.x_m[part + 1] - self.x_m[part]) / run_m
        unit_y = (self.y_m[part + 1] - self.y_m[part]) / run_m
        ahead_m = along_m - self.at_m[part]
        # The line runs north, so its right-hand normal (y, -x) points east.
        x_m = self.x_m[part] + unit_x * ahead_m + unit_y * east_m
        y_m = self.y_m[part] + unit_y * ahead_m - unit_x * east_m
        return x_m, y_m


def ruler(points: Sequence[tuple[float, float]]) -> Ruler:
    """Measure a line given as (lon, lat) in degrees."""
    x_m, y_m = plane(np.array([lat for _, lat in points]), np.array([lon for lon, _ in points]))
    steps = np.sqrt(np.diff(x_m) ** 2 + np.diff(y_m) ** 2)
    return Ruler(x_m, y_m, np.concatenate([[0.0], np.cumsum(steps)]))


def plane(lat: F64, lon: F64) -> tuple[F64, F64]:
    """Degrees to metres east and north."""
    return lon * M_PER_LON, lat * M_PER_LAT


def globe(x_m: F64, y_m: F64) -> tuple[F64, F64]:
    """Metres east and north to degrees, as (lat, lon)."""
    return y_m / M_PER_LAT, x_m / M_PER_LON
