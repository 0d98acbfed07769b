"""Coordinates as people write them, into WGS 84 degrees; grids and datums we do not read are named.

What is accepted is listed in docs/formats/sources/README.md, under Places.
"""

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, hypot, radians

from mgrs import MGRS

from truceline.reports.fields import BadField
from truceline.values.place import E7, Place

MAX_ERROR_M = 1_000_000
_M_PER_DEGREE = 111_320  # of latitude, at the equator the same of longitude; rounded up
_N = r"[+-]?[0-9]{1,3}"
_DOTTED = rf"{_N}(?:\.[0-9]+)?"
_COMMAED = rf"{_N},[0-9]+"
_DOTTED_PAIR = re.compile(rf"({_DOTTED})(?:\s*[,;]\s*|\s+)({_DOTTED})")
_COMMAED_PAIR = re.compile(rf"({_COMMAED})(?:\s*;\s*|,?\s+)({_COMMAED})")
_ONE = re.compile(rf"{_N}(?:[.,][0-9]+)?")
_ANGLE = (
    r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*[°º]?\s*"
    r"(?:([0-9]{1,2}(?:[.,][0-9]+)?)\s*['′’‘]?\s*"
    r"(?:([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:[\"″”“]|''|′′|’’)?\s*)?)?"
)
_LETTERS_FIRST = re.compile(rf"([NSEW])\s*{_ANGLE}[,;]?\s*([NSEW])\s*{_ANGLE}")
_LETTERS_LAST = re.compile(rf"{_ANGLE}([NSEW])\s*[,;]?\s*{_ANGLE}([NSEW])")
_MGRS = re.compile(
    r"([0-9]{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V])\s*([0-9]*)(?:\s+([0-9]+))?", re.IGNORECASE
)
_UPS = re.compile(r"[ABYZ][A-HJ-NP-Z]{2}[0-9]*")
_HEMISPHERES = {
    "uk": {"ПН": "N", "ПД": "S", "СХ": "E", "ЗХ": "W"},
    "ru": {"С": "N", "Ю": "S", "В": "E", "З": "W"},
}
_CYRILLIC_LETTER = re.compile(r"(ПН|ПД|СХ|ЗХ|С|Ю|В|З)\.?\s*(?:[ШД]\.?)?(?![А-ЯІЇЄҐ])")
_OTHER_DATUMS = re.compile(
    r"(?P<name>(?:SK|СК)[- ]?(?:42|63|95)|(?:PZ|ПЗ)[- ]?90|(?:UCS|USK|УСК)[- ]?2000|PULKOVO|ПУЛКОВО"
    r"|GAUSS|КРЮГЕР|ГАУС|UTM|ED50|NAD27)",
    re.IGNORECASE,
)
_IN_METRES = re.compile(r"(?<![0-9.,])[0-9]{5,8}")
_WGS84 = frozenset({"WGS84", "WGS-84", "WGS 84", "EPSG:4326"})
_ADVICE = "give WGS 84 degrees or MGRS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """WGS 84 degrees × 10⁷ and how coarsely they were written, in metres, at least 1."""

    lat_e7: int
    lon_e7: int
    grain_m: int


def place_of(point: Point, *, error_m: int, said: str) -> Place:
    """A place with a stated error, which is never better than the writing of the coordinates."""
    radius_m = max(error_m, point.grain_m)
    return Place(lat_e7=point.lat_e7, lon_e7=point.lon_e7, a_m=radius_m, b_m=radius_m, said=said)


def check_datum(text: str) -> None:
    """Refuse by name any datum but WGS 84."""
    if not text:
        raise BadField("datum is empty; write WGS84, or leave the whole column out")
    if text.upper() not in _WGS84:
        raise BadField(f"datum {text!r} is not read; convert to WGS 84 and say so")


@lru_cache(maxsize=8192)
def point_of(text: str) -> Point:
    """Read a pair of coordinates. BadField names what they seem to be where they are not read.

    >>> point_of("47,5123; -34,1000") == point_of("47.5123 -34.1000")
    True
    """
    if found := _DOTTED_PAIR.fullmatch(text) or _COMMAED_PAIR.fullmatch(text):
        return _point(_plain(found[1]), _plain(found[2]))
    _refuse_other_datums(text)
    if found := _MGRS.fullmatch(text):
        return _from_mgrs("".join(found[1].upper().split()), found[2], found[3], text)
    joined = "".join(text.upper().split())
    if _UPS.fullmatch(joined) or _IN_METRES.search(text):
        raise _on_a_grid(text, joined)
    latin = _with_latin_letters(text)
    if found := _LETTERS_FIRST.fullmatch(latin):
        return _lettered_point(found.groups(), text)
    if found := _LETTERS_LAST.fullmatch(latin):
        degrees = found.groups()
        return _lettered_point((degrees[3], *degrees[:3], degrees[7], *degrees[4:7]), text)
    raise BadField(f"position {text!r} is not read; {_ADVICE}")


@lru_cache(maxsize=8192)
def point_of_two(lat: str, lon: str) -> Point:
    """Read a latitude and a longitude given one each."""
    if not (lat and lon):
        raise BadField(f"lat {lat!r} and lon {lon!r}: one is given without the other")
    if _ONE.fullmatch(lat) and _ONE.fullmatch(lon):
        return _point(_plain(lat), _plain(lon))
    return point_of(f"{lat}; {lon}")


@dataclass(frozen=True, slots=True)
class _Angle:
    degrees: float
    grain_deg: float


def _point(lat: _Angle, lon: _Angle) -> Point:
    lat_e7, lon_e7 = round(lat.degrees * E7), round(lon.degrees * E7)
    if abs(lat_e7) > 90 * E7 or abs(lon_e7) > 180 * E7:
        raise BadField(f"lat {lat.degrees}, lon {lon.degrees} is not on the globe; lat comes first")
    north_m = lat.grain_deg * _M_PER_DEGREE / 2
    east_m = lon.grain_deg * _M_PER_DEGREE / 2 * cos(radians(lat.degrees))
    return Point(lat_e7=lat_e7, lon_e7=lon_e7, grain_m=max(1, ceil(max(north_m, east_m))))


def _plain(text: str) -> _Angle:
    text = text.replace(",", ".")
    return _Angle(float(text), _grain(text))


def _grain(text: str) -> float:
    """What one in the last place is worth: 0.01 for `47.51`, 1 for `47`."""
    return float(10.0 ** -len(text.partition(".")[2]))


def _lettered_point(groups: tuple[str | None, ...], text: str) -> Point:
    """Letter, degrees, minutes and seconds of one angle, then of the other, in either order."""
    one, other = _lettered(groups[:4], text), _lettered(groups[4:], text)
    if one[0] in "EW":
        one, other = other, one
    if one[0] not in "NS" or other[0] not in "EW":
        raise BadField(f"position {text!r} wants one of N, S and one of E, W")
    return _point(one[1], other[1])


def _lettered(groups: tuple[str | None, ...], text: str) -> tuple[str, _Angle]:
    letter = str(groups[0])
    parts = [part.replace(",", ".") for part in groups[1:] if part]
    if any("." in part for part in parts[:-1]) or any(float(part) >= 60 for part in parts[1:]):
        raise BadField(f"position {text!r}: minutes and seconds run from 0 to 59")
    value = sum(float(part) / 60**power for power, part in enumerate(parts))
    grain = _grain(parts[-1]) / 60 ** (len(parts) - 1)
    return letter, _Angle(-value if letter in "SW" else value, grain)


def _with_latin_letters(text: str) -> str:
    """Spell the hemispheres N S E W, if the letters are of one language only."""
    text = text.upper()
    used = {found[1] for found in _CYRILLIC_LETTER.finditer(text)}
    for letters in _HEMISPHERES.values():
        if used <= letters.keys():
            return _CYRILLIC_LETTER.sub(lambda found, of=letters: of[found[1]], text)  # type: ignore[misc]
    raise BadField(f"position {text!r} mixes hemisphere letters of two languages; write N S E W")


def _from_mgrs(square: str, first: str, second: str | None, text: str) -> Point:
    if second is None:
        first, second = first[: len(first) // 2], first[len(first) // 2 :]
    if len(first) != len(second) or len(first) > 5:
        raise BadField(f"MGRS {text!r} wants an even number of digits, half for each, at most ten")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            lat, lon = MGRS().toLatLon(f"{square}{first}{second}")  # the middle of the square
        except Exception as problem:  # whatever it raises or warns of, it found none
            raise BadField(f"MGRS {text!r} names no square") from problem
    grain_m = max(1, ceil(hypot(1, 1) * 10 ** (5 - len(first)) / 2))
    return Point(lat_e7=round(lat * E7), lon_e7=round(lon * E7), grain_m=grain_m)


def _refuse_other_datums(text: str) -> None:
    if found := _OTHER_DATUMS.search(text):
        raise BadField(f"position {text!r} is in {found['name']}, which is not read; {_ADVICE}")


def _on_a_grid(text: str, joined: str) -> BadField:
    polar, metric = "the polar grid UPS", "a grid in metres (Gauss–Krüger, UTM or the like)"
    kind = polar if _UPS.fullmatch(joined) else metric
    return BadField(f"position {text!r} looks like {kind}, which is not read; {_ADVICE}")
