"""What votes come to. The rule is the agreement's choice and changes no other part of a case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from truceline.assessment.acts import Outcome
from truceline.assessment.policy import PolicyAdopted

OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome, `open` while votes are awaited, and whose votes made it so."""

    outcome: Outcome | str
    by: tuple[str, ...] = ()


def decide(policy: PolicyAdopted, members: Collection[str], votes: Mapping[str, str]) -> Decision:
    """What the votes of a stage come to under the agreed rule; votes of others do not count."""
    cast = {who: vote for who, vote in sorted(votes.items()) if who in members}
    if policy.rule == "none":
        return Decision(outcome="no_decision")
    if policy.rule == "chair_binding":
        return _bound(cast, (policy.chair,))
    if policy.rule == "guarantor_pair":
        return _bound(cast, policy.guarantors)
    if policy.rule == "majority":
        return _majority(cast, members)
    return _consensus(cast, members)


def _bound(cast: Mapping[str, str], whose: Collection[str]) -> Decision:
    """All of a few must say yes, and one no of theirs is enough; an abstention leaves it open."""
    if against := _who(cast, "no", whose):
        return Decision(outcome="not_adopted", by=against)
    agreed = _who(cast, "yes", whose)
    return (
        Decision(outcome="adopted", by=agreed)
        if set(agreed) == set(whose)
        else Decision(outcome=OPEN)
    )


def _majority(cast: Mapping[str, str], members: Collection[str]) -> Decision:
    """More than half of all members, present or not."""
    agreed, against = _who(cast, "yes", members), _who(cast, "no", members)
    if 2 * len(agreed) > len(members):
        return Decision(outcome="adopted", by=agreed)
    awaited = len(members) - len(cast)
    if 2 * (len(agreed) + awaited) <= len(members):
        return Decision(outcome="not_adopted", by=against)
    return Decision(outcome=OPEN)


def _consensus(cast: Mapping[str, str], members: Collection[str]) -> Decision:
    """Everybody has spoken, nobody is against, and somebody is for it."""
    if against := _who(cast, "no", members):
        return Decision(outcome="not_adopted", by=against)
    if set(cast) != set(members):
        return Decision(outcome=OPEN)
    agreed = _who(cast, "yes", members)
    return Decision(outcome="adopted" if agreed else "not_adopted", by=agreed)


def _who(cast: Mapping[str, str], vote: str, among: Collection[str]) -> tuple[str, ...]:
    return tuple(who for who, said in cast.items() if said == vote and who in among)
