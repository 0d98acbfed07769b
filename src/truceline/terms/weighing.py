"""One clause weighed for one case: every question, then the product, then the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.terms.agreement import Agreement
from truceline.terms.atoms import but_not, frechet, product
from truceline.terms.case import Case, Spot
from truceline.terms.document import Ceiling, Prohibit
from truceline.terms.exempting import Plea
from truceline.terms.force import Force
from truceline.terms.leaving_open import not_agreed
from truceline.terms.places import TRACK
from truceline.terms.questions import Named, Names, Questions
from truceline.terms.register import Register
from truceline.terms.result import (
    CERTAIN,
    UNKNOWN,
    Dimension,
    Excuse,
    Interval,
    Result,
    Verdict,
    bp,
)
from truceline.values.place import Place


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
        self.agreement, self.register, self.case, self.clause = agreement, register, case, clause
        self.ask = Questions(agreement, force, case, clause)
        self.open = not_agreed(clause) if clause.not_agreed else {}
        self.together = case.one_source
        if clause.attribution == "answerable":  # who answers for it hangs on where it came from
            self.together |= {"actor", "place"}

    def results(self, bearers: Sequence[str | None], *, brief: bool = False) -> Iterator[Result]:
        """The answer for each bearer; brief: where one question rules it out, no other is asked."""
        if not brief:
            yield from (self.result(bearer) for bearer in bearers)
            return
        act = self.ask.type(self.ask.every)
        time = None if act[1] or self.ask.by_party else self.ask.time(None)
        for bearer in bearers:
            if time is not None:
                yield self._none(bearer, time, "type", act)
            else:
                yield self._not_theirs(bearer) or self.result(bearer)

    def _not_theirs(self, bearer: str | None) -> Result | None:
        """The answer where a party cannot have done it."""
        if bearer is None:
            return None
        actor = self.ask.actor(self.ask.codes(bearer), self.ask.every)
        time = None if actor[1] else self.ask.time(bearer)
        return None if time is None else self._none(bearer, time, "actor", actor)

    def _none(self, bearer: str | None, time: float, question: str, answer: Interval) -> Result:
        return Result(
            clause=self.clause.id,
            bearer=bearer,
            verdict=Verdict.NO_BREACH if time else Verdict.NOT_IN_FORCE,
            belief_bp=0,
            plausibility_bp=0,
            dimensions=_dimensions({"time": (time, time), question: answer}),
            reading=self.agreement.reading,
            applied=self.agreement.applied,
        )

    def result(self, bearer: str | None) -> Result:
        """The answer for one bearer, or for somebody bound by the clause (None)."""
        answers = self._event() if bearer is None else self._party(bearer)
        excuses = [
            self._excuse(name, bearer) for name in self.ask.every if not self.ask.single[name]
        ]
        pattern, breach = answers.pattern, answers.breach
        for excuse, held in excuses:
            breach = but_not(breach, held)
            if excuse.mode == "scope":
                pattern = but_not(pattern, held)
        listed = tuple(excuse for excuse, _ in excuses)
        verdict = self._verdict(answers, pattern, breach)
        dimensions = _dimensions(answers.questions)
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
            together=self._counted_together(dimensions),
        )

    def _counted_together(self, dimensions: tuple[Dimension, ...]) -> tuple[str, ...]:
        """The questions that were not taken as independent, where two or more are uncertain."""
        unsure = [one.name for one in dimensions if one.name in self.together and one.mark == "?"]
        return tuple(unsure) if len(unsure) > 1 else ()

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
        return self._answers(bearer, self.ask.codes(bearer))

    def _answers(self, bearer: str | None, codes: frozenset[str]) -> _Answers:
        time, places, silent = self.ask.time_and_place(bearer)
        scope, every = self.ask.scope, self.ask.every
        event = bearer is None
        questions = self._all(time, places[1], every)
        actor = self.ask.actor(codes, every, event=event)
        rest = self._joined(questions)
        breach = self._joined({**questions, "actor": actor})
        pattern, bare = breach, rest
        if scope != every:  # what excuses inside a question is left out of the pattern
            without = self._all(time, places[0], scope)
            bare = self._joined(without)
            pattern = self._joined({**without, "actor": self.ask.actor(codes, scope, event=event)})
        return _Answers(pattern, breach, {**questions, "actor": actor}, (bare, rest), silent)

    def _joined(self, questions: Named) -> Interval:
        """All of them at once: independent ones multiply, those of one source are only bounded."""
        if not self.together:
            return product(*questions.values())
        apart = [held for name, held in questions.items() if name not in self.together]
        bound = [held for name, held in questions.items() if name in self.together]
        return product(*apart, frechet(*bound))

    def _all(self, time: Interval, place: Interval | None, names: Names) -> Named:
        out: Named = {"time": time, **self.ask.others(names)}
        if place is not None:
            out["place"] = place
        for name in self.open:
            if name in out:
                out[name] = UNKNOWN
        if self.clause.uses:
            out |= self.ask.defined(self.register)
        return out

    # Somebody bound.

    def _event(self) -> _Answers:
        if self.ask.by_party:
            return self._event_by_party()
        return self._answers(None, self.ask.bound())

    def _event_by_party(self) -> _Answers:
        """Each party by its own line and period; their products add up.

        Mass of unknown actors goes to whichever party it could weigh against most.
        """
        scope, every = self.ask.scope, self.ask.every
        parties = [self._party(bearer) for bearer in self.ask.bearers]
        able = [one for one in parties if one.questions["actor"][1] > 0] or parties
        questions = _envelope([one.questions for one in able])
        questions["actor"] = self.ask.actor(self.ask.bound(), every, event=True)
        return _Answers(
            self._added_up([one.rests[0] for one in parties], scope),
            self._added_up([one.rests[1] for one in parties], every),
            questions,
            (CERTAIN, CERTAIN),
            all(one.silent for one in able),
        )

    def _added_up(self, rests: list[Interval], names: Names) -> Interval:
        """Sum over parties of mass × the rest; unknown mass by the party it fits worst and best."""
        known = [self.ask.actor(self.agreement.codes(one), names)[0] for one in self.ask.bearers]
        sure, may = self.ask.actor(self.ask.bound(), names, event=True)
        low = high = 0.0
        for mass, rest in zip(known, rests, strict=True):
            least, most = self._with_mass(mass, rest)
            low, high = low + least, high + most
        low += self._with_mass(max(0.0, sure - sum(known)), (min(one[0] for one in rests), 1.0))[0]
        high += self._with_mass(max(0.0, may - sum(known)), (0.0, max(one[1] for one in rests)))[1]
        return min(1.0, low), min(1.0, high)

    def _with_mass(self, mass: float, rest: Interval) -> Interval:
        """A share of the actors with the other questions, independent unless they are not."""
        both = frechet if "actor" in self.together else product
        return both((mass, mass), rest)

    # Excuses.

    def _excuse(self, name: str, bearer: str | None) -> tuple[Excuse, Interval]:
        exemption = self.ask.unless[name]
        pleas = [self._plea(one) for one in self._judged(bearer)]
        held = [plea.weigh(name, exemption) for plea in pleas]
        low = min((one[0] for one in held), default=0.0)
        high = min((one[1] for one in held), default=0.0)
        parts = _weakest([plea.dimensions(name, exemption) for plea in pleas])
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
            one for one in self.ask.bearers if self.ask.actor(self.agreement.codes(one), ())[1] > 0
        )

    def _plea(self, bearer: str) -> Plea:
        return Plea(
            case=self.case,
            codes=self.agreement.codes(bearer),
            register=self.register,
            view=self.ask.view,
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
        if name in self.open:
            return [f"agreed:{field}" for field in self.open[name]]
        if name == "terms":
            words = self.agreement.doc.definitions
            return [f"definition:{one}" for one in clause.uses if words[one].status != "agreed"]
        if name == "place":
            return [self._lacking_place(case.point(self.ask.which))]
        if name == "attr" and isinstance(clause, Prohibit):
            return [f"attr.{key}" for key in clause.attr or {} if case.attr.get(key) is None]
        if name == "weapon" and case.weapon_class is not None and self._calibre_is_open():
            return ["calibre"]
        return [name]

    def _calibre_is_open(self) -> bool:
        """Whether the clause asks about the calibre, and it is not given or only as an interval."""
        held = self.case.calibre_um
        asked = self.clause.weapon if isinstance(self.clause, Prohibit) else None
        return any(one.calibre_um for one in asked or ()) and (held is None or held[0] < held[1])

    def _lacking_place(self, point: Place | Spot | None) -> str:
        """A position; a closer one; or, where the point is exact, what it is measured against."""
        if isinstance(point, Place):
            return f"place:{max(point.a_m, point.b_m)}"
        if point is None:
            return self.ask.which
        where = self.clause.where
        return "track" if where is not None and where.of == TRACK else "boundary"


def _dimensions(questions: Named) -> tuple[Dimension, ...]:
    return tuple(
        Dimension(name=name, belief_bp=bp(low), plausibility_bp=bp(high))
        for name, (low, high) in questions.items()
    )


def _weakest(pleas: list[tuple[Dimension, ...]]) -> tuple[Dimension, ...]:
    """Each condition of an exemption as far as it holds for every party that may have acted."""
    return tuple(
        Dimension(
            name=parts[0].name,
            belief_bp=min(part.belief_bp for part in parts),
            plausibility_bp=min(part.plausibility_bp for part in parts),
        )
        for parts in zip(*pleas, strict=True)
    )


def _envelope(parties: list[Named]) -> Named:
    """For each question the least belief and the greatest plausibility among some parties."""
    out: Named = {}
    for name in dict.fromkeys(name for party in parties for name in party):
        lows, highs = zip(*(party.get(name, CERTAIN) for party in parties), strict=True)
        out[name] = (min(lows), max(highs))
    return out
