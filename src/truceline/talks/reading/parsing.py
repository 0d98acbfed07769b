"""One document taken apart: its body, quotations, sentences, and who speaks in them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.talks.reading.document import Document, Span
from truceline.talks.reading.events import events
from truceline.talks.reading.names import Candidate, candidates
from truceline.talks.reading.people import Mention
from truceline.talks.reading.phrases import phrases
from truceline.talks.reading.quotes import Quote, quotes
from truceline.talks.reading.segment import BODY, Segment, segments
from truceline.talks.reading.speaker import Parsed
from truceline.talks.reading.tokens import Sentence, Token, masked, sentences, tokens
from truceline.talks.reading.verbs import verb

_CLOSED = re.compile(r"[.!?…:;,][”\"»’')\]]*$")
_HEADLINE_CHARS = 170
_LONGEST = 8_000  # characters of a paragraph; a longer line is a page saved without line ends
_SENTENCE_END = re.compile(r"[.!?…][”\"»’']?(?=\s)")
_BETWEEN_DASHES = re.compile(
    r"[,.!?…]\s*[—–-]\s+([а-яіїєґё][^«»“”„—–]{3,160}?)(?=[.,:]?\s+[—–-]\s|[.»”]*$|\.?[»”])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A document laid out before anybody in it is known.

    paragraphs: the lines of the body. headlines: those that are headlines. words: the tokens of
    each paragraph, quotations opened.
    """

    document: Document
    segments: tuple[Segment, ...]
    paragraphs: tuple[Span, ...]
    headlines: frozenset[Span]
    quotes: tuple[Quote, ...]
    words: tuple[tuple[Token, ...], ...]
    candidates: tuple[Candidate, ...]


def lay_out(document: Document) -> Laid:
    """Segments, paragraphs, quotations and candidates for names of one document."""
    parts = segments(document.text) if document.problem is None else ()
    paragraphs = tuple(
        piece for part in parts if part.kind == BODY for piece in _cut(document.text, part.span)
    )
    headlines = frozenset(span for span in paragraphs if _headline(span.of(document.text)))
    words = tuple(tuple(tokens(document.text, span)) for span in paragraphs)
    return Laid(
        document=document,
        segments=parts,
        paragraphs=paragraphs,
        headlines=headlines,
        quotes=quotes(document.text, paragraphs, headlines),
        words=words,
        candidates=tuple(
            one for number, each in enumerate(words) for one in candidates(each, number)
        ),
    )


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A line as it stands, or one of page length in pieces that end where a sentence does."""
    start = span.start
    while span.end - start > _LONGEST:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, start, start + _LONGEST)]
        end = ends[-1] if ends else start + _LONGEST
        yield Span(start, end)
        start = end + len(text[end : end + 9]) - len(text[end : end + 9].lstrip())
    if start < span.end:
        yield Span(start, span.end)


def _headline(line: str) -> bool:
    return len(line) <= _HEADLINE_CHARS and not _CLOSED.search(line)


def parse(laid: Laid, mentions: Sequence[Mention]) -> tuple[Parsed, ...]:
    """The sentences of a document with their phrases and events, quotations masked."""
    by_start = {mention.span.start: mention for mention in mentions}
    out: list[Parsed] = []
    outer = _outer(laid.quotes)
    starts = [span.start for _, span in outer]
    for number, paragraph in enumerate(laid.paragraphs):
        quoted = outer[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        for sentence in sentences(masked(laid.document.text, paragraph, quoted), number):
            out.append(_parsed(sentence, by_start))
            for token in sentence.tokens:
                if token.quote >= 0:
                    out.extend(
                        _parsed(each, by_start)
                        for each in _inside(laid.document.text, token, number)
                    )
    return tuple(out)


def _parsed(sentence: Sentence, by_start: Mapping[int, Mention]) -> Parsed:
    who = phrases(sentence.tokens, by_start)
    return Parsed(sentence, who, events(sentence.tokens, who))


def _inside(text: str, quoted: Token, paragraph: int) -> Iterator[Sentence]:
    """The words of saying that stand between dashes inside a quotation's own marks."""
    for found in _BETWEEN_DASHES.finditer(text, quoted.span.start, quoted.span.end):
        words = tuple(tokens(text, Span(*found.span(1))))
        if any(verb(token.low) for token in words[:4]):
            yield Sentence(words, paragraph, quoted.quote)
            return


def _outer(found: Sequence[Quote]) -> list[tuple[int, Span]]:
    """Number and place of the quotations that stand in no other."""
    out: list[tuple[int, Span]] = []
    for number, quote in enumerate(found):
        if not out or quote.span.start >= out[-1][1].end:
            out.append((number, quote.span))
    return out
