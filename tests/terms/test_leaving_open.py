"""What the text leaves open decides nothing; who answers, whose list, which answers hang together."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import EVER, NOON, Case, Place, Spot, at, record, small
from truceline.terms.agreement import Agreement
from truceline.terms.atoms import frechet, product
from truceline.terms.errors import TermsRefused
from truceline.terms.judging import assess
from truceline.terms.obligations import find_state, states
from truceline.terms.register import Record
from truceline.terms.result import Result
from truceline.terms.wording import text
from truceline.values.texts import LANGUAGES

BOX = """geometry:
  box: {point: [-34.0, 47.5], side_km: 4, tolerance_m: 0, datum: WGS84}
  east: {polygon: [[-34.0, 47.0], [-33.0, 47.0], [-33.0, 48.0], [-34.0, 48.0], [-34.0, 47.0]], datum: WGS84}
"""
OFFENSIVE = """definitions:
  offensive:
    text: {en: "an attempt to change positions", uk: "спроба змінити позиції", ru: "попытка изменить позиции"}
    status: not_agreed
    ruled_by: CENTRE
"""
ASSAULT = "      - {norm: prohibit, id: a1.assault, kind: no_offensive, act: [assault], uses: [offensive]}"


def answered(
    agreement: Agreement, case: Case, bearer: str | None = "VEL", *records: Record
) -> Result:
    """The answer on the agreement's only clause."""
    found = assess(agreement, case, records, EVER)
    return next(result for (_, one), result in found.items() if one == bearer)


def an(act: str, *, by: Mapping[str, int] | None = None, lon: float = -34.0) -> Case:
    """An act at noon, by VEL unless said, at a longitude on the 47.5th parallel."""
    place = Spot(lon_e7=round(lon * 1e7), lat_e7=475_000_000)
    return Case(span=at(NOON), type={act: 10_000}, actor=by or {"VEL": 10_000}, place=place)


def ruling(*, result: bool, by: str = "CENTRE", term: str = "offensive") -> Record:
    """A body says that what happened between eleven and one was, or was not, what a word means."""
    return record(
        "ruling", "2026-03-27T10:00-01:00", by=by, term=term, result=result,
        from_="2026-03-26T11:00-01:00", until="2026-03-26T13:00-01:00",
    )  # fmt: skip


def test_a_word_nobody_agreed_on_never_makes_a_breach_alone() -> None:
    """Everything else is certain; the test is still not met, and the reason names the word."""
    agreement = small(ASSAULT, more=OFFENSIVE).agreement
    held = answered(agreement, an("assault.infantry"))

    assert held.verdict == "undetermined"
    assert held.missing == ("definition:offensive",)
    assert answered(agreement, an("fire.mortar")).verdict == "no_breach"


def test_an_agreed_word_leaves_nothing_open() -> None:
    """The same clause, its word agreed, is judged as any other."""
    agreement = small(ASSAULT, more=OFFENSIVE.replace("not_agreed", "agreed")).agreement
    assert answered(agreement, an("assault.infantry")).verdict == "breach"


def test_the_body_the_text_names_may_settle_a_word_and_nobody_else() -> None:
    """A ruling speaks for the time it covers; two that contradict each other settle nothing."""
    agreement = small(ASSAULT, more=OFFENSIVE).agreement
    case = an("assault.infantry")
    yes, no = ruling(result=True), ruling(result=False)

    assert answered(agreement, case, "VEL", yes).verdict == "breach"
    assert answered(agreement, case, "VEL", no).verdict == "no_breach"
    assert answered(agreement, case, "VEL", yes, no).verdict == "undetermined"
    for other in (ruling(result=True, by="JVT"), ruling(result=True, term="defensive")):
        assert answered(agreement, case, "VEL", other).verdict == "undetermined"


def test_a_ruling_on_another_hour_settles_nothing_now() -> None:
    """It covers all of the incident's time, or it does not speak of it."""
    agreement = small(ASSAULT, more=OFFENSIVE).agreement
    morning = record(
        "ruling", "2026-03-27T10:00-01:00", by="CENTRE", term="offensive", result=True,
        from_="2026-03-26T08:00-01:00", until="2026-03-26T09:00-01:00",
    )  # fmt: skip
    assert answered(agreement, an("assault.infantry"), "VEL", morning).verdict == "undetermined"


NEAR = (
    "      - {norm: prohibit, id: a1.near, kind: force_exclusion, act: [presence], "
    "where: {within_km: 3, of: box}, not_agreed: [where.within_km]}"
)


def test_a_distance_of_ours_settles_neither_inside_nor_outside() -> None:
    """We need a number to draw a map with; the parties never agreed on it."""
    agreement = small(NEAR, geometry=BOX).agreement
    for lon in (-34.0, -30.0):
        held = answered(agreement, an("presence.force", lon=lon))
        assert held.verdict == "undetermined"
        assert held.missing == ("agreed:where.within_km",)
    assert answered(agreement, an("fire.mortar")).verdict == "no_breach"


def test_a_limit_of_ours_makes_nobody_late() -> None:
    """A duty whose date was never agreed can be due or met, and is never overdue."""
    clause = (
        "      - {norm: require, id: a1.open, kind: report, who: [VEL], trigger: {at: EIF}, due: P1D,"
        " grace: P1D, done: {record: reported}%s}"
    )
    anchors = 'anchors: {EIF: {at: "2026-03-21T00:00-01:00"}}'
    later = NOON
    for ours, word in (
        ("", "breached"),
        (", not_agreed: [grace]", "overdue"),
        (", not_agreed: [due]", "due"),
    ):
        agreement = small(clause % ours, more=anchors).agreement
        state = find_state(states(agreement, (), later, later), "a1.open/VEL")
        assert state is not None
        assert state.word == word


ANSWERABLE = (
    "      - {norm: prohibit, id: a1.fire, kind: cease_fire, act: [fire], attribution: answerable}"
)


def test_a_party_answers_for_what_comes_from_where_it_is_in_control() -> None:
    """By `acted` only who did it; by `answerable` also who controls the place it came from."""
    stranger = {"bandits": 10_000}
    answerable = small(ANSWERABLE, geometry=BOX, of_tor=", controls: east").agreement
    acted = small(
        ANSWERABLE.replace("answerable", "acted"), geometry=BOX, of_tor=", controls: east"
    ).agreement
    east = an("fire.mortar", by=stranger, lon=-33.5)
    west = an("fire.mortar", by=stranger, lon=-34.5)

    assert answered(answerable, east, "TOR").verdict == "breach"
    assert answered(answerable, west, "TOR").verdict == "no_breach"
    assert answered(answerable, east, "VEL").verdict == "no_breach"
    assert answered(acted, east, "TOR").verdict == "no_breach"
    assert (
        answered(answerable, an("fire.mortar", by={"TORF": 10_000}, lon=-34.5), "TOR").verdict
        == "breach"
    )


def test_whoever_is_exempt_is_nobodys_to_answer_for() -> None:
    """The monitors' own assets stay outside the rule wherever they fly from."""
    spared = "exemptions: {monitors: {text: {en: m, uk: m, ru: m}, mode: scope, actor: [JVT]}}"
    clause = ANSWERABLE.replace("answerable}", "answerable, unless: [monitors]}")
    agreement = small(clause, geometry=BOX, more=spared, of_tor=", controls: east").agreement
    assert (
        answered(agreement, an("fire.mortar", by={"JVT": 10_000}, lon=-33.5), "TOR").verdict
        == "no_breach"
    )


LISTS = """geometry:
  plants: {sites: [{id: a, lon: -34.0, lat: 47.5, cat: energy}, {id: b, lon: -33.0, lat: 47.5, cat: energy, listed_by: [VEL]}], datum: WGS84}
"""
PROTECTED = (
    "      - {norm: prohibit, id: a1.plant, kind: protected_site, act: [strike], "
    "where: {within_km: 1, of: plants}, place_of: target}"
)


def hit(lon: float) -> Case:
    """A strike that was aimed at a point of the 47.5th parallel."""
    target = Spot(lon_e7=round(lon * 1e7), lat_e7=475_000_000)
    return Case(
        span=at(NOON), type={"strike.missile": 10_000}, actor={"TOR": 10_000}, target=target
    )


def test_an_object_on_one_partys_list_alone_is_disputed_and_never_just_protected() -> None:
    """The answer under each list stands side by side, with whose list it is."""
    agreement = small(PROTECTED, geometry=LISTS).agreement
    assert answered(agreement, hit(-34.0), "TOR").verdict == "breach"
    disputed = answered(agreement, hit(-33.0), "TOR")

    assert disputed.verdict == "contested"
    assert disputed.missing == ("disputed_coverage",)
    assert {one.reading: str(one.verdict) for one in disputed.readings} == {
        "@VEL": "breach",
        "@TOR": "no_breach",
    }
    for language, names in zip(
        LANGUAGES,
        (("Velmark", "Torrin"), ("Велмарк", "Торрін"), ("Велмарк", "Торрин")),
        strict=True,
    ):
        said = text(disputed, agreement, language)
        assert all(name in said for name in names)


def test_what_one_source_says_of_two_things_is_not_counted_as_two() -> None:
    """Nine tenths sure of the kind and of the actor by one sensor is eight tenths, not .81."""
    clause = "      - {norm: prohibit, id: a1.fire, kind: cease_fire, act: [fire]}"
    agreement = small(clause).agreement
    shares = {
        "type": {"fire.mortar": 9_000, "presence.force": 1_000},
        "actor": {"VEL": 9_000, "TOR": 1_000},
    }
    apart = answered(agreement, Case(span=at(NOON), type=shares["type"], actor=shares["actor"]))
    together = answered(
        agreement,
        Case(
            span=at(NOON),
            type=shares["type"],
            actor=shares["actor"],
            one_source=frozenset({"type", "actor"}),
        ),
    )
    assert (apart.belief_bp, apart.plausibility_bp) == (8_100, 8_100)
    assert (together.belief_bp, together.plausibility_bp) == (8_000, 9_000)
    assert together.together == ("type", "actor")
    assert "Not counted as independent" in text(together, agreement, "en")


PARTS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (min(pair), max(pair))),
    min_size=1, max_size=5,
)  # fmt: skip


@given(parts=PARTS)
def test_the_bounds_hold_whatever_the_dependence(parts: list[tuple[float, float]]) -> None:
    """Independence is one way things may be: its answer lies within the bounds."""
    low, high = frechet(*parts)
    alone = product(*parts)
    assert low <= alone[0] + 1e-9
    assert alone[1] <= high + 1e-9
    assert 0 <= low <= high <= 1


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (ASSAULT.replace("offensive]", "ofensive]"), "definition `ofensive`"),
        (NEAR.replace("[where.within_km]", "[windows]"), "field `windows`"),
        (NEAR.replace("[where.within_km]", "[colour]"), "field `colour`"),
    ],
)
def test_what_leads_nowhere_is_refused(clause: str, said: str) -> None:
    """A word nobody defines, or a field the clause does not state."""
    with pytest.raises(TermsRefused, match=said):
        small(clause, geometry=BOX, more=OFFENSIVE)


def test_every_number_is_judged_with_its_ellipse_all_the_same() -> None:
    """An uncertain place under an answerable clause stays within the bounds of its parts."""
    agreement = small(ANSWERABLE, geometry=BOX, of_tor=", controls: east").agreement
    place = Place(lat_e7=475_000_000, lon_e7=-340_000_000, a_m=2_000, b_m=2_000)
    case = Case(span=at(NOON), type={"fire.mortar": 10_000}, actor={"bandits": 10_000}, place=place)
    held = answered(agreement, case, "TOR")
    assert held.verdict == "undetermined"
    assert 4_000 < held.belief_bp <= held.plausibility_bp < 6_000
