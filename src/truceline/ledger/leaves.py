"""Where in the log a leaf is, in memory that does not grow with the log.

The newest leaves are in memory. From time to time they are written out as a run: a file of sorted
8-byte words, the first 4 bytes of a leaf and its index. Runs of like size are merged, so there are
few. A word only says where to look: a leaf is found when the hash at that index of the
authenticated tree is that leaf. So a changed run can hide a leaf and can never invent one.
"""

import os
import shutil
import sys
import tempfile
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from truceline.ledger.errors import Corrupt, Malformed

_WORD = 8
_INDEX_BITS = 32
_PAGE = 512  # words between two that are kept in memory
_SPANS = 64  # runs are merged a part of their range at a time
_MERGED = 8  # as many runs of like size become one
_SMALLEST = 8_192  # leaves worth a run of their own

LeafAt = Callable[[int], bytes | None]
Words: TypeAlias = "array[int]"  # an array takes no parameter when run, before Python 3.12


@dataclass(frozen=True, slots=True)
class Listed:
    """A run by what it must be: the leaves first…stop, in a file of this SHA-256."""

    first: int
    stop: int
    digest: str

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"{self.first}-{self.stop}"


class Run:
    """One sorted file, read where needed; a page of it in memory at a time."""

    def __init__(self, listed: Listed, handle: int, fences: Words) -> None:
        self.listed = listed
        self._handle = handle
        self._fences = fences
        weakref.finalize(self, os.close, handle)

    @classmethod
    def open(cls, path: Path, listed: Listed) -> "Run":
        """Open a run; Corrupt if the file is not the one listed."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as problem:
            raise Corrupt(f"{path}: {problem.strerror}; it will be drawn anew") from problem
        fences, digest, count = array("Q"), sha256(), 0
        while page := os.pread(handle, _PAGE * _WORD, count * _WORD):
            digest.update(page)
            fences.append(int.from_bytes(page[:_WORD], "little"))
            count += len(page) // _WORD
        run = cls(listed, handle, fences)
        if digest.hexdigest() != listed.digest or count != listed.stop - listed.first:
            raise Corrupt(f"{path}: not the index that was written; it will be drawn anew")
        return run

    def spans(self) -> Iterator[Words]:
        """All of its words, in order, a part at a time."""
        step = (1 << 64) // _SPANS
        return (self.words(low, low + step) for low in range(0, 1 << 64, step))

    def words(self, low: int, high: int) -> Words:
        """The words from low to below high; a few pages are read."""
        start = max(0, bisect_left(self._fences, low) - 1)
        stop = bisect_left(self._fences, high)
        found = _words(
            os.pread(self._handle, (stop - start) * _PAGE * _WORD, start * _PAGE * _WORD)
        )
        return found[bisect_left(found, low) : bisect_left(found, high)]


class Shelf:
    """The folder runs are kept in. write: puts a file of these parts in place, whole."""

    def __init__(self, folder: Path, write: Callable[[str, Iterable[bytes]], None]) -> None:
        self.folder = folder
        self._write = write

    def keep(self, first: int, stop: int, parts: Iterable[Words]) -> Run:
        """Write a run, a part of its sorted words at a time, and open it."""
        digest = sha256()

        def written() -> Iterator[bytes]:
            for part in parts:
                raw = _bytes(part)
                digest.update(raw)
                yield raw

        name = Listed(first, stop, "").name
        self._write(name, written())
        return Run.open(self.folder / name, Listed(first, stop, digest.hexdigest()))


class Leaves:
    """Which leaves a log holds and where. Forks try a batch; absorbing one keeps it.

    leaf_at: the authenticated leaf hash at an index. Without a shelf all leaves stay in memory.
    """

    def __init__(self, shelf: Shelf | None = None, leaf_at: LeafAt | None = None) -> None:
        self._shelf = shelf
        self._leaf_at = leaf_at
        self._recent: dict[str, int] = {}
        self._runs: tuple[Run, ...] = ()
        self._base: Leaves | None = None

    def __contains__(self, leaf: str) -> bool:
        return self.find(leaf) is not None

    def find(self, leaf: str) -> int | None:
        """The index of a leaf (hex), or None if the log does not hold it."""
        at = self._recent.get(leaf)
        if at is not None or (self._base is None and not self._runs):
            return at
        if self._base is not None:
            return self._base.find(leaf)
        wanted = bytes.fromhex(leaf)
        return next((at for at in self._candidates(wanted) if self._is_at(at, wanted)), None)

    def look_in(self, leaf_at: LeafAt) -> None:
        """Look leaves up in a newer tree of the same log from now on."""
        self._leaf_at = leaf_at

    def add(self, leaf: str, index: int) -> None:
        """Count a leaf in, the next of the log."""
        self._recent.setdefault(leaf, index)
        if len(self._recent) >= 2 * _SMALLEST:
            self.spill(index + 1)

    def fork(self) -> "Leaves":
        """Leaves to try a batch on."""
        other = Leaves()
        other._base = self
        return other

    def absorb(self, fork: "Leaves") -> None:
        """Keep what a fork counted in, up to the last leaf of it."""
        self._recent |= fork._recent  # noqa: SLF001 - one class, two of it

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The runs there are, oldest first: with the leaves since, they are all."""
        return tuple(run.listed for run in self._runs)

    def mend(self, is_there: Callable[[str], bool]) -> None:
        """Write runs again whose files somebody removed; they are still open here."""
        assert self._shelf is not None
        self._runs = tuple(
            run
            if is_there(run.listed.name)
            else self._shelf.keep(run.listed.first, run.listed.stop, run.spans())
            for run in self._runs
        )

    @property
    def written(self) -> int:
        """How many leaves, from the first, are in runs."""
        return self._runs[-1].listed.stop if self._runs else 0

    def take_up(self, runs: Iterable[Run]) -> None:
        """Go on with these runs; leaves in them need not stay in memory."""
        self._runs = tuple(runs)
        for before, after in pairwise([Listed(0, 0, ""), *self.listed]):
            if before.stop != after.first:
                raise Malformed(f"runs of leaves that do not join: {before.name}, {after.name}")
        stop = self.written
        self._recent = {leaf: at for leaf, at in self._recent.items() if at >= stop}

    def spill(self, size: int) -> bool:
        """Write the leaves in memory out as a run, once they are many; say whether it was done."""
        first = self.written
        if self._shelf is None or size - first < _SMALLEST:
            return False
        words = array("Q", sorted(_word(leaf, at) for leaf, at in self._recent.items()))
        runs = [*self._runs, self._shelf.keep(first, size, [words])]
        while (alike := _alike(runs)) > 1:
            runs[-alike:] = [self._merge(runs[-alike:])]
        self.take_up(runs)
        return True

    def _merge(self, runs: Sequence[Run]) -> Run:
        """One run of several; O(n) time, a part of the words in memory at a time."""
        assert self._shelf is not None
        step = (1 << 64) // _SPANS
        parts = (
            array("Q", sorted(word for run in runs for word in run.words(low, low + step)))
            for low in range(0, 1 << 64, step)
        )
        return self._shelf.keep(runs[0].listed.first, runs[-1].listed.stop, parts)

    def _candidates(self, leaf: bytes) -> Iterator[int]:
        low = int.from_bytes(leaf[:4]) << _INDEX_BITS
        for run in reversed(self._runs):
            for word in run.words(low, low + (1 << _INDEX_BITS)):
                yield word & (1 << _INDEX_BITS) - 1

    def _is_at(self, index: int, leaf: bytes) -> bool:
        return self._leaf_at is not None and self._leaf_at(index) == leaf


def scratch(leaf_at: LeafAt) -> Leaves:
    """Leaves that go to a temporary folder, for whoever reads through a log without a place in it.

    The folder is made once there are too many leaves for memory, and goes with the leaves.
    """
    where = Path(tempfile.gettempdir()) / f"truceline-leaves-{os.getpid()}-{os.urandom(8).hex()}"

    def write(name: str, parts: Iterable[bytes]) -> None:
        where.mkdir(mode=0o700, exist_ok=True)
        with (where / name).open("wb") as file:
            file.writelines(parts)

    leaves = Leaves(Shelf(where, write), leaf_at)
    weakref.finalize(leaves, shutil.rmtree, where, ignore_errors=True)
    return leaves


def entries_of(raw: bytes) -> Iterator[tuple[int, int]]:
    """What a run says: the first four bytes of a leaf, as a number, and its index."""
    return ((word >> _INDEX_BITS, word & (1 << _INDEX_BITS) - 1) for word in _words(raw))


def _alike(runs: Sequence[Run]) -> int:
    """How many of the newest runs to merge: once enough of one class of size have gathered."""
    classes = [_size_class(run.listed) for run in reversed(runs)]
    for limit in sorted(set(classes)):
        count = next((at for at, one in enumerate(classes) if one > limit), len(classes))
        if classes[:count].count(limit) >= _MERGED:
            return count
    return 0


def _size_class(listed: Listed) -> int:
    """Which power of 8 times the smallest a run is nearest below."""
    return ((listed.stop - listed.first) // _SMALLEST).bit_length() // 3


def _word(leaf: str, index: int) -> int:
    return int(leaf[:8], 16) << _INDEX_BITS | index


def _words(raw: bytes) -> Words:
    words = array("Q")
    words.frombytes(raw[: len(raw) // _WORD * _WORD])
    if sys.byteorder == "big":
        words.byteswap()
    return words


def _bytes(words: Words) -> bytes:
    if sys.byteorder == "big":
        words = words[:]
        words.byteswap()
    return words.tobytes()
