"""Signed notes: one parser, one verifier, nobody else's spelling accepted."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import DESK, LOG_KEYS, TOR, VEL
from truceline.ledger import note
from truceline.ledger.errors import BadSignature, Malformed, NoKnownKey
from truceline.ledger.note import ED25519, ED25519_COSIGNATURE, MLDSA44, Key

# The example in the documentation of golang.org/x/mod/sumdb/note, signed by its authors.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])).map(
    lambda text: f"{text}\n".encode()
)


def test_a_note_made_by_another_program_verifies() -> None:
    """The format is not ours: what Go signed, we read, and the key has the same name for us."""
    key = Key.parse(GO_KEY)
    assert key.vkey == GO_KEY
    assert [line.name for line in note.verify(note.parse(GO_NOTE), [key])] == ["PeterNeumann"]
    with pytest.raises(BadSignature, match="does not verify"):
        note.verify(note.parse(GO_NOTE.replace(b"answer", b"anzwer")), [key])


@given(texts)
def test_reading_a_note_gives_back_what_was_written(text: bytes) -> None:
    """Text and lines part at the last blank line, whatever the text holds."""
    raw = note.render(text, [VEL.sign(text), TOR.sign(text)])
    read = note.parse(raw)
    assert read.text == text
    assert note.render(read.text, read.signatures) == raw
    assert len(note.verify(read, [TOR.key, VEL.key])) == 2


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: GO_NOTE[:-40] + tail))
def test_nothing_but_malformed_leaves_the_parser(raw: bytes) -> None:
    """Bytes from a stranger are refused by name, never by accident."""
    try:
        read = note.parse(raw)
    except Malformed:
        return
    assert note.render(read.text, read.signatures) == raw


def test_a_stranger_beside_a_known_signer_is_ignored() -> None:
    """Anyone may add a line; it neither helps nor hurts."""
    text = b"azores.example/record\n"
    read = note.parse(note.render(text, [TOR.sign(text), VEL.sign(text)]))
    assert [line.name for line in note.verify(read, [VEL.key])] == [VEL.key.name]
    with pytest.raises(NoKnownKey, match="none of them"):
        note.verify(read, [DESK.key])


def test_one_false_line_of_a_known_signer_spoils_the_note() -> None:
    """A known name over something else is not a missing signature but a false one."""
    text = b"azores.example/record\n"
    read = note.parse(note.render(text, [VEL.sign(text), TOR.sign(b"another text\n")]))
    with pytest.raises(BadSignature, match="TOR"):
        note.verify(read, [VEL.key, TOR.key])


@pytest.mark.parametrize(
    "point",
    [
        "0100000000000000000000000000000000000000000000000000000000000000",  # order 1
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # order 2
        "0000000000000000000000000000000000000000000000000000000000000000",  # order 4
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # order 8
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # 0, not canonical
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  # 1, not canonical
    ],
)
@pytest.mark.parametrize("algorithm", [ED25519, ED25519_COSIGNATURE])
def test_a_weak_key_is_refused_where_it_would_become_known(point: str, algorithm: int) -> None:
    """Over such a key two careful libraries can disagree, and two replicas with them."""
    with pytest.raises(Malformed, match="weak or non-canonical"):
        Key("azores.example/record/VEL", algorithm, bytes.fromhex(point))


@pytest.mark.parametrize(
    ("vkey", "why"),
    [
        ("VEL", "no verifier key"),
        (VEL.key.vkey.replace("+", "+0", 1), "should be"),
        (VEL.key.vkey + "=", "base64"),
        ("two words+00000000+AAAA", "no signer's name"),
        ("VEL+00000000+", "type 0x00"),
        ("VEL+00000000+" + base64.b64encode(b"\2" + bytes(33)).decode(), "type 0x02"),
    ],
)
def test_a_verifier_key_in_another_form(vkey: str, why: str) -> None:
    """One key, one line; a copying error is told from a wrong key."""
    with pytest.raises(Malformed, match=why):
        Key.parse(vkey)


def test_a_cosignature_is_bound_to_its_date_and_its_log() -> None:
    """The date is signed: nobody can make a head older or younger than its signer said."""
    signer = LOG_KEYS[1]
    text = b"azores.example/record\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    line = signer.sign(text, time_s=1_774_000_000)
    assert line.time_s == 1_774_000_000
    assert note.signed_by(signer.key, text, line.blob)
    redated = (1_774_000_001).to_bytes(8) + line.blob[8:]
    assert not note.signed_by(signer.key, text, redated)
    other = Key("another.example/log", MLDSA44, signer.key.public)
    assert not note.signed_by(other, text, line.blob)
    with pytest.raises(Malformed, match="covers a checkpoint"):
        signer.sign(b"not a checkpoint\n")
