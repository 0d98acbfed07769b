"""Extractors: what a sentence says of meetings, positions, outcomes, next steps, instruments.

`EXTRACTORS` is the registry: a further kind is a module here and a line in it. An extractor sees
one sentence with what is known about it and proposes; it never confirms, and needs no network. The
reader drops a proposal whose characters are not those of the file.
"""

from collections.abc import Callable, Iterable, Mapping

from truceline.talks.reading.facts import (
    instruments,
    meetings,
    outcomes,
    positions,
    steps,
)
from truceline.talks.reading.facts.context import Proposal, Told

EXTRACTORS: Mapping[str, Callable[[Told], Iterable[Proposal]]] = {
    "instruments": instruments.propose,
    "meetings": meetings.propose,
    "next_steps": steps.propose,
    "outcomes": outcomes.propose,
    "positions": positions.propose,
}

__all__ = ["EXTRACTORS", "Proposal", "Told"]
