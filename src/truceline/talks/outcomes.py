"""What came of an issue, as each tells it: agreed, not agreed, or expressly not discussed.

That an issue was not discussed is itself something told. An issue nobody speaks of has no outcome
at all, and is never taken for one that was not discussed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.talks import acts
from truceline.talks.act import Act, in_order

PREFIX = "outcome/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one actor told once. at_us: when the record had it, not when it is said to have been."""

    entry: int
    actor: str
    at_us: int
    outcome: acts.Came
    wording: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything told of one issue, oldest first; a later account does not erase an earlier."""

    issue: str
    accounts: tuple[Told, ...]

    def newest(self) -> dict[str, Told]:
        """Actor → what it told last."""
        return {one.actor: one for one in self.accounts}

    @property
    def differs(self) -> bool:
        """The newest accounts do not name one outcome; which is right is for people to say."""
        return len({one.outcome for one in self.newest().values()}) > 1


def fold(said: Iterable[Act], *, known_us: int | None = None) -> Mapping[str, Outcome]:
    """Every issue with an outcome told; known_us: only what the record had by that instant."""
    found: dict[str, Outcome] = {}
    for act in in_order(said):
        payload, late = act.payload, known_us is not None and act.at_us > known_us
        if isinstance(payload, acts.OutcomeTold) and not act.borrowed and not late:
            before = found[payload.issue].accounts if payload.issue in found else ()
            told = Told(
                entry=act.entry,
                actor=act.actor,
                at_us=act.at_us,
                outcome=payload.outcome,
                wording=payload.wording,
                language=payload.language,
            )
            found[payload.issue] = Outcome(issue=payload.issue, accounts=(*before, told))
    return found


def told_as(outcomes: Mapping[str, Outcome], outcome: acts.Came) -> list[Told]:
    """The newest accounts that name this outcome, by issue; an issue nobody told of is in none."""
    newest = (one.newest().values() for _, one in sorted(outcomes.items()))
    return [told for accounts in newest for told in accounts if told.outcome == outcome]
