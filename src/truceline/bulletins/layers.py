"""Layers of the map from GeoJSON: land, water, rivers, places, and lines with whose they are."""

from collections.abc import Mapping, Sequence

from truceline.bulletins.snapshot import Layer, Ring
from truceline.values.place import E7
from truceline.values.texts import Text


def layers_of(geojson: Mapping[str, object]) -> tuple[Layer, ...]:
    """Read layers from a GeoJSON feature collection; see docs/formats/bulletin.md.

    Properties of a feature: `layer` (a kind of Layer), `names` {en, uk, ru}, `by`. A feature of
    another kind, or of no geometry we draw, is left out.
    """
    features = geojson.get("features")
    listed = features if isinstance(features, Sequence) else ()
    found = (_layer(each) for each in listed if isinstance(each, Mapping))
    return tuple(layer for layer in found if layer is not None)


def _layer(feature: Mapping[str, object]) -> Layer | None:
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, Mapping) or not isinstance(geometry, Mapping):
        return None
    kind, rings = properties.get("layer"), _rings(geometry)
    by = str(properties.get("by", ""))
    if kind not in {"land", "water", "river", "place", "line"} or not rings:
        return None
    if kind == "line" and not by:
        return None
    names = properties.get("names")
    return Layer(kind=str(kind), rings=rings, names=_names(names), by=by)


def _names(names: object) -> Text | None:
    if not isinstance(names, Mapping) or not all(names.get(code) for code in ("en", "uk", "ru")):
        return None
    return Text(en=str(names["en"]), uk=str(names["uk"]), ru=str(names["ru"]))


def _rings(geometry: Mapping[str, object]) -> tuple[Ring, ...]:
    """Every ring or line of a geometry, as degrees × 10⁷."""
    return tuple(_nested(geometry.get("coordinates")))


def _nested(value: object) -> list[Ring]:
    if not isinstance(value, Sequence) or not value:
        return []
    first = value[0]
    if isinstance(first, int | float):
        return [(_point(value),)]
    if isinstance(first, Sequence) and first and isinstance(first[0], int | float):
        return [tuple(_point(pair) for pair in value)]
    return [ring for part in value for ring in _nested(part)]


def _point(pair: Sequence[float]) -> tuple[int, int]:
    return round(pair[0] * E7), round(pair[1] * E7)
