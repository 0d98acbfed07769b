"""A loaded centre whose processes are killed, one after the other, by hundreds.

Two kinds of writers append to one folder at the same moment: the desk's own commits, and a
sequencer taking a party's entries, which the party sends again after a kill until it has a receipt
for each. A reader opens the log over and over meanwhile. Killed processes are replaced at once.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.ledger.founding import DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL
from truceline.ledger import leaves, merkle, snapshot, tiles
from truceline.ledger.append import Appender
from truceline.ledger.audit import verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import decode, make
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.refusal import Refusals
from truceline.ledger.sequencer import Sequencer
from truceline.ledger.store import open_store
from truceline.values.instant import SECOND_US
from truceline.values.mode import Mode

NOW_US = FOUNDED_US + 3600 * SECOND_US
_LONGEST_S = 60.0  # a process that says nothing for so long hangs
_UP_TO_S = 0.05

Say = Callable[[list[str]], None]


def _often() -> None:
    """Snapshots and indexes every few commits, so that kills fall into them too."""
    snapshot.EVERY = 64
    leaves._SMALLEST = 32


def desk(path: Path, seed: int, say: Say) -> None:
    """Commit batches of the desk's own, with payloads."""
    pick = random.Random(seed)
    appender = Appender.open(path, LOG_KEYS)
    while True:
        count = pick.randint(1, 12)
        ref = appender.put_blob(b"02:10 mortar fire, said %d" % pick.getrandbits(60))
        with appender.commit(NOW_US) as batch:
            made = [batch.add(DESK, kind="drill/held", payload=ref).leaf for _ in range(count)]
        say(made)
        if pick.random() < 0.02:
            appender.settle()


def party(path: Path, seed: int, say: Say, signer: Signer) -> None:
    """Send a party's entries through a sequencer; what has no receipt yet is sent again."""
    pick = random.Random(seed)
    appender = Appender.open(path, LOG_KEYS)
    log = Log.open(path)
    line = Sequencer(
        appender, log, DESK, Refusals(open_store(path).disk), now_us=lambda: NOW_US, refresh_s=None
    )
    outbox = path.parent / f"outbox-{signer.key.name.rpartition('/')[2]}"
    raws = tiles.unpack(outbox.read_bytes()) if outbox.exists() else []
    while True:
        answers = [line.offer(raw) for raw in raws]
        say([answer.result().leaf for answer in answers])
        payload = appender.put_blob(b"an observer's note %d" % pick.getrandbits(60))
        raws = _chain(signer, raws[-1:], log.head(), pick.randint(1, 12), payload)
        beside = outbox.with_suffix(".new")
        beside.write_bytes(tiles.pack(raws))
        beside.replace(outbox)


def _chain(
    signer: Signer, last: list[bytes], seen: Head, count: int, payload: object
) -> list[bytes]:
    author = signer.key.name.rpartition("/")[2]
    seq = decode(last[0], 0).seq if last else 0
    prev = merkle.leaf_hash(last[0]).hex() if last else ""
    raws = []
    for number in range(1, count + 1):
        raws.append(
            make(
                ORIGIN,
                signer,
                kind="report/taken",
                author=author,
                seq=seq + number,
                prev=prev,
                seen=seen,
                claimed_us=NOW_US,
                mode=Mode.EXERCISE,
                payload=payload,  # type: ignore[arg-type]
            )
        )
        prev = merkle.leaf_hash(raws[-1]).hex()
    return raws


def reader(path: Path, seed: int, say: Say) -> None:
    """Open the log again and again: what is shown always verifies and never gets shorter."""
    pick = random.Random(seed)
    size = 0
    while True:
        log = Log.open(path)
        head = log.head()
        assert head.size >= size, f"the log went back from {size} to {head.size}"
        size = head.size
        for _ in range(10):
            log.entry(pick.randrange(size))
        say([])


ROLES: dict[str, Callable[[Path, int, Say], None]] = {
    "desk": desk,
    "VEL": lambda path, seed, say: party(path, seed, say, VEL),
    "TOR": lambda path, seed, say: party(path, seed, say, TOR),
    "reader": reader,
}
WRITERS = ("desk", "VEL", "TOR")


def run(role: str, path: Path, seed: int, pipe: Connection) -> None:
    """Be one of the processes."""
    _often()
    ROLES[role](path, seed, lambda said: pipe.send_bytes(" ".join(said).encode()))


@dataclass
class Storm:
    """The processes, and what each of them was told is in the log."""

    path: Path
    seed: int
    acknowledged: list[str] = field(default_factory=list)
    kills: int = 0
    started: int = 0
    running: dict[str, tuple[BaseProcess, Connection]] = field(default_factory=dict)

    def blow(self, kills: int, check_every: int) -> None:
        """Kill writers at random moments, so often; look at everything in between and at the end."""
        pick = random.Random(self.seed)
        for role in ROLES:
            self._start(role)
        for _ in range(kills):
            self._listen(pick.uniform(0, _UP_TO_S))
            self._kill(pick.choice(WRITERS))
            if self.kills % check_every == 0:
                self.check()
        for role in list(self.running):
            self._kill(role, counted=False)
        self.check()

    def check(self) -> None:
        """Everything acknowledged is in the log, once, and every entry has its right to be there."""
        log = Log.open(self.path)
        held = [one.leaf for _, one in log.entries()]
        assert len(set(held)) == len(held), "an entry is in the log twice"
        missing = set(self.acknowledged) - set(held)
        assert not missing, f"{len(missing)} acknowledged entries are not in the log"

    def _start(self, role: str) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe(duplex=False)
        self.started += 1
        process = context.Process(
            target=run, args=(role, self.path, self.seed + self.started, theirs), daemon=True
        )
        process.start()
        theirs.close()
        self.running[role] = process, ours
        self._hear(role, ours, wait_s=_LONGEST_S)

    def _listen(self, for_s: float) -> None:
        """Hear what is said for a moment; a process that ended by itself has found something."""
        pipes = {pipe: role for role, (_, pipe) in self.running.items()}
        for ready in connection.wait(list(pipes), for_s):
            assert isinstance(ready, Connection)
            self._hear(pipes[ready], ready, wait_s=0)
        for role, (process, _) in self.running.items():
            assert process.is_alive(), f"{role} stopped by itself: {process.exitcode}"

    def _hear(self, role: str, pipe: Connection, wait_s: float) -> None:
        assert pipe.poll(wait_s) or not wait_s, f"{role} hangs"
        while pipe.poll(0):
            self.acknowledged += pipe.recv_bytes().decode().split()

    def _kill(self, role: str, *, counted: bool = True) -> None:
        process, pipe = self.running.pop(role)
        process.kill()
        process.join()
        try:
            while True:
                self.acknowledged += pipe.recv_bytes().decode().split()
        except (EOFError, OSError):
            pipe.close()
        if counted:
            self.kills += 1
            self._start(role)


def kills_wanted(default: int) -> int:
    """How many kills this run asks for: few in `make test-real`, 1,000 in `make faults`."""
    return int(os.environ.get("TRUCELINE_KILLS", default))


def whole(path: Path) -> None:
    """Re-derive every tile, and every entry's right to be there."""
    assert verify(path, Log.open(path).trust, authors=True).problems == []
