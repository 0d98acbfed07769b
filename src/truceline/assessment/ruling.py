"""Which act may be done to a case, by whom, from which state: one table, and the finer rules.

The desk asks before it appends; the fold asks again when the record is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.assessment import acts
from truceline.assessment.case import Case, CaseAct, State
from truceline.assessment.deciding import decide
from truceline.assessment.ladder import STEPS, supported
from truceline.assessment.occurrence import Level
from truceline.assessment.wording import CASE_REFUSALS
from truceline.values.errors import TrucelineError


class CaseRefused(TrucelineError):
    """The rules do not allow this act on this case now; nothing changes.

    code: which rule, a key of `wording.CASE_REFUSALS`.
    """

    def __init__(self, code: str, where: str) -> None:
        """Say which rule refused, and on which case."""
        self.code = code
        super().__init__(f"{where}: {CASE_REFUSALS[code].en}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Who is who at this centre: its staff, and the parties."""

    staff: frozenset[str]
    parties: frozenset[str]
    centre: str = "CENTRE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """From which states an act may come, by whom, and where it leads; None: nowhere else."""

    states: frozenset[State]
    who: str
    to: State | None = None


_EARLY = frozenset({State.OPENED, State.PUT})
_WORKING = _EARLY | {State.TABLED}
_PUT = frozenset({State.PUT, State.TABLED, State.DECIDED})
_LATE = frozenset({State.TABLED, State.DECIDED, State.RELEASED, State.REMEDIED})
_ANY = frozenset(State)

RULES: Mapping[str, Rule] = {
    "case/evidence": Rule(states=_WORKING, who="staff"),
    "case/evidence-out": Rule(states=_WORKING, who="staff"),
    "case/source-graded": Rule(states=_WORKING, who="staff"),
    "case/item-graded": Rule(states=_WORKING, who="staff"),
    "case/tasked": Rule(states=_WORKING, who="staff"),
    "case/task-done": Rule(states=_WORKING, who="tasked"),
    "case/explained": Rule(states=_WORKING, who="staff"),
    "case/checked": Rule(states=_WORKING, who="staff"),
    "case/reviewed": Rule(states=_WORKING, who="staff"),
    "case/verified": Rule(states=_WORKING, who="staff"),
    "case/held-against": Rule(states=_WORKING, who="staff"),
    "case/attributed": Rule(states=_WORKING, who="staff"),
    "case/graded": Rule(states=_WORKING, who="staff"),
    "case/severity-override": Rule(states=_WORKING, who="staff"),
    "case/override-seconded": Rule(states=_WORKING, who="staff"),
    "case/set-aside": Rule(states=_EARLY, who="staff_or_complainant", to=State.SET_ASIDE),
    "case/resumed": Rule(states=frozenset({State.SET_ASIDE}), who="staff", to=State.OPENED),
    "case/put": Rule(states=_EARLY, who="staff", to=State.PUT),
    "case/replied": Rule(states=_PUT, who="put_to"),
    "case/waived": Rule(states=_PUT, who="put_to"),
    "case/attribution-answered": Rule(states=_LATE | _PUT, who="put_to"),
    "case/tabled": Rule(states=frozenset({State.PUT, State.DECIDED}), who="staff", to=State.TABLED),
    "case/voted": Rule(states=frozenset({State.TABLED}), who="member"),
    "case/decided": Rule(states=frozenset({State.TABLED}), who="centre", to=State.DECIDED),
    "case/dissented": Rule(states=_LATE, who="party_or_member"),
    "case/released": Rule(states=frozenset({State.DECIDED}), who="centre", to=State.RELEASED),
    "case/responded": Rule(states=_ANY, who="staff"),
    "case/remedy-owed": Rule(states=frozenset({State.RELEASED}), who="staff"),
    "case/remedied": Rule(states=frozenset({State.RELEASED}), who="centre", to=State.REMEDIED),
}


def check(case: Case, act: CaseAct, bench: Bench) -> None:
    """Raise CaseRefused if the rules do not allow this act on this case."""
    if code := refusal(case, act, bench):
        raise CaseRefused(code, case.number)


def refusal(case: Case, act: CaseAct, bench: Bench) -> str:
    """The code of the first rule an act breaks; empty where it may count."""
    rule = RULES[act.kind]
    if act.borrowed:
        return "borrowed_voice"
    if case.state not in rule.states:
        return "not_now"
    if act.actor not in _who(rule.who, case, act, bench):
        return "not_theirs"
    finer = _FINER.get(act.kind)
    return finer(case, act) if finer else ""


def _who(who: str, case: Case, act: CaseAct, bench: Bench) -> frozenset[str]:
    """The codes that may do an act of this class on this case."""
    staff = bench.staff | {bench.centre}
    members = frozenset(code for stage in case.policy.stages for code in stage.members)
    here = next((one.members for one in case.policy.stages if one.name == case.stage), ())
    task = getattr(act.payload, "task", None)
    return {
        "staff": staff,
        "centre": frozenset({bench.centre}),
        "tasked": staff | {one.to for one in case.tasks if one.entry == task},
        "staff_or_complainant": staff | {case.complainant},
        "put_to": frozenset(case.put_to),
        "member": frozenset(here),
        "party_or_member": members | bench.parties,
    }[who]


def _evidence(case: Case, act: CaseAct) -> str:
    assert isinstance(act.payload, acts.CaseEvidence)
    return "twice" if _item(case, act.payload.claim) else ""


def _about_item(case: Case, act: CaseAct) -> str:
    return "" if _item(case, getattr(act.payload, "claim", "")) else "not_before_it"


def _item(case: Case, claim: str) -> bool:
    return any(item.claim == claim for item in case.items)


def _task_done(case: Case, act: CaseAct) -> str:
    assert isinstance(act.payload, acts.CaseTaskDone)
    open_tasks = {task.entry for task in case.tasks if task.done_us is None}
    return "" if act.payload.task in open_tasks else "no_such"


def _reviewed(case: Case, act: CaseAct) -> str:
    """A check is gone over by a second person."""
    assert isinstance(act.payload, acts.CaseReviewed)
    person, number = act.payload.person, act.payload.check
    found = next((one for one in case.checks if one.entry == number), None)
    if found is None or found.reviewed_by:
        return "no_such"
    return "second_person" if not person or person == found.person else ""


def _verified(case: Case, act: CaseAct) -> str:
    assert isinstance(act.payload, acts.CaseVerified)
    level = Level(act.payload.level)
    if level not in STEPS[case.level]:
        return "jump"
    if act.actor in {item.owner for item in case.items}:
        return "own_report"
    held = supported(case.items, case.checks, case.complainant)
    return "" if level in held else "unsupported"


def _set_aside(case: Case, act: CaseAct) -> str:
    """Only who alleged it takes it back, and the complainant does nothing else to it."""
    assert isinstance(act.payload, acts.CaseSetAside)
    taken_back = act.payload.side == "withdrawn"
    if taken_back != (act.actor == case.complainant) and (taken_back or case.complainant):
        return "not_theirs"
    return "no_such" if act.payload.duplicate_of == case.number else ""


def _attributed(case: Case, act: CaseAct) -> str:
    """The standard of proof is the agreement's, not whoever's it suits."""
    assert isinstance(act.payload, acts.CaseAttributed)
    said = act.payload
    return "standard" if said.state == "assessed" and said.standard != case.policy.standard else ""


def _seconded(case: Case, act: CaseAct) -> str:
    assert isinstance(act.payload, acts.CaseSeconded)
    person, number = act.payload.person, act.payload.override
    found = next((one for one in case.overrides if one.entry == number), None)
    if found is None or found.seconded:
        return "no_such"
    return "second_person" if not person or person == found.person else ""


def _tabled(case: Case, act: CaseAct) -> str:
    """A stage comes after every stage before it has adopted it, and is not gone through twice."""
    assert isinstance(act.payload, acts.CaseTabled)
    names = [stage.name for stage in case.policy.stages]
    if act.payload.stage not in names:
        return "no_such"
    before = names[: names.index(act.payload.stage)]
    if act.payload.stage in case.decisions or len(case.decisions) != len(before):
        return "stage_skipped"
    passed = {"adopted", "no_decision"}
    return "" if all(case.decisions[name].outcome in passed for name in before) else "stage_skipped"


def _decided(case: Case, act: CaseAct) -> str:
    assert isinstance(act.payload, acts.CaseDecided)
    members = next(one.members for one in case.policy.stages if one.name == case.stage)
    came_to = decide(case.policy, members, case.votes.get(case.stage, {})).outcome
    return "" if act.payload.outcome == came_to else "not_the_outcome"


def _released(case: Case, act: CaseAct) -> str:
    """Everybody's time to reply is over, unless they gave it up themselves; every stage is done."""
    names = {stage.name for stage in case.policy.stages}
    stopped = any(one.outcome == "not_adopted" for one in case.decisions.values())
    if not stopped and names - set(case.decisions):
        return "stage_skipped"
    until_us = case.reply_until_us
    over = until_us is not None and act.at_us > until_us
    return "" if over or set(case.put_to) <= set(case.waived) else "reply_window"


def _responded(case: Case, act: CaseAct) -> str:
    rung = getattr(act.payload, "rung", "")
    known = {one.name for one in case.rungs(act.at_us)} - set(case.responses)
    return "" if rung in known else "no_such"


def _remedied(case: Case, act: CaseAct) -> str:
    del act
    return "" if case.remedies else "no_such"


_FINER: Mapping[str, Callable[[Case, CaseAct], str]] = {
    "case/evidence": _evidence,
    "case/evidence-out": _about_item,
    "case/source-graded": _about_item,
    "case/item-graded": _about_item,
    "case/task-done": _task_done,
    "case/reviewed": _reviewed,
    "case/verified": _verified,
    "case/set-aside": _set_aside,
    "case/attributed": _attributed,
    "case/override-seconded": _seconded,
    "case/tabled": _tabled,
    "case/decided": _decided,
    "case/released": _released,
    "case/responded": _responded,
    "case/remedied": _remedied,
}
