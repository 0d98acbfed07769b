"""The few things the ledger asks of a disk, in one place so that tests can make each one fail.

Every file is written beside its place and renamed into it, so a reader sees all of it or nothing.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from truceline.ledger.errors import Corrupt, Full, Halted

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
TEMPORARY = ".tmp-"


class Disk:
    """One directory. Paths are relative to it. Knows no more of the ledger than bytes and names.

    After anything but a plain lack of room goes wrong on a write, the disk has halted: what the
    page cache then says about our files may not be what is stored (a failed fsync is not
    repeated), so every later write raises Halted until the directory is opened anew.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.halted: str | None = None

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None if there is none; Corrupt if it cannot be read."""
        try:
            # Read and written for every commit, and a Path costs more than the system call.
            with open(f"{self.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - see above
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise Corrupt(f"{self.root / path}: cannot be read: {problem.strerror}") from problem

    def size(self, path: str) -> int | None:
        """The length of a file, or None if there is none."""
        try:
            # Asked for every entry admitted, and a Path costs more than the system call.
            return os.stat(f"{self.root}/{path}").st_size  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return None

    def names(self, path: str) -> list[str]:
        """The names in a directory, sorted; none if there is no such directory."""
        try:
            return sorted(item.name for item in (self.root / path).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(self, path: str) -> Iterator[str]:
        """Every file beneath a directory, as paths relative to the root, sorted."""
        for name in self.names(path):
            here = f"{path}/{name}" if path else name
            if (self.root / here).is_dir() and not (self.root / here).is_symlink():
                yield from self.walk(here)
            else:
                yield here

    def write(
        self, path: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int = 0o644
    ) -> None:
        """Put a file in place, whole; its bytes may be given in parts.

        durable: the file and its name survive a power cut.

        Raises Full with nothing changed, or Halted with the outcome unknown.
        """
        self._refuse_if_halted()
        target = f"{self.root}/{path}"
        parent, _, name = target.rpartition("/")
        beside = f"{parent}/{TEMPORARY}{os.getpid()}-{name}"
        try:
            if not os.path.isdir(parent):  # noqa: PTH112 - see read
                self._make_parents(Path(parent), durable=durable)
            self._write_beside(beside, data, durable=durable, mode=mode)
        except OSError as problem:
            Path(beside).unlink(missing_ok=True)
            if problem.errno in _NO_ROOM and not isinstance(problem, _SyncFailed):
                raise Full(f"{target}: no room left; free some and try again") from problem
            raise self._halt(Path(target), problem) from problem
        try:
            self._rename(beside, target)
            if durable:
                self._sync_directory(parent)
        except OSError as problem:
            raise self._halt(Path(target), problem) from problem

    def remove(self, path: str) -> None:
        """Remove a file; it may be gone already."""
        self._refuse_if_halted()
        try:
            self._unlink(self.root / path)
        except OSError as problem:
            raise self._halt(self.root / path, problem) from problem

    def remove_directory(self, path: str) -> None:
        """Remove a directory of plain files; it may be gone already."""
        for name in self.names(path):
            self.remove(f"{path}/{name}")
        try:
            (self.root / path).rmdir()
        except FileNotFoundError:
            return
        except OSError as problem:
            raise self._halt(self.root / path, problem) from problem

    def sync(self, paths: Iterable[str]) -> None:
        """Make files written without `durable`, and their names, survive a power cut."""
        self._refuse_if_halted()
        parents = set()
        for path in paths:
            target = self.root / path
            try:
                handle = os.open(target, os.O_RDONLY)
            except FileNotFoundError:
                continue  # a partial tile, removed because the full one is there
            try:
                self._fsync(handle)
            except OSError as problem:
                raise self._halt(target, problem) from problem
            finally:
                os.close(handle)
            parents |= _up_to(target.parent, self.root)
        try:
            for parent in sorted(parents, reverse=True):
                self._sync_directory(parent)
        except OSError as problem:
            raise self._halt(self.root, problem) from problem

    def _make_parents(self, parent: Path, *, durable: bool) -> None:
        missing = [step for step in (parent, *parent.parents) if not step.exists()]
        for step in reversed(missing):
            step.mkdir(exist_ok=True)
            if durable:
                self._sync_directory(step.parent)

    def _write_beside(
        self, beside: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int
    ) -> None:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            for part in [data] if isinstance(data, bytes) else data:
                rest = memoryview(part)
                while rest:
                    rest = rest[self._write(handle, rest) :]
            os.fchmod(handle, mode)
            if durable:
                self._fsync(handle)
        finally:
            os.close(handle)

    def _write(self, handle: int, data: memoryview) -> int:
        return os.write(handle, data)

    def _rename(self, source: str, target: str) -> None:
        os.replace(source, target)  # noqa: PTH105 - see read

    def _unlink(self, target: Path) -> None:
        target.unlink(missing_ok=True)

    def _fsync(self, handle: int) -> None:
        try:
            os.fsync(handle)
        except OSError as problem:
            raise _SyncFailed(problem.errno, problem.strerror) from problem

    def _sync_directory(self, path: Path | str) -> None:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._fsync(handle)
        finally:
            os.close(handle)

    def _refuse_if_halted(self) -> None:
        if self.halted is not None:
            raise Halted(f"{self.root}: stopped after an error ({self.halted}); open it anew")

    def _halt(self, target: Path, problem: OSError) -> Halted:
        self.halted = f"{target.name}: {problem.strerror or problem}"
        return Halted(f"{target}: {problem.strerror}; unknown whether it was stored, open anew")


class _SyncFailed(OSError):
    """An fsync failed: whatever its errno, the bytes may be lost."""


def _up_to(parent: Path, root: Path) -> set[Path]:
    steps = {parent}
    while parent != root and root in parent.parents:
        parent = parent.parent
        steps.add(parent)
    return steps
