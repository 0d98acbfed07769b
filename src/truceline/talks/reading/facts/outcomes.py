"""Outcomes: agreed, discussed without agreement, put off, explicitly not discussed.

What an account does not mention is not an outcome.
"""

from collections.abc import Iterable

from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots


def propose(told: Told) -> Iterable[Proposal]:
    """A word of outcome in a sentence of the account itself or of somebody it quotes."""
    found = slots.first(slots.OUTCOMES, told.text)
    if found is None:
        return
    issue = slots.first(slots.ISSUES, told.text)
    about = slots.MEETING.search(told.text)
    if issue is None and about is None and found[0] in {"discussed", "agreed"}:
        return
    yield Proposal(
        kind="outcomes",
        span=told.span,
        fields={
            "outcome": found[0],
            "issue": issue[0] if issue else None,
            "claimed_by_one_side": told.attributed_to is not None
            and told.attributed_to.startswith(("p:", "party:")),
        },
        rule=f"outcome-{found[0].replace('_', '-')}",
    )
