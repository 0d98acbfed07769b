"""The same slot in several accounts: agree, differ (and how), or told by one alone.

`COMPARERS` is the registry: each looks at one kind of slot over all documents. What differs by
framing or by what it refers to is shown for a person to decide; nothing is merged or chosen.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from truceline.talks.reading import keys
from truceline.talks.reading.document import Span
from truceline.talks.reading.names import party
from truceline.talks.reading.people import Person, core
from truceline.talks.reading.reading import Evidence, Fact, Read, Said, Statement, Variant
from truceline.talks.reading.segment import BODY
from truceline.talks.reading.words import slots

Names = Mapping[str, str]
Found = Sequence[tuple[str, Evidence]]


def align(reads: Sequence[Read], persons: Sequence[Person]) -> tuple[Fact, ...]:
    """Every slot that at least one account fills, in the order of the registry, then of slots."""
    names = {person.id: person.name for person in persons}
    readable = [one for one in reads if one.segments]
    return tuple(fact for compare in COMPARERS.values() for fact in compare(readable, names))


def _evidence(one: Read, span: Span) -> Evidence:
    return Evidence(file=one.document.file, span=span, text=span.of(one.document.raw))


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


def _dates(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """A day whose weekday or year does not fit: both readings."""
    for one in reads:
        for day in one.days:
            if day.clash and day.value:
                evidence = _evidence(one, day.span)
                slot = f"date:{one.document.file}:{day.span.start}"
                yield _fact(
                    slot, "which_day", "value", [(day.value, evidence), (day.clash, evidence)]
                )


def _titles(reads: Sequence[Read], names: Names) -> Iterator[Fact]:
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for role in one.roles:
            found[role.person].append(
                (_title(role.span.of(one.document.raw)), _evidence(one, role.span))
            )
    for person in sorted(found, key=lambda each: names[each]):
        yield _fact(f"title:{person}", "which_office", "title", found[person])


_TITLE_DROPS = re.compile(
    r"\b(?:the|a|an|his|her|its|us|u\.s\.|russian|ukrainian|senior|former|top|’s|'s)\b|[’']s\b"
)


def _title(text: str) -> str:
    """An office in lower case, without article and nation, for comparing only."""
    return " ".join(_TITLE_DROPS.sub(" ", text.lower()).split()).removesuffix("s") or text.lower()


def _spellings(reads: Sequence[Read], names: Names) -> Iterator[Fact]:
    found: dict[str, dict[str, list[tuple[str, Evidence]]]] = defaultdict(lambda: defaultdict(list))
    for one in reads:
        for mention in one.mentions:
            word = core(mention.span.of(one.document.raw).split())[-1]
            found[mention.person][keys.stem(word)].append((word, _evidence(one, mention.span)))
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


def _delegations(reads: Sequence[Read], names: Names) -> Iterator[Fact]:
    """Who sat for whom: the names an account lists for a party, compared as sets."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for code, listed, span in _lists(one):
            value = ", ".join(sorted(names[each] for each in listed))
            found[code].append((value, _evidence(one, span)))
    for code in sorted(found):
        yield _fact(f"delegation:{code}", "who_sat", "subset", found[code])


def _lists(one: Read) -> Iterator[tuple[str, list[str], Span]]:
    """(party, persons, place) of every list of delegates in an account."""
    text = one.document.text
    starts = [mention.span.start for mention in one.mentions]
    for sentence in _sentences(one):
        piece = sentence.of(text)
        if not _DELEGATION.search(piece):
            continue
        for code, span in _clauses(piece, sentence):
            listed = [
                one.mentions[at].person for at, start in enumerate(starts)
                if span.start <= start < span.end and not _owner(text, one.mentions[at].span.end)
            ]  # fmt: skip
            if listed:
                yield code, list(dict.fromkeys(listed)), span


def _owner(text: str, end: int) -> bool:
    return text[end : end + 2] in {"’s", "'s"}


def _sentences(one: Read) -> Iterator[Span]:
    text = one.document.text
    for segment in one.segments:
        if segment.kind != BODY:
            continue
        start = segment.span.start
        for cut in re.finditer(r"(?<![A-Z])[.!?](?=\s+[A-ZА-ЯІЇЄҐ“«\"])", segment.span.of(text)):
            yield Span(start, segment.span.start + cut.end())
            start = segment.span.start + cut.end()
        yield Span(start, segment.span.end)


_PARTY_HEAD = re.compile(
    r"\b(?P<who>[A-ZА-ЯІЇЄҐ][\w.’']*?(?:\s[A-Z][\w.]*)?)(?:[’']s)?(?:\s+delegation|\s+(?:was|"
    r"is|were)\s+represented|\s+sent|\s+team|:)|"
    r"[;,]\s+(?:and\s+)?(?P<other>[A-Z][\w.]+)[’']s\s"
)


def _clauses(piece: str, sentence: Span) -> Iterator[tuple[str, Span]]:
    """The pieces of a sentence that each list one party's people."""
    heads = []
    for found in _PARTY_HEAD.finditer(piece):
        code = party(found["who"] or found["other"] or "")
        if code:
            heads.append((found.start(), code))
    for at, (start, code) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(piece)
        yield code, Span(sentence.start + start, sentence.start + end)


def _next_steps(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    found: list[tuple[str, Evidence]] = []
    for one in reads:
        for told in one.facts:
            if told.proposal.kind == "next_steps":
                fields = told.proposal.fields
                when = f" {fields['date']}" if fields["date"] else ""
                found.append((f"{fields['certainty']}{when}", _evidence(one, told.proposal.span)))
    if found:
        yield _fact("next_round", "what_next", "certainty", found)


def _durations(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """How long the same people met, where two accounts name two of them and a length."""
    told = [
        (_near(one, counted.number.span), counted.number, one)
        for one in reads
        for counted in one.numbers
        if counted.number.unit in {"hour", "minute"}
    ]
    for people in sorted(
        {tuple(sorted(a & b)) for a, _, _ in told for b, _, _ in told if len(a & b) > 1}
    ):
        found = [
            (f"{number.comparator} {number.value:g} {number.unit}", _evidence(one, number.span))
            for near, number, one in told if set(people) <= near
        ]  # fmt: skip
        yield _fact(f"duration:{'+'.join(people)}", "how_long", "value", found)


def _near(one: Read, span: Span) -> frozenset[str]:
    sentence = next((each for each in _sentences(one) if span.within(each)), span)
    return frozenset(mention.person for mention in one.mentions if mention.span.within(sentence))


def _numbers(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """Counts of the same thing by what is counted; only what two accounts count is compared."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for counted in one.numbers:
            number = counted.number
            if number.unit is None and number.what:
                thing = number.what.split()[-1]
                found[thing].append(
                    (f"{number.comparator} {number.value:g}", _evidence(one, number.span))
                )
    for thing in sorted(found):
        if len({evidence.file for _, evidence in found[thing]}) > 1:
            yield _fact(f"number:{thing}", "how_many", "value", found[thing])


def _states(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """What is said of an instrument: a state over time is not a conflict, so the kind is time."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for told in one.facts:
            if told.proposal.kind == "instruments" and told.proposal.fields["about"]:
                about = str(told.proposal.fields["about"])
                found[about].append(
                    (str(told.proposal.fields["state"]), _evidence(one, told.proposal.span))
                )
    for about in sorted(found):
        yield _fact(f"instrument:{about}", "which_state", "time", found[about])


def _outcomes(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for fact in one.facts:
            fields = fact.proposal.fields
            if fact.proposal.kind == "outcomes" and fields["issue"]:
                found[str(fields["issue"])].append(
                    (str(fields["outcome"]), _evidence(one, fact.proposal.span))
                )
    for issue in sorted(found):
        yield _fact(f"outcome:{issue}", "what_came_of_it", "value", found[issue])


def _channels(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """One quotation given by several accounts: by which channel each says it came."""
    shared: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    longer: dict[str, str] = {}
    for one in reads:
        for quote in one.quotes:
            words = re.findall(r"\w+", quote.span.of(one.document.raw).lower())
            if quote.via and len(words) > 5 and quote.speaker:
                key = longer.setdefault(" ".join(words[:6]), " ".join(words[:6]))
                shared[f"{quote.speaker}:{key}"].append(
                    (quote.via.channel, _evidence(one, quote.span))
                )
    for key in sorted(shared):
        if len({evidence.file for _, evidence in shared[key]}) > 1:
            yield _fact(f"channel:{key}", "which_channel", "channel", shared[key])


def _framings(reads: Sequence[Read], _names: Names) -> Iterator[Fact]:
    """Words for one thing that say different things of it, one evidence per account and word."""
    for topic, table in slots.FRAMINGS.items():
        found = []
        for one in reads:
            for code, pattern in table:
                span = _first(one, pattern)
                if span is not None:
                    found.append((code, _evidence(one, span)))
        if found:
            yield _fact(f"framing:{topic}", "which_words", "framing", found)


def _first(one: Read, pattern: re.Pattern[str]) -> Span | None:
    """The first place outside quotations where a pattern stands in the body."""
    for segment in one.segments:
        if segment.kind != BODY:
            continue
        for found in pattern.finditer(one.document.text, segment.span.start, segment.span.end):
            span = Span(*found.span())
            if not any(span.within(quote.span) for quote in one.quotes):
                return span
    return None


_MET = re.compile(r"\b(?:meeting|talks|conversation|call|negotiations)\b", re.IGNORECASE)


def _referents(reads: Sequence[Read], names: Names) -> Iterator[Fact]:
    """What a speaker's words are about: accounts that name different meetings for one speaker."""
    found: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for one in reads:
        for sentence in _sentences(one):
            piece = sentence.of(one.document.text)
            if not _MET.search(piece):
                continue
            speakers = _speakers_in(one, sentence)
            met = (
                frozenset(
                    mention.person for mention in one.mentions if mention.span.within(sentence)
                )
                - speakers
            )
            for speaker in speakers:
                value = ", ".join(sorted(names[each] for each in met)) or "the talks"
                found[speaker].append((value, _evidence(one, sentence)))
    for speaker in sorted(found, key=lambda each: names[each]):
        fact = _fact(f"referent:{speaker}", "about_which_meeting", "referent", found[speaker])
        if fact.status == "differs" and len({e.file for _, e in found[speaker]}) > 1:
            yield fact


def _speakers_in(one: Read, sentence: Span) -> frozenset[str]:
    said: list[Said | Statement] = [*one.quotes, *one.statements]
    return frozenset(
        each.speaker for each in said
        if each.speaker and each.speaker.startswith("p:") and each.cue and each.cue.within(sentence)
    )  # fmt: skip


COMPARERS: Mapping[str, Callable[[Sequence[Read], Names], Iterable[Fact]]] = {
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
