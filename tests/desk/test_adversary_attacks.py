"""Named attacks on what a party lawfully holds: none places a watcher finer than the policy.

And each is seen to succeed where what holds it back is taken away: an attack that cannot win
proves nothing.
"""

from pathlib import Path

import pytest
from benchmarks.adversary import INFORMED, SURE, Finding, Scene, measure, table

from tests.desk.test_slots import AT, centre, hand_in, pass_to, patrol
from truceline.desk.desk import Desk
from truceline.store.tables import WHOLE
from truceline.values.instant import MINUTE_US


@pytest.fixture(scope="module")
def desk(played: Path) -> Desk:
    """The played exercise, only read from."""
    desk = Desk.open(played)
    desk.refresh()
    return desk


def by_name(found: list[Finding]) -> dict[str, Finding]:
    """The findings by their attacks."""
    return {one.attack: one for one in found}


@pytest.mark.parametrize("party", ["TOR", "VEL"])
def test_no_sure_attack_beats_the_policy(desk: Desk, party: str) -> None:
    """Ten kilometres and a day, whatever one party lays side by side."""
    found = measure(Scene(desk=desk, reader=party))
    charter = desk.charter
    assert table(found).count(f"| {party} |") == len(found)
    assert {one.attack for one in found} >= {*SURE, *INFORMED}
    assert by_name(found)["rows: the cell and the day"].said > 40
    finer = [
        one for one in found if one.sure and one.beats(charter.sight_cell_m, charter.sight_hours)
    ]
    assert finer == []


def test_the_attacks_win_where_nothing_holds_them_back(desk: Desk) -> None:
    """With the staff's rows and the staff's incidents the very same attacks place people."""
    charter = desk.charter
    staff = by_name(measure(Scene(desk=desk, reader="CENTRE")))
    rows = staff["rows: the cell and the day"]
    assert rows.beats(charter.sight_cell_m, charter.sight_hours)
    assert (rows.radius_m, rows.hours) < (1_000, 1)
    assert staff["rows: their numbers"].beats(charter.sight_cell_m, charter.sight_hours)
    before = by_name(measure(Scene(desk=desk, reader="VEL", layer=WHOLE)))
    for attack in (
        "incidents: joined with an exact claim",
        "incidents: a result that is not there",
    ):
        assert before[attack].beats(charter.sight_cell_m, charter.sight_hours), attack


def test_without_slots_the_log_tells_the_minute_and_with_them_it_does_not(tmp_path: Path) -> None:
    """Who handed in, and when, stands in every leaf unless it goes through a slot."""
    hours = {}
    for minutes in (0, 15):
        desk = centre(tmp_path / str(minutes), slot_minutes=minutes)
        desk.clock.hold(AT + 4 * MINUTE_US)
        hand_in(desk, patrol(2))
        if minutes:
            pass_to(desk, AT + 15 * MINUTE_US)
        desk.refresh()
        found = by_name(measure(Scene(desk=desk, reader="VEL")))
        assert found["log: sizes of slots"].said == 0
        hours[minutes] = found["log: who handed in, and when"].hours
    assert hours[0] < 1
    assert hours[15] == float("inf")
