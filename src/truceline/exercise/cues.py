"""Steps waiting for their time, and the numbers a fresh centre will give what they speak of."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from truceline.coordination.acts import Payload
from truceline.exercise.script import Act, Step
from truceline.exercise.truth import Fact


@dataclass(slots=True)
class Numbers:
    """Numbers given so far: a centre counts complaints and windows in the order they come."""

    complaints: dict[str, str] = field(default_factory=dict)
    windows: dict[str, str] = field(default_factory=dict)

    def complain(self, key: str) -> None:
        """The next complaint is the one we call so."""
        self.complaints[key] = f"C-{len(self.complaints) + 1:04d}"

    def ask(self, key: str) -> None:
        """The next window is the one we call so."""
        self.windows[key] = f"W-{len(self.windows) + 1:04d}"


Make = Callable[[Numbers], Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One step to come: made only when its turn comes, since it may name a number given by then.

    facts: what is true of it, told just before it.
    """

    at_us: int
    make: Make
    facts: tuple[Fact, ...] = ()


class Queue:
    """Cues by time; those of one instant in the order they were put in."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Cue]] = []
        self._order = count()
        self._numbers = Numbers()

    def put(self, *cues: Cue) -> None:
        """Let these wait for their time."""
        for cue in cues:
            heapq.heappush(self._heap, (cue.at_us, next(self._order), cue))

    def until(self, at_us: int | None) -> Iterator[Step | Fact]:
        """Take out everything due before an instant, facts before their step; None: everything."""
        while self._heap and (at_us is None or self._heap[0][0] < at_us):
            cue = heapq.heappop(self._heap)[2]
            yield from cue.facts
            yield cue.make(self._numbers)


def cue(step: Step, *facts: Fact) -> Cue:
    """A step that names no number."""
    return Cue(at_us=step.at_us, make=lambda _: step, facts=facts)


def act(at_us: int, by: str, kind: str, payload: Callable[[Numbers], Payload]) -> Cue:
    """An act whose payload names numbers."""
    return Cue(
        at_us=at_us,
        make=lambda numbers: Act(at_us=at_us, by=by, kind=kind, payload=payload(numbers)),
    )
