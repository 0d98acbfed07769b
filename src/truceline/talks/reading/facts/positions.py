"""Positions: which party takes which stance on which issue, as told."""

from collections.abc import Iterable

from truceline.talks.reading import phrases as np
from truceline.talks.reading.events import subjects
from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots


def propose(told: Told) -> Iterable[Proposal]:
    """A party or a person as the subject, a word of stance, and an issue named after it."""
    stance = slots.first(slots.STANCES, told.text)
    if stance is None:
        return
    at = told.span.start + told.text.find(stance[1])
    holders = [
        one for one in subjects(told.parsed.sentence.tokens, told.parsed.phrases)
        if one.span.end <= at and (one.party or one.person)
    ]  # fmt: skip
    behind = told.text[at - told.span.start :]
    issue = slots.first(slots.ISSUES, behind)
    if not holders or issue is None:
        return
    holder = min(holders, key=lambda one: at - one.span.end)
    party = f"party:{holder.party}" if holder.party else None
    yield Proposal(
        kind="positions",
        span=told.span,
        fields={
            "party": party,
            "person": holder.person if holder.kind == np.PERSON else None,
            "stance": stance[0],
            "issue": issue[0],
        },
        rule="stance-issue",
    )
