"""When: anchors and time references resolved against what the register knew."""

from dataclasses import dataclass, field

from truceline.terms.agreement import Agreement
from truceline.terms.document import Anchor, Calm
from truceline.terms.register import Record, Register
from truceline.terms.times import (
    Delay,
    Duration,
    Reference,
    edged,
    moved,
    parse_delay,
    parse_reference,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalmRun:
    """A run of quiet days: since when it is counted, when it is full, which verdict reset it last.

    begun_us: when quiet days were first counted at all.
    """

    begun_us: int
    since_us: int
    end_us: int
    reset_by: Record | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The anchors of an agreement as a register sets them."""

    agreement: Agreement
    register: Register
    known: dict[str, int | None] = field(default_factory=dict)

    def instant(self, reference: str) -> int | None:
        """The instant a time reference means; None while its anchor is not set."""
        return self.resolved(parse_reference(reference))

    def resolved(self, reference: Reference) -> int | None:
        """The instant of a reference already read."""
        base = self.anchor(reference.base) if reference.base else reference.at_us
        if base is None:
            return None
        where = self.agreement.zone
        there = moved(base, reference.duration, where, reference.sign)
        return edged(there, reference.edge, where)

    def after(self, start_us: int, delay: str) -> int | None:
        """The instant a limit means for a trigger; None while its own anchor is not set."""
        read = parse_delay(delay)
        return self._delayed(start_us, read)

    def _delayed(self, start_us: int, delay: Delay) -> int | None:
        if delay.reference is not None:
            return self.resolved(delay.reference)
        where = self.agreement.zone
        return edged(moved(start_us, delay.duration, where), delay.edge, where)

    def anchor(self, name: str) -> int | None:
        """The instant of an anchor; None while it is not set."""
        if name not in self.known:
            self.known[name] = None  # a loop of anchors is refused on loading; this ends one anyway
            held = self.agreement.doc.anchors.get(name)
            self.known[name] = None if held is None else self._anchor(held)
        return self.known[name]

    def _anchor(self, anchor: Anchor) -> int | None:
        if anchor.at is not None:
            return self.instant(anchor.at)
        if anchor.ref is not None:
            return self.instant(anchor.ref)
        if anchor.calm is not None:
            return self._calm(anchor.calm)
        found = (r for r in self.register.of(anchor.record or "") if r.matches(anchor.match))
        return min((record.at_us for record in found), default=None)

    def _calm(self, calm: Calm) -> int | None:
        """The end of the first run of days without a recorded verdict, once it has come."""
        run = self.calm_run(calm)
        if run is None or run.end_us > self.register.known_at_us:
            return None
        return self._verified(calm, run.begun_us, run.end_us) if calm.verified_by else run.end_us

    def calm_run(self, calm: Calm) -> "CalmRun | None":
        """The first run of quiet days, or the one that is counted now; None before its start."""
        begun = self.instant(calm.since)
        if begun is None:
            return None
        end, reset = self._run_end(begun, calm), None
        for verdict in self.register.verdicts(calm.clauses):
            if verdict.zone not in (None, calm.zone) or verdict.at_us < begun:
                continue
            if verdict.at_us >= end:
                break
            end = self._run_end(verdict.at_us, calm)
            reset = verdict
        since = begun if reset is None else reset.at_us
        return CalmRun(begun_us=begun, since_us=since, end_us=end, reset_by=reset)

    def _run_end(self, start: int, calm: Calm) -> int:
        return moved(start, Duration(days=calm.days), self.agreement.zone)

    def _verified(self, calm: Calm, start: int, end: int) -> int | None:
        for record in self.register.of("verified_calm"):
            if (
                record.by == calm.verified_by
                and record.zone in (None, calm.zone)
                and record.result is not False
                and record.at_us >= start
            ):
                return max(end, record.at_us)
        return None
