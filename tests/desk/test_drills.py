"""Drills: who cheats is named, by what somebody else holds; and nothing of it touches the centre."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.desk.founded import centre, plan
from tests.desk.played import copy_of
from truceline.desk import founding
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.drills import flip_drill, rewrite_drill, sight_drill
from truceline.desk.errors import ActRefused
from truceline.values.instant import DAY_US
from truceline.values.mode import Mode


@pytest.fixture(scope="module")
def desk(played: Path) -> Desk:
    """The played exercise, only read from."""
    return Desk.open(played)


def bytes_of(folder: Path) -> dict[str, str]:
    """Every stored byte of a centre but the tables', by file."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "tables"
    }


def signed_by_the_desk(desk: Desk) -> list[int]:
    """Entries the desk signed, with a payload another could be put under."""
    return [
        index for index, entry in desk.log.entries() if entry.author == "desk" and entry.payload
    ]


@pytest.mark.parametrize("share", [0, 3, 7, 10])
def test_the_other_partys_copy_names_exactly_the_rewritten_entry(desk: Desk, share: int) -> None:
    """A stranger alone finds nothing; whoever kept a copy names the entry, and the key signed both."""
    chosen = signed_by_the_desk(desk)
    index = chosen[(len(chosen) - 1) * share // 10]

    drill = rewrite_drill(desk, index)

    assert (drill.rewritten, drill.kind) == (index, desk.log.entry(index).kind)
    assert drill.alone == ()
    assert (drill.named, drill.both_signed) == (index, True)
    assert drill.found


def test_by_default_yesterdays_entry_is_rewritten(desk: Desk) -> None:
    """The last one the desk signed a day or more before the newest."""
    drill = rewrite_drill(desk)
    newest_us = desk.log.entry(drill.size - 1).claimed_us
    assert drill.rewritten == drill.named
    assert desk.log.entry(drill.rewritten).claimed_us <= newest_us - DAY_US


def test_an_entry_that_cannot_be_rewritten_is_refused_in_words(desk: Desk) -> None:
    """Not one that is not there, nor another author's, whose key the centre has no business with."""
    size = desk.log.head().size
    partys = next(index for index, entry in desk.log.entries() if entry.author == "VEL")
    for index in (-1, size, partys):
        with pytest.raises(ActRefused, match="rewrit"):
            rewrite_drill(desk, index)


def test_a_young_record_has_no_yesterday(tmp_path: Path) -> None:
    """Said in words, not shown as an empty drill."""
    with pytest.raises(ActRefused, match="no yesterday"):
        rewrite_drill(centre(tmp_path))


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.REPLAY])
def test_only_in_an_exercise_is_a_second_history_signed(tmp_path: Path, mode: Mode) -> None:
    """A forged head under a live log's own key would be evidence against the centre for ever."""
    held = founding.found(tmp_path / "centre", plan(mode), Clock())
    with pytest.raises(ActRefused, match="exercise"):
        rewrite_drill(held, 1)


@pytest.mark.parametrize("back", [1, 2, 12, 25, 60, 103, 104, 200, 359])
def test_a_flipped_bit_is_named_by_file_and_entry(desk: Desk, back: int) -> None:
    """`verify` alone finds it, also where older partial bundles hold the same entry still."""
    index = max(0, desk.log.head().size - back)
    drill = flip_drill(desk, index)
    assert index in drill.named
    assert len(set(drill.named) - {None}) == 1
    assert any(drill.file in line and f"entry {index}" in line for line in drill.lines)


def test_drills_leave_the_centre_as_it_was_to_the_byte(played: Path, tmp_path: Path) -> None:
    """They work on copies, and clean up after themselves."""
    folder = copy_of(played, tmp_path / "centre")
    before = bytes_of(folder)
    desk = Desk.open(folder)
    rewrite_drill(desk)
    flip_drill(desk, 5)
    for reader in desk.charter.party_codes:
        sight_drill(desk, reader)
    desk.close()
    assert bytes_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["centre"]


@pytest.mark.parametrize("reader", ["VEL", "TOR"])
def test_neither_party_sees_the_monitors_finer_than_the_policy(desk: Desk, reader: str) -> None:
    """Every row it may read, statements and stretches of watching alike, is a cell and a day wide."""
    drill = sight_drill(desk, reader)
    assert drill.kept
    assert len(drill.rows) > 40
    assert drill.held >= len(drill.rows)
    assert drill.finest_m is not None
    assert drill.finest_m >= drill.policy_m == 10_000
    assert drill.finest_us is not None
    assert drill.finest_us >= 23 * DAY_US // 24
    assert any("#" in row.claim and row.about == "coverage" for row in drill.rows)
    assert any(row.about == "claim" for row in drill.rows)


def spoilt(played: Path, to: Path, table: str, cells: str, *values: object) -> Desk:
    """A copy in whose tables one monitor's row, of those with a place, says more than it may."""
    desk = Desk.open(copy_of(played, to))
    desk.refresh()
    (row,) = desk.tables.select(
        f"""SELECT entry, row FROM {table} WHERE owner = 'JVT' AND grain = 'coarse'
            AND place LIKE '%lat_e7%' ORDER BY entry, row LIMIT 1"""
    )
    where = "entry = ? AND row = ? AND grain = 'coarse'"
    desk.tables.db.execute(
        f"UPDATE {table} SET {cells} WHERE {where}", (*values, row["entry"], row["row"])
    )
    return desk


@pytest.mark.parametrize("table", ["claims", "coverage"])
def test_the_drill_fails_when_one_row_of_a_monitor_is_shown_as_it_came(
    played: Path, tmp_path: Path, table: str
) -> None:
    """A drill that cannot fail would promise what nobody checked."""
    desk = Desk.open(copy_of(played, tmp_path / "centre"))
    desk.refresh()
    assert sight_drill(desk, "TOR").kept
    desk.tables.db.execute(
        f"""UPDATE {table} SET audience = 'ALL' WHERE (entry, row, grain) =
            (SELECT entry, row, grain FROM {table} WHERE owner = 'JVT' AND grain = 'full'
             AND place LIKE '%lat_e7%' ORDER BY entry, row LIMIT 1)"""
    )
    drill = sight_drill(desk, "TOR")
    assert not drill.kept
    assert (drill.finest_m or 0) < 10_000 or table == "coverage"


FINER = {
    "a place beside the middle of its cell": (
        "claims",
        """place = replace(place, '"lat_e7":4', '"lat_e7":5')""",
    ),
    "a smaller circle": ("claims", """place = replace(place, '"a_m":12', '"a_m":')"""),
    "an hour of the day": ("claims", "until_us = from_us + 3600000000"),
    "the hour of receipt": ("coverage", "known_us = known_us + 3600000000"),
    "an own position": ("claims", "observer = place"),
}


@pytest.mark.parametrize("leak", FINER)
def test_the_drill_fails_on_each_thing_that_places_a_watcher(
    played: Path, tmp_path: Path, leak: str
) -> None:
    """Place, size, time, receipt and own position are each measured, not assumed."""
    table, cells = FINER[leak]
    assert not sight_drill(spoilt(played, tmp_path / "centre", table, cells), "TOR").kept
