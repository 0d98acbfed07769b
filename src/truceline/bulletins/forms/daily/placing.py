"""The marks of a daily bulletin's map, and which of them have a row in the table beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from truceline.bulletins.marks import Mark
from truceline.bulletins.snapshot import ClaimLine
from truceline.values.place import Place
from truceline.values.signatures import Stance
from truceline.values.unknown import Unknown

MARKS_PRINTED = 40
NUMBERS_PRINTED = 6
MarkKey = tuple[str, bool, int, int, int]


def marks_of(claims: Iterable[ClaimLine]) -> tuple[Mark, ...]:
    """One mark per claimant, standing and place; those with a row in the table come first."""
    here: dict[MarkKey, list[ClaimLine]] = defaultdict(list)
    for line in claims:
        if isinstance(line.place, Place):
            key = (
                line.speaker,
                line.stance is Stance.ASSERTS,
                line.place.lat_e7,
                line.place.lon_e7,
                max(line.place.a_m, line.place.b_m),
            )
            here[key].append(line)
    shown = _in_turn(here)
    order = sorted(here, key=lambda key: (key not in shown, key))
    return tuple(_mark(number, key[0], here[key]) for number, key in enumerate(order, start=1))


def _in_turn(keys: Iterable[MarkKey]) -> frozenset[MarkKey]:
    """The marks whose table row is printed: one of each claimant in turn, so none is left out."""
    turns: Counter[str] = Counter()
    ranked = []
    for key in sorted(keys):
        turns[key[0]] += 1
        ranked.append((turns[key[0]], key))
    return frozenset(key for _, key in sorted(ranked)[:MARKS_PRINTED])


def _mark(number: int, speaker: str, lines: list[ClaimLine]) -> Mark:
    place = lines[0].place
    assert isinstance(place, Place)
    return Mark(
        number=number,
        speaker=speaker,
        asserting=lines[0].stance is Stance.ASSERTS,
        place=place,
        area=lines[0].area,
        claims=tuple(line.id for line in lines[:NUMBERS_PRINTED]),
        more=max(0, len(lines) - NUMBERS_PRINTED),
    )


def unplaced(claims: Iterable[ClaimLine]) -> tuple[tuple[str, int], ...]:
    """How many claims of each claimant give no place."""
    counted = Counter(line.speaker for line in claims if isinstance(line.place, Unknown))
    return tuple(sorted(counted.items()))
