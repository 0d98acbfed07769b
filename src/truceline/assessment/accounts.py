"""Who says what of a place or a strike: dated accounts, side by side, none of them the truth.

Nothing here returns who holds a place. It returns who says so, and since when they say it.
"""

from collections.abc import Iterable, Mapping

from truceline.assessment.stated import AccountStated

_OF_STRIKES = frozenset({"struck", "hit_by", "debris_of"})


def control(
    accounts: Iterable[AccountStated], at_us: int
) -> Mapping[str, Mapping[str, AccountStated]]:
    """Place → claimant → what that claimant said last of it by an instant."""
    said: dict[str, dict[str, AccountStated]] = {}
    held = [one for one in accounts if one.account not in _OF_STRIKES]
    for one in sorted(held, key=lambda one: one.at_us):
        if one.at_us > at_us:
            break
        said.setdefault(one.subject, {})[one.claimant] = one
    return said


def strikes(accounts: Iterable[AccountStated]) -> Mapping[str, tuple[AccountStated, ...]]:
    """Strike → every account of it, by claimant then by date: one event told more than once."""
    told: dict[str, list[AccountStated]] = {}
    for one in accounts:
        if one.account in _OF_STRIKES:
            told.setdefault(one.subject, []).append(one)
    return {
        subject: tuple(sorted(held, key=lambda one: (one.claimant, one.at_us)))
        for subject, held in sorted(told.items())
    }
