"""The one door through which entries enter the log. Only the desk may use it.

A commit: take the lock · re-read the head and finish what a crash left · catch up with entries
others appended · admit the batch · stage it · read the stage back and compute the root again,
another way · sign · swap the head (the commit point) · apply · publish · answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from truceline.ledger import checkpoint, merkle, policy, proof, seal, snapshot, staging
from truceline.ledger.admission import Door
from truceline.ledger.batch import Batch
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry, decode
from truceline.ledger.errors import (
    BadKeyFile,
    ClockWentBack,
    Conflict,
    Corrupt,
    Full,
    Halted,
    LedgerError,
    Malformed,
)
from truceline.ledger.growth import Growth
from truceline.ledger.keys import Signer
from truceline.ledger.note import ED25519, MLDSA44, Key
from truceline.ledger.policy import Policy
from truceline.ledger.proof import Receipt
from truceline.ledger.seal import PayloadRef, Wrap
from truceline.ledger.snapshot import Snapshots
from truceline.ledger.stage import Stage
from truceline.ledger.store import HEAD, RESERVE, RESERVE_BYTES, TRUST, Store, blob_path, head_path
from truceline.ledger.tiles import WIDTH, Reader, split_bundle
from truceline.ledger.vouchers import Vouched, Vouchers
from truceline.values.instant import MINUTE_US

# An instant read before waiting for the lock may be a little older than the newest head.
_WAIT_US = 10 * MINUTE_US
_KEPT_ROOTS = 4_096


class Appender:
    """The writing end of one log. Holds the log's keys; holds the lock only inside a commit."""

    def __init__(self, store: Store, signers: Sequence[Signer]) -> None:
        self._store = store
        self._signers = tuple(signers)
        self._keys = tuple(signer.key for signer in signers)
        self._origin = _origin(self._keys)
        self._head: Head
        secret = snapshot.secret_of(signer.seed for signer in self._signers)
        self._snapshots = Snapshots(store, secret, lambda: self._head)
        self._forget()
        self._floor = 0
        self._vouchers: Vouchers | None = None
        self._door = Door(
            log_publics=frozenset(key.public for key in self._keys),
            root_at=self._root_at,
            holds_blob=lambda ref: store.disk.size(blob_path(ref.blob)) == ref.size,
        )

    @classmethod
    def create(
        cls,
        centre: Path,
        origin: str,
        signers: Sequence[Signer],
        now_us: int,
        *,
        disk: Disk | None = None,
    ) -> "Appender":
        """Found a log: its directory, its trust file and a signed head of size 0.

        An interrupted founding is completed by founding again. Conflict if a log is here already.
        """
        store = Store(disk or Disk(Path(centre)))
        if _origin(tuple(signer.key for signer in signers)) != origin:
            raise BadKeyFile(f"the log's keys are not named {origin}")
        for room in ("log", "heads", "blobs/sha256", "state", "keys", "tables"):
            (store.disk.root / room).mkdir(parents=True, exist_ok=True)
        with store.locked():
            _found(store, origin, signers, now_us)
        return cls.open(centre, signers, disk=store.disk)

    @classmethod
    def open(
        cls, centre: Path, signers: Sequence[Signer], *, disk: Disk | None = None
    ) -> "Appender":
        """Open a log for appending: recover, read what follows the snapshot, check the root.

        Raises NotFounded; BadKeyFile if these are not its keys; Corrupt if its files contradict
        the signed head.
        """
        store = Store(disk or Disk(Path(centre)))
        appender = cls(store, signers)
        store.head()  # NotFounded comes before any other complaint
        trusted = policy.parse(store.disk.read(TRUST) or b"quorum none\n")
        if {key.vkey for key in trusted.logs} != {key.vkey for key in appender._keys}:
            raise BadKeyFile(f"{centre}: these are not the keys its trust file names for the log")
        with store.locked():
            signed = store.recover()
            store.refuse_rollback()
            appender._catch_up(signed)
        return appender

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @property
    def keys(self) -> tuple[Key, ...]:
        """The public keys of the log."""
        return self._keys

    @property
    def head(self) -> Head:
        """The head of the last commit this appender made or caught up with."""
        return self._head

    @property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """Code → age recipients to seal to, the newest first, as of the last commit or opening."""
        return self._state.readers

    def put_blob(self, plain: bytes, wrap: Wrap = seal.wrap) -> PayloadRef:
        """Keep a payload; durable when this returns. No lock is taken.

        wrap: how it is kept: salted alone, padded (`seal.pad`), or sealed (`sealing.seal_to`).
        """
        blob, ref = wrap(plain)
        self._store.put_blob(blob)
        return ref

    def vouch(self, raws: Sequence[bytes]) -> Callable[[], Vouched]:
        """Begin to check the signatures of entries in threads; call the result for the vouchers.

        Begin with the next batch before committing this one, and two processors are busy.
        """
        if self._vouchers is None:
            self._vouchers = Vouchers()
        return self._vouchers.start(raws, self._state.origin, self._state.keys)

    @contextmanager
    def commit(self, now_us: int) -> Iterator[Batch]:
        """Open a batch; what was added to it is in the log, durably, when this returns.

        An exception inside leaves the log as it was. Full: nothing changed either. Halted: open
        anew to find out whether it was stored. ClockWentBack: now_us is before the newest head.
        """
        with self._store.locked():
            signed = self._store.recover(known=self._head.size)
            self._catch_up(signed)
            stamp_us = _not_before(signed, now_us)
            batch = Batch(
                self._state.fork(), self._growth.copy(), self._door, seen=self._head, now_us=now_us
            )
            yield batch
            if batch.entries:
                self._commit(batch, signed, stamp_us)

    def refresh(self, now_us: int, *, older_than_us: int) -> bool:
        """Sign the newest head again if it is older than this; say whether that was done.

        Readers then see that nothing is held back from them. Size and root stay, and so does
        heads/<size>, which dates the entries it was the first to cover.
        """
        with self._store.locked():
            signed = self._store.recover(known=self._head.size)
            self._catch_up(signed)
            stamp_us = _not_before(signed, now_us)
            if stamp_us - (checkpoint.time_us(signed) or 0) <= older_than_us:
                return False
            # The first signature of this size is about to be nowhere else.
            self._store.disk.sync([head_path(self._head.size)])
            fresh = checkpoint.sign(self._head, self._signers, stamp_us)
            checkpoint.open_signed(fresh, self._keys)
            self._store.swap_head(signed, fresh)
            self._store.publish(fresh)
            self._signed = fresh
            return True

    def settle(self) -> None:
        """Make everything applied durable and let the stages go; done now and then by commits."""
        with self._store.locked():
            self._store.recover()
            self._store.settle(all_of_them=True)

    def _commit(self, batch: Batch, old: bytes, stamp_us: int) -> None:
        head = Head(self._origin, batch.growth.size, batch.growth.root())
        files = batch.files | batch.growth.partials(self._head.size)
        staged = staging.stage(self._head, head, files, old)
        at = self._store.put_stage(staged, head.root)
        try:
            staging.recompute(self._store.read_stage(at), self._store.get, self._head, head)
            signed = checkpoint.sign(head, self._signers, stamp_us)
            checkpoint.open_signed(signed, self._keys)
            self._store.swap_head(old, signed)
        except (Full, Corrupt):
            self._store.disk.remove(at)
            raise
        self._show(staged, signed)
        self._state.absorb(batch.state)
        self._growth = batch.growth
        batch.done(self._prover(head, signed))
        self._store.settle()
        self._now_at(head, signed)

    def _show(self, staged: Stage, signed: bytes) -> None:
        """Apply and publish what is already committed: from here on nothing can be refused."""
        try:
            self._store.apply(staged)
            self._store.publish(signed)
        except Full as problem:
            raise Halted(f"{problem}: the batch is committed and will be shown then") from problem

    def _prover(self, head: Head, signed: bytes) -> "_Prover":
        return _Prover(Reader(self._store.get, head), signed)

    def _forget(self) -> None:
        """Know nothing of the log, as before it was first read."""
        self._state = self._snapshots.fresh(self._origin)
        self._growth = Growth()
        self._head = Head(self._origin, 0, merkle.EMPTY_ROOT)
        self._signed = b""
        self._roots: dict[int, bytes] = {}

    def _catch_up(self, signed: bytes) -> None:
        """Count in what the log holds beyond what we know; every byte leads to the signed root."""
        if signed == self._signed:
            return
        try:
            head = checkpoint.open_signed(signed, self._keys)
        except LedgerError as problem:
            raise Corrupt(f"{HEAD}: {problem}; sign nothing, run fsck") from problem
        if head.size < self._floor or head.origin != self._origin:
            raise Corrupt(f"{HEAD}: the log went back to {head.size}; sign nothing, run fsck")
        reader = Reader(self._store.get, head)
        try:
            if not self._state.size:
                self._resume(reader)
            self._read_on(reader)
            if self._growth.root() != head.root:
                _name_the_damage(reader)
        except LedgerError as problem:
            self._forget()  # part of it was counted in
            raise Corrupt(f"{problem}; sign nothing, run fsck") from problem
        self._now_at(head, signed)

    def _resume(self, reader: Reader) -> None:
        """Go on from our own snapshot, if there is a good one; what follows is read as ever."""
        found = self._snapshots.resume(reader)
        if found is not None:
            self._state, self._growth = found

    def _read_on(self, reader: Reader) -> None:
        size, state = reader.head.size, self._state
        for number in range(state.size // WIDTH, -(-size // WIDTH)):
            first = number * WIDTH
            width = min(WIDTH, size - first)
            _, raw = reader.stored("entries", number, width)
            for index, held in enumerate(split_bundle(raw, width), start=first):
                if index >= state.size:
                    entry = decode(held, index)
                    state.take(entry)
                    self._growth.push(held, bytes.fromhex(entry.leaf))

    def _now_at(self, head: Head, signed: bytes) -> None:
        self._head, self._signed, self._floor = head, signed, head.size
        if len(self._roots) >= _KEPT_ROOTS:
            self._roots.clear()
        self._roots[head.size] = head.root
        with suppress(Full):  # it spares reading, and nothing depends on it
            self._snapshots.save(self._state, head)

    def _root_at(self, size: int) -> bytes | None:
        """The root at a size of which a head was published; what it was, the tree itself says."""
        if size not in self._roots:
            if self._store.disk.size(head_path(size)) is None:
                return None
            tree = Reader(self._store.get, self._head)
            self._roots[size] = merkle.range_root(0, size, tree.hash)
        return self._roots[size]


class _Prover:
    """Draws receipts from a head that is durable."""

    def __init__(self, reader: Reader, signed: bytes) -> None:
        self._size = reader.head.size
        self._hash = cache(reader.hash)  # the receipts of a batch share most of their hashes
        self._signed = signed

    def __call__(self, entry: Entry) -> Receipt:
        index = entry.index
        assert index is not None
        hashes = merkle.prove_inclusion(index, self._size, self._hash)
        return Receipt(
            index=index, leaf=entry.leaf, proof=proof.render(index, hashes, self._signed)
        )


def _found(store: Store, origin: str, signers: Sequence[Signer], now_us: int) -> None:
    if store.disk.size(HEAD) is not None:
        raise Conflict(f"{store.disk.root}: a log has been founded here already")
    trust = policy.render(Policy(logs=tuple(signer.key for signer in signers))).encode()
    genesis = checkpoint.sign(Head(origin, 0, merkle.EMPTY_ROOT), signers, now_us)
    store.disk.write(TRUST, trust, durable=True)
    store.disk.write(RESERVE, bytes(RESERVE_BYTES), durable=True)
    store.disk.write(head_path(0), genesis, durable=True, mode=0o444)
    store.disk.write("log/checkpoint", genesis, durable=True)
    store.disk.write(HEAD, genesis, durable=True)


def _origin(keys: Sequence[Key]) -> str:
    names = {key.name for key in keys}
    if {key.algorithm for key in keys} != {ED25519, MLDSA44} or len(names) != 1:
        raise BadKeyFile("a log signs with an Ed25519 and an ML-DSA-44 key, both named by it")
    return names.pop()


def _not_before(signed: bytes, now_us: int) -> int:
    last_us = checkpoint.time_us(signed) or 0
    if now_us < last_us - _WAIT_US:
        raise ClockWentBack(
            f"the clock says {now_us} µs and the newest head was signed at {last_us} µs; "
            "correct the clock first"
        )
    return max(now_us, last_us)


def _name_the_damage(reader: Reader) -> None:
    for number in range(-(-reader.head.size // WIDTH)):
        reader.bundle(number)
    raise Malformed("the entries do not lead to the signed root")
