"""A reading as a table: one line per item, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from truceline.talks.reading.reading import Read, Reading

COLUMNS = (
    "file",
    "item",
    "id",
    "start",
    "end",
    "text",
    "who",
    "value",
    "kind",
    "confidence",
    "rule",
)


def table(reading: Reading) -> str:
    """The items of every document as CSV, UTF-8, one header line; a cell never begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in reading.documents:
        writer.writerows([_safe(cell) for cell in row] for row in _rows(one))
    return out.getvalue()


def _safe(cell: object) -> str:
    """A leading = + - @ would make a spreadsheet calculate; a quote mark before it does not."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _rows(one: Read) -> Iterator[tuple[object, ...]]:
    file, raw, place = one.document.file, one.document.raw, one.document.place
    for quote in one.quotes:
        span = place(quote.span)
        yield (file, "quote", quote.id, span.start, span.end, span.of(raw), quote.speaker,
               None, quote.kind, quote.confidence, quote.rule)  # fmt: skip
    for statement in one.statements:
        span = place(statement.span)
        yield (file, "statement", statement.id, span.start, span.end, span.of(raw),
               statement.speaker, None, None, statement.confidence, statement.rule)  # fmt: skip
    for role in one.roles:
        span = place(role.span)
        yield (file, "role", None, span.start, span.end, span.of(raw), role.person,
               role.head, None, None, None)  # fmt: skip
    for day in one.days:
        value = f"{day.value} / {day.clash}" if day.clash else day.value
        span = place(day.span)
        yield (file, "date", None, span.start, span.end, span.of(raw), None,
               value, None, None, day.basis)  # fmt: skip
    for counted in one.numbers:
        number = counted.number
        span = place(number.span)
        yield (file, "number", None, span.start, span.end, span.of(raw),
               counted.attributed_to, f"{number.comparator} {number.value:g}", number.unit,
               None, None)  # fmt: skip
    for told in one.facts:
        span = place(told.proposal.span)
        fields = "; ".join(f"{key}={value}" for key, value in told.proposal.fields.items() if value)
        yield (file, told.proposal.kind, None, span.start, span.end, span.of(raw),
               told.attributed_to,
               fields, None, told.proposal.confidence, told.proposal.rule)  # fmt: skip
