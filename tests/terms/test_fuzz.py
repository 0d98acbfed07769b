"""Nothing but a refusal that can be acted on ever leaves the door of the room."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import EXERCISE, ROOT, exercise
from truceline.terms.casefile import judge
from truceline.terms.casereading import read_cases
from truceline.terms.errors import Problem, TermsRefused
from truceline.terms.loading import load

AGREEMENT = EXERCISE.read_text(encoding="utf-8")
CASES = (ROOT / "tests/golden/clauses/no_fly/cases.yaml").read_text(encoding="utf-8")
SNIPPETS = st.sampled_from(
    ["", "null", "[]", "{}", "-1", "1e9", "2026-03-01", '"', "]", "}", ": ", "&a ", "*a", "true",
     "0.12345", "[1, 2]", "{a: 1}", "!!float x", "Europe/Nowhere", "\t", "P1D", "EIF", "<<: ", "é"]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """A text with a stretch of it replaced, a few times over."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 40))
        text = text[:start] + draw(SNIPPETS) + text[start + length :]
    return text.encode()


def refusals(read: Callable[[bytes], object], raw: bytes) -> tuple[Problem, ...]:
    """What a reader refuses of some bytes; nothing where it takes them."""
    try:
        read(raw)
    except TermsRefused as refused:
        return refused.problems
    return ()


@given(damaged(AGREEMENT))
def test_a_damaged_agreement_is_read_or_refused(raw: bytes) -> None:
    """Every problem has a file, a line, what was found and what to do; nothing else escapes."""
    for one in refusals(load, raw):
        assert one.found
        assert one.do
        assert one.line >= 0


@given(damaged(CASES))
def test_a_damaged_file_of_cases_is_read_or_refused(raw: bytes) -> None:
    """A case that cannot be read is named by its line, and the others still run."""
    if refusals(read_cases, raw):
        return
    agreement = exercise()
    for scenario in read_cases(raw).cases:
        judge(agreement, scenario)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_agreement_are_refused(raw: bytes) -> None:
    """There is no such thing as half an agreement."""
    with pytest.raises(TermsRefused):
        load(raw)
