"""True events: what happened, where along the line, by whom. A batch is one array per column."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.exercise.line import F64, Ruler, globe
from truceline.exercise.truth import Happened
from truceline.exercise.world import PARTIES
from truceline.values.instant import Span
from truceline.values.place import E7
from truceline.values.signatures import Signature

I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]

HOT_SPREAD_M = 3_000.0
_STRAY_PERCENT = 20  # of events away from the day's hot spots
_ACCIDENT_PERCENT = 2  # of what lands, on the side of whoever fired it


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event and how far off it is perceived.

    share: of all events, in parts of the sum. lands: on the other side of the line; otherwise it
    is something on one's own. heard_m, seen_m: the range of an ear and of an eye or a camera.
    most: the highest count.
    """

    act: str
    share: int
    lands: bool
    heard_m: int
    seen_m: int
    most: int
    signature: Signature


KINDS: tuple[Kind, ...] = tuple(
    Kind(
        act=act,
        share=share,
        lands=lands,
        heard_m=heard,
        seen_m=seen,
        most=most,
        signature=signature,
    )
    for act, share, lands, heard, seen, most, signature in (
        ("fire.small_arms", 30, True, 2_500, 1_500, 60, Signature.BURST),
        ("fire.mortar", 20, True, 8_000, 3_000, 14, Signature.EXPLOSION),
        ("fire.artillery", 10, True, 12_000, 5_000, 9, Signature.EXPLOSION),
        ("flight.uav", 18, True, 600, 5_000, 2, Signature.AERIAL_OBJECT),
        ("strike.fpv", 9, True, 3_000, 4_000, 1, Signature.EXPLOSION),
        ("strike.uav_drop", 5, True, 2_500, 4_000, 3, Signature.EXPLOSION),
        ("presence.weapon", 4, False, 0, 6_000, 3, Signature.WEAPON_PRESENT),
        ("engineer.fortify", 4, False, 0, 5_000, 1, Signature.EARTHWORK),
    )
)
_SHARES = np.cumsum([kind.share for kind in KINDS])
LANDS = np.array([kind.lands for kind in KINDS])
HEARD_M = np.array([float(kind.heard_m) for kind in KINDS])
SEEN_M = np.array([float(kind.seen_m) for kind in KINDS])
_MOST = np.array([kind.most for kind in KINDS])


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """A batch of true events, in order of time.

    kind: index into KINDS. by, side: index into PARTIES of who did it, and of whose side of the
    line it was on. x_m, y_m: where, on the plane of `line`.
    """

    at_us: I64
    x_m: F64
    y_m: F64
    kind: I64
    by: I64
    side: I64
    count: I64

    def __len__(self) -> int:
        """How many."""
        return len(self.at_us)

    def only(self, mask: Mask) -> "Events":
        """Those the mask holds for."""
        return Events(
            self.at_us[mask],
            self.x_m[mask],
            self.y_m[mask],
            self.kind[mask],
            self.by[mask],
            self.side[mask],
            self.count[mask],
        )

    def named(self, prefix: str) -> list[Happened]:
        """Each as a line of truth, numbered after the prefix from 1."""
        lat, lon = globe(self.x_m, self.y_m)
        return [
            Happened(
                event=f"{prefix}-{number}",
                at_us=int(self.at_us[row]),
                lat_e7=round(float(lat[row]) * E7),
                lon_e7=round(float(lon[row]) * E7),
                act=KINDS[int(self.kind[row])].act,
                count=int(self.count[row]),
                by=PARTIES[int(self.by[row])],
                victim=PARTIES[int(self.side[row])],
            )
            for row, number in enumerate(range(1, len(self) + 1))
        ]


def hot_spots(rng: np.random.Generator, until_m: float, how_many: int = 7) -> F64:
    """Where along the line it is loud on one day, metres from its south end."""
    return rng.random(how_many) * (until_m - 4 * HOT_SPREAD_M) + 2 * HOT_SPREAD_M


def draw(
    rng: np.random.Generator, how_many: int, span: Span, *, along: Ruler, hot_m: F64
) -> Events:
    """Draw so many events within a span, in order of time.

    Only uniform draws and arithmetic that every machine rounds alike (`line`).
    """
    at_us = np.sort(rng.integers(span.from_us, span.until_us, how_many))
    kind = np.searchsorted(_SHARES, rng.integers(0, int(_SHARES[-1]), how_many), side="right")
    by = rng.integers(0, 2, how_many)
    accident = rng.integers(0, 100, how_many) < _ACCIDENT_PERCENT
    side = np.where(LANDS[kind] ^ accident, 1 - by, by)
    side = np.where(~LANDS[kind], by, side)
    near = hot_m[rng.integers(0, len(hot_m), how_many)]
    near = near + (rng.random(how_many) + rng.random(how_many) - 1.0) * HOT_SPREAD_M
    stray = rng.random(how_many) * along.length_m
    along_m = np.where(rng.integers(0, 100, how_many) < _STRAY_PERCENT, stray, near)
    deep_m = 400.0 + rng.random(how_many) * rng.random(how_many) * 6_000.0
    east_m = np.where(side == PARTIES.index("TOR"), deep_m, -deep_m)
    share = rng.random(how_many)
    count = 1 + np.floor(share * share * _MOST[kind]).astype(np.int64)
    x_m, y_m = along.beside(along_m, east_m)
    return Events(at_us, x_m, y_m, kind, by, side, count)
