"""Making a stage, and computing again, another way, what is about to be signed.

In 2021 a public log had to be retired because one stored hash differed from its entry by one bit.
So the bytes that were stored are read back, every leaf is hashed from them once more, and the root
is computed by the frontier instead of the tiles, before any key touches it.
"""

from collections.abc import Callable, Mapping

from truceline.ledger import merkle, tiles
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Corrupt, LedgerError
from truceline.ledger.merkle import Frontier
from truceline.ledger.stage import Stage
from truceline.ledger.store import head_path
from truceline.ledger.tiles import WIDTH, Reader

_LOG = "log/"


def stage(old: Head, new: Head, files: Mapping[str, bytes], signed_old: bytes) -> Stage:
    """The stage that takes a log from one head to the next.

    The old head's published copy goes with it: until this stage settles it is not durable.
    """
    placed = {head_path(old.size): signed_old}
    placed |= {_LOG + path: data for path, data in sorted(files.items())}
    return Stage(old.size, new.size, placed)


def recompute(staged: Stage, stored: Callable[[str], bytes | None], old: Head, new: Head) -> None:
    """Raise Corrupt unless the stage, as read back, takes the old head to exactly the new one."""
    try:
        _recompute(staged, stored, old, new)
    except LedgerError as problem:
        raise Corrupt(f"the stage for {new.size} is not what it should be: {problem}") from problem


def _recompute(staged: Stage, stored: Callable[[str], bytes | None], old: Head, new: Head) -> None:
    reader = Reader(lambda path: staged.files.get(_LOG + path) or stored(path), new)
    frontier = _frontier(Reader(stored, old))
    for level, index, _ in tiles.changed(old.size, new.size):
        reader.tile(level, index)  # authenticated by reading it
        for at, entry in enumerate(reader.bundle(index) if level == 0 else ()):
            if index * WIDTH + at >= old.size:
                frontier.push(merkle.leaf_hash(entry))
    if (frontier.size, frontier.root()) != (new.size, new.root):
        raise Corrupt("two ways of computing the root disagree")


def _frontier(reader: Reader) -> Frontier:
    frontier = Frontier()
    frontier.size = reader.head.size
    frontier.peaks = [reader.hash(level, index) for level, index in merkle.peaks_of(frontier.size)]
    return frontier
