"""Taking bytes of a log from a source that may be wrong, and from what is already held.

Nothing here decides what is right: a reader authenticates every tile and entry against the signed
head and says which file was not the log's; that file is then asked for again, elsewhere first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from truceline.ledger.errors import IntegrityError, LedgerError
from truceline.ledger.tiles import Get

TRIES = 3  # held here and damaged; wrong on the way; wrong at the source
_HERE = "this folder"
_T = TypeVar("_T")


class WrongBytes(LedgerError):
    """A source gives other bytes than its own signed head commits to, also when asked again.

    source: its name. path: the file. index: the first entry concerned, None if it cannot be told.
    """

    def __init__(self, source: str, problem: IntegrityError) -> None:
        super().__init__(f"{source} gives wrong bytes, also when asked again: {problem}")
        self.source = source
        self.path = problem.path
        self.index = problem.index


@dataclass(frozen=True, slots=True)
class Source:
    """Somewhere a log can be had. get: the bytes under a path of it, `heads/<size>` included."""

    name: str
    get: Get


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Bytes that were not the log's and were asked for again: where from, which file, and why."""

    source: str
    path: str
    index: int | None
    found: str


class Fetch:
    """A source, with what is held already in front of it.

    wrong: what was not the log's, wherever it came from; right bytes may have come since.
    """

    def __init__(self, source: Source, held: Get) -> None:
        self._source = source
        self._held = held
        self._doubted: set[str] = set()
        self._edge_doubted = False
        self._last: dict[str, str] = {}
        self.wrong: list[Wrong] = []

    def get(self, path: str) -> bytes | None:
        """The bytes under a path: those held here, unless they are doubted."""
        doubted = path in self._doubted or (self._edge_doubted and ".p/" in path)
        raw = None if doubted else self._held(path)
        if raw is not None:
            self._last[path] = _HERE
            return raw
        self._last[path] = self._source.name
        return self._source.get(path)

    def ask(self, path: str) -> bytes | None:
        """The bytes the source itself has under a path, whatever is held here."""
        return self._source.get(path)

    def sure(self, read: Callable[[], _T]) -> _T:
        """Read something, again if it was wrong; WrongBytes names the source where it stays so."""
        for _ in range(TRIES - 1):
            try:
                return self._done(read())
            except IntegrityError as problem:
                self._doubt(problem)
        try:
            return self._done(read())
        except IntegrityError as problem:
            raise WrongBytes(self._source.name, problem) from problem

    def _done(self, value: _T) -> _T:
        self._last.clear()
        return value

    def _asked(self, path: str) -> str:
        """Who gave what was wrong; of the edge, this folder if any of it came from here."""
        edge = {who for at, who in self._last.items() if ".p/" in at}
        if path == "checkpoint" and _HERE in edge:
            return _HERE
        return self._last.get(path, self._source.name)

    def _doubt(self, problem: IntegrityError) -> None:
        self._doubted.add(problem.path)
        # The partial tiles are checked together: which of them was wrong cannot be told.
        self._edge_doubted |= problem.path == "checkpoint"
        self.wrong.append(
            Wrong(
                source=self._asked(problem.path),
                path=problem.path,
                index=problem.index,
                found=str(problem),
            )
        )
