"""What an opened log need not read again: a note to oneself, believed only under its seal.

Without it, opening a log for appending reads every entry. The note `state/snapshot` says who had
written what last at one size, which entries changed who may write, and which runs of leaves there
are. It holds nothing that cannot be drawn from the log, and is dropped for the slightest doubt:

* its last line is an HMAC under a secret made from the log's own private keys, so whoever can
  change files but cannot sign heads can only take it away, or put back an older one of ours;
* the root it names must be the root the signed head has at that size;
* the entries that register and revoke keys are read again from the authenticated tree;
* every run must have the SHA-256 it names, and a leaf found in one is looked up in the tree.

What an older one of ours leaves out is read from the log. `fsck` draws it all again and compares.
"""

import hmac
from collections.abc import Callable, Iterable

import msgspec

from truceline.ledger import entry, merkle
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.growth import Growth
from truceline.ledger.leaves import Leaves, Listed, Run, Shelf
from truceline.ledger.standing import State
from truceline.ledger.store import Store
from truceline.ledger.tiles import WIDTH, Reader

FILE = "state/snapshot"
RUNS = "state/leaves"
_FIRST = b"truceline-snapshot/v1\n"
EVERY = 8_192  # entries between two snapshots: what opening has to read at most


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A log as its appender knew it at one size.

    root: hex. authors: author → (seq, leaf) of its newest entry. changes: indices of the entries
    that changed who stands how. runs: (first, stop, SHA-256), oldest first.
    """

    origin: str
    size: int
    root: str
    authors: dict[str, tuple[int, str]]
    changes: tuple[int, ...]
    runs: tuple[tuple[int, int, str], ...]

    @property
    def stop(self) -> int:
        """How many leaves are in runs."""
        return self.runs[-1][1] if self.runs else 0


_decode = msgspec.json.Decoder(Snapshot).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def encode(snapshot: Snapshot, secret: bytes) -> bytes:
    """The bytes of a snapshot: a type line, a line of JSON, the HMAC of both in hex."""
    body = _FIRST + _encode(snapshot) + b"\n"
    return body + hmac.digest(secret, body, "sha256").hex().encode() + b"\n"


def decode(raw: bytes, secret: bytes | None = None) -> Snapshot:
    """Read a snapshot; Malformed unless the secret sealed it. No secret: for looking only."""
    body, seal = raw[:-65], raw[-65:]
    wanted = hmac.digest(secret, body, "sha256").hex().encode() + b"\n" if secret else seal
    if not body.startswith(_FIRST) or not hmac.compare_digest(seal, wanted):
        raise Malformed(f"{FILE}: not sealed by this log's keys")
    try:
        return _decode(body[len(_FIRST) :])
    except msgspec.DecodeError as problem:
        raise Malformed(f"{FILE}: {problem}") from problem


def secret_of(seeds: Iterable[bytes]) -> bytes:
    """The secret of whoever holds these private seeds, in their order."""
    return hmac.digest(b"truceline-snapshot/v1", b"".join(seeds), "sha256")


class Snapshots:
    """The snapshots of one folder, made and taken up under its lock.

    secret: whose they are. head: the newest head checked, for leaves to be looked up beneath.
    """

    def __init__(self, store: Store, secret: bytes, head: Callable[[], Head]) -> None:
        self._store = store
        self._head = head
        self._secret = secret
        self._shelf = Shelf(store.disk.root / RUNS, self._write_run)
        self._tree: Reader | None = None
        self._newest = 0

    def fresh(self, origin: str) -> State:
        """A state that has read nothing yet, and writes its leaves here."""
        return State(origin=origin, leaves=Leaves(self._shelf, self._leaf_at))

    def resume(self, reader: Reader) -> tuple[State, Growth] | None:
        """Go on from the snapshot there is, if it is ours and of this log; else None."""
        try:
            found = self._there()
            return None if found is None else self._resumed(found, reader)
        except LedgerError:
            # Torn, changed or not ours. All is drawn from the entries instead, and anew from here.
            self._store.disk.remove(FILE)
            return None

    def save(self, state: State, head: Head) -> None:
        """Make a snapshot if the newest one is old; costs nothing otherwise."""
        if head.size - self._newest < EVERY:
            return
        self._adopt(state.leaves)
        state.leaves.mend(lambda name: self._store.disk.size(f"{RUNS}/{name}") is not None)
        state.leaves.spill(head.size)
        listed = state.leaves.listed
        made = Snapshot(
            origin=head.origin,
            size=head.size,
            root=head.root.hex(),
            authors=state.authors,
            changes=state.changes,
            runs=tuple((run.first, run.stop, run.digest) for run in listed),
        )
        self._store.disk.write(FILE, encode(made, self._secret), durable=False)
        self._newest = head.size
        for name in set(self._store.disk.names(RUNS)) - {run.name for run in listed}:
            self._store.disk.remove(f"{RUNS}/{name}")

    def _there(self) -> Snapshot | None:
        raw = self._store.disk.read(FILE)
        return None if raw is None else decode(raw, self._secret)

    def _resumed(self, found: Snapshot, reader: Reader) -> tuple[State, Growth]:
        size = found.size
        if not 0 < size <= reader.head.size:
            raise Malformed(f"{FILE}: of {size} entries, the log has {reader.head.size}")
        if merkle.range_root(0, size, reader.hash).hex() != found.root:
            raise Malformed(f"{FILE}: another tree than the signed one")
        self._tree = reader
        state = self.fresh(found.origin)
        for index in found.changes:
            state.size = index
            state.take(entry.decode(reader.entry(index), index))
        state.size, state.authors = size, dict(found.authors)
        self._take_up(state.leaves, found)
        for index in range(state.leaves.written, size):
            leaf = reader.tile(0, index // WIDTH)[index % WIDTH]
            state.leaves.add(leaf.hex(), index)
        self._newest = size
        return state, _grown(reader, Head(found.origin, size, bytes.fromhex(found.root)))

    def _adopt(self, leaves: Leaves) -> None:
        """Go on from another process's runs if it was here since: each leaf is written once."""
        try:
            found = self._there()
            if found is not None and found.size > self._newest and found.stop >= leaves.written:
                self._take_up(leaves, found)
        except LedgerError:
            return

    def _take_up(self, leaves: Leaves, found: Snapshot) -> None:
        leaves.take_up(
            Run.open(self._shelf.folder / listed.name, listed)
            for listed in (Listed(*run) for run in found.runs)
        )

    def _write_run(self, name: str, parts: Iterable[bytes]) -> None:
        self._store.disk.write(f"{RUNS}/{name}", parts, durable=False)

    def _leaf_at(self, index: int) -> bytes | None:
        """The leaf the tree has at an index, by a reader that keeps the tiles it has checked."""
        try:
            if self._tree is None or index >= self._tree.head.size:
                self._tree = Reader(self._store.get, self._head())
            return self._tree.tile(0, index // WIDTH)[index % WIDTH]
        except (LedgerError, IndexError):
            return None


def _grown(reader: Reader, head: Head) -> Growth:
    """The right edge the tree had at an earlier size."""
    earlier = Reader(reader.get, head)
    growth = Growth()
    growth.size = head.size
    growth.edge = {0: [], **earlier.edge()}
    if head.size % WIDTH:
        growth.bundle = earlier.bundle(head.size // WIDTH)
    return growth
