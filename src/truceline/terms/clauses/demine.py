"""Mines are marked, cleared or their maps handed over, by a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("mine clearance", "розмінування", "разминирование")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Ground is clear when somebody who looked says so; a claim alone walks people into mines."""
    if not isinstance(clause, Require):
        return
    if clause.done is not None and clause.done.verified_by is None:
        yield (
            "clearance that nobody but the party itself vouches for",
            "add `done: {…, verified_by: …}`, if the text names who checks",
        )
    if clause.due is None:
        yield "clearance without `due` can never be overdue", "add the limit, if one was agreed"
