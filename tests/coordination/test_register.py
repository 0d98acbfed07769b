"""The register: what may stand in it, and what only comes about from acts."""

import pytest

from tests.coordination.story import (
    BEFORE_US,
    FROM_US,
    NIGHT_US,
    PARTIES,
    REPLY_US,
    UNTIL_US,
    event,
    filed,
    guaranteed_by,
    request,
)
from truceline.coordination import acts, complaints, windows
from truceline.coordination.event import Event
from truceline.coordination.register import RecordRefused, check, records, refused
from truceline.terms.register import Record
from truceline.values.instant import HOUR_US, MINUTE_US

ZONES = ("halden_window", "orvet_window")
OPENED = [
    event(100, request(), by="VEL", at_us=BEFORE_US),
    *guaranteed_by("VEL", "TOR", "ALD"),
    event(110, acts.WindowOpened(window="W-0001"), by="CENTRE", at_us=FROM_US + MINUTE_US),
]


def notice(*, by: str = "", **match: str | bool | int) -> acts.RegisterEntered:
    """A repair crew notified for the six hours at Halden."""
    return acts.RegisterEntered(
        type="repair_notice",
        at_us=BEFORE_US,
        by=by,
        zone="halden_window",
        from_us=FROM_US,
        until_us=UNTIL_US,
        match=match,
    )


def register(
    events: list[Event], now_us: int, filings: tuple[complaints.Filed, ...] = ()
) -> tuple[Record, ...]:
    """The register at an instant, everything folded there."""
    return records(
        events,
        complaints.fold(filings, events, now_us, REPLY_US),
        windows.fold(events, now_us, parties=PARTIES),
        zones=ZONES,
        now_us=now_us,
    )


def test_an_open_window_is_silence_from_the_announcement_on() -> None:
    """Not from the hour asked for: nobody was told before, so nothing was broken before."""
    (silence,) = register(OPENED, FROM_US + HOUR_US)

    assert (silence.type, silence.id, silence.zone) == ("silence_window", "W-0001", "halden_window")
    assert (silence.from_us, silence.until_us) == (FROM_US + MINUTE_US, UNTIL_US)
    assert silence.known_us == FROM_US + MINUTE_US


def test_a_window_that_is_only_guaranteed_is_no_silence() -> None:
    """What is not open binds nobody."""
    assert register(OPENED[:-1], FROM_US + HOUR_US) == ()


def test_a_window_that_was_stopped_is_silence_until_then() -> None:
    """And a day judged anew as of an earlier hour still sees it open to its end."""
    stop = event(111, acts.WindowWithdrawn(window="W-0001"), by="TOR", at_us=FROM_US + 2 * HOUR_US)
    events = [*OPENED, stop]

    assert register(events, UNTIL_US)[0].until_us == FROM_US + 2 * HOUR_US
    assert register(events, FROM_US + HOUR_US)[0].until_us == UNTIL_US


def test_a_window_outside_the_agreements_areas_is_not_silence_everywhere() -> None:
    """A record without an area would bind the whole map, so there is none."""
    by_place = acts.WindowRequested(
        lat_e7=476_900_000, lon_e7=-339_400_000, radius_m=3_000, from_us=FROM_US,
        until_us=UNTIL_US, purpose="repair", guarantors=("TOR", "VEL"),
    )  # fmt: skip
    events = [event(100, by_place, by="VEL", at_us=BEFORE_US), *OPENED[1:]]
    folded = windows.fold(events, FROM_US + HOUR_US, parties=PARTIES)

    assert folded[0].state is windows.State.ACTIVE
    assert register(events, FROM_US + HOUR_US) == ()


@pytest.mark.parametrize("kind", ["silence_window", "complaint", "complaint_reply"])
def test_what_comes_about_from_acts_cannot_be_entered_by_hand(kind: str) -> None:
    """Not even by the desk: a window entered by hand would need nobody's guarantee."""
    by_hand = acts.RegisterEntered(type=kind, at_us=FROM_US, from_us=FROM_US, until_us=UNTIL_US)
    entry = event(90, by_hand, by="CENTRE", at_us=FROM_US)

    assert register([entry], UNTIL_US) == ()
    assert [(stray.entry, stray.refused) for stray in refused([entry], UNTIL_US)] == [
        (90, "drawn_only"),
    ]


@pytest.mark.parametrize("kind", ["suspend", "waive", "terminate", "verdict", "entry_into_force"])
def test_a_party_cannot_free_itself_or_find_against_another(kind: str) -> None:
    """What binds or frees somebody is entered by the centre's desk."""
    own = acts.RegisterEntered(type=kind, at_us=FROM_US, clause="a1.fire", party="TOR")
    entry = event(90, own, by="TOR", at_us=FROM_US)

    assert register([entry], UNTIL_US) == ()
    with pytest.raises(RecordRefused) as refusal:
        check(entry)
    assert refusal.value.code == "desk_only"
    assert len(register([event(90, own, by="CENTRE", at_us=FROM_US)], UNTIL_US)) == 1


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (event(90, notice(by="JVT"), by="VEL", at_us=BEFORE_US), "not_its_name"),
        (event(90, notice(confirmed=True), by="VEL", at_us=BEFORE_US), "desk_only"),
        (event(90, notice(), by="TOR", relayed_by="VEL", at_us=BEFORE_US), "borrowed_voice"),
        (event(90, None, by="VEL", at_us=BEFORE_US, kind="register/entered"), "not_held"),
    ],
    ids=["in another's name", "confirming its own notice", "for another party", "content not held"],
)
def test_a_party_enters_only_its_own_word(entry: Event, code: str) -> None:
    """And what it enters about itself is a notice, not a confirmation of it."""
    assert register([entry], UNTIL_US) == ()
    assert refused([entry], UNTIL_US)[0].refused == code


def test_a_notice_stands_in_the_name_of_whoever_gave_it() -> None:
    """Known when the record had it, whatever time it speaks of; its own fields are kept."""
    (record,) = register([event(90, notice(crew=6), by="VEL", at_us=BEFORE_US + HOUR_US)], UNTIL_US)

    assert (record.by, record.at_us, record.known_us) == ("VEL", BEFORE_US, BEFORE_US + HOUR_US)
    assert dict(record.fields) == {"crew": 6}


def test_the_desk_may_confirm_a_notice_in_the_name_of_the_one_who_gave_it() -> None:
    """The register says whose notice it is; the ledger says who entered the confirmation."""
    confirmed = notice(by="VEL", confirmed=True)
    (record,) = register([event(90, confirmed, by="CENTRE", at_us=BEFORE_US)], UNTIL_US)

    assert (record.by, dict(record.fields)) == ("VEL", {"confirmed": True})


def test_a_complaint_and_its_reply_are_records_that_name_each_other() -> None:
    """The duty to answer starts with the one and ends with the other."""
    answer = acts.ComplaintAnswered(complaint="C-0001", stance="denies")
    events = [event(45, answer, by="TOR", at_us=NIGHT_US + HOUR_US)]
    complaint, reply = register(events, UNTIL_US, (filed(),))

    assert (complaint.type, complaint.by, complaint.id) == ("complaint", "VEL", "C-0001")
    assert (reply.type, reply.by, reply.inst) == ("complaint_reply", "TOR", "C-0001")


def test_a_complaint_against_nobody_starts_no_duty() -> None:
    """Nobody owes an answer to it, so the register does not ask for one."""
    assert register([], UNTIL_US, (filed(against=()),)) == ()


def test_what_was_not_known_yet_is_not_in_the_register() -> None:
    """A past day is judged with what was known then."""
    later = event(90, notice(), by="VEL", at_us=FROM_US)

    assert register([later], FROM_US - 1) == ()


def test_a_window_stopped_at_the_instant_it_opened_was_no_silence() -> None:
    """A period of no length is no period."""
    stop = event(111, acts.WindowWithdrawn(window="W-0001"), by="TOR", at_us=FROM_US + MINUTE_US)

    assert register([*OPENED, stop], UNTIL_US) == ()
