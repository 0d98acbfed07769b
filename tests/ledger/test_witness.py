"""A witness never cosigns two heads that contradict each other, whatever is sent, however it dies."""

import base64
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.ledger.founding import LOG_KEYS, ORIGIN, VEL
from tests.ledger.witnessing import LOG_PUBLIC, NAME, NOON_S, VELMARK, Post, Tree, post
from truceline.ledger import checkpoint, keys, merkle, note, witness
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import BadKeyFile, Conflict, Malformed, NotFounded
from truceline.ledger.witness import TEXT, Answer
from truceline.ledger.witness_book import Book, Followed, origin_hash

TRUE, FALSE = Tree.of(12), Tree.of(12, "rewritten ")
OTHER_LOG = Tree(TRUE.leaves, origin="elsewhere.example/log")


def cosigned_heads(answer: Answer, head: Head) -> list[note.Sig]:
    """The cosignatures of an answer, each verified over the head."""
    signed = note.parse(checkpoint.encode(head) + b"\n" + answer.body)
    return list(note.verify(signed, [signer.key for signer in VELMARK]))


def root_of(size: int, root: bytes) -> bytes:
    """A checkpoint of any size and root, signed by the log, even one that cannot be."""
    text = f"{ORIGIN}\n{size}\n".encode() + base64.b64encode(root) + b"\n"
    return note.render(text, [signer.sign(text, NOON_S) for signer in LOG_KEYS])


def stripped(raw: bytes, keep: int) -> bytes:
    """A head with one of the log's lines only."""
    whole = note.parse(raw)
    return note.render(whole.text, [whole.signatures[keep]])


def spoilt(raw: bytes) -> bytes:
    """A head whose text the log did not sign."""
    return raw.replace(b"\n5\n", b"\n6\n", 1)


# What is sent to a witness that cosigned size 5 of the true log, and what it says: status, media, body.
TRANSCRIPT: dict[str, tuple[bytes, int, str, bytes | None]] = {
    "nothing at all": (b"", 400, TEXT, None),
    "no old line": (TRUE.signed(), 400, TEXT, None),
    "a size with a leading zero": (TRUE.request(5).replace(b"old 5", b"old 05", 1), 400, TEXT, None),
    "a negative size": (TRUE.request(5).replace(b"old 5", b"old -5", 1), 400, TEXT, None),
    "a size in other digits": (TRUE.request(5).replace(b"old 5", "old ٥".encode(), 1), 400, TEXT, None),
    "two blanks": (TRUE.request(5).replace(b"old 5", b"old  5", 1), 400, TEXT, None),
    "windows line ends": (TRUE.request(5).replace(b"\n", b"\r\n"), 400, TEXT, None),
    "a hash that is not base64": (TRUE.request(5).replace(b"old 5\n", b"old 5\n!!\n", 1), 400, TEXT, None),
    "a short hash": (TRUE.request(5).replace(b"old 5\n", b"old 5\nAAAA\n", 1), 400, TEXT, None),
    "64 hashes": (witness.request(5, [bytes(32)] * 64, TRUE.signed()), 400, TEXT, None),
    "a checkpoint without a signature": (b"old 5\n\n" + checkpoint.encode(TRUE.head()), 400, TEXT, None),
    "old beyond new": (TRUE.request(5).replace(b"old 5", b"old 13", 1), 400, TEXT, None),
    "a log it does not follow": (OTHER_LOG.request(5), 404, TEXT, None),
    "a party's signature": (witness.request(5, TRUE.proof(5), note.render(checkpoint.encode(TRUE.head()), [VEL.sign(checkpoint.encode(TRUE.head()))])), 403, TEXT, None),
    "a text the log did not sign": (witness.request(5, [], spoilt(TRUE.signed(5))), 403, TEXT, None),
    "two lines by one key": (TRUE.request(5) + note.parse(TRUE.signed(5)).signatures[0].line.encode() + b"\n", 403, TEXT, None),
    "old 0": (TRUE.request(0), 409, "text/x.tlog.size", b"5\n"),
    "old behind": (TRUE.request(4), 409, "text/x.tlog.size", b"5\n"),
    "old ahead": (TRUE.request(7), 409, "text/x.tlog.size", b"5\n"),
    "a smaller head": (TRUE.request(3, 4), 409, "text/x.tlog.size", b"5\n"),
    "size 0": (witness.request(0, [], TRUE.signed(0)), 409, "text/x.tlog.size", b"5\n"),
    "the same size, another root": (FALSE.request(5, 5), 422, TEXT, None),
    "the same head, a proof too many": (witness.request(5, [bytes(32)], TRUE.signed(5)), 422, TEXT, None),
    "no proof": (witness.request(5, [], TRUE.signed()), 422, TEXT, None),
    "another branch": (FALSE.request(5), 422, TEXT, None),
    "a proof with one hash too many": (witness.request(5, [*TRUE.proof(5), bytes(32)], TRUE.signed()), 422, TEXT, None),
    "the empty root at size 9": (witness.request(5, [], root_of(9, merkle.EMPTY_ROOT)), 422, TEXT, None),
    "the next head": (TRUE.request(5), 200, TEXT, None),
    "the same head again": (TRUE.request(5, 5), 200, TEXT, None),
    "the next head, signed by one key": (witness.request(5, TRUE.proof(5), stripped(TRUE.signed(), 0)), 200, TEXT, None),
    "the next head, cosigned by others": (TRUE.request(5) + VEL.sign(b"x").line.encode() + b"\n", 200, TEXT, None),
}  # fmt: skip


@pytest.fixture
def at_five(tmp_path: Path) -> Post:
    """A witness that has cosigned size 5 of the true log."""
    made = post(tmp_path)
    assert made.send(TRUE.request(0, 5)).status == 200
    made.now_s += 60
    return made


@pytest.mark.parametrize("what", TRANSCRIPT)
def test_what_a_witness_answers(what: str, at_five: Post) -> None:
    """Every answer of c2sp.org/tlog-witness, as one row; only the last ones move its memory."""
    body, status, media, said = TRANSCRIPT[what]
    before = at_five.log()
    answer = at_five.send(body)
    assert (answer.status, answer.media) == (status, media)
    assert said is None or answer.body == said
    assert answer.body.endswith(b"\n")
    if status != 200:
        assert at_five.log() == before
        assert "— ".encode() not in answer.body
        return
    head = TRUE.head(at_five.log().size)
    assert {sig.time_s for sig in cosigned_heads(answer, head)} == {at_five.now_s}
    assert len(cosigned_heads(answer, head)) == 2


FIRST: dict[str, tuple[bytes, int]] = {
    "a proof from nothing": (witness.request(0, [bytes(32)], TRUE.signed(5)), 422),
    "size 0 with a root": (witness.request(0, [], root_of(0, bytes(32))), 422),
    "size 0": (witness.request(0, [], TRUE.signed(0)), 200),
    "any size": (witness.request(0, [], TRUE.signed(9)), 200),
    "not from the start": (TRUE.request(5), 409),
}


@pytest.mark.parametrize("what", FIRST)
def test_the_first_head_a_witness_is_shown(what: str, tmp_path: Path) -> None:
    """Without a pinned head the first one is believed; a proof from nothing proves nothing."""
    body, status = FIRST[what]
    assert post(tmp_path).send(body).status == status


def test_a_pinned_head_is_where_the_log_must_start(tmp_path: Path) -> None:
    """A witness given a head at founding does not take another history for the log."""
    made = post(tmp_path, TRUE.head(5))
    assert made.log().note is None
    assert made.send(FALSE.request(0)).body == b"5\n"
    assert made.send(FALSE.request(5)).status == 422
    assert made.send(TRUE.request(5)).status == 200
    assert [fork.found[:24] for fork in made.book.forks()] == ["it does not continue wha"]


def test_a_fork_is_kept_with_both_heads(at_five: Post) -> None:
    """What the log signed against itself is evidence for anyone, and is kept once."""
    for _ in range(2):
        at_five.send(FALSE.request(5, 5))
        at_five.send(FALSE.request(0, 5))
    (fork,) = at_five.book.forks()
    assert fork.found == "two roots of size 5"
    ours, theirs = (checkpoint.open_signed(raw, LOG_PUBLIC) for raw in (fork.kept, fork.shown))
    assert ours == TRUE.head(5)
    assert theirs == FALSE.head(5)
    assert checkpoint.signers(fork.kept) >= {signer.key.identity for signer in VELMARK}


def test_a_stranger_cannot_fill_the_evidence(at_five: Post) -> None:
    """Only what the log's own key signed is kept, and a mistaken size is no fork."""
    for what in ("a party's signature", "old 0", "a smaller head", "a log it does not follow"):
        at_five.send(TRANSCRIPT[what][0])
    assert at_five.book.forks() == []


def test_a_clock_put_back_cosigns_nothing(at_five: Post) -> None:
    """A cosignature is never dated before the one before it."""
    at_five.now_s = NOON_S - 1
    assert at_five.send(TRUE.request(5)).status == 503
    at_five.now_s = NOON_S
    assert at_five.send(TRUE.request(5)).status == 200


def test_monitors_see_the_head_cosigned_last(at_five: Post) -> None:
    """Anyone can ask what a witness stands for; before the first head there is nothing."""
    answer = witness.latest(at_five.book, origin_hash(ORIGIN))
    assert checkpoint.open_signed(answer.body, LOG_PUBLIC) == TRUE.head(5)
    assert checkpoint.signers(answer.body) == {
        key.identity for key in (*LOG_PUBLIC, *(signer.key for signer in VELMARK))
    }
    for other in ("", "0" * 64, origin_hash("elsewhere.example/log"), "../" * 22):
        assert witness.latest(at_five.book, other).status == 404


def test_two_requests_at_once_cannot_roll_a_witness_back(at_five: Post) -> None:
    """While one request stands between its check and its signature, no other gets past the check."""
    stopped, go_on = threading.Event(), threading.Event()

    def stall(where: str) -> None:
        if where == "checked":
            stopped.set()
            assert go_on.wait(30)

    second = Post(at_five.book, at_five.now_s)
    at_five.stall = stall
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(at_five.send, TRUE.request(5, 7))
        assert stopped.wait(30)
        quick = pool.submit(second.send, TRUE.request(5, 12))
        try:
            with pytest.raises(TimeoutError):
                quick.result(0.2)  # it waits for the first, and does not overtake it
        finally:
            go_on.set()
        assert slow.result(30).status == 200
        assert quick.result(30) == Answer(status=409, body=b"7\n", media="text/x.tlog.size")
    assert at_five.log().size == 7


def test_a_witness_that_lost_its_memory_does_not_start(tmp_path: Path) -> None:
    """A key without its memory could be led to contradict itself; the message says what to do."""
    publics = [signer.key for signer in VELMARK]
    with pytest.raises(NotFounded, match="make a new witness"):
        Book.open(tmp_path / "witness.sqlite3", publics)
    post(tmp_path)
    assert Book.open(tmp_path / "witness.sqlite3", publics).log(ORIGIN)
    with pytest.raises(BadKeyFile, match="other keys"):
        Book.open(tmp_path / "witness.sqlite3", LOG_PUBLIC)
    with pytest.raises(Conflict, match="never begun anew"):
        Book.create(tmp_path / "witness.sqlite3", publics)


def test_the_memory_itself_refuses_to_go_back(at_five: Post) -> None:
    """Even a mistake of ours above it cannot make a witness forget or shrink."""
    smaller = TRUE.head(4)
    with pytest.raises(Conflict, match="never goes back"), at_five.book.writing() as writing:
        writing.advance(smaller, b"", NOON_S + 1)
    with pytest.raises(Conflict, match="never goes back"), at_five.book.writing() as writing:
        writing.advance(FALSE.head(5), b"", NOON_S + 1)
    with pytest.raises(Conflict, match="followed already"), at_five.book.writing() as writing:
        writing.follow(Followed(origin=ORIGIN, keys=LOG_PUBLIC))
    assert at_five.log().root == TRUE.head(5).root


@given(raw=st.binary(max_size=200), at=st.integers(0, 400), cut=st.integers(0, 40))
def test_any_bytes_are_a_request_or_refused(raw: bytes, at: int, cut: int) -> None:
    """What a stranger sends is read or refused; nothing else comes out."""
    good = TRUE.request(5)
    for body in (raw, good[:at] + raw + good[at + cut :]):
        try:
            asked = witness.parse(body)
        except Malformed:
            continue
        assert 0 <= len(asked.proof) <= witness.MOST_HASHES


class Killed(BaseException):
    """The machine dies at this point."""


class OneWitness(RuleBasedStateMachine):
    """A log with two branches, sent in any order, and a witness that dies again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.branches = {"true": Tree.of(20), "false": Tree.of(20, "rewritten ")}
        self.released: list[Head] = []
        self.dates: list[int] = []

    def teardown(self) -> None:
        """Clear away."""
        self.folder.cleanup()

    @initialize(pinned=st.sampled_from([None, 0, 2, 5]))
    def follow(self, pinned: int | None) -> None:
        """The witness begins, somewhere."""
        start = None if pinned is None else self.branches["true"].head(pinned)
        self.post = post(Path(self.folder.name), start)

    @rule(
        branch=st.sampled_from(["true", "false"]),
        new=st.integers(0, 20),
        old=st.integers(0, 20) | st.just(-1),
        honest=st.booleans(),
        dies=st.sampled_from(["", "", "checked", "persisted"]),
    )
    def send(self, branch: str, new: int, old: int, *, honest: bool, dies: str) -> None:
        """Someone with the log's keys sends a head, with the right proof or another."""
        tree = self.branches[branch]
        old = self.post.log().size if old < 0 else old
        proof = tree.proof(old, new) if honest and old <= new else [bytes(32)]
        self.post.stall = _dying(dies)
        try:
            answer = self.post.send(witness.request(old, proof, tree.signed(new)))
        except Killed:
            self.post = Post(Book(self.post.book.path), self.post.now_s)
            return
        if answer.status == 200:
            self.released.append(tree.head(new))
            self.dates += {sig.time_s or 0 for sig in cosigned_heads(answer, tree.head(new))}

    @rule(seconds=st.integers(-90, 600))
    def time_passes(self, seconds: int) -> None:
        """The machine's clock goes on, or is put back."""
        self.post.now_s += seconds

    @precondition(lambda self: self.released)
    @invariant()
    def no_two_heads_contradict_each_other(self) -> None:
        """All heads ever cosigned lie on one branch, in order of size, and so do their dates."""
        sizes = [head.size for head in self.released]
        assert sizes == sorted(sizes)
        assert self.dates == sorted(self.dates)
        one = [b for b in self.branches.values() if all(b.head(h.size) == h for h in self.released)]
        assert one
        assert self.post.log().size >= sizes[-1]


def _dying(where: str) -> Callable[[str], None]:
    def stall(here: str) -> None:
        if here == where:
            raise Killed

    return stall


OneWitness.TestCase.settings = settings(max_examples=30, stateful_step_count=25)
TestOneWitness = OneWitness.TestCase


def test_two_kinds_of_key_are_a_witnesss() -> None:
    """One line for the programs of today, one for later; both names are the witness's."""
    made = keys.generate_witness_keys(NAME)
    assert [signer.key.algorithm for signer in made] == [0x04, 0x06]
    assert {signer.key.name for signer in made} == {NAME}
