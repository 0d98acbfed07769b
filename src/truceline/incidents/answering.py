"""Which incident a denial, a reply or a "we perceived nothing" speaks to."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from truceline.claims.claim import Claim
from truceline.engines.arrays import I64
from truceline.incidents.columns import Columns
from truceline.incidents.weighing import Evidence
from truceline.incidents.weights import CLEARLY, LINK


def asked(claims: Sequence[Claim], numbers: Mapping[str, str]) -> dict[int, int]:
    """For each claim that answers another by number, that other: row → row.

    `about` may be a claim's number (`17#3`), a complaint's number looked up in `numbers`, or a
    speaker's own reference if exactly one claim carries it. An answer to an answer answers what
    that one did; answers that only answer each other answer nothing.
    """
    row_of = {claim.id: row for row, claim in enumerate(claims)}
    refs = _unique_refs(claims)
    direct = {}
    for row, claim in enumerate(claims):
        about = claim.said.about
        target = row_of.get(numbers.get(about, about), refs.get(about)) if about else None
        if target is not None and target != row:
            direct[row] = target
    return {row: end for row in direct if (end := _end(direct, row)) is not None}


def _unique_refs(claims: Sequence[Claim]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for row, claim in enumerate(claims):
        if claim.said.ref:
            found.setdefault(claim.said.ref, []).append(row)
    return {ref: rows[0] for ref, rows in found.items() if len(rows) == 1}


def _end(direct: Mapping[int, int], row: int) -> int | None:
    seen = {row}
    while row in direct:
        row = direct[row]
        if row in seen:
            return None
        seen.add(row)
    return row


def unasked(
    of: Columns, evidence: Evidence, label: I64, answers: Collection[int]
) -> dict[int, int]:
    """For each denial or non-perception that names nothing, the pair that ties it to one incident.

    answers: rows that answer by number; they neither need this nor are answered by it.

    It is tied by place, time and act to the incident it fits best, if that is clearly better than
    the next; where several could be meant it stays apart. row → number of the pair.
    """
    free = ~np.isin(of.claim, np.array(sorted(answers), dtype=np.int64))
    chosen = (of.asserts[evidence.one] != of.asserts[evidence.other]) & (evidence.total >= LINK)
    chosen &= free[evidence.one] & free[evidence.other]
    best: dict[int, dict[int, int]] = {}
    for number in np.flatnonzero(chosen).tolist():
        a, b = int(evidence.one[number]), int(evidence.other[number])
        answer, asserting = (b, a) if of.asserts[a] else (a, b)
        row, group = int(of.claim[answer]), int(label[of.claim[asserting]])
        known = best.setdefault(row, {}).get(group)
        if known is None or evidence.total[number] > evidence.total[known]:
            best[row][group] = number
    picked = {row: _clear(options, evidence) for row, options in best.items()}
    return {row: number for row, number in picked.items() if number is not None}


def _clear(options: Mapping[int, int], evidence: Evidence) -> int | None:
    ranked = sorted(options.values(), key=lambda number: -int(evidence.total[number]))
    first = ranked[0]
    if len(ranked) > 1 and evidence.total[first] - evidence.total[ranked[1]] < CLEARLY:
        return None
    return first
