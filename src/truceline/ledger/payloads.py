"""Checking that every payload is held, whole, and the one committed to; and finding the rest."""

from collections.abc import Iterable
from hashlib import sha256

from truceline.ledger.contents import Content, Contents, Holding
from truceline.ledger.disk import TEMPORARY
from truceline.ledger.entry import Entry, decode
from truceline.ledger.errors import BadKeyFile, Malformed
from truceline.ledger.seal import PayloadRef, references
from truceline.ledger.store import Store, blob_path
from truceline.ledger.verdict import Verdict

_FETCH = "fetch it from another holder"
_BLAME = "keep it and the entry: the author signed both what it is and what it should hold"


class Payloads:
    """Follows the entries of a centre's log through the blobs they commit to.

    A payload may itself refer to blobs, by the same four fields an entry uses: a file that was
    taken is kept apart from the act of taking it.
    """

    def __init__(self, store: Store, verdict: Verdict) -> None:
        self._store = store
        self._verdict = verdict
        self._contents = Contents(store)
        self._erased: dict[str, int] = {}
        self._known: set[str] = set()
        self._closed = 0  # payloads that nobody here can look into

    def spare(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Learn what is erased by agreement, before anything is missed. Cheap for all others."""
        for index, raw in entries:
            if b'"erases":' not in raw:
                continue
            try:
                erased = decode(raw, index).erases
            except Malformed:
                continue  # `entry` will say so
            for blob in erased:
                self._erased.setdefault(blob, index)

    def entry(self, index: int, raw: bytes) -> Entry | None:
        """Check what one entry commits to; None if it cannot be read at all."""
        try:
            entry = decode(raw, index)
        except Malformed as problem:
            self._verdict.damage("log/tile/entries", str(problem), _FETCH, entry=index)
            return None
        waiting = [entry.payload] if entry.payload else []
        while waiting:
            ref = waiting.pop()
            if ref.blob not in self._known:
                self._known.add(ref.blob)
                waiting += references(self._open(index, entry, ref))
        return entry

    def orphans(self) -> None:
        """Say which blobs no entry commits to."""
        found = "no entry commits to it: a take was interrupted before its entry"
        if self._closed:
            found = (
                "no payload that can be opened here names it: it belongs to a sealed one, or a "
                "take was interrupted before its entry"
            )
        for item in self._store.disk.walk("blobs"):
            name = item.rpartition("/")[2]
            if name.startswith(TEMPORARY):
                self._verdict.remark(item, "left by an interrupted write", "it may be removed")
            elif item != blob_path(name):
                self._verdict.damage(item, "nothing we wrote", "find out who did, then remove it")
            elif name not in self._known:
                do = "nothing" if self._closed else "take the file again; this copy may be removed"
                self._verdict.remark(item, found, do)

    def _open(self, index: int, entry: Entry, ref: PayloadRef) -> bytes:
        where = blob_path(ref.blob)
        if ref.blob in self._erased:
            self._gone(index, where, self._erased[ref.blob])
            return b""
        try:
            content = self._contents.read(ref, entry.audience)
            return self._judge(index, entry, where, content)
        except BadKeyFile:  # named among the keys; its blobs can still be held against their hash
            return self._unopened(index, ref)

    def _unopened(self, index: int, ref: PayloadRef) -> bytes:
        where = blob_path(ref.blob)
        raw = self._store.disk.read(where)
        self._closed += 1
        if raw is None:
            self._verdict.remark(where, f"entry {index} commits to it and it is not here")
        elif sha256(raw).hexdigest() != ref.blob:
            found = f"entry {index} commits to it and it is damaged"
            self._verdict.damage(where, found, _FETCH, entry=index)
        return b""

    def _judge(self, index: int, entry: Entry, where: str, content: Content) -> bytes:
        if content.holding is Holding.HELD:
            return content.plain
        if content.holding is Holding.WITHHELD and self._store.disk.size(where) is not None:
            self._closed += 1
        elif content.holding is Holding.FALSE:
            found = f"entry {index}: {entry.author} did not store what it committed to"
            self._verdict.damage(where, f"{found}: {content.why}", _BLAME, entry=index)
        elif content.holding is Holding.DAMAGED:
            found = f"entry {index} commits to it and it is damaged: {content.why}"
            self._verdict.damage(where, found, _FETCH, entry=index)
        else:
            self._missing(index, entry, where)
        return b""

    def _missing(self, index: int, entry: Entry, where: str) -> None:
        """A centre keeps every payload; a party's replica only those it may read."""
        found = f"entry {index} commits to it and it is missing"
        if self._contents.reads(entry.audience):
            self._verdict.damage(where, found, _FETCH, entry=index)
        else:
            self._verdict.remark(where, f"{found}: it is for {entry.audience} to read")

    def _gone(self, index: int, where: str, erased_in: int) -> None:
        found = f"payload of entry {index}, erased by agreement in entry {erased_in}"
        if self._store.disk.size(where) is None:
            self._verdict.remark(where, found)
        else:
            do = "delete it: truceline erase do --centre FOLDER"
            self._verdict.damage(where, f"{found}, and still held", do, entry=index)
