"""What a view gives back: rows of the record as one reader may see them."""

from dataclasses import dataclass

from truceline.claims.claim import Claim, CoveragePeriod
from truceline.values.instant import Span
from truceline.values.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as one reader may see it; coarse where that is not the whole of it."""

    claim: Claim
    coarse: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A coverage period as one reader may see it."""

    period: CoveragePeriod
    coarse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident as one reader may see it: only the claims visible to that reader are listed.

    Nothing here says whether there are others: that a monitor reported at all is news in itself.
    """

    id: str
    span: Span | None
    place: Place | None
    acts: tuple[str, ...]
    origins: int
    contradictions: tuple[str, ...]
    claims: tuple[str, ...]
    coarse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A proposed finding: what the terms engine says of an incident and a clause.

    party: whose conduct is judged; None for "somebody bound by the clause".
    as_alleged: the verdict if it occurred as alleged; level: how far that is verified.
    missing: codes of what would decide it. Why in words: `Desk.explained`.
    """

    incident: str
    clause: str
    party: str | None
    verdict: str
    belief_bp: int
    plausibility_bp: int
    as_alleged: str
    level: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry of the ledger, as its leaf shows it to anyone who holds the log."""

    index: int
    leaf: str
    kind: str
    author: str
    on_behalf_of: str
    claimed_us: int
    audience: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """One act as it stands in the record: whose word it is, and its payload as signed for."""

    entry: int
    kind: str
    actor: str
    at_us: int
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row that was not understood: where it stands, why, and what it was."""

    id: str
    source: str
    line: int
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file that was taken in."""

    entry: int
    source: str
    name: str
    owner: str
    rows: int
    unreadable: int
    complete: bool
    known_us: int
