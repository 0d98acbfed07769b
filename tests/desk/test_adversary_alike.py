"""Two records that differ only in what the policy hides look alike to a party, in all it can see.

A patrol that stood elsewhere in its cell, at another hour of the day, and handed its log in at
another hour: nothing a party holds may tell the one record from the other. So no attack, of any
cleverness, finds more than what the rows themselves say.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT
from tests.desk.test_slots import HEADER, centre, hand_in, pass_to
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.snapshots import snapshot
from truceline.values.audience import ALL
from truceline.values.instant import HOUR_US, parse_instant

MORNING = parse_instant("2026-04-02T08:00[Atlantic/Azores]")
DATE = "2026-04-02"
SLOT_MINUTES = 360
BLIND = re.compile(r"[0-9]{12}#[0-9]{1,3}|entry=[0-9]{12}, row=[0-9]{1,3}")
KEY = re.compile(r"voice:[0-9a-f]{16}")
COVER = (
    "watcher,kind,date,time,until,position,reach_m,state,reason,wording\n"
    'CAM-1,camera,2026-04-02,{from_h}:00,{until_h}:00,"{lat}, -33.9410",3000,up,,\n'
)


def log(lat: str, at: str, count: str = "at least 4") -> bytes:
    """A patrol's log: where it stood, when it heard, what."""
    row = (
        f'observed,NIGHT-HAWK,2026-04-02,{at},,"{lat}, -33.9512",010,1000,1200,heard,explosion,'
        f"undetermined,{count},,,Dull reports to the north\n"
    )
    return (HEADER + row).encode()


def told(folder: Path, *, lat: str, at: str, handed_in_h: int, cover: tuple[int, int]) -> Desk:
    """One day: a complaint of the night, and what the team noticed, handed in at some hour."""
    desk = centre(folder, MORNING, slot_minutes=SLOT_MINUTES)
    acts.file_complaint(desk, "VEL", COMPLAINT, language="en")
    for hour in range(1, 30):
        now_us = MORNING + hour * HOUR_US
        pass_to(desk, now_us - 1)
        desk.clock.hold(now_us)
        if hour == handed_in_h:
            hand_in(desk, log(lat, at))
            raw = COVER.format(from_h=cover[0], until_h=cover[1], lat=lat).encode()
            hand_in(desk, raw, source="coverage")
    desk.refresh()
    return desk


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """Two records, alike but for what is hidden: 4 km, nine hours, and the hour of handing in."""
    folder = tmp_path_factory.mktemp("alike")
    return (
        told(folder / "one", lat="47.7005", at="02:06", handed_in_h=2, cover=(10, 12)),
        told(folder / "other", lat="47.7405", at="11:40", handed_in_h=9, cover=(12, 17)),
    )


def masked(value: object) -> str:
    """What a party reads, without numbers and keys that are drawn from secret salts."""
    return KEY.sub("voice", BLIND.sub("blind", repr(value)))


def rows(desk: Desk, reader: str, at_us: int) -> list[str]:
    """Everything a view says to a reader at an instant."""
    view = desk.view(reader, at_us)
    incidents = view.incidents(limit=1_000)
    said: list[object] = [
        *view.all_claims(), *view.coverage(0, 2**62), *incidents,
        *(view.links(one.id) for one in incidents), *(view.proposals(one.id) for one in incidents),
        *(view.incident_of(claim) for one in incidents for claim in one.claims),
        view.complaints(), view.windows(), view.files(), view.unreadables(), view.acts(""),
    ]  # fmt: skip
    return sorted(map(masked, said))


@pytest.mark.parametrize("reader", ["TOR", "VEL"])
def test_no_row_of_any_hour_tells_two_such_records_apart(
    pair: tuple[Desk, Desk], reader: str
) -> None:
    """Claims, coverage, incidents, links, results, complaints, asked at every hour of two days."""
    one, other = pair
    for hour in range(40):
        at_us = MORNING + hour * HOUR_US
        assert rows(one, reader, at_us) == rows(other, reader, at_us)
    told_of = [row for row in one.view(reader, MORNING + 40 * HOUR_US).all_claims() if row.coarse]
    assert any(row.claim.origin.owner == "JVT" for row in told_of)


def test_no_leaf_of_the_log_tells_them_apart(pair: tuple[Desk, Desk]) -> None:
    """Kinds, authors, roles, readers, references, size classes and times, entry by entry."""
    leaves = [
        [
            (entry.kind, entry.author, entry.on_behalf_of, entry.acl, entry.seq, len(entry.refs),
             entry.claimed_us, entry.seen.size, entry.payload and entry.payload.size // 1024,
             entry.payload and entry.payload.enc)
            for _, entry in desk.log.entries()
        ]
        for desk in pair
    ]  # fmt: skip
    assert leaves[0] == leaves[1]
    assert sum(leaf[0] == "report/slot" for leaf in leaves[0]) >= 4


def test_no_bulletin_tells_them_apart(pair: tuple[Desk, Desk]) -> None:
    """Not a count, a verdict, a level or a line, in the edition all parties read."""
    said = []
    for desk in pair:
        frozen = snapshot(desk, DATE, ALL)
        # How long an area was watched is told by the sum (ADR 0061), and differs by three hours.
        said.append(masked(replace(frozen, root="", coverage=(), previous_coverage=())))
    assert said[0] == said[1]


def test_the_staff_can_tell_them_apart(pair: tuple[Desk, Desk]) -> None:
    """Or there would be nothing to hide, and the comparison could not fail."""
    one, other = pair
    at_us = MORNING + 40 * HOUR_US
    assert rows(one, "JVT", at_us) != rows(other, "JVT", at_us)
    whole = [desk.view("JVT", at_us).incidents(limit=1_000) for desk in pair]
    assert len(whole[0]) != len(whole[1]) or whole[0] != whole[1]
