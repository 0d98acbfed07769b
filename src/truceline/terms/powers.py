"""A power: latent without its trigger, available with it, exercised with or without a basis."""

from truceline.terms.document import Power, Trigger
from truceline.terms.force import Force
from truceline.terms.register import Record
from truceline.terms.standing import State
from truceline.terms.triggers import Triggers

_NOT_AN_EXERCISE = frozenset(
    {"suspend", "resume", "waive", "terminate", "verify", "verdict", "retract", "retraction"}
)


def power_state(triggers: Triggers, clause: Power, bearer: str) -> State:
    """How a power of a bearer stands.

    Whether it was rightly used is not judged: only whether a trigger was on record by then.
    """
    starts = [one.fact_us for one in triggers.fired(clause, bearer)]
    period = Force(triggers.agreement, triggers.register, triggers.clock).stated(clause)
    if clause.trigger == Trigger() and period is not None:
        starts = [period[0]]  # a power that waits for nothing
    first = min((at for at in starts if at <= triggers.at_us), default=None)
    used = _exercises(triggers, clause, bearer)
    if used:
        rightly = first is not None and any(record.at_us >= first for record in used)
        word = "exercised" if rightly else "exercised_without_basis"
        return _state(word, clause, bearer, first, used[0].at_us)
    if first is None or period is None or not period[0] <= triggers.at_us < period[1]:
        return _state("latent", clause, bearer, None, None)
    return _state("available", clause, bearer, first, first)


def _exercises(triggers: Triggers, clause: Power, bearer: str) -> list[Record]:
    """Records by which a bearer used the power."""
    codes = triggers.agreement.codes(bearer)
    alone = triggers.agreement.bearers(clause) == (bearer,)
    return [
        record
        for record in triggers.register.records
        if record.at_us <= triggers.at_us
        and _means(record, clause)
        and _used_by(record, codes, alone=alone)
    ]


def _used_by(record: Record, codes: frozenset[str], *, alone: bool) -> bool:
    """Whether a bearer made a record; of one that names nobody, only where it alone could have."""
    if record.by is not None:
        return record.by in codes
    return alone if record.party is None else record.party in codes


def _means(record: Record, clause: Power) -> bool:
    """Whether a record is a use of this power: it names it, or takes effect on its clauses."""
    if record.type in _NOT_AN_EXERCISE:
        return False
    if clause.id in record.clauses or record.value("power") == clause.id:
        return True
    effect = record.type == "exercise_effect" and record.value("power") is None
    return effect and bool(set(clause.on).intersection(record.clauses))


def _state(
    word: str, clause: Power, bearer: str, trigger_us: int | None, since_us: int | None
) -> State:
    return State(
        word=word, clause=clause.id, bearer=bearer, trigger_us=trigger_us, since_us=since_us
    )
