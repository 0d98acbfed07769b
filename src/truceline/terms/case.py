"""What is held against the terms: one incident, with what is uncertain about it kept uncertain.

The shares of a distribution are basis points; what they leave over of 10,000 is unknown. A
dimension that is None was not given at all, which is not the same as given and empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from truceline.values.errors import BadValue
from truceline.values.instant import Span
from truceline.values.place import E7, Place

Shares = Mapping[str, int]
QUESTIONS = frozenset({"actor", "attr", "count", "place", "site", "time", "type", "weapon"})
Milli = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point known exactly: WGS 84 degrees × 10⁷, no error stated."""

    lat_e7: int
    lon_e7: int

    def __post_init__(self) -> None:
        if abs(self.lat_e7) > 90 * E7 or abs(self.lon_e7) > 180 * E7:
            raise BadValue(f"lat {self.lat_e7}, lon {self.lon_e7} is not on the globe (× 10⁷)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Where a moving object was at an instant."""

    at_us: int
    lat_e7: int
    lon_e7: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An incident made ready for judging.

    span: when; uniform over it unless it is one microsecond, which is an instant.
    type, actor, weapon_class, site: shares per code, basis points; None: not given.
    calibre, range: thousandths of a millimetre and of a kilometre, low and high.
    counts: what was held, thousandths, low and high, by name.
    attr: attributes as given; a missing key is unknown.
    place, origin, target: where it was seen, came from, was aimed at.
    track: fixes of a moving object, by time; zone of the case's own choosing: none.
    one_source: questions whose answers come from one source, and so are not independent.
    """

    span: Span
    type: Shares | None = None
    actor: Shares | None = None
    weapon_class: Shares | None = None
    site: Shares | None = None
    calibre_um: Milli | None = None
    range_m: Milli | None = None
    counts_milli: Mapping[str, Milli] = field(default_factory=dict)
    attr: Mapping[str, object] = field(default_factory=dict)
    place: Place | Spot | None = None
    origin: Place | Spot | None = None
    target: Place | Spot | None = None
    track: tuple[Fix, ...] = ()
    one_source: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("type", "actor", "weapon_class", "site"):
            _check_shares(name, getattr(self, name))
        if odd := sorted(self.one_source - QUESTIONS):
            raise BadValue(f"one_source names {odd}: want some of {', '.join(sorted(QUESTIONS))}")
        for low, high in filter(None, (self.calibre_um, self.range_m, *self.counts_milli.values())):
            if low > high:
                raise BadValue(f"nothing lies between {low} and {high}")

    def point(self, which: str) -> Place | Spot | None:
        """The point a clause speaks of: `place`, `origin` or `target`."""
        return {"place": self.place, "origin": self.origin, "target": self.target}[which]


def _check_shares(name: str, shares: Shares | None) -> None:
    if shares is None:
        return
    if any(share < 0 for share in shares.values()) or sum(shares.values()) > 10_000:
        raise BadValue(f"the shares of {name} are {dict(shares)}: want 0 … 10,000 in all")
