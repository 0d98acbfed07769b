"""Forces or weapons are withdrawn by a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("withdrawal", "відведення", "отвод")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A withdrawal without a limit can never be overdue; one nobody verifies rests on a claim."""
    if not isinstance(clause, Require):
        return
    if clause.due is None:
        yield "a withdrawal without `due` can never be overdue", "add the limit, if one was agreed"
    if clause.done is not None and clause.done.verified_by is None:
        yield "a withdrawal that nobody verifies", "name the body in `done: {verified_by: …}`"
