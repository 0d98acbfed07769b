"""Proposals: what is alleged apart from what is established, and who may be spoken of."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.story import (
    BODIES,
    HALDEN,
    NIGHT,
    NIGHT_US,
    PATROL_HEARD,
    PATROL_SAW_TORRIN,
    TORRIN_DENIES,
    VELMARK_COMPLAINS,
    by_id,
    claim,
    incident,
)
from truceline.assessment.occurrence import Level
from truceline.assessment.proposing import (
    Findings,
    Proposal,
    Unjudged,
    bodies_of,
    propose,
    unjudged,
)
from truceline.claims.claim import Claim
from truceline.terms.agreement import Agreement
from truceline.terms.loading import load
from truceline.terms.register import Record
from truceline.terms.result import Verdict
from truceline.values.instant import HOUR_US
from truceline.values.mode import Mode
from truceline.values.signatures import Basis, Stance

TERMS = Path(__file__).parents[2] / "agreements" / "exercise-velmark-torrin.yaml"
LATER_US = NIGHT_US + 12 * HOUR_US


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    """The invented ceasefire."""
    return load(TERMS.read_bytes(), TERMS.name).agreement


def on_fire(
    agreement: Agreement, *claims: Claim, mode: Mode = Mode.EXERCISE, found: Findings | None = None
) -> dict[str | None, Proposal]:
    """What is proposed under article 1 for the night at Halden, by party."""
    proposals = propose(
        agreement,
        [incident(*claims)],
        by_id(*claims),
        [],
        LATER_US,
        mode=mode,
        found=found or Findings(),
    )
    return {one.party: one for one in proposals if one.clause == "a1.fire"}


def test_the_night_at_halden_is_undetermined(agreement: Agreement) -> None:
    """One side complains, the other denies, a patrol heard a bang: no test is met or failed."""
    found = on_fire(agreement, VELMARK_COMPLAINS, TORRIN_DENIES, PATROL_HEARD)

    assert {one.verdict for one in found.values()} == {Verdict.UNDETERMINED}
    assert found[None].level is Level.V2
    assert "type" in found[None].result.missing


def test_an_allegation_alone_meets_no_test(agreement: Agreement) -> None:
    """A list of ten thousand complaints is ten thousand allegations, not findings."""
    own_word = claim(41, owner="VEL", accused=("VEL",), basis=Basis.STATED)
    told = claim(70, owner="HERALD", basis=Basis.TOLD)

    for alone in (VELMARK_COMPLAINS, own_word, told):
        assert on_fire(agreement, alone)[None].verdict is Verdict.UNDETERMINED


def test_a_flood_of_hearsay_establishes_nothing(agreement: Agreement) -> None:
    """A patrol heard a bang; a hundred outlets say mortar: the bang is what is established."""
    outlets = [
        claim(100 + number, owner=f"OUTLET{number}", basis=Basis.TOLD) for number in range(100)
    ]
    found = on_fire(agreement, PATROL_HEARD, *outlets)[None]

    assert (found.verdict, found.act) == (Verdict.UNDETERMINED, "explosion")


def test_a_party_a_patrol_saw_is_proposed_for_people_to_judge(agreement: Agreement) -> None:
    """Seen by the mechanism and complained of: the proposal says the test is met."""
    found = on_fire(agreement, VELMARK_COMPLAINS, PATROL_SAW_TORRIN)

    assert set(found) == {None, "TOR"}
    assert (found["TOR"].verdict, found["TOR"].level) == (Verdict.BREACH, Level.V3)


def test_a_party_accused_by_its_adversary_alone_is_undetermined(agreement: Agreement) -> None:
    """What was seen is established; by whom is not."""
    saw_nobody = claim(51, owner="JVT", basis=Basis.SEEN)
    found = on_fire(agreement, VELMARK_COMPLAINS, saw_nobody)

    assert found["TOR"].verdict is Verdict.UNDETERMINED
    assert "actor" in found["TOR"].result.missing


def test_a_party_nobody_names_is_not_spoken_of(agreement: Agreement) -> None:
    """Undetermined about everybody would be a slur on everybody."""
    assert set(on_fire(agreement, PATROL_HEARD)) == {None}


@given(
    st.lists(
        st.builds(
            claim,
            st.integers(1, 10_000),
            owner=st.sampled_from(["VEL", "TOR", "CENTRE", "HERALD"]),
            basis=st.sampled_from(list(Basis)),
            stance=st.sampled_from(list(Stance)),
            accused=st.sampled_from([(), ("TOR",), ("VEL",), ("TORF", "VEL")]),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda one: one.id,
    )
)
@settings(deadline=None, max_examples=60)
def test_a_replay_never_names_a_party(some: list[Claim]) -> None:
    """Whatever is claimed of whom: real parties get no verdict from a machine."""
    terms = _loaded()

    for mode, may_name in ((Mode.REPLAY, False), (Mode.EXERCISE, True)):
        proposals = propose(
            terms, [incident(*some)], by_id(*some), [], LATER_US, mode=mode,
            found=Findings(admitted={"I-KQ3MZ7RA": ("TOR",)}),
        )  # fmt: skip
        if not may_name:
            assert {one.party for one in proposals} <= {None}
            assert {one.result.bearer for one in proposals} <= {None}


def test_a_window_that_holds_is_judged_by_its_clause_and_one_that_does_not_is_not(
    agreement: Agreement,
) -> None:
    """Without the record of an open window the clause does not speak."""
    held = Record(
        type="silence_window",
        at_us=NIGHT_US - HOUR_US,
        known_us=NIGHT_US - HOUR_US,
        by="CENTRE",
        zone="halden_window",
        from_us=NIGHT_US - HOUR_US,
        until_us=NIGHT_US + HOUR_US,
        id="W-0001",
    )
    claims = (VELMARK_COMPLAINS, PATROL_SAW_TORRIN)
    verdicts = {
        bool(register): {
            (one.clause, one.party): one.verdict
            for one in propose(
                agreement, [incident(*claims)], by_id(*claims), register, LATER_US,
                mode=Mode.EXERCISE,
            )
        }["a5.window", "TOR"]
        for register in ([held], [])
    }  # fmt: skip

    assert verdicts == {True: Verdict.BREACH, False: Verdict.NOT_IN_FORCE}


def test_an_accepted_complaint_moves_the_share_of_the_one_who_accepted(
    agreement: Agreement,
) -> None:
    """An answer that accepts is that party's word about itself."""
    found = on_fire(agreement, VELMARK_COMPLAINS, found=Findings(admitted={"I-KQ3MZ7RA": ("TOR",)}))

    assert (found["TOR"].verdict, found["TOR"].level) == (Verdict.BREACH, Level.V3)


def test_every_incident_is_either_proposed_on_or_said_to_be_unjudged(
    agreement: Agreement,
) -> None:
    """None is silently dropped."""
    untimed = incident(VELMARK_COMPLAINS, span=None, number="I-AAAAAAAA")
    denied = incident(TORRIN_DENIES, number="I-BBBBBBBB")
    judged = incident(PATROL_HEARD, number="I-CCCCCCCC")
    claims = by_id(VELMARK_COMPLAINS, TORRIN_DENIES, PATROL_HEARD)
    incidents = [untimed, denied, judged]
    proposals = propose(agreement, incidents, claims, [], LATER_US, mode=Mode.EXERCISE)

    assert {one.incident_id for one in proposals} == {"I-CCCCCCCC"}
    assert unjudged(incidents, claims, BODIES) == [
        Unjudged(incident_id="I-AAAAAAAA", reason="time_not_given"),
        Unjudged(incident_id="I-BBBBBBBB", reason="nobody_asserts"),
    ]


def test_who_is_who_comes_from_the_agreement(agreement: Agreement) -> None:
    """Its parties with the codes they answer for, and as monitors the bodies it names."""
    who = bodies_of(agreement)

    assert who.party_of("TORF") == "TOR"
    assert who.monitors == {"CENTRE", "JVT", "ALD"}
    assert (HALDEN.a_m, NIGHT.length_us) == (200, 60_000_000)


def _loaded() -> Agreement:
    return load(TERMS.read_bytes(), TERMS.name).agreement
