"""A route is kept free of forces and open to aid, in its hours."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("humanitarian corridor", "гуманітарний коридор", "гуманитарный коридор")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A corridor without a place is none; one without hours is open day and night."""
    if not isinstance(clause, Prohibit):
        return
    if clause.where is None and not clause.where_by:
        yield "a corridor without a place", "add `where: {in: …}`, the area of the corridor"
    if clause.windows is None:
        yield (
            "a corridor without hours, so open day and night",
            "add `windows`, if hours were agreed",
        )
