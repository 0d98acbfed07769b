"""The register: append-only records with when each happened and when it became known.

Only records known by `known_at_us` count, so what was assessed on any past day can be assessed
again exactly. The order records come in never matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.terms.times import FOREVER, Period
from truceline.values.errors import BadValue

_CUTTING = frozenset({"suspend", "exercise_effect", "terminate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record.

    at_us, known_us: when it happened and when it became known (never before it is entered).
    by: who made it; party: whom it is about; clause, inst: which duty and instance.
    zone, from_us, until_us: where and when what it publishes holds; as_of_us: the time a
        verification speaks of; result: what it found.
    fields: anything else, by name.
    """

    type: str
    at_us: int
    known_us: int
    by: str | None = None
    party: str | None = None
    clause: str | None = None
    zone: str | None = None
    from_us: int | None = None
    until_us: int | None = None
    id: str | None = None
    inst: str | None = None
    result: bool | None = None
    as_of_us: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.type:
            raise BadValue("a record without a type; name what it records")

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause it names."""
        listed = self.fields.get("clauses")
        named = tuple(str(one) for one in listed) if isinstance(listed, list | tuple) else ()
        return named + ((self.clause,) if self.clause else ())

    @property
    def period(self) -> Period | None:
        """From and until; None where it gives neither."""
        if self.from_us is None and self.until_us is None:
            return None
        start = FOREVER[0] if self.from_us is None else self.from_us
        return (start, FOREVER[1] if self.until_us is None else self.until_us)

    def value(self, name: str) -> object:
        """What it holds under a name, among its own fields first."""
        if name in self.fields:
            return self.fields[name]
        return getattr(self, name, None) if name in _NAMED else None

    def matches(self, wanted: Mapping[str, object]) -> bool:
        """Say whether it holds every wanted value; a list of values means any of them."""
        return all(_equal(self.value(name), value) for name, value in wanted.items())


_NAMED = frozenset({"type", "by", "party", "clause", "zone", "id", "inst", "result"})


def _equal(held: object, wanted: object) -> bool:
    options = wanted if isinstance(wanted, list | tuple) else [wanted]
    return any(type(held) is type(one) and held == one for one in options)


def order_key(record: Record) -> tuple[int, int, str, str, str, str]:
    """A total order that does not depend on how records came in."""
    return (
        record.at_us,
        record.known_us,
        record.type,
        record.id or "",
        record.by or "",
        repr(record),
    )


@dataclass(frozen=True, slots=True)
class Register:
    """The records known by an instant, in order of when they happened."""

    records: tuple[Record, ...] = ()
    known_at_us: int = FOREVER[1]
    by_type: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def of(self, *types: str) -> tuple[Record, ...]:
        """Records of some types, earliest first."""
        if len(types) == 1:
            return self.by_type.get(types[0], ())
        return tuple(record for record in self.records if record.type in types)

    def verdicts(self, clauses: Iterable[str]) -> tuple[Record, ...]:
        """Recorded verdicts on some clauses that nobody has retracted."""
        wanted, gone = frozenset(clauses), self.retracted()
        return tuple(
            record
            for record in self.of("verdict")
            if wanted.intersection(record.clauses)
            and record.id not in gone
            and record.result is not False
            and record.value("verdict") in (None, "breach")
        )

    def retracted(self) -> frozenset[str]:
        """Ids of verdicts that were taken back, by a record of a type that says `retract`."""
        named = ("of", "ref", "verdict", "inst", "id")
        return frozenset(
            str(record.value(name))
            for type_, records in self.by_type.items()
            if "retract" in type_
            for record in records
            for name in named
            if record.value(name) is not None
        )

    def cuts(self, names: frozenset[str], codes: frozenset[str] | None) -> tuple[Period, ...]:
        """Periods in which a clause is suspended for a bearer; codes None: for everybody.

        names: the clause, and what else a record may call it by (its article).
        """
        out = []
        for record in self.of(*_CUTTING):
            if record.inst is not None or not names.intersection(record.clauses):
                continue
            if record.party is None or (codes is not None and record.party in codes):
                start = record.at_us if record.from_us is None else record.from_us
                out.append((start, self.cut_end_us(record)))
        return tuple(out)

    def cut_end_us(self, record: Record) -> int:
        """When a suspension ends: its `until`, or the first `resume` that answers it."""
        if record.until_us is not None:
            return record.until_us
        if record.type == "terminate":
            return FOREVER[1]
        for answer in self.of("resume"):
            if (
                answer.at_us >= record.at_us
                and set(record.clauses).intersection(answer.clauses)
                and answer.party in (None, record.party)
                and answer.inst in (None, record.inst)
            ):
                return answer.at_us
        return FOREVER[1]


def known_by(records: Sequence[Record], known_at_us: int) -> Register:
    """The register as it stood at an instant."""
    kept = tuple(sorted((r for r in records if r.known_us <= known_at_us), key=order_key))
    by_type: dict[str, list[Record]] = {}
    for record in kept:
        by_type.setdefault(record.type, []).append(record)
    frozen = {name: tuple(some) for name, some in by_type.items()}
    return Register(kept, known_at_us, frozen)
