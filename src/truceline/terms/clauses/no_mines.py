"""No mines are laid, in a zone or anywhere."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.acts import within
from truceline.values.texts import Text

NAME = Text("no new mines", "без нових мін", "без новых мин")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Laying is an act with a day; a mine that is found may be older than the agreement."""
    if isinstance(clause, Prohibit) and any(within(act, "presence") for act in clause.act):
        yield (
            "a clause on laying mines that names a presence",
            "use `engineer.mine` for laying; mines that lie there are a matter of clearance",
        )
