"""One fact, one spelling."""

import json
from itertools import permutations
from typing import Any
from unicodedata import normalize

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from truceline.values.canonical import (
    MAX_INTEGER,
    canonical,
    digest_rows,
    is_canonical,
)
from truceline.values.errors import BadValue

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: normalize("NFC", text))
keys = st.text(st.characters(max_codepoint=127))
scalars = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts
allowed = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5)
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.binary()
    | st.complex_numbers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=3)
        | st.tuples(inner)
    ),
)


@given(allowed)
def test_the_spelling_is_that_of_rfc_8785(value: Any) -> None:
    """Somebody else's implementation of the standard spells every allowed value the same."""
    assert canonical(value) == rfc8785.dumps(value)


@given(allowed)
def test_what_is_spelt_is_recognised_and_reads_back(value: Any) -> None:
    """A reader decodes, spells again and compares: that never refuses our own spelling."""
    raw = canonical(value)
    assert is_canonical(raw)
    assert json.loads(raw) == value


@given(anything)
def test_what_cannot_be_spelt_is_refused_by_one_error(value: Any) -> None:
    """Whatever is put in, a spelling or BadValue comes out, nothing else."""
    try:
        raw = canonical(value)
    except BadValue:
        return
    assert is_canonical(raw)


@given(st.binary(max_size=80) | allowed.map(lambda value: json.dumps(value).encode()))
def test_a_second_spelling_is_never_recognised(raw: bytes) -> None:
    """Bytes that are recognised are exactly what spelling their value gives."""
    if is_canonical(raw):
        assert canonical(json.loads(raw)) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b"1.0",
        b"1e2",
        b"01",
        b"-0",
        b"\xef\xbb\xbf1",
    ],
)
def test_the_usual_second_spellings_are_refused(raw: bytes) -> None:
    """Order, doubled keys, blanks, needless escapes, fractions, signs of nothing."""
    assert not is_canonical(raw)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"lat": 47.5}, r"float.*\$\.lat"),
        ({"at": [1, 2**53]}, r"\$\.at\[1\].*2\^53"),
        ({"місце": 1}, "not ASCII"),
        ("e\u0301", "NFC"),
        ("\ud800", "surrogates"),
    ],
)
def test_the_refusal_names_where_and_why(value: object, named: str) -> None:
    """Whoever made the value can find the offending place from the message alone."""
    with pytest.raises(BadValue, match=named):
        canonical(value)


class Part(msgspec.Struct, frozen=True):
    """A struct as entries use them."""

    readers: frozenset[str]
    start: int


def test_a_set_is_spelt_in_one_order_however_it_was_made() -> None:
    """Sets have no order of their own, and the hash of text differs from run to run."""
    spelt = {canonical(Part(frozenset(codes), 0)) for codes in permutations(("VEL", "TOR", "ALD"))}
    assert spelt == {b'{"readers":["ALD","TOR","VEL"],"start":0}'}


@given(st.lists(st.dictionaries(keys, scalars, max_size=3), max_size=4))
def test_a_digest_of_rows_depends_on_every_row_and_their_order(rows: list[dict[str, Any]]) -> None:
    """Leaving out the last row, or doubling it, gives another digest."""
    whole = digest_rows(rows)
    assert whole != digest_rows([*rows, {}])
    assert whole == digest_rows([dict(reversed(row.items())) for row in rows])
