"""A body looks, and reports what it found, by a time or again and again."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("verification or inspection", "перевірка або інспекція", "проверка или инспекция")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Who looks must be named, and it is not the party looked at."""
    if not isinstance(clause, Require):
        return
    if not clause.who:
        yield (
            "an inspection that every party must make alone",
            "name the body that inspects in `who`",
        )
    if clause.due is None:
        yield "an inspection without `due` can never be overdue", "add the interval, if agreed"
