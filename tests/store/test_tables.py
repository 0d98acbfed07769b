"""The tables file: torn, in use, or deleted, it costs a drawing and never a fact."""

import sqlite3
import threading
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from tests.desk.played import copy_of
from truceline.desk import acts
from truceline.desk.desk import TABLES, Desk
from truceline.desk.taking import Incoming, take
from truceline.store.digests import table_digests
from truceline.store.redrawing import redraw
from truceline.store.tables import Tables, TablesDamaged


def torn(path: Path, how: str) -> None:
    """Spoil a tables file as disks and people do."""
    raw = path.read_bytes()
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.write_bytes({
        "overwritten": b"this is no database" * 400,
        "cut short": raw[: len(raw) // 3],
        "zeroed inside": raw[:8192] + bytes(len(raw) - 8192),
    }[how])  # fmt: skip


@pytest.mark.parametrize("how", ["overwritten", "cut short", "zeroed inside"])
def test_a_torn_tables_file_is_named_and_a_redraw_brings_it_back(
    played: Path, tmp_path: Path, how: str
) -> None:
    """The message says what to run, and running it is enough."""
    folder = copy_of(played, tmp_path / "centre")
    desk = Desk.open(folder)
    desk.refresh()
    before = table_digests(desk.tables)
    desk.tables.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.close()
    torn(folder / TABLES, how)

    with pytest.raises(TablesDamaged, match="truceline redraw"):
        table_digests_of(folder)
    found = redraw(folder / TABLES, desk.log)

    assert not found.compared
    assert table_digests_of(folder) == before
    assert [path.name for path in (folder / "tables").glob("*.sqlite3")] == ["tables.sqlite3"]


def table_digests_of(folder: Path) -> dict[str, str]:
    """The digests of a centre's tables, as whoever opens it next finds them."""
    desk = Desk.open(folder)
    try:
        desk.refresh()
        for name in ("claims", "events", "incidents", "proposals"):
            desk.tables.select(f"SELECT * FROM {name}")
        return table_digests(desk.tables)
    finally:
        desk.close()


def test_whoever_has_the_tables_open_goes_on_with_the_redrawn_ones(tmp_path: Path) -> None:
    """A desk that serves pages is not left reading a file that is gone."""
    desk = centre(tmp_path)
    take(
        desk, Incoming(source="party-list", name="l.csv", raw=party_list(9), owner="VEL", by="VEL")
    )
    desk.refresh()
    before = table_digests(desk.tables)
    desk.tables.db.execute("UPDATE claims SET act = 'fire.artillery' WHERE row = 3")

    assert redraw(desk.folder / TABLES, desk.log).differing == ("claims",)

    assert table_digests(desk.tables) == before
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.refresh()
    assert len(desk.view().complaints()) == 1
    assert len(Desk.open(desk.folder, desk.clock).view().complaints()) == 1


def test_tables_deleted_at_any_hour_are_drawn_again(tmp_path: Path) -> None:
    """They may be thrown away without asking anybody."""
    desk = centre(tmp_path)
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.refresh()
    before = table_digests(desk.tables)
    desk.close()
    for path in (desk.folder / "tables").iterdir():
        if path.is_file():
            path.unlink()
    again = Desk.open(desk.folder, desk.clock)
    again.refresh()
    assert table_digests(again.tables) == before


def test_many_readers_refresh_at_once_and_agree(tmp_path: Path) -> None:
    """Requests, takings and a terminal draw side by side: none fails, and none doubles a row."""
    desk = centre(tmp_path)
    for owner in ("VEL", "TOR"):
        raw = party_list(25)
        take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=owner))
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.close()
    (desk.folder / TABLES).unlink()
    failed: list[BaseException] = []

    def reader() -> None:
        try:
            mine = Desk.open(desk.folder, desk.clock)
            for _ in range(3):
                mine.refresh()
            mine.close()
        except BaseException as problem:  # noqa: BLE001 - whatever it was, it is what is tested
            failed.append(problem)

    together = [threading.Thread(target=reader) for _ in range(5)]
    for one in together:
        one.start()
    for one in together:
        one.join()

    assert failed == []
    found = redraw(desk.folder / TABLES, desk.log)
    assert (found.compared, found.differing) == (True, ())


def test_two_who_judge_at_once_leave_each_proposal_once(tmp_path: Path) -> None:
    """Both worked out the same rows; the second to write must not stumble over the first."""
    desk = centre(tmp_path)
    take(
        desk, Incoming(source="party-list", name="l.csv", raw=party_list(9), owner="VEL", by="VEL")
    )
    desk.draw()
    desk.fuse()
    other = Tables(desk.folder / TABLES)
    desk.assess()
    rows = desk.tables.select("SELECT count(*) AS n FROM proposals")[0]["n"]
    other.set_meta("assessed_to", "")
    other.db.execute("DELETE FROM judged")  # as if it had looked before the first one wrote
    desk.assess()
    assert desk.tables.select("SELECT count(*) AS n FROM proposals")[0]["n"] == rows > 0


def test_a_row_under_a_key_that_is_taken_is_a_fault_and_not_damage(tmp_path: Path) -> None:
    """A bug of ours must not be answered with: draw them again."""
    tables = Tables(tmp_path / "t.sqlite3")
    row: dict[str, str | int | None] = {"key": "schema", "value": "x"}
    with pytest.raises(sqlite3.IntegrityError):
        tables.insert("meta", [row])
