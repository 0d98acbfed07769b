"""Places and the ellipses that hold the truth."""

from math import pi

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from truceline.values.errors import BadValue
from truceline.values.place import (
    E7,
    EARTH_RADIUS_M,
    Place,
    bearing_deg,
    circle,
    distance_m,
    offset,
    reach_m,
)

places = st.builds(circle, st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 100_000))
HALFWAY_ROUND_M = pi * EARTH_RADIUS_M


@given(places, places)
def test_distance_is_the_same_there_and_back_and_never_more_than_half_way_round(
    one: Place, other: Place
) -> None:
    """Also at opposite ends of the globe, where rounding used to leave the real numbers."""
    apart_m = distance_m(one, other)
    assert 0 <= apart_m <= HALFWAY_ROUND_M * 1.000001
    assert apart_m == pytest.approx(distance_m(other, one), abs=0.01)


@given(st.floats(-90, 90), st.floats(-180, 0))
def test_opposite_ends_of_the_globe_are_half_way_round_apart(lat: float, lon: float) -> None:
    """Antipodes of every point, where the formula is at its weakest."""
    apart_m = distance_m(circle(lat, lon, 1), circle(-lat, lon + 180, 1))
    assert apart_m == pytest.approx(HALFWAY_ROUND_M, rel=1e-6)


@given(places, places, places)
def test_a_detour_is_never_shorter(one: Place, via: Place, other: Place) -> None:
    """The triangle inequality, to the centimetre."""
    assert distance_m(one, other) <= distance_m(one, via) + distance_m(via, other) + 0.01


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0, 359.9), st.floats(50, 30_000))
def test_going_so_far_at_a_bearing_comes_out_there(
    lat: float, lon: float, bearing: float, metres: float
) -> None:
    """Within half a per cent below 30 km: no worse than what a patrol estimates by eye."""
    assume(abs(lon) < 178)
    start = circle(lat, lon, 1)
    end_lat, end_lon = offset(lat, lon, bearing, metres)
    end = circle(end_lat, end_lon, 1)
    assert distance_m(start, end) == pytest.approx(metres, rel=0.008, abs=0.1)
    turned = (bearing_deg(start, end) - bearing + 180) % 360 - 180
    assert abs(turned) < 0.6


@given(st.tuples(*[st.integers() | st.integers(-200, 200)] * 6))
def test_a_place_is_on_the_globe_with_a_possible_ellipse_or_refused(
    numbers: tuple[int, ...],
) -> None:
    """Once built, a place is valid."""
    lat_e7, lon_e7, a_m, b_m, bearing, confidence = numbers
    try:
        place = Place(
            lat_e7=lat_e7,
            lon_e7=lon_e7,
            a_m=a_m,
            b_m=b_m,
            bearing_deg=bearing,
            confidence_bp=confidence,
        )
    except BadValue:
        return
    assert abs(place.lat) <= 90
    assert abs(place.lon) <= 180
    assert min(place.a_m, place.b_m) >= 1
    assert reach_m(place) == max(place.a_m, place.b_m)


@given(st.integers(-90 * E7, 90 * E7), st.integers(-180 * E7, 180 * E7))
def test_degrees_survive_the_way_through_floats(lat_e7: int, lon_e7: int) -> None:
    """Ten to the seventh is coarse enough that no integer changes by being used in arithmetic."""
    place = Place(lat_e7=lat_e7, lon_e7=lon_e7, a_m=1, b_m=1)
    assert circle(place.lat, place.lon, 1) == place
