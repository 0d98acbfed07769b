"""Files as their makers write them: a party's list, the team's log, coverage, a complaint.

Each party has its own habits, because a centre has to read them all: Velmark writes decimal
points and local time in English or Ukrainian, Torrin semicolons, decimal commas and its own
time, which does not move in summer, in Russian or English.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from truceline.coordination.acts import Language
from truceline.exercise.line import M_PER_LAT, M_PER_LON
from truceline.exercise.telling import Perceived, Told
from truceline.exercise.watching import Watcher
from truceline.exercise.world import ZONE, nearest
from truceline.values.acts import name as name_of_act
from truceline.values.instant import Span, from_us, zone
from truceline.values.place import E7

_AT_LEAST = {"en": "at least {}", "uk": "не менше {}", "ru": "не менее {}"}
_WORDING = {
    "en": "{act}; place: {place}; count: {count}",
    "uk": "{act}; місце: {place}; кількість: {count}",
    "ru": "{act}; место: {place}; количество: {count}",
}
_PLAIN_COLUMNS = (
    "ref", "date", "time", "lat", "lon", "datum", "error_m", "act", "count", "accused", "basis",
    "wording", "language", "origin",
)  # fmt: skip
_RUSSIAN_COLUMNS = (
    "№", "дата", "время", "широта", "долгота", "датум", "погрешность_м", "действие", "количество",
    "сторона", "основание", "описание", "язык", "источник",
)  # fmt: skip
DATE, LAT, DATUM, ERROR, COUNT = 1, 3, 5, 6, 8  # cells that are spoilt on purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a party writes its lists. date: for strftime; words: acts by name, not by path."""

    party: str
    zone: str
    language: Language
    columns: tuple[str, ...]
    delimiter: str
    ending: str
    decimal: str
    date: str
    words: bool
    encoding: str


def _habit(party: str, language: Language) -> Habit:
    torrin = party == "TOR"
    return Habit(
        party=party,
        zone=TORRIN_ZONE if torrin else ZONE,
        language=language,
        columns=_RUSSIAN_COLUMNS if language == "ru" else _PLAIN_COLUMNS,
        delimiter=";" if torrin else ",",
        ending="\r\n" if torrin else "\n",
        decimal="," if torrin else ".",
        date="%d.%m.%Y" if torrin else "%Y-%m-%d",
        words=language != "en",
        encoding="utf-8-sig" if torrin else "utf-8",
    )


TORRIN_ZONE = "Atlantic/Cape_Verde"  # an hour behind UTC all year
HABITS: dict[str, tuple[Habit, Habit]] = {
    "VEL": (_habit("VEL", "uk"), _habit("VEL", "en")),
    "TOR": (_habit("TOR", "ru"), _habit("TOR", "en")),
}


def listed(told: Told, ref: str, origin: str, habit: Habit, where: ZoneInfo) -> list[str]:
    """One row of a party's list, as cells in the order of `Habit.columns`."""
    local = from_us(told.at_us, where)
    count = str(told.count)
    if told.bounded:
        count = _AT_LEAST[habit.language].format(told.count)
    act = name_of_act(told.act, habit.language)
    place = nearest(told.lat_e7, told.lon_e7).in_(habit.language)
    return [
        ref,
        local.strftime(habit.date),
        local.strftime("%H:%M"),
        f"{told.lat_e7 / E7:.5f}".replace(".", habit.decimal),
        f"{told.lon_e7 / E7:.5f}".replace(".", habit.decimal),
        "WGS84",
        str(told.error_m),
        act if habit.words else told.act,
        count,
        told.accused,
        told.basis,
        _WORDING[habit.language].format(act=act, place=place, count=count),
        habit.language,
        origin,
    ]


def party_list(rows: Iterable[Sequence[str]], habit: Habit) -> bytes:
    """A list in its maker's habits."""
    lines = [habit.columns, *rows]
    text = "".join(
        habit.delimiter.join(_quoted(cell, habit) for cell in line) + habit.ending for line in lines
    )
    return text.encode(habit.encoding)


def _quoted(cell: str, habit: Habit) -> str:
    return f'"{cell}"' if habit.delimiter in cell else cell


# What a row may be spoilt with, so that no reader takes it for something else: a date that is two
# days, a datum that is not read, a count that is none, half a position, an error in words.
SPOILT: tuple[tuple[int, str], ...] = (
    (DATE, "03/04/2026"),
    (DATUM, "SK-42"),
    (COUNT, "several"),
    (LAT, ""),
    (ERROR, "close by"),
)

_LOG_COLUMNS = (
    "record,patrol,ref,date,time,until,own_position,bearing_deg,range_min_m,range_max_m,perceived,"
    "signature,count,act,kind,state,reason,wording,language"
)


def log_row(seen: Perceived, ref: str, where: ZoneInfo) -> str:
    """One record of the team's log: something perceived, or not."""
    date, time = _clock(seen.at_us, where)
    head = f"{seen.watcher.code},{ref},{date},{time},,{position(seen.watcher)},{seen.bearing_deg}"
    if seen.nothing:
        return f"nothing,{head},,{seen.far_m},{seen.sense},,,,,,,Asked; nothing perceived,en"
    what = f"{seen.near_m},{seen.far_m},{seen.sense},{seen.signature},{seen.count},{seen.act}"
    return f"observed,{head},{what},,,,{seen.wording},en"


def watch_row(watcher: Watcher, stretch: tuple[Span, str, str], where: ZoneInfo) -> str:
    """A stretch of a patrol's or post's watching, as the team's log has it."""
    span, state, reason = stretch
    date, time = _clock(span.from_us, where)
    until = " ".join(_clock(span.until_us, where))
    return (
        f"watch,{watcher.code},,{date},{time},{until},{position(watcher)},,,{watcher.reach_m},,,,,"
        f"{watcher.kind},{state},{reason},,"
    )


def patrol_log(rows: Iterable[str]) -> bytes:
    """The team's log."""
    return "".join(f"{row}\n" for row in (_LOG_COLUMNS, *rows)).encode()


def coverage_row(watcher: Watcher, stretch: tuple[Span, str, str], where: ZoneInfo) -> str:
    """A stretch of a camera's or sensor's watching."""
    span, state, reason = stretch
    date, time = _clock(span.from_us, where)
    until = " ".join(_clock(span.until_us, where))
    head = f"{watcher.code},{watcher.kind},{date},{time},{until},{position(watcher)}"
    return f"{head},{watcher.reach_m},{state},{reason}"


def coverage(rows: Iterable[str]) -> bytes:
    """A coverage file."""
    head = "watcher,kind,date,time,until,position,reach_m,state,reason"
    return "".join(f"{row}\n" for row in (head, *rows)).encode()


def complaint(told: Told, ref: str, habit: Habit, wording: str = "") -> bytes:
    """A complaint in the form the hotline takes, in the party's language."""
    local = from_us(told.at_us, zone(habit.zone))
    count = _AT_LEAST[habit.language].format(told.count) if told.bounded else str(told.count)
    act = name_of_act(told.act, habit.language)
    place = nearest(told.lat_e7, told.lon_e7).in_(habit.language)
    words = wording or _WORDING[habit.language].format(act=act, place=place, count=count)
    return (
        f"from: {habit.party}\nref: {ref}\n{_when(local)}"
        f"position: {told.lat_e7 / E7:.5f}, {told.lon_e7 / E7:.5f}\ndatum: WGS84\n"
        f"error_m: {told.error_m}\n"
        f"act: {told.act}\ncount: {count}\naccused: {told.accused}\nbasis: {told.basis}\n"
        f"text: {words}\nlanguage: {habit.language}\n"
    ).encode()


def denial(party: str, about: str, ref: str, wording: str, language: str) -> bytes:
    """An answer on the form of a complaint: it was not us, or it was not."""
    return (
        f"from: {party}\nref: {ref}\nstance: denies\nabout: {about}\n"
        f"text: {wording}\nlanguage: {language}\n"
    ).encode()


def position(watcher: Watcher) -> str:
    """Where a watcher stands, quoted for a table."""
    lat, lon = globe_of(watcher)
    return f'"{lat:.5f}, {lon:.5f}"'


def globe_of(watcher: Watcher) -> tuple[float, float]:
    """Where a watcher stands, in degrees."""
    return watcher.y_m / M_PER_LAT, watcher.x_m / M_PER_LON


def _when(local: datetime) -> str:
    return f"date: {local:%Y-%m-%d}\ntime: {local:%H:%M}\n"


def _clock(instant_us: int, where: ZoneInfo) -> tuple[str, str]:
    local = from_us(instant_us, where)
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}"
