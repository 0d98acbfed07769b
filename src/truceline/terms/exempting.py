"""Exemptions: how far one holds for a bearer, and in which dimension it is subtracted.

An exemption that speaks only of type, only of actor or only of place is subtracted inside that
dimension, jointly with the clause; any other is a factor of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from truceline.terms.atoms import (
    NO,
    YES,
    act_is,
    attributes_are,
    both,
    code_is,
    interval,
    product,
    weapon_is,
    weigh,
)
from truceline.terms.case import Case
from truceline.terms.document import Exemption, RecordCond
from truceline.terms.places import YES as EVERYWHERE
from truceline.terms.places import Truth, View
from truceline.terms.register import Record, Register
from truceline.terms.result import CERTAIN, NEVER, UNKNOWN, Dimension, Interval, bp
from truceline.terms.times import Period, covered_us, moved, parse_duration
from truceline.values.acts import Match


def dimensions_of(exemption: Exemption) -> frozenset[str]:
    """Which of `type`, `actor`, `place`, `attr`, `weapon`, `record` an exemption speaks of."""
    fields = {
        "type": exemption.type,
        "actor": exemption.actor,
        "place": exemption.where,
        "attr": exemption.attr,
        "weapon": exemption.weapon,
        "record": exemption.record,
    }
    own = {name for name, held in fields.items() if held is not None}
    return frozenset(own.union(*(dimensions_of(part) for part in exemption.all or ())))


def only(exemption: Exemption) -> str:
    """The one dimension among type, actor and place an exemption is about; "" otherwise."""
    dimensions = dimensions_of(exemption)
    return next(iter(dimensions)) if dimensions in _SINGLE else ""


_SINGLE = ({"type"}, {"actor"}, {"place"})


def covers_type(exemption: Exemption, code: str) -> Match:
    """Whether a type-only exemption covers an act."""
    own = YES if exemption.type is None else act_is(code, exemption.type)
    return both(own, *(covers_type(part, code) for part in exemption.all or ()))


def covers_actor(exemption: Exemption, code: str) -> Match:
    """Whether an actor-only exemption covers an actor."""
    own = YES if exemption.actor is None else code_is(code, exemption.actor)
    return both(own, *(covers_actor(part, code) for part in exemption.all or ()))


def covers_place(exemption: Exemption, view: View) -> Truth:
    """Where a place-only exemption holds."""
    out = EVERYWHERE if exemption.where is None else view.truth(exemption.where)
    for part in exemption.all or ():
        out &= covers_place(part, view)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea:
    """What an exemption is weighed against: a case, a bearer's codes, the register, the place."""

    case: Case
    codes: frozenset[str]
    register: Register
    view: View
    zone: ZoneInfo

    def weigh(self, name: str, exemption: Exemption) -> Interval:
        """How far an exemption holds, its conditions taken as independent."""
        parts = [part for _, part in self.parts(name, exemption)]
        if parts:
            return product(*parts)
        return UNKNOWN if exemption.burden == "open" else NEVER

    def dimensions(self, name: str, exemption: Exemption) -> tuple[Dimension, ...]:
        """Every condition of an exemption with its answer, for the explanation."""
        return tuple(
            Dimension(name=part, belief_bp=bp(low), plausibility_bp=bp(high))
            for part, (low, high) in self.parts(name, exemption)
        )

    def parts(self, name: str, exemption: Exemption) -> Iterator[tuple[str, Interval]]:
        """The conditions of an exemption, each with its answer."""
        case, asked = self.case, exemption
        if asked.type is not None:
            types = asked.type
            yield "type", weigh(case.type, lambda code: act_is(code, types))
        if asked.actor is not None:
            actors = asked.actor
            yield "actor", weigh(case.actor, lambda code: code_is(code, actors))
        if asked.weapon is not None:
            weapons = asked.weapon
            yield "weapon", weigh(case.weapon_class, lambda code: weapon_is(case, code, weapons))
        if asked.attr is not None:
            silence = attributes_are(case, asked.attr, NO)
            open_ = attributes_are(case, asked.attr)
            yield "attr", interval(open_ if asked.burden == "open" else silence)
        if asked.where is not None:
            where = asked.where
            key = ("exemption", name, id(where))
            yield "place", self.view.kept(key, lambda: self.view.truth(where))
        if asked.record is not None:
            yield f"record:{asked.record.type}", self._record(asked.record)
        for part in asked.all or ():
            yield from self._inner(name, part)

    def _inner(self, name: str, part: Exemption) -> Iterator[tuple[str, Interval]]:
        found = tuple(self.parts(name, part))
        if not found:
            yield "stated", UNKNOWN if part.burden == "open" else NEVER
        yield from found

    def _record(self, wanted: RecordCond) -> Interval:
        best = NEVER
        for record in self.register.of(wanted.type):
            if self._eligible(record, wanted):
                held = self._covers(record, wanted)
                best = max(best[0], held[0]), max(best[1], held[1])
        return best

    def _eligible(self, record: Record, wanted: RecordCond) -> bool:
        if wanted.by == "actor" and record.by not in self.codes:
            return False
        if wanted.by == "other" and (record.by is None or record.by in self.codes):
            return False
        if wanted.by not in (None, "actor", "other") and record.by != wanted.by:
            return False
        if wanted.lead is not None:
            ahead = parse_duration(wanted.lead)
            if moved(record.at_us, ahead, self.zone) > self.case.span.from_us:
                return False
        return record.matches(wanted.match)

    def _covers(self, record: Record, wanted: RecordCond) -> Interval:
        return product(
            self._covers_time(record.period) if "time" in wanted.covers else CERTAIN,
            self._covers_zone(record.zone) if "place" in wanted.covers else CERTAIN,
        )

    def _covers_time(self, period: Period | None) -> Interval:
        if period is None:
            return UNKNOWN
        span = self.case.span
        share = covered_us((span.from_us, span.until_us), (period,)) / span.length_us
        return share, share

    def _covers_zone(self, zone: str | None) -> Interval:
        if zone is None:
            return UNKNOWN
        return self.view.kept(("zone", zone), lambda: self.view.inside(zone))
