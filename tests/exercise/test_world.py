"""The invented map and the invented agreement are one world."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML
from shapely.geometry import LineString, Point, Polygon, shape

from truceline.exercise import world
from truceline.exercise.line import globe
from truceline.values.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "agreements" / "exercise-velmark-torrin.yaml"
MAP = ROOT / "fixtures" / "demo" / "map.geojson"


@pytest.fixture(scope="module")
def geometry() -> dict[str, Any]:
    """The geometry of the agreement, as its file has it."""
    loaded = YAML(typ="safe").load(AGREEMENT.read_text(encoding="utf-8"))
    found: dict[str, Any] = loaded["geometry"]
    return found


def lands() -> list[Polygon]:
    """The three islands."""
    features = world.world_geojson()["features"]
    return [shape(one["geometry"]) for one in features if one["properties"]["kind"] == "land"]


def test_the_line_of_the_map_is_the_line_of_the_agreement(geometry: dict[str, Any]) -> None:
    """An incident is held against the agreed line; an exercise drawn along another proves nothing."""
    assert [list(point) for point in world.LINE] == geometry["contact_line"]["line"]


def test_the_listed_sites_stand_on_the_map_where_the_agreement_puts_them(
    geometry: dict[str, Any],
) -> None:
    """A protected site is one place, on the map and in the text."""
    agreed = {(site["lon"], site["lat"]) for site in geometry["sites"]["sites"]}
    assert {(one.lon, one.lat) for one in world.SPOTS if one.kind == "site"} == agreed


@pytest.mark.parametrize(
    ("zone", "codes"), [("south_sector", "S1 S2 S3"), ("north_sector", "S4 S5 S6")]
)
def test_the_sectors_of_the_map_fill_the_sectors_of_the_agreement(
    geometry: dict[str, Any], zone: str, codes: str
) -> None:
    """Figures by sector add up to figures by agreed sector: no gap, no overlap."""
    agreed = Polygon(geometry[zone]["polygon"])
    ours = [Polygon(one.ring) for one in world.SECTORS if one.code in codes.split()]
    assert sum(one.area for one in ours) == pytest.approx(agreed.area)
    assert all(agreed.buffer(1e-9).contains(one) for one in ours)


def test_the_line_runs_in_the_water_and_every_place_stands_on_one_island() -> None:
    """The sound parts the islands along the line; nobody lives in it."""
    islands = lands()
    line = LineString(world.LINE)
    assert all(one.is_valid for one in islands)
    assert all(line.intersection(one).length < 0.01 for one in islands)  # its very ends may touch
    assert all(
        sum(one.contains(Point(spot.lon, spot.lat)) for one in islands) == 1 for spot in world.SPOTS
    )


def test_every_name_on_the_map_is_there_in_three_languages() -> None:
    """No language is the original, and none is left out."""
    features = world.world_geojson()["features"]
    assert all(one["properties"][f"name_{language}"] for one in features for language in LANGUAGES)


def test_the_map_draws_no_border_and_no_line() -> None:
    """The line belongs to the agreement and is drawn as its layer, by its name."""
    kinds = {one["properties"]["kind"] for one in world.world_geojson()["features"]}
    assert kinds == {"land", "water", "river", "place"}


def test_what_lies_east_of_the_line_lies_on_torrin() -> None:
    """East is positive along the whole line: a sign error would put every claim on the wrong side."""
    ruler = world.contact_ruler()
    west, east, _ = lands()
    for along_m in range(3_000, int(ruler.length_m) - 3_000, 7_000):
        for off_m, island in ((-900.0, west), (900.0, east)):
            x_m, y_m = ruler.beside(*(np.array([value]) for value in (float(along_m), off_m)))
            lat, lon = globe(x_m, y_m)
            assert island.contains(Point(float(lon[0]), float(lat[0]))), (along_m, off_m)


def test_the_map_in_fixtures_is_the_map(request: pytest.FixtureRequest) -> None:
    """Pages and bulletins may be tested against the file; `make golden` rewrites it."""
    text = json.dumps(world.world_geojson(), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--rewrite-golden"):
        MAP.write_text(text, encoding="utf-8")
    assert MAP.read_text(encoding="utf-8") == text
