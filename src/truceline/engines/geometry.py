"""Error ellipses on columns: how far apart two stated places are, measured in their own errors.

A place with its ellipse is read as a Gaussian on a local plane, flat over the distance (wrong by
less than 0.1 % below 50 km). Metres throughout; east and north.
"""

from dataclasses import dataclass

import numpy as np

from truceline.engines.arrays import F64, I64
from truceline.values.place import EARTH_RADIUS_M

# No ellipse holds the truth with certainty; 9,999 bp is the largest confidence that means a number.
_MOST_BP = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Covariances of places on the plane: east-east, north-north, east-north; m², float64 (n,)."""

    ee: F64
    nn: F64
    en: F64

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(ee=self.ee + other.ee, nn=self.nn + other.nn, en=self.en + other.en)

    def at(self, rows: I64) -> "Spread":
        """The spreads at some rows."""
        return Spread(ee=self.ee[rows], nn=self.nn[rows], en=self.en[rows])

    @property
    def determinant(self) -> F64:
        """Area measure, m⁴; at least 1 so that its logarithm exists."""
        return np.maximum(self.ee * self.nn - self.en * self.en, 1.0)

    @property
    def widest_m(self) -> F64:
        """Standard deviation along the long axis, metres."""
        middle = (self.ee + self.nn) / 2
        swing = np.hypot((self.ee - self.nn) / 2, self.en)
        return np.sqrt(middle + swing)


def spread(a_m: I64, b_m: I64, bearing_deg: I64, confidence_bp: I64) -> Spread:
    """Turn stated ellipses into covariances.

    An ellipse said to hold the truth with probability p has half-axes of √(−2 ln(1 − p)) standard
    deviations (Rayleigh): 2.45 at 95 %.
    """
    p = np.minimum(confidence_bp, _MOST_BP) / 10_000
    scale = -2.0 * np.log1p(-p)
    along, across = a_m.astype(float) ** 2 / scale, b_m.astype(float) ** 2 / scale
    sin, cos = np.sin(np.radians(bearing_deg)), np.cos(np.radians(bearing_deg))
    return Spread(
        ee=along * sin**2 + across * cos**2,
        nn=along * cos**2 + across * sin**2,
        en=(along - across) * sin * cos,
    )


def widened(by: Spread, extent_m: float) -> Spread:
    """Add a round spread: nothing that happens on the ground is a point."""
    more = extent_m**2
    return Spread(ee=by.ee + more, nn=by.nn + more, en=by.en)


def apart(lat_e7: I64, lon_e7: I64, one: I64, other: I64) -> tuple[F64, F64]:
    """Metres east and north from place `one` to place `other`: row numbers (m,)."""
    lat1, lat2 = np.radians(lat_e7[one] / 1e7), np.radians(lat_e7[other] / 1e7)
    turn = (lon_e7[other] - lon_e7[one] + 1_800_000_000) % 3_600_000_000 - 1_800_000_000
    east = np.radians(turn / 1e7) * np.cos((lat1 + lat2) / 2) * EARTH_RADIUS_M
    return east, (lat2 - lat1) * EARTH_RADIUS_M


def off_by_sq(east_m: F64, north_m: F64, of: Spread) -> F64:
    """Squared distance in standard deviations (Mahalanobis); 5.99 is the edge at 95 %."""
    return (of.nn * east_m**2 - 2 * of.en * east_m * north_m + of.ee * north_m**2) / of.determinant


def meet(east_m: F64, north_m: F64, of: Spread) -> tuple[float, float, Spread]:
    """The one place several independent sightings agree on best, and its spread.

    Weights each by the inverse of its covariance (Gauss–Markov). Positions are metres on one plane.
    returns: east, north, and a Spread of one row. At least one row is wanted.
    """
    det = of.determinant
    p_ee, p_nn, p_en = of.nn / det, of.ee / det, -of.en / det
    a, b, c = float(p_ee.sum()), float(p_nn.sum()), float(p_en.sum())
    x = float((p_ee * east_m + p_en * north_m).sum())
    y = float((p_en * east_m + p_nn * north_m).sum())
    whole = a * b - c * c
    joint = Spread(ee=np.array([b / whole]), nn=np.array([a / whole]), en=np.array([-c / whole]))
    return (b * x - c * y) / whole, (a * y - c * x) / whole, joint
