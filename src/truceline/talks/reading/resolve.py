"""From the phrase that speaks to who that is: a person, a source without a name, a body, a party.

Pronouns go back to the last one who spoke or was spoken of as a subject; “the spokesman” goes back
to the last person given that office. Every introduction of an unnamed source is a source of its
own; only “the official” with no other such source before it goes back to one.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from truceline.talks.reading import events as ev
from truceline.talks.reading import phrases as np
from truceline.talks.reading.document import Span
from truceline.talks.reading.keys import given
from truceline.talks.reading.parties import party
from truceline.talks.reading.phrases import Phrase
from truceline.talks.reading.roles import Role
from truceline.talks.reading.speaker import Parsed
from truceline.talks.reading.words import english, slavic, words

_SINGLE = frozenset({np.PERSON, np.UNNAMED, np.OFFICE})
_PARAGRAPHS_BACK = 3
_SENTENCES_BACK = 30
_SOURCES_BACK = 40
_ROLES_BACK = 200
_OFFICES_WORDS = 24  # words that several offices of one person may take before the name
_NEAR = 700  # characters within which “the official” may be a named one
_FEMALE = frozenset(
    words("""
    alice alina allison amanda amina amy ana anna anne ann angela angelina annalena andrea agnes
    barbara carol caroline catherine katherine cecilia claire claudia christine christina chloe
    daniela daria deborah diana donna dina elena olena eileen elizabeth emily emma eva fatima
    fiona francesca galina geraldine gina giorgia gloria hanna heidi helen helga hillary ingrid
    inna irene irina iryna isabel jacqueline jane janet jennifer jen jessica jill joan joyce
    judith julia yulia yuliia julie kaja kamala karen karin karoline kate kateryna ekaterina
    kathleen katie kelly kristen laila laura lana lauren linda lindsey lisa liz lola louise lucy
    lubna lyudmila maggie margaret maria mariia marie marina marise martha mary maya megan
    melissa mette mia michele michelle monica nadia nancy naomi natalia nataliia nicole nina
    nora oksana olga olha olivia patricia paula penny rachel rania rebecca reem rosa rosemary
    ruth sabrina sally samantha sandra sanna sara sarah sheila silvia sofia sophia sophie stella
    stephanie susan svetlana sviatlana tatyana tetiana teresa theresa tulsi ursula valeria
    valeriia vera victoria viktoria viktoriia virginia wendy yana zoe delcy salome maia олена
    елена ольга марія мария юлія юлия ірина ирина оксана наталія наталья світлана светлана
    катерина екатерина тетяна татьяна каролайн урсула кая кайя джорджа анна
""")
)


_LITTLE = frozenset({"the", "his", "her", "their", "держави", "государства"})
_GENERAL = frozenset(
    words("""
    group organization organisation movement faction militia guerrilla agency outlet newspaper
""")
)


def _other_words(phrase: Phrase) -> tuple[str, ...]:
    """How words that give the phrase's office may begin."""
    if phrase.words & {"держави", "государства", "state"}:
        return ("президент", "president", "leader")
    if phrase.words & {"мид", "мзс"} and phrase.head.startswith(("глав", "керівник", "очільн")):
        return ("министр", "міністр")
    return english.SYNONYMS.get(phrase.head) or slavic.SYNONYMS.get(phrase.head, (phrase.head[:6],))


def _shared(wanted: Collection[str], given_words: Collection[str]) -> int:
    """How many words the two have in common, endings of Ukrainian and Russian cases aside."""
    return sum(
        word in given_words
        or (
            not word.isascii()
            and len(word) > 4
            and any(
                other[: max(4, len(word) - 3)] == word[: max(4, len(word) - 3)]
                for other in given_words
            )
        )
        for word in wanted
    )


def _nations(some: Collection[str]) -> set[str]:
    return {word for word in some if party(word)}


def _same_nation(phrase: Phrase, role: Role) -> int:
    return phrase.party is not None and any(party(word) == phrase.party for word in role.words)


class Resolver:
    """Who each phrase of one document is."""

    def __init__(
        self, parsed: Sequence[Parsed], roles: Sequence[Role], names: Mapping[str, str], prefix: str
    ) -> None:
        """names: person id → shown name. prefix: of the document's unnamed sources."""
        self._parsed = parsed
        self._names = names
        self._prefix = prefix
        self._roles = sorted(roles, key=lambda role: role.span)
        self._starts = [role.span.start for role in self._roles]
        self._memo: dict[int, str | None] = {}
        self._sources: list[tuple[str, Phrase]] = []
        self._bodies: dict[str, Span] = {}
        self.distance: dict[int, int] = {}

    def ref(self, phrase: Phrase, sentence: int) -> str | None:
        """The reference of a phrase in the sentence of that number."""
        place = phrase.span.start
        if place not in self._memo:
            self._memo[place] = None  # a phrase that leads back to itself is nobody
            self._memo[place] = self._find(phrase, sentence)
        return self._memo[place]

    def introduce(self) -> None:
        """Number the unnamed sources in the order in which they come."""
        for number, one in enumerate(self._parsed):
            for event in one.events:
                if event.subject.kind in {np.UNNAMED, np.OFFICE}:
                    self.ref(event.subject, number)

    def sources(self) -> dict[str, Span]:
        """Each unnamed source and body with the words that first introduce it."""
        return {**self._bodies, **{ref: phrase.span for ref, phrase in self._sources}}

    def _find(self, phrase: Phrase, sentence: int) -> str | None:
        find = {
            np.PRONOUN: self._pronoun,
            np.PAPER: self._paper,
            np.UNNAMED: self._unnamed,
            np.OFFICE: self._office,
        }.get(phrase.kind)
        if find is not None:
            return find(phrase, sentence)
        if phrase.kind == np.PERSON:
            return phrase.person
        if phrase.kind == np.PARTY and phrase.party:
            return f"party:{phrase.party}"
        same = self._same_body(phrase, sentence)
        if same is None:
            self._bodies.setdefault("o:" + _slug(phrase), phrase.span)
        return same or "o:" + _slug(phrase)

    def _same_body(self, phrase: Phrase, sentence: int) -> str | None:
        """“The group”, “the organization”: the last body or movement that was a subject before."""
        if not phrase.definite or phrase.head not in _GENERAL:
            return None
        for number, one in self._back(sentence):
            for each in reversed(list(ev.subjects(one.sentence.tokens, one.phrases))):
                earlier = each.span.start < phrase.span.start
                if earlier and each.kind in {np.BODY, np.PARTY} and each.head not in _GENERAL:
                    return self.ref(each, number)
        return None

    def _unnamed(self, phrase: Phrase, sentence: int) -> str:
        if phrase.definite:
            for ref, known in reversed(self._sources[-_SOURCES_BACK:]):
                if known.head == phrase.head and known.plural == phrase.plural:
                    return ref
        if not phrase.plural and (back := self._spoken_of(phrase, sentence)):
            return back
        ref = f"s:{self._prefix}{len(self._sources) + 1}"
        self._sources.append((ref, phrase))
        return ref

    def _office(self, phrase: Phrase, sentence: int) -> str | None:
        """The last person before who was given this office, else an unnamed source's, else new."""
        if not phrase.definite and phrase.party is None:
            return self._unnamed(phrase, sentence)
        named, at = self._by_role(phrase)
        named = named or self._by_words(phrase, sentence)
        for ref, known in reversed(self._sources[-_SOURCES_BACK:]):
            if known.head == phrase.head and not known.plural and known.span.start > at:
                return ref
        return named or self._unnamed(phrase, sentence)

    def _by_role(self, phrase: Phrase) -> tuple[str | None, int]:
        """The last person before with this office, and where that office was given."""
        best: tuple[int, int, str] | None = None
        names = _other_words(phrase)
        wanted = {
            word for word in phrase.words - _LITTLE
            if not word.startswith(phrase.head) and word not in {"мид", "мзс"}
        }  # fmt: skip
        near = bisect_left(self._starts, phrase.span.start)
        for role in self._roles[max(0, near - _ROLES_BACK) : near]:
            if not any(word.startswith(names) for word in role.words):
                continue
            away = phrase.span.start - role.span.start
            before = 0 < away < (_NEAR if phrase.head in english.UNNAMED else away + 1)
            fits = _shared(wanted, role.words) + _same_nation(phrase, role)
            other = {code for word in role.words if (code := party(word))} - {phrase.party}
            if (wanted - _nations(wanted) and not fits) or not before:
                continue
            if not fits and wanted and other:
                continue
            rank = (fits, role.span.start, role.person)
            best = max(best, rank) if best else rank
        return (best[2], best[1]) if best else (None, -1)

    def _spoken_of(self, phrase: Phrase, sentence: int) -> str | None:
        """«Подчеркнул политик»: the person who spoke or was spoken of last."""
        if phrase.head not in slavic.GENERAL or len(phrase.words) != 1:
            return None
        tokens = self._parsed[sentence].sentence.tokens
        if phrase.first and tokens[phrase.first - 1].low.endswith(("ий", "ый", "ой", "ін", "ин")):
            return None  # «західний дипломат», «один чиновник»: somebody new
        back = self._pronoun(replace(phrase, head="", kind=np.PRONOUN), sentence)
        return back if back is not None and back.startswith("p:") else None

    def _by_words(self, phrase: Phrase, sentence: int) -> str | None:
        """The first name behind the same words earlier: «Глава делегации, секретарь … Ім'я»."""
        here = self._parsed[sentence].sentence.tokens[phrase.first : phrase.last]
        same = [token.low[: max(4, len(token.low) - 2)] for token in here]
        if len(same) < 2:
            return None
        for number in range(max(0, sentence - _SENTENCES_BACK), sentence):
            one = self._parsed[number]
            lows = [token.low for token in one.sentence.tokens]
            for at in range(len(lows) - len(same)):
                if all(lows[at + n].startswith(stem) for n, stem in enumerate(same)):
                    behind = (each for each in one.phrases if each.first >= at + len(same))
                    named = next((each for each in behind if each.kind == np.PERSON), None)
                    near = named is not None and named.first - at < _OFFICES_WORDS
                    return named.person if named is not None and near else None
        return None

    def _paper(self, phrase: Phrase, sentence: int) -> str | None:
        """Who issued “the statement”: the last body, party or person that spoke before it."""
        if phrase.party:
            return f"party:{phrase.party}"
        if not phrase.definite:
            return self._issuer(phrase, sentence) or self._unnamed(phrase, sentence)
        earlier = [
            (event.subject, number)
            for number, one in self._back(sentence)
            for event in reversed(one.events)
            if event.subject.span.start < phrase.span.start and event.subject.kind != np.PRONOUN
        ]
        formal = [each for each in earlier if each[0].kind in {np.PAPER, np.BODY, np.PARTY}]
        return self.ref(*(formal or earlier)[0]) if earlier else None

    def _issuer(self, phrase: Phrase, sentence: int) -> str | None:
        """“A statement from Washington”, “by the ministry”: the phrase that hangs on it."""
        one = self._parsed[sentence]
        for each in one.phrases:
            between = [token.low for token in one.sentence.tokens[phrase.last : each.first]]
            if each.first >= phrase.last and between in (["from"], ["by"], ["of"], ["from", "the"]):
                return self.ref(each, sentence)
        return None

    def _pronoun(self, phrase: Phrase, sentence: int) -> str | None:
        for number, one in self._back(sentence):
            for candidate in self._antecedents(one, phrase, sentence == number):
                ref = self._fit(candidate, phrase, number)
                if ref is not None:
                    self.distance[phrase.span.start] = (
                        self._parsed[sentence].sentence.paragraph - one.sentence.paragraph
                    )
                    return ref
        return None

    def _back(self, sentence: int) -> Iterator[tuple[int, Parsed]]:
        here = self._parsed[sentence].sentence.paragraph
        for number in range(sentence, max(-1, sentence - _SENTENCES_BACK), -1):
            one = self._parsed[number]
            if here - one.sentence.paragraph > _PARAGRAPHS_BACK:
                return
            yield number, one

    def _antecedents(self, one: Parsed, phrase: Phrase, same: bool) -> Iterator[Phrase]:  # noqa: FBT001 - private
        """Those who spoke in the sentence, last first; then its subjects; then anyone in it."""

        def before(each: Phrase) -> bool:
            return not same or each.span.start < phrase.span.start

        seen = set()
        spoke = [event.subject for event in reversed(one.events) if not event.weak]
        free = list(ev.subjects(one.sentence.tokens, one.phrases))
        order = [*spoke, *free, *one.phrases] if not same else [*free, *spoke, *one.phrases]
        for each in order:
            if each.span.start not in seen and each.span != phrase.span and before(each):
                seen.add(each.span.start)
                yield each

    def _fit(self, candidate: Phrase, phrase: Phrase, number: int) -> str | None:
        gender = phrase.head
        if candidate.kind == np.PRONOUN:
            return self.ref(candidate, number) if candidate.head == gender else None
        if gender == "p":
            many = candidate.plural or candidate.kind in {np.BODY, np.PARTY}
            return self.ref(candidate, number) if many else None
        if gender == "n":
            return (
                self.ref(candidate, number)
                if candidate.kind in {np.BODY, np.PARTY, np.PAPER}
                else None
            )
        if candidate.kind not in _SINGLE or candidate.plural:
            return None
        ref = self.ref(candidate, number)
        return ref if ref is not None and self._gender_fits(ref, candidate, gender) else None

    def _gender_fits(self, ref: str, candidate: Phrase, gender: str) -> bool:
        if candidate.head in {"spokeswoman", "chairwoman"}:
            return gender == "f"
        if candidate.head in {"spokesman", "chairman", "king", "prince"}:
            return gender == "m"
        name = self._names.get(ref)
        if name is None:
            return True
        known = _name_gender(name)
        return known is None or not gender or known == gender


def _name_gender(name: str) -> str | None:
    """The gender a full name's first word tells, where it is a given name we know."""
    first = name.split(maxsplit=1)[0].lower()
    if first in _FEMALE:
        return "f"
    if " " not in name or given(first) is None:
        return None
    return "f" if first.endswith(("a", "а", "я")) and first not in _MALE_IN_A else "m"


_MALE_IN_A = frozenset(
    words("""
    ilya illia ilia nikita mustafa mostafa musa moussa luka joshua abdulla abdallah sasha mykola
    garba issa isa yahya hamza yakubu mykyta foma kuzma luca andrea ezra elisha noa никита микита
    микола илья ілля лука фома саша миша
""")
)


def _slug(phrase: Phrase) -> str:
    words = sorted(phrase.words - {"the", "a", "an"}) if not phrase.head else [phrase.head]
    head = "-".join(words)
    whose = f"{phrase.party}-" if phrase.party else ""
    return whose + re.sub(r"[^\w]+", "-", head).strip("-")
