"""A body meets, or is set up, by a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text(
    "meeting or set-up of a body", "скликання або створення органу", "созыв или создание органа"
)


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Whoever must convene has to be named; a meeting nobody is charged with is nobody's duty."""
    if not isinstance(clause, Require):
        return
    if not clause.who:
        yield (
            "a meeting that every party must convene alone",
            "name who convenes it in `who`; a body can bear a duty",
        )
    if clause.due is None:
        yield "a meeting without `due` can never be overdue", "add the limit, if one was agreed"
