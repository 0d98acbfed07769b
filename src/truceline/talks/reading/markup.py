"""HTML read in place: the words of a page, each character with where it stands in the file.

The rules read plain lines; what they find is reported at its place in the file as it was given, so
that a quotation of a page can be found in the page. Standard library only: no page is rendered, no
script is run, nothing is fetched.
"""

import html
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.talks.reading.words import words

_IS_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE
)
_FEWEST_PARAGRAPHS = 2
# Left out with all they hold: programs, forms, and what stands round an article.
_SILENT = frozenset(
    words("""
    script style noscript svg template iframe form button select nav footer aside head
""")
)
_PIECE = re.compile(
    r"(?P<comment><!--)|<(?P<tag>/?[a-z][a-z0-9]*)\b[^<>]*>|<[!?][^<>]*>|"
    r"(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z]{2,31}\d{0,2});)",
    re.IGNORECASE,
)
_INLINE = frozenset(
    words("""
    a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u wbr
""")
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words. starts, ends: for each character where it begins and ends in the file."""

    text: str
    starts: "array[int]"
    ends: "array[int]"


def is_page(raw: str) -> bool:
    """Whether a text is HTML rather than words."""
    return bool(_IS_PAGE.match(raw)) or raw[:200_000].lower().count("</p>") >= _FEWEST_PARAGRAPHS


def page(raw: str) -> Page:
    """The words of a page: blocks as lines, entities as what they stand for."""
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    for piece, start, end in _pieces(raw):
        whole = end - start != len(piece)
        for at, letter in enumerate(piece):
            letters.append(letter)
            starts.append(start if whole else start + at)
            ends.append(end if whole else start + at + 1)
    return Page("".join(letters), starts, ends)


def _pieces(raw: str) -> Iterator[tuple[str, int, int]]:
    """(words, begin, end) of everything a reader of the page would see, in order."""
    at, closers = 0, _Closers(raw)
    for found in _PIECE.finditer(raw):
        if found.start() < at:
            continue
        if found.start() > at:
            yield _soft(raw[at : found.start()]), at, found.start()
        at = found.end()
        tag = (found["tag"] or "").lower()
        if found["entity"]:
            yield html.unescape(found["entity"]), found.start(), at
        elif found["comment"]:
            at = closers.after("-->", at)
        elif tag and tag.lstrip("/") not in _INLINE:
            yield "\n", found.start(), found.start() + 1
            at = closers.after(f"</{tag}", at) if tag in _SILENT else at
    if at < len(raw):
        yield _soft(raw[at:]), at, len(raw)


class _Closers:
    """Where the next closing mark of a kind stands; what is missing is looked for once."""

    def __init__(self, raw: str) -> None:
        self._low = raw.lower() if len(raw.lower()) == len(raw) else raw
        self._missing: set[str] = set()

    def after(self, mark: str, at: int) -> int:
        """The place behind the next such mark, or `at` where there is none."""
        if mark in self._missing:
            return at
        found = self._low.find(mark, at)
        if found < 0:
            self._missing.add(mark)
            return at
        end = self._low.find(">", found)
        return end + 1 if end >= 0 else len(self._low)


def _soft(piece: str) -> str:
    """A line end inside a paragraph of a page is a space."""
    return re.sub(r"[\r\n\t]", " ", piece)
