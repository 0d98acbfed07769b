"""Words that may be somebody's name, with what speaks for it and against it.

A run of capitalised words is cut at titles, places, bodies and other words that are nobody's name;
what remains is a candidate. Whether a candidate is a person is decided in `people`, over the whole
set of documents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from truceline.talks.reading import keys, verbs
from truceline.talks.reading.document import Span
from truceline.talks.reading.parties import CYRILLIC, party
from truceline.talks.reading.tokens import Token
from truceline.talks.reading.words import english, slavic, words
from truceline.talks.reading.words.given import FAMILY_FIRST, PARTICLES
from truceline.talks.reading.words.places import MEDIA, OTHER_PLACES, PARTIES

_ARABIC = re.compile(
    r"^(?:(?:al|el|ar|as|ash|an|bin|ben|abd)-[A-Z]|(?:аль|ель|эль|ас|аш|ар|ад|ан|бен|бін|бин)-[А-ЯІЇЄ])"
)
_MAYBE_GIVEN = frozenset({"israel", "jordan", "paris", "chad", "sofia", "london", "may", "april"})
_PLACE_BEFORE = frozenset(
    words("""
    in at near outside across around throughout into inside
""")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A run of words that may be a name.

    words: the name's words as written. titled: a title stands before it. score: what the place it
    stands in says for (above 0) and against (below 0) its being a person's name. land: it stands
    where a country does (“President of …”, «президент … Ім'я Прізвище», “…'s Defence Ministry”).
    starts: where each of its words begins.
    """

    words: tuple[str, ...]
    span: Span
    first: int
    last: int
    paragraph: int
    titled: bool
    score: int
    initial: bool
    last_word: Span
    land: bool
    starts: tuple[int, ...]

    @property
    def cyrillic(self) -> bool:
        """Whether it is written in Cyrillic."""
        return bool(CYRILLIC.search(self.words[-1]))


@lru_cache(maxsize=65_536)
def title(word: str) -> bool:
    """Whether it is a word that stands before a name, as minister or речник."""
    low = word.lower()
    if low in english.TITLES:
        return True
    return bool(CYRILLIC.search(low)) and any(
        _stemmed(part, slavic.TITLE_STEMS) for part in (low, *low.split("-"))
    )


def _stemmed(low: str, stems: Sequence[str]) -> bool:
    return any(low.startswith(stem) and len(low) - len(stem) <= 4 for stem in stems)


def speaker_noun(low: str) -> bool:
    """Whether it is a common noun for one who speaks, in the singular or plural."""
    plural = low in english.SPEAKER_PLURALS or low.removesuffix("s") in english.SPEAKER_NOUNS
    return plural or low in english.SPEAKER_NOUNS


@lru_cache(maxsize=65_536)
def nobody(word: str) -> bool:
    """Whether no name holds the word: a place, a body, a day, a word that begins a sentence."""
    low = word.lower()
    bare = low.removesuffix("’s").removesuffix("'s")
    return (
        bare in english.COMMON or bare in english.ORG_WORDS or bare in OTHER_PLACES
        or bare in MEDIA or bare in english.MONTHS or bare in english.WEEKDAYS
        or low in slavic.COMMON or party(word) is not None
        or _plain(low).startswith(slavic.BODIES)
        or (len(word) > 1 and word.isupper() and not word.endswith("."))
        or any(char.isdigit() for char in word) or _compound_place(word)
        or verbs.is_contraction(bare)
    )  # fmt: skip


def _plain(low: str) -> str:
    return low.replace("’", "'").replace("ʼ", "'").replace("ё", "е")


def _compound_place(word: str) -> bool:
    """“US-Russia”, “Israeli-Palestinian”, “pre-war”; “Jong-un” is a given name."""
    parts = re.split("[-‑]", word)
    return len(parts) > 1 and any(
        part.lower() in PARTIES or part.lower() in english.COMMON
        for part in parts
        if part[:1].isupper() and part.lower() not in {"al", "el", "un", "in", "so", "no"}
    )


def candidates(tokens: Sequence[Token], paragraph: int) -> Iterator[Candidate]:
    """Every run of words in a paragraph that may be a name."""
    for first, last in _runs(tokens):
        for begun, ended in _pieces(tokens, first, last):
            yield _candidate(tokens, begun, ended, paragraph)


def _namelike(token: Token) -> bool:
    return token.capital or bool(_ARABIC.match(token.text))


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Longest runs of capitalised words, particles and initials between them."""
    at = 0
    while at < len(tokens):
        if not _namelike(tokens[at]):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and (step := _goes_on(tokens, end)):
            end += step
        yield at, end
        at = end


def _goes_on(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from here still belong to the run: 0, 1 or, with particles, more."""
    token = tokens[at]
    if _namelike(token):
        return 1
    following = at + 1
    if token.text == "." and len(tokens[at - 1].text) == 1:
        return 1 if following < len(tokens) and _namelike(tokens[following]) else 0
    while following <= at + 2 and following < len(tokens) and tokens[following].low in PARTICLES:
        following += 1
    if (
        token.low in PARTICLES
        and token.low not in {"y", "e", "a"}
        and following < len(tokens)
        and _namelike(tokens[following])
    ):
        return following - at + 1
    return 0


def _pieces(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """A run cut at titles and at words that are nobody's name."""
    begun = first
    for at in range(first, last):
        if _cuts(tokens, first, at, last):
            yield from _trimmed(tokens, begun, at)
            begun = at + 1
    yield from _trimmed(tokens, begun, last)


def _cuts(tokens: Sequence[Token], first: int, at: int, last: int) -> bool:
    token = tokens[at]
    if len(token.text) == 1 and first < at < last - 1 and tokens[at + 1].text == ".":
        return False  # an initial, not the article
    if token.low in _MAYBE_GIVEN:
        before = at > 0 and (
            title(tokens[at - 1].text) or keys.given(tokens[at - 1].text) is not None
        )
        after = sum(1 for each in tokens[at + 1 : last] if each.word and not nobody(each.text))
        return not (after > 1 or (before and (after or at > first)))
    if token.low in PARTICLES and not token.capital:
        return False
    if title(token.text) and not (token.low == "rice" or _inside_name(tokens, first, at, last)):
        return True
    return nobody(token.text)


def _inside_name(tokens: Sequence[Token], first: int, at: int, last: int) -> bool:
    """A title's word that is a surname here: Anthony King, Mike Judge."""
    low = tokens[at].low
    return (
        low in {"king", "prince", "judge", "major", "price", "bishop", "pope", "chief", "head"}
        and at == last - 1 and at > first and keys.given(tokens[at - 1].text) is not None
    )  # fmt: skip


def _trimmed(tokens: Sequence[Token], begun: int, ended: int) -> Iterator[tuple[int, int]]:
    """A piece without what cannot begin or end a name; cut before a given name in the middle."""
    while begun < ended and (
        not tokens[begun].word or (tokens[begun].low in PARTICLES and not tokens[begun].capital)
    ):
        begun += 1
    while begun < ended and (
        not tokens[ended - 1].word or tokens[ended - 1].low in {"of", "de", "la", "e", "y"}
    ):
        ended -= 1
    if begun >= ended:
        return
    while ended - begun > 2 and _of_a_land(tokens, begun):
        yield begun, begun + 1
        begun += 1
    if ended - begun > 2 and CYRILLIC.search(tokens[begun].text):
        for at in range(begun + 1, ended - 1):
            if keys.given(tokens[at].text) is not None and keys.given(tokens[begun].text) is None:
                yield begun, at
                yield at, ended
                return
    yield begun, ended


_LAND_CASE = re.compile(r"(?:ії|ии|ої|ской|ської|[иы]х)$")


def _of_a_land(tokens: Sequence[Token], begun: int) -> bool:
    """«Прем'єр Мародії Ефо Дансу»: behind a title the country in its case, then the name."""
    low = tokens[begun].low
    return bool(_LAND_CASE.search(low)) and keys.given(low) is None and _titled(tokens, begun, 2)


def _candidate(tokens: Sequence[Token], begun: int, ended: int, paragraph: int) -> Candidate:
    words = tuple(token.text for token in tokens[begun:ended] if token.text != ".")
    span = Span(tokens[begun].span.start, tokens[ended - 1].span.end)
    titled = _titled(tokens, begun, len(words)) and not _genitive(tokens, ended, words)
    return Candidate(
        words=words,
        span=span,
        first=begun,
        last=ended,
        paragraph=paragraph,
        titled=titled,
        last_word=tokens[ended - 1].span,
        land=len(words) == 1 and _land(tokens, begun, ended),
        starts=tuple(token.span.start for token in tokens[begun:ended] if token.text != "."),
        score=_score(tokens, begun, ended, words) + (3 if titled else 0),
        initial=begun == 0 or tokens[begun - 1].text in '.!?:“"«—–',
    )


def _land(tokens: Sequence[Token], begun: int, ended: int) -> bool:
    """Whether one word stands where a country does and a person does not."""
    words = (tokens[begun].text,)
    if _titled(tokens, begun, 2) and _genitive(tokens, ended, words):
        return True
    of = begun > 1 and tokens[begun - 1].low == "of" and tokens[begun - 2].capital
    if of and (title(tokens[begun - 2].text) or tokens[begun - 2].low in english.ORG_WORDS):
        return True
    behind = tokens[ended : ended + 3]
    return len(behind) == 3 and behind[0].possessive and behind[2].low in _OF_A_COUNTRY


_OF_A_COUNTRY = frozenset(words("ministry staff parliament capital border army navy constitution"))


def _genitive(tokens: Sequence[Token], ended: int, words: tuple[str, ...]) -> bool:
    """One Cyrillic word between a title and a name is the name's country, not another name."""
    follows = ended < len(tokens) and tokens[ended].capital
    return len(words) == 1 and follows and bool(CYRILLIC.search(words[0]))


def _titled(tokens: Sequence[Token], begun: int, count: int) -> bool:
    """Whether a title stands before: at once, after a comma, or in Cyrillic some words before."""
    if not begun:
        return False
    before = tokens[begun - 1]
    office = before.low in english.OFFICE_TAIL and before.capital and _body(tokens, begun)
    if title(before.text) and not office:
        return True
    if before.text in {",", "."} and begun > 1:
        earlier = tokens[begun - 2].low
        if earlier in english.TITLES:
            return not (before.text == "," and earlier.endswith("s"))
        return before.text == "," and count > 1 and _office_of(tokens, begun - 2)
    cyrillic = count > 1 and bool(CYRILLIC.search(tokens[begun].text))
    return cyrillic and _some_words_before(tokens, begun)


def _office_of(tokens: Sequence[Token], at: int) -> bool:
    """“The Foreign Minister of Merowind, …”: an office and whose it is stand before the comma."""
    while at > 1 and tokens[at].capital and tokens[at].low not in english.TITLES:
        at -= 1
    return at > 1 and tokens[at].low in {"of", "for"} and title(tokens[at - 1].text)


def _some_words_before(tokens: Sequence[Token], begun: int) -> bool:
    """«Міністр закордонних справ …»: the title stands before what it is the title of."""
    for token in reversed(tokens[max(0, begun - 10) : begun]):
        if not token.word and token.text != "-":
            return False
        if title(token.text):
            return True
    return False


def _body(tokens: Sequence[Token], begun: int) -> bool:
    """“General Staff”, “Secretary General”: the title is part of a body's or an office's name."""
    return tokens[begun].low in english.ORG_WORDS


def _score(tokens: Sequence[Token], begun: int, ended: int, words: tuple[str, ...]) -> int:
    before = tokens[begun - 1] if begun else None
    after = tokens[ended] if ended < len(tokens) else None
    score = 0
    if len(words) > 1 and (keys.given(words[0]) is not None or words[0].lower() in FAMILY_FIRST):
        score += 3
    if len(words) > 1 and _ARABIC.match(words[-1]):
        score += 2
    if after is not None:
        score += _after(tokens, ended, after, begun, len(words))
    if before is not None:
        score += _before(before, len(words))
    return score - (4 if len(words) == 1 and _foreign(tokens, begun) else 0)


def _foreign(tokens: Sequence[Token], at: int) -> bool:
    """A Latin word among Cyrillic ones is an outlet's or a channel's name."""
    if CYRILLIC.search(tokens[at].text):
        return False
    return sum(1 for each in tokens[max(0, at - 3) : at + 4] if CYRILLIC.search(each.text)) > 1


def _after(tokens: Sequence[Token], ended: int, after: Token, begun: int, count: int) -> int:
    """What the words behind speak for: a body's name against, a verb of saying or an office for."""
    if after.low in english.ORG_WORDS and after.capital:
        return -4
    following = tokens[ended + 1].low if ended + 1 < len(tokens) else ""
    told_before = begun > 0 and verbs.says(tokens[begun - 1].low) and after.text in ".,"
    signs = (
        verbs.says(after.low),
        after.low in english.ADVERBS and verbs.says(following),
        after.low in {"who", "whose"} or (after.text == "," and following in {"who", "whose"}),
        after.text == "," and count > 1 and verbs.says(following),
        after.text == "," and _said_behind_commas(tokens, ended),
        after.text in ",(" and count > 1 and _role_follows(tokens, ended + 1),
        told_before,
    )
    return 2 if any(signs) else 0


def _said_behind_commas(tokens: Sequence[Token], ended: int) -> bool:
    """“Name, during a visit to the border, earlier said”: set off by two commas, then a verb."""
    for at in range(ended + 1, min(len(tokens) - 1, ended + 16)):
        if tokens[at].text == ",":
            follows = [token.low for token in tokens[at + 1 : at + 3]]
            return any(verbs.says(low) for low in follows[:1]) or (
                follows[0] in english.ADVERBS and verbs.says(follows[-1])
            )
    return False


def _role_follows(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at : at + 7]:
        if title(token.text):
            return True
        if not token.word and not token.possessive:
            return False
    return False


def _before(before: Token, count: int) -> int:
    low = before.low
    if low == "the":
        return -3
    if low in _PLACE_BEFORE:
        return -2 if count > 1 else -3
    if low in {"mr", "mrs", "ms"}:
        return 3
    return 0
