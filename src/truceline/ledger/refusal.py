"""Refusals: the centre's signed word that it did not take an entry, and by which rule.

`truceline-refusal/v1 <origin>`, then `{"at","code","entry","head"}`, signed by the desk. Whoever
was refused keeps it: a refusal that was wrong is evidence against the centre. The centre keeps
those of entries whose author can be named, with the entry: two different entries by one author
under one number are evidence against the author.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec

from truceline.ledger import checkpoint, merkle, oneline
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Count, Seen
from truceline.ledger.errors import LedgerError, Malformed, Refused
from truceline.ledger.note import Key
from truceline.ledger.seal import Hex32

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-refusal/v1"
FOLDER = "state/refusals"
CODES = (
    "size", "format", "canonical", "schema", "policy", "key", "signature", "replay", "seq", "stale",
    "suspended", "slot",
)  # fmt: skip
_MOST_KEPT = 10_000  # an author with a key could otherwise fill the disk

Code = Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(CODES)})$")]


class Refusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which entry (leaf hash) was not taken, when, by which rule, and at which head."""

    at: Count
    code: Code
    entry: Hex32
    head: Seen


class SignedRefusal(Refused):
    """An entry that was refused, with the note that says so. Never try it again as it is."""

    def __init__(self, code: str, message: str, note: bytes) -> None:
        super().__init__(code, message)
        self.note = note


@dataclass(frozen=True, slots=True)
class Kept:
    """A refusal as the centre keeps it: the note, and the entry it is about."""

    refusal: Refusal
    note: bytes
    entry: bytes


def make(signer: "Signer", raw: bytes, code: str, head: Head, at_us: int) -> bytes:
    """Refuse an entry, signed."""
    said = Refusal(
        at=at_us,
        code=code,
        entry=merkle.leaf_hash(raw).hex(),
        head=Seen(head.size, head.root64),
    )
    return oneline.make(FIRST_LINE, head.origin, said, signer)


def read(raw: bytes) -> tuple[str, Refusal]:
    """Read a refusal, signatures unchecked: the log's name, and what is said."""
    return oneline.read(raw, FIRST_LINE, Refusal)


def open_signed(raw: bytes, keys: Iterable[Key]) -> tuple[str, Refusal]:
    """Read a refusal that one of these keys, the desk's, must have signed."""
    origin, said, _ = oneline.open_signed(raw, FIRST_LINE, Refusal, keys)
    return origin, said


class Refusals:
    """Those a centre keeps: of entries whose author's own signature holds.

    A file each, named by the entry's hash: `<length of the refusal>`, a newline, the refusal, the
    entry.
    """

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._count: int | None = None

    def keep(self, raw: bytes, note: bytes) -> None:
        """Keep a refusal and its entry, the first of each; durable when this returns."""
        if self._count is None:
            self._count = len(self._disk.names(FOLDER))
        where = f"{FOLDER}/{merkle.leaf_hash(raw).hex()}"
        if self._count >= _MOST_KEPT or self._disk.size(where) is not None:
            return
        self._disk.write(where, b"%d\n" % len(note) + note + raw, durable=True)
        self._count += 1

    def __iter__(self) -> Iterator[Kept]:
        """Every refusal kept, by the hash of its entry; one that is damaged is passed over."""
        for name in self._disk.names(FOLDER):
            try:
                yield self.read(name)
            except LedgerError:
                continue

    def read(self, name: str) -> Kept:
        """One of them; Malformed if the file is not what was written."""
        length, _, rest = (self._disk.read(f"{FOLDER}/{name}") or b"").partition(b"\n")
        size = checkpoint.parse_size(length.decode("latin-1"))
        note, raw = rest[:size], rest[size:]
        _, said = read(note)
        if not said.entry == merkle.leaf_hash(raw).hex() == name:
            raise Malformed(f"a refusal of {said.entry[:16]}…, kept with another entry")
        return Kept(said, note, raw)
