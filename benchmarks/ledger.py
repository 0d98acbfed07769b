"""How fast the ledger is, against what the machine can do at all, measured in the same minute.

    .venv/bin/python benchmarks/ledger.py

Each figure stands beside a named reference taken just before and after it; the ratio is what
compares between machines. Three sizes of log. Prints a table; writes nothing but temporary files.
"""

import os
import statistics
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from truceline.ledger import keys
from truceline.ledger.append import Appender
from truceline.ledger.audit import verify
from truceline.ledger.log import Log
from truceline.values.mode import Mode

ORIGIN = "bench.example/record"
SIZES = (700, 7_000, 70_000)
BATCH = 1_000
NOW_US = 1_774_000_000_000_000
ENTRY_BYTES = 600


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second."""
    started = perf_counter()
    work()
    return count / (perf_counter() - started)


def hash_rate() -> float:
    """SHA-256 of entries of 600 bytes, from Python, a second."""
    entry = os.urandom(ENTRY_BYTES)

    def work() -> None:
        for _ in range(100_000):
            sha256(entry).digest()

    return rate(100_000, work)


def sign_rate() -> float:
    """Ed25519 signatures of 400 bytes a second, one process."""
    signer = keys.generate("bench.example/signer")
    text = b"x" * 400 + b"\n"

    def work() -> None:
        for _ in range(5_000):
            signer.sign(text)

    return rate(5_000, work)


def sync_us(where: Path) -> float:
    """One append of an entry and fdatasync, median, microseconds."""
    took = []
    with (where / "appended").open("ab", buffering=0) as file:
        for _ in range(100):
            started = perf_counter()
            file.write(b"x" * ENTRY_BYTES)
            os.fdatasync(file.fileno())
            took.append(perf_counter() - started)
    return statistics.median(took) * 1e6


class Bench:
    """One log, grown to a size."""

    def __init__(self, where: Path) -> None:
        self.where = where
        self.log_keys = keys.generate_log_keys(ORIGIN)
        self.desk = keys.generate(f"{ORIGIN}/desk")
        self.appender = Appender.create(where / "centre", ORIGIN, self.log_keys, NOW_US)
        with self.appender.commit(NOW_US) as batch:
            vkeys = [self.desk.key.vkey]
            batch.add(self.desk, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys)
        self.ref = self.appender.put_blob(b"02:10 mortar fire near Tern Rock")

    def fill(self, count: int) -> None:
        """Append entries with a payload, a batch at a time."""
        for start in range(0, count, BATCH):
            with self.appender.commit(NOW_US) as batch:
                for _ in range(min(BATCH, count - start)):
                    batch.add(self.desk, kind="report/taken", on_behalf_of="VEL", payload=self.ref)

    def singles(self) -> float:
        """One entry a commit, median, microseconds."""
        took = []
        for _ in range(60):
            started = perf_counter()
            self.fill(1)
            took.append(perf_counter() - started)
        return statistics.median(took) * 1e6


def row(what: str, measured: float, unit: str, reference: float, of: str) -> None:
    """One line of the table."""
    print(f"  {what:<34}{measured:>12,.0f} {unit:<5}{measured / reference:>8.2f} x  {of}")


def beside(measure: Callable[[], float], reference: Callable[[], float]) -> tuple[float, float]:
    """A measurement, and the mean of its reference before and after it."""
    before = reference()
    measured = measure()
    return measured, (before + reference()) / 2


def one_size(size: int) -> None:
    """Everything, for one size of log."""
    print(f"\n{size:,} entries of about {ENTRY_BYTES} bytes")
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        bench = Bench(where)
        made, limit = beside(lambda: rate(size, lambda: bench.fill(size)), sign_rate)
        row(f"make, sign, commit by {BATCH:,}", made, "/s", limit, "Ed25519 signing alone")
        took, floor = beside(bench.singles, lambda: sync_us(where))
        row("commit of a single entry", took, "µs", floor, "one append + fdatasync")
        bench.appender.settle()
        centre = where / "centre"
        trust = Log.open(centre).trust
        total = Log.open(centre).head().size
        checked, limit = beside(lambda: rate(total, lambda: verify(centre, trust)), hash_rate)
        row("verify, hashes", checked, "/s", limit, "SHA-256 of the same entries alone")
        read = rate(total, lambda: sum(1 for _ in Log.open(centre).entries()))
        row(
            "read and decode, authenticated", read, "/s", limit, "SHA-256 of the same entries alone"
        )
        opened = rate(total, lambda: Appender.open(centre, bench.log_keys))
        row("open for appending", opened, "/s", limit, "SHA-256 of the same entries alone")
        if size < SIZES[-1]:
            full = rate(total, lambda: verify(centre, trust, authors=True))
            row("verify, authors too", full, "/s", sign_rate(), "Ed25519 signing alone")


if __name__ == "__main__":
    for each in SIZES:
        one_size(each)
