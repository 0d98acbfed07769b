"""The one incident that is told: each of its steps is there, in order, and allowed by the rules."""

from collections.abc import Iterator

import pytest
from shapely.geometry import Point, Polygon

from tests.exercise.playing import demo, rows, steps, taken
from truceline.coordination import acts, complaints, windows
from truceline.coordination.complaints import Complaint, Filed
from truceline.coordination.event import Event
from truceline.exercise import story
from truceline.exercise.generating import generate
from truceline.exercise.script import Act, Correct, Object, Publish, TakeFile
from truceline.exercise.truth import Happened
from truceline.exercise.world import PARTIES, SECTORS, UNWATCHED, spot
from truceline.reports.report import Covered, Said, Unreadable
from truceline.values.instant import HOUR_US, Span, parse_instant
from truceline.values.place import Place, circle, distance_m
from truceline.values.signatures import Basis, Stance

NIGHT_US = parse_instant("2026-04-02T02:10[Atlantic/Azores]")
CUTOFF_US = parse_instant("2026-04-02T19:30[Atlantic/Azores]")
END_US = parse_instant("2026-04-05T00:00[Atlantic/Azores]")
DAY = Span(from_us=CUTOFF_US - 24 * HOUR_US, until_us=CUTOFF_US)
HALDEN = spot("Halden substation")


def events() -> list[Event]:
    """The acts of the script as entries of a ledger."""
    return [
        Event(
            entry=number,
            kind=step.kind,
            author="desk" if step.by == "CENTRE" else step.by,
            at_us=step.at_us,
            known_us=step.at_us,
            payload=step.payload,
        )
        for number, step in enumerate(steps())
        if isinstance(step, Act)
    ]


def filed() -> Iterator[Filed]:
    """The complaints of the script as a centre files them."""
    place = {step.name: number for number, step in enumerate(steps()) if isinstance(step, TakeFile)}
    for step, row in taken():
        if (
            step.source != "complaint"
            or isinstance(row, Unreadable)
            or not isinstance(row.body, Said)
        ):
            continue
        if row.body.stance is Stance.ASSERTS and not row.body.about:
            yield Filed(
                claim_id=f"{place[step.name]}#{row.row}",
                entry=place[step.name],
                owner=step.owner,
                against=row.body.accused,
                known_us=step.at_us,
            )


def docket() -> tuple[Complaint, ...]:
    """Every complaint as it stands when the exercise is over."""
    found = complaints.docket(list(filed()), events(), END_US, 24 * HOUR_US)
    assert found.strays == ()
    return found.complaints


def test_the_rules_allow_every_act_on_a_complaint() -> None:
    """The numbers the script foresees are the numbers a centre gives: no act is refused or astray."""
    assert [line for one in docket() for line in one.history if line.refused] == []


def test_complaints_end_in_every_way() -> None:
    """Some are answered, some too late, some never."""
    states = {one.state for one in docket()}
    assert {complaints.State.ANSWERED, complaints.State.OVERDUE} <= states


def test_the_rules_allow_every_act_on_a_window() -> None:
    """No window opens without every guarantee or before its time; none of the acts is refused."""
    board = windows.board(events(), END_US, parties=PARTIES)
    assert board.strays == ()
    assert [line for one in board.windows for line in one.history if line.refused] == []
    assert {one.state for one in board.windows} == {
        windows.State.COMPLETED,
        windows.State.REFUSED,
        windows.State.LAPSED,
    }


def test_the_night_complaint_has_a_receipt_and_an_answer_in_time() -> None:
    """Number and receipt within minutes; the other side denies within its twenty-four hours."""
    (ours,) = (
        one
        for one in docket()
        if NIGHT_US < one.at_us < NIGHT_US + HOUR_US // 4 and one.from_party == "VEL"
    )
    assert ours.receipt_us is not None
    assert ours.receipt_us - ours.at_us == HOUR_US // 60
    assert [(one.party, one.stance, one.late) for one in ours.answers] == [("TOR", "denies", False)]


def near_halden() -> list[Said]:
    """Claims of that night that place something near the substation, and the denial of one."""
    place = circle(HALDEN.lat, HALDEN.lon, 1)
    found = []
    for _, row in taken():
        said = row.body if not isinstance(row, Unreadable) else None
        if not isinstance(said, Said):
            continue
        about = said.stance is Stance.DENIES and said.speaker == "TOR" and "Халден" in said.wording
        if isinstance(said.span, Span) and isinstance(said.place, Place):
            soon = abs(said.span.from_us - NIGHT_US) < HOUR_US
            about = about or (soon and distance_m(said.place, place) < 6_000)
        if about:
            found.append(said)
    return found


def test_three_claims_speak_of_the_night_and_no_other() -> None:
    """One asserts, one denies, one heard and did not see: nothing by chance stands beside them."""
    said = {(one.speaker, one.stance, one.basis) for one in near_halden()}
    assert said == {
        ("VEL", Stance.ASSERTS, Basis.STATED),
        ("JVT-N2", Stance.ASSERTS, Basis.HEARD),
        ("TOR", Stance.DENIES, Basis.STATED),
    }
    assert len(near_halden()) == 3


def test_the_denial_names_the_complaint_it_denies() -> None:
    """A denial about another number would answer somebody else."""
    (denial,) = (one for one in near_halden() if one.stance is Stance.DENIES)
    numbers = {one.number: one.at_us for one in docket()}
    assert NIGHT_US < numbers[denial.about] < NIGHT_US + HOUR_US // 4


def covered(*, by_us: int) -> list[Covered]:
    """Stretches of watching a centre knew of by an instant."""
    return [
        row.body
        for step, row in taken()
        if not isinstance(row, Unreadable) and isinstance(row.body, Covered) and step.at_us < by_us
    ]


def test_the_camera_over_the_place_was_down_and_the_centre_knows_it() -> None:
    """Whoever asks why nothing was recorded finds the outage, and no other camera that looked."""
    place = circle(47.6931, -33.9375, 1)
    looking = [
        one
        for one in covered(by_us=CUTOFF_US)
        if one.kind == "camera" and one.span.from_us <= NIGHT_US < one.span.until_us
        and distance_m(one.place, place) <= one.place.a_m
    ]  # fmt: skip
    assert [(one.watcher, one.state, one.reason) for one in looking] == [
        ("CAM-H", "down", "outage")
    ]


def touches(place: Place, ring: Polygon) -> bool:
    """Say whether the circle about a place reaches into a sector."""
    return bool(Point(place.lon, place.lat).buffer(place.a_m / 74_000).intersects(ring))


def test_of_one_sector_nobody_can_say_anything_until_a_late_log_comes() -> None:
    """No claim and no watcher on the day of the bulletin; the next morning a log says who stood there."""
    ring = Polygon(next(one for one in SECTORS if one.code == UNWATCHED).ring)
    claims = [
        said
        for step, row in taken()
        if not isinstance(row, Unreadable) and isinstance(said := row.body, Said) and step.at_us < END_US
        and isinstance(said.place, Place) and isinstance(said.span, Span) and DAY.overlaps(said.span)
        and ring.contains(Point(said.place.lon, said.place.lat))
    ]  # fmt: skip
    assert claims == []

    published = next(
        one.at_us for one in steps() if isinstance(one, Publish) and one.date == "2026-04-02"
    )
    before = [
        one
        for one in covered(by_us=published)
        if DAY.overlaps(one.span) and touches(one.place, ring)
    ]
    after = [
        one for one in covered(by_us=END_US) if DAY.overlaps(one.span) and touches(one.place, ring)
    ]
    assert before == []
    assert {one.watcher for one in after} == {"JVT-T9"}


def test_a_bulletin_is_objected_to_and_corrected_for_the_file_that_came_late() -> None:
    """Objection, file, corrigendum, in that order and about that day."""
    found = [
        one
        for one in steps()
        if isinstance(one, Object | Correct) or getattr(one, "name", "") == story.LATE_LOG
    ]
    objection, late, corrigendum = found
    assert isinstance(objection, Object)
    assert isinstance(late, TakeFile)
    assert isinstance(corrigendum, Correct)
    assert objection.date == corrigendum.date == "2026-04-02"
    assert corrigendum.because == late.name


def test_the_repair_was_notified_a_day_ahead_and_seen_in_its_window() -> None:
    """The exemption of the agreement is met on the record: notice, confirmation, time and place."""
    notice = next(
        step.payload
        for step in steps()
        if isinstance(step, Act)
        and isinstance(step.payload, acts.RegisterEntered)
        and step.payload.type == "repair_notice"
    )
    assert notice.from_us is not None
    assert notice.until_us is not None
    assert notice.from_us - notice.at_us >= 24 * HOUR_US
    (crew,) = (
        row.body for _, row in taken()
        if not isinstance(row, Unreadable) and isinstance(row.body, Said) and row.body.act == "presence.repair"
    )  # fmt: skip
    assert isinstance(crew.span, Span)
    assert isinstance(crew.place, Place)
    assert notice.from_us < crew.span.from_us < notice.until_us
    assert distance_m(crew.place, circle(HALDEN.lat, HALDEN.lon, 1)) < crew.place.a_m


@pytest.mark.parametrize("seed", range(6))
def test_who_truly_fired_is_drawn_from_the_seed_and_shows_nowhere(seed: int) -> None:
    """The script of the story is the same whoever did it."""
    told = [
        one for one in generate(seed=seed, size=100).told()
        if isinstance(one, TakeFile) and ("halden" in one.name or "flash" in one.name)
    ]  # fmt: skip
    ours = [
        one
        for one in steps()
        if isinstance(one, TakeFile) and ("halden" in one.name or "flash" in one.name)
    ]
    assert [one.raw for one in told if one.name != "tor-answer-halden.txt"] == [
        one.raw for one in ours if one.name != "tor-answer-halden.txt"
    ]


def test_over_some_seeds_either_side_fired() -> None:
    """The exercise has no villain."""
    culprits = {
        fact.by
        for seed in range(8)
        for fact in generate(seed=seed, size=100).truth
        if isinstance(fact, Happened) and fact.event == story.EVENT
    }
    assert culprits == set(PARTIES)


def test_each_row_of_the_story_is_tied_to_its_event() -> None:
    """The scorer finds complaint, denial and what was heard under one event."""
    tied = {key[0] for key, row in rows().items() if row.event == story.EVENT}
    assert tied == {"vel-complaint-halden.txt", "tor-answer-halden.txt", "jvt-n2-flash.csv"}
    assert any(isinstance(one, Happened) and one.event == story.CREW for one in demo())
