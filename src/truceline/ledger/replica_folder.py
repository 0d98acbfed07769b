"""A replica's folder: laid out as a centre's, and written so that a kill costs no checked byte.

1. tiles, bundles    log/tile/…        authenticated before they are written; not yet durable
2. progress          state/following   after the files of 1 were made durable: how far they go
3. heads             heads/<size>      those that entries say they saw
4. head              log/checkpoint    THE ACCEPTED HEAD: replaced in one step; durable

There is no `state/head`: a replica signs no head. `state/following` says that this folder is one.
"""

import base64
import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from truceline.ledger import checkpoint, note, policy, tiles
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Conflict, Malformed, NotFounded, StoreError
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.store import CHECKPOINT, FOLLOWER, FOLLOWING, HEAD, TRUST, Store, head_path

ROOMS = ("log", "heads", "blobs/sha256", "state", "keys", "tables")
_CLOSED = ("blobs", "state", "keys", "tables")
_IMMUTABLE = 0o444
_MISSING_LISTED = 1_000


class FollowedElsewhere(StoreError):
    """Another process follows with this folder already; leave it to it, or stop it first."""


class _Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many entries are checked and durable, whatever head covers them."""

    size: int
    root: str


class Folder:
    """The files of one replica.

    cited: sizes of heads that entries say they saw and that are still to be fetched. missing:
    those of them no source had so far.
    """

    def __init__(self, store: Store, trust: Policy) -> None:
        self.store = store
        self.trust = trust
        self.cited: set[int] = set()
        self.missing: set[int] = set()
        self._unsynced: set[str] = set()

    @classmethod
    def open(cls, disk: Disk, trust: bytes | None) -> "Folder":
        """Open a folder, making it the first time; see `Replica.open`."""
        store = Store(disk)
        if disk.size(HEAD) is not None:
            raise Conflict(f"{disk.root} is a centre: it is never made a replica; choose another")
        held = disk.read(TRUST)
        if held is None and trust is None:
            raise NotFounded(f"{disk.root}: no replica yet; give the trust file you were handed")
        if held is None:
            assert trust is not None
            policy.parse(trust).origin  # noqa: B018 - raises Malformed where it names no log
            _make(disk, trust)
        elif trust is not None and not _extends(policy.parse(held), policy.parse(trust)):
            raise Conflict(
                f"{disk.root / TRUST}: this replica follows by another trust file; compare the two "
                "with the people you had them from, then replace the file yourself"
            )
        return cls(store, policy.parse(held if held is not None else trust or b""))

    @contextmanager
    def following(self) -> Iterator[None]:
        """Be the one process that follows with this folder; FollowedElsewhere if another is."""
        self.store.refuse_closed()
        handle = os.open(self.store.disk.root / FOLLOWER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as problem:
            raise FollowedElsewhere(
                f"{self.store.disk.root}: another process follows here"
            ) from problem
        finally:
            os.close(handle)

    def accepted(self) -> bytes | None:
        """The newest head accepted, as signed; None before the first."""
        return self.store.disk.read(CHECKPOINT)

    def progress(self) -> tuple[int, bytes]:
        """How far entries are checked and durable, and the root over them."""
        try:
            found = msgspec.json.decode(self.store.disk.read(FOLLOWING) or b"", type=_Progress)
            return found.size, base64.b64decode(found.root)
        except (msgspec.DecodeError, ValueError):
            return 0, EMPTY_ROOT  # torn by a power cut: what it said is checked again

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Write files of the public log that were authenticated; right bytes replace wrong ones."""
        for path, data in files.items():
            where = f"log/{path}"
            if self.store.disk.read(where) != data:
                self.store.disk.write(where, data, durable=False, mode=_IMMUTABLE)
                self._unsynced.add(where)

    def settle(self, size: int, root: bytes) -> None:
        """Make what was kept durable, then say how far it goes."""
        self.store.disk.sync(sorted(self._unsynced))
        self._unsynced.clear()
        told = _Progress(size, base64.b64encode(root).decode())
        self.store.disk.write(FOLLOWING, msgspec.json.encode(told), durable=True)

    def prune(self, old: int, new: int) -> None:
        """Partial tiles may go once the full one is durable (c2sp.org/tlog-tiles)."""
        for level in range(8):
            index = old >> 8 * (level + 1)
            if index < new >> 8 * (level + 1):
                for kind in (level, "entries") if level == 0 else (level,):
                    self.store.disk.remove_directory(f"log/{tiles.path(kind, index)}.p")

    def cite(self, size: int) -> None:
        """Remember that an entry saw the head of this size, unless that head is held."""
        if size not in self.cited | self.missing and self.store.disk.size(head_path(size)) is None:
            self.cited.add(size)

    def keep_head(self, raw: bytes, *, durable: bool = False) -> None:
        """Keep a signed head that was checked, with every cosignature seen of it."""
        where = head_path(checkpoint.parse(raw).size)
        there = self.store.disk.read(where)
        if there is not None:
            raw = _joined(there, raw)
        if there != raw:
            self.store.disk.write(where, raw, durable=durable, mode=_IMMUTABLE)

    def accept(self, raw: bytes) -> None:
        """Replace the accepted head: from here on this is what is held, served and drawn."""
        self.keep_head(raw, durable=True)
        head = checkpoint.parse(raw)
        self.store.disk.write(
            CHECKPOINT, self.store.disk.read(head_path(head.size)) or raw, durable=True
        )

    def succeed(self, keys: Iterable[Key]) -> None:
        """Make the trust file that of a lawful successor; the old keys vouch for the past only."""
        held = self.store.disk.read(TRUST) or b""
        whole = policy.continued(held, keys)
        self.trust = policy.parse(whole)
        self.store.disk.write(TRUST, whole, durable=True)

    def keep_evidence(self, name: str, members: Mapping[str, bytes]) -> str:
        """Keep what shows somebody's wrong, durably; return where."""
        for member, raw in members.items():
            self.store.disk.write(f"evidence/{name}/{member}", raw, durable=True, mode=_IMMUTABLE)
        return f"evidence/{name}"


def _make(disk: Disk, trust: bytes) -> None:
    for room in ROOMS:
        (disk.root / room).mkdir(parents=True, exist_ok=True)
    for room in _CLOSED:
        (disk.root / room).chmod(0o700)
    empty = _Progress(0, base64.b64encode(EMPTY_ROOT).decode())
    disk.write(FOLLOWING, msgspec.json.encode(empty), durable=True)
    disk.write(TRUST, trust, durable=True)


def _extends(held: Policy, given: Policy) -> bool:
    """Say whether the trust file held is the one given, perhaps grown by handovers since."""
    same = (given.witnesses, given.groups, given.quorum)
    keys = {*held.logs, *held.past}
    return (held.witnesses, held.groups, held.quorum) == same and keys >= {*given.logs, *given.past}


def _joined(there: bytes, raw: bytes) -> bytes:
    """One head with the lines of both forms of it; the later given, where they cannot be joined."""
    try:
        kept = note.parse(there)
        if kept.text != note.parse(raw).text:
            return raw
        own = checkpoint.signers(raw)
        more = [sig for sig in kept.signatures if (sig.name, sig.key_id) not in own]
        return checkpoint.cosigned(raw, more)
    except Malformed:
        return raw
