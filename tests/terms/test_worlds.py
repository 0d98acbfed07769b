"""The engine against a second evaluator that knows only precise worlds."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.terms.world import EVER, NOON, ROOT, Case, Place, Span, Spot, exercise, record
from tests.terms.worlds import Crisp, draw
from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.casereading import read_cases
from truceline.terms.document import Prohibit
from truceline.terms.judging import assess
from truceline.terms.register import Record, known_by

WORLDS = 200
NOISE = 0.11  # three standard deviations of a share of 200 draws
HOUR_US = 3_600_000_000
KINDS = ["cease_fire", "weapon_exclusion", "no_fly", "protected_site", "silence_window"]
AGREEMENT = exercise()


def held(agreement: Agreement, case: Case, records: tuple[Record, ...], known_us: int) -> None:
    """Every share of worlds lies between belief and plausibility, give or take the draws."""
    rng = Random(7)
    drawn = [draw(case, agreement, rng) for _ in range(WORLDS)]
    crisp = Crisp(agreement, records, known_us)
    clock = Clock(agreement, known_by(records, known_us))
    for (name, bearer), result in assess(agreement, case, records, known_us).items():
        clause = agreement.clause(name)
        start = clock.instant(clause.from_ or "")
        assert isinstance(clause, Prohibit)
        assert start is not None
        share = sum(crisp.breach(clause, one, bearer, start) for one in drawn) / WORLDS
        low, high = result.belief_bp / 10_000, result.plausibility_bp / 10_000
        assert low - NOISE <= share <= high + NOISE, (name, bearer, share, result)


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_evaluator_agrees_on_every_golden_case(kind: str) -> None:
    """Two programs that share no arithmetic must agree on what was written from the text."""
    raw = (ROOT / "tests/golden/clauses" / kind / "cases.yaml").read_bytes()
    for scenario in read_cases(raw).cases:
        assert scenario.case is not None
        known = EVER if scenario.known_us is None else scenario.known_us
        held(AGREEMENT, scenario.case, scenario.records, known)


PLACES = st.one_of(
    st.none(),
    st.builds(
        Spot,
        lon_e7=st.integers(-345_000_000, -337_000_000),
        lat_e7=st.integers(472_000_000, 478_000_000),
    ),
    st.builds(
        Place,
        lon_e7=st.integers(-345_000_000, -337_000_000),
        lat_e7=st.integers(472_000_000, 478_000_000),
        a_m=st.integers(100, 15_000),
        b_m=st.integers(100, 15_000),
        bearing_deg=st.integers(0, 179),
    ),
)


def shares(codes: list[str]) -> st.SearchStrategy[dict[str, int] | None]:
    """A distribution over one or two codes, perhaps with something left over; or none at all."""
    one = st.sampled_from(codes).map(lambda code: {code: 10_000})
    two = st.tuples(st.permutations(codes), st.integers(0, 9_000)).map(
        lambda drawn: {drawn[0][0]: drawn[1], drawn[0][1]: 9_000 - drawn[1]}
    )
    return st.one_of(st.none(), one, two)


CASES = st.builds(
    Case,
    span=st.builds(
        lambda start, length: Span(from_us=NOON + start, until_us=NOON + start + length),
        st.integers(-3 * HOUR_US, 8 * HOUR_US),
        st.sampled_from([1, HOUR_US, 4 * HOUR_US]),
    ),
    type=shares(
        ["fire.mortar", "strike.missile", "flight.uav", "flight", "presence.weapon", "explosion"]
    ),
    actor=shares(["VEL", "TORF", "JVT", "unknown"]),
    weapon_class=shares(["artillery", "mortar", "tank"]),
    calibre_um=st.sampled_from([None, (82_000, 82_000), (120_000, 120_000), (82_000, 120_000)]),
    place=PLACES,
)
WINDOW = record(
    "silence_window",
    "2026-03-25T12:00:00-01:00",
    by="CENTRE",
    zone="halden_window",
    from_="2026-03-26T11:00:00-01:00",
    until="2026-03-26T15:00:00-01:00",
)
NOTICE = record(
    "repair_notice",
    "2026-03-25T10:00:00-01:00",
    by="TOR",
    zone="halden_window",
    from_="2026-03-26T10:00:00-01:00",
    until="2026-03-26T14:00:00-01:00",
    confirmed=True,
)


@settings(max_examples=20)
@given(CASES)
def test_the_second_evaluator_agrees_on_cases_nobody_chose(case: Case) -> None:
    """Belief and plausibility bound what is true, whatever is uncertain about it."""
    held(AGREEMENT, case, (WINDOW, NOTICE), EVER)
