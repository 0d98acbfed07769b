"""One fact, one spelling: canonical JSON and the digests drawn from it.

The spelling is RFC 8785 for the values we allow: objects with ASCII keys, arrays, NFC strings,
integers below 2⁵³, booleans, null. Floats are refused, because one number has several spellings.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from unicodedata import is_normalized

import msgspec

from truceline.values.errors import BadValue

MAX_INTEGER = 2**53 - 1
_encode = msgspec.json.Encoder(order="sorted").encode

T = TypeVar("T")
Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: object) -> bytes:
    r"""Spell a value in canonical JSON.

    Structs are encoded as objects, sets as sorted arrays. Raises BadValue naming where a float, a
    large integer, a non-ASCII key or text that is not NFC stands.

    >>> canonical({"b": 1, "a": ["є"]})
    b'{"a":["\xd1\x94"],"b":1}'
    """
    try:
        plain = msgspec.to_builtins(value, order="sorted")
        _refuse_odd(plain, "$")
        return _encode(plain)
    except BadValue:
        raise
    except (TypeError, ValueError, RecursionError) as problem:
        raise BadValue(f"canonical JSON cannot hold this: {problem}") from problem


def read_canonical(raw: bytes, wanted: type[T]) -> T:
    """Read a value in its one accepted spelling; BadValue says what does not fit."""
    try:
        held = msgspec.json.decode(raw, type=wanted)
        respelt = canonical(held)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise BadValue(str(problem)) from problem
    if respelt != raw:
        raise BadValue(f"not the one accepted spelling; want {respelt.decode()}")
    return held


def is_canonical(raw: bytes) -> bool:
    """Say whether bytes are the one accepted spelling of the JSON they hold."""
    try:
        return canonical(msgspec.json.decode(raw)) == raw
    except (msgspec.DecodeError, BadValue, UnicodeDecodeError, RecursionError):
        return False


def digest_rows(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256, in hex, over rows already sorted by key, one canonical line each."""
    seen = hashlib.sha256()
    for row in rows:
        seen.update(_encode(row))
        seen.update(b"\n")
    return seen.hexdigest()


def sha256_hex(raw: bytes) -> str:
    """SHA-256 of bytes, in lower-case hex."""
    return hashlib.sha256(raw).hexdigest()


def _refuse_odd(value: object, where: str) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise BadValue(f"key at {where} is not ASCII: {key!r}")
            _refuse_odd(inner, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _refuse_odd(inner, f"{where}[{number}]")
    else:
        _refuse_odd_scalar(value, where)


def _refuse_odd_scalar(value: object, where: str) -> None:
    if isinstance(value, str):
        if not is_normalized("NFC", value):
            raise BadValue(f"text at {where} is not in Unicode form NFC: {value!r}")
    elif isinstance(value, int):  # a boolean is one, and small
        if abs(value) > MAX_INTEGER:
            raise BadValue(f"integer at {where} is beyond 2^53: {value}")
    elif value is not None:
        raise BadValue(f"canonical JSON holds no {type(value).__name__}: {value!r} at {where}")
