"""Drawing again, for fsck, what `snapshot` spares an opened log from reading, and comparing."""

from array import array

from truceline.ledger import snapshot
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Malformed
from truceline.ledger.leaves import Listed, entries_of
from truceline.ledger.snapshot import FILE, RUNS, Snapshot
from truceline.ledger.standing import changes
from truceline.ledger.verdict import Verdict

_DRAW_ANEW = "remove state/snapshot and state/leaves; the next opening draws both from the entries"


class Spared:
    """What a snapshot and its runs should say, gathered on fsck's way through the entries.

    Four bytes a leaf while there are runs to compare with; nothing otherwise.
    """

    def __init__(self, disk: Disk, verdict: Verdict) -> None:
        self._disk = disk
        self._verdict = verdict
        self._found = self._read()
        self._authors: dict[str, tuple[int, str]] = {}
        self._changes: list[int] = []
        self._starts = array("I")

    def meet(self, index: int, entry: Entry) -> None:
        """Take in the next entry; one that is missing makes what follows incomparable."""
        if self._found is None or index != len(self._starts) or index >= self._found.size:
            return
        self._starts.append(int(entry.leaf[:8], 16))
        self._authors[entry.author] = (entry.seq, entry.leaf)
        if index == 0 or changes(entry):
            self._changes.append(index)

    def compare(self) -> None:
        """Say where the snapshot differs from the entries below its size."""
        found = self._found
        if found is None or len(self._starts) != found.size:
            return  # drawn of a later head than this one, or the log itself is damaged
        if (found.authors, found.changes) != (self._authors, tuple(self._changes)):
            self._verdict.damage(FILE, "says other things than the entries do", _DRAW_ANEW)
        for run in (Listed(*listed) for listed in found.runs):
            raw = self._disk.read(f"{RUNS}/{run.name}")
            if raw is not None and not self._agrees(run, raw):
                found_out = "does not lead to the leaves of the log"
                self._verdict.damage(f"{RUNS}/{run.name}", found_out, _DRAW_ANEW)

    def file(self, item: str) -> None:
        """Explain a file beneath `state/leaves`."""
        listed = self._found.runs if self._found is not None else ()
        if item.rpartition("/")[2] not in {Listed(*run).name for run in listed}:
            found = "an index of leaves that no snapshot names"
            self._verdict.remark(item, found, "it goes with the next snapshot")

    def _read(self) -> Snapshot | None:
        raw = self._disk.read(FILE)
        try:
            return None if raw is None else snapshot.decode(raw)
        except Malformed as problem:
            self._verdict.damage(FILE, str(problem), _DRAW_ANEW)
            return None

    def _agrees(self, run: Listed, raw: bytes) -> bool:
        """Whether the words are each leaf of the run once, in order."""
        words = list(entries_of(raw))
        wanted = sorted(
            (start, at) for at, start in enumerate(self._starts[run.first : run.stop], run.first)
        )
        return words == wanted
