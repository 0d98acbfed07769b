"""Entries in, rows out: the fold that draws the tables.

1. Take the entries after those already drawn, in order.
2. An entry whose payload is not held leaves one row that says `withheld`, and nothing else.
3. `report/taken` re-reads its part of the file and leaves a row per report, coarse rows for readers
   outside the compartment, and a row per unreadable. `report/slot` does so for each of its parts
   that is held, and its rows are numbered through all of them.
4. Every other kind leaves its payload as an event.
5. All of it, and how far it goes, is one transaction.

The order and grouping in which entries are drawn changes no row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

from truceline.claims.claim import Origin
from truceline.claims.reading import claim_of, period_of
from truceline.coordination.charter import Charter
from truceline.coordination.event import DESK
from truceline.ledger.entry import Entry, PayloadRef
from truceline.ledger.log import Log
from truceline.ledger.seal import unwrap
from truceline.reports.report import Receipt, Report, Said, Unreadable
from truceline.reports.sources import SOURCES
from truceline.reports.taken import FileRef, Slot, Taken
from truceline.store.coarsening import coarse_claim, coarse_period
from truceline.store.rows import FULL, Row, Showing, claim_row, coverage_row
from truceline.store.tables import Tables
from truceline.values.errors import TrucelineError

CHUNK = 2_000
_OPEN_FILES = 4


class ModelUnknown(TrucelineError):
    """An entry asks for a source or a kind this code does not have: newer code must draw it."""


def draw(
    tables: Tables,
    log: Log,
    progress: Callable[[int, int], None] | None = None,
    *,
    upto: int | None = None,
) -> int:
    """Bring the tables up to the log's head, or to a size; return how many entries they speak of.

    Costs one pass over the new entries and the files they name. Raises ModelUnknown, leaving the
    tables as they were, where an entry needs code that is not here.
    """
    size = log.head().size if upto is None else min(upto, log.head().size)
    drawn = drawn_size(tables)
    if drawn >= size:
        return drawn
    with tables.writing():
        drawn = drawn_size(tables)
        drawer = _Drawer(tables, log)
        for index, entry in log.entries(drawn, size):
            drawer.draw(index, entry)
            if progress:
                progress(index + 1 - drawn, size - drawn)
        drawer.flush()
        tables.set_meta("size", str(max(size, drawn)))
    return max(size, drawn)


def drawn_size(tables: Tables) -> int:
    """How many entries the tables speak of."""
    return int(tables.meta("size") or 0)


def charter_of(tables: Tables) -> Charter | None:
    """What the centre was founded with; None before its first entry is drawn."""
    found = tables.select("SELECT payload FROM events WHERE kind = 'centre/founded'")
    return msgspec.json.decode(found[0]["payload"], type=Charter) if found else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: its entry and readers; in a slot also how many rows stand before it."""

    entry: int
    audience: str
    before: int = 0
    slot_us: int | None = None

    def recorded_us(self, received_us: int) -> int:
        """When it was on the record, which is what a stranger's row may tell, by the day.

        A slot belongs to the day that ends with it.
        """
        return received_us if self.slot_us is None else max(received_us, self.slot_us - 1)


class _Drawer:
    """The state of one drawing: rows waiting to be written, files being read."""

    def __init__(self, tables: Tables, log: Log) -> None:
        self.tables = tables
        self.log = log
        self.charter = charter_of(tables)
        self.waiting: dict[str, list[Row]] = {}
        self.streams = _Streams(log)
        self.secrets: dict[str, str] = {}

    def draw(self, index: int, entry: Entry) -> None:
        payload = self.log.payload(entry)
        held = "none" if entry.payload is None else "held" if payload is not None else "withheld"
        self._add("entries", _entry_row(index, entry, held))
        if payload is None:
            return
        if entry.kind == "report/taken":
            taken = msgspec.json.decode(payload, type=Taken)
            self._draw_part(_Place(index, entry.audience), taken)
            return
        if entry.kind == "report/slot" and entry.author == DESK:
            payload = payload.rstrip()  # the spaces that make all slots alike
            self._draw_slot(index, msgspec.json.decode(payload, type=Slot))
        self._add("events", _event_row(index, entry, payload.decode()))
        if entry.kind == "centre/founded":
            self.charter = msgspec.json.decode(payload, type=Charter)

    def _draw_slot(self, index: int, slot: Slot) -> None:
        before = 0
        for item in slot.items:
            held = _plain(self.log, item.taken)
            if held is not None:
                place = _Place(index, item.acl, before=before, slot_us=slot.at_us)
                self._draw_part(place, msgspec.json.decode(held, type=Taken))
            before += item.rows

    def _draw_part(self, at: "_Place", taken: Taken) -> None:
        assert self.charter is not None  # entry 0 founded the centre; admission saw to it
        unreadable = 0
        for number, item in enumerate(self.streams.part(taken), start=1):
            row = item.row if at.slot_us is None else at.before + number
            origin = Origin(
                entry=at.entry,
                row=row,
                owner=taken.owner,
                audience=at.audience,
                interested=taken.owner in self.charter.party_codes,
                known_us=taken.received_us,
            )
            if isinstance(item, Unreadable):
                unreadable += 1
                self._add("unreadables", _unreadable_row(item, origin, taken.source))
            else:
                self._draw_report(item, origin, taken, at.recorded_us(taken.received_us))
        self._note_file(at, taken, unreadable)

    def _draw_report(self, report: Report, origin: Origin, taken: Taken, recorded_us: int) -> None:
        assert self.charter is not None
        source, secret = taken.source, self._secret(origin.audience, taken)
        full = Showing(
            grain=FULL,
            of=(origin.entry, origin.row),
            audience=origin.audience,
            visible_from_us=0,
            compartment=origin.audience,
        )
        if isinstance(report.body, Said):
            claim = claim_of(report, origin, parties=self.charter.party_codes)
            self._add("claims", claim_row(claim, source, full))
            if coarse := coarse_claim(claim, source, self.charter, secret, recorded_us):
                self._add("claims", claim_row(coarse[0], source, coarse[1]))
            return
        period = period_of(report, origin)
        self._add("coverage", coverage_row(period, full))
        if coarse_cover := coarse_period(period, self.charter, secret, recorded_us):
            self._add("coverage", coverage_row(coarse_cover[0], coarse_cover[1]))

    def _secret(self, compartment: str, taken: Taken) -> str:
        """What strangers' numbers are drawn from: the first file taken in a compartment."""
        if compartment not in self.secrets:
            first = self.tables.select(
                "SELECT blob FROM files WHERE compartment = ? ORDER BY entry LIMIT 1",
                (compartment,),
            )
            self.secrets[compartment] = first[0]["blob"] if first else taken.file.blob
        return self.secrets[compartment]

    def _note_file(self, at: "_Place", taken: Taken, unreadable: int) -> None:
        self.flush("files")
        self.tables.db.execute(
            """INSERT INTO files VALUES (:sha, :source, :owner, :entry, :blob, :name, :rows,
                                         :unreadable, :complete, :known_us, :audience, :audience)
               ON CONFLICT (sha256, source, owner) DO UPDATE SET
                   rows = rows + :rows, unreadable = unreadable + :unreadable,
                   complete = max(complete, :complete)""",
            {
                "sha": taken.sha256,
                "source": taken.source,
                "owner": taken.owner,
                "entry": at.entry,
                "blob": taken.file.blob,
                "name": taken.name,
                "rows": taken.stop - taken.start,
                "unreadable": unreadable,
                "complete": int(taken.last),
                "known_us": taken.received_us,
                "audience": at.audience,
            },
        )

    def _add(self, table: str, row: Row) -> None:
        rows = self.waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= CHUNK:
            self.flush(table)

    def flush(self, table: str | None = None) -> None:
        for name in [table] if table else list(self.waiting):
            self.tables.insert(name, self.waiting.pop(name, []))


class _Streams:
    """Files being read part by part, so that each is parsed once however many parts it has."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.open: dict[str, tuple[int, Iterator[Report | Unreadable]]] = {}

    def part(self, taken: Taken) -> list[Report | Unreadable]:
        key = taken.file.blob
        at, stream = self.open.pop(key, (0, iter(())))
        if at != taken.start or at == 0:
            at, stream = 0, self._parse(taken)
        items = list(islice(stream, taken.start - at, taken.stop - at))
        if len(items) != taken.stop - taken.start:
            raise ModelUnknown(
                f"{taken.name}: rows {taken.start}…{taken.stop} were taken in, but this code reads "
                f"only {len(items)} of them from the same bytes; draw with the code that took them"
            )
        if not taken.last:
            self.open[key] = (taken.stop, stream)
            while len(self.open) > _OPEN_FILES:
                del self.open[next(iter(self.open))]
        return items

    def _parse(self, taken: Taken) -> Iterator[Report | Unreadable]:
        if taken.source not in SOURCES:
            raise ModelUnknown(f"{taken.name} came by source {taken.source!r}, which is not here")
        raw = _plain(self.log, taken.file)
        if raw is None:
            blob = taken.file.blob
            reason = f"the file's blob {blob} is not held here; fetch it from a replica that does"
            return (
                Unreadable(row=number, line=0, raw=b"", reason=reason)
                for number in range(1, taken.stop + 1)
            )
        receipt: Receipt = taken.receipt
        return SOURCES[taken.source](raw, receipt)


def _plain(log: Log, file: FileRef) -> bytes | None:
    """What a blob that a payload names holds; None where it is not held here."""
    blob = log.blob(file.blob)
    if blob is None:
        return None
    return unwrap(blob, PayloadRef(blob=file.blob, size=file.size, com=file.com, enc=file.enc))


def _entry_row(index: int, entry: Entry, held: str) -> Row:
    return {
        "entry": index,
        "leaf": entry.leaf,
        "kind": entry.kind,
        "author": entry.author,
        "on_behalf_of": entry.on_behalf_of or "",
        "seq": entry.seq,
        "claimed_us": entry.claimed_us,
        "seen_size": entry.seen.size,
        "payload": held,
        "audience": "ALL",
        "owner": entry.on_behalf_of or entry.author,
        "compartment": entry.audience,
    }


def _event_row(index: int, entry: Entry, payload: str) -> Row:
    return {
        "entry": index,
        "kind": entry.kind,
        "author": entry.author,
        "on_behalf_of": entry.on_behalf_of or "",
        "at_us": entry.claimed_us,
        "payload": payload,
        "audience": entry.audience,
        "owner": entry.on_behalf_of or entry.author,
        "compartment": entry.audience,
    }


def _unreadable_row(item: Unreadable, origin: Origin, source: str) -> Row:
    return {
        "entry": origin.entry,
        "row": origin.row,
        "line": item.line,
        "source": source,
        "raw": item.raw.hex(),
        "reason": item.reason,
        "audience": origin.audience,
        "owner": origin.owner,
        "compartment": origin.audience,
    }
