"""Opening files: one payload shown to a tribunal and held against the record.

Specified in docs/formats/opening.md. No key is needed but the log's, and nothing of the centre:
`check` wants the file and a trust file.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import msgspec

from truceline.ledger import entry, note, proof
from truceline.ledger.entry import Entry, PayloadRef
from truceline.ledger.errors import BadSignature, CommitmentError, Malformed, NoKnownKey
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.seal import opens, references

FORMAT = "truceline-opening/v1"
_encode = msgspec.json.Encoder(order="sorted").encode


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of the log, with the proof that it is in it."""

    entry: str
    proof: str


class ShownFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A blob that the plaintext names, opened."""

    ref: PayloadRef
    salt: str
    plaintext: str


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an opening file holds, as it is spelt."""

    format: Annotated[str, msgspec.Meta(pattern="^truceline-opening/v1$")]
    entry: str
    proof: str
    salt: str
    plaintext: str
    files: tuple[ShownFile, ...] = ()
    keys: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What an opening file shows, once it has been checked.

    index: the entry's place in the log. plain: what its author committed to.
    files: the blobs it names that were shown with it, in order. unshown: how many were not.
    signed_by: the registered author keys whose lines on the entry hold.
    """

    index: int
    entry: Entry
    plain: bytes
    files: tuple[bytes, ...]
    unshown: int
    signed_by: tuple[str, ...]


def render(
    entry_raw: bytes,
    receipt: bytes,
    opened: tuple[bytes, bytes],
    *,
    files: Iterable[tuple[PayloadRef, bytes, bytes]] = (),
    keys: Iterable[tuple[bytes, bytes]] = (),
) -> bytes:
    """Write an opening file.

    receipt: the entry's proof. opened: salt and plaintext. files: (ref, salt, plaintext) of blobs
    it names. keys: (entry, proof) of those that register its author's keys.
    """
    salt, plain = opened
    return (
        _encode(
            Opening(
                format=FORMAT,
                entry=entry_raw.decode(),
                proof=receipt.decode(),
                salt=_base64(salt),
                plaintext=_base64(plain),
                files=tuple(
                    ShownFile(ref=ref, salt=_base64(its_salt), plaintext=_base64(its_plain))
                    for ref, its_salt, its_plain in files
                ),
                keys=tuple(Shown(entry=raw.decode(), proof=at.decode()) for raw, at in keys),
            )
        )
        + b"\n"
    )


def check(raw: bytes, trust: Policy) -> Opened:
    """Hold an opening file against a trust file.

    Raises Malformed; NoKnownKey, BadSignature or ProofError where it is not of this log or nobody
    registered signed it; CommitmentError where the content is not what was committed to.
    """
    opening = _parse(raw)
    note_raw = opening.entry.encode()
    index = proof.check(opening.proof.encode(), note_raw, trust)
    found = entry.decode(note_raw, index)
    plain = _content(opening.salt, opening.plaintext, found.payload, f"entry {index}")
    named = references(plain)
    files = []
    for one in opening.files:
        if one.ref not in named:
            raise CommitmentError(f"blob {one.ref.blob[:16]}… is not named by entry {index}")
        files.append(_content(one.salt, one.plaintext, one.ref, f"blob {one.ref.blob[:16]}…"))
    return Opened(
        index=index,
        entry=found,
        plain=plain,
        files=tuple(files),
        unshown=len({ref.blob for ref in named} - {one.ref.blob for one in opening.files}),
        signed_by=_signers(note_raw, found, opening.keys, trust),
    )


def _signers(raw: bytes, found: Entry, shown: Iterable[Shown], trust: Policy) -> tuple[str, ...]:
    """The author keys whose lines hold; its author's must be among them."""
    keys: dict[tuple[str, bytes], Key] = {}
    for one in shown:
        registering = one.entry.encode()
        at = proof.check(one.proof.encode(), registering, trust)
        listed = map(Key.parse, entry.decode(registering, at).vkeys)
        keys |= {key.identity: key for key in listed}
    lines = note.parse(raw)
    if not keys:
        raise NoKnownKey(f"nothing shown registers a key of {found.author}; ask for a whole file")
    held = tuple(line.name for line in note.verify(lines, keys.values()))
    own = any(name.rpartition("/")[2] == found.author for name in held)
    if not own:
        raise BadSignature(f"the entry is not signed by a key registered for {found.author}")
    return held


def _content(salt: str, plaintext: str, ref: PayloadRef | None, what: str) -> bytes:
    plain = note.unbase64(plaintext, "a plaintext")
    if ref is None or not opens(ref, note.unbase64(salt, "a salt"), plain):
        raise CommitmentError(f"{what}: what is shown is not what its author committed to")
    return plain


def _parse(raw: bytes) -> Opening:
    try:
        opening = msgspec.json.decode(raw, type=Opening)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise Malformed(f"no opening file: {problem}") from problem
    if _encode(opening) + b"\n" != raw:
        raise Malformed("an opening file is one line of canonical JSON; this is spelt otherwise")
    return opening


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
