"""Duties over time: a fold over the register, nothing stored.

latent → pending → due → claimed → met | met_late; overdue, disputed, breached; suspended, waived,
terminated. A power is latent, available, exercised or exercised_without_basis. The rules are in
docs/formats/terms.md, "Duties".
"""

from collections.abc import Sequence

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.document import Power, Require
from truceline.terms.duties import Duty
from truceline.terms.powers import power_state
from truceline.terms.register import Record, Register, known_by
from truceline.terms.standing import State, key_of
from truceline.terms.triggers import Instance, Triggers
from truceline.terms.versions import starts, version

__all__ = ["State", "find_state", "states"]


def states(
    agreement: Agreement, register: Sequence[Record], at_us: int, known_at_us: int | None = None
) -> dict[str, State]:
    """The state of every duty and power at an instant, by `clause/party[@instance]`.

    Only records known by `known_at_us` (by default `at_us`) count. A duty with no instance stands
    under its bare key as latent.
    """
    known = known_by(register, at_us if known_at_us is None else known_at_us)
    return Fold(agreement, known, at_us).states()


class Fold:
    """The duties of one agreement, one register, one instant."""

    def __init__(self, agreement: Agreement, register: Register, at_us: int) -> None:
        self.agreement = agreement
        self.register = register
        self.at_us = at_us

    def states(self) -> dict[str, State]:
        """Every state, by key."""
        out: dict[str, State] = {}
        for current, start_us, end_us in self._versions():
            out.update(self._of_version(current, start_us, end_us))
        return self._with_latent(out)

    def _versions(self) -> list[tuple[Agreement, int, int]]:
        """Each version with the time its facts are from: an amendment holds for later triggers."""
        changes = starts(self.agreement, Clock(self.agreement, self.register))
        edges = [-(2**62), *(start for start, _ in changes), 2**62]
        out = []
        for number in range(len(changes) + 1):
            applied = tuple(one.id for _, one in changes[:number])
            current = version(self.agreement, "", applied)
            out.append((current, edges[number], edges[number + 1]))
        return out

    def _of_version(self, current: Agreement, start_us: int, end_us: int) -> dict[str, State]:
        triggers = Triggers(current, self.register, Clock(current, self.register), self.at_us, {})
        out: dict[str, State] = {}
        for clause in current.clauses():
            if clause.id in current.repealed:
                continue
            if isinstance(clause, Require):
                for instance in triggers.of(clause):
                    if start_us <= instance.start_us < end_us:
                        out[instance.key] = self._duty(triggers, clause, instance)
            if isinstance(clause, Power) and start_us <= self.at_us < end_us:
                out.update(self._powers(triggers, clause))
        return out

    def _duty(self, triggers: Triggers, clause: Require, instance: Instance) -> State:
        return Duty(triggers, clause, instance).state()

    def _powers(self, triggers: Triggers, clause: Power) -> dict[str, State]:
        return {
            key_of(clause.id, bearer): power_state(triggers, clause, bearer)
            for bearer in self.agreement.bearers(clause)
        }

    def _with_latent(self, found: dict[str, State]) -> dict[str, State]:
        """Add a latent state where a duty has no instance at all."""
        seen = {key.split("@", 1)[0] for key in found}
        for clause in self.agreement.clauses():
            if isinstance(clause, Require):
                for bearer in self.agreement.bearers(clause):
                    key = key_of(clause.id, bearer)
                    if key not in seen:
                        found[key] = State(word="latent", clause=clause.id, bearer=bearer)
        return dict(sorted(found.items()))


def find_state(found: dict[str, State], key: str) -> State | None:
    """The state a key means: exactly; else the only or the latest instance; else latent.

    None where the clause is no duty of that bearer.
    """
    if key in found:
        return found[key]
    bare, _, instance = key.partition("@")
    here = [state for name, state in found.items() if name.split("@", 1)[0] == bare]
    if not here:
        return None
    if instance:
        named = [state for state in here if state.named(instance)]
        if named:
            return named[0]
        return State(word="latent", clause=here[0].clause, bearer=here[0].bearer)
    return max(here, key=lambda state: (state.trigger_us or 0, state.instance))
