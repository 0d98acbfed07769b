"""Counts as ranges: "at least three" is an answer, and stays one when summed."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.values.errors import BadValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many: low ≤ truth ≤ high; high None means no upper bound was given."""

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise BadValue(f"no count lies between {self.low} and {self.high}")


def exactly(number: int) -> Count:
    """A count given as one number."""
    return Count(low=number, high=number)


def at_least(number: int) -> Count:
    """A lower bound."""
    return Count(low=number, high=None)


def total(counts: Iterable[Count]) -> Count:
    """Sum counts of one claimant; a lower bound among them makes the sum a lower bound."""
    low, high = 0, 0
    bounded = True
    for count in counts:
        low += count.low
        high += count.high or 0
        bounded = bounded and count.high is not None
    return Count(low=low, high=high if bounded else None)
