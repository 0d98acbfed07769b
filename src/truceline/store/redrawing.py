"""Draw the tables again from nothing, and say whether they come out the same.

The old tables stay in use until the new ones are whole; then these are copied over them, page by
page under the file's own lock, so that whoever has the tables open goes on with the new ones.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from truceline.ledger.log import Log
from truceline.store.assessing import assess_tables
from truceline.store.collecting import uncollected
from truceline.store.digests import common_digest, table_digests
from truceline.store.drawing import draw, drawn_size
from truceline.store.fusing import fuse_tables
from truceline.store.tables import Tables, TablesDamaged, TablesOutOfDate

Stage = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """What a redraw found.

    size: ledger entries drawn; common: the digest every replica shares.
    differing: tables whose rows were not what the record says; empty when all were.
    compared: False where there were no tables, or older ones, to compare with.
    """

    size: int
    common: str
    differing: tuple[str, ...]
    compared: bool


def redraw(
    path: Path, log: Log, stage: Stage = lambda _: None, progress: Progress | None = None
) -> Redrawn:
    """Draw the tables at `path` again, compare, and put the new ones in place.

    stage: called with a stage's name as it begins: `draw`, `fuse`, `assess`, `compare`.
    """
    with uncollected():
        return _redraw(path, log, stage, progress)


def _redraw(path: Path, log: Log, stage: Stage, progress: Progress | None) -> Redrawn:
    fresh_path = path.with_name("redraw.sqlite3")
    _remove(fresh_path)
    fresh = Tables(fresh_path)
    stage("draw")
    draw(fresh, log, progress)
    stage("fuse")
    fuse_tables(fresh)
    stage("assess")
    assess_tables(fresh, log)
    stage("compare")
    found = table_digests(fresh)
    before = _digests_before(path, log)
    outcome = Redrawn(
        size=drawn_size(fresh),
        common=common_digest(fresh),
        differing=tuple(name for name in found if before and before[name] != found[name]),
        compared=before is not None,
    )
    _put_in_place(fresh, path)
    return outcome


def _digests_before(path: Path, log: Log) -> dict[str, str] | None:
    """The digests of the tables in use, brought up to the same head first."""
    if not path.exists():
        return None
    try:
        old = Tables(path)
        try:
            draw(old, log)
            fuse_tables(old)
            assess_tables(old, log)
            return table_digests(old)
        finally:
            old.close()
    except (TablesOutOfDate, TablesDamaged, sqlite3.DatabaseError):
        return None


def _put_in_place(fresh: Tables, path: Path) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=60)) as target:
            fresh.db.backup(target)
    except sqlite3.DatabaseError:  # no tables file any more: nobody can have it open
        fresh.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        fresh.db.execute("PRAGMA journal_mode=DELETE")
        fresh.close()
        _remove(path)
        fresh.path.rename(path)
        return
    fresh.close()
    _remove(fresh.path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
