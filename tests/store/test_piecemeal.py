"""However often a reader brought its tables up to date on the way, they end up the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.coordination.acts import ComplaintAnswered, RegisterEntered
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.ledger.log import Log
from truceline.store.assessing import assess_tables
from truceline.store.digests import common_digest, compartment_digests, table_digests
from truceline.store.drawing import draw
from truceline.store.fusing import fuse_tables
from truceline.store.tables import Tables
from truceline.values.instant import HOUR_US

# After each of these a proposal may change that rests on no new claim.
TURNS = ("window/opened", "window/completed", "window/refused", "register/entered")


def refreshed(path: Path, log: Log, stops: list[int]) -> Tables:
    """Tables brought up to date at each of these sizes of the log, and then to its head."""
    tables = Tables(path)
    for size in [*sorted(stops), log.head().size]:
        draw(tables, log, upto=size)
        fuse_tables(tables)
        assess_tables(tables, log)
    return tables


@pytest.fixture(scope="module")
def log(played: Path) -> Log:
    """The log of the fourteen days."""
    return Log.open(played)


@pytest.fixture(scope="module")
def whole(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Its tables, drawn at once."""
    return refreshed(tmp_path_factory.mktemp("whole") / "t.sqlite3", log, [])


def test_the_exercise_holds_what_makes_a_proposal_turn(log: Log, whole: Tables) -> None:
    """Windows that opened, records entered, a complaint accepted: else nothing would be tested."""
    kinds = [entry.kind for _, entry in log.entries()]
    assert all(kind in kinds for kind in TURNS)
    assert len(whole.select("SELECT DISTINCT verdict FROM proposals")) > 2
    assert whole.select("SELECT count(*) AS n FROM proposals")[0]["n"] > 400


def test_refreshing_after_every_turn_ends_where_drawing_at_once_does(
    log: Log, whole: Tables, tmp_path: Path
) -> None:
    """Claims, incidents, proposals and what they were worked out from: row for row."""
    stops = [index + 1 for index, entry in log.entries() if entry.kind in TURNS]
    pieces = refreshed(tmp_path / "t.sqlite3", log, stops)

    assert table_digests(pieces) == table_digests(whole)
    assert compartment_digests(pieces) == compartment_digests(whole)
    assert common_digest(pieces) == common_digest(whole)


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(1, 367), min_size=1, max_size=5))
def test_refreshing_wherever_it_was_stopped_ends_in_the_same_tables(
    log: Log, whole: Tables, tmp_path_factory: pytest.TempPathFactory, stops: list[int]
) -> None:
    """A reader that was away for a night or for a week reads the same as one that was not."""
    path = tmp_path_factory.mktemp("pieces") / "t.sqlite3"
    assert table_digests(refreshed(path, log, stops)) == table_digests(whole)


def test_a_complaint_that_is_accepted_turns_the_proposals_of_readers_old_and_new_alike(
    tmp_path: Path,
) -> None:
    """Nothing was claimed anew; what the accused said of it counts, and counts for everybody."""
    desk = centre(tmp_path)
    raw = party_list(6)
    take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner="VEL", by="VEL"))
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.refresh()
    before = proposals(desk)
    payload = ComplaintAnswered(complaint=number, stance="accepts", wording="One unit did.")
    acts.post_checked(desk, "TOR", "complaint/answered", payload)
    desk.refresh()

    assert proposals(desk) != before
    fresh = refreshed(tmp_path / "fresh.sqlite3", desk.log, [])
    assert table_digests(desk.tables) == table_digests(fresh)


def test_a_record_that_lifts_a_clause_turns_the_proposals_the_same_way(tmp_path: Path) -> None:
    """A suspension entered by the centre is read by whoever drew before it and after it."""
    desk = centre(tmp_path)
    take(
        desk, Incoming(source="party-list", name="l.csv", raw=party_list(6), owner="VEL", by="VEL")
    )
    desk.refresh()
    before = proposals(desk)
    at_us = desk.now_us() - 100 * HOUR_US
    record = RegisterEntered(type="suspend", at_us=at_us, clause="a1.fire", from_us=at_us)
    acts.enter_record(desk, "CENTRE", record)
    desk.refresh()

    fresh = refreshed(tmp_path / "fresh.sqlite3", desk.log, [])
    assert table_digests(desk.tables) == table_digests(fresh)
    assert proposals(desk) != before


def proposals(desk: Desk) -> list[tuple[object, ...]]:
    """What is proposed now."""
    return [tuple(row) for row in desk.tables.select("SELECT * FROM proposals ORDER BY 1, 2, 3")]
