"""A party may end the agreement, or some of its clauses, by notice."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Power
from truceline.values.texts import Text

NAME = Text("ending by notice", "припинення за повідомленням", "прекращение по уведомлению")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Who may end a truce must say what ends, and whether for good or for a while."""
    if not isinstance(clause, Power):
        return
    if clause.effect != "terminate":
        yield (
            "a power to end that only suspends",
            "write `effect: terminate`, or give the clause another kind",
        )
    if not clause.on:
        yield "a power to end that names no clause", "list in `on` the clauses that end"
