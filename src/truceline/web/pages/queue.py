"""The queue: what needs a person now."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from truceline.coordination.complaints import Complaint
from truceline.coordination.complaints import State as ComplaintState
from truceline.coordination.windows import OPEN_STATES, Window
from truceline.desk import inbox, slots
from truceline.reports.report import Report, Said, Unreadable
from truceline.store.shown import IncidentRow
from truceline.values.instant import Span
from truceline.values.unknown import Unknown
from truceline.web.opening import DeskRequest
from truceline.web.pages.incidents import settled

_NEWEST = 12
_UNREAD = 12
# Of the answers under several clauses the list shows the one that asks most of a person.
_TELLING = (
    "breach",
    "contested",
    "undetermined",
    "excused",
    "no_breach",
    "displaced",
    "not_in_force",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A complaint or a window that waits for somebody; `mine` where that is who reads."""

    what: Complaint | Window
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A row that is not on the record yet: what it says, or why it could not be read."""

    act: str
    span: Span | Unknown | None
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that waits for its slot, and its first rows."""

    item: inbox.Kept
    rows: tuple[KeptRow, ...]


@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "truceline/queue.html", _facts(request))


@require_safe
def now(request: DeskRequest) -> HttpResponse:
    """The part of it that changes, for a page that asks again every few seconds."""
    return render(request, "truceline/queue_now.html", _facts(request))


def _facts(request: DeskRequest) -> dict[str, object]:
    view, reader = request.view, request.officer.reader
    open_complaints = [one for one in view.complaints() if one.state is not ComplaintState.ANSWERED]
    open_windows = [one for one in view.windows() if one.state in OPEN_STATES]
    recent = view.incidents(limit=_NEWEST)
    return {
        "complaints": [
            Waiting(what=one, mine=reader in one.awaited)
            for one in sorted(
                open_complaints, key=lambda one: (one.due_us is None, one.due_us or 0)
            )
        ],
        "windows": [
            Waiting(what=one, mine=reader in one.missing)
            for one in sorted(open_windows, key=lambda one: one.from_us)
        ],
        "incidents": [_summary(request, one) for one in recent],
        "unreadables": view.unreadables(limit=_UNREAD),
        "kept": _kept(request),
        "slot_us": slots.next_us(request.desk),
    }


def _kept(request: DeskRequest) -> list[Kept]:
    """What monitors handed in and waits for its slot, for those who may read it."""
    desk = request.desk
    return [
        Kept(item=item, rows=tuple(_row(row) for row in inbox.rows_of(desk, item, _UNREAD)))
        for item in inbox.waiting(desk, request.officer.reader)
    ]


def _row(row: Report | Unreadable) -> KeptRow:
    if isinstance(row, Report) and isinstance(row.body, Said):
        said = row.body
        return KeptRow(act=said.act, span=said.span, wording=said.wording)
    return KeptRow(act="", span=None, wording=row.reason if isinstance(row, Unreadable) else "")


def _summary(request: DeskRequest, incident: IncidentRow) -> dict[str, object]:
    claims = request.view.claims(incident.claims[:200])
    rows = request.view.proposals(incident.id) if settled(request, incident) else []
    verdicts = {row.verdict for row in rows if row.party is None}
    return {
        "incident": incident,
        "claimants": sorted({row.claim.origin.owner for row in claims}),
        "verdict": next((one for one in _TELLING if one in verdicts), None),
    }
