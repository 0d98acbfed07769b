"""What a log believes of a witness: its own lines, over this head, made now, and nothing else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import Centre, found
from tests.ledger.witnessing import NOON_S, VELMARK, Post, Tree, post
from truceline.ledger import checkpoint, keys, note
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.cosigning import Ahead, Odd, Spoken, Standing, believed, gather
from truceline.ledger.note import Sig
from truceline.ledger.store import CHECKPOINT, HEAD, Store, head_path, open_store
from truceline.values.instant import SECOND_US

KEYS = tuple(signer.key for signer in VELMARK)
THIEF = keys.from_seed("witness.example/VEL", b"not the witness of Velmark, 32 b", 0x04)
TREE = Tree.of(9)
TEXT = checkpoint.encode(TREE.head())


def lines(*sigs: Sig) -> bytes:
    """Signature lines as a witness sends them."""
    return "".join(f"{sig.line}\n" for sig in sigs).encode()


def asking(to: Post) -> Callable[[bytes], Spoken]:
    """Hand requests to a witness."""

    def send(body: bytes) -> Spoken:
        answer = to.send(body)
        return Spoken(status=answer.status, body=answer.body)

    return send


def test_a_witness_is_asked_and_cosigns(tmp_path: Path) -> None:
    """A log that does not know where a witness stands learns it from the first answer."""
    made = post(tmp_path)
    for size in (3, 3, 9):
        fresh = Standing(KEYS)
        got = fresh.ask(TREE.signed(size), Tree.of(size).proof, asking(made), NOON_S)
        assert {sig.time_s for sig in got} == {NOON_S}
        assert len(got) == 2
        assert fresh.size == size


def test_a_witness_shown_another_log_is_not_asked_for_ever(tmp_path: Path) -> None:
    """It stands where we do with another root: somebody signed a second history with our key."""
    made = post(tmp_path)
    false = Tree.of(9, "rewritten ")
    assert made.send(false.request(0)).status == 200
    with pytest.raises(Odd, match="422"):
        Standing(KEYS).ask(TREE.signed(), TREE.proof, asking(made), NOON_S)
    assert [fork.found for fork in made.book.forks()] == ["two roots of size 9"]


def test_a_witness_ahead_of_the_log_stops_it(tmp_path: Path) -> None:
    """It cosigned more than this log has: the log was put back, or its key is in other hands."""
    made = post(tmp_path)
    assert made.send(TREE.request(0)).status == 200
    with pytest.raises(Ahead, match="stands at 9"):
        Standing(KEYS).ask(TREE.signed(4), lambda old: TREE.proof(old, 4), asking(made), NOON_S)


SIG = VELMARK[0].sign(TEXT, NOON_S)
# Whatever a slippery witness answers: what is said of it. Every one of these is refused.
SLIPPERY: dict[str, tuple[Spoken, str]] = {
    "nothing": (Spoken(status=200, body=b""), "no cosignature"),
    "garbage": (Spoken(status=200, body=b"\xff\x00 <html>"), "no cosignature"),
    "another key": (Spoken(status=200, body=lines(THIEF.sign(TEXT, NOON_S))), "no cosignature"),
    "the log's own line": (Spoken(status=200, body=lines(note.parse(TREE.signed()).signatures[0])), "no cosignature"),
    "another root": (Spoken(status=200, body=lines(VELMARK[0].sign(checkpoint.encode(Head(TREE.origin, 9, bytes(32))), NOON_S))), "does not hold"),
    "another size": (Spoken(status=200, body=lines(VELMARK[1].sign(checkpoint.encode(TREE.head(8)), NOON_S))), "does not hold"),
    "another date": (Spoken(status=200, body=lines(Sig(SIG.name, SIG.key_id, (NOON_S + 1).to_bytes(8) + SIG.blob[8:]))), "does not hold"),
    "one good line, one bad": (Spoken(status=200, body=lines(SIG, VELMARK[1].sign(b"x\n1\n" + b"A" * 43 + b"=\n", NOON_S))), "does not hold"),
    "the far future": (Spoken(status=200, body=lines(VELMARK[0].sign(TEXT, 2**40))), "ahead of our clock"),
    "the past": (Spoken(status=200, body=lines(VELMARK[0].sign(TEXT, NOON_S - 301))), "behind our clock"),
    "a flood": (Spoken(status=200, body=lines(SIG) * 999), "a few lines"),
    "a size that is none": (Spoken(status=409, body=b"many\n"), "named no size"),
    "a size beyond": (Spoken(status=409, body=b"10\n"), "stands at 10"),
    "our own size": (Spoken(status=409, body=b"0\n"), "another log"),
    "a refusal": (Spoken(status=404, body=b"never heard of it\n"), "404: never heard"),
    "trouble": (Spoken(status=503, body=b"\xff"), "503"),
    "a redirection": (Spoken(status=302, body=b""), "302"),
}  # fmt: skip


@pytest.mark.parametrize("what", SLIPPERY)
def test_a_slippery_witness_is_not_believed(what: str) -> None:
    """Whatever it answers is an oddity with its reason; no line of it enters the record."""
    spoken, why = SLIPPERY[what]
    with pytest.raises(Odd, match=why):
        Standing(KEYS).ask(TREE.signed(), TREE.proof, lambda _body: spoken, NOON_S)


def test_a_witness_that_never_settles_on_a_size_is_left_alone() -> None:
    """A few answers, then it is somebody's turn who answers plainly."""
    sizes = iter(range(1, 9))
    asked = []

    def send(body: bytes) -> Spoken:
        asked.append(body)
        return Spoken(status=409, body=b"%d\n" % next(sizes))

    with pytest.raises(Odd, match="one size and then another"):
        Standing(KEYS).ask(TREE.signed(), TREE.proof, send, NOON_S)
    assert len(asked) == 3


def test_a_strangers_line_beside_a_good_one_is_left_aside() -> None:
    """A witness may sign with more keys than we know; ours count, the rest is nobody's."""
    body = lines(THIEF.sign(TEXT, NOON_S), SIG, SIG)
    assert believed(body, TREE.head(), KEYS, NOON_S + 9) == (SIG,)


@given(body=st.binary(max_size=300), status=st.sampled_from([200, 409, 422]))
def test_any_answer_is_believed_or_odd(body: bytes, status: int) -> None:
    """What comes over the wire never breaks the log that asked."""
    for said in (body, lines(SIG)[:90] + body, b"1" + body):
        spoken = Spoken(status=status, body=said)
        with pytest.raises(Odd):
            Standing(KEYS).ask(TREE.signed(), TREE.proof, partial(_say, spoken), NOON_S)


def _say(spoken: Spoken, _body: bytes) -> Spoken:
    return spoken


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with a few entries."""
    made = found(tmp_path / "centre")
    made.add(3)
    return made


def cosign(centre: Centre, at_s: int, by: int = 0) -> Store:
    """Put a cosignature of the newest head where it belongs."""
    store, signed = open_store(centre.path), centre.log.signed_head()
    sig = VELMARK[by].sign(checkpoint.encode(checkpoint.parse(signed)), at_s)
    gather(store, signed, [sig])
    return store


def times(raw: bytes | None) -> list[int | None]:
    """When the witness cosigned a head."""
    assert raw is not None
    ours = {key.identity for key in KEYS}
    return [s.time_s for s in note.parse(raw).signatures if (s.name, s.key_id) in ours]


def test_the_first_cosignature_dates_and_the_newest_shows(centre: Centre) -> None:
    """heads/<size> keeps who first cosigned and when; log/checkpoint shows the freshest line."""
    kept = head_path(centre.log.head().size)
    for at_s in (NOON_S, NOON_S + 60, NOON_S + 120):
        store = cosign(centre, at_s)
    assert times(store.disk.read(kept)) == [NOON_S]
    assert times(store.disk.read(CHECKPOINT)) == [NOON_S + 120]
    cosign(centre, NOON_S + 180, by=1)
    assert times(store.disk.read(kept)) == [NOON_S, NOON_S + 180]
    assert (store.disk.read(HEAD) or b"") == centre.log.signed_head()
    assert times(store.disk.read(HEAD)) == []


def test_commits_go_on_over_cosigned_heads(centre: Centre) -> None:
    """A head that gained lines is no conflict: not for a commit, a recovery, a check or a re-sign."""
    cosign(centre, NOON_S)
    first = centre.log.head().size
    centre.add(2)
    store = cosign(centre, NOON_S + 60, by=1)
    appender = Appender.open(centre.path, centre.appender._signers)
    assert appender.refresh(centre.later(600), older_than_us=60 * SECOND_US)
    assert times(store.disk.read(CHECKPOINT)) == [NOON_S + 60]
    centre.appender = appender
    centre.add(1)
    appender.settle()
    assert times(store.disk.read(head_path(first))) == [NOON_S]
    assert times(store.disk.read(CHECKPOINT)) == []
    assert verify(centre.path, centre.log.trust).problems == []
    assert fsck(centre.path).problems == []


def test_a_cosignature_that_comes_late_goes_to_its_own_head(centre: Centre) -> None:
    """The log went on meanwhile: the newest head does not gain a line over another one."""
    late, signed = centre.log.head(), centre.log.signed_head()
    centre.add(1)
    store = open_store(centre.path)
    gather(store, signed, [VELMARK[0].sign(checkpoint.encode(late), NOON_S)])
    assert times(store.disk.read(head_path(late.size))) == [NOON_S]
    assert times(store.disk.read(CHECKPOINT)) == []


def test_cosignatures_lost_to_a_power_cut_are_no_damage(centre: Centre) -> None:
    """The log's own lines come back from the commit point; the witness is asked again."""
    store = cosign(centre, NOON_S)
    kept = head_path(centre.log.head().size)
    for path in (kept, CHECKPOINT):
        store.disk.write(path, (store.disk.read(path) or b"")[:100], durable=False)
    appender = Appender.open(centre.path, centre.appender._signers)
    assert store.disk.read(kept) == store.disk.read(CHECKPOINT) == store.head()
    assert appender.head == centre.log.head()
    assert fsck(centre.path).problems == []


def test_a_forged_cosignature_in_the_folder_is_named(centre: Centre) -> None:
    """Whoever edits a head file to look witnessed is found by fsck and by verify."""
    store = cosign(centre, NOON_S)
    trust = (store.disk.read("trust") or b"").decode()
    witnesses = f"witness VEL {KEYS[0].vkey}\nquorum VEL\n"
    store.disk.write("trust", trust.replace("quorum none\n", witnesses).encode(), durable=False)
    kept = head_path(centre.log.head().size)
    for path in (kept, CHECKPOINT):
        raw = note.parse(store.disk.read(path) or b"")
        *own, sig = raw.signatures
        forged = Sig(sig.name, sig.key_id, (NOON_S - 9).to_bytes(8) + sig.blob[8:])
        store.disk.write(path, note.render(raw.text, [*own, forged]), durable=False)
    assert kept in {problem.file for problem in fsck(centre.path).problems}
    assert not verify(centre.path, centre.log.trust).ok
