"""Payloads of the acts by which something is forgotten (docs/formats/payload.md)."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


class Gone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry whose payload is erased, and how many complaint numbers it had taken up.

    The numbers stay taken: acts name complaints by them, and no other may come to bear one.
    """

    entry: Count
    complaints: Count = 0


class PayloadErased(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `payload/erased`, for all to read: why, and what is gone; not a word of it."""

    reason: str
    erased: tuple[Gone, ...]


class ErasureDone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `payload/erasure-done`: a holder has deleted what an entry says is erased.

    erased_in: that entry. deleted: how many blobs, nested ones too. absent: how many of those named
    were not held.
    """

    erased_in: Count
    deleted: Count
    absent: Count
