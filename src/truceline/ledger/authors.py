"""Checking who signed what, over a log already read: the rules of admission, applied again."""

from functools import lru_cache

from truceline.ledger import entry, note
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.errors import LedgerError, NoKnownKey, Refused
from truceline.ledger.leaves import scratch
from truceline.ledger.note import Key
from truceline.ledger.tiles import WIDTH, Reader, Roots
from truceline.ledger.vouchers import Voucher


class Authors:
    """Follows a log from its first entry and says which entries should never have been admitted.

    That includes an entry whose `seen` is not a head of this log: a party's signature over the
    root it saw cannot be made again by whoever rewrites what came before.
    """

    def __init__(self, reader: Reader, log_publics: frozenset[bytes] = frozenset()) -> None:
        # Named by its first entry, and by whom it was handed over to since.
        self._reader = reader
        self._roots = Roots(reader)
        self._state = self._fresh(reader.head.origin)
        root_at = lru_cache(maxsize=4096)(self._root_at)
        self._door = Door(log_publics=log_publics, root_at=root_at, holds_blob=lambda _ref: True)

    def problem(self, index: int, raw: bytes, voucher: Voucher | None = None) -> str | None:
        """Say why an entry should not be in the log, or None; each entry once, in order."""
        if index == 0:
            self._founded_as(raw)
        try:
            admit(raw, self._state, self._door, voucher=voucher)
        except Refused as refused:
            self._go_on(index, raw)
            return str(refused)
        return self._handed_on(index)

    @property
    def state(self) -> State:
        """What the entries so far came to."""
        return self._state

    def _founded_as(self, raw: bytes) -> None:
        """A log that was handed over began under another name: the one in its first entry."""
        try:
            named = entry.decode(raw, 0).origin
        except (LedgerError, ValueError):
            return
        self._state = self._fresh(named)

    def _fresh(self, origin: str) -> State:
        return State(origin=origin, leaves=scratch(self._leaf_at))

    def _leaf_at(self, index: int) -> bytes | None:
        try:
            return self._reader.tile(0, index // WIDTH)[index % WIDTH]
        except (LedgerError, IndexError):
            return None

    def _handed_on(self, index: int) -> str | None:
        """The last entry must leave the log with the name its head is signed under."""
        head = self._reader.head
        if index + 1 == head.size and self._state.origin != head.origin:
            return f"the head is of {head.origin}, and the entries are of {self._state.origin}"
        return None

    def _go_on(self, index: int, raw: bytes) -> None:
        try:
            refused = entry.decode(raw, index)
            before = self._state.authors.get(refused.author, (0, ""))
            self._state.take(refused)
            if before[0] > refused.seq:  # or what is in the log twice would come in turn again
                self._state.authors[refused.author] = before
        except (LedgerError, ValueError):
            self._state.size += 1

    def _root_at(self, size: int) -> bytes | None:
        try:
            return self._roots.at(size)
        except LedgerError:
            return None


class Names:
    """The keys met so far in a log, to ask of a single entry whether its own signatures hold."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, bytes], Key] = {}

    def meet(self, raw: bytes) -> None:
        """Remember the keys an entry lists; cheap for the many that list none."""
        if b'"vkeys":' not in raw:
            return
        try:
            keys = map(Key.parse, entry.decode(raw, 0).vkeys)
            self._keys |= {key.identity: key for key in keys}
        except LedgerError:
            return

    def holds(self, raw: bytes) -> bool | None:
        """Whether an entry's own signatures hold; None where no key of theirs is known."""
        try:
            note.verify(note.parse(raw), self._keys.values())
        except NoKnownKey:
            return None
        except LedgerError:
            return False
        return True
