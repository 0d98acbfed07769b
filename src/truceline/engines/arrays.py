"""Names for the column types kernels pass to each other: one-dimensional NumPy arrays."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

I64: TypeAlias = npt.NDArray[np.int64]
U64: TypeAlias = npt.NDArray[np.uint64]
F64: TypeAlias = npt.NDArray[np.float64]
Bool: TypeAlias = npt.NDArray[np.bool_]


def distinct(values: I64) -> I64:
    """The different values, ascending. By sorting: at millions, faster than numpy's hash table."""
    ordered = np.sort(values)
    new: Bool = np.ones(len(ordered), dtype=bool)
    np.greater(ordered[1:], ordered[:-1], out=new[1:])
    return np.asarray(ordered[new], dtype=np.int64)


def runs(counts: I64) -> I64:
    """Number the elements of consecutive runs from 0: counts 2, 3 → 0 1 0 1 2.

    counts: int64 (n,), >= 0. returns: int64 (sum of counts,).
    """
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) - np.repeat(ends - counts, counts)
