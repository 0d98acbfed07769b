"""One document's reading, indexed by place, so that accounts are compared in linear time."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from truceline.talks.reading.document import Span
from truceline.talks.reading.people import Mention
from truceline.talks.reading.reading import Evidence, Read
from truceline.talks.reading.segment import BODY

_MANY = 24  # evidence for one word of one account
_SENTENCE = re.compile(r"(?<![A-Z])[.!?](?=\s+[A-ZА-ЯІЇЄҐ“«\"])")


class Account:
    """A document's reading with its sentences, and what stands in each."""

    def __init__(self, read: Read) -> None:
        """Nothing is computed before it is asked for."""
        self.read = read
        self.file = read.document.file
        self.text = read.document.text

    def evidence(self, span: Span) -> Evidence:
        """The characters of a place as evidence."""
        document = self.read.document
        place = document.place(span)
        return Evidence(
            file=self.file, span=place, text=place.of(document.raw), shown=span.of(document.text)
        )

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences of the body, quotations opened."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Span]:
        for segment in self.read.segments:
            if segment.kind != BODY:
                continue
            start = segment.span.start
            for cut in _SENTENCE.finditer(self.text, segment.span.start, segment.span.end):
                yield Span(start, cut.end())
                start = cut.end()
            yield Span(start, segment.span.end)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.span.start for mention in self.read.mentions]

    @cached_property
    def _cues(self) -> list[tuple[int, str]]:
        quoted = [(one.cue, one.speaker) for one in self.read.quotes]
        told = [(one.cue, one.speaker) for one in self.read.statements]
        return sorted((cue.start, who) for cue, who in [*quoted, *told] if cue and who)

    def sentence_of(self, span: Span) -> Span:
        """The sentence a place is in."""
        at = bisect_right(self._sentence_starts, span.start) - 1
        return self.sentences[at] if at >= 0 else span

    def mentions(self, span: Span) -> Sequence[Mention]:
        """The mentions of persons in a piece of the text."""
        starts = self._mention_starts
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return self.read.mentions[first:last]

    def persons(self, span: Span) -> frozenset[str]:
        """The persons named in a piece of the text."""
        return frozenset(mention.person for mention in self.mentions(span))

    def speakers(self, span: Span) -> frozenset[str]:
        """The persons whose verb of saying stands in a piece of the text."""
        first, last = (
            bisect_left(self._cues, (span.start, "")),
            bisect_left(self._cues, (span.end, "")),
        )
        return frozenset(who for _, who in self._cues[first:last] if who.startswith("p:"))

    def places(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """Where a pattern stands in the body, the first of a good many."""
        found = (
            Span(*each.span())
            for segment in self.read.segments
            if segment.kind == BODY
            for each in pattern.finditer(self.text, segment.span.start, segment.span.end)
        )
        yield from islice(found, _MANY)
