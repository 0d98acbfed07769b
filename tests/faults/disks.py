"""Disks that fail on purpose, at the moment a test chooses."""

import errno
from collections.abc import Iterable
from pathlib import Path

from truceline.ledger.disk import Disk


class PowerCut(BaseException):
    """The machine stopped here; nothing after this line ran."""


class FailingDisk(Disk):
    """Fails its n-th step: `before` it took effect, `after` it did, or by losing power at it.

    steps: every primitive step so far: write, fsync, rename, unlink.
    """

    def __init__(
        self, root: Path, *, at: int = -1, how: str = "before", error: int = errno.EIO
    ) -> None:
        super().__init__(root)
        self.steps = 0
        self.at = at
        self.how = how
        self.error = error
        self.failed = False

    def _write(self, handle: int, data: memoryview) -> int:
        with self._step():
            return super()._write(handle, data)

    def _fsync(self, handle: int) -> None:
        with self._step():
            super()._fsync(handle)

    def _rename(self, source: str, target: str) -> None:
        with self._step():
            super()._rename(source, target)

    def _unlink(self, target: Path) -> None:
        with self._step():
            super()._unlink(target)

    def _step(self) -> "_Step":
        self.steps += 1
        return _Step(self, mine=self.steps - 1 == self.at)


class _Step:
    def __init__(self, disk: FailingDisk, *, mine: bool) -> None:
        self._disk = disk
        self._mine = mine

    def __enter__(self) -> None:
        if self._mine and self._disk.how != "after":
            self._fail()

    def __exit__(self, kind: object, *_: object) -> None:
        if self._mine and kind is None:
            self._fail()

    def _fail(self) -> None:
        self._disk.failed = True
        if self._disk.how == "cut":
            raise PowerCut
        raise OSError(self._disk.error, "as the test asked")


class CutDisk(Disk):
    """Loses power at the first write beneath a path."""

    at = "nowhere"

    def write(
        self, path: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int = 0o644
    ) -> None:
        """Write, unless power is lost here."""
        if path.startswith(self.at):
            raise PowerCut
        super().write(path, data, durable=durable, mode=mode)


class ForgetfulDisk(Disk):
    """Remembers which files were never made durable, so that a test can lose them."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.volatile: dict[str, bytes | None] = {}

    def write(
        self, path: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int = 0o644
    ) -> None:
        """Write, and remember what a power cut could bring back."""
        if durable:
            self.volatile.pop(path, None)
        else:
            self.volatile.setdefault(path, self.read(path))
        super().write(path, data, durable=durable, mode=mode)

    def sync(self, paths: Iterable[str]) -> None:
        """Make durable, and forget what could be lost."""
        listed = list(paths)
        super().sync(listed)
        for path in listed:
            self.volatile.pop(path, None)

    def lose(self, path: str, fate: str) -> None:
        """Lose one file that was never durable, the way power cuts do."""
        target = self.root / path
        if not target.exists():
            return
        data, before = target.read_bytes(), self.volatile[path]
        left = {
            "kept": data,
            "empty": b"",
            "torn": data[: len(data) // 2],
            "zeros": bytes(len(data)),
            "gone": before,
        }[fate]
        target.unlink()
        if left is not None:
            target.write_bytes(left)
