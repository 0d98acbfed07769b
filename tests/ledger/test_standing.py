"""Keys, groups, readers and revocations: what takes how many signatures, and what it changes."""

import json
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from tests.ledger.founding import ALD, DESK, LOG_KEYS, ORIGIN, TOR, VEL, author
from tests.ledger.rooted import (
    AGE,
    DOOR,
    GROUPS,
    NEW_AGE,
    NEXT_KEYS,
    NEXT_ORIGIN,
    TOR_1,
    TOR_2,
    VEL_1,
    VEL_2,
    VEL_3,
    add,
    base64_of,
    handover,
    key_line,
    root_of,
    rooted,
    written,
)
from truceline.ledger import entry, keys, note
from truceline.ledger.admission import State, admit, met
from truceline.ledger.entry import Continued
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.recipients import check_recipient
from truceline.ledger.standing import Group, Revoked

VEL_NEW = keys.from_seed(VEL.key.name, b"Velmark's second key, 32 bytes..")
CODES = {
    "size", "format", "canonical", "schema", "key", "signature", "seq", "replay", "stale", "policy",
}  # fmt: skip


def code_of(raw: bytes, state: State) -> str:
    """The rule by which an entry is refused; who stands how must be as before."""
    before = (state.size, state.keys, state.groups, state.readers, state.suspects, state.origin)
    with pytest.raises(Refused) as refused:
        admit(raw, state, DOOR)
    after = (state.size, state.keys, state.groups, state.readers, state.suspects, state.origin)
    assert after == before
    return refused.value.code


def test_a_founding_says_who_reads_and_how_many_decide() -> None:
    """Everyone who holds the log comes to the same groups and the same recipients."""
    state = rooted()
    assert {code: (recipient,) for code, recipient in AGE.items()} == state.readers
    assert list(state.groups) == ["VEL-roots", "TOR-roots", "roots", "erasure", "handover"]
    assert state.groups["roots"] == Group(2, ("VEL-roots", "TOR-roots"))
    assert state.groups["VEL-roots"].line("VEL-roots") == GROUPS[0]


def test_a_revocation_is_spelt_like_this() -> None:
    """The bytes of the format page: another program must come to the same leaf."""
    raw = written(rooted(), VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 1)])
    line = raw.split(b"\n")[1]
    assert line == (
        b'{"author":"VEL-root-1","claimed":1774080000000000,"kind":"key/revoked","mode":"exercise",'
        b'"prev":"","refs":[],"revokes":["azores.example/record/VEL+' + VEL.key.key_id.hex().encode()
        + b'+1"],"seen":{"root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=","size":1},"seq":1}'
    )  # fmt: skip
    assert entry.decode(raw, 1).signed_by == (VEL_1.key.name, VEL_2.key.name)


def test_a_revoked_key_admits_nothing_more_and_its_owner_goes_on() -> None:
    """What it signed stays and is doubted from an index on; the officers give a new key."""
    state = rooted()
    kept = add(state, VEL)
    stolen = add(state, VEL)
    add(state, VEL_1, VEL_3, kind="key/revoked", revokes=[key_line(VEL, 2)])
    assert state.suspects == {VEL.key.identity: Revoked(index=3, suspect_from=2)}
    assert code_of(written(state, VEL), state) == "key"
    assert code_of(written(state, TOR, VEL), state) == "key"

    renewal = {"kind": "key/registered", "vkeys": [VEL_NEW.key.vkey]}
    assert code_of(written(state, DESK, **renewal), state) == "policy"
    assert code_of(written(state, TOR_1, TOR_2, **renewal), state) == "policy"
    add(state, VEL_2, VEL_3, **renewal)
    assert add(state, VEL_NEW).seq == 3
    assert state.holds(kept.leaf)
    assert state.holds(stolen.leaf)


def test_a_theft_turns_out_to_be_older_never_younger() -> None:
    """The doubt can be moved back in time by the same officers; it cannot be taken away."""
    state = rooted()
    for _ in range(4):
        add(state, VEL)
    add(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 4)])
    for later in (4, 5):
        raw = written(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, later)])
        assert code_of(raw, state) == "policy"
    add(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 2)])
    assert state.suspects[VEL.key.identity] == Revoked(index=5, suspect_from=2)


def test_rotation_overlaps_then_the_old_key_goes() -> None:
    """Both keys count in between, one counter runs through, and one author is one signer."""
    state = rooted()
    add(state, VEL, kind="key/registered", vkeys=[VEL_NEW.key.vkey])
    assert [add(state, VEL).seq, add(state, VEL_NEW).seq] == [2, 3]
    add(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, state.size)])
    assert code_of(written(state, VEL), state) == "key"
    assert add(state, VEL_NEW).seq == 4


def test_one_officer_with_two_keys_is_one_officer() -> None:
    """A count of people is not met by a count of keys."""
    state = rooted()
    second = keys.from_seed(VEL_1.key.name, b"the same officer's second key, 3")
    add(state, VEL_1, kind="key/registered", vkeys=[second.key.vkey])
    raw = written(state, VEL_1, second, kind="key/revoked", revokes=[key_line(VEL, 1)])
    assert code_of(raw, state) == "policy"


def test_a_party_names_its_own_officers_and_nobody_elses() -> None:
    """An officer leaves and another comes: two of the party's, not the centre, not the other side."""
    state = rooted()
    fourth = author("VEL-root-4")
    add(state, DESK, kind="key/registered", vkeys=[fourth.key.vkey])
    changed = {
        "kind": "roots/changed",
        "groups": ["VEL-roots 2 VEL-root-2 VEL-root-3 VEL-root-4"],
    }
    for signers in ([DESK], [VEL_1], [VEL], [TOR_1, TOR_2], [fourth, VEL_1]):
        assert code_of(written(state, *signers, **changed), state) == "policy"
    add(state, VEL_2, VEL_3, **changed)
    raw = written(state, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 1)])
    assert code_of(raw, state) == "policy"
    add(state, fourth, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 1)])


def test_all_roots_together_change_any_group() -> None:
    """What the parties agreed on can be agreed anew by both, and by no one of them."""
    state = rooted()
    changed = {"kind": "roots/changed", "groups": ["erasure any VEL-roots TOR-roots"]}
    assert code_of(written(state, VEL_1, VEL_2, VEL_3, **changed), state) == "policy"
    add(state, DESK, VEL_1, VEL_2, TOR_1, TOR_2, **changed)
    add(state, TOR_2, TOR_1, kind="payload/erased", erases=["ab" * 32])


def test_a_reader_is_renewed_by_itself_and_the_newest_comes_first() -> None:
    """The centre cannot slip a recipient of its own under a party's name."""
    state = rooted()
    line = {"kind": "key/registered", "readers": [f"VEL {NEW_AGE}"]}
    assert code_of(written(state, DESK, **line), state) == "policy"
    assert code_of(written(state, TOR, **line), state) == "policy"
    add(state, VEL, **line)
    assert state.readers["VEL"] == (NEW_AGE, AGE["VEL"])
    # A known author without a recipient gives its own; a body nobody knew is introduced.
    ald = {"kind": "key/registered", "readers": [f"ALD {_recipient()}"]}
    assert code_of(written(state, DESK, **ald), state) == "policy"
    add(state, DESK, kind="key/registered", readers=[f"JVT {_recipient()}"])


def test_a_log_is_handed_over_and_goes_on_under_its_new_name() -> None:
    """Numbers, keys and counters of authors go on; the old name admits nothing any more."""
    state = rooted()
    first = add(state, VEL)
    admit(handover(state, TOR, VEL_1, VEL_2, TOR_1, TOR_2), state, DOOR)
    assert (state.origin, state.founded_origin, state.size) == (NEXT_ORIGIN, ORIGIN, 3)
    assert code_of(written(state, VEL, origin=ORIGIN), state) == "format"
    second = add(state, VEL)
    assert (second.seq, second.prev, second.origin) == (2, first.leaf, NEXT_ORIGIN)
    new = author("JVT")
    add(state, DESK, kind="key/registered", vkeys=[new.key.vkey])
    assert add(state, new).signed_by == (f"{ORIGIN}/JVT",)
    clash = keys.from_seed(f"{ORIGIN}/ZZZ", NEXT_KEYS[0].seed)
    raw = written(state, DESK, kind="key/registered", vkeys=[clash.key.vkey])
    assert code_of(raw, state) == "policy"


def test_a_handover_brings_a_desk_key_and_ends_the_old_one() -> None:
    """The successor can refuse and admit at once; whoever holds the lost desk's key can nothing."""
    state = rooted()
    add(state, DESK, kind="terms/adopted")
    new = keys.from_seed(DESK.key.name, b"the successor's desk, 32 bytes..")
    vkeys = [signer.key.vkey for signer in (*NEXT_KEYS, new)]
    admit(handover(state, TOR, VEL_1, VEL_2, TOR_1, TOR_2, vkeys=vkeys), state, DOOR)

    assert state.suspects == {DESK.key.identity: Revoked(2, 2)}  # nothing it signed is in doubt
    assert new.key.public not in state.log_publics
    assert code_of(written(state, DESK), state) == "key"
    assert add(state, new, kind="terms/adopted").seq == 3


def test_a_handover_lists_no_other_key_than_the_logs_and_one_of_the_desk() -> None:
    """It is signed for a new home, not for new authors; and no key serves two roles."""
    own = [signer.key.vkey for signer in NEXT_KEYS]
    desks = [keys.from_seed(DESK.key.name, bytes([n]) * 32).key.vkey for n in (1, 2)]
    twin = keys.from_seed(DESK.key.name, NEXT_KEYS[0].seed).key.vkey
    for vkeys, code in (
        ([*own, author("JVT").key.vkey], "key"),
        ([*own, keys.from_seed(f"{NEXT_ORIGIN}/desk", bytes(32)).key.vkey], "key"),
        ([*own, *desks], "key"),
        ([own[0], desks[0]], "key"),
        ([*own, DESK.key.vkey], "policy"),
        ([*own, twin], "policy"),
    ):
        state = rooted()
        raw = handover(state, TOR, VEL_1, VEL_2, TOR_1, TOR_2, vkeys=vkeys)
        assert code_of(raw, state) == code, vkeys


def test_a_log_is_not_handed_back_to_a_name_it_had() -> None:
    """An old name never comes to life again: its keys may be in other hands."""
    state = rooted()
    admit(handover(state, ALD, VEL_1, VEL_2), state, DOOR)
    back = [keys.from_seed(ORIGIN, signer.seed, signer.key.algorithm) for signer in LOG_KEYS]
    raw = handover(
        state, ALD, VEL_1, VEL_2, origin=ORIGIN, vkeys=[signer.key.vkey for signer in back]
    )
    assert code_of(raw, state) == "policy"


HEAD1 = base64_of(root_of(1))
REFUSALS: dict[str, tuple[str, Callable[[State], bytes]]] = {
    "readers in a report": ("policy", lambda s: written(s, VEL, readers=[f"VEL {NEW_AGE}"])),
    "groups in a registration": (
        "policy", lambda s: written(s, DESK, kind="key/registered", vkeys=[author("JVT").key.vkey],
                                    groups=["few any VEL TOR"])),
    "a revocation of nothing": ("policy", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked")),
    "an erasure of nothing": ("policy", lambda s: written(s, VEL_1, VEL_2, TOR_1, TOR_2, kind="payload/erased")),
    "an erasure by one side": (
        "policy", lambda s: written(s, VEL_1, VEL_2, VEL_3, kind="payload/erased", erases=["ab" * 32])),
    "an erasure in a report": ("policy", lambda s: written(s, VEL, erases=["ab" * 32])),
    "a name that is no hash": (
        "schema", lambda s: written(s, VEL_1, VEL_2, TOR_1, TOR_2, kind="payload/erased", erases=["the list"])),
    "a key nobody has": (
        "policy", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL_NEW, 1)])),
    "a key named twice": (
        "policy", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked",
                                    revokes=[key_line(VEL, 1), key_line(VEL, 0)])),
    "a doubt from the future on": (
        "policy", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(VEL, 2)])),
    "the other side's key": (
        "policy", lambda s: written(s, TOR_1, TOR_2, kind="key/revoked", revokes=[key_line(VEL, 1)])),
    "an own and another's key together": (
        "policy", lambda s: written(s, TOR_1, TOR_2, kind="key/revoked",
                                    revokes=[key_line(TOR, 1), key_line(VEL, 1)])),
    "the desk's key by one party": (
        "policy", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked", revokes=[key_line(DESK, 1)])),
    "a reason in a revocation": (
        "schema", lambda s: written(s, VEL_1, VEL_2, kind="key/revoked", revokes=["VEL lost its laptop"])),
    "a mistyped recipient": (
        "key", lambda s: written(s, VEL, kind="key/registered", readers=[f"VEL {NEW_AGE[:-1]}q"])),
    "a recipient anybody can open": (
        "key", lambda s: written(s, VEL, kind="key/registered", readers=[
            "VEL age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"])),
    "another's recipient": (
        "policy", lambda s: written(s, VEL, kind="key/registered", readers=[f"VEL {AGE['TOR']}"])),
    "a key and a stranger's reader": (
        "policy", lambda s: written(s, VEL, kind="key/registered", vkeys=[VEL_NEW.key.vkey],
                                    readers=[f"TOR {NEW_AGE}"])),
    "a group of strangers": ("policy", lambda s: changed(s, "few any VEL QQQ")),
    "more than there are": ("policy", lambda s: changed(s, "few 3 VEL TOR")),
    "a member twice": ("policy", lambda s: changed(s, "few 2 VEL VEL")),
    "a member twice by a detour": ("policy", lambda s: changed(s, "few 2 VEL-roots VEL-root-1")),
    "a group in itself": ("policy", lambda s: changed(s, "VEL-roots any VEL roots")),
    "a group named as an author": ("policy", lambda s: changed(s, "VEL any TOR desk")),
    "a group defined below": ("policy", lambda s: changed(s, "few any lot", "lot any VEL TOR")),
    "an author named as a group": (
        "policy", lambda s: written(s, DESK, kind="key/registered", vkeys=[author("erasure").key.vkey])),
    "a handover by one side": ("policy", lambda s: handover(s, VEL, VEL_1, VEL_2)),
    "a handover by the centre": ("policy", lambda s: handover(s, DESK)),
    "a handover of less than all": (
        "policy", lambda s: handover(s, ALD, VEL_1, VEL_2, continues=Continued(ORIGIN, 0, HEAD1))),
    "a handover of another root": (
        "policy", lambda s: handover(s, ALD, VEL_1, VEL_2, continues=Continued(ORIGIN, 1, base64_of(bytes(32))))),
    "a handover of another log": (
        "format", lambda s: handover(s, ALD, VEL_1, VEL_2, continues=Continued("else.example", 1, HEAD1))),
    "a handover to itself": (
        "policy", lambda s: handover(s, ALD, VEL_1, VEL_2, origin=ORIGIN)),
    "a handover to an author's name": (
        "policy", lambda s: handover(s, ALD, VEL_1, VEL_2, origin=f"{ORIGIN}/VEL")),
    "a handover to one key": (
        "key", lambda s: handover(s, ALD, VEL_1, VEL_2, vkeys=[NEXT_KEYS[0].key.vkey])),
    "a handover to another's keys": (
        "key", lambda s: handover(s, ALD, VEL_1, VEL_2, origin="aldmoor.example/record")),
    "a handover to a key that signs entries": (
        "policy", lambda s: handover(s, ALD, VEL_1, VEL_2, vkeys=[
            keys.from_seed(NEXT_ORIGIN, VEL.seed).key.vkey, NEXT_KEYS[1].key.vkey])),
    "another kind under another name": (
        "format", lambda s: handover(s, ALD, VEL_1, VEL_2, kind="report/handed-over")),
}  # fmt: skip


def changed(state: State, *groups: str) -> bytes:
    """New groups, signed by everybody who can be asked."""
    return written(state, VEL_1, VEL_2, TOR_1, TOR_2, kind="roots/changed", groups=groups)


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_refused_and_by_which_rule(what: str) -> None:
    """One stolen key, one party or the centre alone changes nothing that is not its own."""
    code, make = REFUSALS[what]
    state = rooted()
    assert code_of(make(state), state) == code


@pytest.mark.parametrize("kind", ["key/revoked", "payload/erased", "roots/changed"])
def test_where_no_group_was_agreed_nothing_can_be_decided_by_one(kind: str) -> None:
    """A log founded without officers keeps every key and every payload."""
    state = rooted(groups=())
    fields = {
        "key/revoked": {"revokes": [key_line(VEL, 1)]},
        "payload/erased": {"erases": ["ab" * 32]},
        "roots/changed": {"groups": ["roots any desk VEL"]},
    }[kind]
    assert code_of(written(state, DESK, VEL, TOR, ALD, kind=kind, **fields), state) == "policy"


authors_met = st.sets(st.sampled_from("abcdefg"))
trees = st.recursive(
    st.sampled_from("abcdefg"),
    lambda inner: st.tuples(st.integers(1, 3), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=7,
)


@given(trees, authors_met)
def test_a_group_is_met_exactly_when_so_many_members_are(tree: object, signers: set[str]) -> None:
    """The rounds of `met` come to what counting from the leaves up comes to."""
    groups: dict[str, Group] = {}
    top, by_hand = _build(tree, groups, signers)
    assert (met(groups, top, signers) if top in groups else top in signers) == by_hand


def _build(tree: object, groups: dict[str, Group], signers: set[str]) -> tuple[str, bool]:
    if isinstance(tree, str):
        return tree, tree in signers
    assert isinstance(tree, tuple)
    wanted, inner = tree
    built = dict(_build(one, groups, signers) for one in inner)
    name = f"group-{len(groups)}"
    groups[name] = Group(min(wanted, len(built)), tuple(built))
    return name, sum(built.values()) >= groups[name].wanted


def test_groups_that_turn_in_circles_are_met_by_nobody() -> None:
    """Such a log was never admitted; reading one must still come to an end."""
    circle = {"a": Group(1, ("b",)), "b": Group(1, ("c",)), "c": Group(1, ("a",))}
    assert not met(circle, "a", ["a", "b", "c"])
    assert not met(circle, "z", ["z"])


@given(st.integers(0, 3), st.permutations([VEL_1, VEL_2, VEL_3]))
def test_lines_can_be_gathered_one_by_one_in_any_order(
    missing: int, officers: list[keys.Signer]
) -> None:
    """A note goes from officer to officer; who signs second does not matter, how many does."""
    state = rooted()
    raw = written(state, DESK, kind="key/revoked", revokes=[key_line(VEL, 1)])
    signing = officers[: 3 - missing]
    for officer in signing:
        raw = entry.countersign(raw, officer)
    if len(signing) < 2:
        assert code_of(raw, state) == "policy"
    else:
        admit(raw, state, DOOR)
    if signing:
        with pytest.raises(Malformed, match="signed this already"):
            entry.countersign(raw, signing[0])


def test_every_pair_of_three_officers_is_enough() -> None:
    """Two of three means any two: no officer can be waited for on purpose."""
    for pair in combinations((VEL_1, VEL_2, VEL_3), 2):
        state = rooted()
        add(state, *pair, kind="key/revoked", revokes=[key_line(VEL, 0)])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
words = st.sampled_from(
    ["VEL", "VEL-roots", "2", "all", "any", NEW_AGE, key_line(VEL, 1), "+", "0"]
)
lines = st.lists(words, max_size=4).map(" ".join)


@given(
    st.sampled_from(
        ["key/registered", "key/revoked", "roots/changed", "payload/erased", "log/handed-over"]
    ),
    st.sampled_from(["vkeys", "readers", "groups", "revokes", "erases", "continues"]),
    st.lists(lines, max_size=3) | json_values,
)
def test_nonsense_in_any_of_the_new_fields_is_refused_by_a_code(
    kind: str, field: str, value: object
) -> None:
    """Properly signed by everyone who counts, and still no other exception comes out."""
    state = rooted()
    first, body, *_ = written(state, DESK, kind=kind).split(b"\n")
    told = {"seen": {"root": HEAD1, "size": 1}, field: value}
    line = json.dumps(json.loads(body) | told, sort_keys=True, separators=(",", ":")).encode()
    text = first + b"\n" + line + b"\n"
    raw = note.render(text, [one.sign(text) for one in (DESK, VEL_1, VEL_2, TOR_1, TOR_2)])
    assert outcome(raw, state) in CODES | {"admitted"}


def outcome(raw: bytes, state: State) -> str:
    """What became of an entry; any other exception than Refused is a failure."""
    try:
        admit(raw, state, DOOR)
    except Refused as refused:
        return refused.code
    return "admitted"


@given(st.text(alphabet="age1qpzry9x8gf2tvdw0s3jn54khcmul7b", max_size=70) | st.text(max_size=70))
def test_only_a_recipient_is_a_recipient(text: str) -> None:
    """Any other text is Malformed; nothing else comes out."""
    if text not in AGE.values():
        with pytest.raises(Malformed):
            check_recipient(text)


@given(st.integers(4, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_recipient_mistyped_in_one_place_is_seen(at: int, letter: str) -> None:
    """The checksum catches every single slip before anything is sealed to nobody."""
    for recipient in AGE.values():
        check_recipient(recipient)
        mistyped = recipient[:at] + letter + recipient[at + 1 :]
        if mistyped != recipient:
            with pytest.raises(Malformed, match="checksum"):
                check_recipient(mistyped)


def _recipient() -> str:
    """A recipient nobody holds the identity of."""
    return str(x25519.Identity.generate().to_public())
