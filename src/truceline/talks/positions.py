"""Positions: where a party stands on an issue, over time, as far as this reader was told.

What the record holds: positions for everyone with a seat, and positions for a facilitator, each of
those sealed to its party and the facilitator alone (a store and a key of its own, not a flag). That
such an entry exists is seen by all; what it says is not.

What it must not hold: a position for the party's own eyes, its limits, preferences or weights. No
act spells them. A delegation keeps them on its own machine, or reports them to its capital sealed
(`report/to-capital`), which no centre can read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.talks import acts
from truceline.talks.act import Act, in_order

PREFIX = "position/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A position as stated once; the entry's audience says to whom."""

    entry: int
    at_us: int
    wording: str
    language: str


def fold(said: Iterable[Act]) -> Mapping[tuple[str, str], tuple[Stated, ...]]:
    """(issue, party) → what it stated, oldest first; a later position does not erase an earlier."""
    found: dict[tuple[str, str], tuple[Stated, ...]] = {}
    for act in in_order(said):
        payload = act.payload
        if isinstance(payload, acts.PositionStated) and not act.borrowed:
            key = (payload.issue, act.actor)
            stated = Stated(
                entry=act.entry,
                at_us=act.at_us,
                wording=payload.wording,
                language=payload.language,
            )
            found[key] = (*found.get(key, ()), stated)
    return found
