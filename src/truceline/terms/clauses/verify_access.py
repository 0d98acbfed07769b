"""Monitors are let in within a time of their request."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Require
from truceline.values.texts import Text

NAME = Text("access for verification", "доступ для перевірки", "доступ для проверки")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Access without a request or a limit cannot be held against anybody."""
    if not isinstance(clause, Require):
        return
    if clause.trigger.record is None:
        yield "access that no request starts", "add `trigger: {record: access_request}`"
    if clause.due is None:
        yield "access without `due` can never be overdue", "add the limit, if one was agreed"
