"""Nobody armed stays in an area."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("area without forces", "район без сил", "район без сил")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """An area without forces needs its area."""
    if isinstance(clause, Prohibit) and clause.where is None and not clause.where_by:
        yield "an area without forces and without a place", "add `where: {in: …}` or `where_by`"
