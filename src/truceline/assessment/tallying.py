"""What all cases together come to: who waits, what was substantiated, to whom it was attributed."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.assessment.case import Case, State
from truceline.assessment.ladder import rank
from truceline.assessment.occurrence import Level
from truceline.values.instant import HOUR_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case left at "alleged", or below, longer than agreed.

    tasks: entries of the tasks given. reason: why nobody is sent. Where both are empty the centre
    owes one or the other.
    """

    number: str
    since_us: int
    tasks: tuple[int, ...]
    reason: str

    @property
    def unattended(self) -> bool:
        """Say whether nobody was sent and nobody said why."""
        return not self.tasks and not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Every case counted once, by what became of it; none is left out.

    rate_bp: substantiated of those decided on substance, basis points; None where there are none.
    """

    substantiated: int
    not_substantiated: int
    unable: int
    withdrawn: int
    duplicate: int
    undecided: int

    @property
    def all(self) -> int:
        """How many cases there are."""
        aside = self.unable + self.withdrawn + self.duplicate
        return self.substantiated + self.not_substantiated + aside + self.undecided

    @property
    def rate_bp(self) -> int | None:
        """The substantiation rate; cases withdrawn or impossible to verify say nothing of it."""
        decided = self.substantiated + self.not_substantiated
        return self.substantiated * 10_000 // decided if decided else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """To whom released findings attribute, per incident.

    incidents: how many there are. named: party → incidents in which it is named. Several may share
    one incident, so the shares may come to more than 100 % (`may_exceed`): they are no parts of one
    whole and must be labelled so.
    """

    incidents: int
    named: dict[str, int]
    may_exceed: bool = True

    def share_bp(self, party: str) -> int | None:
        """Of all incidents, those in which a party is named, basis points."""
        return self.named.get(party, 0) * 10_000 // self.incidents if self.incidents else None


def waiting(cases: Iterable[Case], now_us: int) -> tuple[Waiting, ...]:
    """Every case at "alleged" beyond its agreed time, longest first, with its task or reason."""
    late = [
        case
        for case in cases
        if case.state is not State.SET_ASIDE
        and rank(case.level) <= rank(Level.V1)
        and now_us > case.at_us + case.policy.alleged_hours * HOUR_US
    ]
    return tuple(
        Waiting(
            number=case.number,
            since_us=case.at_us,
            tasks=tuple(task.entry for task in case.tasks),
            reason=case.explained[-1] if case.explained else "",
        )
        for case in sorted(late, key=lambda case: (case.at_us, case.entry))
    )


def tally(cases: Iterable[Case]) -> Tally:
    """Count every case by what became of it."""
    counts = dict.fromkeys(Tally.__dataclass_fields__, 0)
    for case in cases:
        counts[_became(case)] += 1
    return Tally(**counts)


def _became(case: Case) -> str:
    if case.state is State.SET_ASIDE:
        return case.side
    if any(one.outcome == "not_adopted" for one in case.decisions.values()):
        return "not_substantiated"
    return "substantiated" if case.adopted else "undecided"


def shares(cases: Iterable[Case]) -> Shares:
    """To whom released, adopted findings attribute, counted per incident and not per party."""
    out = frozenset({State.RELEASED, State.REMEDIED})
    by_incident: dict[str, set[str]] = {}
    for case in cases:
        if case.state in out and case.adopted:
            by_incident.setdefault(case.subject, set()).update(case.actors)
    named: dict[str, int] = {}
    for actors in by_incident.values():
        for party in sorted(actors):
            named[party] = named.get(party, 0) + 1
    return Shares(incidents=len(by_incident), named=named)
