"""The invented map: two islands with a narrow sound between them, in the open ocean.

Nothing here exists. The contact line, the areas and the listed sites are those of the agreement
`exercise-velmark-torrin`; a test holds the two together. The map draws land, water and places,
and no border: the line is a layer of the agreement, by that name.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from shapely.geometry import LineString

from truceline.exercise.line import M_PER_LAT, M_PER_LON, Ruler, globe, ruler
from truceline.values.place import E7
from truceline.values.texts import Text

ZONE = "Atlantic/Azores"
PARTIES = ("TOR", "VEL")
GUARANTOR, CENTRE, TEAM = "ALD", "CENTRE", "JVT"

LINE: tuple[tuple[float, float], ...] = (
    (-34.62, 46.80), (-34.54, 46.93), (-34.41, 47.02), (-34.46, 47.17), (-34.28, 47.30),
    (-34.12, 47.38), (-34.15, 47.52), (-33.98, 47.61), (-33.82, 47.73), (-33.86, 47.88),
    (-33.64, 47.99), (-33.52, 48.12), (-33.55, 48.26), (-33.38, 48.40),
)  # fmt: skip
WEST, EAST, SOUTH, NORTH = -36.0, -32.0, 46.8, 48.4

# Outer coasts, drawn by hand from the line's south end to its north end, then roughened.
_WEST_COAST = (
    (-34.78, 46.82), (-35.05, 46.90), (-35.31, 47.05), (-35.22, 47.21), (-35.48, 47.33),
    (-35.62, 47.52), (-35.39, 47.61), (-35.44, 47.78), (-35.12, 47.92), (-35.02, 48.11),
    (-34.62, 48.16), (-34.37, 48.31), (-33.92, 48.37), (-33.62, 48.41),
)  # fmt: skip
_EAST_COAST = (
    (-34.42, 46.81), (-34.08, 46.86), (-33.69, 46.97), (-33.41, 46.93), (-33.18, 47.13),
    (-33.33, 47.32), (-32.94, 47.44), (-32.72, 47.66), (-32.91, 47.79), (-32.61, 47.97),
    (-32.46, 48.16), (-32.69, 48.30), (-32.98, 48.39), (-33.22, 48.40),
)  # fmt: skip
_ALDMOOR = (
    (-32.42, 46.95), (-32.30, 46.91), (-32.16, 46.96), (-32.13, 47.06), (-32.24, 47.12),
    (-32.38, 47.08),
)  # fmt: skip
_SOUND_M = 250.0  # half the width of the sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A named point of the map; kind `town`, `village`, `site` or `water`."""

    name: Text
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A band of latitude across the whole map: a part of it that figures are given for."""

    code: str
    name: Text
    south: float
    north: float

    @property
    def ring(self) -> tuple[tuple[float, float], ...]:
        """Its corners as (lon, lat), anticlockwise, the first not repeated."""
        south, north = self.south, self.north
        return ((WEST, south), (EAST, south), (EAST, north), (WEST, north))


SECTORS: tuple[Sector, ...] = tuple(
    Sector(code=code, name=Text(en, uk, ru), south=south, north=north)
    for code, en, uk, ru, south, north in (
        ("S1", "Sundholt sector", "Сектор Сундгольт", "Сектор Сундхольт", 46.8, 47.0667),
        ("S2", "Orvet sector", "Сектор Орвет", "Сектор Орвет", 47.0667, 47.3333),
        ("S3", "Kelmarra sector", "Сектор Кельмарра", "Сектор Кельмарра", 47.3333, 47.6),
        ("S4", "Halden sector", "Сектор Галден", "Сектор Халден", 47.6, 47.8667),
        ("S5", "Brann sector", "Сектор Бранн", "Сектор Бранн", 47.8667, 48.1333),
        ("S6", "Skarrow sector", "Сектор Скарроу", "Сектор Скарроу", 48.1333, 48.4),
    )
)
UNWATCHED = "S6"  # no post, camera or regular patrol stands there


SPOTS: tuple[Spot, ...] = tuple(
    Spot(name=Text(en, uk, ru), kind=kind, lat=lat, lon=lon)
    for kind, en, uk, ru, lat, lon in (
        ("site", "Halden substation", "Підстанція Галден", "Подстанция Халден", 47.69, -33.94),
        ("site", "Orvet waterworks", "Водоканал Орвет", "Водоканал Орвет", 47.21, -34.33),
        ("site", "Brann dam", "Дамба Бранн", "Плотина Бранн", 48.07, -33.41),
        ("town", "Sundholt", "Сундгольт", "Сундхольт", 46.95, -34.83),
        ("town", "Kelmarra", "Кельмарра", "Кельмарра", 47.44, -34.47),
        ("town", "Halden", "Галден", "Халден", 47.71, -34.05),
        ("town", "Ardenholt", "Арденгольт", "Арденхольт", 47.63, -35.02),
        ("village", "Lumsey", "Ламсі", "Ламси", 47.12, -34.62),
        ("village", "Vindry", "Віндрі", "Виндри", 47.33, -34.41),
        ("village", "Ostrel", "Острель", "Острель", 47.56, -34.21),
        ("village", "Tavrel", "Таврель", "Таврель", 47.83, -34.01),
        ("village", "Nessary", "Нессарі", "Нессари", 47.98, -33.82),
        ("village", "Golvane", "Голвейн", "Голвейн", 48.22, -33.74),
        ("town", "Corvath", "Корват", "Корват", 46.97, -34.21),
        ("town", "Orvet", "Орвет", "Орвет", 47.18, -34.22),
        ("town", "Torrogate", "Торрогейт", "Торрогейт", 47.58, -33.42),
        ("town", "Brann", "Бранн", "Бранн", 48.05, -33.28),
        ("village", "Dunmarra", "Данмарра", "Данмарра", 47.07, -34.29),
        ("village", "Ilseth", "Ілсет", "Илсет", 47.36, -34.02),
        ("village", "Rethmoor", "Ретмур", "Ретмур", 47.53, -34.04),
        ("village", "Ulmeth", "Алмет", "Алмет", 47.72, -33.71),
        ("village", "Fenwith", "Фенвіт", "Фенвит", 47.89, -33.73),
        ("town", "Skarrow", "Скарроу", "Скарроу", 48.25, -33.34),
        ("village", "Oskery", "Оскері", "Оскери", 48.34, -33.21),
        ("town", "Aldmoor Haven", "Алдмур-Гейвен", "Алдмур-Хейвен", 47.02, -32.27),
    )
)
SOUND = Text("Lyth Sound", "протока Літ", "пролив Лит")
_RIVERS: tuple[tuple[Text, tuple[tuple[float, float], ...]], ...] = (
    (
        Text("River Aune", "річка Ауна", "река Ауна"),
        ((-35.05, 47.72), (-34.81, 47.66), (-34.62, 47.68), (-34.33, 47.61), (-34.10, 47.59)),
    ),
    (
        Text("River Selk", "річка Сельк", "река Сельк"),
        ((-33.05, 47.92), (-33.21, 48.02), (-33.41, 48.07), (-33.52, 48.10)),
    ),
)
_LANDS = (
    Text("Velmark Island", "острів Велмарк", "остров Велмарк"),
    Text("Torrin Island", "острів Торрін", "остров Торрин"),
    Text("Aldmoor Island", "острів Алдмур", "остров Алдмур"),
)


def contact_ruler() -> Ruler:
    """The contact line, measured from its south end."""
    return ruler(LINE)


def nearest(lat_e7: int, lon_e7: int) -> Text:
    """The name of the town, village or site nearest to a point, to a hundredth of a degree."""
    return _nearest(round(lat_e7 / E7, 2), round(lon_e7 / E7, 2))


@lru_cache(maxsize=20_000)
def _nearest(lat: float, lon: float) -> Text:
    def apart(one: Spot) -> float:
        north_m, east_m = (one.lat - lat) * M_PER_LAT, (one.lon - lon) * M_PER_LON
        return north_m * north_m + east_m * east_m

    return min(SPOTS, key=apart).name


def spot(name_en: str) -> Spot:
    """A named point by its English name."""
    return next(one for one in SPOTS if one.name.en == name_en)


def world_geojson() -> dict[str, Any]:
    """The map as GeoJSON: land, water, rivers and places with their names in three languages.

    Coordinates are degrees as (lon, lat). Each feature has `kind` and `name_en`, `name_uk`,
    `name_ru`; a place also has `rank`, 1 for a town to 3 for a site. No border is drawn.
    """
    features = [
        _feature("water", "Polygon", [_closed(_frame())], Text("ocean", "океан", "океан")),
        *(
            _feature("land", "Polygon", [_closed(ring)], name)
            for ring, name in zip(_land_rings(), _LANDS, strict=True)
        ),
        *(_feature("river", "LineString", _pairs(_rough(way, 2)), name) for name, way in _RIVERS),
        *(_place(one) for one in SPOTS),
    ]
    return {"type": "FeatureCollection", "features": features}


def _land_rings() -> tuple[tuple[tuple[float, float], ...], ...]:
    return (
        (*_rough(_WEST_COAST, 3), *reversed(_bank(-_SOUND_M))),
        (*_rough(_EAST_COAST, 3), *reversed(_bank(_SOUND_M))),
        _rough((*_ALDMOOR, _ALDMOOR[0]), 2)[:-1],
    )


def _bank(east_m: float) -> tuple[tuple[float, float], ...]:
    """One bank of the sound, from south to north."""
    line = contact_ruler()
    middle = LineString(zip(line.x_m, line.y_m, strict=True))
    # A line that runs north has its left, which shapely counts as positive, in the west.
    bank = middle.offset_curve(-east_m, join_style="mitre")
    places = (globe(np.array(x_m), np.array(y_m)) for x_m, y_m in bank.coords)
    return tuple((float(lon), float(lat)) for lat, lon in places)


def _rough(way: tuple[tuple[float, float], ...], rounds: int) -> tuple[tuple[float, float], ...]:
    """Break each stretch in two and push its middle sideways, so that a coast looks like one."""
    for each in range(rounds):
        broken = [way[0]]
        for number, (one, other) in enumerate(pairwise(way)):
            push = 0.18 * (_unevenness(each, number) - 0.5)
            run, rise = other[0] - one[0], other[1] - one[1]
            middle = ((one[0] + other[0]) / 2 - rise * push, (one[1] + other[1]) / 2 + run * push)
            broken += [middle, other]
        way = tuple(broken)
    return way


def _unevenness(each: int, number: int) -> float:
    """A fixed number between 0 and 1 for every stretch; the coast has no seed."""
    return ((each * 7919 + number * 104_729 + 31) * 2_654_435_761 % 2**32) / 2**32


def _frame() -> tuple[tuple[float, float], ...]:
    return ((WEST, SOUTH - 0.2), (EAST, SOUTH - 0.2), (EAST, NORTH + 0.2), (WEST, NORTH + 0.2))


def _closed(ring: tuple[tuple[float, float], ...]) -> list[list[float]]:
    return _pairs((*ring, ring[0]))


def _pairs(way: tuple[tuple[float, float], ...]) -> list[list[float]]:
    return [[round(lon, 4), round(lat, 4)] for lon, lat in way]


def _place(one: Spot) -> dict[str, Any]:
    feature = _feature("place", "Point", [one.lon, one.lat], one.name)
    feature["properties"]["rank"] = {"town": 1, "village": 2, "site": 3}[one.kind]
    feature["properties"]["place"] = one.kind
    return feature


def _feature(kind: str, shape: str, coordinates: object, name: Text) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name_en": name.en, "name_uk": name.uk, "name_ru": name.ru},
        "geometry": {"type": shape, "coordinates": coordinates},
    }
