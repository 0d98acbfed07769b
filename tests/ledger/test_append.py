"""Appending: one door, one commit at a time, and an answer only once it is durable."""

import multiprocessing
from pathlib import Path

import pytest

from tests.ledger.founding import (
    ALD,
    DESK,
    FOUNDED_US,
    LOG_KEYS,
    ORIGIN,
    TOR,
    VEL,
    Centre,
    author,
    found,
)
from truceline.ledger import checkpoint, keys, merkle, note, proof
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify
from truceline.ledger.entry import make
from truceline.ledger.errors import (
    BadKeyFile,
    ClockWentBack,
    CommitmentError,
    Conflict,
    Corrupt,
    NotFounded,
    ProofError,
    Refused,
)
from truceline.ledger.log import Log
from truceline.ledger.note import ED25519, MLDSA44
from truceline.values.instant import MINUTE_US, SECOND_US
from truceline.values.mode import Mode


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A founded centre."""
    return found(tmp_path / "centre")


def whole(centre: Centre) -> None:
    """Re-derive every tile, head and payload, and every entry's right to be there."""
    verdict = verify(centre.path, centre.log.trust, authors=True)
    assert verdict.problems == []
    assert verdict.entries == centre.log.head().size
    assert fsck(centre.path).problems == []


def test_a_log_is_founded_with_a_signed_head_of_nothing(tmp_path: Path) -> None:
    """Whoever trusts this log can do so from the very first entry."""
    Appender.create(tmp_path / "centre", ORIGIN, LOG_KEYS, FOUNDED_US)
    raw = Log.open(tmp_path / "centre").signed_head()
    head = checkpoint.open_signed(raw, [signer.key for signer in LOG_KEYS])
    assert (head.size, head.root) == (0, merkle.EMPTY_ROOT)
    assert checkpoint.time_us(raw) == FOUNDED_US
    with pytest.raises(Conflict, match="already"):
        Appender.create(tmp_path / "centre", ORIGIN, LOG_KEYS, FOUNDED_US)


def test_every_head_carries_a_line_for_today_and_one_for_later(centre: Centre) -> None:
    """Ed25519 may fall one day; heads signed with ML-DSA-44 keep the order of what is older."""
    centre.add(3)
    signed = note.parse(centre.log.signed_head())
    keys_of = {key.identity: key.algorithm for key in centre.appender.keys}
    found_lines = {keys_of[line.name, line.key_id] for line in signed.signatures}
    assert found_lines == {ED25519, MLDSA44}


def test_what_was_committed_reads_back_with_its_payload(centre: Centre) -> None:
    """An entry, its number, its payload in plain, and a proof that holds under the trust file."""
    with centre.appender.commit(centre.later()) as batch:
        ref = centre.appender.put_blob(b"02:10 mortar fire near Tern Rock")
        made = batch.add(VEL, kind="report/taken", payload=ref, acl="CENTRE+VEL")
        with pytest.raises(RuntimeError, match="once the commit has returned"):
            _ = batch.receipts
    log = centre.log
    assert log.entry(1) == made
    assert log.payload(made) == b"02:10 mortar fire near Tern Rock"
    assert proof.check(batch.receipts[0].proof, made.raw, log.trust) == 1
    assert proof.check(log.prove(1), made.raw, log.trust) == 1
    with pytest.raises(ProofError):
        proof.check(batch.receipts[0].proof, log.raw(0), log.trust)
    whole(centre)


def test_a_payload_that_is_not_held_is_none_and_a_damaged_one_an_error(centre: Centre) -> None:
    """Erased is not damaged: the first is an agreed state, the second somebody's fault."""
    erased, damaged = centre.add(2)
    paths = []
    for entry in (erased, damaged):
        assert entry.payload is not None
        paths.append(centre.path / "blobs" / "sha256" / entry.payload.blob[:2] / entry.payload.blob)
    paths[0].unlink()
    paths[1].chmod(0o644)
    paths[1].write_bytes(paths[1].read_bytes()[:-1] + b"?")
    assert centre.log.payload(erased) is None
    with pytest.raises(CommitmentError, match="another holder"):
        centre.log.payload(damaged)
    assert verify(centre.path, centre.log.trust).ok
    assert [found.entry_index for found in fsck(centre.path).problems] == [1, 2]


@pytest.mark.parametrize("sizes", [[255], [254, 1, 1], [300, 1, 700], [1, 1, 1, 512]])
def test_batches_of_any_size_make_one_tree(sizes: list[int], centre: Centre) -> None:
    """Where a batch ends is nobody's business: the tree is that of the entries."""
    for size in sizes:
        centre.fill(size)
    frontier = merkle.Frontier()
    for _, entry in centre.log.entries():
        frontier.push(merkle.leaf_hash(entry.raw))
    assert frontier.root() == centre.log.head().root
    assert frontier.size == 1 + sum(sizes)
    whole(centre)


def test_every_head_ever_published_is_kept_and_continued(centre: Centre) -> None:
    """Whoever kept an old head can ask for the proof that today's log continues it."""
    for size in (1, 3, 252, 2, 600):
        centre.fill(size)
    log = centre.log
    newest = log.head()
    for size in (0, 1, 2, 5, 257, 259, 859):
        raw = log.head_at(size)
        assert raw is not None
        old = log.trust.open(raw)
        steps = merkle.prove_consistency(size, newest.size, log.reader().hash)
        merkle.check_consistency(size, newest.size, steps, old.root, newest.root)
    assert log.head_at(4) is None


def test_an_exception_inside_a_commit_leaves_the_log_as_it_was(centre: Centre) -> None:
    """A batch is in the log whole or not at all, and the author's numbers go on without a gap."""
    before = centre.log.signed_head()
    with pytest.raises(KeyError):
        _interrupted(centre)
    assert centre.log.signed_head() == before
    assert centre.add(1)[0].seq == 1
    whole(centre)


def _interrupted(centre: Centre) -> None:
    with centre.appender.commit(centre.later()) as batch:
        batch.add(VEL, kind="report/taken")
        raise KeyError


def test_a_refused_entry_costs_the_batch_nothing(centre: Centre) -> None:
    """The others of the batch go in; the refusal is the refused author's affair."""
    with centre.appender.commit(centre.later()) as batch:
        batch.add(VEL, kind="report/taken")
        with pytest.raises(Refused, match="key"):
            batch.add(ALD, kind="report/taken")
        batch.add(TOR, kind="report/taken")
    assert [entry.author for _, entry in centre.log.entries(1)] == ["VEL", "TOR"]
    whole(centre)


def test_an_entry_signed_elsewhere_is_admitted_as_it_stands(centre: Centre) -> None:
    """A party signs on its own machine; the centre adds nothing to its bytes."""
    raw = _signed_at(centre, centre.log.head())
    with centre.appender.commit(centre.later()) as batch:
        batch.admit(raw)
    assert centre.log.raw(1) == raw
    whole(centre)


def _signed_at(centre: Centre, seen: checkpoint.Head) -> bytes:
    return make(
        ORIGIN, TOR, kind="complaint/answered", author="TOR", seq=1, prev="", seen=seen,
        claimed_us=centre.now_us, mode=Mode.EXERCISE,
    )  # fmt: skip


def test_two_processes_append_to_one_log_in_turn(centre: Centre) -> None:
    """The lock is held per commit: each re-reads the head, so nobody's numbers collide."""
    second = Centre(centre.path, Appender.open(centre.path, LOG_KEYS), centre.now_us)
    for _ in range(3):
        centre.add(2)
        second.now_us = centre.now_us
        second.add(1, TOR)
        centre.now_us = second.now_us
    authors = [entry.author for _, entry in centre.log.entries(1)]
    assert authors == ["VEL", "VEL", "TOR"] * 3
    whole(centre)


def _append_many(path: Path, name: str) -> None:
    centre = Centre(path, Appender.open(path, LOG_KEYS), FOUNDED_US, step_s=1)
    for _ in range(12):
        centre.add(1, author(name))


def test_processes_that_append_at_the_same_moment_wait_for_each_other(centre: Centre) -> None:
    """Nothing is lost, doubled or refused because somebody else was writing."""
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=_append_many, args=(centre.path, name)) for name in ("VEL", "TOR")
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert centre.log.head().size == 25
    whole(centre)


def test_an_entry_is_dated_by_what_its_author_had_seen_and_who_covered_it(centre: Centre) -> None:
    """Between two signed heads, whatever date the author claims."""
    before = centre.now_us
    centre.later(600)
    with centre.appender.commit(centre.now_us) as batch:
        batch.add(VEL, kind="report/taken", claimed_us=0)
    centre.add(1)
    assert centre.log.bounds(1) == (before, centre.now_us - 60 * SECOND_US + SECOND_US - 1)


def test_time_does_not_go_back(centre: Centre) -> None:
    """A clock put back an hour is a fault to mend; one that waited for the lock is not."""
    centre.later(3600)
    centre.add(1)
    head_us = checkpoint.time_us(centre.log.signed_head())
    assert head_us is not None
    with (
        pytest.raises(ClockWentBack, match="correct the clock"),
        centre.appender.commit(head_us - 11 * MINUTE_US),
    ):
        pass
    with centre.appender.commit(head_us - SECOND_US) as batch:
        batch.add(VEL, kind="report/taken")
    assert checkpoint.time_us(centre.log.signed_head()) == head_us


def test_a_log_opens_for_its_own_keys_only(centre: Centre, tmp_path: Path) -> None:
    """A second log under one name would be a fork: other keys are refused before they sign."""
    strangers = keys.generate_log_keys(ORIGIN)
    with pytest.raises(BadKeyFile, match="trust file"):
        Appender.open(centre.path, strangers)
    with pytest.raises(BadKeyFile, match="Ed25519 and an ML-DSA-44"):
        Appender.open(centre.path, LOG_KEYS[:1])
    with pytest.raises(NotFounded):
        Appender.open(tmp_path, LOG_KEYS)
    with pytest.raises(NotFounded):
        Log.open(tmp_path)


def test_a_centre_put_back_to_an_earlier_state_signs_nothing(centre: Centre) -> None:
    """Whoever restores a backup would make two logs of one: it is found out and stopped."""
    old = centre.log.signed_head()
    centre.add(2)
    (centre.path / "state" / "head").write_bytes(old)
    with pytest.raises(Corrupt, match="went back"):
        centre.add(1)
    with pytest.raises(Corrupt, match="earlier state"):
        Appender.open(centre.path, LOG_KEYS)
    assert any("newer than state/head" in found.found for found in fsck(centre.path).problems)


def test_a_log_changed_behind_its_back_is_not_opened(centre: Centre) -> None:
    """The entry that was changed is named, and nothing is signed on top of it."""
    centre.fill(300)
    centre.appender.settle()
    bundle = centre.path / "log" / "tile" / "entries" / "000"
    raw = bytearray(bundle.read_bytes())
    raw[raw.index(b'"seq":40}') + 6] = ord("1")
    bundle.chmod(0o644)
    bundle.write_bytes(raw)
    with pytest.raises(Corrupt, match="entry 40 is not the one"):
        Appender.open(centre.path, LOG_KEYS)


def test_the_founding_keys_are_the_desks_and_the_parties(centre: Centre) -> None:
    """Separate keys for the log, the desk and each party, all named in entry 0."""
    listed = {note.Key.parse(vkey).name for vkey in centre.log.entry(0).vkeys}
    assert listed == {signer.key.name for signer in (DESK, VEL, TOR)}
