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

from truceline.ledger import merkle, oneline
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Count, Seen
from truceline.ledger.errors import LedgerError, Refused
from truceline.ledger.note import Key
from truceline.ledger.seal import Hex32

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-refusal/v1"
FOLDER = "state/refusals"
CODES = (
    "size", "format", "canonical", "schema", "policy", "key", "signature", "replay", "seq", "stale",
    "suspended",
)  # fmt: skip
_NOTE, _ENTRY = "refusal", "entry"
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
    """Those a centre keeps: of entries whose author's own signature holds."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._count: int | None = None

    def keep(self, raw: bytes, note: bytes) -> None:
        """Keep a refusal and its entry, the first of each; durable when this returns."""
        _, said = read(note)
        if self._count is None:
            self._count = len(self._disk.names(FOLDER))
        where = f"{FOLDER}/{said.entry}"
        if self._count >= 2 * _MOST_KEPT or self._disk.size(f"{where}.{_NOTE}") is not None:
            return
        self._disk.write(f"{where}.{_ENTRY}", raw, durable=True)
        self._disk.write(f"{where}.{_NOTE}", note, durable=True)
        self._count += 2

    def __iter__(self) -> Iterator[Kept]:
        """Every refusal kept, by the hash of its entry; one that is damaged is passed over."""
        for name in self._disk.names(FOLDER):
            leaf, _, kind = name.partition(".")
            note = self._disk.read(f"{FOLDER}/{name}") if kind == _NOTE else None
            raw = self._disk.read(f"{FOLDER}/{leaf}.{_ENTRY}")
            if note is None or raw is None:
                continue
            try:
                yield Kept(check(note, raw), note, raw)
            except LedgerError:
                continue


def check(note: bytes, raw: bytes) -> Refusal:
    """Read a refusal and hold it against the entry it should be about."""
    _, said = read(note)
    if said.entry != merkle.leaf_hash(raw).hex():
        raise Refused("format", f"a refusal of {said.entry[:16]}…, kept with another entry")
    return said
