"""The figures of a daily bulletin, each with of what, by whom and over what coverage.

Nothing here holds a number that adds or averages what different claimants say.
"""

from dataclasses import dataclass
from enum import StrEnum

from truceline.bulletins.marks import Mark
from truceline.bulletins.snapshot import (
    Change,
    ClaimLine,
    ComplaintLine,
    CoverageLine,
    IncidentLine,
    ObjectionLine,
    ProposalLine,
    RestrictionLine,
    UnreadableLine,
    WindowLine,
)
from truceline.values.counts import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one speaker said about one period: how many claims of each stance."""

    asserts: int
    denies: int
    not_perceived: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """One speaker's claims, whole map. `stated` sums this speaker's own numbers of events.

    role, owner: in what role it speaks, a code of `wording.ROLES`; `of_party` where it is not
        listed and its material is that party's.
    giving: how many asserting claims give a number; silent: how many give none.
    previous_late: how many of the previous period's came in during this one.
    """

    speaker: str
    role: str
    owner: str
    now: Tally
    previous: Tally
    previous_late: int
    stated: Count
    giving: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaClaimant:
    """One speaker's claims in one area; `elsewhere`: asserted, with an error reaching another."""

    speaker: str
    now: Tally
    previous: Tally
    elsewhere: int


class Observed(StrEnum):
    """Whether anybody watched: what a zero means depends on it."""

    NOT = "not"
    BADLY = "badly"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """One area: who says what about it, and how far it was watched, now and before."""

    area: str
    observed: Observed
    coverage: tuple[CoverageLine, ...]
    previous_observed: Observed
    previous_coverage: tuple[CoverageLine, ...]
    claimants: tuple[AreaClaimant, ...]
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFigures:
    """One act and how many claims of each speaker assert it; every speaker has its number."""

    act: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerActs:
    """One speaker and what it says was done, for days with too many speakers for columns."""

    speaker: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """Incidents of the period: the ones worth a line, and how many there are of each kind.

    cut: some of those worth a line are not listed, for length.
    """

    number: int
    contradicted: int
    several_origins: int
    listed: tuple[IncidentLine, ...]
    unlisted: int
    cut: bool
    levels: tuple[tuple[str, int], ...]


class Clock(StrEnum):
    """Where a clock stood at the cut-off."""

    NONE = "none"
    RUNNING = "running"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint with its two clocks; `by_us`: how far over, or how long left."""

    line: ComplaintLine
    acknowledgement: Clock
    acknowledgement_by_us: int
    answer: Clock
    answer_by_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One speaker's claims about earlier periods that came in during this one."""

    speaker: str
    number: int
    claims: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One group of the annex: one speaker's claims about one area, and how many are not printed."""

    area: str
    speaker: str
    late: bool
    rows: tuple[ClaimLine, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """All figures of one daily bulletin. Tuples are in code order; a language sorts by name.

    blank: areas of which nothing is on record in either period, where they are too many for a
        heading each.
    """

    claimants: tuple[Claimant, ...]
    areas: tuple[AreaFigures, ...]
    blank: tuple[str, ...]
    watched: tuple[CoverageLine, ...]
    unwatched: tuple[str, ...]
    previous_watched: tuple[CoverageLine, ...]
    previous_unwatched: tuple[str, ...]
    speakers: tuple[str, ...]
    acts: tuple[ActFigures, ...]
    acts_by_speaker: tuple[SpeakerActs, ...]
    incidents: Incidents
    complaints: tuple[Complaint, ...]
    overdue: tuple[str, ...]
    windows: tuple[WindowLine, ...]
    open_windows: tuple[str, ...]
    proposals: tuple[ProposalLine, ...]
    restrictions: tuple[RestrictionLine, ...]
    late: tuple[Late, ...]
    unreadable: tuple[UnreadableLine, ...]
    changes: tuple[Change, ...]
    more_changes: int
    objections: tuple[ObjectionLine, ...]
    marks: tuple[Mark, ...]
    marks_printed: tuple[Mark, ...]
    crowded: bool
    unplaced: tuple[tuple[str, int], ...]
    annex: tuple[Annex, ...]
    cut: bool
    printed_per_group: int
    names_accused: bool
