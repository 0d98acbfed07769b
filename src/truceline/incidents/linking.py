"""The links an incident shows: why each of its claims stands with the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.claims.claim import Claim
from truceline.engines.arrays import I64
from truceline.engines.clustering import tree
from truceline.incidents.answering import unasked
from truceline.incidents.columns import Columns
from truceline.incidents.deciding import Rulings
from truceline.incidents.incident import Link, LinkKind, Reason
from truceline.incidents.weighing import Evidence
from truceline.incidents.weights import ANSWERS, FIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link with the rows of its claims, one < other."""

    one: int
    other: int
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A claim that answers another: by number, or by place, time and act."""

    row: int
    to: int
    millibits: int
    reasons: tuple[Reason, ...]


def event_ties(claims: Sequence[Claim], of: Columns, core: Evidence, label: I64) -> list[Tie]:
    """The strongest links that hold each group together."""
    ties = []
    for number in tree(label[of.claim], core.every(), least=FIT):
        ends = int(of.claim[core.one[number]]), int(of.claim[core.other[number]])
        kind = LinkKind.COPY if core.copy[number] else LinkKind.SAME_EVENT
        ties.append(tie(claims, ends, kind, int(core.total[number]), core.reasons(number)))
    return ties


def person_ties(claims: Sequence[Claim], rulings: Rulings) -> list[Tie]:
    """What people confirmed. A person's word is a reason of its own and has no odds."""
    ties = []
    for ends, entry in rulings.by.items():
        reason = Reason(code="person", millibits=0, facts=(("entry", entry),))
        ties.append(tie(claims, ends, LinkKind.CONFIRMED, 0, (reason,)))
    return ties


def replies(
    answers: Mapping[int, int],
    *,
    of: Columns,
    evidence: Evidence,
    label: I64,
) -> list[Reply]:
    """Every answer with what it answers: by place and time, or by the number it gives."""
    by_number = (Reason(code="answers", millibits=ANSWERS),)
    found = []
    for row, number in unasked(of, evidence, label, answers).items():
        ends = {int(of.claim[evidence.one[number]]), int(of.claim[evidence.other[number]])}
        (to,) = ends - {row}
        weight, reasons = int(evidence.total[number]), evidence.reasons(number)
        found.append(Reply(row=row, to=to, millibits=weight, reasons=reasons))
    # Those last, for what they name may be a denial that has only now found its incident.
    found += [
        Reply(row=row, to=to, millibits=ANSWERS, reasons=by_number) for row, to in answers.items()
    ]
    return found


def stand_beside(
    claims: Sequence[Claim], label: I64, rulings: Rulings, replied: Sequence[Reply]
) -> tuple[I64, list[Tie]]:
    """Give each reply the label of what it answers, unless a person decided otherwise.

    returns: the labels with replies, and a tie for each reply that was placed.
    """
    decided = {row for rows in rulings.groups for row in rows} | rulings.alone
    foes: dict[int, list[int]] = {}
    for one, other in rulings.apart:
        foes.setdefault(one, []).append(other)
        foes.setdefault(other, []).append(one)
    barred = {(row, int(label[foe])) for row, against in foes.items() for foe in against}
    placed, ties = label.copy(), []
    for reply in replied:
        group = int(placed[reply.to])
        if reply.row in decided or (reply.row, group) in barred:
            continue
        placed[reply.row] = group
        barred.update((row, group) for row in foes.get(reply.row, ()))
        ends = reply.row, reply.to
        ties.append(tie(claims, ends, LinkKind.ANSWER, reply.millibits, reply.reasons))
    return placed, ties


def tie(
    claims: Sequence[Claim],
    ends: tuple[int, int],
    kind: LinkKind,
    millibits: int,
    reasons: tuple[Reason, ...],
) -> Tie:
    """A link between two rows, the earlier first."""
    one, other = sorted(ends)
    link = Link(
        one=claims[one].id, other=claims[other].id, kind=kind, millibits=millibits, reasons=reasons
    )
    return Tie(one=one, other=other, link=link)
