"""A whole centre measured: taking in, drawing, fusing, assessing, redrawing, and one complaint.

    python benchmarks/taking.py [--data ../shared/data] [--sizes 1000 10000]

Real centres in a temporary folder. Rates of taking stand beside named references of the same run:
reading the rows and nothing else, making the same bytes durable and nothing else, and inserting as
many rows into SQLite. With --data the two VIINA files are studied in a REPLAY centre as well.
Memory is the peak of the process so far; sizes run upwards, so each row's peak is its own.
"""

import argparse
import os
import platform
import resource
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter

from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.founding import Plan, found
from truceline.desk.taking import PART_ROWS, Incoming, take
from truceline.desk.terms import BesideTerms
from truceline.reports.report import Receipt
from truceline.reports.sources import SOURCES
from truceline.store.redrawing import redraw
from truceline.values.instant import parse_instant
from truceline.values.mode import Mode
from truceline.values.texts import Text

AGREEMENTS = Path(__file__).parent.parent / "agreements"
SIZES = (1_000, 10_000, 100_000)
ROWS_A_DAY = 1_000
FIRST_DAY = date(2026, 3, 21)
NOW = "2026-07-02T09:00[Atlantic/Azores]"
SINGLES = 40
VIINA = (
    ("viina-events", "dev/viina_1pd_2026h1_reports.csv"),
    ("viina-headlines", "dev/viina_headlines.parquet"),
)
HEADER = "ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"


@dataclass
class Stages:
    """Seconds by stage of a record of so many rows, and the peak when all were done."""

    rows: int
    seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure one stage."""
        began = perf_counter()
        yield
        self.seconds[name] = perf_counter() - began
        self.peak_mb = _peak_mb()

    def line(self) -> str:
        """One row of the table of stages."""
        times = "".join(f"{seconds:9.2f}" for seconds in self.seconds.values())
        return f"{self.rows:9,}{times}{self.peak_mb:9,}"


def main() -> None:
    """Run all measures."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, help="the folder of real data")
    wanted.add_argument(
        "--sizes", type=int, nargs="*", default=SIZES, help="rows; none: only --data"
    )
    chosen = wanted.parse_args()
    print(f"{os.cpu_count()} cores of {_cpu()}, Python {platform.python_version()}, {_load()}")
    with tempfile.TemporaryDirectory() as name:
        done = [one_size(Path(name), rows) for rows in sorted(chosen.sizes)]
        growth(done)
        if chosen.data:
            replay(Path(name), chosen.data)
    print(f"\nafterwards {_load()}")


def one_size(where: Path, rows: int) -> Stages:
    """Everything, for one size of list."""
    raw = party_list(rows)
    print(f"\n{rows:,} rows of a party's list, {len(raw) / 1e6:.1f} MB")
    desk = _centre(where / f"centre-{rows}", Mode.EXERCISE, "exercise-velmark-torrin.yaml")
    with closing(desk):
        taking(desk, raw, rows, where)
        stages = drawn(desk, rows)
        held = desk.tables.select(
            """SELECT (SELECT count(*) FROM claims WHERE grain = 'full') AS claims,
                      (SELECT count(*) FROM incidents) AS incidents,
                      (SELECT count(*) FROM proposals) AS proposals"""
        )[0]
        print(
            f"  {held['claims']:,} claims, {held['incidents']:,} incidents, "
            f"{held['proposals']:,} proposals"
        )
        singles(desk, where)
    return stages


def taking(desk: Desk, raw: bytes, rows: int, where: Path) -> None:
    """Rows a second into the record, durable, and what bounds it."""
    took = _seconds(lambda: take(desk, _incoming("party-list", "list.csv", raw, "VEL")))
    references = {
        "reading the rows alone": _seconds(lambda: _parse(raw, desk)),
        "append + fdatasync of the bytes": _seconds(lambda: _append(where / "bytes", raw)),
        "SQLite insert of as many rows": _seconds(lambda: _insert(where / f"{rows}.db", raw)),
    }
    print(f"  {'taken, durable':<33}{rows / took:12,.0f} rows/s")
    for name, seconds in references.items():
        print(f"  {name:<33}{rows / seconds:12,.0f} rows/s{seconds / took:9.3f} x")


def drawn(desk: Desk, rows: int) -> Stages:
    """Seconds of each stage from a taken file to proposals, then all of it from nothing."""
    stages = Stages(rows)
    with stages.stage("draw"):
        desk.draw()
    with stages.stage("fuse"):
        desk.fuse()
    with stages.stage("assess"):
        desk.assess()
    with stages.stage("redraw"):
        again = redraw(desk.folder / "tables" / "again.sqlite3", desk.log)
    assert again.size == desk.log.head().size
    print(f"       rows{''.join(f'{name:>9}' for name in stages.seconds)}  peak MB\n", end="")
    print(f"  {stages.line()}")
    return stages


def singles(desk: Desk, where: Path) -> None:
    """One complaint at a time: until it is acknowledged, and until it stands in an incident."""
    took, floor = [], []
    with (where / "singles").open("ab", buffering=0) as file:
        for number in range(SINGLES):
            one = _incoming("complaint", f"{number}.txt", complaint(number), "VEL")
            took.append(_seconds(partial(take, desk, one)))
            floor.append(_seconds(partial(_durable, file.fileno(), one.raw)))
    print(f"  one complaint acknowledged   {_quantiles(took)}")
    print(f"  one append + fdatasync       {_quantiles(floor)}")
    print(f"  until all stand in incidents {_seconds(desk.refresh):9.2f} s")


def growth(done: Sequence[Stages]) -> None:
    """How each stage grows: 1 is in proportion to the rows."""
    for small, large in pairwise(done):
        wider = log(large.rows / small.rows)
        grown = "".join(
            f"{log(large.seconds[name] / small.seconds[name]) / wider:9.2f}"
            for name in small.seconds
        )
        print(f"\ngrowth exponent, {small.rows:,} → {large.rows:,}\n           {grown}")


def replay(where: Path, data: Path) -> None:
    """The two files of VIINA in a REPLAY centre, from their bytes to proposals."""
    desk = _centre(where / "replay", Mode.REPLAY, "replay-two-clauses.yaml", data / "control")
    with closing(desk):
        rows = 0
        for source, name in VIINA:
            raw = (data / name).read_bytes()
            began = perf_counter()
            done = take(desk, _incoming(source, Path(name).name, raw, "CENTRE"))
            seconds = perf_counter() - began
            rows += done.taken
            print(f"\n{name}: {done.taken:,} taken, {len(done.unreadable)} unreadable, "
                  f"{done.taken / seconds:,.0f} rows/s")  # fmt: skip
        drawn(desk, rows)


def party_list(rows: int) -> bytes:
    """A party's list, no two rows alike: a thousand a day along 55 km of an invented line."""
    return (HEADER + "".join(_row(number) for number in range(rows))).encode()


def _row(number: int) -> str:
    day = FIRST_DAY + timedelta(days=number // ROWS_A_DAY)
    minute = number * 7 % 1_440
    return (
        f"V-{number:06d},{day},{minute // 60:02d}:{minute % 60:02d},Atlantic/Azores,"
        f'"47.{3000 + number * 37 % 5000:04d}, -34.{1000 + number * 53 % 3000:04d}",WGS84,200,'
        f'fire.mortar,{number % 7 + 1},TOR,"Round {number} near the mill",en\n'
    )


def complaint(number: int) -> bytes:
    """One complaint form."""
    return (
        f"from: VEL\nref: V-C{number:04d}\ndate: 2026-06-30\n"
        f"time: {number // 60:02d}:{number % 60:02d}\nzone: Atlantic/Azores\n"
        f"position: 47.69{number:02d}, -33.94{number:02d}\nerror_m: 300\nact: fire.mortar\n"
        "count: at least 6\naccused: TOR\ntext: Mortar rounds beside the substation.\n"
        "language: en\n"
    ).encode()


def _centre(folder: Path, mode: Mode, terms: str, files: Path | None = None) -> Desk:
    clock = Clock()
    clock.hold(parse_instant(NOW))
    path = AGREEMENTS / terms
    plan = Plan(
        names=Text("Measured", "Виміряний", "Измеренный"),
        mode=mode,
        origin=f"bench.example/{folder.name}",
        terms=path.read_bytes(),
        terms_name=path.name,
        files=BesideTerms(path, files),
        slot_minutes=0,  # measured is the way into the record, not the wait before it
    )
    return found(folder, plan, clock)


def _incoming(source: str, name: str, raw: bytes, owner: str) -> Incoming:
    return Incoming(source=source, name=name, raw=raw, owner=owner)


def _parse(raw: bytes, desk: Desk) -> None:
    receipt = Receipt(
        source="party-list", name="list.csv", owner="VEL", received_us=0, zone=desk.charter.zone
    )
    for _ in SOURCES["party-list"](raw, receipt):
        pass


def _append(path: Path, raw: bytes) -> None:
    """The same bytes, made durable once for every part the record would take."""
    lines = raw.splitlines(keepends=True)
    with path.open("ab", buffering=0) as file:
        for start in range(0, len(lines), PART_ROWS):
            _durable(file.fileno(), b"".join(lines[start : start + PART_ROWS]))


def _durable(file: int, raw: bytes) -> None:
    os.write(file, raw)
    os.fdatasync(file)


def _insert(path: Path, raw: bytes) -> None:
    """As many rows of the same bytes, a part a transaction, durable at each commit."""
    lines = raw.splitlines()[1:]
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, line BLOB)")
        for start in range(0, len(lines), PART_ROWS):
            with db:
                db.executemany(
                    "INSERT INTO rows (line) VALUES (?)",
                    ((line,) for line in lines[start : start + PART_ROWS]),
                )


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _quantiles(seconds: Iterable[float]) -> str:
    cuts = statistics.quantiles(seconds, n=20)
    return f"p50 {cuts[9] * 1e3:8.2f} ms   p95 {cuts[18] * 1e3:8.2f} ms"


def _load() -> str:
    return "load average " + " ".join(f"{one:.2f}" for one in os.getloadavg())


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), "this machine"
    )


def _peak_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    main()
