"""The queue of a centre: answers come after durability, refusals are signed, nothing is dropped."""

import errno
import threading
from concurrent.futures import wait
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.disks import FailingDisk
from tests.ledger.founding import ALD, DESK, TOR, VEL
from tests.ledger.submitting import Author, sequenced, sequencer_of
from truceline.ledger import proof, refusal, seal
from truceline.ledger.audit import fsck, verify
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Busy, Halted, LedgerError
from truceline.ledger.keys import from_seed
from truceline.ledger.proof import Receipt
from truceline.ledger.refusal import Refusals, SignedRefusal
from truceline.ledger.store import open_store
from truceline.values.instant import MINUTE_US


def test_a_receipt_is_a_proof_against_a_head_that_is_durable(tmp_path: Path) -> None:
    """Whoever has a receipt needs no promise: the entry is in the tree it proves."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        for _ in range(3):
            raw = author.write()
            receipt = sequencer.submit(raw)
            assert proof.check(receipt.proof, raw, centre.log.trust) == receipt.index
            assert centre.log.raw(receipt.index) == raw
        assert verify(centre.path, centre.log.trust, authors=True).problems == []


def test_the_same_bytes_get_the_same_receipt_however_often_they_are_sent(tmp_path: Path) -> None:
    """A party whose line broke sends again and loses nothing, adds nothing."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        raws = [author.write() for _ in range(3)]
        first = [sequencer.submit(raw) for raw in raws]
        centre.add(5, TOR)
        twice = [sequencer.offer(raws[0]), sequencer.offer(raws[0])]
        assert [answer.result() for answer in twice] == [first[0], first[0]]
        assert sequencer.trial(raws) == [None, None, None]
        assert [sequencer.receipt(raw) for raw in raws] == first
        assert centre.log.head().size == 1 + 3 + 5


def test_what_gathers_while_a_batch_is_written_is_one_commit(tmp_path: Path) -> None:
    """Sixty parties at once wait for a disk twice, not sixty times."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        seen = centre.log.head()
        authors = [Author(signer, seen) for signer in (VEL, TOR)]
        with open_store(centre.path).locked():  # the disk is slow
            answers = [sequencer.offer(author.write()) for _ in range(30) for author in authors]
            assert not any(answer.done() for answer in answers)
        assert {answer.result().index for answer in answers} == set(range(1, 61))
        assert len(list((centre.path / "heads").iterdir())) <= 4
        assert verify(centre.path, centre.log.trust, authors=True).problems == []


def test_a_full_queue_says_so_and_takes_nothing(tmp_path: Path) -> None:
    """Whoever was told to wait is not in the log; whoever was not, is."""
    with sequenced(tmp_path / "centre", waiting=4) as (centre, sequencer):
        author = Author(seen=centre.log.head())
        taken = []
        with open_store(centre.path).locked():
            while True:
                raw = author.draft()
                try:
                    taken.append(sequencer.offer(raw))
                except Busy:
                    break
                author.write()
        assert [answer.result().index for answer in taken] == list(range(1, len(taken) + 1))
        assert 4 <= len(taken) <= 5
        assert sequencer.submit(author.write()).index == len(taken) + 1


def test_a_refusal_is_signed_by_the_desk_and_says_the_rule(tmp_path: Path) -> None:
    """The refused party holds a statement it can show; the log is as it was."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        author.seq = 7
        raw = author.draft()
        with pytest.raises(SignedRefusal) as refused:
            sequencer.submit(raw)
        origin, said = refusal.open_signed(refused.value.note, [DESK.key])
        assert (origin, said.code, said.at) == (centre.log.origin, "seq", centre.now_us)
        assert said.head.size == centre.log.head().size == 1
        (tried,) = sequencer.trial([raw])
        assert isinstance(tried, SignedRefusal)
        assert tried.code == "seq"


def test_two_entries_under_one_number_leave_both_notes(tmp_path: Path) -> None:
    """Equivocation: the second is refused, and what the author signed twice can be shown."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        second = author.draft(claimed_us=5)
        first = author.write()
        sequencer.submit(first)
        with pytest.raises(SignedRefusal, match="seq"):
            sequencer.submit(second)
        (kept,) = Refusals(open_store(centre.path).disk)
        assert (kept.entry, kept.refusal.code) == (second, "seq")
        assert centre.log.raw(1) == first
        assert fsck(centre.path).problems == []


def test_what_nobody_signed_fills_no_disk(tmp_path: Path) -> None:
    """A stranger's noise is answered and forgotten; only what a known key signed is kept."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        stranger = Author(ALD, centre.log.head())
        forged = Author(seen=centre.log.head()).draft().replace(b"register", b"registex")
        impostor = Author(from_seed(VEL.key.name, b"i" * 32), centre.log.head()).draft()
        for raw in (b"", b"noise", stranger.draft(), forged, impostor, b"x" * 70_000):
            with pytest.raises(SignedRefusal):
                sequencer.submit(raw)
        assert list(Refusals(open_store(centre.path).disk)) == []
        assert centre.log.head().size == 1


def test_a_trial_wants_no_payload_and_counts_nothing(tmp_path: Path) -> None:
    """Blobs are taken only from those whose entry would be taken."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        blob, ref = seal.wrap(b"02:10 mortar fire near Tern Rock")
        author = Author(seen=centre.log.head())
        raws = [author.write(payload=ref), author.write()]
        tried = sequencer.trial(raws)
        assert [entry.seq for entry in tried if isinstance(entry, Entry)] == [1, 2]
        with pytest.raises(SignedRefusal, match="not held"):
            sequencer.submit(raws[0])
        open_store(centre.path).put_blob(blob)
        assert sequencer.submit(raws[0]).index == 1


def test_the_desk_goes_on_appending_beside_it(tmp_path: Path) -> None:
    """The lock is held per commit: pages and parties write to one log."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        answers = []
        for _ in range(10):
            answers.append(sequencer.offer(author.write()))
            centre.add(1, TOR)
        wait(answers)
        head = centre.log.head()
        assert head.size == 21
        seq, prev, newest = sequencer.next("VEL")
        assert (seq, prev, newest) == (author.seq, author.prev, head)
        later = sequencer.submit(author.write(head))
        assert later.index == 21
        assert verify(centre.path, centre.log.trust, authors=True).problems == []


def test_a_full_disk_is_a_push_back_and_not_an_end(tmp_path: Path) -> None:
    """Nothing was taken; once there is room the same bytes are."""
    centre_path = tmp_path / "centre"
    disk = FailingDisk(centre_path)
    with sequenced(centre_path, disk=disk) as (centre, sequencer):
        raw = Author(seen=centre.log.head()).write()
        disk.at, disk.error = disk.steps, errno.ENOSPC
        with pytest.raises(Busy, match="nothing was taken"):
            sequencer.submit(raw)
        assert centre.log.head().size == 1
        assert sequencer.submit(raw).index == 1


def test_an_unknown_outcome_stops_the_writer_and_sending_again_finds_out(tmp_path: Path) -> None:
    """After a failed fsync nobody is told yes or no; the centre opened anew knows."""
    centre_path = tmp_path / "centre"
    disk = FailingDisk(centre_path)
    with sequenced(centre_path, disk=disk) as (centre, sequencer):
        raw = Author(seen=centre.log.head()).write()
        disk.at, disk.error = disk.steps + 1, errno.EIO
        with pytest.raises(Halted):
            sequencer.submit(raw)
        with pytest.raises(Halted):
            sequencer.submit(raw)
        again = sequencer_of(centre)
        receipt = again.submit(raw)
        again.close()
        assert proof.check(receipt.proof, raw, centre.log.trust) == 1
        assert centre.log.head().size == 2


def test_a_stop_answers_everyone_first(tmp_path: Path) -> None:
    """Nobody is left waiting by a centre that is stopped in good order."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        author = Author(seen=centre.log.head())
        with open_store(centre.path).locked():
            answers = [sequencer.offer(author.write()) for _ in range(20)]
        sequencer.close()
        assert [answer.result().index for answer in answers] == list(range(1, 21))
        with pytest.raises(Halted):
            sequencer.offer(author.write())


def test_an_idle_centre_signs_its_head_again(tmp_path: Path) -> None:
    """Who sees a head older than a few minutes knows that something is held back."""
    signed = threading.Event()
    with sequenced(tmp_path / "centre") as (centre, idle):
        idle.close()
        before = centre.log.signed_head()
        centre.now_us += 10 * MINUTE_US
        sequencer = sequencer_of(centre, refresh_s=0.01, on_head=signed.set)
        assert signed.wait(30)
        sequencer.close()
        after = centre.log.signed_head()
        assert after != before
        assert centre.log.trust.open(after) == centre.log.trust.open(before)


@settings(max_examples=20)
@given(st.data())
def test_any_bytes_are_answered(data: st.DataObject) -> None:
    """Whatever is offered, the answer is a receipt or a signed refusal with a code we name."""
    with TemporaryDirectory() as folder, sequenced(Path(folder) / "centre") as (centre, sequencer):
        for _ in range(20):
            good = Author(seen=centre.log.head()).draft()
            at = data.draw(st.integers(0, len(good)))
            raw = (
                good[:at]
                + data.draw(st.binary(max_size=3))
                + good[at + data.draw(st.integers(0, 2)) :]
            )
            try:
                answer: Receipt | LedgerError = sequencer.submit(raw)
            except LedgerError as problem:
                answer = problem
            if isinstance(answer, SignedRefusal):
                assert answer.code in refusal.CODES
                assert refusal.open_signed(answer.note, [DESK.key])[1].code == answer.code
            else:
                assert isinstance(answer, Receipt)
                assert raw == centre.log.raw(answer.index)
