"""Coverage: who was watching when, and when nobody was."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from truceline.store.shown import CoverageRow
from truceline.values.errors import BadValue
from truceline.values.instant import Span, from_us, local_day, zone
from truceline.web.opening import DeskRequest

_WIDTH = 960
_ROWS = 400
_LOOK_BACK_DAYS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of a watcher's day, in units of the drawing."""

    x: int
    width: int
    state: str
    row: CoverageRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """One watcher's day."""

    code: str
    kind: str
    owner: str
    bars: tuple[Bar, ...]


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """One day, watcher by watcher."""
    day, today = _day(request), _today(request)
    if "day" not in request.GET:
        day = _newest_watched(request, today)
    rows = watched_between(request, day.from_us, day.until_us)
    starts = localtime(from_us(day.from_us)).date()
    facts = {
        "day": starts.isoformat(),
        "day_us": day.from_us,
        "not_today": "day" not in request.GET and day != today,
        "earlier": localtime(from_us(day.from_us - 1)).date().isoformat(),
        "later": localtime(from_us(day.until_us)).date().isoformat(),
        "watchers": _watchers([row for row in rows if not row.coarse], day),
        "rounded": any(row.coarse for row in rows),
        "hours": [(_x(day, day.from_us + h * 3_600_000_000), h) for h in range(0, 25, 3)],
        "width": _WIDTH,
        "rows": rows[:_ROWS],
        "more": max(0, len(rows) - _ROWS),
    }
    return render(request, "truceline/coverage.html", facts)


def watched_between(request: DeskRequest, from_us: int, until_us: int) -> list[CoverageRow]:
    """Coverage that touches a span, as the reader may see it.

    Staff read it in full: a rounded row whose own hours lie outside the span is not for them.
    Rounded rows that read alike are shown once: how many watchers there are is nobody's business.
    """
    rows = request.view.coverage(from_us, until_us)
    if request.officer.reader in request.desk.charter.staff:
        return [row for row in rows if not row.coarse]
    alike = {_reading(row): row for row in rows if row.coarse}
    return [row for row in rows if not row.coarse] + list(alike.values())


def _reading(row: CoverageRow) -> tuple[object, ...]:
    covered = row.period.covered
    return (
        covered.watcher,
        covered.kind,
        covered.state,
        covered.reason,
        covered.span,
        covered.place,
    )


def _newest_watched(request: DeskRequest, today: Span) -> Span:
    """The newest day with anything on record, of today and the week before it; else today."""
    day = today
    for _ in range(_LOOK_BACK_DAYS):
        if watched_between(request, day.from_us, day.until_us):
            return day
        before = localtime(from_us(day.from_us - 1)).date()
        day = local_day(before.year, before.month, before.day, zone(request.desk.charter.zone))
    return today


def _today(request: DeskRequest) -> Span:
    today = localtime(from_us(request.view.as_of_us)).date()
    return local_day(today.year, today.month, today.day, zone(request.desk.charter.zone))


def _day(request: DeskRequest) -> Span:
    where = zone(request.desk.charter.zone)
    try:
        year, month, day = (int(part) for part in request.GET.get("day", "").split("-"))
        return local_day(year, month, day, where)
    except (ValueError, OverflowError, BadValue):
        return _today(request)


def _watchers(rows: list[CoverageRow], day: Span) -> list[Watcher]:
    by_code: dict[str, list[CoverageRow]] = defaultdict(list)
    for row in rows:
        by_code[row.period.covered.watcher].append(row)
    return [
        Watcher(
            code=code,
            kind=mine[0].period.covered.kind,
            owner=mine[0].period.origin.owner,
            bars=tuple(_bar(row, day) for row in mine),
        )
        for code, mine in sorted(by_code.items())
    ]


def _bar(row: CoverageRow, day: Span) -> Bar:
    span = row.period.covered.span
    left, right = _x(day, max(span.from_us, day.from_us)), _x(day, min(span.until_us, day.until_us))
    return Bar(x=left, width=max(2, right - left), state=row.period.covered.state, row=row)


def _x(day: Span, at_us: int) -> int:
    return (at_us - day.from_us) * _WIDTH // day.length_us
