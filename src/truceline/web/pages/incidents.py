"""Incidents: claims side by side, what they disagree on, what was not watched, what is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from truceline.assessment.wording import proposal
from truceline.desk import acts
from truceline.desk.occurring import occurrence
from truceline.store.shown import ClaimRow, IncidentRow, ProposalRow
from truceline.store.tables import TOLD
from truceline.web.opening import DeskRequest
from truceline.web.pages import watching
from truceline.web.pages.acting import complain, do, require
from truceline.web.pages.mapping import incident_map
from truceline.web.people.permissions import LINK
from truceline.web.templatetags.reading import party_name
from truceline.web.wording import deciding

_PAGE_ROWS = 40
_LINKS_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one claimant's material says of the incident."""

    owner: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about these claims, and whether that was undone."""

    entry: int
    kind: str
    by: str
    claims: tuple[str, ...]
    reason: str
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A proposed finding in a sentence, with what would decide it and how it was worked out."""

    row: ProposalRow
    article: str
    sentence: str
    decide: tuple[str, ...]
    lines: tuple["Line", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an explanation and how deep it stands in the tree."""

    depth: int
    text: str


class Linking(forms.Form):
    """Put claims together or take them apart, with a reason others can read."""

    act = forms.ChoiceField(choices=[("confirm", "confirm"), ("split", "split")])
    claims = forms.MultipleChoiceField(
        error_messages={"required": _("Choose the claims you speak of, two or more.")}
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: others will read it.")},
    )

    def __init__(self, given: object, claims: Sequence[str]) -> None:
        """Take claims only from among those the page showed."""
        super().__init__(given)  # type: ignore[arg-type]  # the request's own mapping
        self.fields["claims"].choices = [(one, one) for one in claims]  # type: ignore[attr-defined]  # a choice field


class Undoing(forms.Form):
    """Forget an earlier decision, with a reason."""

    entry = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=500, error_messages={"required": _("Say why: others will read it.")}
    )


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Incidents, newest first, a page at a time."""
    offset = _offset(request.GET.get("from", ""))
    found = request.view.incidents(limit=_PAGE_ROWS + 1, offset=offset)
    facts = {
        "incidents": found[:_PAGE_ROWS],
        "older": offset + _PAGE_ROWS if len(found) > _PAGE_ROWS else None,
        "newer": max(0, offset - _PAGE_ROWS) if offset else None,
    }
    return render(request, "truceline/incidents.html", facts)


@require_safe
def page(request: DeskRequest, incident_id: str) -> HttpResponse:
    """One incident, as far as this reader may read it."""
    incident = _found(request, incident_id)
    claims = request.view.claims(incident.claims)
    rows = watching.watched(request, incident)
    watches = watching.listed(rows, incident.span)
    occurred = occurrence(request.view, incident, request.desk.agreement)
    told = settled(request, incident)
    links = sorted(request.view.links(incident_id), key=lambda link: -link.millibits)
    facts = {
        "incident": incident,
        "sides": _sides(request, claims),
        "claims": claims,
        "watched": watches,
        "silence": watching.silence(watches),
        "missed": watching.missed(occurred.gaps, rows),
        "occurred": occurred,
        "in_part": incident.coarse or not told,
        "monitors_beside": request.view.layer == TOLD
        and any(row.claim.origin.interested for row in claims),
        "told": told,
        **_sorted_results(_results(request, incident_id) if told else []),
        "links": links[:_LINKS_SHOWN],
        "more_links": max(0, len(links) - _LINKS_SHOWN),
        "decisions": _decisions(request, incident),
        "map": incident_map(request.desk, claims, rows),
        "complaints": [one for one in request.view.complaints() if one.claim_id in incident.claims],
    }
    return render(request, "truceline/incident.html", facts)


@require_POST
def link(request: DeskRequest, incident_id: str) -> HttpResponse:
    """Put claims of an incident together, or take them apart."""
    require(request, LINK)
    incident = _found(request, incident_id)
    form = Linking(request.POST, incident.claims)
    if not form.is_valid():
        complain(request, form)
        return redirect("incident", incident_id)
    given = form.cleaned_data
    act = acts.confirm_incident if given["act"] == "confirm" else acts.split_incident
    said = (
        gettext("The claims were put together.")
        if given["act"] == "confirm"
        else gettext("The claims were taken apart.")
    )
    by = request.officer.reader
    do(request, lambda: act(request.desk, by, given["claims"], given["reason"]), said)
    return redirect("incident", _now_in(request, given["claims"]) or incident_id)


@require_POST
def undo(request: DeskRequest, incident_id: str) -> HttpResponse:
    """Forget an earlier decision about an incident's claims; both stay on the record."""
    require(request, LINK)
    incident = _found(request, incident_id)
    form = Undoing(request.POST)
    if not form.is_valid():
        complain(request, form)
        return redirect("incident", incident_id)
    entry, reason = form.cleaned_data["entry"], form.cleaned_data["reason"]
    if entry not in {one.entry for one in _decisions(request, incident)}:
        raise Http404
    by = request.officer.reader
    do(
        request,
        lambda: acts.undo(request.desk, by, entry, reason),
        gettext("The earlier decision was undone."),
    )
    return redirect("incident", _now_in(request, incident.claims) or incident_id)


def _found(request: DeskRequest, incident_id: str) -> IncidentRow:
    incident = request.view.incident(incident_id)
    if incident is None:
        raise Http404
    return incident


def _now_in(request: DeskRequest, claims: Sequence[str]) -> str | None:
    """Where claims stand now: an act on them may have moved them to another incident."""
    return request.view.incident_of(claims[0]) if claims else None


def _sides(request: DeskRequest, claims: Sequence[ClaimRow]) -> list[Side]:
    """Claims by claimant: the parties first, alphabetically in the reader's language."""
    charter = request.desk.charter
    owners = {row.claim.origin.owner for row in claims}
    order = sorted(
        owners, key=lambda code: (code not in charter.party_codes, party_name(charter, code))
    )
    return [
        Side(owner=owner, claims=tuple(row for row in claims if row.claim.origin.owner == owner))
        for owner in order
    ]


def settled(request: DeskRequest, incident: IncidentRow) -> bool:
    """Say whether this reader may be told what stands on an incident as a whole.

    Whether a result is shown depends on claims a party may not read yet. Told before the reporting
    day is over, its absence would say within minutes that a monitor noticed something just here.
    """
    charter = request.desk.charter
    if request.officer.reader in charter.staff:
        return True
    if incident.span is None:
        return False
    day = charter.reporting_day(incident.span.until_us - 1)
    return request.view.as_of_us >= day.until_us


def _results(request: DeskRequest, incident_id: str) -> list[Result]:
    rows = request.view.proposals(incident_id)
    if not rows:  # only readers of the whole of an incident are told why
        return []
    agreement, language = request.desk.agreement, get_language() or "en"
    explained = request.desk.explained(incident_id, request.view.layer)
    found = []
    for row in rows:
        article = agreement.article_of(row.clause).number
        lines = explained.get((row.clause, row.party or ""), {}).get(language, [])
        found.append(
            Result(
                row=row,
                article=article,
                sentence=proposal(row.verdict, article, language, as_alleged=row.as_alleged),
                decide=tuple(deciding(code, language) for code in row.missing),
                lines=tuple(_line(text) for text in lines[1:]),
            )
        )
    return found


def _sorted_results(results: Sequence[Result]) -> dict[str, list[Result]]:
    """First what asks for a person; folded away, the clauses that plainly do not speak of it."""
    silent = {"no_breach", "not_in_force", "displaced"}
    return {
        "results": [
            one
            for one in results
            if one.row.verdict not in silent or one.row.as_alleged not in silent
        ],
        "silent": [
            one for one in results if one.row.verdict in silent and one.row.as_alleged in silent
        ],
    }


def _line(text: str) -> Line:
    bare = text.lstrip(" ")
    return Line(depth=min(5, (len(text) - len(bare)) // 2), text=bare)


def _decisions(request: DeskRequest, incident: IncidentRow) -> list[Decision]:
    """What people decided about any of these claims, oldest first; undone ones say so."""
    held = set(incident.claims)
    decided = request.view.acts("incident/")
    undone = {
        msgspec.json.decode(one.payload)["undoes"]
        for one in decided
        if one.kind == "incident/undone"
    }
    found = []
    for one in decided:
        plain = msgspec.json.decode(one.payload)
        if held & set(plain.get("claims", ())):
            found.append(
                Decision(
                    entry=one.entry,
                    kind=one.kind,
                    by=one.actor,
                    claims=tuple(plain["claims"]),
                    reason=plain["reason"],
                    undone=one.entry in undone,
                )
            )
    return sorted(found, key=lambda one: one.entry)


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
