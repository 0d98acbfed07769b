"""A disk that forgets: what was not synced may be there after a power cut, or not, or in part."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disks import PowerCut
from truceline.ledger.disk import Disk

Fate = str  # "kept" | "empty" | "torn" | "zeros"


@dataclass
class _File:
    """The bytes of one file ever written, and whether an fsync has made them safe."""

    content: bytes = b""
    synced: bool = False


Change = tuple[tuple[str, "_File | None"], ...]  # name → file, or gone; all of it or nothing


@dataclass
class _Folder:
    """What of a directory is safe, and the changes since its last fsync, in order."""

    safe: dict[str, _File | None] = field(default_factory=dict)
    since: list[Change] = field(default_factory=list)

    def after(self, kept: Iterable[Change]) -> dict[str, _File]:
        """The names there are if only these changes had reached the disk."""
        names = dict(self.safe)
        for change in kept:
            names |= dict(change)
        return {name: file for name, file in names.items() if file is not None}


class VolatileDisk(Disk):
    """Writes as ever, and remembers what a power cut may take: any subset of what was not synced.

    Each rename and unlink since the last fsync of its directory is kept or lost on its own; each
    file not fsynced is whole, empty, torn or zeros. cut_at: lose power at that step from now.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.cut_at: int | None = None
        self._folders: dict[str, _Folder] = {}
        self._files: dict[str, _File] = {}
        self._open: _File | None = None
        for path in self.walk(""):
            self._files[path] = _File((root / path).read_bytes(), synced=True)
            folder, _, name = path.rpartition("/")
            self._folder(folder).safe[name] = self._files[path]

    def power_cut(self, keeps: Iterator[bool], fates: Iterator[Fate]) -> None:
        """Leave on the real disk what this choice of fates leaves."""
        left: dict[str, bytes] = {}
        for where, folder in self._folders.items():
            kept = [change for change in folder.since if next(keeps)]
            for name, file in folder.after(kept).items():
                left[f"{where}/{name}" if where else name] = _what_is_left(file, fates)
        rooms = [path for path in self.root.iterdir() if path.is_dir()]
        for room in rooms:
            shutil.rmtree(room)
            room.mkdir()
        for path, content in left.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(content)

    def _write_beside(
        self, beside: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int
    ) -> None:
        self._open = self._link(beside, _File())
        try:
            super()._write_beside(beside, data, durable=durable, mode=mode)
        finally:
            self._open = None

    def _write(self, handle: int, data: memoryview) -> int:
        with self._step():
            count = super()._write(handle, data)
            assert self._open is not None
            self._open.content += bytes(data[:count])
            return count

    def _fsync(self, handle: int) -> None:
        with self._step():
            super()._fsync(handle)
            path = Path(f"/proc/self/fd/{handle}").readlink()
            where = "" if path == self.root else str(path.relative_to(self.root))
            if path.is_dir():
                folder = self._folder(where)
                folder.safe = dict(folder.after(folder.since))
                folder.since = []
            else:
                self._files[where].synced = True

    def _rename(self, source: str, target: str) -> None:
        with self._step():
            super()._rename(source, target)
            file = self._files.pop(self._relative(source))
            self._files[self._relative(target)] = file
            before, after = source.rpartition("/")[2], target.rpartition("/")[2]
            self._changed(target, ((before, None), (after, file)))

    def _unlink(self, target: Path) -> None:
        with self._step():
            there = target.exists()
            super()._unlink(target)
            if there:
                self._files.pop(self._relative(str(target)), None)
                self._changed(str(target), ((target.name, None),))

    def _link(self, path: str, file: _File) -> _File:
        self._files[self._relative(path)] = file
        self._changed(path, ((path.rpartition("/")[2], file),))
        return file

    def _changed(self, path: str, change: Change) -> None:
        self._folder(self._relative(path).rpartition("/")[0]).since.append(change)

    def _folder(self, where: str) -> _Folder:
        return self._folders.setdefault(where, _Folder())

    def _relative(self, path: str) -> str:
        return path.removeprefix(f"{self.root}/")

    @contextmanager
    def _step(self) -> Iterator[None]:
        if self.cut_at is not None:
            if self.cut_at == 0:
                raise PowerCut
            self.cut_at -= 1
        yield


def _what_is_left(file: _File, fates: Iterator[Fate]) -> bytes:
    if file.synced:
        return file.content
    return {
        "kept": file.content,
        "empty": b"",
        "torn": file.content[: len(file.content) // 2],
        "zeros": bytes(len(file.content)),
    }[next(fates)]
