"""After a recorded event calm is restored within a time."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("restoring calm", "відновлення тиші", "восстановление тишины")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Calm that nobody verifies rests on a claim; without `breach_of` nothing starts the clock."""
    if not isinstance(clause, Require):
        return
    if clause.trigger.breach_of is None and clause.trigger.record is None:
        yield "a duty to restore calm that nothing starts", "add `trigger: {breach_of: […]}`"
    if clause.done is not None and clause.done.verified_by is None:
        yield "restored calm that nobody verifies", "name the body in `done: {verified_by: …}`"
