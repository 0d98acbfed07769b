"""Hours of silence, published in the register for a place."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("window of silence", "вікно тиші", "окно тишины")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A window that nobody can publish and no hour opens never begins."""
    if isinstance(clause, Prohibit) and clause.windows is None:
        yield "a window of silence without `windows` is always open", "add windows: {record: …}"
