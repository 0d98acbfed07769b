"""Claims as columns for the engines: one row per claim that can be weighed at all."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import numpy as np

from truceline.claims.claim import Claim
from truceline.claims.reading import FIRST_HAND, page_key
from truceline.engines.arrays import I64, Bool
from truceline.engines.blocking import Where
from truceline.engines.geometry import Spread, spread, widened
from truceline.engines.tokens import Tokens, tokens
from truceline.incidents.weights import (
    CLOCKS_US,
    EXTENT_M,
    FAR_SIGMA,
    KNOWN_ACTS,
    VAGUE_M,
    VAGUE_US,
)
from truceline.reports.report import Said
from truceline.values.acts import known_prefix
from truceline.values.instant import DAY_US, Span
from truceline.values.place import Place
from truceline.values.signatures import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the engines need of the weighable claims; row r is claim number claim[r].

    from_us, until_us: as stated. The rest are numbers that are equal where two claims have the same
        origin page, claimant's list, item of that list, signature, independent origin, stated
        point or language; page, listing and language are −1 where there is none. accused has
        a bit for each code named.
    """

    claim: I64
    asserts: Bool
    lat_e7: I64
    lon_e7: I64
    spread: Spread
    from_us: I64
    until_us: I64
    act: I64
    page: I64
    listing: I64
    item: I64
    signature: I64
    key: I64
    town: I64
    language: I64
    accused: I64
    words: Tokens

    def where(self) -> Where:
        """The columns pairs are sought by; a claim reaches as far as its 99 % ellipse."""
        reach = np.ceil(FAR_SIGMA * self.spread.widest_m).astype(np.int64)
        return Where(
            lat_e7=self.lat_e7,
            lon_e7=self.lon_e7,
            reach_m=reach,
            from_day=(self.from_us - CLOCKS_US) // DAY_US,
            until_day=(self.until_us + CLOCKS_US - 1) // DAY_US,
        )


def weighable(said: Said) -> bool:
    """Say whether time and place are both known well enough to weigh.

    Absence is never evidence: a claim that does not say when or where, or says it no better than
    for a summary of a region or of days, is fused only by an answer's number or by a person.
    """
    return (
        isinstance(said.span, Span)
        and isinstance(said.place, Place)
        and said.span.length_us <= VAGUE_US
        and max(said.place.a_m, said.place.b_m) <= VAGUE_M
    )


def columns(claims: Sequence[Claim], keys: Sequence[str], without: Collection[int]) -> Columns:
    """Lay claims out as columns.

    keys: the independent origin of each claim, in the same order; without: rows to leave out.
    """
    every = enumerate(claims)
    rows = [row for row, claim in every if row not in without and weighable(claim.said)]
    said = [claims[row].said for row in rows]
    spans = [one.span for one in said if isinstance(one.span, Span)]
    places = [one.place for one in said if isinstance(one.place, Place)]
    assert len(spans) == len(places) == len(rows)
    acts = {act: number for number, act in enumerate(KNOWN_ACTS)}
    point = [(place.lat_e7, place.lon_e7) for place in places]
    return Columns(
        claim=_ints(rows),
        asserts=np.array([one.stance is Stance.ASSERTS for one in said], dtype=bool),
        lat_e7=_ints([lat for lat, _ in point]),
        lon_e7=_ints([lon for _, lon in point]),
        spread=_spread(places),
        from_us=_ints([span.from_us for span in spans]),
        until_us=_ints([span.until_us for span in spans]),
        act=_ints([acts[known_prefix(one.act)] for one in said]),
        page=_numbered([page_key(one.origin) or None for one in said]),
        listing=_numbered([_listing(claims[row]) for row in rows]),
        item=_numbered([_item(one) for one in said]),
        signature=_numbered([one.signature for one in said]),
        key=_numbered([keys[row] for row in rows]),
        town=_numbered(point),
        language=_numbered([None if one.language == "und" else one.language for one in said]),
        accused=_masks([one.accused for one in said]),
        words=tokens([words_of(one) for one in said]),
    )


def words_of(said: Said) -> str:
    """The wording, or the words in its page's address where only that is given."""
    if said.wording:
        return said.wording
    try:
        path = urlsplit(said.origin).path if "://" in said.origin else ""
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2]).replace("-", " ").replace("_", " ")


def _listing(claim: Claim) -> tuple[str, str] | None:
    """Whose own list of separate events a claim is a row of: a party's, a patrol's, a sensor's.

    An outlet files several pieces on one event; who lists what was perceived, or complains, means
    another event by another row.
    """
    own = claim.origin.interested or claim.said.basis in FIRST_HAND
    return (claim.origin.owner, claim.said.speaker) if own else None


def _item(said: Said) -> object:
    """What makes two rows of one list the same item: its number there, or all it says."""
    return said.ref or (said.span, said.place, said.act, said.signature, said.count, said.wording)


def _spread(places: Sequence[Place]) -> Spread:
    def column(read: Callable[[Place], int]) -> I64:
        return _ints([read(place) for place in places])

    stated = spread(
        column(lambda place: place.a_m),
        column(lambda place: place.b_m),
        column(lambda place: place.bearing_deg),
        column(lambda place: place.confidence_bp),
    )
    return widened(stated, EXTENT_M)


def _ints(values: Sequence[int]) -> I64:
    return np.array(values, dtype=np.int64)


def _masks(values: Sequence[tuple[str, ...]]) -> I64:
    """A bit per code; where there are more codes than bits those last in the alphabet share one."""
    codes = sorted({code for value in values for code in value})
    bit = {code: min(number, 62) for number, code in enumerate(codes)}
    masks = {value: sum({1 << bit[code] for code in value}) for value in set(values)}
    return _ints([masks[value] for value in values])


def _numbered(values: Sequence[object]) -> I64:
    """Number equal values alike, None as −1. Only equality is used, so the order is free."""
    seen: dict[object, int] = {}
    return _ints([-1 if value is None else seen.setdefault(value, len(seen)) for value in values])
