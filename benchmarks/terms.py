"""Judging measured: many invented incidents against an agreement, verdicts and dimensions.

    python benchmarks/terms.py [--terms FILE] [--size 100000] [--cores 2]

The incidents are invented: kinds of act, actors, calibres, targets and hours in fixed shares, and
at most one in five within its own error of a boundary (the share is counted and printed). Each is
judged by every clause, for each party and for somebody bound; explanations are made on request and
are not measured. Without --terms the sample beside the project is used where it is, else the
agreement of the exercise.
"""

import argparse
import multiprocessing
import os
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.document import Prohibit
from truceline.terms.judging import Bench
from truceline.terms.loading import load
from truceline.terms.plane import Plane, spread
from truceline.terms.register import Record, known_by
from truceline.values.instant import DAY_US, Span, parse_instant
from truceline.values.place import E7, Place

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT.parent / "shared" / "terms" / "sample.yaml"
EXERCISE = ROOT / "agreements" / "exercise-velmark-torrin.yaml"
START = parse_instant("2026-04-10T00:00:00Z")
BATCH = 2_000
NEAR = 0.2
ACTS = (
    "fire.artillery", "fire.mortar", "fire.small_arms", "fire.sniper", "fire.mlrs", "fire.tank",
    "strike.fpv", "strike.uav_drop", "strike.missile", "flight.uav", "flight.uav", "explosion",
    "presence.weapon", "presence.force", "engineer.fortify", "obstruct.aid",
)  # fmt: skip


def main() -> None:
    """Run all measures."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--terms", type=Path, default=SAMPLE if SAMPLE.exists() else EXERCISE)
    wanted.add_argument("--size", type=int, default=100_000)
    wanted.add_argument("--cores", type=int, default=2)
    asked = wanted.parse_args()
    hall = Hall(load(asked.terms.read_bytes(), asked.terms.name).agreement)
    print(f"{asked.terms.name}: {len(hall.judged)} clauses judged, {asked.cores} processes")
    cases = list(invented(hall, asked.size))
    print(f"{len(cases):,} incidents, {hall.share_near(cases[:2_000]):.0%} near a boundary")
    for size in sorted({len(cases) // 4, len(cases) // 2, len(cases)}):
        many(hall, cases[:size], asked.cores)
    one_by_one(hall, cases[:2_000])
    by_clauses(hall, cases[:2_000])


@dataclass(frozen=True)
class Hall:
    """An agreement in force, with what the benchmark asks of it."""

    agreement: Agreement

    @property
    def judged(self) -> list[Prohibit]:
        """The clauses that incidents are held against."""
        return [one for one in self.agreement.clauses() if isinstance(one, Prohibit)]

    def bench(self) -> Bench:
        """A fresh bench, the agreement entered into force long ago."""
        entry = Record(type="entry_into_force", at_us=START - 40 * DAY_US, known_us=START)
        return Bench(self.agreement, known_by((entry,), 2**61))

    def near(self, place: Place) -> bool:
        """Whether a place is within its error and the tolerance of some boundary asked about."""
        plane = Plane(self.agreement.atlas.chart, spread(place))
        apart = [
            float(plane.depth(name, np.zeros((1, 2)))[0]) + limit
            for name, limit in self.boundaries()
        ]
        return any(abs(one) <= max(place.a_m, place.b_m) + 50 for one in apart)

    def boundaries(self) -> Iterator[tuple[str, int]]:
        """Geometries clauses name, with the distance asked about."""
        for clause in self.judged:
            for where in (clause.where, *((clause.where and clause.where.any) or ())):
                if where is not None and where.in_ is not None:
                    yield where.in_, 0
                elif where is not None and where.of is not None:
                    yield where.of, where.within_m or where.beyond_m or 0

    def share_near(self, cases: list[Case]) -> float:
        """The share of incidents near a boundary."""
        return sum(isinstance(one.place, Place) and self.near(one.place) for one in cases) / len(
            cases
        )


def invented(hall: Hall, size: int) -> Iterator[Case]:
    """Incidents round the agreement's geometry, always the same ones."""
    draw = Random(26)
    outlines = [one.part.bounds for one in hall.agreement.atlas.chart.outlines.values()]
    west, south = min(one[0] for one in outlines) - 0.3, min(one[1] for one in outlines) - 0.3
    east, north = max(one[2] for one in outlines) + 0.3, max(one[3] for one in outlines) + 0.3
    parties = [*hall.agreement.parties]
    for _ in range(size):
        start = START + draw.randrange(14 * DAY_US)
        place = Place(
            lon_e7=int(draw.uniform(west, east) * E7),
            lat_e7=int(draw.uniform(south, north) * E7),
            a_m=draw.choice((50, 100, 300, 800)),
            b_m=draw.choice((50, 100, 300)),
            bearing_deg=draw.randrange(180),
        )
        known = {draw.choice(parties): draw.choice((10_000, 8_000))}
        yield Case(
            span=Span(from_us=start, until_us=start + draw.choice((1, 60, 1_800)) * 1_000_000),
            type={draw.choice(ACTS): 10_000},
            actor=known if draw.random() < 0.6 else None,
            weapon_class={draw.choice(("artillery", "mortar")): 10_000},
            calibre_um=(draw.choice((82_000, 122_000)),) * 2,
            place=place,
            target=place if draw.random() < 0.3 else None,
        )


def judge(bench: Bench, cases: list[Case]) -> Counter[str]:
    """The verdicts of a batch, counted."""
    return Counter(
        str(result.verdict) for case in cases for result in bench.assess(case, brief=True).values()
    )


class Worker:
    """The bench of a process, made before it is forked."""

    bench: Bench

    @classmethod
    def work(cls, cases: list[Case]) -> Counter[str]:
        """Judge a batch."""
        return judge(cls.bench, cases)


def many(hall: Hall, cases: list[Case], cores: int) -> None:
    """All incidents in batches over the cores; the answers come back as counts."""
    batches = [cases[at : at + BATCH] for at in range(0, len(cases), BATCH)]
    context = multiprocessing.get_context("fork")
    begun, own = time.perf_counter(), _processor_s()
    Worker.bench = hall.bench()
    with context.Pool(cores) as pool:
        counted = sum(pool.imap_unordered(Worker.work, batches), Counter())
        pool.close()
        pool.join()  # what the workers spent is known once they have ended
    spent = _processor_s() - own
    took = time.perf_counter() - begun
    said = ", ".join(f"{name} {number:,}" for name, number in counted.most_common())
    print(
        f"{len(cases):>9,} incidents {took:7.1f} s  {took / len(cases) * 1e3:.3f} ms each, "
        f"{spent / len(cases) * 1e3:.3f} ms of processor  {said}"
    )


def _processor_s() -> float:
    """What this process and those it has ended spent, seconds."""
    return sum(os.times()[:4])


def one_by_one(hall: Hall, cases: list[Case]) -> None:
    """One incident at a time in one process, whole answers and not brief ones.

    By the clock on the wall, and by this process's own time, which other work does not lengthen.
    """
    bench = hall.bench()
    waited, worked = list[float](), list[float]()
    for case in cases:
        begun, own = time.perf_counter(), time.process_time()
        bench.assess(case)
        worked.append((time.process_time() - own) * 1e3)
        waited.append((time.perf_counter() - begun) * 1e3)
    for what, took in (("by the clock", waited), ("of processor", worked)):
        cuts = statistics.quantiles(took[100:], n=100)
        said = f"median {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, p99 {cuts[98]:.2f}"
        print(f"one incident, warm, {what}: {said}")


def by_clauses(hall: Hall, cases: list[Case]) -> None:
    """The cost by how many clauses speak of the act, not by how many there are."""
    bench, spent = hall.bench(), dict[int, list[float]]()
    for case in cases:
        begun = time.process_time()
        results = bench.assess(case, brief=True)
        took = (time.process_time() - begun) * 1e3
        touched = sum(
            1
            for (_, bearer), one in results.items()
            if bearer is None and any(part.name == "actor" for part in one.dimensions)
        )
        spent.setdefault(touched, []).append(took)
    for touched, each in sorted(spent.items()):
        print(
            f"  {touched} clauses touched: {statistics.mean(each):.2f} ms ({len(each)} incidents)"
        )


if __name__ == "__main__":
    main()
