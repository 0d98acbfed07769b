"""Days named in a text, resolved where the text allows it, and held against the weekday named.

A date of day, month and year stands for itself. One without a year, a weekday, “yesterday” or “next
week” is resolved from the reference date: the date the user gives of the file, else one derived
from the weekday + date pairs of the whole set given, else nothing: then it stays unresolved.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from truceline.talks.reading.document import Span
from truceline.talks.reading.words import english, slavic

_MONTH = "|".join(sorted(english.MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted((name for name in english.WEEKDAYS), key=len, reverse=True))
_SMONTH = "|".join(sorted(slavic.MONTHS, key=len, reverse=True))
_SDAY = "|".join(sorted(slavic.WEEKDAYS, key=len, reverse=True))
_NUMBERED = re.compile(
    rf"""
    (?:(?P<w1>\b(?:{_DAY})\b)\.?,?\s+(?:the\s+)?)?
    (?:\b(?P<m1>{_MONTH})\b\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|and|to)\s*(?P<e1>\d{{1,2}}))?(?!\d|[:.]\d)(?:,?\s+(?P<y1>(?:19|20)\d\d)\b)?
    |\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|and|to)\s*(?P<e2>\d{{1,2}}))?(?:\s+of)?\s+(?P<m2>{_MONTH})\b\.?(?:,?\s+(?P<y2>(?:19|20)\d\d)\b)?)
    |\b(?P<d3>\d{{1,2}})(?:\s*(?:-|–|—|та|и|і)\s*(?P<e3>\d{{1,2}}))?\s+(?P<m3>{_SMONTH})\w{{0,5}}(?:\s+(?P<y3>(?:19|20)\d\d)\b)?
    |\b(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)\b
    |\b(?P<d5>\d{{1,2}})\.(?P<m5>\d{{1,2}})\.(?P<y5>20\d\d)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"\b(?P<how>last|next|this|coming|past)?\s?\b(?P<day>{_DAY})s?\b", re.IGNORECASE
)
_SWEEKDAY = re.compile(
    rf"\b(?:(?:у|в|во|та|и|і|й|до|с|з|із|від|от|після|после|ввечері|вечером|минул\w+|прошл\w+|наступн\w+|следующ\w+|цієї|"
    rf"эту)\s+)+(?P<day>{_SDAY})\w{{0,4}}\b",
    re.IGNORECASE,
)
_SWEEKDAY_DATE = re.compile(rf"\b(?P<day>{_SDAY})\w{{0,4}},?\s+$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?P<w>yesterday|today|tonight|tomorrow|вчора|сьогодні|завтра|вчера|сегодня|next week|"
    r"last week|"
    r"наступного тижня|на следующей неделе|минулого тижня|на прошлой неделе)\b",
    re.IGNORECASE,
)
_STEPS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "вчора": -1, "сьогодні": 0,
    "завтра": 1, "вчера": -1, "сегодня": 0,
}  # fmt: skip
_WEEKS = {
    "next week": 1, "last week": -1, "наступного тижня": 1, "на следующей неделе": 1,
    "минулого тижня": -1, "на прошлой неделе": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A day or days as written: of month, day, year, weekday what is there; to: the last day."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to: int | None = None
    weekday: int | None = None
    how: str = ""
    step: int | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A named day resolved. value: ISO day or days. basis: how. clash: the other reading."""

    span: Span
    value: str | None
    basis: str
    clash: str | None = None


def named(text: str, within: Iterable[Span]) -> tuple[Named, ...]:
    """Every day named in these pieces of a text, in order."""
    out: list[Named] = []
    for piece in within:
        full = list(_numbered(text, piece))
        taken = [one.span for one in full]
        rest = [
            one for one in _others(text, piece)
            if not any(one.span.touches(span) for span in taken)
        ]  # fmt: skip
        out.extend(sorted([*full, *rest], key=lambda one: one.span))
    return tuple(out)


def _numbered(text: str, piece: Span) -> Iterator[Named]:
    for found in _NUMBERED.finditer(text, piece.start, piece.end):
        parts = found.groupdict()
        for n in "12345":
            if parts[f"d{n}"] is None:
                continue
            month = _month(parts[f"m{n}"])
            day, to = int(parts[f"d{n}"]), parts.get(f"e{n}")
            if month is None or not 1 <= day <= 31:
                break
            year = parts[f"y{n}"]
            weekday = english.WEEKDAYS.get((parts["w1"] or "").lower().rstrip("."))
            if n == "3" and (before := _SWEEKDAY_DATE.search(text, piece.start, found.start())):
                weekday = _slavic(slavic.WEEKDAYS, before["day"])
            start = (
                found.start()
                if parts["w1"] or n not in "12"
                else found.start(f"{'m' if n == '1' else 'd'}{n}")
            )
            yield Named(
                span=Span(start, found.end()), year=int(year) if year else None, month=month,
                day=day,
                to=int(to) if to else None, weekday=weekday,
            )  # fmt: skip


def _month(word: str) -> int | None:
    low = word.lower().rstrip(".")
    if low.isdigit():
        return int(low) if 1 <= int(low) <= 12 else None
    return english.MONTHS.get(low) or _slavic(slavic.MONTHS, low)


def _slavic(table: dict[str, int], word: str) -> int | None:
    low = word.lower()
    return next((value for stem, value in table.items() if low.startswith(stem)), None)


def _others(text: str, piece: Span) -> Iterator[Named]:
    for found in _WEEKDAY.finditer(text, piece.start, piece.end):
        if found["day"][0].isupper() and len(found["day"]) > 4:
            start = found.start("how") if found["how"] else found.start("day")
            yield Named(
                span=Span(start, found.end()), weekday=english.WEEKDAYS[found["day"].lower()],
                how=(found["how"] or "").lower(),
            )  # fmt: skip
    for found in _SWEEKDAY.finditer(text, piece.start, piece.end):
        low = found.group().lower()
        how = "next" if "наступн" in low or "следующ" in low else ""
        yield Named(
            span=Span(*found.span()), weekday=_slavic(slavic.WEEKDAYS, found["day"]), how=how
        )
    for found in _RELATIVE.finditer(text, piece.start, piece.end):
        low = found["w"].lower()
        yield Named(span=Span(*found.span()), step=_STEPS.get(low), weeks=_WEEKS.get(low))


def anchor(everything: Sequence[Sequence[Named]]) -> date | None:
    """One day the whole set speaks of: from its weekday + date pairs, and the years it names.

    A pair without a year has one year in seven or so; the one nearest to the latest year named in
    the set is taken. Without any pair or full date there is none.
    """
    flat = [one for each in everything for one in each if one.month and one.day]
    pairs = [one for one in flat if one.weekday is not None]
    years = Counter(one.year for one in flat if one.year)
    votes: Counter[date] = Counter()
    for one in pairs:
        for year in [one.year] if one.year else _years(one, max(years, default=None)):
            if (day := _date(year, one.month, one.day)) and day.weekday() == one.weekday:
                votes[day] += 1
    if not votes:
        return None
    return min(votes, key=lambda day: (-votes[day], -day.toordinal()))


def _years(one: Named, latest: int | None) -> list[int]:
    """Years in which the pair's day falls on its weekday, the one nearest to the latest first."""
    if latest is None:
        return []
    fitting = [
        year for year in range(latest - 6, latest + 2)
        if (day := _date(year, one.month, one.day)) and day.weekday() == one.weekday
    ]  # fmt: skip
    return sorted(fitting, key=lambda year: (abs(year - latest), -year))[:1]


def reference(mine: Sequence[Named], around: date | None) -> date | None:
    """The day a document was written from, derived: the last of the run of weekdays it names."""
    if around is None:
        return None
    days = sorted(
        {
            one.weekday
            for one in mine
            if one.weekday is not None and one.how not in {"next", "coming"}
        }
    )
    if not days:
        return None
    gaps = [(days[(n + 1) % len(days)] - day) % 7 or 7 for n, day in enumerate(days)]
    last = days[max(range(len(days)), key=lambda n: (gaps[n], -n))]
    ahead = (last - around.weekday()) % 7
    if around.weekday() not in days and ahead > 3:
        ahead -= 7  # an account of the day before: its last weekday lies behind, not ahead
    return around + timedelta(days=ahead)


def resolved(
    mine: Sequence[Named], base: date | None, basis: str, around: date | None
) -> tuple[Day, ...]:
    """Every named day with its value, from the reference date; unresolved where there is none."""
    return tuple(_resolved(one, base, basis, around) for one in mine)


def _resolved(one: Named, base: date | None, basis: str, around: date | None) -> Day:
    if one.month is not None:
        return _full(one, base, basis, around)
    if base is None:
        return Day(span=one.span, value=None, basis="unresolved")
    if one.step is not None:
        return Day(span=one.span, value=(base + timedelta(days=one.step)).isoformat(), basis=basis)
    if one.weeks is not None:
        monday = base + timedelta(days=7 * one.weeks - base.weekday())
        return Day(span=one.span, value=f"{monday}/{monday + timedelta(days=6)}", basis=basis)
    assert one.weekday is not None
    back = (base.weekday() - one.weekday) % 7
    ahead = one.how in {"next", "coming"}
    day = base + timedelta(days=7 - back if ahead else -back)
    if one.how in {"last", "past"} and back == 0:
        day -= timedelta(days=7)
    return Day(span=one.span, value=day.isoformat(), basis=basis)


def _full(one: Named, base: date | None, basis: str, around: date | None) -> Day:
    near = base or around
    year = one.year or (_nearest_year(one, near) if near else None)
    day = _date(year, one.month, one.day)
    if day is None:
        return Day(span=one.span, value=None, basis="unresolved")
    last = _date(year, one.month, one.to)
    value = f"{day}/{last}" if last and last > day else day.isoformat()
    basis = "written" if one.year else basis
    return Day(span=one.span, value=value, basis=basis, clash=_clash(one, day, near))


def _clash(one: Named, day: date, near: date | None) -> str | None:
    """The other reading: of a weekday that does not fit, or of a year the whole set contradicts."""
    if one.weekday is not None and day.weekday() != one.weekday:
        off = (one.weekday - day.weekday() + 3) % 7 - 3
        return (day + timedelta(days=off)).isoformat()
    if one.year is None or near is None or abs((day - near).days) < 300:
        return None
    other = _date(near.year, one.month, one.day)
    return (
        other.isoformat()
        if other and abs((other - near).days) <= 3 and abs(near.year - day.year) == 1
        else None
    )


def _nearest_year(one: Named, near: date) -> int:
    fitting = [
        year for year in (near.year - 1, near.year, near.year + 1)
        if (day := _date(year, one.month, one.day)) and one.weekday in {None, day.weekday()}
    ]  # fmt: skip
    choices = fitting or [near.year]
    return min(
        choices, key=lambda year: abs(((_date(year, one.month, one.day) or near) - near).days)
    )


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    if not year or not month or not day:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
