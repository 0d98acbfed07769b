"""Windows of silence, told from the acts of one repair."""

from dataclasses import replace

import pytest

from tests.coordination.story import (
    BEFORE_US,
    FROM_US,
    PARTIES,
    UNTIL_US,
    event,
    guaranteed_by,
    request,
)
from truceline.coordination import acts
from truceline.coordination.event import Event
from truceline.coordination.windows import (
    State,
    Window,
    WindowRefused,
    board,
    check,
    check_request,
    fold,
)
from truceline.values.instant import HOUR_US, MINUTE_US

ALL_THREE = guaranteed_by("VEL", "TOR", "ALD")


def asked(*, needs_demining: bool = False, broker: str = "") -> Event:
    """The request, entry 100, by Velmark."""
    payload = request(needs_demining=needs_demining, broker=broker)
    return event(100, payload, by="VEL", at_us=BEFORE_US)


def opened(at_us: int = FROM_US, *, by: str = "CENTRE", entry: int = 110) -> Event:
    """The desk's announcement that silence holds."""
    return event(entry, acts.WindowOpened(window="W-0001"), by=by, at_us=at_us)


def only(events: list[Event], now_us: int) -> Window:
    """The one window there is."""
    (window,) = fold(events, now_us, parties=PARTIES)
    return window


def test_a_window_is_active_once_everyone_guaranteed_it_and_the_centre_opened_it() -> None:
    """Request, three guarantees, the announcement: each step stands in the history with its act."""
    window = only([asked(), *ALL_THREE, opened()], FROM_US + MINUTE_US)

    assert (window.number, window.state, window.requested_by) == ("W-0001", State.ACTIVE, "VEL")
    assert [party for party, _, _ in window.guarantees] == ["VEL", "TOR", "ALD"]
    assert [step.state for step in window.history] == [
        "requested", "requested", "requested", "guaranteed", "active",
    ]  # fmt: skip


@pytest.mark.parametrize("absent", ["VEL", "TOR", "ALD"])
def test_no_window_opens_while_one_guarantee_is_missing(absent: str) -> None:
    """Whoever it is that has not guaranteed, the announcement is refused and says why."""
    given = [code for code in ("VEL", "TOR", "ALD") if code != absent]
    window = only([asked(), *guaranteed_by(*given), opened()], FROM_US + MINUTE_US)

    assert (window.state, window.missing) == (State.REQUESTED, (absent,))
    assert window.history[-1].refused == "guarantee_missing"


def test_a_window_announced_a_second_too_early_is_not_open() -> None:
    """The start is the first instant; before it the announcement is refused, not kept for later."""
    early = only([asked(), *ALL_THREE, opened(FROM_US - 1)], FROM_US + HOUR_US)

    assert (early.state, early.history[-1].refused) == (State.GUARANTEED, "too_early")
    assert only([asked(), *ALL_THREE, opened(FROM_US)], FROM_US).state is State.ACTIVE


def test_a_window_ends_at_its_end_though_nobody_says_so() -> None:
    """The end is excluded: active one microsecond before, lapsed at it."""
    events = [asked(), *ALL_THREE, opened()]

    assert only(events, UNTIL_US - 1).state is State.ACTIVE
    ended = only(events, UNTIL_US)
    assert (ended.state, ended.ended_us) == (State.LAPSED, UNTIL_US)


def test_a_window_that_was_never_opened_was_never_active() -> None:
    """Guaranteed and left alone, it lapses without having begun or ended."""
    window = only([asked(), *ALL_THREE], UNTIL_US)

    assert (window.state, window.opened_us, window.ended_us) == (State.LAPSED, None, None)


def test_a_guarantee_that_comes_after_the_end_does_not_count() -> None:
    """Time moves the window before the act does."""
    late = guaranteed_by("ALD", first_entry=105, at_us=UNTIL_US)
    window = only([asked(), *ALL_THREE[:2], *late], UNTIL_US)

    assert (window.state, window.missing) == (State.LAPSED, ("ALD",))
    assert window.history[-1].refused == "wrong_state"


def test_work_is_refused_before_the_demining_that_was_asked_for() -> None:
    """Guarantees and the hour are not enough where the ground is not reported clear."""
    clear = event(108, acts.WindowDemined(window="W-0001"), by="VEL", at_us=FROM_US - HOUR_US)
    without = only([asked(needs_demining=True), *ALL_THREE, opened()], FROM_US)
    with_it = only([asked(needs_demining=True), *ALL_THREE, clear, opened()], FROM_US)

    assert without.history[-1].refused == "demining_missing"
    assert (without.state, with_it.state) == (State.GUARANTEED, State.ACTIVE)


@pytest.mark.parametrize("by", ["VEL", "TOR", "ALD", "CENTRE"])
def test_anyone_concerned_can_stop_a_window_and_it_is_over_at_once(by: str) -> None:
    """An unsafe window must end on the first word, whoever says it."""
    stop = event(111, acts.WindowWithdrawn(window="W-0001"), by=by, at_us=FROM_US + HOUR_US)
    window = only([asked(), *ALL_THREE, opened(), stop], FROM_US + 2 * HOUR_US)

    assert (window.state, window.ended_us) == (State.WITHDRAWN, FROM_US + HOUR_US)


def test_a_refusal_ends_the_request_and_later_guarantees_do_not_revive_it() -> None:
    """Somebody said no; a new request gets a new number."""
    no = event(101, acts.WindowRefused(window="W-0001"), by="TOR", at_us=BEFORE_US)
    window = only([asked(), no, *guaranteed_by("VEL", "TOR", "ALD", first_entry=102)], FROM_US)

    assert (window.state, window.guarantees) == (State.REFUSED, ())


def test_a_breach_names_its_incident_and_no_party() -> None:
    """The window links to the incident, where the question by whom is asked apart."""
    fire = acts.WindowBreached(window="W-0001", incident="I-KQ3MZ7RA")
    broken = event(111, fire, by="CENTRE", at_us=FROM_US + HOUR_US)
    window = only([asked(), *ALL_THREE, opened(), broken], FROM_US + 2 * HOUR_US)

    assert (window.state, window.incidents) == (State.BREACHED, ("I-KQ3MZ7RA",))
    assert window.ended_us == FROM_US + HOUR_US


def test_a_breach_found_after_the_work_was_done_does_not_move_the_end() -> None:
    """What was said later about a window changes its state, not when it ended."""
    done = event(111, acts.WindowCompleted(window="W-0001"), by="VEL", at_us=FROM_US + HOUR_US)
    fire = acts.WindowBreached(window="W-0001", incident="I-KQ3MZ7RA")
    broken = event(112, fire, by="ALD", at_us=FROM_US + 5 * HOUR_US)
    window = only([asked(), *ALL_THREE, opened(), done, broken], UNTIL_US)

    assert (window.state, window.ended_us) == (State.BREACHED, FROM_US + HOUR_US)


def test_a_window_never_opened_cannot_be_completed_or_broken() -> None:
    """Nothing was promised to hold yet, so nothing was kept or broken."""
    done = event(111, acts.WindowCompleted(window="W-0001"), by="VEL", at_us=UNTIL_US + 1)
    fire = acts.WindowBreached(window="W-0001", incident="I-KQ3MZ7RA")
    broken = event(112, fire, by="CENTRE", at_us=UNTIL_US + 1)
    window = only([asked(), *ALL_THREE, done, broken], UNTIL_US + 2)

    assert window.state is State.LAPSED
    assert [step.refused for step in window.history[-2:]] == ["wrong_state", "wrong_state"]


def test_only_the_centre_opens_a_window() -> None:
    """A party that announces silence on its own opens nothing."""
    window = only([asked(), *ALL_THREE, opened(by="VEL")], FROM_US)

    assert (window.state, window.history[-1].refused) == (State.GUARANTEED, "not_entitled")


def test_a_party_cannot_guarantee_in_the_name_of_another() -> None:
    """Only the desk may pass on a word, and then the history says that it was passed on."""
    promise = acts.WindowGuaranteed(window="W-0001")
    forged = event(101, promise, by="TOR", relayed_by="VEL", at_us=BEFORE_US)
    phoned = event(101, promise, by="TOR", relayed_by="desk", at_us=BEFORE_US)

    assert only([asked(), forged], BEFORE_US).history[-1].refused == "borrowed_voice"
    window = only([asked(), phoned], BEFORE_US)
    assert window.guarantees[0][0] == "TOR"
    assert window.history[-1].relayed


def test_a_request_that_leaves_a_party_out_never_opens() -> None:
    """Silence binds both sides, so neither can be bound by a request it was not asked about."""
    alone = acts.WindowRequested(
        zone="halden_window", from_us=FROM_US, until_us=UNTIL_US, purpose="other",
        guarantors=("VEL",),
    )  # fmt: skip
    ask = event(100, alone, by="VEL", at_us=BEFORE_US)
    window = only([ask, *guaranteed_by("VEL"), opened()], FROM_US)

    assert window.state is State.REFUSED
    assert [step.refused for step in window.history] == [
        "party_left_out", "wrong_state", "wrong_state",
    ]  # fmt: skip
    with pytest.raises(WindowRefused, match="every party must guarantee"):
        check_request(ask, parties=PARTIES)


def test_a_request_whose_content_is_not_held_still_takes_its_number() -> None:
    """Numbers are the same for readers who hold more and readers who hold less."""
    sealed = event(90, None, by="TOR", at_us=BEFORE_US, kind="window/requested")

    (window,) = fold([sealed, asked()], FROM_US, parties=PARTIES)
    assert window.number == "W-0002"


def test_an_act_on_a_window_nobody_asked_for_is_kept_as_a_stray() -> None:
    """It is in the ledger, so it is shown; it has nothing to act on, so it does nothing."""
    found = board(guaranteed_by("VEL"), FROM_US, parties=PARTIES)

    assert found.windows == ()
    assert [(stray.entry, stray.about) for stray in found.strays] == [(101, "W-0001")]


def test_an_act_that_came_before_its_window_was_asked_for_is_a_stray() -> None:
    """A number cannot be used before it was given."""
    before = guaranteed_by("VEL", first_entry=99)
    found = board([*before, asked()], FROM_US, parties=PARTIES)

    assert [(stray.entry, stray.refused) for stray in found.strays] == [(99, "unknown")]
    assert found.windows[0].guarantees == ()


def test_a_clock_set_back_does_not_open_a_window_in_the_past() -> None:
    """An entry takes effect no earlier than the one before it in the ledger."""
    events = [asked(), *ALL_THREE, opened(FROM_US + 10), opened(FROM_US - HOUR_US, entry=111)]
    window = only(events, FROM_US + HOUR_US)

    assert window.opened_us == FROM_US + 10
    assert window.history[-1].at_us == FROM_US + 10


def test_the_claimed_time_of_an_act_opens_nothing() -> None:
    """What an author says about its own clock is shown and rules nothing."""
    backdated = replace(opened(UNTIL_US), at_us=FROM_US)

    assert only([asked(), *ALL_THREE, backdated], UNTIL_US).opened_us is None


def test_the_desk_is_told_before_it_appends_what_the_fold_would_refuse() -> None:
    """The same table answers before and after."""
    waiting = only([asked(), *ALL_THREE[:2]], BEFORE_US)

    with pytest.raises(WindowRefused, match="W-0001: not every guarantee is in") as refusal:
        check(waiting, opened())
    assert refusal.value.code == "guarantee_missing"
    check(waiting, ALL_THREE[2])


def test_a_broker_may_report_the_work_done() -> None:
    """Whoever arranged a window may say that it is over, though it guaranteed nothing."""
    done = event(111, acts.WindowCompleted(window="W-0001"), by="JVT", at_us=FROM_US + HOUR_US)

    assert (
        only([asked(broker="JVT"), *ALL_THREE, opened(), done], UNTIL_US).state is State.COMPLETED
    )
    assert only([asked(), *ALL_THREE, opened(), done], FROM_US + 2 * HOUR_US).state is State.ACTIVE


def test_an_act_dated_in_the_future_does_not_keep_a_window_open() -> None:
    """Somebody's wrong clock must not hold up the word that stops a window."""
    ahead = event(111, acts.WindowGuaranteed(window="W-0001"), by="TOR", at_us=UNTIL_US * 2)
    stop = event(112, acts.WindowWithdrawn(window="W-0001"), by="ALD", at_us=FROM_US + HOUR_US)
    events = [asked(), *ALL_THREE, opened(), ahead, stop]

    for now_us in (FROM_US + HOUR_US, UNTIL_US, UNTIL_US * 3):
        assert only(events, now_us).ended_us == FROM_US + HOUR_US


def test_a_party_does_not_date_an_act_back_past_what_the_centre_recorded() -> None:
    """Fire at eleven is not taken out of the window by a withdrawal dated ten."""
    receipt = acts.ComplaintAcknowledged(complaint="C-0001", by="CENTRE")
    note = event(111, receipt, by="CENTRE", at_us=FROM_US + 2 * HOUR_US)
    stop = event(112, acts.WindowWithdrawn(window="W-0001"), by="TOR", at_us=FROM_US + HOUR_US)
    window = only([asked(), *ALL_THREE, opened(), note, stop], UNTIL_US)

    assert (window.state, window.ended_us) == (State.WITHDRAWN, FROM_US + 2 * HOUR_US)


def test_a_past_hour_folds_to_what_it_was_then() -> None:
    """What came later changes nothing about an earlier instant, requests and numbers included."""
    later = event(120, request(), by="TOR", at_us=FROM_US + 3 * HOUR_US)
    stop = event(121, acts.WindowWithdrawn(window="W-0001"), by="TOR", at_us=FROM_US + 4 * HOUR_US)
    before = [asked(), *ALL_THREE, opened()]
    then = FROM_US + HOUR_US

    assert fold([*before, later, stop], then, parties=PARTIES) == fold(
        before, then, parties=PARTIES
    )


def test_a_guarantee_given_twice_counts_once() -> None:
    """One side saying yes three times is still one side."""
    thrice = guaranteed_by("VEL", "VEL", "VEL")
    window = only([asked(), *thrice], BEFORE_US)

    assert (window.missing, len(window.guarantees)) == (("ALD", "TOR"), 1)
    assert [step.refused for step in window.history[2:]] == ["already_guaranteed"] * 2


def test_a_window_that_would_be_over_before_it_was_asked_for_is_refused() -> None:
    """Nobody is asked for a guarantee of the past."""
    late = event(100, request(), by="VEL", at_us=UNTIL_US)

    assert only([late], UNTIL_US).history[0].refused == "already_over"
    with pytest.raises(WindowRefused, match="over before it was asked for"):
        check_request(late, parties=PARTIES)


def test_an_act_recorded_before_the_request_but_dated_after_it_is_a_stray() -> None:
    """The ledger's order decides what an act could have known of, not its date."""
    early = event(99, acts.WindowGuaranteed(window="W-0001"), by="TOR", at_us=FROM_US)
    found = board([early, asked()], FROM_US + 1, parties=PARTIES)

    assert [stray.entry for stray in found.strays] == [99]
    assert found.windows[0].guarantees == ()
