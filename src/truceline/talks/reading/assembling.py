"""One document's reading from its parts, every item with who is said to say it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from truceline.talks.reading import reading as rd
from truceline.talks.reading.confidence import grade
from truceline.talks.reading.dates import Day, Named, named, resolved
from truceline.talks.reading.document import Span
from truceline.talks.reading.facts import EXTRACTORS, Told
from truceline.talks.reading.numbers import Number, numbers
from truceline.talks.reading.parsing import Laid, parse
from truceline.talks.reading.people import Mention, Person
from truceline.talks.reading.phrases import Phrase
from truceline.talks.reading.quotes import Quote
from truceline.talks.reading.resolve import Resolver
from truceline.talks.reading.roles import Role, roles
from truceline.talks.reading.segment import AUX, BODY
from truceline.talks.reading.speaker import Choice, Parsed, choose
from truceline.talks.reading.words import slots

_T = TypeVar("_T")
_TOLD_TO = re.compile(r"\b(?:told|accused|urged|warned|asked|assured|informed)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """From which day a document's relative dates are counted, and how that day is known."""

    day: date | None
    basis: str
    around: date | None


def days_named(laid: Laid) -> tuple[Named, ...]:
    """Every day named in the body and in what stands about it; captions hold dates."""
    return named(laid.document.text, [one.span for one in laid.segments if one.kind in {BODY, AUX}])


class Assembly:
    """One document being put together."""

    def __init__(
        self,
        laid: Laid,
        mentions: Sequence[Mention],
        people: Sequence[Person],
        number: int,
        base: Base,
    ) -> None:
        """number: of the document in the set, from 1; unnamed sources are numbered under it."""
        self._laid = laid
        self._text = laid.document.text
        self._mentions = mentions
        self._parsed = parse(laid, mentions)
        self._roles = tuple(self._all_roles())
        names = {person.id: person.name for person in people}
        self._resolver = Resolver(self._parsed, self._roles, names, f"{number}.")
        self._resolver.introduce()
        self._base = base
        self._holders = tuple(_holders(laid.quotes))
        self._number = number

    def read(self) -> rd.Read:
        """The whole document."""
        days = resolved(days_named(self._laid), self._base.day, self._base.basis, self._base.around)
        counted = tuple(numbers(self._text, self._laid.paragraphs, [day.span for day in days]))
        choices = choose(self._laid.quotes, self._parsed)
        return rd.Read(
            document=self._laid.document,
            reference=self._base.day,
            basis=self._base.basis,
            segments=self._laid.segments,
            quotes=tuple(self._said(number, choices) for number in range(len(self._laid.quotes))),
            statements=tuple(self._statements()),
            mentions=tuple(self._mentions),
            roles=self._roles,
            days=tuple(day for day in days if day.value is not None or day.basis == "unresolved"),
            numbers=tuple(self._counted(counted)),
            facts=tuple(self._facts(days, counted)),
            sources=self._resolver.sources(),
        )

    def _all_roles(self) -> Iterator[Role]:
        starts = [mention.span.start for mention in self._mentions]
        for paragraph, words in zip(self._laid.paragraphs, self._laid.words, strict=True):
            mine = self._mentions[
                bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)
            ]
            yield from roles(self._text, words, mine)

    def _said(self, number: int, choices: Mapping[int, Choice]) -> rd.Said:
        quote = self._laid.quotes[number]
        choice = choices.get(self._holders[number])
        ref = self._resolver.ref(choice.phrase, choice.sentence) if choice else None
        kind = (
            "nested" if quote.kind != "nested" and self._holders[number] != number else quote.kind
        )
        return rd.Said(
            id=self._id("q", number),
            span=quote.span,
            kind=kind,
            group=self._id("q", quote.group) if quote.group is not None else None,
            speaker=ref,
            mention=choice.phrase.span if choice else None,
            cue=self._cue(choice),
            via=self._via(choice),
            addressee=self._addressee(choice),
            confidence=self._grade(choice, ref, kind),
            rule=choice.rule if choice else "none",
        )

    def _grade(self, choice: Choice | None, ref: str | None, kind: str) -> str:
        if choice is None:
            return "low"
        return grade(choice, ref, kind, self._resolver.distance.get(choice.phrase.span.start, 0))

    def _id(self, letter: str, number: int) -> str:
        return f"{letter}:{self._number}.{number + 1}"

    def _cue(self, choice: Choice | None) -> Span | None:
        if choice is None or choice.event is None:
            return None
        return self._parsed[choice.sentence].sentence.tokens[choice.event.at].span

    def _sentence_text(self, number: int) -> tuple[str, int]:
        sentence = self._parsed[number].sentence
        return self._outside(
            sentence.span, [one.span for one in sentence.tokens if one.quote >= 0]
        ), sentence.span.start

    def _outside(self, span: Span, quoted: Sequence[Span]) -> str:
        """The sentence with its quotations blanked, place for place."""
        text = span.of(self._text)
        for one in quoted:
            text = (
                text[: one.start - span.start]
                + " " * (one.end - one.start)
                + text[one.end - span.start :]
            )
        return text

    def _via(self, choice: Choice | None) -> rd.Via | None:
        if choice is None:
            return None
        text, start = self._sentence_text(choice.sentence)
        for code, pattern in slots.CHANNELS:
            if found := pattern.search(text):
                return rd.Via(channel=code, span=Span(start + found.start(), start + found.end()))
        return None

    def _addressee(self, choice: Choice | None) -> str | None:
        """Who is told or accused: the phrase right behind such a verb."""
        if choice is None or choice.event is None:
            return None
        parsed = self._parsed[choice.sentence]
        word = parsed.sentence.tokens[choice.event.at].text + " "
        if not _TOLD_TO.match(word):
            return None
        behind = [one for one in parsed.phrases if 0 < one.first - choice.event.at <= 3]
        return self._resolver.ref(behind[0], choice.sentence) if behind else None

    def _statements(self) -> Iterator[rd.Statement]:
        number = 0
        for at, one in enumerate(self._parsed):
            for event in one.events:
                span = self._reported(one, event.at, event.subject, after=event.after)
                if event.weak or span is None:
                    continue
                ref = self._resolver.ref(event.subject, at)
                number += 1
                yield rd.Statement(
                    id=self._id("t", number - 1), span=span, speaker=ref,
                    mention=event.subject.span,
                    cue=one.sentence.tokens[event.at].span,
                    confidence="medium" if ref else "low", rule=f"told-{event.rule}",
                )  # fmt: skip
                break

    def _reported(self, one: Parsed, at: int, subject: Phrase, *, after: bool) -> Span | None:
        """What is told: all behind the verb, or all before a closing “he said”."""
        tokens = one.sentence.tokens
        if any(token.quote >= 0 for token in tokens):
            return None
        first = (subject.last if after else at) + 1
        if at < len(tokens) and len(tokens) - first > 4:
            begun = first + (
                tokens[first].low in {"that", "что", "що"} or tokens[first].text in ",:"
            )
            return Span(tokens[begun].span.start, tokens[-1].span.end)
        before = min(at, subject.first)
        if before > 4 and tokens[before - 1].text == ",":
            return Span(tokens[0].span.start, tokens[before - 2].span.end)
        return None

    def _attributed(self, at: int) -> str | None:
        one = self._parsed[at]
        event = next((event for event in one.events if not event.weak), None)
        return self._resolver.ref(event.subject, at) if event else None

    def _counted(self, found: Sequence[Number]) -> Iterator[rd.Counted]:
        begins = [one.sentence.span.start for one in self._parsed]
        for number in found:
            at = bisect_left(begins, number.span.start + 1) - 1
            yield rd.Counted(number=number, attributed_to=self._attributed(at) if at >= 0 else None)

    def _facts(self, days: Sequence[Day], counted: Sequence[Number]) -> Iterator[rd.Told]:
        day_starts = [day.span.start for day in days]
        count_starts = [one.span.start for one in counted]
        name_starts = [one.span.start for one in self._mentions]
        for at, one in enumerate(self._parsed):
            span = one.sentence.span
            if self._laid.paragraphs[one.sentence.paragraph] in self._laid.headlines:
                continue
            who = self._attributed(at)
            told = Told(
                file=self._text, span=span, parsed=one, attributed_to=who,
                days=tuple(_slice(days, day_starts, span)),
                numbers=tuple(_slice(counted, count_starts, span)),
                mentions=tuple(_slice(self._mentions, name_starts, span)),
            )  # fmt: skip
            for extract in EXTRACTORS.values():
                for proposal in extract(told):
                    yield rd.Told(proposal=proposal, attributed_to=who)


def _holders(found: Sequence[Quote]) -> Iterator[int]:
    """For each quotation the number of the outermost one that holds it, or its own."""
    outer, end = 0, -1
    for number, quote in enumerate(found):
        if quote.span.start >= end:
            outer, end = number, quote.span.end
        yield outer


def _slice(items: Sequence[_T], starts: Sequence[int], span: Span) -> Sequence[_T]:
    return items[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


__all__ = ["Assembly", "Base", "days_named"]
