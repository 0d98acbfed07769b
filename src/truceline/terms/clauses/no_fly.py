"""Aircraft of a class stay out of an area."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("no flights", "заборона польотів", "запрет полётов")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A flight ban speaks of flights."""
    if isinstance(clause, Prohibit) and not any(act.startswith("flight") for act in clause.act):
        yield "a flight ban whose `act` holds no flight", "use flight, flight.uav, flight.fixed …"
