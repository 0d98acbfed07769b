"""The trust file: what makes a head replicated, witnessed, final, and when that was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import FOUNDED_US, LOG_KEYS, ORIGIN
from truceline.ledger import checkpoint, keys, note, policy
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.note import ED25519, ED25519_COSIGNATURE, MLDSA44

HEAD = Head(ORIGIN, 3, bytes(31) + b"\1")
PARTIES = ("ALD", "TOR", "VEL", "VER")
SIGNERS = {
    code: keys.from_seed(f"witness.example/{code}", code.ljust(32, "?").encode(), algorithm)
    for code, algorithm in zip(PARTIES, (4, 4, 4, 6), strict=True)
}
LATER = keys.from_seed("witness.example/VEL", b"VEL, later".ljust(32), MLDSA44)
TRUST = "\n".join(
    [
        f"log {LOG_KEYS[0].key.vkey} https://azores.example/log/",
        f"log {LOG_KEYS[1].key.vkey}",
        *(f"witness {c} {s.key.vkey} http://{c.lower()}.example:7380" for c, s in SIGNERS.items()),
        f"witness VEL-later {LATER.key.vkey} http://vel.example:7380/",
        "group watch 3 ALD TOR VEL VER",
        "quorum watch",
        "# level final all ALD TOR VEL",
        "# level replicas 2 ALD TOR VEL",
        "# levels of trust are discussed in annex C",
        "",
    ]
)
READ = policy.parse(TRUST.encode())


def stranger(algorithm: int = ED25519) -> keys.Signer:
    """A key nobody has heard of."""
    return keys.from_seed("stranger.example", b"nobody has heard of this one".ljust(32), algorithm)


def signed(*by: tuple[str, int]) -> bytes:
    """A head by the log, cosigned by some at their own times."""
    raw = checkpoint.sign(HEAD, LOG_KEYS, FOUNDED_US)
    text = checkpoint.encode(HEAD)
    lines = [(LATER if code == "VEL-later" else SIGNERS[code]).sign(text, at) for code, at in by]
    return checkpoint.cosigned(raw, lines)


@pytest.mark.parametrize(
    ("who", "holders", "level"),
    [
        ("", (), "logged"),
        ("VEL TOR", (), "logged"),
        ("VEL TOR VER", (), "witnessed"),
        ("VEL TOR ALD", (), "final"),
        ("VEL TOR ALD VER", (), "final"),
        ("", ("VEL", "TOR"), "replicated"),
        ("", ("VEL", "VEL"), "logged"),
        ("", ("VEL", "desk"), "logged"),
        ("VEL VEL-later TOR", (), "logged"),
    ],
)
def test_how_final_a_head_is(who: str, holders: tuple[str, ...], level: str) -> None:
    """The four levels are what the trust file says, and nobody counts twice."""
    raw = signed(*((code, 1_774_000_000) for code in who.split()))
    assert READ.level(raw, holders) == level


def test_a_trust_file_is_still_read_by_programs_that_know_only_the_quorum() -> None:
    """What we ask beyond the quorum is a comment to others: no member is in two groups."""
    plain = policy.parse("\n".join(x for x in TRUST.split("\n") if x[:1] != "#").encode())
    assert replace(READ, further={}) == plain
    assert policy.parse(policy.render(READ).encode()) == READ
    assert READ.replicas == (2, ("ALD", "TOR", "VEL"))
    assert plain.replicas == (2, ())


def test_a_group_named_final_needs_no_line_of_its_own() -> None:
    """Where the members are nobody else's, the plain form of the file is enough."""
    text = TRUST.replace("group watch 3 ALD TOR VEL VER", "group final all ALD TOR")
    text = text.replace("quorum watch", "quorum VER").replace("# level final all ALD TOR VEL", "")
    trust = policy.parse(text.encode())
    assert trust.level(signed(("ALD", 5), ("TOR", 5))) == "final"
    assert trust.level(signed(("VER", 5))) == "witnessed"


def test_witnesses_are_asked_once_at_each_address() -> None:
    """Two keys behind one address are one question."""
    asked = policy.witnesses_by_url(READ)
    assert len(asked) == 4
    assert asked["http://vel.example:7380"] == (SIGNERS["VEL"].key, LATER.key)
    assert READ.log_url == "https://azores.example/log"


@pytest.mark.parametrize(
    ("by", "median"),
    [
        ((), None),
        ((("VEL", 50),), 50),
        ((("VEL", 50), ("TOR", 60)), 60),
        ((("VEL", 50), ("TOR", 60), ("ALD", 99_999)), 60),
        ((("VEL", 1), ("TOR", 60), ("ALD", 70)), 60),
        ((("VEL", 50), ("VEL-later", 90), ("TOR", 60), ("ALD", 70)), 60),
    ],
)
def test_one_lying_clock_among_three_moves_nothing(
    by: tuple[tuple[str, int], ...], median: int | None
) -> None:
    """The date of a head is the median of its witnesses; two keys of one are one voice."""
    assert READ.time_s(signed(*by)) == median


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("# level final all ALD nobody", "not defined"),
        ("# level final 4 ALD TOR", "1 to 2"),
        ("# level final all ALD ALD", "twice"),
        ("# level final", "no level"),
        ("# level certain all ALD", "no level"),
        ("#level replicas 0", "1 to"),
        ("# level replicas 2 VEL VEL", "twice"),
        (f"witness X {LOG_KEYS[1].key.vkey}", "listed twice"),
        (f"witness X {stranger().key.vkey}", "cannot cosign"),
        (f"log {stranger(ED25519_COSIGNATURE).key.vkey}", "witness's"),
        (
            f"witness X {stranger(MLDSA44).key.vkey} ftp://x.example",
            "web address",
        ),
        (f"witness X {stranger(MLDSA44).key.vkey} http://:80", "web address"),
        ("group more any\u00a0ALD", "no line"),
        ("quorum watch\r", "control"),
        ("group more any \x00", "control"),
    ],
)
def test_a_wrong_line_is_named_and_the_file_refused(line: str, why: str) -> None:
    """Whom to trust is not guessed."""
    before = TRUST.split("# level")[0].replace("quorum watch\n", "")
    number = before.count("\n") + 1
    with pytest.raises(Malformed, match=f"line {number}: .*{why}"):
        policy.parse((before + line + "\nquorum none\n").encode())


@given(raw=st.binary(max_size=300), at=st.integers(0, len(TRUST)))
def test_any_bytes_are_a_trust_file_or_refused(raw: bytes, at: int) -> None:
    """What is accepted has one meaning: written out and read again it is the same."""
    for text in (raw, TRUST[:at].encode() + raw + TRUST[at:].encode()):
        try:
            read = policy.parse(text)
        except Malformed:
            continue
        assert policy.parse(policy.render(read).encode(errors="surrogateescape")) == read


def test_two_lines_by_one_witness_are_no_head() -> None:
    """A head has one line a key; which of two dates would count is not left to the reader."""
    raw = signed(("VEL", 50))
    twice = note.parse(raw)
    more = SIGNERS["VEL"].sign(twice.text, 60)
    with pytest.raises(LedgerError, match="two lines"):
        READ.levels(note.render(twice.text, [*twice.signatures, more]))


@given(st.lists(st.tuples(st.sampled_from(PARTIES), st.integers(1, 2**40)), max_size=8))
def test_a_head_that_gains_lines_is_still_that_head(by: list[tuple[str, int]]) -> None:
    """Cosignatures stand after the log's own lines, one a key, and take nothing away."""
    bare = signed()
    text = checkpoint.encode(HEAD)
    grown = bare
    for code, at in by:
        before = grown
        grown = checkpoint.cosigned(grown, [SIGNERS[code].sign(text, at)])
        assert grown.startswith(bare)
        assert checkpoint.covers(grown, before)
        assert checkpoint.signers(grown) >= checkpoint.signers(before)
    assert len(note.parse(grown).signatures) == 2 + len({code for code, _ in by})
    assert not checkpoint.covers(bare, grown) or not by
