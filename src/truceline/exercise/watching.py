"""Who watches for the team: patrols by day, posts by night, cameras, ears. And when they do not."""

from dataclasses import dataclass

import numpy as np

from truceline.exercise.line import M_PER_LAT, M_PER_LON, Ruler
from truceline.exercise.truth import Outage
from truceline.exercise.world import SECTORS, UNWATCHED
from truceline.values.instant import HOUR_US, MINUTE_US, Span

PATROL_REACH_M, POST_REACH_M, CAMERA_REACH_M, EAR_REACH_M = 8_000, 8_000, 4_000, 12_000
_MARGIN_M = 1_000.0  # nobody's reach comes nearer than this to the unwatched sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """A patrol, post, camera or acoustic sensor of the team on one day.

    x_m, y_m: where it stands. reach_m: how far its watching reaches.
    sense: how it knows: `seen`, `heard` or `recorded`. spans: when it is on duty.
    outages: when it is on duty and does not watch.
    """

    code: str
    kind: str
    x_m: float
    y_m: float
    reach_m: int
    sense: str
    spans: tuple[Span, ...]
    outages: tuple[Outage, ...] = ()

    def stretches(self, within: Span) -> list[tuple[Span, str, str]]:
        """What it was when, as (span, state, reason), cut to a span."""
        found: list[tuple[Span, str, str]] = []
        for duty in self.spans:
            at_us = duty.from_us
            for outage in self.outages:
                if duty.from_us <= outage.from_us < duty.until_us:
                    found += _cut(at_us, outage.from_us, within, self._state())
                    end_us = min(outage.until_us, duty.until_us)
                    found += _cut(outage.from_us, end_us, within, ("down", outage.reason))
                    at_us = end_us
            found += _cut(at_us, duty.until_us, within, self._state())
        return found

    def _state(self) -> tuple[str, str]:
        return ("degraded", "night") if self.kind == "fixed_post" else ("up", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """A standing place: so far along the line, so far east of it."""

    code: str
    along_m: float
    east_m: float


# Every 16 km or so a camera, at the line on one bank or the other.
_CAMERAS = tuple(
    _Stand(code=f"CAM-{number:02d}", along_m=8_000.0 + 16_500.0 * (number - 1), east_m=east_m)
    for number, east_m in enumerate(
        (-800.0, 900.0, -700.0, 1_000.0, -900.0, 800.0, -800.0, 700.0, -600.0), start=1
    )
)
_EARS = (
    _Stand(code="ACO-1", along_m=24_000.0, east_m=-3_500.0),
    _Stand(code="ACO-2", along_m=64_000.0, east_m=3_500.0),
)
_POSTS = (
    _Stand(code="JVT-N1", along_m=44_000.0, east_m=-4_200.0),
    _Stand(code="JVT-N3", along_m=88_000.0, east_m=4_000.0),
)
HALDEN_CAMERA, HALDEN_POST = "CAM-H", "JVT-N2"
_HALDEN_CAMERA_AT = (47.6990, -33.9480)
HALDEN_POST_AT = (47.6580, -34.0080)


def watchers(rng: np.random.Generator, day: Span, along: Ruler) -> tuple[Watcher, ...]:
    """Everyone who watches on one reporting day, which runs from one cut-off to the next."""
    limit_y_m = next(s.south for s in SECTORS if s.code == UNWATCHED) * M_PER_LAT - _MARGIN_M
    found = [
        *(_standing(rng, one, day, along, kind="camera") for one in _CAMERAS),
        *(_standing(rng, one, day, along, kind="acoustic") for one in _EARS),
        *(_standing(rng, one, day, along, kind="fixed_post") for one in _POSTS),
        *_at_halden(rng, day),
        *_patrols(rng, day, along),
    ]
    return tuple(one for one in found if one.y_m + one.reach_m < limit_y_m)


def night(day: Span) -> Span:
    """When posts listen: from half an hour after the cut-off, ten hours and a half."""
    return Span(from_us=day.from_us + 30 * MINUTE_US, until_us=day.from_us + 11 * HOUR_US)


def daylight(day: Span) -> Span:
    """When patrols are out: from eleven hours before the cut-off to three and a half before."""
    return Span(from_us=day.until_us - 11 * HOUR_US, until_us=day.until_us - 7 * HOUR_US // 2)


def _standing(
    rng: np.random.Generator, stand: _Stand, day: Span, along: Ruler, *, kind: str
) -> Watcher:
    x_m, y_m = along.beside(np.array([stand.along_m]), np.array([stand.east_m]))
    return _fixed(rng, stand.code, (float(x_m[0]), float(y_m[0])), day, kind=kind)


def _at_halden(rng: np.random.Generator, day: Span) -> tuple[Watcher, Watcher]:
    places = [
        (lon * M_PER_LON, lat * M_PER_LAT) for lat, lon in (_HALDEN_CAMERA_AT, HALDEN_POST_AT)
    ]
    return (
        _fixed(rng, HALDEN_CAMERA, places[0], day, kind="camera"),
        _fixed(rng, HALDEN_POST, places[1], day, kind="fixed_post"),
    )


def _fixed(
    rng: np.random.Generator, code: str, place_m: tuple[float, float], day: Span, *, kind: str
) -> Watcher:
    reach_m, sense, reason, percent = {
        "camera": (CAMERA_REACH_M, "recorded", "outage", 15),
        "acoustic": (EAR_REACH_M, "recorded", "jammed", 20),
        "fixed_post": (POST_REACH_M, "heard", "weather", 8),
    }[kind]
    duty = night(day) if kind == "fixed_post" else day
    return Watcher(
        code=code,
        kind=kind,
        x_m=place_m[0],
        y_m=place_m[1],
        reach_m=reach_m,
        sense=sense,
        spans=(duty,) if duty.until_us <= day.until_us else (),
        outages=_outages(rng, code, duty, reason, percent),
    )


def _patrols(rng: np.random.Generator, day: Span, along: Ruler) -> list[Watcher]:
    """Three patrols on each side of the line, each at a place drawn for the day."""
    found = []
    for letter, sign in (("V", -1.0), ("T", 1.0)):
        for number in (1, 2, 3):
            third_m = along.length_m * 0.26
            along_m = (number - 1 + rng.random()) * third_m
            east_m = sign * (1_500.0 + rng.random() * 3_500.0)
            x_m, y_m = along.beside(np.array([along_m]), np.array([east_m]))
            code = f"JVT-{letter}{number}"
            found.append(
                Watcher(
                    code=code,
                    kind="patrol",
                    x_m=float(x_m[0]),
                    y_m=float(y_m[0]),
                    reach_m=PATROL_REACH_M,
                    sense="seen",
                    spans=(daylight(day),),
                    outages=_outages(rng, code, daylight(day), "denied", 12),
                )
            )
    return found


def _outages(
    rng: np.random.Generator, code: str, duty: Span, reason: str, percent: int
) -> tuple[Outage, ...]:
    """At most one outage a day, so often in a hundred days, whole minutes long."""
    happens = int(rng.integers(0, 100)) < percent
    minutes = duty.length_us // MINUTE_US
    start = int(rng.integers(0, minutes))
    length = 20 + int(rng.integers(0, 400))
    if not happens:
        return ()
    from_us = duty.from_us + start * MINUTE_US
    until_us = min(from_us + length * MINUTE_US, duty.until_us)
    return (Outage(watcher=code, from_us=from_us, until_us=until_us, reason=reason),)


def _cut(
    from_us: int, until_us: int, within: Span, state: tuple[str, str]
) -> list[tuple[Span, str, str]]:
    from_us, until_us = max(from_us, within.from_us), min(until_us, within.until_us)
    return [(Span(from_us=from_us, until_us=until_us), *state)] if from_us < until_us else []
