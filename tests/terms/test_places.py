"""Where: boundaries to the metre, tolerances to the millimetre, ellipses, datums, moving objects."""

from itertools import pairwise
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from tests.terms.world import EVER, NOON, Case, Fix, Place, Spot, at, small
from truceline.terms.agreement import Agreement
from truceline.terms.judging import assess
from truceline.terms.plane import Spread

GEOD = Geod(ellps="WGS84")
AREA = """geometry:
  box: {point: [-34.0, 47.5], side_km: 2, tolerance_m: 20, datum: WGS84}
  hole: {point: [-34.0, 47.5], side_km: 1, datum: WGS84}
  ring: {of: box, minus: hole}
  east: {polygon: [[-33.5, 47.0], [-33.0, 47.0], [-33.0, 48.0], [-33.5, 48.0], [-33.5, 47.0]], datum: WGS84}
  west: {polygon: [[-33.9, 47.0], [-33.5, 47.0], [-33.5, 48.0], [-33.9, 48.0], [-33.9, 47.0]], tolerance_m: 5, datum: WGS84}
  both: {union: [east, west]}
  road: {line: [[-35.0, 47.0], [-34.2, 47.1], [-33.9, 47.4]], datum: WGS84}
  strip: {of: road, buffer_km: 10}
  posts: {sites: [{id: p1, lon: -34.0, lat: 47.0, cat: post.guard}, {id: p2, lon: -33.0, lat: 47.0, cat: depot}], datum: WGS84}
"""


def asked(where: str, more: str = "") -> Agreement:
    """An agreement that forbids presence somewhere."""
    clause = f"      - {{norm: prohibit, id: c, kind: x, act: [presence], where: {where}{more}}}"
    return small(clause, geometry=AREA).agreement


def at_point(lon: float, lat: float) -> Spot:
    """An exact point."""
    return Spot(lon_e7=round(lon * 1e7), lat_e7=round(lat * 1e7))


def from_centre(azimuth: float, metres: float) -> Spot:
    """A point so far from the middle of the box."""
    lon, lat, _ = GEOD.fwd(-34.0, 47.5, azimuth, metres)
    return at_point(lon, lat)


def answer(agreement: Agreement, place: Place | Spot | None) -> tuple[int, int]:
    """Belief and plausibility that a party was there."""
    case = Case(span=at(NOON), type={"presence.force": 10_000}, actor={"VEL": 10_000}, place=place)
    result = assess(agreement, case, [], EVER)["c", "VEL"]
    return result.belief_bp, result.plausibility_bp


SURE, MAYBE, NEVER = (10_000, 10_000), (0, 10_000), (0, 0)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (970, SURE),
        (979, SURE),
        (981, MAYBE),
        (1000, MAYBE),
        (1019, MAYBE),
        (1021, NEVER),
        (1500, NEVER),
    ],
)
@pytest.mark.parametrize("azimuth", [0, 90, 180, 270])
def test_inside_by_its_tolerance_is_certain_and_within_it_possible(
    metres: float, expected: tuple[int, int], azimuth: float
) -> None:
    """A square of 2 km by 2 km drawn to 20 m: certain up to 980 m from its middle, gone at 1,020."""
    assert answer(asked("{in: box}"), from_centre(azimuth, metres)) == expected
    outside = {SURE: NEVER, NEVER: SURE, MAYBE: MAYBE}[expected]
    assert answer(asked("{out: box}"), from_centre(azimuth, metres)) == outside


@pytest.mark.parametrize(
    ("metres", "expected"), [(400, NEVER), (501, MAYBE), (530, SURE), (900, SURE), (1100, NEVER)]
)
def test_an_area_less_another_takes_the_larger_tolerance(
    metres: float, expected: tuple[int, int]
) -> None:
    """A derived area is no better drawn than the worst of its parts."""
    assert answer(asked("{in: ring}"), from_centre(90, metres)) == expected


def test_two_areas_that_touch_are_one() -> None:
    """A point on the seam of a union is deep inside it, not on a boundary."""
    assert answer(asked("{in: both}"), at_point(-33.5, 47.5)) == SURE
    assert answer(asked("{all: [{in: east}, {in: west}]}"), at_point(-33.5, 47.5)) == MAYBE


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{within_km: 3, of: posts}", SURE),
        ("{within_km: 3, of: posts, cat: [post]}", SURE),
        ("{within_km: 3, of: posts, cat: [depot]}", NEVER),
        ("{beyond_km: 3, of: posts, cat: [depot]}", SURE),
        (
            "{any: [{within_km: 3, of: posts, cat: [depot]}, {within_km: 2, of: posts, cat: [post.guard]}]}",
            SURE,
        ),
    ],
)
def test_a_condition_keeps_only_sites_of_its_categories(
    where: str, expected: tuple[int, int]
) -> None:
    """Two kilometres from a guard post and seventy-four from a depot."""
    lon, lat, _ = GEOD.fwd(-34.0, 47.0, 45, 1999)
    assert answer(asked(where), at_point(lon, lat)) == expected


ROAD = [(-35.0, 47.0), (-34.2, 47.1), (-33.9, 47.4)]


def along(
    lon: float, lat: float, one: tuple[float, float], other: tuple[float, float], deep: int = 2
) -> float:
    """The distance to a geodesic: the nearest of points along it, then of points near that one."""
    points = [one, *GEOD.npts(*one, *other, 300), other]
    apart = [GEOD.inv(lon, lat, *point)[2] for point in points]
    nearest = int(np.argmin(apart))
    if deep == 0:
        return float(min(apart))
    ends = points[max(0, nearest - 1)], points[min(len(points) - 1, nearest + 1)]
    return along(lon, lat, *ends, deep=deep - 1)


@given(st.floats(-35.3, -33.6), st.floats(46.8, 47.6), st.sampled_from(["road", "posts"]))
def test_distance_is_the_geodesic_to_within_a_metre(lon: float, lat: float, name: str) -> None:
    """Nobody's map projection moves a line: the plane is drawn round the incident itself."""
    plane = asked("{within_km: 90, of: road}").atlas.plane(Spread(lon, lat, 0.0, 0.0, 0))
    depth = plane.depth(name, np.zeros((1, 2)))[0]
    points = {"road": ROAD, "posts": [(-34.0, 47.0), (-33.0, 47.0)]}[name]
    if name == "road":
        nearest = min(along(lon, lat, one, other) for one, other in pairwise(ROAD))
    else:
        nearest = min(GEOD.inv(lon, lat, *point)[2] for point in points)
    if nearest < 80_000:
        assert abs(-depth - nearest) < 1


def test_an_ellipse_holds_what_a_normal_distribution_holds() -> None:
    """Within the 95 % circle lie 95 % of the samples, and half as far 1 − 0.05^¼ of them."""
    for radius_km, share in ((1, 0.95), (0.5, 1 - exp(np.log(0.05) / 4))):
        agreement = asked(f"{{within_km: {radius_km}, of: posts}}")
        place = Place(lon_e7=-340_000_000, lat_e7=470_000_000, a_m=1000, b_m=1000)
        low, high = answer(agreement, place)
        assert low == high
        assert abs(low / 10_000 - share) < 0.013


def test_a_long_ellipse_points_where_its_bearing_says() -> None:
    """North and south of a point are not east and west of it."""
    along = Place(lon_e7=-335_000_000, lat_e7=475_000_000, a_m=20_000, b_m=10, bearing_deg=0)
    across = Place(lon_e7=-335_000_000, lat_e7=475_000_000, a_m=20_000, b_m=10, bearing_deg=90)
    assert answer(asked("{within_km: 0.1, of: east}"), along) == SURE
    low, high = answer(asked("{in: east}"), across)
    assert 4_900 <= low <= high <= 5_100


def test_a_place_nobody_gave_is_unknown() -> None:
    """Silence about a place is no answer either way."""
    assert answer(asked("{in: box}"), None) == MAYBE
    assert answer(asked("{in: box}", ", place_of: target"), from_centre(0, 10)) == MAYBE


TRACK = (
    Fix(at_us=NOON - 600_000_000, lon_e7=-340_000_000, lat_e7=475_000_000),
    Fix(at_us=NOON + 600_000_000, lon_e7=-338_000_000, lat_e7=475_000_000),
)


@pytest.mark.parametrize(
    ("lon", "minutes", "expected"),
    [(-33.9, 0, SURE), (-34.0, 0, NEVER), (-33.9, 30, MAYBE)],
)
def test_a_zone_may_move(lon: float, minutes: int, expected: tuple[int, int]) -> None:
    """Two kilometres round a ship where it was at that minute; out of its log nothing is known."""
    agreement = asked("{within_km: 2, of: track}")
    span = at(NOON + minutes * 60_000_000)
    case = Case(
        span=span,
        type={"presence": 10_000},
        actor={"VEL": 10_000},
        place=at_point(lon, 47.5),
        track=TRACK,
    )
    result = assess(agreement, case, [], EVER)["c", "VEL"]
    assert (result.belief_bp, result.plausibility_bp) == expected


@pytest.mark.parametrize(("datum", "shift_m", "extra_m"), [("SK42", 114, 3), ("UCS2000", 110, 1)])
def test_a_map_in_another_datum_is_moved_and_says_how_well(
    datum: str, shift_m: float, extra_m: int
) -> None:
    """At 48° N 38° E the old grids lie more than a hundred metres off; the shift has an accuracy."""
    clause = "      - {norm: prohibit, id: c, kind: x, act: [presence], where: {in: a}}"
    geometry = f"geometry: {{a: {{point: [38.0, 48.0], datum: {datum}, tolerance_m: 10}}}}"
    outline = small(clause, geometry=geometry).agreement.atlas.chart.outlines["a"]
    _, _, moved = GEOD.inv(38.0, 48.0, outline.part.x, outline.part.y)
    assert abs(moved - shift_m) < 1
    assert outline.tolerance_m == 10 + extra_m


def test_what_lies_far_away_is_settled_without_samples() -> None:
    """Six standard deviations and a tolerance off, nobody need draw an ellipse."""
    agreement = asked("{in: box}")
    near = Place(lon_e7=-340_000_000, lat_e7=475_000_000, a_m=100, b_m=100)
    far = Place(lon_e7=-350_000_000, lat_e7=475_000_000, a_m=100, b_m=100)
    assert answer(agreement, near) == SURE
    assert answer(agreement, far) == NEVER
    assert agreement.atlas.depths == {}
