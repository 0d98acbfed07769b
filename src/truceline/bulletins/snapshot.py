"""The snapshot a bulletin is drawn from: everything a form reads, and nothing it may not.

Whoever builds one has already filtered every row through `values.audience`; a form never sees
what its reader may not see, so it cannot leak it. Order of rows means nothing: forms sort.
Specified in docs/formats/bulletin.md.
"""

from dataclasses import dataclass

from truceline.values.counts import Count
from truceline.values.errors import BadValue
from truceline.values.instant import Span
from truceline.values.mode import Mode
from truceline.values.place import Place
from truceline.values.signatures import Basis, Stance
from truceline.values.texts import Text
from truceline.values.unknown import NOT_GIVEN, Unknown

ANY = "any"  # coverage of all of an owner's watchers taken together
NOWHERE = ""  # the area of a claim that gives no place, or one outside every listed area
_NEEDS_ALL = frozenset({"opened", "active", "completed", "breached"})
Ring = tuple[tuple[int, int], ...]  # (longitude, latitude) pairs, WGS 84 degrees × 10⁷


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whoever is named in a bulletin: a party, the centre, a verification team, an outlet.

    role: `party`, `guarantor`, `centre`, `monitor` or `outlet`; a code met in a claim but not
        listed stands under its code.
    """

    code: str
    names: Text
    role: str = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of the map figures are given for. The ring need not repeat its first point."""

    code: str
    names: Text
    ring: Ring

    def __post_init__(self) -> None:
        if not self.code or len(set(self.ring)) < 3:
            raise BadValue(f"area {self.code!r} wants a code and a ring of three points or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Something drawn on the map under the figures.

    kind: `land`, `water`, `river`, `place` or `line`.
    by: for a line, whose it is: a party's code or the name of the agreement; never empty then.
    rings: for `place` one ring of one point.
    """

    kind: str
    rings: tuple[Ring, ...]
    names: Text | None = None
    by: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"land", "water", "river", "place", "line"}:
            raise BadValue(f"layer kind {self.kind!r} is not land, water, river, place or line")
        if self.kind == "line" and not self.by:
            raise BadValue("a line on the map belongs to a party or an agreement; say whose it is")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim as its reader may see it.

    speaker: whose words; chain: on whose word, nearest first; owner: whose material.
    given: the code or word as given, where it names no act we know.
    area: code of the area its point lies in, NOWHERE if none; also: areas its error reaches into.
    known_us: when the centre received it; late: of an earlier period, received in this one.
    """

    entry: int
    row: int
    speaker: str
    owner: str
    stance: Stance
    basis: Basis
    act: str
    given: str = ""
    chain: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    count: Count | Unknown = NOT_GIVEN
    span: Span | Unknown = NOT_GIVEN
    place: Place | Unknown = NOT_GIVEN
    area: str = NOWHERE
    also: tuple[str, ...] = ()
    known_us: int = 0
    late: bool = False

    @property
    def id(self) -> str:
        """The claim's number, `entry#row`."""
        return f"{self.entry}#{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousCount:
    """How many claims of one stance one speaker made for one area in the previous period.

    late: how many of them came in during this period, after that one's bulletin was drawn.
    """

    speaker: str
    area: str
    stance: Stance
    number: int
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """Claims that may speak of one event; `level` is a code of docs/formats/bulletin.md."""

    id: str
    claims: tuple[str, ...]
    acts: tuple[str, ...]
    contradictions: tuple[str, ...]
    origins: int
    level: str
    area: str = NOWHERE
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """How long one owner's watchers of one kind reached into an area during the period.

    watched_us: union of the stretches in which at least one was up; degraded_us: union of the
    stretches in which one worked badly and none was up; possible_us: the period. gaps: time
    not watched by reason, as (code, microseconds), longest first: never when, because the hour at
    which a camera is blind is worth something to whoever wants to pass it.
    kind: the watcher's kind, or `any` for all of an owner's taken together.
    """

    area: str
    owner: str
    kind: str
    watched_us: int
    degraded_us: int
    possible_us: int
    gaps: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.watched_us + self.degraded_us <= self.possible_us:
            raise BadValue(
                f"{self.area}: watched {self.watched_us} µs and degraded {self.degraded_us} µs "
                f"do not fit into a period of {self.possible_us} µs"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLine:
    """A complaint and its clocks, as they stood at the cut-off; None means not yet.

    about: the code of the act it alleges. Its words stay on its own page: quoted here, the
        party that complains most would write most of the bulletin.
    acknowledge_due_us, answer_due_us: None where the terms set no time.
    """

    number: str
    by: str
    received_us: int
    about: str = ""
    area: str = NOWHERE
    acknowledged_us: int | None = None
    acknowledge_due_us: int | None = None
    answer_due_us: int | None = None
    answered_us: int | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """A window of silence. state: the last `window/…` entry, as `requested` or `opened`.

    guarantees: (party, given) for each party whose guarantee the window needs.
    """

    number: str
    state: str
    span: Span
    purpose: str = ""
    area: str = NOWHERE
    asked_by: str = ""
    guarantees: tuple[tuple[str, bool], ...] = ()
    incident: str = ""

    def __post_init__(self) -> None:
        missing = [party for party, given in self.guarantees if not given]
        if self.state in _NEEDS_ALL and missing:
            raise BadValue(
                f"{self.number} is said to be {self.state} without the guarantee of "
                f"{', '.join(missing)}; it cannot have been open"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """How many incidents the terms engine proposes one verdict for, under one article."""

    article: str
    verdict: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLine:
    """Observation hindered. kind: a code as `denial`, `delay`, `jamming`.

    by: who is said to have done it, empty if nobody is named; reported_by: whose word that is.
    """

    kind: str
    reported_by: str
    span: Span
    area: str = NOWHERE
    by: tuple[str, ...] = ()
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableLine:
    """How many rows of one source, received in the period, could not be read."""

    source: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLine:
    """A party's objection to this bulletin or the one it corrects, in its own words."""

    bulletin: str
    by: str
    at_us: int
    wording: str
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs from the bulletin being corrected (see `corrigendum`).

    kind: code; at_us: when what changed it became known, or the cut-off if nothing dates it;
    subject: number or area; who: whose figure; was, now: the figures, None where there was none.
    """

    kind: str
    at_us: int
    subject: str = ""
    who: str = ""
    detail: str = ""
    was: int | None = None
    now: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the record held for one audience at one ledger index, about one period.

    date: the day of the cut-off, ISO; the period ends with the cut-off and begins with the one
        before, so it has 23, 24 or 25 hours. The previous period ends where this one begins.
    size, root, model: the ledger index, tree root and model version it was drawn at.
    number: the bulletin's own, empty for a draft; corrects: the one it replaces, or empty.
    """

    centre: Text
    mode: Mode
    zone: str
    date: str
    previous_from_us: int
    from_us: int
    until_us: int
    size: int
    root: str
    model: str
    audience: str
    number: str = ""
    corrects: str = ""
    notes: tuple[Text, ...] = ()
    changes: tuple[Change, ...] = ()
    objections: tuple[ObjectionLine, ...] = ()
    parties: tuple[Party, ...] = ()
    areas: tuple[Area, ...] = ()
    layers: tuple[Layer, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    previous_claims: tuple[PreviousCount, ...] = ()
    incidents: tuple[IncidentLine, ...] = ()
    coverage: tuple[CoverageLine, ...] = ()
    previous_coverage: tuple[CoverageLine, ...] = ()
    complaints: tuple[ComplaintLine, ...] = ()
    windows: tuple[WindowLine, ...] = ()
    proposals: tuple[ProposalLine, ...] = ()
    restrictions: tuple[RestrictionLine, ...] = ()
    unreadable: tuple[UnreadableLine, ...] = ()

    def __post_init__(self) -> None:
        if not self.previous_from_us < self.from_us < self.until_us:
            raise BadValue(f"{self.date}: the two periods of a bulletin must follow each other")
        if self.changes and not self.corrects:
            raise BadValue("changes are listed, but not which bulletin they correct")

    @property
    def cutoff_us(self) -> int:
        """The frozen cut-off: the end of the period."""
        return self.until_us
