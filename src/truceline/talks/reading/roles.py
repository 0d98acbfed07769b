"""Offices as a source gives them, never merged, never corrected.

They stand before a name (“Kremlin aide Yuri Ushakov”) or behind it between commas.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.talks.reading.document import Span
from truceline.talks.reading.names import title
from truceline.talks.reading.parties import CYRILLIC, party
from truceline.talks.reading.people import Mention
from truceline.talks.reading.tokens import Token
from truceline.talks.reading.words import english, words

_MODIFIERS = frozenset(
    words("""
    special senior former chief deputy foreign prime national security armed forces military
    intelligence presidential press state top lead leading acting interim vice defense defence
    staff general assistant first veteran main permanent royal crown ex-president finance
    interior energy economy justice armed-forces peace house white army navy air force of and
    for the to foreign-policy longtime long-time close then-president us u.s. un uk eu russian
    ukrainian american
""")
)
_HEADS = re.compile(
    r"\b(?:led|headed|chaired) by\b|\b(?:heads?|leads?|heading|leading)\b.{0,60}\bdelegation|"
    r"\bdelegation'?s? (?:head|leader|chief)\b|\bchief negotiator\b|\bhead of .{0,60}delegation|"
    r"(?:очолю|возглавля|очолив|возглавил)\S*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*,\s*(?:(?:who|which)\s+(?:is|was|heads|leads|now heads)\s+)?"
    r"((?:(?:a|an|the|his|her|its)\s+)?[^,.;:—–()“”\"«»]{3,110}?)(?=\s*[,.;:—–()]|\s+(?:said|"
    r"told|who)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One office as given. head: True where the person is said to head a delegation, else None."""

    span: Span
    person: str
    words: frozenset[str]
    head: bool | None = None


def roles(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[Role]:
    """The roles given in one paragraph, of the persons mentioned in it."""
    starts = {token.span.start: at for at, token in enumerate(tokens)}
    begins = [mention.span.start for mention in mentions]
    named = {at for one in mentions for at in range(one.span.start, one.span.end)}
    for mention in mentions:
        at = starts.get(mention.span.start)
        if at is None:
            continue
        span = _before(tokens, at, named) or _behind(text, tokens, mention, begins)
        if span is None:
            continue
        words = frozenset(re.findall(r"[\w'’.-]+", span.of(text).lower()))
        words |= _nation_before(tokens, starts.get(span.start, 0))
        head = _heads(text, mention, span)
        yield Role(span=span, person=mention.person, words=words, head=head)
        if span.end <= mention.span.start and span.of(text).endswith("s"):
            for other in _joined(text, mentions, mention):
                yield Role(span=span, person=other.person, words=words)


def _nation_before(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The capitalised word before an office: its country's, also one that no list holds."""
    if not at or not tokens[at - 1].capital or tokens[at - 1].low in english.COMMON:
        return frozenset()
    return frozenset([tokens[at - 1].low])


def _joined(text: str, mentions: Sequence[Mention], first: Mention) -> Iterator[Mention]:
    """“Advisers A, B and C”: the plural is the office of each name joined to the first."""
    end = first.span.end
    for other in mentions[mentions.index(first) + 1 :]:
        if not re.fullmatch(r",?\s+(?:and\s+)?|,\s*", text[end : other.span.start]):
            return
        yield other
        end = other.span.end


def _before(tokens: Sequence[Token], at: int, named: set[int]) -> Span | None:
    """The words of an office right before a name; they have to hold a title."""
    end = (
        at - 1
        if at and tokens[at - 1].text == "," and at > 1 and title(tokens[at - 2].text)
        else at
    )
    first = end
    while first > max(0, end - 9) and _of_office(tokens, first - 1, named):
        first -= 1
    while first < end and (
        tokens[first].low in {"of", "and", "for", "the", "to", ","} or tokens[first].possessive
    ):
        first += 1
    held = [token for token in tokens[first:end] if title(token.text)]
    if first >= end or not held:
        return None
    return Span(tokens[first].span.start, tokens[end - 1].span.end)


def _of_office(tokens: Sequence[Token], at: int, named: set[int]) -> bool:
    token = tokens[at]
    if token.span.start in named:
        return False
    if token.possessive:
        return at > 0 and party(tokens[at - 1].text) is not None
    if not token.word or token.low in english.PRONOUNS:
        return False
    if CYRILLIC.search(token.text):
        return (
            title(token.text)
            or token.capital
            or any(title(one.text) for one in tokens[max(0, at - 4) : at])
        )
    if token.low in english.COMMON and token.low not in _MODIFIERS:
        return False
    return (
        token.low in _MODIFIERS
        or title(token.text)
        or party(token.text) is not None
        or (token.capital and token.low in english.ORG_WORDS | {"kremlin", "pentagon"})
    )


def _behind(
    text: str, tokens: Sequence[Token], mention: Mention, begins: Sequence[int]
) -> Span | None:
    """The words between commas behind a name, where they hold a title and no other name."""
    found = _BEHIND.match(text, mention.span.end, tokens[-1].span.end)
    if found is None:
        return None
    span = Span(*found.span(1))
    words = found.group(1).split()
    if not any(title(word.strip(".'’")) for word in words[:5]):
        return None
    holds_name = bisect_left(begins, span.start) != bisect_left(begins, span.end)
    if holds_name and not re.match(r"(?:a|an|the)\s", found.group(1)):
        return None
    return span


def _heads(text: str, mention: Mention, span: Span) -> bool | None:
    around = text[
        max(0, min(span.start, mention.span.start) - 60) : max(span.end, mention.span.end) + 10
    ]
    return True if _HEADS.search(around) else None
