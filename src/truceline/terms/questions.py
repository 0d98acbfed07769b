"""The questions of one clause put to one case: who, what, with what, when and where.

Each is answered by [belief, plausibility]. An exemption about type, actor or place alone is taken
away inside that question; `names` says which exemptions count.
"""

from collections.abc import Callable
from itertools import pairwise

from truceline.terms.agreement import Agreement
from truceline.terms.atoms import (
    NO,
    YES,
    act_is,
    attributes_are,
    both,
    code_is,
    compared,
    either,
    frechet,
    interval,
    negated,
    weapon_is,
    weigh,
)
from truceline.terms.case import Case, Fix
from truceline.terms.document import Ceiling, Exemption, Prohibit
from truceline.terms.exempting import covers_actor, covers_place, covers_type
from truceline.terms.force import Force, Published, within_hours
from truceline.terms.leaving_open import Meaning
from truceline.terms.places import NO as NOWHERE
from truceline.terms.places import YES as EVERYWHERE
from truceline.terms.places import Point, Truth, View
from truceline.terms.register import Register
from truceline.terms.result import CERTAIN, NEVER, Interval
from truceline.terms.times import Period, common, covered_us
from truceline.values.acts import UNKNOWN, Match

Named = dict[str, Interval]
Names = tuple[str, ...]
Places = tuple[Interval | None, Interval | None]


class Questions:
    """A case before one clause.

    scope, every: names of the exemptions that take a case out of the rule, and of all.
    """

    def __init__(
        self, agreement: Agreement, force: Force, case: Case, clause: Prohibit | Ceiling
    ) -> None:
        self.agreement, self.force, self.case, self.clause = agreement, force, case, clause
        self.standing = force.standing(clause)
        self.bearers = self.standing.bearers
        self.which = clause.place_of if isinstance(clause, Prohibit) else "place"
        self.view = agreement.atlas.view(case.point(self.which), _at_middle(case))
        self.span: Period = (case.span.from_us, case.span.until_us)
        self.unless, self.single = self.standing.unless, self.standing.single
        self.scope, self.every = self.standing.scope, self.standing.every
        self.by_party = self.standing.by_party
        self.described: dict[Names, Named] = {}
        self.placed: dict[str | None, tuple[Interval, Places, bool]] = {}

    def bound(self) -> frozenset[str]:
        """Every code that stands for somebody bound by the clause."""
        return self.standing.bound

    def codes(self, bearer: str) -> frozenset[str]:
        """The codes a bearer answers for under the clause: none where it is not bound."""
        return self.agreement.codes(bearer) if bearer in self.bearers else frozenset()

    def actor(self, codes: frozenset[str], names: Names, *, event: bool = False) -> Interval:
        """Who acted. For the event an unknown actor counts as somebody bound."""
        exempt = self._only("actor", names)

        def judge(code: str) -> Match:
            bound = YES if event and code == UNKNOWN else code_is(code, codes)
            return both(bound, unspared(code)) if exempt else bound

        def unspared(code: str) -> Match:
            return negated(either(*(covers_actor(one, code) for one in exempt)))

        acted = weigh(self.case.actor, judge)
        if self.clause.attribution == "acted":
            return acted
        return _answerable(acted, weigh(self.case.actor, unspared), self._controlled(codes))

    def _controlled(self, codes: frozenset[str]) -> Interval:
        """Whether it came from an area that one of these parties controls; else where it was."""
        parties = self.agreement.doc.parties
        areas = tuple(
            one.controls for code, one in parties.items() if code in codes and one.controls
        )
        if not areas:
            return NEVER
        view = self.agreement.atlas.view(self.case.origin or self.case.place, None)
        return view.kept(("controlled", areas), lambda: _in_any(view, areas))

    def others(self, names: Names) -> Named:
        """Type, weapon, site, attributes and counts: the same for every bearer."""
        if names not in self.described:
            self.described[names] = self._others(names)
        return self.described[names]

    def _others(self, names: Names) -> Named:
        clause = self.clause
        out = self._count(clause) if isinstance(clause, Ceiling) else self._describe(clause)
        if self._acts() or self._only("type", names):
            out = {"type": self.type(names), **out}
        return out

    def type(self, names: Names) -> Interval:
        """Whether it is an act the clause speaks of; certain where it speaks of every act."""
        return weigh(self.case.type, _typed(self._acts(), self._only("type", names)))

    def _acts(self) -> tuple[str, ...]:
        return ("holding",) if isinstance(self.clause, Ceiling) else self.clause.act

    def _count(self, clause: Ceiling) -> Named:
        over = (
            compared(self.case.counts_milli.get(name), {"gt": limit})
            for name, limit in clause.count.items()
        )
        return {"count": interval(either(*over))}

    def _describe(self, clause: Prohibit) -> Named:
        case, out = self.case, Named()
        if clause.weapon is not None:
            weapons = clause.weapon
            out["weapon"] = weigh(case.weapon_class, lambda code: weapon_is(case, code, weapons))
        if clause.site is not None:
            sites = clause.site
            out["site"] = weigh(case.site, lambda code: code_is(code, sites))
        if clause.attr is not None:
            out["attr"] = interval(attributes_are(case, clause.attr))
        return out

    def defined(self, register: Register) -> Named:
        """Whether the case is what the words of the text mean; nothing where all are agreed."""
        words = self.agreement.doc.definitions
        asked = [(name, words[name]) for name in self.clause.uses]
        if all(one.status == "agreed" for _, one in asked):
            return {}
        meaning = Meaning(clause=self.clause, register=register, case=self.case, view=self.view)
        parts = [meaning.holds(name, one) for name, one in asked]
        return {"terms": frechet(*parts)}

    # Time and place.

    def time_and_place(self, bearer: str | None) -> tuple[Interval, Places, bool]:
        """Time, place (pattern, breach), and whether the clause cannot have spoken at all."""
        whose = bearer if self.by_party else None
        if whose not in self.placed:
            self.placed[whose] = self._time_and_place(whose)
        return self.placed[whose]

    def time(self, bearer: str | None) -> float | None:
        """The share of the incident's time the clause spoke in; None where its windows say."""
        if self.force.published(self.clause) is not None:
            return None
        return covered_us(self.span, self._periods(bearer)) / self.case.span.length_us

    def _periods(self, bearer: str | None) -> tuple[Period, ...]:
        windows = self.clause.windows if isinstance(self.clause, Prohibit) else None
        return within_hours(self.force.periods(self.clause, bearer), windows, self.span)

    def _time_and_place(self, bearer: str | None) -> tuple[Interval, Places, bool]:
        published = self.force.published(self.clause)
        if published is not None:
            return self._in_windows(bearer, self._periods(bearer), published)
        share = covered_us(self.span, self._periods(bearer)) / self.case.span.length_us
        place = self._place(bearer, self.every)
        bare = place if self.scope == self.every else self._place(bearer, self.scope)
        return (share, share), (bare, place), share == 0

    def _place(
        self, bearer: str | None, names: Names, zones: tuple[str, ...] = ()
    ) -> Interval | None:
        where = self.clause.where_by.get(bearer or "", self.clause.where)
        exempt = self._only("place", names)
        if where is None and not exempt and not zones:
            return None
        key = (self.clause.id, bearer if self.clause.where_by else None, names, zones)

        def make() -> Truth:
            truth = EVERYWHERE if where is None else self.view.truth(where)
            for one in exempt:
                truth &= ~covers_place(one, self.view)
            return truth & _in_any(self.view, zones) if zones else truth

        return self.view.kept(key, make)

    def _in_windows(
        self, bearer: str | None, periods: tuple[Period, ...], published: tuple[Published, ...]
    ) -> tuple[Interval, Places, bool]:
        """Published windows: which is open changes along the incident, and where with it."""
        time = reach = 0.0
        places = [[0.0, 0.0], [0.0, 0.0]]
        for share, zones in self._stretches(periods, published):
            time += share
            reach += share * (_zone_share(self.view, zones) if zones else 1.0)
            for held, names in zip(places, (self.scope, self.every), strict=True):
                low, high = self._place(bearer, names, zones) or CERTAIN
                held[0] += share * low
                held[1] += share * high
        if time == 0:
            return NEVER, (None, None), True
        pattern, breach = ((low / time, high / time) for low, high in places)
        return (time, time), (pattern, breach), reach == 0

    def _stretches(
        self, periods: tuple[Period, ...], published: tuple[Published, ...]
    ) -> list[tuple[float, tuple[str, ...]]]:
        """Stretches of the incident's time: share of it, and the zones open; () is everywhere."""
        open_ = [(one, common((one.period,), periods)) for one in published]
        edges = {self.span[0], self.span[1]}
        for _, parts in open_:
            edges.update(edge for part in parts for edge in part)
        marks = sorted(edge for edge in edges if self.span[0] <= edge <= self.span[1])
        out = []
        for start, end in pairwise(marks):
            active = [one for one, parts in open_ if any(a <= start and end <= b for a, b in parts)]
            if active:
                anywhere = any(one.zone is None for one in active)
                zones = () if anywhere else tuple(sorted({one.zone or "" for one in active}))
                out.append(((end - start) / self.case.span.length_us, zones))
        return out

    def _only(self, dimension: str, names: Names) -> list[Exemption]:
        if not names:
            return []
        return [self.unless[name] for name in names if self.single[name] == dimension]


def _answerable(acted: Interval, unspared: Interval, controlled: Interval) -> Interval:
    """Its own acts, and of everybody else's those that came from where it is in control."""
    return (
        acted[0] + max(0.0, unspared[0] - acted[0]) * controlled[0],
        acted[1] + max(0.0, unspared[1] - acted[1]) * controlled[1],
    )


def _typed(acts: tuple[str, ...], exempt: list[Exemption]) -> Callable[[str], Match]:
    def judge(code: str) -> Match:
        asked = act_is(code, acts) if acts else YES
        if asked is NO or not exempt:
            return asked
        return both(asked, negated(either(*(covers_type(one, code) for one in exempt))))

    return judge


def _in_any(view: View, zones: tuple[str, ...]) -> Truth:
    out = NOWHERE
    for zone in zones:
        out |= view.inside(zone)
    return out


def _zone_share(view: View, zones: tuple[str, ...]) -> float:
    return view.kept(("zones", zones), lambda: _in_any(view, zones))[1]


def _at_middle(case: Case) -> Point | None:
    """Where the moving object was in the middle of the case's time; None outside its fixes."""
    if not case.track:
        return None
    fixes = sorted(case.track, key=lambda fix: fix.at_us)
    middle = case.span.middle_us
    for one, other in pairwise(fixes):
        if one.at_us <= middle <= other.at_us:
            return _between(one, other, middle)
    alone = [fix for fix in fixes if fix.at_us == middle]
    return (alone[0].lon_e7 / 10**7, alone[0].lat_e7 / 10**7) if alone else None


def _between(one: Fix, other: Fix, at_us: int) -> Point:
    length = other.at_us - one.at_us
    share = (at_us - one.at_us) / length if length else 0.0
    lon = one.lon_e7 + (other.lon_e7 - one.lon_e7) * share
    lat = one.lat_e7 + (other.lat_e7 - one.lat_e7) * share
    return lon / 10**7, lat / 10**7
