"""Something is notified before it is done, or by an hour of the day."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("notification", "повідомлення", "уведомление")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """A notice that nothing starts, or that has no time, cannot be held against anybody."""
    if not isinstance(clause, Require):
        return
    trigger = clause.trigger
    if trigger.record is None and trigger.every is None and trigger.at is None:
        yield (
            "a notice that neither an event nor a day starts",
            "add `trigger: {record: …}` or `trigger: {every: day, tz: …}`",
        )
    if clause.due is None:
        yield "a notice without `due` can never be overdue", "add the limit, if one was agreed"
