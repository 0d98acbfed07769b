"""Doors: what may be done by one at a time, among all threads and processes of a centre."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def door(centre: Path, name: str) -> Iterator[None]:
    """Wait for a door and hold it. What a killed process held is free again at once.

    The files stand beside the tables, because they too say nothing and may be deleted.
    """
    path = centre / "tables" / "doors" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(path):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    while True:
        with path.open("wb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            # Whoever went before removed this file: a third one may stand at a new one by now.
            if _is_at(path, handle):
                yield
                return


def _is_at(path: Path, handle: BinaryIO) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(handle.fileno()))
