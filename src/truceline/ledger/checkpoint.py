"""Checkpoints: the signed statement of how long the log is and what it holds.

Text: origin, size in decimal, root in base64, one line each (c2sp.org/tlog-checkpoint). Every
checkpoint of ours carries an Ed25519 line and a dated ML-DSA-44 line by the log.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.ledger import note
from truceline.ledger.errors import Malformed, NoKnownKey
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.values.instant import SECOND_US

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

# Exactly what str() prints below 10¹⁸. Not \d, which takes "٣"; not int() alone, which takes
# "1_0" and " 7": two spellings of one number, and a signature covers the spelling.
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Head:
    """What a log was at one size: its name, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        note.check_name(self.origin)
        if self.size < 0 or len(self.root) != 32 or (self.size == 0) != (self.root == EMPTY_ROOT):
            raise Malformed(f"a head of {self.size} entries and {self.root.hex()[:16]}… cannot be")

    @property
    def root64(self) -> str:
        """The root as it is written."""
        return base64.b64encode(self.root).decode()


def encode(head: Head) -> bytes:
    """The text of a checkpoint."""
    return f"{head.origin}\n{head.size}\n{head.root64}\n".encode()


def decode(text: bytes) -> Head:
    """Read the text of a checkpoint; extension lines are refused, for we sign none."""
    note.check_text(text)
    lines = text.decode().split("\n")
    if len(lines) != 4:
        raise Malformed(f"a checkpoint has three lines; this one has {len(lines) - 1}")
    root = note.unbase64(lines[2], "line 3: the root")
    return Head(lines[0], parse_size(lines[1]), root)


def parse_size(line: str) -> int:
    """Read a tree size in its one accepted spelling; any other raises Malformed.

    >>> parse_size("923748")
    923748
    """
    if not _SIZE.fullmatch(line):
        raise Malformed(f"line 2: tree size {line!r} is not a plain decimal number")
    return int(line)


def sign(head: Head, signers: Iterable["Signer"], now_us: int) -> bytes:
    """Sign a head with every key of the log; the dated lines say now, in whole seconds."""
    text = encode(head)
    return note.render(text, [signer.sign(text, now_us // SECOND_US) for signer in signers])


def parse(raw: bytes) -> Head:
    """Read a checkpoint without checking who signed it."""
    return decode(note.parse(raw).text)


def open_signed(raw: bytes, keys: Iterable[note.Key]) -> Head:
    """Read a checkpoint that every one of these keys must have signed.

    Raises BadSignature or NoKnownKey; with no key at all nothing is checked.
    """
    wanted = list(keys)
    signed = note.parse(raw)
    if wanted:
        by = {(sig.name, sig.key_id) for sig in note.verify(signed, wanted)}
        for key in wanted:
            if key.identity not in by:
                raise NoKnownKey(f"the checkpoint lacks the line of {key.vkey[:60]}…")
    return decode(signed.text)


def time_us(raw: bytes) -> int | None:
    """When the log says it signed this checkpoint, to the second; None if it is not dated."""
    signed = note.parse(raw)
    origin = signed.text.split(b"\n", 1)[0].decode()
    times = [sig.time_s for sig in signed.signatures if sig.name == origin]
    dated = [time_s for time_s in times if time_s is not None]
    return min(dated) * SECOND_US if dated else None


def covers(there: bytes, signed: bytes) -> bool:
    """Say whether a kept head is this head, signed by all who signed it and perhaps by more.

    A cosigned head is the log's own head, byte for byte, with cosignature lines after it; a head
    that was signed again has the same text and other dates.
    """
    if there.startswith(signed):
        return True
    try:
        kept, given = note.parse(there), note.parse(signed)
    except Malformed:
        return False
    return kept.text == given.text and signers(there) >= signers(signed)


def signers(raw: bytes) -> frozenset[tuple[str, bytes]]:
    """Whose lines a head carries, by name and key id; none of them checked."""
    return frozenset((sig.name, sig.key_id) for sig in note.parse(raw).signatures)


def cosigned(signed: bytes, lines: Iterable[note.Sig]) -> bytes:
    """Put cosignature lines after a head; of two by one key the later given counts."""
    own = note.parse(signed)
    newest = {(sig.name, sig.key_id): sig for sig in lines}
    kept = [newest.pop((sig.name, sig.key_id), sig) for sig in own.signatures]
    return note.render(own.text, [*kept, *newest.values()])


def carried(signed: bytes, shown: bytes) -> bytes:
    """A head signed again, with the cosignatures that the same head had where it was shown."""
    text, _, _ = signed.partition(b"\n\n")
    if not shown.startswith(text + b"\n\n"):
        return signed
    try:
        lines = note.parse(shown).signatures
    except Malformed:  # torn by a power cut
        return signed
    own = signers(signed)
    return cosigned(signed, [sig for sig in lines if (sig.name, sig.key_id) not in own])
