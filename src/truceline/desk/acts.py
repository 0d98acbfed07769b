"""The acts of people at the desk: each checks the rules, appends one entry and returns its index.

The same rules run when the record is read, so an act that slips past a check here is kept and shown
as refused, never applied.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from truceline.coordination import acts, complaints, register, windows
from truceline.coordination.charter import Charter
from truceline.coordination.event import Event
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused, NotPermitted
from truceline.desk.taking import Incoming, Outcome, take
from truceline.values.audience import ALL, CENTRE, PUBLIC, audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Somebody's own words and the language they are in."""

    text: str = ""
    language: acts.Language = "und"


NOTHING_SAID = Wording()


def acknowledge_complaint(desk: Desk, by: str, number: str) -> int:
    """Say that a complaint is in hand. From the centre this is the receipt both sides hold."""
    return _on_complaint(
        desk,
        by,
        number,
        "complaint/acknowledged",
        acts.ComplaintAcknowledged(complaint=number, by=by),
    )


def answer_complaint(
    desk: Desk, by: str, number: str, stance: acts.Stance, said: Wording = NOTHING_SAID
) -> int:
    """Answer a complaint that names this party."""
    payload = acts.ComplaintAnswered(
        complaint=number, stance=stance, wording=said.text, language=said.language
    )
    return _on_complaint(desk, by, number, "complaint/answered", payload)


def file_complaint(desk: Desk, by: str, text: str, *, language: str = "und") -> tuple[str, Outcome]:
    """File a complaint in the `complaint` form and have the centre acknowledge it at once.

    Returns its number and what became of the form; the number is empty where it was unreadable.
    """
    incoming = Incoming(
        source="complaint",
        name="complaint.txt",
        raw=text.encode(),
        owner=by,
        by=by,
        language=language,
    )
    outcome = take(desk, incoming)
    desk.draw()
    fresh = [one for one in desk.view(CENTRE).complaints() if one.entry in outcome.entries]
    for complaint in fresh:
        acknowledge_complaint(desk, CENTRE, complaint.number)
    desk.draw()
    return (fresh[0].number if fresh else ""), outcome


def request_window(desk: Desk, by: str, request: acts.WindowRequested) -> int:
    """Ask for a window of silence."""
    event = _event(desk, by, "window/requested", request)
    windows.check_request(event, parties=desk.charter.party_codes)
    return desk.post("window/requested", by, request)


def guarantee_window(desk: Desk, by: str, number: str, said: Wording = NOTHING_SAID) -> int:
    """Give this party's guarantee that it will keep silence."""
    return _on_window(
        desk, by, "window/guaranteed",
        acts.WindowGuaranteed(window=number, wording=said.text, language=said.language),
    )  # fmt: skip


def refuse_window(desk: Desk, by: str, number: str, said: Wording = NOTHING_SAID) -> int:
    """Refuse a guarantee; the request is over."""
    return _on_window(
        desk, by, "window/refused",
        acts.WindowRefused(window=number, wording=said.text, language=said.language),
    )  # fmt: skip


def withdraw_window(desk: Desk, by: str, number: str, said: Wording = NOTHING_SAID) -> int:
    """Take a request or a guarantee back; the window is over at once."""
    return _on_window(
        desk, by, "window/withdrawn",
        acts.WindowWithdrawn(window=number, wording=said.text, language=said.language),
    )  # fmt: skip


def open_window(desk: Desk, by: str, number: str) -> int:
    """Announce that silence holds. Refused without every guarantee, and before its time."""
    return _on_window(desk, by, "window/opened", acts.WindowOpened(window=number))


def complete_window(desk: Desk, by: str, number: str, said: Wording = NOTHING_SAID) -> int:
    """Say that the work is done and everyone is out."""
    return _on_window(
        desk, by, "window/completed",
        acts.WindowCompleted(window=number, wording=said.text, language=said.language),
    )  # fmt: skip


def report_clear(desk: Desk, by: str, number: str, said: Wording = NOTHING_SAID) -> int:
    """Report that the ground is clear, where the request asked for that."""
    return _on_window(
        desk, by, "window/demined",
        acts.WindowDemined(window=number, wording=said.text, language=said.language),
    )  # fmt: skip


def report_breach(
    desk: Desk, by: str, number: str, incident: str, said: Wording = NOTHING_SAID
) -> int:
    """Say that silence was not kept, and in which incident; says nothing of by whom."""
    return _on_window(
        desk, by, "window/breached",
        acts.WindowBreached(
            window=number, incident=incident, wording=said.text, language=said.language
        ),
    )  # fmt: skip


def confirm_incident(desk: Desk, by: str, claims: Sequence[str], reason: str) -> int:
    """Say, with a reason, that claims stand together. For the centre's staff alone."""
    payload = acts.IncidentConfirmed(claims=tuple(claims), reason=_reason(reason))
    return _on_incident(desk, by, "incident/confirmed", payload)


def split_incident(desk: Desk, by: str, claims: Sequence[str], reason: str) -> int:
    """Say, with a reason, that claims do not stand together. For the centre's staff alone."""
    payload = acts.IncidentSplit(claims=tuple(claims), reason=_reason(reason))
    return _on_incident(desk, by, "incident/split", payload)


def undo(desk: Desk, by: str, entry: int, reason: str) -> int:
    """Forget an earlier act on an incident; both stay on the record."""
    payload = acts.IncidentUndone(undoes=entry, reason=_reason(reason))
    return _on_incident(desk, by, "incident/undone", payload)


def enter_record(desk: Desk, by: str, record: acts.RegisterEntered) -> int:
    """Enter a fact the terms speak of: an entry into force, a notice, a verification."""
    register.check(_event(desk, by, "register/entered", record))
    return desk.post("register/entered", by, record)


def post_checked(desk: Desk, by: str, kind: str, payload: msgspec.Struct) -> int:
    """Append an act of any kind of the coordination room after its own check."""
    if isinstance(payload, acts.ComplaintAcknowledged | acts.ComplaintAnswered):
        return _on_complaint(desk, by, payload.complaint, kind, payload)
    if isinstance(payload, acts.WindowRequested):
        return request_window(desk, by, payload)
    if isinstance(payload, acts.WindowNamed):
        return _on_window(desk, by, kind, payload)
    if isinstance(payload, acts.RegisterEntered):
        return enter_record(desk, by, payload)
    return _on_incident(desk, by, kind, payload)


def _on_complaint(desk: Desk, by: str, number: str, kind: str, payload: acts.Payload) -> int:
    desk.draw()
    complaint = desk.view(CENTRE).complaint(number)
    if complaint is None:
        raise ActRefused(f"there is no complaint {number}; see the queue for those there are")
    complaints.check(complaint, _event(desk, by, kind, payload))
    return desk.post(kind, by, payload)


def _on_window(desk: Desk, by: str, kind: str, payload: acts.WindowNamed) -> int:
    desk.draw()
    window = desk.view(CENTRE).window(payload.window)
    if window is None:
        raise ActRefused(f"there is no window {payload.window}; see the queue for those there are")
    windows.check(window, _event(desk, by, kind, payload))
    return desk.post(kind, by, payload)


def _on_incident(desk: Desk, by: str, kind: str, payload: msgspec.Struct) -> int:
    desk.draw()
    if by not in desk.charter.staff:
        raise NotPermitted(
            f"which claims stand together is for {', '.join(desk.charter.staff)} to say, not for "
            f"{by}; a party can complain, answer and object"
        )
    view = desk.view(by)
    if isinstance(payload, acts.IncidentUndone):
        if payload.undoes not in {act.entry for act in view.acts("incident/")}:
            raise ActRefused(f"entry {payload.undoes} is no act on an incident; nothing to undo")
        return desk.post(kind, by, payload, acl=desk.log.entry(payload.undoes).audience)
    assert isinstance(payload, acts.IncidentConfirmed | acts.IncidentSplit)
    held = {row.claim.id: row.claim.origin.audience for row in view.claims(payload.claims)}
    if missing := [number for number in payload.claims if number not in held]:
        raise ActRefused(f"there is no claim {', '.join(missing)}; see the incident for its claims")
    return desk.post(kind, by, payload, acl=_readers_of(held.values(), desk.charter))


def _readers_of(audiences: Iterable[str], charter: Charter) -> str:
    """The staff, and whoever may read all that a decision names: it would tell them of the rest."""
    restricted = [set(one.split("+")) for one in audiences if one not in {ALL, PUBLIC}]
    if not restricted:
        return ALL
    return audience([*set.intersection(*restricted), *charter.staff])


def _event(desk: Desk, by: str, kind: str, payload: acts.Payload) -> Event:
    """The act as the record would read it, if it were appended now."""
    now_us = desk.now_us()
    author = "desk" if by == CENTRE else by
    return Event(
        entry=desk.log.head().size,
        kind=kind,
        author=author,
        at_us=now_us,
        known_us=now_us,
        payload=payload,
    )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ActRefused("say why: an act on an incident needs a reason that others can read")
    return reason.strip()
