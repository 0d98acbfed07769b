"""How numbers, plurals, dates and lists are said in each language: the one place for it.

A `Grammar` belongs to one language and one zone. It computes nothing about the record; it only
says what a form has selected.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar
from unicodedata import category
from zoneinfo import ZoneInfo

from truceline.values.errors import BadValue
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, from_us, zone
from truceline.values.texts import LANGUAGES, Text

NBSP = "\u00a0"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_ALPHABET = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
_AND = {"en": "and", "uk": "і", "ru": "и"}
_YEAR = {"en": "", "uk": " року", "ru": " года"}
_HOUR = {"en": "h", "uk": "год", "ru": "ч"}
_MINUTE = {"en": "min", "uk": "хв", "ru": "мин"}
_DAY = {"en": "d", "uk": "д", "ru": "д"}
_UNDER = Text("under 1%", f"менше 1{NBSP}%", f"менее 1{NBSP}%")
_SOON = Text("under a minute", "менше хвилини", "менее минуты")
Row = TypeVar("Row")


def legible(text: str) -> str:
    """Text on one line, without control characters or marks that turn its direction round."""
    kept = (" " if category(c)[0] in "CZ" and c != NBSP else c for c in text)
    return " ".join("".join(kept).split(" "))


def plural_form(number: int, language: str) -> int:
    """Which plural form a number takes: 0 or 1 in English, 0 (one), 1 (few), 2 (many) in uk, ru.

    Source: the cardinal rules of Unicode CLDR for whole numbers.

    >>> [plural_form(n, "uk") for n in (1, 2, 5, 11, 12, 21, 22, 111)]
    [0, 1, 2, 2, 2, 0, 1, 2]
    """
    if language == "en":
        return 0 if number == 1 else 1
    ones, tens = number % 10, number % 100
    if ones == 1 and tens != 11:
        return 0
    return 1 if 2 <= ones <= 4 and not 12 <= tens <= 14 else 2


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """One language, speaking of clocks in one zone."""

    language: str
    zone_name: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise BadValue(f"language {self.language!r} is not one of {', '.join(LANGUAGES)}")

    @cached_property
    def where(self) -> ZoneInfo:
        """The zone the clocks are read in."""
        return zone(self.zone_name)

    def plural(self, number: int, *forms: str) -> str:
        """The form of a word that goes with a number; two forms in English, else three."""
        want = 2 if self.language == "en" else 3
        if len(forms) != want:
            raise BadValue(f"{self.language} has {want} plural forms, not {len(forms)}: {forms}")
        return forms[plural_form(number, self.language)]

    def number(self, value: int) -> str:
        """A whole number, grouped from five digits on as the language groups."""
        if self.language == "en":
            return f"{value:,}"
        return f"{value:,}".replace(",", NBSP) if abs(value) >= 10_000 else str(value)

    def counted(self, value: int, *forms: str) -> str:
        """A number with its word, kept on one line."""
        return f"{self.number(value)}{NBSP}{self.plural(value, *forms)}"

    def percent(self, part: int, whole: int) -> str:
        """A share in whole per cent, rounded down; something is never 0%, nearly all never 100%."""
        if whole <= 0:
            raise BadValue(f"no share of {whole}")
        share = part * 100 // whole
        if part and share == 0:
            return _UNDER.in_(self.language)
        return f"{share}%" if self.language == "en" else f"{share}{NBSP}%"

    def duration(self, lasted_us: int) -> str:
        """How long, in hours and whole minutes, rounded down."""
        days, rest = divmod(lasted_us, DAY_US) if lasted_us >= 3 * DAY_US else (0, lasted_us)
        hours, minutes = rest // HOUR_US, rest % HOUR_US // MINUTE_US
        if 0 < lasted_us < MINUTE_US:
            return _SOON.in_(self.language)
        parts = [(days, _DAY), (hours, _HOUR), (minutes, _MINUTE)]
        said = [f"{value}{NBSP}{unit[self.language]}" for value, unit in parts if value]
        return NBSP.join(said) or f"0{NBSP}{_HOUR[self.language]}"

    def moment(self, instant_us: int) -> datetime:
        """An instant on the wall clock of the zone."""
        return from_us(instant_us, self.where)

    def day(self, iso_day: str) -> str:
        """A date with its year: 29 March 2026."""
        return self._date(date.fromisoformat(iso_day)) + _YEAR[self.language]

    def day_of(self, instant_us: int) -> str:
        """The local date of an instant, with its year."""
        return self._date(self.moment(instant_us).date()) + _YEAR[self.language]

    def clock(self, instant_us: int) -> str:
        """The local time of an instant: 19:30."""
        return f"{self.moment(instant_us):%H:%M}"

    def day_clock(self, instant_us: int) -> str:
        """Local date and time without the year, kept on one line: 29 March, 02:10."""
        there = self.moment(instant_us)
        return f"{there.day}{NBSP}{self._month(there.month)}, {there:%H:%M}"

    def offset(self, instant_us: int) -> str:
        """The zone's offset from UTC at an instant: UTC−01:00, with a true minus sign."""
        spelt = f"{self.moment(instant_us):%z}"
        return f"UTC{'−' if spelt[0] == '-' else '+'}{spelt[1:3]}:{spelt[3:5]}"

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list: a, b and c."""
        *most, last = list(words) or [""]
        return f"{', '.join(most)} {_AND[self.language]} {last}" if most else last

    def alphabetical(self, rows: Iterable[Row], name: Callable[[Row], str]) -> list[Row]:
        """Rows in the alphabet of the language, other scripts after it; ties by the plain text."""
        return sorted(rows, key=lambda row: self.sort_key(name(row)))

    def sort_key(self, word: str) -> tuple[tuple[int, ...], str]:
        """Where a word stands in the alphabet of the language; `ґ` after `г`, `ё` after `е`."""
        alphabet = _ALPHABET[self.language]
        spots = (alphabet.find(letter) for letter in word.casefold())
        return tuple(
            spot if spot >= 0 else len(alphabet) + ord(letter)
            for spot, letter in zip(spots, word.casefold(), strict=True)
        ), word

    def _date(self, day: date) -> str:
        return f"{day.day}{NBSP}{self._month(day.month)} {day.year}"

    def _month(self, number: int) -> str:
        return _MONTHS[self.language].split()[number - 1]
