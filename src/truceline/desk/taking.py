"""Take bytes in: the act by which anything outside becomes part of the record.

1. The whole file becomes one blob, durable before anything refers to it.
2. Each part of up to 10,000 rows becomes one entry; a part is acknowledged when its entry is
   durable.
3. The same bytes by the same source from the same owner are known: nothing is added.
4. A file whose taking was interrupted is completed by taking it again: parts already in the ledger
   are known, the rest is taken. Rows are told apart by (file, row), never by what they say.
5. What monitors and sensors hand in, where the charter has slots, is kept in the inbox and
   acknowledged as kept; it enters the record with a slot (docs/formats/slot.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from truceline.desk import inbox, slots
from truceline.desk.desk import Desk
from truceline.desk.doors import door
from truceline.desk.errors import NothingTaken, NotPermitted
from truceline.ledger.entry import PayloadRef
from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.sources import SOURCES
from truceline.reports.taken import FileRef, Pooled, Taken
from truceline.values.audience import ALL, CENTRE, PUBLIC, audience
from truceline.values.canonical import canonical, sha256_hex
from truceline.values.mode import Mode

PART_ROWS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Bytes at the door, and what is said about them.

    owner: whose material it is; by: who hands it in; acl: who may read it in full, by default the
    owner and the centre's staff, in a replay everyone.
    """

    source: str
    name: str
    raw: bytes
    owner: str
    by: str = CENTRE
    zone: str = ""
    language: str = "und"
    acl: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file: rows taken now, rows known before, rows not understood.

    entries: where they stand on the record. due_us: where they are kept and not yet on the record,
    the instant of the slot they enter with; None where they are on it.
    """

    taken: int
    known: int
    unreadable: tuple[Unreadable, ...]
    entries: tuple[int, ...]
    due_us: int | None = None


def take(
    desk: Desk,
    incoming: Incoming,
    progress: Callable[[int], None] | None = None,
    *,
    part_rows: int = PART_ROWS,
) -> Outcome:
    """Take a file in and return what became of each row.

    Raises NothingTaken for a source that is not known, a file without a single byte or readers
    nobody knows; NotPermitted where one body hands in another's material.
    """
    if incoming.source not in SOURCES:
        raise NothingTaken(f"no source {incoming.source!r}; known are {', '.join(sorted(SOURCES))}")
    if not incoming.raw:
        raise NothingTaken(f"{incoming.name} holds not one byte; ask for it again")
    _refuse_borrowed(desk, incoming)
    _refuse_unknown_readers(desk, incoming.acl)
    # Two takings of the same bytes at once would both find them missing and add them twice.
    with door(desk.folder, f"taking-{sha256_hex(incoming.raw)[:16]}"):
        desk.draw()
        taking = _Taking(desk, incoming)
        if desk.charter.by_slot(incoming.owner, taking.acl()):
            return _keep(taking, progress, part_rows)
        return _take_parts(taking, progress, part_rows)


def _keep(taking: "_Taking", progress: Callable[[int], None] | None, part_rows: int) -> Outcome:
    """Keep a file for its slot: its blobs first, then the item that names them."""
    desk, incoming = taking.desk, taking.incoming
    items = list(SOURCES[incoming.source](incoming.raw, taking.receipt))
    broken = tuple(item for item in items if isinstance(item, Unreadable))
    waits = inbox.is_kept(desk.folder, inbox.key_of(taking.sha256, incoming.source, incoming.owner))
    if not (taking.complete or waits):
        inbox.keep(desk.folder, taking.kept(items, part_rows))
    if progress:
        progress(len(items))
    return Outcome(
        taken=0 if taking.complete or waits else len(items) - len(broken),
        known=len(items) if taking.complete or waits else 0,
        unreadable=() if taking.complete or waits else broken,
        entries=(),
        due_us=None if taking.complete else slots.next_us(desk),
    )


def _take_parts(
    taking: "_Taking", progress: Callable[[int], None] | None, part_rows: int
) -> Outcome:
    incoming = taking.incoming
    stream = SOURCES[incoming.source](incoming.raw, taking.receipt)
    ahead = list(islice(stream, part_rows))
    start = 0
    while True:
        part, ahead = ahead, list(islice(stream, part_rows))
        taking.part(start, part, last=not ahead)
        start += len(part)
        if progress:
            progress(start)
        if not ahead:
            return taking.outcome()


def _refuse_borrowed(desk: Desk, incoming: Incoming) -> None:
    """Only the centre passes on another's material: whose word it is decides what it proves."""
    desk.refuse_stranger(incoming.owner)
    desk.refuse_stranger(incoming.by)
    if incoming.by not in {incoming.owner, CENTRE}:
        raise NotPermitted(
            f"{incoming.by} hands in {incoming.name} as material of {incoming.owner}; "
            f"only {incoming.owner} itself or the centre may"
        )


def _refuse_unknown_readers(desk: Desk, acl: str) -> None:
    if not acl:
        return
    charter = desk.charter
    known = {ALL, PUBLIC, *(body.code for body in (*charter.parties, *charter.bodies))}
    if strange := sorted(set(acl.split("+")) - known):
        raise NothingTaken(
            f"readers {acl!r}: {', '.join(map(repr, strange))} has no seat at this centre; "
            f"known are {', '.join(sorted(known))}"
        )


class _Taking:
    """One file on its way in."""

    def __init__(self, desk: Desk, incoming: Incoming) -> None:
        self.desk = desk
        self.incoming = incoming
        self.sha256 = sha256_hex(incoming.raw)
        self.received_us = desk.now_us()
        self.file: FileRef | None = None
        self.known_rows, self.complete = self._known()
        self.taken = self.known = 0
        self.unreadable: list[Unreadable] = []
        self.entries: list[int] = []

    @property
    def receipt(self) -> Receipt:
        return Receipt(
            source=self.incoming.source,
            name=self.incoming.name,
            owner=self.incoming.owner,
            received_us=self.received_us,
            zone=self.incoming.zone or self.desk.charter.zone,
            language=self.incoming.language,
        )

    def part(self, start: int, items: Sequence[Report | Unreadable], *, last: bool) -> None:
        stop = start + len(items)
        if stop <= self.known_rows and (not last or self.complete):
            self.known += len(items)
            return
        fresh = items[max(0, self.known_rows - start) :]
        self.known += len(items) - len(fresh)
        start = stop - len(fresh)
        self.entries.append(self._append(start, stop, last=last))
        broken = [item for item in fresh if isinstance(item, Unreadable)]
        self.unreadable += broken
        self.taken += len(fresh) - len(broken)

    def outcome(self) -> Outcome:
        return Outcome(
            taken=self.taken,
            known=self.known,
            unreadable=tuple(self.unreadable),
            entries=tuple(self.entries),
        )

    def kept(self, items: Sequence[Report | Unreadable], part_rows: int) -> inbox.Kept:
        """What waits in the inbox for this file."""
        receipt, acl = self.receipt, self.acl()
        parts = []
        for start in range(0, max(1, len(items)), part_rows):
            stop = min(start + part_rows, len(items))
            taken = canonical(self._part(start, stop, last=stop == len(items)))
            parts.append(Pooled(acl=acl, rows=stop - start, taken=_blob(self.desk, taken, acl)))
        return inbox.Kept(
            source=receipt.source,
            name=receipt.name,
            owner=receipt.owner,
            zone=receipt.zone,
            language=receipt.language,
            acl=acl,
            received_us=receipt.received_us,
            sha256=self.sha256,
            rows=len(items),
            unreadable=sum(isinstance(item, Unreadable) for item in items),
            file=self._file(),
            parts=tuple(parts),
        )

    def _append(self, start: int, stop: int, *, last: bool) -> int:
        taken = self._part(start, stop, last=last)
        return self.desk.post("report/taken", self.incoming.by, taken, acl=self.acl())

    def _part(self, start: int, stop: int, *, last: bool) -> Taken:
        receipt = self.receipt
        return Taken(
            source=receipt.source,
            name=receipt.name,
            owner=receipt.owner,
            zone=receipt.zone,
            language=receipt.language,
            received_us=receipt.received_us,
            sha256=self.sha256,
            file=self._file(),
            start=start,
            stop=stop,
            last=last,
        )

    def _file(self) -> FileRef:
        if self.file is None:
            self.file = _blob(self.desk, self.incoming.raw, self.acl())
        return self.file

    def acl(self) -> str:
        """Who may read it in full."""
        if self.incoming.acl:
            return audience(self.incoming.acl.split("+"))
        if self.desk.charter.mode is Mode.REPLAY:
            return ALL  # what is studied was public already
        return audience([*self.desk.charter.staff, self.incoming.owner, CENTRE])

    def _known(self) -> tuple[int, bool]:
        rows = self.desk.tables.select(
            "SELECT rows, complete FROM files WHERE sha256 = ? AND source = ? AND owner = ?",
            (self.sha256, self.incoming.source, self.incoming.owner),
        )
        return (rows[0]["rows"], bool(rows[0]["complete"])) if rows else (0, False)


def _blob(desk: Desk, plain: bytes, acl: str) -> FileRef:
    """Keep bytes as a blob for their readers; durable when this returns."""
    ref: PayloadRef = desk.keep(plain, acl)
    return FileRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
