"""Forgetting by agreement: the words go, everywhere they were; the record stays whole."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.desk.founded import COMPLAINT, NIGHT, centre, party_list
from tests.desk.test_sealed_centre import blobs
from truceline.desk import acts, erasing
from truceline.desk.centre import read_settings, write_settings
from truceline.desk.couriers.holders import holder
from truceline.desk.desk import TABLES, Desk
from truceline.desk.errors import ActRefused
from truceline.desk.following import Follower, state_own
from truceline.desk.officers import begin, countersign, standing, submit
from truceline.desk.taking import Incoming, take
from truceline.ledger.audit import fsck, verify
from truceline.ledger.errors import Refused
from truceline.ledger.keys import Signer, load
from truceline.ledger.log import Log
from truceline.ledger.seal import references
from truceline.ledger.store import blob_path
from truceline.store.digests import common_digest, table_digests
from truceline.store.drawing import draw
from truceline.store.redrawing import redraw
from truceline.store.tables import Tables
from truceline.values.instant import HOUR_US, parse_instant

REASON = "A witness is named; both parties agree."
OFFICERS = ("VEL-root-1", "VEL-root-2", "TOR-root-1", "TOR-root-3")


def told(folder: Path) -> Desk:
    """A centre with three complaints, a list in three parts, and another that is fused with it."""
    desk = centre(folder)
    acts.file_complaint(desk, "VEL", COMPLAINT)
    acts.file_complaint(
        desk,
        "VEL",
        COMPLAINT.replace("V-0412", "V-0413")
        .replace("02:05", "02:07")
        .replace("Six", "Mrs Brandt saw six"),
    )
    for owner, name in (("VEL", "mine.csv"), ("VEL", "theirs.csv")):
        raw = party_list(25 if name == "mine.csv" else 26)
        take(
            desk,
            Incoming(source="party-list", name=name, raw=raw, owner=owner, by=owner),
            part_rows=10,
        )
    acts.file_complaint(
        desk,
        "TOR",
        COMPLAINT.replace("from: VEL", "from: TOR").replace("accused: TOR", "accused: VEL"),
    )
    desk.refresh()
    return desk


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a centre, never written to."""
    desk = told(tmp_path_factory.mktemp("told"))
    desk.close()
    return desk.folder


@pytest.fixture
def desk(before: Path, tmp_path: Path) -> Desk:
    """A copy of it to work on."""
    folder = Path(shutil.copytree(before, tmp_path / "centre"))
    later = parse_instant(NIGHT) + HOUR_US
    settings = read_settings(folder)
    write_settings(folder, msgspec.structs.replace(settings, exercise_from_us=later))
    opened = Desk.open(folder)
    opened.refresh()
    return opened


def key(desk: Desk, name: str) -> Signer:
    """An officer's key, which an exercise holds."""
    return load(desk.folder / "keys" / name)


def proposed(desk: Desk, *entries: int) -> Path:
    """A proposal with one officer's line under it."""
    now = standing(str(desk.folder))
    raw = erasing.propose(desk, now, key(desk, OFFICERS[0]), entries, REASON)
    path = desk.folder.parent / "note"
    path.write_bytes(raw)
    return path


def agreed(desk: Desk, *entries: int) -> int:
    """A proposal that everyone signed and that is in the log: its number."""
    path = proposed(desk, *entries)
    for name in OFFICERS[1:]:
        countersign(path, key(desk, name))
    return submit(desk.folder, path.read_bytes()).index


def complaint(desk: Desk, number: str) -> int:
    """The entry a complaint came in."""
    found = desk.view().complaint(number)
    assert found is not None
    return found.entry


def everywhere(folder: Path, words: bytes) -> list[str]:
    """The files in which some words can be read."""
    return [
        str(path) for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()
    ]


def test_what_is_erased_is_gone_from_every_table_and_file_and_the_record_stays_whole(
    desk: Desk,
) -> None:
    """The words are nowhere on the disk; tree, proofs and everybody else's rows are as before."""
    at = complaint(desk, "C-0002")
    log = desk.log
    ref, proof = log.entry(at).payload, log.prove(at)
    assert ref is not None
    inner = references(log.plain(ref) or b"")
    claims, fused = len(desk.view().all_claims()), desk.view().incident_of(f"{at}#1")
    assert fused
    assert everywhere(desk.folder, b"Mrs Brandt") == [str(desk.folder / TABLES)]

    index = agreed(desk, at)
    done = erasing.carry_out(desk)

    assert [len(one.blobs) for one in done] == [1 + len(inner)]
    assert not any((desk.folder / blob_path(one.blob)).exists() for one in (ref, *inner))
    assert everywhere(desk.folder, b"Mrs Brandt") == []
    assert Log.open(desk.folder).prove(at, 1 + at) is not None
    assert proof
    assert verify(desk.folder / "log", log.trust).ok
    verdict = fsck(desk.folder)
    assert verdict.problems == []
    said = [one for one in verdict.remarks if one.file == blob_path(ref.blob)]
    assert [one.found for one in said] == [
        f"payload of entry {at}, erased by agreement in entry {index}"
    ]
    assert len(desk.view().all_claims()) == claims - 1
    assert desk.view().incident_of(f"{at}#1") is None
    (row,) = desk.tables.select("SELECT * FROM erased")
    assert (row["entry"], row["erased_in"], row["blob"]) == (at, index, ref.blob)
    assert row["erased_by"].split() == list(OFFICERS)
    assert (
        desk.tables.select("SELECT payload FROM entries WHERE entry = ?", (at,))[0][0] == "erased"
    )
    (finished,) = [one for _, one in log.entries() if one.kind == erasing.DONE]
    assert finished.refs == (log.entry(index).leaf,)


def test_the_other_complaints_keep_their_numbers(desk: Desk) -> None:
    """Acts name complaints by number: none may come to bear another's."""
    numbers = {one.number: (one.entry, one.from_party) for one in desk.view().complaints()}
    assert list(numbers) == ["C-0001", "C-0002", "C-0003"]
    at = complaint(desk, "C-0002")
    agreed(desk, at)
    erasing.carry_out(desk)
    after = {one.number: (one.entry, one.from_party) for one in desk.view().complaints()}
    assert after == numbers
    gone = desk.view().complaint("C-0002")
    assert gone is not None
    assert (gone.wording, gone.against, gone.due_us) == ("", (), None)
    assert gone.receipt_entry is not None
    assert Desk.open(desk.folder, desk.clock).view("TOR").complaint("C-0003") is not None


def test_tables_are_the_same_whenever_they_were_drawn_and_whether_it_is_deleted_yet(
    desk: Desk,
) -> None:
    """Drawn before and brought up to date, drawn after, drawn while the blobs still lie there."""
    pieces = Tables(desk.folder.parent / "pieces.sqlite3")
    draw(pieces, desk.log)
    agreed(desk, complaint(desk, "C-0001"), blobs(desk, "report/taken")[2][0])
    kept = Tables(desk.folder.parent / "kept.sqlite3")
    draw(kept, desk.log)
    draw(pieces, desk.log)
    assert table_digests(pieces) == table_digests(kept)
    erasing.forget(desk.folder)
    again = Tables(desk.folder.parent / "again.sqlite3")
    draw(again, desk.log)
    assert table_digests(again) == table_digests(kept)
    desk.refresh()
    found = redraw(desk.folder / TABLES, desk.log)
    assert (found.compared, found.differing) == (True, ())


def test_who_could_not_read_it_agrees_that_it_is_erased(desk: Desk, tmp_path: Path) -> None:
    """The tombstone is common: a stranger to the words has the same row, and the same digest."""
    stranger = Path(shutil.copytree(desk.folder, tmp_path / "stranger"))
    for path in (stranger / "keys").glob("*.age"):
        path.unlink()
    agreed(desk, complaint(desk, "C-0002"))
    for room in ("log", "heads", "state"):
        shutil.rmtree(stranger / room)
        shutil.copytree(desk.folder / room, stranger / room)
    for path in (desk.folder / "blobs").rglob("*"):
        if path.is_file() and not (stranger / path.relative_to(desk.folder)).exists():
            (stranger / path.relative_to(desk.folder)).parent.mkdir(exist_ok=True)
            shutil.copy2(path, stranger / path.relative_to(desk.folder))
    desk.refresh()
    theirs = Tables(tmp_path / "t.sqlite3")
    draw(theirs, Log.open(stranger))
    assert common_digest(theirs) == common_digest(desk.tables)
    assert erasing.forget(stranger).blobs != ()


def test_a_list_taken_in_parts_goes_whole_and_leaves_the_others(desk: Desk) -> None:
    """Any of its parts names it; the file goes with them, and a like list of another name stays."""
    parts = [index for index, _ in blobs(desk, "report/taken")]
    mine = [i for i in parts if b"mine.csv" in (desk.log.payload(desk.log.entry(i)) or b"")]
    assert len(mine) == 3
    held = {path.name for path in (desk.folder / "blobs").rglob("*") if path.is_file()}
    agreed(desk, mine[1])
    (done,) = erasing.carry_out(desk)
    assert len(done.blobs) == 4
    left = {path.name for path in (desk.folder / "blobs").rglob("*") if path.is_file()}
    assert held - left == set(done.blobs)
    names = {row["name"] for row in desk.tables.select("SELECT name FROM files")}
    assert "theirs.csv" in names
    assert "mine.csv" not in names
    assert fsck(desk.folder).problems == []


def test_too_few_or_the_wrong_lines_forget_nothing(desk: Desk) -> None:
    """One party's officers, or one person with every other key, is not enough."""
    path = proposed(desk, complaint(desk, "C-0002"))
    for names in ((), OFFICERS[1:2], OFFICERS[1:3], ("VEL", "TOR", "desk")):
        trial = desk.folder.parent / "trial"
        trial.write_bytes(path.read_bytes())
        for name in names:
            countersign(trial, key(desk, name))
        with pytest.raises(Refused):
            submit(desk.folder, trial.read_bytes())
    assert erasing.carry_out(desk) == ()
    assert desk.view().complaint("C-0002") is not None
    assert everywhere(desk.folder / "tables", b"Mrs Brandt")


def test_a_holder_who_has_not_deleted_is_told_by_fsck(desk: Desk) -> None:
    """Agreed and not done is not done."""
    at = complaint(desk, "C-0002")
    agreed(desk, at)
    assert [found.entry_index for found in fsck(desk.folder).problems] == [at]
    erasing.forget(desk.folder)
    assert fsck(desk.folder).problems == []
    assert erasing.forget(desk.folder).blobs == ()
    assert len(erasing.carry_out(desk)) == 1
    assert erasing.carry_out(desk) == ()


def test_an_interrupted_deletion_is_completed_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the payload names goes first: its address stands nowhere else."""
    at = complaint(desk, "C-0002")
    agreed(desk, at)
    ref = desk.log.entry(at).payload
    assert ref is not None
    (inner,) = references(desk.log.plain(ref) or b"")
    destroyed: list[str] = []

    def one_then_none(path: Path) -> None:
        if destroyed:
            raise OSError("the power went")
        destroyed.append(path.name)
        path.unlink()

    with monkeypatch.context() as broken:
        broken.setattr(erasing, "destroy", one_then_none)
        with pytest.raises(OSError, match="power"):
            erasing.forget(desk.folder)
    assert destroyed == [inner.blob]
    assert erasing.forget(desk.folder).blobs == (ref.blob,)
    assert fsck(desk.folder).problems == []


def test_what_all_else_is_read_by_cannot_be_erased(desk: Desk) -> None:
    """Nor can what has no words, and nothing goes without a reason."""
    now, officer = standing(str(desk.folder)), key(desk, OFFICERS[0])
    for index in (0, 1, 2):
        with pytest.raises(ActRefused, match="rest of the record"):
            erasing.propose(desk, now, officer, [index], REASON)
    with pytest.raises(ActRefused, match="why"):
        erasing.propose(desk, now, officer, [complaint(desk, "C-0001")], " ")


def test_an_act_of_the_desk_that_is_erased_still_counts(desk: Desk) -> None:
    """A receipt's payload goes; that it was given, when and by whom, stays on the record."""
    receipt = desk.view().complaint("C-0001")
    assert receipt is not None
    assert receipt.receipt_entry is not None
    index = agreed(desk, receipt.receipt_entry)
    erasing.carry_out(desk)
    entry = desk.log.entry(receipt.receipt_entry)
    assert entry.kind == "complaint/acknowledged"
    (row,) = desk.tables.select("SELECT * FROM erased WHERE erased_in = ?", (index,))
    assert (row["owner"], row["complaints"]) == ("desk", 0)
    assert not desk.tables.select("SELECT 1 FROM events WHERE entry = ?", (entry.index,))


def test_an_erasure_of_what_is_not_here_leaves_a_tombstone_of_nowhere(desk: Desk) -> None:
    """A blob no entry drawn here names: said all the same, by whom and in which entry."""
    now = standing(str(desk.folder))
    raw = begin(
        now, key(desk, OFFICERS[0]), desk.now_us(), kind="payload/erased", erases=("ab" * 32,)
    )
    path = desk.folder.parent / "note"
    path.write_bytes(raw)
    for name in OFFICERS[1:]:
        countersign(path, key(desk, name))
    submit(desk.folder, path.read_bytes())
    desk.refresh()
    (row,) = desk.tables.select("SELECT * FROM erased")
    assert (row["entry"], row["blob"]) == (None, "ab" * 32)
    (done,) = erasing.carry_out(desk)
    assert (done.blobs, done.absent) == ((), 1)


def test_replicas_forget_with_the_centre_and_agree_with_it(desk: Desk, tmp_path: Path) -> None:
    """One that held the words destroys them; one that comes later never has them, nor misses them.

    What was stated of the tables before is nobody's fault: it cannot be drawn any more.
    """
    state_own(desk)
    held = follower(desk, tmp_path / "held")
    assert held.run(holder(str(desk.folder)), desk.now_us()).ok
    at = complaint(desk, "C-0002")
    ref = desk.log.entry(at).payload
    assert ref is not None
    assert (held.folder / blob_path(ref.blob)).exists()
    agreed(desk, at)
    erasing.carry_out(desk)
    state_own(desk)

    for one in (held, follower(desk, tmp_path / "late")):
        passed = one.run(holder(str(desk.folder)), desk.now_us())
        assert (passed.differs, passed.lacking, passed.mended) == ((), (), ())
        assert not (one.folder / blob_path(ref.blob)).exists()
        assert everywhere(one.folder / "blobs", b"Mrs Brandt") == []
        assert common_digest(Tables(one.folder / TABLES)) == common_digest(desk.tables)
        assert fsck(one.folder).problems == []


def follower(desk: Desk, folder: Path) -> Follower:
    """A replica of VEL, with the keys it brings."""
    (folder / "keys").mkdir(parents=True)
    for path in (desk.folder / "keys").glob("VEL*"):
        shutil.copy2(path, folder / "keys")
    return Follower.open(folder, (desk.folder / "trust").read_bytes(), "VEL")
