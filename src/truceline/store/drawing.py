"""Entries in, rows out: the fold that draws the tables.

1. Take the entries after those already drawn, in order.
2. A payload that cannot be read here leaves one row in `unheld` that says why, and nothing else:
   withheld, missing, damaged, false. A payload no code can make sense of leaves one unreadable.
3. `report/taken` re-reads its part of the file and leaves a row per report, coarse rows for readers
   outside the compartment, and a row per unreadable. `report/slot` does so for each of its parts
   that is held, and its rows are numbered through all of them.
4. Every other kind leaves its payload as an event.
5. What its author may not do here, by what the log alone says of it, leaves one unreadable that
   says why, and its payload is not even opened (`heeding`).
6. What an entry says is erased is not drawn, wherever it stands and whether or not its blob is
   still there: everything is drawn again without it, and one row in `erased` says who erased it.
7. All of it, and how far it goes, is one transaction.

The order and grouping in which entries are drawn changes no row.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from truceline.claims.claim import Origin
from truceline.claims.reading import claim_of, period_of
from truceline.coordination.acts import PAYLOADS
from truceline.coordination.charter import Charter
from truceline.coordination.event import DESK
from truceline.ledger.checkpoint import time_us
from truceline.ledger.contents import Content, Holding
from truceline.ledger.entry import Entry
from truceline.ledger.log import Log
from truceline.ledger.seal import Referred
from truceline.reports.report import Report, Said, Unreadable
from truceline.reports.taken import Slot, Taken
from truceline.store import erasing
from truceline.store.coarsening import coarse_claim, coarse_period
from truceline.store.entry_rows import (
    Standing,
    entry_row,
    erased_row,
    event_row,
    not_understood_row,
    owner_of,
    unheld_row,
    unreadable_row,
)
from truceline.store.erasing import Erased
from truceline.store.heeding import borrowed, unheeded
from truceline.store.rows import FULL, Row, Showing, claim_row, coverage_row
from truceline.store.streams import NotUnderstood, Streams, decoded, text_of
from truceline.store.tables import COMPUTED, DRAWN, Tables
from truceline.values.instant import SECOND_US

CHUNK = 2_000
UNHEEDED = "unheeded"
OPAQUE = frozenset({"report/to-capital"})  # for somebody who is no reader of the record


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
        try:
            _draw(tables, log, (drawn, size), progress)
        except Erased:
            tables.clear((*DRAWN, *COMPUTED))
            tables.db.execute("DELETE FROM meta WHERE key <> 'schema'")
            _draw(tables, log, (0, size), progress, erased=erasing.collected(log, size))
        tables.set_meta("size", str(max(size, drawn)))
        tables.set_meta("signed_us", str(_signed_us(log, size) or ""))
    return max(size, drawn)


def _signed_us(log: Log, size: int) -> int | None:
    """When the head of a size was signed, at the latest; None where it is not dated."""
    signed = log.head_at(size)
    at_us = None if signed is None else time_us(signed)
    return None if at_us is None else at_us + SECOND_US - 1


def _draw(
    tables: Tables,
    log: Log,
    span: tuple[int, int],
    progress: Callable[[int, int], None] | None,
    *,
    erased: Mapping[str, int] | None = None,
) -> None:
    start, size = span
    drawer = _Drawer(tables, log, erasing.known(tables) if erased is None else erased)
    for index, entry in log.entries(start, size):
        drawer.draw(index, entry)
        if progress:
            progress(index + 1 - start, size - start)
    drawer.flush()


def drawn_size(tables: Tables) -> int:
    """How many entries the tables speak of."""
    return int(tables.meta("size") or 0)


def floor_us(tables: Tables) -> int:
    """The latest time the desk's own entries that are drawn give."""
    found = tables.select("SELECT max(claimed_us) AS at FROM entries WHERE author = ?", (DESK,))
    return int(found[0]["at"] or 0)


def charter_of(tables: Tables) -> Charter | None:
    """What the centre was founded with; None before its first entry is drawn."""
    found = tables.select("SELECT payload FROM events WHERE kind = 'centre/founded'")
    return msgspec.json.decode(found[0]["payload"], type=Charter) if found else None


class _Drawer:
    """The state of one drawing: rows waiting to be written, files being read.

    erased: blobs that are erased, each with the entry that says so.
    """

    def __init__(self, tables: Tables, log: Log, erased: Mapping[str, int]) -> None:
        self.tables = tables
        self.log = log
        self.charter = charter_of(tables)
        self.waiting: dict[str, list[Row]] = {}
        self.streams = Streams()
        self.secrets: dict[str, str] = {}
        self.erased = erased
        self.belonged: dict[str, Standing] = {}  # erased blob → where it stood
        self.lacking: set[tuple[int, str]] = set()
        self.fresh: dict[str, str] = {}  # blob → who brought it, since entries were last written
        self.floor_us = floor_us(tables)

    def draw(self, index: int, entry: Entry) -> None:
        if any(blob not in self.erased for blob in entry.erases):
            raise Erased  # before anything is drawn of it: all is drawn again without it
        at = Standing(
            entry=index,
            audience=entry.audience,
            owner=owner_of(entry),
            author=entry.author,
            floor_us=self._floor(entry),
        )
        reason = unheeded(entry, self.charter) or borrowed(entry, self._brought_by(entry))
        if reason:
            self._add("entries", entry_row(index, entry, UNHEEDED))
            self._add("unreadables", not_understood_row(at, entry.kind, reason))
            return
        content = None if entry.payload is None else self._read(entry.payload, at)
        self._add("entries", entry_row(index, entry, content.holding if content else "none"))
        plain = content.plain if content and content.holding is Holding.HELD else None
        if plain is not None:
            try:
                self._draw_payload(at, entry, plain)
            except NotUnderstood as problem:
                self._add("unreadables", not_understood_row(at, entry.kind, str(problem)))
        if entry.erases:
            gone = erasing.numbers_gone(plain)
            for blob in entry.erases:
                self._add("erased", erased_row(blob, entry, self.belonged.get(blob), gone))

    def _floor(self, entry: Entry) -> int:
        """No earlier than this was anything of a party's own on the record: the desk says when."""
        if entry.author != DESK:
            return self.floor_us
        self.floor_us = max(self.floor_us, entry.claimed_us)
        return 0

    def _brought_by(self, entry: Entry) -> str:
        """Whose the payload is: the owner of the first entry that named it."""
        if entry.payload is None:
            return ""
        blob = entry.payload.blob
        if blob not in self.fresh:
            found = self.tables.select(
                "SELECT owner FROM entries WHERE blob = ? ORDER BY entry LIMIT 1", (blob,)
            )
            self.fresh[blob] = found[0]["owner"] if found else owner_of(entry)
        return self.fresh[blob]

    def _draw_payload(self, at: Standing, entry: Entry, plain: bytes) -> None:
        if entry.kind == "report/taken":
            self._draw_part(at, decoded(plain, Taken))
            return
        if entry.kind in OPAQUE:
            return
        if entry.kind == "report/slot" and entry.author == DESK:
            plain = plain.rstrip()  # the spaces that make all slots alike
            self._draw_slot(at, decoded(plain, Slot))
        if entry.kind in PAYLOADS:
            decoded(plain, PAYLOADS[entry.kind])
        self._add("events", event_row(at.entry, entry, text_of(plain)))
        if entry.kind == "centre/founded":
            self.charter = msgspec.json.decode(plain, type=Charter)

    def _draw_slot(self, slot_at: Standing, slot: Slot) -> None:
        before = 0
        for item in slot.items:
            at = replace(slot_at, audience=item.acl, before=before, slot_us=slot.at_us)
            held = self._read(item.taken, at)
            if held.holding is Holding.HELD:
                self._draw_part(at, decoded(held.plain, Taken))
            before += item.rows

    def _draw_part(self, at: Standing, taken: Taken) -> None:
        assert self.charter is not None  # entry 0 founded the centre; admission saw to it
        unreadable = 0
        for number, item in enumerate(self.streams.part(taken, at, self._read), start=1):
            row = item.row if at.slot_us is None else at.before + number
            origin = Origin(
                entry=at.entry,
                row=row,
                owner=taken.owner,
                audience=at.audience,
                interested=taken.owner in self.charter.party_codes,
                known_us=at.known_us(taken.received_us),
            )
            if isinstance(item, Unreadable):
                unreadable += 1
                self._add("unreadables", unreadable_row(item, origin, taken.source))
            else:
                self._draw_report(item, origin, taken, at.recorded_us(taken.received_us))
        self._note_file(at, taken, unreadable)

    def _read(self, ref: Referred, at: Standing) -> Content:
        """A payload or a file that one names; where it cannot be read here, a row says why."""
        if ref.blob in self.erased:
            self.belonged.setdefault(ref.blob, at)
            return Content(holding=Holding.ERASED)
        content = self.log.content(ref, at.audience)
        if content.holding is not Holding.HELD and (at.entry, ref.blob) not in self.lacking:
            self.lacking.add((at.entry, ref.blob))
            self._add("unheld", unheld_row(at, ref.blob, content))
        return content

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

    def _note_file(self, at: Standing, taken: Taken, unreadable: int) -> None:
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
                "known_us": at.known_us(taken.received_us),
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
            if name == "entries":
                self.fresh.clear()
