"""Drills: show, on a copy, what somebody would have to do to cheat, and what gives them away.

Nothing here touches the centre: a drill works in a folder of its own and cleans up.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from truceline.claims.claim import Claim, CoveragePeriod
from truceline.claims.coarse import snap
from truceline.coordination.charter import Charter
from truceline.coordination.event import DESK
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.keyring import log_keys
from truceline.ledger import checkpoint
from truceline.ledger.audit import compare, log_get, verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry, make
from truceline.ledger.growth import Growth
from truceline.ledger.keys import load
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.tiles import WIDTH
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import DAY_US, Span
from truceline.values.mode import Mode
from truceline.values.place import Place
from truceline.values.unknown import Unknown

END_OF_TIME_US = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class RewriteDrill:
    """Somebody at the centre, holding its keys, rewrites an entry and signs the whole log anew.

    rewritten: the entry they changed; kind: what it was.
    alone: problems a stranger finds who has only the rewritten log and the log's key.
    named: the entry the other party's kept copy names; None where it names none.
    both_signed: whether the log's key stands under both histories, which proves it to anyone.
    """

    rewritten: int
    kind: str
    size: int
    alone: tuple[str, ...]
    named: int | None
    found: str
    both_signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipDrill:
    """One byte of one entry's stored bytes is changed; file and entry named by `verify`."""

    entry: int
    file: str
    named: tuple[int | None, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One row a reader may see of another's watchers: what it says of where and when.

    about: `claim`, or `coverage` for a stretch of watching. on_grid: whether place and receipt are
    those of a cell and a reporting day, as any other watcher of that cell and day would show them.
    """

    claim: str
    cell_m: int | None
    grain_us: int | None
    observer_shown: bool
    about: str = "claim"
    on_grid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SightDrill:
    """What one party may learn of where the monitors were.

    held: how many rows of monitors the centre holds; rows: those the reader may see.
    finest_m, finest_us: the smallest circle and the shortest stretch any of them gives.
    hours: the policy's grain in time; a reporting day is 23 hours when the clocks go forward.
    """

    reader: str
    held: int
    rows: tuple[Sighting, ...]
    policy_m: int
    policy_hours: int
    finest_m: int | None
    finest_us: int | None
    kept: bool


def rewrite_drill(desk: Desk, index: int | None = None) -> RewriteDrill:
    """Rewrite one of yesterday's entries of the desk in a copy, and hold a party's copy against it.

    index: which entry; by default the last one the desk signed a day or more before the newest.
    ActRefused outside an exercise, and for an entry the desk did not sign.
    """
    if desk.charter.mode is not Mode.EXERCISE:
        raise ActRefused(
            "only in an exercise is a copy rewritten: it takes signing a second history with the "
            "log's own key, which in any other centre would be evidence against it"
        )
    entries = [entry for _, entry in desk.log.entries()]
    chosen = _yesterdays(entries) if index is None else _chosen(entries, index)
    with _copy_of(desk) as (kept, shown):
        _rewrite(desk, entries, chosen, shown)
        alone = verify(shown, desk.log.trust)
        found = compare(kept, log_get(shown), desk.log.trust)
    return RewriteDrill(
        rewritten=chosen.index or 0,
        kind=chosen.kind,
        size=len(entries),
        alone=tuple(problem.found for problem in alone.problems),
        named=found.index if found else None,
        found=found.found if found else "",
        both_signed=bool(found and found.both_signed),
    )


def flip_drill(desk: Desk, index: int) -> FlipDrill:
    """Change one byte of one entry in a copy of the log and let `verify` name it."""
    raw = desk.log.raw(index)
    with _copy_of(desk) as (_, shown):
        path, at = _where(shown, raw)
        path.chmod(0o644)
        stored = bytearray(path.read_bytes())
        stored[at + len(raw) // 2] ^= 0x01
        path.write_bytes(bytes(stored))
        verdict = verify(shown, desk.log.trust)
        file = str(path.relative_to(shown))
    return FlipDrill(
        entry=index,
        file=file,
        named=tuple(problem.entry_index for problem in verdict.problems),
        lines=tuple(f"{p.file}, entry {p.entry_index}: {p.found}" for p in verdict.problems),
    )


def sight_drill(desk: Desk, reader: str) -> SightDrill:
    """List every row a party may read of monitors and sensors, and how finely it places them."""
    charter = desk.charter
    held = tuple(_sightings(desk.view(CENTRE), charter))
    rows = tuple(_sightings(desk.view(reader), charter))
    cells = [row.cell_m for row in rows if row.cell_m is not None]
    grains = [row.grain_us for row in rows if row.grain_us is not None]
    finest_m, finest_us = min(cells, default=None), min(grains, default=None)
    return SightDrill(
        reader=reader,
        held=len(held),
        rows=rows,
        policy_m=charter.sight_cell_m,
        policy_hours=charter.sight_hours,
        finest_m=finest_m,
        finest_us=finest_us,
        kept=_kept(rows, charter.sight_cell_m, charter.sight_hours),
    )


def _sightings(view: View, charter: Charter) -> Iterator[Sighting]:
    for row in view.all_claims():
        if row.claim.origin.owner not in charter.party_codes:
            said = row.claim.said
            yield _sighting(row.claim, said.place, said.span, said.observer, charter)
    for watch in view.coverage(0, END_OF_TIME_US):
        if watch.period.origin.owner not in charter.party_codes:
            covered = watch.period.covered
            yield _sighting(watch.period, covered.place, covered.span, None, charter)


def _sighting(
    row: Claim | CoveragePeriod,
    place: Place | Unknown,
    span: Span | Unknown,
    observer: Place | None,
    charter: Charter,
) -> Sighting:
    known_us = row.origin.known_us
    return Sighting(
        claim=row.id,
        cell_m=2 * min(place.a_m, place.b_m) if isinstance(place, Place) else None,
        grain_us=span.length_us if isinstance(span, Span) else None,
        observer_shown=observer is not None,
        about="claim" if isinstance(row, Claim) else "coverage",
        on_grid=_in_the_middle(place, charter)
        and known_us == charter.reporting_day(known_us).from_us,
    )


def _in_the_middle(place: Place | Unknown, charter: Charter) -> bool:
    if isinstance(place, Unknown):
        return True
    cell = snap(place, charter.sight)
    return (place.lat_e7, place.lon_e7, place.said) == (cell.lat_e7, cell.lon_e7, "")


def _kept(rows: Sequence[Sighting], cell_m: int, hours: int) -> bool:
    # A reporting day has 23 hours once a year; the policy counts days, not hours, there.
    shortest_us = (hours - 1) * DAY_US // 24
    return all(
        not row.observer_shown
        and row.on_grid
        and (row.cell_m is None or row.cell_m >= cell_m)
        and (row.grain_us is None or row.grain_us >= shortest_us)
        for row in rows
    )


def _chosen(entries: Sequence[Entry], index: int) -> Entry:
    if not 0 <= index < len(entries):
        raise ActRefused(f"entry {index} cannot be rewritten: the log holds {len(entries)}")
    chosen = entries[index]
    if chosen.author != DESK or chosen.payload is None:
        raise ActRefused(
            f"entry {index} cannot be rewritten by the centre: {chosen.author} signed it"
        )
    return chosen


def _yesterdays(entries: Sequence[Entry]) -> Entry:
    newest_us = entries[-1].claimed_us
    for entry in reversed(entries):
        if entry.author == DESK and entry.payload and entry.claimed_us <= newest_us - DAY_US:
            return entry
    raise ActRefused("nothing in this record is a day old yet; there is no yesterday to rewrite")


@contextmanager
def _copy_of(desk: Desk) -> Iterator[tuple[Path, Path]]:
    """The log as a party kept it, and a copy for somebody to do as they like with."""
    with TemporaryDirectory() as folder:
        kept, shown = Path(folder) / "kept", Path(folder) / "shown"
        shutil.copytree(desk.folder / "log", kept)
        shutil.copytree(desk.folder / "log", shown)
        yield kept, shown


def _rewrite(desk: Desk, entries: Sequence[Entry], chosen: Entry, shown: Path) -> None:
    """Put another payload under one entry, sign it as the desk, and rebuild every tile above it."""
    forged = _forged(desk, entries, chosen)
    shutil.rmtree(shown)
    growth = Growth()
    for entry in entries:
        raw = forged if entry.index == chosen.index else entry.raw
        _write(shown, growth.push(raw, leaf_hash(raw)))
    _write(shown, growth.partials(0))
    newest = desk.log.head()
    head = Head(newest.origin, growth.size, growth.root())
    signed = checkpoint.sign(head, log_keys(desk.folder / "keys"), desk.now_us())
    (shown / "checkpoint").write_bytes(signed)


def _forged(desk: Desk, entries: Sequence[Entry], chosen: Entry) -> bytes:
    other = next(e.payload for e in entries if e.payload and e.payload != chosen.payload)
    head = desk.log.head_at(chosen.seen.size)
    assert head is not None  # admission asked the same
    return make(
        desk.log.origin,
        load(desk.folder / "keys" / "desk"),
        kind=chosen.kind,
        author=chosen.author,
        seq=chosen.seq,
        prev=chosen.prev,
        seen=checkpoint.parse(head),
        claimed_us=chosen.claimed_us,
        mode=chosen.mode,
        refs=chosen.refs,
        on_behalf_of=chosen.on_behalf_of,
        acl=chosen.acl,
        payload=other,
        vkeys=chosen.vkeys,
    )


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _where(shown: Path, raw: bytes) -> tuple[Path, int]:
    """The bundle that stores an entry, and where in it: of several partial ones the newest."""
    bundles = [path for path in (shown / "tile" / "entries").rglob("*") if path.is_file()]
    for path in sorted(bundles, key=_width, reverse=True):
        if (at := path.read_bytes().find(raw)) >= 0:
            return path, at
    raise ActRefused("the entry is in no bundle of this log; run `truceline fsck`")


def _width(bundle: Path) -> int:
    """How many entries a bundle holds, by its name: a partial one is called by their number."""
    return int(bundle.name) if bundle.parent.suffix == ".p" else WIDTH
