"""Places, with how far off they may be and the wording they came in."""

from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin

from truceline.values.errors import BadValue

E7 = 10**7
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980; good to 0.5 % for short distances


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the ground and the ellipse that holds the truth with a stated confidence.

    lat_e7, lon_e7: WGS 84 degrees × 10⁷. Integers, because a float has more than one decimal
        spelling and the spelling is what gets hashed.
    a_m: half-axis of the ellipse along `bearing_deg`, metres, at least 1.
    b_m: the other half-axis, metres, 1 … ; a circle has a_m == b_m.
    bearing_deg: 0 … 179, clockwise from north.
    confidence_bp: probability that the truth lies inside, in basis points, 1 … 10,000.
    datum: the datum the source gave; the point itself is always WGS 84.
    said: the source's wording (coordinates, place name), as given.
    """

    lat_e7: int
    lon_e7: int
    a_m: int
    b_m: int
    bearing_deg: int = 0
    confidence_bp: int = 9500
    datum: str = "WGS84"
    said: str = ""

    def __post_init__(self) -> None:
        on_globe = abs(self.lat_e7) <= 90 * E7 and -180 * E7 <= self.lon_e7 <= 180 * E7
        if not on_globe:
            raise BadValue(
                f"lat {self.lat_e7}, lon {self.lon_e7} is not on the globe (degrees × 10⁷)"
            )
        if self.a_m < 1 or self.b_m < 1:
            raise BadValue(f"an error of {self.a_m} × {self.b_m} m is too good: at least 1 m")
        if not (0 <= self.bearing_deg < 180 and 0 < self.confidence_bp <= 10_000):
            raise BadValue(
                f"bearing {self.bearing_deg}° or confidence {self.confidence_bp} bp is out of range"
            )

    @property
    def lat(self) -> float:
        """Degrees north, for arithmetic; never for the record."""
        return self.lat_e7 / E7

    @property
    def lon(self) -> float:
        """Degrees east, for arithmetic; never for the record."""
        return self.lon_e7 / E7


def circle(lat: float, lon: float, radius_m: int, *, said: str = "", datum: str = "WGS84") -> Place:
    """A place known to a radius at 95 %."""
    return Place(
        lat_e7=round(lat * E7),
        lon_e7=round(lon * E7),
        a_m=radius_m,
        b_m=radius_m,
        datum=datum,
        said=said,
    )


def distance_m(one: Place, other: Place) -> float:
    """Great-circle metres between two points, by the haversine formula."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    dlat, dlon = lat2 - lat1, radians(other.lon - one.lon)
    # At opposite ends of the globe rounding takes h past 1, and its root would be imaginary.
    h = min(1.0, sin(dlat / 2) ** 2 + cos(lat1) * cos(lat2) * sin(dlon / 2) ** 2)
    return 2 * EARTH_RADIUS_M * atan2(h**0.5, (1 - h) ** 0.5)


def bearing_deg(one: Place, other: Place) -> float:
    """Initial bearing from one point to the other, degrees clockwise from north, 0 ≤ b < 360."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    dlon = radians(other.lon - one.lon)
    east = sin(dlon) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(dlon)
    return degrees(atan2(east, north)) % 360


def offset(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    """The point reached from (lat, lon) by going so many metres at a bearing, as (lat, lon).

    On the sphere, flat over the distance: wrong by less than 0.1 % below 50 km.
    """
    north = metres * cos(radians(bearing)) / EARTH_RADIUS_M
    east = metres * sin(radians(bearing)) / (EARTH_RADIUS_M * cos(radians(lat)))
    return lat + degrees(north), lon + degrees(east)


def reach_m(place: Place) -> float:
    """The longest distance the truth may lie from the point, at the stated confidence."""
    return float(max(place.a_m, place.b_m))
