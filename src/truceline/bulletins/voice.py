"""A snapshot's codes and values in one language: the filters the templates speak through.

Every value a template prints is escaped for Markdown unless it is `Md`, which only this module
makes: a name taken from a feed cannot become a heading, a link or a table border.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from truceline.bulletins import wording
from truceline.bulletins.grammar import NBSP, Grammar, Row, legible
from truceline.bulletins.snapshot import NOWHERE, Snapshot
from truceline.values.acts import name as act_name
from truceline.values.counts import Count
from truceline.values.instant import HOUR_US, SECOND_US, Span
from truceline.values.place import E7, Place
from truceline.values.texts import Text
from truceline.values.unknown import Unknown

_SPECIAL = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]<>|&~"})
_ROLE_ORDER = ("party", "guarantor", "centre", "monitor", "outlet")
_OUTSIDE = Text(
    "outside the listed areas, or place not given",
    "поза переліченими районами або місце не вказано",
    "вне перечисленных районов или место не указано",
)
_NOT_GIVEN = Text("not given", "не вказано", "не указано")
_AT_LEAST = Text("at least {}", "щонайменше {}", "не менее {}")
_DAY_ONLY = Text("{}, day only", "{}, лише дата", "{}, только дата")
_MORE = Text("{} and {} more", "{} і ще {}", "{} и ещё {}")
_OTHERS = Text("{} and others", "{} та інші", "{} и другие")
_FEW = 8  # numbers of claims that stand in one cell
_SIDES = {"en": "N S E W", "uk": "пн.ш. пд.ш. сх.д. зх.д.", "ru": "с.ш. ю.ш. в.д. з.д."}
_METRES = Text("m", "м", "м")
_KILOMETRES = Text("km", "км", "км")


_CODES: dict[str, wording.Wordings] = {
    "stance": wording.STANCES,
    "basis": wording.BASES,
    "kind": wording.KINDS,
    "gap_reason": wording.GAP_REASONS,
    "contradiction": wording.CONTRADICTIONS,
    "level": wording.LEVELS,
    "window_state": wording.WINDOW_STATES,
    "purpose": wording.PURPOSES,
    "restriction": wording.RESTRICTIONS,
    "change": wording.CHANGES,
}
_OWN = (
    *("text", "party", "role", "area", "act", "amount", "place", "when"),
    *("verdict", "readers", "few", "by_name", "by_area"),
)
_GRAMMAR = (
    *("number", "counted", "plural", "duration", "percent", "listed"),
    *("day", "clock", "day_clock", "offset"),
)
FILTERS = (*_CODES, *_OWN, *_GRAMMAR)


class Md(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(value: object) -> str:
    """A value as Markdown text on one line: no mark-up, no control or direction characters."""
    if isinstance(value, Md):
        return value
    return legible(str(value)).translate(_SPECIAL)


class Voice:
    """One snapshot, in one language."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.grammar = Grammar(language=language, zone_name=snapshot.zone)
        self.language = language
        self._parties = {party.code: party for party in snapshot.parties}
        self._areas = {area.code: area.names for area in snapshot.areas}

    def filters(self) -> dict[str, Callable[..., object]]:
        """Every filter a template may use, by name; the names are `FILTERS`."""
        own = {name: partial(self.reads, table) for name, table in _CODES.items()}
        return {**own, **{name: getattr(self, name) for name in _OWN}} | {
            name: getattr(self.grammar, name) for name in _GRAMMAR
        }

    def reads(self, table: wording.Wordings, code: object) -> str:
        """A code in words."""
        return wording.reads(table, str(code), self.language)

    def text(self, text: Text) -> str:
        """A trilingual text in this language."""
        return text.in_(self.language)

    def party(self, code: str) -> str:
        """Whoever goes by a code; an unlisted one reads as the code, as it came."""
        listed = self._parties.get(code)
        return listed.names.in_(self.language) if listed else code

    def role(self, role: str, owner: str) -> str:
        """In what role somebody speaks; a party's own source is named with that party."""
        return self.reads(wording.ROLES, role).replace("{party}", self.party(owner))

    def area(self, code: str) -> str:
        """An area by name."""
        names = self._areas.get(code)
        return names.in_(self.language) if names else code or _OUTSIDE.in_(self.language)

    def act(self, path: str) -> str:
        """What is said to have been done."""
        return act_name(path, self.language)

    def verdict(self, code: str, article: str) -> str:
        """A proposed verdict, worded by the article's test and never by a party."""
        return self.reads(wording.VERDICTS, code).replace("{article}", article)

    def readers(self, audience: str) -> str:
        """For whom a bulletin is."""
        codes = audience.split("+")
        named = (
            self.reads(wording.READERS, code) if code in wording.READERS else self.party(code)
            for code in codes
        )
        return self.grammar.listed(self.grammar.alphabetical(named, str))

    def amount(self, count: Count | Unknown) -> str:
        """How many; a lower bound stays one."""
        if isinstance(count, Unknown):
            return _NOT_GIVEN.in_(self.language)
        low = self.grammar.number(count.low)
        if count.high is None:
            return _AT_LEAST.in_(self.language).format(low)
        return low if count.high == count.low else f"{low}–{self.grammar.number(count.high)}"

    def place(self, place: Place | Unknown) -> str:
        """A point no finer than its error allows, and the error."""
        if isinstance(place, Unknown):
            return _NOT_GIVEN.in_(self.language)
        reach_m = max(place.a_m, place.b_m)
        digits = 4 if reach_m < 100 else 3 if reach_m < 1000 else 2
        north, south, east, west = _SIDES[self.language].split()
        lat = f"{_degrees(place.lat_e7, digits)}°{NBSP}{north if place.lat_e7 >= 0 else south}"
        lon = f"{_degrees(place.lon_e7, digits)}°{NBSP}{east if place.lon_e7 >= 0 else west}"
        return f"{lat}, {lon} ±{NBSP}{self._metres(reach_m)}"

    def when(self, span: Span | Unknown | None) -> str:
        """When, as closely as the source says and not more closely."""
        if span is None or isinstance(span, Unknown):
            return _NOT_GIVEN.in_(self.language)
        say = self.grammar
        start = say.day_clock(span.from_us)
        if span.length_us < SECOND_US:
            return start
        first, last = say.moment(span.from_us), say.moment(span.until_us)
        whole = 23 * HOUR_US <= span.length_us <= 25 * HOUR_US
        if whole and f"{first:%H%M}{last:%H%M}" == "00000000":
            return _DAY_ONLY.in_(self.language).format(start.split(",")[0])
        if first.date() == last.date():
            return f"{start}–{say.clock(span.until_us)}"
        return f"{start} – {say.day_clock(span.until_us)}"

    def few(self, numbers: Sequence[str], more: int | None = None) -> str:
        """Numbers of claims; `more` says how many are left out, None that it cuts a long list."""
        said = ", ".join(numbers[:_FEW] if more is None else numbers)
        if more:
            return _MORE.in_(self.language).format(said, self.grammar.number(more))
        cut = more is None and len(numbers) > _FEW
        return _OTHERS.in_(self.language).format(said) if cut else said

    def by_name(self, rows: Iterable[Row], attribute: str = "speaker") -> list[Row]:
        """Rows by role, parties first, then in the alphabet of the language.

        attribute: where a row keeps its code; `0` for a pair, empty where the row is the code.
        """

        def code(row: Row) -> str:
            if isinstance(row, tuple):
                return str(row[0])
            return str(row) if isinstance(row, str) else str(getattr(row, attribute))

        def key(row: Row) -> tuple[int, object, str]:
            of = code(row)
            return _ROLE_ORDER.index(self._role(of)), self.grammar.sort_key(self.party(of)), of

        return sorted(rows, key=key)

    def by_area(self, rows: Iterable[Row]) -> list[Row]:
        """Rows by the name of their area; what lies in none comes last."""

        def key(row: Row) -> tuple[bool, object, str]:
            code = str(row if isinstance(row, str) else getattr(row, "area"))  # noqa: B009 - rows of many types share it
            return code == NOWHERE, self.grammar.sort_key(self.area(code)), code

        return sorted(rows, key=key)

    def _role(self, code: str) -> str:
        listed = self._parties.get(code)
        return listed.role if listed and listed.role in _ROLE_ORDER else "outlet"

    def _metres(self, metres: int) -> str:
        if metres >= 10_000 and metres % 1000 == 0:
            return f"{self.grammar.number(metres // 1000)}{NBSP}{_KILOMETRES.in_(self.language)}"
        return f"{self.grammar.number(metres)}{NBSP}{_METRES.in_(self.language)}"


def _degrees(value_e7: int, digits: int) -> str:
    """Degrees without a sign, rounded half up in integers."""
    scale = 10 ** (7 - digits)
    whole, part = divmod((abs(value_e7) + scale // 2) // scale, E7 // scale)
    return f"{whole}.{part:0{digits}d}"
