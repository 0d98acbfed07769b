"""A witness goes with a log to its successor only on the word of those the log itself names."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.ledger.founding import ALD, DESK, FOUNDED_US, LOG_KEYS, ORIGIN, VEL, Centre
from tests.ledger.rooted import (
    GROUPS,
    NEXT_KEYS,
    NEXT_ORIGIN,
    SIGNERS,
    TOR_1,
    TOR_2,
    VEL_1,
    VEL_2,
)
from tests.ledger.witnessing import NOON_S, Post, post
from truceline.ledger import checkpoint, entry, keys, merkle, witness
from truceline.ledger.append import Appender
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import LedgerError, ProofError
from truceline.ledger.growth import Growth
from truceline.ledger.handing_on import hand_on
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.tiles import Get
from truceline.ledger.verifying import log_get
from truceline.values.instant import SECOND_US
from truceline.values.mode import Mode


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre whose founding entry names officers and groups, with a few entries more."""
    appender = Appender.create(tmp_path / "centre", ORIGIN, LOG_KEYS, FOUNDED_US)
    vkeys = [signer.key.vkey for signer in SIGNERS]
    with appender.commit(FOUNDED_US) as batch:
        batch.add(DESK, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys, groups=GROUPS)
    made = Centre(tmp_path / "centre", appender)
    made.fill(4)
    return made


def show(centre: Centre, to: Post) -> None:
    """Have the newest head cosigned."""
    reader, old = centre.log.reader(), to.log().size
    proof = merkle.prove_consistency(old, reader.head.size, reader.hash)
    body = witness.request(old, proof, centre.log.signed_head())
    assert to.send(body).status == 200


@pytest.fixture
def watched(centre: Centre, tmp_path: Path) -> Post:
    """A witness that has cosigned the head of size 5."""
    made = post(tmp_path)
    show(centre, made)
    return made


def handover(
    log: Log,
    *signers: Signer,
    head: Head | None = None,
    origin: str = "",
    also: Iterable[Signer] = (),
) -> bytes:
    """The entry by which these hand the log over at a head, its newest unless told otherwise."""
    first, *others = signers
    author = first.key.name.rpartition("/")[2]
    ended = head or log.head()
    return entry.make(
        NEXT_ORIGIN,
        first,
        kind="log/handed-over",
        author=author,
        seq=1,
        prev="",
        seen=ended,
        claimed_us=FOUNDED_US,
        mode=Mode.EXERCISE,
        vkeys=[signer.key.vkey for signer in (*NEXT_KEYS, *also)],
        continues=entry.Continued(origin or log.origin, ended.size, ended.root64),
        cosigners=others,
    )


ENOUGH = (VEL_1, VEL_2, TOR_1, TOR_2)


def test_a_handover_freezes_the_old_log_and_pins_the_new(centre: Centre, watched: Post) -> None:
    """No head of the old name is cosigned any more, and the new one starts where it stood."""
    note = handover(centre.log, *ENOUGH)
    new = hand_on(note, watched.book, log_get(centre.path), NOON_S)
    assert (new.origin, new.size, new.root) == (NEXT_ORIGIN, 5, centre.log.head().root)
    centre.fill(1)
    reader = centre.log.reader()
    proof = merkle.prove_consistency(5, 6, reader.hash)
    answer = watched.send(witness.request(5, proof, centre.log.signed_head()))
    assert (answer.status, b"handed over" in answer.body) == (422, True)
    assert [fork.origin for fork in watched.book.forks()] == [ORIGIN]
    body, successor = successor_of(centre.log, note)
    assert watched.send(body).status == 200
    followed = watched.book.log(NEXT_ORIGIN)
    assert followed is not None
    assert followed.root == successor.root
    with pytest.raises(LedgerError, match="handed over to"):
        hand_on(note, watched.book, log_get(centre.path), NOON_S)


def test_the_new_desks_key_is_no_key_of_the_new_log(centre: Centre, watched: Post) -> None:
    """A witness cosigns what the new log signs, never a head by the desk."""
    new = keys.from_seed(DESK.key.name, b"the successor's desk, 32 bytes..")
    note = handover(centre.log, *ENOUGH, also=(new,))
    assert hand_on(note, watched.book, log_get(centre.path), NOON_S).keys == tuple(
        signer.key for signer in NEXT_KEYS
    )


def successor_of(log: Log, note: bytes, size: int = 5) -> tuple[bytes, Head]:
    """What the successor sends first: its head, which continues the tree by the handover entry."""
    growth = Growth()
    leaves = [held.raw for index, held in log.entries() if index < size] + [note]
    for raw in leaves:
        growth.push(raw, merkle.leaf_hash(raw))
    hashes = [merkle.leaf_hash(raw) for raw in leaves]
    head = Head(NEXT_ORIGIN, growth.size, growth.root())
    proof = merkle.prove_consistency(
        size, head.size, lambda level, i: merkle.perfect_root(hashes[i << level : (i + 1) << level])
    )
    return witness.request(size, proof, checkpoint.sign(head, NEXT_KEYS, NOON_S * SECOND_US)), head


@pytest.mark.parametrize(
    ("signers", "why"),
    [
        ((VEL_1, VEL_2), "not what the group"),
        ((VEL_1, TOR_1, ALD), "not what the group"),
        ((DESK, VEL), "not what the group"),
        ((NEXT_KEYS[0], *ENOUGH), "no standing"),
    ],
)
def test_a_handover_by_too_few_changes_nothing(
    signers: tuple[Signer, ...], why: str, centre: Centre, watched: Post
) -> None:
    """One side, the centre, or the new log alone cannot move a witness."""
    note = handover(centre.log, *signers)
    with pytest.raises(LedgerError, match=why):
        hand_on(note, watched.book, log_get(centre.path), NOON_S)
    assert watched.log().handed_to == ""
    assert watched.book.log(NEXT_ORIGIN) is None


def test_a_handover_that_drops_what_was_cosigned_is_kept_as_evidence(
    centre: Centre, watched: Post
) -> None:
    """Even all the roots together cannot have a witness forget the newest entries."""
    earlier = centre.log.head()
    centre.fill(2)
    watched.now_s += 60
    show(centre, watched)
    with pytest.raises(LedgerError, match="we cosigned another head of 7"):
        hand_on(handover(centre.log, *ENOUGH, head=earlier), watched.book, log_get(centre.path), 9)
    (fork,) = watched.book.forks()
    assert checkpoint.parse(fork.kept).size == 7
    assert watched.log().handed_to == ""


def test_a_witness_that_lags_behind_still_follows(centre: Centre, watched: Post) -> None:
    """The log went on unseen: the successor must continue what was cosigned, and then the rest."""
    centre.fill(3)
    note = handover(centre.log, *ENOUGH)
    new = hand_on(note, watched.book, log_get(centre.path), NOON_S)
    assert new.size == 5


def test_who_may_hand_over_is_read_from_the_log_we_cosigned_and_no_other(
    centre: Centre, watched: Post, tmp_path: Path
) -> None:
    """A log with other roots, shown instead, is not the one this witness knows."""
    appender = Appender.create(tmp_path / "forged", ORIGIN, LOG_KEYS, FOUNDED_US)
    with appender.commit(FOUNDED_US) as batch:
        vkeys = [DESK.key.vkey, VEL.key.vkey]
        batch.add(
            DESK, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys,
            groups=["handover all VEL"],
        )  # fmt: skip
        for _ in range(6):
            batch.add(VEL, kind="report/taken")
    note = handover(centre.log, VEL)
    with pytest.raises(ProofError, match="not the one we cosigned"):
        hand_on(note, watched.book, log_get(tmp_path / "forged"), NOON_S)


def _nothing(_path: str) -> bytes | None:
    return None


@pytest.mark.parametrize("get", [_nothing])
def test_a_handover_is_not_followed_blind(get: Get, centre: Centre, watched: Post) -> None:
    """Without the log nobody knows who may hand it over."""
    with pytest.raises(LedgerError, match="checkpoint is missing"):
        hand_on(handover(centre.log, *ENOUGH), watched.book, get, NOON_S)


@pytest.mark.parametrize("what", ["an entry of another kind", "another log", "bytes", "too long"])
def test_what_is_no_handover_is_refused(what: str, centre: Centre, watched: Post) -> None:
    """The message says what was handed in instead; nothing else comes out."""
    note = {
        "an entry of another kind": centre.log.raw(3),
        "another log": handover(centre.log, *ENOUGH, origin="elsewhere.example/log"),
        "bytes": b"\xff\n\n\xff\n",
        "too long": handover(centre.log, *ENOUGH) * 40,
    }[what]
    with pytest.raises(LedgerError):
        hand_on(note, watched.book, log_get(centre.path), NOON_S)
