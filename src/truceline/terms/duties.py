"""One duty's life at an instant.

1. A waiver or a termination ends it, unless it was met before.
2. Before its trigger's date, and before it opens, it is pending.
3. Fulfilment: the first matching record, or the verification of the body that is named.
4. A suspension stops its clock; the limit moves on by the gap.
5. Past the limit: overdue; past an explicit grace with no verifier named: breached.
"""

from dataclasses import dataclass
from functools import cached_property

from truceline.terms.document import Done, Require
from truceline.terms.register import Record
from truceline.terms.standing import State
from truceline.terms.triggers import Instance, Triggers

_FAR = 2**62


@dataclass(frozen=True)
class Duty:
    """One instance of one duty, and the records that speak of it."""

    triggers: Triggers
    clause: Require
    instance: Instance

    def state(self) -> State:
        """How it stands."""
        met = self._met()
        ended = self._ended()
        if ended is not None and not (met and (met.since_us or 0) <= ended.at_us):
            word = "waived" if ended.type == "waive" else "terminated"
            return self._state(word, ended.at_us, ended)
        if self._at < self._opens_us:
            return self._state("pending")
        if met is not None:
            return met
        paused = self._paused()
        if paused is not None:
            return self._state("suspended", paused.at_us, paused)
        return self._late() if self._past(self._due_us) else self._in_time()

    @property
    def _at(self) -> int:
        return self.triggers.at_us

    @property
    def _done(self) -> Done | None:
        return self.clause.done

    def _in_time(self) -> State:
        claim = self._claim()
        denied = self._denied()
        if denied is not None and claim is not None and claim.at_us <= denied.at_us:
            return self._state("disputed", denied.at_us, denied)
        if claim is not None and self._verified:
            return self._state("claimed", claim.at_us, claim)
        return self._state("due", max(self.instance.start_us, self._opens_us))

    def _late(self) -> State:
        assert self._due_us is not None
        if self._verified:
            denied = self._denied()
            if denied is not None and _speaks_of(denied) >= self._due_us and self._past_grace:
                return self._state("breached", max(denied.at_us, self._due_us), denied)
            if not self._past_grace and denied is not None:
                return self._state("overdue", self._due_us, denied)
        elif self.clause.grace is not None and not self._open("grace") and self._past_grace:
            return self._state("breached", self._grace_us)
        return self._state("overdue", self._due_us)

    @property
    def _verified(self) -> bool:
        return self._done is not None and self._done.verified_by is not None

    # Times.

    @cached_property
    def _opens_us(self) -> int:
        start = self.instance.start_us
        if self.clause.opens is None:
            return start
        opens = self.triggers.clock.after(start, self.clause.opens)
        return _FAR if opens is None else max(start, opens)

    @cached_property
    def _due_us(self) -> int | None:
        if self.clause.due is None or self._open("due"):
            return None
        due = self.triggers.clock.after(self.instance.start_us, self.clause.due)
        return None if due is None else self._moved_on(due)

    def _open(self, field: str) -> bool:
        """Whether a value the clause states is not agreed: then nobody is late by it."""
        return field in self.clause.not_agreed

    def _moved_on(self, due: int) -> int:
        """The limit, later by every gap of suspension that the duty ran into before it."""
        for begun, end in self._gaps:
            start = max(begun, self.instance.start_us)  # before its trigger no clock stood still
            if start < due and end > start:
                due += max(0, min(end, self._at) - start)
        return due

    @cached_property
    def _grace_us(self) -> int:
        if self._due_us is None:
            return _FAR
        if self.clause.grace is None or self._open("grace"):
            return self._due_us
        grace = self.triggers.clock.after(self._due_us, self.clause.grace)
        return self._due_us if grace is None else grace

    def _past(self, limit_us: int | None) -> bool:
        return limit_us is not None and self._at > limit_us

    @property
    def _past_grace(self) -> bool:
        return self._at > self._grace_us

    # Records.

    def _records(self, *types: str) -> list[Record]:
        """Records of this duty that have happened by now, earliest first."""
        return [
            record
            for record in self.triggers.register.of(*types)
            if record.at_us <= self._at and self._speaks(record)
        ]

    def _speaks(self, record: Record) -> bool:
        """Whether a record that names a clause, a party or an instance means this one."""
        article = self.triggers.agreement.article_of(self.clause.id).id
        if record.clauses and not {self.clause.id, article}.intersection(record.clauses):
            return False
        if record.party is not None and record.party not in self._codes:
            return False
        named = [record.inst, record.value("item"), record.value("each")]
        return all(name is None or self._is_called(str(name)) for name in named)

    def _is_called(self, name: str) -> bool:
        one = self.instance
        return name == one.name or name in one.parts or name in one.aliases

    @cached_property
    def _codes(self) -> frozenset[str]:
        return self.triggers.agreement.codes(self.instance.bearer)

    def _own(self, record: Record) -> bool:
        """Made by the bearer itself, or by nobody in particular, or about the bearer by a body."""
        if record.by is None or record.by in self._codes:
            return True
        return record.party is not None and record.by not in self.triggers.agreement.parties

    def _matching(self) -> list[Record]:
        if self._done is None:
            return []
        end = self.instance.end_us if self._done.sum or self.clause.trigger.every else None
        return [
            record
            for record in self._records(self._done.record)
            if record.at_us >= self.instance.fact_us
            and (end is None or record.at_us < end or not self._bounded)
            and not self._started_by(record)
            and self._own(record)
            and record.matches(self._done.match)
        ]

    def _started_by(self, record: Record) -> bool:
        """Whether a record is the one that started this duty: the next one fulfils it."""
        return record.type == self.clause.trigger.record and record.at_us == self.instance.fact_us

    @property
    def _bounded(self) -> bool:
        """Whether only records of its own day or week count: a sum per period."""
        return bool(self._done and self._done.sum)

    def _claim(self) -> Record | None:
        found = self._matching()
        if self._done is None or not found:
            return None
        if self._done.sum is None:
            return found[0]
        total = 0
        for record in found:
            held = record.value(self._done.sum)
            total += held * 1000 if isinstance(held, int) else _milli(held)
            if total >= (self._done.min_milli or 0):
                return record
        return None

    def _met(self) -> State | None:
        if self._verified:
            found = [record for record in self._verifications() if record.result is True]
            done = min(((_speaks_of(record), record) for record in found), default=None, key=_first)
        else:
            claim = self._claim()
            done = None if claim is None else (claim.at_us, claim)
        if done is None or done[0] > self._at:
            return None
        late = self._due_us is not None and done[0] > self._due_us
        return self._state("met_late" if late else "met", done[0], done[1])

    def _verifications(self) -> list[Record]:
        assert self._done is not None
        return [
            record
            for record in self._records("verify")
            if record.by == self._done.verified_by and self.clause.id in record.clauses
        ]

    def _denied(self) -> Record | None:
        """The latest verification that found the duty not done."""
        if not self._verified:
            return None
        found = [record for record in self._verifications() if record.result is False]
        return found[-1] if found else None

    def _ended(self) -> Record | None:
        found = [record for record in self._records("waive", "terminate") if record.clauses]
        return found[0] if found else None

    @cached_property
    def _pauses(self) -> list[Record]:
        found = self._records("suspend", "exercise_effect")
        return [record for record in found if record.clauses]

    @cached_property
    def _gaps(self) -> list[tuple[int, int]]:
        return [
            (record.at_us, min(self.triggers.register.cut_end_us(record), _FAR))
            for record in self._pauses
        ]

    def _paused(self) -> Record | None:
        for record, (start, end) in zip(self._pauses, self._gaps, strict=True):
            if start <= self._at < end:
                return record
        return None

    def _state(self, word: str, since_us: int | None = None, record: Record | None = None) -> State:
        one = self.instance
        return State(
            word=word,
            clause=one.clause,
            bearer=one.bearer,
            instance=one.name,
            aliases=one.aliases,
            trigger_us=one.start_us,
            due_us=self._due_us,
            limit_us=None if self._due_us is None else self._grace_us,
            since_us=since_us,
            record=(record.id or record.type) if record else "",
        )


def _speaks_of(record: Record) -> int:
    return record.at_us if record.as_of_us is None else record.as_of_us


def _first(pair: tuple[int, Record]) -> int:
    return pair[0]


def _milli(held: object) -> int:
    text = str(held)
    if not text.replace(".", "", 1).isdigit():
        return 0
    whole, _, rest = text.partition(".")
    return int(whole or 0) * 1000 + int((rest + "000")[:3])
