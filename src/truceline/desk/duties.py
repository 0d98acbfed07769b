"""The duties of a centre's terms at an instant, read from its record."""

from collections.abc import Sequence

from truceline.desk.desk import Desk
from truceline.store.assessing import recorded_register
from truceline.terms.agreement import Agreement
from truceline.terms.register import Record


def held_by(desk: Desk) -> tuple[Agreement, Sequence[Record]] | None:
    """The terms in force and the register; None where the terms are not held here."""
    return recorded_register(desk.tables, desk.log)
