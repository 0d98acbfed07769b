"""A party reports or answers within a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("report", "звіт", "доклад")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A report without a limit can never be overdue."""
    if isinstance(clause, Require) and clause.due is None:
        yield "a report without `due` can never be overdue", "add the limit, if one was agreed"
