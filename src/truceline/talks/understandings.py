"""An understanding: invoked by one side, its content told differently, and no text of it anywhere.

It is a type of its own so that nobody takes it for an agreement: it has no articles, cannot be
initialled or signed, and sets no rule. All the record holds is who says what of it, and when.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from truceline.talks import acts
from truceline.talks.act import Act, in_order

PREFIX = "understanding/"


class Standing(StrEnum):
    """What the accounts of an understanding come to."""

    ONE_SIDED = "one_sided"
    TOLD_BY_ALL = "told_by_all"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one actor says of it; a later account by the same stands beside the earlier one."""

    entry: int
    actor: str
    at_us: int
    account: str
    wording: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything said of one understanding. among: whom anybody says it binds."""

    name: str
    accounts: tuple[Account, ...]
    among: tuple[str, ...]

    def newest(self) -> dict[str, Account]:
        """Actor → its newest account."""
        return {one.actor: one for one in self.accounts}

    @property
    def silent(self) -> tuple[str, ...]:
        """Those it is said to bind who have said nothing of it."""
        said = self.newest()
        return tuple(code for code in self.among if code not in said)

    @property
    def standing(self) -> Standing:
        """Denied by one it is said to bind, told by all of them, or by some only."""
        said = self.newest()
        if any(code in said and said[code].account == "denies" for code in self.among):
            return Standing.DENIED
        told = [code for code in self.among if code in said]
        return Standing.TOLD_BY_ALL if len(told) == len(self.among) > 1 else Standing.ONE_SIDED


def fold(said: Iterable[Act]) -> Mapping[str, Understanding]:
    """Every understanding anybody has spoken of, by name."""
    found: dict[str, Understanding] = {}
    for act in in_order(said):
        payload = act.payload
        if isinstance(payload, acts.UnderstandingInvoked) and not act.borrowed:
            held = found.get(payload.understanding)
            found[payload.understanding] = _with(held, payload, act)
    return found


def _with(
    held: Understanding | None, payload: acts.UnderstandingInvoked, act: Act
) -> Understanding:
    account = Account(
        entry=act.entry,
        actor=act.actor,
        at_us=act.at_us,
        account=payload.account,
        wording=payload.wording,
        language=payload.language,
    )
    before: Collection[str] = held.among if held else ()
    return Understanding(
        name=payload.understanding,
        accounts=(*(held.accounts if held else ()), account),
        among=tuple(sorted({*before, *payload.among})),
    )
