"""Weapons of a class or calibre stay away from a line or out of an area."""

from collections.abc import Iterator

from truceline.terms.document import Clause, Prohibit
from truceline.values.texts import Text

NAME = Text("weapons kept away", "заборона зброї в зоні", "запрет оружия в зоне")


def check(clause: Clause) -> Iterator[tuple[str, str]]:
    """An exclusion says which weapons, and where."""
    if not isinstance(clause, Prohibit):
        return
    if clause.weapon is None:
        yield "a weapon exclusion without `weapon` speaks of every weapon", "name class or calibre"
    if clause.where is None and not clause.where_by:
        yield "a weapon exclusion without `where` holds everywhere", "say where it holds"
