"""Checking a record, as an outsider, against a kept copy, and down to the last stored byte."""

from truceline.ledger.comparing import Difference, Kept, Version, compare
from truceline.ledger.fsck import fsck
from truceline.ledger.verdict import Problem, Verdict
from truceline.ledger.verifying import log_get, verify

__all__ = [
    "Difference",
    "Kept",
    "Problem",
    "Verdict",
    "Version",
    "compare",
    "fsck",
    "log_get",
    "verify",
]
