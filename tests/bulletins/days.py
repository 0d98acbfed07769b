"""An invented day at an invented centre, for every test of the bulletins room."""

from dataclasses import replace

from truceline.bulletins.building import period_of
from truceline.bulletins.snapshot import (
    Area,
    ClaimLine,
    ComplaintLine,
    CoverageLine,
    IncidentLine,
    Layer,
    ObjectionLine,
    Party,
    PreviousCount,
    ProposalLine,
    RestrictionLine,
    Ring,
    Snapshot,
    UnreadableLine,
    WindowLine,
)
from truceline.values.counts import at_least, exactly
from truceline.values.instant import HOUR_US, MINUTE_US, Span, at
from truceline.values.mode import Mode
from truceline.values.place import E7, circle
from truceline.values.signatures import Basis, Stance
from truceline.values.texts import Text

ZONE = "Atlantic/Azores"
PERIOD = period_of("2026-03-29", ZONE)
H = HOUR_US
START = PERIOD.from_us


def ring(*points: tuple[float, float]) -> Ring:
    """A ring from degrees east and north."""
    return tuple((round(lon * E7), round(lat * E7)) for lon, lat in points)


def box(west: float, south: float, east: float, north: float) -> Ring:
    """A rectangle."""
    return ring((west, south), (east, south), (east, north), (west, north))


PARTIES = (
    Party(code="VEL", names=Text("Velmark", "Велмарк", "Велмарк")),
    Party(code="TOR", names=Text("Torrin", "Торрін", "Торрин")),
    Party(code="ALD", names=Text("Aldmoor", "Алдмур", "Алдмур"), role="guarantor"),
    Party(code="CENTRE", names=Text("the centre", "центр", "центр"), role="centre"),
    Party(
        code="JVT",
        names=Text(
            "joint verification team", "спільна група перевірки", "совместная группа проверки"
        ),
        role="monitor",
    ),
)
AREAS = (
    Area(
        code="EST",
        names=Text("Estern shore", "Естернський берег", "Эстернский берег"),
        ring=box(-34.0, 47.0, -32.8, 48.2),
    ),
    Area(
        code="WES",
        names=Text("Wesling heights", "Веслінзькі висоти", "Веслингские высоты"),
        ring=box(-35.6, 47.0, -34.0, 48.2),
    ),
    Area(
        code="ISL",
        names=Text("Isle of Gare", "Острів Гар", "Остров Гар"),
        ring=box(-32.7, 47.1, -32.2, 47.5),
    ),
)
LAYERS = (
    Layer(
        kind="land",
        rings=(
            ring(
                (-35.9, 46.95),
                (-34.6, 46.9),
                (-33.1, 47.02),
                (-32.75, 47.6),
                (-33.0, 48.25),
                (-34.2, 48.3),
                (-35.5, 48.22),
                (-35.95, 47.6),
            ),
            box(-32.68, 47.15, -32.25, 47.45),
        ),
    ),
    Layer(kind="river", rings=(ring((-34.9, 48.2), (-34.5, 47.7), (-34.1, 47.4), (-33.9, 46.98)),)),
    Layer(
        kind="place", rings=(((-342_000_000, 476_000_000),),), names=Text("Orlen", "Орлен", "Орлен")
    ),
    Layer(kind="place", rings=(((-334_000_000, 478_500_000),),), names=Text("Haw", "Гау", "Гау")),
    Layer(
        kind="line",
        rings=(ring((-34.05, 48.25), (-33.98, 47.8), (-34.02, 47.3), (-33.95, 46.97)),),
        names=Text("line of article 3", "лінія статті 3", "линия статьи 3"),
        by="Orlen Agreement",
    ),
)
JETTY = circle(47.612, -34.187, 400, said="the jetty at Orlen")
RIDGE = circle(47.84, -33.41, 10_000)
NEAR_LINE = circle(47.55, -34.02, 3_000)


def claim(row: int, speaker: str, **more: object) -> ClaimLine:
    """One claim, as Velmark would make it about the jetty unless told otherwise."""
    fields: dict[str, object] = {
        "entry": 40,
        "owner": speaker,
        "stance": Stance.ASSERTS,
        "basis": Basis.STATED,
        "act": "fire.mortar",
        "place": JETTY,
        "area": "WES",
        "span": at(START + 6 * H + 40 * MINUTE_US),
        "known_us": START + 7 * H,
    }
    return ClaimLine(row=row, speaker=speaker, **{**fields, **more})  # type: ignore[arg-type]


CLAIMS = (
    claim(1, "VEL", accused=("TOR",), count=at_least(3)),
    claim(
        2,
        "VEL",
        accused=("TOR",),
        act="flight.uav",
        count=exactly(2),
        place=NEAR_LINE,
        also=("EST",),
    ),
    claim(
        3,
        "VEL",
        accused=("TOR",),
        act="unknown.code_o",
        given="code O",
        span=Span(from_us=START + 5 * H, until_us=START + 9 * H),
    ),
    claim(4, "TOR", entry=44, stance=Stance.DENIES),
    claim(
        5,
        "TOR",
        entry=44,
        act="fire.small_arms",
        accused=("VEL",),
        place=RIDGE,
        area="EST",
        count=at_least(11),
    ),
    claim(
        6,
        "JVT",
        entry=51,
        owner="CENTRE",
        basis=Basis.HEARD,
        act="explosion",
        count=exactly(4),
        place=RIDGE,
        area="EST",
    ),
    claim(7, "JVT", entry=51, owner="CENTRE", basis=Basis.SEEN, stance=Stance.NOT_PERCEIVED),
    claim(
        8,
        "Haw Courier",
        entry=52,
        owner="CENTRE",
        basis=Basis.TOLD,
        chain=("Torrin staff",),
        act="explosion",
        place=RIDGE,
        area="EST",
    ),
    claim(9, "TOR", entry=53, late=True, span=at(START - 30 * H), accused=("VEL",)),
)
COVERAGE = (
    CoverageLine(
        area="WES",
        owner="CENTRE",
        kind="any",
        watched_us=9 * H + 30 * MINUTE_US,
        degraded_us=H,
        possible_us=23 * H,
        gaps=(("night", 8 * H), ("outage", 4 * H + 30 * MINUTE_US)),
    ),
    CoverageLine(
        area="WES",
        owner="CENTRE",
        kind="patrol",
        watched_us=4 * H,
        degraded_us=0,
        possible_us=23 * H,
        gaps=(("night", 11 * H), ("not_tasked", 8 * H)),
    ),
    CoverageLine(
        area="WES",
        owner="CENTRE",
        kind="camera",
        watched_us=7 * H,
        degraded_us=H,
        possible_us=23 * H,
        gaps=(("outage", 15 * H),),
    ),
    CoverageLine(
        area="EST",
        owner="CENTRE",
        kind="any",
        watched_us=2 * H,
        degraded_us=0,
        possible_us=23 * H,
        gaps=(("denied", 3 * H), ("not_tasked", 18 * H)),
    ),
    CoverageLine(
        area="ISL",
        owner="CENTRE",
        kind="any",
        watched_us=0,
        degraded_us=0,
        possible_us=23 * H,
        gaps=(("not_tasked", 23 * H),),
    ),
)
BEFORE = (
    CoverageLine(
        area="WES",
        owner="CENTRE",
        kind="any",
        watched_us=20 * H,
        degraded_us=0,
        possible_us=24 * H,
        gaps=(("night", 4 * H),),
    ),
)


def day(**changes: object) -> Snapshot:
    """The day of 29 March 2026 as the public may read it, 23 hours long."""
    return replace(_DAY, **changes)  # type: ignore[arg-type]


_DAY = Snapshot(
    centre=Text("Orlen Centre", "Орленський центр", "Орленский центр"),
    mode=Mode.EXERCISE,
    zone=ZONE,
    date="2026-03-29",
    previous_from_us=PERIOD.previous_from_us,
    from_us=PERIOD.from_us,
    until_us=PERIOD.until_us,
    size=1204,
    root="o1YH5N0rV2k3bqJd0cS8vXr7H0Qk8lqzW1m9C2a4eTg=",
    model="1",
    audience="PUBLIC",
    number="B-0009",
    parties=PARTIES,
    areas=AREAS,
    layers=LAYERS,
    claims=CLAIMS,
    previous_claims=(
        PreviousCount(speaker="VEL", area="WES", stance=Stance.ASSERTS, number=5),
        PreviousCount(speaker="TOR", area="EST", stance=Stance.ASSERTS, number=2, late=1),
        PreviousCount(speaker="JVT", area="WES", stance=Stance.NOT_PERCEIVED, number=1),
    ),
    incidents=(
        IncidentLine(
            id="I-K3M7Q2XA",
            claims=("40#1", "44#4", "51#7"),
            acts=("fire.mortar",),
            contradictions=("occurred",),
            origins=1,
            level="V1_ALLEGED",
            area="WES",
            span=at(START + 6 * H),
        ),
        IncidentLine(
            id="I-B2Q8ZZ4T",
            claims=("44#5", "51#6", "52#8"),
            acts=("fire.small_arms", "explosion"),
            contradictions=("act", "count"),
            origins=2,
            level="V3_CORROBORATED",
            area="EST",
            span=Span(from_us=START + 6 * H, until_us=START + 8 * H),
        ),
        IncidentLine(
            id="I-W9D4L6PN",
            claims=("40#2",),
            acts=("flight.uav",),
            contradictions=(),
            origins=1,
            level="V1_ALLEGED",
            area="WES",
        ),
    ),
    coverage=COVERAGE,
    previous_coverage=BEFORE,
    complaints=(
        ComplaintLine(
            number="C-0001",
            by="VEL",
            received_us=START + 6 * H + 42 * MINUTE_US,
            about="fire.mortar",
            area="WES",
            acknowledged_us=START + 7 * H,
            acknowledge_due_us=START + 8 * H,
            answer_due_us=START + 12 * H,
            answered_us=START + 14 * H,
            answered_by="TOR",
        ),
        ComplaintLine(
            number="C-0002",
            by="TOR",
            received_us=START + 9 * H,
            area="EST",
            acknowledged_us=START + 9 * H + MINUTE_US,
            acknowledge_due_us=START + 11 * H,
            answer_due_us=START + 21 * H,
        ),
        ComplaintLine(
            number="C-0003",
            by="TOR",
            received_us=START + 20 * H,
            acknowledge_due_us=START + 22 * H,
            answer_due_us=START + 32 * H,
        ),
    ),
    windows=(
        WindowLine(
            number="W-0001",
            state="opened",
            span=Span(from_us=START + 14 * H, until_us=START + 26 * H),
            purpose="repair",
            area="WES",
            asked_by="CENTRE",
            guarantees=(("TOR", True), ("VEL", True)),
        ),
        WindowLine(
            number="W-0002",
            state="guaranteed",
            span=Span(from_us=START + 40 * H, until_us=START + 44 * H),
            purpose="demining",
            area="EST",
            asked_by="TOR",
            guarantees=(("TOR", True), ("VEL", False)),
        ),
    ),
    proposals=(
        ProposalLine(article="2.1", verdict="breach", number=1),
        ProposalLine(article="2.1", verdict="undetermined", number=2),
        ProposalLine(article="3", verdict="no_breach", number=1),
    ),
    restrictions=(
        RestrictionLine(
            kind="denial",
            reported_by="JVT",
            span=Span(from_us=START + 15 * H, until_us=START + 18 * H),
            area="EST",
            by=("TOR",),
            claim="51#9",
        ),
    ),
    unreadable=(UnreadableLine(source="party-list", number=2),),
    objections=(
        ObjectionLine(
            bulletin="B-0008",
            by="TOR",
            at_us=START + 2 * H,
            wording="Row 4 was *sent* before the cut-off | see our letter <1>.",
            language="en",
        ),
    ),
)
