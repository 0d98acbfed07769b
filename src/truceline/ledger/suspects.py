"""Entries under a key that was revoked: flagged from `suspect from` on, never removed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from truceline.ledger import entry, note
from truceline.ledger.errors import LedgerError
from truceline.ledger.standing import Identity, Revoked, revocation

_KIND = b'"kind":"'
_MARK = b"key/revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Why an entry is flagged: this key of this author was revoked, and is doubted from there on.

    revoked_at: the entry that says so.
    """

    author: str
    key_id: str
    suspect_from: int
    revoked_at: int

    def __str__(self) -> str:
        return (
            f"signed with a key of {self.author} ({self.key_id}) that entry {self.revoked_at} "
            f"revoked, in doubt from entry {self.suspect_from} on"
        )


class Suspects:
    """The revocations of a log, gathered while it is read; cheap for entries that are none."""

    def __init__(self) -> None:
        self._revoked: dict[Identity, Revoked] = {}

    def meet(self, index: int, raw: bytes) -> None:
        """Remember what an entry revokes."""
        at = raw.find(_KIND) + len(_KIND)
        if not raw.startswith(_MARK, at):
            return
        try:
            lines = entry.decode(raw, index).revokes
        except LedgerError:
            return
        for line in lines:
            identity, suspect_from = revocation(line)
            before = self._revoked.get(identity)
            since = index if before is None else before.index
            self._revoked[identity] = Revoked(since, suspect_from)

    def look(self, first: int, bundle: bytes, entries: Iterable[bytes]) -> None:
        """Remember what a bundle revokes; one search through its bytes, and most have nothing."""
        if _MARK in bundle:
            for index, raw in enumerate(entries, start=first):
                self.meet(index, raw)

    @property
    def first(self) -> int | None:
        """The first entry that may have to be flagged; None where nothing was revoked."""
        return min((one.suspect_from for one in self._revoked.values()), default=None)

    def of(self, index: int, raw: bytes) -> Suspicion | None:
        """Why this entry is flagged, or None."""
        return suspicion(index, raw, self._revoked)

    def flagged(self, entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Suspicion]]:
        """Those of these entries that are flagged."""
        for index, raw in entries:
            found = self.of(index, raw)
            if found is not None:
                yield index, found


def suspicion(index: int, raw: bytes, revoked: Mapping[Identity, Revoked]) -> Suspicion | None:
    """Why an entry is flagged, given the revocations; None if no line under it is in doubt."""
    names = {name: name.encode() for name, _ in revoked}
    if not any(name in raw for name in names.values()):
        return None
    try:
        lines = note.parse(raw).signatures
    except LedgerError:
        return None
    for line in lines:
        found = revoked.get((line.name, line.key_id))
        if found is not None and found.suspect_from <= index < found.index:
            return Suspicion(
                author=line.name.rpartition("/")[2],
                key_id=line.key_id.hex(),
                suspect_from=found.suspect_from,
                revoked_at=found.index,
            )
    return None
