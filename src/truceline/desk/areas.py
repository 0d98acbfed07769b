"""The map a centre was founded with, as bulletins and pages draw it."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from truceline.bulletins.snapshot import Area, Layer, Ring
from truceline.coordination.charter import Part
from truceline.coordination.windows import Window
from truceline.desk.desk import Desk
from truceline.values.errors import BadValue
from truceline.values.place import E7, Place
from truceline.values.texts import LANGUAGES, Text, text_of

_LINE = Text("line of the agreement", "лінія за угодою", "линия по соглашению")
_KINDS = frozenset({"land", "water", "river", "place"})


def areas_in(desk: Desk) -> tuple[Area, ...]:
    """The areas a centre gives figures for."""
    return tuple(
        Area(code=part.code, names=text_of(part.names), ring=part.ring)
        for part in desk.charter.areas
    )


def world_of(desk: Desk) -> dict[str, Any]:
    """The GeoJSON a centre draws under everything; an empty collection where it has none."""
    file = desk.charter.map
    held = desk.log.plain(file) if file else None
    if held is None:
        return {"type": "FeatureCollection", "features": []}
    found: dict[str, Any] = msgspec.json.decode(held)
    return found


def layers_in(desk: Desk) -> tuple[Layer, ...]:
    """What is drawn under the figures: the centre's map, then the lines of the agreement."""
    return (*_base(world_of(desk)), *_lines(desk))


def place_of(desk: Desk, window: Window) -> Place | None:
    """Where a window of silence is: as asked for, or the middle of the zone it names."""
    if window.place is not None or not window.zone:
        return window.place
    geometry = desk.agreement.doc.geometry.get(window.zone)
    if geometry is None:
        return None
    points = [geometry.point] if geometry.point else list(geometry.polygon or ())[:-1]
    if not points:
        return None
    lon, lat = (sum(axis) // len(points) for axis in zip(*points, strict=True))
    return Place(
        lat_e7=lat, lon_e7=lon, a_m=max(1, geometry.side_m or 1), b_m=max(1, geometry.side_m or 1)
    )


def parts_in(raw: bytes) -> tuple[Part, ...]:
    """Read areas from a GeoJSON of polygons with `code`, `name_en`, `name_uk` and `name_ru`.

    BadValue names the feature that lacks one of them.
    """
    try:
        features = msgspec.json.decode(raw)["features"]
        return tuple(
            Part(
                code=one["properties"]["code"],
                names={lang: one["properties"][f"name_{lang}"] for lang in LANGUAGES},
                ring=_ring(one["geometry"]["coordinates"][0])[:-1],
            )
            for one in features
        )
    except (msgspec.DecodeError, KeyError, TypeError, IndexError) as problem:
        raise BadValue(
            "the areas are no GeoJSON of polygons with code, name_en, name_uk and name_ru: "
            f"{problem}"
        ) from problem


def _base(world: dict[str, Any]) -> Iterator[Layer]:
    for feature in world["features"]:
        properties = feature["properties"]
        if properties.get("kind") not in _KINDS:
            continue
        names = None
        if all(f"name_{lang}" in properties for lang in LANGUAGES):
            names = Text(*(properties[f"name_{lang}"] for lang in LANGUAGES))
        yield Layer(kind=properties["kind"], rings=_rings(feature["geometry"]), names=names)


def _lines(desk: Desk) -> Iterator[Layer]:
    agreement = desk.agreement
    for geometry in agreement.doc.geometry.values():
        if geometry.line:
            ring = tuple((lon, lat) for lon, lat in geometry.line)
            yield Layer(kind="line", rings=(ring,), names=_LINE, by=agreement.doc.id)


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return (_ring([coordinates]),)
        case "LineString":
            return (_ring(coordinates),)
        case "Polygon":
            return tuple(_ring(ring) for ring in coordinates)
        case _:
            return tuple(_ring(ring) for polygon in coordinates for ring in polygon)


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    return tuple((round(lon * E7), round(lat * E7)) for lon, lat, *_ in points)
