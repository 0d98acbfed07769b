"""How final an entry of a centre is: who has signed for it, and who holds it."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from truceline.ledger import merkle
from truceline.ledger.digest import Shelf, root_of
from truceline.ledger.disk import Disk
from truceline.ledger.heads import Holders
from truceline.ledger.log import Log
from truceline.ledger.policy import Level
from truceline.values.audience import CENTRE


def level(folder: Path, log: Log, index: int) -> Level:
    """How final an entry is: logged, replicated, witnessed or final."""
    return log.level(index, holders(folder, log))


def holders(folder: Path, log: Log) -> Holders:
    """Who holds a size: other holders than the centre whose signed digests agree, of this tree."""
    said: dict[tuple[int, bytes, str, str], set[str]] = defaultdict(set)
    for _, digest in Shelf(Disk(folder)).notes():
        if digest.by != CENTRE:
            said[digest.size, root_of(digest), digest.model, digest.common].add(digest.by)
    reader = log.reader()

    def holding(size: int) -> Collection[str]:
        agreeing = [
            by
            for (stated, root, _, _), by in said.items()
            if size <= stated <= reader.head.size
            and merkle.range_root(0, stated, reader.hash) == root
        ]
        return max(agreeing, key=len, default=())

    return holding
