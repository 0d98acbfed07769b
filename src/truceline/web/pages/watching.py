"""Who was watching an incident, and what may be said of it to whoever reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.assessment.coverage import Gap
from truceline.store.shown import CoverageRow, IncidentRow
from truceline.values.instant import HOUR_US, Span
from truceline.values.place import Place, distance_m, reach_m
from truceline.web.opening import DeskRequest
from truceline.web.pages.coverage import watched_between

_AROUND_US = HOUR_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A stretch of watching beside the incident's own time: `during`, `before` or `after` it.

    A stretch that is shown rounded says nothing of the minute, so its `when` is empty.
    """

    row: CoverageRow
    when: str


def watched(request: DeskRequest, incident: IncidentRow) -> list[CoverageRow]:
    """Who was watching, or meant to be, near the incident and around its time."""
    span, place = incident.span, incident.place
    if span is None:
        return []
    around = (span.from_us - _AROUND_US, span.until_us + _AROUND_US)
    rows = watched_between(request, *around)
    near = [row for row in rows if place is None or _reaches(row, place)]
    return sorted(
        near, key=lambda row: (row.period.covered.watcher, row.period.covered.span.from_us)
    )


def listed(rows: Sequence[CoverageRow], span: Span | None) -> list[Watch]:
    """What the list shows, which gives no place: rounded rows that read alike there, once."""
    fine = [row for row in rows if not row.coarse]
    alike = {}
    for row in rows:
        covered = row.period.covered
        if row.coarse:
            alike[covered.kind, covered.state, covered.reason, covered.span] = row
    watches = [Watch(row=row, when=_when(row, span)) for row in (*fine, *alike.values())]
    order = ("during", "before", "after", "")
    return sorted(watches, key=lambda one: order.index(one.when))


def silence(watches: Sequence[Watch]) -> str:
    """What it means that nothing was seen: `nobody` watched, `limited`, `rounded`, or nothing."""
    states = {one.row.period.covered.state for one in watches if one.when == "during"}
    if "up" in states or not watches:
        return ""
    if any(one.row.coarse for one in watches):
        return "rounded"
    return "limited" if states - {"down"} else "nobody"


def missed(gaps: Sequence[Gap], rows: Sequence[CoverageRow]) -> dict[str, list[Gap]]:
    """Gaps at the very time, by state, each watcher once.

    A rounded row is left out: it stands for a whole day, and naming it twice would count watchers.
    """
    fine = {row.period.id for row in rows if not row.coarse}
    once = {(gap.watcher, gap.state, gap.reason): gap for gap in gaps if gap.period in fine}
    return {
        state: [gap for gap in once.values() if gap.state == state]
        for state in ("down", "degraded")
    }


def _when(row: CoverageRow, span: Span | None) -> str:
    if row.coarse or span is None:
        return ""
    covered = row.period.covered.span
    if covered.overlaps(span):
        return "during"
    return "before" if covered.until_us <= span.from_us else "after"


def _reaches(row: CoverageRow, place: Place) -> bool:
    covered = row.period.covered.place
    return distance_m(covered, place) <= reach_m(covered) + reach_m(place)
