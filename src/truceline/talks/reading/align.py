"""The same slot in several accounts: agree, differ (and how), or told by one alone.

`COMPARERS` is the registry: each looks at one kind of slot over all documents. What differs by
framing or by what it refers to is shown for a person to decide; nothing is merged or chosen.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from truceline.talks.reading import keys
from truceline.talks.reading.accounts import Account
from truceline.talks.reading.document import Span
from truceline.talks.reading.lands import core
from truceline.talks.reading.parties import party
from truceline.talks.reading.people import Person
from truceline.talks.reading.reading import Evidence, Fact, Read, Variant
from truceline.talks.reading.words import slots

Names = Mapping[str, str]
Found = Sequence[tuple[str, Evidence]]


def align(reads: Sequence[Read], persons: Sequence[Person]) -> tuple[Fact, ...]:
    """Every slot that at least one account fills, in the order of the registry, then of slots."""
    names = {person.id: person.name for person in persons}
    readable = [Account(one) for one in reads if one.segments]
    return tuple(fact for compare in COMPARERS.values() for fact in compare(readable, names))


def _fact(slot: str, question: str, kind: str, found: Found) -> Fact:
    """One slot from (value, evidence) pairs; the kind counts only where values differ."""
    by_value: dict[str, list[Evidence]] = {}
    for value, evidence in found:
        by_value.setdefault(value, []).append(evidence)
    files = {evidence.file for _, evidence in found}
    status = "differs" if len(by_value) > 1 else "agree" if len(files) > 1 else "single"
    return Fact(
        slot=slot, question=question, status=status, kind=kind if status == "differs" else None,
        variants=tuple(Variant(value=one, evidence=tuple(each)) for one, each in by_value.items()),
    )  # fmt: skip


def _dates(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    """A day whose weekday or year does not fit: both readings, each with all that says so."""
    named: dict[str, list[Evidence]] = defaultdict(list)
    found: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for one in accounts:
        for day in one.read.days:
            if day.value and not day.clash:
                named[day.value].append(one.evidence(day.span))
            elif day.value and day.clash:
                found[one.file, day.value, day.clash].append(one.evidence(day.span))
    for (file, value, clash), told in found.items():
        readings = [(value, each) for each in told]
        readings += [(clash, each) for each in named[clash] or told]
        yield _fact(f"date:{value}:{file}", "which_day", "value", readings)


def _titles(accounts: Sequence[Account], names: Names) -> Iterator[Fact]:
    """The offices accounts give a person, each in the words it was first met in."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    worded: dict[tuple[str, str], str] = {}
    for one in accounts:
        for role in one.read.roles:
            text = role.span.of(one.text)
            first = worded.setdefault((role.person, _title(text)), text)
            found[role.person].append((first, one.evidence(role.span)))
    for person in sorted(found, key=lambda each: names[each]):
        yield _fact(f"title:{person}", "which_office", "title", found[person])


# Articles, nations and the gender of a spokesman make no other office.
_TITLE_DROPS = re.compile(
    r"(?<![\w.])(?:the|a|an|his|her|its|us|u\.s\.|russian?|ukrainian|senior|former|top)(?![\w.])|"
    r"[’']s\b|(?<=spokes)(?:man|woman|person)\b"
)


def _title(text: str) -> str:
    """An office in lower case, without article and nation, for comparing only."""
    return " ".join(_TITLE_DROPS.sub(" ", text.lower()).split()).removesuffix("s") or text.lower()


def _spellings(accounts: Sequence[Account], names: Names) -> Iterator[Fact]:
    found: dict[str, dict[str, list[tuple[str, Evidence]]]] = defaultdict(lambda: defaultdict(list))
    for one in accounts:
        for mention in one.read.mentions:
            word = core(mention.span.of(one.text).split())[-1]
            found[mention.person][keys.stem(word)].append((word, one.evidence(mention.span)))
    for person in sorted(found, key=lambda each: names[each]):
        for stem in sorted(found[person]):
            fact = _fact(
                f"spelling:{person}:{stem}", "which_spelling", "spelling", found[person][stem]
            )
            if fact.status == "differs":
                yield fact


_DELEGATION = re.compile(
    r"delegation|represent(?:ed|atives)|sent |headed by|led by|participants|included|team\b|"
    r"делегац|представля|очол|возглав",
    re.IGNORECASE,
)


def _delegations(accounts: Sequence[Account], names: Names) -> Iterator[Fact]:
    """Who sat for whom: all an account lists for a party, compared as sets."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        sat: dict[str, list[tuple[list[str], Span]]] = defaultdict(list)
        for code, persons, span in _lists(one):
            sat[code].append((persons, span))
        for code, each in sat.items():
            listed = sorted({names[person] for persons, _ in each for person in persons})
            longest = max(each, key=lambda pair: len(pair[0]))
            found[code].append((", ".join(listed), one.evidence(longest[1])))
    for code in sorted(found):
        yield _fact(f"delegation:{code}", "who_sat", "subset", found[code])


def _lists(one: Account) -> Iterator[tuple[str, list[str], Span]]:
    """(party, persons, place) of every list of delegates in an account."""
    for sentence in one.sentences:
        piece = sentence.of(one.text)
        if not _DELEGATION.search(piece):
            continue
        told = one.speakers(sentence)
        for code, span in _clauses(piece, sentence):
            sat = [
                each.person
                for each in one.mentions(span)
                if each.person not in told and not _owner(one.text, each.span.end)
            ]
            if sat:
                yield code, list(dict.fromkeys(sat)), span


_OWNS = re.compile(r"[’']s\b|\s+(?:envoy|adviser|advisor|aide|administration)s?\b")


def _owner(text: str, end: int) -> bool:
    """Whether the name only says whose envoy or office it is."""
    return bool(_OWNS.match(text, end))


_WORD = re.compile(r"(?:[A-Z]\.){2,}|[\w-]+")
_SITS = re.compile(
    r"(?:[’']s)?\s+(?:[\w-]+\s+){0,4}?(?:delegation|team|side|officials?|envoys?|negotiators?|chief|"
    r"represent\w*|sent|was|is|were|делегац\w*|сторон\w*|представля\w*|очол\w*|возглав\w*)\b"
)


def _clauses(piece: str, sentence: Span) -> Iterator[tuple[str, Span]]:
    """The pieces of a sentence that each list one party's people."""
    heads: list[tuple[int, str]] = []
    for found in _WORD.finditer(piece):
        code = party(found.group())
        if code and _SITS.match(piece, found.end()) and (not heads or heads[-1][1] != code):
            heads.append((found.start(), code))
    for at, (start, code) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(piece)
        yield code, Span(sentence.start + start, sentence.start + end)


def _next_steps(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    found: list[tuple[str, Evidence]] = []
    for one in accounts:
        for told in one.read.facts:
            if told.proposal.kind == "next_steps":
                fields = told.proposal.fields
                when = f" {fields['date']}" if fields["date"] else ""
                found.append((f"{fields['certainty']}{when}", one.evidence(told.proposal.span)))
    if found:
        yield _fact("next_round", "what_next", "certainty", found)


def _durations(accounts: Sequence[Account], names: Names) -> Iterator[Fact]:
    """How long the same people met: for each two named in one sentence with a length."""
    found: dict[tuple[str, ...], list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        for counted in one.read.numbers:
            number = counted.number
            if number.unit not in {"hour", "minute"}:
                continue
            value = f"{number.comparator} {number.value:g} {number.unit}"
            sentence = one.sentence_of(number.span)
            near = sorted(one.persons(sentence) - one.speakers(sentence))[:_MOST_NAMED]
            groups: list[tuple[str, ...]] = list(combinations(near, 2))
            if len(near) == 1 and slots.MEETING.search(one.text, sentence.start, sentence.end):
                groups = [(near[0],)]
            for group in groups:
                found[group].append((value, one.evidence(number.span)))
    for people in sorted(found, key=lambda each: [names[person] for person in each]):
        if len({evidence.file for _, evidence in found[people]}) > 1:
            yield _fact(f"duration:{'+'.join(people)}", "how_long", "value", found[people])


_MOST_NAMED = 8


def _numbers(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    """Counts of the same thing by what is counted; only what two accounts count is compared."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        for counted in one.read.numbers:
            number = counted.number
            if number.unit is None and number.what:
                thing = number.what.split()[-1]
                found[thing].append(
                    (f"{number.comparator} {number.value:g}", one.evidence(number.span))
                )
    for thing in sorted(found):
        if len({evidence.file for _, evidence in found[thing]}) > 1:
            yield _fact(f"number:{thing}", "how_many", "value", found[thing])


def _states(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    """What is said of an instrument: a state over time is not a conflict, so the kind is time."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        for told in one.read.facts:
            if told.proposal.kind == "instruments" and told.proposal.fields["about"]:
                about = str(told.proposal.fields["about"])
                found[about].append(
                    (str(told.proposal.fields["state"]), one.evidence(told.proposal.span))
                )
    for about in sorted(found):
        yield _fact(f"instrument:{about}", "which_state", "time", found[about])


def _outcomes(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        for fact in one.read.facts:
            fields = fact.proposal.fields
            if fact.proposal.kind == "outcomes" and fields["issue"]:
                found[str(fields["issue"])].append(
                    (str(fields["outcome"]), one.evidence(fact.proposal.span))
                )
    for issue in sorted(found):
        yield _fact(f"outcome:{issue}", "what_came_of_it", "value", found[issue])


def _channels(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    """One quotation given by several accounts: by which channel each says it came."""
    shared: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    longer: dict[str, str] = {}
    for one in accounts:
        for quote in one.read.quotes:
            words = re.findall(r"\w+", quote.span.of(one.text).lower())
            if quote.via and len(words) > 5 and quote.speaker:
                key = longer.setdefault(" ".join(words[:6]), " ".join(words[:6]))
                told = one.evidence(quote.via.span)
                shared[f"{quote.speaker}:{key}"].append((quote.via.channel, told))
    for key in sorted(shared):
        if len({evidence.file for _, evidence in shared[key]}) > 1:
            yield _fact(f"channel:{key}", "which_channel", "channel", shared[key])


def _framings(accounts: Sequence[Account], _names: Names) -> Iterator[Fact]:
    """Words for one thing that say different things of it, one evidence per account and word."""
    for topic, table in slots.FRAMINGS.items():
        found: list[tuple[str, Evidence]] = []
        for one in accounts:
            for code, pattern in table:
                found.extend((code, one.evidence(span)) for span in one.places(pattern))
        if found:
            yield _fact(f"framing:{topic}", "which_words", "framing", found)


_MET = re.compile(r"\b(?:meeting|talks|conversation|call|negotiations)\b", re.IGNORECASE)


def _referents(accounts: Sequence[Account], names: Names) -> Iterator[Fact]:
    """What a speaker's words are about: accounts that name different meetings for one speaker."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in accounts:
        for sentence in one.sentences:
            if not _MET.search(one.text, sentence.start, sentence.end):
                continue
            speakers = one.speakers(sentence)
            met = one.persons(sentence) - speakers
            for speaker in speakers:
                value = ", ".join(sorted(names[each] for each in met)) or "the talks"
                found[speaker].append((value, one.evidence(sentence)))
    for speaker in sorted(found, key=lambda each: names[each]):
        fact = _fact(f"referent:{speaker}", "about_which_meeting", "referent", found[speaker])
        if fact.status == "differs" and len({e.file for _, e in found[speaker]}) > 1:
            yield fact


COMPARERS: Mapping[str, Callable[[Sequence[Account], Names], Iterable[Fact]]] = {
    "dates": _dates,
    "next_steps": _next_steps,
    "delegations": _delegations,
    "durations": _durations,
    "outcomes": _outcomes,
    "instruments": _states,
    "numbers": _numbers,
    "titles": _titles,
    "channels": _channels,
    "referents": _referents,
    "framings": _framings,
    "spellings": _spellings,
}
