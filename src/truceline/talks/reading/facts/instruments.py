"""Instruments: documents and plans, and the state an account gives them. A claim is no evidence."""

import re
from collections.abc import Iterable

from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots

_NAME = re.compile(
    r"(?:\w+-point |peace |framework |draft |revised |security |ceasefire )*(?:guarantees?|"
    r"plan|agreement|treaty|accord|deal|framework|proposal|document|"
    r"memorandum|roadmap|protocol)s?(?: (?:outlining|on|of) (?:\w+ ){0,2}\w+)?",
    re.IGNORECASE,
)


_CLOSE = 40
_BESIDE = frozenset({"rejected", "proposed", "revised", "signed"})


def _apart(text: str, at: int, state: str, word: str) -> bool:
    """Words that are said of many things count only beside the document."""
    return state in _BESIDE and abs(text.find(word) - at) > _CLOSE


def propose(told: Told) -> Iterable[Proposal]:
    """A document or plan with a word for its state in the same sentence."""
    found = slots.INSTRUMENT.search(told.text)
    state = slots.first(slots.STATES, told.text)
    if found is None or state is None or _apart(told.text, found.end(), *state):
        return
    about = slots.first(slots.ISSUES, told.text)
    named = _NAME.search(told.text)
    yield Proposal(
        kind="instruments",
        span=told.span,
        fields={
            "name": named.group().strip() if named else found.group(),
            "about": about[0] if about else None,
            "state": state[0],
            "word": state[1],
            "claimed_by": told.attributed_to,
        },
        rule="instrument-state",
    )
