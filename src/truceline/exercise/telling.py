"""Who says what of what happened: each party of the other, the team of what it perceived."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.exercise.happening import HEARD_M, I64, KINDS, LANDS, SEEN_M, Events, Mask
from truceline.exercise.line import F64, globe
from truceline.exercise.truth import Happened, Relation
from truceline.exercise.watching import Watcher
from truceline.exercise.world import PARTIES
from truceline.values.instant import MINUTE_US
from truceline.values.place import E7
from truceline.values.signatures import Signature

_ERRORS_M = np.array([300, 500, 500, 1_000, 1_500])
_PARTY_NOTICES_PERCENT = np.where(LANDS, 85, 45)
_INFLATED_PERCENT, _VAGUE_PERCENT, _UNDERSTATED_PERCENT = 9, 12, 6
_TEAM_NOTICES_PERCENT = {"patrol": 80, "fixed_post": 75, "camera": 85, "acoustic": 70}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement of a party, before it is spelt in anybody's file.

    at_us: the minute it gives. error_m: the radius it states. bounded: the count is a lower bound.
    event: the true event it stems from, None for none.
    """

    at_us: int
    lat_e7: int
    lon_e7: int
    error_m: int
    act: str
    count: int
    bounded: bool
    accused: str
    basis: str
    relation: Relation
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Perceived:
    """One record of a watcher.

    act: what it takes it for; empty where it does not say.
    nothing: it was asked for something and had not perceived it.
    """

    watcher: Watcher
    at_us: int
    bearing_deg: int
    near_m: int
    far_m: int
    sense: str
    signature: Signature
    act: str = ""
    count: int
    nothing: bool = False
    wording: str = ""
    relation: Relation
    event: str | None


def told_by(
    rng: np.random.Generator, party: str, events: Events, names: Sequence[Happened], false: Events
) -> list[Told]:
    """What a party lists of a batch: the other's acts as it perceived them, and some that were not.

    false: events nobody saw because they never were; a party lists those against the other.
    """
    own = PARTIES.index(party)
    # Landed on our side, whoever fired: we blame the other. Not landed: seen across the line.
    concerns = np.where(LANDS[events.kind], events.side == own, events.by != own)
    notices = rng.integers(0, 100, len(events)) < _PARTY_NOTICES_PERCENT[events.kind]
    rows = np.flatnonzero(concerns & notices)
    relations = np.where(events.by == own, 1, 0)[rows]
    drawn = _Drawn.of(rng, events, rows)
    told = [
        drawn.told(
            place, party, _relation(int(relations[place]), drawn, place), names[int(row)].event
        )
        for place, row in enumerate(rows)
    ]
    invented = np.flatnonzero(false.by != own)
    drawn = _Drawn.of(rng, false, invented)
    told += [drawn.told(place, party, Relation.FALSE, None) for place in range(len(invented))]
    return told


def perceived_by(
    rng: np.random.Generator, watcher: Watcher, events: Events, names: Sequence[Happened]
) -> Iterator[Perceived]:
    """What one watcher perceived of a batch, each with its errors of bearing, range and count."""
    apart_m, reach_m = _reach(watcher, events)
    on = _watching(watcher, events.at_us)
    notices = rng.integers(0, 100, len(events)) < _TEAM_NOTICES_PERCENT[watcher.kind]
    for row in np.flatnonzero(on & notices & (apart_m <= reach_m)):
        yield _one(rng, watcher, events, int(row), names[int(row)].event)


def not_perceived_by(
    rng: np.random.Generator, watcher: Watcher, false: Events
) -> Iterator[Perceived]:
    """What a patrol or post, asked about what never was, says it did not perceive."""
    if watcher.kind not in {"patrol", "fixed_post"}:
        return
    apart_m, reach_m = _reach(watcher, false)
    asked = rng.integers(0, 2, len(false)) == 1
    for row in np.flatnonzero(_watching(watcher, false.at_us) & asked & (apart_m <= reach_m)):
        yield _one(rng, watcher, false, int(row), None)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The errors of a batch of statements, drawn together because one by one is slow."""

    at_us: I64
    lat_e7: I64
    lon_e7: I64
    error_m: I64
    kind: I64
    count: I64
    inflated: Mask
    vague: Mask
    bounded: Mask
    seen: Mask

    @classmethod
    def of(cls, rng: np.random.Generator, events: Events, rows: I64) -> "_Drawn":
        """Draw them for some rows of a batch."""
        many = len(rows)
        error_m = _ERRORS_M[rng.integers(0, len(_ERRORS_M), many)]
        lat, lon = globe(
            events.x_m[rows] + _around(rng, many) * error_m,
            events.y_m[rows] + _around(rng, many) * error_m,
        )
        late_us = rng.integers(-2, 6, many) * MINUTE_US
        understated = rng.integers(0, 100, many) < _UNDERSTATED_PERCENT
        inflated = rng.integers(0, 100, many) < _INFLATED_PERCENT
        times = np.where(inflated, rng.integers(2, 6, many), 1)
        return cls(
            (events.at_us[rows] + late_us) // MINUTE_US * MINUTE_US,
            np.rint(lat * E7).astype(np.int64),
            np.rint(lon * E7).astype(np.int64),
            np.where(understated, error_m // 4, error_m),
            events.kind[rows],
            events.count[rows] * times,
            inflated,
            rng.integers(0, 100, many) < _VAGUE_PERCENT,
            rng.integers(0, 3, many) == 0,
            rng.integers(0, 2, many) == 0,
        )

    def told(self, place: int, party: str, relation: Relation, event: str | None) -> Told:
        """The statement at a place of the batch."""
        kind = KINDS[int(self.kind[place])]
        return Told(
            at_us=int(self.at_us[place]),
            lat_e7=int(self.lat_e7[place]),
            lon_e7=int(self.lon_e7[place]),
            error_m=int(self.error_m[place]),
            act=_vague(kind.act) if self.vague[place] else kind.act,
            count=int(self.count[place]),
            bounded=bool(self.bounded[place]),
            accused=PARTIES[1 - PARTIES.index(party)],
            basis="seen" if self.seen[place] else "stated",
            relation=relation,
            event=event,
        )


def _relation(wrong_actor: int, drawn: _Drawn, place: int) -> Relation:
    if wrong_actor:
        return Relation.WRONG_ACTOR
    return Relation.INFLATED if drawn.inflated[place] else Relation.FAITHFUL


def _vague(act: str) -> str:
    """What somebody says who is not sure: an explosion, or the act one step less specific."""
    return "explosion" if act.startswith(("fire.m", "fire.a", "strike")) else act.rpartition(".")[0]


def _around(rng: np.random.Generator, many: int) -> F64:
    """Errors between −1 and 1, more often small: the sum of two even draws."""
    return rng.random(many) + rng.random(many) - 1.0


def _reach(watcher: Watcher, events: Events) -> tuple[F64, F64]:
    """How far each event was, and how far off such an event is perceived by such a watcher."""
    apart_m = np.sqrt((events.x_m - watcher.x_m) ** 2 + (events.y_m - watcher.y_m) ** 2)
    by_ear, by_eye = HEARD_M[events.kind], SEEN_M[events.kind]
    if watcher.kind == "camera":
        by_ear = np.zeros(len(events))
    if watcher.kind in {"acoustic", "fixed_post"}:  # an ear, or an eye at night
        by_eye = np.zeros(len(events))
    return apart_m, np.minimum(np.maximum(by_ear, by_eye), watcher.reach_m)


def _watching(watcher: Watcher, at_us: I64) -> Mask:
    on = np.zeros(len(at_us), dtype=np.bool_)
    for span in watcher.spans:
        on |= (at_us >= span.from_us) & (at_us < span.until_us)
    for outage in watcher.outages:
        on &= (at_us < outage.from_us) | (at_us >= outage.until_us)
    return on


def _one(
    rng: np.random.Generator, watcher: Watcher, events: Events, row: int, event: str | None
) -> Perceived:
    """One event as one watcher perceived it; nothing at all where there was no event."""
    east_m = float(events.x_m[row]) - watcher.x_m
    north_m = float(events.y_m[row]) - watcher.y_m
    apart_m = (east_m**2 + north_m**2) ** 0.5
    kind = KINDS[int(events.kind[row])]
    # Ranges are guessed by ear and eye to a quarter, bearings to ten degrees.
    guess_m = apart_m * (0.85 + 0.3 * rng.random())
    bearing = _bearing_deg(east_m, north_m) + round((rng.random() + rng.random() - 1.0) * 10)
    seen = watcher.sense == "seen" and apart_m <= kind.seen_m
    sense = "heard" if watcher.sense == "seen" and not seen else watcher.sense
    count = int(events.count[row])
    return Perceived(
        watcher=watcher,
        at_us=int(events.at_us[row]) // MINUTE_US * MINUTE_US,
        bearing_deg=bearing % 360,
        near_m=max(50, int(guess_m * 0.7) // 50 * 50),
        far_m=max(200, int(guess_m * 1.35) // 50 * 50 + 50),
        sense=sense,
        signature=kind.signature,
        # Only an eye tells which weapon it was; an ear hears an explosion or a burst.
        act="" if sense == "heard" or watcher.kind == "acoustic" else kind.act,
        count=max(1, count - int(rng.integers(0, 1 + count // 4))),
        nothing=event is None,
        relation=Relation.NOT_PERCEIVED if event is None else Relation.FAITHFUL,
        event=event,
    )


def _bearing_deg(east_m: float, north_m: float) -> int:
    """Whole degrees clockwise from north."""
    return round(float(np.degrees(np.arctan2(east_m, north_m)))) % 360
