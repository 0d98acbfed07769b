"""Refusals, relay notes and fetch permits: who said what, and that nothing else passes for it."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import ALD, DESK, FOUNDED_US, ORIGIN, TOR, VEL
from truceline.ledger import merkle, oneline, permit, refusal, relay
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.errors import BadSignature, LedgerError, Malformed, NoKnownKey
from truceline.values.instant import MINUTE_US

HEAD = Head(ORIGIN, 412, merkle.leaf_hash(b"an invented root"))
ENTRY = b"truceline-entry/v1 azores.example/record\n{}\n\n\xe2\x80\x94 azores.example/record/VEL QUJDREVGRw==\n"
REFUSED = refusal.make(DESK, ENTRY, "seq", HEAD, FOUNDED_US)
RELAYED = relay.make(TOR, ENTRY, HEAD, FOUNDED_US)
PERMIT = permit.make(VEL, ORIGIN, FOUNDED_US)


def opened(
    header: str, now_us: int = FOUNDED_US, path: str = "/blobs/ab", origin: str = ORIGIN
) -> str:
    """Check a permit as a centre does."""
    keys = [VEL.key, TOR.key]
    return permit.check(
        header, keys, origins=(origin,), founded_origin=origin, path=path, now_us=now_us
    )


def test_a_refusal_says_which_entry_by_which_rule_at_which_head() -> None:
    """Whoever is refused can show it to anyone who has the desk's key."""
    origin, said = refusal.open_signed(REFUSED, [DESK.key])
    assert (origin, said.code, said.at) == (ORIGIN, "seq", FOUNDED_US)
    assert said.entry == merkle.leaf_hash(ENTRY).hex()
    assert (said.head.size, said.head.root) == (412, HEAD.root64)
    with pytest.raises(NoKnownKey):
        refusal.open_signed(REFUSED, [VEL.key])
    with pytest.raises(BadSignature):
        refusal.open_signed(REFUSED.replace(b'"seq"', b'"key"'), [DESK.key])


def test_none_of_these_notes_can_be_passed_off_as_another() -> None:
    """The first line of a note says what it is, and is signed with the rest."""
    for raw in (RELAYED, ENTRY):
        with pytest.raises(Malformed):
            refusal.read(raw)
    for raw in (REFUSED, ENTRY):
        with pytest.raises(Malformed):
            relay.read(raw)
    for raw in (REFUSED, RELAYED):
        with pytest.raises(Malformed):
            opened(f"Truceline {base64.b64encode(raw).decode()}")


def test_a_relay_note_is_by_the_party_it_names() -> None:
    """Nobody can make it look as if another party had been shown an entry."""
    assert relay.open_signed(RELAYED, [TOR.key, VEL.key], ORIGIN)[1].by == "TOR"
    borrowed = oneline.make(relay.FIRST_LINE, ORIGIN, relay.read(RELAYED)[1], VEL)
    with pytest.raises(BadSignature, match="relay note of TOR"):
        relay.open_signed(borrowed, [TOR.key, VEL.key], ORIGIN)


def test_a_relayed_entry_is_overdue_ten_minutes_after_it_was_first_shown() -> None:
    """Then somebody is to ask the centre; an entry that is in the log is not asked about."""
    notes = [relay.read(RELAYED)[1], relay.read(relay.make(ALD, ENTRY, HEAD, FOUNDED_US + 5))[1]]
    leaf = merkle.leaf_hash(ENTRY).hex()
    assert relay.overdue(notes, [], FOUNDED_US + 10 * MINUTE_US) == ()
    (late,) = relay.overdue(notes, [], FOUNDED_US + 10 * MINUTE_US + 1)
    assert (late.entry, late.by, late.since_us) == (leaf, ("ALD", "TOR"), FOUNDED_US)
    assert relay.overdue(notes, [leaf], FOUNDED_US + 60 * MINUTE_US) == ()


def test_a_permit_is_good_for_its_log_its_path_and_five_minutes() -> None:
    """What is overheard is soon worth nothing, and never opens another door."""
    assert opened(PERMIT) == "VEL"
    assert opened(PERMIT, FOUNDED_US + 5 * MINUTE_US) == "VEL"
    with pytest.raises(permit.Expired):
        opened(PERMIT, FOUNDED_US + 5 * MINUTE_US + 1)
    with pytest.raises(permit.Expired):
        opened(PERMIT, FOUNDED_US - 5 * MINUTE_US - 1)
    with pytest.raises(Malformed, match="shown for"):
        opened(PERMIT, path="/blobsx/ab")
    with pytest.raises(Malformed, match="not this one"):
        opened(PERMIT, origin="elsewhere.example/record")
    with pytest.raises(NoKnownKey):
        opened(permit.make(ALD, ORIGIN, FOUNDED_US))


def test_a_permit_in_anothers_name_is_refused() -> None:
    """VEL cannot ask as TOR."""
    said = permit.Permit(at=FOUNDED_US, by="TOR", path="/blobs")
    raw = oneline.make(permit.FIRST_LINE, ORIGIN, said, VEL)
    with pytest.raises(BadSignature, match="permit of TOR"):
        opened(f"Truceline {base64.b64encode(raw).decode()}")


@given(st.binary(max_size=300) | st.sampled_from([REFUSED, RELAYED, ENTRY]), st.data())
def test_any_bytes_are_read_or_refused(raw: bytes, data: st.DataObject) -> None:
    """Nothing but our own errors leaves a parser, whatever one byte was changed to."""
    at = data.draw(st.integers(0, max(0, len(raw) - 1)))
    raw = raw[:at] + data.draw(st.binary(max_size=2)) + raw[at + 1 :]
    for parse in (refusal.read, relay.read):
        try:
            parse(raw)
        except LedgerError:
            continue
    with pytest.raises(LedgerError):
        opened(f"Truceline {base64.b64encode(raw).decode()}")


@given(st.text(max_size=80))
def test_any_header_is_refused_unless_it_is_a_permit(header: str) -> None:
    """A header comes from strangers."""
    with pytest.raises(LedgerError):
        opened(header)
    with pytest.raises(LedgerError):
        opened(f"Truceline {header}")


def test_a_refusal_is_kept_once_and_with_its_entry(tmp_path: Path) -> None:
    """Two entries under one number are evidence only together with both their notes."""
    kept = refusal.Refusals(Disk(tmp_path))
    kept.keep(ENTRY, REFUSED)
    kept.keep(ENTRY, refusal.make(DESK, ENTRY, "stale", HEAD, FOUNDED_US + 1))
    (one,) = refusal.Refusals(Disk(tmp_path))
    assert (one.entry, one.note, one.refusal.code) == (ENTRY, REFUSED, "seq")


def test_a_damaged_refusal_hides_no_other(tmp_path: Path) -> None:
    """The rest is still listed."""
    kept = refusal.Refusals(Disk(tmp_path))
    kept.keep(ENTRY, REFUSED)
    other = ENTRY.replace(b"{}", b"[]")
    kept.keep(other, refusal.make(DESK, other, "seq", HEAD, FOUNDED_US))
    torn = tmp_path / refusal.FOLDER / merkle.leaf_hash(ENTRY).hex()
    torn.write_bytes(torn.read_bytes()[:-1])
    assert [one.entry for one in kept] == [other]
    with pytest.raises(Malformed, match="another entry"):
        kept.read(torn.name)
