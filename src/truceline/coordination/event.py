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
    """Yield the events that had taken effect by `now_us`, each with when, in the order they did.

    An entry takes effect no earlier than the desk's last entry before it, so that nobody dates an
    act back past what the centre had already recorded. An entry dated in the future has not taken
    effect yet and holds up nobody else's: a window must still close on a later word.
    """
    floor_us = 0
    dated: list[tuple[int, int, Event]] = []
    for event in sorted(events, key=lambda event: event.entry):
        if event.known_us > now_us:
            continue
        at_us = max(floor_us, event.known_us)
        if event.author == DESK:
            floor_us = at_us
        dated.append((at_us, event.entry, event))
    for at_us, _, event in sorted(dated, key=lambda one: one[:2]):
        yield event, at_us
