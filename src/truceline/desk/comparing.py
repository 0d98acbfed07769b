"""What changes between two drafts: both are run over the incidents a centre has on record.

Nobody is named. An answer is about *somebody bound* by a clause, taken as alleged: whether an
incident occurred is a question of its own, and the same for both drafts.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.store.assessing import recorded_cases
from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.differing import Moved
from truceline.terms.judging import Bench
from truceline.terms.register import known_by
from truceline.terms.result import Verdict

_CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What changes, in numbers.

    incidents: on record; judged: those that make a case. moved: every answer that changes.
    would_meet, cease_to_meet: incidents that meet the test of some clause under one draft alone.
    """

    incidents: int
    judged: int
    moved: tuple[Moved, ...]
    would_meet: tuple[str, ...]
    cease_to_meet: tuple[str, ...]
    by_clause: Mapping[tuple[str, str, str], int] = field(default_factory=dict)


def weigh(
    desk: Desk, before: Agreement, after: Agreement, progress: Callable[[int, int], None]
) -> Weighed:
    """Run two drafts over every incident on record; linear in the incidents.

    progress: how many incidents are done, of how many. Raises CentreRefused where the centre's own
    terms, whose register and bodies are used, are not held.
    """
    recorded = recorded_cases(desk.tables, desk.log)
    if recorded is None:
        raise CentreRefused(f"{desk.folder}: the terms in force are not held here")
    known = known_by(recorded.register, recorded.known_at_us)
    tally = _Tally(Bench(before, known), Bench(after, known))
    while chunk := list(islice(recorded.cases, _CHUNK)):
        for name, case in chunk:
            tally.judge(name, case)
        progress(tally.judged, recorded.number)
    progress(recorded.number, recorded.number)
    kinds = Counter((one.clause, one.before, one.after) for one in tally.moved)
    return Weighed(
        incidents=recorded.number,
        judged=tally.judged,
        moved=tuple(tally.moved),
        would_meet=tuple(tally.would_meet),
        cease_to_meet=tuple(tally.cease_to_meet),
        by_clause=dict(sorted(kinds.items())),
    )


@dataclass(slots=True)
class _Tally:
    """Both drafts and what they come to, incident by incident."""

    before: Bench
    after: Bench
    judged: int = 0
    moved: list[Moved] = field(default_factory=list)
    would_meet: list[str] = field(default_factory=list)
    cease_to_meet: list[str] = field(default_factory=list)

    def judge(self, name: str, case: Case) -> None:
        was, now = _answers(self.before, case), _answers(self.after, case)
        self.judged += 1
        self.moved += _moves(name, was, now)
        met, meets = (Verdict.BREACH in held.values() for held in (was, now))
        if meets and not met:
            self.would_meet.append(name)
        if met and not meets:
            self.cease_to_meet.append(name)


def _answers(bench: Bench, case: Case) -> dict[str, Verdict]:
    found = bench.assess(case, frozenset[str | None]({None}), brief=True)
    return {clause: result.verdict for (clause, _), result in found.items()}


def _moves(name: str, was: Mapping[str, Verdict], now: Mapping[str, Verdict]) -> Iterator[Moved]:
    clauses: Sequence[str] = sorted({*was, *now})
    for clause in clauses:
        before, after = (held[clause].value if clause in held else "" for held in (was, now))
        if before != after:
            yield Moved(case=name, clause=clause, party=None, before=before, after=after)
