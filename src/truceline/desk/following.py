"""A party's replica: the log followed, its payloads brought, its tables drawn, its digest stated.

1. Follow the log: every byte checked, or who gave a wrong one is named (ledger/replica.py).
2. Bring the payloads this reader may have, and those sealed to others.
3. Draw the tables, stopping at each size the centre made a statement of; state what ours come to
   there and at the head. Nothing is stated of a compartment while a payload of it is lacking.
4. Keep everyone's statements, hand ours over, and say who differs, where and since when.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from truceline.coordination.charter import Charter
from truceline.desk import stating
from truceline.desk.centre import SETTINGS, Settings, write_settings
from truceline.desk.couriers.holders import Holder
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.desk import TABLES, Desk
from truceline.desk.erasing import forget
from truceline.desk.holding import Brought, Lacking, bring
from truceline.desk.stating import Differs, latest
from truceline.ledger import digest
from truceline.ledger.checkpoint import Head, parse
from truceline.ledger.digest import Shelf
from truceline.ledger.digest import Tables as DigestTables
from truceline.ledger.disk import Disk
from truceline.ledger.errors import LedgerError
from truceline.ledger.fetching import Wrong
from truceline.ledger.keys import Signer, load
from truceline.ledger.log import Log
from truceline.ledger.note import Key
from truceline.ledger.replica import Followed, Replica
from truceline.ledger.store import READER
from truceline.store.digests import readable_digests
from truceline.store.drawing import draw, drawn_size
from truceline.store.erasing import known, newest_erasure
from truceline.store.redrawing import redraw
from truceline.store.tables import Tables
from truceline.values.audience import ALL, CENTRE, PUBLIC

Progress = Callable[[int, int], None]
_STATED_MOST = 8  # sizes stated in one pass; a replica that was away need not state every day


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What one pass over everything came to.

    lacking: payloads we may read and do not have. others: sealed to others and not had either.
    stated: the sizes our digest was stated of. differs: who states something else. mended: our own
    tables were not what the record says, and were drawn again. handed: our statements were taken.
    """

    followed: Followed
    lacking: tuple[Lacking, ...]
    others: int
    stated: tuple[int, ...]
    differs: tuple[Differs, ...]
    mended: tuple[str, ...] = ()
    handed: bool = True

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """Bytes of the log that had to be asked for again."""
        return self.followed.wrong

    @property
    def ok(self) -> bool:
        """Whether nothing needs a person."""
        return not (self.lacking or self.differs or self.mended)


class Follower:
    """A replica's folder and whose it is.

    reader: whose code it reads with; PUBLIC where none. Its signing key is `keys/<reader>`, and
    what is sealed to it opens with `keys/<reader>.age`.
    """

    def __init__(self, folder: Path, replica: Replica, reader: str) -> None:
        self.folder = folder
        self.replica = replica
        self.reader = reader
        self.shelf = Shelf(Disk(folder))

    @classmethod
    def open(cls, folder: Path, trust: bytes | None, reader: str | None = None) -> "Follower":
        """Open a replica's folder, making it the first time; see `Replica.open`.

        reader: None for whoever it was opened for last, at first PUBLIC.
        """
        replica = Replica.open(folder, trust)
        disk = Disk(folder)
        if reader is not None:
            disk.write(READER, reader.encode(), durable=True)
        kept = disk.read(READER)
        return cls(folder, replica, kept.decode() if kept else PUBLIC)

    @property
    def signer(self) -> Signer | None:
        """The key our statements are signed with; None where it is not held here."""
        path = self.folder / "keys" / ("desk" if self.reader == CENTRE else self.reader)
        return load(path) if path.is_file() else None

    def run(self, holder: Holder, now_us: int, progress: Progress | None = None) -> Passed:
        """One pass: all that is new from one holder. Raises as `Replica.follow` does."""
        followed = self.replica.follow(holder.source, now_us, progress)
        log = Log.open(self.folder)
        brought = bring(self.folder, log, self.reader, holder.blob)
        self._settle(log)
        theirs = holder.notes()
        self._take_notes(theirs)
        lacking = brought.lacks(self.reader)
        self._draw_late(log, brought)
        stated = self._draw(log, now_us, short={one.audience for one in lacking})
        mended = self._own_fault(log, now_us)
        return Passed(
            followed=followed,
            lacking=lacking,
            others=len(brought.lacking) - len(lacking),
            stated=stated,
            differs=tuple(stating.differences(self.shelf, self.reader, log)),
            mended=mended,
            handed=self._hand_over(holder, set(theirs)),
        )

    def keys(self) -> dict[tuple[str, bytes], Key]:
        """The registered keys that still count."""
        state = self.replica.state
        return {one: key for one, key in state.keys.items() if one not in state.suspects}

    def _settle(self, log: Log) -> None:
        """Write centre.toml from what the log says it was founded as, so the folder opens."""
        if (self.folder / SETTINGS).exists():
            return
        plain = log.payload(log.entry(0))
        if plain is None:
            return  # it comes with a later pass
        charter = msgspec.json.decode(plain, type=Charter)
        write_settings(
            self.folder, Settings(name=charter.name, mode=charter.mode, origin=charter.origin)
        )

    def _take_notes(self, notes: Iterable[bytes]) -> None:
        keys = self.keys()
        for raw in notes:
            try:
                self.shelf.put(raw, keys)
            except LedgerError:
                continue  # by a key that does not count: nobody said it

    def _draw_late(self, log: Log, brought: Brought) -> None:
        """Draw again from nothing where payloads came for entries that were drawn without them."""
        tables = Tables(self.folder / TABLES)
        drawn = drawn_size(tables)
        tables.close()
        if any(entry < drawn for entry in brought.late):
            redraw(self.folder / TABLES, log)

    def _draw(self, log: Log, now_us: int, *, short: Collection[str]) -> tuple[int, ...]:
        """Draw to the head by way of every size to be stated; return the sizes stated.

        short: compartments of which a payload is lacking; nothing is stated of them, and nothing
        at all while what everyone may read is among them.
        """
        state = not {ALL, PUBLIC} & set(short)
        tables = Tables(self.folder / TABLES)
        stated: list[int] = []
        try:
            for head in self._stops(log, drawn_size(tables)):
                draw(tables, log, upto=head.size)
                if state and not self._has_stated(head):
                    found = readable_digests(tables, self.reader)
                    found = {name: found[name] for name in found if name not in short}
                    if self._state(head, found, stating.model_of(tables), now_us):
                        stated.append(head.size)
            forget(self.folder, known(tables))
        finally:
            tables.close()
        return tuple(stated)

    def _state(self, head: Head, found: DigestTables, model: str, now_us: int) -> bool:
        """Sign and keep a statement, later than any of ours; False where our key is not here."""
        signer = self.signer
        if signer is None:
            return False
        said_us = max((one.at for _, one in self.shelf.notes(self.reader)), default=-1)
        note = digest.make(
            signer,
            head,
            by=self.reader,
            model=model,
            compartments=found,
            at_us=max(now_us, said_us + 1),  # of two statements at one instant, which counts?
        )
        self.shelf.put(note, self.keys())
        return True

    def _stops(self, log: Log, drawn: int) -> list[Head]:
        """The heads to stop at: those the centre stated that we have not passed, and the newest."""
        newest = log.head()
        stated = {one.size for _, one in self.shelf.notes(CENTRE)}
        sizes = sorted(size for size in stated if drawn <= size < newest.size)[-_STATED_MOST:]
        # What was drawn of something before it was erased, nobody can draw any more.
        erased_at = newest_erasure(log, drawn, newest.size) if sizes else -1
        sizes = [size for size in sizes if size > erased_at]
        heads = [raw for size in sizes if (raw := log.head_at(size)) is not None]
        return [*map(parse, heads), newest]

    def _has_stated(self, head: Head) -> bool:
        return any(one.size == head.size for _, one in self.shelf.notes(self.reader))

    def _own_fault(self, log: Log, now_us: int) -> tuple[str, ...]:
        """The tables of ours that were not what the record says; put right, and stated anew.

        Looked for where somebody differs from us, before anybody else is named.
        """
        ours = {one.size: one for one in latest(one for _, one in self.shelf.notes(self.reader))}
        mended: set[str] = set()
        for one in stating.differences(self.shelf, self.reader, log):
            signed = log.head_at(one.at)
            if one.other_log or one.at not in ours or signed is None:
                continue
            if one.at <= newest_erasure(log, 0, log.head().size):
                continue
            mine, head = ours[one.at], parse(signed)
            right = stating.redrawn(log, head, self.reader)
            right = {name: right[name] for name in right if name in mine.compartments}
            if right != mine.compartments:
                mended |= set(stating.parts(mine.compartments, right))
                self._state(head, right, mine.model, now_us)
        if mended:
            redraw(self.folder / TABLES, log)
        return tuple(sorted(mended))

    def _hand_over(self, holder: Holder, theirs: Collection[bytes]) -> bool:
        """Give our statements to whoever we follow; they stay here until somebody takes them."""
        ours = [raw for raw, _ in self.shelf.notes(self.reader)][-_STATED_MOST:]
        try:
            taken = [holder.post(raw) for raw in ours if raw not in theirs]
        except Unreachable:
            return False
        return all(taken)


def state_own(desk: Desk) -> bytes | None:
    """A centre's own statement at its newest head, signed by the desk and kept; None if known."""
    shelf = Shelf(Disk(desk.folder))
    key = desk.folder / "keys" / "desk"
    desk.draw()
    head = desk.head()
    if not key.is_file() or drawn_size(desk.tables) != head.size:
        return None  # somebody appended meanwhile: the next quiet moment will do
    if any(one.size == head.size for _, one in shelf.notes(CENTRE)):
        return None
    signer = load(key)
    note = digest.make(
        signer,
        head,
        by=CENTRE,
        model=stating.model_of(desk.tables),
        compartments=readable_digests(desk.tables, CENTRE),
        at_us=desk.now_us(),
    )
    shelf.put(note, {signer.key.identity: signer.key})
    return note
