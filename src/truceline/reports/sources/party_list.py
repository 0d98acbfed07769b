"""A party's ledger of the other side's alleged violations.

Format: docs/formats/sources/party-list.md.
"""

from collections.abc import Iterator
from functools import partial

from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.statement import COLUMN_NAMES, said_by
from truceline.reports.tables import Columns, read_table

COLUMNS = Columns(
    names=COLUMN_NAMES,
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
