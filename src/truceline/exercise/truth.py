"""What truly happened, and what each row of each file has to do with it.

Kept apart from the script: a centre never reads it. Written as one JSON line each, told apart by
`is`; specified in docs/formats/exercise.md.
"""

from enum import StrEnum

import msgspec


class Relation(StrEnum):
    """What a row is to the event it speaks of.

    FAITHFUL: said as perceived, with the error of perception. INFLATED: the count is raised on
    purpose. WRONG_ACTOR: the event happened, somebody else did it. FALSE: nothing happened.
    COPY: said before, in the row named. DENIAL: an accused party says it did not.
    NOT_PERCEIVED: somebody who was near perceived nothing. COVERAGE: says who watched, and claims
    nothing. BROKEN: spoilt on purpose, so that it cannot be read.
    """

    FAITHFUL = "faithful"
    INFLATED = "inflated"
    WRONG_ACTOR = "wrong_actor"
    FALSE = "false"
    COPY = "copy"
    DENIAL = "denial"
    NOT_PERCEIVED = "not_perceived"
    COVERAGE = "coverage"
    BROKEN = "broken"


class Happened(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="event",
    tag_field="is",
):
    """One true event. by: who did it; victim: the code of whose side of the line it was on."""

    event: str
    at_us: int
    lat_e7: int
    lon_e7: int
    act: str
    count: int
    by: str
    victim: str


class Row(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag="row",
    tag_field="is",
):
    """What one data row of a file is. Rows count from 1, broken ones included.

    event: the event it speaks of, None for none. late: handed in with a later list than its own.
    copy_of: `file#row` of the row it repeats.
    """

    file: str
    row: int
    relation: Relation
    event: str | None = None
    late: bool = False
    copy_of: str | None = None


class Outage(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="outage",
    tag_field="is",
):
    """A watcher that was not watching from one instant to another, and why."""

    watcher: str
    from_us: int
    until_us: int
    reason: str


Fact = Happened | Row | Outage


_decoder: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)


def spell(fact: Fact) -> bytes:
    """One line of truth, without its line end."""
    return msgspec.json.encode(fact, order="sorted")


def read(line: bytes) -> Fact:
    """Read one line of truth."""
    return _decoder.decode(line)
