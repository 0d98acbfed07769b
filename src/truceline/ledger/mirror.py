"""A witness that mirrors: every entry is here, verified and durable, before its head is cosigned.

Its cosignature then says more than that nothing was changed: that nothing is withheld either. Each
log is kept in a folder of its own in the layout of c2sp.org/tlog-tiles, so it can be verified,
served, and taken over from.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.ledger import tiles
from truceline.ledger.checkpoint import Head, parse_size
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Malformed, NotFounded
from truceline.ledger.tiles import Get, Reader
from truceline.ledger.witness_book import Book, Followed, origin_hash

KEPT = "kept"
_AT_ONCE = 64  # files made durable together


class Mirror:
    """The copies one witness keeps. source: gives a reader of the log served at a URL."""

    def __init__(self, folder: Path, book: Book, source: Callable[[str], Get]) -> None:
        self._folder = folder
        self._book = book
        self._source = source
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def folder(self, origin: str) -> Path:
        """Where the copy of a log is."""
        return self._folder / origin_hash(origin)

    @contextmanager
    def keeping(self, log: Followed, head: Head) -> Iterator[None]:
        """Fetch, check and keep every entry up to a head; inside, that is done.

        The head is known to continue the last one cosigned. IntegrityError names what the log does
        not serve as its head says; one log is fetched by one request at a time.
        """
        with self._locks[log.origin]:
            disk = Disk(self.folder(log.origin))
            self._copy(log, head, disk)
            yield
            now = self._book.log(log.origin)
            if now is not None and now.note is not None:
                disk.write("checkpoint", now.note, durable=False)

    def _copy(self, log: Followed, head: Head, disk: Disk) -> None:
        kept = _kept(disk)
        if kept >= head.size:
            return
        if not log.url:
            raise NotFounded(f"{log.origin}: no address to fetch entries from; give one with --url")
        reader = Reader(self._source(log.url), head)
        written: list[str] = []
        for level, index, width in tiles.changed(kept, head.size):
            where = tiles.path(level, index, width)
            disk.write(where, b"".join(reader.tile(level, index)), durable=False)
            written.append(where)
            if level == 0:
                where = tiles.path("entries", index, width)
                disk.write(where, tiles.pack(reader.bundle(index)), durable=False)
                written.append(where)
            if len(written) >= _AT_ONCE:
                disk.sync(written)
                written.clear()
        disk.sync(written)
        disk.write(KEPT, f"{head.size}\n".encode(), durable=True)


def _kept(disk: Disk) -> int:
    """Up to which size everything is durable here."""
    raw = disk.read(KEPT)
    try:
        return 0 if raw is None else parse_size(raw.decode("latin-1").removesuffix("\n"))
    except Malformed:
        return 0  # torn: fetch again, which harms nothing
