"""The one incident a newcomer is told, found in the record and written down nowhere else."""

from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre
from truceline.assessment.coverage import gaps
from truceline.coordination.complaints import State as ComplaintState
from truceline.coordination.windows import State
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.drills import rewrite_drill, sight_drill
from truceline.desk.occurring import as_incident, occurrence
from truceline.desk.publishing import document
from truceline.desk.story import Story, story
from truceline.values.instant import DAY_US, parse_instant
from truceline.values.signatures import Basis, Stance

TOLD = "2026-04-02T02:10[Atlantic/Azores]"


@pytest.fixture(scope="module")
def desk(played: Path) -> Desk:
    """The played exercise, only read from."""
    desk = Desk.open(played)
    desk.refresh()
    return desk


@pytest.fixture(scope="module")
def told(desk: Desk) -> Story:
    """Its story."""
    found = story(desk)
    assert found is not None
    return found


def test_one_party_complains_in_the_night_and_both_sides_hold_number_receipt_and_clock(
    desk: Desk, told: Story
) -> None:
    """Step a."""
    one = told.complaint
    assert (one.from_party, one.against, told.other) == ("VEL", ("TOR",), "TOR")
    assert 0 <= one.at_us - parse_instant(TOLD) < DAY_US // 24
    assert one.receipt_entry is not None
    for reader in ("VEL", "TOR"):
        assert desk.view(reader).complaint(one.number) == desk.view().complaint(one.number)
    assert one.due_us == one.at_us + DAY_US


def test_the_other_denies_a_patrol_heard_and_a_camera_was_down(desk: Desk, told: Story) -> None:
    """Step b: three claims on one incident, each on whose word, and a gap in the watching."""
    rows = desk.view().claims(told.incident.claims)
    by = {(row.claim.origin.owner, row.claim.said.stance): row.claim.said for row in rows}
    assert set(by) == {
        ("VEL", Stance.ASSERTS), ("TOR", Stance.DENIES), ("JVT", Stance.ASSERTS),
    }  # fmt: skip
    assert by["JVT", Stance.ASSERTS].basis is Basis.HEARD
    assert told.complaint.state is ComplaintState.ANSWERED
    assert [answer.stance for answer in told.complaint.answers] == ["denies"]
    span = told.incident.span
    assert span is not None
    periods = [row.period for row in desk.view().coverage(span.from_us, span.until_us)]
    missed = gaps(as_incident(told.incident), periods)
    assert any(gap.watcher == "CAM-H" and gap.reason == "outage" for gap in missed)


def test_the_incident_is_contradicted_and_undetermined_and_says_what_would_decide_it(
    desk: Desk, told: Story
) -> None:
    """Step c: nobody is named, and what is missing has a name."""
    assert told.incident.contradictions
    assert occurrence(desk.view(), told.incident, desk.agreement).level.value != "V4_ESTABLISHED"
    found = desk.view().proposals(told.incident.id)
    fire = [row for row in found if row.clause == "a1.fire"]
    assert {row.verdict for row in fire} == {"undetermined"}
    assert any(row.missing for row in fire)
    assert desk.explained(told.incident.id)["a1.fire", ""]["uk"]


def test_a_window_is_guaranteed_by_each_side_opened_and_completed(told: Story) -> None:
    """Step d: nobody went in before the last guarantee was there."""
    window = told.window
    assert window is not None
    assert window.number.startswith("W-")
    assert (window.state, window.missing) == (State.COMPLETED, ())
    assert {party for party, _, _ in window.guarantees} == {"ALD", "TOR", "VEL"}
    assert window.opened_us is not None
    assert max(at_us for _, _, at_us in window.guarantees) <= window.opened_us
    assert window.opened_us >= window.from_us


def test_the_evenings_bulletin_is_objected_to_and_a_dated_corrigendum_replaces_it(
    desk: Desk, told: Story
) -> None:
    """Steps e and f: three languages, `no observation` beside a zero, the objection in its words."""
    before, after = told.before, told.after
    assert before is not None
    assert after is not None
    assert (before.date, after.date) == ("2026-04-02", "2026-04-02")
    assert (before.corrected_by, after.corrects) == (after.number, before.number)
    assert [one.by for one in before.objections] == ["TOR"]
    assert set(before.languages) == {"en", "uk", "ru"}
    texts = {one.number: document(desk, one, "en", "md").decode() for one in (before, after)}
    assert "no observation" in texts[before.number].lower()
    assert before.objections[0].wording.split()[0] in texts[after.number]
    assert desk.view().complaint(told.complaint.number) is not None
    assert told.complaint.number in texts[before.number]


def test_who_rewrites_yesterday_is_named_and_who_looks_for_patrols_finds_none(
    desk: Desk, told: Story
) -> None:
    """Steps g and h: on this very record."""
    drill = rewrite_drill(desk)
    assert drill.named == drill.rewritten
    assert sight_drill(desk, told.other).kept


def test_a_record_without_a_story_tells_none(tmp_path: Path) -> None:
    """Nothing is made up where a step is missing."""
    desk = centre(tmp_path)
    assert story(desk) is None
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    acts.answer_complaint(desk, "TOR", number, "denies")
    desk.refresh()
    assert story(desk) is None
