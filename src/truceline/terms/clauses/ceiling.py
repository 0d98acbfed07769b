"""A number of things held in an area is not exceeded."""

from collections.abc import Iterator

from truceline.terms.document import Ceiling, Clause
from truceline.values.texts import Text

NAME = Text("ceiling on numbers", "гранична кількість", "предельное количество")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A ceiling needs a number."""
    if isinstance(clause, Ceiling) and not clause.count:
        yield "a ceiling without `count`", "write count: {tanks: 75}"
