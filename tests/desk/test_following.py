"""Following: a party's own copy of the record, drawn by itself and held against everyone else's."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.played import copy_of
from truceline.coordination.adopted import ModelAdopted
from truceline.desk.centre import refuse_replica
from truceline.desk.couriers.holders import holder
from truceline.desk.desk import TABLES, Desk
from truceline.desk.errors import CentreRefused
from truceline.desk.following import Follower, Passed, state_own
from truceline.ledger.audit import fsck
from truceline.ledger.store import blob_path
from truceline.store.digests import common_digest, readable_digests
from truceline.store.model import MODEL, PARTS
from truceline.store.tables import Tables
from truceline.values.audience import PUBLIC, may_read

NOW_US = 1_775_000_000_000_000


def folder_of(tmp_path: Path, centre: Path, code: str) -> Path:
    """A party's replica folder, with the keys the party brings."""
    folder = tmp_path / code
    (folder / "keys").mkdir(parents=True)
    for key in (centre / "keys").glob(f"{code}*"):
        shutil.copy2(key, folder / "keys")
    return folder


def follow(
    folder: Path, centre: Path, code: str, blob: Callable[[str], bytes | None] | None = None
) -> Passed:
    """One pass of a party's replica."""
    follower = Follower.open(folder, (centre / "trust").read_bytes(), code)
    source = holder(str(centre))
    return follower.run(source if blob is None else replace(source, blob=blob), NOW_US)


def common(folder: Path) -> str:
    """The digest of what every party may read, in a folder's tables."""
    tables = Tables(folder / TABLES)
    try:
        return common_digest(tables)
    finally:
        tables.close()


@pytest.fixture
def centre(played: Path, tmp_path: Path) -> Path:
    """A centre that was played, and has stated what its tables come to."""
    folder = copy_of(played, tmp_path / "centre")
    desk = Desk.open(folder)
    assert state_own(desk) is not None
    assert state_own(desk) is None
    desk.close()
    return folder


def test_two_parties_draw_alike_what_both_may_read(centre: Path, tmp_path: Path) -> None:
    """Each from its own copy and by its own machine: the same tables as the centre's."""
    for code in ("VEL", "TOR"):
        passed = follow(folder_of(tmp_path, centre, code), centre, code)
        assert passed.ok, (passed.lacking[:3], passed.differs)
        assert passed.stated[-1] == Desk.open(centre).head().size
    assert common(tmp_path / "VEL") == common(tmp_path / "TOR") == common(centre)


def test_a_party_holds_nothing_of_a_compartment_it_is_not_in(centre: Path, tmp_path: Path) -> None:
    """What monitors report is not fetched by VEL, so not even a coarse row can be drawn there."""
    follow(folder_of(tmp_path, centre, "VEL"), centre, "VEL")
    theirs, own = Tables(centre / TABLES), Tables(tmp_path / "VEL" / TABLES)
    query = "SELECT DISTINCT compartment FROM claims ORDER BY 1"
    everywhere = [row["compartment"] for row in theirs.select(query)]
    held = [row["compartment"] for row in own.select(query)]
    assert held == [name for name in everywhere if may_read("VEL", name)]
    assert held != everywhere
    assert set(readable_digests(own, "VEL")) <= {"ALL", "PUBLIC"} | set(held)


@pytest.mark.parametrize("table", ["events", "claims"])
def test_a_row_changed_at_the_centre_is_named(centre: Path, tmp_path: Path, table: str) -> None:
    """Its next statement gives it away: whose tables, which table, which compartment, since when."""
    follow(folder_of(tmp_path, centre, "VEL"), centre, "VEL")
    before = Desk.open(centre).head().size
    desk = Desk.open(centre)
    row = f"SELECT min(entry) FROM {table} WHERE compartment = 'ALL'"
    desk.tables.db.execute(f"UPDATE {table} SET owner = 'ALD' WHERE entry = ({row})")
    desk.post("model/adopted", "CENTRE", model())
    assert state_own(desk) is not None

    (differs,) = follow(tmp_path / "VEL", centre, "VEL").differs

    assert (differs.by, differs.alike_at, differs.at) == ("CENTRE", before, before + 1)
    assert differs.tables == (("ALL", table),)
    assert (
        differs.line()
        == f"CENTRE differs at size {before + 1}, and was alike at {before}: {table} (ALL)"
    )


def model() -> ModelAdopted:
    """Another entry everyone may read."""
    return ModelAdopted(model=MODEL, parts=PARTS)


def test_a_replica_whose_own_tables_were_changed_says_so_of_itself(
    centre: Path, tmp_path: Path
) -> None:
    """Before anybody else is named our own tables are drawn again, and put right."""
    folder = folder_of(tmp_path, centre, "VEL")
    follow(folder, centre, "VEL")
    tables = Tables(folder / TABLES)
    tables.db.execute(
        "DELETE FROM events WHERE entry = (SELECT max(entry) FROM events WHERE compartment = 'ALL')"
    )
    tables.close()
    desk = Desk.open(centre)
    desk.post("model/adopted", "CENTRE", model())
    state_own(desk)

    passed = follow(folder, centre, "VEL")

    assert passed.mended == ("events (ALL)",)
    assert not passed.differs
    assert common(folder) == common(centre)


def test_a_blob_the_source_gives_wrong_is_named_and_fetched_when_it_is_right(
    centre: Path, tmp_path: Path
) -> None:
    """Nothing is stated while something is lacking, and what came late is drawn after all."""
    folder = folder_of(tmp_path, centre, "TOR")
    right = holder(str(centre)).blob
    at, target = next(
        (index, entry.payload)
        for index, entry in Desk.open(centre).log.entries(3)
        if entry.payload and entry.audience == "ALL"
    )

    def blob(address: str) -> bytes | None:
        raw = right(address)
        return raw and raw[:-1] + bytes([raw[-1] ^ 1]) if address == target.blob else raw

    passed = follow(folder, centre, "TOR", blob=blob)

    (lacking,) = passed.lacking
    assert (lacking.entry, lacking.ref.blob, lacking.wrong) == (at, target.blob, True)
    assert "gives other bytes" in lacking.line("the centre")
    assert passed.stated == ()
    assert not (folder / blob_path(target.blob)).exists()

    assert follow(folder, centre, "TOR").ok
    assert common(folder) == common(centre)


def test_nobody_in_particular_holds_what_is_public(centre: Path, tmp_path: Path) -> None:
    """An outsider may follow as well: the whole log, and of the payloads those for everyone."""
    passed = follow(tmp_path / "outsider", centre, PUBLIC)
    assert not passed.lacking
    assert passed.stated == ()
    tables = Tables(tmp_path / "outsider" / TABLES)
    assert not tables.select("SELECT 1 FROM claims WHERE compartment <> 'PUBLIC' LIMIT 1")


def test_every_byte_of_a_replica_is_explained(centre: Path, tmp_path: Path) -> None:
    """The folder of a replica passes the same check as a centre's."""
    follow(folder_of(tmp_path, centre, "VEL"), centre, "VEL")
    found = fsck(tmp_path / "VEL")
    assert [p for p in found.problems if "missing" not in p.found] == []


def test_a_replica_opens_for_reading_and_takes_no_act(centre: Path, tmp_path: Path) -> None:
    """Pages can be read from it; whoever tries to add to it is told where acts are done."""
    folder = folder_of(tmp_path, centre, "VEL")
    follow(folder, centre, "VEL")
    desk = Desk.open(folder)
    desk.refresh()
    assert desk.view("VEL").entries(0, 5)
    with pytest.raises(CentreRefused, match="is a replica"):
        desk.post("model/adopted", "VEL", model())
    with pytest.raises(CentreRefused, match="is a replica"):
        refuse_replica(folder)
    refuse_replica(centre)


def test_a_copy_remembers_whose_it_is(centre: Path, tmp_path: Path) -> None:
    """A pass made without saying who follows must not read, and state, as a stranger would."""
    folder, trust = folder_of(tmp_path, centre, "VEL"), (centre / "trust").read_bytes()
    assert Follower.open(folder_of(tmp_path, centre, "TOR"), trust).reader == PUBLIC
    follow(folder, centre, "VEL")
    assert Follower.open(folder, None).reader == "VEL"
    assert Follower.open(folder, None, "ALD").reader == "ALD"
    assert Follower.open(folder, None).reader == "ALD"
    assert fsck(folder).ok
