"""Who may read what: default deny, and nothing of a watcher finer than the policy, or sooner."""

from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.claims.coarse import snap
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.values.instant import DAY_US, HOUR_US, Span, parse_instant
from truceline.values.place import Place

STAFF = ("CENTRE", "JVT", "ALD")
STRANGERS = ("VEL", "TOR")
CUTOFF = parse_instant("2026-04-02T19:30[Atlantic/Azores]")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A centre with a complaint, a party's list, a patrol's log and a camera that was down."""
    desk = centre(tmp_path_factory.mktemp("seen"))
    acts.file_complaint(desk, "VEL", COMPLAINT)
    take(
        desk, Incoming(source="party-list", name="l.csv", raw=party_list(20), owner="TOR", by="TOR")
    )
    examples = Path(__file__).parents[1] / "golden" / "sources"
    patrol = next(
        path for path in sorted((examples / "patrol-log").iterdir()) if path.suffix == ".csv"
    )
    take(
        desk,
        Incoming(source="patrol-log", name="p.csv", raw=patrol.read_bytes(), owner="JVT", by="JVT"),
    )
    desk.refresh()
    return desk


def watched(desk: Desk, reader: str, as_of_us: int) -> list[object]:
    """The monitors' claims a reader sees at an instant."""
    rows = desk.view(reader, as_of_us).all_claims()
    return [row for row in rows if row.claim.origin.owner == "JVT"]


FAR = CUTOFF + 400 * DAY_US


def test_staff_read_all_that_monitors_report_at_once(desk: Desk) -> None:
    """Those who must act on a report see it as it came."""
    for reader in STAFF:
        rows = watched(desk, reader, desk.now_us())
        assert rows
        assert not any(row.coarse for row in rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("reader", STRANGERS)
def test_a_party_sees_no_watcher_finer_than_the_policy(desk: Desk, reader: str) -> None:
    """A cell and a reporting day, no own position, no words, no name of the watcher."""
    sight = desk.charter.sight
    rows = watched(desk, reader, FAR)
    assert rows
    for row in rows:
        said = row.claim.said  # type: ignore[attr-defined]
        assert row.coarse  # type: ignore[attr-defined]
        assert (said.observer, said.wording, said.ref, said.speaker) == (None, "", "", "JVT")
        if isinstance(said.place, Place):
            assert 2 * said.place.a_m >= sight.cell_m
            assert (said.place.lat_e7, said.place.lon_e7) == (
                snap(said.place, sight).lat_e7, snap(said.place, sight).lon_e7,
            )  # fmt: skip
        if isinstance(said.span, Span):
            assert said.span.length_us >= 23 * HOUR_US


@pytest.mark.parametrize("reader", STRANGERS)
def test_nothing_of_a_watcher_appears_before_its_day_has_ended(desk: Desk, reader: str) -> None:
    """The moment something is shown would say when it was, so all of a day is shown together."""
    known = {row.claim.origin.known_us for row in desk.view("CENTRE").all_claims()}
    assert max(known) < CUTOFF
    assert watched(desk, reader, CUTOFF - 1) == []
    assert watched(desk, reader, FAR)


@pytest.mark.parametrize("reader", STRANGERS)
def test_the_public_reads_no_row_that_was_not_released(desk: Desk, reader: str) -> None:
    """Default deny: what no act released to the public, the public does not see."""
    assert reader
    view = desk.view("PUBLIC", FAR)
    assert view.all_claims() == []
    assert view.coverage(0, FAR) == []
    assert view.incidents() == []
    assert view.complaints() == ()
    assert view.files() == []
    assert view.unreadables() == []


def test_a_party_reads_its_own_words_in_full_and_the_others_coarse(desk: Desk) -> None:
    """What a party told the centre it gets back exactly; the other side gets the cell."""
    own = [row for row in desk.view("TOR").all_claims() if row.claim.origin.owner == "TOR"]
    other = [row for row in desk.view("VEL").all_claims() if row.claim.origin.owner == "TOR"]
    assert len(own) == len(other) == 20
    assert not any(row.coarse for row in own)
    assert all(row.coarse and row.claim.said.wording == "" for row in other)


def test_a_complaint_reaches_the_other_side_at_once_in_its_own_words(desk: Desk) -> None:
    """Nobody can answer a complaint that is kept from them."""
    seen = desk.view("TOR").complaints()
    assert [one.number for one in seen] == ["C-0001"]
    claim = desk.view("TOR").claims([seen[0].claim_id])[0]
    assert claim.claim.said.wording.startswith("Six mortar rounds")
    place = claim.claim.said.place
    assert isinstance(place, Place)
    assert 2 * place.a_m >= desk.charter.sight_cell_m


def test_an_incident_shows_a_stranger_no_claim_it_may_not_see_nor_that_there_is_one(
    desk: Desk,
) -> None:
    """Before the cut-off the same incident reads as if no monitor had reported."""
    for reader in STRANGERS:
        view = desk.view(reader, CUTOFF - 1)
        for row in view.incidents(limit=1_000):
            owners = {one.claim.origin.owner for one in view.claims(row.claims)}
            assert owners <= {"VEL", "TOR"}
            assert not hasattr(row, "hidden")
