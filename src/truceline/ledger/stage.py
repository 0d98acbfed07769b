r"""A stage: all files of a batch in one file, so that they become durable with one write.

`truceline-stage/v1 <old size> <new size>\n`, then per file a line `<length> <path>\n` and its
bytes, then the SHA-256 of everything before. It is the redo log of the files it holds until those
are durable themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from truceline.ledger.errors import Malformed

_FIRST = b"truceline-stage/v1"


@dataclass(frozen=True, slots=True)
class Stage:
    """What takes a log from one size to the next: path → bytes, relative to the centre."""

    old: int
    new: int
    files: Mapping[str, bytes]


def name(size: int, root: bytes) -> str:
    """Where the stage of a head is kept."""
    return f"state/stage-{size}-{root.hex()[:16]}"


def encode(stage: Stage) -> bytes:
    """The bytes of a stage."""
    parts = [b"%s %d %d\n" % (_FIRST, stage.old, stage.new)]
    for path, data in stage.files.items():
        parts += (f"{len(data)} {path}\n".encode(), data)
    body = b"".join(parts)
    return body + sha256(body).digest()


def decode(raw: bytes) -> Stage:
    """Read a stage; Malformed if it is torn or changed."""
    body, digest = raw[:-32], raw[-32:]
    if sha256(body).digest() != digest:
        raise Malformed("a stage file that is torn: its digest does not match")
    first, _, _ = body.partition(b"\n")
    words = first.split(b" ")
    if len(words) != 3 or words[0] != _FIRST:
        raise Malformed(f"a stage file that starts with {first[:40]!r}")
    files, at = {}, len(first) + 1
    while at < len(body):
        end = body.index(b"\n", at)
        length, _, path = body[at:end].partition(b" ")
        at = end + 1 + int(length)
        files[path.decode()] = body[end + 1 : at]
    return Stage(int(words[1]), int(words[2]), files)
