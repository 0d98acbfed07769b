"""A process that commits until it is stopped, and says after each commit what it was told.

    python -m tests.faults.appending CENTRE COUNT

Prints the leaf of every acknowledged entry, one a line, at once.
"""

import sys
from pathlib import Path

from tests.ledger.founding import FOUNDED_US, LOG_KEYS, Centre
from truceline.ledger.append import Appender
from truceline.ledger.errors import StoreError


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
    except StoreError as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
