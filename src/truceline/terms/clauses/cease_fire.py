"""Fire, strikes and assaults stop."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("cease fire", "припинення вогню", "прекращение огня")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A cease-fire that lists no acts forbids everything there is."""
    if isinstance(clause, Prohibit) and not clause.act:
        yield "a cease-fire without `act` forbids every act", "list the acts, as fire and strike"
