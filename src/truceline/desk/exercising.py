"""Found an exercise centre on the invented map and play a script into it."""

from collections.abc import Callable
from pathlib import Path

import msgspec

import truceline
from truceline.coordination.charter import Part
from truceline.desk.centre import read_settings, write_settings
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.desk.founding import Plan, found
from truceline.desk.playing import play
from truceline.desk.terms import BesideTerms
from truceline.exercise.script import Step
from truceline.exercise.world import CENTRE, GUARANTOR, SECTORS, TEAM, world_geojson
from truceline.values.instant import HOUR_US, MINUTE_US
from truceline.values.mode import Mode
from truceline.values.place import E7
from truceline.values.texts import LANGUAGES, Text

AGREEMENT = "exercise-velmark-torrin.yaml"
ORIGIN = "truceline.example/exercise"
NAMES = Text("Lyth Sound Centre", "Центр «Протока Літ»", "Центр «Пролив Лит»")


def agreements() -> Path:
    """Where the agreements shipped with Truceline are: in the package, or beside a checkout."""
    package = Path(truceline.__file__).parent
    for folder in (package / "agreements", package.parents[1] / "agreements"):
        if folder.is_dir():
            return folder
    raise CentreRefused("the agreements shipped with Truceline are not there; install it again")


def hold_exercise(
    folder: Path, steps: list[Step], progress: Callable[[int], None] = lambda _done: None
) -> Desk:
    """Found an exercise centre, play the steps, and set its clock to go on from the last one."""
    clock = Clock()
    clock.hold(steps[0].at_us - HOUR_US)
    desk = found(folder, _plan(), clock)
    ended_us = play(desk, steps, progress)
    settings = read_settings(folder)
    write_settings(
        folder, msgspec.structs.replace(settings, exercise_from_us=ended_us + 5 * MINUTE_US)
    )
    desk.refresh()
    desk.close()
    return Desk.open(folder)


def is_held(folder: Path) -> bool:
    """Whether a folder holds an exercise that was played to its end."""
    settings = read_settings(folder)
    return settings.mode is Mode.EXERCISE and settings.exercise_from_us is not None


def _plan() -> Plan:
    terms = agreements() / AGREEMENT
    return Plan(
        names=NAMES,
        mode=Mode.EXERCISE,
        origin=ORIGIN,
        terms=terms.read_bytes(),
        terms_name=terms.name,
        files=BesideTerms(terms),
        guarantors=(GUARANTOR,),
        staff=(CENTRE, TEAM, GUARANTOR),
        areas=tuple(
            Part(
                code=sector.code,
                names={language: sector.name.in_(language) for language in LANGUAGES},
                ring=tuple((round(lon * E7), round(lat * E7)) for lon, lat in sector.ring),
            )
            for sector in SECTORS
        ),
        map=msgspec.json.encode(world_geojson()),
    )
