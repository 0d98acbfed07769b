"""Relay notes: a party's signed word that it was shown an entry the centre did not take.

`truceline-relay/v1 <origin>`, then `{"at","by","entry","head"}`, signed by the relaying party. The
party passes the entry on; within DUE_US it is to be in the log. If it is not, notes by two parties
and a whole log without the entry are evidence against the centre.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from truceline.ledger import merkle, oneline
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Code, Count, Seen, key_name
from truceline.ledger.errors import BadSignature
from truceline.ledger.note import Key
from truceline.ledger.seal import Hex32
from truceline.values.instant import MINUTE_US

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-relay/v1"
NOTED = "relay/noted"
DUE_US = 10 * MINUTE_US


class Relay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who was shown which entry (leaf hash), when, having seen which head."""

    at: Count
    by: Code
    entry: Hex32
    head: Seen


@dataclass(frozen=True, slots=True)
class Overdue:
    """An entry that was shown to a party, and is late in the log or missing from it."""

    entry: str
    by: tuple[str, ...]
    since_us: int


def make(signer: "Signer", raw: bytes, head: Head, at_us: int) -> bytes:
    """Say that this entry was shown to us, signed by a party's own key."""
    by = signer.key.name.rpartition("/")[2]
    said = Relay(
        at=at_us, by=by, entry=merkle.leaf_hash(raw).hex(), head=Seen(head.size, head.root64)
    )
    return oneline.make(FIRST_LINE, head.origin, said, signer)


def read(raw: bytes) -> tuple[str, Relay]:
    """Read a relay note, signatures unchecked: the log's name, and what is said."""
    return oneline.read(raw, FIRST_LINE, Relay)


def open_signed(raw: bytes, keys: Iterable[Key], founded_origin: str) -> tuple[str, Relay]:
    """Read a relay note that the party it names must have signed with a registered key."""
    origin, said, key = oneline.open_signed(raw, FIRST_LINE, Relay, keys)
    if key.name != key_name(founded_origin, said.by):
        raise BadSignature(f"a relay note of {said.by}, signed by {key.name}")
    return origin, said


def overdue(notes: Iterable[Relay], held: Iterable[str], now_us: int) -> tuple[Overdue, ...]:
    """Entries that were relayed longer ago than DUE_US and are not among those the log holds."""
    there = set(held)
    missing: dict[str, list[Relay]] = {}
    for note in notes:
        if note.entry not in there:
            missing.setdefault(note.entry, []).append(note)
    return tuple(
        Overdue(
            entry=entry,
            by=tuple(sorted({note.by for note in shown})),
            since_us=min(note.at for note in shown),
        )
        for entry, shown in sorted(missing.items())
        if min(note.at for note in shown) + DUE_US < now_us
    )
