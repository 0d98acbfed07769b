"""What can be wrong with terms or cases, worded for whoever must mend them.

TrucelineError
└── TermsRefused      the file says something it may not say; lists every Problem
    └── CasesRefused  the same, for a file of cases
"""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.values.errors import TrucelineError


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing to mend: where it stands, what was found, what to do.

    line: counted from 1; 0 where the whole file is meant.
    """

    file: str
    line: int
    found: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.found}; {self.do}"


class TermsRefused(TrucelineError):
    """The file cannot be used as it stands; `problems` lists all that was found, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CasesRefused(TermsRefused):
    """The file of cases cannot be used as it stands."""
