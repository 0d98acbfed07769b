"""A case: everything one reader may open about one incident or entry, in one file for a tribunal.

1. What it is about, as this reader may see it; what this reader may not know of is not there.
2. The entries: the claims' own, the acts that speak of them, the terms, the model, the founding.
3. Each with its proofs, the heads that date it, and its opening where this reader may open it.
4. What is known to exist and stays closed is listed as closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.ledger import seal
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry
from truceline.ledger.evidence.bundle import CaseEntry, Closed, pack
from truceline.store.shown import ClaimRow
from truceline.store.view import View
from truceline.values.audience import may_read
from truceline.values.canonical import canonical

_BACKGROUND = {"centre/founded": "founding", "model/adopted": "model", "terms/adopted": "terms"}


def case(desk: Desk, subject: str, reader: str) -> bytes:
    """Put a case together; CentreRefused where this reader sees nothing by that name.

    subject: an incident's number, or an entry's index.
    """
    return _Case(desk, subject, reader).packed()


@dataclass(slots=True)
class _Case:
    """A case being put together."""

    desk: Desk
    subject: str
    reader: str
    roles: dict[int, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    said: dict[str, CaseEntry] = field(default_factory=dict)

    def packed(self) -> bytes:
        claims = self._scope(self.desk.view(self.reader))
        log = self.desk.log
        size = log.heads.best(max(self.roles))
        registering = [index for index, one in log.entries(0, size) if one.vkeys]
        for index in registering:
            self.files[f"registrations/{index}.note"] = log.raw(index)
            self.files[f"registrations/{index}.tlog-proof"] = log.prove(index, size)
        for index, role in sorted(self.roles.items()):
            self._entry(index, role, size)
        self._digests(size)
        if claims:
            self.files["claims.json"] = canonical([_spelt(row) for row in claims])
        return pack(
            "case",
            log.origin,
            self.files,
            reader=self.reader,
            subject=self.subject,
            as_of=size,
            entries=self.said,
            withheld=tuple(self.closed),
        )

    def _scope(self, view: View) -> list[ClaimRow]:
        """Decide which entries belong, each with its role; return the claims shown."""
        claims, names = self._subject(view)
        leaves = {self.desk.log.entry(index).leaf for index in self.roles}
        newest = {}
        for index, entry in self.desk.log.entries(0, view.size):
            if entry.kind in _BACKGROUND:
                newest[entry.kind] = index
            if leaves.intersection(entry.refs) or self._speaks_of(entry, names):
                self.roles.setdefault(index, "act")
                leaves.add(entry.leaf)
        for kind, index in newest.items():
            self.roles.setdefault(index, _BACKGROUND[kind])
        return claims

    def _subject(self, view: View) -> tuple[list[ClaimRow], tuple[bytes, ...]]:
        if self.subject.isascii() and self.subject.isdigit() and len(self.subject) < 16:
            index = int(self.subject)
            if not view.entries(index, index + 1):
                raise CentreRefused(f"{self.reader} sees no entry {index} in this record")
            self.roles[index] = "subject"
            return [], ()
        incident = view.incident(self.subject)
        if incident is None:
            raise CentreRefused(
                f"{self.reader} sees no incident {self.subject!r}; give an incident or an entry"
            )
        claims = view.claims(incident.claims)
        whole = [row for row in claims if not row.coarse]
        for row in whole:
            self.roles[row.claim.origin.entry] = "claim"
        for row in claims:
            if row.coarse:
                self.closed.append(
                    Closed(what=f"claim {row.claim.id}", why="shown to this reader coarsely")
                )
        ids = [self.subject, *(row.claim.id for row in whole)]
        return claims, tuple(canonical(one) for one in ids)

    def _speaks_of(self, entry: Entry, names: tuple[bytes, ...]) -> bool:
        """Whether an act this reader may open names the incident or one of its claims."""
        if entry.kind.startswith("report/") or entry.kind in _BACKGROUND:
            return False
        if not names or not may_read(self.reader, entry.audience):
            return False
        plain = self.desk.log.payload(entry) or b""
        return any(name in plain for name in names)

    def _entry(self, index: int, role: str, size: int) -> None:
        log, stem = self.desk.log, f"entries/{index}"
        entry = log.entry(index)
        self.files[f"{stem}.note"] = entry.raw
        self.files[f"{stem}.tlog-proof"] = log.prove(index, size)
        self.files[f"{stem}.first.tlog-proof"] = log.first_proof(index)
        seen = log.head_at(entry.seen.size)
        if seen is not None:
            self.files[f"heads/{entry.seen.size}.checkpoint"] = seen
        self.said[str(index)] = CaseEntry(role=role, payload=self._payload(entry, index))

    def _payload(self, entry: Entry, index: int) -> str:
        """Open what the entry commits to, if this reader may and it can be opened here."""
        if entry.payload is None:
            return "none"
        if not may_read(self.reader, entry.audience):
            self._close(f"the payload of entry {index}", f"meant for {entry.audience}")
            return "withheld"
        found = self.desk.log.content(entry.payload, entry.audience)
        opened = self.desk.log.opened(entry.payload) if found.holding == "held" else None
        if opened is None:
            self._close(f"the payload of entry {index}", str(found.holding))
            return "erased" if found.holding == "erased" else "withheld"
        self._open(f"openings/{index}", opened)
        for number, ref in enumerate(seal.references(opened[1])):
            inner = self.desk.log.opened(ref)
            if inner is None:
                self._close(f"file {number} of entry {index}", "not held here")
            else:
                self._open(f"openings/{index}.{number}", inner)
        return "opened"

    def _open(self, stem: str, opened: tuple[bytes, bytes]) -> None:
        self.files[f"{stem}.salt"], self.files[f"{stem}.plain"] = opened

    def _close(self, what: str, why: str) -> None:
        self.closed.append(Closed(what=what, why=why))

    def _digests(self, size: int) -> None:
        for number, raw in enumerate(self._notes(size), start=1):
            self.files[f"digests/{number}.note"] = raw

    def _notes(self, size: int) -> Iterator[bytes]:
        """The newest note of each holder on a size this record has reached."""
        newest = {}
        for raw, said in Shelf(Disk(self.desk.folder)).notes():
            if said.size <= size:
                newest[said.by] = raw
        return iter(newest.values())


def _spelt(row: ClaimRow) -> dict[str, object]:
    return {"claim": row.claim, "coarse": row.coarse, "id": row.claim.id, "source": row.source}
