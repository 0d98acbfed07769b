"""Leaving a place: what is held there is locked or destroyed, and stays provable elsewhere.

Lock: private keys, what waits in the inbox and the accounts go into one age file that only a key
kept elsewhere opens; tables, which show what was sealed, are removed. Everything can be unlocked.

Evacuate, in the order of what is worst to lose to a stranger: 1. nothing can be appended or opened
any more · 2. private keys and age identities are destroyed, so that what was sealed to them can no
longer be opened here · 3. whatever shows it in clear goes: tables, inbox, accounts, unsealed
payloads. The public log stays: it gives nobody away, and it can still be verified.

To destroy is to overwrite, make durable, and unlink. A solid-state disk may keep the old cells all
the same (docs/howto/keys.md says what to do about that beforehand).
"""

import io
import os
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage

from truceline.desk.errors import ActRefused
from truceline.ledger import checkpoint, policy
from truceline.ledger.disk import Disk
from truceline.ledger.errors import LedgerError
from truceline.ledger.sealing import SUFFIX, load_identities, parse_recipient
from truceline.ledger.store import CHECKPOINT, CLOSED, HEAD, TRUST

LOCKED = "locked-{}.age"
KEYS = "keys"
_KEPT = (KEYS, "inbox", "outbox", "relays", "people")  # what a locked place gets back
_DRAWN = ("tables",)  # drawn again from the log when unlocked
_SEALED = b"age-encryption.org/v1"
_PRIVATE = (b"PRIVATE+KEY+", b"AGE-SECRET-KEY-")
_GONE = ".gone"  # what is being destroyed; if that was cut short, it is done again
_CHUNK = 1 << 20


@dataclass(slots=True, kw_only=True)
class Left:
    """What was done, and what stays.

    origin, size, root, level: the newest head held here, and how final it is. witnesses: who else
    holds heads. keys, files, blobs: how many were destroyed; sealed: blobs left that nobody can
    open here. failed: what could not be destroyed, and why.
    """

    origin: str = ""
    size: int = 0
    root: str = ""
    level: str = ""
    witnesses: tuple[str, ...] = ()
    keys: int = 0
    files: int = 0
    blobs: int = 0
    sealed: int = 0
    failed: tuple[str, ...] = ()


def evacuate(folder: Path) -> Left:
    """Lock a site or device for good and destroy what opens or shows anything that is not public.

    May be called again after an interruption, or on what was locked. ActRefused where the folder
    holds no key.
    """
    left = _left(folder)
    _close(folder)
    left.keys = _destroyed(_private_files(folder), left)
    rooms = (*_DRAWN, *_KEPT)
    spare = [path for room in rooms for path in _files(folder / room)]
    left.files = _destroyed([*spare, *_locked(folder)], left)
    clear = []
    for blob in _files(folder / "blobs"):
        if _is_sealed(blob):
            left.sealed += 1
        else:
            clear.append(blob)
    left.blobs = _destroyed(clear, left)
    return left


def lock(folder: Path, recipients: Sequence[str]) -> Left:
    """Put away everything that opens or shows anything, so that only these recipients get it back.

    recipients: age recipients whose identities are kept elsewhere. A lock that was interrupted is
    completed by locking again.
    """
    points = [parse_recipient(text) for text in recipients]
    if not points:
        raise ActRefused("locked for nobody: give the recipient that will unlock it")
    left = _left(folder)
    _close(folder)
    kept = _kept(folder)
    if kept:
        # A new file each time: one that was there may hold what is no longer in the open.
        name = LOCKED.format(len(_locked(folder)) + 1)
        _put(folder / name, bytes(pyrage.encrypt(_packed(folder, kept), points)))
    left.keys = _destroyed(_private_files(folder), left)
    rest = [path for room in (*_DRAWN, *_KEPT) for path in _files(folder / room)]
    left.files = _destroyed(rest, left)
    return left


def unlock(folder: Path, identity: Path) -> int:
    """Take everything back out with an identity kept elsewhere; return how many files it was."""
    held = _locked(folder)
    if not held:
        raise ActRefused(f"{folder} is not locked: there is no {LOCKED.format(1)} in it")
    secrets = [one.secret for one in load_identities(identity)]
    try:
        packed = [bytes(pyrage.decrypt(path.read_bytes(), secrets)) for path in held]
    except pyrage.DecryptError as problem:
        raise ActRefused(f"{identity} does not unlock {folder}: {problem}") from problem
    count = len(set().union(*(_unpack(folder, one) for one in packed)))
    (folder / CLOSED).unlink(missing_ok=True)
    for path in held:
        path.unlink()
    return count


def _locked(folder: Path) -> list[Path]:
    """What was put away, oldest first."""
    return sorted(folder.glob(LOCKED.format("*")), key=lambda path: (len(path.name), path.name))


def _kept(folder: Path) -> list[Path]:
    """What a locked place has to get back."""
    if (folder / KEYS).is_dir():
        files = [path for room in _KEPT for path in _files(folder / room)]
    else:
        files = _private_files(folder)
    return [path for path in files if path.suffix != _GONE]


def _left(folder: Path) -> Left:
    """What the head held here proves, wherever else it is held."""
    left = Left()
    if not (_locked(folder) or _private_files(folder) or (folder / CLOSED).exists()):
        raise ActRefused(f"{folder} holds no private key: there is nothing to lock or destroy")
    disk = Disk(folder)
    raw = disk.read(HEAD) or disk.read(CHECKPOINT)
    if raw is None:
        return left
    try:
        head = checkpoint.parse(raw)
        left.origin, left.size, left.root = head.origin, head.size, head.root64
        trusted = policy.parse(disk.read(TRUST) or b"quorum none\n")
        left.witnesses = tuple(sorted({key.name for key in trusted.witnesses.values()}))
        left.level = trusted.level(disk.read(CHECKPOINT) or raw)
    except LedgerError:  # a damaged head is no reason to leave a key lying about
        return left
    return left


def _close(folder: Path) -> None:
    """From here on nothing is appended, drawn or served, by any process."""
    if (folder / CLOSED).parent.is_dir() and not (folder / CLOSED).exists():
        _put(folder / CLOSED, b"locked or evacuated\n")


def _private_files(folder: Path) -> list[Path]:
    """What opens or signs anything: all of a site's `keys/`, or the key files of a folder."""
    if (folder / KEYS).is_dir():
        return list(_files(folder / KEYS))
    return [path for path in _files(folder) if _is_private(path)]


def _is_private(path: Path) -> bool:
    if path.suffix == _GONE:
        return True
    if path.suffix == SUFFIX:
        return not path.name.startswith(LOCKED.partition("{")[0])
    try:
        with path.open("rb") as file:
            return file.read(16).startswith(_PRIVATE)
    except OSError:
        return False


def _is_sealed(blob: Path) -> bool:
    try:
        with blob.open("rb") as file:
            return file.read(len(_SEALED)) == _SEALED
    except OSError:
        return False


def _files(room: Path) -> Iterator[Path]:
    """Every file below, links included and not followed."""
    for at, _, names in os.walk(room):
        yield from (Path(at) / name for name in sorted(names))


def _destroyed(paths: Iterable[Path], left: Left) -> int:
    """Destroy each, whatever happens to the others; count those that are gone."""
    count = 0
    for path in paths:
        try:
            destroy(path)
            count += 1
        except OSError as problem:
            left.failed += (f"{path}: {problem.strerror}",)
    return count


def destroy(path: Path) -> None:
    """Overwrite a file under another name, make that durable, unlink it. A link is unlinked.

    The name goes first: a file half overwritten must never be taken for the one it was.
    """
    gone = path if path.suffix == _GONE else path.with_name(f".{os.urandom(8).hex()}{_GONE}")
    path.rename(gone)
    _sync(path.parent)
    if not gone.is_symlink() and gone.is_file():
        gone.chmod(0o600)
        handle = os.open(gone, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            rest = os.fstat(handle).st_size
            while rest > 0:
                rest -= os.write(handle, os.urandom(min(rest, _CHUNK)))
            os.fsync(handle)
        finally:
            os.close(handle)
    gone.unlink()
    _sync(path.parent)


def _packed(folder: Path, paths: Iterable[Path]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for path in paths:
            if path.is_file() and not path.is_symlink():
                archive.add(path, path.relative_to(folder).as_posix(), recursive=False)
    return whole.getvalue()


def _unpack(folder: Path, packed: bytes) -> set[str]:
    """Put files back where they were; return their names."""
    names = set()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            held = archive.extractfile(member)
            path = folder / member.name
            if held is None or not path.resolve().is_relative_to(folder.resolve()):
                raise ActRefused(f"{folder}: {member.name[:60]!r} was not put away by this program")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _put(path, held.read())
            names.add(member.name)
    return names


def _put(path: Path, raw: bytes) -> None:
    """Write a file that only its owner may read; durable when this returns."""
    made = path.with_name(f".{path.name}.new")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(handle)
    made.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
