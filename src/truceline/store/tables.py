"""The SQLite file the tables live in, and the one rule by which anything is read from it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from weakref import finalize

from truceline.store.rows import Cell, Row
from truceline.values.audience import may_read
from truceline.values.errors import TrucelineError

SCHEMA_VERSION = "6"
DRAWN = ("entries", "unheld", "erased", "files", "unreadables", "claims", "coverage", "events")
_COMPUTED = ("incidents", "incident_claims", "links", "judged", "proposals")
# What is computed for the staff, and what for everybody else (docs/adr/0091): one table of each.
WHOLE, TOLD = "", "told_"
COMPUTED = tuple(f"{layer}{name}" for layer in (WHOLE, TOLD) for name in _COMPUTED)


class TablesOutOfDate(TrucelineError):
    """The tables were drawn by other code; `truceline redraw` draws them again."""


class TablesDamaged(TrucelineError):
    """The tables cannot be read or written; they hold no fact of their own, so draw them again."""


class Tables:
    """One open tables file. Open one per thread; writers wait for each other."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it if it is not there.

        TablesOutOfDate if other code drew it, TablesDamaged if it is no tables file any more.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
        finalize(self, self.db.close)  # a reader who forgets to close holds the file no longer
        self.db.row_factory = sqlite3.Row
        with self._in_words():
            self._prepare()
        if self.meta("schema") != SCHEMA_VERSION:
            self.close()
            raise TablesOutOfDate(
                f"{path} was drawn by other code; run `truceline redraw` on the centre"
            )

    def _prepare(self) -> None:
        # The tables can be drawn again, so a power cut may cost the newest of them, never a fact.
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "temp_store=MEMORY"):
            self.db.execute(f"PRAGMA {pragma}")
        with self.writing():
            if not self.db.execute("SELECT 1 FROM sqlite_master WHERE name='meta'").fetchone():
                self._make()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # two rows under one key: a fault of ours, not of the file
        except sqlite3.DatabaseError as problem:
            raise TablesDamaged(
                f"{self.path}: {problem}; if it stays so, run `truceline redraw` on the centre"
            ) from problem

    def _make(self) -> None:
        schema = files("truceline.store").joinpath("schema.sql").read_text(encoding="utf-8")
        lines = [line.split("--", 1)[0] for line in schema.splitlines()]
        for statement in "\n".join(lines).split(";"):
            if statement.strip():
                self.db.execute(statement)
        for name in _COMPUTED:
            self._make_alike(name)
        self.set_meta("schema", SCHEMA_VERSION)

    def _make_alike(self, name: str) -> None:
        """Make the other layer's table of a computed one, alike in every column and index."""
        made = self.db.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (name,)
        ).fetchall()
        for one in made:
            sql = str(one["sql"]).replace(f" {name} ", f" {TOLD}{name} ")
            if one["name"] != name:
                sql = sql.replace(f" {one['name']} ", f" {TOLD}{one['name']} ")
            self.db.execute(sql)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything in it, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see one state, whatever others write in between."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    def meta(self, key: str) -> str:
        """A fact about the tables themselves; empty where it was never set."""
        found = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found["value"]) if found else ""

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the tables themselves."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows of one shape to a table."""
        batch = list(rows)
        if not batch:
            return
        names = tuple(batch[0])
        marks = ", ".join("?" * len(names))
        self.db.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - names are ours
            [tuple(row.values()) for row in batch],
        )

    def clear(self, names: Iterable[str]) -> None:
        """Empty tables, to be computed again."""
        for name in names:
            self.db.execute(f"DELETE FROM {name}")  # noqa: S608 - names are ours

    def remove(self, table: str, column: str, values: Iterable[Cell]) -> None:
        """Remove the rows whose column holds one of these values."""
        self.db.executemany(
            f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608 - names are ours
            [(value,) for value in values],
        )

    def bind(self, reader: str, as_of_us: int) -> None:
        """Make `visible_to` speak for one reader at one instant, on this connection."""

        def visible_to(audience: str, visible_from_us: int) -> int:
            return int(visible_from_us <= as_of_us and may_read(reader, audience))

        self.db.create_function("visible_to", 2, visible_to, deterministic=True)

    def select(
        self, sql: str, parameters: Mapping[str, Cell] | tuple[Cell, ...] = ()
    ) -> list[sqlite3.Row]:
        """Run a query and return its rows."""
        with self._in_words():
            return self.db.execute(sql, parameters).fetchall()
