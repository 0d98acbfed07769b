"""A centre's whole gate: its log read and written, its blobs, on the centre's own clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.desk.centre import read_settings
from truceline.desk.clock import Clock, from_instant
from truceline.desk.gates.asgi import Route
from truceline.desk.gates.blobs import blobs
from truceline.desk.gates.digests import digests, stating
from truceline.desk.gates.house import house_of
from truceline.desk.gates.log import reading
from truceline.desk.gates.submitting import submitting
from truceline.desk.keyring import LOG_KEYS, log_keys
from truceline.ledger.append import Appender
from truceline.ledger.keys import load
from truceline.ledger.log import Log
from truceline.ledger.refusal import Refusals
from truceline.ledger.sequencer import REFRESH_S, Sequencer
from truceline.ledger.store import open_store


@contextmanager
def opened(
    folder: Path, clock: Clock | None = None, on_head: Callable[[], None] = lambda: None
) -> Iterator[list[Route]]:
    """The routes of a centre; its sequencer runs until this is left, and then ends in good order.

    Where the log's keys are not kept there is nothing to write with: such a folder is only read.
    on_head: told of each new or newly signed head, in the writer's thread; it must not block.
    """
    settings = read_settings(folder)
    paused = settings.exercise_from_us
    given = clock is not None
    clock = clock or (Clock() if paused is None else from_instant(paused))
    asked_at = Clock() if paused is not None and not given else clock
    routes = [*reading(folder), *blobs(folder, asked_at.now_us), *digests(folder)]
    if not all((folder / "keys" / name).exists() for name in (*LOG_KEYS, "desk")):
        yield routes
        return
    sequencer = Sequencer(
        Appender.open(folder, log_keys(folder / "keys")),
        Log.open(folder),
        load(folder / "keys" / "desk"),
        Refusals(open_store(folder).disk),
        now_us=clock.now_us,
        # An exercise is taken up again where it was left: a head dated by waiting would forbid it.
        refresh_s=REFRESH_S if paused is None else None,
        on_head=on_head,
        house=house_of(Log.open(folder)),
    )
    try:
        with stating(folder, clock):
            yield [*routes, *submitting(sequencer, open_store(folder))]
    finally:
        sequencer.close()
