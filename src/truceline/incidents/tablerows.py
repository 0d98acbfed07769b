"""A table of claims, read row by row: CSV, JSON lines or Parquet into claims, or a reason why not.

Format: docs/formats/claims-table.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.claims.claim import Claim, Origin
from truceline.claims.reading import source_key
from truceline.reports.fields import (
    BadField,
    Cells,
    accused_of,
    act_of,
    choice_of,
    count_of,
    language_of,
    must,
    whole_of,
)
from truceline.reports.report import Receipt, Said, Unreadable
from truceline.reports.statement import COLUMN_NAMES, basis_of, when, where
from truceline.reports.tables import Columns, read_table
from truceline.values.acts import UNKNOWN
from truceline.values.audience import ALL
from truceline.values.errors import BadValue
from truceline.values.place import Place
from truceline.values.signatures import Stance
from truceline.values.unknown import NOT_GIVEN, Unknown

PAGE = "docs/formats/claims-table.md"
_OWN = (
    "claim error_b_m bearing speaker word_of party stance about ref source_key".split()  # noqa: SIM905 - reads as the page does
)
COLUMNS = Columns(
    names={**{n: o for n, o in COLUMN_NAMES.items() if n != "ref"}, **dict.fromkeys(_OWN, ())}
    | {"claim": ("claim_id",)},
    required=((("claim",),),),
    page=PAGE,
)
_STANCES = {stance.value: stance for stance in Stance}
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})#(0|[1-9][0-9]{0,14})")
_RECEIPT = Receipt(source="claims-table", name="", owner="", received_us=0, zone="UTC")
_BATCH = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim as the table gives it: its number there, whose party's it is, what is said."""

    claim: str
    party: str
    source_key: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that was not read: its data row, counted from 1 (0: the whole file), and why."""

    row: int
    reason: str


def read_rows(raw: bytes, suffix: str) -> tuple[list[Row], list[Refused]]:
    """Read a table by its ending (`.csv`, `.jsonl`, `.parquet`). BadValue for any other ending."""
    readers = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}
    if suffix.lower() not in readers:
        raise BadValue(f"a table of claims ends in .csv, .jsonl or .parquet, not {suffix!r}")
    rows: dict[str, Row] = {}
    refused = []
    for number, row in readers[suffix.lower()](raw):
        if isinstance(row, str):
            refused.append(Refused(row=number, reason=row))
        elif row.claim in rows:
            refused.append(Refused(row=number, reason=f"claim {row.claim!r} is there twice"))
        else:
            rows[row.claim] = row
    return list(rows.values()), refused


def numbered(rows: list[Row]) -> dict[str, Claim]:
    """Claims by the number the record would give them, from which the table's own is looked up.

    Rows numbered `17#3` keep that order and come first, the others follow as text, so that the
    order of the file never matters.
    """
    parties = {row.party for row in rows if row.party}
    ordered = sorted(rows, key=lambda row: (_place_of(row.claim), row.claim))
    row_of = {row.claim: number for number, row in enumerate(ordered, start=1)}
    claims = {}
    for row in ordered:
        target = row_of.get(row.said.about)
        said = row.said
        if target is not None:
            said = replace(said, about=f"0#{target}")
        elif _NUMBER.fullmatch(said.about):  # a number that nothing here has
            said = replace(said, about="")
        origin = Origin(
            entry=0,
            row=row_of[row.claim],
            owner=row.party or said.speaker,
            audience=ALL,
            interested=bool(row.party),
            known_us=0,
        )
        key = row.source_key or source_key(said, interested=bool(row.party), parties=parties)
        claims[row.claim] = Claim(origin=origin, said=said, source_key=key)
    return claims


def _place_of(claim: str) -> tuple[int, int, int]:
    found = _NUMBER.fullmatch(claim)
    return (0, int(found[1]), int(found[2])) if found else (1, 0, 0)


def _csv(raw: bytes) -> Iterator[tuple[int, Row | str]]:
    read: list[Row] = []

    def body(cells: Cells) -> Said:
        read.append(_row(cells))
        return read[-1].said

    for one in read_table(raw, COLUMNS, body):
        yield one.row, one.reason if isinstance(one, Unreadable) else read[-1]


def _jsonl(raw: bytes) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if line.strip():
            yield number, _from_json(line)


def _from_json(line: bytes) -> Row | str:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return f"no JSON: {problem}"
    if not isinstance(found, dict):
        return f"a line holds one object, not {type(found).__name__}; see {PAGE}"
    return _from_mapping(found)


def _parquet(raw: bytes) -> Iterator[tuple[int, Row | str]]:
    number = 0
    try:
        with pa.BufferReader(raw) as opened, pq.ParquetFile(opened) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for found in batch.to_pylist():
                    number += 1
                    yield number, _from_mapping(found)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as problem:
        yield (number + 1 if number else 0), f"no Parquet from here on: {problem}"


def _from_mapping(found: Mapping[str, object]) -> Row | str:
    names = {name.casefold(): name for name in found}
    texts: list[str] = []
    places: dict[str, int] = {}
    for column, others in COLUMNS.names.items():
        given = next((names[name] for name in (column, *others) if name in names), None)
        value = found[given] if given is not None else None
        if value is None:
            continue
        if isinstance(value, bool | dict | list | bytes):
            return f"{column} holds {type(value).__name__}; write text or a number"
        places[column] = len(texts)
        texts.append(str(value))
    try:
        return _row(Cells(places, texts))
    except (BadField, BadValue) as problem:
        return str(problem)


def _row(cells: Cells) -> Row:
    claim = must(cells, "claim")
    speaker = cells["speaker"] or cells["party"] or claim
    act, type_given = act_of(cells["act"]) if cells["act"] else (UNKNOWN, "")
    said = Said(
        speaker=speaker,
        chain=(speaker, cells["word_of"]) if cells["word_of"] else (speaker,),
        ref=cells["ref"],
        basis=basis_of(cells["basis"]),
        stance=_stance(cells["stance"]),
        span=when(cells, _RECEIPT) if cells["date"] else NOT_GIVEN,
        place=_ellipse(cells),
        act=act,
        type_given=type_given,
        count=count_of(cells["count"]),
        accused=accused_of(cells["accused"]),
        wording=cells["wording"],
        language=language_of(cells["language"], "und"),
        origin=cells["origin"],
        about=cells["about"],
    )
    return Row(claim=claim, party=cells["party"], source_key=cells["source_key"], said=said)


def _stance(text: str) -> Stance:
    return choice_of(text, "stance", _STANCES) if text else Stance.ASSERTS


def _ellipse(cells: Cells) -> Place | Unknown:
    place = where(cells)
    if not (cells["error_b_m"] or cells["bearing"]) or not isinstance(place, Place):
        return place
    across = whole_of(must(cells, "error_b_m"), "error_b_m", low=1, high=1_000_000)
    bearing = whole_of(must(cells, "bearing"), "bearing", low=0, high=179)
    return replace(place, b_m=across, bearing_deg=bearing)
