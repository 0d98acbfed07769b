"""What agreement and disagreement in place and time are worth, in whole millibits.

Each kernel answers: how many times likelier is this pair if both speak of one event than if they
speak of two? The answer is log2 of that ratio × 1000, rounded before anyone compares it with
anything (Fellegi & Sunter 1969; for places with errors, Budavári & Szalay 2008).
"""

import numpy as np

from truceline.engines.arrays import F64, I64
from truceline.engines.geometry import Spread, off_by_sq

_BITS_PER_NAT = 1.0 / np.log(2.0)


def place_millibits(east_m: F64, north_m: F64, of: Spread, *, around_m: float) -> tuple[I64, I64]:
    """Weigh two stated places against each other.

    east_m, north_m: float64 (n,), how far apart; of: the sum of both spreads; around_m: radius of
        the circle in which two different events would lie at random.
    returns: (near, far), int64 (n,): near >= 0 is what the exactness of both places is worth if
        they agree; far <= 0 is what their distance takes away. Vague places agree for nothing:
        near is 0, not evidence against; and a wider error never makes `far` worse.
    """
    near = np.log2(np.maximum(around_m**2 / (2 * np.sqrt(of.determinant)), 1.0))
    far = -0.5 * _BITS_PER_NAT * off_by_sq(east_m, north_m, of)
    return _millibits(near), _millibits(far)


def time_millibits(from_us: tuple[I64, I64], until_us: tuple[I64, I64], *, around_us: int) -> I64:
    """Weigh two spans, each already widened by how far off clocks and memory are.

    The ratio is overlap × around ÷ (one length × other length): chance that two readings of one
    instant fall as they do against two instants at random within `around_us`. A span longer than
    that weighs nothing by itself. Spans that do not overlap must not be asked about.
    returns: int64 (n,), millibits, of either sign.
    """
    one, other = until_us[0] - from_us[0], until_us[1] - from_us[1]
    both = np.minimum(until_us[0], until_us[1]) - np.maximum(from_us[0], from_us[1])
    within = np.maximum(np.maximum(one, other), around_us)
    ratio = np.log2(both) + np.log2(within) - np.log2(one) - np.log2(other)
    return _millibits(ratio)


def crowd_millibits(others: I64) -> I64:
    """What it takes away that `others` more could be meant as well: −log2(1 + others)."""
    return _millibits(-np.log2(1.0 + others))


def wording_millibits(shared: I64, likeness: I64, *, most: int) -> I64:
    """What shared words are worth: their rarity, at most `most`, by the share of text they make up.

    shared: int64 (n,), millibits of the shared stems; likeness: int64 (n,), thousandths. The share
    counts as 2s ÷ (1 + s): two texts on one event often say different things about it.
    """
    return np.minimum(shared, most) * (2 * likeness) // (1000 + likeness)


def _millibits(bits: F64) -> I64:
    return np.rint(bits * 1000).astype(np.int64)
