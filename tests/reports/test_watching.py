"""Where a bearing and a range put an event."""

from math import cos, hypot, radians, sin
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.rendering import receipt
from truceline.reports.report import Covered, Report, Said
from truceline.reports.sources.patrol_log import parse
from truceline.reports.watching import ellipse
from truceline.values.acts import ACTS
from truceline.values.place import Place, bearing_deg, circle, distance_m, offset
from truceline.values.signatures import Stance
from truceline.values.unknown import Unknown

POST = circle(47.4805, -34.1512, 20)
HEADER = "record,patrol,date,time,until,own_position,bearing_deg,range_min_m,range_max_m,perceived,signature,act,wording\n"


def inside(place: Place, lat: float, lon: float) -> bool:
    """Say whether a point lies in a place's ellipse."""
    point = circle(lat, lon, 1)
    away_m = distance_m(place, point)
    turned = radians(bearing_deg(place, point) - place.bearing_deg)
    return hypot(away_m * cos(turned) / place.a_m, away_m * sin(turned) / place.b_m) <= 1


def log(row: str) -> Said | Covered:
    """What one row of a patrol's log says."""
    (found,) = parse((HEADER + row).encode(), receipt("patrol-log", owner="CENTRE"))
    assert isinstance(found, Report), found
    return found.body


@pytest.mark.parametrize("error_deg", [2, 10, 20, 45])
@pytest.mark.parametrize(("near_m", "far_m"), [(0, 5_000), (2_000, 5_000), (4_500, 5_000)])
@pytest.mark.parametrize("bearing", [0, 45, 290])
def test_the_ellipse_holds_the_truth_in_ninety_five_cases_of_a_hundred(
    near_m: int, far_m: int, bearing: int, error_deg: int
) -> None:
    """For a range known to lie between two distances and a bearing with a normal error."""
    place = ellipse(POST, bearing, error_deg, near_m, far_m)
    chance, draws = Random(near_m + bearing + error_deg), 1_000
    points = (
        offset(
            POST.lat,
            POST.lon,
            chance.gauss(bearing, error_deg / 1.96),
            chance.uniform(near_m, far_m),
        )
        for _ in range(draws)
    )
    held = sum(inside(place, *point) for point in points)
    assert held >= (0.95 - 3 * 0.007) * draws  # less three standard errors of so many draws


@given(st.floats(0, 359.9), st.integers(100, 5_000), st.integers(1, 4_000), st.integers(1, 40))
def test_knowing_less_never_makes_the_ellipse_smaller(
    bearing: float, near_m: int, deep_m: int, error_deg: int
) -> None:
    """A wider range, a worse bearing or a worse own position can only widen it."""
    usual = ellipse(POST, bearing, error_deg, near_m, near_m + deep_m)
    deeper = ellipse(POST, bearing, error_deg, near_m, near_m + deep_m + 200)
    vaguer = ellipse(POST, bearing, error_deg + 5, near_m, near_m + deep_m)
    lost = ellipse(circle(POST.lat, POST.lon, 500), bearing, error_deg, near_m, near_m + deep_m)
    assert deeper.a_m >= usual.a_m
    assert vaguer.b_m >= usual.b_m
    assert lost.a_m >= usual.a_m
    assert lost.b_m >= usual.b_m


def test_where_a_patrol_stood_and_where_it_points_are_two_things() -> None:
    """The event is some way off along the bearing; the patrol's own place is kept apart, unrounded."""
    said = log(
        'observed,JVT-2,2026-03-23,02:12,,"47.4805, -34.1512",090,2000,4000,heard,explosion,,\n'
    )
    assert isinstance(said, Said)
    assert isinstance(said.place, Place)
    assert said.observer is not None
    assert (said.observer.lat_e7, said.observer.lon_e7) == (474805000, -341512000)
    assert distance_m(said.observer, said.place) == pytest.approx(3_000, rel=0.01)
    assert said.place.bearing_deg == 90
    assert said.place.a_m < said.place.b_m * 3


def test_hearing_nothing_is_a_statement_and_not_a_silence() -> None:
    """It says with which sense, from when to when and how far it was listened."""
    said = log('nothing,JVT-2,2026-03-23,02:12,02:40,"47.4805, -34.1512",,,5000,heard,,,\n')
    assert isinstance(said, Said)
    assert said.stance is Stance.NOT_PERCEIVED
    assert isinstance(said.place, Place)
    assert said.place.a_m >= 5_000


def test_a_bearing_without_a_range_gives_no_place() -> None:
    """Any distance put in for the missing one would be invented; the words are kept."""
    said = log('observed,JVT-2,2026-03-23,02:12,,"47.4805, -34.1512",NNE,,,heard,explosion,,\n')
    assert isinstance(said, Said)
    assert said.place == Unknown(reason="not_given", said="bearing NNE")


@pytest.mark.parametrize(
    ("signature", "act"),
    [
        ("explosion", "explosion"),
        ("shot", "fire"),
        ("vehicle", "unknown"),
        ("projectile_in_flight", "unknown"),
    ],
)
def test_a_signature_is_no_more_than_what_was_sensed(signature: str, act: str) -> None:
    """What flew by may have been fire or a strike, and a vehicle is not yet an act."""
    said = log(f'observed,JVT-2,2026-03-23,02:12,,"47.4805, -34.1512",,,900,heard,{signature},,\n')
    assert isinstance(said, Said)
    assert said.act == act
    assert act in ACTS
    assert said.type_given == signature
