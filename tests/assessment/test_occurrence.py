"""Did it occur: the ladder, worked out from the evidence each time."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.story import (
    BODIES,
    NIGHT_US,
    PATROL_HEARD,
    PATROL_SAW_FIRE,
    TORRIN_DENIES,
    VELMARK_COMPLAINS,
    by_id,
    claim,
    incident,
)
from truceline.assessment.coverage import Gap
from truceline.assessment.occurrence import Check, Level, Occurrence, level_of, occurred
from truceline.claims.claim import Claim
from truceline.values.instant import DAY_US, MINUTE_US, Span
from truceline.values.place import circle
from truceline.values.signatures import Basis, Stance

OUTLET = claim(70, owner="HERALD", basis=Basis.TOLD, source_key="post/1")
OTHER_OUTLET = claim(71, owner="COURIER", basis=Basis.TOLD, source_key="post/2")
DOWN = Gap(
    watcher="CAM-2", kind="camera", state="down", reason="outage", from_us=NIGHT_US,
    until_us=NIGHT_US + MINUTE_US, period="60#1",
)  # fmt: skip
SITE = Check(checker="O. Brandt", reviewer="S. Lind", method="crater", found=True, custody=True)


def answer_for(*claims: Claim, checks: tuple[Check, ...] = ()) -> Occurrence:
    """The answer for an incident of these claims."""
    return occurred(incident(*claims), by_id(*claims), BODIES, checks=checks)


@pytest.mark.parametrize(
    ("claims", "level", "ground"),
    [
        ((TORRIN_DENIES,), Level.V0, "nobody_asserts"),
        ((VELMARK_COMPLAINS,), Level.V1, "interested_only"),
        ((OUTLET,), Level.V1, "hearsay_only"),
        ((OUTLET, OTHER_OUTLET), Level.V1, "hearsay_only"),
        ((PATROL_HEARD,), Level.V2, "observed"),
        ((VELMARK_COMPLAINS, PATROL_HEARD), Level.V2, "less_specific"),
        ((VELMARK_COMPLAINS, PATROL_SAW_FIRE), Level.V3, "corroborated"),
        ((OUTLET, PATROL_SAW_FIRE), Level.V3, "corroborated"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_each_rung_has_its_evidence(claims: tuple[Claim, ...], level: Level, ground: str) -> None:
    """A party alone alleges, a patrol observes, two that agree corroborate; hearsay never does."""
    answer = answer_for(*claims)

    assert answer.level is level
    assert ground in [found.code for found in answer.grounds]


def test_a_partys_own_patrol_does_not_corroborate_its_complaint() -> None:
    """However many reports a party hands in, and whoever it says saw it, it is one voice."""
    own_patrol = claim(41, owner="VEL", speaker="VEL-P1", basis=Basis.SEEN, source_key="other")
    its_outlet = claim(42, owner="HERALD", chain=("HERALD", "VEL"), basis=Basis.RECORDED)
    lent_name = claim(43, owner="VEL", speaker="VEL", chain=("JVT",), basis=Basis.SEEN)
    answer = answer_for(VELMARK_COMPLAINS, own_patrol, its_outlet, lent_name)

    assert (answer.level, answer.voices) == (Level.V1, 1)


def test_a_partys_own_patrol_is_no_witness_for_what_an_outlet_was_told() -> None:
    """Two voices, and the only one that perceived anything has an interest."""
    own_patrol = claim(41, owner="VEL", speaker="VEL-P1", basis=Basis.SEEN)

    assert answer_for(own_patrol, OUTLET).level is Level.V1


def test_a_partys_word_handed_on_by_the_centre_is_still_the_partys() -> None:
    """The desk that writes down what a party saw has observed nothing itself."""
    written_down = claim(42, owner="CENTRE", chain=("VEL",), basis=Basis.SEEN)

    assert answer_for(written_down).level is Level.V1


def test_two_reports_relayed_from_one_post_are_one_voice() -> None:
    """The same origin counts once, whichever channels carried it."""
    once = claim(72, owner="HERALD", basis=Basis.SEEN, source_key="post/1")
    again = claim(73, owner="COURIER", basis=Basis.SEEN, source_key="post/1")

    assert answer_for(once, again).voices == 1
    assert answer_for(once, again).level is Level.V1


def test_a_denial_lowers_no_level_and_is_named() -> None:
    """Who denies is part of the answer, and the answer is the same rung."""
    without = answer_for(VELMARK_COMPLAINS, PATROL_SAW_FIRE)
    with_it = answer_for(VELMARK_COMPLAINS, PATROL_SAW_FIRE, TORRIN_DENIES)

    assert (without.level, with_it.level) == (Level.V3, Level.V3)
    assert (without.denied_by, with_it.denied_by) == ((), ("TOR",))


def test_corroboration_is_for_the_act_both_say() -> None:
    """A party says mortar, a patrol saw artillery: that there was fire is corroborated, no more."""
    artillery = claim(53, owner="JVT", act="fire.artillery", basis=Basis.SEEN)
    answer = answer_for(VELMARK_COMPLAINS, artillery)

    assert (answer.level, answer.act) == (Level.V3, "fire")


def test_a_party_that_says_it_of_itself_corroborates() -> None:
    """A word against one's own interest is independent of the complainant's."""
    own_word = claim(46, owner="TOR", accused=("TOR",))
    by_answer = occurred(
        incident(VELMARK_COMPLAINS), by_id(VELMARK_COMPLAINS), BODIES, admitted={"TOR"}
    )

    assert answer_for(VELMARK_COMPLAINS, own_word).level is Level.V3
    assert by_answer.level is Level.V3
    assert by_answer.grounds[-1].code == "admitted"


def test_an_answer_by_somebody_not_accused_admits_nothing() -> None:
    """Velmark cannot confirm its own complaint by accepting it."""
    answer = occurred(
        incident(VELMARK_COMPLAINS), by_id(VELMARK_COMPLAINS), BODIES, admitted={"VEL"}
    )

    assert answer.level is Level.V1


def test_an_acceptance_by_somebody_nobody_accused_is_no_second_voice() -> None:
    """Whoever accepts what it was not accused of confirms nothing to a lone witness."""
    passer_by = claim(74, owner="HERALD", basis=Basis.SEEN, accused=("TOR",))
    answer = occurred(incident(passer_by), by_id(passer_by), BODIES, admitted={"VEL"})

    assert answer.level is Level.V1


@pytest.mark.parametrize(
    ("check", "level"),
    [
        (SITE, Level.V4),
        (Check(checker="O. Brandt", reviewer="O. Brandt", method="crater", found=True, custody=True), Level.V3),
        (Check(checker="P-3", reviewer="S. Lind", method="crater", found=True, custody=True), Level.V3),
        (Check(checker="O. Brandt", reviewer="S. Lind", method="crater", found=True, custody=False), Level.V3),
        (Check(checker="O. Brandt", reviewer="S. Lind", method="crater", found=False, custody=True), Level.V3),
    ],
    ids=["sound", "one person", "checked by its reporter", "out of custody", "found nothing"],
)  # fmt: skip
def test_the_top_rung_needs_two_people_who_did_not_report_it_and_custody(
    check: Check, level: Level
) -> None:
    """Verified is never reached by a person checking their own report or their own check."""
    assert answer_for(VELMARK_COMPLAINS, PATROL_SAW_FIRE, checks=(check,)).level is level


def test_what_would_decide_it_is_said() -> None:
    """A camera that was down, no second witness, no reply: each is named, cheapest first."""
    heard = incident(VELMARK_COMPLAINS, PATROL_HEARD)
    answer = occurred(heard, by_id(VELMARK_COMPLAINS, PATROL_HEARD), BODIES, gaps=(DOWN,))

    assert answer.decide == (
        "reply", "second_voice", "act_identified", "watcher_back", "site_visit",
    )  # fmt: skip
    assert answer.gaps == (DOWN,)


def test_a_vague_time_and_place_would_be_worth_closing() -> None:
    """A day and ten kilometres: the case is asked for a closer time and a better position."""
    day = Span(from_us=NIGHT_US, until_us=NIGHT_US + DAY_US)
    vague = incident(OUTLET, span=day, place=circle(47.6, -33.9, 10_000))
    unknown = incident(OUTLET, span=None, place=None)

    for case in (vague, unknown):
        wanted = occurred(case, by_id(OUTLET), BODIES).decide
        assert {"better_time", "better_position"} <= set(wanted)


def test_a_claim_this_reader_does_not_hold_is_counted_as_withheld() -> None:
    """A reader with less sees that there is more, and nothing of what it says."""
    both = incident(VELMARK_COMPLAINS, PATROL_SAW_FIRE)
    answer = occurred(both, by_id(VELMARK_COMPLAINS), BODIES)

    assert (answer.level, answer.withheld) == (Level.V1, 1)


def test_the_order_of_the_claims_changes_nothing_but_the_order_of_the_numbers() -> None:
    """Evidence is a set."""
    some = (VELMARK_COMPLAINS, PATROL_HEARD, TORRIN_DENIES, OUTLET)
    answers = {
        (found.level, found.act, found.voices, found.denied_by, found.decide)
        for order in permutations(some)
        if (found := answer_for(*order))
    }

    assert len(answers) == 1


claims_of_anyone = st.builds(
    claim,
    st.integers(1, 10_000),
    owner=st.sampled_from(["VEL", "TOR", "CENTRE", "JVT", "HERALD"]),
    act=st.sampled_from(["fire", "fire.mortar", "fire.artillery", "explosion", "unknown"]),
    basis=st.sampled_from(list(Basis)),
    stance=st.sampled_from(list(Stance)),
    accused=st.sampled_from([(), ("TOR",), ("VEL",)]),
    source_key=st.sampled_from(["post/1", "post/2", ""]),
)


@given(st.lists(claims_of_anyone, max_size=6, unique_by=lambda one: one.id), claims_of_anyone)
@settings(deadline=None)
def test_more_evidence_never_lowers_the_level(some: list[Claim], more: Claim) -> None:
    """Neither a denial nor another word takes a rung away."""
    if more.id in by_id(*some):
        return
    rungs = list(Level)

    assert rungs.index(answer_for(*some).level) <= rungs.index(answer_for(*some, more).level)


@given(st.lists(claims_of_anyone, max_size=6, unique_by=lambda one: one.id))
@settings(deadline=None)
def test_one_voice_never_corroborates_itself(some: list[Claim]) -> None:
    """The third rung needs two voices, whatever they say."""
    answer = answer_for(*some)

    assert answer.level is not Level.V3 or answer.voices >= 2
    assert level_of(some, BODIES) is answer.level
