"""The annex file: every claim behind a bulletin's figures, one row each, in CSV (RFC 4180).

The printed annex cuts long groups; this never does. Columns are codes, the same in every
language, specified in docs/formats/bulletin.md.
"""

import csv
from io import StringIO

from truceline.bulletins.snapshot import ClaimLine, Snapshot
from truceline.values.counts import Count
from truceline.values.instant import Span, iso
from truceline.values.mode import Mode
from truceline.values.place import Place

COLUMNS = (
    *(
        "number",
        "period",
        "speaker",
        "owner",
        "stance",
        "basis",
        "act",
        "given",
        "chain",
        "accused",
    ),
    *("from", "until", "count_low", "count_high"),
    *("lat_e7", "lon_e7", "a_m", "b_m", "bearing_deg", "confidence_bp", "area", "also"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def annex(snapshot: Snapshot) -> bytes:
    """Every claim of a snapshot, ordered by number. In a replay nobody is named as accused."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in sorted(snapshot.claims, key=lambda each: (each.entry, each.row)):
        accused = () if snapshot.mode is Mode.REPLAY else line.accused
        writer.writerow([*_who(line, accused), *_when(line), *_how_many(line), *_where(line)])
    return out.getvalue().encode()


def _who(line: ClaimLine, accused: tuple[str, ...]) -> list[str]:
    period = "earlier" if line.late else "this"
    codes = [line.speaker, line.owner, line.stance.value, line.basis.value, line.act, line.given]
    listed = [";".join(line.chain), ";".join(sorted(accused))]
    return [line.id, period, *(_plain(each) for each in (*codes, *listed))]


def _when(line: ClaimLine) -> list[str]:
    if not isinstance(line.span, Span):
        return ["", ""]
    return [iso(line.span.from_us), iso(line.span.until_us)]


def _how_many(line: ClaimLine) -> list[str]:
    if not isinstance(line.count, Count):
        return ["", ""]
    return [str(line.count.low), "" if line.count.high is None else str(line.count.high)]


def _where(line: ClaimLine) -> list[str]:
    area = [_plain(line.area), _plain(";".join(line.also))]
    if not isinstance(line.place, Place):
        return [*[""] * 6, *area]
    place = line.place
    numbers = (place.lat_e7, place.lon_e7, place.a_m, place.b_m)
    return [str(n) for n in (*numbers, place.bearing_deg, place.confidence_bp)] + area


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula, on one line."""
    said = " ".join(text.split())
    return f"'{said}" if said.startswith(_FORMULA) else said
