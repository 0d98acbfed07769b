"""Who said each quotation: the event that governs it, by where the two stand to each other.

1. The words right after it: “…,” the envoy said; «…», — заявил посол. Rules `after`, `inverted`.
2. The nearest event before it in its sentence: the envoy said “…”. Rule `before`.
3. Another event of its sentence. Rule `sentence`.
4. The speaker of the quotation before it in the same paragraph. Rule `goes-on`.
5. The event of the sentence before, or of the paragraph before where that ends in a colon or the
   quotation is a paragraph of its own. Rules `previous`, `paragraph`.
A quotation none of this fits has no speaker; nobody is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.talks.reading import events as ev
from truceline.talks.reading import phrases as np
from truceline.talks.reading.events import Event
from truceline.talks.reading.phrases import PREPOSITIONS, Phrase
from truceline.talks.reading.quotes import Quote
from truceline.talks.reading.tokens import Sentence
from truceline.talks.reading.words import english


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its phrases and events."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which phrase speaks, where (the number of its sentence), by which rule and verb."""

    phrase: Phrase
    sentence: int
    rule: str
    event: Event | None = None


def choose(quotes: Sequence[Quote], parsed: Sequence[Parsed]) -> dict[int, Choice]:
    """For each quotation's number the choice made; quotations without a speaker are left out."""
    out: dict[int, Choice] = {}
    for number, one in enumerate(parsed):
        if one.sentence.inside >= 0 and one.events:
            event = one.events[0]
            out[one.sentence.inside] = Choice(event.subject, number, "inside", event)
            continue
        for at, token in enumerate(one.sentence.tokens):
            if token.quote < 0:
                continue
            found = _within(one, at, number, quotes[token.quote]) or _around(
                token.quote, number, parsed, quotes, out
            )
            if found is not None:
                out[token.quote] = found
    _within_groups(quotes, out)
    _from_headlines(quotes, parsed, out)
    return out


def _within_groups(quotes: Sequence[Quote], made: dict[int, Choice]) -> None:
    """The parts of one broken quotation have the speaker that stands beside any of them."""
    told: dict[int, Choice] = {}
    for number, quote in enumerate(quotes):
        choice = made.get(number)
        if quote.group is not None and choice is not None and choice.rule in _BESIDE:
            told.setdefault(quote.group, choice)
    for number, quote in enumerate(quotes):
        choice = told.get(quote.group) if quote.group is not None else None
        if choice is not None and (number not in made or made[number].rule not in _BESIDE):
            made[number] = Choice(choice.phrase, choice.sentence, "group", choice.event)


_BESIDE = frozenset({"after", "inverted", "before", "inside"})


def _within(one: Parsed, at: int, number: int, quote: Quote) -> Choice | None:
    """Rules 1 to 3, inside the sentence."""
    after = _right_after(one, at)
    if after is not None and not _introduced(one, at):
        return Choice(after.subject, number, "inverted" if after.after else "after", after)
    before = [event for event in one.events if _governs(event) < at]
    chosen = _nearest(one, before, at) if before else None
    if chosen is not None and not _only_a_word(chosen, quote, weak=chosen.weak):
        return Choice(chosen.subject, number, "before-weak" if chosen.weak else "before", chosen)
    if after is not None:
        return Choice(after.subject, number, "after", after)
    for event in one.events:
        if event.at > at and not (event.weak or _only_a_word(event, quote, weak=_tells(event))):
            return Choice(event.subject, number, "sentence", event)
    return _name_beside(one, at, number, quote)


def _only_a_word(event: Event, quote: Quote, *, weak: bool) -> bool:
    """A word in marks behind what a party did (agreed to an “immediate” …) is not its word."""
    general = event.subject.kind in {np.PARTY, np.BODY}
    return weak and general and quote.kind in {"term", "headline"}


def _tells(event: Event) -> bool:
    return event.verb.base == "tell"


def _governs(event: Event) -> int:
    return max(event.at, event.subject.first if event.after else 0)


def _right_after(one: Parsed, at: int) -> Event | None:
    """An event whose words follow the quotation at once, marks and adverbs aside."""
    tokens = one.sentence.tokens
    begin = at + 1
    while begin < len(tokens) and (
        tokens[begin].text in ",—–-" or tokens[begin].low in english.ADVERBS
    ):
        begin += 1
    inner = tokens[at].text.rstrip("”“\"»’' \u00a0")[-1:]
    comma = inner in ",?!.…—–-" or (at + 1 < len(tokens) and tokens[at + 1].text in ",—–-")
    for event in one.events:
        first = min(event.at, event.subject.first)
        if event.rule == "participle" or event.at < at:
            continue
        if event.at == begin and (event.after or at == 0):
            return event
        if comma and (
            first == begin or (event.subject.first > at and _only_modifiers(one, begin, event))
        ):
            return event
    return None


def _only_modifiers(one: Parsed, begin: int, event: Event) -> bool:
    """Between the quotation and the subject stand only its title and what describes it."""
    between = one.sentence.tokens[begin : event.subject.first]
    if len(between) > 14 or any(token.quote >= 0 for token in between):
        return False
    joins = {"and", "but", "while", "as", "which", "that", "who", "when"}
    return not (between and between[0].low in joins) and not any(
        token.low in joins - {"and"} for token in between
    )


def _introduced(one: Parsed, at: int) -> bool:
    """Whether an event's verb right before it brings the quotation in (said: “…”, called “…”)."""
    tokens = one.sentence.tokens
    back = at - 1
    while back >= 0 and (
        tokens[back].text in ":,—" or tokens[back].low in {"that", "as", "a", "an", "the"}
    ):
        back -= 1
    return any(event.at == back and not event.after for event in one.events)


def _nearest(one: Parsed, before: Sequence[Event], at: int) -> Event:
    """The last event before; what it tells may itself have gone on to another deed."""
    last = before[-1]
    strong = [event for event in before if not event.weak]
    if last.weak and strong:
        last = strong[-1]
    outer = [event for event in before if event.at < last.at and not event.weak]
    if outer and outer[-1].subject is not last.subject and _left(one, last, at):
        return outer[-1]
    return last


def _left(one: Parsed, event: Event, at: int) -> bool:
    """Whether the sentence has left what this event says for another deed (“and backed it”)."""
    tokens = one.sentence.tokens
    for n in range(_governs(event) + 1, at - 1):
        if (
            tokens[n].low == "and"
            and tokens[n + 1].low.endswith("ed")
            and tokens[n + 1].low[:1].islower()
        ):
            return not any(each.at == n + 1 and not each.weak for each in one.events)
    return False


def _name_beside(one: Parsed, at: int, number: int, quote: Quote) -> Choice | None:
    """“‘…’: Name”, “Name: ‘…’”, “‘…’ – Name”; else, but for terms, the sentence's subject."""
    tokens = one.sentence.tokens
    for found in one.phrases:
        if found.kind == np.PERSON and found.last == at - 1 and tokens[at - 1].possessive:
            return Choice(found, number, "possessive")
        joined = {found.first - 1, found.first - 2} & {at + 1, at} or found.last == at - 1
        mark = tokens[found.first - 1].text if found.first > at else tokens[at - 1].text
        if joined and mark in ":—–-|":
            return Choice(found, number, "colon")
    if quote.kind == "term" or not one.phrases:
        return None
    free = [each for each in ev.subjects(tokens, one.phrases) if each.last <= at]
    if free and free[0].kind not in {np.PARTY, np.BODY}:
        return Choice(free[0], number, "subject")
    return None


def _around(
    number_of_quote: int,
    number: int,
    parsed: Sequence[Parsed],
    quotes: Sequence[Quote],
    made: Mapping[int, Choice],
) -> Choice | None:
    """Rules 4 and 5, outside the sentence."""
    if (told := _ahead(number, parsed, only_of_this=True)) is not None:
        return told
    if quotes[number_of_quote].kind in {"term", "headline"}:
        return None
    here = parsed[number].sentence
    same = number > 0 and parsed[number - 1].sentence.paragraph == here.paragraph
    going_on = _going_on(number_of_quote, here, parsed, quotes, made)
    if going_on is not None:
        return going_on
    if same:
        return _of_previous(parsed[number - 1], number - 1, "previous")
    ahead = _ahead(number, parsed)
    if ahead is None and number and _alone(here):
        return _of_paragraph(number, parsed)
    return ahead


def _going_on(
    number_of_quote: int,
    here: Sentence,
    parsed: Sequence[Parsed],
    quotes: Sequence[Quote],
    made: Mapping[int, Choice],
) -> Choice | None:
    """The speaker of the quotation before, of the same paragraph or of one broken in parts."""
    before = made.get(number_of_quote - 1)
    if before is None:
        return None
    group = quotes[number_of_quote].group
    if group is not None and quotes[number_of_quote - 1].group == group:
        return Choice(before.phrase, before.sentence, "group", before.event)
    if parsed[before.sentence].sentence.paragraph == here.paragraph:
        return Choice(before.phrase, before.sentence, "goes-on", before.event)
    return None


def _of_previous(previous: Parsed, number: int, rule: str) -> Choice | None:
    if previous.events:
        event = previous.events[0] if not previous.events[0].weak else previous.events[-1]
        return Choice(event.subject, number, rule, event)
    free = [
        one
        for one in ev.subjects(previous.sentence.tokens, previous.phrases)
        if one.kind != np.PARTY
    ]
    return Choice(free[0], number, rule + "-subject") if free else None


def _ahead(number: int, parsed: Sequence[Parsed], *, only_of_this: bool = False) -> Choice | None:
    """“…” Another sentence of the same paragraph says at its beginning who spoke."""
    if number + 1 >= len(parsed):
        return None
    following = parsed[number + 1]
    if following.sentence.paragraph != parsed[number].sentence.paragraph:
        return None
    words = [token.low for token in following.sentence.tokens[:2]]
    of_this = words in (["об", "этом"], ["про", "це"], ["о", "чем"])
    for event in following.events if of_this or not only_of_this else ():
        if not event.weak and (of_this or min(event.at, event.subject.first) <= 3):
            return Choice(event.subject, number + 1, "ahead", event)
    return None


def _alone(here: Sentence) -> bool:
    """Whether the sentence is hardly more than the quotation."""
    return sum(1 for token in here.tokens if token.word) <= 2


def _of_paragraph(number: int, parsed: Sequence[Parsed]) -> Choice | None:
    """The last one to speak in the paragraph before."""
    paragraph = parsed[number - 1].sentence.paragraph
    at = number - 1
    while at >= 0 and parsed[at].sentence.paragraph == paragraph:
        strong = [event for event in parsed[at].events if not event.weak]
        if strong:
            colon = parsed[number - 1].sentence.tokens[-1].text == ":"
            event = strong[-1] if colon else strong[0]
            return Choice(event.subject, at, "colon-before" if colon else "paragraph", event)
        at -= 1
    return None


def _from_headlines(
    quotes: Sequence[Quote], parsed: Sequence[Parsed], made: dict[int, Choice]
) -> None:
    """A headline's words that stand in a quotation of the body are that quotation's speaker's."""
    texts = {
        token.quote: token.text
        for one in parsed
        for token in one.sentence.tokens
        if token.quote >= 0
    }
    for number, text in texts.items():
        if number in made or quotes[number].kind != "headline":
            continue
        bare = text.strip("“”\"‘’'«»., ").lower()
        for other, longer in texts.items():
            if other != number and other in made and len(bare) > 8 and bare in longer.lower():
                made[number] = Choice(
                    made[other].phrase, made[other].sentence, "headline", made[other].event
                )
                break


__all__ = ["PREPOSITIONS", "Choice", "Parsed", "choose"]
