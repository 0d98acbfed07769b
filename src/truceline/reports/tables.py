"""A CSV format: its columns, and the reading of a file by them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.reports.decoding import Lines, NotText, lines_of, nfc
from truceline.reports.fields import BadField, Cells
from truceline.reports.report import Covered, Report, Said, Unreadable
from truceline.reports.rows import MAX_ROW_BYTES, rows_of, split
from truceline.values.errors import BadValue, TrucelineError

_DELIMITERS = ",;\t"


class NoTable(TrucelineError):
    """The header is missing or short of a column; the message names it and what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a format.

    names: each column's own name → other spellings it is known by, in lower case.
    required: alternatives, one of which must be there whole: `(("position",), ("lat", "lon"))`.
    page: where the format is specified, for the message.
    """

    names: Mapping[str, Sequence[str]]
    required: Sequence[Sequence[Sequence[str]]]
    page: str

    def places_in(self, header: Sequence[str]) -> dict[str, int]:
        """Where each known column stands; NoTable names one that is missing or there twice."""
        known = {name: name for name in self.names} | {
            spelling: name for name, others in self.names.items() for spelling in others
        }
        found: dict[str, int] = {}
        for place, cell in enumerate(header):
            name = known.get(cell)
            if name in found:
                raise NoTable(f"column {name} is there twice; remove one ({self.page})")
            if name is not None:
                found[name] = place
        self._refuse_missing(found, header)
        return found

    def _refuse_missing(self, found: Mapping[str, int], header: Sequence[str]) -> None:
        missing = [
            " or ".join(" and ".join(names) for names in alternatives)
            for alternatives in self.required
            if not any(all(name in found for name in names) for names in alternatives)
        ]
        if missing:
            there = ", ".join(header)[:300] or "nothing"
            raise NoTable(
                f"no column {'; no column '.join(missing)}; found {there}; "
                f"name the columns as {self.page} says"
            )


@dataclass(frozen=True, slots=True)
class _Table:
    """Which lines are above the rows, how rows are split, and which cell is which."""

    after: int
    delimiter: str
    width: int
    places: Mapping[str, int]


def read_table(
    raw: bytes, columns: Columns, body_of: Callable[[Cells], Said | Covered]
) -> Iterator[Report | Unreadable]:
    """Yield a Report or an Unreadable for each row of a CSV, in order.

    What body_of raises as BadField or BadValue becomes the row's reason.
    """
    try:
        lines = lines_of(raw)
        table = _table_in(lines, columns)
    except (NotText, NoTable) as problem:
        yield Unreadable(row=0, line=1, raw=raw, reason=str(problem))
        return
    for row in rows_of(lines, after=table.after, delimiter=table.delimiter, width=table.width):
        if row.cells is None:
            yield Unreadable(row=row.number, line=row.line, raw=row.raw, reason=row.problem)
            continue
        try:
            body = body_of(Cells(table.places, row.cells))
        except (BadField, BadValue) as problem:
            yield Unreadable(row=row.number, line=row.line, raw=row.raw, reason=str(problem))
        else:
            yield Report(row=row.number, line=row.line, raw=row.raw, body=body)


def _table_in(lines: Lines, columns: Columns) -> _Table:
    start = next((i for i, text in enumerate(lines.texts) if text is None or text.strip()), None)
    if start is None:
        raise NoTable(f"the file is empty; its first line names the columns ({columns.page})")
    delimiter, start = _declared_delimiter(lines, start)
    header = lines.texts[start] if start < len(lines.texts) else ""
    if header is None or "\0" in header or len(header) > MAX_ROW_BYTES:
        raise NoTable(
            f"line {start + 1}, the header, is no {lines.encoding} text; save the file as UTF-8"
        )
    delimiter = delimiter or max(_DELIMITERS, key=header.count)
    names = split(header, delimiter)
    if names is None:
        raise NoTable(f"line {start + 1}, the header, has a quote that is not closed")
    places = columns.places_in([" ".join(nfc(name).casefold().split()) for name in names])
    return _Table(start + 1, delimiter, len(names), places)


def _declared_delimiter(lines: Lines, start: int) -> tuple[str, int]:
    """A delimiter named above the header, as spreadsheets write it, and where the header is."""
    text = lines.texts[start] or ""
    if len(text) == 5 and text.lower().startswith("sep=") and text[4] in _DELIMITERS:
        return text[4], start + 1
    return "", start
