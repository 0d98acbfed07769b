"""Statements as points on a map.

Format: docs/formats/sources/geojson.md.
"""

import re
from collections.abc import Iterator

import msgspec

from truceline.reports.decoding import UTF8_BOM
from truceline.reports.fields import BadField, Cells
from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.rows import MAX_ROW_BYTES
from truceline.reports.statement import COLUMN_NAMES, said_by
from truceline.values.errors import BadValue

PAGE = "docs/formats/sources/geojson.md"
_CRS84 = frozenset({"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326"})
_PLACES = frozenset({"position", "lat", "lon"})
_NAME_OF = {spelling: name for name, all_of in COLUMN_NAMES.items() for spelling in (name, *all_of)}
_NUMBER = rb"-?[0-9]+(?:\.[0-9]+)?"
_POINT = re.compile(rb"\[\s*(%b)\s*,\s*(%b)\s*(?:,[^\[\]]*)?\]" % (_NUMBER, _NUMBER))
_NULL = msgspec.Raw(b"null")


class _Collection(msgspec.Struct):
    type: str
    features: list[msgspec.Raw]
    crs: msgspec.Raw = _NULL


class _Geometry(msgspec.Struct):
    type: str
    coordinates: msgspec.Raw = _NULL


class _Feature(msgspec.Struct):
    type: str
    geometry: _Geometry | None = None
    properties: dict[str, msgspec.Raw] | None = None


class _Crs(msgspec.Struct):
    properties: dict[str, str]


_collection = msgspec.json.Decoder(_Collection)
_feature = msgspec.json.Decoder(_Feature)
_JsonProblem = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:
    """Yield one statement per feature, in order; a feature that cannot be read says why."""
    try:
        collection = _collection.decode(raw.removeprefix(UTF8_BOM))
        _refuse_other_grids(collection)
    except (*_JsonProblem, BadField) as problem:
        reason = f"no feature collection: {problem}; see {PAGE}"
        yield Unreadable(row=0, line=1, raw=raw, reason=reason)
        return
    at, line = 0, 1
    for number, feature in enumerate(collection.features, start=1):
        given = bytes(feature)
        found = raw.find(given, at)
        line += raw.count(b"\n", at, found)
        try:
            body = said_by(_cells(given), receipt)
        except (*_JsonProblem, BadField, BadValue) as problem:
            yield Unreadable(row=number, line=line, raw=given, reason=str(problem))
        else:
            yield Report(row=number, line=line, raw=given, body=body)
        line += given.count(b"\n")
        at = found + len(given)


def _refuse_other_grids(collection: _Collection) -> None:
    if collection.type != "FeatureCollection":
        raise BadField(f"its type is {collection.type!r}, not FeatureCollection")
    crs = msgspec.json.decode(collection.crs, type=_Crs | None)
    if crs is None:
        return
    name = crs.properties.get("name", "")
    if name not in _CRS84:
        raise BadField(f"its coordinates are in {name!r}, which is not read; convert to WGS 84")


def _cells(given: bytes) -> Cells:
    if len(given) > MAX_ROW_BYTES:
        raise BadField(f"the feature is {len(given)} bytes long, the limit is {MAX_ROW_BYTES}")
    feature = _feature.decode(given)
    if feature.type != "Feature":
        raise BadField(f"its type is {feature.type!r}, not Feature")
    found = _coordinates(feature.geometry)
    for spelling, value in (feature.properties or {}).items():
        name = _NAME_OF.get(spelling.casefold())
        if name is None:
            continue
        if name in _PLACES:
            raise BadField(f"property {spelling} repeats the geometry; leave it out")
        if name in found:
            raise BadField(f"property {name} is there twice under two names; give it once")
        found[name] = _text(spelling, msgspec.json.decode(value))
    return Cells({name: place for place, name in enumerate(found)}, tuple(found.values()))


def _coordinates(geometry: _Geometry | None) -> dict[str, str]:
    if geometry is None:
        return {}
    if geometry.type != "Point":
        raise BadField(f"its geometry is a {geometry.type!r:.40}, only a Point is read")
    point = _POINT.fullmatch(bytes(geometry.coordinates).strip())
    if point is None:
        raise BadField("its coordinates are not [longitude, latitude] in plain decimals")
    return {"lat": point[2].decode(), "lon": point[1].decode()}


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"
    raise BadField(f"property {name} is neither text nor number")
