"""Payloads of a replica: fetched, checked against what the entries commit to, and kept.

What this reader may read is wanted, and so is what is sealed to others: sealed bytes give nothing
away, and whoever must take over has to have them. What lies open and is for others is never asked
for. A file named inside a sealed payload is found by those who can open it, and by nobody else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry, PayloadRef
from truceline.ledger.errors import CommitmentError
from truceline.ledger.log import Log
from truceline.ledger.seal import references
from truceline.ledger.store import HELD, Store, blob_path
from truceline.values.audience import may_read

_SEALED = "age"
_AT_ONCE = 256  # entries; a kill costs at most the listing of so many
_TRIES = 2
Fetch = Callable[[str], bytes | None]


class Lacking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A payload that should be here and is not: which, of which entry, and why.

    wrong: the source gave other bytes, also when asked again.
    """

    entry: int
    ref: PayloadRef
    audience: str
    wrong: bool = False

    def line(self, source: str) -> str:
        """What to tell a person."""
        why = "gives other bytes, also when asked again" if self.wrong else "does not give it"
        return f"blob {self.ref.blob} of entry {self.entry}: {source} {why}; asked for again later"


class _Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    size: int = 0
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a pass over the payloads came to.

    lacking: still not here. late: came only now, for entries passed over before.
    """

    lacking: tuple[Lacking, ...]
    late: tuple[int, ...]

    def lacks(self, reader: str) -> tuple[Lacking, ...]:
        """Those of them that this reader may read."""
        return tuple(one for one in self.lacking if may_read(reader, one.audience))


def bring(folder: Path, log: Log, reader: str, fetch: Fetch) -> Brought:
    """Fetch what is new up to the log's head, and again what was lacking before."""
    disk = Disk(folder)
    held = _read(disk)
    bringer = _Bringer(Store(disk), log, reader, fetch)
    again = [one for one in held.lacking if not bringer.has(one.entry, one.ref, one.audience)]
    still = set(again)
    late = tuple(sorted({one.entry for one in held.lacking if one not in still}))
    bringer.lacking = {(one.entry, one.ref.blob): one for one in again} | bringer.lacking
    size = log.head().size
    for start in range(held.size, size, _AT_ONCE):
        stop = min(size, start + _AT_ONCE)
        entries = list(log.entries(start, stop))
        bringer.forget(address for _, entry in entries for address in entry.erases)
        for index, entry in entries:
            bringer.entry(index, entry)
        _write(disk, _Held(size=stop, lacking=bringer.listed()))
    if held.lacking and held.size >= size:
        _write(disk, _Held(size=held.size, lacking=bringer.listed()))
    return Brought(lacking=bringer.listed(), late=late)


class _Bringer:
    """One pass. lacking: by entry and blob, so that nothing is listed twice."""

    def __init__(self, store: Store, log: Log, reader: str, fetch: Fetch) -> None:
        self._store = store
        self._log = log
        self._reader = reader
        self._fetch = fetch
        self._erased: set[str] = set()
        self.lacking: dict[tuple[int, str], Lacking] = {}

    def forget(self, erased: Iterable[str]) -> None:
        """What is erased by agreement is neither fetched nor missed."""
        self._erased |= set(erased)

    def listed(self) -> tuple[Lacking, ...]:
        """What is lacking, in order of entries."""
        found = [one for one in self.lacking.values() if one.ref.blob not in self._erased]
        return tuple(sorted(found, key=lambda one: (one.entry, one.ref.blob)))

    def entry(self, index: int, entry: Entry) -> None:
        """Have what one entry commits to, as far as it is ours to have."""
        if entry.payload is not None and self._wanted(entry.payload, entry.audience):
            self.has(index, entry.payload, entry.audience)

    def has(self, index: int, ref: PayloadRef, audience: str) -> bool:
        """Have a blob and those it names; False, and listed, where it is still not here."""
        if ref.blob in self._erased:
            return True
        raw = self._store.disk.read(blob_path(ref.blob))
        whole = raw is not None and sha256(raw).hexdigest() == ref.blob
        if not whole and not self._take(index, ref, audience):
            return False
        for inner in self._named_in(ref):
            self.has(index, inner, audience)
        return True

    def _named_in(self, ref: PayloadRef) -> list[PayloadRef]:
        """The files a payload names, if it opens here."""
        try:
            return references(self._log.plain(ref) or b"")
        except CommitmentError:
            return []  # not what its author committed to: drawing it says so

    def _wanted(self, ref: PayloadRef, audience: str) -> bool:
        return ref.enc == _SEALED or may_read(self._reader, audience)

    def _take(self, index: int, ref: PayloadRef, audience: str) -> bool:
        wrong = False
        for _ in range(_TRIES):
            raw = self._fetch(ref.blob)
            if raw is None:
                break
            if len(raw) == ref.size and sha256(raw).hexdigest() == ref.blob:
                self._store.disk.write(blob_path(ref.blob), raw, durable=True, mode=0o444)
                self.lacking.pop((index, ref.blob), None)
                return True
            wrong = True
        self.lacking[index, ref.blob] = Lacking(
            entry=index, ref=ref, audience=audience, wrong=wrong
        )
        return False


def _read(disk: Disk) -> _Held:
    try:
        return msgspec.json.decode(disk.read(HELD) or b"", type=_Held)
    except msgspec.DecodeError:
        return _Held()  # lost or torn: every blob is looked for again


def _write(disk: Disk, held: _Held) -> None:
    disk.write(HELD, msgspec.json.encode(held), durable=True)
