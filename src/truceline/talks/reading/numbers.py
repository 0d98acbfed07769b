"""Counts with what they count: value, unit, comparator, and what stands about them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from truceline.talks.reading.document import Span

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "два": 2, "две": 2, "дві": 2, "три": 3, "чотири": 4, "четыре": 4, "п'ять": 5, "пять": 5,
    "шість": 6, "шесть": 6, "сім": 7, "семь": 7, "вісім": 8, "восемь": 8, "десять": 10,
    "двух": 2, "двох": 2, "трёх": 3, "трех": 3, "трьох": 3, "четырёх": 4, "четырех": 4,
    "чотирьох": 4, "пяти": 5, "п'яти": 5, "шести": 6, "семи": 7, "восьми": 8, "десяти": 10,
}  # fmt: skip
_HALF = {"and a half": 0.5, "з половиною": 0.5, "с половиной": 0.5}
_SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "тис": 1e3, "тыс": 1e3, "тисяч": 1e3,
    "тысяч": 1e3, "мільйон": 1e6, "миллион": 1e6, "млн": 1e6, "млрд": 1e9, "hundred": 100,
}  # fmt: skip
_UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "відсотк": "percent",
    "процент": "percent", "hour": "hour", "годин": "hour", "час": "hour", "day": "day",
    "дн": "day", "дней": "day", "week": "week", "тижн": "week", "недел": "week", "month": "month",
    "місяц": "month", "месяц": "month", "year": "year", "років": "year", "лет": "year",
    "minute": "minute", "хвилин": "minute", "минут": "minute", "km": "km", "kilometer": "km",
    "kilometre": "km", "км": "km", "mile": "mile", "point": "point", "пункт": "point",
}  # fmt: skip
_COMPARATORS = {
    ">=": r"more than|over|at least|above|no fewer than|no less than|upwards of|понад|більше|"
    r"більш ніж|щонайменше|не менше|более|больше|свыше|не менее|как минимум",
    "<=": r"less than|fewer than|under|up to|at most|no more than|below|до|менше|не більше|"
    r"менее|меньше|не более",
    "~": r"about|around|nearly|almost|approximately|some|roughly|an estimated|близько|майже|"
    r"приблизно|около|почти|примерно|порядка",
}
_ALT = "|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))
_NUMBER = re.compile(
    rf"""(?<![\w$€£.,:/-])
    (?:(?P<how>{"|".join(_COMPARATORS.values()).replace(" ", "[ ]")})\s+)?(?:a\s+)?
    (?P<n>\d{{1,3}}(?:[,  ]\d{{3}})+|\d+(?:[.,]\d+)?|(?:{_ALT})\b)
    (?P<half>\s+(?:and\ a\ half|з\ половиною|с\ половиной))?
    (?:[\s-]+(?P<scale>thousand|million|billion|hundred|тис\w*\.?|тыс\w*\.?|мільйон\w*|миллион\w*|млн|млрд))?
    (?P<pct>\s?%)?
    (?:[\s-]+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"^(?:of|in|on|at|to|and|or|the|a|is|was|were|has|had|p\.?m|a\.?m|gmt|who|that|january|"
    r"february|march|april|"
    r"may|june|july|august|september|october|november|december|січ|лют|берез|квіт|трав|черв|"
    r"лип|серп|верес|жовт|"
    r"листоп|груд|янв|фев|март|апр|мая|июн|июл|авг|сент|окт|нояб|дек|st|nd|rd|th|рок|год)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count as written. unit: of time, length or share; None for a plain count."""

    span: Span
    value: float
    unit: str | None
    comparator: str
    what: str


def numbers(text: str, within: Iterable[Span], taken: Iterable[Span]) -> Iterator[Number]:
    """Every count in these pieces that counts something; parts of dates are left out."""
    dates = list(taken)
    for piece in within:
        for found in _NUMBER.finditer(text, piece.start, piece.end):
            one = _number(found)
            if one is not None and not any(one.span.touches(span) for span in dates):
                yield one


def _number(found: re.Match[str]) -> Number | None:
    word, what = found["n"].lower(), (found["what"] or "")
    written = word in _WORDS
    if _NOT_COUNTED.match(what) or (not what and not found["pct"]):
        return None
    value = (
        float(_WORDS[word])
        if written
        else float(re.sub(r"[,  ](?=\d{3})", "", word).replace(",", "."))
    )
    if not written and value in range(1900, 2101) and not found["how"]:
        return None
    unit = "percent" if found["pct"] else _unit(what)
    if written and unit is None and value < 3:
        return None
    if found["half"]:
        value += 0.5
    value *= _scale(found["scale"])
    counted = what if unit is None else ""
    end = found.end("what") if what else found.end("pct")
    return Number(
        span=Span(found.start(), end), value=value, unit=unit,
        comparator=_comparator(found["how"]), what=counted.lower(),
    )  # fmt: skip


def _unit(what: str) -> str | None:
    low = what.lower().split(" ")[0] if what else ""
    return next(
        (
            unit
            for stem, unit in _UNITS.items()
            if low.startswith(stem) and len(low) - len(stem) < 4
        ),
        None,
    )


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    return next((size for stem, size in _SCALES.items() if word.lower().startswith(stem)), 1.0)


def _comparator(word: str | None) -> str:
    if not word:
        return "="
    return next(
        sign for sign, words in _COMPARATORS.items() if re.fullmatch(words, word, re.IGNORECASE)
    )
