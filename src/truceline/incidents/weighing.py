"""How strongly each pair of claims speaks of one event, ground by ground, in millibits."""

from dataclasses import dataclass, fields

import numpy as np

from truceline.engines.arrays import I64, Bool, distinct
from truceline.engines.blocking import candidates
from truceline.engines.clustering import Pairs
from truceline.engines.geometry import apart, off_by_sq
from truceline.engines.scoring import (
    crowd_millibits,
    place_millibits,
    time_millibits,
    wording_millibits,
)
from truceline.engines.tokens import overlap, rarity
from truceline.incidents import weights
from truceline.incidents.columns import Columns
from truceline.incidents.incident import Reason
from truceline.values.instant import SECOND_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Grounds for and against each pair; int64 columns (m,), rows one < other of the Columns.

    Millibits: place, time, act, actors, page, wording, crowd, and their sum with the prior, total.
    Facts: apart_m, gap_s, likeness (thousandths), others (independent origins meant as well).
    copy: whether the two are one text or one page.
    """

    one: I64
    other: I64
    place: I64
    time: I64
    act: I64
    actors: I64
    page: I64
    wording: I64
    crowd: I64
    total: I64
    apart_m: I64
    gap_s: I64
    likeness: I64
    others: I64
    copy: Bool

    def every(self) -> Pairs:
        """All pairs for clustering."""
        return Pairs(one=self.one, other=self.other, millibits=self.total)

    def at(self, chosen: Bool | I64) -> "Evidence":
        """Only the chosen pairs."""
        return Evidence(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def reasons(self, number: int) -> tuple[Reason, ...]:
        """The grounds of one pair in the order a person would ask for them; zeros left out."""
        place, time, act = int(self.place[number]), int(self.time[number]), int(self.act[number])
        meters, seconds = int(self.apart_m[number]), int(self.gap_s[number])
        wording = int(self.wording[number])
        likeness, others = int(self.likeness[number]), int(self.others[number])
        told = (
            Reason(
                code="near" if place >= 0 else "far_for_error",
                millibits=place,
                facts=(("apart_m", meters),),
            ),
            Reason(
                code="same_time" if time >= 0 else "time_apart",
                millibits=time,
                facts=(("gap_s", seconds),),
            ),
            Reason(code=_act_code(act), millibits=act),
            Reason(code="actor_differs", millibits=int(self.actors[number])),
            Reason(code="same_page", millibits=int(self.page[number])),
            Reason(
                code="same_wording" if wording >= 0 else "wording_apart",
                millibits=wording,
                facts=(("likeness_bp", 10 * likeness),),
            ),
            Reason(code="crowded", millibits=int(self.crowd[number]), facts=(("others", others),)),
        )
        prior = Reason(code="prior", millibits=weights.PRIOR)
        return (*(one for one in told if one.millibits or one.code in _ALWAYS), prior)


_ALWAYS = ("near", "same_time")


def _act_code(millibits: int) -> str:
    if millibits < 0:
        return "act_differs"
    return "act_agrees" if millibits >= weights.ACT_NARROWER else "act_may_agree"


def weigh(of: Columns) -> Evidence:
    """Weigh every pair that time, place and act allow.

    1. Pairs near in place and day (engines.blocking); of these, those whose widened spans overlap,
       whose places touch at 99 %, whose acts can be one event and that nobody listed as two.
    2. Place, time and act; whom both accuse; a common page; a common wording.
    3. The crowd: how many independent origins could be meant as well.
    """
    batches = [_possible(of, one, other) for one, other in candidates(of.where())]
    columns = {
        name: np.concatenate([batch[name] for batch in batches] or [np.zeros(0, dtype=np.int64)])
        for name in _FIRST
    }
    columns |= _said_alike(of, columns["one"], columns["other"])
    others = _others(of, columns["one"], columns["other"])
    crowd = crowd_millibits(others)
    total = weights.PRIOR + crowd + sum(columns[name] for name in _WEIGHED)
    copy = (columns["page"] > 0) | (columns["likeness"] >= weights.COPY_LIKENESS)
    return Evidence(**columns, others=others, crowd=crowd, total=total, copy=copy)


_FIRST = ("one", "other", "place", "time", "act", "apart_m", "gap_s")
_WEIGHED = ("place", "time", "act", "actors", "page", "wording")
_ACT_TABLE = np.array(
    [
        [weights.act_millibits(one, other) for other in weights.KNOWN_ACTS]
        for one in weights.KNOWN_ACTS
    ],
    dtype=np.int64,
)


def _possible(of: Columns, one: I64, other: I64) -> dict[str, I64]:
    """Of one batch of pairs those that can be one event, with place, time and act weighed."""
    gap = np.maximum(of.from_us[one] - of.until_us[other], of.from_us[other] - of.until_us[one])
    act = _ACT_TABLE[of.act[one], of.act[other]]
    can = (gap < 2 * weights.CLOCKS_US) & (act > weights.NEVER)
    can &= of.asserts[one] | of.asserts[other]  # what denies a denial is no event
    can &= ~_listed_as_two(of, one, other, gap)
    one, other, act, gap = one[can], other[can], act[can], np.maximum(gap[can], 0)
    east, north = apart(of.lat_e7, of.lon_e7, one, other)
    both = of.spread.at(one) + of.spread.at(other)
    touch = off_by_sq(east, north, both) <= weights.FAR_SIGMA**2
    one, other, act, gap = one[touch], other[touch], act[touch], gap[touch]
    east, north, both = east[touch], north[touch], both.at(np.flatnonzero(touch))
    near, far = place_millibits(east, north, both, around_m=weights.AROUND_M)
    begin, end = of.from_us - weights.CLOCKS_US, of.until_us + weights.CLOCKS_US
    return {
        "one": one,
        "other": other,
        "place": near + far,
        "time": time_millibits(
            (begin[one], begin[other]), (end[one], end[other]), around_us=weights.AROUND_US
        ),
        "act": act,
        "apart_m": np.rint(np.hypot(east, north)).astype(np.int64),
        "gap_s": -(-gap // SECOND_US),
    }


def _listed_as_two(of: Columns, one: I64, other: I64, gap: I64) -> Bool:
    """Where both are rows of one party's or watcher's list, and not the same row again.

    The same again is the same number, or another number for one post at the same time and point.
    One watcher may hear a burst and see its flash; two rows of one kind are two events. Ruled out
    here and not weighed, so that ten thousand rows of one list cost no memory.
    """
    listed = (of.listing[one] == of.listing[other]) & (of.listing[one] >= 0)
    again = (of.page[one] == of.page[other]) & (of.page[one] >= 0)
    for column in (of.town, of.from_us, of.until_us):
        again &= column[one] == column[other]
    again |= of.item[one] == of.item[other]
    same_kind = (gap > 0) | (of.signature[one] == of.signature[other])
    return np.asarray(listed & ~again & same_kind, dtype=bool)


def _said_alike(of: Columns, one: I64, other: I64) -> dict[str, I64]:
    """Whom both accuse; common page, common wording."""
    same_page = (of.page[one] == of.page[other]) & (of.page[one] >= 0)
    same_list = (of.listing[one] == of.listing[other]) & (of.listing[one] >= 0)
    same_item = same_list & (of.item[one] == of.item[other])
    rare = rarity(of.words, of.town, borrowed=weights.BORROWED)
    shared, likeness = overlap(of.words, rare, one, other)
    one_names, other_names = of.accused[one], of.accused[other]
    differ = (one_names > 0) & (other_names > 0) & (one_names & other_names == 0)
    return {
        "actors": np.where(differ, weights.ACTORS_DIFFER, 0),
        "page": np.where(same_item | same_page, weights.SAME_PAGE, 0),
        "wording": np.where(
            _silent(of, one, other) & (likeness < weights.UNLIKE),
            weights.WORDING_APART,
            wording_millibits(shared, likeness, most=weights.WORDING_MOST),
        ),
        "likeness": likeness,
    }


def _silent(of: Columns, one: I64, other: I64) -> Bool:
    """Where sharing no words would tell: both texts long enough and in one language."""
    long_enough = np.diff(of.words.start) >= weights.TELLING_STEMS
    same = (of.language[one] == of.language[other]) & (of.language[one] >= 0)
    return np.asarray(long_enough[one] & long_enough[other] & same, dtype=bool)


def _others(of: Columns, one: I64, other: I64) -> I64:
    """For each pair, how many independent origins besides the two could be meant by the vaguer.

    Origins, not claims: five hundred rows of one party crowd nobody out.
    """
    rows, keys = np.concatenate([one, other]), np.concatenate([other, one])
    speaks = of.asserts[keys]
    span = int(of.key.max(initial=0)) + 1
    met = distinct(rows[speaks] * span + of.key[keys[speaks]])
    own = of.key[met // span] == met % span
    around = np.bincount(met[~own] // span, minlength=len(of.key))
    others: I64 = np.maximum(np.maximum(around[one], around[other]) - 1, 0)
    return others
