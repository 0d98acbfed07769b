"""The single questions, answered by an interval: codes, numbers, attributes and weapons."""

from collections.abc import Callable, Iterable
from operator import eq, ge, gt, le, lt
from typing import Any

Raw = Any
Pair = tuple[float, float]
YES, NO, OPEN = (1.0, 1.0), (0.0, 0.0), (0.0, 1.0)
BLAST = ("fire", "strike", "mine")


def times(*pairs: Pair) -> Pair:
    """Intervals of independent questions, multiplied."""
    low, high = 1.0, 1.0
    for a, b in pairs:
        low, high = low * a, high * b
    return low, high


def spared(pair: Pair) -> Pair:
    """What an exemption leaves."""
    return 1 - pair[1], 1 - pair[0]


def both(pairs: Iterable[Pair]) -> Pair:
    """All of one question: the least of each end."""
    kept = [YES, *pairs]
    return min(p[0] for p in kept), min(p[1] for p in kept)


def either(pairs: Iterable[Pair]) -> Pair:
    """Any of one question: the greatest of each end."""
    kept = [NO, *pairs]
    return max(p[0] for p in kept), max(p[1] for p in kept)


def coded(code: str, asked: list[str]) -> Pair:
    """Whether a code is one of those asked: yes, no, or it may be."""
    if any(code == a or code.startswith(a + ".") for a in asked):
        return YES
    blast = code == "explosion" and any(set(BLAST) & set(a.split(".")) for a in asked)
    vague = code == "unknown" or any(a.startswith(code + ".") for a in asked)
    return OPEN if blast or vague else NO


def massed(shares: Raw, test: Callable[[str], Pair]) -> Pair:
    """Add up a test over the mass of each code; what is left of one is unknown."""
    mass = {shares: 1.0} if isinstance(shares, str) else dict(shares or {})
    mass["unknown"] = mass.get("unknown", 0) + max(0.0, 1 - sum(mass.values()))
    found = [(share, test(code)) for code, share in mass.items()]
    return sum(s * t[0] for s, t in found), sum(s * t[1] for s, t in found)


def limited(value: Raw, limits: Raw) -> Pair:
    """A number or an interval against limits; one that straddles a limit is open."""
    if value is None:
        return OPEN
    ends = value if isinstance(value, list) else [value, value]
    kept: dict[str, Callable[[float, float], bool]] = {
        "ge": ge,
        "gt": gt,
        "le": le,
        "lt": lt,
        "eq": eq,
    }
    answers = []
    for sign, limit in limits.items():
        said = [kept[sign](end, limit) for end in ends]
        between = sign == "eq" and ends[0] < limit < ends[1]
        answers.append((float(all(said)), float(any(said) or between)))
    return both(answers)


def attributed(known: Raw, asked: Raw, missing: Pair) -> Pair:
    """Every attribute as asked; one the case lacks is what the burden makes of silence."""
    known = known or {}
    return both(
        missing
        if key not in known
        else YES
        if (known[key] in want if isinstance(want, list) else known[key] == want)
        else NO
        for key, want in asked.items()
    )


def armed(weapon: Raw, conditions: list[Raw]) -> Pair:
    """Any of the weapon conditions, judged code by code."""
    weapon = weapon or {}

    def fits(code: str) -> Pair:
        return either(
            both(
                [
                    coded(code, c["class"]) if c.get("class") else YES,
                    limited(weapon.get("calibre_mm"), c.get("calibre_mm") or {})
                    if c.get("calibre_mm")
                    else YES,
                    limited(weapon.get("range_km"), c.get("range_km") or {})
                    if c.get("range_km")
                    else YES,
                ]
            )
            for c in conditions
        )

    return massed(weapon.get("class"), fits)


def exact(code: str, named: list[str]) -> Pair:
    """Actors are one code or another; an unknown one may be anybody."""
    return YES if code in named else OPEN if code == "unknown" else NO
