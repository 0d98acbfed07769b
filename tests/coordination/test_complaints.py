"""Complaints: numbers, receipts, clocks and answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.story import NIGHT_US, REPLY_US, event, filed
from truceline.coordination import acts
from truceline.coordination.complaints import (
    Complaint,
    ComplaintRefused,
    State,
    check,
    docket,
    fold,
    overdue,
)
from truceline.coordination.event import Event
from truceline.values.instant import HOUR_US, MINUTE_US, parse_instant

DUE_US = NIGHT_US + REPLY_US


def receipt(entry: int = 41, at_us: int = NIGHT_US + 2_000_000) -> Event:
    """The centre's acknowledgement, two seconds later."""
    payload = acts.ComplaintAcknowledged(complaint="C-0001", by="CENTRE")
    return event(entry, payload, by="CENTRE", at_us=at_us)


def answer(
    entry: int, at_us: int, *, by: str = "TOR", stance: acts.Stance = "denies", relayed_by: str = ""
) -> Event:
    """Torrin's word on C-0001."""
    payload = acts.ComplaintAnswered(
        complaint="C-0001",
        stance=stance,
        wording="В этом районе наши подразделения огня не вели",
        language="ru",
    )
    return event(entry, payload, by=by, at_us=at_us, relayed_by=relayed_by)


def only(events: list[Event], now_us: int, against: tuple[str, ...] = ("TOR",)) -> Complaint:
    """The one complaint there is."""
    (complaint,) = fold([filed(against=against)], events, now_us, REPLY_US)
    return complaint


def test_a_complaint_in_the_night_has_a_number_a_receipt_and_a_clock() -> None:
    """Both sides can see when the record had it, who confirmed that, and until when to answer."""
    complaint = only([receipt()], NIGHT_US + MINUTE_US)

    assert (complaint.number, complaint.claim_id) == ("C-0001", "40#1")
    assert (complaint.receipt_entry, complaint.receipt_us) == (41, NIGHT_US + 2_000_000)
    assert (complaint.state, complaint.due_us) == (State.RECEIVED, DUE_US)


def test_the_centres_receipt_does_not_pass_for_the_other_sides_acknowledgement() -> None:
    """Un-acknowledged is never shown as acknowledged."""
    in_hand = acts.ComplaintAcknowledged(complaint="C-0001", by="TOR")
    theirs = event(42, in_hand, by="TOR", at_us=NIGHT_US + HOUR_US)

    assert only([receipt()], NIGHT_US + HOUR_US).state is State.RECEIVED
    assert only([receipt(), theirs], NIGHT_US + HOUR_US).state is State.ACKNOWLEDGED


def test_a_denial_answers_a_complaint_and_changes_no_word_of_it() -> None:
    """What was complained of and what was answered stand side by side, each as given."""
    complaint = only([answer(45, NIGHT_US + 7 * HOUR_US)], NIGHT_US + 8 * HOUR_US)

    assert (complaint.state, complaint.answered_us) == (State.ANSWERED, NIGHT_US + 7 * HOUR_US)
    assert complaint.wording == "Mortar fire from the east at ten past two"
    assert (complaint.answers[0].stance, complaint.answers[0].language) == ("denies", "ru")


def test_a_complaint_is_overdue_only_after_its_last_instant() -> None:
    """The instant it is due is still in time."""
    assert only([], DUE_US).state is State.RECEIVED
    assert only([], DUE_US + 1).state is State.OVERDUE
    assert not only([answer(45, DUE_US)], DUE_US + 1).answers[0].late


def test_a_late_answer_is_an_answer_and_stays_late() -> None:
    """The complaint leaves the overdue list, and the record keeps that it was on it."""
    complaint = only([answer(45, DUE_US + HOUR_US)], DUE_US + 2 * HOUR_US)

    assert (complaint.state, complaint.answers[0].late) == (State.ANSWERED, True)


def test_the_clock_counts_elapsed_hours_across_the_change_to_summer_time() -> None:
    """Twenty-four hours are twenty-four hours on the night an hour is skipped."""
    evening = parse_instant("2026-03-28T20:00[Atlantic/Azores]")
    late = event(45, None, by="TOR", at_us=evening, kind="complaint/answered")
    (complaint,) = fold([filed()], [late], evening, REPLY_US)

    assert complaint.due_us == NIGHT_US + 24 * HOUR_US
    assert only([], parse_instant("2026-03-28T02:10-01:00")).state is State.RECEIVED


def test_two_accused_must_both_answer() -> None:
    """One answer does not speak for the other; the list of the awaited says whose is missing."""
    one = only([answer(45, NIGHT_US + HOUR_US)], DUE_US + 1, against=("TOR", "ALD"))
    both = [answer(45, NIGHT_US + HOUR_US), answer(46, NIGHT_US + 2 * HOUR_US, by="ALD")]

    assert (one.state, one.awaited, one.answered_us) == (State.OVERDUE, ("ALD",), None)
    assert only(both, DUE_US + 1, against=("TOR", "ALD")).answered_us == NIGHT_US + 2 * HOUR_US


def test_a_complaint_that_accuses_nobody_has_no_clock() -> None:
    """Nobody owes an answer, so nobody can be late with one."""
    complaint = only([], DUE_US + REPLY_US, against=())

    assert (complaint.state, complaint.due_us) == (State.RECEIVED, None)


def test_a_later_answer_stands_beside_the_earlier() -> None:
    """A party may change its word; both are on the record and the first one's time counts."""
    second = answer(50, DUE_US + HOUR_US, stance="accepts")
    complaint = only([answer(45, NIGHT_US + HOUR_US), second], DUE_US + 2 * HOUR_US)

    assert [said.stance for said in complaint.answers] == ["denies", "accepts"]
    assert complaint.answered_us == NIGHT_US + HOUR_US


@pytest.mark.parametrize(
    ("by", "relayed_by", "code"),
    [("VEL", "", "not_accused"), ("CENTRE", "", "not_accused"), ("TOR", "VEL", "borrowed_voice")],
)
def test_nobody_answers_in_anothers_place(by: str, relayed_by: str, code: str) -> None:
    """Neither the complainant nor the centre answers for the accused; the attempt is kept."""
    attempt = answer(45, NIGHT_US + HOUR_US, by=by, relayed_by=relayed_by)
    complaint = only([attempt], NIGHT_US + HOUR_US)

    assert (complaint.state, complaint.answers) == (State.RECEIVED, ())
    assert complaint.history[-1].refused == code
    with pytest.raises(ComplaintRefused) as refusal:
        check(complaint, attempt)
    assert refusal.value.code == code


def test_an_answer_passed_on_by_the_desk_says_so() -> None:
    """A word given by telephone counts, and is marked as passed on."""
    complaint = only([answer(45, NIGHT_US + HOUR_US, relayed_by="desk")], NIGHT_US + HOUR_US)

    assert (complaint.state, complaint.answers[0].relayed) == (State.ANSWERED, True)


def test_acts_that_name_no_complaint_here_are_kept_as_strays() -> None:
    """An answer before the complaint, an answer to another, an answer not held."""
    early, sealed = answer(39, NIGHT_US), event(
        47, None, by="TOR", at_us=NIGHT_US, kind="complaint/answered"
    )  # fmt: skip
    other = acts.ComplaintAnswered(complaint="C-0007", stance="denies")
    found = docket(
        [filed()], [early, event(46, other, by="TOR", at_us=NIGHT_US), sealed], DUE_US, REPLY_US
    )

    assert [(stray.entry, stray.refused) for stray in found.strays] == [
        (39, "unknown"), (46, "unknown"), (47, "not_held"),
    ]  # fmt: skip
    assert found.complaints[0].answers == ()


def test_the_overdue_list_has_the_longest_overdue_first() -> None:
    """The list a duty officer reads starts with what has waited longest."""
    earlier, later = filed(0, entry=40), filed(0, entry=44)
    complaints = fold([later, earlier], [], DUE_US + 1, REPLY_US)

    assert [complaint.number for complaint in overdue(complaints)] == ["C-0001", "C-0002"]


@given(st.permutations([(40, 0), (40, 9), (41, 0), (57, 2), (103, 0)]))
@settings(deadline=None)
def test_numbers_follow_the_ledger_and_not_the_order_of_reading(
    order: list[tuple[int, int]],
) -> None:
    """Row ten of an entry comes after row two of it, whichever was read first."""
    complaints = fold([filed(row, entry=entry) for entry, row in order], [], NIGHT_US, REPLY_US)

    assert [complaint.claim_id for complaint in complaints] == [
        "40#1", "40#10", "41#1", "57#3", "103#1",
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["TOR", "ALD", "VEL", "CENTRE"]),
            st.integers(0, 40),
            st.booleans(),
        ),
        max_size=8,
    ),
    st.integers(0, 50),
)
@settings(deadline=None)
def test_the_state_says_exactly_who_has_spoken_and_when(
    said: list[tuple[str, int, bool]], now_h: int
) -> None:
    """Against the rule in one line each: answered if all answered, overdue if not and time is up."""
    said = sorted(said, key=lambda one: one[1])
    events = [
        answer(45 + place, NIGHT_US + hour * HOUR_US, by=by)
        if answers
        else event(
            45 + place,
            acts.ComplaintAcknowledged(complaint="C-0001", by=by),
            by=by,
            at_us=NIGHT_US + hour * HOUR_US,
        )
        for place, (by, hour, answers) in enumerate(said)
    ]
    by_now = [one for one in said if one[1] <= now_h]
    accused = {"TOR", "ALD"}
    spoke = {by for by, _, answers in by_now if answers} & accused
    in_hand = {by for by, _, _ in by_now} & accused

    complaint = only(events, NIGHT_US + now_h * HOUR_US, against=("ALD", "TOR"))
    if spoke == accused:
        assert complaint.state is State.ANSWERED
    elif now_h > 24:
        assert complaint.state is State.OVERDUE
    else:
        assert (complaint.state is State.ACKNOWLEDGED) == (in_hand == accused)
    assert len(complaint.history) == len(by_now)


def test_a_complaint_that_has_not_come_yet_is_not_there_and_keeps_its_number() -> None:
    """An earlier hour folds to what it was then, and the numbers do not move."""
    later = filed(entry=44)
    after = replace(later, entry=39, claim_id="39#1", known_us=NIGHT_US + HOUR_US)

    assert [one.number for one in fold([later, after], [], NIGHT_US, REPLY_US)] == ["C-0002"]
