"""Who may hand in what, for whom to read, and what two takings at once do."""

import threading
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.doors import door
from truceline.desk.errors import NothingTaken, NotPermitted
from truceline.desk.taking import Incoming, take
from truceline.ledger.audit import fsck
from truceline.values.instant import parse_instant


def clocked(at: str) -> Clock:
    """A clock that stands still at an instant."""
    clock = Clock()
    clock.hold(parse_instant(at))
    return clock


def test_a_party_cannot_hand_in_material_as_the_monitors(tmp_path: Path) -> None:
    """A party's word that passes for a monitor's would corroborate the party's own claims."""
    desk = centre(tmp_path)
    size = desk.log.head().size
    for owner in ("JVT", "VEL", "CENTRE"):
        raw = party_list(3)
        given = Incoming(source="party-list", name="night.csv", raw=raw, owner=owner, by="TOR")
        with pytest.raises(NotPermitted, match="itself or the centre may"):
            take(desk, given)
    assert desk.log.head().size == size


def test_what_the_centre_passes_on_says_whose_word_it_is(tmp_path: Path) -> None:
    """A list brought on paper is entered by the centre, and stays the party's own word."""
    desk = centre(tmp_path)
    take(desk, Incoming(source="party-list", name="paper.csv", raw=party_list(2), owner="VEL"))

    entry = desk.log.entry(desk.log.head().size - 1)
    assert (entry.author, entry.on_behalf_of) == ("desk", "CENTRE")
    desk.draw()
    assert {row.claim.origin.owner for row in desk.view().all_claims()} == {"VEL"}
    assert all(row.claim.origin.interested for row in desk.view().all_claims())


@pytest.mark.parametrize("acl", ["VLE", "all", "CENTRE+VLE", "CENTRE+", "+"])
def test_readers_nobody_knows_are_refused_before_anything_is_kept(tmp_path: Path, acl: str) -> None:
    """A slip in a code would lock everybody out of a report for ever, and nobody would notice."""
    desk = centre(tmp_path)
    size = desk.log.head().size
    given = Incoming(source="party-list", name="l.csv", raw=party_list(1), owner="VEL", acl=acl)
    with pytest.raises(NothingTaken, match="known are ALD, ALL"):
        take(desk, given)
    assert desk.log.head().size == size


def test_readers_have_one_spelling_in_the_record(tmp_path: Path) -> None:
    """However they are given, sorted and each once: a compartment is told by its spelling."""
    desk = centre(tmp_path)
    raw = party_list(1)
    given = Incoming(source="party-list", name="l.csv", raw=raw, owner="VEL", acl="VEL+CENTRE+VEL")
    outcome = take(desk, given)
    assert desk.log.entry(outcome.entries[0]).acl == "CENTRE+VEL"


def test_many_takings_of_one_file_at_once_take_it_once(tmp_path: Path) -> None:
    """Two officers, one mail attachment, one second: one of them takes it, the others know it."""
    folder = centre(tmp_path).folder
    raw = party_list(40)
    outcomes: list[tuple[int, int]] = []

    def officer() -> None:
        desk = Desk.open(folder, clocked("2026-04-02T08:00Z"))
        given = Incoming(source="party-list", name="l.csv", raw=raw, owner="VEL", by="VEL")
        outcome = take(desk, given, part_rows=10)
        outcomes.append((outcome.taken, outcome.known))
        desk.close()

    together = [threading.Thread(target=officer) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()

    assert sorted(outcomes) == [(0, 40)] * 3 + [(40, 0)]
    assert fsck(folder).ok


def test_a_door_lets_one_through_at_a_time_however_many_come_and_go(tmp_path: Path) -> None:
    """Who waited at a door that was taken away waits at the new one, not beside it."""
    inside, most, rounds = 0, 0, 0
    count = threading.Lock()

    def pass_through() -> None:
        nonlocal inside, most, rounds
        for _ in range(150):
            with door(tmp_path, "one"):
                with count:
                    inside += 1
                    most = max(most, inside)
                    rounds += 1
                with count:
                    inside -= 1

    together = [threading.Thread(target=pass_through) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()

    assert (most, rounds) == (1, 600)


def test_a_taking_that_was_killed_leaves_nothing_that_looks_like_damage(tmp_path: Path) -> None:
    """What a door leaves behind stands outside what `fsck` explains."""
    desk = centre(tmp_path)
    with door(desk.folder, "taking-0123456789abcdef"):
        assert fsck(desk.folder).ok


def test_a_complaint_that_speaks_for_the_other_side_stays_the_words_of_who_filed_it(
    tmp_path: Path,
) -> None:
    """`from: TOR` in a form that Velmark files is Velmark passing on, not Torrin speaking."""
    desk = centre(tmp_path)
    raw = COMPLAINT.replace("from: VEL", "from: TOR").encode()
    take(desk, Incoming(source="complaint", name="c.txt", raw=raw, owner="VEL", by="VEL"))
    desk.draw()
    (row,) = desk.view().all_claims()
    assert (row.claim.said.speaker, row.claim.said.chain) == ("VEL", ("VEL", "TOR"))
    assert row.claim.source_key == "party:VEL"
