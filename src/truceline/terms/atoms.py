"""The single questions of a clause, each answered by [belief, plausibility].

What is given less specifically than asked is possible and not certain; what is not given at all
is unknown. Shares left over in a distribution are unknown mass: they add to plausibility only.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from truceline.terms.case import Case, Milli, Shares
from truceline.terms.document import WeaponCond
from truceline.terms.result import CERTAIN, NEVER, UNKNOWN, Interval
from truceline.values.acts import EXPLOSION, Match, answers, known_prefix, within
from truceline.values.acts import UNKNOWN as UNKNOWN_CODE

Codes = tuple[str, ...] | frozenset[str]
YES, MAYBE, NO = Match.YES, Match.MAYBE, Match.NO
WHOLE = 10_000
_ORDER = {NO: 0, MAYBE: 1, YES: 2}


def both(*parts: Match) -> Match:
    """Kleene's and: no better than its worst part."""
    return min(parts, key=_ORDER.__getitem__, default=YES)


def either(*parts: Match) -> Match:
    """Kleene's or: as good as its best part."""
    return max(parts, key=_ORDER.__getitem__, default=NO)


def negated(part: Match) -> Match:
    """Kleene's not."""
    return {YES: NO, NO: YES, MAYBE: MAYBE}[part]


def interval(part: Match) -> Interval:
    """A three-valued answer as [belief, plausibility]."""
    return {YES: CERTAIN, NO: NEVER, MAYBE: UNKNOWN}[part]


@lru_cache(maxsize=100_000)  # few codes are ever said, and an agreement asks about few
def act_is(said: str, asked: Codes) -> Match:
    """Whether an act that was said is one of those asked about."""
    return either(*(_act(said, one) for one in asked))


def _act(said: str, asked: str) -> Match:
    """By the dotted paths alone: any word rules out every other, registered or not.

    Only `unknown` may be anything, and `explosion` any fire, strike or mine.
    """
    if within(said, asked):
        return YES
    if said == UNKNOWN_CODE or within(asked, said):
        return MAYBE
    # Agreements may list mines as an act of their own, outside the registry's branch for them.
    mined = said == EXPLOSION and "mine" in asked.split(".")
    return MAYBE if mined or (said == EXPLOSION and _may_explode(asked)) else NO


def _may_explode(asked: str) -> bool:
    return known_prefix(asked) != UNKNOWN_CODE and answers(EXPLOSION, asked) is not NO


@lru_cache(maxsize=100_000)
def code_is(said: str, asked: Codes) -> Match:
    """Whether a dotted code is one of those asked about, or may turn out to be."""
    return either(*(_code(said, one) for one in asked))


def _code(said: str, asked: str) -> Match:
    if within(said, asked):
        return YES
    return MAYBE if said == UNKNOWN_CODE or within(asked, said) else NO


def weigh(shares: Shares | None, judge: Callable[[str], Match]) -> Interval:
    """Belief and plausibility over a distribution; unknown mass is judged as code `unknown`."""
    if shares is None:
        return interval(judge(UNKNOWN_CODE))
    sure = may = 0
    for code, share in (*shares.items(), (UNKNOWN_CODE, WHOLE - sum(shares.values()))):
        if not share:
            continue
        found = judge(code)
        sure += share if found is YES else 0
        may += share if found is not NO else 0
    return sure / WHOLE, may / WHOLE


def compared(held: Milli | None, limits: Mapping[str, int], scale: int = 1000) -> Match:
    """Whether a number known to an interval keeps every limit.

    scale: how many of the number's own units make one of the limit's.
    """
    if held is None:
        return MAYBE
    return both(*(_limit(held, name, value * scale) for name, value in limits.items()))


def _limit(held: Milli, name: str, limit: int) -> Match:
    low, high = held
    sure, never = {
        "ge": (low >= limit, high < limit),
        "gt": (low > limit, high <= limit),
        "le": (high <= limit, low > limit),
        "lt": (high < limit, low >= limit),
        "eq": (low == high == limit, high < limit or low > limit),
    }[name]
    return YES if sure else NO if never else MAYBE


def weapon_is(case: Case, code: str, conditions: Iterable[WeaponCond]) -> Match:
    """Whether a weapon of a class, of the case's calibre and range, fits any alternative."""
    return either(*(_weapon(case, code, one) for one in conditions))


def _weapon(case: Case, code: str, condition: WeaponCond) -> Match:
    parts = [YES]
    if condition.class_ is not None:
        parts.append(code_is(code, condition.class_))
    if condition.calibre_um is not None:
        parts.append(compared(case.calibre_um, condition.calibre_um, scale=1))
    if condition.range_m is not None:
        parts.append(compared(case.range_m, condition.range_m, scale=1))
    return both(*parts)


def attributes_are(case: Case, wanted: Mapping[str, object], missing: Match = MAYBE) -> Match:
    """Whether every attribute is as wanted; a list means any of; one not given is `missing`."""
    return both(*(_attribute(case, name, value, missing) for name, value in wanted.items()))


def _attribute(case: Case, name: str, wanted: object, missing: Match) -> Match:
    held = case.attr.get(name)
    if held is None:
        return missing
    if held == UNKNOWN_CODE:
        return MAYBE
    if isinstance(wanted, Mapping):
        return _measured(held, wanted)
    options = wanted if isinstance(wanted, list | tuple) else [wanted]
    same = [type(held) is type(option) and held == option for option in options]
    return YES if any(same) else NO


def _measured(held: object, wanted: Mapping[str, object]) -> Match:
    limits = {key: value for key, value in wanted.items() if isinstance(value, int)}
    pair = held if isinstance(held, list | tuple) and len(held) == 2 else (held, held)
    low, high = pair
    if not (isinstance(low, int) and isinstance(high, int) and len(limits) == len(wanted)):
        return MAYBE
    return compared((low, high), limits, scale=1)


def product(*parts: Interval) -> Interval:
    """Independent questions multiply."""
    belief = plausibility = 1.0
    for low, high in parts:
        belief *= low
        plausibility *= high
    return belief, plausibility


def frechet(*parts: Interval) -> Interval:
    """What may be said of questions together where nothing is known of how they depend.

    The bounds of Fréchet (1935): at least max(0, a + b − 1), at most min(a, b).
    """
    belief, plausibility = 1.0, 1.0
    for low, high in parts:
        belief = max(0.0, belief + low - 1.0)
        plausibility = min(plausibility, high)
    return min(belief, plausibility), plausibility  # rounding may lift a sum by a hair


def but_not(one: Interval, other: Interval) -> Interval:
    """One, as far as the other does not hold, the two being independent."""
    return one[0] * (1 - other[1]), one[1] * (1 - other[0])
