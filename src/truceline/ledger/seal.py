"""Payloads: what an entry commits to and may one day have to forget (docs/formats/payload.md).

A blob holds 32 bytes of salt and the plaintext: bare (`enc` "none"), padded to a size class
("pad"), or padded and then sealed to its readers ("age"). The entry carries only
`{blob, size, com, enc}`: SHA-256 of the blob, its size, HMAC-SHA256(salt, plaintext) and how it is
kept. The salt is inside the blob, so once the blob is erased nobody can guess its way back to what
it said; and whoever holds salt and plaintext can open the commitment before a tribunal.
"""

import hmac
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Annotated, Protocol

import msgspec

from truceline.ledger.errors import BlobDamaged, CommitmentError, SealedToOthers

SALT = 32
NONE, PAD, AGE = "none", "pad", "age"
_LENGTH = 8
_LEAST = 1 << 12  # 4 KiB, then 16 KiB, 64 KiB … 64 MiB
_MOST = 1 << 26  # beyond, whole multiples of this: four times as much would be too much
Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class PayloadRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an entry says of its payload.

    blob: SHA-256 of the stored bytes, hex. size: their length. com: the commitment, hex.
    enc: how the blob is kept: "none", "pad" or "age".
    """

    blob: Hex32
    size: Annotated[int, msgspec.Meta(ge=SALT, le=2**53 - 1)]
    com: Hex32
    enc: Annotated[str, msgspec.Meta(pattern="^(none|pad|age)$")]


class Referred(Protocol):
    """The four fields by which a blob is named, in an entry or inside a payload."""

    @property
    def blob(self) -> str:
        """SHA-256 of the stored bytes, hex."""

    @property
    def size(self) -> int:
        """Their length."""

    @property
    def com(self) -> str:
        """The commitment, hex."""

    @property
    def enc(self) -> str:
        """How the blob is kept."""


Wrap = Callable[[bytes], tuple[bytes, PayloadRef]]
Unseal = Callable[[bytes], bytes]
_FIELDS = set(PayloadRef.__struct_fields__)


def wrap(plain: bytes, salt: bytes | None = None) -> tuple[bytes, PayloadRef]:
    """Make the bare blob of a plaintext and what an entry says of it.

    salt: 32 bytes nobody can guess; drawn from the machine unless given.
    """
    salt = salted(salt)
    blob = salt + plain
    return blob, refer(blob, salt, plain, NONE)


def pad(plain: bytes, salt: bytes | None = None) -> tuple[bytes, PayloadRef]:
    """Make a blob whose size tells only the size class of what it says."""
    salt = salted(salt)
    blob = padded(plain, salt)
    return blob, refer(blob, salt, plain, PAD)


def padded(plain: bytes, salt: bytes) -> bytes:
    """Salt, length, plaintext, and zeros up to the size class."""
    size = SALT + _LENGTH + len(plain)
    return b"".join((salt, len(plain).to_bytes(_LENGTH), plain, bytes(size_class(size) - size)))


def size_class(size: int) -> int:
    """The size a payload of so many bytes is padded to.

    >>> [size_class(size) for size in (40, 4096, 4097, 70_000, 2**26 + 1)]
    [4096, 4096, 16384, 262144, 134217728]
    """
    if size > _MOST:
        return -(-size // _MOST) * _MOST
    found = _LEAST
    while found < size:
        found *= 4
    return found


def salted(salt: bytes | None) -> bytes:
    """The salt given, or a new one; CommitmentError if it is not 32 bytes."""
    salt = os.urandom(SALT) if salt is None else salt
    if len(salt) != SALT:
        raise CommitmentError(f"a salt of {len(salt)} bytes; want {SALT}")
    return salt


def refer(blob: bytes, salt: bytes, plain: bytes, enc: str) -> PayloadRef:
    """What an entry says of a blob."""
    return PayloadRef(
        blob=sha256(blob).hexdigest(),
        size=len(blob),
        com=hmac.digest(salt, plain, "sha256").hex(),
        enc=enc,
    )


def sealed_to_others(_blob: bytes) -> bytes:
    """Open nothing: for whoever holds no identity."""
    raise SealedToOthers("sealed to its readers, and no identity is held here")


def unwrap(blob: bytes, ref: Referred, unseal: Unseal = sealed_to_others) -> bytes:
    """Take the plaintext out of a blob.

    unseal: opens what is sealed; `sealing.Ring` has one. Raises BlobDamaged where these are not the
    bytes referred to, SealedToOthers where they cannot be opened here, and CommitmentError where
    they are what the author stored and not what the author committed to.
    """
    return opened(blob, ref, unseal)[1]


def opened(blob: bytes, ref: Referred, unseal: Unseal = sealed_to_others) -> tuple[bytes, bytes]:
    """Salt and plaintext of a blob: what opens its commitment. Raises as `unwrap`."""
    if len(blob) != ref.size or sha256(blob).hexdigest() != ref.blob:
        raise BlobDamaged(f"blob {ref.blob[:16]}…: the bytes held are not those referred to")
    if ref.enc not in (NONE, PAD, AGE):
        raise CommitmentError(
            f"blob {ref.blob[:16]}…: kept as {ref.enc!r}, which is no way we know"
        )
    inner = unseal(blob) if ref.enc == AGE else blob
    plain = inner[SALT:] if ref.enc == NONE else _unpadded(inner, ref)
    if not opens(ref, inner[:SALT], plain):
        raise CommitmentError(f"blob {ref.blob[:16]}…: the content is not the one committed to")
    return inner[:SALT], plain


def opens(ref: Referred, salt: bytes, plain: bytes) -> bool:
    """Say whether a salt and a plaintext are what an entry committed to."""
    return len(salt) == SALT and hmac.compare_digest(
        hmac.digest(salt, plain, "sha256").hex(), ref.com
    )


def references(plain: bytes) -> list[PayloadRef]:
    """The blobs a payload names by the same four fields an entry uses, such as a taken file's."""
    if b'"com":' not in plain or not plain.startswith((b"{", b"[")):
        return []
    try:
        return list(_walk(msgspec.json.decode(plain)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []  # a source's own bytes may look like ours


def _unpadded(inner: bytes, ref: Referred) -> bytes:
    """One plaintext has one padded form: what is not in it is no payload of ours."""
    start = SALT + _LENGTH
    end = start + int.from_bytes(inner[SALT:start])
    rest = inner[end:]
    if len(inner) < start or end > len(inner) or len(inner) != size_class(end) or _any_set(rest):
        raise CommitmentError(f"blob {ref.blob[:16]}…: not padded as payloads are")
    return inner[start:end]


def _any_set(rest: bytes) -> bool:
    """Say whether any byte is not zero."""
    return rest.count(0) != len(rest)


def _walk(value: object) -> Iterator[PayloadRef]:
    if isinstance(value, dict):
        if set(value) == _FIELDS:
            yield msgspec.convert(value, PayloadRef)
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
