"""Counts as ranges, audiences that deny by default, texts in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.values.audience import ALL, CENTRE, PUBLIC, audience, may_read
from truceline.values.counts import Count, at_least, exactly, total
from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES, text_of

counts = st.builds(
    lambda low, more: Count(low=low, high=None if more is None else low + more),
    st.integers(0, 9_000),
    st.none() | st.integers(0, 50),
)
codes = st.sampled_from(["VEL", "TOR", "ALD", CENTRE, "VE", "VELM"])
readers = codes | st.sampled_from([PUBLIC, ""])


@given(st.lists(counts, max_size=6), st.randoms(use_true_random=False))
def test_a_sum_holds_every_truth_its_parts_allow(parts: list[Count], chance: object) -> None:
    """Whatever the true numbers within their ranges, their sum lies within the sum's range."""
    summed = total(parts)
    truths = [part.low if part.high is None else part.high for part in parts]
    assert summed.low <= sum(truths)
    assert summed.high is None or sum(truths) <= summed.high


@given(st.lists(counts, max_size=6), counts)
def test_a_lower_bound_stays_one_when_summed(parts: list[Count], other: Count) -> None:
    """Three or more, and four, is seven or more; never seven."""
    assert total([*parts, at_least(3), other]).high is None


@given(st.lists(counts, max_size=6))
def test_a_sum_does_not_depend_on_the_order(parts: list[Count]) -> None:
    """Late rows change the sum by what they say, not by when they come."""
    assert total(parts) == total(reversed(parts))
    assert total([]) == exactly(0)


@given(st.integers(-5, 5), st.none() | st.integers(-5, 5))
def test_a_count_runs_from_low_to_high_and_not_below_nothing(low: int, high: int | None) -> None:
    """A range that runs backwards is refused when it is made."""
    possible = low >= 0 and (high is None or high >= low)
    if possible:
        assert Count(low=low, high=high).low == low
        return
    with pytest.raises(BadValue):
        Count(low=low, high=high)


@given(st.lists(codes, min_size=1), readers)
def test_only_those_named_may_read(named: list[str], reader: str) -> None:
    """A code that is part of another, the public and nobody read nothing: default deny."""
    assert may_read(reader, audience(named)) == (reader in named)


@given(readers)
def test_what_is_public_everyone_reads_and_what_is_for_all_the_public_does_not(reader: str) -> None:
    """All means every party and body of the centre, never the world."""
    assert may_read(reader, PUBLIC)
    assert may_read(reader, ALL) == (reader not in {PUBLIC, ""})
    assert not may_read(reader, "")


@given(st.lists(codes, min_size=1))
def test_an_audience_has_one_spelling(named: list[str]) -> None:
    """However often and in whatever order the readers are given."""
    assert audience(named) == audience([*reversed(named), named[0]])
    assert audience(audience(named).split("+")) == audience(named)


@pytest.mark.parametrize("named", [[], [""], ["VEL+TOR"], ["ВЕЛ"]])
def test_an_audience_of_nobody_or_of_a_code_that_cannot_be_spelt_is_refused(
    named: list[str],
) -> None:
    """A plus inside a code would let one reader in as two."""
    with pytest.raises(BadValue):
        audience(named)


@given(st.sets(st.sampled_from(LANGUAGES)))
def test_a_text_has_all_three_languages_or_the_missing_ones_are_named(given_in: set[str]) -> None:
    """No language is the original by habit, so none may be left out."""
    wordings = {language: f"маяк {language}" for language in given_in}
    missing = [language for language in LANGUAGES if language not in given_in]
    if not missing:
        text = text_of(wordings)
        assert [text.in_(language) for language in LANGUAGES] == [
            wordings[code] for code in LANGUAGES
        ]
        return
    with pytest.raises(BadValue, match=", ".join(missing)):
        text_of(wordings)
