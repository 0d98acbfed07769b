"""One outlet's report of one event, from the VIINA data; a type letter is never guessed at.

Format: docs/formats/sources/viina-events.md.
"""

import re
from collections.abc import Iterator

from truceline.reports.fields import BadField, Cells, must
from truceline.reports.report import Receipt, Report, Said, Unreadable
from truceline.reports.tables import Columns, read_table
from truceline.reports.viina import day_span, settlement
from truceline.values.acts import UNKNOWN
from truceline.values.instant import Span
from truceline.values.signatures import Basis

# silver_event_id, n_reports and nsrc are not among them: somebody else's grouping of these very
# rows, so to read them as evidence would be to let a report vouch for itself.
_READ = ("date", "lat", "lon", "place", "pseudo_centroid", "type_code", "source", "url")
COLUMNS = Columns(
    names=dict.fromkeys(_READ, ()),
    required=tuple(((name,),) for name in _READ),
    page="docs/formats/sources/viina-events.md",
)
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_TRUTH = {"True": True, "False": False}


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:  # noqa: ARG001 - every source takes one
    """Yield one outlet's report per row, in order. The receipt's zone and language do not apply."""
    return read_table(raw, COLUMNS, _said)


def _said(row: Cells) -> Said:
    lat, lon, pseudo = row["lat"], row["lon"], row["pseudo_centroid"]
    if not (_DEGREES.fullmatch(lat) and _DEGREES.fullmatch(lon)):
        raise BadField(f"lat {lat!r}, lon {lon!r} are not decimal degrees")
    if pseudo not in _TRUTH:
        raise BadField(f"pseudo_centroid {pseudo!r} is neither True nor False")
    outlet = must(row, "source")
    return Said(
        speaker=outlet,
        chain=(outlet,),
        basis=Basis.TOLD,
        span=_day(row["date"]),
        place=settlement(float(lat), float(lon), row["place"], area=_TRUTH[pseudo]),
        act=UNKNOWN,
        type_given=f"unknown (code {row['type_code']})",
        origin=row["url"],
    )


def _day(text: str) -> Span:
    found = _DAY.fullmatch(text)
    if found is None:
        raise BadField(f"date {text!r} is not YYYYMMDD")
    return day_span(int(found[1]), int(found[2]), int(found[3]), text)
