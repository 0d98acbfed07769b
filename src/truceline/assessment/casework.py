"""Cases folded from the acts on them: what was allowed counts, what was not stays in a history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from truceline.assessment import acts
from truceline.assessment.case import (
    Attribution,
    Case,
    CaseAct,
    Line,
    Override,
    Said,
    State,
    Task,
)
from truceline.assessment.deciding import decide
from truceline.assessment.ladder import Check, Item
from truceline.assessment.occurrence import Level
from truceline.assessment.policy import PolicyAdopted
from truceline.assessment.ruling import RULES, Bench, refusal


def fold(said: Iterable[CaseAct], bench: Bench, agreed: PolicyAdopted) -> tuple[Case, ...]:
    """Every case, in the order they were opened, from acts in the order they took effect.

    agreed: how cases are handled until a policy is adopted. One adopted later moves no case that
    was open before: rules do not change under a case. A case whose opening this reader does not
    hold keeps its number, without its subject and question.
    """
    policy = agreed
    cases: dict[str, Case] = {}
    for act in said:
        if isinstance(act.payload, PolicyAdopted) and act.actor == bench.centre:
            policy = act.payload
        elif act.kind == "case/opened":
            _open(cases, act, policy, bench)
        elif isinstance(act.payload, acts.OnCase) and act.payload.case in cases:
            cases[act.payload.case] = after(cases[act.payload.case], act, bench)
    return tuple(cases.values())


def _open(cases: dict[str, Case], act: CaseAct, policy: PolicyAdopted, bench: Bench) -> None:
    given = act.payload if isinstance(act.payload, acts.CaseOpened) else None
    if act.actor not in bench.staff | {bench.centre} or act.borrowed:
        return
    number = f"A-{act.entry}"
    line = Line(
        entry=act.entry, kind=act.kind, actor=act.actor, at_us=act.at_us, state=State.OPENED
    )
    cases[number] = Case(
        number=number,
        entry=act.entry,
        subject=given.subject if given else "",
        question=given.question if given else "",
        language=given.language if given else "und",
        complainant=given.complainant if given else "",
        by=act.actor,
        at_us=act.at_us,
        policy=policy,
        history=(line,),
    )


def after(case: Case, act: CaseAct, bench: Bench) -> Case:
    """The case once an act came in; one the rules do not allow leaves only a line behind."""
    code = refusal(case, act, bench)
    if not code:
        case = replace(case, **_CHANGES[act.kind](case, act, act.payload))
        case = replace(case, state=RULES[act.kind].to or case.state)
    line = Line(
        entry=act.entry,
        kind=act.kind,
        actor=act.actor,
        at_us=act.at_us,
        state=case.state,
        refused=code,
        wording=getattr(act.payload, "wording", ""),
        language=getattr(act.payload, "language", "und"),
    )
    return replace(case, history=(*case.history, line))


# What each act that counts changes: field → its new value.
Change = Callable[[Case, CaseAct, Any], dict[str, Any]]


def _evidence(case: Case, act: CaseAct, said: acts.CaseEvidence) -> dict[str, Any]:
    del act
    item = Item(
        claim=said.claim,
        origin=said.origin,
        owner=said.owner,
        party=said.party,
        direct=said.direct,
        reliability=said.reliability,
        credibility=said.credibility,
    )
    return {"items": (*case.items, item)}


def _regraded(case: Case, claim: str, **grade: Any) -> dict[str, Any]:  # noqa: ANN401 - one field
    return {
        "items": tuple(
            replace(item, **grade) if item.claim == claim else item for item in case.items
        )
    }


def _task_done(case: Case, act: CaseAct, said: acts.CaseTaskDone) -> dict[str, Any]:
    tasks = tuple(
        replace(task, done_us=act.at_us, hindrance=said.hindrance, by=said.by)
        if task.entry == said.task
        else task
        for task in case.tasks
    )
    return {"tasks": tasks}


def _put(case: Case, act: CaseAct, said: acts.CasePut) -> dict[str, Any]:
    """A new draft begins the time to reply again; replies to the earlier one stay."""
    del case
    return {
        "put_to": said.parties,
        "put_actors": said.actors,
        "put_us": act.at_us,
        "waived": (),
        "answers": {},
    }


def _decided(case: Case, act: CaseAct, said: acts.CaseDecided) -> dict[str, Any]:
    del act, said
    members = next(one.members for one in case.policy.stages if one.name == case.stage)
    came_to = decide(case.policy, members, case.votes.get(case.stage, {}))
    return {"decisions": {**case.decisions, case.stage: came_to}}


def _voted(case: Case, act: CaseAct, said: acts.CaseVoted) -> dict[str, Any]:
    here = {**case.votes.get(case.stage, {}), act.actor: said.vote}
    return {"votes": {**case.votes, case.stage: here}}


def _kept(act: CaseAct, said: acts.OnCase, form: str) -> Said:
    return Said(
        entry=act.entry,
        by=act.actor,
        form=form,
        wording=said.wording,
        language=said.language,
        at_us=act.at_us,
    )


def _set_aside(case: Case, act: CaseAct, said: acts.CaseSetAside) -> dict[str, Any]:
    del case, act
    return {
        "side": said.side,
        "hindrance": said.hindrance,
        "hindered_by": said.by,
        "duplicate_of": said.duplicate_of,
    }


def _checked(case: Case, act: CaseAct, said: acts.CaseChecked) -> dict[str, Any]:
    check = Check(
        entry=act.entry,
        actor=act.actor,
        person=said.person,
        method=said.method,
        custody=said.custody,
    )
    return {"checks": (*case.checks, check)}


def _attributed(case: Case, act: CaseAct, said: acts.CaseAttributed) -> dict[str, Any]:
    line = Attribution(
        entry=act.entry,
        state=said.state,
        actors=said.actors,
        standard=said.standard,
        by=act.actor,
    )
    return {"attributions": (*case.attributions, line)}


def _override(case: Case, act: CaseAct, said: acts.CaseOverride) -> dict[str, Any]:
    line = Override(
        entry=act.entry, severity=said.severity, reason=said.wording, person=said.person
    )
    return {"overrides": (*case.overrides, line)}


_CHANGES: Mapping[str, Change] = {
    "case/evidence": _evidence,
    "case/evidence-out": lambda case, _, said: {
        "items": tuple(item for item in case.items if item.claim != said.claim)
    },
    "case/source-graded": lambda case, _, said: _regraded(
        case, said.claim, reliability=said.reliability
    ),
    "case/item-graded": lambda case, _, said: _regraded(
        case, said.claim, credibility=said.credibility
    ),
    "case/tasked": lambda case, act, said: {
        "tasks": (*case.tasks, Task(entry=act.entry, to=said.to, due_us=said.due_us))
    },
    "case/task-done": _task_done,
    "case/explained": lambda case, _, said: {"explained": (*case.explained, said.wording)},
    "case/checked": _checked,
    "case/reviewed": lambda case, _, said: {
        "checks": tuple(
            replace(one, reviewed_by=said.person) if one.entry == said.check else one
            for one in case.checks
        )
    },
    "case/verified": lambda _, __, said: {"stated": Level(said.level)},
    "case/held-against": lambda case, _, said: {
        "held_against": {**case.held_against, (said.clause, said.version): said.meets}
    },
    "case/attributed": _attributed,
    "case/graded": lambda _, __, said: {"facts": said.facts},
    "case/severity-override": _override,
    "case/override-seconded": lambda case, _, said: {
        "overrides": tuple(
            replace(one, seconded=True) if one.entry == said.override else one
            for one in case.overrides
        )
    },
    "case/set-aside": _set_aside,
    "case/resumed": lambda _, __, ___: {
        "side": "",
        "hindrance": "",
        "hindered_by": "",
        "duplicate_of": "",
    },
    "case/put": _put,
    "case/replied": lambda case, act, said: {"replies": (*case.replies, _kept(act, said, "reply"))},
    "case/waived": lambda case, act, _: {"waived": tuple(sorted({*case.waived, act.actor}))},
    "case/attribution-answered": lambda case, act, said: {
        "answers": {**case.answers, act.actor: said.accepts}
    },
    "case/tabled": lambda _, __, said: {"stage": said.stage},
    "case/voted": _voted,
    "case/decided": _decided,
    "case/dissented": lambda case, act, said: {
        "dissents": (*case.dissents, _kept(act, said, said.form))
    },
    "case/released": lambda _, act, __: {"released_us": act.at_us},
    "case/responded": lambda case, act, said: {
        "responses": {**case.responses, said.rung: act.at_us}
    },
    "case/remedy-owed": lambda case, _, said: {
        "remedies": (*case.remedies, (said.party, said.wording, said.due_us))
    },
    "case/remedied": lambda _, __, said: {"remedied_by": said.evidence},
}
