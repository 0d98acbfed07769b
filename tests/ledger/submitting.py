"""Entries as a party makes them on its own machine, and a centre with a sequencer to send them to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ledger.founding import DESK, LOG_KEYS, ORIGIN, VEL, Centre, found
from truceline.ledger import entry
from truceline.ledger.append import Appender
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.refusal import Refusals
from truceline.ledger.seal import PayloadRef
from truceline.ledger.sequencer import Sequencer
from truceline.values.mode import Mode


class Author:
    """A party at its own machine: its key, its numbers, the newest head it has seen."""

    def __init__(self, signer: Signer = VEL, seen: Head | None = None) -> None:
        self.signer = signer
        self.seen = seen
        self.seq, self.prev = 1, ""

    def write(
        self, seen: Head | None = None, payload: PayloadRef | None = None, **fields: object
    ) -> bytes:
        """Make the next entry; it counts as sent."""
        raw = self.draft(seen, payload, **fields)
        self.seq, self.prev = self.seq + 1, leaf_hash(raw).hex()
        return raw

    def draft(
        self, seen: Head | None = None, payload: PayloadRef | None = None, **fields: object
    ) -> bytes:
        """Make an entry under the next number without counting it."""
        head = seen or self.seen
        assert head is not None
        given: dict[str, object] = {
            "kind": "register/entered",
            "author": self.signer.key.name.removeprefix(f"{ORIGIN}/"),
            "seq": self.seq,
            "prev": self.prev,
            "seen": head,
            "claimed_us": 1_774_000_000_000_000,
            "mode": Mode.EXERCISE,
            "payload": payload,
        } | fields
        return entry.make(ORIGIN, self.signer, **given)  # type: ignore[arg-type]


@contextmanager
def sequenced(
    folder: Path, *, disk: Disk | None = None, **options: object
) -> Iterator[tuple[Centre, Sequencer]]:
    """A founded centre and its sequencer, stopped in the end."""
    centre = found(folder)
    sequencer = sequencer_of(centre, disk=disk, **options)
    try:
        yield centre, sequencer
    finally:
        sequencer.close()


def sequencer_of(centre: Centre, *, disk: Disk | None = None, **options: object) -> Sequencer:
    """A sequencer with an appender of its own, on the centre's clock."""
    given: dict[str, object] = {"now_us": lambda: centre.now_us, "refresh_s": None} | options
    return Sequencer(
        Appender.open(centre.path, LOG_KEYS, disk=disk),
        Log.open(centre.path),
        DESK,
        Refusals(Disk(centre.path)),
        **given,  # type: ignore[arg-type]
    )
