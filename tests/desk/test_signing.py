"""Signing an agreement: which text, in which languages, by whose key; and what refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.founded import TERMS
from truceline.desk.errors import ActRefused
from truceline.desk.signing import check_signatures, sign, text_of
from truceline.ledger.errors import BadSignature, LedgerError, NoKnownKey
from truceline.ledger.keys import from_seed
from truceline.terms.loading import Loaded, load

VEL = from_seed("example.org/velmark", b"v" * 32)
TOR = from_seed("example.org/torrin", b"t" * 32)
TEXT = TERMS.read_text(encoding="utf-8")


def read(text: str = TEXT) -> Loaded:
    """An agreement as a signer loads it."""
    return load(text.encode(), "terms.yaml", {})


AGREED = read()


def test_a_note_says_which_text_in_which_languages_and_each_signer_adds_a_line() -> None:
    """Two parties sign one note, in either order, and both are found under it."""
    note = sign(AGREED, TOR, sign(AGREED, VEL))
    head, body, *_ = note.decode().splitlines()
    assert head == "truceline-terms/v1 exercise-velmark-torrin"
    assert body == f'{{"languages":["en","ru","uk"],"sha256":"{AGREED.sha256}"}}'
    assert check_signatures(AGREED, note, [VEL.key, TOR.key]) == (
        "example.org/velmark",
        "example.org/torrin",
    )
    assert check_signatures(AGREED, note, [TOR.key]) == ("example.org/torrin",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within_km: 15", "within_km: 16"),
        ("не ближе 15 км", "не ближе 14 км"),
        ("breach_at: 0.90", "breach_at: 0.91"),
        ("id: exercise-velmark-torrin", "id: exercise-velmark-torrin-2"),
        ("tolerance_m: 25", "tolerance_m: 26"),
    ],
)
def test_a_text_changed_anywhere_is_not_the_one_that_was_signed(old: str, new: str) -> None:
    """A rule, a word in one language, a standard of proof, a name, a line's tolerance."""
    other = read(TEXT.replace(old, new, 1))
    note = sign(AGREED, VEL)
    with pytest.raises(ActRefused, match="the note is over"):
        check_signatures(other, note, [VEL.key])
    with pytest.raises(ActRefused, match="the note is over"):
        sign(other, TOR, note)


def test_nobody_signs_twice_and_a_strange_key_vouches_for_nothing() -> None:
    """A second line by one key would count one signer as two."""
    note = sign(AGREED, VEL)
    with pytest.raises(ActRefused, match="signed this note already"):
        sign(AGREED, VEL, note)
    with pytest.raises(NoKnownKey):
        check_signatures(AGREED, note, [TOR.key])


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_a_note_damaged_anywhere_is_believed_by_nobody(place: int, flip: int) -> None:
    """Whatever byte is other than it was, the answer is a refusal in words."""
    note = bytearray(sign(AGREED, VEL))
    note[place % len(note)] ^= flip
    with pytest.raises((ActRefused, LedgerError, BadSignature)):
        check_signatures(AGREED, bytes(note), [VEL.key])


RING = "[-36.0000, 48.4000], [-36.0000, 47.6000]]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (RING, "[-36.0000, 48.4000]]", "ring"),
        ("    tolerance_m: 25\n    datum: WGS84\n", "    tolerance_m: 25\n", "datum"),
        ('ru: "ремонтная бригада"}, type', 'de: "x"}, type', "translation"),
        ("at least 15 km", "at least [dist]", "bracket"),
    ],
)
def test_what_may_be_worked_with_may_still_not_be_signed(old: str, new: str, said: str) -> None:
    """An open ring, an absent datum, a missing translation, an open bracket: refused by line."""
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    if said == "bracket":
        text = text.replace("щонайменше за 15 км", "щонайменше за [dist]").replace(
            "не ближе 15 км", "не ближе [dist]"
        )
    with pytest.raises(ActRefused, match="nothing was signed") as refused:
        sign(read(text), VEL)
    wanted = {"bracket": "still open in ru"}.get(said, "terms.yaml:")
    assert wanted in str(refused.value)


def test_the_note_is_the_same_whoever_makes_it() -> None:
    """The text of the note is drawn from the agreement alone, so two machines agree on it."""
    assert text_of(AGREED) == text_of(read())
    assert sign(AGREED, VEL) == sign(read(), VEL)
