"""Whatever a disk does at whatever moment: nothing acknowledged is lost, nothing is half there."""

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.disks import CutDisk, FailingDisk, ForgetfulDisk, PowerCut
from tests.ledger.founding import FOUNDED_US, LOG_KEYS, ORIGIN, VEL, Centre, found
from truceline.ledger import stage
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Corrupt, Full, Halted, StoreError
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.tiles import pack, unpack

ROUNDS = 2


def commit_steps() -> int:
    """How many steps the disk takes in two commits, settling included."""
    with TemporaryDirectory() as where:
        disk = FailingDisk(Path(where) / "centre")
        centre = found(disk.root, disk=disk)
        before = disk.steps
        _two_commits(centre)
        return disk.steps - before


def _two_commits(centre: Centre) -> list[str]:
    """Commit, return the leaves acknowledged."""
    leaves = []
    for _ in range(ROUNDS):
        leaves += [entry.leaf for entry in centre.add(1)]
    centre.appender.settle()
    return leaves


STEPS = commit_steps()


def _explained(path: Path, acknowledged: list[str]) -> None:
    """Open again as after a restart; everything acknowledged is there once, and all is explained."""
    again = Centre(path, Appender.open(path, LOG_KEYS), FOUNDED_US + 10**9)
    held = [entry.leaf for _, entry in again.log.entries()]
    assert [leaf for leaf in held if leaf in set(acknowledged)] == acknowledged
    assert len(set(held)) == len(held)
    again.add(1)
    assert verify(path, again.log.trust, authors=True).problems == []
    assert fsck(path).problems == []


@pytest.mark.parametrize("how", ["before", "after", "cut"])
@pytest.mark.parametrize("at", range(STEPS))
def test_a_disk_that_fails_at_one_step(at: int, how: str, tmp_path: Path) -> None:
    """An error before or after a step took effect, or no next step at all: the log stays whole."""
    disk = FailingDisk(tmp_path / "centre")
    centre = found(disk.root, disk=disk)
    disk.at, disk.how = disk.steps + at, how
    acknowledged: list[str] = []
    try:
        for _ in range(ROUNDS):
            acknowledged += [entry.leaf for entry in centre.add(1)]
        centre.appender.settle()
    except (Halted, PowerCut):
        pass
    assert disk.failed
    _explained(disk.root, acknowledged)


@pytest.mark.parametrize("at", range(STEPS))
def test_a_disk_that_is_full_at_one_step(at: int, tmp_path: Path) -> None:
    """Before the commit point a full disk is a clean refusal: the same process goes on."""
    disk = FailingDisk(tmp_path / "centre")
    centre = found(disk.root, disk=disk)
    disk.at, disk.error = disk.steps + at, errno.ENOSPC
    acknowledged: list[str] = []
    refused = False
    for _ in range(ROUNDS):
        try:
            acknowledged += [entry.leaf for entry in centre.add(1)]
        except Full:
            refused = True
        except Halted:
            break
    if refused:
        assert disk.halted is None
        assert [entry.leaf for _, entry in centre.log.entries(1)] == acknowledged
    _explained(disk.root, acknowledged)


def test_after_a_failed_fsync_the_process_writes_no_more(tmp_path: Path) -> None:
    """A page cache that failed once is not believed again: whoever goes on must open anew."""
    disk = FailingDisk(tmp_path / "centre")
    centre = found(disk.root, disk=disk)
    disk.at = disk.steps + 1
    with pytest.raises(Halted, match="open anew"):
        centre.appender.put_blob(b"23:40 a drone over Tern Rock")
    for _ in range(2):
        with pytest.raises(Halted, match="open it anew"):
            centre.add(1)
    _explained(disk.root, [])


@pytest.mark.parametrize("how", ["before", "after", "cut"])
def test_an_interrupted_founding_is_completed_by_founding_again(how: str, tmp_path: Path) -> None:
    """There is a log once its genesis head is in place, and not a step earlier."""
    for at in range(60):
        path = tmp_path / f"centre-{at}"
        disk = FailingDisk(path, at=at, how=how)
        with suppress(Halted, PowerCut):
            Appender.create(path, ORIGIN, LOG_KEYS, FOUNDED_US, disk=disk)
        if not disk.failed:
            return
        try:
            Appender.create(path, ORIGIN, LOG_KEYS, FOUNDED_US)
        except StoreError as problem:
            assert "already" in str(problem)  # noqa: PT017 - either outcome is right here
        assert Appender.open(path, LOG_KEYS).origin == ORIGIN
    pytest.fail("founding takes more steps than this test looks at")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 300), min_size=1, max_size=4),
    fates=st.lists(
        st.sampled_from(["kept", "empty", "torn", "zeros", "gone"]), min_size=40, max_size=40
    ),
)
def test_a_power_cut_may_take_every_file_that_was_not_made_durable(
    sizes: list[int], fates: list[str]
) -> None:
    """Tiles need not be durable when the answer is given: the stage brings each of them back."""
    with TemporaryDirectory() as where:
        disk = ForgetfulDisk(Path(where) / "centre")
        centre = found(disk.root, disk=disk)
        for size in sizes:
            centre.fill(size)
        held = [entry.leaf for _, entry in centre.log.entries()]
        for number, path in enumerate(sorted(disk.volatile)):
            disk.lose(path, fates[number % len(fates)])
        _explained(disk.root, held)


def test_a_torn_stage_that_was_never_committed_is_dropped(tmp_path: Path) -> None:
    """A crash while staging costs the batch that was not acknowledged, and nothing else."""
    centre = found(tmp_path / "centre")
    kept = [entry.leaf for entry in centre.add(3)]
    beyond = tmp_path / "centre" / "state" / f"stage-9-{'ab' * 8}"
    beyond.write_bytes(b"truceline-stage/v1 4 9\n100 log/tile/0/000.p/9\ntorn")
    _explained(centre.path, kept)
    assert not beyond.exists()


def test_a_committed_stage_that_is_damaged_stops_everything(tmp_path: Path) -> None:
    """Its tiles may not be durable: nobody signs on top of a log that cannot be shown whole."""
    centre = found(tmp_path / "centre")
    centre.add(3)
    path = next((centre.path / "state").glob("stage-4-*"))
    raw = bytearray(path.read_bytes())
    raw[50] ^= 1
    path.write_bytes(raw)
    with pytest.raises(StoreError, match="run fsck"):
        Appender.open(centre.path, LOG_KEYS)
    assert any("stage-4" in problem.file for problem in fsck(centre.path).problems)


def test_a_tile_changed_while_its_stage_is_held_is_not_healed_in_silence(tmp_path: Path) -> None:
    """Torn bytes are a power cut; other bytes are somebody's hand."""
    centre = found(tmp_path / "centre")
    centre.add(3, VEL)
    tile = centre.path / "log" / "tile" / "entries" / "000.p" / "4"
    raw = bytearray(tile.read_bytes())
    raw[-40] ^= 1
    tile.chmod(0o644)
    tile.write_bytes(raw)
    with pytest.raises(StoreError, match="differs from what was committed"):
        Appender.open(centre.path, LOG_KEYS)
    assert {problem.entry_index for problem in fsck(centre.path).problems} >= {3}


class LyingDisk(Disk):
    """Gives back a stage that differs from what was written, with a digest that fits."""

    def __init__(self, root: Path, change: Callable[[dict[str, bytes]], None]) -> None:
        super().__init__(root)
        self.change = change
        self.lying = False

    def read(self, path: str) -> bytes | None:
        """Read; change stages on the way."""
        raw = super().read(path)
        if raw is None or not self.lying or not path.startswith("state/stage-"):
            return raw
        held = stage.decode(raw)
        files = dict(held.files)
        self.change(files)
        return stage.encode(stage.Stage(held.old, held.new, files))


def _another_entry(files: dict[str, bytes]) -> None:
    files["log/tile/entries/000.p/2"] = files["log/tile/entries/000.p/2"][:-9] + b"flipped!\n"


def _another_hash(files: dict[str, bytes]) -> None:
    files["log/tile/0/000.p/2"] = files["log/tile/0/000.p/2"][:-1] + b"!"


def _entry_and_hash(files: dict[str, bytes]) -> None:
    _another_entry(files)
    entries = unpack(files["log/tile/entries/000.p/2"])
    files["log/tile/0/000.p/2"] = b"".join(map(leaf_hash, entries))


def _older_entry(files: dict[str, bytes]) -> None:
    first, second = unpack(files["log/tile/entries/000.p/2"])
    files["log/tile/entries/000.p/2"] = pack([first[:-2] + b"!\n", second])


@pytest.mark.parametrize("change", [_another_entry, _another_hash, _entry_and_hash, _older_entry])
def test_no_key_touches_a_batch_that_was_stored_otherwise(
    change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    """One wrong bit below a signed head cannot be taken back: the stage is read before signing."""
    disk = LyingDisk(tmp_path / "centre", change)
    centre = found(disk.root, disk=disk)
    before = centre.log.signed_head()
    disk.lying = True
    with pytest.raises(Corrupt):
        centre.fill(1)
    disk.lying = False
    assert centre.log.signed_head() == before
    _explained(disk.root, [])


def test_what_is_committed_is_readable_before_its_tiles_are_in_place(tmp_path: Path) -> None:
    """A crash between the commit and the tiles: a reader who does not write finds it all."""
    disk = CutDisk(tmp_path / "centre")
    centre = found(disk.root, disk=disk)
    kept = [entry.leaf for entry in centre.add(1)]
    disk.at = "log/tile/"
    with pytest.raises(PowerCut):
        centre.add(1)
    log = centre.log
    assert log.head().size == 3
    assert [entry.leaf for _, entry in log.entries(1, 2)] == kept
    assert log.entry(2).author == "VEL"
    assert log.head_at(2) is not None
    assert not (disk.root / "log" / "tile" / "0" / "000.p" / "3").exists()
    said = fsck(disk.root)
    assert said.problems == []
    assert any("not yet the newest head" in remark.found for remark in said.remarks)
    _explained(disk.root, kept)
