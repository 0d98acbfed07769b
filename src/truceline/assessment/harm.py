"""Harm to civilians: what is confirmed by the agreed rule, and what is only reported.

A number is confirmed as far as enough independent kinds of source each give at least that many.
What is not confirmed is listed beside it, source by source, and enters no total. Nobody is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.assessment.stated import HarmReported


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Harm of one kind in one event.

    confirmed: at least so many, by the rule; None where the rule is not met.
    reported: (source type, origin, at least), as each gives it; never added up.
    """

    event: str
    harm: str
    sex: str
    age: str
    confirmed: int | None
    reported: tuple[tuple[str, str, int], ...]


def tolls(reports: Iterable[HarmReported], types_needed: int) -> tuple[Toll, ...]:
    """One line per event, kind of harm, sex and age, each confirmed or not by itself."""
    grouped: dict[tuple[str, str, str, str], set[tuple[str, str, int]]] = {}
    for one in reports:
        key = (one.event, one.harm, one.sex, one.age)
        grouped.setdefault(key, set()).add((one.source_type, one.origin, one.at_least))
    return tuple(
        Toll(
            event=event,
            harm=harm,
            sex=sex,
            age=age,
            confirmed=_confirmed(given, types_needed),
            reported=tuple(sorted(given)),
        )
        for (event, harm, sex, age), given in sorted(grouped.items())
    )


def confirmed_totals(lines: Iterable[Toll]) -> dict[str, int]:
    """Confirmed numbers added up by kind of harm: lower bounds, so the sum is one too."""
    totals: dict[str, int] = {}
    for line in lines:
        if line.confirmed is not None:
            totals[line.harm] = totals.get(line.harm, 0) + line.confirmed
    return totals


def _confirmed(given: set[tuple[str, str, int]], types_needed: int) -> int | None:
    """The largest number that enough types give, each on a word of its own."""
    for number in sorted({one[2] for one in given}, reverse=True):
        backing = {(kind, origin) for kind, origin, least in given if least >= number}
        if _matched(backing) >= types_needed:
            return number
    return None


def _matched(backing: set[tuple[str, str]]) -> int:
    """How many types can each be given an origin nobody else in the match uses."""
    taken: dict[str, str] = {}

    def place(kind: str, tried: set[str]) -> bool:
        for origin in sorted(one for of, one in backing if of == kind and one not in tried):
            tried.add(origin)
            if origin not in taken or place(taken[origin], tried):
                taken[origin] = kind
                return True
        return False

    return sum(place(kind, set()) for kind in sorted({kind for kind, _ in backing}))
