"""When a clause speaks: its period, less suspensions, inside its windows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.document import Ceiling, Clause, Exemption, Prohibit, Windows
from truceline.terms.exempting import only
from truceline.terms.register import Register
from truceline.terms.times import FOREVER, Period, common, cut, local_clock, parse_clock
from truceline.values.instant import DAY_US, zone


@dataclass(frozen=True, slots=True)
class Published:
    """A window the register published: when, and where (None: everywhere)."""

    period: Period
    zone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is the same of a clause for every case: whom it binds and what exempts from it.

    bound: every code that stands for somebody bound. single: the one question an exemption is
    about, or "". scope, every: the exemptions that take a case out of the rule, and all.
    by_party: whether the parties must be judged apart even for somebody bound.
    """

    bearers: tuple[str, ...]
    bound: frozenset[str]
    unless: Mapping[str, Exemption]
    single: Mapping[str, str]
    scope: tuple[str, ...]
    every: tuple[str, ...]
    by_party: bool


@dataclass(frozen=True, slots=True)
class Force:
    """The periods of every clause of one version, as one register has them."""

    agreement: Agreement
    register: Register
    clock: Clock
    known: dict[tuple[str, str | None], tuple[Period, ...]] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)

    def standing(self, clause: Prohibit | Ceiling) -> Standing:
        """What is the same of a clause for every case."""
        if clause.id not in self.standings:
            self.standings[clause.id] = self._standing(clause)
        return self.standings[clause.id]

    def _standing(self, clause: Prohibit | Ceiling) -> Standing:
        agreement = self.agreement
        unless = {name: agreement.doc.exemptions[name] for name in clause.unless}
        bearers = agreement.bearers(clause)
        return Standing(
            bearers=bearers,
            bound=frozenset(code for one in bearers for code in agreement.codes(one)),
            unless=unless,
            single={name: only(one) for name, one in unless.items()},
            scope=tuple(name for name, one in unless.items() if one.mode == "scope"),
            every=tuple(unless),
            by_party=bool(clause.where_by) or self.differs(clause),
        )

    def periods(self, clause: Clause, bearer: str | None) -> tuple[Period, ...]:
        """When a clause binds a bearer (None: what is common to all); windows not yet cut."""
        key = (clause.id, bearer)
        if key not in self.known:
            self.known[key] = self._periods(clause, bearer)
        return self.known[key]

    def _periods(self, clause: Clause, bearer: str | None) -> tuple[Period, ...]:
        whole = self.stated(clause)
        if whole is None:
            return ()
        codes = None if bearer is None else self.agreement.codes(bearer)
        periods: tuple[Period, ...] = (whole,)
        for away in self.register.cuts(self._names(clause), codes):
            periods = cut(periods, away)
        return periods

    def stated(self, clause: Clause) -> Period | None:
        """From and until as the text has them, or to its repeal; None while no start is set."""
        start = FOREVER[0] if clause.from_ is None else self.clock.instant(clause.from_)
        if start is None:
            return None
        end = None if clause.until is None else self.clock.instant(clause.until)
        return (start, min(FOREVER[1] if end is None else end, self._repealed_us(clause)))

    def _repealed_us(self, clause: Clause) -> int:
        """When an amendment that has a start ends the clause, or all of its article."""
        names = self._names(clause)
        ends = (
            self.clock.instant(one.from_)
            for one in self.agreement.doc.amendments
            if one.repeals
            and one.target.removeprefix("clauses.").removeprefix("articles.") in names
        )
        return min((end for end in ends if end is not None), default=FOREVER[1])

    def _names(self, clause: Clause) -> frozenset[str]:
        return frozenset((clause.id, self.agreement.article_of(clause.id).id))

    def differs(self, clause: Clause) -> bool:
        """Whether some bearer is suspended while others are not."""
        shared = self.periods(clause, None)
        return any(
            self.periods(clause, bearer) != shared for bearer in self.agreement.bearers(clause)
        )

    def published(self, clause: Clause) -> tuple[Published, ...] | None:
        """The windows published for a clause; None where its text knows no such windows."""
        windows = clause.windows if isinstance(clause, Prohibit) else None
        if windows is None or windows.record is None:
            return None
        return tuple(
            Published(record.period, record.zone)
            for record in self.register.of(windows.record)
            if record.period is not None
        )


def daily(windows: Windows | None, span: Period) -> tuple[Period, ...] | None:
    """The hours of the day near a span in which a clause speaks; None where it names no hours."""
    if windows is None or not windows.daily:
        return None
    where = zone(windows.tz)
    days = (span[1] - span[0]) // DAY_US + 3
    out: list[Period] = []
    for opens, closes in windows.daily:
        start, end = parse_clock(opens), parse_clock(closes)
        end += 1440 if end <= start else 0
        for day in range(-1, days):
            pair = (local_clock(span[0], day, m, where) for m in (start, end))
            out.append((next(pair), next(pair)))
    return tuple(out)


def within_hours(
    periods: tuple[Period, ...], windows: Windows | None, span: Period
) -> tuple[Period, ...]:
    """Periods near a span, cut to the hours of the day a clause names."""
    hours = daily(windows, span)
    return periods if hours is None else common(periods, hours)
