"""A proof anyone can keep and check offline: entry, place, head (c2sp.org/tlog-proof).

`c2sp.org/tlog-proof@v1`, `index <i>`, the hashes from the leaf's sibling upward, a blank line, and
the signed checkpoint as it stands.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from truceline.ledger import checkpoint, merkle, note
from truceline.ledger.errors import Malformed
from truceline.ledger.policy import Policy

_FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an author is given: the entry's place, and the proof that it is there.

    level: how final this is; "logged" until other holders have it too.
    """

    index: int
    leaf: str
    proof: bytes
    level: str = "logged"


def render(index: int, hashes: Sequence[bytes], signed_head: bytes) -> bytes:
    """Write a proof."""
    lines = [_FIRST, f"index {index}", *(base64.b64encode(step).decode() for step in hashes), ""]
    return "\n".join(lines).encode() + b"\n" + signed_head


def check(raw: bytes, entry: bytes, policy: Policy) -> int:
    """Check that a proof holds for this entry under this trust file; return the entry's index.

    Raises Malformed, NoKnownKey, BadSignature or ProofError.
    """
    index, hashes, signed_head = parse(raw)
    head = policy.open(signed_head)
    merkle.check_inclusion(index, head.size, merkle.leaf_hash(entry), hashes, head.root)
    return index


def parse(raw: bytes) -> tuple[int, list[bytes], bytes]:
    """Take a proof apart, nothing checked: the index, the hashes and the signed head."""
    top, blank, signed_head = raw.partition(b"\n\n")
    try:
        lines = top.decode().split("\n")
    except UnicodeDecodeError as problem:
        raise Malformed("a proof is text") from problem
    if not blank or lines[0] != _FIRST:
        raise Malformed(f"a proof starts with {_FIRST!r} and has a checkpoint after a blank line")
    rest = lines[2:] if lines[1:2] and lines[1].startswith("extra ") else lines[1:]
    if not rest or not rest[0].startswith("index "):
        raise Malformed("a proof says which index it is for")
    index = checkpoint.parse_size(rest[0].removeprefix("index "))
    return index, [note.unbase64(line, "a hash of the proof") for line in rest[1:]], signed_head
