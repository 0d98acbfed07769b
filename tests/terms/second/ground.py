"""Places: drawn points on a plane round the incident, and the areas they may lie in."""

from itertools import pairwise
from math import cos, log, radians, sin, sqrt
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

Raw = Any
Flags = NDArray[np.bool_]
GEOD = Geod(ellps="WGS84")


class Ground:
    """Drawn points of one place, and what each condition says of every one of them."""

    def __init__(self, doc: Raw, spot: Raw, track: Raw, seed: int, draws: int = 2000) -> None:
        """Draw the points. track: lon and lat of a moving object then, or None.

        spot: as in a case; None where the case gives no such place.
        """
        self.shapes, self.spot, self.track = doc.get("geometry", {}), spot, track
        self.kept: dict[str, tuple[Raw, float]] = {}
        if spot is None:
            self.count = 1
            return
        self.plane = Transformer.from_crs(
            "EPSG:4326",
            f"+proj=aeqd +lat_0={spot['lat']} +lon_0={spot['lon']} +ellps=WGS84 +units=m",
            always_xy=True,
        )
        error = spot.get("err")
        self.count = draws if error else 1
        self.points = _drawn(error, seed, draws) if error else shapely.points([[0.0, 0.0]])

    def open(self) -> tuple[Flags, Flags]:
        """Nothing is known: never certain, always possible."""
        return np.zeros(self.count, bool), np.ones(self.count, bool)

    def where(self, asked: Raw) -> tuple[Flags, Flags]:
        """Certain and possible, for every drawn point: all that is stated must hold."""
        sure, may = np.ones(self.count, bool), np.ones(self.count, bool)
        for part in self._parts(asked):
            sure, may = sure & part[0], may & part[1]
        return sure, may

    def _parts(self, asked: Raw) -> list[tuple[Flags, Flags]]:
        parts = [self.where(part) for part in asked.get("all") or []]
        if options := [self.where(part) for part in asked.get("any") or []]:
            parts.append((np.any([o[0] for o in options], 0), np.any([o[1] for o in options], 0)))
        if name := asked.get("in"):
            parts.append(self.within_area(name))
        if name := asked.get("out"):
            sure, may = self.within_area(name)
            parts.append((~may, ~sure))
        if asked.get("within_km") is not None:
            parts.append(self._near(asked, asked["within_km"]))
        if asked.get("beyond_km") is not None:
            sure, may = self._near(asked, asked["beyond_km"])
            parts.append((~may, ~sure))
        return parts

    def within_area(self, name: str) -> tuple[Flags, Flags]:
        """Inside by its tolerance is certain, within its tolerance possible."""
        if self.spot is None:
            return self.open()
        area, slack = self.shape(name)
        edge = shapely.distance(self.points, area.boundary)
        deep = np.where(shapely.intersects(area, self.points), edge, -edge)
        return deep >= slack, deep >= -slack

    def _near(self, asked: Raw, km: float) -> tuple[Flags, Flags]:
        if self.spot is None or (asked["of"] == "track" and self.track is None):
            return self.open()
        if asked["of"] == "track":
            shape, slack = shapely.Point(self._flat([self.track])[0]), 0.0
        elif asked.get("cat"):
            kept = [
                [s["lon"], s["lat"]]
                for s in self.shapes[asked["of"]]["sites"]
                if any(s["cat"] == c or s["cat"].startswith(c + ".") for c in asked["cat"])
            ]
            shape = shapely.MultiPoint(self._flat(kept))
            slack = self.shapes[asked["of"]].get("tolerance_m", 0)
        else:
            shape, slack = self.shape(asked["of"])
        if shape.is_empty:
            return np.zeros(self.count, bool), np.zeros(self.count, bool)
        gap = shapely.distance(self.points, shape)
        return gap <= km * 1000 - slack, gap <= km * 1000 + slack

    def shape(self, name: str) -> tuple[Raw, float]:
        """A geometry on the plane, and its tolerance in metres."""
        if name not in self.kept:
            self.kept[name] = self._shape(self.shapes[name])
        return self.kept[name]

    def _shape(self, raw: Raw) -> tuple[Raw, float]:
        parts = [raw["of"]] if raw.get("of") else raw.get("union") or []
        drawn = [self.shape(part) for part in parts]
        shape = shapely.union_all([d[0] for d in drawn]) if drawn else self._own(raw)
        if raw.get("buffer_km"):
            shape = shape.buffer(raw["buffer_km"] * 1000, quad_segs=64)
        slack = [raw.get("tolerance_m", 0), *(d[1] for d in drawn)]
        if raw.get("minus"):
            gone, its = self.shape(raw["minus"])
            shape, slack = shape.difference(gone), [*slack, its]
        return shape, max(slack)

    def _own(self, raw: Raw) -> Raw:
        if raw.get("line"):
            return shapely.LineString(self._flat(_dense(raw["line"])))
        if raw.get("polygon"):
            ring = raw["polygon"]
            closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
            return shapely.Polygon(self._flat(_dense(closed)))
        if raw.get("sites"):
            return shapely.MultiPoint(self._flat([[s["lon"], s["lat"]] for s in raw["sites"]]))
        if raw.get("side_km"):
            return shapely.Polygon(self._flat(_dense(_square(raw["point"], raw["side_km"]))))
        return shapely.Point(self._flat([raw["point"]])[0])

    def _flat(self, points: list[Raw]) -> NDArray[np.float64]:
        if not points:
            return np.empty((0, 2))
        lon, lat = np.array(points, float).T
        return np.column_stack(self.plane.transform(lon, lat))


def _drawn(error: Raw, seed: int, draws: int) -> Raw:
    """Normal points whose ellipse of the stated confidence has the stated half-axes."""
    scale = sqrt(-2 * log(1 - error.get("conf", 0.95)))
    along = error["a_m"] / scale
    across = error.get("b_m", error["a_m"]) / scale
    u, v = np.random.default_rng(seed).standard_normal((2, draws))
    turn = radians(error.get("deg", 0))
    east = u * along * sin(turn) + v * across * cos(turn)
    north = u * along * cos(turn) - v * across * sin(turn)
    return shapely.points(np.column_stack([east, north]))


def _dense(points: list[Raw]) -> list[Raw]:
    """Lay further points along each geodesic, one every two kilometres."""
    laid: list[Raw] = []
    for (lon, lat), (lon2, lat2) in pairwise(points):
        gap = GEOD.inv(lon, lat, lon2, lat2)[2]
        laid.append([lon, lat])
        if gap > 2000:
            laid += GEOD.npts(lon, lat, lon2, lat2, int(gap // 2000))
    return [*laid, points[-1]]


def _square(middle: Raw, side_km: float) -> list[Raw]:
    half = side_km * 500
    corners = []
    for north, east in ((1, 1), (-1, 1), (-1, -1), (1, -1), (1, 1)):
        lon, lat, _ = GEOD.fwd(middle[0], middle[1], 0 if north > 0 else 180, half)
        corners.append(list(GEOD.fwd(lon, lat, 90 if east > 0 else 270, half)[:2]))
    return corners
