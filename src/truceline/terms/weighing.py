"""One clause weighed for one case: every question, then the product, then the verdict."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from truceline.terms.agreement import Agreement
from truceline.terms.atoms import (
    NO,
    YES,
    act_is,
    attributes_are,
    both,
    but_not,
    code_is,
    compared,
    either,
    interval,
    negated,
    product,
    weapon_is,
    weigh,
)
from truceline.terms.case import Case, Fix
from truceline.terms.document import Ceiling, Exemption, Prohibit
from truceline.terms.exempting import (
    Plea,
    covers_actor,
    covers_place,
    covers_type,
    only,
)
from truceline.terms.force import Force, Published, within_hours
from truceline.terms.places import NO as NOWHERE
from truceline.terms.places import YES as EVERYWHERE
from truceline.terms.places import Point, Truth, View
from truceline.terms.register import Register
from truceline.terms.result import (
    CERTAIN,
    NEVER,
    Dimension,
    Excuse,
    Interval,
    Result,
    Verdict,
    bp,
)
from truceline.terms.times import Period, common, covered_us
from truceline.values.acts import Match
from truceline.values.place import Place

Named = dict[str, Interval]
_UNKNOWN_ACTOR = "unknown"


@dataclass(frozen=True, slots=True)
class _Answers:
    """A clause's questions answered: apart from any excuse (pattern), and with all of them."""

    pattern: Interval
    breach: Interval
    questions: Named
    rests: tuple[Interval, Interval]  # the same without the actor's part
    silent: bool  # the incident cannot be inside any window or period of the clause


class Weighing:
    """A case before one clause."""

    def __init__(
        self,
        agreement: Agreement,
        force: Force,
        register: Register,
        case: Case,
        clause: Prohibit | Ceiling,
    ) -> None:
        self.agreement = agreement
        self.force = force
        self.register = register
        self.case = case
        self.clause = clause
        self.bearers = agreement.bearers(clause)
        which = clause.place_of if isinstance(clause, Prohibit) else "place"
        self.view = agreement.atlas.view(case.point(which), _at_middle(case))
        self.span: Period = (case.span.from_us, case.span.until_us)
        held = agreement.doc.exemptions
        self.unless = {name: held[name] for name in clause.unless if name in held}
        self.shared: Named | None = None

    def result(self, bearer: str | None) -> Result:
        """The answer for one bearer, or for somebody bound by the clause (None)."""
        answers = self._event() if bearer is None else self._party(bearer)
        excuses = [self._excuse(name, bearer) for name in self._factors()]
        pattern, breach = answers.pattern, answers.breach
        for excuse, held in excuses:
            breach = but_not(breach, held)
            if excuse.mode == "scope":
                pattern = but_not(pattern, held)
        listed = tuple(excuse for excuse, _ in excuses)
        verdict = self._verdict(answers, pattern, breach)
        dimensions = tuple(
            Dimension(name=name, belief_bp=bp(low), plausibility_bp=bp(high))
            for name, (low, high) in answers.questions.items()
        )
        return Result(
            clause=self.clause.id,
            bearer=bearer,
            verdict=verdict,
            belief_bp=bp(breach[0]),
            plausibility_bp=bp(breach[1]),
            dimensions=dimensions,
            exemptions=listed,
            missing=self._missing(dimensions, listed) if verdict is Verdict.UNDETERMINED else (),
            pattern_bp=bp(pattern[0]),
            reading=self.agreement.reading,
            applied=self.agreement.applied,
        )

    def _verdict(self, answers: _Answers, pattern: Interval, breach: Interval) -> Verdict:
        evidence = self.agreement.evidence(self.clause)
        if answers.silent:
            return Verdict.NOT_IN_FORCE
        if bp(breach[0]) >= evidence.breach_at_bp:
            return Verdict.BREACH
        if bp(breach[1]) > evidence.none_at_bp:
            return Verdict.UNDETERMINED
        sure = bp(pattern[0]) >= evidence.breach_at_bp
        return Verdict.EXCUSED if sure else Verdict.NO_BREACH

    # One bearer.

    def _party(self, bearer: str) -> _Answers:
        codes = self.agreement.codes(bearer) if bearer in self.bearers else frozenset[str]()
        return self._answers(bearer, codes)

    def _answers(self, bearer: str | None, codes: frozenset[str]) -> _Answers:
        time, places, silent = self._time_and_place(bearer)
        scope, every = self._inside("scope"), tuple(self.unless)
        event = bearer is None
        before = self._actor(codes, scope, event=event)
        after = self._actor(codes, every, event=event)
        rests = self._all(time, places[0], scope), self._all(time, places[1], every)
        products = product(*rests[0].values()), product(*rests[1].values())
        return _Answers(
            product(products[0], before),
            product(products[1], after),
            {**rests[1], "actor": after},
            products,
            silent,
        )

    def _all(self, time: Interval, place: Interval | None, names: tuple[str, ...]) -> Named:
        out: Named = {"time": time, **self._others(names)}
        if place is not None:
            out["place"] = place
        return out

    def _inside(self, mode: str) -> tuple[str, ...]:
        return tuple(name for name, one in self.unless.items() if one.mode == mode)

    def _only(self, dimension: str, names: tuple[str, ...]) -> list[Exemption]:
        return [self.unless[name] for name in names if only(self.unless[name]) == dimension]

    def _factors(self) -> tuple[str, ...]:
        return tuple(name for name, one in self.unless.items() if not only(one))

    # Somebody bound.

    def _event(self) -> _Answers:
        if self._by_party():
            return self._event_by_party()
        return self._answers(None, self._bound())

    def _bound(self) -> frozenset[str]:
        return frozenset(code for one in self.bearers for code in self.agreement.codes(one))

    def _by_party(self) -> bool:
        return bool(self.clause.where_by) or self.force.differs(self.clause)

    def _event_by_party(self) -> _Answers:
        """Each party by its own line and period; their products add up.

        Mass of unknown actors goes to whichever party it could weigh against most.
        """
        scope, every = self._inside("scope"), tuple(self.unless)
        parties = [self._party(bearer) for bearer in self.bearers]
        able = [one for one in parties if one.questions["actor"][1] > 0] or parties
        questions = _envelope([one.questions for one in able])
        questions["actor"] = self._actor(self._bound(), every, event=True)
        return _Answers(
            self._added_up([one.rests[0] for one in parties], scope),
            self._added_up([one.rests[1] for one in parties], every),
            questions,
            (CERTAIN, CERTAIN),
            all(one.silent for one in able),
        )

    def _added_up(self, rests: list[Interval], names: tuple[str, ...]) -> Interval:
        """Sum over parties of mass × the rest; unknown mass by the party it fits worst and best."""
        known = [self._actor(self.agreement.codes(one), names)[0] for one in self.bearers]
        sure, may = self._actor(self._bound(), names, event=True)
        low = high = 0.0
        for mass, (least, most) in zip(known, rests, strict=True):
            low += mass * least
            high += mass * most
        low += max(0.0, sure - sum(known)) * min(least for least, _ in rests)
        high += max(0.0, may - sum(known)) * max(most for _, most in rests)
        return min(1.0, low), min(1.0, high)

    # Questions.

    def _actor(
        self, codes: frozenset[str], names: tuple[str, ...], *, event: bool = False
    ) -> Interval:
        """Who acted. For the event an unknown actor counts as somebody bound."""
        exempt = self._only("actor", names)

        def judge(code: str) -> Match:
            spared = either(*(covers_actor(one, code) for one in exempt))
            bound = YES if event and code == _UNKNOWN_ACTOR else code_is(code, codes)
            return both(bound, negated(spared))

        return weigh(self.case.actor, judge)

    def _others(self, names: tuple[str, ...]) -> Named:
        """Type, weapon, site, attributes and counts: the same for every bearer."""
        out = self._fixed()
        exempt = self._only("type", names)
        acts = ("holding",) if isinstance(self.clause, Ceiling) else self.clause.act
        if acts or exempt:
            out = {"type": weigh(self.case.type, _typed(acts, exempt)), **out}
        return out

    def _fixed(self) -> Named:
        if self.shared is None:
            clause = self.clause
            ceiling = isinstance(clause, Ceiling)
            self.shared = self._count() if isinstance(clause, Ceiling) else self._described()
            assert ceiling or isinstance(clause, Prohibit)
        return self.shared

    def _count(self) -> Named:
        assert isinstance(self.clause, Ceiling)
        over = (
            compared(self.case.counts_milli.get(name), {"gt": limit})
            for name, limit in self.clause.count.items()
        )
        return {"count": interval(either(*over))}

    def _described(self) -> Named:
        clause, case, out = self.clause, self.case, Named()
        assert isinstance(clause, Prohibit)
        if clause.weapon is not None:
            weapons = clause.weapon
            out["weapon"] = weigh(case.weapon_class, lambda code: weapon_is(case, code, weapons))
        if clause.site is not None:
            sites = clause.site
            out["site"] = weigh(case.site, lambda code: code_is(code, sites))
        if clause.attr is not None:
            out["attr"] = interval(attributes_are(case, clause.attr))
        return out

    # Time and place.

    def _time_and_place(
        self, bearer: str | None
    ) -> tuple[Interval, tuple[Interval | None, Interval | None], bool]:
        """Time, place (pattern, breach), and whether the clause cannot have spoken at all."""
        windows = self.clause.windows if isinstance(self.clause, Prohibit) else None
        periods = self.force.periods(self.clause, bearer)
        periods = within_hours(periods, windows, self.span)
        published = self.force.published(self.clause)
        if published is not None:
            return self._in_windows(bearer, periods, published)
        share = covered_us(self.span, periods) / self.case.span.length_us
        places = (
            self._place(bearer, self._inside("scope")),
            self._place(bearer, tuple(self.unless)),
        )
        return (share, share), places, share == 0

    def _place(
        self, bearer: str | None, names: tuple[str, ...], zones: tuple[str, ...] = ()
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
    ) -> tuple[Interval, tuple[Interval | None, Interval | None], bool]:
        """Published windows: which is open changes along the incident, and where with it."""
        time = reach = 0.0
        places = [[0.0, 0.0], [0.0, 0.0]]
        for share, zones in self._stretches(periods, published):
            time += share
            reach += share * (_zone_share(self.view, zones) if zones else 1.0)
            for held, names in zip(
                places, (self._inside("scope"), tuple(self.unless)), strict=True
            ):
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

    # Excuses.

    def _excuse(self, name: str, bearer: str | None) -> tuple[Excuse, Interval]:
        exemption = self.unless[name]
        pleas = [self._plea(one) for one in self._judged(bearer)]
        held = [plea.weigh(name, exemption) for plea in pleas]
        low = min((one[0] for one in held), default=0.0)
        high = min((one[1] for one in held), default=0.0)
        parts = pleas[0].dimensions(name, exemption) if pleas else ()
        excuse = Excuse(
            name=name,
            mode=exemption.mode,
            belief_bp=bp(low),
            plausibility_bp=bp(high),
            parts=parts,
        )
        return excuse, (low, high)

    def _judged(self, bearer: str | None) -> tuple[str, ...]:
        """Whose exemption it is: the bearer's; for the event, of everyone who may have acted."""
        if bearer is not None:
            return (bearer,)
        return tuple(
            one for one in self.bearers if self._actor(self.agreement.codes(one), ())[1] > 0
        )

    def _plea(self, bearer: str) -> Plea:
        return Plea(
            case=self.case,
            codes=self.agreement.codes(bearer),
            register=self.register,
            view=self.view,
            zone=self.agreement.zone,
        )

    # What would decide it.

    def _missing(
        self, dimensions: tuple[Dimension, ...], excuses: tuple[Excuse, ...]
    ) -> tuple[str, ...]:
        out: list[str] = []
        for one in dimensions:
            if one.mark == "?":
                out.extend(self._lacking(one.name))
        for excuse in excuses:
            if excuse.belief_bp < 10_000 and excuse.plausibility_bp > 0:
                out.extend(part.name for part in excuse.parts if part.mark == "?")
        return tuple(dict.fromkeys(out))

    def _lacking(self, name: str) -> list[str]:
        clause, case = self.clause, self.case
        if name == "place":
            which = clause.place_of if isinstance(clause, Prohibit) else "place"
            point = case.point(which)
            return [f"place:{max(point.a_m, point.b_m)}" if isinstance(point, Place) else which]
        if name == "attr" and isinstance(clause, Prohibit):
            return [f"attr.{key}" for key in clause.attr or {} if case.attr.get(key) is None]
        if name == "weapon" and case.calibre_um is None and case.weapon_class is not None:
            return ["calibre"]
        return [name]


def _typed(acts: tuple[str, ...], exempt: list[Exemption]) -> Callable[[str], Match]:
    def judge(code: str) -> Match:
        asked = act_is(code, acts) if acts else YES
        if asked is NO:
            return NO
        return both(asked, negated(either(*(covers_type(one, code) for one in exempt))))

    return judge


def _envelope(parties: list[Named]) -> Named:
    """For each question the least belief and the greatest plausibility among some parties."""
    out: Named = {}
    for name in dict.fromkeys(name for party in parties for name in party):
        lows, highs = zip(*(party.get(name, CERTAIN) for party in parties), strict=True)
        out[name] = (min(lows), max(highs))
    return out


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
