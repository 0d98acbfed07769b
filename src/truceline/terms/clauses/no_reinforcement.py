"""No further forces or weapons are brought into an area."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.acts import within
from truceline.values.texts import Text

NAME = Text("no reinforcement", "без підкріплень", "без подкреплений")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """What stood there when the agreement began did not arrive; a presence alone is no arrival."""
    if not isinstance(clause, Prohibit):
        return
    if any(within(act, "presence") for act in clause.act) and not clause.attr:
        yield (
            "a clause on reinforcement that forbids every presence, old or new",
            "add `attr: {arriving: true}`; a ban on being there at all is `force_exclusion`",
        )
