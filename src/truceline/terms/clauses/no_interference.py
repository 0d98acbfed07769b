"""Monitors, their posts and their instruments are left alone."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.acts import within
from truceline.values.texts import Text

NAME = Text(
    "no interference with monitors",
    "без перешкоджання спостерігачам",
    "без воспрепятствования наблюдателям",
)


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A clause that forgets jamming leaves most of what happens to monitors outside it."""
    if isinstance(clause, Prohibit) and not any(
        within("obstruct.monitor.jamming", act) for act in clause.act
    ):
        yield (
            "a clause on monitors that does not cover jamming",
            "add `obstruct.monitor` to `act`, if the text means every interference",
        )
