"""Where a watcher's bearing and range put an event, and what states of watching there are."""

import re
from math import ceil, cos, hypot, radians, tan

from truceline.reports.coordinates import MAX_ERROR_M, check_datum, place_of, point_of, point_of_two
from truceline.reports.fields import BadField, Cells, whole_of
from truceline.values.place import E7, Place, offset
from truceline.values.unknown import NOT_GIVEN, Unknown

KINDS = frozenset({"patrol", "fixed_post", "camera", "uav", "acoustic", "seismic", "satellite"})
REASONS = frozenset({"night", "weather", "jammed", "denied", "outage", "not_tasked"})
STATES = frozenset({"up", "degraded", "down"})
COMPASS_ERROR_DEG = 10
NAMED_POINT_ERROR_DEG = 12
# Each half-axis holds in 95 cases of 100 by itself; both together take 1.25 of each where the
# errors are normal: sqrt(-2 ln 0.05) / 1.96. The rest: a sector is no ellipse (tested).
_JOINTLY = 1.3
_POINTS = tuple("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())  # noqa: SIM905 - reads
_DEGREES = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*°?")


def own_place(row: Cells, prefix: str, default_m: int) -> Place:
    """A watcher's own place, from columns such as `own_position` or `own_lat` and `own_lon`."""
    position = row[f"{prefix}position"]
    lat, lon = row[f"{prefix}lat"], row[f"{prefix}lon"]
    if not (position or lat or lon):
        raise BadField(f"{prefix}position is empty and has to be given")
    if "datum" in row:
        check_datum(row["datum"])
    error = row[f"{prefix}error_m"]
    error_m = whole_of(error, f"{prefix}error_m", low=1, high=MAX_ERROR_M) if error else default_m
    point = point_of(position) if position else point_of_two(lat, lon)
    return place_of(point, error_m=error_m, said=position or f"{lat} {lon}")


def perceived_at(own: Place, row: Cells) -> Place | Unknown:
    """Where what was perceived may be: an ellipse along the bearing, or a circle without one."""
    near_m = _metres(row, "range_min_m") or 0
    far_m = _metres(row, "range_max_m")
    bearing = _bearing_of(row["bearing_deg"])
    said = _in_words(row)
    if far_m is None:
        if near_m:
            raise BadField("range_min_m stands without range_max_m; give both or the longer")
        return Unknown(reason="not_given", said=said) if said else NOT_GIVEN
    if near_m > far_m:
        raise BadField(f"range_min_m {near_m} is more than range_max_m {far_m}")
    if bearing is None:
        radius_m = ceil(hypot(far_m, own.a_m))
        return Place(lat_e7=own.lat_e7, lon_e7=own.lon_e7, a_m=radius_m, b_m=radius_m, said=said)
    return ellipse(own, bearing, _bearing_error(row), near_m, far_m, said=said)


def ellipse(  # noqa: PLR0913 - the six numbers of one sighting
    own: Place, bearing: float, error_deg: float, near_m: int, far_m: int, *, said: str = ""
) -> Place:
    """The 95 % ellipse of something at near … far metres along a bearing known to ± error_deg."""
    middle_m = (near_m + far_m) / 2
    lat, lon = offset(own.lat, own.lon, bearing, middle_m)
    if abs(lat) > 89:
        raise BadField("a bearing and a range so near a pole are not read; give the position")
    error = radians(error_deg)
    bulge_m = middle_m * (1 - cos(error))  # how far the arc at one distance leaves its chord
    along_m = hypot((far_m - near_m) / 2 + bulge_m, own.a_m) * _JOINTLY
    # A sector is widest at its far end: three quarters of the way out stands for the whole.
    across_m = hypot((near_m + 3 * far_m) / 4 * tan(error), own.a_m) * _JOINTLY
    return Place(
        lat_e7=round(lat * E7),
        lon_e7=round(((lon + 180) % 360 - 180) * E7),
        a_m=ceil(along_m),
        b_m=ceil(across_m),
        bearing_deg=round(bearing) % 180,
        said=said,
    )


def state_of(row: Cells) -> tuple[str, str]:
    """The state of watching and the reason, checked against each other."""
    state, reason = row["state"].casefold() or "up", row["reason"].casefold()
    if state not in STATES:
        raise BadField(f"state {state!r} is not read; write up, degraded or down")
    if state == "up" and reason:
        raise BadField(f"state up needs no reason, found {reason!r}; is it degraded or down?")
    if state != "up" and reason not in REASONS:
        raise BadField(f"state {state} wants a reason, one of {', '.join(sorted(REASONS))}")
    return state, reason


def _metres(row: Cells, name: str) -> int | None:
    return whole_of(row[name], name, low=0, high=100_000) if row[name] else None


def _bearing_of(text: str) -> float | None:
    if not text:
        return None
    if text.upper() in _POINTS:
        return _POINTS.index(text.upper()) * 22.5
    found = _DEGREES.fullmatch(text)
    if found is None or (bearing := float(found[1].replace(",", "."))) > 360:
        raise BadField(f"bearing_deg {text!r} is not read; write 0 to 360, or a point such as NNE")
    return bearing % 360


def _bearing_error(row: Cells) -> int:
    if text := row["bearing_error_deg"]:
        return whole_of(text, "bearing_error_deg", low=1, high=45)
    named = row["bearing_deg"].upper() in _POINTS
    return NAMED_POINT_ERROR_DEG if named else COMPASS_ERROR_DEG


def _in_words(row: Cells) -> str:
    bearing, near, far = row["bearing_deg"], row["range_min_m"], row["range_max_m"]
    parts = [f"bearing {bearing}" if bearing else "", f"{near or 0}–{far} m" if far else ""]
    return ", ".join(part for part in parts if part)
