"""Positions and fortifications are not added to those there were."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("no new positions", "без нових позицій", "без новых позиций")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """What is new must be told from what was there: an act that says so, or a word for it."""
    if isinstance(clause, Prohibit) and "presence.position" in clause.act:
        do = "write presence.position.new: a position held since before is no new one"
        yield "a freeze that forbids every position, old ones too", do
