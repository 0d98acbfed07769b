"""Entries: one act of one author, as a signed note (docs/formats/entry.md).

Text: `truceline-entry/v1 <origin>`, then one line of canonical JSON. The note's exact bytes are the
leaf; nobody re-serialises to verify. An entry holds codes, references and commitments only: what
people said, and where and when things happened, is in the payload.
"""

import base64
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec

from truceline.ledger import merkle, note
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.note import Note
from truceline.ledger.seal import Hex32, PayloadRef
from truceline.ledger.tiles import MAX_ENTRY
from truceline.values.audience import ALL
from truceline.values.mode import Mode

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

__all__ = ["FIRST_LINE", "Body", "Entry", "PayloadRef", "Refused", "Seen", "make", "parse"]

FIRST_LINE = "truceline-entry/v1"
MAX_SIGNERS = 16
HANDED_OVER = "log/handed-over"
_INT = 2**53 - 1

Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_.-]{0,31}$")]
Kind = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,31}/[a-z][a-z0-9-]{0,31}$")]
Root = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9+/]{43}=$")]
Acl = Annotated[
    str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_.-]{0,31}([+][A-Za-z][A-Za-z0-9_.-]{0,31})*$")
]
Vkey = Annotated[str, msgspec.Meta(pattern="^[!-*,-~]{1,255}[+][0-9a-f]{8}[+][A-Za-z0-9+/=]+$")]
Prev = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
Count = Annotated[int, msgspec.Meta(ge=0, le=_INT)]
_CODE = "[A-Za-z][A-Za-z0-9_.-]{0,31}"
ReaderLine = Annotated[str, msgspec.Meta(pattern=f"^{_CODE} age1[02-9ac-hj-np-z]{{58}}$")]
GroupLine = Annotated[
    str, msgspec.Meta(pattern=f"^{_CODE} (all|any|[1-9][0-9]{{0,2}})( {_CODE}){{1,32}}$")
]
RevokedLine = Annotated[
    str, msgspec.Meta(pattern="^[!-*,-~]{1,255}[+][0-9a-f]{8}[+](0|[1-9][0-9]{0,14})$")
]
Origin = Annotated[str, msgspec.Meta(pattern="^[!-*,-~]{1,200}$")]


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest head an author had seen: nothing in the entry can be older than what it names."""

    size: Count
    root: Root


class Continued(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log a successor continues: its name, and the last head of it that counts."""

    origin: Origin
    size: Count
    root: Root


class Body(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The second line of an entry, exactly as it is spelt; see docs/formats/entry.md."""

    kind: Kind
    author: Code
    seq: Annotated[int, msgspec.Meta(ge=1, le=_INT)]
    prev: Prev
    seen: Seen
    claimed: Count
    mode: Mode
    refs: Annotated[tuple[Hex32, ...], msgspec.Meta(max_length=512)]
    on_behalf_of: Code | None = None
    acl: Acl | None = None
    payload: PayloadRef | None = None
    vkeys: Annotated[tuple[Vkey, ...], msgspec.Meta(max_length=64)] = ()
    readers: Annotated[tuple[ReaderLine, ...], msgspec.Meta(max_length=64)] = ()
    groups: Annotated[tuple[GroupLine, ...], msgspec.Meta(max_length=64)] = ()
    revokes: Annotated[tuple[RevokedLine, ...], msgspec.Meta(max_length=64)] = ()
    erases: Annotated[tuple[Hex32, ...], msgspec.Meta(max_length=512)] = ()
    continues: Continued | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as read back: who did what, after what, and what it commits to.

    index: its place in the log, None before it has one. leaf: its leaf hash, hex; its identity.
    seq, prev: its author's counter and previous entry. claimed_us: when the author says it was.
    refs: leaves it speaks of. raw: the note itself.
    vkeys … continues: what it changes about who stands how (docs/formats/entry.md).
    """

    index: int | None
    leaf: str
    kind: str
    author: str
    seq: int
    prev: str
    seen: Seen
    claimed_us: int
    mode: Mode
    refs: tuple[str, ...]
    on_behalf_of: str | None
    acl: str | None
    payload: PayloadRef | None
    vkeys: tuple[str, ...]
    raw: bytes
    readers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    revokes: tuple[str, ...] = ()
    erases: tuple[str, ...] = ()
    continues: Continued | None = None

    @property
    def origin(self) -> str:
        """The log it was written for: the name on its first line."""
        return self.raw[len(FIRST_LINE) + 1 : self.raw.index(b"\n")].decode()

    @property
    def audience(self) -> str:
        """Who may read what this entry commits to; every party and body unless it says less."""
        return self.acl or ALL

    @property
    def signed_by(self) -> tuple[str, ...]:
        """The names on its signature lines; admission has checked them."""
        return tuple(signature.name for signature in note.parse(self.raw).signatures)


_decode = msgspec.json.Decoder(Body).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def key_name(origin: str, author: str) -> str:
    """The name an author's key must have in this log.

    >>> key_name("azores.example/record", "VEL")
    'azores.example/record/VEL'
    """
    return f"{origin}/{author}"


def make(  # noqa: PLR0913 - one argument per field of the format
    origin: str,
    signer: "Signer",
    *,
    kind: str,
    author: str,
    seq: int,
    prev: str,
    seen: Head,
    claimed_us: int,
    mode: Mode,
    refs: Iterable[str] = (),
    on_behalf_of: str | None = None,
    acl: str | None = None,
    payload: PayloadRef | None = None,
    vkeys: Iterable[str] = (),
    readers: Iterable[str] = (),
    groups: Iterable[str] = (),
    revokes: Iterable[str] = (),
    erases: Iterable[str] = (),
    continues: Continued | None = None,
    cosigners: Iterable["Signer"] = (),
) -> bytes:
    """Write and sign an entry. Whether it may enter the log is decided by admission.

    signer: its author's key. cosigners: who else puts a line under it, after the author's.
    """
    body = Body(
        kind=kind,
        author=author,
        seq=seq,
        prev=prev,
        seen=Seen(seen.size, base64.b64encode(seen.root).decode()),
        claimed=claimed_us,
        mode=mode,
        refs=tuple(refs),
        on_behalf_of=on_behalf_of,
        acl=acl,
        payload=payload,
        vkeys=tuple(vkeys),
        readers=tuple(readers),
        groups=tuple(groups),
        revokes=tuple(revokes),
        erases=tuple(erases),
        continues=continues,
    )
    text = f"{FIRST_LINE} {origin}\n".encode() + _encode(body) + b"\n"
    return note.render(text, [one.sign(text) for one in (signer, *cosigners)])


def countersign(raw: bytes, signer: "Signer") -> bytes:
    """Put one more line under an entry; Malformed if this key has signed it, or it is no note."""
    held = note.parse(raw)
    line = signer.sign(held.text)
    if any((one.name, one.key_id) == (line.name, line.key_id) for one in held.signatures):
        raise Malformed(f"{line.name} ({line.key_id.hex()}) has signed this already")
    return note.render(held.text, [*held.signatures, line])


def parse(raw: bytes, origin: str) -> tuple[Note, Entry]:
    """Read an entry offered to a log and hold it to the format, not yet to the log's state.

    Line 1 names the log, or in `log/handed-over` the one that continues it.
    Raises Refused with code size, format, canonical or schema.
    """
    if not 1 <= len(raw) <= MAX_ENTRY:
        raise Refused("size", f"an entry of {len(raw)} bytes; want 1 to {MAX_ENTRY}")
    try:
        signed = note.parse(raw)
    except Malformed as problem:
        raise Refused("format", str(problem)) from problem
    first, _, rest = signed.text.partition(b"\n")
    if first != f"{FIRST_LINE} {origin}".encode() and not _hands_over(first, rest[:-1], origin):
        raise Refused("format", f"line 1 is {first[:80]!r}; want '{FIRST_LINE} {origin}'")
    line = rest[:-1]
    if b"\n" in line:
        raise Refused("canonical", "an entry is two lines, a blank line and signature lines")
    body = _body(line)
    if _encode(body) != line:
        raise Refused("canonical", "line 2 is not the one spelling of its JSON (RFC 8785)")
    return signed, _entry(raw, body, None)


def decode(raw: bytes, index: int) -> Entry:
    """Read an entry back from a log whose root has been checked; Malformed if it is none."""
    lines = raw.split(b"\n", 2)
    try:
        return _entry(raw, _decode(lines[1]), index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError) as problem:
        raise Malformed(f"entry {index} is in the log and is no entry: {problem}") from problem


def _hands_over(first: bytes, line: bytes, origin: str) -> bool:
    """Say whether this is the one entry whose first line names another log than the one it ends."""
    if not first.startswith(f"{FIRST_LINE} ".encode()) or HANDED_OVER.encode() not in line:
        return False
    body = _body(line)
    ended = body.continues.origin if body.continues is not None else None
    return body.kind == HANDED_OVER and ended == origin


def _body(line: bytes) -> Body:
    try:
        return _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Refused("schema", f"line 2: {problem}") from problem


def _entry(raw: bytes, body: Body, index: int | None) -> Entry:
    return Entry(
        index=index,
        leaf=merkle.leaf_hash(raw).hex(),
        kind=body.kind,
        author=body.author,
        seq=body.seq,
        prev=body.prev,
        seen=body.seen,
        claimed_us=body.claimed,
        mode=body.mode,
        refs=body.refs,
        on_behalf_of=body.on_behalf_of,
        acl=body.acl,
        payload=body.payload,
        vkeys=body.vkeys,
        raw=raw,
        readers=body.readers,
        groups=body.groups,
        revokes=body.revokes,
        erases=body.erases,
        continues=body.continues,
    )
