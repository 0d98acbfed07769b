"""What the text leaves open: words nobody defined, values nobody agreed on.

A clause that rests on either answers the question concerned by "not known": it can never be met
for certain by that alone, whatever number we put in to have something to measure with.
"""

from dataclasses import dataclass

from truceline.terms.case import Case
from truceline.terms.document import Clause, Definition
from truceline.terms.places import View
from truceline.terms.register import Record, Register
from truceline.terms.result import CERTAIN, UNKNOWN, Interval
from truceline.terms.times import covered_us

# Which question a field of a clause bears on.
QUESTIONS_OF = {
    "act": "type",
    "attr": "attr",
    "count": "count",
    "from": "time",
    "place_of": "place",
    "site": "site",
    "until": "time",
    "weapon": "weapon",
    "where": "place",
    "where_by": "place",
    "windows": "time",
}


def question_of(field: str) -> str | None:
    """The question that a field (`where.within_km`) bears on; None where it bears on none."""
    return QUESTIONS_OF.get(field.partition(".")[0])


def not_agreed(clause: Clause) -> dict[str, tuple[str, ...]]:
    """Question → the fields it rests on whose values the parties have not agreed."""
    out: dict[str, tuple[str, ...]] = {}
    for field in clause.not_agreed:
        question = question_of(field)
        if question is not None:
            out[question] = (*out.get(question, ()), field)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the words of a clause mean for one case, as far as anybody has settled it."""

    clause: Clause
    register: Register
    case: Case
    view: View

    def holds(self, name: str, definition: Definition) -> Interval:
        """How far the case is what a word means; a body's ruling may settle it."""
        if definition.status == "agreed":
            return CERTAIN
        rulings = [
            self._settled(record)
            for record in self.register.of("ruling")
            if record.value("term") == name
            and definition.ruled_by is not None
            and record.by == definition.ruled_by
            and (not record.clauses or self.clause.id in record.clauses)
        ]
        low = max((one[0] for one in rulings), default=0.0)
        high = min((one[1] for one in rulings), default=1.0)
        return (low, high) if low <= high else UNKNOWN  # rulings that contradict settle nothing

    def _settled(self, record: Record) -> Interval:
        """What one ruling says: something only where it covers all of the case's time."""
        span, period = self.case.span, record.period
        if record.result is None or period is None:
            return UNKNOWN
        if covered_us((span.from_us, span.until_us), (period,)) < span.length_us:
            return UNKNOWN
        zone = record.zone
        inside = 1.0
        if zone is not None:
            inside = self.view.kept(("zone", zone), lambda: self.view.inside(zone))[0]
        return (inside, 1.0) if record.result else (0.0, 1.0 - inside)
