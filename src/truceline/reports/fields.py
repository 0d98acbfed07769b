"""Single cells into values: codes, counts, acts. A cell that is there is read or refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from truceline.reports.decoding import nfc
from truceline.values.acts import ACTS, UNKNOWN, known_prefix
from truceline.values.counts import Count, at_least, exactly
from truceline.values.errors import BadValue, TrucelineError
from truceline.values.unknown import NOT_GIVEN, Unknown


class BadField(TrucelineError, ValueError):
    """A cell cannot be read: the row becomes Unreadable with this message."""


FREE_TEXT = frozenset({"wording", "text", "weapon", "origin", "url"})
MAX_CELL = 200


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by column name: `row["act"]` is the stripped cell, empty where there is none.

    places: each column's name → where in `texts` its cell stands.

    A cell that is no free text has its blanks made single, and more than 200 characters of it raise
    BadField: the patterns that read such cells would take hours over a long run of blanks.
    """

    places: Mapping[str, int]
    texts: Sequence[str]

    def __getitem__(self, name: str) -> str:
        place = self.places.get(name)
        if place is None:
            return ""
        cell = self.texts[place].strip()
        if not cell.isascii():
            cell = nfc(cell)
        return cell if name in FREE_TEXT else _short(cell, name)

    def __contains__(self, name: str) -> bool:
        return name in self.places


def _short(cell: str, name: str) -> str:
    if len(cell) > MAX_CELL:
        raise BadField(f"{name} is {len(cell)} characters long, the limit is {MAX_CELL}")
    return cell if cell.isalnum() else " ".join(cell.split())


Coded = TypeVar("Coded", bound=StrEnum)

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,15}")
_ACT_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NOBODY = frozenset({"", "?", "-", "unknown", "невідомо", "неизвестно"})
_NUMBER = r"([0-9]{1,9})"
_EXACT = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER}\s*[-–—…]\s*{_NUMBER}")
_AT_LEAST = re.compile(
    rf"(?:>=|≥|at least|not less than|не менше|щонайменше|не менее|минимум)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*\+",
    re.IGNORECASE,
)
_AT_MOST = re.compile(rf"(?:<=|≤|at most|up to|не більше|до|не более)\s*{_NUMBER}", re.IGNORECASE)
LANGUAGES = ("en", "uk", "ru", "und")
_LANGUAGE_OF = {"ua": "uk", "": ""} | {language: language for language in LANGUAGES}
_ACT_OF = {
    wording.casefold(): path
    for path, text in reversed(ACTS.items())
    for wording in (text.en, text.uk, text.ru)
}


@lru_cache(maxsize=4096)
def act_of(text: str) -> tuple[str, str]:
    """The act a cell names, and the cell as given.

    >>> act_of("мінометний вогонь")
    ('fire.mortar', 'мінометний вогонь')
    >>> act_of("noise at night")
    ('unknown', 'noise at night')

    A path that is not registered is kept under its known parent; other words are `unknown`.
    """
    if text in ACTS:
        return text, text
    if (path := _ACT_OF.get(text.casefold())) is not None:
        return path, text
    if _ACT_PATH.fullmatch(text) and known_prefix(text) != UNKNOWN:
        return text, text
    return UNKNOWN, text


@lru_cache(maxsize=1024)
def count_of(text: str) -> Count | Unknown:
    """How many: a number, a range or a bound. BadField where it is none of them.

    >>> count_of("не менше 3")
    Count(low=3, high=None)
    """
    if not text:
        return NOT_GIVEN
    if text.casefold() in _NOBODY:
        return Unknown(reason="not_given", said=text)
    if found := _EXACT.fullmatch(text):
        return exactly(int(found[1]))
    if found := _AT_LEAST.fullmatch(text):
        return at_least(int(found[1] or found[2]))
    if found := _AT_MOST.fullmatch(text):
        return Count(low=0, high=int(found[1]))
    if found := _RANGE.fullmatch(text):
        try:
            return Count(low=int(found[1]), high=int(found[2]))
        except BadValue as problem:
            raise BadField(f"count {text!r} runs backwards; write the smaller first") from problem
    raise BadField(f"count {text!r} is not read; write 3, 3-5 or at least 3")


@lru_cache(maxsize=1024)
def accused_of(text: str) -> tuple[str, ...]:
    """Codes of whoever is said to have done it, sorted; empty where nobody is named."""
    if text.casefold() in _NOBODY:
        return ()
    return tuple(
        sorted({code_of(code, "accused") for code in re.split(r"[;,+/\s]+", text) if code})
    )


def code_of(text: str, field: str) -> str:
    """A party's, body's or watcher's code in capitals; BadField where it is spelt otherwise."""
    if not _CODE.fullmatch(text):
        raise BadField(f"{field} {text!r} is no code; write capitals such as VEL or JVT-2")
    return text


def language_of(text: str, otherwise: str) -> str:
    """A language code; what the receipt says where the cell is empty."""
    language = _LANGUAGE_OF.get(text.casefold())
    if language is None:
        raise BadField(f"language {text!r} is not read; write one of {', '.join(LANGUAGES)}")
    return language or otherwise


def whole_of(text: str, field: str, *, low: int, high: int) -> int:
    """A whole number between two bounds; a fraction or a decimal comma is rounded up."""
    found = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]+))?", text)
    if found is None:
        raise BadField(f"{field} {text!r} is no number; write digits such as 500")
    number = int(found[1]) + (1 if (found[2] or "").strip("0") else 0)
    if not low <= number <= high:
        raise BadField(f"{field} {text} lies outside {low} … {high}")
    return number


def choice_of(text: str, field: str, choices: Mapping[str, Coded]) -> Coded:
    """One of a closed list of words; BadField names the list."""
    found = choices.get(text.casefold())
    if found is None:
        known = sorted({choice.value for choice in choices.values()})
        raise BadField(f"{field} {text!r} is not read; write one of {', '.join(known)}")
    return found


def must(row: Cells, name: str) -> str:
    """The cell of a column that may not be empty."""
    text = row[name]
    if not text:
        raise BadField(f"{name} is empty and has to be given")
    return text
