"""Checkpoints and the trust file: one spelling of a head, and whose word makes it count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import ALD, DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL
from truceline.ledger import checkpoint, keys, note, policy, proof
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import BadSignature, LedgerError, Malformed, NoKnownKey
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import MLDSA44
from truceline.ledger.policy import Policy

LOG_PUBLIC = tuple(signer.key for signer in LOG_KEYS)
heads = st.builds(
    Head,
    st.just(ORIGIN),
    st.integers(1, 10**18 - 1),
    st.binary(min_size=32, max_size=32).filter(EMPTY_ROOT.__ne__),
)
WITNESSES = {
    name: keys.from_seed(f"{name}.example/witness", name.ljust(32, "!").encode(), MLDSA44)
    for name in ("VEL", "TOR", "ALD")
}


@given(heads)
def test_a_head_reads_back_as_it_was_signed(head: Head) -> None:
    """Origin, size, root: three lines, one spelling."""
    assert checkpoint.decode(checkpoint.encode(head)) == head


@pytest.mark.parametrize("size", ["٣", "01", "1_0", " 7", "+1", "-1", "1e3", "", "1" * 19])
def test_a_size_in_another_spelling(size: str) -> None:
    """Two spellings of one number would be two texts for one head."""
    with pytest.raises(Malformed, match="plain decimal"):
        checkpoint.parse_size(size)


@given(st.binary(max_size=120))
def test_bytes_that_are_no_checkpoint_are_malformed(raw: bytes) -> None:
    """Nothing else comes out of the parsers of checkpoints and trust files."""
    for read in (checkpoint.decode, checkpoint.parse, policy.parse):
        try:
            read(raw)
        except Malformed:
            continue


@pytest.mark.parametrize(
    "text",
    [
        b"azores.example/record\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",  # 5, yet empty
        b"azores.example/record\n0\n" + b"A" * 43 + b"=\n",  # 0, yet something
        b"azores.example/record\n5\n" + b"A" * 42 + b"B=\n",  # other bits in the last letter
        b"azores.example/record\n5\n" + b"A" * 43 + b"=\nextension\n",
        b"two words\n5\n" + b"A" * 43 + b"=\n",
    ],
)
def test_a_head_that_cannot_be(text: bytes) -> None:
    """We sign none of these, so we read none."""
    with pytest.raises(Malformed):
        checkpoint.decode(text)


def signed(head: Head, *witnesses: str) -> bytes:
    """A head by the log, cosigned by some."""
    raw = checkpoint.sign(head, LOG_KEYS, FOUNDED_US)
    text = note.parse(raw)
    more = [WITNESSES[name].sign(text.text, 1_774_000_100) for name in witnesses]
    return note.render(text.text, [*text.signatures, *more])


HEAD = Head(ORIGIN, 3, bytes(31) + b"\1")


def test_a_head_lacking_one_of_the_logs_lines_does_not_count() -> None:
    """Neither the old algorithm alone nor the new one alone: the trust file names both."""
    for signer in LOG_KEYS:
        raw = checkpoint.sign(HEAD, [signer], FOUNDED_US)
        assert checkpoint.open_signed(raw, [signer.key]) == HEAD
        with pytest.raises(NoKnownKey, match="lacks"):
            Policy(logs=LOG_PUBLIC).open(raw)


def test_a_head_signed_by_a_party_is_not_the_logs() -> None:
    """Only the log's keys speak for the log."""
    text = checkpoint.encode(HEAD)
    with pytest.raises(NoKnownKey):
        Policy(logs=LOG_PUBLIC).open(note.render(text, [DESK.sign(text)]))
    other = checkpoint.sign(Head("other.example/log", 3, HEAD.root), LOG_KEYS, FOUNDED_US)
    with pytest.raises(NoKnownKey, match="no key of the log other"):
        Policy(logs=LOG_PUBLIC).open(other)


TRUST = "\n".join(
    [
        "# invented: who keeps watch over the record",
        *(f"log {key.vkey}" for key in LOG_PUBLIC),
        *(
            f"witness {name} {signer.key.vkey} https://{name}.example"
            for name, signer in WITNESSES.items()
        ),
        "group parties all VEL TOR",
        "group watch 2 parties ALD",
        "quorum watch",
        "",
    ]
)


@pytest.mark.parametrize(
    ("who", "counts"), [("VEL TOR ALD", True), ("VEL TOR", False), ("VEL ALD", False), ("", False)]
)
def test_a_quorum_is_counted_as_the_trust_file_says(who: str, *, counts: bool) -> None:
    """Who must have seen a head is configuration, and the same file other programs read."""
    trust = policy.parse(TRUST.encode())
    assert policy.parse(policy.render(trust).encode()) == trust
    raw = signed(HEAD, *who.split())
    assert ("witnessed" in trust.levels(raw)) is counts
    if counts:
        assert trust.open(raw) == HEAD
    else:
        with pytest.raises(NoKnownKey, match="quorum"):
            trust.open(raw)


def test_a_false_cosignature_spoils_the_head() -> None:
    """A witness's name over another date is forged, and the whole note with it."""
    raw = note.parse(signed(HEAD, "VEL"))
    *rest, last = raw.signatures
    forged = note.Sig(last.name, last.key_id, (1).to_bytes(8) + last.blob[8:])
    with pytest.raises(BadSignature):
        policy.parse(TRUST.encode()).open(note.render(raw.text, [*rest, forged]))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("quorum nobody", "not defined"),
        ("group parties all VEL", "taken"),
        ("group more any nobody", "not defined"),
        ("group more any VEL", "twice"),
        ("group more 0 ALD", "1 to 1"),
        ("group more 2 ALD", "1 to 1"),
        ("group none any ALD", "taken"),
        (f"witness X {WITNESSES['VEL'].key.vkey}", "listed twice"),
        (f"log {LOG_PUBLIC[0].vkey}", "listed twice"),
        ("witness X", "no line"),
        ("mirror X", "no line"),
        ("log " + VEL.key.vkey[:-4], "id|base64|bytes"),
    ],
)
def test_a_trust_file_with_a_wrong_line_names_it(line: str, why: str) -> None:
    """Whom to trust is not guessed: the line is named and the file refused."""
    before = TRUST.replace("group watch 2 parties ALD\nquorum watch\n", "")
    wrong = before + line + "\nquorum none\n"
    number = before.count("\n") + 1
    with pytest.raises(Malformed, match=f"line {number}: .*({why})"):
        policy.parse(wrong.encode())


def test_a_trust_file_without_a_quorum_line_is_refused() -> None:
    """Trusting without witnesses is a decision, and it is written down."""
    with pytest.raises(Malformed, match="quorum none"):
        policy.parse(f"log {LOG_PUBLIC[0].vkey}\n".encode())
    with pytest.raises(Malformed, match="names 0 logs"):
        _ = policy.parse(b"quorum none\n").origin


def test_parties_keys_are_not_each_others() -> None:
    """The invented keys of the tests are told apart by name and by key."""
    text = b"azores.example/record\n"
    for signer, other in ((VEL, TOR), (TOR, ALD)):
        with pytest.raises(LedgerError):
            note.verify(note.parse(note.render(text, [signer.sign(text)])), [other.key])


@given(raw=st.binary(max_size=200), headed=st.booleans())
def test_bytes_that_are_no_proof_prove_nothing(raw: bytes, *, headed: bool) -> None:
    """Whatever is handed in as a proof, the answer is an error of ours."""
    start = b"c2sp.org/tlog-proof@v1\nindex " if headed else b""
    with pytest.raises(LedgerError):
        proof.check(start + raw + b"\n\n" + signed(HEAD), b"an entry", Policy(logs=LOG_PUBLIC))
