"""Writing evidence from a record one can read and from what one has kept.

A maker checks nothing: whoever gets the file does, and so should whoever sends it (`judging`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from truceline.ledger import checkpoint, merkle, proof
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Malformed
from truceline.ledger.evidence.bundle import pack
from truceline.ledger.evidence.ground import write_prefix
from truceline.ledger.tiles import WIDTH, Get, Reader


@dataclass(frozen=True, slots=True)
class Record:
    """A log as somebody shows it: its newest signed head and whatever lies beneath."""

    signed: bytes
    reader: Reader

    @classmethod
    def of(cls, get: Get) -> "Record":
        """The record behind a log's files; Malformed if there is no head."""
        signed = get("checkpoint")
        if signed is None:
            raise Malformed("this log shows no checkpoint")
        return cls(signed, Reader(get, checkpoint.parse(signed)))

    @property
    def head(self) -> Head:
        """Its newest head."""
        return self.reader.head

    def prove(self, index: int) -> bytes:
        """A .tlog-proof under its newest head."""
        steps = merkle.prove_inclusion(index, self.head.size, self.reader.hash)
        return proof.render(index, steps, self.signed)

    def leaf(self, index: int) -> bytes:
        """A leaf hash."""
        return self.reader.hash(0, index)

    def registrations(self) -> dict[str, bytes]:
        """Every entry that registered keys, with its proof; one pass over the log."""
        files: dict[str, bytes] = {}
        for number in range(-(-self.head.size // WIDTH)):
            for index, raw in enumerate(self.reader.bundle(number), start=number * WIDTH):
                if b'"vkeys":' in raw:
                    files[f"registrations/{index}.note"] = raw
                    files[f"registrations/{index}.tlog-proof"] = self.prove(index)
        return files


def fork(kept: Record, shown: Record) -> bytes:
    """Two histories of one log: with the first entry that differs where both sides hold it."""
    files = {"kept.checkpoint": kept.signed, "shown.checkpoint": shown.signed}
    at = _first_difference(kept, shown)
    if at is None:
        return pack("fork", kept.head.origin, {**files, **_prefix(kept, shown)})
    for side, record in (("kept", kept), ("shown", shown)):
        files[f"{side}.note"] = record.reader.entry(at)
        files[f"{side}.tlog-proof"] = record.prove(at)
    return pack("fork", kept.head.origin, files, entry=at)


def fork_of_head(kept: bytes, shown: Record) -> bytes:
    """A kept head that the log shown does not continue; no entry can be named from a head alone."""
    files = {"kept.checkpoint": kept, "shown.checkpoint": shown.signed}
    head = checkpoint.parse(kept)
    if head.size > shown.head.size:
        raise Malformed(
            f"the log shown has {shown.head.size} entries and the kept head {head.size}: "
            "ask for the log at that size or more; being behind is no contradiction"
        )
    return pack("fork", head.origin, {**files, **_past(head.size, shown)})


def withheld(entry: bytes, receipt: bytes, shown: Record) -> bytes:
    """A receipt whose entry the later log does not hold in its place."""
    index, _, signed = proof.parse(receipt)
    files = {
        "entry.note": entry,
        "receipt.tlog-proof": receipt,
        "shown.checkpoint": shown.signed,
    }
    if index < shown.head.size:
        files["shown.note"] = shown.reader.entry(index)
        files["shown.tlog-proof"] = shown.prove(index)
    return pack("withheld", checkpoint.parse(signed).origin, files, entry=index)


def forgery(log: Record, index: int) -> bytes:
    """An entry in the log that its author did not sign."""
    files = {"entry.note": log.reader.entry(index), "entry.tlog-proof": log.prove(index)}
    return pack("forgery", log.head.origin, {**files, **log.registrations()}, entry=index)


def equivocation(log: Record, one: bytes, two: bytes, refusals: Iterable[bytes] = ()) -> bytes:
    """Two entries of one author under one number; and refusals of either, which free a number."""
    files = {"one.note": one, "two.note": two, **log.registrations()}
    notes = {f"refusals/{number}.note": raw for number, raw in enumerate(refusals, start=1)}
    files |= notes
    at = {leaf: index for index, leaf in enumerate(_leaves(log))} if notes else {}
    for name, raw in (("one", one), ("two", two)):
        if (index := at.get(merkle.leaf_hash(raw))) is not None:
            files[f"{name}.tlog-proof"] = log.prove(index)
    return pack("equivocation", log.head.origin, files)


def refusal(log: Record, entry: bytes, refused: bytes) -> bytes:
    """A signed refusal and the entry it refused."""
    files = {"entry.note": entry, "refusal.note": refused, **log.registrations()}
    return pack("refusal", log.head.origin, files)


def denial(log: Record, entry: bytes, relays: Sequence[bytes]) -> bytes:
    """An entry others were shown, and every leaf of a later head: 32 bytes for each entry."""
    leaves = b"".join(_leaves(log))
    files = {"entry.note": entry, "head.checkpoint": log.signed, "leaves": leaves}
    files |= {f"relays/{number}.note": raw for number, raw in enumerate(relays, start=1)}
    return pack("denial", log.head.origin, {**files, **log.registrations()})


def suspect(log: Record, index: int, revoked_in: int) -> bytes:
    """An entry by a key that was later revoked as suspect."""
    files = {
        "entry.note": log.reader.entry(index),
        "entry.tlog-proof": log.prove(index),
        "revocation.note": log.reader.entry(revoked_in),
        "revocation.tlog-proof": log.prove(revoked_in),
    }
    return pack("suspect", log.head.origin, {**files, **log.registrations()}, entry=index)


def _first_difference(kept: Record, shown: Record) -> int | None:
    """The first index where the two hold different leaves; None where the shorter is a part."""
    common = min(kept.head.size, shown.head.size)
    for number in range(-(-common // WIDTH)):
        sides = [record.reader.tile(0, number) for record in (kept, shown)]
        for at, (one, two) in enumerate(zip(*sides, strict=False), start=number * WIDTH):
            if one != two and at < common:
                return at
    return None


def _prefix(kept: Record, shown: Record) -> Mapping[str, bytes]:
    smaller, larger = sorted((kept, shown), key=lambda record: record.head.size)
    return _past(smaller.head.size, larger)


def _past(size: int, larger: Record) -> Mapping[str, bytes]:
    if size in (0, larger.head.size):
        return {}
    steps = merkle.prove_prefix(size, larger.head.size, larger.reader.hash)
    return {"prefix.proof": write_prefix(size, larger.head.size, steps)}


def _leaves(log: Record) -> Iterable[bytes]:
    for number in range(-(-log.head.size // WIDTH)):
        yield from log.reader.tile(0, number)
