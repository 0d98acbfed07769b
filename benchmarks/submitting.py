"""How fast entries come in over HTTP, against committing the same entries in process.

    .venv/bin/python benchmarks/submitting.py

A server of its own process on 127.0.0.1, senders in this one. The reference is the same log taking
the same number of signed entries through its appender, in one commit each or in commits of 256,
measured before and after. Prints a table; writes nothing but temporary files.
"""

import multiprocessing
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

import uvicorn

from truceline.desk.gates.asgi import gate
from truceline.desk.gates.log import reading
from truceline.desk.gates.submitting import submitting
from truceline.ledger import entry, keys
from truceline.ledger.append import Appender
from truceline.ledger.checkpoint import Head
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.refusal import Refusals
from truceline.ledger.sequencer import Sequencer
from truceline.ledger.store import open_store
from truceline.values.mode import Mode

ORIGIN = "bench.example/record"
NOW_US = 1_774_000_000_000_000
COUNT = 1_024
SENDERS = 16
LOG_KEYS = keys.generate_log_keys(ORIGIN)
AUTHORS = [keys.generate(f"{ORIGIN}/P{number:02d}") for number in range(SENDERS)]


class Author:
    """Writes entries ahead, so that only sending is measured."""

    def __init__(self, signer: Signer, head: Head) -> None:
        self.signer, self.head = signer, head
        self.seq, self.prev = 1, ""

    def write(self) -> bytes:
        """The next entry."""
        raw = entry.make(
            ORIGIN, self.signer, kind="report/taken",
            author=self.signer.key.name.rpartition("/")[2], seq=self.seq, prev=self.prev,
            seen=self.head, claimed_us=NOW_US, mode=Mode.EXERCISE,
        )  # fmt: skip
        self.seq, self.prev = self.seq + 1, leaf_hash(raw).hex()
        return raw


def founded(where: Path) -> tuple[Appender, Head]:
    """A log in which every sender may write."""
    desk = keys.generate(f"{ORIGIN}/desk")
    appender = Appender.create(where, ORIGIN, LOG_KEYS, NOW_US)
    vkeys = [signer.key.vkey for signer in (desk, *AUTHORS)]
    with appender.commit(NOW_US) as batch:
        batch.add(desk, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys)
    (where / "keys").mkdir(exist_ok=True)
    keys.save(desk, where / "keys" / "desk")
    return appender, Log.open(where).head()


def in_process(size: int, count: int) -> float:
    """Entries a second through the appender, in commits of a size."""
    with tempfile.TemporaryDirectory() as name:
        appender, head = founded(Path(name) / "centre")
        author = Author(AUTHORS[0], head)
        raws = [author.write() for _ in range(count)]
        started = perf_counter()
        for start in range(0, count, size):
            with appender.commit(NOW_US) as batch:
                for raw in raws[start : start + size]:
                    batch.admit(raw)
        return count / (perf_counter() - started)


def serve(folder: Path, port: int) -> None:
    """The server's process."""
    sequencer = Sequencer(
        Appender.open(folder, LOG_KEYS),
        Log.open(folder),
        keys.load(folder / "keys" / "desk"),
        Refusals(open_store(folder).disk),
        now_us=lambda: NOW_US,
        refresh_s=None,
    )
    routes = [*reading(folder), *submitting(sequencer, open_store(folder))]
    uvicorn.run(gate(routes), host="127.0.0.1", port=port, log_level="error", lifespan="off")


def posted(connection: HTTPConnection, path: str, body: bytes) -> bytes:
    """One request on a connection that stays open."""
    connection.request("POST", path, body)
    answer = connection.getresponse()
    told = answer.read()
    assert answer.status == 200, told
    return told


def one_by_one(port: int, raws: list[bytes]) -> None:
    """Each entry in a request of its own, after the answer to the one before."""
    connection = HTTPConnection("127.0.0.1", port)
    for raw in raws:
        posted(connection, "/log/add-entry", len(raw).to_bytes(4) + raw)


def together(port: int, raws: list[bytes]) -> None:
    """256 entries a request."""
    connection = HTTPConnection("127.0.0.1", port)
    for start in range(0, len(raws), 256):
        part = raws[start : start + 256]
        body = b"".join(len(raw).to_bytes(4) + raw + bytes(4) for raw in part)
        told = posted(connection, "/log/add-entries", body)
        assert told.count(b"200 ") >= len(part)


def over_http(send: Callable[[int, list[bytes]], None], senders: int, count: int) -> float:
    """Entries a second over HTTP, by so many senders at once."""
    with tempfile.TemporaryDirectory() as name, closing(socket.socket()) as probe:
        folder = Path(name) / "centre"
        _, head = founded(folder)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = multiprocessing.get_context("fork").Process(target=serve, args=(folder, port))
        server.start()
        try:
            wait_for(port)
            parts = [_written(AUTHORS[at], head, count // senders) for at in range(senders)]
            threads = [threading.Thread(target=partial(send, port, part)) for part in parts]
            started = perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return count / (perf_counter() - started)
        finally:
            server.kill()
            server.join()


def _written(signer: Signer, head: Head, count: int) -> list[bytes]:
    author = Author(signer, head)
    return [author.write() for _ in range(count)]


def wait_for(port: int) -> None:
    """Until the server answers."""
    while True:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/log/checkpoint")
            connection.getresponse().read()
            return


def row(what: str, measured: float, reference: float, of: str) -> None:
    """One line of the table."""
    print(f"  {what:<44}{measured:>9,.0f} /s{measured / reference:>8.2f} x  {of}")


def main() -> None:
    """Measure, each figure between two of its reference."""
    singles, batches = "in process, one a commit", "in process, 256 a commit"
    for what, send, senders, size, count, of in (
        ("one sender, one entry a request", one_by_one, 1, 1, 64, singles),
        (f"{SENDERS} senders, one entry a request", one_by_one, SENDERS, 1, 256, singles),
        ("one sender, 256 entries a request", together, 1, 256, COUNT, batches),
    ):
        before = in_process(size, count)
        measured = over_http(send, senders, count)
        row(what, measured, (before + in_process(size, count)) / 2, of)


if __name__ == "__main__":
    main()
