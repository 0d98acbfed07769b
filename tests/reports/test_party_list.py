"""A party's list: one bad row never loses the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.party_file import BROKEN, Broken, good_row, party_file
from tests.reports.rendering import receipt
from truceline.reports.report import Report, Said, Unreadable
from truceline.reports.sources.party_list import parse
from truceline.values.counts import at_least
from truceline.values.instant import MINUTE_US


def test_ten_thousand_rows_with_thirty_seven_broken_ones() -> None:
    """9,963 claims and 37 unreadable rows, each with its number, its line, its bytes and its reason."""
    broken = {250 * place + 117: kind for place, kind in enumerate(BROKEN[:37], start=1)}
    raw = party_file(10_000, broken)
    found = list(parse(raw, receipt()))
    unreadable = [row for row in found if isinstance(row, Unreadable)]
    assert len(found) - len(unreadable) == 9_963
    assert [row.row for row in unreadable] == sorted(broken)
    assert [row.row for row in found] == list(range(1, 10_001))
    lines = raw.splitlines(keepends=True)
    for row in unreadable:
        assert broken[row.row].reason in row.reason
        assert row.raw + b"\r\n" == broken[row.row].row == lines[row.line - 1]


@pytest.mark.parametrize("kind", BROKEN, ids=[kind.reason for kind in BROKEN])
def test_a_broken_row_costs_itself_only(kind: Broken) -> None:
    """In the middle, at the head and at the end of a file, and many times over."""
    for places in ({1}, {20}, {40}, {7, 8, 9}):
        found = list(parse(party_file(40, dict.fromkeys(places, kind)), receipt()))
        assert {row.row for row in found if isinstance(row, Unreadable)} == places
        assert len(found) == 40


@given(
    st.lists(st.sampled_from(BROKEN) | st.integers(1, 9_999), min_size=1, max_size=25),
    st.sampled_from([b"\r\n", b"\n", b"\r"]),
)
def test_as_many_rows_come_out_as_were_given(given_rows: list[Broken | int], ending: bytes) -> None:
    """In any mixture and with any line end, the same rows are read and the same are not."""
    rows = [good_row(row) if isinstance(row, int) else row.row for row in given_rows]
    raw = party_file(0, {}) + b"".join(rows)
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", ending)
    found = list(parse(raw, receipt()))
    assert [isinstance(row, Report) for row in found] == [
        isinstance(row, int) for row in given_rows
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_file() -> None:
    """A plain reader would take everything after it for one cell."""
    rows = [b'V-1,2026-03-23,,"47.5, -34.1",WGS84,fire,TOR,"never closed\n']
    rows += [b'V-2,2026-03-23,,"47.5, -34.1",WGS84,fire,TOR,"closed, and quoted"\n'] * 300
    raw = b"ref,date,time,position,datum,act,accused,wording\n" + b"".join(rows)
    found = list(parse(raw, receipt()))
    assert [row.row for row in found if isinstance(row, Unreadable)] == [1]
    assert len(found) == 301


def test_a_quoted_cell_may_run_over_lines_and_the_row_keeps_them() -> None:
    """Its bytes are those of all its lines, and the next row knows on which line it stands."""
    raw = (
        b"ref,date,position,act,accused,wording\n"
        b'V-1,2026-03-23,"47.5, -34.1",fire,TOR,"first line\n\nthird, ""quoted"" line"\n'
        b'V-2,2026-03-23,"47.5, -34.1",fire,TOR,next\n'
    )
    first, second = parse(raw, receipt())
    assert isinstance(first, Report)
    assert isinstance(first.body, Said)
    assert first.body.wording == 'first line\n\nthird, "quoted" line'
    assert first.raw.count(b"\n") == 2
    assert (first.line, second.line) == (2, 5)


def test_the_same_row_twice_is_two_rows() -> None:
    """Whether a repetition is a mistake or an insistence is not for the reader of files to decide."""
    raw = party_file(0, {}) + good_row(4) * 2
    first, second = parse(raw, receipt())
    assert first.raw == second.raw
    assert (first.row, second.row) == (1, 2)


def test_what_a_party_hands_in_is_its_own_word_to_the_minute() -> None:
    """Speaker and chain are whoever handed the file in, whatever the row says."""
    (row,) = parse(
        party_file(0, {}) + BROKEN[0].row.replace(b"02-30", b"02-20").replace(b",3,", b",3+,"),
        receipt(),
    )
    assert isinstance(row, Report)
    said = row.body
    assert isinstance(said, Said)
    assert (said.speaker, said.chain, said.accused) == ("VEL", ("VEL",), ("TOR",))
    assert said.count == at_least(3)
    assert not isinstance(said.span, str)
    assert said.span.until_us - said.span.from_us == MINUTE_US  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (
            b"ref,date,act,accused\n",
            "no column position or lat and lon; found ref, date, act, accused",
        ),
        (b"ref;date;position;accused\n", "no column act"),
        (b"ref,date,position,act,accused,ref\n", "column ref is there twice"),
        ("номер,id,date,position,act,accused\n".encode(), "column ref is there twice"),
        (b'ref,"date,position,act\n', "a quote that is not closed"),
        (b"", "the file is empty"),
        (b"\r\n \r\n", "the file is empty"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"\xff\xfe\x00\x00r\x00\x00\x00", "UTF-32"),
        (b"r\0e\0f\0,\0d\0a\0t\0e\0\n\0", "save the file as UTF-8"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_once(header: bytes, named: str) -> None:
    """One unreadable with number 0 that names what is missing, what was found and what to do."""
    raw = header + (b"V-1,2026-03-23,x,y\n" if header.strip() and header[:2] != b"PK" else b"")
    (row,) = parse(raw, receipt())
    assert isinstance(row, Unreadable)
    assert (row.row, row.raw) == (0, raw)
    assert named in row.reason


def test_a_list_may_be_headed_in_ukrainian_and_russian() -> None:
    """Nobody has to translate their ledger before handing it in."""
    uk = "№;дата;час;координати;похибка_м;дія;сторона;опис\n1;23.03.2026;02:10;47,5123; -34,1\n".replace(
        "47,5123; -34,1", '"47,5123; -34,1000";200;мінометний вогонь;TOR;вибухи'
    )
    ru = (
        uk.replace("час", "время")
        .replace("координати", "координаты")
        .replace("похибка", "погрешность")
    )
    ru = (
        ru.replace("дія", "действие")
        .replace("опис", "описание")
        .replace("мінометний вогонь", "миномётный огонь")
    )
    bodies = []
    for text in (uk, ru):
        (row,) = parse(text.encode(), receipt())
        assert isinstance(row, Report), row
        assert isinstance(row.body, Said)
        bodies.append((row.body.act, row.body.place, row.body.span))
    assert bodies[0] == bodies[1]
    assert bodies[0][0] == "fire.mortar"
