"""Coordinates as people write them."""

from math import ceil, hypot

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mgrs import MGRS

from truceline.reports.coordinates import check_datum, place_of, point_of, point_of_two
from truceline.reports.fields import BadField
from truceline.values.place import E7, circle, distance_m

LIGHTHOUSE = (475122222, -341000000)  # 47°30'44" N 34°06'00" W
north = st.floats(0.001, 80)
latitudes, longitudes = st.floats(-80, 80), st.floats(-179.9, 179.9)


@pytest.mark.parametrize(
    "text",
    [
        "47°30'44\"N 34°06'00\"W",
        "47° 30′ 44″ N, 34° 06′ 00″ W",
        "N47°30'44\" W034°06'00\"",
        "34°06'00\"W 47°30'44\"N",
        "47 30 44 N 34 06 00 W",
        "47°30’44’’ n; 34°06’00’’ w",
        "47°30'44\" пн. ш. 34°06'00\" зх. д.",
        "47°30'44\"пн 34°06'00\"зх",
        "47°30'44\" с.ш. 34°06'00\" з.д.",
        "47°30'44\"С 34°06'00\"З",
        "47.5122222; -34.1000000",
        "47.5122222 -34.1000000",
        "47,5122222 -34,1000000",
        "47,5122222, -34,1000000",
        "47.5122222N 34.1000000W",
        "47,5122222 с.ш. 34,1000000 з.д.",
    ],
)
def test_one_lighthouse_however_it_is_written(text: str) -> None:
    """Letters of three languages, decimal points and commas, either order where letters tell."""
    point = point_of(text)
    assert abs(point.lat_e7 - LIGHTHOUSE[0]) <= 1
    assert abs(point.lon_e7 - LIGHTHOUSE[1]) <= 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("СК-42: X=5412345, Y=7412345", "СК-42"),
        ("SK42 5412345 7412345", "SK42"),
        ("УСК-2000 5412345 7412345", "УСК-2000"),
        ("Gauss-Krüger 5412345 7412345", "Gauss"),
        ("36U 400000 5500000", "a grid in metres"),
        ("5412345 7412345", "a grid in metres"),
        ("ZAH 12345 12345", "polar grid UPS"),
        ("25T FN 12345 678", "even number of digits"),
        ("97.5, -34.1", "not on the globe"),
        ("34.1W 47.5W", "one of N, S"),
        ("47.5N 34.1", "is not read"),
        ("47°30'44\"Пн 34°06'00\"С", "two languages"),
        ("47,5,34,1", "is not read"),
        ("٤٧.٥, -34.1", "is not read"),
        ("the pumping station", "is not read"),
        ("nan, nan", "is not read"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(text: str, named: str) -> None:
    """A grid nobody named would put an event kilometres off and look exact."""
    with pytest.raises(BadField, match=named):
        point_of(text)


@given(north | north.map(lambda lat: -lat), longitudes, st.integers(1, 5))
def test_an_mgrs_square_holds_its_point_within_the_stated_error(
    lat: float, lon: float, digits: int
) -> None:
    """The middle of the square is no further from any of its points than half the diagonal."""
    text = MGRS().toMGRS(lat, lon, MGRSPrecision=digits)
    point = point_of(f" {text[:3]} {text[3:]}".strip())
    middle = circle(point.lat_e7 / E7, point.lon_e7 / E7, 1)
    # 1 %: the grid's scale and the sphere against the ellipsoid; squares at a zone's edge are cut.
    assert distance_m(middle, circle(lat, lon, 1)) <= point.grain_m * 1.01 + 1
    assert point.grain_m == max(1, ceil(hypot(1, 1) * 10 ** (5 - digits) / 2))


@given(latitudes, longitudes, st.integers(0, 7))
def test_an_error_is_never_better_than_the_writing_of_the_numbers(
    lat: float, lon: float, digits: int
) -> None:
    """Two decimals are half a kilometre at best, whatever error is claimed for them."""
    point = point_of_two(f"{lat:.{digits}f}", f"{lon:.{digits}f}")
    place = place_of(point, error_m=1, said="")
    assert distance_m(place, circle(lat, lon, 1)) <= hypot(place.a_m, place.a_m) + 0.02
    assert place.a_m >= 0.5 * 10**-digits * 111_000


@given(latitudes, longitudes)
def test_degrees_minutes_and_seconds_are_the_decimal_point_said_otherwise(
    lat: float, lon: float
) -> None:
    """To the hundredth of a second, a third of a metre."""
    assume(abs(lat) > 0.001 and abs(lon) > 0.001)

    def dms(value: float) -> str:
        hundredths = round(abs(value) * 360_000)
        return (
            f"{hundredths // 360_000}°{hundredths // 6_000 % 60}'{hundredths % 6_000 / 100:.2f}\""
        )

    text = f"{dms(lat)}{'NS'[lat < 0]} {dms(lon)}{'EW'[lon < 0]}"
    point = point_of(text)
    assert abs(point.lat_e7 - lat * E7) <= 15
    assert abs(point.lon_e7 - lon * E7) <= 15


@given(st.text(st.sampled_from("0123456789 .,;°'\"-NSEWСЮВЗпндсхзх25TFN+ABZ")) | st.text())
def test_any_text_is_a_point_on_the_globe_or_refused(text: str) -> None:
    """Nothing but BadField leaves the reader."""
    try:
        point = point_of(text)
    except BadField:
        return
    assert abs(point.lat_e7) <= 90 * E7
    assert abs(point.lon_e7) <= 180 * E7
    assert point.grain_m >= 1


@pytest.mark.parametrize("datum", ["", "WGS72", "СК-42", "Pulkovo 1942", "ED50"])
def test_a_datum_is_wgs_84_or_refused(datum: str) -> None:
    """A hundred metres lie between the datums in use, more than many a line's tolerance."""
    with pytest.raises(BadField, match="datum"):
        check_datum(datum)
    check_datum("WGS-84")
