"""What starts a duty: one instance per bearer, trigger, item, day or week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.document import Power, Require, Trigger
from truceline.terms.force import Force
from truceline.terms.register import Record, Register
from truceline.terms.standing import State, key_of
from truceline.terms.times import day_number, local_clock
from truceline.values.instant import zone

_MOST_DAYS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One duty of one bearer.

    start_us: when its clock starts; fact_us: when what triggered it happened.
    end_us: the end of its day or week where it recurs.
    name, aliases: what it may be called: the trigger's id, the item, the day.
    parts: the names a record may use to speak of it.
    """

    clause: str
    bearer: str
    start_us: int
    fact_us: int
    end_us: int | None = None
    name: str = ""
    aliases: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """`clause/party[@instance]`."""
        return key_of(self.clause, self.bearer, self.name)


@dataclass(frozen=True, slots=True)
class Triggers:
    """The triggers of one version, as a register has them at an instant."""

    agreement: Agreement
    register: Register
    clock: Clock
    at_us: int
    asked: dict[str, list[State]]

    def of(self, clause: Require) -> Iterator[Instance]:
        """Every instance of a duty, in order."""
        period = Force(self.agreement, self.register, self.clock).stated(clause)
        if period is None:
            return
        for bearer in self.agreement.bearers(clause):
            for one in self.fired(clause, bearer):
                if period[0] <= one.fact_us < period[1] or clause.trigger.every:
                    yield from _per_item(one, clause.each)

    def fired(self, clause: Require | Power, bearer: str) -> Iterator[Instance]:
        """When a clause's trigger came, for one bearer."""
        trigger = clause.trigger
        if trigger.every is not None:
            yield from self._recurring(clause, bearer)
        elif trigger.breach_of is not None or trigger.record is not None:
            yield from self._recorded(clause, bearer)
        elif trigger.state_of is not None:
            yield from self._reached(clause, bearer)
        else:
            start = trigger.at or clause.from_
            instant = None if start is None else self.clock.instant(start)
            if instant is not None:
                yield _instance(clause, bearer, instant)

    def _recorded(self, clause: Require | Power, bearer: str) -> Iterator[Instance]:
        known_clock = isinstance(clause, Require) and clause.clock == "known"
        for number, record in enumerate(self._records(clause.trigger, bearer), start=1):
            start = record.known_us if known_clock else record.at_us
            unnamed = str(number) if number > 1 else ""
            one = _instance(clause, bearer, start, record.id or unnamed)
            yield replace(one, fact_us=record.at_us)

    def _records(self, trigger: Trigger, bearer: str) -> Iterable[Record]:
        codes = self.agreement.codes(bearer)
        if trigger.breach_of is not None:
            for verdict in self.register.verdicts(trigger.breach_of):
                if verdict.matches(trigger.match) and _by(trigger.by, verdict.party, codes):
                    yield verdict
            return
        for record in self.register.of(trigger.record or ""):
            addressed = record.party is None or record.party in codes
            if record.matches(trigger.match) and _by(trigger.by, record.by, codes) and addressed:
                yield record

    def _reached(self, clause: Require | Power, bearer: str) -> Iterator[Instance]:
        """Another duty's state: of the same bearer, of the others, or of anybody."""
        trigger = clause.trigger
        name, _, named = (trigger.state_of or "").partition("/")
        codes = self.agreement.codes(bearer)
        for state in self._states_of(name):
            whose = state.bearer == named if named else _by(trigger.by, state.bearer, codes)
            if state.word == trigger.is_ and whose and state.since_us is not None:
                yield _instance(clause, bearer, state.since_us, state.instance)

    def _states_of(self, name: str) -> list[State]:
        from truceline.terms.duties import Duty  # noqa: PLC0415 - duties trigger duties

        if name not in self.asked:
            self.asked[name] = []  # a duty that waits for itself never starts
            clause = self.agreement.clause(name)
            if isinstance(clause, Require):
                self.asked[name] = [Duty(self, clause, one).state() for one in self.of(clause)]
        return self.asked[name]

    def _recurring(self, clause: Require | Power, bearer: str) -> Iterator[Instance]:
        start = self.clock.instant(clause.from_) if clause.from_ else None
        end = self.clock.instant(clause.until) if clause.until else None
        if start is None:
            return
        where, step = zone(clause.trigger.tz), 7 if clause.trigger.every == "week" else 1
        for number in range(_MOST_DAYS):
            begins, ends = (
                local_clock(start, days, 0, where) for days in (number * step, (number + 1) * step)
            )
            if begins > self.at_us or (end is not None and begins >= end):
                return
            day = date.fromordinal(day_number(begins, where))
            year, week, _ = day.isocalendar()
            one = _instance(clause, bearer, begins, day.isoformat())
            alias = (f"{year}-W{week:02}",) if step == 7 else ()
            yield replace(one, end_us=ends, aliases=alias, parts=one.parts.union(alias))


def _instance(clause: Require | Power, bearer: str, start_us: int, name: str = "") -> Instance:
    return Instance(
        clause=clause.id,
        bearer=bearer,
        start_us=start_us,
        fact_us=start_us,
        name=name,
        parts=frozenset([name] if name else []),
    )


def _per_item(one: Instance, each: tuple[str, ...]) -> Iterator[Instance]:
    if not each:
        yield one
    for item in each:
        joined = f"{one.name}.{item}" if one.name else item
        aliases = tuple(f"{one.name}{mark}{item}" for mark in "/:@+-_|#") if one.name else ()
        swapped = (f"{item}.{one.name}", item) if one.name else ()
        yield replace(
            one, name=joined, aliases=one.aliases + aliases + swapped, parts=one.parts | {item}
        )


def _by(wanted: str, actor: str | None, codes: frozenset[str]) -> bool:
    if wanted == "any":
        return True
    return actor in codes if wanted == "self" else actor is not None and actor not in codes
