"""Who is who: candidates for names become persons, over the whole set of documents.

A roster the user owns is believed. Without one, a run of words is a person's name where enough
speaks for it somewhere in the set. Two full names are one person only if their surnames have one
key and their given names may be spellings of one; a bare surname goes to the one person who bears
it. A false merge is the worst error: in doubt two names stay two persons.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.talks.reading import keys
from truceline.talks.reading.document import Span
from truceline.talks.reading.lands import core, lands, less_land
from truceline.talks.reading.names import Candidate, nobody, speaker_noun
from truceline.talks.reading.parties import CYRILLIC
from truceline.talks.reading.roster import Entry, Roster
from truceline.talks.reading.showing import shown, slug
from truceline.talks.reading.words import words
from truceline.talks.reading.words.given import FAMILY_FIRST

ENOUGH = 2
_HONOURED = frozenset(
    words("""
    sheikh shaikh king queen prince princess pope emir sultan crown
""")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the set. aliases: every spelling met, longest first. side: from the roster."""

    id: str
    name: str
    aliases: tuple[str, ...]
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A proper-name mention of a person, titles and possessive 's left out."""

    span: Span
    person: str


@dataclass(slots=True)
class _Entity:
    """Names that are held to be one person's while the set is being read."""

    names: Counter[tuple[str, ...]] = field(default_factory=Counter)
    entry: Entry | None = None

    @property
    def full(self) -> tuple[str, ...]:
        """The name to show: the commonest of two words or more, then the longest."""
        long = [name for name in self.names if len(name) > 1] or list(self.names)
        return min(long, key=lambda name: (-self.names[name], -len(name), name))


def one_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """May two full names be one person's? See the module's rule."""
    first, second = core(one), core(other)
    if len(first) < 2 or len(second) < 2:
        return False
    if first[0].lower() in FAMILY_FIRST and second[0].lower() in FAMILY_FIRST:
        return [keys.key(word) for word in first] == [keys.key(word) for word in second]
    if not keys.same_given(first[0], second[0]):
        return _reordered(first, second)
    if _same_surname(first[-1], second[-1]):
        return True
    cross = bool(CYRILLIC.search(first[-1])) != bool(CYRILLIC.search(second[-1]))
    if cross:
        bones = keys.bones(first[-1])
        return len(bones) > 2 and bones == keys.bones(second[-1])
    return _inside(first, second) or _inside(second, first)


def _reordered(first: Sequence[str], second: Sequence[str]) -> bool:
    """Family name first in one account and last in another."""
    return (
        len(first) == len(second) == 2
        and keys.key(first[0]) == keys.key(second[1])
        and keys.key(first[1]) == keys.key(second[0])
    )


def _same_surname(one: str, other: str) -> bool:
    if CYRILLIC.search(one) or CYRILLIC.search(other):
        return keys.stem(one) == keys.stem(other)
    return keys.key(one) == keys.key(other)


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the shorter name is the longer one with words left out."""
    if len(short) >= len(long) or len(short) < 2:
        return False
    found = iter(long)
    return all(any(_same_surname(word, other) for other in found) for word in short)


class People:
    """The persons of a set of documents, and every mention of them."""

    def __init__(self, found: Mapping[int, Sequence[Candidate]], roster: Roster) -> None:
        """Decide over all candidates. found: document number → its candidates in order."""
        self._entities: list[_Entity] = [_from_roster(entry) for entry in roster.entries]
        self._known: dict[tuple[str, ...], _Entity] = {
            name: entity for entity in self._entities for name in entity.names
        }
        self._like: dict[str, list[_Entity]] = defaultdict(list)
        for known, entity in self._known.items():
            self._file(known, entity)
        everyone = [one for each in found.values() for one in each]
        self._lands = lands(everyone)
        found = {
            number: [less_land(one, self._lands) for one in each] for number, each in found.items()
        }
        everyone = [one for each in found.values() for one in each]
        for name in _accepted(everyone):
            self._place(name)
        self._by_surname = self._surnames()
        self._by_first = self._first_names()
        self._single(everyone)
        assigned = {number: list(self._mentions(each)) for number, each in found.items()}
        ids = self._ids()
        self.mentions = {
            number: tuple(Mention(span, ids[id(entity)]) for span, entity in each)
            for number, each in assigned.items()
        }
        self.persons = self._persons(ids)

    def _place(self, name: tuple[str, ...]) -> None:
        """Put a full name with the person it is one name of, or make a new one."""
        if name in self._known:
            return
        fitting = self._fitting(name)
        if len(fitting) == 1:
            entity = fitting[0]
        else:
            entity = _Entity()
            self._entities.append(entity)
        entity.names[name] += 0
        self._known[name] = entity
        self._file(name, entity)

    def _file(self, name: tuple[str, ...], entity: _Entity) -> None:
        """Index a name by the consonants of its words, so that only like names are compared."""
        for word in core(name):
            same = self._like[keys.bones(word)]
            if entity not in same[-1:]:
                same.append(entity)

    def _fitting(self, name: Sequence[str]) -> list[_Entity]:
        """The persons one of whose names may be another spelling of this."""
        like = {id(one): one for word in core(name)[1:] for one in self._like[keys.bones(word)]}
        return [one for one in like.values() if any(one_person(name, known) for known in one.names)]

    def _surnames(self) -> dict[str, list[_Entity]]:
        table: dict[str, list[_Entity]] = defaultdict(list)
        for entity in self._entities:
            for name in entity.names:
                for word in _surname_words(name):
                    if entity not in table[keys.stem(word)]:
                        table[keys.stem(word)].append(entity)
        return table

    def _first_names(self) -> dict[str, list[_Entity]]:
        """Who may be called by a first word, as Malay, Thai or Burmese names are."""
        table: dict[str, list[_Entity]] = defaultdict(list)
        for entity in self._entities:
            for word in {keys.key(core(name)[0]) for name in entity.names if len(core(name)) > 1}:
                table[word].append(entity)
        return table

    def _single(self, everyone: Sequence[Candidate]) -> None:
        """Names of one word that nobody's full name explains become persons of their own."""
        backed = [
            one for one in everyone
            if len(core(one.words)) == 1 and one.score >= ENOUGH and not nobody(one.words[-1])
        ]  # fmt: skip
        strong = {one.words for one in backed if one.titled and _surname_like(one)}
        strong |= _speaking_alone(backed, everyone)
        for name in sorted(strong):
            if name in self._known or len(name[-1]) < 3 or keys.stem(name[-1]) in self._lands:
                continue
            if self._bearers(name[-1]) or self._by_first.get(keys.key(name[-1])):
                continue
            entity = _Entity()
            entity.names[name] += 0
            self._entities.append(entity)
            self._known[name] = entity
            self._by_surname[keys.stem(core(name)[-1])].append(entity)

    def _bearers(self, word: str) -> list[_Entity]:
        own = core([word])[-1]
        found = [one for one in self._by_surname.get(keys.stem(own), []) if _bears(one, word)]
        return found or self._in_other_script(own)

    def _in_other_script(self, word: str) -> list[_Entity]:
        """Who bears a surname of the same four consonants or more in the other script only."""
        bones = keys.bones(word)
        like = self._like.get(bones, []) if len(bones) >= _TELLING else []
        return [one for one in like if all(_other_script(word, name[-1]) for name in one.names)]

    def _mentions(self, each: Sequence[Candidate]) -> Iterable[tuple[Span, _Entity]]:
        here: dict[int, tuple[int, int]] = {}  # how often, and where last
        for one in each:
            entity = self._who(one, here)
            if entity is not None:
                times, _ = here.get(id(entity), (0, 0))
                here[id(entity)] = (times + 1, one.span.start)
                entity.names[one.words] += 1
                yield (one.last_word if self._only_last(one) else one.span), entity

    def _who(self, one: Candidate, here: Mapping[int, tuple[int, int]]) -> _Entity | None:
        known = self._known.get(one.words)
        if known is not None and (len(one.words) > 1 or not self._bearers(one.words[-1])):
            return known if one.score > -4 else None
        if len(core(one.words)) > 1:
            return self._longer(one) or self._doubled(one)
        if one.score <= -4:
            return None
        bearers = self._bearers(one.words[-1]) or self._called(one, here)
        if len(bearers) > 1:
            present = [entity for entity in bearers if id(entity) in here]
            return max(present, key=lambda each: here[id(each)], default=None)
        return bearers[0] if bearers else None

    def _called(self, one: Candidate, here: Mapping[int, tuple[int, int]]) -> list[_Entity]:
        """Who is called by this first word: met here before, or the only one, if it speaks."""
        called = self._by_first.get(keys.key(one.words[-1]), [])
        met = [entity for entity in called if id(entity) in here]
        if len(met) == 1 or (len(called) == 1 and one.score >= ENOUGH):
            return met or called
        return []

    def _only_last(self, one: Candidate) -> bool:
        """A sentence's first word stands before a surname: only the surname is the name."""
        return len(one.words) > 1 and one.words not in self._known and self._first_word(one)

    def _first_word(self, one: Candidate) -> bool:
        return one.initial and len(one.words) == 2 and keys.given(one.words[0]) is None

    def _longer(self, one: Candidate) -> _Entity | None:
        """A name of several words that nobody accepted: it may be one of a person's names."""
        if self._first_word(one) and len(self._bearers(one.words[-1])) == 1:
            return self._bearers(one.words[-1])[0]
        fitting = self._fitting(one.words)
        return fitting[0] if len(fitting) == 1 and one.score > -4 else None

    def _doubled(self, one: Candidate) -> _Entity | None:
        """A surname of two words alone (“Osei-Lartey said”): the one whose names end in it."""
        own = [keys.stem(word) for word in core(one.words)]
        ends = [
            entity for entity in self._entities if len(one.words) == 1 and any(
                [keys.stem(word) for word in core(name)][-len(own) :] == own
                for name in entity.names if len(core(name)) > len(own)
            )
        ]  # fmt: skip
        return ends[0] if len(ends) == 1 else None

    def _ids(self) -> dict[int, str]:
        """An id per person, from the name met first; stable for the same set of documents."""
        taken: Counter[str] = Counter()
        out: dict[int, str] = {}
        for entity in self._entities:
            if not any(entity.names.values()):
                continue
            name = slug(entity.entry.name if entity.entry else " ".join(entity.full))
            taken[name] += 1
            out[id(entity)] = f"p:{name}" + (f"-{taken[name]}" if taken[name] > 1 else "")
        return out

    def _persons(self, ids: Mapping[int, str]) -> tuple[Person, ...]:
        persons = []
        for entity in self._entities:
            met = [name for name in entity.names if entity.names[name] > 0]
            if not met:
                continue
            aliases = sorted({shown(name) for name in met}, key=lambda name: (-len(name), name))
            persons.append(
                Person(
                    id=ids[id(entity)],
                    name=entity.entry.name if entity.entry else shown(entity.full),
                    aliases=tuple(aliases),
                    side=entity.entry.side if entity.entry else None,
                )
            )
        return tuple(sorted(persons, key=lambda person: person.id))


_TELLING = 4


def _other_script(one: str, other: str) -> bool:
    apart = bool(CYRILLIC.search(one)) != bool(CYRILLIC.search(other))
    return apart and keys.bones(one) == keys.bones(core([other])[-1])


def _from_roster(entry: Entry) -> _Entity:
    entity = _Entity(entry=entry)
    for name in (entry.name, *entry.aliases):
        entity.names[tuple(name.split())] += 0
    return entity


def _accepted(everyone: Sequence[Candidate]) -> list[tuple[str, ...]]:
    """Names of two words or more that enough speaks for somewhere, most telling first."""
    best: dict[tuple[str, ...], int] = {}
    worst: dict[tuple[str, ...], int] = {}
    for one in everyone:
        if len(core(one.words)) > 1:
            best[one.words] = max(best.get(one.words, -9), one.score)
            worst[one.words] = min(worst.get(one.words, 9), one.score)
    surnames = {keys.stem(core(name)[-1]) for name in best if keys.given(name[0]) is not None}
    within = {one.words for one in everyone if not one.initial}
    good = [
        name
        for name in best
        if best[name] >= ENOUGH
        and best[name] + min(0, worst[name]) > -1
        and not _begins_sentence(name, within, surnames)
    ]
    return sorted(good, key=lambda name: (-len(name), -best[name], name))


def _begins_sentence(
    name: tuple[str, ...], within: set[tuple[str, ...]], surnames: set[str]
) -> bool:
    """“Yesterday Brandt”: met at a sentence's beginning only, no given name, a known surname."""
    unknown = name not in within and keys.given(name[0]) is None
    return len(name) == 2 and unknown and keys.stem(name[-1]) in surnames


_COMMON_ENDING = re.compile(r"(?:s|ing|ed|ly|ion|ment|ity|ness)$")
_SURNAME = re.compile(
    r"(?:[оеє]в|[иіы]н|ськ|ск|цьк|цк|енк|ук|юк|як|ян|дзе|швілі|швили|ко|ич|ер|ан|он|ль|ар|ій|о|оф)$"
)


def _surname_like(one: Candidate) -> bool:
    """In Cyrillic a title stands before its country as well; a surname is known by its ending."""
    word = one.words[-1]
    return not CYRILLIC.search(word) or bool(_SURNAME.search(word)) or one.score > 4


def _speaking_alone(
    backed: Sequence[Candidate], everyone: Sequence[Candidate]
) -> set[tuple[str, ...]]:
    """Single words that speak twice or more, and stand elsewhere than at a sentence's beginning."""
    against = {one.words for one in everyone if one.score < 0}
    within = {one.words for one in everyone if not one.initial}
    return {
        one.words
        for one in backed
        if one.words not in against
        and _surname_like(one)
        and (one.words in within or not _COMMON_ENDING.search(one.words[-1].lower()))
        and not speaker_noun(one.words[-1].lower())
    }


def _surname_words(name: Sequence[str]) -> tuple[str, ...]:
    """The words a person may be called by alone."""
    own = core(name)
    if len(own) == 1:
        return own
    if own[0].lower() in FAMILY_FIRST and len(own) < 4:
        return (own[0], own[-1])
    return own[1:]


def _bears(entity: _Entity, word: str) -> bool:
    """Whether one of the person's names has this word, script and ending considered."""
    return any(
        _same_surname(core([word])[-1], own)
        for name in entity.names
        for own in _surname_words(name)
    )
