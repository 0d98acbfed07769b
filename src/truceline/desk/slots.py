"""Slots: the fixed instants at which what monitors handed in enters the record.

1. A slot is due at each whole multiple of the charter's `slot_minutes`; the newest one due is
   entered, once, whether anything waits or not.
2. Its payload has one size, its author and readers are always the same: from outside, a slot that
   holds a patrol's flash and a slot that holds nothing are alike.
3. What does not fit waits for the next slot. An item leaves the inbox when the record holds all of
   its rows; after a crash it is either still there or already on the record, never both twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from truceline.desk import inbox
from truceline.desk.desk import Desk
from truceline.desk.doors import door
from truceline.desk.inbox import Kept
from truceline.reports.taken import Pooled, Slot
from truceline.values.audience import CENTRE, audience
from truceline.values.canonical import canonical

SLOT = "report/slot"
SLOT_BYTES = 12_288  # room for some thirty parts; sealed, it stays in one size class


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What one slot put on the record. waiting: items that are in the inbox still."""

    entry: int
    at_us: int
    parts: int
    waiting: int


def next_us(desk: Desk) -> int | None:
    """When the next slot is due; None where the centre has none."""
    slot_us = desk.charter.slot_us
    return (desk.now_us() // slot_us + 1) * slot_us if slot_us else None


def tick(desk: Desk) -> Entered | None:
    """Enter the slot that is due; None where there are no slots or this one is entered already.

    Call it as often as you like, from as many processes: each slot is entered once.
    """
    slot_us = desk.charter.slot_us
    if not slot_us:
        return None
    due_us = desk.now_us() // slot_us * slot_us
    with door(desk.folder, "slot"):
        desk.draw()
        newest_us = _newest_us(desk)
        if due_us <= newest_us:
            return None
        return _enter(desk, due_us)


def _enter(desk: Desk, at_us: int) -> Entered:
    items = _unfinished(desk)
    parts = fitting(at_us, (part for item in items for part in _left(desk, item)))
    slot = Slot(at_us=at_us, items=parts)
    entry = desk.post(SLOT, CENTRE, padded(slot), acl=audience(desk.charter.pool))
    desk.draw()
    return Entered(entry=entry, at_us=at_us, parts=len(parts), waiting=len(_unfinished(desk)))


def padded(slot: Slot) -> bytes:
    """A slot's payload: JSON, and spaces up to the one size all slots have."""
    return canonical(slot).ljust(SLOT_BYTES)


def fitting(at_us: int, parts: Iterable[Pooled]) -> tuple[Pooled, ...]:
    """As many parts, in order, as one slot holds."""
    taken: list[Pooled] = []
    room = SLOT_BYTES - len(canonical(Slot(at_us=at_us)))
    for part in parts:
        room -= len(canonical(part)) + 1
        if room < 0:
            break
        taken.append(part)
    return tuple(taken)


def _unfinished(desk: Desk) -> list[Kept]:
    """What waits, after removing what the record holds in full: a crash may have left it here."""
    items = inbox.kept(desk.folder)
    done = [item for item in items if not _left(desk, item)]
    inbox.let_go(desk.folder, done)
    return [item for item in items if item not in done]


def _left(desk: Desk, item: Kept) -> tuple[Pooled, ...]:
    """The parts of an item that the record does not hold yet."""
    rows = desk.tables.select(
        "SELECT rows, complete FROM files WHERE sha256 = ? AND source = ? AND owner = ?",
        (item.sha256, item.source, item.owner),
    )
    if not rows:
        return item.parts
    if rows[0]["complete"]:
        return ()
    left, done = list(item.parts), int(rows[0]["rows"])
    while left and done >= left[0].rows and len(left) > 1:
        done -= left.pop(0).rows
    return tuple(left)


def _newest_us(desk: Desk) -> int:
    found = desk.tables.select(
        "SELECT payload FROM events WHERE kind = ? ORDER BY entry DESC LIMIT 1", (SLOT,)
    )
    return msgspec.json.decode(found[0]["payload"], type=Slot).at_us if found else -1
