"""Quiet days as they are counted at an instant: how many, since when, what began the count again.

Whose observation counts is the agreement's own rule: where it names a body, days are only full
once that body has said so on the register; where it names none, silence of the register is
enough, and the counter says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import CalmRun, Clock
from truceline.terms.register import Record, known_by
from truceline.terms.times import day_number
from truceline.values.instant import from_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One count of quiet days.

    word: waiting (its start has not come), counting, unverified (full, and the body that must
        verify has not said so), reached.
    days, wanted: local days gone by and asked for; full_us: when the run is full if nothing more
        is recorded; reset_by: the verdict that began the count again; verified_by: the body whose
        word is needed, None where the text asks for nobody's.
    """

    anchor: str
    zone: str
    clauses: tuple[str, ...]
    word: str
    days: int
    wanted: int
    since_us: int | None = None
    full_us: int | None = None
    reset_by: str | None = None
    reset_clauses: tuple[str, ...] = ()
    verified_by: str | None = None


def counters(
    agreement: Agreement, register: Sequence[Record], at_us: int, known_at_us: int | None = None
) -> list[Counter]:
    """Every count of quiet days at an instant, by what was known then (by default: at it)."""
    known = at_us if known_at_us is None else min(known_at_us, at_us)
    happened = [record for record in register if record.at_us <= at_us]
    clock = Clock(agreement, known_by(happened, known))
    return [
        _counter(agreement, clock, name, at_us)
        for name, anchor in agreement.doc.anchors.items()
        if anchor.calm is not None
    ]


def _counter(agreement: Agreement, clock: Clock, name: str, at_us: int) -> Counter:
    calm = agreement.doc.anchors[name].calm
    assert calm is not None
    run = clock.calm_run(calm)
    started = run is not None and run.since_us <= at_us
    reset = run.reset_by if run is not None else None
    return Counter(
        anchor=name,
        zone=calm.zone,
        clauses=calm.clauses,
        word=_word(run, at_us, reached=_reached(clock, name, at_us)) if started else "waiting",
        days=_days(agreement, run, at_us, calm.days) if run is not None and started else 0,
        wanted=calm.days,
        since_us=None if run is None else run.since_us,
        full_us=None if run is None else run.end_us,
        reset_by=None if reset is None else (reset.id or reset.type),
        reset_clauses=() if reset is None else reset.clauses,
        verified_by=calm.verified_by,
    )


def _reached(clock: Clock, name: str, at_us: int) -> bool:
    instant = clock.anchor(name)
    return instant is not None and instant <= at_us


def _word(run: CalmRun | None, at_us: int, *, reached: bool) -> str:
    if reached:
        return "reached"
    return "unverified" if run is not None and run.end_us <= at_us else "counting"


def _days(agreement: Agreement, run: CalmRun, at_us: int, wanted: int) -> int:
    """Whole local days gone by, by the clock: the day of a change to summer time is one day."""
    where = agreement.zone
    days = day_number(at_us, where) - day_number(run.since_us, where)
    moved_back = _clock(at_us, agreement) < _clock(run.since_us, agreement)
    return min(wanted, max(0, days - moved_back))


def _clock(at_us: int, agreement: Agreement) -> tuple[int, int, int, int]:
    local = from_us(at_us, agreement.zone)
    return local.hour, local.minute, local.second, local.microsecond
