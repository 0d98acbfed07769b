"""Physical lines into rows of cells that keep their bytes and their line.

The standard reader alone will not do: a quote that is never closed makes it swallow the rest of
the file. The rule for that is in docs/formats/sources/README.md: such a quote costs its own line.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.reports.decoding import Lines

MAX_ROW_BYTES = 64 * 1024
MAX_ROW_LINES = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it came; where cells is None, problem says why it could not be split."""

    number: int
    line: int
    raw: bytes
    cells: list[str] | None
    problem: str


def rows_of(lines: Lines, *, after: int, delimiter: str, width: int) -> Iterator[Row]:
    """Split the lines after the first `after` into rows, numbered from 1; blank lines are none."""
    index, number = after, 0
    while index < len(lines.texts):
        text = lines.texts[index]
        if text is not None and delimiter not in text and not text.strip():
            index += 1
            continue
        number += 1
        taken, cells, problem = _row_at(lines, index, delimiter, width)
        raw = b"".join(lines.raws[index : index + taken])
        yield Row(number, index + 1, lines.without_ending(raw), cells, problem)
        index += taken


def split(text: str, delimiter: str) -> list[str] | None:
    """Split one row into cells; None where a quote is open or misplaced.

    >>> split('7;"a ""b""; c"', ";"), split('7;"a', ";")
    (['7', 'a "b"; c'], None)
    """
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _row_at(
    lines: Lines, index: int, delimiter: str, width: int
) -> tuple[int, list[str] | None, str]:
    """How many lines the row at an index takes, and its cells or what is wrong with it."""
    text = lines.texts[index]
    if text is None or (problem := _unfit(text, len(lines.raws[index]))):
        damage = f"these bytes are not {lines.encoding}; save the file as UTF-8"
        return 1, None, damage if text is None else problem
    taken, cells = 1, split(text, delimiter)
    if cells is None:
        taken, cells = _joined(lines, index, delimiter, width)
    if cells is None:
        problem = "a quote is not closed or misplaced; double the quotes inside a quoted cell"
    elif len(cells) != width:
        problem = _wrong_width(len(cells), width, delimiter)
    elif not any(cell.strip() for cell in cells):
        problem = "every cell of the row is empty"
    return taken, None if problem else cells, problem


def _unfit(text: str, size: int) -> str:
    if "\0" in text:
        return "the row holds a NUL byte; save the file again from where it was made"
    if size > MAX_ROW_BYTES:
        return f"the row is {size} bytes long, the limit is {MAX_ROW_BYTES}"
    return ""


def _joined(lines: Lines, index: int, delimiter: str, width: int) -> tuple[int, list[str] | None]:
    """Go on to the line that closes the quote; (1, None) where none does by the rule."""
    text = lines.texts[index] or ""
    size = len(lines.raws[index])
    for taken in range(2, min(MAX_ROW_LINES, len(lines.texts) - index) + 1):
        if not _is_open(text, delimiter):
            break
        following = lines.texts[index + taken - 1]
        size += len(lines.raws[index + taken - 1])
        if following is None or "\0" in following or size > MAX_ROW_BYTES:
            break
        if len(split(following, delimiter) or ()) == width:
            break  # a row of its own: the quote above was never meant to reach it
        text = f"{text}\n{following}"
        cells = split(text, delimiter) if '"' in following else None
        if cells is not None:
            return (taken, cells) if len(cells) == width else (1, None)
    return 1, None


def _is_open(text: str, delimiter: str) -> bool:
    """Say whether the text ends inside quotes: exactly then one more quote completes it."""
    return split(text + '"', delimiter) is not None


def _wrong_width(found: int, wanted: int, delimiter: str) -> str:
    advice = "quote a cell that holds the delimiter, as a decimal comma"
    return f"the row has {found} cells, the header {wanted} (delimiter {delimiter!r}); {advice}"
