"""An act as this room reads it: the payload with the entry it stood in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

DESK = "desk"
CENTRE = "CENTRE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the ledger that these rooms understand.

    entry: its index. kind: as `window/guaranteed`.
    author: whose key signed it; on_behalf_of: whose word the author relays, None for its own.
    at_us: the instant the author claims; shown, and never used for a rule.
    known_us: when the record had it; every clock and every rule runs on this one.
    payload: a struct of `acts.PAYLOADS`; None where this reader does not hold it.
    """

    entry: int
    kind: str
    author: str
    on_behalf_of: str | None = None
    at_us: int
    known_us: int
    payload: msgspec.Struct | None

    @property
    def actor(self) -> str:
        """Whose word it is: the desk's own acts are the centre's."""
        if self.on_behalf_of:
            return self.on_behalf_of
        return CENTRE if self.author == DESK else self.author

    @property
    def relayed(self) -> bool:
        """Say whether somebody else's key stands under this word."""
        return bool(self.on_behalf_of) and self.on_behalf_of != self.author

    @property
    def borrowed(self) -> bool:
        """Say whether a party speaks for another: only the desk may relay."""
        return self.relayed and self.author not in {DESK, CENTRE}


def in_order(events: Iterable[Event], now_us: int) -> Iterator[tuple[Event, int]]:
    """Yield events in ledger order with the instant they took effect, as far as `now_us` goes.

    A clock that was set back does not send the record back: an entry takes effect no earlier than
    the one before it.
    """
    latest = None
    for event in sorted(events, key=lambda event: event.entry):
        latest = event.known_us if latest is None else max(latest, event.known_us)
        if latest > now_us:
            return
        yield event, latest
