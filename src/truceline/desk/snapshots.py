"""Freeze what a bulletin speaks of: the record as one audience may read it, at one cut-off.

Rows (claims, incidents) are read as the bulletin's audience may read them. Coverage is summed over
whole areas and the whole reporting day from what the centre reads, and only the sums go in: an area
is far wider than the policy's cell and the period is its grain, so the sums place nobody.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from truceline.assessment.occurrence import occurred
from truceline.assessment.proposing import bodies_of
from truceline.assessment.voices import Bodies
from truceline.bulletins.building import (
    Period,
    areas_of,
    belongs,
    claim_lines,
    coverage_of,
    period_of,
    previous_counts,
)
from truceline.bulletins.snapshot import (
    Area,
    ComplaintLine,
    CoverageLine,
    IncidentLine,
    Party,
    ProposalLine,
    RestrictionLine,
    Snapshot,
    UnreadableLine,
    WindowLine,
)
from truceline.claims.claim import Claim, CoveragePeriod
from truceline.coordination.complaints import Complaint
from truceline.coordination.windows import Window
from truceline.desk.areas import areas_in, layers_in, place_of
from truceline.desk.desk import Desk
from truceline.desk.occurring import as_incident
from truceline.incidents.incident import Incident
from truceline.store.assessing import proposal_row, propose_as_of
from truceline.store.fusing import is_hidden
from truceline.store.held import newest_us
from truceline.store.model import MODEL
from truceline.store.outlining import as_seen
from truceline.store.shown import ProposalRow
from truceline.store.tables import TOLD
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import Span
from truceline.values.mode import Mode
from truceline.values.place import Place
from truceline.values.texts import Text, text_of

_OBSTRUCTS = "obstruct.monitor"
# Of several clauses of one article the first of these speaks for it: an incident is counted once.
_SPEAKS_FIRST = (
    *("breach", "alleged", "contested", "undetermined"),
    *("excused", "no_breach", "displaced", "not_in_force"),
)


# Claimants that stand for many, because the source does not say which of them spoke.
STAND_INS = (
    Party(
        code="unnamed-outlet",
        names=Text(
            "outlets the source does not name",
            "видання, яких джерело не називає",
            "издания, которых источник не называет",
        ),
        role="outlet",
    ),
)


def snapshot(
    desk: Desk, date: str, audience: str, *, number: str = "", correcting: bool = False
) -> Snapshot:
    """What the record holds for an audience about the reporting day that ends on a date.

    correcting: what came in after the cut-off counts too. In a replay everything was received
    long after, so the ledger index alone freezes it.
    """
    charter = desk.charter
    period = period_of(date, charter.zone, charter.cutoff)
    replay = charter.mode is Mode.REPLAY
    frozen = not (replay or correcting)
    known_by_us = period.until_us if frozen else None
    # Never by the clock: what is drawn at a ledger index is the same whenever it is drawn.
    view = desk.view(audience, as_of_us=period.until_us if frozen else newest_us(desk.tables))
    areas = areas_in(desk)
    watched = _watched(desk, period, known_by_us=known_by_us)
    incidents = _incidents(view, period, areas, bodies_of(desk.agreement), known_by_us)
    claims = [row.claim for row in view.claims_between(period.previous_from_us, period.until_us)]
    claims += [] if replay else _late(view, period, claims)
    head = desk.head()
    return Snapshot(
        centre=text_of(charter.names),
        mode=charter.mode,
        zone=charter.zone,
        date=date,
        previous_from_us=period.previous_from_us,
        from_us=period.from_us,
        until_us=period.until_us,
        size=head.size,
        root=head.root.hex(),
        model=MODEL,
        audience=audience,
        number=number,
        parties=_parties(desk),
        areas=areas,
        layers=layers_in(desk),
        claims=claim_lines(claims, areas, period, known_by_us=known_by_us),
        previous_claims=previous_counts(claims, areas, period, known_by_us=known_by_us),
        incidents=incidents,
        complaints=_complaints(view, period, areas),
        windows=_windows(desk, view, period, areas),
        proposals=_proposals(desk, view, period, {one.id for one in incidents}, known_by_us),
        restrictions=_restrictions(claims, period, areas),
        coverage=_coverage(watched, areas, period.span),
        previous_coverage=_coverage(watched, areas, period.previous),
        unreadable=_unreadable(desk, period),
    )


def _late(view: View, period: Period, already: Iterable[Claim]) -> list[Claim]:
    """Claims received in the period about times before the previous one."""
    have = {claim.id for claim in already}
    arrived = view.claims_known_between(period.from_us, period.until_us)
    return [row.claim for row in arrived if row.claim.id not in have]


def _watched(desk: Desk, period: Period, *, known_by_us: int | None) -> list[CoveragePeriod]:
    rows = desk.view(CENTRE).coverage(period.previous_from_us, period.until_us)
    return [
        row.period
        for row in rows
        if known_by_us is None or row.period.origin.known_us < known_by_us
    ]


def _coverage(
    watched: Sequence[CoveragePeriod], areas: Sequence[Area], span: Span
) -> tuple[CoverageLine, ...]:
    return tuple(line for area in areas for line in coverage_of(watched, area, span))


def _unreadable(desk: Desk, period: Period) -> tuple[UnreadableLine, ...]:
    sums: Counter[str] = Counter()
    for file in desk.view(CENTRE).files(limit=1_000_000):
        if period.from_us <= file.known_us < period.until_us:
            sums[file.source] += file.unreadable
    return tuple(
        UnreadableLine(source=source, number=number)
        for source, number in sorted(sums.items())
        if number
    )


def _parties(desk: Desk) -> tuple[Party, ...]:
    charter = desk.charter
    parties = [
        Party(code=one.code, names=text_of(one.names), role="party") for one in charter.parties
    ]
    for body in charter.bodies:
        role = "centre" if body.code == CENTRE else "monitor"
        if body.code in charter.guarantors:
            role = "guarantor"
        parties.append(Party(code=body.code, names=text_of(body.names), role=role))
    return (*parties, *STAND_INS)


def _incidents(
    view: View, period: Period, areas: Sequence[Area], bodies: Bodies, known_by_us: int | None
) -> tuple[IncidentLine, ...]:
    """The incidents of a period, drawn from the claims that had come in by the cut-off."""
    found = view.incidents(limit=1_000_000, from_us=period.from_us, until_us=period.until_us)
    lines = []
    for whole in found:
        claims = {
            row.claim.id: row.claim
            for row in view.claims(whole.claims)
            if known_by_us is None or row.claim.origin.known_us < known_by_us
        }
        late = len(claims) < len(whole.claims)
        one = as_seen(whole.id, list(claims.values())) if late else whole
        if one.span is None or not belongs(one.span, 0, period.span):
            continue
        lines.append(
            IncidentLine(
                id=one.id,
                claims=one.claims,
                acts=one.acts,
                contradictions=one.contradictions,
                origins=one.origins,
                level=occurred(as_incident(one), claims, bodies).level.value,
                area=areas_of(one.place, areas)[0] if isinstance(one.place, Place) else "",
                span=Span(from_us=one.span.from_us, until_us=one.span.until_us),
            )
        )
    return tuple(lines)


def _complaints(view: View, period: Period, areas: Sequence[Area]) -> tuple[ComplaintLine, ...]:
    return tuple(
        _complaint(one, view, areas)
        for one in view.complaints()
        if one.at_us < period.until_us and not _settled_before(one, period)
    )


def _settled_before(one: Complaint, period: Period) -> bool:
    answered = max((answer.at_us for answer in one.answers), default=None)
    return answered is not None and not one.awaited and answered < period.from_us


def _complaint(one: Complaint, view: View, areas: Sequence[Area]) -> ComplaintLine:
    rows = view.claims([one.claim_id])
    said = rows[0].claim.said if rows else None
    first = one.answers[0] if one.answers else None
    return ComplaintLine(
        number=one.number,
        by=one.from_party,
        received_us=one.at_us,
        about=said.act if said else "",
        area=areas_of(said.place, areas)[0] if said else "",
        acknowledged_us=one.receipt_us,
        answer_due_us=one.due_us,
        answered_us=first.at_us if first else None,
        answered_by=first.party if first else "",
    )


_WINDOW_STATES = {"active": "opened", "guaranteed": "guaranteed", "requested": "requested"}


def _windows(
    desk: Desk, view: View, period: Period, areas: Sequence[Area]
) -> tuple[WindowLine, ...]:
    return tuple(
        _window(one, place_of(desk, one), areas)
        for one in view.windows()
        if one.from_us < period.until_us and one.until_us > period.from_us
    )


def _window(one: Window, place: Place | None, areas: Sequence[Area]) -> WindowLine:
    given = {party for party, _, _ in one.guarantees}
    return WindowLine(
        number=one.number,
        state=_WINDOW_STATES.get(one.state.value, one.state.value),
        span=Span(from_us=one.from_us, until_us=one.until_us),
        purpose=one.purpose,
        area=areas_of(place, areas)[0] if place else "",
        asked_by=one.requested_by,
        guarantees=tuple((party, party in given) for party in one.guarantors),
        incident=one.incidents[0] if one.incidents else "",
    )


def _proposals(
    desk: Desk, view: View, period: Period, incidents: Collection[str], known_by_us: int | None
) -> tuple[ProposalLine, ...]:
    """How many of these incidents got which verdict under which article: sums, by the day.

    Verdicts on the incidents the audience reads, from what had come in by the cut-off: a claim that
    came later, or that this audience is told of by cell and day alone, moves no figure.
    """
    agreement = desk.agreement
    speaks: dict[tuple[str, str], str] = {}
    for row in _proposed(desk, view, period, known_by_us):
        if row.party is None and row.incident in incidents:
            key, found = (agreement.article_of(row.clause).number, row.incident), _verdict(row)
            speaks[key] = min(speaks.get(key, found), found, key=_turn)
    sums = Counter((article, verdict) for (article, _), verdict in speaks.items())
    return tuple(
        ProposalLine(article=article, verdict=verdict, number=number)
        for (article, verdict), number in sorted(sums.items())
    )


def _proposed(desk: Desk, view: View, period: Period, known_by_us: int | None) -> list[ProposalRow]:
    """Proposals on what the audience reads; the centre's eyes read the claims in full.

    Not those of monitors that the audience is told of by cell and day: judged as they are told, a
    verdict on them says nothing that is not in the row already.
    """
    staff = View(desk.tables, CENTRE, view.as_of_us, layer=view.layer)
    if desk.charter.mode is Mode.REPLAY:  # nothing is hidden there
        return staff.proposals_between(period.from_us, period.until_us)
    drawn: list[Incident] = []
    claims: dict[str, Claim] = {}
    for one in view.incidents(limit=1_000_000, from_us=period.from_us, until_us=period.until_us):
        told = view.claims(one.claims)
        seen = [row.claim for row in told]
        sighting = view.layer == TOLD and any(
            is_hidden(row.claim) or (row.coarse and not row.claim.origin.interested) for row in told
        )
        whole = None if sighting else staff.incident(one.id)
        rows = seen if whole is None else [row.claim for row in staff.claims(whole.claims)]
        known = [row for row in rows if known_by_us is None or row.origin.known_us < known_by_us]
        if known:
            drawn.append(as_incident(as_seen(one.id, known)))
            claims |= {claim.id: claim for claim in known}
    found = propose_as_of(desk.tables, desk.log, drawn, claims, known_by_us)
    return [proposal_row(one) for one in found]


def _verdict(row: ProposalRow) -> str:
    """The verdict; `alleged` where what is alleged, did it occur, would decide it."""
    waits = row.verdict == "undetermined" and row.as_alleged in {"breach", "excused"}
    return "alleged" if waits else row.verdict


def _turn(verdict: str) -> int:
    return _SPEAKS_FIRST.index(verdict) if verdict in _SPEAKS_FIRST else len(_SPEAKS_FIRST)


def _restrictions(
    claims: Iterable[Claim], period: Period, areas: Sequence[Area]
) -> tuple[RestrictionLine, ...]:
    return tuple(
        RestrictionLine(
            kind=claim.said.act.removeprefix(_OBSTRUCTS).strip(".") or "obstruct",
            reported_by=claim.said.speaker,
            span=claim.said.span,
            area=areas_of(claim.said.place, areas)[0]
            if isinstance(claim.said.place, Place)
            else "",
            by=claim.said.accused,
            claim=claim.id,
        )
        for claim in claims
        if claim.said.act.startswith(_OBSTRUCTS)
        and isinstance(claim.said.span, Span)
        and belongs(claim.said.span, claim.origin.known_us, period.span)
    )
