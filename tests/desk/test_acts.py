"""Acts of people: what is legal is one entry, what is not is a message and no entry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, NIGHT, centre, party_list
from truceline.coordination import complaints as rules
from truceline.coordination.acts import (
    IncidentSplit,
    IncidentUndone,
    RegisterEntered,
    WindowRequested,
)
from truceline.coordination.windows import State
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.ledger.errors import ProofError
from truceline.ledger.proof import check as check_receipt
from truceline.values.errors import TrucelineError
from truceline.values.instant import HOUR_US, MINUTE_US, parse_instant

AT = parse_instant(NIGHT)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh centre at ten past two in the night."""
    return centre(tmp_path)


def asked(**changes: object) -> WindowRequested:
    """A repair crew asks for four hours at the substation, from noon."""
    fields: dict[str, object] = {
        "zone": "halden_window",
        "from_us": AT + 10 * HOUR_US,
        "until_us": AT + 14 * HOUR_US,
        "purpose": "repair",
        "guarantors": ("ALD", "TOR", "VEL"),
        "broker": "ALD",
    }
    return WindowRequested(**(fields | changes))  # type: ignore[arg-type]


def refused(desk: Desk, act: Callable[[], object], match: str) -> None:
    """The act is refused in words, and the record is as it was."""
    before = desk.log.signed_head()
    with pytest.raises(TrucelineError, match=match) as said:
        act()
    assert len(str(said.value)) > 20
    assert desk.log.signed_head() == before


def test_a_complaint_gets_a_number_a_receipt_to_both_sides_and_a_clock(desk: Desk) -> None:
    """Ten past two in the night: both sides hold the same number and the same deadline."""
    number, outcome = acts.file_complaint(desk, "VEL", COMPLAINT)

    assert (number, outcome.taken) == ("C-0001", 1)
    for reader in ("VEL", "TOR", "ALD", "CENTRE"):
        (seen,) = desk.view(reader).complaints()
        assert (seen.number, seen.from_party, seen.against) == ("C-0001", "VEL", ("TOR",))
        assert (seen.at_us, seen.due_us) == (AT, AT + 24 * HOUR_US)
        assert (seen.receipt_us, seen.receipt_entry) == (AT, desk.log.head().size - 1)
        assert seen.state is rules.State.RECEIVED
    assert desk.view("PUBLIC").complaints() == ()


def test_the_receipt_is_a_proof_that_needs_nobody_at_the_centre(desk: Desk) -> None:
    """Each side can hold the acknowledgement against the log's key, offline."""
    acts.file_complaint(desk, "VEL", COMPLAINT)
    index = desk.view().complaints()[0].receipt_entry
    assert index is not None
    assert check_receipt(desk.receipt(index), desk.log.raw(index), desk.log.trust) == index
    with pytest.raises(ProofError):
        check_receipt(desk.receipt(index), desk.log.raw(index - 1), desk.log.trust)


def test_an_answer_stands_in_the_accused_partys_own_words(desk: Desk) -> None:
    """Answered in time, by the one accused, as it was worded."""
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.clock.hold(AT + 7 * HOUR_US)
    said = acts.Wording(text="Огня не вели.", language="ru")
    entry = acts.answer_complaint(desk, "TOR", number, "denies", said)
    desk.draw()

    for reader in ("VEL", "TOR"):
        (complaint,) = desk.view(reader).complaints()
        (answer,) = complaint.answers
        assert (answer.party, answer.stance, answer.wording) == ("TOR", "denies", "Огня не вели.")
        assert (answer.entry, answer.late) == (entry, False)
        assert complaint.state is rules.State.ANSWERED
    assert desk.log.entry(entry).signed_by == (f"{desk.log.origin}/TOR",)


def test_a_clock_that_runs_out_is_shown_and_a_late_answer_says_so(desk: Desk) -> None:
    """Nobody has to do anything for a deadline to pass."""
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.clock.hold(AT + 24 * HOUR_US)
    assert desk.view("VEL").complaints()[0].state is rules.State.RECEIVED
    desk.clock.hold(AT + 24 * HOUR_US + 1)
    assert desk.view("VEL").complaints()[0].state is rules.State.OVERDUE
    acts.answer_complaint(desk, "TOR", number, "denies")
    desk.draw()
    assert desk.view("VEL").complaints()[0].answers[0].late


def test_what_is_not_allowed_on_a_complaint_appends_nothing(desk: Desk) -> None:
    """Each with the rule it breaks, in words."""
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    ack, answer = acts.acknowledge_complaint, acts.answer_complaint
    refused(desk, lambda: answer(desk, "VEL", number, "denies"), "C-0001")
    refused(desk, lambda: answer(desk, "ALD", number, "accepts"), "C-0001")
    refused(desk, lambda: answer(desk, "CENTRE", number, "accepts"), "C-0001")
    refused(desk, lambda: answer(desk, "XYZ", number, "accepts"), "C-0001")
    refused(desk, lambda: ack(desk, "CENTRE", number), "C-0001")
    refused(desk, lambda: ack(desk, "VEL", number), "C-0001")
    refused(desk, lambda: ack(desk, "TOR", "C-0002"), "no complaint C-0002")
    refused(desk, lambda: ack(desk, "TOR", "one"), "as C-0001")
    ack(desk, "TOR", number)
    refused(desk, lambda: ack(desk, "TOR", number), "C-0001")


def test_a_form_that_cannot_be_read_gets_no_number_and_is_kept(desk: Desk) -> None:
    """The centre holds what was sent and says what is wrong with it."""
    number, outcome = acts.file_complaint(desk, "VEL", COMPLAINT.replace("2026-04-02", "02.13"))
    assert (number, outcome.taken) == ("", 0)
    assert "02.13" in outcome.unreadable[0].reason
    assert len(desk.view("VEL").unreadables()) == 1
    assert desk.view("TOR").unreadables() == []


def test_two_complaints_in_one_second_are_each_acknowledged_once(tmp_path: Path) -> None:
    """What somebody else files in between is neither taken for ours nor acknowledged twice."""
    desk = centre(tmp_path)
    elsewhere = Desk.open(desk.folder, desk.clock)
    theirs = COMPLAINT.replace("from: VEL", "from: TOR").replace("accused: TOR", "accused: VEL")
    raw = theirs.encode()
    taken = Incoming(source="complaint", name="c.txt", raw=raw, owner="TOR", by="TOR")
    take(elsewhere, taken)  # taken, not yet acknowledged, when ours comes in

    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)

    assert number == "C-0002"
    receipts = {one.number: one.receipt_entry for one in desk.view().complaints()}
    assert receipts["C-0001"] is None
    assert receipts["C-0002"] is not None
    acts.acknowledge_complaint(elsewhere, "CENTRE", "C-0001")


def guaranteed(desk: Desk, *parties: str) -> str:
    """A window asked for and guaranteed by some; its number."""
    acts.request_window(desk, "VEL", asked())
    for party in parties:
        acts.guarantee_window(desk, party, "W-0001")
    desk.draw()
    return "W-0001"


def test_a_window_opens_only_with_every_guarantee_and_in_its_time(desk: Desk) -> None:
    """Nobody is sent in on two guarantees of three, nor an hour early."""
    number = guaranteed(desk, "VEL", "TOR")
    desk.clock.hold(AT + 11 * HOUR_US)
    refused(desk, lambda: acts.open_window(desk, "CENTRE", number), "W-0001")
    acts.guarantee_window(desk, "ALD", number)
    desk.clock.hold(AT + 11 * HOUR_US + MINUTE_US)
    refused(desk, lambda: acts.open_window(desk, "VEL", number), "W-0001")
    acts.open_window(desk, "CENTRE", number)
    desk.draw()
    for reader in ("VEL", "TOR", "ALD"):
        (window,) = desk.view(reader).windows()
        assert (window.state, window.missing) == (State.ACTIVE, ())


def test_a_window_is_not_opened_before_it_begins(desk: Desk) -> None:
    """Shown active too early, it would draw people out under fire."""
    number = guaranteed(desk, "ALD", "TOR", "VEL")
    refused(desk, lambda: acts.open_window(desk, "CENTRE", number), "W-0001")


def test_what_is_not_allowed_on_a_window_appends_nothing(desk: Desk) -> None:
    """A request that leaves a party out, another's guarantee, a second one, one after the end."""
    ask = acts.request_window
    refused(desk, lambda: ask(desk, "VEL", asked(guarantors=("VEL",))), "VEL")
    refused(desk, lambda: ask(desk, "VEL", asked(from_us=1, until_us=2)), "request")
    refused(desk, lambda: ask(desk, "XYZ", asked()), "no seat")
    refused(desk, lambda: acts.guarantee_window(desk, "VEL", "W-0001"), "no window W-0001")
    number = guaranteed(desk, "VEL")
    refused(desk, lambda: acts.guarantee_window(desk, "VEL", number), "W-0001")
    refused(desk, lambda: acts.guarantee_window(desk, "JVT", number), "W-0001")
    refused(desk, lambda: acts.complete_window(desk, "VEL", number), "W-0001")
    refused(desk, lambda: acts.report_breach(desk, "VEL", number, "I-ABCDEFGH"), "W-0001")
    acts.refuse_window(desk, "TOR", number)
    refused(desk, lambda: acts.guarantee_window(desk, "ALD", number), "W-0001")


def test_a_party_enters_what_it_notifies_and_nothing_that_binds_the_other(desk: Desk) -> None:
    """A verdict, a termination or a confirmed notice by a party is no such thing."""
    for kind in ("verdict", "terminate", "suspend", "entry_into_force", "silence_window"):
        record = RegisterEntered(type=kind, at_us=AT, by="TOR")
        refused(desk, lambda given=record: acts.enter_record(desk, "TOR", given), kind)  # type: ignore[misc]
    claimed = RegisterEntered(type="claim_withdrawn", at_us=AT, by="VEL")
    refused(desk, lambda: acts.enter_record(desk, "TOR", claimed), "claim_withdrawn")
    confirmed = RegisterEntered(type="repair_notice", at_us=AT, match={"confirmed": True})
    refused(desk, lambda: acts.enter_record(desk, "TOR", confirmed), "repair_notice")

    own = RegisterEntered(type="claim_withdrawn", at_us=AT, by="TOR", clause="a2.withdraw")
    assert desk.log.entry(acts.enter_record(desk, "TOR", own)).author == "TOR"


@pytest.fixture
def listed(tmp_path: Path) -> Desk:
    """A centre that holds twelve claims by each side, fused."""
    desk = centre(tmp_path)
    for owner in ("VEL", "TOR"):
        raw = party_list(12)
        take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=owner))
    desk.refresh()
    return desk


def together(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Which claims stand together, by the first of each."""
    desk.refresh()
    return {one.claims[0]: one.claims for one in desk.view().incidents(limit=1_000)}


def test_a_split_shows_and_its_undoing_brings_back_what_was_shown(listed: Desk) -> None:
    """Nothing a person decides is lost or final, and what the engine said comes back as it was."""
    before = together(listed)
    joined = next(claims for claims in before.values() if len(claims) > 1)

    split = acts.split_incident(listed, "CENTRE", joined, "two salvoes, an hour apart")
    apart = together(listed)
    assert all(claims == (claims[0],) for claims in apart.values() if claims[0] in joined)

    acts.undo(listed, "JVT", split, "the log was read wrongly")
    assert together(listed) == before
    kinds = [entry.kind for _, entry in listed.log.entries() if entry.kind.startswith("incident/")]
    assert kinds == ["incident/split", "incident/undone"]


def test_a_confirmation_joins_and_its_undoing_parts_again(listed: Desk) -> None:
    """The other way round, and an undo can itself be undone."""
    before = together(listed)
    one, *_, other = before
    said = acts.confirm_incident(listed, "CENTRE", [one, other], "one barrage, seen by one camera")
    joined = together(listed)
    assert {one, other} <= set(next(claims for claims in joined.values() if one in claims))

    undone = acts.undo(listed, "CENTRE", said, "it was two cameras")
    assert together(listed) == before
    acts.undo(listed, "CENTRE", undone, "it was one after all")
    assert together(listed) == joined


def test_who_stands_accused_cannot_take_an_incident_apart(listed: Desk) -> None:
    """A party that could split a claim from what supports it would judge its own case."""
    claims = next(claims for claims in together(listed).values() if len(claims) > 1)
    for party in ("TOR", "VEL"):
        refused(listed, lambda by=party: acts.split_incident(listed, by, claims, "no"), "staff|say")  # type: ignore[misc]
        refused(listed, lambda by=party: acts.confirm_incident(listed, by, claims, "y"), "say")  # type: ignore[misc]
    split = acts.split_incident(listed, "CENTRE", claims, "two salvoes")
    refused(listed, lambda: acts.undo(listed, "TOR", split, "no"), "say")


def test_a_decision_that_slipped_past_the_desk_is_kept_and_decides_nothing(listed: Desk) -> None:
    """The rule holds when the record is read, whatever let the entry in."""
    before = together(listed)
    claims = next(claims for claims in before.values() if len(claims) > 1)
    payload = IncidentSplit(claims=claims, reason="because")
    listed.post("incident/split", "TOR", payload)
    listed.post("incident/undone", "CENTRE", IncidentUndone(undoes=9_999, reason="slip"))
    assert together(listed) == before
    assert [act.actor for act in listed.view().acts("incident/")] == ["CENTRE"]
    (why,) = listed.tables.select(
        "SELECT reason, owner FROM unreadables WHERE source GLOB 'incident/*'"
    )
    assert (why["owner"], "centre's staff" in why["reason"]) == ("TOR", True)


def test_decisions_about_what_is_not_there_append_nothing(listed: Desk) -> None:
    """A slip of the keyboard is answered now, not found in the record next week."""
    one = next(iter(together(listed)))
    confirm = acts.confirm_incident
    refused(listed, lambda: confirm(listed, "CENTRE", [one, "999#1"], "y"), "no claim 999#1")
    refused(listed, lambda: confirm(listed, "CENTRE", [one, one], "y"), "two or more")
    refused(listed, lambda: confirm(listed, "CENTRE", [one, "the other"], "y"), "as 17#3")
    refused(listed, lambda: confirm(listed, "CENTRE", [one, "3#99"], "  "), "say why")
    refused(listed, lambda: acts.undo(listed, "CENTRE", 0, "y"), "no act on an incident")
    refused(listed, lambda: acts.undo(listed, "CENTRE", 10**9, "y"), "no act on an incident")
    refused(listed, lambda: acts.undo(listed, "CENTRE", -1, "y"), "entries count from 0")
