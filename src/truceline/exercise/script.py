"""Who hands in which bytes, and does which act, when: what a centre plays.

A script is in order of time. It names complaints and windows by the numbers a centre gives them,
because a fresh centre that plays it from the start gives exactly these.
"""

from dataclasses import dataclass

from truceline.coordination.acts import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Something somebody does; the base of the five steps.

    at_us: when, on the exercise's clock. by: code of the party or body that does it.
    """

    at_us: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFile(Timed):
    """Bytes are handed in.

    source: the format, a key of `reports.sources.SOURCES`. name: the file's name.
    owner: whose material it is. audience: who may read it in full (`values.audience`).
    zone: for clock readings that carry none. language: `en`, `uk`, `ru` or `und`.
    on_behalf_of: whose word the centre passes on; None where `by` speaks for itself.
    """

    source: str
    name: str
    raw: bytes
    owner: str
    audience: str
    zone: str
    language: str
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Timed):
    """An act of coordination; kind is a key of `coordination.acts.PAYLOADS`."""

    kind: str
    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish(Timed):
    """The bulletin of a local date is due, in these languages."""

    form: str
    date: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Timed):
    """A party objects to the bulletin of a date, in its own words."""

    form: str
    date: str
    wording: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Timed):
    """A corrigendum to the bulletin of a date is due; because: the file that changed it."""

    form: str
    date: str
    languages: tuple[str, ...]
    because: str


Step = TakeFile | Act | Publish | Object | Correct
