"""Nothing but a refusal that can be acted on ever leaves the door of the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import EXERCISE, ROOT, exercise
from truceline.terms.casefile import judge
from truceline.terms.casereading import read_cases
from truceline.terms.errors import CasesRefused, TermsRefused
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


@given(damaged(AGREEMENT))
def test_a_damaged_agreement_is_read_or_refused(raw: bytes) -> None:
    """Every problem has a file, a line, what was found and what to do; nothing else escapes."""
    try:
        load(raw)
    except TermsRefused as refused:
        assert refused.problems
        assert all(one.found and one.do and one.line >= 0 for one in refused.problems)


@given(damaged(CASES))
def test_a_damaged_file_of_cases_is_read_or_refused(raw: bytes) -> None:
    """A case that cannot be read is named by its line, and the others still run."""
    try:
        read = read_cases(raw)
    except CasesRefused as refused:
        assert refused.problems
        return
    agreement = exercise()
    for scenario in read.cases:
        judge(agreement, scenario)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_agreement_are_refused(raw: bytes) -> None:
    """There is no such thing as half an agreement."""
    with pytest.raises(TermsRefused):
        load(raw)
