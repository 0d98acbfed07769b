"""People held are released or exchanged, all or so many, by a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text(
    "release or exchange of people", "звільнення або обмін людьми", "освобождение или обмен людьми"
)


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Whether the number is agreed, and who says that they came home, decides everything."""
    if not isinstance(clause, Require):
        return
    if clause.done is not None and clause.done.sum is None and clause.done.verified_by is None:
        yield (
            "an exchange that one record completes, on the word of whoever enters it",
            "add `done: {sum: …, min: …}` for an agreed number, or `verified_by`",
        )
    if clause.due is None:
        yield "an exchange without `due` can never be overdue", "add the limit, if one was agreed"
