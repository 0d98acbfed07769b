"""Rows that say the same thing again: kept, linked as copies, weighed once."""

from collections.abc import Collection, Mapping, Sequence

from truceline.claims.claim import Claim
from truceline.engines.arrays import I64
from truceline.incidents.columns import weighable
from truceline.incidents.incident import LinkKind, Reason
from truceline.incidents.linking import Tie, tie
from truceline.incidents.weights import SAME_ROW
from truceline.reports.report import Said
from truceline.values.signatures import Stance


def repeats(claims: Sequence[Claim], singled_out: Collection[int]) -> dict[int, int]:
    """For each assertion that says exactly what an earlier one of its owner says: that row.

    A party that files one row three thousand times costs one row to weigh. Rows that a person or
    an answer singles out are left to stand for themselves.
    """
    first: dict[tuple[str, Said], int] = {}
    found = {}
    for row, claim in enumerate(claims):
        said = claim.said
        if said.stance is not Stance.ASSERTS or row in singled_out or not weighable(said):
            continue
        earlier = first.setdefault((claim.origin.owner, said), row)
        if earlier != row:
            found[row] = earlier
    return found


def repeat_ties(claims: Sequence[Claim], repeated: Mapping[int, int], label: I64) -> list[Tie]:
    """A copy's tie to the first of its kind that stands where it stands."""
    reasons = (Reason(code="same_row", millibits=SAME_ROW),)
    held: dict[tuple[int, int], int] = {}
    ties = []
    for row, first in repeated.items():
        here = int(label[row])
        to = first if int(label[first]) == here else held.setdefault((first, here), row)
        if to != row:
            ties.append(tie(claims, (to, row), LinkKind.COPY, SAME_ROW, reasons))
    return ties
