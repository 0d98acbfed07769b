"""What judging says: a verdict, how sure, in which dimension, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Interval = tuple[float, float]
CERTAIN: Interval = (1.0, 1.0)
NEVER: Interval = (0.0, 0.0)
UNKNOWN: Interval = (0.0, 1.0)


class Verdict(StrEnum):
    """A proposal: whether the test agreed in an article is met."""

    BREACH = "breach"
    EXCUSED = "excused"
    NO_BREACH = "no_breach"
    UNDETERMINED = "undetermined"
    NOT_IN_FORCE = "not_in_force"
    DISPLACED = "displaced"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One question: `time`, `type`, `actor`, `weapon`, `site`, `attr`, `place`, `count`.

    Basis points; equal belief and plausibility of 10,000 is yes, of 0 is no.
    """

    name: str
    belief_bp: int
    plausibility_bp: int

    @property
    def mark(self) -> str:
        """`+` yes, `-` no, `?` not known."""
        if self.belief_bp == 10_000:
            return "+"
        return "-" if self.plausibility_bp == 0 else "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """An exemption as far as it holds, basis points; parts are its own conditions."""

    name: str
    mode: str
    belief_bp: int
    plausibility_bp: int
    parts: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an explanation: a code a page can word, a mark, shares, and numbers.

    code: `verdict`, `clause`, a dimension's name, `exemption`, `exemption_part`, `would_decide`,
        `reading`, `amended`, `displaced_by`, `together`, `not_in_force`.
    """

    code: str
    mark: str = ""
    belief_bp: int = 0
    plausibility_bp: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)
    inner: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer for one clause and one bearer (None: somebody bound by it).

    pattern_bp: belief that the clause's own pattern holds before anything excuses it.
    missing: codes of what would decide an undetermined case: a dimension's name, `place:300`
        (known to 300 m), `attr.military`, `record:repair_notice`, `definition:offensive`,
        `agreed:where.within_km` (a value the parties have not agreed on), `disputed_coverage`.
    readings: the verdict under each reading where they differ.
    together: questions whose answers were not taken as independent of each other.
    """

    clause: str
    bearer: str | None
    verdict: Verdict
    belief_bp: int
    plausibility_bp: int
    dimensions: tuple[Dimension, ...] = ()
    exemptions: tuple[Excuse, ...] = ()
    missing: tuple[str, ...] = ()
    pattern_bp: int = 0
    reading: str = ""
    applied: tuple[str, ...] = ()
    displaced_by: str = ""
    readings: tuple["Result", ...] = ()
    together: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    def explanation(self) -> Line:
        """The reasons as a tree; `wording.lines` puts it into words."""
        inner: list[Line] = []
        if not self.readings:  # else each reading gives its own: none stands at the head
            inner += [_question(dimension) for dimension in self.dimensions]
            inner += [_excuse(excuse) for excuse in self.exemptions]
        inner += [Line(code="amended", facts={"amendment": one}) for one in self.applied]
        if self.displaced_by:
            inner.append(Line(code="displaced_by", facts={"clause": self.displaced_by}))
        if self.together:
            inner.append(Line(code="together", facts={"questions": self.together}))
        for reading in self.readings:
            facts = {"reading": reading.reading}
            inner.append(Line(code="reading", facts=facts, inner=(reading.explanation(),)))
        if self.missing:
            inner.append(Line(code="would_decide", facts={"missing": self.missing}))
        return Line(
            code="verdict",
            belief_bp=self.belief_bp,
            plausibility_bp=self.plausibility_bp,
            facts={"clause": self.clause, "bearer": self.bearer, "verdict": self.verdict},
            inner=tuple(inner),
        )


def _question(dimension: Dimension) -> Line:
    return Line(
        code=dimension.name,
        mark=dimension.mark,
        belief_bp=dimension.belief_bp,
        plausibility_bp=dimension.plausibility_bp,
    )


def _excuse(excuse: Excuse) -> Line:
    whole = Dimension(
        name="exemption", belief_bp=excuse.belief_bp, plausibility_bp=excuse.plausibility_bp
    )
    return Line(
        code="exemption",
        mark=whole.mark,
        belief_bp=excuse.belief_bp,
        plausibility_bp=excuse.plausibility_bp,
        facts={"name": excuse.name, "mode": excuse.mode},
        inner=tuple(_question(part) for part in excuse.parts),
    )


def bp(share: float) -> int:
    """A share of one in whole basis points."""
    if share in (0.0, 1.0):
        return 10_000 if share else 0
    return min(10_000, max(0, round(share * 10_000)))
