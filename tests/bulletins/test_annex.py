"""The annex file: every claim, for a spreadsheet or a program."""

import csv
from dataclasses import replace

from tests.bulletins.days import CLAIMS, claim, day
from truceline.bulletins.annex import COLUMNS, annex
from truceline.values.mode import Mode


def rows(raw: bytes) -> list[dict[str, str]]:
    """The rows by column."""
    return list(csv.DictReader(raw.decode().splitlines()))


def test_the_annex_file_holds_every_claim_however_many() -> None:
    """The printed annex is cut; this is not."""
    many = tuple(claim(row, "VEL") for row in range(1, 2_001))
    assert [row["number"] for row in rows(annex(day(claims=many)))] == [line.id for line in many]


def test_the_annex_file_does_not_depend_on_the_order_of_rows() -> None:
    """Same claims, same bytes."""
    assert annex(day(claims=CLAIMS[::-1])) == annex(day())
    assert annex(day()).splitlines()[0].decode() == ",".join(COLUMNS)


def test_a_lower_bound_leaves_the_upper_cell_empty() -> None:
    """At least three is `3` and nothing, not `3` and `3`."""
    first = rows(annex(day()))[0]
    assert (first["count_low"], first["count_high"], first["lat_e7"]) == ("3", "", "476120000")
    assert rows(annex(day()))[2]["count_low"] == ""


def test_a_replay_s_annex_names_nobody_as_accused() -> None:
    """The file is held to the same rule as the page."""
    named, unnamed = annex(day()), annex(day(mode=Mode.REPLAY))
    assert {row["accused"] for row in rows(named)} == {"", "TOR", "VEL"}
    assert {row["accused"] for row in rows(unnamed)} == {""}


def test_no_cell_is_a_formula() -> None:
    """A name from a feed must not run in a reader's spreadsheet."""
    nasty = '=HYPERLINK("http://x";"y")'
    line = replace(claim(1, nasty), chain=("@SUM(A1)", "+1"), area="-2")
    row = rows(annex(day(claims=(line,))))[0]
    assert row["speaker"] == f"'{nasty}"
    assert not any(
        cell.startswith(("=", "+", "-", "@"))
        for name, cell in row.items()
        if not name.endswith("_e7")
    )
