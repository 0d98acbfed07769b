"""Fusion measured: seconds and memory as it grows, and whom it joins that belongs together.

    python benchmarks/fusion.py [--data ../shared/data]

Every figure is printed beside the same figure of two references, taken in the same run: all claims
of one point and one day are one incident ("place and day"), or none are ("all apart"). What counts
as truth here is silver: somebody else's grouping, or a reader's opinion of single pairs; see
docs/explanation/fusion.md for what each can and cannot show. Without --data only invented nights
and exercises are measured.
"""

import argparse
import csv
import platform
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

import numpy as np

from truceline.claims.claim import Claim, Origin
from truceline.claims.reading import claim_of
from truceline.exercise.generating import generate
from truceline.exercise.script import TakeFile
from truceline.exercise.truth import Row
from truceline.incidents.fusing import MODEL, fuse
from truceline.reports.report import Receipt, Report, Said, Source
from truceline.reports.sources import SOURCES, viina_events, viina_headlines
from truceline.reports.viina import day_span, settlement
from truceline.values.acts import UNKNOWN
from truceline.values.instant import DAY_US, MINUTE_US, Span, at
from truceline.values.place import E7, Place, offset
from truceline.values.signatures import Basis, Stance

Grouping = Callable[[Sequence[Claim]], Mapping[str, Hashable]]
EVENTS = "dev/viina_1pd_2026h1_reports.csv"
PARTIES = ("VEL", "TOR")
ROWS_AN_ENTRY = 10_000
HEADLINES = "dev/viina_headlines.parquet"


def main() -> None:
    """Run all measures."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, help="the folder of real data")
    data = wanted.parse_args().data
    print(
        f"{MODEL}, Python {platform.python_version()}, numpy {np.__version__}, one core of {_cpu()}"
    )
    if data:
        real(data)
    invented_nights()
    exercises()


def real(data: Path) -> None:
    """The measures on real reports."""
    events = list(_taken(viina_events.parse, data / EVENTS, first_entry=1))
    headlines = list(_taken(viina_headlines.parse, data / HEADLINES, first_entry=100))
    growth(events + headlines)
    silver_events(events, data / EVENTS)
    judged_pairs(headlines, data / "dev/viina_candidate_pairs.csv")
    adjudicated_groups(data / "dev/viina_multisource_groups_101.csv")


def engine(claims: Sequence[Claim]) -> Mapping[str, Hashable]:
    """Claim number → incident number."""
    return {number: one.id for one in fuse(claims) for number in one.claims}


def place_and_day(claims: Sequence[Claim]) -> Mapping[str, Hashable]:
    """The reference: one point and one day are one incident."""
    return {claim.id: _point_and_day(claim) for claim in claims}


def all_apart(claims: Sequence[Claim]) -> Mapping[str, Hashable]:
    """The other reference: no two claims are of one event."""
    return {claim.id: claim.id for claim in claims}


GROUPINGS: Mapping[str, Grouping] = {
    "fusion": engine,
    "place and day": place_and_day,
    "all apart": all_apart,
}


def growth(claims: Sequence[Claim]) -> None:
    """Seconds at a ninth, a third and all of the claims, whole days at a time."""
    print("\ngrowth            claims  incidents  largest  seconds  claims/s  peak MB")
    by_day = sorted(claims, key=lambda claim: (_day(claim), claim.origin.entry, claim.origin.row))
    for share in (9, 3, 1):
        some = by_day[: len(by_day) // share]
        for name, group in list(GROUPINGS.items())[:2]:
            start = time.perf_counter()
            found = group(some)
            took = time.perf_counter() - start
            sizes = Counter(found.values())
            print(
                f"{name:15} {len(some):8} {len(sizes):10} {max(sizes.values()):8} {took:8.1f} "
                f"{len(some) / took:9.0f} {_peak_mb():8}"
            )


def silver_events(claims: Sequence[Claim], path: Path) -> None:
    """Against the events' own grouping, made by its authors from labels we do not read."""
    with path.open(encoding="utf-8", newline="") as rows:
        truth = {
            row: one["silver_event_id"] for row, one in enumerate(csv.DictReader(rows), start=1)
        }
    silver = {
        claim.id: truth[claim.origin.row + ROWS_AN_ENTRY * (claim.origin.entry - 1)]
        for claim in claims
    }
    print("\nsilver events     pairs  precision  recall    B³ F1")
    for name, group in GROUPINGS.items():
        print(f"{name:15} {_scores(silver, group(claims))}")


def judged_pairs(claims: Sequence[Claim], path: Path) -> None:
    """Against one reader's opinion of pairs of one place and day: same, different, undecidable."""
    by_text = defaultdict(list)
    for claim in claims:
        by_text[_said_on(claim), claim.said.wording].append(claim.id)
    pairs = [row for row in _csv(path) if row["seed_label"]]
    print("\njudged pairs      S joined  D joined  U joined")
    for name, group in GROUPINGS.items():
        found = group(claims)
        joined: Counter[str] = Counter()
        for row in pairs:
            ends = [
                {
                    found[number]
                    for number in by_text[
                        row[f"time_{e}"][:10], normalize("NFC", row[f"headline_{e}"])
                    ]
                }
                for e in "ab"
            ]
            joined[row["seed_label"]] += bool(ends[0] & ends[1])
        all_of = Counter(row["seed_label"] for row in pairs)
        print(f"{name:15} " + "".join(f"{joined[x]:6}/{all_of[x]:<3}" for x in "SDU"))


def adjudicated_groups(path: Path) -> None:
    """Against reports of one incident by several outlets, as one reader adjudicated them."""
    claims, truth = [], {}
    for entry, row in enumerate(one for one in _csv(path) if one["adjudicated"] == "same"):
        for number, text in enumerate(dict.fromkeys(row["representative_text"].split(" || ")), 1):
            claims.append(_outlet_claim(entry, number, row, text))
            truth[claims[-1].id] = row["event_id_1pd"]
    print("\nadjudicated same  pairs  precision  recall    B³ F1")
    for name, group in GROUPINGS.items():
        print(f"{name:15} {_scores(truth, group(claims))}")


def invented_nights() -> None:
    """Against invented truth: shots of one night, each heard by some with stated errors."""
    print("\ninvented nights   shots   pairs  precision  recall    B³ F1")
    for shots in (20, 100, 400):
        claims, truth = _night(shots, np.random.default_rng(shots))
        for name, group in GROUPINGS.items():
            print(f"{name:15} {shots:7} {_scores(truth, group(claims))}")


def exercises() -> None:
    """Against the truth of generated ceasefires: false and inflated claims, copies, late lists."""
    print("\nexercises        claims   pairs  precision  recall    B³ F1")
    for seed, size in ((1, 2_000), (2, 20_000)):
        claims, truth = _exercise(seed, size)
        for name, group in GROUPINGS.items():
            print(f"{name:15} {len(claims):7} {_scores(truth, group(claims))}")


def _exercise(seed: int, size: int) -> tuple[list[Claim], dict[str, str]]:
    """The assertions of fourteen exercise days and the event, or the lie, each speaks of."""
    claims: list[Claim] = []
    facts: dict[str, Row] = {}
    truth = {}
    told = generate(seed, days=14, size=size).told()
    for entry, step in enumerate(told):
        if isinstance(step, Row):
            facts[f"{step.file}#{step.row}"] = step
        elif isinstance(step, TakeFile):
            for claim in _handed_in(step, entry):
                number = f"{step.name}#{claim.origin.row}"
                fact = facts[number]
                truth[claim.id] = fact.event or fact.copy_of or number
                claims.append(claim)
    return claims, truth


def _handed_in(file: TakeFile, entry: int) -> Iterator[Claim]:
    receipt = Receipt(
        source=file.source,
        name=file.name,
        owner=file.owner,
        received_us=file.at_us,
        zone=file.zone,
        language=file.language,
    )
    for one in SOURCES[file.source](file.raw, receipt):
        if isinstance(one, Report) and isinstance(one.body, Said):
            origin = _origin(entry, one.row, file.owner, interested=file.owner in PARTIES)
            if one.body.stance is Stance.ASSERTS:
                yield claim_of(one, origin, parties=PARTIES)


def _night(shots: int, draw: np.random.Generator) -> tuple[list[Claim], dict[str, int]]:
    """Shots on 30 km of front in 12 hours: a party's claim, three posts by bearing and range."""
    claims: list[Claim] = []
    truth = {}
    for shot in range(shots):
        lat, lon = offset(47.6, -34.2, 90, draw.uniform(0, 30_000))
        lat, lon = offset(lat, lon, 0, draw.normal(0, 1500))
        when = int(draw.uniform(0, 12 * 60)) * MINUTE_US + 20_500 * DAY_US
        watchers = [
            ("VEL", 300, 300, 0.0),
            *((f"JVT-{n}", 1500, 400, draw.uniform(0, 180)) for n in range(3)),
        ]
        for number, (who, a_m, b_m, bearing) in enumerate(watchers):
            if draw.random() < 0.3:
                continue
            along, across = draw.normal(0, a_m / 2.45), draw.normal(0, b_m / 2.45)
            y, x = offset(*offset(lat, lon, bearing, along), bearing + 90, across)
            place = Place(
                lat_e7=round(y * E7),
                lon_e7=round(x * E7),
                a_m=a_m,
                b_m=b_m,
                bearing_deg=int(bearing),
            )
            said = Said(
                speaker=who,
                basis=Basis.HEARD if number else Basis.STATED,
                span=at(when + int(draw.normal(0, 4)) * MINUTE_US),
                place=place,
                act="explosion" if number else "fire.mortar",
                ref=f"{who}-{shot}",
            )
            claims.append(_claim(said, shot, number, interested=not number))
            truth[claims[-1].id] = shot
    return claims, truth


def _scores(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> str:
    """Pair precision and recall, and B³ F1, over the claims both know."""
    numbers = [number for number in truth if number in found]
    same_found, same_truth = _pairs(found, numbers), _pairs(truth, numbers)
    both = _pairs({n: (truth[n], found[n]) for n in numbers}, numbers)
    precise, complete = both / max(same_found, 1), both / max(same_truth, 1)
    return f"{same_found:8} {precise:10.3f} {complete:7.3f} {_b_cubed(truth, found, numbers):8.3f}"


def _pairs(group: Mapping[str, Hashable], numbers: Iterable[str]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(group[number] for number in numbers).values())


def _b_cubed(
    truth: Mapping[str, Hashable], found: Mapping[str, Hashable], numbers: Sequence[str]
) -> float:
    both = Counter((truth[n], found[n]) for n in numbers)
    of_truth, of_found = Counter(truth[n] for n in numbers), Counter(found[n] for n in numbers)
    precise = sum(n * n / of_found[f] for (_, f), n in both.items()) / len(numbers)
    complete = sum(n * n / of_truth[t] for (t, _), n in both.items()) / len(numbers)
    return 2 * precise * complete / (precise + complete)


def _taken(source: Source, path: Path, *, first_entry: int) -> Iterator[Claim]:
    receipt = Receipt(source="benchmark", name=path.name, owner="CENTRE", received_us=0, zone="UTC")
    for one in source(path.read_bytes(), receipt):
        if isinstance(one, Report) and isinstance(one.body, Said):
            entry, row = divmod(one.row, ROWS_AN_ENTRY)
            yield claim_of(one, _origin(first_entry + entry, row, "CENTRE", interested=False))


def _claim(said: Said, entry: int, row: int, *, interested: bool) -> Claim:
    report = Report(row=row, line=row, raw=b"", body=said)
    return claim_of(
        report, _origin(entry, row, said.speaker, interested=interested), parties=("VEL",)
    )


def _outlet_claim(entry: int, number: int, row: Mapping[str, str], text: str) -> Claim:
    date = row["date"]
    said = Said(
        speaker=f"outlet-{number}",
        basis=Basis.TOLD,
        span=day_span(int(date[:4]), int(date[4:6]), int(date[6:]), date),
        place=settlement(
            float(row["latitude"]), float(row["longitude"]), row["asciiname"], area=False
        ),
        act=UNKNOWN,
        wording=normalize("NFC", text),
        origin=f"{row['event_id_1pd']}/{number}",
    )
    return _claim(said, entry, number, interested=False)


def _origin(entry: int, row: int, owner: str, *, interested: bool) -> Origin:
    return Origin(
        entry=entry, row=row, owner=owner, audience="ALL", interested=interested, known_us=0
    )


def _point_and_day(claim: Claim) -> Hashable:
    place = claim.said.place
    point = (place.lat_e7, place.lon_e7) if isinstance(place, Place) else claim.id
    return point, _day(claim)


def _day(claim: Claim) -> int:
    span = claim.said.span
    return (span.until_us - 1) // DAY_US if isinstance(span, Span) else -1


def _said_on(claim: Claim) -> str:
    return claim.said.span.said[:10] if isinstance(claim.said.span, Span) else ""


def _csv(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


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
