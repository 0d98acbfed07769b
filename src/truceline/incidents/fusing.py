"""Claims into incidents: the same claims and acts give the same incidents, in whatever order.

1. Lay the claims out in ledger order; weigh every pair that could be one event (weighing).
2. Group what is asserted, strongest link first, everyone fitting everyone (engines.clustering),
   never joining what a person split.
3. Join what a person confirmed.
4. Stand denials, replies and "we perceived nothing" beside what they answer (answering).
5. Describe each group that asserts anything (describing); name it after its first assertion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from truceline.claims.claim import Claim
from truceline.engines.arrays import I64, Bool
from truceline.engines.clustering import cluster
from truceline.incidents.answering import asked
from truceline.incidents.columns import Columns, columns
from truceline.incidents.deciding import Rulings, rule
from truceline.incidents.describing import (
    acts_of,
    best_place,
    best_span,
    contradictions,
    independent_key,
    origins,
)
from truceline.incidents.incident import Incident, Link, PersonAct
from truceline.incidents.linking import Tie, event_ties, person_ties, replies, stand_beside
from truceline.incidents.naming import incident_ids
from truceline.incidents.repeating import repeat_ties, repeats
from truceline.incidents.weighing import Evidence, weigh
from truceline.incidents.weights import FIT, LINK
from truceline.values.errors import BadValue
from truceline.values.signatures import Stance

MODEL = "fusion/1"
NO_NUMBERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """Incidents and what they were drawn from, for those who want to see every pair.

    claims: in ledger order. evidence: every pair weighed, as rows into `of`. label: for each claim
    the row its group is named after, −1 where it stands in no incident.
    """

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    of: Columns
    evidence: Evidence
    label: I64

    @property
    def asserting(self) -> I64:
        """Rows of the claims that assert."""
        rows = enumerate(self.claims)
        chosen = [row for row, claim in rows if claim.said.stance is Stance.ASSERTS]
        return np.array(chosen, dtype=np.int64)


def fuse(
    claims: Sequence[Claim],
    acts: Sequence[PersonAct] = (),
    numbers: Mapping[str, str] = NO_NUMBERS,
) -> list[Incident]:
    """Fuse claims into incidents, in the order of their first assertions.

    acts: what people decided; numbers: complaint number → claim number, for answers that quote a
    complaint. A claim stands in one incident at most; denials and non-perceptions that answer
    nothing we hold stand in none. Raises BadValue where two different claims carry one number.
    """
    return list(fuse_fully(claims, acts, numbers).incidents)


def fuse_fully(
    claims: Sequence[Claim],
    acts: Sequence[PersonAct] = (),
    numbers: Mapping[str, str] = NO_NUMBERS,
) -> Fused:
    """Fuse claims, keeping the evidence."""
    ordered = _in_ledger_order(claims)
    parties = frozenset(claim.origin.owner for claim in ordered if claim.origin.interested)
    keys = [independent_key(claim, parties) for claim in ordered]
    rulings = rule(acts, {claim.id: row for row, claim in enumerate(ordered)})
    answers = asked(ordered, numbers)
    repeated = repeats(ordered, rulings.named | answers.keys())
    of = columns(ordered, keys, repeated)
    evidence = weigh(of)
    core = evidence.at(_core(of, evidence, answers, rulings))
    label = _grouped(of, core, len(ordered), rulings)
    label[list(repeated)] = label[list(repeated.values())]
    label = _confirmed(label, rulings)
    links = [*event_ties(ordered, of, core, label), *repeat_ties(ordered, repeated, label)]
    links += person_ties(ordered, rulings)
    replied = replies(answers, of=of, evidence=evidence, label=label)
    label, beside = stand_beside(ordered, label, rulings, replied)
    links += beside
    asserting = np.array([claim.said.stance is Stance.ASSERTS for claim in ordered], dtype=bool)
    label = np.where(np.isin(label, label[asserting]), label, -1)
    copies = _copies(ordered, of, core, label)
    incidents = _describe(ordered, links, label, copies, parties)
    return Fused(claims=ordered, incidents=incidents, of=of, evidence=evidence, label=label)


def _in_ledger_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    by_place: dict[tuple[int, int], Claim] = {}
    for claim in claims:
        where = (claim.origin.entry, claim.origin.row)
        if by_place.setdefault(where, claim) != claim:
            raise BadValue(f"two different claims carry the number {claim.id}; numbers are unique")
    return tuple(by_place[where] for where in sorted(by_place))


def _core(of: Columns, evidence: Evidence, answers: Mapping[int, int], rulings: Rulings) -> Bool:
    """Pairs that may form groups: both assert, neither answers by number nor was taken out."""
    outside = np.isin(of.claim, np.array(sorted({*answers, *rulings.alone}), dtype=np.int64))
    free = of.asserts & ~outside
    return np.asarray(free[evidence.one] & free[evidence.other], dtype=bool)


def _grouped(of: Columns, core: Evidence, rows: int, rulings: Rulings) -> I64:
    """Label every claim with the least claim row of its group; most stand alone."""
    row_in = {claim: row for row, claim in enumerate(of.claim.tolist())}
    apart = {
        (row_in[one], row_in[other])
        for one, other in rulings.apart
        if one in row_in and other in row_in
    }
    within = cluster(len(of.claim), core.every(), link=LINK, fit=FIT, apart=apart)
    label = np.arange(rows, dtype=np.int64)
    label[of.claim] = of.claim[within]
    return label


def _confirmed(label: I64, rulings: Rulings) -> I64:
    """Join the groups of confirmed claims; where a split forbids that, only the claims named."""
    label = label.copy()
    for rows in rulings.groups:
        joined = np.flatnonzero(np.isin(label, label[list(rows)]))
        inside = set(joined.tolist())
        if any(one in inside and other in inside for one, other in rulings.apart):
            rest = np.setdiff1d(joined, rows)
            for old in np.unique(label[rest]):
                left = rest[label[rest] == old]
                label[left] = left.min()
            joined = np.array(rows, dtype=np.int64)
        label[joined] = joined.min()
    return label


def _copies(
    claims: Sequence[Claim], of: Columns, core: Evidence, label: I64
) -> dict[int, list[tuple[str, str]]]:
    """Pairs of claims of one group that are one text or one page, by label."""
    found: dict[int, list[tuple[str, str]]] = {}
    for number in np.flatnonzero(core.copy).tolist():
        one, other = int(of.claim[core.one[number]]), int(of.claim[core.other[number]])
        if label[one] == label[other]:
            found.setdefault(int(label[one]), []).append((claims[one].id, claims[other].id))
    return found


def _describe(
    claims: Sequence[Claim],
    links: Sequence[Tie],
    label: I64,
    copies: Mapping[int, list[tuple[str, str]]],
    parties: frozenset[str],
) -> tuple[Incident, ...]:
    members = _by_label(enumerate(label.tolist()))
    held: dict[int, list[Tie]] = {}
    for tie in sorted(links, key=lambda tie: (tie.one, tie.other)):
        held.setdefault(int(label[tie.one]), []).append(tie)
    first = {
        group: min(row for row in rows if claims[row].said.stance is Stance.ASSERTS)
        for group, rows in members.items()
    }
    groups = sorted(members, key=lambda group: first[group])
    ids = incident_ids(claims[first[group]].id for group in groups)
    return tuple(
        _incident(
            name,
            [claims[row] for row in members[group]],
            links=tuple(tie.link for tie in held.get(group, [])),
            copies=copies.get(group, []),
            parties=parties,
        )
        for name, group in zip(ids, groups, strict=True)
    )


def _by_label(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for row, group in rows:
        if group >= 0:
            members.setdefault(group, []).append(row)
    return members


def _incident(
    name: str,
    claims: Sequence[Claim],
    *,
    links: tuple[Link, ...],
    copies: Sequence[tuple[str, str]],
    parties: frozenset[str],
) -> Incident:
    asserting = [claim for claim in claims if claim.said.stance is Stance.ASSERTS]
    # A reply that asserts cannot move the place or the time of what it replies to.
    plain = [claim for claim in asserting if not claim.said.about] or asserting
    return Incident(
        id=name,
        claims=tuple(claim.id for claim in claims),
        links=links,
        span=best_span(plain),
        place=best_place(plain),
        acts=acts_of(asserting),
        origins=origins(asserting, parties, copies),
        contradictions=contradictions(claims),
    )
