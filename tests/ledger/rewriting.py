"""Someone at the centre rewrites yesterday: a whole new log, consistent and signed anew."""

import json
from pathlib import Path

from tests.ledger.founding import LOG_KEYS, ORIGIN
from truceline.ledger import checkpoint, merkle, note
from truceline.ledger.checkpoint import Head
from truceline.ledger.growth import Growth
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.values.canonical import canonical


def altered(raw: bytes, signer: Signer | None = None) -> bytes:
    """An entry that claims another time; signed again if a key is given, else left as it was."""
    first, line, *_ = raw.split(b"\n")
    body = json.loads(line)
    body["claimed"] += 7_000_000
    text = first + b"\n" + canonical(body) + b"\n"
    lines = [signer.sign(text)] if signer else note.parse(raw).signatures
    return note.render(text, lines)


def rewrite(log: Log, index: int, into: Path, signer: Signer | None = None) -> None:
    """Write a log that differs in one entry, with every tile and head made to fit."""
    growth = Growth()
    files: dict[str, bytes] = {}
    for at, old in log.entries():
        raw = altered(old.raw, signer) if at == index else old.raw
        files |= growth.push(raw, merkle.leaf_hash(raw))
    files |= growth.partials(0)
    head = Head(ORIGIN, growth.size, growth.root())
    time_us = checkpoint.time_us(log.signed_head()) or 0
    files["checkpoint"] = checkpoint.sign(head, LOG_KEYS, time_us)
    for path, data in files.items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_bytes(data)
