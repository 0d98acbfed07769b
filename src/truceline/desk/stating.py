"""Stating what one's tables come to, and holding it against what other holders state.

A difference names the holder, the table, the compartment, and the sizes between which it began. Who
is right is never a matter of counting: before anybody is named, our own tables are drawn again from
nothing, and where *they* were changed, that is what is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from truceline.coordination.adopted import ModelAdopted
from truceline.ledger import digest, merkle
from truceline.ledger.checkpoint import Head
from truceline.ledger.digest import Digest, Shelf
from truceline.ledger.log import Log
from truceline.store.digests import readable_digests
from truceline.store.drawing import draw
from truceline.store.model import MODEL
from truceline.store.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """Where another holder's tables part from ours.

    by: whose. at: the smallest size both stated at which they differ. alike_at: the largest size
    before it at which they did not; None if there is none. tables: (compartment, table) pairs.
    other_log: it does not even hold the same entries.
    """

    by: str
    at: int
    alike_at: int | None
    tables: tuple[tuple[str, str], ...] = ()
    other_log: bool = False

    def line(self) -> str:
        """What to tell a person."""
        if self.other_log:
            return f"{self.by} holds another log: its root of {self.at} entries is not ours"
        what = ", ".join(f"{table} ({compartment})" for compartment, table in self.tables)
        since = "" if self.alike_at is None else f", and was alike at {self.alike_at}"
        return f"{self.by} differs at size {self.at}{since}: {what}"


def model_of(tables: Tables) -> str:
    """The model in force in these tables."""
    found = tables.select(
        "SELECT payload FROM events WHERE kind = 'model/adopted' ORDER BY entry DESC LIMIT 1"
    )
    return msgspec.json.decode(found[0]["payload"], type=ModelAdopted).model if found else MODEL


def differences(shelf: Shelf, mine: str, log: Log) -> list[Differs]:
    """Every other holder that stated something else than we did, from the notes kept here."""
    ours = {(one.size, one.model): one for one in latest(one for _, one in shelf.notes(mine))}
    holders: dict[str, list[Digest]] = {}
    for _, one in shelf.notes():
        if one.by != mine:
            holders.setdefault(one.by, []).append(one)
    found = (_first_difference(latest(notes), ours, log) for _, notes in sorted(holders.items()))
    return [one for one in found if one is not None]


def latest(notes: Iterable[Digest]) -> list[Digest]:
    """Of one holder's notes, the last it stated of each size and model, by size."""
    newest: dict[tuple[int, str], Digest] = {}
    for one in sorted(notes, key=lambda note: note.at):
        newest[one.size, one.model] = one
    return sorted(newest.values(), key=lambda note: (note.size, note.model))


def redrawn(log: Log, head: Head, by: str) -> digest.Tables:
    """What tables drawn from nothing come to at a head; those in use are left alone."""
    with TemporaryDirectory() as folder:
        tables = Tables(Path(folder) / "t.sqlite3")
        try:
            draw(tables, log, upto=head.size)
            return readable_digests(tables, by)
        finally:
            tables.close()


def _first_difference(
    theirs: Iterable[Digest], ours: dict[tuple[int, str], Digest], log: Log
) -> Differs | None:
    alike: int | None = None
    for note in theirs:  # by size
        if _other_log(note, log):
            return Differs(by=note.by, at=note.size, alike_at=alike, other_log=True)
        mine = ours.get((note.size, note.model))
        if mine is None:
            continue
        tables = digest.differing(mine, note)
        if tables:
            return Differs(by=note.by, at=note.size, alike_at=alike, tables=tables)
        alike = note.size
    return None


def _other_log(note: Digest, log: Log) -> bool:
    """Say whether a holder speaks of a log that is not ours at that size."""
    return note.size <= log.head().size and _root_at(log, note.size) != digest.root_of(note)


def _root_at(log: Log, size: int) -> bytes:
    return merkle.range_root(0, size, log.reader().hash)


def parts(one: digest.Tables, other: digest.Tables) -> list[str]:
    """The tables two drawings have unlike, each with its compartment, as people are told."""
    pairs = {(name, table) for side in (one, other) for name in side for table in side[name]}
    return [
        f"{table} ({name})"
        for name, table in sorted(pairs)
        if one.get(name, {}).get(table) != other.get(name, {}).get(table)
    ]
