"""Sealed payloads: opened by their readers, by nobody else, and held to what was committed to."""

import hmac
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pyrage
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from truceline.ledger import seal, sealing
from truceline.ledger.errors import (
    BadKeyFile,
    BlobDamaged,
    CommitmentError,
    LedgerError,
    Malformed,
    SealedToOthers,
)
from truceline.ledger.seal import PayloadRef
from truceline.ledger.sealing import Ring, generate_identity, seal_to

VEL, TOR, CENTRE = (generate_identity() for _ in range(3))
SAID = b"02:10 six mortar rounds beside the substation at Tern Rock"


def ring(**held: sealing.Identity) -> Ring:
    """A ring of some identities."""
    return Ring({code: (identity,) for code, identity in held.items()})


def stored(blob: bytes, like: PayloadRef) -> PayloadRef:
    """What an author who stored these bytes would say of them, commitment kept."""
    return msgspec.structs.replace(like, blob=sha256(blob).hexdigest(), size=len(blob))


@settings(max_examples=25)
@given(st.binary(max_size=5000))
@example(b"")
@example(bytes(4056))
@example(bytes(4057))
def test_every_reader_opens_what_was_sealed_to_it_and_a_stranger_does_not(plain: bytes) -> None:
    """The same words for each of them; for anybody else, nothing."""
    blob, ref = seal_to(plain, [VEL.recipient, CENTRE.recipient])
    for reader in (ring(VEL=VEL), ring(CENTRE=CENTRE), ring(TOR=TOR, VEL=VEL)):
        assert seal.unwrap(blob, ref, reader.unseal) == plain
    for stranger in (ring(TOR=TOR), ring()):
        with pytest.raises(SealedToOthers):
            seal.unwrap(blob, ref, stranger.unseal)
    with pytest.raises(SealedToOthers):
        seal.unwrap(blob, ref)


@given(st.binary(max_size=20_000), st.binary(min_size=32, max_size=32))
def test_a_padded_payload_comes_back_and_its_size_tells_its_class(
    plain: bytes, salt: bytes
) -> None:
    """Two payloads of one class are as long as each other, whatever they say."""
    blob, ref = seal.pad(plain, salt)
    assert seal.unwrap(blob, ref) == plain
    assert ref.size in (4096, 16_384, 65_536)
    assert ref.size == seal.size_class(40 + len(plain))
    assert ref.com == hmac.new(salt, plain, "sha256").hexdigest()


def test_a_sealed_size_does_not_tell_a_short_payload_from_a_long_one_of_its_class() -> None:
    """Only the class and the number of readers show, give or take the header's random filler."""
    short = [seal_to(b"quiet", [VEL.recipient])[1].size for _ in range(40)]
    long = [seal_to(bytes(4000), [VEL.recipient])[1].size for _ in range(40)]
    assert all(4096 < size < 4096 + 600 for size in short + long)
    assert max(short) - min(long) > 0 < max(long) - min(short)
    assert seal_to(bytes(4057), [VEL.recipient])[1].size > 16_384


@given(st.integers(40, 1 << 30))
def test_a_size_class_holds_what_it_is_for_and_wastes_at_most_three_quarters(size: int) -> None:
    """Padding hides a size within a factor of four, and beyond 64 MiB costs at most 64 MiB."""
    found = seal.size_class(size)
    assert size <= found
    assert found == 4096 or found < 4 * size
    assert found <= max(size + (1 << 26), 1 << 26)
    assert seal.size_class(found) == found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda inner: inner[:-1] + b"\x01",
        lambda inner: inner + bytes(4096),
        lambda inner: inner[:-1],
        lambda inner: inner[:32] + (1 << 60).to_bytes(8) + inner[40:],
        lambda inner: inner[:32] + (3).to_bytes(8) + inner[40:],
        lambda inner: inner[:20],
        lambda inner: b"t" + inner[1:],
    ],
)  # fmt: skip
def test_what_does_not_match_its_commitment_inside_is_its_authors_fault(
    spoil: Callable[[bytes], bytes],
) -> None:
    """The blob is the one signed for, and does not hold what was signed for: nobody else did it."""
    inner = seal.padded(SAID, b"s" * 32)
    _, ref = seal.pad(SAID, b"s" * 32)
    lying = pyrage.encrypt(spoil(inner), [sealing.parse_recipient(VEL.recipient)])
    sealed = msgspec.structs.replace(stored(lying, ref), enc="age")
    with pytest.raises(CommitmentError) as found:
        seal.unwrap(lying, sealed, ring(VEL=VEL).unseal)
    assert not isinstance(found.value, BlobDamaged)
    padded = spoil(inner)
    with pytest.raises(CommitmentError):
        seal.unwrap(padded, stored(padded, ref))


def test_a_damaged_copy_is_its_keepers_fault_and_not_its_authors() -> None:
    """The hash is over the sealed bytes: who keeps a blob badly cannot blame who wrote it."""
    blob, ref = seal_to(SAID, [VEL.recipient])
    for spoilt in (blob[:-1], blob[:-1] + bytes([blob[-1] ^ 1]), b""):
        with pytest.raises(BlobDamaged):
            seal.unwrap(spoilt, ref, ring(VEL=VEL).unseal)


@given(st.binary(max_size=600), st.integers(0, 400), st.binary(max_size=4))
def test_bytes_that_are_no_sealed_payload_are_told_in_our_words(
    noise: bytes, cut: int, put: bytes
) -> None:
    """Whatever a party stores and signs for, opening it ends in an error a caller can name."""
    blob, ref = seal_to(SAID, [VEL.recipient])
    for bad in (noise, blob[:cut] + put + blob[cut + len(put) :], blob[:cut]):
        try:
            got = seal.unwrap(bad, msgspec.structs.replace(stored(bad, ref)), ring(VEL=VEL).unseal)
        except LedgerError:
            continue
        assert got == SAID


def test_nothing_is_sealed_to_nobody_or_to_what_is_no_recipient() -> None:
    """A payload nobody can open is refused before it is stored."""
    with pytest.raises(Malformed, match="nobody"):
        seal_to(SAID, [])
    with pytest.raises(Malformed, match="no age recipient"):
        seal_to(SAID, [VEL.recipient, "age1velmark"])


def test_an_identity_is_kept_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    """As age-keygen writes it, mode 0600; a loose file is refused, and so is a damaged one."""
    path = tmp_path / "VEL.age"
    sealing.save_identity(VEL, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.recipient for one in sealing.load_identities(path)] == [VEL.recipient]
    assert str(VEL.secret) not in repr(VEL)
    with pytest.raises(BadKeyFile, match="never overwritten"):
        sealing.save_identity(TOR, path)
    path.chmod(0o640)
    with pytest.raises(BadKeyFile, match="0640"):
        Ring.held_in(tmp_path)
    path.chmod(0o600)
    for text in ("", "# nothing\n", "AGE-SECRET-KEY-1QQQ\n", VEL.recipient):
        path.write_text(text)
        with pytest.raises(BadKeyFile, match=r"VEL\.age"):
            sealing.load_identities(path)


def test_a_replaced_identity_still_opens_what_was_sealed_to_it(tmp_path: Path) -> None:
    """The old secret stays in the file, below the new one."""
    old, new = generate_identity(), generate_identity()
    path = tmp_path / "VEL.age"
    sealing.save_identity(new, path)
    path.write_text(path.read_text() + f"# until 2026-04-02\n{old.secret}\n")
    for recipient in (old.recipient, new.recipient):
        blob, ref = seal_to(SAID, [recipient])
        assert seal.unwrap(blob, ref, Ring.held_in(tmp_path).unseal) == SAID


@pytest.mark.real
def test_debians_age_opens_what_we_seal_and_we_open_what_it_seals(tmp_path: Path) -> None:
    """The format outlives this program: another implementation reads and writes the same blobs."""
    age = shutil.which("age")
    if age is None:
        pytest.skip("needs the age program: apt-get install age")
    sealing.save_identity(VEL, tmp_path / "VEL.age")
    blob, ref = seal_to(SAID, [TOR.recipient, VEL.recipient])
    inner = subprocess.run(
        [age, "-d", "-i", str(tmp_path / "VEL.age")], input=blob, capture_output=True, check=True
    ).stdout
    assert inner == seal.padded(SAID, inner[:32])
    assert seal.opens(ref, inner[:32], SAID)
    theirs = subprocess.run(
        [age, "-r", VEL.recipient], input=inner, capture_output=True, check=True
    ).stdout
    assert seal.unwrap(theirs, stored(theirs, ref), ring(VEL=VEL).unseal) == SAID
