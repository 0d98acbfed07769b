"""What a reading holds: per document its pieces, over all documents the persons and the facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from truceline.talks.reading.dates import Day
from truceline.talks.reading.document import Document, Span
from truceline.talks.reading.facts import Proposal
from truceline.talks.reading.numbers import Number
from truceline.talks.reading.people import Mention, Person
from truceline.talks.reading.roles import Role
from truceline.talks.reading.segment import Segment

FORMAT = "truceline-reading/1"
VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """The channel a quotation came by (a post, an agency, a news conference), where it is named."""

    channel: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quotation with who is held to have said it. speaker: a reference (p:, s:, o:, party:)."""

    id: str
    span: Span
    kind: str
    group: str | None
    speaker: str | None
    mention: Span | None
    cue: Span | None
    via: Via | None
    addressee: str | None
    confidence: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words told without marks: “… said that …”. A suggestion only."""

    id: str
    span: Span
    speaker: str | None
    mention: Span | None
    cue: Span
    confidence: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number with who gives it."""

    number: Number
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact of an extractor with who is said to say it."""

    proposal: Proposal
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One document read."""

    document: Document
    reference: date | None
    basis: str
    segments: tuple[Segment, ...] = ()
    quotes: tuple[Said, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    days: tuple[Day, ...] = ()
    numbers: tuple[Counted, ...] = ()
    facts: tuple[Told, ...] = ()
    sources: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters a variant rests on, in the file; shown: as a reader of a page sees them."""

    file: str
    span: Span
    text: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One value of a fact with all that says so."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One slot over all documents.

    status: agree, differs or single. kind: of the difference: value, subset, certainty, time,
        spelling, title, channel, framing, referent; the last two are for a person to decide.
    """

    slot: str
    question: str
    status: str
    kind: str | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read. problems: files of which nothing could be read, with the reason's code."""

    documents: tuple[Read, ...]
    persons: tuple[Person, ...]
    facts: tuple[Fact, ...]
    problems: Mapping[str, str]
