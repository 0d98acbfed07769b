"""A centre's directory: what is written where, in which order, and what a crash leaves behind.

1. stage    state/stage-<size>-<root>   every file of the batch; durable
2. head     state/head                  replaced in one step: THE COMMIT POINT; durable
3. apply    log/tile/…, heads/<size>    written once, not yet durable: the stage is their redo log
4. publish  log/checkpoint              the head, and cosignatures of it; made again if lost
5. settle   (some commits later)        the files of step 3 are made durable, then the stage goes

A crash before 2 leaves a stage beyond the head: dropped. A crash after 2 leaves a stage up to the
head: applied again, which is harmless, since applying writes the same bytes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from truceline.ledger import checkpoint, stage
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Closed, Conflict, Corrupt, Malformed, NotFounded
from truceline.ledger.stage import Stage

HEAD = "state/head"
LOCK = "state/lock"
CLOSED = "state/closed"  # this place was locked or evacuated: nothing is appended here any more
FOLLOWING = "state/following"  # how far a replica is; a centre has none
FOLLOWER = "state/follower"  # locked by the one process that follows
READER = "state/reader"  # a replica's: the code of the party that follows
HELD = "state/held"  # how far a replica has its payloads, and which are lacking
RESERVE = "state/reserve"
TRUST = "trust"
CHECKPOINT = "log/checkpoint"
RESERVE_BYTES = 1 << 20
_IMMUTABLE = 0o444
_HEADS = "heads/"
_SETTLE_STAGES = 32
_SETTLE_BYTES = 32 << 20


def blob_path(digest: str) -> str:
    """Where a blob is kept."""
    return f"blobs/sha256/{digest[:2]}/{digest}"


def head_path(size: int) -> str:
    """Where the published checkpoint of a size is kept."""
    return f"heads/{size}"


class Store:
    """The files of one centre, over a disk. Methods that change the log want the lock held."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk

    @contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """Hold the lock of the centre: one writer at a time, for one commit at a time."""
        path = self.disk.root / LOCK
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except FileNotFoundError as problem:
            raise NotFounded(f"{self.disk.root}: there is no centre here") from problem
        try:
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            if not shared:
                self.refuse_closed()
            yield
        finally:
            os.close(handle)

    def refuse_closed(self) -> None:
        """Closed if this place was locked or evacuated, maybe by another process just now."""
        if self.disk.size(CLOSED) is not None:
            raise Closed(f"{self.disk.root}: locked or evacuated; nothing is written here")

    def head(self) -> bytes:
        """The newest signed head: what it covers is in the log, whatever else happens."""
        raw = self.disk.read(HEAD)
        if raw is None and self.is_replica():
            raw = self.disk.read(CHECKPOINT)
        if raw is None:
            raise NotFounded(f"{self.disk.root}: there is no log here; found one first")
        return raw

    def is_replica(self) -> bool:
        """Whether this folder follows a log kept elsewhere: it signs no head of its own."""
        return self.disk.size(HEAD) is None and self.disk.size(FOLLOWING) is not None

    def get(self, path: str) -> bytes | None:
        """A file of the public log: as applied, or from a stage that is still being applied."""
        where = f"log/{path}"
        raw = self.disk.read(where)
        if raw is not None:
            return raw
        for name, _ in self.stages():
            held = self._stage(name)
            if held is not None and where in held.files:
                return held.files[where]
        return self.disk.read(where)  # applied and settled between the two looks

    def stages(self) -> list[tuple[str, int]]:
        """The stage files there are, by (path, size), in order of size."""
        found = []
        for name in self.disk.names("state"):
            parts = name.split("-")
            if parts[0] == "stage" and len(parts) == 3 and parts[1].isdigit():
                found.append((f"state/{name}", int(parts[1])))
        return sorted(found, key=lambda item: item[1])

    def put(self, path: str, data: bytes, *, durable: bool) -> None:
        """Write a file that never changes; Conflict if other bytes are there already.

        A published head may have gained cosignatures since: it is still that head.
        """
        there = self.disk.read(path)
        if there is None:
            self.disk.write(path, data, durable=durable, mode=_IMMUTABLE)
        elif not _same(path, there, data):
            raise Conflict(f"{self.disk.root / path}: holds other bytes; run fsck")
        elif durable:
            self.disk.sync([path])

    def put_blob(self, blob: bytes) -> str:
        """Keep a blob under its SHA-256; durable when this returns."""
        digest = sha256(blob).hexdigest()
        self.put(blob_path(digest), blob, durable=True)
        return digest

    def put_stage(self, staged: Stage, root: bytes) -> str:
        """Make a batch durable, not yet part of the log."""
        path = stage.name(staged.new, root)
        self.disk.write(path, stage.encode(staged), durable=True)
        return path

    def read_stage(self, path: str) -> Stage:
        """Read a stage back from where it is kept; Corrupt if it is not what was written."""
        staged = self._stage(path)
        if staged is None:
            raise Corrupt(f"{self.disk.root / path}: the stage just written cannot be read back")
        return staged

    def swap_head(self, old: bytes, new: bytes) -> None:
        """Replace the head: the commit point. Corrupt if it is not the one replaced."""
        if self.disk.read(HEAD) != old:
            raise Corrupt(f"{self.disk.root / HEAD}: changed under the lock; open the centre anew")
        self.disk.write(HEAD, new, durable=True)

    def apply(self, staged: Stage) -> None:
        """Put the files of a committed batch in place."""
        for path, data in staged.files.items():
            self.put(path, data, durable=False)

    def publish(self, raw: bytes) -> None:
        """Show a head to the outside."""
        head = checkpoint.parse(raw)
        self.put(head_path(head.size), raw, durable=False)
        shown = checkpoint.carried(raw, self.disk.read(CHECKPOINT) or b"")
        self.disk.write(CHECKPOINT, shown, durable=False)

    def recover(self, *, known: int = 0) -> bytes:
        """Finish what a crash left, under the lock, and return the head.

        known: a size up to which the caller has already seen everything applied.

        Stages beyond the head are dropped; those up to it are applied again where needed.
        Corrupt if what is stored contradicts them: sign nothing, run fsck.
        """
        raw = self.head()
        try:
            size = checkpoint.parse(raw).size
        except Malformed as problem:
            raise Corrupt(
                f"{self.disk.root / HEAD}: {problem}; restore nothing, run fsck"
            ) from problem
        for path, new in self.stages():
            if new > size:
                self.disk.remove(path)
            elif new > known:
                self._redo(path)
        self._bring_back(head_path(size), raw)
        if not (self.disk.read(CHECKPOINT) or b"").startswith(raw):
            self.disk.write(CHECKPOINT, raw, durable=False)
        return raw

    def refuse_rollback(self) -> None:
        """Raise Corrupt if a newer head was published than the one we would continue."""
        size = checkpoint.parse(self.head()).size
        newer = [name for name in self.disk.names("heads") if name.isdigit() and int(name) > size]
        if newer:
            raise Corrupt(
                f"{self.disk.root / head_path(int(newer[0]))}: newer than {HEAD} ({size}): this "
                "centre was put back to an earlier state; sign nothing, ask a party for its copy"
            )

    def settle(self, *, all_of_them: bool = False) -> None:
        """Make applied files durable and let their stages go, once enough have gathered."""
        stages = self.stages()
        weight = sum(self.disk.size(path) or 0 for path, _ in stages)
        if not all_of_them and len(stages) < _SETTLE_STAGES and weight < _SETTLE_BYTES:
            return
        staged = [self.read_stage(path) for path, _ in stages]
        # Partial tiles too, though most go at once: after a power cut one may be back, and torn.
        self.disk.sync({path for one in staged for path in one.files})
        for (path, _), one in zip(stages, staged, strict=True):
            self._prune(one)
            self.disk.remove(path)

    def _prune(self, staged: Stage) -> None:
        """Partial tiles may go once the full one is durable (c2sp.org/tlog-tiles)."""
        for path in staged.files:
            if path.startswith("log/tile/") and ".p/" not in path:
                self.disk.remove_directory(f"{path}.p")

    def _redo(self, path: str) -> None:
        for where, data in self.read_stage(path).files.items():
            self._bring_back(where, data)

    def _bring_back(self, path: str, data: bytes) -> None:
        """Write a committed file again if a power cut took it; Corrupt if it was changed."""
        there = self.disk.read(path)
        if there is None and self._superseded(path):
            return
        if there is not None and _same(path, there, data):
            return
        if there is not None and not _torn(there, data):
            raise Corrupt(f"{self.disk.root / path}: differs from what was committed; run fsck")
        self.disk.write(path, data, durable=False, mode=_IMMUTABLE)

    def _superseded(self, path: str) -> bool:
        """Say whether a partial tile is missing because the full one took its place."""
        whole, partial, _ = path.rpartition(".p/")
        return bool(partial) and self.disk.size(whole) is not None

    def _stage(self, path: str) -> Stage | None:
        raw = self.disk.read(path)
        if raw is None:
            return None
        try:
            return stage.decode(raw)
        except Malformed as problem:
            raise Corrupt(f"{self.disk.root / path}: {problem}; run fsck") from problem


def _same(path: str, there: bytes, data: bytes) -> bool:
    """Say whether a file is what was written; a head may have gained cosignatures since."""
    return there == data or (path.startswith(_HEADS) and checkpoint.covers(there, data))


def _torn(there: bytes, data: bytes) -> bool:
    """Say whether a file is what a power cut leaves of these bytes: a beginning, or zeros."""
    return len(there) <= len(data) and data.startswith(there.rstrip(b"\0"))


def open_store(centre: Path) -> Store:
    """The store of a centre's directory."""
    return Store(Disk(centre))
