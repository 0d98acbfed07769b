"""A party's ledger of the other side's alleged violations.

Format: docs/formats/sources/party-list.md.
"""

from collections.abc import Iterator
from functools import partial

from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.statement import said_by
from truceline.reports.tables import Columns, read_table

COLUMNS = Columns(
    names={
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
    },
    required=(
        (("ref",),),
        (("date",),),
        (("act",),),
        (("accused",),),
        (("position",), ("lat", "lon")),
    ),
    page="docs/formats/sources/party-list.md",
)


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:
    """Yield one claim per row, in order; a row that cannot be read says why."""
    return read_table(raw, COLUMNS, partial(said_by, receipt=receipt))
