"""Enter slots as they fall due, beside whatever else a process does."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.desk import slots
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.ledger.store import open_store
from truceline.values.errors import TrucelineError

_LOG = logging.getLogger(__name__)
_LOOK_S = 5.0  # a slot is entered so long after its instant at most, whatever else goes on


@contextmanager
def ticking(folder: Path, clock: Clock | None = None) -> Iterator[None]:
    """Enter every slot of a centre that falls due while this holds.

    What goes wrong is said and tried again with the next look: a slot that was not entered loses
    nothing, what waits goes on waiting.
    """
    over = threading.Event()
    thread = threading.Thread(target=_run, args=(folder, clock, over), name="slots", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=2 * _LOOK_S)


def _run(folder: Path, clock: Clock | None, over: threading.Event) -> None:
    while not open_store(folder).is_replica():  # a replica takes what its source entered
        try:
            desk = Desk.open(folder, clock)
            clock = desk.clock  # an exercise's goes on from where it was left, once for the process
            try:
                slots.tick(desk)
            finally:
                desk.close()
        except (TrucelineError, OSError) as problem:
            _LOG.warning("the slot that is due was not entered: %s", problem)
        if over.wait(_LOOK_S):
            return
