"""What an incident's claims agree and disagree on: computed for showing, overwriting no one."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import cos, log1p, radians, sin
from typing import TypeVar

from truceline.claims.claim import Claim
from truceline.incidents.weights import CLOCKS_US, EXTENT_M
from truceline.values.acts import compatible
from truceline.values.counts import Count
from truceline.values.instant import Span
from truceline.values.place import E7, EARTH_RADIUS_M, Place
from truceline.values.signatures import Stance

T = TypeVar("T")

_EDGE_SQ = 5.991  # squared distance at the edge of the 95 % ellipse, two degrees of freedom


def best_span(claims: Sequence[Claim]) -> Span | None:
    """The shortest stated span that no other contradicts; the shortest of all if each is."""
    given = (claim.said.span for claim in claims if isinstance(claim.said.span, Span))
    spans = list(dict.fromkeys(given))
    free = [one for one in spans if not any(_times_differ(one, other) for other in spans)]
    return min(free or spans, key=lambda span: span.length_us, default=None)


def best_place(claims: Sequence[Claim]) -> Place | None:
    """The smallest stated ellipse that no other contradicts; the smallest of all if each is."""
    given = (claim.said.place for claim in claims if isinstance(claim.said.place, Place))
    places = list(dict.fromkeys(given))
    free = [one for one in places if not any(places_differ(one, other) for other in places)]
    return min(free or places, key=lambda place: place.a_m * place.b_m, default=None)


def acts_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Every act, most specific first, then by name."""
    acts = {claim.said.act for claim in claims}
    return tuple(sorted(acts, key=lambda act: (-act.count("."), act)))


def contradictions(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Codes of what the claims disagree on, in the order of the questions asked of an incident.

    Only a denial contradicts that something occurred: not perceiving it does not.
    """
    asserting = [claim for claim in claims if claim.said.stance is Stance.ASSERTS]
    found = ["occurred"] if any(claim.said.stance is Stance.DENIES for claim in claims) else []
    said = [claim.said for claim in asserting]
    if any(not compatible(a, b) for a, b in _pairs(one.act for one in said)):
        found.append("act")
    if any(bool(a and b and not {*a} & {*b}) for a, b in _pairs(one.accused for one in said)):
        found.append("actor")
    places = (one.place for one in said if isinstance(one.place, Place))
    spans = (one.span for one in said if isinstance(one.span, Span))
    counts = (one.count for one in said if isinstance(one.count, Count))
    for code, differs in (
        ("place", (places_differ(a, b) for a, b in _pairs(places))),
        ("time", (_times_differ(a, b) for a, b in _pairs(spans))),
        ("count", (_counts_differ(a, b) for a, b in _pairs(counts))),
    ):
        if any(differs):
            found.append(code)
    return tuple(found)


def _pairs(values: Iterable[T]) -> Iterable[tuple[T, T]]:
    """Pairs of the different values: what many say alike is compared once."""
    return combinations(dict.fromkeys(values), 2)


def independent_key(claim: Claim, parties: frozenset[str]) -> str:
    """What makes a claim one origin with others: a party's word, whoever passes it on, is one.

    parties: reader codes of those with an interest. Anyone else counts by `source_key`.
    """
    if claim.origin.interested:
        return f"party:{claim.origin.owner}"
    root = _root_voice(claim)
    return f"party:{root}" if root in parties else claim.source_key


def origins(
    claims: Sequence[Claim], parties: frozenset[str], copies: Iterable[tuple[str, str]]
) -> int:
    """How many independent origins the claims rest on: the fewest that explain them.

    Two claims rest on one origin where they share a key, or the voice at the root of the chain, or
    are copies of one another (pairs of claim numbers), and so on from claim to claim. Two pieces of
    one outlet are one origin; so are two outlets that quote one official.
    """
    stands_for: dict[str, str] = {}

    def root(name: str) -> str:
        while stands_for.setdefault(name, name) != name:
            name = stands_for[name]
        return name

    ties = [(claim.id, key) for claim in claims for key in _origin_keys(claim, parties)]
    for one, other in (*ties, *copies):
        first, second = sorted((root(one), root(other)))
        stands_for[second] = first
    return len({root(claim.id) for claim in claims})


def _origin_keys(claim: Claim, parties: frozenset[str]) -> tuple[str, ...]:
    key = independent_key(claim, parties)
    return (key,) if key.startswith("party:") else (key, f"voice:{_root_voice(claim)}")


def _root_voice(claim: Claim) -> str:
    return claim.said.chain[-1] if claim.said.chain else claim.said.speaker


def places_differ(one: Place, other: Place) -> bool:
    """Say whether two stated places exclude each other at 95 %."""
    if (one.lat_e7, one.lon_e7) == (other.lat_e7, other.lon_e7):
        return False
    turn_e7 = (other.lon_e7 - one.lon_e7 + 180 * E7) % (360 * E7) - 180 * E7
    north = radians(other.lat - one.lat) * EARTH_RADIUS_M
    east = radians(turn_e7 / E7) * cos(radians((one.lat + other.lat) / 2)) * EARTH_RADIUS_M
    ee, nn, en = (a + b for a, b in zip(_covariance(one), _covariance(other), strict=True))
    off = nn * east**2 - 2 * en * east * north + ee * north**2
    return off > _EDGE_SQ * (ee * nn - en * en)


def _covariance(place: Place) -> tuple[float, float, float]:
    """As engines.geometry.spread and widened, for one place: columns of one row cost too much."""
    scale = -2 * log1p(-min(place.confidence_bp, 9_999) / 10_000)
    along, across = place.a_m**2 / scale, place.b_m**2 / scale
    sine, cosine = sin(radians(place.bearing_deg)), cos(radians(place.bearing_deg))
    return (
        along * sine**2 + across * cosine**2 + EXTENT_M**2,
        along * cosine**2 + across * sine**2 + EXTENT_M**2,
        (along - across) * sine * cosine,
    )


def _times_differ(one: Span, other: Span) -> bool:
    return one.gap_us(other) > CLOCKS_US


def _counts_differ(one: Count, other: Count) -> bool:
    return (one.high is not None and one.high < other.low) or (
        other.high is not None and other.high < one.low
    )
