"""Fetch permits: who asks for a blob, said with the key it signs entries with.

`truceline-fetch/v1 <origin>`, then `{"at","by","path"}`, signed; in a request's header as
`Authorization: Truceline <base64 of the note>`. Good for five minutes. Readers have no password,
and a permit that is overheard gives ciphertext for five minutes and nothing else.
"""

import base64
import binascii
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec

from truceline.ledger import oneline
from truceline.ledger.entry import Code, Count, key_name
from truceline.ledger.errors import BadSignature, Malformed
from truceline.ledger.note import Key
from truceline.values.instant import MINUTE_US

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-fetch/v1"
SCHEME = "Truceline"
BLOBS = "/blobs"
GOOD_US = 5 * MINUTE_US
_MAX_HEADER = 4096

Path = Annotated[str, msgspec.Meta(pattern="^/[a-z0-9/-]{0,127}$")]


class Permit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asks, when, and for what is beneath which path."""

    at: Count
    by: Code
    path: Path


class Expired(Malformed):
    """A permit from another time: ask for a new one, and look at both clocks."""


def make(signer: "Signer", origin: str, at_us: int, path: str = BLOBS) -> str:
    """The value of the header, signed with an author's own key."""
    by = signer.key.name.rpartition("/")[2]
    raw = oneline.make(FIRST_LINE, origin, Permit(at=at_us, by=by, path=path), signer)
    return f"{SCHEME} {base64.b64encode(raw).decode()}"


def check(  # noqa: PLR0913 - what a permit is held against
    header: str,
    keys: Iterable[Key],
    *,
    origins: Iterable[str],
    founded_origin: str,
    path: str,
    now_us: int,
) -> str:
    """Return the code of whoever asks; Malformed, Expired, NoKnownKey or BadSignature otherwise.

    keys: the registered keys that are not revoked. origins: the names of this log.
    """
    origin, said, key = oneline.open_signed(_unwrap(header), FIRST_LINE, Permit, keys)
    if origin not in set(origins):
        raise Malformed(f"a permit for the log {origin}, which is not this one")
    if key.name != key_name(founded_origin, said.by):
        raise BadSignature(f"a permit of {said.by}, signed by {key.name}")
    if path != said.path and not path.startswith(f"{said.path.rstrip('/')}/"):
        raise Malformed(f"a permit for {said.path}, shown for {path}")
    if abs(now_us - said.at) > GOOD_US:
        raise Expired(f"a permit of {said.at} µs, shown at {now_us} µs; it is good for 5 minutes")
    return said.by


def _unwrap(header: str) -> bytes:
    scheme, _, value = header.partition(" ")
    if scheme != SCHEME or len(header) > _MAX_HEADER:
        raise Malformed(f"want `Authorization: {SCHEME} <base64 of a permit>`")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Malformed("a permit is base64 of a signed note") from problem
