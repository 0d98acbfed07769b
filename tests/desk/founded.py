"""A small exercise centre to test on: the invented agreement, an empty record, a clock held still."""

from pathlib import Path

from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.founding import Plan, found
from truceline.desk.terms import BesideTerms
from truceline.values.instant import parse_instant
from truceline.values.mode import Mode
from truceline.values.texts import Text

TERMS = Path(__file__).parents[2] / "agreements" / "exercise-velmark-torrin.yaml"
NIGHT = "2026-04-02T02:10[Atlantic/Azores]"

COMPLAINT = """\
from: VEL
ref: V-0412
date: 2026-04-02
time: 02:05
zone: Atlantic/Azores
position: 47.6912, -33.9440
error_m: 300
act: fire.mortar
count: at least 6
accused: TOR
text: Six mortar rounds beside the substation.
language: en
"""


def plan(mode: Mode = Mode.EXERCISE, *, slot_minutes: int = 0) -> Plan:
    """What the centre is to be. slot_minutes: none, so that what is taken is there to look at."""
    return Plan(
        names=Text("Azores Centre", "Азорський центр", "Азорский центр"),
        mode=mode,
        origin="truceline.example/azores",
        terms=TERMS.read_bytes(),
        terms_name=TERMS.name,
        files=BesideTerms(TERMS),
        guarantors=("ALD",),
        staff=("CENTRE", "JVT", "ALD"),
        slot_minutes=slot_minutes,
    )


def centre(folder: Path, at: str = NIGHT) -> Desk:
    """A fresh centre whose clock stands still."""
    clock = Clock()
    clock.hold(parse_instant(at))
    return found(folder / "centre", plan(), clock)


def party_list(rows: int) -> bytes:
    """A party's list of so many allegations, no two alike."""
    header = "ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"
    lines = [
        f"V-{n:05d},2026-04-01,{n // 60 % 24:02d}:{n % 60:02d},Atlantic/Azores,"
        f'"47.{3000 + n % 5000:04d}, -34.{1000 + n % 3000:04d}",WGS84,200,fire.mortar,{n % 7 + 1},TOR,'
        f'"Round {n} near the mill",en\n'
        for n in range(1, rows + 1)
    ]
    return (header + "".join(lines)).encode()
