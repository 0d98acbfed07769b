"""What the root was at each recent size: authors cite heads they saw a moment ago."""

from truceline.ledger.merkle import Frontier, fold_peaks

_KEPT = 1_024


class RecentRoots:
    """The right edge of a growing tree, at its newest sizes. The root is computed when asked."""

    def __init__(self) -> None:
        self._frontier = Frontier()
        self._peaks: dict[int, tuple[bytes, ...]] = {0: ()}

    def copy(self) -> "RecentRoots":
        """One to try entries on."""
        other = RecentRoots()
        other._frontier.size = self._frontier.size
        other._frontier.peaks = list(self._frontier.peaks)
        other._peaks = dict(self._peaks)
        return other

    def push(self, leaf: bytes) -> None:
        """Take the next leaf."""
        self._frontier.push(leaf)
        size = self._frontier.size
        self._peaks[size] = tuple(self._frontier.peaks)
        self._peaks.pop(size - _KEPT, None)

    def root(self, size: int) -> bytes | None:
        """The root at a recent size; None if that is too long ago."""
        peaks = self._peaks.get(size)
        return None if peaks is None else fold_peaks(peaks)
