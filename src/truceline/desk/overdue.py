"""Which relayed entries the record should hold by now and does not."""

from truceline.ledger import relay
from truceline.ledger.contents import Holding
from truceline.ledger.entry import Entry
from truceline.ledger.errors import LedgerError
from truceline.ledger.log import Log
from truceline.ledger.relay import NOTED, Overdue


def overdue_relays(log: Log, now_us: int) -> tuple[Overdue, ...]:
    """Entries that relay notes on the record speak of, and that are late or missing from it."""
    notes = [said for _, one in log.entries() if one.kind == NOTED for said in noted(log, one)]
    held = [said.entry for said in notes if log.find(said.entry) is not None]
    return relay.overdue(notes, held, now_us)


def noted(log: Log, one: Entry) -> list[relay.Relay]:
    """The relay note an entry carries; none where it is not held, or says something else."""
    if one.payload is None:
        return []
    content = log.content(one.payload, one.audience)
    try:
        _, said = relay.read(content.plain)
    except LedgerError:
        return []  # its author wrote something else: nothing can be made of it
    return [said] if content.holding is Holding.HELD and said.by == one.author else []
