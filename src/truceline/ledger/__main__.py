"""The small verifier, offline: evidence files, and receipts.

    python -m truceline.ledger check FILE --trust TRUST
    python -m truceline.ledger receipt PROOF ENTRY --trust TRUST

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
from truceline.ledger.evidence.judgement import REFUSED, Judgement
from truceline.ledger.evidence.judging import judge_path, judge_receipt
from truceline.ledger.policy import Policy
from truceline.values.texts import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what was asked; 0: it is proved, 1: it is not, 2: it cannot be judged."""
    given = _parser().parse_args(arguments)
    try:
        trust = policy.parse(given.trust.read_bytes())
        found = given.judged(given, trust)
    except (OSError, LedgerError) as problem:
        sys.stderr.write(f"{problem}\n")
        return REFUSED
    if given.json:
        sys.stdout.write(json.dumps(found.as_fields(given.lang), ensure_ascii=False) + "\n")
    else:
        text = "".join(f"{line}\n" for line in found.lines(given.lang))
        # What a file says of itself may hold anything; a terminal gets none of it raw.
        sys.stdout.write("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))
    status: int = found.status
    return status


def _evidence(given: argparse.Namespace, trust: Policy) -> Judgement:
    return judge_path(given.file, trust)


def _receipt(given: argparse.Namespace, trust: Policy) -> Judgement:
    return judge_receipt(given.proof.read_bytes(), given.entry.read_bytes(), trust)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="truceline-verify", description="Check evidence about a record, offline."
    )
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser(
        "check", help="say what an evidence file shows, by the trust file you were handed"
    )
    check.add_argument("file", type=Path, help="the file, or the folder it was unpacked into")
    check.set_defaults(judged=_evidence)
    receipt = commands.add_parser("receipt", help="check a .tlog-proof against its entry")
    receipt.add_argument("proof", type=Path)
    receipt.add_argument("entry", type=Path, help="the entry as it was signed")
    receipt.set_defaults(judged=_receipt)
    for command in (check, receipt):
        command.add_argument("--trust", type=Path, required=True, help="the record's trust file")
        command.add_argument("--lang", choices=LANGUAGES, default="en")
        command.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
