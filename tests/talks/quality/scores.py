"""A reading held against a key: the measures of the goals table, each a share or a count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from tests.talks.quality.key import NESTED, Day, Difference, Key, Mention, Place, Quote

Fields = Mapping[str, Any]
ITEMS = (
    "quotes", "statements", "mentions", "roles", "numbers",
    "meetings", "positions", "outcomes", "next_steps", "instruments",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """The goals table of one set; shares lie between 0 and 1, None where there is nothing to share."""

    body: float
    found: float
    mention: float | None
    joint: float
    high_precision: float | None
    high_coverage: float
    persons: float
    persons_precision: float
    dates: float | None
    differing: int
    differing_of: int
    teasers: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One document's key beside its reading."""

    key: Key
    read: Fields

    @property
    def said(self) -> list[Fields]:
        """The quotations read, less the nested ones and those the key does not score."""
        unscored = [quote for quote in self.key.quotes if not quote.scored]
        return [
            quote for quote in self.read["quotes"]
            if quote["kind"] != NESTED and not any(_same(one, quote) for one in unscored)
        ]  # fmt: skip

    def found(self) -> list[tuple[Quote, Fields]]:
        """Quotations of the key that were read with exactly their place."""
        return [(one, read) for one in self.key.scored for read in self.said if _same(one, read)]


def score(keys: Sequence[Key], reading: Fields, points: Sequence[Difference] = ()) -> Scores:
    """Hold a reading (the object `truceline read --json` prints) against the keys of its files."""
    pairs = pair(keys, reading)
    who = persons_meant(pairs)
    found = [(one, read) for each in pairs for one, read in each.found()]
    wanted = sum(len(each.key.scored) for each in pairs)
    said = [quote for each in pairs for quote in each.said]
    right = [read for one, read in found if right_speaker(one, read, who)]
    high = [quote for quote in said if quote["confidence"] == "high"]
    right_high = [quote for quote in right if quote["confidence"] == "high"]
    named = [(one, read) for one, read in found if one.speaker.mention]
    persons, persons_precision = bcubed(pairs)
    surfaced = [point for point in points if surfaces(point, reading["facts"])]
    return Scores(
        body=body(pairs),
        found=f1(len(found), len(said), wanted),
        mention=share(sum(right_mention(one, read) for one, read in named), len(named)),
        joint=f1(len(right), len(said), wanted),
        high_precision=share(len(right_high), len(high)),
        high_coverage=share(len(high), len(said)) or 0.0,
        persons=persons,
        persons_precision=persons_precision,
        dates=days(pairs),
        differing=len(surfaced),
        differing_of=len(points),
        teasers=sum(1 for _ in from_teasers(pairs)),
    )


def pair(keys: Sequence[Key], reading: Fields) -> list[Pair]:
    """Each key with the reading of its file; the bytes read must be those the key was made on."""
    by_name = {PurePath(read["file"]).name: read for read in reading["documents"]}
    out = []
    for key in keys:
        read = by_name[key.file]
        if read["sha256"] != key.sha256:
            raise ValueError(f"{key.file}: the key was made on other bytes than those read")
        out.append(Pair(key, read))
    return out


def f1(right: int, given: int, wanted: int) -> float:
    """Harmonic mean of right/given and right/wanted; 1 where nothing was wanted or given."""
    return 2 * right / (given + wanted) if given + wanted else 1.0


def share(part: int, whole: int) -> float | None:
    """Part of whole, None where there is no whole."""
    return part / whole if whole else None


def place(read: Fields) -> Place:
    """The place of anything read."""
    return Place(start=read["start"], end=read["end"])


def _same(one: Place, read: Fields) -> bool:
    return bool(one.start == read["start"] and one.end == read["end"])


def body(pairs: Sequence[Pair]) -> float:
    """F1 over code points of body lines; the white space between segments is nobody's."""
    right = given = wanted = 0
    for each in pairs:
        want = _points(line for line in each.key.lines if line.kind == "body")
        read = (place(one) for one in each.read["segments"] if one["class"] == "body")
        got = _points(read) & _points(each.key.lines)
        right, given, wanted = right + len(want & got), given + len(got), wanted + len(want)
    return f1(right, given, wanted)


def _points(places: Iterable[Place]) -> set[int]:
    return {at for one in places for at in range(one.start, one.end)}


def right_mention(one: Quote, read: Fields) -> bool:
    """Whether the words taken for the speaker's mention share a character with the key's."""
    mention = read["speaker"]["mention"]
    return bool(mention and one.speaker.mention and one.speaker.mention.meets(place(mention)))


def right_speaker(one: Quote, read: Fields, who: Mapping[str, str]) -> bool:
    """Whether the quotation is given to the right one.

    A person is right by identity, whatever words named them. Nobody is right as nobody. A body, a
    party or an unnamed source is right when it is not taken for a person and its words are found.
    """
    ref, given = one.speaker.ref, read["speaker"]["ref"]
    if ref is None or given is None:
        return ref is given
    if ref.startswith("p:") or given.startswith("p:"):
        return who.get(given) == ref
    return right_mention(one, read)


def persons_meant(pairs: Sequence[Pair]) -> dict[str, str]:
    """Whom each person read is in the key: the one most of the shared mentions are of."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each in pairs:
        for one, read in shared_mentions(each):
            votes[read["person"]][one.person] += 1
    return {read: count.most_common(1)[0][0] for read, count in votes.items()}


def shared_mentions(each: Pair) -> Iterator[tuple[Mention, Fields]]:
    """Mentions of the key with the one read at the same place, to half of the longer's length."""
    for one in each.key.mentions:
        for read in each.read["mentions"]:
            both = min(one.end, read["end"]) - max(one.start, read["start"])
            if 2 * both >= max(one.end - one.start, read["end"] - read["start"]):
                yield one, read
                break


def bcubed(pairs: Sequence[Pair]) -> tuple[float, float]:
    """B³ F1 and precision over all documents, end to end: a mention missed or invented counts."""
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for each in pairs:
        shared = list(shared_mentions(each))
        loose = [one for one in each.key.mentions if one.optional]
        wanted.update(one.person for one in each.key.mentions if not one.optional)
        given.update(
            read["person"] for read in each.read["mentions"]
            if not any(one.meets(place(read)) for one in loose)
        )  # fmt: skip
        both.update((one.person, read["person"]) for one, read in shared if not one.optional)
    precision = sum(n * n / given[read] for (_, read), n in both.items()) / (given.total() or 1)
    recall = sum(n * n / wanted[one] for (one, _), n in both.items()) / (wanted.total() or 1)
    total = precision + recall
    return (2 * precision * recall / total if total else 0.0), precision


def days(pairs: Sequence[Pair]) -> float | None:
    """Share of the days named that were read with their value and, where one is due, their clash."""
    asked = [(one, each) for each in pairs for one in each.key.dates if not one.optional]
    return share(sum(right_day(one, each.read["dates"]) for one, each in asked), len(asked))


def right_day(one: Day, read: Sequence[Fields]) -> bool:
    """Whether a date read at this place has the value, alone or as an end of a span of days."""
    for date in read:
        if one.meets(place(date)) and one.value in str(date["value"]).split("/"):
            return one.clash is None or date["clash"] == one.clash
    return False


def surfaces(point: Difference, facts: Sequence[Fields]) -> bool:
    """Whether a fact that differs holds evidence of two variants of the point apart."""
    for fact in facts:
        if fact["status"] != "differs":
            continue
        held = [_variants_held(point, variant["evidence"]) for variant in fact["variants"]]
        apart = [
            (a, b)
            for at, one in enumerate(held) for other in held[at + 1 :]
            for a in one for b in other if a != b
        ]  # fmt: skip
        if apart:
            return True
    return False


def _variants_held(point: Difference, evidence: Sequence[Fields]) -> set[int]:
    return {
        number
        for number, places in enumerate(point.variants)
        for one in places
        for read in evidence
        if PurePath(read["file"]).name == one.file and one.meets(place(read))
    }


def from_teasers(pairs: Sequence[Pair]) -> Iterator[Fields]:
    """Items of any kind taken from lines that are no part of the article."""
    for each in pairs:
        poison = [line for line in each.key.lines if line.kind == "boilerplate"]
        for name in ITEMS:
            for read in each.read[name]:
                if any(line.meets(place(read)) for line in poison):
                    yield read
