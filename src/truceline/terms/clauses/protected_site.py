"""Listed objects are not fired at."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("protected objects", "захищені об'єкти", "защищённые объекты")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """Protection names its objects: by place or by category."""
    if isinstance(clause, Prohibit) and clause.where is None and clause.site is None:
        yield "protected objects that nothing names", "add `where` near listed sites, or `site`"
