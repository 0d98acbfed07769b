"""A party hands its own material in from its own machine: what `take` does, with its own key."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from truceline.coordination.charter import Charter
from truceline.desk.couriers import centre as courier
from truceline.desk.errors import ActRefused, NothingTaken
from truceline.desk.keeping import wrap_for
from truceline.desk.taking import PART_ROWS, Incoming
from truceline.ledger import permit, seal
from truceline.ledger.disk import Disk
from truceline.ledger.entry import decode
from truceline.ledger.sealing import Ring
from truceline.ledger.tiles import Reader
from truceline.reports.sources import SOURCES
from truceline.reports.taken import FileRef, Taken
from truceline.values.audience import CENTRE, audience
from truceline.values.canonical import canonical, sha256_hex

if TYPE_CHECKING:
    from truceline.desk.officers import Standing
    from truceline.desk.sending import Party
    from truceline.ledger.entry import Entry

_HANDED = "handed"
_CHARTER = "charter.json"


def hand_in(
    party: "Party", now: "Standing", charter: Charter, incoming: Incoming, now_us: int
) -> list["Entry"]:
    """Put a file into the outbox as entries of the party's own; none if it was handed in before.

    Raises NothingTaken for a source that is not known or a file without a byte.
    """
    if incoming.source not in SOURCES or not incoming.raw:
        raise NothingTaken(f"{incoming.name}: want bytes, by one of {', '.join(sorted(SOURCES))}")
    disk, digest = Disk(party.folder), sha256_hex(incoming.raw)
    mark = f"{_HANDED}/{incoming.source}-{digest}"
    if disk.size(mark) is not None:
        return []
    acl = incoming.acl or audience([*charter.staff, party.code, CENTRE])
    wrap = wrap_for(acl, charter.mode, now.state.readers)
    blob, ref = wrap(incoming.raw)
    file = FileRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
    first = Taken(
        source=incoming.source, name=incoming.name, owner=party.code,
        zone=incoming.zone or charter.zone, language=incoming.language, received_us=now_us,
        sha256=digest, file=file, start=0, stop=0, last=True,
    )  # fmt: skip
    made: list[Entry] = []
    for part in _parts(first, incoming.raw):
        payload, named = wrap(canonical(part))
        blobs = (payload,) if made else (payload, blob)
        made.append(party.write(now, now_us, blobs, kind="report/taken", acl=acl, payload=named))
    disk.write(mark, b"", durable=True)
    return made


def charter_of(party: "Party", url: str, now: "Standing", now_us: int) -> Charter:
    """What the centre was founded with: fetched with a permit once, and kept."""
    disk = Disk(party.folder)
    kept = disk.read(_CHARTER)
    if kept is None:
        kept = _fetched(party, url, now, now_us)
        disk.write(_CHARTER, kept, durable=True)
    return msgspec.json.decode(kept, type=Charter)


def _fetched(party: "Party", url: str, now: "Standing", now_us: int) -> bytes:
    founding = decode(Reader(party.log(url), now.head).entry(0), 0)
    assert founding.payload is not None
    asked = permit.make(party.signer, now.head.origin, now_us)
    raw = courier.blob(url, founding.payload.blob, asked)
    if raw is None:
        raise ActRefused(f"{url}: does not give what it was founded with; ask another party")
    return seal.unwrap(raw, founding.payload, Ring.held_in(party.folder / "keys").unseal)


def _parts(first: Taken, raw: bytes) -> Iterator[Taken]:
    """The parts of a file, as many rows each as an entry takes."""
    stream = SOURCES[first.source](raw, first.receipt)
    start, ahead = 0, sum(1 for _ in islice(stream, PART_ROWS))
    while True:
        count, ahead = ahead, sum(1 for _ in islice(stream, PART_ROWS))
        yield msgspec.structs.replace(first, start=start, stop=start + count, last=not ahead)
        start += count
        if not ahead:
            return
