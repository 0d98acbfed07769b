"""Geometry as it may be drawn: one shape each, on the globe, closed, not crossing itself."""

import shapely

from truceline.terms.decoding import Sink
from truceline.terms.document import Doc, Geom
from truceline.terms.nodes import Node
from truceline.terms.plane import parts_of
from truceline.values.place import E7

_SHAPES = ("line", "polygon", "point", "sites", "of", "union", "file")


def check_geometry(doc: Doc, tree: Node, sink: Sink) -> None:
    """Note every shape that cannot be drawn, and warn of what had to be assumed."""
    for name, geom in doc.geometry.items():
        path = f"geometry.{name}"
        _one_shape(geom, path, sink)
        _names(doc, geom, path, sink)
        _coordinates(geom, path, sink)
        _datum(tree, name, geom, path, sink)
        _sites(geom, path, sink)
    if not sink.problems:
        for name in doc.geometry:
            _no_loop(doc, name, sink)


def _one_shape(geom: Geom, path: str, sink: Sink) -> None:
    given = [key for key in _SHAPES if getattr(geom, key) is not None]
    line = sink.line(path)
    if len(given) != 1:
        found = f"geometry with {' and '.join(given) or 'no shape'} at `{path}`"
        sink.refuse(line, found, f"give exactly one of {', '.join(_SHAPES)}")
    if geom.side_m is not None and (geom.point is None or geom.side_m <= 0):
        sink.refuse(line, f"`side_km` at `{path}`", "use it with a point, more than 0")
    if geom.tolerance_m < 0:
        found = f"a tolerance of {geom.tolerance_m} m at `{path}`"
        sink.refuse(sink.line(f"{path}.tolerance_m"), found, "write 0 or more")
    if geom.file is not None and geom.sha256 is None:
        found = f"file {geom.file} without `sha256` at `{path}`"
        sink.refuse(line, found, "add the SHA-256 of the file that was agreed")


def _names(doc: Doc, geom: Geom, path: str, sink: Sink) -> None:
    for part in parts_of(geom):
        if part not in doc.geometry:
            found = f"geometry `{part}` at `{path}`, which this agreement does not define"
            names = ", ".join(sorted(doc.geometry))
            sink.refuse(sink.line(path), found, f"define it, or use one of: {names}")


def _no_loop(doc: Doc, name: str, sink: Sink) -> None:
    waiting, seen = list(parts_of(doc.geometry[name])), set[str]()
    while waiting:
        part = waiting.pop()
        if part == name:
            found = f"geometry `{name}`, which in the end is derived from itself"
            sink.refuse(sink.line(f"geometry.{name}"), found, "give one of them coordinates")
            return
        if part not in seen:
            seen.add(part)
            waiting.extend(parts_of(doc.geometry[part]))


def _coordinates(geom: Geom, path: str, sink: Sink) -> None:
    for key, least in (("line", 2), ("polygon", 3)):
        points = getattr(geom, key)
        if points is None:
            continue
        where = f"{path}.{key}"
        if len(set(points)) < least:
            found = f"{len(set(points))} different points at `{where}`"
            sink.refuse(sink.line(where), found, f"give at least {least}")
        elif _on_globe(points, where, sink) and key == "polygon":
            _ring(points, where, sink)
    if geom.point is not None:
        _on_globe((geom.point,), f"{path}.point", sink)


def _on_globe(points: tuple[tuple[int, int], ...], where: str, sink: Sink) -> bool:
    for number, (lon, lat) in enumerate(points):
        if abs(lon) > 180 * E7 or abs(lat) > 90 * E7:
            found = f"point [{lon / E7:g}, {lat / E7:g}] at `{where}`"
            do = "write [longitude, latitude] in degrees"
            sink.refuse(sink.line(f"{where}[{number}]"), found, do)
            return False
    return True


def _ring(points: tuple[tuple[int, int], ...], where: str, sink: Sink) -> None:
    closed = points if points[0] == points[-1] else (*points, points[0])
    if closed is not points:
        do = "repeat its first point as the last"
        sink.warn(sink.line(where), f"ring at `{where}` that is not closed", do)
    area = shapely.Polygon([(lon / E7, lat / E7) for lon, lat in closed])
    if not area.is_valid:
        reason = shapely.is_valid_reason(area)
        found = f"ring at `{where}` that crosses itself ({reason})"
        sink.refuse(sink.line(where), found, "list its points in order round the area")


def _datum(tree: Node, name: str, geom: Geom, path: str, sink: Sink) -> None:
    held = tree.get("geometry")
    node = held.get(name) if held is not None else None
    if node is None or parts_of(geom) or node.get("datum") is not None:
        return
    found = f"no datum at `{path}`, read as WGS84"
    sink.warn(sink.line(path), found, "state the datum of the signed map")


def _sites(geom: Geom, path: str, sink: Sink) -> None:
    seen = set[str]()
    for number, site in enumerate(geom.sites or ()):
        where = f"{path}.sites[{number}]"
        if site.id in seen:
            found = f"site `{site.id}` a second time at `{path}`"
            sink.refuse(sink.line(where), found, "give each site its own id")
        seen.add(site.id)
        _on_globe(((site.lon_e7, site.lat_e7),), where, sink)
