"""Where: conditions on place, judged jointly on the same samples of a place's error.

Kleene logic per sample: a condition is certain, possible or neither. The share of samples where
the whole condition is certain is the belief; where it is possible, the plausibility.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.terms.case import Spot
from truceline.terms.document import Where
from truceline.terms.plane import CENTRE, OUTERMOST, Chart, Plane, Samples, Spread, spread
from truceline.values.place import Place

TRACK = "track"
_MOST_KEPT = 512

Flags = NDArray[np.bool_]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Truth:
    """Per sample: surely so, and possibly so."""

    sure: Flags
    may: Flags

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.sure & other.sure, self.may & other.may)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.sure | other.sure, self.may | other.may)

    def __invert__(self) -> "Truth":
        return Truth(~self.may, ~self.sure)

    def shares(self) -> tuple[float, float]:
        """Belief and plausibility, 0 … 1."""
        return float(self.sure.mean()), float(self.may.mean())


YES = Truth(np.ones(1, bool), np.ones(1, bool))
NO = Truth(np.zeros(1, bool), np.zeros(1, bool))
MAYBE = Truth(np.zeros(1, bool), np.ones(1, bool))


@dataclass(frozen=True, slots=True)
class Atlas:
    """The geometries of one version of an agreement, with what was measured on them kept.

    The memory only ever holds what would be computed again; dropping it changes no answer.
    """

    chart: Chart
    planes: dict[Spread, Plane] = field(default_factory=dict)
    depths: dict[tuple[Spread, str, tuple[str, ...]], Samples] = field(default_factory=dict)
    centres: dict[tuple[Spread, str, tuple[str, ...]], float] = field(default_factory=dict)
    shares: dict[object, tuple[float, float]] = field(default_factory=dict)

    def view(self, place: Place | Spot | None, track: Point | None) -> "View":
        """Look from a place; a place not given leaves everything unknown."""
        return View(self, None if place is None else spread(place), track)

    def plane(self, at: Spread) -> Plane:
        """The plane round a place."""
        if at not in self.planes:
            if len(self.planes) >= _MOST_KEPT:
                self.planes.clear()
                self.depths.clear()
                self.centres.clear()
            self.planes[at] = Plane(self.chart, at)
        return self.planes[at]

    def centre_depth(self, at: Spread, name: str, cat: tuple[str, ...]) -> float:
        """How deep the middle of a place lies in a geometry, metres."""
        key = (at, name, cat)
        if key not in self.centres:
            self.centres[key] = float(self.plane(at).depth(name, CENTRE, cat)[0])
        return self.centres[key]

    def sample_depths(self, at: Spread, name: str, cat: tuple[str, ...]) -> Samples:
        """How deep each sample of a place lies in a geometry, metres."""
        key = (at, name, cat)
        if key not in self.depths:
            self.depths[key] = self.plane(at).depth(name, at.samples(), cat)
        return self.depths[key]


@dataclass(frozen=True, slots=True)
class View:
    """One place, and perhaps a moving object, looked at through an atlas."""

    atlas: Atlas
    at: Spread | None
    track: Point | None

    def kept(self, key: object, make: Callable[[], Truth]) -> tuple[float, float]:
        """The shares of a truth, remembered under the place and a key that names the truth."""
        whole = (self.at, self.track, key)
        known = self.atlas.shares.get(whole)
        if known is None:
            if len(self.atlas.shares) > 200_000:
                self.atlas.shares.clear()
            known = self.atlas.shares[whole] = make().shares()
        return known

    def truth(self, where: Where) -> Truth:
        """Whether the place satisfies a condition, sample by sample."""
        out = YES
        if where.in_ is not None:
            out &= self.inside(where.in_, where.cat or ())
        if where.out is not None:
            out &= ~self.inside(where.out, where.cat or ())
        if where.within_m is not None:
            out &= self._within(where, where.within_m)
        if where.beyond_m is not None:
            out &= ~self._within(where, where.beyond_m)
        for part in where.all or ():
            out &= self.truth(part)
        if where.any is not None:
            some = NO
            for part in where.any:
                some |= self.truth(part)
            out &= some
        return out

    def inside(self, name: str, cat: tuple[str, ...] = ()) -> Truth:
        """Whether the place is inside a geometry; a name nobody drew is unknown."""
        if self.at is None or name not in self.atlas.chart.geoms:
            return MAYBE
        return self._deeper(name, cat, 0)

    def _within(self, where: Where, limit_m: int) -> Truth:
        name = where.of or ""
        if name == TRACK:
            return self._near_track(limit_m)
        if self.at is None or name not in self.atlas.chart.geoms:
            return MAYBE
        return self._deeper(name, where.cat or (), -limit_m)

    def _deeper(self, name: str, cat: tuple[str, ...], least_m: float) -> Truth:
        """Whether the depth is at least so many metres, the boundary being off by its tolerance."""
        assert self.at is not None
        tolerance = self.atlas.chart.tolerances_m[name]
        sure, may = least_m + tolerance, least_m - tolerance
        centre, spread_m = self.atlas.centre_depth(self.at, name, cat), OUTERMOST * self.at.sigma_m
        if centre - spread_m >= sure:
            return YES
        if centre + spread_m < may:
            return NO
        depths = self.atlas.sample_depths(self.at, name, cat)
        return Truth(depths >= sure, depths >= may)

    def _near_track(self, limit_m: int) -> Truth:
        if self.at is None or self.track is None:
            return MAYBE
        plane = self.atlas.plane(self.at)
        lon, lat = self.track
        object_at = plane.project(np.array([lon]), np.array([lat]))[0]
        apart = np.round(np.hypot(*(self.at.samples() - object_at).T), 3)
        return Truth(apart <= limit_m, apart <= limit_m)
