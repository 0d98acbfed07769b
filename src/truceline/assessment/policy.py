"""How cases are handled, as the parties agreed it: configuration that is itself an act."""

from typing import Literal

import msgspec

from truceline.values.errors import BadValue

Severity = Literal["technical", "minor", "serious", "grave"]
Rule = Literal["consensus", "majority", "chair_binding", "guarantor_pair", "none"]
Start = Literal["case/opened", "case/put", "case/released"]


class Payload(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What an act says, apart from who said it and when, which the entry itself holds."""


class Stage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body that decides in its turn: its name, as `committee`, and who has a vote in it."""

    name: str
    members: tuple[str, ...]


class Rung(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of the escalation ladder: what is due, and within how many hours."""

    name: str
    hours: int


class Cell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the severity matrix: facts that must all be given, and the class they come to."""

    facts: tuple[str, ...]
    severity: Severity


class PolicyAdopted(Payload, frozen=True, kw_only=True):
    """`policy/adopted`: how cases are handled from now on, as the parties agreed.

    alleged_hours: how long a case may stay at "alleged" without a task or a reason.
    rule, chair, guarantors: how a stage decides; chair and guarantors for the rules that name them.
    standard: the standard of proof, by the name the agreement gives it.
    matrix: read from the top, the first row whose facts are all given decides.
    ladder_from: the act that starts the clocks of `ladder`.
    harm_types: how many independent kinds of source confirm harm to civilians.
    """

    alleged_hours: int = 72
    reply_hours: int = 48
    stages: tuple[Stage, ...] = ()
    rule: Rule = "none"
    chair: str = ""
    guarantors: tuple[str, ...] = ()
    standard: str = "certainty"
    matrix: tuple[Cell, ...] = ()
    ladder_from: Start = "case/put"
    ladder: tuple[Rung, ...] = (
        Rung(name="first_response", hours=24),
        Rung(name="joint_response", hours=72),
    )
    harm_types: int = 2

    def __post_init__(self) -> None:
        names = [stage.name for stage in self.stages]
        if len(set(names)) != len(names):
            raise BadValue(f"stages {names}: each is named once")
        if self.rule == "chair_binding" and not self.chair:
            raise BadValue("chair_binding needs a chair; say whose vote binds")
        if self.rule == "guarantor_pair" and len(set(self.guarantors)) != 2:
            raise BadValue("guarantor_pair needs two guarantors")
        if min(self.alleged_hours, self.reply_hours, self.harm_types) < 1:
            raise BadValue("alleged_hours, reply_hours and harm_types are 1 or more")
