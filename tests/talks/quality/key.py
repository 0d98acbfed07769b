"""What a person found in a document: places and our own labels, never the document's words."""

import hashlib
from pathlib import Path

import msgspec

NESTED = "nested"


class Place(msgspec.Struct, frozen=True):
    """Code points, end exclusive; the digest is of the words there, where the key holds one."""

    start: int
    end: int
    sha256: str | None = None

    def meets(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Line(Place, frozen=True):
    """One line that is not blank. kind: body, aux or boilerplate."""

    kind: str = msgspec.field(default="body", name="class")


class Speaker(msgspec.Struct, frozen=True):
    """Who is said to have said it. ref: None where the text names nobody."""

    ref: str | None = None
    mention: Place | None = None


class Quote(Place, frozen=True):
    """A quotation, marks included. scored: False for nested ones and those in captions."""

    kind: str = "full"
    speaker: Speaker = Speaker()
    group: str | None = None
    cue: Place | None = None
    scored: bool = True
    doubt: str | None = None


class Mention(Place, frozen=True):
    """A person's proper name. optional: reading it as a person is neither right nor wrong."""

    person: str = ""
    optional: bool = False


class Role(Place, frozen=True):
    """A title as this document gives it. head: whether the text says the person leads."""

    person: str = ""
    head: bool | None = None


class Day(Place, frozen=True):
    """A day named. value: what the words say; clash: what the weekday or the other bodies say."""

    value: str = ""
    clash: str | None = None
    optional: bool = False
    doubt: str | None = None


class Fact(Place, frozen=True, kw_only=True):
    """A typed fact: meeting, position, outcome, next_step, instrument or number."""

    slot: str
    date: str | None = None
    certainty: str | None = None
    state: str | None = None
    value: float | None = None
    comparator: str | None = None
    what: str | None = None
    party: str | None = None
    issue: str | None = None
    place: str | None = None
    format: str | None = None


class Key(msgspec.Struct, frozen=True):
    """Everything found in one document."""

    format: str
    file: str
    sha256: str
    chars: int
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[Day, ...]
    roles: tuple[Role, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def scored(self) -> tuple[Quote, ...]:
        """The quotations a reading must find."""
        return tuple(quote for quote in self.quotes if quote.scored)

    def places(self) -> tuple[Place, ...]:
        """Every place that has a digest of its own."""
        inner = [
            place
            for quote in self.quotes
            for place in (quote.speaker.mention, quote.cue)
            if place is not None
        ]
        return (*self.quotes, *inner, *self.mentions, *self.roles, *self.dates, *self.facts)


class Evidence(Place, frozen=True, kw_only=True):
    """A place in one of the documents."""

    file: str


class Difference(msgspec.Struct, frozen=True):
    """One point on which accounts differ; each variant has the places that say it."""

    id: str
    kind: str
    variants: tuple[tuple[Evidence, ...], ...]


def digest(words: str) -> str:
    """The digest a key keeps of a span's words: 64 bits of SHA-256, enough to notice a shift."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def load_keys(folder: Path) -> tuple[Key, ...]:
    """The keys of a folder, in the order of their file names."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != "differences.json")
    return tuple(msgspec.json.decode(path.read_bytes(), type=Key) for path in paths)


def load_differences(path: Path) -> tuple[Difference, ...]:
    """The points on which the accounts of a set differ."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Difference, ...])
