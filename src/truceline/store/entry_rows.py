"""Entries as table rows: the act, what it says, and what became of what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from truceline.claims.claim import Origin
from truceline.ledger.contents import Content, Holding
from truceline.ledger.entry import Entry
from truceline.reports.report import Unreadable
from truceline.store.rows import Row
from truceline.values.audience import ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where something stands: its entry, who may read it and whose it is.

    In a slot also how many rows stand before it, and the slot's instant.
    floor_us: the desk's latest word before an entry that it did not sign itself.
    """

    entry: int
    audience: str
    owner: str
    author: str
    before: int = 0
    slot_us: int | None = None
    floor_us: int = 0

    def known_us(self, received_us: int) -> int:
        """When the record had it: for what a party sent itself, no earlier than the desk's word."""
        return max(received_us, self.floor_us)

    def recorded_us(self, received_us: int) -> int:
        """When it was on the record, which is what a stranger's row may tell, by the day.

        A slot belongs to the day that ends with it.
        """
        known_us = self.known_us(received_us)
        return known_us if self.slot_us is None else max(known_us, self.slot_us - 1)


def owner_of(entry: Entry) -> str:
    """Whose word an entry is."""
    return entry.on_behalf_of or entry.author


def entry_row(index: int, entry: Entry, held: str) -> Row:
    """The row of an entry: what the log itself says, and whether its payload is held."""
    return {
        "entry": index,
        "leaf": entry.leaf,
        "kind": entry.kind,
        "author": entry.author,
        "on_behalf_of": entry.on_behalf_of or "",
        "seq": entry.seq,
        "claimed_us": entry.claimed_us,
        "seen_size": entry.seen.size,
        "payload": str(held),
        "blob": entry.payload.blob if entry.payload else "",
        "audience": ALL,
        "owner": owner_of(entry),
        "compartment": entry.audience,
    }


def event_row(index: int, entry: Entry, payload: str) -> Row:
    """The row of an act whose payload is held."""
    return {
        "entry": index,
        "kind": entry.kind,
        "author": entry.author,
        "on_behalf_of": entry.on_behalf_of or "",
        "at_us": entry.claimed_us,
        "payload": payload,
        "audience": entry.audience,
        "owner": owner_of(entry),
        "compartment": entry.audience,
    }


def unreadable_row(item: Unreadable, origin: Origin, source: str) -> Row:
    """The row of a report that was not understood."""
    return {
        "entry": origin.entry,
        "row": origin.row,
        "line": item.line,
        "source": source,
        "raw": item.raw.hex(),
        "reason": item.reason,
        "audience": origin.audience,
        "owner": origin.owner,
        "compartment": origin.audience,
    }


def not_understood_row(at: Standing, kind: str, reason: str) -> Row:
    """The row of a whole payload that was not understood, or may not stand as it is."""
    return {
        "entry": at.entry,
        "row": at.before,
        "line": 0,
        "source": kind,
        "raw": "",
        "reason": reason,
        "audience": at.audience,
        "owner": at.owner,
        "compartment": at.audience,
    }


def unheld_row(at: Standing, blob: str, content: Content) -> Row:
    """The row of a blob that cannot be read here. Whoever is no reader has the same row."""
    return {
        "entry": at.entry,
        "blob": blob,
        "holding": content.holding.value,
        "why": "" if content.holding is Holding.WITHHELD else content.why,
        "audience": at.audience,
        "owner": at.owner,
        "compartment": at.audience,
    }


def erased_row(blob: str, by: Entry, stood: Standing | None, numbers: Mapping[int, int]) -> Row:
    """The tombstone of a blob: where it stood, who erased it, in which entry."""
    return {
        "blob": blob,
        "entry": stood.entry if stood else None,
        "erased_in": by.index,
        "erased_by": " ".join(name.rpartition("/")[2] for name in by.signed_by),
        "complaints": numbers.get(stood.entry, 0) if stood else 0,
        "audience": ALL,
        "owner": stood.owner if stood else owner_of(by),
        "compartment": ALL,
    }
