"""Generate an exercise: days of an invented ceasefire from a seed, told one step at a time.

Time is cut into blocks of at most some 1,500 true events. Each block has its own stream of random
numbers, drawn from (seed, day, block), so the memory needed does not grow with the exercise:
nothing older than the few blocks a late list may still speak of is held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from truceline.exercise import routine, sheets, story
from truceline.exercise.cues import Queue, cue
from truceline.exercise.days import Block, Day, blocks_of, days_of
from truceline.exercise.happening import Events, Mask, draw, hot_spots
from truceline.exercise.line import F64, M_PER_LAT
from truceline.exercise.lists import Ledgers
from truceline.exercise.script import Act, Correct, Object, Publish, Step, TakeFile
from truceline.exercise.telling import Perceived, Told, not_perceived_by, perceived_by, told_by
from truceline.exercise.truth import Fact, Happened, Relation, Row
from truceline.exercise.watching import Watcher, watchers
from truceline.exercise.world import PARTIES, SECTORS, TEAM, UNWATCHED, ZONE, contact_ruler
from truceline.values.audience import ALL
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US, MINUTE_US, Span, zone

LEAST, MOST = 100, 10_000_000  # claims
_CLAIMS_PER_EVENT = 1.15  # mean of twenty seeds; one seed differs from it by a tenth at most
_FALSE_PERCENT = 6
_COMPLAINTS_A_DAY = 3
_STEPS = (TakeFile, Act, Publish, Object, Correct)
_BLIND_M = 6_000.0  # south of the unwatched sector nobody perceives either: errors would cross


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An invented ceasefire, generated anew each time it is read, alike each time.

    size: about how many claims; days: reporting days; start: the first, ISO.
    """

    seed: int
    days: int
    size: int
    start: str

    def __post_init__(self) -> None:
        if not LEAST <= self.size <= MOST:
            raise BadValue(f"an exercise holds {LEAST} to {MOST} claims, not {self.size}")
        if not 1 <= self.days <= 366 or self.seed < 0:
            raise BadValue(f"want 1 to 366 days and a seed from 0, not {self.days} and {self.seed}")
        try:
            date.fromisoformat(self.start)
        except ValueError as problem:
            raise BadValue(f"{self.start!r} is no date; write 2026-03-21") from problem

    @property
    def steps(self) -> Iterator[Step]:
        """The script alone, in order of time."""
        return (one for one in self.told() if isinstance(one, _STEPS))

    @property
    def truth(self) -> Iterator[Fact]:
        """What truly happened, alone."""
        return (one for one in self.told() if not isinstance(one, _STEPS))

    def told(self) -> Iterator[Step | Fact]:
        """Both at once, in one pass: each step has what is true of it just before it."""
        return _Telling(self).told()


def generate(seed: int, days: int = 14, size: int = 2_000, start: str = "2026-03-21") -> Exercise:
    """An exercise of so many reporting days and about so many claims.

    Raises BadValue for a size outside 100 … 10,000,000 or a start that is no date.
    """
    return Exercise(seed=seed, days=days, size=size, start=start)


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """What a block is told against. names: of its true events. false: what never was."""

    day: Day
    block: Block
    events: Events
    names: list[Happened]
    false: Events


class _Telling:
    """One pass through an exercise. Holds what is still to come and nothing that is over."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._along = contact_ruler()
        self._where = zone(ZONE)
        self._queue = Queue()
        self._ledgers = Ledgers()
        self._log_rows = 0
        self._holds_story = exercise.days > story.DAY
        self._events = round(exercise.size / _CLAIMS_PER_EVENT)

    def told(self) -> Iterator[Step | Fact]:
        """Everything, in order of time."""
        serial = 0
        days = days_of(self._exercise.start, self._exercise.days, self._events)
        for day in days:
            if self._is_story(day):
                rng = _rng(self._exercise.seed, 0)
                self._queue.put(*story.tell(rng, day.midnight_us))
        for day in days:
            blocks = blocks_of(day, serial)
            serial += len(blocks)
            yield from self._day(day, blocks)
        yield from self._queue.until(None)

    def _day(self, day: Day, blocks: tuple[Block, ...]) -> Iterator[Step | Fact]:
        rng = _rng(self._exercise.seed, day.number)
        hot_m = hot_spots(rng, self._along.length_m * 0.82)
        posts = watchers(rng, day.span, self._along)
        noon_us = day.midnight_us + 10 * HOUR_US
        if self._is_story(day):
            posts = story.staged(posts, day.midnight_us)
        self._queue.put(
            routine.bulletin(day.date.isoformat(), day.span.until_us),
            *routine.withdrawal(day.number, noon_us),
            *routine.everyday_window(rng, day.number, day.span.until_us),
        )
        for post in posts:
            yield from post.outages
        for block in blocks:
            yield from self._block(day, block, posts, hot_m)
            yield from self._queue.until(block.span.until_us)

    def _is_story(self, day: Day) -> bool:
        return day.number == story.DAY and self._holds_story

    def _block(
        self, day: Day, block: Block, posts: tuple[Watcher, ...], hot_m: F64
    ) -> Iterator[Fact]:
        rng = _rng(self._exercise.seed, day.number, block.number)
        events = draw(rng, block.events, block.span, along=self._along, hot_m=hot_m)
        lies = (block.events * _FALSE_PERCENT + int(rng.integers(0, 100))) // 100
        false = _perceivable(draw(rng, lies, block.span, along=self._along, hot_m=hot_m))
        if self._is_story(day):
            events = events.only(story.elsewhere(events))
            false = false.only(story.elsewhere(false))
        names = events.named(f"E-{day.number}-{block.number}")
        yield from names
        near = _within_earshot(events)
        heard = [name for name, is_near in zip(names, near, strict=True) if is_near]
        scene = _Scene(day, block, events.only(near), heard, false)
        for party in PARTIES:
            self._party(rng, party, scene)
        self._team(rng, scene, posts)
        self._coverage(scene, posts)

    def _party(self, rng: np.random.Generator, party: str, scene: _Scene) -> None:
        told = told_by(rng, party, scene.events, scene.names, scene.false)
        if told and int(rng.integers(0, 100)) < self._complains_percent(scene):
            self._complain(rng, party, told.pop(int(rng.integers(0, len(told)))), scene)
        stem = _stem(scene)
        after_us = int(rng.integers(12, 40)) * MINUTE_US
        name = f"{party.lower()}-list-{stem}.csv"
        made = self._ledgers.next_list(rng, party, told, name, scene.block.serial)
        if made is None:
            return
        step = TakeFile(
            at_us=scene.block.span.until_us + after_us,
            by=party,
            source="party-list",
            name=made.name,
            raw=made.raw,
            owner=party,
            audience=ALL,
            zone=made.habit.zone,
            language=made.habit.language,
        )
        self._queue.put(cue(step, *made.facts))

    def _complains_percent(self, scene: _Scene) -> int:
        """So that some three complaints a day are filed, however many blocks a day has."""
        return int(50 * _COMPLAINTS_A_DAY * scene.block.span.length_us // scene.day.span.length_us)

    def _complain(self, rng: np.random.Generator, party: str, told: Told, scene: _Scene) -> None:
        key = f"{_stem(scene)}-{party.lower()}"
        filing = routine.Filing(
            key=key,
            ref=self._ledgers.ref(party),
            party=party,
            told=told,
            habit=sheets.HABITS[party][int(rng.integers(0, 2))],
            at_us=max(told.at_us, scene.block.span.from_us) + int(rng.integers(8, 45)) * MINUTE_US,
            name=f"{party.lower()}-complaint-{_stem(scene)}.txt",
        )
        # From the story on, the one denial on paper is its own.
        on_paper = scene.day.number < story.DAY or not self._holds_story
        self._queue.put(*routine.complaint(rng, filing, on_paper=on_paper))

    def _team(self, rng: np.random.Generator, scene: _Scene, posts: tuple[Watcher, ...]) -> None:
        """The team's log of a block: what it perceived, what it did not, when it was watching."""
        seen: list[Perceived] = []
        for post in posts:
            seen += perceived_by(rng, post, scene.events, scene.names)
            seen += not_perceived_by(rng, post, scene.false)
        seen.sort(key=lambda one: (one.at_us, one.watcher.code))
        name = f"jvt-log-{_stem(scene)}.csv"
        rows = [sheets.log_row(one, self._log_ref(), self._where) for one in seen]
        facts = [
            Row(file=name, row=number, relation=one.relation, event=one.event)
            for number, one in enumerate(seen, start=1)
        ]
        rows += _watch_rows(posts, scene.block.span, on_foot=True)
        self._hand_in(scene, "patrol-log", name, rows, facts)

    def _coverage(self, scene: _Scene, posts: tuple[Watcher, ...]) -> None:
        """Cameras and sensors: when they worked and when not."""
        rows = _watch_rows(posts, scene.block.span, on_foot=False)
        name = f"jvt-coverage-{_stem(scene)}.csv"
        self._hand_in(scene, "coverage", name, rows, [])

    def _hand_in(
        self, scene: _Scene, source: str, name: str, rows: list[str], facts: list[Row]
    ) -> None:
        """A file of the team's; rows that no fact speaks of are stretches of watching."""
        if not rows:
            return
        facts = facts + [
            Row(file=name, row=number, relation=Relation.COVERAGE)
            for number in range(len(facts) + 1, len(rows) + 1)
        ]
        spell = sheets.coverage if source == "coverage" else sheets.patrol_log
        step = TakeFile(
            at_us=scene.block.span.until_us + 10 * MINUTE_US,
            by=TEAM,
            source=source,
            name=name,
            raw=spell(rows),
            owner=TEAM,
            audience=story.TEAM_ONLY,
            zone=ZONE,
            language="en",
        )
        self._queue.put(cue(step, *facts))

    def _log_ref(self) -> str:
        self._log_rows += 1
        return f"L-{self._log_rows:06d}"


def _rng(seed: int, *key: int) -> np.random.Generator:
    """The stream of random numbers of one day or block."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def _within_earshot(events: Events) -> Mask:
    """Those that anybody may perceive: nobody stands in the unwatched sector or close to it."""
    south = next(sector.south for sector in SECTORS if sector.code == UNWATCHED)
    near: Mask = events.y_m < south * M_PER_LAT - _BLIND_M
    return near


def _perceivable(events: Events) -> Events:
    return events.only(_within_earshot(events))


def _stem(scene: _Scene) -> str:
    return f"{scene.day.date.isoformat()}-{scene.block.number:04d}"


def _watch_rows(posts: tuple[Watcher, ...], span: Span, *, on_foot: bool) -> list[str]:
    """Who was watching when within a span: people, or cameras and sensors."""
    spell = sheets.watch_row if on_foot else sheets.coverage_row
    return [
        spell(post, stretch, zone(ZONE))
        for post in posts
        if (post.kind in {"patrol", "fixed_post"}) is on_foot
        for stretch in post.stretches(span)
    ]
