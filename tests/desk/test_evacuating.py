"""Leaving a place: nothing there opens what was sealed, and elsewhere everything is still provable."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.desk.founded import centre
from truceline.desk import evacuating
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused, CentreRefused
from truceline.desk.evacuating import evacuate, lock, unlock
from truceline.desk.officers import make_keys
from truceline.desk.taking import Incoming, take
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify
from truceline.ledger.disk import Disk
from truceline.ledger.errors import BadKeyFile, Closed, Malformed
from truceline.ledger.keys import load
from truceline.ledger.log import Log
from truceline.ledger.replica_folder import Folder
from truceline.ledger.sealing import generate_identity, load_identities, save_identity

SECRET = b"seen by the family of the harbour master"
LIST = (
    b"ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"
    b'V-1,2026-04-01,02:05,Atlantic/Azores,"47.3, -34.1",WGS84,200,fire.mortar,3,TOR,"' + SECRET + b'",en\n'
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Desk]:
    """A centre with a list only some may read, drawn, and with an account's file."""
    desk = centre(tmp_path)
    take(desk, Incoming(source="party-list", name="l.csv", raw=LIST, owner="VEL", by="VEL"))
    desk.refresh()
    (desk.folder / "people").mkdir()
    (desk.folder / "people" / "people.sqlite3").write_bytes(b"account of A. Varga")
    yield desk
    desk.close()


def found_in(folder: Path, *needles: bytes) -> list[str]:
    """The files that hold any of these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(one in path.read_bytes() for one in needles))


def restricted(log: Log) -> int:
    """The index of the entry whose payload is sealed."""
    return next(index for index, entry in log.entries() if entry.kind == "report/taken")


def test_after_an_evacuation_the_disk_yields_no_sealed_plaintext(site: Desk) -> None:
    """Keys, tables, accounts and clear payloads are gone; what stays is the public log."""
    folder = site.folder
    private = [(folder / "keys" / name).read_bytes().split()[-1] for name in ("VEL", "CENTRE.age")]
    assert found_in(folder, SECRET), "before, it can be read here"
    left = evacuate(folder)
    assert found_in(folder, SECRET, b"A. Varga", *private) == []
    assert left.failed == ()
    assert left.sealed > 0
    assert [path for path in (folder / "keys").rglob("*") if path.is_file()] == []
    log = Log.open(folder)
    assert log.payload(log.entry(restricted(log))) is None


def test_what_was_left_behind_is_explained_by_fsck(site: Desk) -> None:
    """It says which payloads are gone from here, and takes nothing for a stranger's doing."""
    evacuate(site.folder)
    assert {one.file.partition("/")[0] for one in fsck(site.folder).problems} <= {"blobs"}


def test_another_copy_stays_provable_and_readable(site: Desk, tmp_path: Path) -> None:
    """A replica elsewhere is whole, and its readers still open what was sealed to them."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(site.folder, elsewhere)
    head = site.log.head()
    left = evacuate(site.folder)
    assert (left.origin, left.size, left.root) == (head.origin, head.size, head.root64)
    for copy in (elsewhere, site.folder):
        verdict = verify(copy, Log.open(elsewhere).trust, authors=True)
        assert verdict.ok
        assert (verdict.size, verdict.root) == (left.size, left.root)
    log = Log.open(elsewhere)
    assert log.payload(log.entry(restricted(log))) is not None


def test_whoever_had_the_centre_open_appends_nothing_any_more(site: Desk) -> None:
    """A server that runs on still has the keys in memory; the door is shut to it all the same."""
    appender = site.appender
    evacuate(site.folder)
    size = site.log.head().size
    with pytest.raises(Closed, match="evacuated"), appender.commit(site.now_us()):
        pass
    with pytest.raises(CentreRefused, match="evacuated"):
        Desk.open(site.folder)
    assert site.log.head().size == size


def test_a_replica_that_was_left_follows_nothing_any_more(site: Desk, tmp_path: Path) -> None:
    """A process that runs on there brings no payload back and draws no table."""
    there = tmp_path / "replica"
    folder = Folder.open(Disk(there), (site.folder / "trust").read_bytes())
    (there / "keys" / "VEL").write_bytes((site.folder / "keys" / "VEL").read_bytes())
    with folder.following():
        pass
    assert evacuate(there).keys == 1
    with pytest.raises(Closed), folder.following():
        pass


def test_what_waits_to_be_sent_or_passed_on_is_not_left_lying(site: Desk) -> None:
    """An outbox holds what nobody else has yet, and what others asked to be passed on."""
    for room in ("outbox", "relays", "inbox"):
        (site.folder / room).mkdir(exist_ok=True)
        (site.folder / room / "000000000001").write_bytes(b"framed " + SECRET)
    evacuate(site.folder)
    assert found_in(site.folder, SECRET) == []


@pytest.fixture
def unlocking(tmp_path: Path) -> tuple[Path, str]:
    """An identity kept in another place, and its recipient."""
    path = tmp_path / "embassy.age"
    identity = generate_identity()
    save_identity(identity, path)
    return path, identity.recipient


def test_a_locked_centre_yields_nothing_and_comes_back_whole(
    site: Desk, unlocking: tuple[Path, str], tmp_path: Path
) -> None:
    """Whoever takes the machine has sealed files; whoever holds the other key has the centre."""
    folder, (key, recipient) = site.folder, unlocking
    before = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}
    size = site.log.head().size
    lock(folder, [recipient])
    assert found_in(folder, SECRET, b"A. Varga", b"PRIVATE+KEY", b"AGE-SECRET") == []
    with pytest.raises(CentreRefused, match="locked"):
        Desk.open(folder)
    wrong = tmp_path / "wrong.age"
    save_identity(generate_identity(), wrong)
    with pytest.raises(ActRefused, match="does not unlock"):
        unlock(folder, wrong)
    assert unlock(folder, key) == len(before) + 1
    assert {path.name: path.read_bytes() for path in (folder / "keys").iterdir()} == before
    assert {path.stat().st_mode & 0o777 for path in (folder / "keys").iterdir()} == {0o600}
    desk = Desk.open(folder)
    assert desk.log.head().size == size
    assert found_in(folder / "people", b"A. Varga")
    desk.close()


def test_what_was_locked_can_still_be_evacuated(site: Desk, unlocking: tuple[Path, str]) -> None:
    """First the quick step, then, if nobody comes back, the last one."""
    lock(site.folder, [unlocking[1]])
    evacuate(site.folder)
    with pytest.raises(ActRefused, match="not locked"):
        unlock(site.folder, unlocking[0])


@pytest.mark.parametrize("stopped_after", range(16))
def test_a_lock_cut_short_is_completed_and_loses_no_key(
    tmp_path: Path, unlocking: tuple[Path, str], stopped_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power goes while files are put away: locking again and unlocking gives every one back."""
    folder = tmp_path / "officer"
    for name in ("VEL", "TOR"):
        make_keys(folder, "truceline.example/azores", name, reads=True)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with monkeypatch.context() as patch:
        _stop_after(patch, stopped_after)
        with suppress(KeyboardInterrupt):
            lock(folder, [unlocking[1]])
    lock(folder, [unlocking[1]])
    assert found_in(folder, b"PRIVATE+KEY", b"AGE-SECRET") == []
    unlock(folder, unlocking[0])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def _stop_after(patch: pytest.MonkeyPatch, count: int) -> None:
    """Let so many syncs to disk happen, then stop as a killed process does."""
    done = iter(range(count))
    sync = os.fsync

    def fsync(handle: int) -> None:
        if next(done, None) is None:
            raise KeyboardInterrupt
        sync(handle)

    patch.setattr(os, "fsync", fsync)


def test_a_folder_of_keys_is_evacuated_and_its_cards_stay(tmp_path: Path) -> None:
    """An officer's stick: the private halves go, what was public may stay."""
    make_keys(tmp_path / "stick", "truceline.example/azores", "VEL-root-1", reads=False)
    make_keys(tmp_path / "stick", "truceline.example/azores", "VEL", reads=True)
    (tmp_path / "stick" / "VEL.card").write_text("{}")
    assert evacuate(tmp_path / "stick").keys == 3
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["VEL.card"]


def test_a_link_is_cut_and_what_it_points_to_is_left_alone(tmp_path: Path) -> None:
    """Nobody makes an evacuation overwrite a file elsewhere."""
    make_keys(tmp_path / "stick", "truceline.example/azores", "VEL", reads=True)
    other = tmp_path / "minutes.txt"
    other.write_text("10:00 opened")
    (tmp_path / "stick" / "TOR.age").symlink_to(other)
    evacuate(tmp_path / "stick")
    assert other.read_text() == "10:00 opened"
    assert list((tmp_path / "stick").iterdir()) == []


def test_what_cannot_be_destroyed_is_named_and_stops_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bad sector must not save the other keys."""
    make_keys(tmp_path / "stick", "truceline.example/azores", "VEL", reads=True)
    destroy = evacuating.destroy

    def bad(path: Path) -> None:
        if path.name == "VEL":
            raise OSError(5, "Input/output error")
        destroy(path)

    monkeypatch.setattr(evacuating, "destroy", bad)
    left = evacuate(tmp_path / "stick")
    assert left.failed == (f"{tmp_path / 'stick' / 'VEL'}: Input/output error",)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["VEL"]


def test_a_folder_without_keys_is_left_as_it_is(tmp_path: Path) -> None:
    """The wrong folder, typed in a hurry, loses nothing."""
    (tmp_path / "minutes.txt").write_text("10:00 opened")
    with pytest.raises(ActRefused, match="holds no private key"):
        evacuate(tmp_path)
    with pytest.raises(ActRefused, match="holds no private key"):
        lock(tmp_path, [generate_identity().recipient])
    with pytest.raises(Malformed):
        lock(tmp_path, ["age1" + "q" * 58])
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.txt"]


@pytest.mark.parametrize("name", ["VEL", "VEL.age"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_keys_that_others_may_read_are_not_used(tmp_path: Path, name: str, mode: int) -> None:
    """Signing keys and age identities alike: a person looks into it first."""
    make_keys(tmp_path, "truceline.example/azores", "VEL", reads=True)
    (tmp_path / name).chmod(mode)
    with pytest.raises(BadKeyFile, match="find out who read it"):
        (load_identities if name.endswith(".age") else load)(tmp_path / name)


def test_a_centre_unlocked_goes_on_writing(site: Desk, unlocking: tuple[Path, str]) -> None:
    """Nothing was signed in between, so there is nothing to hand over."""
    lock(site.folder, [unlocking[1]])
    unlock(site.folder, unlocking[0])
    desk = Desk.open(site.folder)
    assert isinstance(desk.appender, Appender)
    with desk.appender.commit(desk.now_us()) as batch:
        batch.add(load(site.folder / "keys" / "VEL"), kind="report/taken")
    desk.close()
