"""Payloads: committed to so that they can be shown, or forgotten, but not exchanged."""

import hmac
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.ledger import seal
from truceline.ledger.errors import CommitmentError, SealedToOthers

plains = st.binary(max_size=400)
salts = st.binary(min_size=32, max_size=32)


@given(plains, salts)
def test_a_payload_comes_back_and_its_commitment_opens(plain: bytes, salt: bytes) -> None:
    """Anyone with SHA-256 and HMAC can check it: nothing here is our own invention."""
    blob, ref = seal.wrap(plain, salt)
    assert seal.unwrap(blob, ref) == plain
    assert seal.opens(ref, salt, plain)
    assert ref.blob == sha256(salt + plain).hexdigest()
    assert ref.com == hmac.new(salt, plain, "sha256").hexdigest()
    assert ref.size == len(blob) == 32 + len(plain)


@given(plains, salts, plains, salts)
def test_no_other_content_opens_a_commitment(
    plain: bytes, salt: bytes, other: bytes, other_salt: bytes
) -> None:
    """What was committed to cannot be exchanged for something that suits better today."""
    _, ref = seal.wrap(plain, salt)
    if (other, other_salt) != (plain, salt):
        assert not seal.opens(ref, other_salt, other)
        with pytest.raises(CommitmentError):
            seal.unwrap(other_salt + other, ref)


@given(plains)
def test_equal_words_do_not_look_equal(plain: bytes) -> None:
    """Two reports of the same words have nothing in common in the log: the salt is drawn anew."""
    (_, first), (_, second) = seal.wrap(plain), seal.wrap(plain)
    assert first.blob != second.blob
    assert first.com != second.com


def test_a_salt_moved_into_the_text_is_found_out() -> None:
    """The blob's hash alone does not tell where the salt ends; the commitment does."""
    blob, ref = seal.wrap(b"02:10 mortar fire", b"s" * 32)
    lying = msgspec.structs.replace(ref, com=hmac.new(b"s" * 16, blob[16:], "sha256").hexdigest())
    with pytest.raises(CommitmentError, match="not the one committed to"):
        seal.unwrap(blob, lying)
    with pytest.raises(CommitmentError, match="salt of 16"):
        seal.wrap(b"02:10 mortar fire", b"s" * 16)
    with pytest.raises(SealedToOthers):
        seal.unwrap(blob, msgspec.structs.replace(ref, enc="age"))
