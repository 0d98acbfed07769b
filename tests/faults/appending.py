"""A process that commits until it is stopped, and says after each commit what it was told.

    python -m tests.faults.appending CENTRE COUNT

Commits of its own with a payload each, then as many entries of a party's through a sequencer. Prints the leaf of every acknowledged entry, one a line, at once.
"""

import sys
from pathlib import Path

from tests.ledger.founding import DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, Centre
from truceline.ledger.append import Appender
from truceline.ledger.entry import make
from truceline.ledger.errors import LedgerError
from truceline.ledger.refusal import Refusals
from truceline.ledger.sequencer import Sequencer
from truceline.ledger.store import open_store
from truceline.values.mode import Mode


def main() -> int:
    """Commit COUNT entries, one at a time; 3 if the store refused."""
    path, count = Path(sys.argv[1]), int(sys.argv[2])
    try:
        centre = Centre(path, Appender.open(path, LOG_KEYS), FOUNDED_US, step_s=1)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        for _ in range(count):
            for entry in centre.add(1):
                sys.stdout.write(f"{entry.leaf}\n")
                sys.stdout.flush()
        _through_a_sequencer(centre, count)
    except LedgerError as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return 3
    return 0


def _through_a_sequencer(centre: Centre, count: int) -> None:
    log = centre.log
    line = Sequencer(
        centre.appender, log, DESK, Refusals(open_store(centre.path).disk),
        now_us=centre.later, refresh_s=None,
    )  # fmt: skip
    prev = ""
    for number in range(1, count + 1):
        raw = make(
            ORIGIN, TOR, kind="report/taken", author="TOR", seq=number, prev=prev, seen=log.head(),
            claimed_us=centre.now_us, mode=Mode.EXERCISE,
            payload=centre.appender.put_blob(b"an observer's note %d" % number),
        )  # fmt: skip
        prev = line.submit(raw).leaf
        sys.stdout.write(f"{prev}\n")
        sys.stdout.flush()
    line.close()


if __name__ == "__main__":
    sys.exit(main())
