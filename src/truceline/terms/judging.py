"""Holding one case against an agreement.

1. Which version and which readings: amendments started by the time of the fact.
2. When each clause speaks: its period, less suspensions, inside its windows.
3. Each question answered by [belief, plausibility]; exemptions taken away where they speak.
4. Questions are taken as independent: their intervals multiply.
5. The verdict by the standard of proof the parties signed.
6. Special over general: a clause overridden is displaced, so that a fact counts once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.case import Case
from truceline.terms.document import Ceiling, Prohibit
from truceline.terms.force import Force
from truceline.terms.register import Record, Register, known_by
from truceline.terms.result import Result, Verdict
from truceline.terms.versions import in_force, readings_of, stated
from truceline.terms.weighing import Weighing

Key = tuple[str, str | None]
OVERRIDES_AT_BP = 9_000


def assess(
    agreement: Agreement, case: Case, register: Sequence[Record], known_at_us: int
) -> dict[Key, Result]:
    """Judge a case by every clause, for each party and for somebody bound by it (None).

    Only records known by `known_at_us` count. For many cases and one register make one `Bench`.
    """
    return Bench(agreement, known_by(register, known_at_us)).assess(case)


@dataclass(frozen=True, slots=True)
class Bench:
    """An agreement and a register, ready for any number of cases."""

    agreement: Agreement
    register: Register
    forces: dict[tuple[str, tuple[str, ...]], Force] = field(default_factory=dict)

    def assess(
        self, case: Case, bearers: Collection[str | None] | None = None, *, brief: bool = False
    ) -> dict[Key, Result]:
        """Judge one case under every reading; where readings differ the answer is contested.

        bearers: whom alone to judge, where the caller will use no other answer; None: everybody.
        brief: the same verdicts, beliefs and plausibilities, but of a clause that cannot speak of
        such an act only the questions that show it: for many cases of which few are explained.
        """
        read = readings_of(self.agreement)
        runs = [self._run(reading, case, bearers, brief=brief) for reading in read]
        if len(runs) == 1:
            return runs[0]
        keys = dict.fromkeys(key for run in runs for key in run)
        return {key: _collapsed([run[key] for run in runs if key in run]) for key in keys}

    def _run(
        self,
        reading: str,
        case: Case,
        bearers: Collection[str | None] | None,
        *,
        brief: bool,
    ) -> dict[Key, Result]:
        agreement = in_force(self.agreement, reading, self.register, case.span.from_us)
        force = self._force(agreement)
        out: dict[Key, Result] = {}
        for clause in agreement.clauses():
            if isinstance(clause, Prohibit | Ceiling):
                weighing = Weighing(agreement, force, self.register, case, clause)
                asked = [
                    one
                    for one in (None, *_everybody(agreement, clause))
                    if bearers is None or one in bearers
                ]
                for result in weighing.results(asked, brief=brief):
                    out[clause.id, result.bearer] = result
        _displace(agreement, out)
        return out

    def _force(self, agreement: Agreement) -> Force:
        key = (agreement.reading, agreement.applied)
        if key not in self.forces:
            clock = Clock(agreement, self.register)
            self.forces[key] = Force(agreement, self.register, clock)
        return self.forces[key]


def _everybody(agreement: Agreement, clause: Prohibit | Ceiling) -> tuple[str, ...]:
    """The parties, and whoever else the clause binds."""
    return tuple(dict.fromkeys((*agreement.doc.parties, *clause.who)))


def _displace(agreement: Agreement, results: dict[Key, Result]) -> None:
    special_rules = [clause for clause in agreement.clauses() if clause.overrides]
    answered = dict(results) if special_rules else {}
    for clause in special_rules:
        for (clause_id, bearer), special in answered.items():
            if clause_id != clause.id or special.verdict is Verdict.NOT_IN_FORCE:
                continue
            if special.pattern_bp < OVERRIDES_AT_BP:
                continue
            for general in clause.overrides:
                found = results.get((general, bearer))
                if found and found.verdict in (Verdict.BREACH, Verdict.UNDETERMINED):
                    results[general, bearer] = replace(
                        found, verdict=Verdict.DISPLACED, displaced_by=clause.id, missing=()
                    )


def _collapsed(results: list[Result]) -> Result:
    first = results[0]
    if all(one.verdict is first.verdict for one in results):
        return replace(first, reading="")
    by_list = any(
        one.verdict is not other.verdict and stated(one.reading) == stated(other.reading)
        for one, other in combinations(results, 2)
    )
    return Result(
        clause=first.clause,
        bearer=first.bearer,
        verdict=Verdict.CONTESTED,
        belief_bp=min(one.belief_bp for one in results),
        plausibility_bp=max(one.plausibility_bp for one in results),
        dimensions=first.dimensions,
        exemptions=first.exemptions,
        applied=first.applied,
        missing=("disputed_coverage",) if by_list else (),
        readings=tuple(results),
        facts=first.facts,
    )
