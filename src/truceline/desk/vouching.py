"""What can be said of entries beyond what they say themselves: how final, when, in what doubt."""

from dataclasses import dataclass

from truceline.desk.desk import Desk
from truceline.desk.finality import holders
from truceline.desk.overdue import noted
from truceline.ledger import relay
from truceline.ledger.heads import LATE_US
from truceline.ledger.policy import Level
from truceline.ledger.relay import NOTED, Overdue
from truceline.ledger.suspects import Suspicion
from truceline.values.errors import TrucelineError
from truceline.values.instant import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """How far others vouch for one entry.

    made: between which two heads it was made; None while one of them is not held or not dated.
    behind_us: for how long a newer head than the one its author saw had been there.
    doubt: its key was revoked, and is doubted from this entry or an earlier one on.
    """

    level: Level
    made: Span | None
    behind_us: int
    doubt: Suspicion | None

    @property
    def is_late(self) -> bool:
        """Whether its author was, or pretends to have been, out of reach for long."""
        return self.behind_us > LATE_US


def vouched(desk: Desk, indexes: range) -> list[Vouched]:
    """What can be said of a stretch of entries, in order."""
    levels = desk.log.heads.levels(indexes, holders(desk.folder, desk.log))
    return [
        Vouched(
            level=level,
            made=_made(desk, index),
            behind_us=desk.log.behind_us(index),
            doubt=desk.log.suspect(index),
        )
        for index, level in zip(indexes, levels, strict=True)
    ]


def overdue(desk: Desk) -> tuple[Overdue, ...]:
    """Entries that parties say they were shown, and that the record should hold by now.

    Reads the notes on the record alone, not the whole log.
    """
    rows = desk.tables.select("SELECT entry FROM entries WHERE kind = ? ORDER BY entry", (NOTED,))
    notes = [said for row in rows for said in noted(desk.log, desk.log.entry(row["entry"]))]
    held = [
        said.entry
        for said in notes
        if desk.tables.select("SELECT 1 FROM entries WHERE leaf = ?", (said.entry,))
    ]
    return relay.overdue(notes, held, desk.now_us())


def _made(desk: Desk, index: int) -> Span | None:
    try:
        after_us, before_us = desk.log.bounds(index)
    except (TrucelineError, IndexError):
        return None
    if not after_us or before_us is None or before_us <= after_us:
        return None
    return Span(from_us=after_us, until_us=before_us)
