"""What is read: one file's text, its user-given provenance, and pieces of it by place.

Offsets are code points into the file decoded as UTF-8, newlines untouched, `end` exclusive.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from truceline.talks.reading import markup
from truceline.talks.reading.markup import Page


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a document by place."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters at this place."""
        return text[self.start : self.end]

    def within(self, other: "Span") -> bool:
        """Whether it lies inside the other, ends included."""
        return other.start <= self.start and self.end <= other.end

    def touches(self, other: "Span") -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the user says of a file; never guessed."""

    outlet: str | None = None
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as it was given.

    text: what is read by the rules: the file's own text, or the words of a page. All spans inside
        this room are places in it.
    raw: the file decoded as UTF-8; every span reported satisfies raw[start:end] == text.
    page: for HTML, where each character of `text` stands in `raw`.
    problem: why nothing could be read, in the words of `wording.PROBLEMS`; None where it was read.
    """

    file: str
    sha256: str
    raw: str
    text: str
    page: Page | None = None
    problem: str | None = None
    provenance: Provenance = field(default_factory=Provenance)

    def place(self, span: Span) -> Span:
        """Where a piece of `text` stands in `raw`."""
        if self.page is None or span.start >= span.end:
            return span
        return Span(self.page.starts[span.start], self.page.ends[span.end - 1])


_MAGIC = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")
_LEAST_LETTERS_OF_100 = 30


def ingest(file: str, raw: bytes, provenance: Provenance | None = None) -> Document:
    """Take one file's bytes as a document; one that cannot be read has its problem in it."""
    problem, text = _decoded(raw)
    page = markup.page(text) if problem is None and markup.is_page(text) else None
    return Document(
        file=file,
        sha256=hashlib.sha256(raw).hexdigest(),
        raw=text,
        text=page.text if page else text,
        page=page,
        problem=problem,
        provenance=provenance or Provenance(),
    )


def _decoded(raw: bytes) -> tuple[str | None, str]:
    if not raw.strip():
        return "empty", ""
    if raw.startswith(_MAGIC) or b"\x00" in raw[:4096]:
        return "binary", ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding", ""
    seen = text[:20_000]
    letters = sum(map(str.isalpha, seen))
    if letters * 100 < _LEAST_LETTERS_OF_100 * len(seen.strip()):
        return "no_prose", text
    return None, text


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once, in the order they came."""
    return tuple(dict.fromkeys(names))
