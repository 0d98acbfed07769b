"""Digest notes: two holders whose tables differ are told apart, and so is the table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.ledger import digest
from truceline.ledger.checkpoint import Head
from truceline.ledger.digest import Digest, Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.errors import BadSignature, LedgerError, Malformed, NoKnownKey
from truceline.ledger.keys import Signer, from_seed

ORIGIN = "truceline.example/exercise"
HEAD = Head(ORIGIN, 2417, bytes(range(32)))
VEL, TOR, DESK = (
    from_seed(f"{ORIGIN}/{name}", bytes([n]) * 32) for n, name in enumerate(("VEL", "TOR", "desk"))
)
KEYS = {one.key.identity: one.key for one in (VEL, TOR, DESK)}
CLAIMS, EVENTS = "5d" * 32, "0c" * 32


def note_by(
    signer: Signer, by: str, *, claims: str = CLAIMS, at_us: int = 1, size: int = 2417
) -> bytes:
    """A digest note of two common tables and one of the holder's own."""
    tables = {"ALL": {"claims": claims, "events": EVENTS}, "PUBLIC": {"claims": EVENTS}}
    own = tables | {f"CENTRE+{by}": {"claims": CLAIMS}}
    return digest.make(
        signer,
        Head(ORIGIN, size, HEAD.root),
        by=by,
        model="truceline-model/1",
        compartments=own,
        at_us=at_us,
    )


def said(raw: bytes) -> Digest:
    """What a note says."""
    return digest.open_signed(raw, KEYS)[1]


def test_equal_tables_leave_nothing_to_differ_and_one_changed_table_is_named() -> None:
    """Whoever changed the claims all may read is told which table of which compartment it is."""
    whole, changed = said(note_by(VEL, "VEL")), said(note_by(TOR, "TOR", claims="77" * 32))

    assert digest.differing(whole, said(note_by(TOR, "TOR"))) == ()
    assert digest.differing(whole, changed) == (("ALL", "claims"),)
    assert whole.common != changed.common


def test_digests_of_two_sizes_are_never_compared() -> None:
    """Tables drawn from fewer entries lawfully differ: nobody may be accused of that."""
    with pytest.raises(Malformed, match="2417"):
        digest.differing(said(note_by(VEL, "VEL")), said(note_by(TOR, "TOR", size=2416)))


def test_a_party_cannot_speak_for_another_or_for_the_centre() -> None:
    """A digest counts only under the registered key of the holder it names."""
    for forged in (note_by(TOR, "VEL"), note_by(TOR, "CENTRE")):
        with pytest.raises(NoKnownKey):
            digest.open_signed(forged, KEYS)
    assert said(note_by(DESK, "CENTRE")).by == "CENTRE"


@given(st.integers(0, 700), st.integers(1, 255))
def test_a_changed_byte_makes_a_note_nobody_said(at: int, by: int) -> None:
    """No byte of a digest note can be turned without its reader noticing."""
    raw = bytearray(note_by(VEL, "VEL"))
    raw[at % len(raw)] ^= by
    with pytest.raises(LedgerError):
        digest.open_signed(bytes(raw), KEYS)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_note_or_malformed(raw: bytes) -> None:
    """Nothing but a ledger error leaves the parser, whatever a stranger posts."""
    for candidate in (raw, b"truceline-digest/v1 x\n" + raw):
        with pytest.raises(LedgerError):
            digest.read(candidate)


def test_two_statements_of_one_size_are_both_kept_and_the_same_again_is_known(
    tmp_path: Path,
) -> None:
    """A holder that says two things of one size has signed the proof against itself."""
    shelf = Shelf(Disk(tmp_path))
    for raw in (
        note_by(VEL, "VEL"),
        note_by(VEL, "VEL", at_us=9),
        note_by(VEL, "VEL", claims="77" * 32),
    ):
        shelf.put(raw, KEYS)

    kept = [one.compartments["ALL"]["claims"] for _, one in shelf.notes("VEL")]

    assert sorted(kept) == [CLAIMS, "77" * 32]
    assert digest.unframe(digest.frame(shelf.newest())) == shelf.newest()


def test_a_note_that_was_altered_does_not_reach_the_shelf(tmp_path: Path) -> None:
    """Nothing is kept, or shown on, that its holder did not sign."""
    text, _, lines = note_by(VEL, "VEL").partition(b"\n\n")
    forged = note_by(VEL, "VEL", claims="77" * 32).partition(b"\n\n")[0]
    assert text != forged
    with pytest.raises(BadSignature):
        Shelf(Disk(tmp_path)).put(forged + b"\n\n" + lines, KEYS)
    assert not list(Shelf(Disk(tmp_path)).notes())


def test_a_size_is_replicated_once_enough_others_agree_on_it() -> None:
    """The centre's own word does not count, and two who differ do not make two."""
    notes = [
        said(note_by(DESK, "CENTRE")),
        said(note_by(VEL, "VEL")),
        said(note_by(TOR, "TOR", claims="77" * 32)),
        said(note_by(VEL, "VEL", size=100)),
        said(note_by(TOR, "TOR", size=100)),
    ]
    assert digest.replicated_to(notes, 2) == 100
    assert digest.replicated_to(notes, 1) == 2417
    assert digest.replicated_to(notes, 3) == 0
