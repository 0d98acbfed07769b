"""The register the terms are read against: what was entered, and what acts have brought about.

Complaints, replies and windows of silence become records here, from their acts and in no other
way: a window that not everyone guaranteed cannot be entered by hand. A fact that frees or binds
somebody is entered by the centre's desk; a party enters what it itself notifies or claims.
"""

from collections.abc import Collection, Iterable, Sequence

from truceline.coordination import acts
from truceline.coordination.complaints import Complaint
from truceline.coordination.event import CENTRE, Event, in_order
from truceline.coordination.steps import ActRefused, Stray
from truceline.coordination.windows import Window
from truceline.terms.register import Record

ENTERED = "register/entered"
WINDOW = "silence_window"
COMPLAINT = "complaint"
REPLY = "complaint_reply"

# Drawn from acts under their own rules; entered by hand they would go round those rules.
DRAWN = frozenset({WINDOW, COMPLAINT, REPLY})
# Whoever could enter these could bind the others or free itself.
BY_DESK = frozenset(
    {
        "entry_into_force", "exercise_effect", "resume", "retract", "retracted", "retraction",
        "suspend", "terminate", "verdict", "verdict_retracted", "waive",
    }
)  # fmt: skip
CONFIRMING = frozenset({"approved", "confirmed", "verified"})


class RecordRefused(ActRefused):
    """A record that may not be entered by whoever enters it; nothing changes."""


def records(
    events: Iterable[Event],
    complaints: Sequence[Complaint],
    windows: Sequence[Window],
    *,
    zones: Collection[str],
    now_us: int,
) -> tuple[Record, ...]:
    """The register as it stands at an instant, in the order things were entered or came about.

    complaints, windows: folded at the same instant; to judge a past day anew, fold all of it there.
    zones: names of the agreement's areas. A window elsewhere yields no record, because a record
        without an area would be read as silence everywhere.
    """
    entered = [
        _entered(event.payload, event, at_us)
        for event, at_us in _entries(events, now_us)
        if isinstance(event.payload, acts.RegisterEntered) and not _refusal(event)
    ]
    for complaint in complaints:
        entered += _of_complaint(complaint)
    entered += [_of_window(window) for window in windows if _was_open(window, zones)]
    return tuple(sorted(entered, key=lambda record: record.known_us))


def refused(events: Iterable[Event], now_us: int) -> tuple[Stray, ...]:
    """The entries that the register does not hold, each with the rule that kept it out."""
    return tuple(
        Stray(
            entry=event.entry,
            kind=event.kind,
            actor=event.actor,
            about=getattr(event.payload, "type", ""),
            refused=code,
        )
        for event, _ in _entries(events, now_us)
        if (code := _refusal(event))
    )


def check(event: Event) -> None:
    """Raise RecordRefused if this record may not be entered by whoever enters it."""
    if code := _refusal(event):
        kind = getattr(event.payload, "type", "")
        raise RecordRefused(code, f"record {kind}", f"entered by {event.actor}")


def _entries(events: Iterable[Event], now_us: int) -> list[tuple[Event, int]]:
    return [dated for dated in in_order(events, now_us) if dated[0].kind == ENTERED]


def _refusal(event: Event) -> str:
    """The code of the first rule a record breaks; empty where it may stand."""
    payload = event.payload
    if not isinstance(payload, acts.RegisterEntered):
        return "not_held"
    if event.borrowed:
        return "borrowed_voice"
    if payload.type in DRAWN:
        return "drawn_only"
    from_desk = event.actor == CENTRE or event.relayed
    return "" if from_desk else _own_refusal(payload, event.actor)


def _own_refusal(payload: acts.RegisterEntered, actor: str) -> str:
    """What keeps out a record that somebody other than the desk enters."""
    if payload.by and payload.by != actor:
        return "not_its_name"
    binding = payload.type in BY_DESK or CONFIRMING & payload.match.keys()
    return "desk_only" if binding else ""


def _entered(payload: acts.RegisterEntered, event: Event, at_us: int) -> Record:
    return Record(
        type=payload.type,
        at_us=payload.at_us,
        known_us=at_us,
        by=payload.by or event.actor,
        party=payload.party or None,
        clause=payload.clause or None,
        zone=payload.zone or None,
        from_us=payload.from_us,
        until_us=payload.until_us,
        id=payload.id or None,
        inst=payload.inst or None,
        result=payload.result,
        as_of_us=payload.as_of_us,
        fields=dict(payload.match),
    )


def _of_complaint(complaint: Complaint) -> list[Record]:
    """A complaint and its replies; one that accuses nobody starts no clock and is no record."""
    if not complaint.against:
        return []
    filed = Record(
        type=COMPLAINT,
        at_us=complaint.at_us,
        known_us=complaint.at_us,
        by=complaint.from_party,
        party=complaint.against[0] if len(complaint.against) == 1 else None,
        id=complaint.number,
    )
    replies = [
        Record(
            type=REPLY,
            at_us=answer.at_us,
            known_us=answer.at_us,
            by=answer.party,
            party=answer.party,
            inst=complaint.number,
            fields={"stance": answer.stance},
        )
        for answer in complaint.answers
    ]
    return [filed, *replies]


def _was_open(window: Window, zones: Collection[str]) -> bool:
    opened, ended = window.opened_us, window.ended_us
    return opened is not None and (ended is None or ended > opened) and window.zone in zones


def _of_window(window: Window) -> Record:
    """Silence held from the announcement, not from the hour asked for, until it was over."""
    assert window.opened_us is not None  # `_was_open` saw to it
    return Record(
        type=WINDOW,
        at_us=window.opened_us,
        known_us=window.opened_us,
        by=CENTRE,
        zone=window.zone,
        from_us=window.opened_us,
        until_us=window.until_us if window.ended_us is None else window.ended_us,
        id=window.number,
    )
