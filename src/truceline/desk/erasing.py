"""Forgetting by agreement: proposed, signed by those the group `erasure` names, carried out.

1. A proposal is an entry of whoever begins it; its payload says why. Others put lines under it.
2. It enters the log like any entry; from then on no table shows what it erases.
3. Whoever holds the blobs destroys them: first those only the erased payload names, since their
   addresses stand nowhere else, then the payload's. After a crash in between, doing it again is
   the same as doing it.
4. The desk says that it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.coordination.erasure import ErasureDone, Gone, PayloadErased
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.evacuating import destroy
from truceline.desk.keeping import wrap_for
from truceline.desk.officers import Standing, begin
from truceline.ledger.entry import Entry
from truceline.ledger.errors import CommitmentError
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.seal import PayloadRef, Referred, references
from truceline.ledger.store import blob_path
from truceline.store.erasing import ERASED, collected
from truceline.values.audience import ALL, CENTRE
from truceline.values.canonical import canonical

DONE = "payload/erasure-done"
# What all else is read by, and what says that something was erased.
_KEPT = frozenset({"centre/founded", "model/adopted", "terms/adopted", ERASED, DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was destroyed. blobs: by address. absent: how many were not held."""

    blobs: tuple[str, ...] = ()
    absent: int = 0


def propose(
    desk: Desk, now: Standing, signer: Signer, entries: Sequence[int], reason: str
) -> bytes:
    """Write the entry that erases what some entries say, for others to put their lines under.

    A file taken in several parts goes whole. ActRefused for what cannot be erased, or without a
    reason.
    """
    if not reason.strip():
        raise ActRefused("say why: what is forgotten is forgotten with a reason all can read")
    desk.draw()
    whole = [desk.log.entry(index) for index in _with_all_parts(desk, entries)]
    refs = [_erasable(one) for one in whole]
    gone = tuple(
        Gone(entry=one.index or 0, complaints=_complaints(desk, one.index or 0)) for one in whole
    )
    act = PayloadErased(reason=reason.strip(), erased=gone)
    payload = desk.appender.put_blob(canonical(act), wrap_for(ALL, desk.settings.mode, {}))
    return begin(
        now,
        signer,
        desk.now_us(),
        kind=ERASED,
        refs=[one.leaf for one in whole],
        erases=[ref.blob for ref in refs],
        payload=payload,
    )


def carry_out(desk: Desk) -> tuple[Forgotten, ...]:
    """Destroy what the record says is erased, and say so, once for each entry that says it."""
    desk.draw()
    log = desk.log
    acts = [(index, one) for index, one in log.entries() if one.erases or one.kind == DONE]
    said = {entry.refs for _, entry in acts if entry.kind == DONE}
    done = []
    for index, entry in acts:
        if not entry.erases:
            continue
        forgotten = forget(desk.folder, dict.fromkeys(entry.erases, index))
        if (entry.leaf,) not in said:
            payload = ErasureDone(
                erased_in=index, deleted=len(forgotten.blobs), absent=forgotten.absent
            )
            desk.post(DONE, CENTRE, payload, refs=[entry.leaf])
            done.append(forgotten)
    desk.refresh()
    desk.tables.db.execute("VACUUM")  # deleted rows stay in a database's free pages otherwise
    desk.tables.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tuple(done)


def forget(folder: Path, erased: Mapping[str, int] | None = None) -> Forgotten:
    """Destroy the blobs that are erased and held in a folder: a centre's, or a replica's.

    erased: blob → the entry that erases it; every erasure of the log unless given.
    """
    log = Log.open(folder)
    erased = collected(log, log.head().size) if erased is None else erased
    held = [blob for blob in erased if (folder / blob_path(blob)).exists()]
    if not held:
        return Forgotten(absent=len(erased))
    owners = [
        entry
        for _, entry in log.entries()
        if entry.payload is not None and entry.payload.blob in held
    ]
    inside = _nested(log, (one.payload for one in owners if one.payload is not None))
    inside |= _inside_slots(log, set(held) - inside.keys())
    doomed = inside.keys() - erased.keys()
    doomed -= _still_named(log, doomed, erased, {one.kind for one in owners})
    blobs = [*sorted(doomed), *held]
    gone = [blob for blob in blobs if (folder / blob_path(blob)).exists()]
    for blob in gone:
        destroy(folder / blob_path(blob))
    return Forgotten(blobs=tuple(gone), absent=len(erased) - len(held))


def _erasable(one: Entry) -> PayloadRef:
    if one.kind in _KEPT:
        raise ActRefused(f"entry {one.index} is {one.kind}: the rest of the record is read by it")
    if one.payload is None:
        raise ActRefused(f"entry {one.index} ({one.kind}) has no payload to erase")
    return one.payload


def _with_all_parts(desk: Desk, entries: Sequence[int]) -> list[int]:
    """The entries, and those that hold other parts of the same files."""
    files = {ref.blob for index in entries for ref in _named_by(desk.log, desk.log.entry(index))}
    parts = [
        index
        for index, one in desk.log.entries()
        if files
        and one.kind == "report/taken"
        and files & {r.blob for r in _named_by(desk.log, one)}
    ]
    return sorted({*entries, *parts})


def _complaints(desk: Desk, index: int) -> int:
    rows = desk.tables.select(
        """SELECT count(*) AS n FROM claims WHERE entry = ? AND source = 'complaint'
           AND grain = 'full' AND stance = 'asserts' AND about = ''""",
        (index,),
    )
    return int(rows[0]["n"])


def _named_by(log: Log, one: Entry) -> list[PayloadRef]:
    return [] if one.payload is None else _references(log, one.payload)


def _references(log: Log, ref: Referred) -> list[PayloadRef]:
    try:
        plain = log.plain(ref)
    except CommitmentError:
        return []
    return references(plain) if plain else []


def _nested(log: Log, refs: Iterable[PayloadRef]) -> dict[str, PayloadRef]:
    """Every blob that these name, and those that they name."""
    found: dict[str, PayloadRef] = {}
    waiting = list(refs)
    while waiting:
        for inner in _references(log, waiting.pop()):
            if inner.blob not in found:
                found[inner.blob] = inner
                waiting.append(inner)
    return found


def _inside_slots(log: Log, blobs: set[str]) -> dict[str, PayloadRef]:
    """What erased parts of slots name: their own payloads are named by a slot, not by an entry."""
    named = [
        ref
        for _, one in log.entries()
        if blobs and one.kind == "report/slot"
        for ref in _named_by(log, one)
        if ref.blob in blobs
    ]
    return _nested(log, named)


def _still_named(
    log: Log, doomed: Iterable[str], erased: Mapping[str, int], kinds: set[str]
) -> set[str]:
    """Those that an entry of the same kind still names: they are not for us to forget."""
    wanted = set(doomed)
    if not wanted:
        return set()
    kept = (
        one.payload
        for _, one in log.entries()
        if one.kind in kinds and one.payload is not None and one.payload.blob not in erased
    )
    return wanted & _nested(log, kept).keys()
