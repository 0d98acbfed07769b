"""Entries: one spelling, one author, one place in the order; anything else is refused by its rule."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import ALD, DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, vkeys
from truceline.ledger import entry, keys, note, seal
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import PayloadRef
from truceline.ledger.errors import Refused
from truceline.ledger.keys import Signer
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import MLDSA44
from truceline.values.mode import Mode

GENESIS = Head(ORIGIN, 0, EMPTY_ROOT)
CODES = {
    "size", "format", "canonical", "schema", "key", "signature", "seq", "replay", "stale", "policy",
}  # fmt: skip
_, HELD = seal.wrap(b"02:10 mortar fire near Tern Rock", salt=bytes(32))
DOOR = Door(
    log_publics=frozenset(signer.key.public for signer in LOG_KEYS),
    root_at={0: EMPTY_ROOT}.get,
    holds_blob=lambda ref: ref == HELD,
)


def written(state: State, signer: Signer = VEL, **fields: Any) -> bytes:
    """The next entry of an author, with what a test wants otherwise."""
    by = signer.key.name.rpartition("/")[2]
    seq, prev = state.next(by)
    wanted: dict[str, Any] = {
        "kind": "report/taken", "author": by, "seq": seq, "prev": prev, "seen": GENESIS,
        "claimed_us": FOUNDED_US, "mode": Mode.EXERCISE,
    }  # fmt: skip
    return entry.make(ORIGIN, signer, **(wanted | fields))


def founded() -> State:
    """A log with its founding entry."""
    state = State(origin=ORIGIN)
    admit(written(state, DESK, kind="centre/founded", vkeys=vkeys()), state, DOOR)
    return state


def code_of(raw: bytes, state: State, door: Door = DOOR) -> str:
    """The rule by which an entry is refused; the state must be as before."""
    size, authors = state.size, dict(state.authors)
    with pytest.raises(Refused) as refused:
        admit(raw, state, door)
    assert (state.size, state.authors) == (size, authors)
    assert refused.value.code in CODES
    return refused.value.code


def respelt(raw: bytes, change: Callable[[dict[str, Any]], object], signer: Signer = VEL) -> bytes:
    """An entry whose JSON was changed, spelt canonically and signed again."""
    first, body, *_ = raw.split(b"\n")
    value = json.loads(body)
    change(value)
    text = first + b"\n" + rfc8785.dumps(value) + b"\n"
    return note.render(text, [signer.sign(text)])


def resigned(text: bytes, signer: Signer = VEL) -> bytes:
    """A text of any form, properly signed."""
    return note.render(text, [signer.sign(text)])


hex32 = st.binary(min_size=32, max_size=32).map(bytes.hex)
payload_refs = st.builds(
    PayloadRef,
    blob=hex32,
    size=st.integers(32, 2**53 - 1),
    com=hex32,
    enc=st.sampled_from(["none", "age"]),
)


@given(
    seq=st.integers(1, 2**53 - 1),
    prev=hex32 | st.just(""),
    claimed_us=st.integers(0, 2**53 - 1),
    refs=st.lists(hex32, max_size=5),
    mode=st.sampled_from(Mode),
    payload=payload_refs | st.none(),
    acl=st.sampled_from([None, "PUBLIC", "CENTRE+VEL"]),
)
def test_an_entry_is_spelt_as_rfc_8785_says(**fields: Any) -> None:
    """Any canonical JSON program writes the same bytes, and they read back as what was meant."""
    raw = written(State(origin=ORIGIN), **fields)
    line = raw.split(b"\n")[1]
    assert rfc8785.dumps(json.loads(line)) == line
    _, read = entry.parse(raw, ORIGIN)
    assert {name: getattr(read, name) for name in fields} == fields | {
        "refs": tuple(fields["refs"])
    }
    assert entry.decode(raw, 7).leaf == read.leaf


def test_a_report_is_admitted_and_counts() -> None:
    """The next number, the previous leaf, the head it saw, a payload that is held: it is in."""
    state = founded()
    first = admit(written(state, payload=HELD), state, DOOR)
    second = admit(written(state, refs=[first.leaf], acl="CENTRE+VEL"), state, DOOR)
    assert (first.seq, first.prev, second.seq, second.prev) == (1, "", 2, first.leaf)
    assert (first.audience, second.audience) == ("ALL", "CENTRE+VEL")
    assert state.next("VEL") == (3, second.leaf)


REFUSALS: dict[str, tuple[str, Callable[[State], bytes]]] = {
    "nothing at all": ("size", lambda s: b""),
    "more than a bundle can hold": ("size", lambda s: resigned(b"x" * 65_600 + b"\n")),
    "no note": ("format", lambda s: b"02:10 mortar fire near Tern Rock\n"),
    "an entry of another log": ("format", lambda s: resigned(b"truceline-entry/v1 other.example\n{}\n")),
    "another version of the format": (
        "format", lambda s: written(s).replace(b"entry/v1", b"entry/v2")),
    "a third line": (
        "canonical", lambda s: resigned(written(s).split(b"\n\n")[0] + b"\nand a remark\n")),
    "a space in the JSON": (
        "canonical", lambda s: resigned(written(s).split(b"\n\n")[0].replace(b'":', b'": ', 1) + b"\n")),
    "a key given twice": (
        "canonical", lambda s: resigned(
            written(s).split(b"\n\n")[0].replace(b'{"author', b'{"author":"VEL","author', 1) + b"\n")),
    "null spelt out": (
        "canonical", lambda s: respelt(written(s), lambda body: body.update(acl=None))),
    "free text in a field of its own": (
        "schema", lambda s: respelt(written(s), lambda body: body.update(note="seen by A. Varga"))),
    "free text in a kind": ("schema", lambda s: written(s, kind="report/seen by the harbour")),
    "free text in a reader": ("schema", lambda s: written(s, acl="the harbour master")),
    "a float": ("schema", lambda s: respelt(written(s), lambda body: body.update(claimed=1.5))),
    "a missing field": ("schema", lambda s: respelt(written(s), lambda body: body.pop("refs"))),
    "an unknown mode": ("schema", lambda s: respelt(written(s), lambda body: body.update(mode="test"))),
    "an author nobody registered": ("key", lambda s: written(s, ALD)),
    "another's name over one's own key": ("key", lambda s: written(s, VEL, author="TOR")),
    "a registered name with another key": (
        "key", lambda s: written(s, keys.from_seed(VEL.key.name, b"somebody else's seed of 32 bytes"))),
    "a signature over something else": (
        "signature", lambda s: note.render(
            note.parse(written(s)).text, [VEL.sign(b"another text\n")])),
    "a gap in the numbers": ("seq", lambda s: written(s, seq=3)),
    "a second first entry": ("seq", lambda s: written(s, DESK, seq=1, prev="")),
    "a fork of one's own numbers": ("seq", lambda s: written(s, DESK, seq=2, prev="ab" * 32)),
    "a head the log never had": ("stale", lambda s: written(s, seen=Head(ORIGIN, 1, b"\1" * 32))),
    "a head from the future": ("stale", lambda s: written(s, seen=Head(ORIGIN, 9, b"\1" * 32))),
    "another root of a head it had": (
        "stale", lambda s: respelt(
            written(s), lambda body: body["seen"].update(root=base64.b64encode(bytes(32)).decode()))),
    "another mode": ("policy", lambda s: written(s, mode=Mode.LIVE)),
    "a second founding": ("policy", lambda s: written(s, DESK, kind="centre/founded", vkeys=[ALD.key.vkey])),
    "the desk relaying for nobody": ("policy", lambda s: written(s, DESK)),
    "a party writing for another": ("policy", lambda s: written(s, on_behalf_of="TOR")),
    "a reference to nothing": ("policy", lambda s: written(s, refs=["ab" * 32])),
    "a payload that is not held": (
        "policy", lambda s: written(s, payload=seal.wrap(b"02:11 quiet", salt=bytes(32))[1])),
    "a key brought along unasked": ("policy", lambda s: written(s, vkeys=[ALD.key.vkey])),
    "a registration of nothing": ("policy", lambda s: written(s, DESK, kind="key/registered")),
    "a party registering another": (
        "policy", lambda s: written(s, VEL, kind="key/registered", vkeys=[ALD.key.vkey])),
    "the desk giving a party a second key": (
        "policy", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            keys.from_seed(VEL.key.name, b"a key the desk would like to use").key.vkey])),
    "a key that is somebody's already": (
        "policy", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            keys.from_seed(ALD.key.name, VEL.seed).key.vkey])),
    "the log's key as an author's": (
        "policy", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            keys.from_seed(ALD.key.name, LOG_KEYS[0].seed).key.vkey])),
    "a key outside this log's names": (
        "key", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            keys.from_seed("elsewhere.example/ALD", ALD.seed).key.vkey])),
    "a key of a kind authors do not use": (
        "key", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            keys.from_seed(ALD.key.name, ALD.seed, MLDSA44).key.vkey])),
    "a weak key": (
        "key", lambda s: written(s, DESK, kind="key/registered", vkeys=[
            f"{ALD.key.name}+00000000+{base64.b64encode(bytes([1, 1]) + bytes(31)).decode()}"])),
    "the log writing reports itself": (
        "policy", lambda s: entry.make(
            ORIGIN, LOG_KEYS[0], kind="report/taken", author="log", seq=1, prev="", seen=GENESIS,
            claimed_us=FOUNDED_US, mode=Mode.EXERCISE)),
    "the log signing in an author's name": (
        "policy", lambda s: entry.make(
            ORIGIN, LOG_KEYS[0], kind="report/taken", author="VEL", seq=1, prev="", seen=GENESIS,
            claimed_us=FOUNDED_US, mode=Mode.EXERCISE)),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_refused_and_by_which_rule(what: str) -> None:
    """Each rule of admission has a code, so that a refusal can be answered and disputed."""
    code, make = REFUSALS[what]
    state = founded()
    assert code_of(make(state), state) == code


def test_the_same_bytes_twice_are_a_replay() -> None:
    """A note sent again, by whoever, changes nothing and says so."""
    state = founded()
    raw = written(state)
    admit(raw, state, DOOR)
    assert code_of(raw, state) == "replay"


def test_a_stranger_may_not_add_a_line_to_an_entry() -> None:
    """Every byte of a leaf is somebody's: free text cannot ride in as a signer's name."""
    state = founded()
    text = note.parse(written(state)).text
    stranger = keys.from_seed("seen.by.the.harbour.master", bytes(32))
    both = note.render(text, [VEL.sign(text), stranger.sign(text)])
    assert code_of(both, state) == "key"
    twice = note.render(text, [VEL.sign(text), VEL.sign(text)])
    assert code_of(twice, state) == "format"


def test_several_registered_signers_may_sign_one_entry() -> None:
    """A text both sides put their name to is one entry, and each line is checked."""
    state = founded()
    text = note.parse(written(state)).text
    admitted = admit(note.render(text, [VEL.sign(text), TOR.sign(text)]), state.fork(), DOOR)
    assert admitted.signed_by == (VEL.key.name, TOR.key.name)
    false = note.render(text, [VEL.sign(text), TOR.sign(b"another text\n")])
    assert code_of(false, state) == "signature"


@pytest.mark.parametrize("listed", [[], [VEL.key.vkey]])
def test_the_founding_entry_is_signed_by_a_key_it_lists(listed: list[str]) -> None:
    """Nobody founds a log in which they are not known."""
    state = State(origin=ORIGIN)
    assert code_of(written(state, DESK, kind="centre/founded", vkeys=listed), state) == "key"


def test_a_log_begins_with_its_founding() -> None:
    """Nothing comes before the entry that says what this log is and who may write."""
    state = State(origin=ORIGIN)
    assert code_of(written(state, DESK, kind="terms/adopted", vkeys=vkeys()), state) == "policy"


def test_a_new_author_is_introduced_by_the_desk_and_renews_its_own_key() -> None:
    """From then on its entries are admitted, under either key, and the numbers go on."""
    state = founded()
    admit(written(state, DESK, kind="key/registered", vkeys=[ALD.key.vkey]), state, DOOR)
    first = admit(written(state, ALD), state, DOOR)
    renewed = keys.from_seed(ALD.key.name, b"Aldmoor's second key, 32 bytes..")
    admit(written(state, ALD, kind="key/registered", vkeys=[renewed.key.vkey]), state, DOOR)
    third = admit(written(state, renewed), state, DOOR)
    assert (first.seq, third.seq) == (1, 3)


@given(st.data())
def test_no_change_to_a_valid_entry_is_admitted_or_breaks_the_door(data: st.DataObject) -> None:
    """Flip, cut, repeat or insert bytes: the answer is a code, never another exception."""
    state = founded()
    raw = written(state, payload=HELD)
    at = data.draw(st.integers(0, len(raw) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=6))
    bent = data.draw(
        st.sampled_from(
            [
                raw[:at] + bytes([raw[at] ^ piece[0] or 1]) + raw[at + 1 :],
                raw[:at],
                raw[:at] + piece + raw[at:],
                raw[:at] + raw[at + len(piece) :],
                raw[:at] + raw[at : at + 40] + raw[at:],
            ]
        )
    )
    if bent != raw:
        code_of(bent, state)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(entry.Body.__struct_fields__)), json_values)
def test_any_value_in_any_field_is_admitted_or_refused_by_a_code(field: str, value: object) -> None:
    """A properly signed entry with nonsense in one field is refused by name."""
    state = founded()
    first, body, *_ = written(state, payload=HELD).split(b"\n")
    line = json.dumps(json.loads(body) | {field: value}).encode()
    raw = resigned(first + b"\n" + line + b"\n")
    assert outcome(raw, state) in CODES | {"admitted"}


def outcome(raw: bytes, state: State) -> str:
    """What became of an entry; any other exception than Refused is a failure."""
    try:
        admit(raw, state, DOOR)
    except Refused as refused:
        return refused.code
    return "admitted"
