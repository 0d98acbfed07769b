"""Ellipses of error: what they hold, and where several of them meet."""

from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.geometry import Spread, apart, meet, off_by_sq, spread
from truceline.values.place import Place, distance_m, offset


def one(a_m: int, b_m: int, bearing_deg: int = 0, confidence_bp: int = 9500) -> Spread:
    """The spread of one ellipse."""
    return spread(*(np.array([value]) for value in (a_m, b_m, bearing_deg, confidence_bp)))


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(0, 179), st.integers(100, 9900))
def test_the_ends_of_both_axes_lie_on_the_edge_of_the_stated_ellipse(
    a_m: int, b_m: int, bearing_deg: int, confidence_bp: int
) -> None:
    """At the stated confidence the ellipse comes back as it was given."""
    of = one(a_m, b_m, bearing_deg, confidence_bp)
    edge = -2 * np.log(1 - confidence_bp / 10_000)
    angle = radians(bearing_deg)
    for reach, turn in ((a_m, angle), (b_m, angle + np.pi / 2)):
        ends = np.array([reach * sin(turn)]), np.array([reach * cos(turn)])
        if of.determinant[0] > 1.0:
            assert off_by_sq(*ends, of)[0] == pytest.approx(edge, rel=1e-6)
    assert of.widest_m[0] == pytest.approx(max(a_m, b_m) / np.sqrt(edge), rel=1e-6)


@given(st.floats(-80, 80), st.floats(-180, 179.9), st.floats(0, 359.9), st.floats(1, 20_000))
def test_flat_distances_agree_with_the_sphere(
    lat: float, lon: float, bearing: float, metres: float
) -> None:
    """Below 20 km the plane is wrong by less than a fifth of a percent or a metre, anywhere below 80°."""
    there = offset(lat, lon, bearing, metres)
    lon2 = (there[1] + 180) % 360 - 180
    places = [
        Place(lat_e7=round(y * 1e7), lon_e7=round(x * 1e7), a_m=1, b_m=1)
        for y, x in ((lat, lon), (max(-90, min(90, there[0])), lon2))
    ]
    lats, lons = (np.array([getattr(p, name) for p in places]) for name in ("lat_e7", "lon_e7"))
    east, north = apart(lats, lons, np.array([0]), np.array([1]))
    assert hypot(east[0], north[0]) == pytest.approx(distance_m(*places), rel=2e-3, abs=1)


def test_two_bearings_hold_the_true_point_as_often_as_they_say() -> None:
    """Over 4,000 nights the joint 95 % ellipse of two posts holds the truth 95 times in 100."""
    draw = np.random.default_rng(118)
    truth = np.array([1500.0, 4200.0])
    held = 0
    for _ in range(4000):
        easts, norths, spreads = [], [], []
        for post in (np.array([0.0, 0.0]), np.array([5000.0, 500.0])):
            toward = truth - post
            bearing = degrees(atan2(toward[0], toward[1]))
            reach = hypot(*toward)
            along_m, across_m = 900.0, reach * radians(3.0)
            shift = draw.normal(0, [along_m, across_m])
            turn = radians(bearing)
            easts.append(truth[0] + shift[0] * sin(turn) + shift[1] * cos(turn))
            norths.append(truth[1] + shift[0] * cos(turn) - shift[1] * sin(turn))
            to_95 = np.sqrt(-2 * np.log(0.05))
            spreads.append(
                spread(
                    np.array([along_m * to_95]),
                    np.array([across_m * to_95]),
                    np.array([bearing % 180]),
                    np.array([9500]),
                )
            )
        both = Spread(
            ee=np.concatenate([s.ee for s in spreads]),
            nn=np.concatenate([s.nn for s in spreads]),
            en=np.concatenate([s.en for s in spreads]),
        )
        east, north, joint = meet(np.array(easts), np.array(norths), both)
        off = off_by_sq(np.array([truth[0] - east]), np.array([truth[1] - north]), joint)[0]
        held += bool(off <= -2 * np.log(0.05))
        assert joint.widest_m[0] <= both.widest_m.min() + 1e-6
    assert 0.94 <= held / 4000 <= 0.96
