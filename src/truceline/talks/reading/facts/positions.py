"""Positions: which party takes which stance on which issue, as told."""

from collections.abc import Iterable

from truceline.talks.reading import phrases as np
from truceline.talks.reading.events import subjects
from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots

_FAR = 60  # characters between who holds a stance and the word for it


def propose(told: Told) -> Iterable[Proposal]:
    """A party or a person as the subject, a word of stance, and an issue named after it."""
    stance = slots.first(slots.STANCES, told.text)
    if stance is None:
        yield from _demanded(told)
        return
    at = told.span.start + told.text.find(stance[1])
    holders = [
        one for one in subjects(told.parsed.sentence.tokens, told.parsed.phrases)
        if at - _FAR <= one.span.end <= at and (one.party or one.person)
    ]  # fmt: skip
    issue = slots.first(slots.ISSUES, told.text[at - told.span.start :])
    if not holders or issue is None:
        return
    holder = min(holders, key=lambda one: at - one.span.end)
    party = f"party:{holder.party}" if holder.party else None
    person = holder.person if holder.kind == np.PERSON else None
    yield _proposal(told, party, person, stance[0], issue[0])


def _demanded(told: Told) -> Iterable[Proposal]:
    """“The envoy said they must withdraw”: the envoy's demand, never theirs."""
    found = slots.MUST.search(told.text)
    issue = slots.first(slots.ISSUES, told.text[found.end() :]) if found else None
    who = told.attributed_to or ""
    if issue is None or not who.startswith(("p:", "party:")):
        return
    party = who if who.startswith("party:") else None
    yield _proposal(told, party, None if party else who, "demands", issue[0])


def _proposal(
    told: Told, party: str | None, person: str | None, stance: str, issue: str
) -> Proposal:
    return Proposal(
        kind="positions",
        span=told.span,
        fields={"party": party, "person": person, "stance": stance, "issue": issue},
        rule="stance-issue",
    )
