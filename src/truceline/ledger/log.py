"""Reading a log: no lock, nothing returned that the signed head does not vouch for."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from truceline.ledger import checkpoint, entry, merkle, policy, proof, seal
from truceline.ledger.checkpoint import Head
from truceline.ledger.contents import Content, Contents
from truceline.ledger.entry import Entry
from truceline.ledger.errors import (
    BlobDamaged,
    Corrupt,
    Malformed,
    NotFounded,
    SealedToOthers,
)
from truceline.ledger.heads import Heads, Holders, nobody
from truceline.ledger.policy import Level, Policy
from truceline.ledger.seal import Referred
from truceline.ledger.store import CHECKPOINT, HEAD, TRUST, Store, blob_path, open_store
from truceline.ledger.suspects import Suspects, Suspicion
from truceline.ledger.tiles import WIDTH, Reader


class Log:
    """The record of a centre, as its own programs read it."""

    def __init__(self, store: Store, trust: Policy) -> None:
        self._store = store
        self._trust = trust
        self._contents = Contents(store)
        self._reader: Reader | None = None
        self.heads = Heads(store, trust)
        self._suspects = Suspects()
        self._searched = 0

    @classmethod
    def open(cls, centre: Path) -> "Log":
        """Open the log of a centre's directory; NotFounded if there is none."""
        store = open_store(Path(centre))
        raw = store.disk.read(TRUST)
        if raw is None or store.disk.size(CHECKPOINT if store.is_replica() else HEAD) is None:
            raise NotFounded(f"{centre}: no log has been founded here, or followed to a first head")
        try:
            return cls(store, policy.parse(raw))
        except Malformed as problem:
            raise Corrupt(f"{Path(centre) / TRUST}: {problem}; restore it") from problem

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._trust.origin

    @property
    def trust(self) -> Policy:
        """The centre's own trust file."""
        return self._trust

    def signed_head(self) -> bytes:
        """The newest head, as signed: the durable commit point."""
        return self._store.head()

    def head(self) -> Head:
        """The newest head; its signatures by every key of the log are checked.

        Whether witnesses have cosigned it yet is another question: see `level`.
        """
        signed = self.signed_head()
        if self._store.is_replica():
            return self._trust.open_past(signed)  # perhaps just before, or during, a handover
        return self._trust.open_logged(signed)

    def reader(self) -> Reader:
        """An authenticated reader of the newest head."""
        if self._reader is None or self._reader.head != checkpoint.parse(self.signed_head()):
            self._reader = Reader(self._store.get, self.head())
        return self._reader

    def raw(self, index: int) -> bytes:
        """The bytes of one entry; IndexError if the log is shorter."""
        return self.reader().entry(index)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Entry]]:
        """Entries start…stop in order, to the newest head if stop is None; one bundle in memory.

        IntegrityError names the first entry whose stored bytes are not the log's.
        """
        reader = self.reader()
        end = reader.head.size if stop is None else min(stop, reader.head.size)
        for number in range(start // WIDTH, -(-end // WIDTH)):
            first = number * WIDTH
            for index, raw in enumerate(reader.bundle(number), start=first):
                if start <= index < end:
                    yield index, entry.decode(raw, index)

    def suspect(self, index: int) -> Suspicion | None:
        """Why an entry is in doubt: its key was revoked later on; None if it is not.

        The first call reads the log through for revocations, each later one what is new.
        """
        reader = self.reader()
        for number in range(self._searched // WIDTH, -(-reader.head.size // WIDTH)):
            for at, raw in enumerate(reader.bundle(number), start=number * WIDTH):
                if at >= self._searched:
                    self._suspects.meet(at, raw)
        self._searched = reader.head.size
        return self._suspects.of(index, self.raw(index))

    def entry(self, index: int) -> Entry:
        """One entry."""
        return entry.decode(self.raw(index), index)

    def blob(self, digest: str) -> bytes | None:
        """A blob by its SHA-256 in hex; None if it is not held; BlobDamaged if it is not whole."""
        raw = self._store.disk.read(blob_path(digest))
        if raw is not None and sha256(raw).hexdigest() != digest:
            raise BlobDamaged(f"{blob_path(digest)}: damaged; fetch it from another holder")
        return raw

    def payload(self, of: Entry) -> bytes | None:
        """What an entry commits to, in plain; None if it has none, or it cannot be read here."""
        return None if of.payload is None else self.plain(of.payload)

    def plain(self, ref: Referred) -> bytes | None:
        """What a blob holds; None if it is not held here or sealed to others.

        CommitmentError if it is damaged, or is not what its author committed to.
        """
        opened = self.opened(ref)
        return None if opened is None else opened[1]

    def opened(self, ref: Referred) -> tuple[bytes, bytes] | None:
        """Salt and plaintext of a blob, which open its commitment; else as `plain`."""
        raw = self.blob(ref.blob)
        try:
            return None if raw is None else seal.opened(raw, ref, self._contents.unseal)
        except SealedToOthers:
            return None

    def content(self, ref: Referred, audience: str) -> Content:
        """What a blob meant for these readers holds, or why it cannot be read here."""
        return self._contents.read(ref, audience)

    def prove(self, index: int, size: int | None = None) -> bytes:
        """A .tlog-proof that an entry is in the log of a published size.

        By default the newest that the quorum cosigned, or the newest of all if none has been.
        """
        reader = self.reader()
        size = self.heads.best(index) if size is None else size
        signed = self.head_at(size)
        if signed is None:
            raise IndexError(f"no head of {size} entries was published")
        return proof.render(index, merkle.prove_inclusion(index, size, reader.hash), signed)

    def head_at(self, size: int) -> bytes | None:
        """The signed head of a size, or None if the log never published one."""
        return self.heads.at(size)

    def find(self, leaf: str, start: int = 0) -> int | None:
        """The index of a leaf (hex) at or after a place; None if the log does not hold it.

        One pass over the hashes from there on: an entry stands behind the head its author saw.
        """
        reader, wanted = self.reader(), bytes.fromhex(leaf)
        for number in range(start // WIDTH, -(-reader.head.size // WIDTH)):
            for index, found in enumerate(reader.tile(0, number), start=number * WIDTH):
                if found == wanted:
                    return index
        return None

    def first_proof(self, index: int) -> bytes:
        """The .tlog-proof against the first head that covers an entry; it may gain cosignatures."""
        return self.prove(index, self.heads.first_after(index))

    def bounds(self, index: int) -> tuple[int, int | None]:
        """When an entry was made, whatever anyone's clock says: (not before, not after), µs UTC.

        Not before: the head its author had seen was signed. Not after: the first head that covers
        it was cosigned, by the median of the witnesses, or signed, where there are none; None
        while there is none.
        """
        return self.heads.bounds(self.entry(index).seen.size, index)

    def behind_us(self, index: int) -> int:
        """For how long a newer head than the one its author saw had been there, µs; 0 if none."""
        return self.heads.behind_us(self.entry(index).seen.size, index)

    def level(self, index: int, holders: Holders = nobody) -> Level:
        """How final an entry is: logged, replicated, witnessed or final (docs/formats/witness.md).

        holders: who has signed that they hold every byte up to a size.
        """
        return self.heads.level(index, holders)


def is_centre(path: Path) -> bool:
    """Say whether a directory is a centre rather than the public part of a log."""
    return (path / HEAD).exists() or (path / CHECKPOINT).exists()
