"""The small verifier: `python -m truceline.ledger check FILE --trust TRUST`, offline.

Rests on `ledger` and `values` alone, so that whoever doubts the rest of this program does not have
to run it. `make verifier` packs it into one file.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from truceline.ledger import policy
from truceline.ledger.errors import LedgerError
from truceline.ledger.evidence.judgement import REFUSED
from truceline.ledger.evidence.judging import judge_path
from truceline.values.texts import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what was asked; 0: it is proved, 1: it is not, 2: it cannot be judged."""
    given = _parser().parse_args(arguments)
    try:
        trust = policy.parse(given.trust.read_bytes())
        found = judge_path(given.file, trust)
    except (OSError, LedgerError) as problem:
        sys.stderr.write(f"{problem}\n")
        return REFUSED
    if given.json:
        sys.stdout.write(json.dumps(found.as_fields(given.lang), ensure_ascii=False) + "\n")
    else:
        text = "".join(f"{line}\n" for line in found.lines(given.lang))
        # What a file says of itself may hold anything; a terminal gets none of it raw.
        sys.stdout.write("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))
    return found.status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="truceline-verify", description="Check evidence about a record, offline."
    )
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser(
        "check", help="say what an evidence file shows, by the trust file you were handed"
    )
    check.add_argument(
        "file", type=Path, help="an evidence file, or the folder it was unpacked into"
    )
    check.add_argument("--trust", type=Path, required=True, help="the record's trust file")
    check.add_argument("--lang", choices=LANGUAGES, default="en")
    check.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
