"""The one incident a newcomer is told: a night, an answer, a repair, a bulletin, a corrigendum.

It falls on the thirteenth day. Who truly fired is drawn from the seed, and nothing in the script
depends on it: neither a reader of the record nor a reader of this file can tell.
"""

from dataclasses import replace

import numpy as np

from truceline.coordination import acts
from truceline.exercise import sheets
from truceline.exercise.cues import Cue, cue
from truceline.exercise.happening import Events, Mask
from truceline.exercise.line import M_PER_LAT, M_PER_LON
from truceline.exercise.routine import (
    FORM,
    LANGUAGES,
    Asked,
    Filing,
    Reply,
    acknowledged,
    answered,
    completed,
    denied,
    filed,
    opened,
    window,
)
from truceline.exercise.script import Act, Correct, Object, TakeFile
from truceline.exercise.telling import Perceived, Told
from truceline.exercise.truth import Happened, Outage, Relation, Row
from truceline.exercise.watching import (
    HALDEN_CAMERA,
    HALDEN_POST,
    HALDEN_POST_AT,
    PATROL_REACH_M,
    Watcher,
)
from truceline.exercise.world import CENTRE, GUARANTOR, PARTIES, TEAM, ZONE, spot
from truceline.values.audience import audience
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, Span, from_us, zone
from truceline.values.place import E7
from truceline.values.signatures import Signature

DAY = 13  # of the exercise, counted from 1
EVENT, CREW = "E-story", "E-crew"
TEAM_ONLY = audience([CENTRE, GUARANTOR, TEAM])
LATE_LOG = "jvt-t9-watch-late.csv"

_COMPLAINT = (
    "О 02:10 біля підстанції Галден розірвалися міни, щонайменше чотири. Чергова зміна "
    "спустилася в укриття. Просимо перевірити."
)
_DENIAL = (
    "Наши миномёты с 24 марта отведены за 15 км. Этой ночью наши подразделения у Халдена огня не "
    "вели."
)
_HEARD = "Three or four dull reports from the north-east; no flash seen"
_REPAIR = "Заміна прохідного ізолятора, бригада з шести осіб"
_DONE = "Ізолятор замінено, всі вийшли"
_CREW = "Six people in orange vests working on a transformer"
_OBJECTION = (
    "В бюллетене сказано, что за сектором Скарроу никто не наблюдал. Патруль T9 совместной группы "
    "стоял там на нашей стороне весь день; его журнал, насколько нам известно, опоздал."
)
_QUIET_M = 10_000.0


def tell(rng: np.random.Generator, midnight_us: int) -> list[Cue]:
    """The whole story as cues, from the local midnight of its day."""
    filing = _filing(midnight_us)
    reply = Reply(
        at_us=midnight_us + 9 * HOUR_US + 30 * MINUTE_US,
        stance="denies",
        wording=_DENIAL,
        language="ru",
    )
    return [
        _notice(midnight_us),
        *_with_truth(filed(filing), _truth(rng, midnight_us)),
        acknowledged(filing.key, "TOR", midnight_us + 2 * HOUR_US + 31 * MINUTE_US),
        _log(
            "jvt-n2-flash.csv",
            midnight_us + 4 * HOUR_US + 40 * MINUTE_US,
            _heard(midnight_us),
        ),
        answered(filing, reply),
        denied(filing, reply),
        *_window(midnight_us),
        _repair_seen(midnight_us),
        *_objection(midnight_us),
    ]


def outage(midnight_us: int) -> Outage:
    """The camera at the substation: down from the evening before to the morning."""
    return Outage(
        watcher=HALDEN_CAMERA,
        from_us=midnight_us - 20 * MINUTE_US,
        until_us=midnight_us + 9 * HOUR_US + 5 * MINUTE_US,
        reason="outage",
    )


def staged(posts: tuple[Watcher, ...], midnight_us: int) -> tuple[Watcher, ...]:
    """The day's watchers as the story wants them: the camera down, the post at its place."""
    found = []
    for one in posts:
        if one.code == HALDEN_CAMERA:
            found.append(replace(one, outages=(outage(midnight_us),)))
        elif one.code == HALDEN_POST:
            found.append(replace(one, outages=()))
        else:
            found.append(one)
    return tuple(found)


def elsewhere(events: Events) -> Mask:
    """Those events of the story's day that are not near its place, so that it stands alone."""
    halden = spot("Halden substation")
    x_m, y_m = halden.lon * M_PER_LON, halden.lat * M_PER_LAT
    far: Mask = (events.x_m - x_m) ** 2 + (events.y_m - y_m) ** 2 > _QUIET_M**2
    return far


def _filing(midnight_us: int) -> Filing:
    told = Told(
        at_us=midnight_us + 2 * HOUR_US + 10 * MINUTE_US,
        lat_e7=round(47.6931 * E7),
        lon_e7=round(-33.9375 * E7),
        error_m=400,
        act="fire.mortar",
        count=4,
        bounded=True,
        accused="TOR",
        basis="stated",
        relation=Relation.FAITHFUL,
        event=EVENT,
    )
    return Filing(
        key="halden",
        ref="V-HALDEN-1",
        party="VEL",
        told=told,
        habit=sheets.HABITS["VEL"][0],
        at_us=told.at_us + 4 * MINUTE_US,
        name="vel-complaint-halden.txt",
        wording=_COMPLAINT,
    )


def _truth(rng: np.random.Generator, midnight_us: int) -> Happened:
    return Happened(
        event=EVENT,
        at_us=midnight_us + 2 * HOUR_US + 9 * MINUTE_US,
        lat_e7=round(47.6918 * E7),
        lon_e7=round(-33.9352 * E7),
        act="fire.mortar",
        count=3,
        by=PARTIES[int(rng.integers(0, 2))],
        victim="VEL",
    )


def _with_truth(cues: list[Cue], truth: Happened) -> list[Cue]:
    """Tell the event before the complaint, and call the complaint what the truth makes of it."""
    relation = Relation.WRONG_ACTOR if truth.by == "VEL" else Relation.FAITHFUL
    facts = (truth, Row(file="vel-complaint-halden.txt", row=1, relation=relation, event=EVENT))
    return [replace(cues[0], facts=facts), *cues[1:]]


def _heard(midnight_us: int) -> Perceived:
    hours = Span(from_us=midnight_us - 4 * HOUR_US, until_us=midnight_us + 6 * HOUR_US)
    return Perceived(
        watcher=_standing(HALDEN_POST, "fixed_post", HALDEN_POST_AT, hours),
        at_us=midnight_us + 2 * HOUR_US + 9 * MINUTE_US,
        bearing_deg=50,
        near_m=4_000,
        far_m=9_000,
        sense="heard",
        signature=Signature.EXPLOSION,
        count=3,
        wording=_HEARD,
        relation=Relation.FAITHFUL,
        event=EVENT,
    )


def _log(name: str, at_us: int, seen: Perceived, *watches: str) -> Cue:
    """A short log of the team's: what was perceived, and perhaps who stood where when."""
    where = zone(ZONE)
    rows = [sheets.log_row(seen, f"{seen.watcher.code}-H", where), *watches]
    facts = [Row(file=name, row=1, relation=seen.relation, event=seen.event)]
    facts += [
        Row(file=name, row=number, relation=Relation.COVERAGE) for number in range(2, len(rows) + 1)
    ]
    return cue(_team_file(name, at_us, sheets.patrol_log(rows)), *facts)


def _team_file(name: str, at_us: int, raw: bytes) -> TakeFile:
    return TakeFile(
        at_us=at_us,
        by=TEAM,
        source="patrol-log",
        name=name,
        raw=raw,
        owner=TEAM,
        audience=TEAM_ONLY,
        zone=ZONE,
        language="en",
    )


def _hours(midnight_us: int) -> Span:
    return Span(from_us=midnight_us + 13 * HOUR_US, until_us=midnight_us + 17 * HOUR_US)


def _notice(midnight_us: int) -> Cue:
    """The repair was notified and confirmed the morning before, a day and more ahead."""
    hours = _hours(midnight_us)
    record = acts.RegisterEntered(
        type="repair_notice",
        at_us=midnight_us - 16 * HOUR_US,
        by="VEL",
        party="VEL",
        zone="halden_window",
        from_us=hours.from_us,
        until_us=hours.until_us,
        id="R-1",
        match={"confirmed": True},
    )
    at_us = midnight_us - 15 * HOUR_US
    return cue(Act(at_us=at_us, by=CENTRE, kind="register/entered", payload=record))


def _window(midnight_us: int) -> list[Cue]:
    """Asked through the guarantor before dawn; the accused gives its guarantee last but one."""
    asked = Asked(
        key="halden",
        by="VEL",
        zone="halden_window",
        hours=_hours(midnight_us),
        wording=_REPAIR,
        language="uk",
    )
    guarantees = {
        "VEL": midnight_us + 6 * HOUR_US + 10 * MINUTE_US,
        "TOR": midnight_us + 11 * HOUR_US + 20 * MINUTE_US,
        GUARANTOR: midnight_us + 11 * HOUR_US + 45 * MINUTE_US,
    }
    done_us = midnight_us + 16 * HOUR_US + 35 * MINUTE_US
    return [
        *window(asked, midnight_us + 5 * HOUR_US + 30 * MINUTE_US, guarantees),
        opened(asked.key, asked.hours.from_us),
        completed(asked.key, "VEL", done_us, _DONE, "uk"),
    ]


def _repair_seen(midnight_us: int) -> Cue:
    """A patrol sees the crew at work."""
    hours = _hours(midnight_us)
    patrol = _standing("JVT-V9", "patrol", (47.6790, -33.9640), hours)
    seen = Perceived(
        watcher=patrol,
        at_us=hours.from_us + 25 * MINUTE_US,
        bearing_deg=56,
        near_m=1_900,
        far_m=2_500,
        sense="seen",
        signature=Signature.PERSON_PRESENT,
        act="presence.repair",
        count=6,
        wording=_CREW,
        relation=Relation.FAITHFUL,
        event=CREW,
    )
    watch = sheets.watch_row(patrol, (hours, "up", ""), zone(ZONE))
    logged = _log("jvt-v9-repair.csv", hours.until_us + HOUR_US, seen, watch)
    return replace(logged, facts=(_crew(seen.at_us), *logged.facts))


def _crew(at_us: int) -> Happened:
    halden = spot("Halden substation")
    return Happened(
        event=CREW,
        at_us=at_us,
        lat_e7=round(halden.lat * E7),
        lon_e7=round(halden.lon * E7),
        act="presence.repair",
        count=6,
        by="VEL",
        victim="VEL",
    )


def _objection(midnight_us: int) -> list[Cue]:
    """Next morning: an objection, the late log that bears it out, and the corrigendum."""
    date = _date(midnight_us)
    morning_us = midnight_us + DAY_US + 8 * HOUR_US
    hours = Span(from_us=midnight_us + 7 * HOUR_US, until_us=midnight_us + 18 * HOUR_US)
    patrol = _standing("JVT-T9", "patrol", (48.2500, -33.4000), hours)
    row = sheets.watch_row(patrol, (hours, "up", ""), zone(ZONE))
    late = _team_file(LATE_LOG, morning_us + 150 * MINUTE_US, sheets.patrol_log([row]))
    return [
        cue(
            Object(
                at_us=morning_us, by="TOR", form=FORM, date=date, wording=_OBJECTION, language="ru"
            )
        ),
        cue(late, Row(file=LATE_LOG, row=1, relation=Relation.COVERAGE, late=True)),
        cue(
            Correct(
                at_us=morning_us + 4 * HOUR_US,
                by=CENTRE,
                form=FORM,
                date=date,
                languages=LANGUAGES,
                because=LATE_LOG,
            )
        ),
    ]


def _standing(code: str, kind: str, place: tuple[float, float], duty: Span) -> Watcher:
    return Watcher(
        code=code,
        kind=kind,
        x_m=place[1] * M_PER_LON,
        y_m=place[0] * M_PER_LAT,
        reach_m=PATROL_REACH_M,
        sense="seen",
        spans=(duty,),
    )


def _date(midnight_us: int) -> str:
    return from_us(midnight_us, zone(ZONE)).date().isoformat()
