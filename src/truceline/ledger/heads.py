"""The heads a log has published: which first covered an entry, when, and how final each is."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping

from truceline.ledger import checkpoint, note
from truceline.ledger.policy import Level, Policy, highest
from truceline.ledger.store import Store, head_path
from truceline.values.instant import MINUTE_US, SECOND_US

# After so long behind the newest head an entry is shown as late; never refused for it.
LATE_US = 15 * MINUTE_US
Holders = Callable[[int], Collection[str]]
_DASH = "\n— ".encode()


def nobody(_size: int) -> Collection[str]:
    """No other holder has said anything."""
    return ()


class Heads:
    """The published heads of one centre's or replica's folder."""

    def __init__(self, store: Store, trust: Policy) -> None:
        self._store = store
        self._trust = trust
        self._sizes: list[int] = []
        self._seen: dict[int, tuple[int, frozenset[Level]]] = {}
        self._dates: dict[int, tuple[int | None, int | None]] = {}

    def at(self, size: int) -> bytes | None:
        """The signed head of a size, or None if the log never published one.

        As it was first signed, which dates entries, and with the first line of each witness. The
        newest may have been signed and cosigned again since.
        """
        kept = self._store.disk.read(head_path(size))
        if kept is not None:
            return kept
        newest = self._store.head()
        return newest if checkpoint.parse(newest).size == size else self._staged(size)

    def first_after(self, index: int) -> int | None:
        """The size of the first head that covers an entry."""
        sizes = self._known()
        at = bisect_right(sizes, index)
        return sizes[at] if at < len(sizes) else None

    def bounds(self, seen: int, index: int) -> tuple[int, int | None]:
        """When an entry was made whose author had seen a head: (not before, not after), µs UTC.

        Not after: the first covering head that the quorum cosigned was, by the median of the
        witnesses; without witnesses, or before they have spoken, when the log says it signed the
        first that covers it. Not before: when the log says it signed the head the author saw, or
        when witnesses had that head already, if that is earlier: they can show that a head
        existed by a moment, never that it did not yet.
        """
        log_us, witnesses_us = self._dated(seen)
        known = [date for date in (log_us, witnesses_us) if date is not None]
        return min(known, default=0), self._not_after(index)

    def level(self, index: int, holders: Holders = nobody) -> Level:
        """How final an entry is: the highest level of any head that covers it.

        holders: who has signed that they hold every byte of a size, or of a larger one.
        """
        return self.levels(range(index, index + 1), holders)[0]

    def levels(self, indexes: range, holders: Holders = nobody) -> list[Level]:
        """How final each of a stretch of entries is; the heads are searched once for all."""
        upto = self.reached()
        return [self._level(index, upto, holders) for index in indexes]

    def _level(self, index: int, upto: Mapping[Level, int], holders: Holders) -> Level:
        first = self.first_after(index)
        reached: set[Level] = {name for name, size in upto.items() if index < size}
        if first is not None and self._trust.replicated_by(holders(first)):
            reached.add("replicated")
        return highest(reached | {"logged"})

    def behind_us(self, seen: int, index: int) -> int:
        """For how long a newer head than the one its author saw had been there, µs; 0 if none.

        By the log's own dates, from the first newer head to the first that covers the entry. Its
        author may have been out of reach, or may have cited an old head to seem early.
        """
        first, newer = self.first_after(index), self.first_after(seen)
        if first is None or newer is None or newer >= first:
            return 0
        then_us, now_us = self._dated(newer)[0], self._dated(first)[0]
        return 0 if then_us is None or now_us is None else max(0, now_us - then_us)

    def reached(self) -> dict[Level, int]:
        """Up to which size the log is witnessed, and up to which final; 0 where it is not."""
        upto: dict[Level, int] = {"witnessed": 0, "final": 0}
        bare = len(self._store.head())  # the log's lines alone, with at least as many digits
        for size in reversed(self._known() if self._trust.witnesses else ()):
            if (self._store.disk.size(head_path(size)) or 0) <= bare:
                continue  # most heads are such, and are not even read
            wanted = {name for name, held in upto.items() if not held}
            if self._claimed(size) & wanted:
                for name in self._levels(size) & wanted:
                    upto[name] = size
            if all(upto.values()):
                break
        return upto

    def best(self, index: int) -> int:
        """The size of the head to prove an entry against: the newest cosigned one, if any."""
        cosigned = self.reached()["witnessed"]
        return cosigned if index < cosigned else self._known()[-1]

    def _not_after(self, index: int) -> int | None:
        first = self.first_after(index)
        if first is None:
            return None
        date = self._dated(first)[0]
        if self._trust.quorum != "none":
            sizes = self._known()
            for size in sizes[bisect_right(sizes, index) :]:
                witnesses_us = self._dated(size)[1]
                if witnesses_us is not None:
                    date = witnesses_us
                    break
        # Dates are in whole seconds, rounded down: the signature may be younger by just less.
        return None if date is None else date + SECOND_US - 1

    def _claimed(self, size: int) -> frozenset[Level]:
        """What a head's lines would make it; remembered as long as its file stays as it is."""
        there = self._store.disk.size(head_path(size)) or 0
        held = self._seen.get(size)
        if held is None or held[0] != there:
            raw = self.at(size)
            claimed = self._trust.claimed(raw) if raw is not None else frozenset[Level]()
            self._seen[size] = held = (there, claimed)
        return held[1]

    def _levels(self, size: int) -> frozenset[Level]:
        raw = self.at(size)
        return frozenset() if raw is None else self._trust.levels(raw)

    def _alone(self, raw: bytes) -> bool:
        return raw.count(_DASH) <= len(self._trust.logs)

    def _dated(self, size: int) -> tuple[int | None, int | None]:
        """When the log, and when the quorum of witnesses, signed the head of a size, µs UTC."""
        held = self._dates.get(size)
        if held is not None and held[1] is not None:
            return held
        raw = self.at(size)
        if raw is None:
            return None, None
        if held is None or not self._alone(raw):
            held = self._log_us(raw), self._witnesses_us(raw)
            self._dates[size] = held
        return held

    def _log_us(self, raw: bytes) -> int | None:
        origin = self._trust.open_past(raw).origin
        keys = [key for key in (*self._trust.logs, *self._trust.past) if key.name == origin]
        dated = [sig.time_s for sig in note.verify(note.parse(raw), keys)]
        times = [time_s for time_s in dated if time_s is not None]
        return min(times) * SECOND_US if times else None

    def _witnesses_us(self, raw: bytes) -> int | None:
        if self._alone(raw) or "witnessed" not in self._trust.levels(raw):
            return None
        time_s = self._trust.time_s(raw)
        return None if time_s is None else time_s * SECOND_US

    def _known(self) -> list[int]:
        newest = checkpoint.parse(self._store.head()).size
        if not self._sizes or self._sizes[-1] < newest:
            names = self._store.disk.names("heads")
            listed = {int(name) for name in names if name.isdigit()}
            self._sizes = sorted(size for size in listed | {newest} if size <= newest)
        return self._sizes

    def _staged(self, size: int) -> bytes | None:
        for path, _ in self._store.stages():
            held = self._store.read_stage(path).files.get(head_path(size))
            if held is not None:
                return held
        return None
