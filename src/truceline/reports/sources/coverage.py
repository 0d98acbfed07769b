"""When somebody or something was watching a place, and when it was not.

Format: docs/formats/sources/coverage.md.
"""

from collections.abc import Iterator
from functools import partial

from truceline.reports.coordinates import MAX_ERROR_M
from truceline.reports.fields import BadField, Cells, code_of, must, whole_of
from truceline.reports.report import Covered, Receipt, Report, Unreadable
from truceline.reports.statement import COLUMN_NAMES
from truceline.reports.tables import Columns, read_table
from truceline.reports.times import stretch_of
from truceline.reports.watching import KINDS, own_place, state_of

_SHARED = ("time", "until", "zone", "position", "lat", "lon", "datum", "wording")
COLUMNS = Columns(
    names={name: COLUMN_NAMES[name] for name in _SHARED}
    | {
        "watcher": ("спостерігач", "наблюдатель"),
        "kind": ("вид",),
        "date": ("from", "дата", "від", "от"),
        "reach_m": ("радіус_м", "радиус_м"),
        "state": ("стан", "состояние"),
        "reason": ("причина",),
    },
    required=(
        (("watcher",),),
        (("kind",),),
        (("date",),),
        (("until",),),
        (("position",), ("lat", "lon")),
        (("reach_m",),),
        (("state",),),
    ),
    page="docs/formats/sources/coverage.md",
)


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:
    """Yield one stretch of watching, or of not watching, per row, in order."""
    return read_table(raw, COLUMNS, partial(_covered, receipt=receipt))


def _covered(row: Cells, receipt: Receipt) -> Covered:
    kind = must(row, "kind").casefold()
    if kind not in KINDS:
        raise BadField(f"kind {kind!r} is not read; write one of {', '.join(sorted(KINDS))}")
    must(row, "state")
    state, reason = state_of(row)
    reach_m = whole_of(must(row, "reach_m"), "reach_m", low=1, high=MAX_ERROR_M)
    return Covered(
        watcher=code_of(must(row, "watcher"), "watcher"),
        kind=kind,
        span=stretch_of(
            must(row, "date"),
            row["time"],
            must(row, "until"),
            stated_zone=row["zone"],
            file_zone=receipt.zone,
        ),
        place=own_place(row, "", reach_m),
        state=state,
        reason=reason,
        wording=row["wording"],
    )
