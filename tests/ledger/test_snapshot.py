"""What an opened log need not read again: sealed, compared with the tree, dropped when in doubt."""

import shutil
from pathlib import Path

import pytest

from tests.ledger.founding import LOG_KEYS, ORIGIN, TOR, VEL, Centre, author, found
from truceline.ledger import keys, leaves, snapshot
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry, make
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.snapshot import Snapshot
from truceline.values.mode import Mode

SECRET = snapshot.secret_of(signer.seed for signer in LOG_KEYS)
MADE = 700


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots and runs after a few entries instead of thousands."""
    monkeypatch.setattr(snapshot, "EVERY", 20)
    monkeypatch.setattr(leaves, "_SMALLEST", 8)


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with some hundred entries and a snapshot of nearly all of them."""
    made = found(tmp_path / "centre")
    for size in (5, 30, 600, 5, 40, 19):
        made.fill(size)
    made.appender.settle()
    assert made.log.head().size == MADE
    return made


class Watched(Disk):
    """Remembers which bundles of entries were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.bundles: set[str] = set()

    def read(self, path: str) -> bytes | None:
        """Read, and remember."""
        if "tile/entries" in path:
            self.bundles.add(path)
        return super().read(path)


def told(centre: Centre) -> Snapshot:
    """The snapshot there is."""
    return snapshot.decode((centre.path / snapshot.FILE).read_bytes(), SECRET)


def put_back(centre: Centre, said: Snapshot, secret: bytes) -> None:
    """Put another snapshot in place."""
    (centre.path / snapshot.FILE).write_bytes(snapshot.encode(said, secret))


def opened(centre: Centre) -> tuple[Centre, set[str]]:
    """Open it as after a restart; what was read for it."""
    disk = Watched(centre.path)
    again = Centre(centre.path, Appender.open(centre.path, LOG_KEYS, disk=disk), centre.now_us)
    return again, disk.bundles


def still_right(centre: Centre, first: Entry) -> None:
    """An opened centre keeps every rule: numbers, replay, references to old and to no leaves."""
    unknown = "ab" * 32
    with centre.appender.commit(centre.later()) as batch:
        entry = batch.add(VEL, kind="report/withdrawn", refs=[first.leaf])
        assert entry.seq == MADE
        with pytest.raises(Refused, match="replay"):
            batch.admit(first.raw)
        with pytest.raises(Refused, match="not in this log"):
            batch.add(VEL, kind="report/withdrawn", refs=[unknown])
        with pytest.raises(Refused, match="seq"):
            batch.admit(_twin(first, centre))
    assert verify(centre.path, centre.log.trust, authors=True).problems == []
    assert fsck(centre.path).problems == []


def _twin(first: Entry, centre: Centre) -> bytes:
    """Another entry under the author's first number."""
    return make(
        ORIGIN, VEL, kind="report/taken", author="VEL", seq=1, prev="", seen=centre.log.head(),
        claimed_us=first.claimed_us + 1, mode=Mode.EXERCISE,
    )  # fmt: skip


def test_an_opened_log_reads_the_end_and_knows_the_whole(centre: Centre) -> None:
    """Of three bundles the first is read for the keys in entry 0, the last to go on from."""
    first = centre.log.entry(1)
    again, bundles = opened(centre)
    assert not any("entries/001" in path for path in bundles)
    still_right(again, first)


def test_a_snapshot_is_as_good_as_reading_everything(centre: Centre) -> None:
    """What stands in it is what the entries say, drawn anew."""
    said = told(centre)
    (centre.path / snapshot.FILE).unlink()
    shutil.rmtree(centre.path / snapshot.RUNS)
    again, bundles = opened(centre)
    assert any("entries/001" in path for path in bundles)
    drawn = told(again)
    assert drawn.authors == {
        "desk": said.authors["desk"],
        "VEL": (MADE - 1, drawn.authors["VEL"][1]),
    }
    assert drawn.changes == said.changes == (0,)
    still_right(again, centre.log.entry(1))


def test_whoever_cannot_sign_heads_cannot_write_a_snapshot(centre: Centre) -> None:
    """A hidden revocation or a number set back needs the log's own keys: it is read over."""
    said = told(centre)
    forged = Snapshot(
        origin=said.origin, size=said.size, root=said.root, changes=(), runs=said.runs,
        authors={"VEL": (3, "ab" * 32)},
    )  # fmt: skip
    put_back(centre, forged, snapshot.secret_of([b"somebody's seed, 32 bytes long.."]))
    assert any("other things than the entries" in one.found for one in fsck(centre.path).problems)
    again, _ = opened(centre)
    still_right(again, centre.log.entry(1))


@pytest.mark.parametrize("at", [3, 40, 200, -70, -66, -30, -1])
def test_a_flipped_byte_costs_a_reading(at: int, centre: Centre) -> None:
    """Wherever it is: nothing of such a snapshot is believed."""
    path = centre.path / snapshot.FILE
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    with pytest.raises(Malformed):
        snapshot.decode(bytes(raw), SECRET)
    again, _ = opened(centre)
    still_right(again, centre.log.entry(1))


def test_a_snapshot_of_another_tree_is_not_gone_on_from(centre: Centre) -> None:
    """Sealed by the right keys, for a history that is not this one: the tree decides."""
    said = told(centre)
    other = Snapshot(
        origin=said.origin, size=said.size, root="cd" * 32, authors={"VEL": (3, "ab" * 32)},
        changes=said.changes, runs=said.runs,
    )  # fmt: skip
    put_back(centre, other, SECRET)
    again, _ = opened(centre)
    still_right(again, centre.log.entry(1))


def test_an_older_snapshot_of_ours_only_costs_reading(tmp_path: Path) -> None:
    """What it leaves out is read from the log: there is nothing to gain by putting one back."""
    centre = found(tmp_path / "centre")
    centre.fill(30)
    old = (centre.path / snapshot.FILE).read_bytes()
    kept = tmp_path / "kept"
    shutil.copytree(centre.path / snapshot.RUNS, kept)
    centre.fill(MADE - 31)
    (centre.path / snapshot.FILE).write_bytes(old)
    shutil.rmtree(centre.path / snapshot.RUNS)
    shutil.copytree(kept, centre.path / snapshot.RUNS)
    again, _ = opened(centre)
    still_right(again, centre.log.entry(1))


def test_a_run_that_is_gone_or_changed_is_drawn_again(centre: Centre) -> None:
    """It is named by fsck; the next opening reads the entries and writes it anew."""
    run = min((centre.path / snapshot.RUNS).iterdir())
    raw = bytearray(run.read_bytes())
    raw[5] ^= 1
    run.chmod(0o644)
    run.write_bytes(raw)
    assert [one.file for one in fsck(centre.path).problems] == [f"{snapshot.RUNS}/{run.name}"]
    again, _ = opened(centre)
    still_right(again, centre.log.entry(1))
    min((centre.path / snapshot.RUNS).iterdir()).unlink()
    once_more, _ = opened(centre)
    assert once_more.add(1)[0].seq == MADE + 1


def test_an_index_no_snapshot_names_is_explained(centre: Centre) -> None:
    """Left by a crash between an index and its snapshot; it is no damage."""
    stray = centre.path / snapshot.RUNS / "7-9"
    stray.write_bytes(bytes(16))
    said = fsck(centre.path)
    assert said.problems == []
    assert any("no snapshot names" in one.found for one in said.remarks)
    centre.fill(40)
    assert not stray.exists()


def test_two_processes_share_one_line_of_snapshots(centre: Centre) -> None:
    """Each goes on from what the other wrote, and neither loses a leaf."""
    second, _ = opened(centre)
    firsts = [centre.log.entry(1).leaf]
    for _ in range(6):
        centre.fill(15)
        second.now_us = centre.now_us
        second.fill(25, TOR)
        centre.now_us = second.now_us
        firsts.append(centre.log.entry(centre.log.head().size - 1).leaf)
    for each in (centre, second):
        each.now_us = max(centre.now_us, second.now_us)
        with each.appender.commit(each.later()) as batch:
            batch.add(VEL, kind="report/withdrawn", refs=firsts)
    assert fsck(centre.path).problems == []
    assert verify(centre.path, centre.log.trust, authors=True).problems == []


def test_keys_registered_later_are_known_after_opening(centre: Centre) -> None:
    """They are read again from their entries, not from the snapshot."""
    late = author("ALD")
    with centre.appender.commit(centre.later()) as batch:
        batch.add(author("desk"), kind="key/registered", vkeys=[late.key.vkey])
    centre.fill(40)
    assert told(centre).changes == (0, MADE)
    again, _ = opened(centre)
    again.fill(1, late)
    with pytest.raises(Refused, match="key"):
        again.fill(1, keys.generate(f"{ORIGIN}/GUE"))
