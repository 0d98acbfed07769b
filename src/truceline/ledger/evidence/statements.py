"""What was signed outside the log: a refusal by the desk, a relay note by a party, read as text."""

from typing import TypeVar

import msgspec

from truceline.ledger import note
from truceline.ledger.entry import Code, Count, Seen
from truceline.ledger.errors import Malformed
from truceline.ledger.seal import Hex32
from truceline.values.canonical import canonical
from truceline.values.errors import BadValue

REFUSAL = "truceline-refusal/v1"
RELAY = "truceline-relay/v1"
REVOKED = "key/revoked"
DESK = "desk"


class Refusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second line of a refusal: which entry, when, by which rule, at which head."""

    at: Count
    code: Code
    entry: Hex32
    head: Seen


class Relay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second line of a relay note: who was shown which entry, when, having seen which head."""

    at: Count
    by: Code
    entry: Hex32
    head: Seen


Said = TypeVar("Said", Refusal, Relay)


def read(raw: bytes, first_line: str, origin: str, form: type[Said]) -> Said:
    """Read a statement about one log, not checking who signed it; Malformed says what is odd."""
    first, _, line = note.parse(raw).text.partition(b"\n")
    if first != f"{first_line} {origin}".encode():
        raise Malformed(f"line 1 is {first[:80]!r}; want '{first_line} {origin}'")
    try:
        body = msgspec.json.decode(line[:-1], type=form)
        spelt = canonical(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadValue) as problem:
        raise Malformed(f"{first_line}, line 2: {problem}") from problem
    if spelt != line[:-1]:
        raise Malformed(f"{first_line}: line 2 is not the one spelling of its JSON")
    return body
