"""Cards: the public halves of a party's keys, as handed to whoever founds a centre.

docs/formats/card.md. A card proves nothing about who made it; people compare key ids.
"""

from typing import Annotated, Literal

import msgspec

from truceline.ledger.entry import key_name
from truceline.ledger.errors import Malformed
from truceline.ledger.note import ED25519, Key
from truceline.ledger.recipients import check_recipient

# With "-root-99" behind it, it must still be an author's code.
_Party = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_-]{0,23}$")]


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a party or body is known by. roots: its officers' keys, of whom k answer for it."""

    format: Literal["truceline-card/1"] = "truceline-card/1"
    origin: str
    code: _Party
    vkey: str
    recipient: str
    roots: Annotated[tuple[str, ...], msgspec.Meta(max_length=15)] = ()
    k: Annotated[int, msgspec.Meta(ge=0, le=15)] = 0

    @property
    def officers(self) -> tuple[str, ...]:
        """The author codes of its officers."""
        return tuple(officer(self.code, number) for number in range(1, len(self.roots) + 1))

    @property
    def group(self) -> str:
        """The line of the group that answers for its keys; empty without officers."""
        return f"{self.code}-roots {self.k} {' '.join(self.officers)}" if self.roots else ""


def officer(code: str, number: int) -> str:
    """The author code of an officer of a party, counted from 1."""
    return f"{code}-root-{number}"


def render(card: Card) -> bytes:
    """Write a card: one line of JSON."""
    return msgspec.json.encode(card, order="sorted") + b"\n"


def parse(raw: bytes) -> Card:
    """Read a card; Malformed says what is wrong with it."""
    try:
        card = msgspec.json.decode(raw, type=Card)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Malformed(f"no card (truceline-card/1): {problem}") from problem
    check_recipient(card.recipient)
    _named(card.vkey, key_name(card.origin, card.code))
    for number, vkey in enumerate(card.roots, start=1):
        _named(vkey, key_name(card.origin, officer(card.code, number)))
    if not (1 <= card.k <= len(card.roots) or card.k == len(card.roots) == 0):
        raise Malformed(f"card of {card.code}: {card.k} of {len(card.roots)} officers")
    return card


def _named(vkey: str, name: str) -> None:
    key = Key.parse(vkey)
    if key.name != name or key.algorithm != ED25519:
        raise Malformed(f"a card's key is named {key.name}; want {name}, Ed25519")
