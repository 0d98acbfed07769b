"""Whether it occurred, asked of what one reader may see: its level, its grounds, its gaps."""

from truceline.assessment.coverage import Gap, gaps
from truceline.assessment.occurrence import Occurrence, occurred
from truceline.assessment.proposing import bodies_of
from truceline.incidents.incident import Incident
from truceline.store.shown import IncidentRow
from truceline.store.view import View
from truceline.terms.agreement import Agreement
from truceline.values.instant import HOUR_US

_AROUND_US = HOUR_US  # a watch that ended just before is part of the picture


def occurrence(view: View, row: IncidentRow, agreement: Agreement) -> Occurrence:
    """How far it is verified that an incident occurred, as far as this reader can tell."""
    incident = as_incident(row)
    claims = {one.claim.id: one.claim for one in view.claims(row.claims)}
    missed: tuple[Gap, ...] = ()
    if row.span is not None:
        around = view.coverage(row.span.from_us - _AROUND_US, row.span.until_us + _AROUND_US)
        missed = gaps(incident, [one.period for one in around])
    return occurred(incident, claims, bodies_of(agreement), gaps=missed)


def as_incident(row: IncidentRow) -> Incident:
    """The incident as far as a reader sees it."""
    return Incident(
        id=row.id,
        claims=row.claims,
        links=(),
        span=row.span,
        place=row.place,
        acts=row.acts,
        origins=row.origins,
        contradictions=row.contradictions,
    )
