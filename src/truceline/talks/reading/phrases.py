"""Who can speak in a sentence: names, pronouns, “a senior official”, ministries, parties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.talks.reading.document import Span
from truceline.talks.reading.names import title
from truceline.talks.reading.parties import CYRILLIC, party, people_of
from truceline.talks.reading.people import Mention
from truceline.talks.reading.tokens import Token
from truceline.talks.reading.verbs import says, verb
from truceline.talks.reading.words import english, slavic, words
from truceline.talks.reading.words.places import ACTORS

PERSON, PRONOUN, UNNAMED, OFFICE, BODY, PARTY, PAPER = (
    "person", "pronoun", "unnamed", "office", "body", "party", "paper",
)  # fmt: skip
_STOPS = frozenset(
    words("""
    and or but that which who whom while when as if because after before since of in on at with
    for from to by about against between among over under into than said says not is are was
    were has had have be been told according where whose that this amid despite so what how why
""")
)
_DETERMINERS = frozenset(
    words("""
    a an the one another two three some several many both all other his her their its these
    those
""")
)
PREPOSITIONS = frozenset(
    words("""
    of in on at with for from to by about than against between among over under into near without
    during through toward towards across like including via within behind alongside since until
""")
)
_DEFINITE = frozenset(
    words("""
    the his her their its this that these those
""")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase that may speak, by the tokens first (included) to last (excluded).

    span: what is reported as the speaker's mention. head: its head noun in lower case, singular.
    words: all its words, lower case. definite: the, his, …; plural: more than one.
    person: the person's id for a name. party: the party's code.
    """

    kind: str
    first: int
    last: int
    span: Span
    head: str
    words: frozenset[str]
    definite: bool = False
    plural: bool = False
    person: str | None = None
    party: str | None = None


def phrases(tokens: Sequence[Token], mentions: Mapping[int, Mention]) -> tuple[Phrase, ...]:
    """Every phrase of a sentence that may speak, in order. mentions: by where each begins."""
    out: list[Phrase] = []
    at = 0
    while at < len(tokens):
        found = _person(tokens, at, mentions) or _other(tokens, at, out, mentions)
        if found is None:
            at += 1
            continue
        while out and found.kind != PERSON and out[-1].first >= found.first:
            out.pop()
        out.append(found)
        at = found.last
    kept: list[Phrase] = []
    for one in reversed(out):
        if not _titles(tokens, one, _behind(kept)) and not _far(tokens, one, kept):
            kept.append(one)
    return tuple(reversed(kept))


def _behind(kept: Sequence[Phrase]) -> Phrase | None:
    """The phrase that follows, a place passed over where a name stands behind it."""
    if len(kept) > 1 and kept[-1].kind in {PARTY, BODY} and kept[-2].kind == PERSON:
        return kept[-2]
    return kept[-1] if kept else None


def _far(tokens: Sequence[Token], one: Phrase, kept: Sequence[Phrase]) -> bool:
    """«Глава делегации на переговорах в Женеве Ім'я Прізвище»: no deed between office and name."""
    named = next((each for each in reversed(kept) if each.kind == PERSON), None)
    if one.kind != OFFICE or named is None or not CYRILLIC.search(one.head):
        return False
    between = tokens[one.last : named.first]
    if len(between) > 16 or (between and between[-1].low in slavic.PREPOSITIONS):
        return False
    opens = bool(between) and between[0].low in slavic.PREPOSITIONS
    return opens and all(token.word and not slavic.DEED.search(token.low) for token in between)


def _titles(tokens: Sequence[Token], one: Phrase, following: Phrase | None) -> bool:
    """Whether it is only the title of the name behind it (“Minister of justice, Ann Lee”)."""
    if following is None or following.kind != PERSON:
        return False
    if one.kind not in {OFFICE, UNNAMED, BODY}:
        return one.last == following.first and _of_its_country(tokens, one)
    between = tokens[one.last : following.first]
    if CYRILLIC.search(one.head) or not between:
        return len(between) < 12 and all(
            (token.word or token.text == "-") and not verb(token.low) for token in between
        )
    return title(one.head) and _of_what_office(between)


def _of_what_office(between: Sequence[Token]) -> bool:
    """“Minister of justice, …”, “envoy for Yemen …”: what stands between an office and its name."""
    if any(not token.word and token.text != "," for token in between) or len(between) > 8:
        return False
    if between[0].low in {"of", "for"} and all(token.capital for token in between[1:]):
        return True
    commas = [at for at, token in enumerate(between) if token.text == ","]
    if not commas:
        return False
    whose, again = between[: commas[-1]], between[commas[-1] + 1 :]
    return all(token.low not in _STOPS or token.low in {"of", "for"} for token in whose) and all(
        title(token.text) or token.capital or token.low == "former" for token in again
    )


def _of_its_country(tokens: Sequence[Token], one: Phrase) -> bool:
    """«Секретарь Совета Украины Рустем …»: the country of the office before the name."""
    before = tokens[max(0, one.first - 8) : one.first]
    return (
        one.kind == PARTY
        and bool(CYRILLIC.search(one.head))
        and any(title(token.text) for token in before)
    )


def _person(tokens: Sequence[Token], at: int, mentions: Mapping[int, Mention]) -> Phrase | None:
    mention = mentions.get(tokens[at].span.start)
    if mention is None or tokens[at].quote >= 0:
        return None
    last = at
    while last < len(tokens) and tokens[last].span.end <= mention.span.end:
        last += 1
    return Phrase(
        kind=PERSON, first=at, last=max(last, at + 1), span=mention.span, head="",
        words=frozenset(), person=mention.person,
    )  # fmt: skip


def _other(
    tokens: Sequence[Token], at: int, before: Sequence[Phrase], mentions: Mapping[int, Mention]
) -> Phrase | None:
    token = tokens[at]
    if not token.word:
        return None
    low = token.low
    whose = low in slavic.HIS and _in_his_words(tokens, at)
    if low in english.PRONOUNS or low in slavic.PRONOUNS or whose:
        gender = (
            slavic.PRONOUNS.get(low)
            or slavic.HIS.get(low)
            or {"he": "m", "she": "f", "they": "p", "it": "n"}[low]
        )
        return Phrase(
            kind=PRONOUN, first=at, last=at + 1, span=token.span, head=gender,
            words=frozenset(), plural=gender == "p",
        )  # fmt: skip
    if CYRILLIC.search(low):
        return _slavic(tokens, at, mentions)
    return _noun(tokens, at, before) or _body(tokens, at, before)


def _in_his_words(tokens: Sequence[Token], at: int) -> bool:
    """«За його словами», «з його слів», «по её мнению»."""
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return before in {"за", "з", "зі", "по", "со", "на"} and after.startswith(
        ("слов", "слів", "дан", "мнен", "думк", "оцін", "оцен", "інформ", "информ")
    )


def _singular(low: str) -> tuple[str, bool] | None:
    """The head noun in the singular, and whether it was a plural; None for other words."""
    if low in english.SPEAKER_PLURALS:
        return english.SPEAKER_PLURALS[low], True
    if low in english.SPEAKER_NOUNS:
        return low, False
    if low.endswith("s") and low[:-1] in english.SPEAKER_NOUNS:
        return low[:-1], True
    return None


def _noun(tokens: Sequence[Token], at: int, before: Sequence[Phrase]) -> Phrase | None:
    """A phrase whose head is this noun, unless more of the phrase follows."""
    found = _singular(tokens[at].low)
    if tokens[at].low in {"another", "others", "some", "one"} and _speaks(tokens, at + 1):
        found = ("person", tokens[at].low in {"others", "some"})
    elif tokens[at].low == "them" and at > 1 and tokens[at - 2].low == "one":
        return _one_of_them(tokens, at)
    if found is None or _more_follows(tokens, at):
        return None
    head, plural = found
    if head in {"side", "group", "figure", "office", "head"} and at == 0 and tokens[at].capital:
        return None
    first = _leftmost(tokens, at, before)
    words = frozenset(token.low for token in tokens[first : at + 1])
    determined = tokens[first].low in _DETERMINERS
    kind = _kind(head, tokens[first].low, plural=plural)
    last = _of_what(tokens, at) if tokens[at].capital else at + 1
    return Phrase(
        kind=kind, first=first, last=last,
        span=Span(tokens[first].span.start, tokens[last - 1].span.end), head=head, words=words,
        definite=determined and tokens[first].low in _DEFINITE, plural=plural,
        party=next((code for word in tokens[first : at + 1] if (code := party(word.text))), None),
    )  # fmt: skip


def _one_of_them(tokens: Sequence[Token], at: int) -> Phrase:
    span = Span(tokens[at - 2].span.start, tokens[at].span.end)
    return Phrase(
        kind=UNNAMED, first=at - 2, last=at + 1, span=span, head="person", words=frozenset()
    )


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and says(tokens[at].low)


def _more_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase goes on after this noun (“official statement”, “press secretary”)."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if not following.word or following.quote >= 0:
        return False
    return _singular(following.low) is not None and following.low not in {
        "two",
        "three",
        "both",
        "others",
    }


def _leftmost(tokens: Sequence[Token], at: int, before: Sequence[Phrase]) -> int:
    """Where the phrase begins: back over modifiers to a determiner, at most seven words."""
    floor = max(
        (one.last for one in before if one.kind in {PERSON, PRONOUN} and one.last <= at), default=0
    )
    first = at
    while first > max(floor, at - 7):
        token = tokens[first - 1]
        if token.low in _DETERMINERS:
            return first - 1
        if not _modifies(tokens, first - 1):
            break
        first -= 1
    return first


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.possessive:
        return True
    if not token.word or token.low in _STOPS or token.low in english.ADVERBS:
        return token.text == "." and at > 0 and tokens[at - 1].text == "S"
    if token.low in english.MONTHS or token.low in english.WEEKDAYS:
        return False
    if at and tokens[at - 1].low in {"has", "have", "had"}:
        return False
    return not (token.low.endswith("ly") or token.low in english.SAID)


def _kind(head: str, first: str, *, plural: bool) -> str:
    if head in english.PAPERS:
        return PAPER
    if head in english.UNNAMED and not (first in _DEFINITE and not plural):
        return UNNAMED
    if head in english.SINGULAR_OFFICES or head in english.UNNAMED:
        return UNNAMED if plural or first in {"a", "an", "one", "another"} else OFFICE
    return BODY


def _body(tokens: Sequence[Token], at: int, before: Sequence[Phrase]) -> Phrase | None:
    """A party by its name, a body of capitalised words (the White House), an agency."""
    token = tokens[at]
    if (several := _several(tokens, at)) is not None:
        return several
    code = None if people_of(token.low) else party(token.text)
    body = token.capital and token.low in english.ORG_WORDS and at > 0 and tokens[at - 1].capital
    if code is None and token.low not in ACTORS and not body:
        return None
    if at + 1 < len(tokens) and _goes_on(tokens, at):
        return None
    first = _leftmost(tokens, at, before) if body else at
    last = _of_what(tokens, at) if body else at + 1
    words = frozenset(one.low for one in tokens[first : at + 1])
    return Phrase(
        kind=PARTY if code is not None and not body else BODY, first=first, last=last,
        span=Span(tokens[first].span.start, tokens[last - 1].span.end), head=token.low, words=words,
        definite=tokens[first].low == "the", plural=False, party=code,
    )  # fmt: skip


def _several(tokens: Sequence[Token], at: int) -> Phrase | None:
    """A party of two or three words: the United Arab Emirates."""
    for count in (3, 2):
        some = tokens[at : at + count]
        code = party(" ".join(token.text for token in some)) if len(some) == count else None
        if code is None:
            continue
        last = at + count
        if last < len(tokens) and (
            tokens[last].possessive or _singular(tokens[last].low) or title(tokens[last].text)
        ):
            return None
        first = at - 1 if at and tokens[at - 1].low == "the" else at
        return Phrase(
            kind=PARTY, first=first, last=last,
            span=Span(tokens[first].span.start, some[-1].span.end), head=some[-1].low,
            words=frozenset(token.low for token in some), party=code,
        )  # fmt: skip
    return None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is the owner or a part of what follows."""
    following = tokens[at + 1]
    if following.possessive or following.low in english.THINGS:
        return True
    if following.capital and following.low in english.ORG_WORDS:
        return True
    return following.word and (_singular(following.low) is not None or title(following.text))


def _of_what(tokens: Sequence[Token], at: int) -> int:
    """The end of “Ministry of Foreign Affairs”, “Council of the Union”."""
    last = at + 1
    while last + 1 < len(tokens) and tokens[last].low in {"of", "for"}:
        end = last + 1 + (tokens[last + 1].low == "the")
        begun = end
        while end < len(tokens) and tokens[end].capital:
            end += 1
        if end == begun:
            break
        last = end
    return last


def _slavic(tokens: Sequence[Token], at: int, mentions: Mapping[int, Mention]) -> Phrase | None:
    """A Ukrainian or Russian noun that may speak, with the words that say whose it is."""
    low = tokens[at].low
    stem = next((one for one in slavic.SPEAKER_STEMS if _of_stem(low, one)), None)
    code = party(tokens[at].text)
    if verb(low) is not None or (stem is None and code is None) or slavic.TOLD.match(low):
        return None
    first, last = at, at + 1
    if stem is not None:
        last = _whose(tokens, at, mentions)
        first = at - (at > 0 and _before_noun(tokens[at - 1]))
    some = tokens[first:last]
    person = title(low)
    unnamed = any(low.startswith(one) for one in slavic.UNNAMED_STEMS)
    kind = UNNAMED if unnamed else OFFICE if person else BODY if stem else PARTY
    return Phrase(
        kind=kind, first=first, last=last, span=Span(some[0].span.start, some[-1].span.end),
        head=stem or low, words=frozenset(one.low for one in some), definite=not unnamed,
        plural=person and low.endswith(("и", "і", "ы")),
        party=next((found for one in some if (found := party(one.text))), None),
    )  # fmt: skip


def _of_stem(low: str, stem: str) -> bool:
    return low.startswith(stem) and len(low) - len(stem) <= 4


def _whose(tokens: Sequence[Token], at: int, mentions: Mapping[int, Mention]) -> int:
    """Where the words that say whose office it is end: before a name, after three words at most."""
    last = at + 1
    while last < min(len(tokens), at + 4) and tokens[last].span.start not in mentions:
        low = tokens[last].low
        whose = low in slavic.WHOSE or slavic.ADJECTIVE.search(low)
        if not (tokens[last].capital or party(tokens[last].text) or whose):
            break
        last += 1
    return last


def _before_noun(token: Token) -> bool:
    """A nation or a word for one of many before the noun: «один чиновник», «високий посадовець»."""
    return token.low[:4] in {"один", "одно", "висо", "высо", "нена", "анон"} or bool(
        party(token.text)
    )
