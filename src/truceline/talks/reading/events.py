"""Who says in a sentence: each verb of saying with its subject.

The subject stands before the verb (“the envoy, speaking in Geneva, said”), after it (“said the
envoy”, «заявил посол»), or after “according to”. Every possible phrase before the verb is weighed;
the weights are set so that the phrase at the verb wins, then the first phrase of the clause, and a
phrase that hangs on a preposition or owns something else hardly ever.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.talks.reading import phrases as np
from truceline.talks.reading.names import title
from truceline.talks.reading.parties import CYRILLIC
from truceline.talks.reading.phrases import PREPOSITIONS, Phrase
from truceline.talks.reading.tokens import Token
from truceline.talks.reading.verbs import Verb, verb
from truceline.talks.reading.words import english, slavic, words

_BE = frozenset(
    words("""
    is are was were be been being am
""")
)
_BREAKS = frozenset(
    words("""
    that but while as when because after before if where although though whether than since
    until
""")
)
_DETERMINERS = frozenset(
    words("""
    the a an their his her its our my this these those any no some such
""")
)
_ARTICLE_LIKE = frozenset(
    words("""
    to would will could should might must can may cannot
""")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Somebody says something. at: the verb's token. rule: how the subject was found."""

    subject: Phrase
    at: int
    verb: Verb
    rule: str
    after: bool = False

    @property
    def weak(self) -> bool:
        """Whether the verb is one that need not carry words."""
        return self.verb.base in english.WEAK


def events(tokens: Sequence[Token], found: Sequence[Phrase]) -> tuple[Event, ...]:
    """Every event of a sentence, in the order of its verbs."""
    out: list[Event] = []
    for at, token in enumerate(tokens):
        event = _accord(tokens, at, found) or _event(tokens, at, token, found, out)
        if event is not None:
            out.append(event)
    return tuple(out)


def _accord(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> Event | None:
    """“According to …”, «за словами …», «по словам …»."""
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    english_way = low == "according" and following == "to"
    his = following in slavic.HIS and any(one.first == at + 1 for one in found)
    if not (english_way or his or f"{low} {following}" in slavic.ACCORDING):
        return None
    begin = at + 1 if his else at + 2
    subject = _issuer(tokens, found, begin) or _next(tokens, found, begin, within=5)
    if subject is None:
        return None
    return Event(
        subject=subject, at=at, verb=Verb("accord", finite=True), rule="according", after=True
    )


def _issuer(tokens: Sequence[Token], found: Sequence[Phrase], at: int) -> Phrase | None:
    """“According to the envoy Ann Lee's statement”: the words are the one's who issued it."""
    for one in found:
        if at <= one.first <= at + 6 and one.kind == np.PERSON and _owns(tokens, one):
            behind = [token.low for token in tokens[one.last + 1 : one.last + 4]]
            return one if _PAPERS & set(behind) else None
    return None


_PAPERS = english.PAPERS | {"remarks", "words", "account", "post", "office"}


def _next(
    tokens: Sequence[Token], found: Sequence[Phrase], at: int, *, within: int
) -> Phrase | None:
    """The first phrase that begins at most so many tokens on; a name right behind it is better."""
    near = [one for one in found if at <= one.first <= at + within and not _owns(tokens, one)]
    if not near:
        behind = [one for one in found if at <= one.first and _owned(tokens, one, at)]
        near = behind[:1]
    if not near:
        return None
    first = near[0]
    for other in found:
        if (
            other.kind == np.PERSON
            and other.first >= first.last
            and first.kind in {np.OFFICE, np.BODY, np.PARTY}
            and other.first - first.last <= 3
        ):
            return other
    return first


def _owns(tokens: Sequence[Token], one: Phrase) -> bool:
    return one.last < len(tokens) and tokens[one.last].possessive


def _owned(tokens: Sequence[Token], one: Phrase, at: int) -> bool:
    """“Said Ann Lee's spokesman, Tom Ray”: only the owner and titles stand before the name."""
    return not _owns(tokens, one) and all(
        token.word or token.possessive for token in _before_name(tokens, at, one)
    )


def _before_name(tokens: Sequence[Token], at: int, one: Phrase) -> Sequence[Token]:
    """The words before a name, the comma between its title and it left out."""
    comma = one.kind == np.PERSON and one.first > at + 1 and tokens[one.first - 1].text == ","
    titled = comma and title(tokens[one.first - 2].text)
    return tokens[at : one.first - 1] if titled else tokens[at : one.first]


def _event(
    tokens: Sequence[Token], at: int, token: Token, found: Sequence[Phrase], before: Sequence[Event]
) -> Event | None:
    said = verb(token.low) if token.quote < 0 else None
    if said is None or _is_noun(tokens, at) or any(one.first <= at < one.last for one in found):
        return None
    if said.finite and not _passive(tokens, at):
        inverted = _inverted(tokens, at, found)
        if inverted is not None:
            return Event(subject=inverted, at=at, verb=said, rule="verb-subject", after=True)
        subject = _joined(tokens, at, before) or _subject(tokens, at, found)
        return Event(subject=subject, at=at, verb=said, rule="subject-verb") if subject else None
    if said.finite or (not before and not found):
        return None
    owner = _owner(tokens, at, found, before)
    return Event(subject=owner, at=at, verb=said, rule="participle") if owner else None


def _joined(tokens: Sequence[Token], at: int, before: Sequence[Event]) -> Phrase | None:
    """“… said A, and added B”: a verb joined to the one before has its subject."""
    back = at - 1
    while back > 0 and tokens[back].low in english.ADVERBS - _BE:
        back -= 1
    strong = [event for event in before if not event.weak] or list(before)
    if back > 0 and tokens[back].low in {"and", "but", "then", "и", "і", "й", "та"} and strong:
        return strong[0].subject
    return None


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    glued = before.text in "-‑" and before.span.end == tokens[at].span.start
    if before.low in _DETERMINERS or before.possessive or glued:
        return True
    return before.low == "to" and not (tokens[at].low.endswith("ing") or _went_on(tokens, at))


def _went_on(tokens: Sequence[Token], at: int) -> bool:
    """“He went on to say”, “continued to insist”: the verb of saying is in the infinitive."""
    earlier = [token.low for token in tokens[max(0, at - 3) : at - 1]]
    return earlier[-2:] == ["went", "on"] or earlier[-1:] in (["continued"], ["proceeded"])


def _passive(tokens: Sequence[Token], at: int) -> bool:
    """“was described”, “attributed by”, “is expected”: no one speaks here as the subject."""
    if (
        at + 1 < len(tokens)
        and tokens[at + 1].low == "by"
        and tokens[at].low.endswith(("ed", "en"))
    ):
        return True
    if tokens[at].low in {"told", "asked", "quoted", "cited"} or tokens[at].low.endswith("ed"):
        back = at - 1
        while back > 0 and tokens[back].low in english.ADVERBS and tokens[back].low not in _BE:
            back -= 1
        return back >= 0 and tokens[back].low in _BE
    return False


_OPENS = frozenset({"as", "як", "как", "про", "об", "це", "этом", "також", "также"})


def _inverted(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> Phrase | None:
    """“…,” said the envoy; as the envoy said is not inverted, «…», — заявил посол is."""
    if CYRILLIC.search(tokens[at].text):
        return _inverted_slavic(tokens, at, found)
    before = tokens[at - 1] if at else None
    opens = before is None or before.quote >= 0 or before.text in ",—–-:" or before.low in _OPENS
    told = tokens[at].low in {"told", "tells", "accused"}
    if not opens or told or _named_before(tokens, at, found):
        return None
    subject = _next(tokens, found, at + 1, within=2)
    if subject is None:
        quoted = before is not None and before.quote >= 0
        return _far_name(tokens, at, found) if quoted else None
    apart = any(
        token.low in PREPOSITIONS or not (token.word or token.possessive)
        for token in _before_name(tokens, at + 1, subject)
    )
    return None if apart or subject.kind == np.PRONOUN else subject


def _inverted_slavic(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> Phrase | None:
    """«…», — заявил посол; nobody stands close before the verb, nor hangs on a preposition."""
    subject = _next(tokens, found, at + 1, within=6)
    if subject is None or _hangs(tokens, subject):
        return None
    before = tokens[at - 1] if at else None
    left = [one for one in found if one.last <= at]
    close = bool(left) and at - left[-1].last <= 2
    plain = close and before is not None and before.quote < 0 and before.text not in "—–,"
    between = tokens[at + 1 : subject.first]
    broken = any(token.quote >= 0 or token.text in ",:" for token in between)
    return None if plain or broken else subject


_FAR = 24  # words of an office that may stand between “… announced” and the name


def _far_name(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> Phrase | None:
    """“…,” announced the Union's High Representative for the Horn, former President Ann Lee."""
    for one in found:
        if one.kind == np.PERSON and at < one.first <= at + _FAR and not _owns(tokens, one):
            between = tokens[at + 1 : one.first]
            clear = all(token.quote < 0 and verb(token.low) is None for token in between)
            return one if clear and title(tokens[one.first - 1].text) else None
    return None


def _named_before(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> bool:
    """Whether somebody stands before the comma: “The envoy, Ann Lee, said”, “Qatar, which …,”."""
    if not at or tokens[at - 1].text != ",":
        return False
    since = max((n for n in range(at) if tokens[n].quote >= 0), default=-1)
    return any(
        since < one.first and one.last <= at and not _hangs(tokens, one) for one in found
    ) and (since < 0 or at - since > 3)


def _subject(tokens: Sequence[Token], at: int, found: Sequence[Phrase]) -> Phrase | None:
    """The best phrase before the verb."""
    start = max(
        (n + 1 for n in range(at) if tokens[n].quote >= 0 or tokens[n].text == ";"), default=0
    )
    here = [one for one in found if start <= one.first and one.last <= at]
    if not here:
        return None
    adjacent = at
    while adjacent > start and tokens[adjacent - 1].low in _SKIPPED:
        adjacent -= 1
    weighed = [(_weight(tokens, one, here, start, adjacent), -one.first, one) for one in here]
    best = max(weighed, key=lambda each: (each[0], each[1]))
    return best[2] if best[0] > -4 else None


_SKIPPED = english.ADVERBS | slavic.ADVERBS | {"who", "went", "on", "to", "continued"}


def _weight(
    tokens: Sequence[Token], one: Phrase, here: Sequence[Phrase], start: int, adjacent: int
) -> float:
    weight = -0.25 * (adjacent - one.last)
    hangs = one.first > start and _hangs(tokens, one)
    owns = _owns(tokens, one)
    weight += 6 if one.last == adjacent else 0
    weight -= 7 if hangs else 0
    weight -= 7 if owns else 0
    weight -= 7 if one.kind == np.PRONOUN and _object(tokens, one) else 0
    weight += 3 if one is next((each for each in here if not _hangs(tokens, each)), None) else 0
    weight += 2 if one.kind in {np.PERSON, np.PRONOUN, np.UNNAMED, np.OFFICE} else 0
    between = tokens[one.last : adjacent]
    weight -= 4 * sum(1 for token in between if token.low in _BREAKS)
    weight -= 2 if sum(1 for token in between if token.text == ",") % 2 else 0
    if between and between[-1].text == "," and one.last < adjacent:
        weight += 3 if one.kind == np.PERSON else 1
    if any(verb(token.low) and not token.low.endswith("ing") for token in between):
        weight -= 3 if sum(1 for token in between if token.low == "and") else 5
    return weight


def _object(tokens: Sequence[Token], one: Phrase) -> bool:
    """“Considered it constructive”: a pronoun right behind a verb of saying is its object."""
    return one.first > 0 and one.head == "n" and verb(tokens[one.first - 1].low) is not None


def _hangs(tokens: Sequence[Token], one: Phrase) -> bool:
    """Whether it hangs on a preposition, titles and nations before a name passed over."""
    first = one.first - 1
    if one.kind == np.PERSON:
        while first > 0 and (
            tokens[first].capital
            or title(tokens[first].text)
            or (tokens[first].low == "of" and tokens[first - 1].capital)
        ):
            first -= 1
    if first > 2 and tokens[first].low == "and" and tokens[first - 1].capital:
        first -= 2  # “between A and B”: B hangs on what A hangs on
        while first > 0 and tokens[first].capital:
            first -= 1
        return tokens[first].low == "between"
    while first > 0 and one.kind != np.PERSON and slavic.ADJECTIVE.search(tokens[first].low):
        first -= 1
    return first >= 0 and tokens[first].low in PREPOSITIONS | slavic.PREPOSITIONS


def _owner(
    tokens: Sequence[Token], at: int, found: Sequence[Phrase], before: Sequence[Event]
) -> Phrase | None:
    """Whose “saying”, “adding” it is: the subject of the last event, else of the sentence."""
    if before:
        return before[-1].subject
    here = [one for one in found if one.last <= at]
    free = [one for one in here if not _hangs(tokens, one)] or here
    if free:
        return free[0]
    after = [one for one in found if one.first > at]
    return after[0] if at <= 1 and after else None


def subjects(tokens: Sequence[Token], found: Sequence[Phrase]) -> Iterator[Phrase]:
    """Phrases that stand as a sentence's subject: free of prepositions, before any quotation."""
    for one in found:
        owns = one.last < len(tokens) and tokens[one.last].possessive
        if not _hangs(tokens, one) and not owns:
            yield one
