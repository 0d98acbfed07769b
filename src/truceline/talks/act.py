"""An act as this room reads it: the payload with the entry it stood in.

The order of the ledger is the order of the acts. No clock decides anything here, so nobody gains by
dating an act back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.talks.acts import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One entry of the ledger that this room understands.

    entry: its index. actor: whose word it is. borrowed: somebody else than the desk passed it on,
    so it does not count. at_us: when the record had it. payload: None where this reader has none.
    """

    entry: int
    kind: str
    actor: str
    at_us: int
    payload: Payload | None
    borrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a history; refused: code of the rule that kept the act from counting."""

    entry: int
    kind: str
    actor: str
    at_us: int
    about: str = ""
    refused: str = ""


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Acts as the ledger has them, however the reader got them."""
    return sorted(acts, key=lambda act: act.entry)


def step(act: Act, refused: str = "") -> Step:
    """Note one act in a history."""
    named = [getattr(act.payload, part, "") for part in ("article", "bracket", "option")]
    return Step(
        entry=act.entry,
        kind=act.kind,
        actor=act.actor,
        at_us=act.at_us,
        about=" ".join(part for part in named if part),
        refused=refused,
    )
