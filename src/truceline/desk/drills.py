"""Drills: show, on a copy, what somebody would have to do to cheat, and what gives them away.

Nothing here touches the centre: a drill works in a folder of its own and cleans up.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

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
from truceline.reports.report import Said
from truceline.store.shown import ClaimRow
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import DAY_US, Span
from truceline.values.place import Place


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
    """One row a reader may see of another's watchers: what it says of where and when."""

    claim: str
    cell_m: int | None
    grain_us: int | None
    observer_shown: bool


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
    """
    entries = [entry for _, entry in desk.log.entries()]
    chosen = entries[index] if index is not None else _yesterdays(entries)
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
    held = _watchers(desk.view(CENTRE), charter.party_codes)
    seen = _watchers(desk.view(reader), charter.party_codes)
    rows = tuple(_sighting(row) for row in seen)
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


def _watchers(view: View, parties: Sequence[str]) -> list[ClaimRow]:
    return [row for row in view.all_claims() if row.claim.origin.owner not in parties]


def _sighting(row: ClaimRow) -> Sighting:
    said: Said = row.claim.said
    return Sighting(
        claim=row.claim.id,
        cell_m=2 * min(said.place.a_m, said.place.b_m) if isinstance(said.place, Place) else None,
        grain_us=said.span.length_us if isinstance(said.span, Span) else None,
        observer_shown=said.observer is not None,
    )


def _kept(rows: Sequence[Sighting], cell_m: int, hours: int) -> bool:
    # A reporting day has 23 hours once a year; the policy counts days, not hours, there.
    shortest_us = (hours - 1) * DAY_US // 24
    return all(
        not row.observer_shown
        and (row.cell_m is None or row.cell_m >= cell_m)
        and (row.grain_us is None or row.grain_us >= shortest_us)
        for row in rows
    )


def _yesterdays(entries: Sequence[Entry]) -> Entry:
    newest_us = entries[-1].claimed_us
    for entry in reversed(entries):
        if entry.author == "desk" and entry.payload and entry.claimed_us <= newest_us - DAY_US:
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
    """The bundle file that stores an entry, and where in it. Newest partial bundles come first."""
    for path in sorted((shown / "tile" / "entries").rglob("*"), reverse=True):
        if path.is_file() and (at := path.read_bytes().find(raw)) >= 0:
            return path, at
    raise ActRefused("the entry is in no bundle of this log; run `truceline fsck`")
