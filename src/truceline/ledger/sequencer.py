"""The one queue of a centre: many offer entries, one thread writes them, a batch at a time.

1. `offer` puts an entry in a bounded queue, or says Busy; nothing is ever dropped in silence.
2. The writer takes what has gathered and holds each entry to the rules; what passes is one commit.
3. Only once that is durable does anyone get an answer: a receipt, which is an inclusion proof, or
   a refusal signed by the desk. The same bytes offered again get their first receipt.
4. With nothing to write, the newest head is signed again, so that nobody takes an old one for it.
5. After an error whose outcome is unknown the writer stops: open the centre anew, which finds out.

Others may append to the same centre meanwhile: the lock is held per commit.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from truceline.ledger import entry as entries
from truceline.ledger import merkle, note, refusal
from truceline.ledger.append import Appender
from truceline.ledger.batch import Batch
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry
from truceline.ledger.errors import (
    Busy,
    ClockWentBack,
    Full,
    Halted,
    LedgerError,
    Malformed,
    Refused,
    StoreError,
)
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.proof import Receipt
from truceline.ledger.refusal import Refusals, SignedRefusal
from truceline.ledger.standing import State
from truceline.ledger.vouchers import Vouched, Voucher
from truceline.values.instant import SECOND_US

WAITING = 1_024
BATCH = 256
REFRESH_S = 60
_MANY = 32
_LATER_S = 30  # a full disk or a wrong clock is not put right within a second

Outcome = Entry | Refused | Busy | str


@dataclass(frozen=True, slots=True)
class _Job:
    """An entry on its way in, and who waits for the answer."""

    raw: bytes
    answer: "Future[Receipt]" = field(default_factory=Future)


class Sequencer:
    """Takes entries that others signed. Owns its appender: nobody else may use that one.

    desk: signs refusals. now_us: the centre's clock. refresh_s: how old the newest head may get;
    None where heads are dated by something else than this machine. on_head: told of each new or
    newly signed head, in the writer's thread; it must not block. house: raises Refused for what
    this centre does not take at its gate, by a rule of its own that the record knows nothing of.
    """

    def __init__(  # noqa: PLR0913 - the parts of one centre
        self,
        appender: Appender,
        log: Log,
        desk: Signer,
        refusals: Refusals,
        *,
        now_us: Callable[[], int],
        waiting: int = WAITING,
        refresh_s: float | None = REFRESH_S,
        on_head: Callable[[], None] = lambda: None,
        house: Callable[[bytes], None] = lambda _raw: None,
    ) -> None:
        self._appender = appender
        self._log = log
        self._desk = desk
        self._refusals = refusals
        self._now_us = now_us
        self._refresh_s = refresh_s
        self._on_head = on_head
        self._house = house
        self._queue: queue.Queue[_Job | None] = queue.Queue(waiting)
        self._writing: list[_Job] = []
        self._turn = threading.RLock()
        self._halted = ""
        self._writer = threading.Thread(target=self._run, name="sequencer", daemon=True)
        self._writer.start()

    def close(self) -> None:
        """Write what has been offered, then stop."""
        if not self._halted:
            self._queue.put(None)
        self._writer.join()

    def offer(self, raw: bytes) -> "Future[Receipt]":
        """Put an entry in the queue; its blobs are here already.

        The answer is a Receipt, once durable, or SignedRefusal, Busy or Halted. Raises Busy when
        the queue is full and Halted once the writer has stopped: nothing was taken then.
        """
        if self._halted:
            raise Halted(self._halted)
        job = _Job(raw)
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            raise Busy("the queue is full: nothing was taken") from None
        if self._halted:  # it stopped in between, and may have passed this one by
            self._give_up([job])
        return job.answer

    def submit(self, raw: bytes) -> Receipt:
        """Offer an entry and wait for its receipt."""
        return self.offer(raw).result()

    def trial(self, raws: Sequence[bytes]) -> list[Entry | SignedRefusal | None]:
        """Hold entries to every rule but that their payloads are here, before blobs are taken.

        They are tried in order, each as if those before it were in. None stands for one that the
        log holds already.
        """
        with self._turn, self._appender.commit(self._now_us()) as batch:
            return [self._try(batch, raw) for raw in raws]

    def receipt(self, raw: bytes) -> Receipt:
        """The first receipt of an entry the log holds; it is the same whenever it is asked for."""
        leaf = merkle.leaf_hash(raw).hex()
        with self._turn:
            index = self._log.find(leaf, entries.decode(raw, 0).seen.size)
            if index is None:
                raise Malformed(f"the log does not hold {leaf[:16]}…")
            return Receipt(index=index, leaf=leaf, proof=self._log.first_proof(index))

    def looked_at(self) -> State:
        """Who stands how after the newest entry; to read from, not to keep."""
        with self._turn, self._appender.commit(self._now_us()) as batch:
            return batch.state

    def next(self, author: str) -> tuple[int, str, Head]:
        """What an author's next entry would continue: seq, prev and the newest head."""
        with self._turn, self._appender.commit(self._now_us()) as batch:
            return *batch.next(author), batch.seen

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._halted = self._halted or "the writer has stopped; start the centre anew"
            self._give_up(self._left())

    def _work(self) -> None:
        due = monotonic() + (self._refresh_s or 0)
        while not self._halted:
            if self._refresh_s is not None and monotonic() >= due:
                self._refresh()
                due = monotonic() + self._refresh_s
            try:
                wait_s = None if self._refresh_s is None else max(0.0, due - monotonic())
                first = self._queue.get(timeout=wait_s)
            except queue.Empty:
                continue
            if first is None:
                return
            self._write(self._gathered(first))

    def _gathered(self, first: _Job) -> list[_Job]:
        """What has come together while the last batch was written, as much as one batch takes."""
        jobs = [first]
        while len(jobs) < BATCH and (job := self._take()) is not None:
            jobs.append(job)
        return [job for job in jobs if job.answer.set_running_or_notify_cancel()]

    def _take(self) -> _Job | None:
        try:
            job = self._queue.get_nowait()
        except queue.Empty:
            return None
        if job is None:
            self._queue.put(None)  # asked to stop: after this batch
        return job

    def _write(self, jobs: list[_Job]) -> None:
        """One commit; each job has its answer when this returns."""
        self._writing = jobs
        try:
            with self._turn:
                vouched = self._vouched([job.raw for job in jobs])
                with self._appender.commit(self._now_us()) as batch:
                    outcomes = [
                        self._admit(batch, job.raw, voucher)
                        for job, voucher in zip(jobs, vouched, strict=True)
                    ]
                answers = [
                    self._answer(batch, job.raw, outcome)
                    for job, outcome in zip(jobs, outcomes, strict=True)
                ]
        except (Full, ClockWentBack) as problem:
            _fail(jobs, Busy(f"nothing was taken: {problem}", _LATER_S))
        except LedgerError as problem:
            self._halted = f"the writer has stopped, and what was offered may be in: {problem}"
        else:
            for job, answer in zip(jobs, answers, strict=True):
                _settle(job, answer)
            self._writing = []
            if batch.entries:
                self._on_head()

    def _admit(self, batch: Batch, raw: bytes, voucher: Voucher | None) -> Outcome:
        """The admitted entry, the leaf of one that is there already, or why not."""
        leaf = merkle.leaf_hash(raw).hex()
        if batch.state.holds(leaf):
            return leaf
        try:
            self._house(raw)
            return batch.admit(raw, voucher)
        except Refused as refused:
            return refused
        except StoreError:
            raise
        except LedgerError as problem:  # a head it names is damaged here: not its author's fault
            return Busy(f"cannot be judged at the moment: {problem}", _LATER_S)

    def _vouched(self, raws: list[bytes]) -> Vouched:
        """Signatures checked in threads, where there are enough of them to be worth it."""
        return [None] * len(raws) if len(raws) < _MANY else self._appender.vouch(raws)()

    def _answer(self, batch: Batch, raw: bytes, outcome: Outcome) -> Receipt | LedgerError:
        if isinstance(outcome, Entry):
            return batch.receipt(outcome)
        if isinstance(outcome, str):
            return self.receipt(raw)
        return self._refuse(batch, raw, outcome) if isinstance(outcome, Refused) else outcome

    def _try(self, batch: Batch, raw: bytes) -> Entry | SignedRefusal | None:
        if batch.state.holds(merkle.leaf_hash(raw).hex()):
            return None
        try:
            self._house(raw)
            return batch.trial(raw)
        except Refused as refused:
            return self._refuse(batch, raw, refused)

    def _refuse(self, batch: Batch, raw: bytes, refused: Refused) -> SignedRefusal:
        made = refusal.make(self._desk, raw, refused.code, self._appender.head, self._now_us())
        if _by_its_author(raw, batch.state):
            self._refusals.keep(raw, made)
        return SignedRefusal(refused.code, str(refused).removeprefix(f"{refused.code}: "), made)

    def _refresh(self) -> None:
        try:
            with self._turn:
                refreshed = self._appender.refresh(
                    self._now_us(), older_than_us=int((self._refresh_s or 0) * SECOND_US * 0.9)
                )
        except (Full, ClockWentBack):
            return  # the next submission is told; the head stays as old as it is
        except StoreError as problem:
            self._halted = str(problem)
            return
        if refreshed:
            self._on_head()

    def _left(self) -> list[_Job]:
        jobs, self._writing = list(self._writing), []
        while True:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs
            if job is not None:
                jobs.append(job)

    def _give_up(self, jobs: Iterable[_Job]) -> None:
        _fail(jobs, Halted(self._halted))


def _by_its_author(raw: bytes, state: State) -> bool:
    """Say whether the first line's registered key signed this, whatever else is wrong with it."""
    try:
        signed = note.parse(raw)
        line = signed.signatures[0]
        key = state.keys.get((line.name, line.key_id))
        return key is not None and note.signed_by(key, signed.text, line.blob)
    except LedgerError:
        return False


def _fail(jobs: Iterable[_Job], problem: LedgerError) -> None:
    for job in jobs:
        _settle(job, problem)


def _settle(job: _Job, answer: Receipt | LedgerError) -> None:
    with suppress(InvalidStateError):  # the writer stopped while somebody offered: told twice
        if isinstance(answer, LedgerError):
            job.answer.set_exception(answer)
        else:
            job.answer.set_result(answer)


__all__ = ["BATCH", "REFRESH_S", "WAITING", "Refusals", "Sequencer", "SignedRefusal"]
