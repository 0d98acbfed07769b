"""Headlines with a time, a place and labels, from the VIINA data, as a Parquet file.

Format: docs/formats/sources/viina-headlines.md.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.reports.decoding import nfc
from truceline.reports.fields import BadField
from truceline.reports.report import Receipt, Report, Said, Unreadable
from truceline.reports.rows import MAX_ROW_BYTES
from truceline.reports.viina import KYIV, day_span, settlement
from truceline.values.acts import EXPLOSION, UNKNOWN
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US, MINUTE_US, Span, local_span
from truceline.values.place import Place
from truceline.values.signatures import Basis

PAGE = "docs/formats/sources/viina-headlines.md"
OUTLET = "unnamed-outlet"
LOOK_BACK_US = 6 * HOUR_US
# The only labels whose definition in VIINA's codebook is an act; the page says why no other.
ACT_OF_LABEL = {
    "artillery": "fire",
    "airstrike": "strike",
    "firefight": "fire",
    "ied": EXPLOSION,
}
_WANTED = {
    "datetime": str,
    "lon": float,
    "lat": float,
    "pseudo_centroid": bool,
    "labels": str,
    "lang": str,
    "headline": str,
    "report_key": str,
}
_IN_WORDS: dict[type, str] = {str: "text", float: "number with a fraction", bool: "true or false"}
_STAMP = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})")
_LANGUAGES = frozenset({"uk", "ru", "und"})
_encode = msgspec.json.Encoder(order="sorted").encode
_BATCH = 4096


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:  # noqa: ARG001 - every source takes one
    """Yield one report per row, in order, exact duplicates included.

    The receipt's zone and language do not apply. Where the file breaks off inside, the rows up to
    there are read and one Unreadable stands for the rest.
    """
    number = 0
    try:
        with pa.BufferReader(raw) as opened, pq.ParquetFile(opened) as file:
            _refuse_missing(file.schema_arrow.names)
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield _read(row, number)
    except (pa.ArrowException, BadField, OSError, ValueError) as problem:
        trouble = "the file breaks off here" if number else "no Parquet file of headlines"
        yield Unreadable(
            row=number + 1 if number else 0,
            line=number + 1,
            raw=b"" if number else raw,
            reason=f"{trouble}: {problem}; see {PAGE}",
        )


def _refuse_missing(names: list[str]) -> None:
    missing = [name for name in (*_WANTED, "place_name") if name not in names]
    if missing:
        raise BadField(f"no column {', '.join(missing)}; found {', '.join(names)[:300]}")


def _read(row: Mapping[str, object], number: int) -> Report | Unreadable:
    kept = _encode({name: _plain(value) for name, value in row.items()})
    try:
        _refuse_long(kept)
        body = _said(row)
    except (BadField, BadValue) as problem:
        return Unreadable(row=number, line=number, raw=kept, reason=str(problem))
    return Report(row=number, line=number, raw=kept, body=body)


def _refuse_long(kept: bytes) -> None:
    if len(kept) > MAX_ROW_BYTES:
        raise BadField(f"the row is {len(kept)} bytes long, the limit is {MAX_ROW_BYTES}")


def _plain(value: object) -> object:
    """A cell as JSON without floats: one number, one spelling."""
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _said(row: Mapping[str, object]) -> Said:
    for name, kind in _WANTED.items():
        if not isinstance(row[name], kind):
            raise BadField(f"{name} {row[name]!r} is no {_IN_WORDS[kind]}")
    stamp, labels, language = str(row["datetime"]), str(row["labels"]), str(row["lang"])
    span, said_us = _times(stamp)
    return Said(
        speaker=OUTLET,
        chain=(OUTLET,),
        basis=Basis.TOLD,
        span=span,
        said_us=said_us,
        place=_place(row),
        act=act_of_labels(labels),
        type_given=f"labels {labels}" if labels else "",
        wording=nfc(str(row["headline"])),
        language=language if language in _LANGUAGES else "und",
        origin=f"viina-report:{row['report_key']}",
    )


def _place(row: Mapping[str, object]) -> Place:
    lat, lon, area = row["lat"], row["lon"], row["pseudo_centroid"]
    assert isinstance(lat, float)
    assert isinstance(lon, float)
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # so written, not-a-number is refused too
        raise BadField(f"lat {lat}, lon {lon} is not on the globe")
    name = row["place_name"]
    return settlement(lat, lon, nfc(name) if isinstance(name, str) else "", area=area is True)


@lru_cache(maxsize=1024)
def act_of_labels(labels: str) -> str:
    """The act that the labels' published definitions name; `unknown` where they name none.

    >>> act_of_labels("artillery|loc"), act_of_labels("airstrike|artillery"), act_of_labels("uav")
    ('fire', 'explosion', 'unknown')
    """
    acts = {ACT_OF_LABEL[label] for label in labels.split("|") if label in ACT_OF_LABEL}
    if len(acts) > 1:
        return EXPLOSION
    return acts.pop() if acts else UNKNOWN


@lru_cache(maxsize=4096)
def _times(stamp: str) -> tuple[Span, int | None]:
    """When it happened at the latest and earliest, and when it was said, if a time is given."""
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise BadField(f"datetime {stamp!r} is not YYYY-MM-DD HH:MM:SS")
    year, month, day, hour, minute, second = map(int, found.groups())
    whole_day = day_span(year, month, day, stamp)
    if (hour, minute, second) == (0, 0, 0):
        return whole_day, None
    try:
        naive = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - zoned by local_span
    except ValueError as problem:
        raise BadField(f"datetime {stamp!r} is on no clock") from problem
    minute_said = local_span(naive, KYIV)
    earliest_us = min(whole_day.from_us, minute_said.from_us - LOOK_BACK_US)
    until_us = minute_said.until_us - 1 + MINUTE_US
    return Span(from_us=earliest_us, until_us=until_us, said=stamp), minute_said.from_us
