"""Depth inside a geometry, in metres, on a plane drawn round one point.

The plane is azimuthal-equidistant on the WGS 84 ellipsoid, centred on the incident. Depth is
positive inside an area, negative outside; for a line or a site it is minus the distance. A
geometry's depth is exact up to the reach the plane was drawn for, and beyond it only says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, log, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from truceline.terms.case import Spot
from truceline.terms.document import Geom
from truceline.terms.shapes import GEOD, Outline
from truceline.values.acts import within
from truceline.values.place import Place

RINGS, ANGLES = 40, 72
SIGMAS = 6.0
# No sample lies farther out than the outermost ring, and depth changes by no more than a metre a
# metre: where the middle is clear of a boundary by this much, every sample is. A hair more for
# rounding.
OUTERMOST = 2.97
MARGIN_M = 200.0
# A buffer's round end is drawn with this many pieces to the quarter: at 40 km wrong by 0.7 m.
_QUARTER = 128
_METRES_PER_DEGREE = 110_500.0  # the shortest degree of latitude, so a window is never too small

Samples = NDArray[np.float64]


def _unit_samples() -> Samples:
    """RINGS × ANGLES points of equal weight for a standard normal distribution in the plane."""
    shares = (np.arange(RINGS) + 0.5) / RINGS
    radii = np.sqrt(-2 * np.log1p(-shares))
    turns = (np.arange(ANGLES) + 0.5) * (2 * np.pi / ANGLES)
    x = radii[:, None] * np.cos(turns)[None, :]
    y = radii[:, None] * np.sin(turns)[None, :]
    return np.column_stack([x.ravel(), y.ravel()])


_UNIT = _unit_samples()
CENTRE = np.zeros((1, 2))


@dataclass(frozen=True, slots=True)
class Spread:
    """A point and how its error spreads: standard deviations along and across a bearing."""

    lon: float
    lat: float
    sigma_a_m: float
    sigma_b_m: float
    bearing_deg: int

    @property
    def sigma_m(self) -> float:
        """The larger of the two."""
        return max(self.sigma_a_m, self.sigma_b_m)

    def samples(self) -> Samples:
        """Points east and north of the centre, metres; one where the place is exact."""
        if self.sigma_m == 0:
            return CENTRE
        along, across = _UNIT[:, 0] * self.sigma_a_m, _UNIT[:, 1] * self.sigma_b_m
        turn = radians(self.bearing_deg)
        east = along * sin(turn) + across * cos(turn)
        north = along * cos(turn) - across * sin(turn)
        return np.column_stack([east, north])


def spread(place: Place | Spot) -> Spread:
    """How a place's stated ellipse spreads, as a normal distribution.

    An ellipse said to hold the truth for certain is read as holding it at 99.99 %.
    """
    lon, lat = place.lon_e7 / 10**7, place.lat_e7 / 10**7
    if isinstance(place, Spot):
        return Spread(lon, lat, 0.0, 0.0, 0)
    sigmas = (-2 * log(1 - min(place.confidence_bp, 9_999) / 10_000)) ** 0.5
    return Spread(lon, lat, place.a_m / sigmas, place.b_m / sigmas, place.bearing_deg)


@dataclass(frozen=True)
class Chart:
    """Every geometry of an agreement, by name, to be measured on planes.

    reach_m: how far from a place anything can matter to any condition.
    """

    geoms: Mapping[str, Geom]
    outlines: Mapping[str, Outline]

    tolerances_m: Mapping[str, int]
    reach_m: int


def chart(geoms: Mapping[str, Geom], outlines: Mapping[str, Outline], limit_m: int) -> Chart:
    """Make geometries ready; `limit_m` is the largest distance any condition asks about."""
    tolerances = {name: _tolerance_m(name, geoms, outlines) for name in geoms}
    wide = max([0, *(_buffers_m(name, geoms) for name in geoms)])
    reach = limit_m + wide + max([0, *tolerances.values()])
    return Chart(geoms, outlines, tolerances, reach)


def parts_of(geom: Geom) -> tuple[str, ...]:
    """The names a geometry is derived from."""
    return (*(geom.union or ()), *filter(None, (geom.of, geom.minus)))


def _tolerance_m(name: str, geoms: Mapping[str, Geom], outlines: Mapping[str, Outline]) -> int:
    """How far a boundary may be off: a derived area takes the largest among its parts."""
    own = outlines[name].tolerance_m if name in outlines else geoms[name].tolerance_m
    return max([own, *(_tolerance_m(part, geoms, outlines) for part in parts_of(geoms[name]))])


def _buffers_m(name: str, geoms: Mapping[str, Geom]) -> int:
    inner = max([0, *(_buffers_m(part, geoms) for part in parts_of(geoms[name]))])
    return abs(geoms[name].buffer_m or 0) + inner


@dataclass(frozen=True)
class Plane:
    """A plane round one point, good for depths up to the chart's reach from its samples."""

    chart: Chart
    at: Spread
    drawn: dict[tuple[str, tuple[str, ...]], BaseGeometry] = field(default_factory=dict)

    def depth(self, name: str, samples: Samples, cat: tuple[str, ...] = ()) -> Samples:
        """Depth of each sample inside a geometry, metres, rounded to the millimetre."""
        return np.round(self._depth(name, samples, cat), 3)

    def _depth(self, name: str, samples: Samples, cat: tuple[str, ...]) -> Samples:
        geom = self.chart.geoms[name]
        if geom.minus is not None or geom.union is not None:
            return _depth_in(self._drawn(name, cat), samples)
        base = (
            self._depth(geom.of, samples, cat)
            if geom.of is not None
            else _depth_in(self._own(name, cat), samples)
        )
        return base + (geom.buffer_m or 0)

    def _own(self, name: str, cat: tuple[str, ...]) -> BaseGeometry:
        key = (name, cat)
        if key not in self.drawn:
            self.drawn[key] = self._projected(_kept(self.chart.outlines[name], cat))
        return self.drawn[key]

    def _drawn(self, name: str, cat: tuple[str, ...]) -> BaseGeometry:
        """A derived geometry drawn as one area on the plane."""
        key = (f"={name}", cat)
        if key not in self.drawn:
            self.drawn[key] = self._draw(name, cat)
        return self.drawn[key]

    def _draw(self, name: str, cat: tuple[str, ...]) -> BaseGeometry:
        geom = self.chart.geoms[name]
        if geom.union is not None:
            area = shapely.union_all([self._drawn(part, cat) for part in geom.union])
        elif geom.of is not None:
            area = self._drawn(geom.of, cat)
        else:
            area = self._own(name, cat)
        if geom.buffer_m:
            area = area.buffer(geom.buffer_m, quad_segs=_QUARTER)
        return area if geom.minus is None else area.difference(self._drawn(geom.minus, cat))

    def _projected(self, part: BaseGeometry) -> BaseGeometry:
        window = self._window
        if part.is_empty:
            return part
        if part.geom_type in ("Point", "MultiPoint"):
            return shapely.transform(part, self._project)
        west, south, east, north = window
        near = shapely.clip_by_rect(part, west, south, east, north)
        if not near.is_valid:
            near = shapely.intersection(part, shapely.box(west, south, east, north))
        return shapely.transform(near, self._project)

    @cached_property
    def _window(self) -> tuple[float, float, float, float]:
        reach = self.chart.reach_m + SIGMAS * self.at.sigma_m + MARGIN_M
        high = reach / _METRES_PER_DEGREE
        edge = min(89.0, abs(self.at.lat) + high)
        wide = high / cos(radians(edge)) * 1.01
        lon, lat = self.at.lon, self.at.lat
        return lon - wide, lat - high * 1.01, lon + wide, lat + high * 1.01

    def _project(self, degrees: Samples) -> Samples:
        lons, lats = degrees[:, 0], degrees[:, 1]
        return self.project(lons, lats)

    def project(self, lons: Samples, lats: Samples) -> Samples:
        """Metres east and north of the centre, at the true distance and bearing from it."""
        count = len(lons)
        home = np.full(count, self.at.lon), np.full(count, self.at.lat)
        azimuth, _, apart_m = GEOD.inv(*home, lons, lats)
        turn = np.radians(azimuth)
        return np.column_stack([apart_m * np.sin(turn), apart_m * np.cos(turn)])


def _kept(outline: Outline, cat: tuple[str, ...]) -> BaseGeometry:
    if not cat or not outline.categories:
        return outline.part
    points = shapely.get_parts(outline.part)
    pairs = zip(points, outline.categories, strict=True)
    return shapely.MultiPoint(
        [point for point, held in pairs if any(within(held, one) for one in cat)]
    )


def _depth_in(part: BaseGeometry, samples: Samples) -> Samples:
    if part.is_empty:
        return np.full(len(samples), -np.inf, dtype=float)
    shapely.prepare(part)
    points = shapely.points(samples)
    if part.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
        return np.asarray(-shapely.distance(part, points), dtype=float)
    edge = part.boundary if part.geom_type != "GeometryCollection" else shapely.boundary(part)
    shapely.prepare(edge)
    inside = shapely.intersects_xy(part, samples[:, 0], samples[:, 1])
    apart = shapely.distance(edge, points)
    return np.asarray(np.where(inside, apart, -apart), dtype=float)
