"""A case as it stands: five separate questions, what people said of each, and what became of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from truceline.assessment.deciding import Decision
from truceline.assessment.ladder import Check, Item, standing
from truceline.assessment.occurrence import Level
from truceline.assessment.policy import Payload, PolicyAdopted
from truceline.values.instant import HOUR_US


class State(StrEnum):
    """Where a case stands on its way to a finding."""

    OPENED = "opened"
    SET_ASIDE = "set_aside"
    PUT = "put"
    TABLED = "tabled"
    DECIDED = "decided"
    RELEASED = "released"
    REMEDIED = "closed_remedied"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """One entry as this room reads it.

    at_us: when it took effect on the record, which every rule and clock runs on.
    borrowed: somebody other than the desk spoke in another's name.
    payload: None where this reader does not hold it.
    """

    entry: int
    kind: str
    actor: str
    at_us: int
    payload: Payload | None
    borrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a history; refused: code of the rule that kept the act from counting."""

    entry: int
    kind: str
    actor: str
    at_us: int
    state: str
    refused: str = ""
    wording: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Verification asked of somebody, and what came of it; late once its time is up undone."""

    entry: int
    to: str
    due_us: int
    done_us: int | None = None
    hindrance: str = ""
    by: str = ""

    def late(self, now_us: int) -> bool:
        """Say whether it was not done in time."""
        return (self.done_us if self.done_us is not None else now_us) > self.due_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words that go with a finding for ever: a reply, a reservation, a dissent."""

    entry: int
    by: str
    form: str
    wording: str
    language: str
    at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """By whom, as stated; several or nobody may be named."""

    entry: int
    state: str
    actors: tuple[str, ...]
    standard: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A class of severity somebody proposes instead of the matrix's; in effect once seconded."""

    entry: int
    severity: str
    reason: str
    person: str
    seconded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A rung of the escalation ladder for one case; overrun: not taken in its time."""

    name: str
    due_us: int
    met_us: int | None
    overrun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as it stands at an instant.

    number: `A-` and the entry that opened it. policy: what was agreed when it was opened.
    stated: the level it was taken to; `level` is what its evidence still supports of that.
    held_against: (clause, version) → whether it meets the test; None where that is not decided.
    decisions: stage → what the votes came to. answers: party → accepts the attribution put to it.
    """

    number: str
    entry: int
    subject: str
    question: str
    language: str
    complainant: str
    by: str
    at_us: int
    policy: PolicyAdopted
    state: State = State.OPENED
    side: str = ""
    hindrance: str = ""
    hindered_by: str = ""
    duplicate_of: str = ""
    stated: Level = Level.V0
    items: tuple[Item, ...] = ()
    checks: tuple[Check, ...] = ()
    tasks: tuple[Task, ...] = ()
    explained: tuple[str, ...] = ()
    held_against: dict[tuple[str, str], bool | None] = field(default_factory=dict)
    attributions: tuple[Attribution, ...] = ()
    facts: tuple[str, ...] | None = None
    overrides: tuple[Override, ...] = ()
    put_to: tuple[str, ...] = ()
    put_actors: tuple[str, ...] = ()
    put_us: int | None = None
    answers: dict[str, bool] = field(default_factory=dict)
    replies: tuple[Said, ...] = ()
    waived: tuple[str, ...] = ()
    stage: str = ""
    votes: dict[str, dict[str, str]] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    dissents: tuple[Said, ...] = ()
    released_us: int | None = None
    responses: dict[str, int] = field(default_factory=dict)
    remedies: tuple[tuple[str, str, int], ...] = ()
    remedied_by: str = ""
    history: tuple[Line, ...] = ()

    @property
    def level(self) -> Level:
        """How far it is verified: worked out again from the evidence every time it is asked."""
        return standing(self.stated, self.items, self.checks, self.complainant)

    @property
    def reply_until_us(self) -> int | None:
        """The last instant of the reply window; None while it was put to nobody."""
        return None if self.put_us is None else self.put_us + self.policy.reply_hours * HOUR_US

    @property
    def attribution(self) -> str:
        """How far it is attributed; jointly accepted once everybody it was put to accepted it."""
        if self.put_actors and all(self.answers.get(party) for party in self.put_to):
            return "jointly_accepted"
        return self.attributions[-1].state if self.attributions else "not_assessed"

    @property
    def actors(self) -> tuple[str, ...]:
        """To whom it is attributed as last stated, or as put to the parties."""
        return self.attributions[-1].actors if self.attributions else self.put_actors

    @property
    def contested_by(self) -> tuple[str, ...]:
        """The parties that contest the attribution put to them."""
        return tuple(sorted(party for party, accepts in self.answers.items() if not accepts))

    @property
    def severity(self) -> str:
        """The class: a seconded override's, else the matrix's; empty where neither gives one."""
        agreed = [one.severity for one in self.overrides if one.seconded]
        return agreed[-1] if agreed else self.computed_severity

    @property
    def computed_severity(self) -> str:
        """What the agreed matrix makes of the facts: the same facts always give the same class."""
        if self.facts is None:
            return ""
        rows = (row for row in self.policy.matrix if set(row.facts) <= set(self.facts or ()))
        return next((str(row.severity) for row in rows), "")

    @property
    def adopted(self) -> bool:
        """Say whether every stage adopted it: only then may it speak of a violation."""
        stages = self.policy.stages
        return bool(stages) and all(
            (held := self.decisions.get(stage.name)) is not None and held.outcome == "adopted"
            for stage in stages
        )

    def rungs(self, now_us: int) -> tuple[Due, ...]:
        """The escalation ladder with its clocks; empty until the agreed act starts them."""
        start = {
            "case/opened": self.at_us,
            "case/put": self.put_us,
            "case/released": self.released_us,
        }
        began_us = start[self.policy.ladder_from]
        if began_us is None:
            return ()
        rungs = []
        for rung in self.policy.ladder:
            due_us, met_us = began_us + rung.hours * HOUR_US, self.responses.get(rung.name)
            overrun = (now_us if met_us is None else met_us) > due_us
            rungs.append(Due(name=rung.name, due_us=due_us, met_us=met_us, overrun=overrun))
        return tuple(rungs)
