"""The running ledgers of the parties: what is listed next, what is late, what is said twice."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.exercise.sheets import HABITS, SPOILT, Habit, listed, party_list
from truceline.exercise.telling import Told
from truceline.exercise.truth import Relation, Row
from truceline.exercise.world import PARTIES
from truceline.values.instant import zone

_LATE_PERCENT, _COPIED_PERCENT = 3, 4
_SPOILT_ONE_IN = 500
_OLD_ENCODING_ONE_IN = 4  # of Torrin's lists in Russian come from an older machine
LATE_BY_BLOCKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a list to come. copy_of: `file#row` of the line it says again."""

    told: Told
    origin: str
    due_block: int
    late: bool = False
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A finished list: the file, how it is written, and what is true of each row."""

    name: str
    raw: bytes
    habit: Habit
    facts: tuple[Row, ...]


class Ledgers:
    """Both parties' ledgers in the course of an exercise."""

    def __init__(self) -> None:
        self._refs = dict.fromkeys(PARTIES, 0)
        self._waiting: dict[str, deque[_Line]] = {party: deque() for party in PARTIES}

    def ref(self, party: str) -> str:
        """The party's next own number."""
        self._refs[party] += 1
        return f"{party[0]}-{self._refs[party]:06d}"

    def next_list(
        self, rng: np.random.Generator, party: str, told: Sequence[Told], name: str, block: int
    ) -> Listed | None:
        """The party's list of one block, with what was late or is said again; None if empty."""
        habit = _habit(rng, party)
        lines = [*self._due(party, block), *self._kept_back(rng, party, told, block)]
        if not lines:
            return None
        lines.sort(key=lambda line: line.told.at_us)
        return self._written(rng, lines, habit, name, block)

    def _due(self, party: str, block: int) -> list[_Line]:
        waiting = self._waiting[party]
        due = [line for line in waiting if line.due_block <= block]
        self._waiting[party] = deque(line for line in waiting if line.due_block > block)
        return due

    def _kept_back(
        self, rng: np.random.Generator, party: str, told: Sequence[Told], block: int
    ) -> Iterable[_Line]:
        """Lines of this block's own events, less those a unit hands in late."""
        late = rng.integers(0, 100, len(told)) < _LATE_PERCENT
        for one, is_late in zip(told, late, strict=True):
            line = _Line(told=one, origin="", due_block=block)
            if not is_late:
                yield line
                continue
            late_line = replace(line, late=True, due_block=block + LATE_BY_BLOCKS)
            self._waiting[party].append(late_line)

    def _written(
        self, rng: np.random.Generator, lines: list[_Line], habit: Habit, name: str, block: int
    ) -> Listed:
        where = zone(habit.zone)
        spoilt = rng.integers(0, _SPOILT_ONE_IN, len(lines))
        copied = rng.integers(0, 100, len(lines)) < _COPIED_PERCENT
        rows: list[list[str]] = []
        facts: list[Row] = []
        for number, line in enumerate(lines, start=1):
            ref = self.ref(habit.party)
            origin = line.origin or f"{habit.party.lower()}-post/{ref}"
            cells = listed(line.told, ref, origin, habit, where)
            fact = _fact(line, name, number)
            if spoilt[number - 1] < len(SPOILT) and not line.copy_of:
                fault = SPOILT[int(spoilt[number - 1])]
                cells[fault[0]] = fault[1]
                fact = _broken(fact)
            elif copied[number - 1] and not line.copy_of:
                again = replace(line, origin=origin, due_block=block + 1, late=False)
                self._waiting[habit.party].append(replace(again, copy_of=f"{name}#{number}"))
            rows.append(cells)
            facts.append(fact)
        return Listed(name=name, raw=party_list(rows, habit), habit=habit, facts=tuple(facts))


def _broken(fact: Row) -> Row:
    """The same row, spoilt."""
    return Row(
        file=fact.file, row=fact.row, relation=Relation.BROKEN, event=fact.event, late=fact.late
    )


def _fact(line: _Line, name: str, number: int) -> Row:
    return Row(
        file=name,
        row=number,
        relation=Relation.COPY if line.copy_of else line.told.relation,
        event=line.told.event,
        late=line.late,
        copy_of=line.copy_of,
    )


def _habit(rng: np.random.Generator, party: str) -> Habit:
    language, old = int(rng.integers(0, 2)), int(rng.integers(0, _OLD_ENCODING_ONE_IN)) == 0
    habit = HABITS[party][language]
    if old and habit.language == "ru":
        return replace(habit, encoding="cp1251")
    return habit
