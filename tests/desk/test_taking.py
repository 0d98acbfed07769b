"""Bytes at the door: durable, known again, never doubled, never lost."""

from pathlib import Path

import pytest

from tests.desk.founded import centre, party_list
from truceline.desk.desk import Desk
from truceline.desk.errors import NothingTaken, NotPermitted
from truceline.desk.taking import Incoming, take


def incoming(raw: bytes, *, owner: str = "VEL") -> Incoming:
    """A party's list at the door."""
    return Incoming(source="party-list", name="april.csv", raw=raw, owner=owner, by=owner)


def claims_in(desk: Desk) -> int:
    """How many claims the tables hold at full grain."""
    desk.draw()
    return int(desk.tables.select("SELECT count(*) AS n FROM claims WHERE grain = 'full'")[0]["n"])


def test_a_file_taken_again_is_known_and_adds_nothing(tmp_path: Path) -> None:
    """The same bytes by the same source from the same owner are one file, however often sent."""
    desk = centre(tmp_path)
    raw = party_list(120)

    first = take(desk, incoming(raw))
    size = desk.log.head().size
    again = take(desk, incoming(raw))

    assert (first.taken, first.known) == (120, 0)
    assert (again.taken, again.known) == (0, 120)
    assert desk.log.head().size == size
    assert claims_in(desk) == 120


def test_the_same_bytes_from_the_other_party_are_another_word(tmp_path: Path) -> None:
    """Two parties may say the same; neither's list is swallowed by the other's."""
    desk = centre(tmp_path)
    raw = party_list(5)
    take(desk, incoming(raw))

    assert take(desk, incoming(raw, owner="TOR")).taken == 5
    assert claims_in(desk) == 10


def test_equal_rows_inside_a_file_are_each_taken(tmp_path: Path) -> None:
    """Identity is the file and the row, not what the row says: a party may list a thing twice."""
    desk = centre(tmp_path)
    header, row = party_list(1).splitlines(keepends=True)

    assert take(desk, incoming(header + row * 3)).taken == 3
    assert claims_in(desk) == 3


class Stopped(Exception):
    """The machine stops between two parts."""


def test_an_interrupted_file_is_completed_by_taking_it_again(tmp_path: Path) -> None:
    """Parts that were acknowledged are known; the rest is taken; nothing is doubled."""
    desk = centre(tmp_path)
    raw = party_list(100)

    def stop_after_60(done: int) -> None:
        if done >= 60:
            raise Stopped

    with pytest.raises(Stopped):
        take(desk, incoming(raw), stop_after_60, part_rows=20)
    assert claims_in(desk) == 60

    again = take(desk, incoming(raw), part_rows=30)

    assert (again.taken, again.known) == (40, 60)
    assert claims_in(desk) == 100
    assert take(desk, incoming(raw)).known == 100


def test_a_part_that_ends_where_the_file_ends_still_completes_it(tmp_path: Path) -> None:
    """Stopped after the last full part, the file is complete at the next taking."""
    desk = centre(tmp_path)
    raw = party_list(40)

    def stop_at_once(_done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        take(desk, incoming(raw), stop_at_once, part_rows=20)
    take(desk, incoming(raw), part_rows=20)

    assert claims_in(desk) == 40
    assert [(one.rows, one.complete) for one in desk.view("CENTRE").files()] == [(40, True)]


def test_one_broken_row_is_kept_with_its_reason_and_costs_no_other(tmp_path: Path) -> None:
    """What was not understood is evidence too: line, reason and the bytes themselves."""
    desk = centre(tmp_path)
    lines = party_list(10).splitlines(keepends=True)
    lines[4] = lines[4].replace(b"2026-04-01", b"2026-13-01")

    outcome = take(desk, incoming(b"".join(lines)))
    desk.draw()

    assert (outcome.taken, len(outcome.unreadable)) == (9, 1)
    kept = desk.view("CENTRE").unreadables()
    assert [(one.line, one.raw.rstrip()) for one in kept] == [(5, lines[4].rstrip())]
    assert "2026-13-01" in kept[0].reason


def test_a_source_nobody_knows_takes_nothing(tmp_path: Path) -> None:
    """The message names the sources there are."""
    desk = centre(tmp_path)
    size = desk.log.head().size

    with pytest.raises(NothingTaken, match="party-list"):
        take(desk, Incoming(source="rumour", name="x", raw=b"x", owner="VEL"))
    with pytest.raises(NothingTaken, match="not one byte"):
        take(desk, Incoming(source="party-list", name="x", raw=b"", owner="VEL"))
    with pytest.raises(NotPermitted, match="no seat"):
        take(desk, incoming(party_list(1), owner="XYZ"))
    assert desk.log.head().size == size
