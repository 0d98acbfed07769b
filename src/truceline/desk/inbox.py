"""What monitors handed in and is not yet on the record: kept, shown to staff, never lost.

Specified in docs/formats/slot.md. An item is acknowledged when it is durable, and removed when the
record holds all of it; a crash in between leaves it to be found again, never doubled.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from truceline.desk.desk import Desk
from truceline.ledger.disk import TEMPORARY, Disk
from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.sources import SOURCES
from truceline.reports.taken import FileRef, Pooled
from truceline.values.audience import CENTRE, may_read
from truceline.values.canonical import canonical, sha256_hex
from truceline.values.errors import TrucelineError

INBOX = "inbox"
_MODE = 0o600


class InboxDamaged(TrucelineError):
    """An item of the inbox cannot be read; nothing is entered until a person has looked."""


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file that waits for its slot.

    acl: who may read it. rows, unreadable: what its source made of it.
    file: its bytes; parts: what goes into slots, in order.
    """

    source: str
    name: str
    owner: str
    zone: str
    language: str
    acl: str
    received_us: int
    sha256: str
    rows: int
    unreadable: int
    file: FileRef
    parts: tuple[Pooled, ...]

    @property
    def key(self) -> str:
        """Equal for the same bytes by the same source from the same owner."""
        return key_of(self.sha256, self.source, self.owner)


def key_of(sha256: str, source: str, owner: str) -> str:
    """The name an item is kept under."""
    return sha256_hex(f"{sha256}\n{source}\n{owner}\n".encode())


def keep(folder: Path, item: Kept, *, disk: Disk | None = None) -> None:
    """Keep an item; it is durable when this returns. Its blobs must be durable already."""
    _private(folder)
    (disk or Disk(folder)).write(f"{INBOX}/{item.key}", canonical(item), durable=True, mode=_MODE)


def kept(folder: Path) -> tuple[Kept, ...]:
    """Everything that waits, in order of having been received. InboxDamaged names a broken item."""
    disk = Disk(folder)
    names = [name for name in disk.names(INBOX) if not name.startswith(TEMPORARY)]
    found = [item for name in names if (item := _read(disk, name)) is not None]
    return tuple(sorted(found, key=lambda item: (item.received_us, item.key)))


def is_kept(folder: Path, key: str) -> bool:
    """Whether an item waits under this key."""
    return Disk(folder).size(f"{INBOX}/{key}") is not None


def let_go(folder: Path, items: Sequence[Kept], *, disk: Disk | None = None) -> None:
    """Remove items the record holds; they may be gone already."""
    disk = disk or Disk(folder)
    for item in items:
        disk.remove(f"{INBOX}/{item.key}")


def waiting(desk: Desk, reader: str = CENTRE) -> tuple[Kept, ...]:
    """What waits for its slot, as far as a reader may read it. A party is shown nothing, ever."""
    if reader in desk.charter.party_codes:
        return ()
    return tuple(item for item in kept(desk.folder) if may_read(reader, item.acl))


def rows_of(desk: Desk, item: Kept, most: int) -> tuple[Report | Unreadable, ...]:
    """The first rows of an item, so that whoever is on watch need not wait for the slot."""
    return tuple(islice(_rows(desk, item), most))


def _rows(desk: Desk, item: Kept) -> Iterator[Report | Unreadable]:
    raw = desk.log.plain(item.file)
    if raw is None:
        return iter(())
    receipt = Receipt(
        source=item.source,
        name=item.name,
        owner=item.owner,
        received_us=item.received_us,
        zone=item.zone,
        language=item.language,
    )
    return SOURCES[item.source](raw, receipt)


def _read(disk: Disk, name: str) -> Kept | None:
    raw = disk.read(f"{INBOX}/{name}")
    if raw is None:
        return None  # entered and removed between the two looks
    try:
        item = msgspec.json.decode(raw, type=Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise InboxDamaged(
            f"{disk.root / INBOX / name}: {problem}; its file is a blob all the same: ask the "
            "sender to hand it in again, then remove this item"
        ) from problem
    if item.key != name:
        raise InboxDamaged(
            f"{disk.root / INBOX / name}: holds {item.name}, which is kept as {item.key[:16]}…; "
            "rename it or remove it"
        )
    return item


def _private(folder: Path) -> None:
    (folder / INBOX).mkdir(mode=0o700, exist_ok=True)
