"""Incidents made into cases: what is uncertain stays so, and no party accuses itself into a verdict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.story import (
    BODIES,
    HALDEN,
    NIGHT,
    PATROL_HEARD,
    PATROL_SAW_FIRE,
    PATROL_SAW_TORRIN,
    TORRIN_DENIES,
    VELMARK_COMPLAINS,
    by_id,
    claim,
    incident,
)
from truceline.assessment.casing import case_of
from truceline.claims.claim import Claim
from truceline.terms.case import Case
from truceline.values.instant import Span
from truceline.values.signatures import Basis, Direction, Stance
from truceline.values.unknown import Unknown


def case(*claims: Claim) -> Case:
    """The case these claims make."""
    made = case_of(incident(*claims), by_id(*claims), BODIES)
    assert isinstance(made, Case)
    return made


def test_a_party_accused_by_its_adversary_alone_stays_unknown() -> None:
    """Attribution is never taken from one interested party's word."""
    assert case(VELMARK_COMPLAINS).actor is None


def test_repeating_an_accusation_a_thousand_times_moves_nothing() -> None:
    """Nor do outlets that carry it, nor its own patrols, nor hearsay that names somebody."""
    again = [claim(number, owner="VEL", accused=("TOR",)) for number in range(100, 1100)]
    carried = claim(70, owner="HERALD", chain=("HERALD", "VEL"), accused=("TOR",))
    told = claim(71, owner="COURIER", basis=Basis.TOLD, accused=("TOR",))
    heard = claim(72, owner="JVT", basis=Basis.HEARD, accused=("TOR",))

    assert case(VELMARK_COMPLAINS, *again, carried, told, heard).actor is None


def test_a_patrol_that_saw_who_it_was_moves_the_share_of_the_party_it_saw() -> None:
    """The code it named stands for the party responsible for it."""
    assert case(VELMARK_COMPLAINS, PATROL_SAW_TORRIN).actor == {"TOR": 10_000}


def test_a_party_cannot_dilute_what_a_patrol_saw_by_accusing_back() -> None:
    """An interested word moves no share, in either direction."""
    accuses_back = claim(46, owner="TOR", accused=("VEL",))

    assert case(PATROL_SAW_TORRIN, accuses_back).actor == {"TOR": 10_000}


def test_a_party_that_says_it_of_itself_is_taken_at_its_word() -> None:
    """By its own claim, or by accepting the complaint."""
    own_word = claim(46, owner="TOR", accused=("TORF",))
    by_answer = case_of(
        incident(VELMARK_COMPLAINS), by_id(VELMARK_COMPLAINS), BODIES, admitted={"TOR"}
    )

    assert case(VELMARK_COMPLAINS, own_word).actor == {"TOR": 10_000}
    assert isinstance(by_answer, Case)
    assert by_answer.actor == {"TOR": 10_000}


def test_two_witnesses_who_saw_different_parties_leave_half_each() -> None:
    """Neither reaches any standard of proof; both stay possible."""
    saw_velmark = claim(54, owner="JVT", basis=Basis.SEEN, accused=("VEL",))

    assert case(PATROL_SAW_TORRIN, saw_velmark).actor == {"TOR": 5_000, "VEL": 5_000}


def test_a_witness_who_names_two_names_neither() -> None:
    """One of the two is not the one and not the other."""
    saw_either = claim(54, owner="JVT", basis=Basis.SEEN, accused=("TOR", "VEL"))

    assert not case(saw_either).actor
    assert case(PATROL_SAW_TORRIN, saw_either).actor == {"TOR": 5_000}


def test_a_denial_takes_no_share_from_the_kind_of_act() -> None:
    """Whether it occurred is another question with its own answer."""
    assert case(VELMARK_COMPLAINS, TORRIN_DENIES).type == {"fire.mortar": 10_000}


def test_voices_that_differ_about_the_act_share_it_equally() -> None:
    """A mortar by one voice, an explosion by another: half each, and a copy adds nothing."""
    copy = claim(41, owner="VEL", accused=("TOR",))

    assert case(VELMARK_COMPLAINS, copy, PATROL_HEARD).type == {
        "explosion": 5_000,
        "fire.mortar": 5_000,
    }


def test_a_voice_is_taken_at_its_most_specific_word() -> None:
    """Who first said fire and then mortar fire has said mortar fire."""
    vaguer = claim(41, owner="VEL", act="fire")
    bang = claim(42, owner="VEL", act="explosion")

    assert case(VELMARK_COMPLAINS, vaguer, bang).type == {"fire.mortar": 10_000}


def test_an_unknown_act_leaves_its_share_unknown() -> None:
    """Shares that nobody gave to an act add up to less than the whole."""
    unsure = claim(71, owner="COURIER", act="unknown", basis=Basis.TOLD)

    assert case(PATROL_SAW_FIRE, unsure).type == {"fire.mortar": 5_000}


def test_time_and_place_are_the_incidents_own() -> None:
    """With the error as it was stated; where it came from and went only if all who say so agree."""
    impact = claim(52, owner="JVT", basis=Basis.SEEN, direction=Direction.IMPACT)
    outgoing = claim(53, owner="ALD", basis=Basis.SEEN, direction=Direction.OUTGOING)

    assert (case(impact).span, case(impact).place, case(impact).target) == (NIGHT, HALDEN, HALDEN)
    assert case(impact).origin is None
    assert case(outgoing).origin == HALDEN
    assert (case(impact, outgoing).origin, case(impact, outgoing).target) == (None, None)


@pytest.mark.parametrize(
    ("claims", "span", "reason"),
    [
        ((VELMARK_COMPLAINS,), None, "time_not_given"),
        ((TORRIN_DENIES,), NIGHT, "nobody_asserts"),
        ((), NIGHT, "nobody_asserts"),
    ],
)
def test_what_makes_no_case_says_why(
    claims: tuple[Claim, ...],
    span: Span | None,
    reason: str,
) -> None:
    """An incident nobody timed, or nobody asserts, is not judged, and is not dropped."""
    told = incident(*claims, span=span)

    assert case_of(told, by_id(*claims), BODIES) == Unknown(reason=reason)


anyones = st.builds(
    claim,
    st.integers(1, 10_000),
    owner=st.sampled_from(["VEL", "TOR", "CENTRE", "JVT", "HERALD"]),
    act=st.sampled_from(["fire", "fire.mortar", "fire.artillery", "flight.uav", "unknown"]),
    basis=st.sampled_from(list(Basis)),
    stance=st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES]),
    accused=st.sampled_from([(), ("TOR",), ("VEL",), ("TOR", "VEL")]),
)


@given(st.lists(anyones, min_size=1, max_size=7, unique_by=lambda one: one.id))
@settings(deadline=None)
def test_shares_never_exceed_the_whole_and_order_changes_nothing(
    some: list[Claim],
) -> None:
    """Whole basis points in a fixed order, whatever order the claims came in."""
    made = case_of(incident(*some), by_id(*some), BODIES)
    again = case_of(incident(*some[::-1]), by_id(*some), BODIES)

    assert made == again
    if isinstance(made, Case):
        assert sum((made.type or {}).values()) <= 10_000
        assert sum((made.actor or {}).values()) <= 10_000


@given(st.lists(anyones, min_size=1, max_size=7, unique_by=lambda one: one.id))
@settings(deadline=None)
def test_no_party_is_named_unless_somebody_saw_it_or_it_says_so_itself(some: list[Claim]) -> None:
    """Whatever is claimed, by however many: the share of a party has a witness or its own word."""
    made = case_of(incident(*some), by_id(*some), BODIES)
    shares = (made.actor or {}) if isinstance(made, Case) else {}
    for party in shares:
        assert any(
            party in one.said.accused
            and one.said.stance is Stance.ASSERTS
            and (
                one.origin.owner == party
                or (not one.origin.interested and one.said.basis in {Basis.SEEN, Basis.RECORDED})
            )
            for one in some
        )
