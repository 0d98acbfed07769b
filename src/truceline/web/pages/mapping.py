"""A map of one incident: the claims with their stated errors, who watched, land and water below.

Drawn on the server as SVG whose looks are in the style sheet, so that it needs no script and
follows light and dark. The table beside it is made of the same rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.translation import get_language

from truceline.bulletins.frame import WIDTH, Frame
from truceline.bulletins.snapshot import Layer, Ring
from truceline.desk.areas import layers_in
from truceline.desk.desk import Desk
from truceline.store.shown import ClaimRow, CoverageRow
from truceline.values.place import E7, Place
from truceline.web.templatetags.reading import mark_of, party_name

_M_PER_DEGREE = 111_195
_LEAST_M = 3_000
_MOST_M = 60_000
_SCALES_M = (20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
_STEPS_E7 = (E7 // 100, E7 // 50, E7 // 20, E7 // 10, E7 // 4, E7 // 2, E7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Land, water or a line: a path, what it is, and its name where it has one."""

    kind: str
    d: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A claim's place: where, how far off, whose, and the row of the table it is."""

    number: int
    claim: str
    x: int
    y: int
    along: int
    across: int
    turn: int
    mark: str
    who: str
    asserting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a watcher could reach, and whether it was watching."""

    x: int
    y: int
    reach: int
    state: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A meridian or a parallel."""

    at: int
    degrees: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything the map shows, in units of the drawing."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    watches: tuple[Watch, ...]
    meridians: tuple[Tick, ...]
    parallels: tuple[Tick, ...]
    scale_m: int
    scale: int

    @property
    def scale_x(self) -> int:
        """Where the scale bar begins, so that it ends a little before the edge."""
        return self.width - self.scale - 24

    @property
    def scale_y(self) -> int:
        """How far down the scale bar stands, above the degrees."""
        return self.height - 34

    @property
    def scale_km(self) -> str:
        """The scale bar's length in kilometres."""
        return f"{self.scale_m / 1000:g}"


def incident_map(
    desk: Desk, claims: Sequence[ClaimRow], watched: Sequence[CoverageRow]
) -> Drawing | None:
    """Draw an incident; None where no claim gives a place."""
    placed = [
        (row, row.claim.said.place) for row in claims if isinstance(row.claim.said.place, Place)
    ]
    if not placed:
        return None
    frame = _frame([place for _, place in placed])
    length_m = next((one for one in _SCALES_M if frame.units(one) <= WIDTH // 4), _SCALES_M[-1])
    return Drawing(
        width=WIDTH,
        height=frame.height,
        shapes=tuple(_shapes(layers_in(desk), frame)),
        spots=tuple(_spots(desk, placed, frame)),
        watches=tuple(_watches(watched, frame)),
        meridians=tuple(_ticks(frame, frame.west_e7, frame.east_e7, east=True)),
        parallels=tuple(_ticks(frame, frame.south_e7, frame.north_e7, east=False)),
        scale_m=length_m,
        scale=frame.units(length_m),
    )


def _frame(places: Sequence[Place]) -> Frame:
    """A frame half as tall as wide that holds every ellipse, and never too near or too far."""
    lats, lons = [one.lat_e7 for one in places], [one.lon_e7 for one in places]
    mid_lat, mid_lon = (min(lats) + max(lats)) // 2, (min(lons) + max(lons)) // 2
    east_bp = max(1, round(cos(radians(mid_lat / E7)) * 10_000))
    worst_m = max(max(one.a_m, one.b_m) for one in places)
    tall_m = (max(lats) - min(lats)) * _M_PER_DEGREE // E7 // 2
    wide_m = (max(lons) - min(lons)) * east_bp * _M_PER_DEGREE // E7 // 10_000 // 4
    half_m = min(_MOST_M, max(_LEAST_M, (max(tall_m, wide_m) + worst_m) * 13 // 10))
    half_lat = half_m * E7 // _M_PER_DEGREE
    half_lon = half_lat * 2 * 10_000 // east_bp
    return Frame(
        west_e7=mid_lon - half_lon,
        east_e7=mid_lon + half_lon,
        south_e7=mid_lat - half_lat,
        north_e7=mid_lat + half_lat,
        east_bp=east_bp,
    )


def _shapes(layers: Iterable[Layer], frame: Frame) -> Iterable[Shape]:
    language = get_language() or "en"
    # Land and water stay in the order given: an ocean lies under its islands, a lake on one.
    order = {"land": 0, "water": 0, "river": 1, "line": 2, "place": 3}
    for layer in sorted(layers, key=lambda one: order[one.kind]):
        name = layer.names.in_(language) if layer.names else layer.by
        if layer.kind == "place":
            x, y = frame.at(*layer.rings[0][0])
            if 0 <= x <= WIDTH and 0 <= y <= frame.height:
                yield Shape(kind="place", d="", name=name, x=x, y=y)
            continue
        d = "".join(
            _path(ring, frame, closed=layer.kind in {"land", "water"}) for ring in layer.rings
        )
        x, y = _in_sight(layer.rings[0], frame)
        yield Shape(kind=layer.kind, d=d, name=name if layer.kind == "line" else "", x=x, y=y)


def _path(ring: Ring, frame: Frame, *, closed: bool) -> str:
    steps = [frame.at(lon, lat) for lon, lat in ring]
    return "M" + "L".join(f"{x} {y}" for x, y in steps) + ("z" if closed else "")


def _in_sight(ring: Ring, frame: Frame) -> tuple[int, int]:
    """Where along a line its name can be read: its first point in the frame, else far outside."""
    for lon, lat in ring:
        x, y = frame.at(lon, lat)
        if 0 < x < WIDTH * 3 // 4 and 20 < y < frame.height - 20:
            return x, y
    return -WIDTH, -WIDTH


def _spots(desk: Desk, placed: Sequence[tuple[ClaimRow, Place]], frame: Frame) -> Iterable[Spot]:
    charter = desk.charter
    for number, (row, place) in enumerate(placed, start=1):
        x, y = frame.at(place.lon_e7, place.lat_e7)
        yield Spot(
            number=number,
            claim=row.claim.id,
            x=x,
            y=y,
            along=max(6, frame.units(place.a_m)),
            across=max(6, frame.units(place.b_m)),
            turn=place.bearing_deg,
            mark=mark_of(charter, row.claim.origin.owner),
            who=party_name(charter, row.claim.origin.owner),
            asserting=row.claim.said.stance.value == "asserts",
        )


def _watches(watched: Sequence[CoverageRow], frame: Frame) -> Iterable[Watch]:
    for row in watched:
        covered = row.period.covered
        x, y = frame.at(covered.place.lon_e7, covered.place.lat_e7)
        yield Watch(
            x=x, y=y, reach=frame.units(covered.place.a_m), state=covered.state, who=covered.watcher
        )


def _ticks(frame: Frame, low_e7: int, high_e7: int, *, east: bool) -> Iterable[Tick]:
    step = next((one for one in _STEPS_E7 if (high_e7 - low_e7) // one <= 8), _STEPS_E7[-1])
    for value in range(-(-low_e7 // step) * step, high_e7, step):
        x, y = frame.at(value, frame.north_e7) if east else frame.at(frame.west_e7, value)
        hemisphere = ("E" if value >= 0 else "W") if east else ("N" if value >= 0 else "S")
        yield Tick(at=x if east else y, degrees=f"{abs(value) / E7:.2f}° {hemisphere}")
