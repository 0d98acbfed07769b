"""Complaints: a number and a receipt for both sides, a clock, an answer in the accused's words.

A complaint is a claim; this is what has been done about it. It is answered once everyone it
accuses has answered, and overdue while the time for that has run out. One that accuses nobody has
no clock, because nobody owes an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from truceline.coordination import acts
from truceline.coordination.event import CENTRE, Event, in_order
from truceline.coordination.steps import ActRefused, Step, Stray, step

KINDS = frozenset({"complaint/acknowledged", "complaint/answered"})


class State(StrEnum):
    """Where a complaint stands, judged by the slowest of those it accuses."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    OVERDUE = "overdue"


class ComplaintRefused(ActRefused):
    """An act on a complaint that the rules do not allow; nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A complaint as it was taken in.

    claim_id: the claim it is; entry: the entry that holds it.
    owner: who complains; against: those accused; known_us: when the record had it.
    """

    claim_id: str
    entry: int
    owner: str
    against: tuple[str, ...]
    known_us: int
    wording: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one accused party said. A later answer stands beside an earlier one, never over it."""

    party: str
    entry: int
    at_us: int
    stance: str
    wording: str
    language: str
    late: bool
    relayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint as it stands at an instant.

    number: `C-0001`, in ledger order. at_us: when the record had it; the clock runs from there.
    receipt_entry, receipt_us: the centre's acknowledgement; None while there is none.
    due_us: the last instant an answer is in time; None where nobody is accused.
    acknowledged: (party, entry, instant) of the accused who acknowledged.
    answers: all of them, in ledger order. awaited: accused parties that have not answered.
    answered_us: when the last accused party first answered.
    """

    number: str
    claim_id: str
    entry: int
    from_party: str
    against: tuple[str, ...]
    at_us: int
    due_us: int | None
    wording: str
    language: str
    receipt_entry: int | None = None
    receipt_us: int | None = None
    acknowledged: tuple[tuple[str, int, int], ...] = ()
    answers: tuple[Answer, ...] = ()
    state: State = State.RECEIVED
    history: tuple[Step, ...] = ()

    @property
    def awaited(self) -> tuple[str, ...]:
        """Whose answer is still awaited."""
        spoke = {answer.party for answer in self.answers}
        return tuple(party for party in self.against if party not in spoke)

    @property
    def answered_us(self) -> int | None:
        """When the answer became complete; None while somebody's is awaited."""
        if self.awaited or not self.against:
            return None
        first: dict[str, int] = {}
        for answer in self.answers:
            first.setdefault(answer.party, answer.at_us)
        return max(first.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """Every complaint, and the acts that named one nobody filed."""

    complaints: tuple[Complaint, ...]
    strays: tuple[Stray, ...]


def fold(
    filed: Sequence[Filed], events: Iterable[Event], now_us: int, reply_within_us: int
) -> tuple[Complaint, ...]:
    """Every complaint as it stands at an instant, in the order of their numbers."""
    return docket(filed, events, now_us, reply_within_us).complaints


def docket(
    filed: Sequence[Filed], events: Iterable[Event], now_us: int, reply_within_us: int
) -> Docket:
    """Every complaint as it stands at an instant, and the acts that found none.

    Costs one pass over the events; other kinds are passed over.
    """
    complaints = {
        complaint.number: complaint for complaint in _numbered(filed, now_us, reply_within_us)
    }
    strays: list[Stray] = []
    for event, at_us in in_order(events, now_us):
        if event.kind not in KINDS:
            continue
        about = getattr(event.payload, "complaint", "")
        found = complaints.get(about)
        if found is None or found.entry > event.entry:
            code = "unknown" if about else "not_held"
            strays.append(
                Stray(
                    entry=event.entry,
                    kind=event.kind,
                    actor=event.actor,
                    about=about,
                    refused=code,
                )
            )
            continue
        complaints[about] = _after(found, event, at_us)
    return Docket(
        complaints=tuple(_at(complaint, now_us) for complaint in complaints.values()),
        strays=tuple(strays),
    )


def overdue(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Those whose answer is overdue, longest first."""
    late = (complaint for complaint in complaints if complaint.state is State.OVERDUE)
    return tuple(sorted(late, key=lambda complaint: (complaint.due_us or 0, complaint.number)))


def check(complaint: Complaint, event: Event) -> None:
    """Raise ComplaintRefused if the rules do not allow this act on this complaint."""
    if code := _refusal(complaint, event):
        raise ComplaintRefused(code, complaint.number, f"{event.kind} by {event.actor}")


def _numbered(filed: Sequence[Filed], now_us: int, reply_within_us: int) -> Iterable[Complaint]:
    in_ledger_order = sorted(filed, key=lambda one: (one.entry, _row(one.claim_id)))
    for place, one in enumerate(in_ledger_order, start=1):
        if one.known_us > now_us:
            continue
        yield Complaint(
            number=f"C-{place:04d}",
            claim_id=one.claim_id,
            entry=one.entry,
            from_party=one.owner,
            against=one.against,
            at_us=one.known_us,
            due_us=one.known_us + reply_within_us if one.against else None,
            wording=one.wording,
            language=one.language,
        )


def _row(claim_id: str) -> int:
    return int(claim_id.rpartition("#")[2])


def _refusal(complaint: Complaint, event: Event) -> str:
    """The code of the first rule an act breaks; empty where it may count."""
    payload = event.payload
    if event.borrowed:
        return "borrowed_voice"
    if not isinstance(payload, acts.ComplaintAcknowledged):
        return "" if event.actor in complaint.against else "not_accused"
    if payload.by != event.actor:
        return "not_its_name"
    if payload.by == CENTRE:
        return "" if complaint.receipt_entry is None else "already_acknowledged"
    if payload.by not in complaint.against:
        return "not_accused"
    before = {party for party, _, _ in complaint.acknowledged}
    return "already_acknowledged" if payload.by in before else ""


def _after(complaint: Complaint, event: Event, at_us: int) -> Complaint:
    complaint = _at(complaint, at_us)
    code = _refusal(complaint, event)
    if not code:
        complaint = _at(_applied(complaint, event, at_us), at_us)
    line = step(event, at_us, complaint.state, code)
    return replace(complaint, history=(*complaint.history, line))


def _applied(complaint: Complaint, event: Event, at_us: int) -> Complaint:
    payload = event.payload
    if isinstance(payload, acts.ComplaintAnswered):
        answer = Answer(
            party=event.actor,
            entry=event.entry,
            at_us=at_us,
            stance=payload.stance,
            wording=payload.wording,
            language=payload.language,
            late=complaint.due_us is not None and at_us > complaint.due_us,
            relayed=event.relayed,
        )
        return replace(complaint, answers=(*complaint.answers, answer))
    if event.actor == CENTRE:
        return replace(complaint, receipt_entry=event.entry, receipt_us=at_us)
    line = (event.actor, event.entry, at_us)
    return replace(complaint, acknowledged=(*complaint.acknowledged, line))


def _at(complaint: Complaint, now_us: int) -> Complaint:
    """The complaint's state at an instant, from what has been said by then."""
    return replace(complaint, state=_state(complaint, now_us))


def _state(complaint: Complaint, now_us: int) -> State:
    if complaint.against and not complaint.awaited:
        return State.ANSWERED
    if complaint.due_us is not None and now_us > complaint.due_us:
        return State.OVERDUE
    in_hand = {party for party, _, _ in complaint.acknowledged}
    in_hand |= {answer.party for answer in complaint.answers}
    if complaint.against and in_hand >= set(complaint.against):
        return State.ACKNOWLEDGED
    return State.RECEIVED
