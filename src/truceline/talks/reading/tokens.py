"""Words and sentences of a paragraph, the quotations in it standing as one token each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.talks.reading.document import Span
from truceline.talks.reading.words import english, slavic

_APOSTROPHES = "'’ʼ"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[-‑][^\W_]+)*(?:[{_APOSTROPHES}](?!s\b)[^\W_]+(?:-[^\W_]+)*)*"
    rf"|[{_APOSTROPHES}]s\b|[^\w\s]|_"
)
_ENDS = frozenset(".!?…")
_ABBREVIATIONS = english.ABBREVIATIONS | slavic.ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or (quote >= 0) a whole quotation by its number in the document."""

    text: str
    span: Span
    quote: int = -1

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.quote < 0 and self.text[:1].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it is the 's of a possessive."""
        if self.quote >= 0 or self.text[:1] not in _APOSTROPHES:
            return False
        return len(self.text) == 1 or self.text[1:] == "s"

    @property
    def word(self) -> bool:
        """Whether it is a word or a number."""
        return self.quote < 0 and self.text[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence, and which paragraph of the body it is in.

    inside: the number of the quotation in whose marks the words of saying stand («…, — сказав
        посол. — …»), else -1.
    """

    tokens: tuple[Token, ...]
    paragraph: int
    inside: int = -1

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


def tokens(text: str, within: Span) -> Iterator[Token]:
    """The words and marks of a piece of text."""
    for found in _TOKEN.finditer(text, within.start, within.end):
        yield Token(found.group(), Span(found.start(), found.end()))


def masked(text: str, paragraph: Span, quoted: Sequence[tuple[int, Span]]) -> list[Token]:
    """The tokens of a paragraph with each outer quotation as one token.

    quoted: number and place of the outer quotations in this paragraph, in order.
    """
    out: list[Token] = []
    at = paragraph.start
    for number, span in quoted:
        out.extend(tokens(text, Span(at, span.start)))
        out.append(Token(span.of(text), span, number))
        at = span.end
    out.extend(tokens(text, Span(at, paragraph.end)))
    return out


def sentences(found: Sequence[Token], paragraph: int) -> Iterator[Sentence]:
    """Cut the tokens of a paragraph where sentences end."""
    begun = 0
    for at, token in enumerate(found):
        if _ends(found, at, token):
            yield Sentence(tuple(found[begun : at + 1]), paragraph)
            begun = at + 1
    if begun < len(found):
        yield Sentence(tuple(found[begun:]), paragraph)


def _ends(found: Sequence[Token], at: int, token: Token) -> bool:
    following = found[at + 1] if at + 1 < len(found) else None
    if following is None:
        return True
    if token.quote >= 0:
        return _quote_ends(found, at, token, following)
    if token.text not in _ENDS or following.span.start == token.span.end:
        return False
    if token.text == "." and at and _abbreviated(found[at - 1]):
        return False
    return _begins(following)


def _quote_ends(found: Sequence[Token], at: int, token: Token, following: Token) -> bool:
    inner = token.text.rstrip("”“\"»’' \u00a0")
    if not inner or inner[-1] not in _ENDS or following.span.start == token.span.end:
        return False
    if inner[-1] == "." and not inner.endswith("..."):
        return _begins(following) and not _attributed(found, at)
    return _begins(following) and not _attributed(found, at)


def _attributed(found: Sequence[Token], at: int) -> bool:
    """Whether the words after a quotation say at once who speaks (“Why now?” Smith asked)."""
    for token in found[at + 1 : at + 6]:
        if token.low in english.SAID or (token.low.endswith("ed") and token.low[:1].islower()):
            return found[at].text.rstrip("”\"»’' ")[-1:] in "?!,…"
        if not token.word:
            return False
    return False


def _begins(token: Token) -> bool:
    if token.quote >= 0:
        inner = token.text.strip("“”„«»‘’\"' \u00a0")
        return inner[:1].isupper() or not inner[:1].isalpha()
    return token.capital or token.text[:1].isdigit() or token.text in "—–-[("


def _abbreviated(token: Token) -> bool:
    return token.low in _ABBREVIATIONS or (len(token.text) == 1 and token.text.isupper())
