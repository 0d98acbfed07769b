"""A second evaluator: draw precise worlds from what is uncertain, and judge each crisply.

It shares the data with the engine and none of its arithmetic: distances are geodesics to points
laid along the line, time and records are compared as they stand, and every answer is yes or no.
What is unknown is settled at random, so the share of worlds with a breach must lie between belief
and plausibility.
"""

from dataclasses import dataclass
from math import cos, log, radians, sin
from random import Random

import numpy as np
from pyproj import Geod

from truceline.terms.agreement import Agreement
from truceline.terms.case import Case, Spot
from truceline.terms.document import Exemption, Geom, Prohibit, WeaponCond, Where
from truceline.terms.register import Record
from truceline.values.acts import ACTS, Match, answers, within
from truceline.values.place import Place

GEOD = Geod(ellps="WGS84")
STEP_M = 250.0


@dataclass(frozen=True)
class World:
    """One way things may have been, with nothing left open."""

    at_us: int
    lon: float
    lat: float
    type: str
    actor: str
    weapon: str
    calibre_mm: float
    attack: bool
    slack: float  # how far boundaries really are from where they were drawn, -1 … 1 of tolerance


def draw(case: Case, agreement: Agreement, rng: Random) -> World:
    """One world of a case."""
    lon, lat = _point(case.place, rng)
    span = case.span
    return World(
        at_us=rng.randrange(span.from_us, span.until_us),
        lon=lon,
        lat=lat,
        type=_settled(_pick(case.type, rng), rng),
        actor=_actor(_pick(case.actor, rng), agreement, rng),
        weapon=_weapon(_pick(case.weapon_class, rng), rng),
        calibre_mm=_calibre(case, rng),
        attack=bool(case.attr.get("attack_under_way", rng.random() < 0.5)),
        slack=rng.uniform(-1, 1),
    )


def _pick(shares: object, rng: Random) -> str:
    held = dict(shares) if isinstance(shares, dict) else {}
    mark = rng.uniform(0, 10_000)
    for code, share in held.items():
        mark -= share
        if mark < 0:
            return str(code)
    return "unknown"


def _settled(code: str, rng: Random) -> str:
    """A code as specific as it gets: some registered act that it may have been."""
    leaves = [act for act in ACTS if not any(o != act and within(o, act) for o in ACTS)]
    leaves = [act for act in leaves if act not in ("unknown", "explosion")]
    if code in leaves:
        return code
    fitting = [act for act in leaves if within(act, code)]
    if code in ("unknown", "explosion"):
        fitting = [act for act in leaves if answers(code, act) is not Match.NO]
    return rng.choice(fitting or [code])


def _actor(code: str, agreement: Agreement, rng: Random) -> str:
    return rng.choice(sorted(agreement.parties)) if code == "unknown" else code


def _weapon(code: str, rng: Random) -> str:
    return rng.choice(["artillery", "mortar", "mlrs", "tank"]) if code == "unknown" else code


def _calibre(case: Case, rng: Random) -> float:
    low, high = case.calibre_um or (50_000, 200_000)
    return rng.uniform(low, high) / 1000 if low < high else low / 1000


def _point(place: Place | Spot | None, rng: Random) -> tuple[float, float]:
    if place is None:
        return rng.uniform(-36, -32), rng.uniform(46.8, 48.4)
    if isinstance(place, Spot):
        return place.lon_e7 / 1e7, place.lat_e7 / 1e7
    sigmas = (-2 * log(1 - place.confidence_bp / 10_000)) ** 0.5
    along, across = rng.gauss(0, place.a_m / sigmas), rng.gauss(0, place.b_m / sigmas)
    turn = radians(place.bearing_deg)
    east, north = along * sin(turn) + across * cos(turn), along * cos(turn) - across * sin(turn)
    azimuth, metres = np.degrees(np.arctan2(east, north)), (east**2 + north**2) ** 0.5
    lon, lat, _ = GEOD.fwd(place.lon, place.lat, azimuth, metres)
    return float(lon), float(lat)


class Crisp:
    """An agreement that answers yes or no."""

    def __init__(self, agreement: Agreement, records: tuple[Record, ...], known_us: int) -> None:
        self.agreement = agreement
        self.records = [one for one in records if one.known_us <= known_us]
        self.laid: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def breach(self, clause: Prohibit, world: World, bearer: str | None, start_us: int) -> bool:
        """Whether a world holds a breach by a bearer, or by somebody bound."""
        bound = [bearer] if bearer else list(self.agreement.parties)
        actors = [one for one in bound if world.actor in self.agreement.codes(one)]
        if not actors or world.at_us < start_us or self._suspended(clause, world, actors[0]):
            return False
        if not any(within(world.type, act) for act in clause.act):
            return False
        if clause.weapon and not any(_fits(one, world) for one in clause.weapon):
            return False
        if clause.where and not self._where(clause.where, world):
            return False
        if clause.windows and not self._window(clause, world):
            return False
        held = self.agreement.doc.exemptions
        return not any(self._exempt(held[name], world, actors[0]) for name in clause.unless)

    def _suspended(self, clause: Prohibit, world: World, actor: str) -> bool:
        return any(
            one.type == "suspend"
            and clause.id in one.clauses
            and one.party in (None, actor)
            and one.at_us <= world.at_us < (one.until_us or 2**62)
            for one in self.records
        )

    def _window(self, clause: Prohibit, world: World) -> bool:
        assert clause.windows is not None
        return any(
            one.type == clause.windows.record
            and (one.from_us or 0) <= world.at_us < (one.until_us or 2**62)
            and (one.zone is None or self._inside(one.zone, world))
            for one in self.records
        )

    def _exempt(self, exemption: Exemption, world: World, actor: str) -> bool:
        codes = self.agreement.codes(actor)
        if exemption.type and not any(within(world.type, one) for one in exemption.type):
            return False
        if exemption.actor and world.actor not in exemption.actor:
            return False
        if exemption.attr and not world.attack:
            return False
        if exemption.record and not any(
            self._record(exemption, one, world, codes) for one in self.records
        ):
            return False
        return all(self._exempt(part, world, actor) for part in exemption.all or ())

    def _record(
        self, exemption: Exemption, one: Record, world: World, codes: frozenset[str]
    ) -> bool:
        wanted = exemption.record
        assert wanted is not None
        hours = 24 if wanted.lead else 0
        return (
            one.type == wanted.type
            and (wanted.by != "actor" or one.by in codes)
            and all(one.fields.get(key) == value for key, value in wanted.match.items())
            and one.at_us + hours * 3_600_000_000 <= world.at_us + (0 if wanted.lead else 2**61)
            and (
                "time" not in wanted.covers
                or (one.from_us or 0) <= world.at_us < (one.until_us or 2**62)
            )
            and ("place" not in wanted.covers or self._zone(one.zone, world))
        )

    def _zone(self, zone: str | None, world: World) -> bool:
        return world.slack > 0 if zone is None else self._inside(zone, world)

    def _where(self, where: Where, world: World) -> bool:
        if where.in_ is not None:
            return self._inside(where.in_, world)
        assert where.of is not None
        assert where.within_m is not None
        limit = where.within_m + world.slack * self._tolerance(where.of)
        return bool(self._apart(where.of, world, where.cat) <= limit)

    def _tolerance(self, name: str) -> float:
        geom = self.agreement.doc.geometry[name]
        return max(geom.tolerance_m, self._tolerance(geom.of) if geom.of else 0)

    def _inside(self, name: str, world: World) -> bool:
        geom = self.agreement.doc.geometry[name]
        slack = world.slack * self._tolerance(name)
        if geom.of is not None:
            return bool(self._apart(geom.of, world, None) <= (geom.buffer_m or 0) + slack)
        if geom.point is not None:
            return self._in_square(geom, world, slack)
        assert geom.polygon is not None
        lons = [lon for lon, _ in geom.polygon]
        lats = [lat for _, lat in geom.polygon]
        across = min(lons) <= world.lon * 1e7 <= max(lons)
        return across and min(lats) <= world.lat * 1e7 <= max(lats)

    def _in_square(self, geom: Geom, world: World, slack: float) -> bool:
        assert geom.point is not None
        lon, lat = geom.point[0] / 1e7, geom.point[1] / 1e7
        azimuth, _, metres = GEOD.inv(lon, lat, world.lon, world.lat)
        east, north = metres * sin(radians(azimuth)), metres * cos(radians(azimuth))
        return bool(max(abs(east), abs(north)) <= (geom.side_m or 0) / 2 + slack)

    def _apart(self, name: str, world: World, cat: tuple[str, ...] | None) -> float:
        lons, lats = self._points(name, cat)
        home = np.full(len(lons), world.lon), np.full(len(lons), world.lat)
        return float(GEOD.inv(*home, lons, lats)[2].min())

    def _points(self, name: str, cat: tuple[str, ...] | None) -> tuple[np.ndarray, np.ndarray]:
        key = f"{name}{cat}"
        if key not in self.laid:
            self.laid[key] = self._lay(self.agreement.doc.geometry[name], cat)
        return self.laid[key]

    def _lay(self, geom: Geom, cat: tuple[str, ...] | None) -> tuple[np.ndarray, np.ndarray]:
        if geom.sites is not None:
            kept = [s for s in geom.sites if not cat or any(within(s.cat, one) for one in cat)]
            return np.array([s.lon_e7 / 1e7 for s in kept]), np.array(
                [s.lat_e7 / 1e7 for s in kept]
            )
        assert geom.line is not None
        out = []
        for (lon1, lat1), (lon2, lat2) in zip(geom.line, geom.line[1:], strict=False):
            ends = (lon1 / 1e7, lat1 / 1e7, lon2 / 1e7, lat2 / 1e7)
            count = int(GEOD.inv(*ends)[2] // STEP_M)
            out += [ends[:2], *GEOD.npts(*ends, count), ends[2:]]
        lons, lats = zip(*out, strict=True)
        return np.array(lons), np.array(lats)


def _fits(condition: WeaponCond, world: World) -> bool:
    if condition.class_ and not any(within(world.weapon, one) for one in condition.class_):
        return False
    return all(
        world.calibre_mm >= limit / 1000 if name == "ge" else world.calibre_mm > limit / 1000
        for name, limit in (condition.calibre_um or {}).items()
    )
