"""Signed notes that say one thing: a type and the log on line 1, canonical JSON on line 2.

Refusals, relay notes and fetch permits are such notes (docs/formats/submission.md). None of them is
an entry: the first line sees to it that none can be passed off as another.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from truceline.ledger import note
from truceline.ledger.errors import Malformed
from truceline.ledger.note import Key
from truceline.values.canonical import canonical
from truceline.values.errors import BadValue

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

MAX_BYTES = 8 * 1024

Said = TypeVar("Said", bound=msgspec.Struct)


def make(kind: str, origin: str, said: msgspec.Struct, signer: "Signer") -> bytes:
    """Write and sign such a note."""
    text = f"{kind} {origin}\n".encode() + canonical(said) + b"\n"
    return note.render(text, [signer.sign(text)])


def read(raw: bytes, kind: str, form: type[Said]) -> tuple[str, Said]:
    """Read such a note without checking who signed it: the log's name, and what is said."""
    if len(raw) > MAX_BYTES:
        raise Malformed(f"{kind}: {len(raw)} bytes; want at most {MAX_BYTES}")
    first, _, line = note.parse(raw).text.partition(b"\n")
    words = first.decode().split(" ")
    if len(words) != 2 or words[0] != kind:
        raise Malformed(f"line 1 is {first[:80]!r}; want '{kind} <origin>'")
    try:
        said = msgspec.json.decode(line[:-1], type=form)
        spelt = canonical(said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadValue) as problem:
        raise Malformed(f"{kind}, line 2: {problem}") from problem
    if spelt != line[:-1]:
        raise Malformed(f"{kind}: line 2 is not the one spelling of its JSON (RFC 8785)")
    return words[1], said


def open_signed(
    raw: bytes, kind: str, form: type[Said], keys: Iterable[Key]
) -> tuple[str, Said, Key]:
    """Read such a note that one of these keys must have signed; say which.

    Raises Malformed, NoKnownKey or BadSignature.
    """
    origin, said = read(raw, kind, form)
    known = {key.identity: key for key in keys}
    first = note.verify(note.parse(raw), known.values())[0]
    return origin, said, known[first.name, first.key_id]
