"""Proposed findings: every incident held against every clause, for people to look at.

1. An incident makes a case, or says why it makes none.
2. The terms judge the case as it is alleged: `as_alleged`.
3. Whether it occurred is asked apart. Until a monitor perceived it, two voices corroborate it or
   people checked it, and for an act the clause itself speaks of, the proposal is undetermined:
   what is only alleged does not meet a test (ADR 0042).
4. A party is spoken of only if somebody names it, and in a REPLAY never.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.assessment.casing import case_of
from truceline.assessment.occurrence import Check, Level, Occurrence, occurred
from truceline.assessment.voices import Bodies, accused, voices
from truceline.claims.claim import Claim
from truceline.incidents.incident import Incident
from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.document import Prohibit
from truceline.terms.judging import Bench
from truceline.terms.register import Record, known_by
from truceline.terms.result import Result, Verdict
from truceline.values.acts import Match, answers
from truceline.values.mode import Mode
from truceline.values.unknown import Unknown

_ESTABLISHED = frozenset({Level.V2, Level.V3, Level.V4})
_HOLDING = ("holding",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for one incident, clause and party.

    party: None for "somebody bound by the clause".
    verdict, belief_bp, plausibility_bp: the proposal, `undetermined` while the act the clause
        speaks of is only alleged.
    as_alleged: the verdict if it occurred as alleged; result: how the terms came to that.
    level: how far it is verified that it occurred, and `act`: that what occurred.
    """

    incident_id: str
    clause: str
    party: str | None
    verdict: Verdict
    belief_bp: int
    plausibility_bp: int
    as_alleged: Verdict
    level: Level
    act: str
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """An incident no clause could be asked about; reason: a code of `wording.UNCASED`."""

    incident_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What people did apart from the claims: by incident.

    admitted: parties that accepted a complaint about it. checks: checks of site or evidence.
    """

    admitted: Mapping[str, Collection[str]] = field(default_factory=dict)
    checks: Mapping[str, Sequence[Check]] = field(default_factory=dict)


NOTHING_FOUND = Findings()


def bodies_of(agreement: Agreement) -> Bodies:
    """Who is who by the agreement: its parties, and as monitors every body it names."""
    return Bodies(
        parties={code: party.responsible_for for code, party in agreement.parties.items()},
        monitors=frozenset(agreement.doc.bodies),
    )


def propose(  # noqa: PLR0913 - a record to judge, the terms to judge by, and the instant
    agreement: Agreement,
    incidents: Iterable[Incident],
    claims: Mapping[str, Claim],
    register: Sequence[Record],
    known_at_us: int,
    *,
    mode: Mode,
    found: Findings = NOTHING_FOUND,
    brief: bool = False,
) -> list[Proposal]:
    """Hold incidents against the terms; in the order of the incidents, then of the clauses.

    brief: the same proposals, their reasons only as far as they were needed: for many incidents.

    register: as `coordination.register.records` gives it at `known_at_us`.
    Linear in the incidents; tens of thousands take seconds.
    """
    bench = Bench(agreement, known_by(register, known_at_us))
    desk = _Desk(
        bench=bench,
        bodies=bodies_of(agreement),
        claims=claims,
        mode=mode,
        found=found,
        brief=brief,
    )
    return [proposal for incident in incidents for proposal in desk.proposals(incident)]


def unjudged(
    incidents: Iterable[Incident],
    claims: Mapping[str, Claim],
    bodies: Bodies,
    found: Findings = NOTHING_FOUND,
) -> list[Unjudged]:
    """The incidents `propose` says nothing about, each with why: none is silently dropped."""
    return [
        Unjudged(incident_id=incident.id, reason=case.reason)
        for incident in incidents
        if isinstance(
            case := case_of(incident, claims, bodies, admitted=found.admitted.get(incident.id, ())),
            Unknown,
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Everything that is the same for all incidents of one run."""

    bench: Bench
    bodies: Bodies
    claims: Mapping[str, Claim]
    mode: Mode
    found: Findings
    brief: bool

    def proposals(self, incident: Incident) -> Iterator[Proposal]:
        admitted = self.found.admitted.get(incident.id, ())
        case = case_of(incident, self.claims, self.bodies, admitted=admitted)
        if isinstance(case, Unknown):
            return
        occurrence = occurred(
            incident,
            self.claims,
            self.bodies,
            checks=self.found.checks.get(incident.id, ()),
            admitted=admitted,
        )
        whom = self._spoken_of(incident, case)
        for result in self.bench.assess(case, whom, brief=self.brief).values():
            yield self._proposal(incident, occurrence, result)

    def _spoken_of(self, incident: Incident, case: Case) -> frozenset[str | None]:
        """Somebody, and the parties that are named; in a REPLAY no party."""
        if self.mode is Mode.REPLAY:
            return frozenset({None})
        named = accused(voices(incident, self.claims, self.bodies), self.bodies)
        return frozenset({None, *named, *(case.actor or {})})

    def _proposal(self, incident: Incident, occurrence: Occurrence, result: Result) -> Proposal:
        open_ = result.verdict in {Verdict.BREACH, Verdict.EXCUSED} and not self._established(
            occurrence, result.clause
        )
        return Proposal(
            incident_id=incident.id,
            clause=result.clause,
            party=result.bearer,
            verdict=Verdict.UNDETERMINED if open_ else result.verdict,
            belief_bp=0 if open_ else result.belief_bp,
            plausibility_bp=result.plausibility_bp,
            as_alleged=result.verdict,
            level=occurrence.level,
            act=occurrence.act,
            result=result,
        )

    def _established(self, occurrence: Occurrence, clause_id: str) -> bool:
        """Say whether an act the clause speaks of is more than alleged."""
        if occurrence.level not in _ESTABLISHED:
            return False
        clause = self.bench.agreement.clause(clause_id)
        asked = clause.act if isinstance(clause, Prohibit) else _HOLDING
        return not asked or any(answers(occurrence.act, act) is Match.YES for act in asked)
