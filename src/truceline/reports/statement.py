"""The columns most sources share, in three languages, made into one statement."""

from truceline.reports.coordinates import MAX_ERROR_M, check_datum, place_of, point_of, point_of_two
from truceline.reports.fields import (
    Cells,
    accused_of,
    act_of,
    choice_of,
    count_of,
    language_of,
    must,
    whole_of,
)
from truceline.reports.report import Receipt, Said
from truceline.reports.times import span_of
from truceline.values.instant import Span
from truceline.values.place import Place
from truceline.values.signatures import Basis
from truceline.values.unknown import NOT_GIVEN, Unknown

COLUMN_NAMES = {
    "ref": ("id", "no", "№", "номер"),
    "date": ("дата",),
    "time": ("час", "время"),
    "until": ("до",),
    "zone": ("часовий пояс", "часовой пояс"),
    "position": ("координати", "координаты"),
    "lat": ("широта",),
    "lon": ("довгота", "долгота"),
    "place": ("місце", "место"),
    "datum": ("датум",),
    "error_m": ("похибка_м", "погрешность_м"),
    "act": ("дія", "действие", "type", "тип"),
    "weapon": ("зброя", "оружие"),
    "count": ("кількість", "количество"),
    "accused": ("сторона", "обвинувачений", "обвиняемый"),
    "basis": ("підстава", "основание"),
    "wording": ("text", "опис", "описание"),
    "language": ("lang", "мова", "язык"),
    "origin": ("url", "джерело", "источник"),
}
MAP_ERROR_M = 500  # for a position read off a map by someone who states no error
BASES = {basis.value: basis for basis in Basis}


def said_by(row: Cells, receipt: Receipt) -> Said:
    """A statement of whoever handed the material in, from columns named as in a party list."""
    act, type_given = act_of(must(row, "act"))
    return Said(
        speaker=receipt.owner,
        chain=(receipt.owner,),
        ref=row["ref"],
        basis=basis_of(row["basis"]),
        span=when(row, receipt),
        place=where(row),
        act=act,
        type_given=type_given,
        count=count_of(row["count"]),
        weapon=row["weapon"],
        accused=accused_of(row["accused"]),
        wording=row["wording"],
        language=language_of(row["language"], receipt.language),
        origin=row["origin"],
    )


def basis_of(text: str) -> Basis:
    """How the speaker knows; `stated` where the source does not say."""
    return choice_of(text, "basis", BASES) if text else Basis.STATED


def when(row: Cells, receipt: Receipt) -> Span:
    """The span of `date`, `time`, `until` and `zone`."""
    return span_of(
        must(row, "date"),
        row["time"],
        row["until"],
        stated_zone=row["zone"],
        file_zone=receipt.zone,
    )


def where(row: Cells, *, default_m: int = MAP_ERROR_M) -> Place | Unknown:
    """The place of `position`, or `lat` and `lon`, with `error_m`, `datum` and `place`."""
    position, name = row["position"], row["place"]
    lat, lon = row["lat"], row["lon"]
    given = position or f"{lat} {lon}".strip()
    if not given:
        return Unknown(reason="not_given", said=name) if name else NOT_GIVEN
    if "datum" in row:
        check_datum(row["datum"])
    point = point_of(position) if position else point_of_two(lat, lon)
    return place_of(point, error_m=error_of(row["error_m"], default_m), said=_said(name, given))


def error_of(text: str, default_m: int) -> int:
    """A stated error in metres; the format's default where none is stated."""
    return whole_of(text, "error_m", low=1, high=MAX_ERROR_M) if text else default_m


def _said(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
