"""Next steps: the day of a further round, and the word that says how sure it is."""

from collections.abc import Iterable

from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots


def propose(told: Told) -> Iterable[Proposal]:
    """A further round or meeting, its day where one is named, its place on the certainty ladder."""
    if not (found := slots.NEXT.search(told.text)):
        return
    certainty = slots.first(slots.CERTAINTY, told.text)
    if certainty is None:
        return
    at = told.span.start + found.start()
    days = [day for day in told.days if day.value]
    day = min(days, key=lambda one: abs(one.span.start - at), default=None)
    yield Proposal(
        kind="next_steps",
        span=told.span,
        fields={
            "certainty": certainty[0],
            "word": certainty[1],
            "date": day.value if day else None,
            "as_written": day.span.of(told.file) if day else None,
        },
        rule="further-round",
    )
