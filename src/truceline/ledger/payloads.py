"""Checking that every payload is held, whole, and the one committed to; and finding the rest."""

from truceline.ledger.disk import TEMPORARY
from truceline.ledger.entry import Entry, decode
from truceline.ledger.errors import CommitmentError, Malformed
from truceline.ledger.seal import PayloadRef, references, unwrap
from truceline.ledger.store import Store, blob_path
from truceline.ledger.verdict import Verdict

_FETCH = "fetch it from another holder; if it was erased by agreement, nothing"


class Payloads:
    """Follows the entries of a centre's log through the blobs they commit to.

    A payload may itself refer to blobs, by the same four fields an entry uses: a file that was
    taken is kept apart from the act of taking it.
    """

    def __init__(self, store: Store, verdict: Verdict) -> None:
        self._store = store
        self._verdict = verdict
        self._known: set[str] = set()

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
                waiting += references(self._open(index, ref))
        return entry

    def orphans(self) -> None:
        """Say which blobs no entry commits to."""
        for item in self._store.disk.walk("blobs"):
            name = item.rpartition("/")[2]
            if name.startswith(TEMPORARY):
                self._verdict.remark(item, "left by an interrupted write", "it may be removed")
            elif item != blob_path(name):
                self._verdict.damage(item, "nothing we wrote", "find out who did, then remove it")
            elif name not in self._known:
                found = "no entry commits to it: a take was interrupted before its entry"
                self._verdict.remark(item, found, "take the file again; this copy may be removed")

    def _open(self, index: int, ref: PayloadRef) -> bytes:
        where = blob_path(ref.blob)
        raw = self._store.disk.read(where)
        if raw is None:
            self._verdict.damage(
                where, f"entry {index} commits to it and it is missing", _FETCH, entry=index
            )
            return b""
        try:
            return b"" if ref.enc != "none" else unwrap(raw, ref)
        except CommitmentError as problem:
            found = f"entry {index} commits to it and it is damaged: {problem}"
            self._verdict.damage(where, found, _FETCH, entry=index)
            return b""
