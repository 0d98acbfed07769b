"""How final an entry of a centre is: who has signed for it, and who holds it."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from truceline.ledger import merkle
from truceline.ledger.digest import Shelf, open_signed, root_of
from truceline.ledger.disk import Disk
from truceline.ledger.entry import decode
from truceline.ledger.errors import LedgerError
from truceline.ledger.heads import Holders
from truceline.ledger.log import Log
from truceline.ledger.note import Key
from truceline.ledger.policy import Level
from truceline.ledger.standing import Identity
from truceline.ledger.tiles import WIDTH
from truceline.values.audience import CENTRE

_MET: dict[Path, tuple[int, dict[Identity, Key]]] = {}  # folder → keys of the record up to a size


def level(folder: Path, log: Log, index: int) -> Level:
    """How final an entry is: logged, replicated, witnessed or final."""
    return log.level(index, holders(folder, log))


def _signed(raw: bytes, folder: Path, log: Log) -> bool:
    """Whether the holder's registered key signed a note: files on a shelf are anybody's word."""
    try:
        open_signed(raw, _keys(folder, log.head().size))
    except LedgerError:
        return False
    return True


def _keys(folder: Path, size: int) -> dict[Identity, Key]:
    """Every key the record registers; only bundles that have grown are looked at again."""
    seen, known = _MET.get(folder, (0, {}))
    if seen < size:
        reader, found = Log.open(folder).reader(), list(known.values())
        for number in range(seen // WIDTH, -(-size // WIDTH)):
            for index, raw in enumerate(reader.bundle(number), start=number * WIDTH):
                if b'"vkeys":' in raw:
                    found += map(Key.parse, decode(raw, index).vkeys)
        known = {key.identity: key for key in found}
        _MET[folder] = (size, known)
    return known


def holders(folder: Path, log: Log) -> Holders:
    """Who holds a size: other holders than the centre whose signed digests agree, of this tree."""
    said: dict[tuple[int, bytes, str, str], set[str]] = defaultdict(set)
    for raw, digest in Shelf(Disk(folder)).notes():
        if digest.by != CENTRE and _signed(raw, folder, log):
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
