"""Reporting days and the blocks they are told in: how long each is, and how much happens in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from truceline.exercise.world import ZONE
from truceline.values.instant import HOUR_US, MINUTE_US, Span, from_us, to_us, zone

CUTOFF = time(19, 30)
_LEAST_BLOCKS = 4
_EVENTS_A_BLOCK = 1_500
# How loud each hour of the local day is, from midnight on; dusk and dawn are the loudest.
_LOUD = (6, 6, 5, 5, 6, 7, 7, 5, 4, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6, 8, 9, 9, 8, 7)
# How loud each day is: the truce settles, frays in its second week, and then again from the start.
_TEMPER = (13, 9, 8, 7, 6, 6, 7, 5, 5, 8, 10, 12, 14, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A reporting day: from the cut-off before to its own; the first from its midnight on.

    number: from 1. events: how many true events.
    """

    number: int
    date: date
    span: Span
    events: int

    @property
    def midnight_us(self) -> int:
        """The local midnight its date begins with."""
        return _local_us(self.date, time(0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a day told together. number: of the day's; serial: of all; both from 1."""

    number: int
    serial: int
    span: Span
    events: int


def days_of(start: str, how_many: int, events: int) -> tuple[Day, ...]:
    """So many days from a date on, with so many events shared out among them."""
    first = date.fromisoformat(start)
    spans = [_span(first, number) for number in range(how_many)]
    weights = [
        _loudness(span) * _TEMPER[number % len(_TEMPER)] for number, span in enumerate(spans)
    ]
    return tuple(
        Day(number=number + 1, date=first + timedelta(days=number), span=spans[number], events=part)
        for number, part in enumerate(_shared(events, weights))
    )


def blocks_of(day: Day, after: int) -> tuple[Block, ...]:
    """A day's blocks, whole minutes long, serials going on after a number."""
    minutes = day.span.length_us // MINUTE_US
    many = min(max(_LEAST_BLOCKS, -(-day.events // _EVENTS_A_BLOCK)), minutes)
    ends_us = [day.span.from_us + minutes * part // many * MINUTE_US for part in range(many + 1)]
    spans = [Span(from_us=ends_us[part], until_us=ends_us[part + 1]) for part in range(many)]
    shares = _shared(day.events, [_loudness(span) for span in spans])
    return tuple(
        Block(number=part + 1, serial=after + part + 1, span=spans[part], events=shares[part])
        for part in range(many)
    )


def _span(first: date, number: int) -> Span:
    today = first + timedelta(days=number)
    before = _local_us(today - timedelta(days=1), CUTOFF) if number else _local_us(today, time(0))
    return Span(from_us=before, until_us=_local_us(today, CUTOFF))


def _shared(whole: int, weights: Sequence[int]) -> list[int]:
    """Share a number out by weight; the parts sum to it exactly."""
    total, so_far, given, parts = sum(weights), 0, 0, []
    for weight in weights:
        so_far += weight
        parts.append(whole * so_far // total - given)
        given += parts[-1]
    return parts


def _loudness(span: Span) -> int:
    """Minutes times the loudness of their local hour."""
    where = zone(ZONE)
    found, at_us = 0, span.from_us
    while at_us < span.until_us:
        following_us = min(at_us - at_us % HOUR_US + HOUR_US, span.until_us)
        found += (following_us - at_us) // MINUTE_US * _LOUD[from_us(at_us, where).hour]
        at_us = following_us
    return found


def _local_us(day: date, clock: time) -> int:
    return to_us(datetime.combine(day, clock, tzinfo=zone(ZONE)))
