"""Digest notes: what a holder's tables come to at one size, signed (docs/formats/digest.md).

Two notes of one size and model that differ name the table and the compartment that somebody has
changed, or never held.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import msgspec

from truceline.ledger import note
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Code, Count, Root
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.note import Key
from truceline.ledger.seal import Hex32
from truceline.values.audience import ALL, CENTRE, PUBLIC
from truceline.values.canonical import Json, canonical, sha256_hex

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-digest/v1"
SHOWN_PER_HOLDER = 32
SAID_PER_SIZE = 4
MAX_NOTE = 256 * 1024
_DESK = "desk"
_COMMON = (ALL, PUBLIC)

Tables = dict[str, dict[str, Hex32]]
Keys = Mapping[tuple[str, bytes], Key]


class Digest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second line of a digest note: by whom, of which size, and each table's digest.

    compartments: audience → table → digest, for the audiences `by` is in.
    """

    at: Count
    by: Code
    common: Hex32
    compartments: Tables
    model: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    root: Root
    size: Count

    @property
    def said(self) -> tuple[str, int, str, str, Tables]:
        """What is stated, whenever it was stated."""
        return self.by, self.size, self.root, self.model, self.compartments

    @property
    def mark(self) -> str:
        """A short name for the statement: equal for equal statements by one holder."""
        return sha256(canonical(self.said)).hexdigest()[:16]


def common_of(compartments: Mapping[str, Mapping[str, str]]) -> str:
    """The digest of what every party may read, from the digests of its tables."""
    parts: dict[str, Json] = {
        name: sha256_hex(canonical(dict(compartments[name]))) if name in compartments else ""
        for name in _COMMON
    }
    return sha256_hex(canonical(parts))


def make(  # noqa: PLR0913 - one argument per field of the format
    signer: "Signer", head: Head, *, by: str, model: str, compartments: Tables, at_us: int
) -> bytes:
    """Write and sign a digest note for a head whose every entry was drawn."""
    body = Digest(
        at=at_us,
        by=by,
        common=common_of(compartments),
        compartments=compartments,
        model=model,
        root=head.root64,
        size=head.size,
    )
    text = f"{FIRST_LINE} {head.origin}\n".encode() + canonical(body) + b"\n"
    return note.render(text, [signer.sign(text)])


def read(raw: bytes) -> tuple[str, Digest]:
    """Read a digest note without checking who signed it: the log's name, and what is said."""
    if len(raw) > MAX_NOTE:
        raise Malformed(f"a digest note of {len(raw)} bytes; want at most {MAX_NOTE}")
    first, _, line = note.parse(raw).text.partition(b"\n")
    words = first.decode().split(" ")
    if len(words) != 2 or words[0] != FIRST_LINE:
        raise Malformed(f"line 1 is {first[:80]!r}; want '{FIRST_LINE} <origin>'")
    try:
        body = msgspec.json.decode(line[:-1], type=Digest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Malformed(f"digest note, line 2: {problem}") from problem
    if canonical(body) != line[:-1]:
        raise Malformed("digest note: line 2 is not the one spelling of its JSON (RFC 8785)")
    if body.common != common_of(body.compartments):
        raise Malformed("digest note: `common` is not that of its own tables")
    return words[1], body


def open_signed(raw: bytes, keys: Keys) -> tuple[str, Digest]:
    """Read a digest note that its holder's registered key must have signed.

    keys: the registered keys, by identity. Raises Malformed, NoKnownKey or BadSignature.
    """
    origin, body = read(raw)
    author = _DESK if body.by == CENTRE else body.by
    own = [key for key in keys.values() if key.name.rpartition("/")[2] == author]
    note.verify(note.parse(raw), own)
    return origin, body


def differing(one: Digest, other: Digest) -> tuple[tuple[str, str], ...]:
    """The (compartment, table) pairs two holders draw differently, of those both hold.

    Malformed where the two cannot be compared: another size or another model.
    """
    if (one.size, one.model) != (other.size, other.model):
        raise Malformed(f"digests of {one.size} ({one.model}) and {other.size} ({other.model})")
    both = sorted(one.compartments.keys() & other.compartments.keys())
    return tuple(
        (name, table)
        for name in both
        for table in sorted(one.compartments[name].keys() | other.compartments[name].keys())
        if one.compartments[name].get(table) != other.compartments[name].get(table)
    )


def root_of(digest: Digest) -> bytes:
    """The root a digest speaks of, in bytes."""
    return base64.b64decode(digest.root)


def replicated_to(digests: Iterable[Digest], wanted: int) -> int:
    """The largest size on which at least so many holders other than the centre agree; 0 if none."""
    agreeing: dict[tuple[int, str, str, str], set[str]] = {}
    for one in digests:
        if one.by != CENTRE:
            said = (one.size, one.root, one.model, one.common)
            agreeing.setdefault(said, set()).add(one.by)
    return max((said[0] for said, by in agreeing.items() if len(by) >= wanted), default=0)


def frame(notes: Iterable[bytes]) -> bytes:
    """Notes one after another, each with its length before it in four bytes."""
    return b"".join(len(raw).to_bytes(4) + raw for raw in notes)


def unframe(raw: bytes) -> list[bytes]:
    """Take framed notes apart; Malformed if the last is cut short."""
    notes: list[bytes] = []
    at = 0
    while at < len(raw):
        start = at + 4
        at = start + int.from_bytes(raw[at:start])
        if at == start or at > len(raw):
            raise Malformed(f"note {len(notes)} of the answer is empty or cut short")
        notes.append(raw[start:at])
    return notes


class Shelf:
    """The digest notes kept in a centre or a replica, by holder."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def put(self, raw: bytes, keys: Keys) -> Digest:
        """Keep a note, durably; the same statement again is known. Raises as `open_signed` does.

        Malformed too where a holder has said several things of this size already: they are kept,
        and one more would show nothing new.
        """
        _, body = open_signed(raw, keys)
        names = [name for name in self._names(body.by) if name.startswith(f"{body.size}-")]
        here = f"{body.size}-{body.mark}"
        if here in names:
            return body
        if len(names) >= SAID_PER_SIZE:
            raise Malformed(f"{body.by} has said {len(names)} things of size {body.size} already")
        self._disk.write(f"digests/{body.by}/{here}", raw, durable=True, mode=0o444)
        return body

    def notes(self, by: str | None = None) -> Iterator[tuple[bytes, Digest]]:
        """Every note kept, or those of one holder: by holder, then by size."""
        for holder in self._disk.names("digests") if by is None else [by]:
            yield from self._read(holder, self._names(holder))

    def newest(self) -> list[bytes]:
        """The newest notes of every holder, as they are shown to who asks."""
        return [
            raw
            for holder in self._disk.names("digests")
            for raw, _ in self._read(holder, self._names(holder)[-SHOWN_PER_HOLDER:])
        ]

    def _names(self, by: str) -> list[str]:
        names = [name for name in self._disk.names(f"digests/{by}") if name[:1].isdigit()]
        return sorted(names, key=lambda name: (int(name.partition("-")[0]), name))

    def _read(self, by: str, names: Iterable[str]) -> Iterator[tuple[bytes, Digest]]:
        for name in names:
            raw = self._disk.read(f"digests/{by}/{name}")
            try:
                yield raw or b"", read(raw or b"")[1]
            except LedgerError:
                continue  # damaged here; whoever signed it shows it again
