"""Who was watching a place at a time, and who would have been but was not.

"Nothing was observed" means something only beside this: a camera that was down saw nothing because
it was down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.claims.claim import CoveragePeriod
from truceline.incidents.incident import Incident
from truceline.values.instant import DAY_US, Span
from truceline.values.place import Place, distance_m, reach_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A watcher that would have covered the place and time but was down or degraded.

    from_us, until_us: the part of the incident's time it was so. period: number of the record.
    """

    watcher: str
    kind: str
    state: str
    reason: str
    from_us: int
    until_us: int
    period: str


class Watch:
    """Coverage periods, found by day: for asking about many incidents."""

    def __init__(self, periods: Iterable[CoveragePeriod]) -> None:
        """Sort the periods by the days they touch; a period of a month stands under thirty."""
        self._days: dict[int, list[CoveragePeriod]] = {}
        for period in periods:
            for day in _days(period.covered.span):
                self._days.setdefault(day, []).append(period)

    def around(self, incident: Incident) -> tuple[CoveragePeriod, ...]:
        """The periods that could cover an incident; none where its time or place is not known."""
        if incident.span is None or incident.place is None:
            return ()
        near = {
            period.id: period
            for day in _days(incident.span)
            for period in self._days.get(day, ())
            if _covers(period, incident.span, incident.place)
        }
        return tuple(sorted(near.values(), key=_order))


def gaps(incident: Incident, coverage: Watch | Sequence[CoveragePeriod]) -> tuple[Gap, ...]:
    """Watchers that would have covered the incident but were down or degraded, in time order.

    A watcher is asked if its reach may touch the incident's circle of error: whoever might have
    seen it. Give a Watch when asking about many incidents.
    """
    return tuple(
        _gap(period, incident.span)
        for period in _watch(coverage).around(incident)
        if period.covered.state != "up" and incident.span is not None
    )


def watchers(
    incident: Incident, coverage: Watch | Sequence[CoveragePeriod]
) -> tuple[CoveragePeriod, ...]:
    """The periods of those that were up and may have seen it, in time order."""
    around = _watch(coverage).around(incident)
    return tuple(period for period in around if period.covered.state == "up")


def _watch(coverage: Watch | Sequence[CoveragePeriod]) -> Watch:
    return coverage if isinstance(coverage, Watch) else Watch(coverage)


def _covers(period: CoveragePeriod, span: Span, place: Place) -> bool:
    if not period.covered.span.overlaps(span):
        return False
    apart_m = distance_m(period.covered.place, place)
    return apart_m <= reach_m(period.covered.place) + reach_m(place)


def _gap(period: CoveragePeriod, span: Span) -> Gap:
    covered = period.covered
    return Gap(
        watcher=covered.watcher,
        kind=covered.kind,
        state=covered.state,
        reason=covered.reason,
        from_us=max(covered.span.from_us, span.from_us),
        until_us=min(covered.span.until_us, span.until_us),
        period=period.id,
    )


def _order(period: CoveragePeriod) -> tuple[int, str, int, int]:
    span, origin = period.covered.span, period.origin
    return (span.from_us, period.covered.watcher, origin.entry, origin.row)


def _days(span: Span) -> range:
    return range(span.from_us // DAY_US, (span.until_us - 1) // DAY_US + 1)
