"""Clause kinds: what a kind adds to its norm, as checks (docs/recipes/clause-kind.md).

A kind without a module here is judged by its norm alone. A kind's module holds `NAME`, its name
in three languages, and `check`, which yields what is unusual for a clause of that kind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from truceline.terms.clauses import (
    cease_fire,
    ceiling,
    convene,
    corridor,
    demine,
    exchange,
    force_exclusion,
    no_fly,
    no_interference,
    no_mines,
    no_new_positions,
    no_reinforcement,
    notify,
    protected_site,
    report,
    restore_calm,
    silence_window,
    terminate,
    verify,
    verify_access,
    weapon_exclusion,
    withdraw,
)
from truceline.terms.document import Clause
from truceline.values.texts import Text

Found = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind adds: its name, and what it finds odd in a clause (found, what to do)."""

    name: Text
    check: Callable[[Clause], Iterator[Found]]


CLAUSES: dict[str, Kind] = {
    "cease_fire": Kind(cease_fire.NAME, cease_fire.check),
    "ceiling": Kind(ceiling.NAME, ceiling.check),
    "convene": Kind(convene.NAME, convene.check),
    "corridor": Kind(corridor.NAME, corridor.check),
    "demine": Kind(demine.NAME, demine.check),
    "exchange": Kind(exchange.NAME, exchange.check),
    "force_exclusion": Kind(force_exclusion.NAME, force_exclusion.check),
    "no_fly": Kind(no_fly.NAME, no_fly.check),
    "no_interference": Kind(no_interference.NAME, no_interference.check),
    "no_mines": Kind(no_mines.NAME, no_mines.check),
    "no_new_positions": Kind(no_new_positions.NAME, no_new_positions.check),
    "no_reinforcement": Kind(no_reinforcement.NAME, no_reinforcement.check),
    "notify": Kind(notify.NAME, notify.check),
    "protected_site": Kind(protected_site.NAME, protected_site.check),
    "report": Kind(report.NAME, report.check),
    "restore_calm": Kind(restore_calm.NAME, restore_calm.check),
    "silence_window": Kind(silence_window.NAME, silence_window.check),
    "terminate": Kind(terminate.NAME, terminate.check),
    "verify": Kind(verify.NAME, verify.check),
    "verify_access": Kind(verify_access.NAME, verify_access.check),
    "weapon_exclusion": Kind(weapon_exclusion.NAME, weapon_exclusion.check),
    "withdraw": Kind(withdraw.NAME, withdraw.check),
}
