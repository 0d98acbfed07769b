"""Signed notes: a text, and lines that say who signed it (c2sp.org/signed-note).

Checkpoints, cosignatures and entries are all signed notes, so there is one parser and one
verifier here, and any other program that knows signed notes can check ours.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
from nacl.exceptions import BadSignatureError

from truceline.ledger.errors import BadSignature, Malformed, NoKnownKey

ED25519 = 0x01
ED25519_COSIGNATURE = 0x04
MLDSA44 = 0x06

MAX_SIGNATURES = 100  # what Go's sumdb/note accepts
_PUBLIC_BYTES = {ED25519: 32, ED25519_COSIGNATURE: 32, MLDSA44: 1312}
_SIGNATURE_BYTES = {ED25519: 64, ED25519_COSIGNATURE: 8 + 64, MLDSA44: 8 + 2420}
_DASH = "— "
_DASH_BYTES = _DASH.encode()
_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Key:
    """Who may sign, and the public half of what with.

    name: the signer, without spaces or plus signs. algorithm: the signed-note type byte.
    key_id: four bytes that point at (name, algorithm, public); never trusted on their own.
    """

    name: str
    algorithm: int
    public: bytes
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != _PUBLIC_BYTES.get(self.algorithm, -1):
            raise Malformed(
                f"key of {self.name}: {len(self.public)} bytes of type 0x{self.algorithm:02x}; "
                "want Ed25519 (0x01, 0x04) or ML-DSA-44 (0x06)"
            )
        # Canonical and of large order, or two libraries could judge one signature differently.
        if self.algorithm != MLDSA44 and not crypto_core_ed25519_is_valid_point(self.public):
            raise Malformed(f"key of {self.name}: a weak or non-canonical Ed25519 point")
        typed = bytes([self.algorithm]) + self.public
        digest = hashlib.sha256(self.name.encode() + b"\n" + typed).digest()
        object.__setattr__(self, "key_id", digest[:4])

    @property
    def vkey(self) -> str:
        """The key in the one line people exchange: name+id+base64."""
        typed = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{typed}"

    @property
    def identity(self) -> tuple[str, bytes]:
        """What a signature line names."""
        return self.name, self.key_id

    @classmethod
    def parse(cls, vkey: str) -> "Key":
        """Read a verifier key; Malformed says what is wrong with it."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise Malformed(f"{vkey[:60]!r} is no verifier key; want name+id+base64")
        name, key_id, typed64 = parts
        typed = unbase64(typed64, f"verifier key of {name[:40]!r}")
        key = cls(name, typed[0] if typed else 0, typed[1:])
        if key.key_id.hex() != key_id:
            raise Malformed(f"verifier key of {name}: id {key_id!r} should be {key.key_id.hex()}")
        return key


@dataclass(frozen=True, slots=True)
class Sig:
    """One signature line: who says so, by which key, and the bytes."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, without its newline."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}"

    @property
    def time_s(self) -> int | None:
        """When a cosignature says it was made, POSIX seconds; None for a plain signature."""
        plain = len(self.blob) == _SIGNATURE_BYTES[ED25519]
        return None if plain else int.from_bytes(self.blob[:8])


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures, none of them checked yet."""

    text: bytes
    signatures: tuple[Sig, ...]


def parse(raw: bytes) -> Note:
    """Take a note apart; Malformed says where it leaves the format.

    Text and signatures part at the last blank line. What is accepted has one spelling: rendering
    the parts again gives the same bytes.
    """
    text, blank, lines = raw.rpartition(b"\n\n")
    text += b"\n"
    if not blank or not lines.endswith(b"\n"):
        raise Malformed("a note is a text, a blank line and signature lines, each ended")
    check_text(text)
    split = lines[:-1].split(b"\n")
    if len(split) > MAX_SIGNATURES:
        raise Malformed(f"a note with {len(split)} signatures; at most {MAX_SIGNATURES}")
    return Note(text, tuple(map(_signature, split)))


def render(text: bytes, signatures: Iterable[Sig]) -> bytes:
    """Put a note together; the inverse of parse."""
    check_text(text)
    lines = "".join(f"{signature.line}\n" for signature in signatures)
    if not lines:
        raise Malformed("a note without a signature is no signed note")
    return text + b"\n" + lines.encode()


def verify(note: Note, keys: Iterable[Key]) -> tuple[Sig, ...]:
    """Return the signatures made by the keys given, in the order of the note.

    Raises:
        BadSignature: a known key's line does not verify; believe nothing in this note.
        NoKnownKey: there is no line by any key given.
    """
    known = {key.identity: key for key in keys}
    good = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not signed_by(key, note.text, signature.blob):
            raise BadSignature(f"the line of {key.name} ({key.key_id.hex()}) does not verify")
        good.append(signature)
    if not good:
        names = ", ".join(sorted({signature.name for signature in note.signatures})[:3])
        raise NoKnownKey(f"signed by {names}: none of them with a key we were given")
    return tuple(good)


def signed_by(key: Key, text: bytes, blob: bytes) -> bool:
    """Say whether a key made this signature over this text; strictest acceptance."""
    if len(blob) != _SIGNATURE_BYTES[key.algorithm]:
        return False
    message = signed_message(key, text, int.from_bytes(blob[:8]))
    if key.algorithm == MLDSA44:
        return _mldsa_holds(key.public, message, blob[8:])
    try:
        crypto_sign_open(blob[-64:] + message, key.public)
    except (BadSignatureError, ValueError):
        return False
    return True


def signed_message(key: Key, text: bytes, time_s: int) -> bytes:
    """The bytes a signature covers: the text, or what c2sp.org/tlog-cosignature makes of it."""
    if key.algorithm == ED25519:
        return text
    if key.algorithm == ED25519_COSIGNATURE:
        return f"cosignature/v1\ntime {time_s}\n".encode() + text
    origin, size, root = _head_fields(text)
    name = key.name.encode()
    return b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(name)]) + name,
            time_s.to_bytes(8),
            bytes([len(origin)]) + origin,
            (0).to_bytes(8) + size.to_bytes(8),
            root,
        )
    )


@lru_cache(maxsize=1024)
def check_name(name: str) -> None:
    """Refuse a signer's name that a signature line could not carry."""
    if not name or "+" in name or any(c.isspace() or c < " " or _lone(c) for c in name):
        raise Malformed(f"{name!r} is no signer's name: no spaces, no plus sign, not empty")
    if len(name.encode()) > 255:
        raise Malformed(f"a signer's name of {len(name.encode())} bytes; at most 255")


def _lone(char: str) -> bool:
    """Say whether this is half of a character, which no UTF-8 can hold."""
    return "\ud800" <= char <= "\udfff"


def check_text(text: bytes) -> None:
    """Refuse a text that no note can hold."""
    if not text.endswith(b"\n") or _CONTROL.search(text):
        raise Malformed("the text of a note has no control characters and ends in a newline")
    try:
        text.decode()
    except UnicodeDecodeError as problem:
        raise Malformed(f"the text of a note is UTF-8: {problem}") from problem


def unbase64(text: str | bytes, what: str) -> bytes:
    """Decode base64 in its one spelling; Malformed names what it was."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Malformed(f"{what} is not base64") from problem
    encoded = text.encode() if isinstance(text, str) else text
    if base64.b64encode(raw) != encoded:
        raise Malformed(f"{what} is not the one spelling of its base64")
    return raw


def _signature(line: bytes) -> Sig:
    try:
        name, _, blob64 = line.removeprefix(_DASH_BYTES).decode().partition(" ")
    except UnicodeDecodeError as problem:
        raise Malformed("a signature line is not UTF-8") from problem
    if not line.startswith(_DASH_BYTES):
        raise Malformed(f"{line[:40]!r} is no signature line: it starts with an em dash")
    check_name(name)
    blob = unbase64(blob64, f"the signature of {name}")
    if len(blob) < 5:
        raise Malformed(f"the signature of {name} is too short")
    return Sig(name, blob[:4], blob[4:])


def _head_fields(text: bytes) -> tuple[bytes, int, bytes]:
    lines = text.split(b"\n")
    if len(lines) < 4 or not (0 < len(lines[0]) < 256) or not lines[1].isdigit():
        raise Malformed("an ML-DSA cosignature covers a checkpoint, and this is none")
    root = unbase64(lines[2], "the root")
    if len(root) != 32 or len(lines[1]) > 18:
        raise Malformed("an ML-DSA cosignature covers a checkpoint, and this is none")
    return lines[0], int(lines[1]), root


def _mldsa_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
