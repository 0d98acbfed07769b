"""Age recipients: the one line a reader hands out so that payloads can be sealed to it.

An age recipient is an X25519 point in bech32 (BIP 173) with the prefix `age`. It is checked here,
before it enters the log, and by nothing but arithmetic: a recipient that cannot be sealed to would
stop every payload meant for that reader, and replicas must agree on which those are.
"""

from nacl.bindings import crypto_scalarmult
from nacl.exceptions import RuntimeError as NoCommonSecret

from truceline.ledger.errors import Malformed

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_PREFIX = "age"
_POLYNOMIAL = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6
_POINT = 32


def check_recipient(recipient: str) -> None:
    """Refuse what no payload could be sealed to; Malformed says why.

    >>> check_recipient("age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq")
    """
    prefix, _, data = recipient.rpartition("1")
    values = [_ALPHABET.find(letter) for letter in data]
    if prefix != _PREFIX or -1 in values or len(values) <= _CHECKSUM:
        raise Malformed(f"{recipient[:70]!r} is no age recipient: want age1… as age-keygen prints")
    if _checksum([*_expanded(prefix), *values]) != 1:
        raise Malformed(f"{recipient[:70]} is mistyped: its checksum does not hold")
    point = _to_bytes(values[:-_CHECKSUM])
    if len(point) != _POINT:
        raise Malformed(f"{recipient[:70]} holds {len(point)} bytes; an X25519 point has {_POINT}")
    try:
        crypto_scalarmult(bytes([1] * _POINT), point)
    except NoCommonSecret as problem:
        raise Malformed(f"{recipient[:70]} is a weak point: anybody could open it") from problem


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _checksum(values: list[int]) -> int:
    """The BCH code of BIP 173; 1 for a word that is whole."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_POLYNOMIAL):
            check ^= term if top >> bit & 1 else 0
    return check


def _to_bytes(values: list[int]) -> bytes:
    """Put five-bit groups together; what is left over must be zero bits, fewer than five."""
    bits = len(values) * 5
    number = 0
    for value in values:
        number = number << 5 | value
    spare = bits % 8
    if spare >= 5 or number & ((1 << spare) - 1):
        raise Malformed("an age recipient ends in bits that mean nothing")
    return (number >> spare).to_bytes(bits // 8)
