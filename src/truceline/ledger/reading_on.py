"""Reading a log on from where a replica stands: authenticate, admit, keep, then accept the head."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from truceline.ledger import checkpoint, merkle, proof
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry, decode
from truceline.ledger.errors import (
    Corrupt,
    IntegrityError,
    LedgerError,
    Malformed,
    NoKnownKey,
    Refused,
)
from truceline.ledger.evidence.ground import write_prefix
from truceline.ledger.fetching import Fetch
from truceline.ledger.growth import Growth
from truceline.ledger.leaves import scratch
from truceline.ledger.note import Key
from truceline.ledger.recent import RecentRoots
from truceline.ledger.replica_folder import Folder
from truceline.ledger.standing import log_keys
from truceline.ledger.store import head_path
from truceline.ledger.tiles import WIDTH, Reader
from truceline.ledger.vouchers import Keys, Vouched, Voucher, Vouchers

Progress = Callable[[int, int], None]
_DURABLE_EVERY = 64  # bundles; a kill costs the checking of at most so many
_HEADS_AT_ONCE = 1_024


class Forked(LedgerError):
    """Two heads were signed that do not continue each other; both are kept as evidence.

    kept, shown: the sizes of the two. where: the folder with both heads and the proof.
    """

    def __init__(self, message: str, *, kept: int, shown: int, where: str) -> None:
        super().__init__(message)
        self.kept, self.shown, self.where = kept, shown, where


class Unlawful(LedgerError):
    """The log signed an entry that could not be admitted: its head is not accepted.

    index: the entry. code: the rule it breaks. where: the folder with the entry and its proof.
    """

    def __init__(self, message: str, *, index: int, code: str, where: str) -> None:
        super().__init__(message)
        self.index, self.code, self.where = index, code, where


@dataclass(frozen=True, slots=True)
class Known:
    """What the entries read so far came to."""

    state: State
    growth: Growth
    recent: RecentRoots


class Pass:
    """One reading of one head, from where the replica stands.

    known: what was read before; without it the reading begins with entry 0.
    """

    def __init__(
        self, folder: Folder, fetch: Fetch, head: Head, signed: bytes, known: Known | None = None
    ) -> None:
        self.head = head
        self.reader = Reader(fetch.get, head)
        self._signed = signed
        self._folder = folder
        self._fetch = fetch
        self._known = known
        if known:
            known.state.leaves.look_in(self._leaf_at)
        self._state = known.state.fork() if known else None
        self._growth = known.growth.copy() if known else Growth()
        self._recent = known.recent.copy() if known else RecentRoots()
        self._successor: tuple[Key, ...] = ()
        self._older_root = lru_cache(maxsize=4096)(self.root_at)
        self._door = Door(
            log_publics=frozenset(key.public for key in (*folder.trust.logs, *folder.trust.past)),
            root_at=self._seen_root,
            holds_blob=lambda _ref: True,  # payloads come afterwards, by a way of their own
        )

    def root_at(self, size: int) -> bytes:
        """The root this log had at a size; WrongBytes where its source does not let us know."""
        return self._fetch.sure(lambda: merkle.range_root(0, size, self.reader.hash))

    def load(self, progress: Progress) -> Known:
        """Read the head accepted before again, from this folder; mend what is damaged there."""
        self._read(self.head.size, progress, keep=True)
        self._finish()
        return self._absorbed()

    def run(self, progress: Progress) -> Known:
        """Check and keep everything up to this head, and accept it."""
        size, root = self._folder.progress()
        checked = size if 0 < size <= self.head.size and self.root_at(size) == root else 0
        self._read(max(checked, self._size), progress, keep=True)
        if self._state is not None and self._state.origin != self.head.origin:
            raise NoKnownKey(
                f"a head of {self.head.origin}, and its entries are of {self._state.origin}: "
                "nothing in the log hands it over"
            )
        old = self._known.growth.size if self._known else 0
        self._finish()
        self._folder.accept(self._signed)
        self._folder.prune(old, self.head.size)
        self.fetch_heads()
        return self._absorbed()

    def handover(self, progress: Progress) -> tuple[Key, ...]:
        """Read everything, keeping nothing; return the keys of the log it was handed over to.

        NoKnownKey where no lawful handover leads to the log this head is of.
        """
        self._read(self._size, progress, keep=False)
        if not self._successor or self._successor[0].name != self.head.origin:
            raise NoKnownKey(
                f"the trust file has no key of the log {self.head.origin}, and no handover that "
                "holds leads to it"
            )
        checkpoint.open_signed(self._signed, self._successor)
        return self._successor

    def fetch_heads(self) -> None:
        """Fetch heads that entries say they saw; a signed one that was never ours is a fork."""
        for size in sorted(self._folder.cited):
            raw = self._fetch.ask(head_path(size))
            head = None if raw is None else self._told(raw)
            if raw is None or head is None or head.size != size:
                self._folder.missing.add(size)
                continue
            if head.root != self.root_at(size):
                raise forked(self._folder, raw, self._signed, self.reader)
            self._folder.keep_head(raw)
        self._folder.cited.clear()

    def _told(self, raw: bytes) -> Head | None:
        """The head in these bytes if the log of its name signed it; None if it did not."""
        try:
            return self._folder.trust.open_past(raw)
        except LedgerError:
            return None

    @property
    def _size(self) -> int:
        return self._growth.size

    def _read(self, checked: int, progress: Progress, *, keep: bool) -> None:
        """Read on to the head. checked: entries below were held to admission before."""
        first = self._size // WIDTH
        with Vouchers() as vouchers:
            ahead = vouchers.ahead(self._unread(), self._signing, skip=checked - self._size)
            for number, (raws, vouched) in enumerate(ahead, start=first):
                files: dict[str, bytes] = {}
                for entry in self._entries(raws, vouched):
                    files |= self._push(entry)
                if keep:
                    self._keep(number, files)
                progress(self._size, self.head.size)

    def _unread(self) -> Iterator[Sequence[bytes]]:
        """The bundles that come next, authenticated; of the first what was not read before."""
        size = self._size
        for number in range(size // WIDTH, -(-self.head.size // WIDTH)):
            raws = self._fetch.sure(lambda at=number: self.reader.bundle(at))  # type: ignore[misc]
            yield raws[max(0, size - number * WIDTH) :]

    def _signing(self) -> tuple[str, Keys]:
        """The log's name and the keys registered so far: what signatures are checked by."""
        state = self._state
        return (self.head.origin, {}) if state is None else (state.origin, state.keys)

    def _entries(self, raws: Sequence[bytes], vouched: Vouched) -> list[Entry]:
        """Count entries in by the rules; those before the vouched were checked another time."""
        if self._state is None:
            self._state = State(origin=_founded_as(raws[0]), leaves=scratch(self._leaf_at))
        state = self._state
        before = len(raws) - len(vouched)
        entries = []
        for index, raw in enumerate(raws[:before], start=state.size):
            entries.append(decode(raw, index))
            state.take(entries[-1])
            self._recent.push(bytes.fromhex(entries[-1].leaf))
        for raw, voucher in zip(raws[before:], vouched, strict=True):
            entries.append(self._admit(raw, state, voucher))
            self._recent.push(bytes.fromhex(entries[-1].leaf))
        return entries

    def _leaf_at(self, index: int) -> bytes | None:
        try:
            return self.reader.tile(0, index // WIDTH)[index % WIDTH]
        except (IntegrityError, IndexError):
            return None

    def _admit(self, raw: bytes, state: State, voucher: Voucher | None) -> Entry:
        index = state.size
        try:
            return admit(raw, state, self._door, voucher=voucher)
        except Refused as refused:
            raise self._unlawful(index, raw, refused) from refused

    def _unlawful(self, index: int, raw: bytes, refused: Refused) -> Unlawful:
        hashes = merkle.prove_inclusion(index, self.head.size, self.reader.hash)
        members = {
            "entry.note": raw,
            "entry.tlog-proof": proof.render(index, hashes, self._signed),
        }
        where = self._folder.keep_evidence(f"unlawful-{index}", members)
        return Unlawful(
            f"entry {index} should never have been admitted ({refused}), and the log signed it; "
            f"the entry and its proof are in {where}, and this head is not accepted",
            index=index,
            code=refused.code,
            where=where,
        )

    def _push(self, entry: Entry) -> dict[str, bytes]:
        if entry.continues is not None:
            self._successor = log_keys(entry)
        self._folder.cite(entry.seen.size)
        return self._growth.push(entry.raw, bytes.fromhex(entry.leaf))

    def _keep(self, number: int, files: dict[str, bytes]) -> None:
        self._folder.keep(files)
        if files and number % _DURABLE_EVERY == _DURABLE_EVERY - 1:
            self._folder.settle(self._size, self._growth.root())
            if len(self._folder.cited) >= _HEADS_AT_ONCE:
                self.fetch_heads()

    def _finish(self) -> None:
        if self._growth.root() != self.head.root:  # every byte of it was authenticated
            raise Corrupt(f"two ways of computing the root of {self.head.size} disagree")
        self._folder.keep(self._growth.partials(0))
        self._folder.settle(self._size, self.head.root)

    def _absorbed(self) -> Known:
        state = self._state or State(origin=self.head.origin)
        if self._known is not None:
            self._known.state.absorb(state)
            state = self._known.state
        return Known(state, self._growth, self._recent)

    def _seen_root(self, size: int) -> bytes | None:
        recent = self._recent.root(size)
        if recent is not None:
            return recent
        return self._older_root(size) if size <= self.head.size else None


def forked(folder: Folder, smaller: bytes, larger: bytes, reader: Reader) -> Forked:
    """Keep two heads that contradict each other, and what shows it; the error that says so.

    reader: of the larger head, which the hashes that prove it are read from.
    """
    one, other = checkpoint.parse(smaller), checkpoint.parse(larger)
    members = {"kept.checkpoint": smaller, "shown.checkpoint": larger}
    if 0 < one.size < other.size:
        steps = merkle.prove_prefix(one.size, other.size, reader.hash)
        members["prefix.proof"] = write_prefix(one.size, other.size, steps)
    name = f"fork-{one.size}-{other.size}-{one.root.hex()[:8]}-{other.root.hex()[:8]}"
    where = folder.keep_evidence(name, members)
    signed = one.origin if one.origin == other.origin else f"{one.origin} and {other.origin}"
    return Forked(
        f"{signed} signed a head of {one.size} entries and one of {other.size} that does not "
        f"continue it: both are kept in {where}; show them to the other parties",
        kept=one.size,
        shown=other.size,
        where=where,
    )


def superseded(folder: Folder, shown: bytes) -> Forked:
    """Keep a further head of a log that was handed over; the error that says so."""
    head = checkpoint.parse(shown)
    where = folder.keep_evidence(
        f"superseded-{head.size}-{head.root.hex()[:8]}", {"shown.checkpoint": shown}
    )
    return Forked(
        f"{head.origin} was handed over to {folder.trust.origin} and signed a further head of "
        f"{head.size} entries: it is kept in {where}, and follows nothing",
        kept=head.size,
        shown=head.size,
        where=where,
    )


def _founded_as(raw: bytes) -> str:
    """The name a log was founded under: the one on the first line of its first entry."""
    try:
        return decode(raw, 0).origin
    except ValueError as problem:
        raise Malformed(f"entry 0 is no entry: {problem}") from problem
