"""Payloads: what an entry commits to and may one day have to forget.

A blob is 32 bytes of salt and then the plaintext (`enc` "none"). The entry carries only
`{blob, size, com, enc}`: SHA-256 of the blob, its size, HMAC-SHA256(salt, plaintext) and how it is
enciphered. The salt is inside the blob, so once the blob is erased nobody can guess its way back
to what it said; and whoever holds salt and plaintext can open the commitment before a tribunal.
"""

import hmac
import os
from hashlib import sha256
from typing import Annotated

import msgspec

from truceline.ledger.errors import CommitmentError

SALT = 32
Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class PayloadRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an entry says of its payload.

    blob: SHA-256 of the stored bytes, hex. size: their length. com: the commitment, hex.
    enc: how the blob is enciphered; "none" until sealed payloads are here.
    """

    blob: Hex32
    size: Annotated[int, msgspec.Meta(ge=SALT, le=2**53 - 1)]
    com: Hex32
    enc: Annotated[str, msgspec.Meta(pattern="^(none|age)$")]


def wrap(plain: bytes, salt: bytes | None = None) -> tuple[bytes, PayloadRef]:
    """Make the blob of a plaintext and what an entry says of it.

    salt: 32 bytes nobody can guess; drawn from the machine unless given.
    """
    salt = os.urandom(SALT) if salt is None else salt
    if len(salt) != SALT:
        raise CommitmentError(f"a salt of {len(salt)} bytes; want {SALT}")
    blob = salt + plain
    ref = PayloadRef(
        blob=sha256(blob).hexdigest(),
        size=len(blob),
        com=hmac.digest(salt, plain, "sha256").hex(),
        enc="none",
    )
    return blob, ref


def unwrap(blob: bytes, ref: PayloadRef) -> bytes:
    """Take the plaintext out of a blob; CommitmentError if it is not the one referred to."""
    if len(blob) != ref.size or sha256(blob).hexdigest() != ref.blob:
        raise CommitmentError(f"blob {ref.blob[:16]}…: the bytes held are not those referred to")
    if ref.enc != "none":
        raise CommitmentError(f"blob {ref.blob[:16]}… is sealed ({ref.enc}); open it with its key")
    plain = blob[SALT:]
    if not opens(ref, blob[:SALT], plain):
        raise CommitmentError(f"blob {ref.blob[:16]}…: the content is not the one committed to")
    return plain


def opens(ref: PayloadRef, salt: bytes, plain: bytes) -> bool:
    """Say whether a salt and a plaintext are what an entry committed to."""
    return hmac.compare_digest(hmac.digest(salt, plain, "sha256").hex(), ref.com)
