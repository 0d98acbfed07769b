"""Rows of incidents, links and proposals as one reader is shown them."""

import sqlite3
from collections.abc import Sequence

import msgspec

from truceline.claims.claim import Claim
from truceline.incidents.describing import acts_of, best_place, best_span, contradictions
from truceline.incidents.incident import Link, LinkKind, Reason
from truceline.store import spelling
from truceline.store.shown import ClaimRow, IncidentRow, ProposalRow
from truceline.values.signatures import Stance


def as_seen(incident_id: str, claims: Sequence[Claim]) -> IncidentRow:
    """An incident drawn from nothing but the claims one reader may see."""
    told = [claim for claim in claims if claim.said.stance is Stance.ASSERTS]
    return IncidentRow(
        id=incident_id,
        span=best_span(told),
        place=best_place(told),
        acts=acts_of(told),
        origins=len({claim.source_key for claim in told}),
        contradictions=contradictions(claims),
        claims=tuple(claim.id for claim in claims),
        coarse=True,
    )


def link_of(row: sqlite3.Row, one: ClaimRow, other: ClaimRow) -> Link:
    """A link; how strong it is, and why, only where both its claims are seen in full."""
    full = not (one.coarse or other.coarse)
    return Link(
        one=one.claim.id,
        other=other.claim.id,
        kind=LinkKind(row["kind"]),
        millibits=row["millibits"] if full else 0,
        reasons=msgspec.json.decode(row["reasons"], type=tuple[Reason, ...]) if full else (),
    )


def proposal_of(row: sqlite3.Row) -> ProposalRow:
    """A proposed finding."""
    return ProposalRow(
        incident=row["incident"],
        clause=row["clause"],
        party=row["party"] or None,
        verdict=row["verdict"],
        belief_bp=row["belief_bp"],
        plausibility_bp=row["plausibility_bp"],
        as_alleged=row["as_alleged"],
        level=row["level"],
        missing=spelling.read_codes(row["missing"]),
    )
