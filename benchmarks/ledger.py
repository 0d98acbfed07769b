"""How fast the ledger is, against what the machine can do at all, measured in the same minute.

    python benchmarks/ledger.py [--size 400000] [--rounds 7] [--what replica …]

Each figure stands beside a reference taken just before and after it, and the median of the ratios
is what compares between machines: appends of entries others signed (admitted, durable, under a
signed head) beside libsodium's verification alone; the commit of one entry beside one append and
fdatasync; checking hashes beside one SHA-256 an entry. Then logs of 10⁴, 10⁵ and --size entries,
each opened, checked and taken in by a replica in processes of their own, whose peak memory is
shown. Writes nothing but temporary files; --size 10000000 takes 14 GB and most of an hour.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from time import perf_counter

from truceline.ledger import checkpoint, entry, keys, merkle, note, tiles
from truceline.ledger.append import Appender
from truceline.ledger.audit import verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.fetching import Source
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.replica import Replica
from truceline.ledger.store import HEAD, head_path
from truceline.ledger.tiles import WIDTH
from truceline.ledger.verifying import log_get
from truceline.values.mode import Mode

ORIGIN = "bench.example/record"
NOW_US = 1_774_000_000_000_000
BATCH = 256
BATCHES = 8
SINGLES = 40
CHECKED = 20_000
AUTHORS = ("VEL", "TOR")

Rate = Callable[[], float]


def main() -> None:
    """Measure all of it."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--size", type=int, default=400_000, help="entries in the longest log")
    wanted.add_argument("--rounds", type=int, default=7, help="how often each ratio is taken")
    wanted.add_argument("--what", nargs="*", choices=ALONE, help="of the logs, only this")
    wanted.add_argument("--one", nargs=2, metavar=("WHAT", "DIR"), help=argparse.SUPPRESS)
    wanted.add_argument("--data", help=argparse.SUPPRESS)
    given = wanted.parse_args()
    if given.one:
        print(json.dumps(alone(given.one[0], Path(given.one[1]))))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {_load()}")
    with tempfile.TemporaryDirectory() as name:
        ratios(Bench(Path(name)), given.rounds)
    print(f"\n{'entries':>10}  {'what':<28}{'seconds':>9}{'entries/s':>11}{'peak MB':>9}")
    for size in sorted({10_000, 100_000, given.size}):
        one_size(size, given.what or list(ALONE))
    print(f"\n{_load()}")


class Bench:
    """A fresh log, and entries that two parties signed for it."""

    def __init__(self, where: Path) -> None:
        self.where = where
        self.log_keys = seeded_log_keys()
        self.appender = Appender.create(where / "centre", ORIGIN, self.log_keys, NOW_US)
        self.signers = {name: seeded(name) for name in ("desk", *AUTHORS)}
        with self.appender.commit(NOW_US) as batch:
            vkeys = [signer.key.vkey for signer in self.signers.values()]
            batch.add(self.signers["desk"], kind="centre/founded", mode=Mode.LIVE, vkeys=vkeys)
        self.chain = Chain("VEL", self.appender.head)
        self.sample = [note.parse(raw) for raw in Chain("TOR", self.appender.head).make(1_000)]

    def verified(self) -> float:
        """Ed25519 verifications a second, by PyNaCl, in one thread: the reference."""
        key = self.signers["TOR"].key

        def work() -> None:
            for signed in self.sample:
                assert note.signed_by(key, signed.text, signed.signatures[0].blob)

        return rate(len(self.sample), work)

    def appended(self, *, ahead: bool) -> float:
        """Entries a second: admitted with their signatures, durable, under a signed head."""
        batches = [self.chain.make(BATCH) for _ in range(BATCHES)]
        work = self._with_threads if ahead else self._in_one_thread
        return rate(BATCH * BATCHES, lambda: work(batches))

    def _in_one_thread(self, batches: Sequence[Sequence[bytes]]) -> None:
        for raws in batches:
            with self.appender.commit(NOW_US) as batch:
                for raw in raws:
                    batch.admit(raw)

    def _with_threads(self, batches: Sequence[Sequence[bytes]]) -> None:
        begun = [self.appender.vouch(raws) for raws in batches[:2]]
        for number, raws in enumerate(batches):
            vouchers = begun[number]()
            begun += [self.appender.vouch(later) for later in batches[number + 2 : number + 3]]
            with self.appender.commit(NOW_US) as batch:
                for raw, voucher in zip(raws, vouchers, strict=True):
                    batch.admit(raw, voucher)

    def single_us(self) -> float:
        """One entry a commit, median, microseconds."""
        return _median_us(lambda: self._in_one_thread([self.chain.make(1)]), SINGLES)

    def synced_us(self) -> float:
        """One append of an entry and fdatasync, median, microseconds: the reference."""
        with (self.where / "appended").open("ab", buffering=0) as file:

            def work() -> None:
                file.write(b"x" * 600)
                os.fdatasync(file.fileno())

            return _median_us(work, SINGLES)

    def hashed(self) -> float:
        """One hashlib call an entry, a second: the reference."""
        raws = [signed.text for signed in self.sample] * (CHECKED // len(self.sample))

        def work() -> None:
            for raw in raws:
                sha256(raw).digest()

        return rate(len(raws), work)

    def audited(self) -> float:
        """Entries checked against the signed head, with every tile, a second."""
        centre = self.where / "centre"
        log = Log.open(centre)
        verdict = verify(centre, log.trust)
        assert verdict.ok
        return log.head().size / verdict.seconds


class Chain:
    """An author's entries, one after the other, made as fast as they can be signed."""

    def __init__(self, author: str, seen: Head) -> None:
        self._signer = seeded(author)
        self._author, self._seen = author, seen
        self._seq, self._prev = 0, ""

    def make(self, count: int) -> list[bytes]:
        """The next entries."""
        return [self._next() for _ in range(count)]

    def _next(self) -> bytes:
        self._seq += 1
        raw = entry.make(
            ORIGIN, self._signer, kind="report/taken", author=self._author, seq=self._seq,
            prev=self._prev, seen=self._seen, claimed_us=NOW_US, mode=Mode.LIVE,
        )  # fmt: skip
        self._prev = merkle.leaf_hash(raw).hex()
        return raw


def ratios(bench: Bench, rounds: int) -> None:
    """The goals that are ratios: each measured between two measurements of its reference."""
    goals: list[tuple[str, Rate, Rate, str]] = [
        ("append /s, one thread", lambda: bench.appended(ahead=False), bench.verified, "≥ 0.5"),
        ("append /s, threads", lambda: bench.appended(ahead=True), bench.verified, "≥ 0.8"),
        ("commit of one, µs", bench.single_us, bench.synced_us, "≤ 12"),
        ("check hashes /s", bench.audited, bench.hashed, "≥ 0.3"),
    ]
    bench.appended(ahead=True)
    while bench.appender.head.size < CHECKED:
        bench.appended(ahead=True)
    taken = [[beside(measure, of) for _, measure, of, _ in goals] for _ in range(rounds)]
    print(f"\n{'':<24}{'median':>10}{'reference':>11}{'ratio':>8}{'of':>7}   each")
    for number, (what, _, _, goal) in enumerate(goals):
        each = [one[number] for one in taken]
        shares = [measured / reference for measured, reference in each]
        row = [statistics.median(column) for column in zip(*each, strict=True)]
        listed = " ".join(f"{share:.2f}" for share in shares)
        print(
            f"{what:<24}{row[0]:>10,.0f}{row[1]:>11,.0f}{statistics.median(shares):>8.2f}"
            f"{goal:>7}   {listed}"
        )


def beside(measure: Rate, reference: Rate) -> tuple[float, float]:
    """A measurement, and the mean of its reference before and after it."""
    before = reference()
    measured = measure()
    return measured, (before + reference()) / 2


def one_size(size: int, wanted: Sequence[str]) -> None:
    """Make a log of a size; open it, check it, copy it, each in a process of its own."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        where = Path(name)
        started = perf_counter()
        grow(Bench(where), size)
        _row(size, "make, sign, write", {"seconds": perf_counter() - started, "peak_kb": 0})
        for what in wanted:
            command = [sys.executable, __file__, "--one", what, str(where)]
            said = subprocess.run(command, check=True, capture_output=True, text=True)
            _row(size, ALONE[what][0], json.loads(said.stdout))


def _row(size: int, what: str, said: dict[str, float]) -> None:
    seconds = said["seconds"]
    peak = f"{said['peak_kb'] / 1024:>9,.0f}" if said["peak_kb"] else f"{'':>9}"
    print(f"{size:>10,}  {what:<28}{seconds:>9,.2f}{size / seconds:>11,.0f}{peak}", flush=True)


def alone(what: str, where: Path) -> dict[str, float]:
    """Do one thing in this process and say how long it took and how much memory it ever held."""
    started = perf_counter()
    ALONE[what][1](where / "centre")
    took = perf_counter() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return {"seconds": took, "peak_kb": int(peak)}


def _open(centre: Path) -> None:
    Appender.open(centre, seeded_log_keys())


def _check(centre: Path, *, authors: bool) -> None:
    verdict = verify(centre, Log.open(centre).trust, authors=authors)
    assert verdict.ok, verdict.problems[:3]


def _follow(centre: Path) -> None:
    """As a party does: every byte, signature and rule, and a copy of its own that is durable."""
    replica = Replica.open(centre.with_name("copy"), (centre / "trust").read_bytes())
    followed = replica.follow(Source("the centre", log_get(centre)), NOW_US)
    assert followed.head == Log.open(centre).head()


ALONE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "open": ("open, nothing kept", _open),
    "again": ("open again", _open),
    "hashes": ("check hashes", lambda centre: _check(centre, authors=False)),
    "full": ("check rules and signatures", lambda centre: _check(centre, authors=True)),
    "replica": ("taken in by a replica", _follow),
}


def grow(bench: Bench, size: int) -> None:
    """Lengthen a log to whole bundles, two processes signing: every byte as if it were appended."""
    bench.appender.settle()
    with bench.appender.commit(NOW_US) as batch:
        for _ in range(WIDTH - 1):
            batch.add(bench.signers["desk"], kind="drill/held")
    bench.appender.settle()
    log = bench.where / "centre" / "log"
    seen, count = bench.appender.head, -(-size // WIDTH)
    rows = {1: [merkle.range_root(0, WIDTH, Log.open(bench.where / "centre").reader().hash)]}
    for root in _bundles(log, seen, count):
        rows[1].append(root)
        _full_rows(log, rows)
    _finish(bench, rows, count * WIDTH)


def _bundles(log: Path, seen: Head, count: int) -> Iterator[bytes]:
    """The roots of the bundles after the first, written in turn by a process for each author."""
    context = get_context("spawn")
    queues = [context.Queue(64) for _ in AUTHORS]
    for turn, (author, queue) in enumerate(zip(AUTHORS, queues, strict=True)):
        mine = range(1 + turn, count, len(AUTHORS))
        context.Process(target=_write, args=(log, author, seen, mine, queue)).start()
    for number in range(1, count):
        yield queues[(number - 1) % len(AUTHORS)].get()


def _write(log: Path, author: str, seen: Head, numbers: range, queue: "Queue[bytes]") -> None:
    chain = Chain(author, seen)
    for number in numbers:
        raws = chain.make(WIDTH)
        leaves = [merkle.leaf_hash(raw) for raw in raws]
        _put(log, tiles.path("entries", number), tiles.pack(raws))
        _put(log, tiles.path(0, number), b"".join(leaves))
        queue.put(merkle.perfect_root(leaves))


def _full_rows(log: Path, rows: dict[int, list[bytes]], level: int = 1) -> None:
    """Write the tiles above that are full now; their roots go a level up."""
    row = rows[level]
    while len(row) % WIDTH == 0 and row:
        here = row[-WIDTH:]
        above = rows.setdefault(level + 1, [])
        _put(log, tiles.path(level, len(above)), b"".join(here))
        above.append(merkle.perfect_root(here))
        level, row = level + 1, above


def _finish(bench: Bench, rows: dict[int, list[bytes]], size: int) -> None:
    """The partial tiles, and a head over all of it."""
    log = bench.where / "centre" / "log"
    edge: dict[int, list[bytes]] = {0: []}
    for level, row in rows.items():
        edge[level] = row[len(row) // WIDTH * WIDTH :]
        if edge[level]:
            _put(log, tiles.path(level, len(row) // WIDTH, len(edge[level])), b"".join(edge[level]))
    signed = checkpoint.sign(Head(ORIGIN, size, tiles.edge_root(edge)), bench.log_keys, NOW_US)
    for where in (head_path(size), "log/checkpoint", HEAD):
        _put(log.parent, where, signed)


def _put(base: Path, where: str, raw: bytes) -> None:
    (base / where).parent.mkdir(parents=True, exist_ok=True)
    (base / where).write_bytes(raw)


def seeded(author: str) -> Signer:
    """An author's invented key: the same in every process."""
    return keys.from_seed(f"{ORIGIN}/{author}", author.ljust(32, ".").encode())


def seeded_log_keys() -> tuple[Signer, Signer]:
    """The log's invented keys."""
    return (
        keys.from_seed(ORIGIN, b"log, Ed25519, invented seed 32 b"),
        keys.from_seed(ORIGIN, b"log, ML-DSA, invented seed 32 by", note.MLDSA44),
    )


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second."""
    started = perf_counter()
    work()
    return count / (perf_counter() - started)


def _median_us(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        started = perf_counter()
        work()
        took.append(perf_counter() - started)
    return statistics.median(took) * 1e6


def _load() -> str:
    return "load " + " ".join(f"{one:.1f}" for one in os.getloadavg())


if __name__ == "__main__":
    main()
