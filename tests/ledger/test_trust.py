"""Trust files that change: nobody's word is taken for them but that of enough parties' officers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import DESK, FOUNDED_US, LOG_KEYS, ORIGIN, VEL
from tests.ledger.rooted import (
    NEXT_KEYS,
    TOR_1,
    TOR_2,
    VEL_1,
    VEL_2,
    VEL_3,
    add,
    key_line,
    rooted,
)
from truceline.ledger import entry, keys, note, policy, trust
from truceline.ledger.errors import BadSignature, LedgerError, Malformed, NoKnownKey
from truceline.ledger.keys import Signer
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy

WITNESSES = {
    name: keys.from_seed(f"{name}.example/witness", name.ljust(32, "~").encode(), note.MLDSA44).key
    for name in ("velmark", "torrin")
}
NEW = keys.from_seed("torrin.example/witness", b"the witness's second key, 32 by.", note.MLDSA44)
HELD = Policy(
    logs=tuple(signer.key for signer in LOG_KEYS),
    witnesses=WITNESSES,
    groups={"both": (2, ("velmark", "torrin"))},
    quorum="both",
)
NEXT = replace(HELD, witnesses=WITNESSES | {"torrin": NEW.key})
ALL = (VEL_1, VEL_3, TOR_2, TOR_1)


def sent(*signers: Signer, of: Policy = NEXT, serial: int = 1, origin: str = ORIGIN) -> bytes:
    """A new trust file, sent round."""
    return trust.make(origin, policy.render(of).encode(), serial, FOUNDED_US, signers)


def test_a_stolen_witness_key_is_replaced_by_all_parties_officers() -> None:
    """Two of each party's three sign; every holder of the log comes to the same new file."""
    raw = sent(VEL_1)
    for officer in ALL[1:]:
        with pytest.raises(NoKnownKey, match="wanted is roots 2 VEL-roots TOR-roots"):
            trust.check(raw, rooted(), HELD)
        raw = entry.countersign(raw, officer)
    found = trust.check(raw, rooted(), HELD)
    assert found.policy.witnesses["torrin"] == NEW.key
    assert found.trust == policy.render(NEXT).encode()


def test_the_centre_or_one_party_changes_nobodys_trust() -> None:
    """Not the desk, not the log's own key, not all officers of one side, not one of each."""
    for signers in ([DESK], [LOG_KEYS[0]], [VEL_1, VEL_2, VEL_3], [VEL_1, TOR_1], [VEL]):
        with pytest.raises(NoKnownKey):
            trust.check(sent(*signers), rooted(), HELD)


def test_an_old_file_does_not_come_back() -> None:
    """A removed witness cannot be slipped in again with a note that was good once."""
    assert trust.check(sent(*ALL, serial=3), rooted(), HELD, after=2).serial == 3
    for serial in (1, 2, 3):
        with pytest.raises(Malformed, match="in use already"):
            trust.check(sent(*ALL, serial=serial), rooted(), HELD, after=3)


def test_an_officer_whose_key_was_revoked_does_not_count() -> None:
    """The thief of an officer's key cannot help to change whom everyone trusts."""
    state = rooted()
    add(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL_3, 1)])
    with pytest.raises(NoKnownKey):
        trust.check(sent(*ALL), state, HELD)
    assert trust.check(sent(VEL_1, VEL_2, TOR_1, TOR_2), state, HELD).serial == 1


def test_the_logs_keys_are_not_changed_this_way() -> None:
    """A log gets new keys by a handover that stands in the log itself, never beside it."""
    other = replace(HELD, logs=tuple(Key.parse(signer.key.vkey) for signer in NEXT_KEYS))
    with pytest.raises(Malformed, match="handover"):
        trust.check(sent(*ALL, of=other), rooted(), HELD)
    with pytest.raises(Malformed, match="this log is"):
        trust.check(sent(*ALL, origin="else.example/record"), rooted(), HELD)


def test_a_line_that_does_not_hold_spoils_the_note() -> None:
    """A known officer's false line is a forgery, whoever else signed well."""
    held = note.parse(sent(*ALL[:3]))
    false = note.render(held.text, [*held.signatures, TOR_1.sign(b"another text\n")])
    with pytest.raises(BadSignature):
        trust.check(false, rooted(), HELD)


@given(st.data())
def test_whatever_is_read_as_a_trust_note_is_one_or_is_refused(data: st.DataObject) -> None:
    """Bytes changed anywhere: a ledger error, or the very same note."""
    raw = sent(*ALL)
    at = data.draw(st.integers(0, len(raw) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=4))
    bent = data.draw(
        st.sampled_from([raw[:at] + piece + raw[at + len(piece) :], raw[:at], raw[:at] + piece + raw[at:]])
    )  # fmt: skip
    try:
        found = trust.check(bent, rooted(), HELD)
    except LedgerError:
        return
    assert found.trust == policy.render(NEXT).encode()
