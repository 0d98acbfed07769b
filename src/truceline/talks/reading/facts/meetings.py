"""Meetings: format, place, day, how long, who, and who may watch."""

import re
from collections.abc import Iterable

from truceline.talks.reading.facts.context import Proposal, Told
from truceline.talks.reading.words import slots

_PLACE = re.compile(
    r"\b(?:in|at|у|"
    r"в)\s+(?:the\s+)?([A-ZА-ЯІЇЄҐ][\w’'-]+(?:\s+[A-ZА-ЯІЇЄҐ][\w’'-]+){0,2})(?=[\s,.;]|$)"
)
_HOST = re.compile(r"\bhosted by (?:the )?([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3})")
_MONTHS = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def propose(told: Told) -> Iterable[Proposal]:
    """A sentence that tells of talks held, by a word for talks and one for holding them."""
    if not (slots.MEETING.search(told.text) and slots.HELD.search(told.text)):
        return
    place = next((one for one in _PLACE.findall(told.text) if not _MONTHS.match(one)), None)
    host = _HOST.search(told.text)
    duration = next((one for one in told.numbers if one.unit in {"hour", "minute", "day"}), None)
    format_, access = slots.first(slots.FORMATS, told.text), slots.first(slots.ACCESS, told.text)
    yield Proposal(
        kind="meetings",
        span=told.span,
        fields={
            "format": format_[0] if format_ else None,
            "place": place,
            "host": host.group(1) if host else None,
            "date": next((day.value for day in told.days if day.value), None),
            "duration": {
                "value": duration.value,
                "unit": duration.unit,
                "comparator": duration.comparator,
            }
            if duration
            else None,
            "access": access[0] if access else None,
            "persons": sorted({mention.person for mention in told.mentions}),
        },
        rule="meeting-held",
    )
