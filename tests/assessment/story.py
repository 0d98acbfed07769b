"""The night at Halden: what Velmark, Torrin, a patrol and two outlets said of one bang."""

from truceline.assessment.voices import Bodies
from truceline.claims.claim import Claim, CoveragePeriod, Origin
from truceline.incidents.incident import Incident
from truceline.reports.report import Covered, Said
from truceline.values.instant import HOUR_US, MINUTE_US, Span, parse_instant
from truceline.values.place import Place, circle
from truceline.values.signatures import Basis, Direction, Stance

NIGHT_US = parse_instant("2026-03-27T02:10-01:00")
NIGHT = Span(from_us=NIGHT_US, until_us=NIGHT_US + MINUTE_US)
HALDEN = circle(47.69, -33.94, 200, said="Halden substation")
BODIES = Bodies(
    parties={"VEL": ("VELF",), "TOR": ("TORF",)}, monitors=frozenset({"CENTRE", "JVT", "ALD"})
)


def claim(
    entry: int,
    *,
    owner: str,
    act: str = "fire.mortar",
    basis: Basis = Basis.STATED,
    stance: Stance = Stance.ASSERTS,
    accused: tuple[str, ...] = (),
    chain: tuple[str, ...] = (),
    speaker: str = "",
    source_key: str = "",
    direction: Direction = Direction.UNDETERMINED,
    weapon: str = "",
) -> Claim:
    """One statement about the night."""
    return Claim(
        origin=Origin(
            entry=entry,
            row=1,
            owner=owner,
            audience="ALL",
            interested=owner in {"VEL", "TOR"},
            known_us=NIGHT_US + HOUR_US,
        ),
        said=Said(
            speaker=speaker or owner,
            chain=chain,
            basis=basis,
            stance=stance,
            span=NIGHT,
            place=HALDEN,
            act=act,
            accused=accused,
            direction=direction,
            weapon=weapon,
        ),
        source_key=source_key or f"{owner}/{entry}",
    )


VELMARK_COMPLAINS = claim(40, owner="VEL", accused=("TOR",))
TORRIN_DENIES = claim(45, owner="TOR", stance=Stance.DENIES)
PATROL_HEARD = claim(50, owner="CENTRE", speaker="P-3", act="explosion", basis=Basis.HEARD)
PATROL_SAW_FIRE = claim(51, owner="CENTRE", speaker="P-3", basis=Basis.SEEN)
PATROL_SAW_TORRIN = claim(52, owner="CENTRE", speaker="P-3", basis=Basis.SEEN, accused=("TORF",))


def incident(
    *claims: Claim,
    span: Span | None = NIGHT,
    place: Place | None = HALDEN,
    number: str = "I-KQ3MZ7RA",
) -> Incident:
    """The incident these claims make."""
    return Incident(
        id=number,
        claims=tuple(one.id for one in claims),
        links=(),
        span=span,
        place=place,
        acts=tuple(dict.fromkeys(one.said.act for one in claims)),
        origins=1,
        contradictions=(),
    )


def by_id(*claims: Claim) -> dict[str, Claim]:
    """The claims as they are looked up."""
    return {one.id: one for one in claims}


def period(
    watcher: str,
    state: str,
    *,
    entry: int = 60,
    from_us: int = NIGHT_US - HOUR_US,
    until_us: int = NIGHT_US + HOUR_US,
    place: Place | None = None,
    reason: str = "",
) -> CoveragePeriod:
    """A camera near Halden that reaches five kilometres, for a while."""
    return CoveragePeriod(
        origin=Origin(
            entry=entry, row=1, owner="CENTRE", audience="ALL", interested=False, known_us=from_us
        ),
        covered=Covered(
            watcher=watcher,
            kind="camera",
            span=Span(from_us=from_us, until_us=until_us),
            place=place or circle(47.70, -33.95, 5_000),
            state=state,
            reason=reason,
        ),
    )
