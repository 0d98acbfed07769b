"""What every holder's tables come to, over HTTP (docs/formats/digest.md)."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.following import state_own
from truceline.desk.gates.asgi import (
    BYTES,
    Answer,
    Request,
    Route,
    plainly,
    threaded,
    threaded_whole,
)
from truceline.desk.gates.blobs import Holdings
from truceline.ledger import digest
from truceline.ledger.digest import Shelf
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.store import open_store
from truceline.values.errors import TrucelineError

QUIET_S = 600
_EVERYONE = (("cache-control", "no-cache"), ("access-control-allow-origin", "*"))


def digests(folder: Path, of: Callable[[Path], Holdings] = Holdings) -> list[Route]:
    """The routes by which statements are read and handed in, at a centre or a replica."""
    shelf, holdings = Shelf(open_store(folder).disk), of(folder)

    def shown(_request: Request) -> Answer:
        return Answer(body=digest.frame(shelf.newest()), media=BYTES, headers=_EVERYONE)

    def taken(_request: Request, raw: bytes) -> Answer:
        state = holdings.state()
        keys = {one: key for one, key in state.keys.items() if one not in state.suspects}
        try:
            shelf.put(raw, keys)
        except Malformed as problem:
            return plainly(400, str(problem))
        except LedgerError as problem:
            return plainly(403, str(problem))
        return plainly(200, "kept")

    return [
        Route("GET", "/log/digests", threaded(shown)),
        Route("POST", "/log/add-digest", threaded_whole(taken), most=digest.MAX_NOTE),
    ]


@contextmanager
def stating(folder: Path, clock: Clock, every_s: float = QUIET_S) -> Iterator[None]:
    """State what the centre's own tables come to, at once and now and then, until this is left."""
    over = threading.Event()

    def go_on() -> None:
        while True:
            _state(folder, clock)
            if over.wait(every_s):
                return

    thread = threading.Thread(target=go_on, daemon=True, name="state digests")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _state(folder: Path, clock: Clock) -> None:
    """One statement; a centre that cannot make one now is heard of elsewhere, and tries again."""
    try:
        desk = Desk.open(folder, clock)
        try:
            state_own(desk)
        finally:
            desk.close()
    except (TrucelineError, sqlite3.Error, OSError):
        return
