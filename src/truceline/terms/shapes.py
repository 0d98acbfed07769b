"""Lines, areas and sites of an agreement on WGS 84, ready to be measured from any point.

An edge between two listed points is the geodesic between them; it is cut into pieces of at most
`PIECE_M`, so that a piece may be taken as straight in degrees (wrong by 0.6 m at most) when it is
only asked which pieces lie near.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from truceline.terms.document import Geom
from truceline.values.canonical import sha256_hex
from truceline.values.errors import BadValue
from truceline.values.place import E7

GEOD = Geod(ellps="WGS84")
PIECE_M = 5_000.0
_TO_WGS84 = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=krass +step +proj=helmert {shift} "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
# EPSG 5044 "Pulkovo 1942 to WGS 84 (20)", accuracy 3 m; EPSG 7817 "UCS-2000 to WGS 84 (2)", 1 m.
_SK42 = (
    "+x=23.57 +y=-140.95 +z=-79.8 +rx=0 +ry=-0.35 +rz=-0.79 +s=-0.22 +convention=coordinate_frame"
)
_SHIFTS = {
    "SK42": (_SK42, 3),
    "UCS2000": ("+x=24 +y=-121 +z=-76", 1),
}

Files = Callable[[str], bytes] | Mapping[str, bytes]
Coordinates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outline:
    """One geometry's own coordinates on WGS 84 and how far its drawn boundary may be off.

    part: lines, polygons or points in degrees.
    tolerance_m: the stated tolerance, plus the accuracy of the datum shift if there was one.
    sites: category per point where the geometry is a list of sites.
    """

    part: BaseGeometry
    tolerance_m: int
    categories: tuple[str, ...] = ()


def outline(geom: Geom, files: Files) -> Outline | None:
    """Draw a geometry's own coordinates; None where it is only derived from others.

    Raises BadValue where the coordinates cannot be drawn: what was found and what to do.
    """
    extra = _SHIFTS[geom.datum][1] if geom.datum in _SHIFTS else 0
    part = _own_part(geom, files)
    if part is None:
        return None
    categories = tuple(site.cat for site in geom.sites or ())
    return Outline(part, geom.tolerance_m + extra, categories)


def _own_part(geom: Geom, files: Files) -> BaseGeometry | None:
    if geom.line is not None:
        return shapely.LineString(_edges(_shifted(geom.line, geom.datum)))
    if geom.polygon is not None:
        return _ring(_shifted(geom.polygon, geom.datum))
    if geom.point is not None:
        lon, lat = _shifted([geom.point], geom.datum)[0]
        return _square(lon, lat, geom.side_m) if geom.side_m else shapely.Point(lon, lat)
    if geom.sites is not None:
        listed = [(site.lon_e7, site.lat_e7) for site in geom.sites]
        return shapely.MultiPoint(_shifted(listed, geom.datum)) if listed else shapely.MultiPoint()
    return _from_file(geom, files) if geom.file is not None else None


def _shifted(points: Sequence[tuple[int, int]], datum: str) -> Coordinates:
    degrees = np.array(points, dtype=float) / E7
    return _shift(degrees, datum)


def _shift(degrees: Coordinates, datum: str) -> Coordinates:
    if datum not in _SHIFTS:
        return degrees
    pipeline = Transformer.from_pipeline(_TO_WGS84.format(shift=_SHIFTS[datum][0]))
    lon, lat = pipeline.transform(degrees[:, 0], degrees[:, 1])
    return np.column_stack([lon, lat])


def _edges(points: Coordinates) -> Coordinates:
    lons, lats = points[:, 0], points[:, 1]
    _, _, lengths = GEOD.inv(lons[:-1], lats[:-1], lons[1:], lats[1:])
    out: list[tuple[float, float]] = []
    for number, length in enumerate(np.atleast_1d(lengths)):
        out.append((lons[number], lats[number]))
        pieces = int(length // PIECE_M)
        if pieces:
            ends = (lons[number], lats[number], lons[number + 1], lats[number + 1])
            out.extend(GEOD.npts(*ends, pieces))
    out.append((lons[-1], lats[-1]))
    return np.array(out)


def _ring(points: Coordinates) -> shapely.Polygon:
    if not np.array_equal(points[0], points[-1]):
        points = np.vstack([points, points[:1]])
    area = shapely.Polygon(points)
    if not area.is_valid:
        raise BadValue(f"a ring that crosses itself ({shapely.is_valid_reason(area)})")
    return shapely.Polygon(_edges(points))


def _square(lon: float, lat: float, side_m: int) -> shapely.Polygon:
    half = side_m / 2 * 2**0.5
    azimuths = [45.0, 135.0, 225.0, 315.0, 45.0]
    lons, lats, _ = GEOD.fwd([lon] * 5, [lat] * 5, azimuths, [half] * 5)
    return shapely.Polygon(_edges(np.column_stack([lons, lats])))


def _from_file(geom: Geom, files: Files) -> BaseGeometry:
    assert geom.file is not None
    raw = file_bytes(geom.file, files)
    if geom.sha256 != sha256_hex(raw):
        raise BadValue(
            f"file {geom.file} with SHA-256 {sha256_hex(raw)}, not the one that was agreed"
        )
    parts = [_placed(part, geom.datum) for part in _selected(raw, geom)]
    kinds = {part.geom_type.removeprefix("Multi") for part in parts}
    if len(kinds) != 1:
        kinds_found = ", ".join(sorted(kinds)) or "no feature"
        raise BadValue(f"{kinds_found} selected in {geom.file}, where one kind is wanted")
    return shapely.union_all(parts) if len(parts) > 1 else parts[0]


def file_bytes(name: str, files: Files) -> bytes:
    """The bytes of a file an agreement names; BadValue where nobody has it."""
    try:
        return files(name) if callable(files) else files[name]
    except (KeyError, OSError) as problem:
        raise BadValue(f"file {name}, which is not at hand") from problem


def _selected(raw: bytes, geom: Geom) -> Iterable[BaseGeometry]:
    try:
        held = msgspec.json.decode(raw, type=_Collection)
        chosen = [
            feature.geometry
            for feature in held.features
            if all(feature.properties.get(key) == value for key, value in geom.select.items())
        ]
        parts = [shapely.from_geojson(msgspec.json.encode(one)) for one in chosen]
    except (msgspec.DecodeError, shapely.GEOSException, UnicodeDecodeError) as problem:
        raise BadValue(f"file {geom.file} that is no GeoJSON collection: {problem}") from problem
    for part in parts:
        if part.is_empty or not part.is_valid:
            reason = shapely.is_valid_reason(part)
            raise BadValue(f"a part of {geom.file} that cannot be drawn ({reason})")
    return parts


class _Feature(msgspec.Struct):
    geometry: dict[str, object]
    properties: dict[str, object] = {}


class _Collection(msgspec.Struct):
    features: list[_Feature]


def _placed(part: BaseGeometry, datum: str) -> BaseGeometry:
    # Degrees × 10⁷ like every other coordinate: a centimetre, and one spelling of each number.

    def place(degrees: Coordinates) -> Coordinates:
        return _shift(np.asarray(np.round(degrees, 7)), datum)

    rounded = shapely.transform(part, place)
    return shapely.segmentize(rounded, PIECE_M / 111_320)
