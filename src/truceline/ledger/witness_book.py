"""What a witness remembers: for each log the newest head it cosigned, and every fork it was shown.

One SQLite file. A witness that forgets what it cosigned could cosign the opposite, so the file is
made once, belongs to the witness's keys, and a missing one is lost state, never a fresh start.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import BadKeyFile, Conflict, Corrupt, Halted, NotFounded
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import Key

FORKS_KEPT = 1000  # a log; only a log's own key can fill this
_WAIT_S = 10
_SCHEMA = """
CREATE TABLE witness (vkey TEXT PRIMARY KEY) STRICT;
CREATE TABLE logs (
    origin TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, vkeys TEXT NOT NULL, url TEXT NOT NULL,
    size INTEGER NOT NULL, root BLOB NOT NULL, time_s INTEGER NOT NULL, note BLOB,
    start TEXT NOT NULL, handed_to TEXT NOT NULL
) STRICT;
CREATE TRIGGER never_back BEFORE UPDATE ON logs
WHEN NEW.size < OLD.size OR NEW.time_s < OLD.time_s
    OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
    OR (OLD.handed_to <> '' AND (NEW.handed_to <> OLD.handed_to OR NEW.size <> OLD.size))
BEGIN SELECT RAISE(ABORT, 'a witness never goes back'); END;
CREATE TRIGGER never_forgotten BEFORE DELETE ON logs
BEGIN SELECT RAISE(ABORT, 'a witness forgets no log'); END;
CREATE TABLE forks (
    id INTEGER PRIMARY KEY, origin TEXT NOT NULL, at_s INTEGER NOT NULL, found TEXT NOT NULL,
    kept BLOB NOT NULL, shown BLOB NOT NULL, digest TEXT NOT NULL, UNIQUE (origin, digest)
) STRICT;
"""
PINNED, FIRST_USE, HANDED = "pinned", "first use", "handed over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A log a witness follows.

    size, root: of the newest head cosigned, or of the one pinned before the first. note: that head
    with the log's lines and ours; None before the first. start: how it began, `pinned`,
    `first use` or `handed over`. handed_to: the origin that continues it; it is then frozen.
    """

    origin: str
    keys: tuple[Key, ...]
    url: str = ""
    size: int = 0
    root: bytes = EMPTY_ROOT
    time_s: int = 0
    note: bytes | None = None
    start: str = FIRST_USE
    handed_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """What a log's key signed that does not continue what we had cosigned: both, and why."""

    origin: str
    at_s: int
    found: str
    kept: bytes
    shown: bytes


class Book:
    """The memory of one witness. Every use opens the file anew, so threads may share a book."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path, keys: Iterable[Key]) -> "Book":
        """Make the memory of a new witness; Conflict if there is one already."""
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as problem:
            raise Conflict(
                f"{path}: this witness has a memory; it is never begun anew"
            ) from problem
        with _connected(path) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(f"BEGIN IMMEDIATE; {_SCHEMA}")
            rows = [(key.vkey,) for key in keys]
            database.executemany("INSERT INTO witness VALUES (?)", rows)
            database.execute("COMMIT")
        return cls(path)

    @classmethod
    def open(cls, path: Path, keys: Iterable[Key]) -> "Book":
        """Open a witness's memory.

        NotFounded where it is missing: the witness must then be given new keys, for the old ones
        could be led to contradict themselves. BadKeyFile where it is another witness's.
        """
        if not path.is_file():
            raise NotFounded(
                f"{path}: the memory of this witness is gone; its keys must not sign again: "
                "make a new witness and have the parties replace its key"
            )
        book = cls(path)
        with _connected(path) as database:
            held = {row[0] for row in database.execute("SELECT vkey FROM witness")}
        if held != {key.vkey for key in keys}:
            raise BadKeyFile(f"{path}: this memory belongs to other keys; put them back together")
        return book

    def logs(self) -> list[Followed]:
        """Every log followed, by name."""
        with _connected(self.path) as database:
            return [_followed(row) for row in database.execute(f"{_SELECT} ORDER BY origin")]

    def log(self, origin: str) -> Followed | None:
        """One log; None if it is not followed."""
        with _connected(self.path) as database:
            return _one(database, origin)

    def by_hash(self, digest: str) -> Followed | None:
        """The log whose origin has this SHA-256, in hex."""
        with _connected(self.path) as database:
            row = database.execute(f"{_SELECT} WHERE hash = ?", (digest,)).fetchone()
            return None if row is None else _followed(row)

    def forks(self) -> list[Fork]:
        """Every fork we were shown, oldest first."""
        columns = "origin, at_s, found, kept, shown"
        with _connected(self.path) as database:
            rows = database.execute(f"SELECT {columns} FROM forks ORDER BY id").fetchall()  # noqa: S608 - no outside text
        return [
            Fork(origin=origin, at_s=at_s, found=found, kept=kept, shown=shown)
            for origin, at_s, found, kept, shown in rows
        ]

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """Read, decide and write as one step: no other process writes in between.

        What was written is durable once this returns; an exception inside leaves no trace.
        """
        with _connected(self.path) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield Writing(database)
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise


class Writing:
    """One atomic step in a witness's memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def log(self, origin: str) -> Followed | None:
        """One log, as it stands now."""
        return _one(self._database, origin)

    def follow(self, log: Followed) -> None:
        """Begin to follow a log; Conflict if it is followed already."""
        digest = origin_hash(log.origin)
        row = (log.origin, digest, _vkeys(log.keys), log.url, log.size, log.root, log.time_s)
        if self.log(log.origin) is not None:
            raise Conflict(f"{log.origin} is followed already, from size {log.size} or later")
        self._database.execute(
            "INSERT INTO logs VALUES (?,?,?,?,?,?,?,?,?,?)",
            (*row, log.note, log.start, log.handed_to),
        )

    def add_keys(self, origin: str, keys: Sequence[Key], url: str) -> None:
        """Change which keys a followed log signs with, and where it is; its state stays."""
        self._database.execute(
            "UPDATE logs SET vkeys = ?, url = ? WHERE origin = ?", (_vkeys(keys), url, origin)
        )

    def advance(self, head: Head, note: bytes, time_s: int) -> None:
        """Remember what is about to be cosigned."""
        self._database.execute(
            "UPDATE logs SET size = ?, root = ?, note = ?, time_s = ? WHERE origin = ?",
            (head.size, head.root, note, time_s, head.origin),
        )

    def hand_over(self, origin: str, to: str) -> None:
        """Freeze a log for ever at what was cosigned last."""
        self._database.execute("UPDATE logs SET handed_to = ? WHERE origin = ?", (to, origin))

    def keep_fork(self, fork: Fork) -> None:
        """Keep evidence; the same again is kept once."""
        count = "SELECT count(*) FROM forks WHERE origin = ?"
        if self._database.execute(count, (fork.origin,)).fetchone()[0] >= FORKS_KEPT:
            return
        digest = hashlib.sha256(fork.kept.split(b"\n\n")[0] + fork.shown.split(b"\n\n")[0])
        self._database.execute(
            "INSERT OR IGNORE INTO forks (origin, at_s, found, kept, shown, digest)"
            " VALUES (?,?,?,?,?,?)",
            (fork.origin, fork.at_s, fork.found, fork.kept, fork.shown, digest.hexdigest()),
        )


def origin_hash(origin: str) -> str:
    """How a log is named in a monitor's address."""
    return hashlib.sha256(origin.encode()).hexdigest()


_SELECT = "SELECT origin, vkeys, url, size, root, time_s, note, start, handed_to FROM logs"


def _one(database: sqlite3.Connection, origin: str) -> Followed | None:
    row = database.execute(f"{_SELECT} WHERE origin = ?", (origin,)).fetchone()
    return None if row is None else _followed(row)


def _followed(row: tuple[str, str, str, int, bytes, int, bytes | None, str, str]) -> Followed:
    origin, vkeys, url, size, root, time_s, note, start, handed_to = row
    return Followed(
        origin=origin,
        keys=tuple(map(Key.parse, vkeys.split())),
        url=url,
        size=size,
        root=root,
        time_s=time_s,
        note=note,
        start=start,
        handed_to=handed_to,
    )


def _vkeys(keys: Iterable[Key]) -> str:
    return "\n".join(key.vkey for key in keys)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own; what SQLite complains of becomes an error of ours."""
    try:
        database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_WAIT_S, isolation_level=None
        )
    except sqlite3.Error as problem:
        raise NotFounded(f"{path}: cannot be opened: {problem}") from problem
    try:
        database.execute("PRAGMA synchronous=FULL")
        yield database
    except sqlite3.IntegrityError as problem:
        raise Conflict(f"{path}: {problem}") from problem
    except sqlite3.OperationalError as problem:
        raise Halted(f"{path}: {problem}; nothing was signed, try again") from problem
    except sqlite3.DatabaseError as problem:
        raise Corrupt(f"{path}: {problem}; sign nothing, make a new witness") from problem
    finally:
        database.close()
