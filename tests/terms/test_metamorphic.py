"""What must not change, and which way an answer may move, whatever the case."""

from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.terms.test_worlds import CASES, NOTICE, WINDOW
from tests.terms.world import DAY_US, EVER, EXERCISE, exercise
from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.judging import Bench, Key, assess
from truceline.terms.loading import load
from truceline.terms.register import Record, known_by
from truceline.terms.result import Result, Verdict

TEXT = EXERCISE.read_text(encoding="utf-8")
RECORDS = (WINDOW, NOTICE)


@cache
def changed(found: str, instead: str) -> Agreement:
    """The agreement with some words changed throughout."""
    assert found in TEXT
    return load(TEXT.replace(found, instead).encode()).agreement


BASE = exercise()


def answers(
    agreement: Agreement, case: Case, records: tuple[Record, ...] = RECORDS
) -> dict[Key, Result]:
    """Every answer about a case."""
    return assess(agreement, case, records, EVER)


@given(CASES)
def test_belief_never_exceeds_plausibility(case: Case) -> None:
    """Both are shares of one."""
    for result in answers(BASE, case).values():
        assert 0 <= result.belief_bp <= result.plausibility_bp <= 10_000


@given(CASES)
def test_somebody_is_at_least_as_likely_as_anyone(case: Case) -> None:
    """If a party met the test, somebody did."""
    found = answers(BASE, case)
    for (clause, bearer), result in found.items():
        if bearer is not None:
            event = found[clause, None]
            assert event.belief_bp >= result.belief_bp
            assert event.plausibility_bp >= result.plausibility_bp


@given(CASES)
def test_a_larger_zone_never_lowers_an_answer(case: Case) -> None:
    """What lies within 10 km lies within 12."""
    wider = changed("buffer_km: 10", "buffer_km: 12")
    before, after = answers(BASE, case), answers(wider, case)
    for key in before:
        if key[0] == "a3.uav":
            assert after[key].belief_bp >= before[key].belief_bp
            assert after[key].plausibility_bp >= before[key].plausibility_bp


@given(CASES)
def test_dropping_an_exemption_never_lowers_an_answer(case: Case) -> None:
    """An exemption can only take away."""
    bare = changed("unless: [monitors, repair]", "unless: [monitors]")
    before, after = answers(BASE, case), answers(bare, case)
    for key in before:
        assert after[key].belief_bp >= before[key].belief_bp
        assert after[key].plausibility_bp >= before[key].plausibility_bp


@given(CASES, st.sampled_from(["VEL", "TOR"]))
def test_learning_who_acted_narrows_the_answer(case: Case, who: str) -> None:
    """Knowing more about the actor never widens what may be true of that party."""
    unknown, known = replace(case, actor=None), replace(case, actor={who: 10_000})
    before, after = answers(BASE, unknown), answers(BASE, known)
    for key, result in before.items():
        if key[1] is not None:
            assert result.belief_bp <= after[key].belief_bp
            assert result.plausibility_bp >= after[key].plausibility_bp


@given(CASES, st.permutations([WINDOW, NOTICE, replace(WINDOW, zone="orvet_window")]))
def test_the_order_of_records_is_irrelevant(case: Case, records: list[Record]) -> None:
    """A register is a set of facts with their instants."""
    assert answers(BASE, case, tuple(records)) == answers(BASE, case, tuple(reversed(records)))


def shifted(case: Case, records: tuple[Record, ...], by_us: int) -> tuple[Case, tuple[Record, ...]]:
    """The same story on another day."""
    span = replace(
        case.span, from_us=case.span.from_us + by_us, until_us=case.span.until_us + by_us
    )
    moved = tuple(
        replace(
            one,
            at_us=one.at_us + by_us,
            known_us=one.known_us + by_us,
            from_us=None if one.from_us is None else one.from_us + by_us,
            until_us=None if one.until_us is None else one.until_us + by_us,
        )
        for one in records
    )
    return replace(case, span=span), moved


@given(CASES, st.integers(1, 2))
def test_the_same_story_on_another_day_has_the_same_answer(case: Case, days: int) -> None:
    """Between the start of every clause and the change of clocks one day is like another."""
    later, records = shifted(case, RECORDS, days * DAY_US)
    assert answers(BASE, case) == answers(BASE, later, records)


SWAP = {"VEL": "TOR", "TOR": "VEL", "VELF": "TORF", "TORF": "VELF"}


@given(CASES)
def test_the_parties_are_alike_before_the_text(case: Case) -> None:
    """Swap them in the case and in the register, and only their names change places."""
    actor = (
        None
        if case.actor is None
        else {SWAP.get(code, code): mass for code, mass in case.actor.items()}
    )
    records = tuple(replace(one, by=SWAP.get(one.by or "", one.by)) for one in RECORDS)
    before, after = answers(BASE, case), answers(BASE, replace(case, actor=actor), records)
    for (clause, bearer), result in before.items():
        other = after[clause, SWAP.get(bearer, bearer) if bearer else None]
        assert replace(other, bearer=bearer) == result


@given(CASES)
def test_taking_an_article_away_changes_no_other(case: Case) -> None:
    """Articles are judged one by one unless one overrides another."""
    head, _, tail = TEXT.partition("  - id: a4\n")
    without = load((head + "  - id: a5\n" + tail.partition("  - id: a5\n")[2]).encode()).agreement
    before, after = answers(BASE, case), answers(without, case)
    assert after == {key: result for key, result in before.items() if key[0] != "a4.energy"}


@given(CASES)
def test_a_verdict_follows_from_its_interval(case: Case) -> None:
    """Anybody who holds the two numbers and the standard of proof reaches the same word."""
    for result in answers(BASE, case).values():
        if result.verdict is Verdict.BREACH:
            assert result.belief_bp >= 9_000
        elif result.verdict is Verdict.UNDETERMINED:
            assert result.belief_bp < 9_000
            assert result.plausibility_bp > 1_000
            assert result.missing or result.exemptions
        else:
            assert result.plausibility_bp <= 1_000


@given(CASES)
def test_the_brief_answer_is_the_same_answer(case: Case) -> None:
    """What may be left out when nobody asks why never changes what is proposed, or how sure."""
    whole = Bench(BASE, known_by(RECORDS, EVER)).assess(case)
    brief = Bench(BASE, known_by(RECORDS, EVER)).assess(case, brief=True)
    assert {key: told(result) for key, result in brief.items()} == {
        key: told(result) for key, result in whole.items()
    }


def told(result: Result) -> tuple[Verdict, int, int, tuple[str, ...], str]:
    """What an answer says, apart from why."""
    return (
        result.verdict,
        result.belief_bp,
        result.plausibility_bp,
        result.missing,
        result.displaced_by,
    )


@given(CASES, st.sets(st.sampled_from(["type", "place", "time", "weapon", "actor"])))
def test_answers_of_one_source_are_bounded_by_less_than_independent_ones(
    case: Case, together: set[str]
) -> None:
    """Not knowing how answers hang together widens what may be so, and never narrows it."""
    apart = answers(BASE, case)
    bound = answers(BASE, replace(case, one_source=frozenset(together)))
    for key, result in bound.items():
        if result.verdict is not Verdict.DISPLACED and apart[key].verdict is not Verdict.DISPLACED:
            assert result.belief_bp <= apart[key].belief_bp + 1
            assert result.plausibility_bp >= apart[key].plausibility_bp - 1
