"""The fusion engine on a table, as somebody without a centre uses it."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.incidents.naming import incident_id
from truceline.incidents.tablefile import Done, explained, fuse_table, pairs_table
from truceline.values.errors import BadValue

HEADER = "claim,date,time,lat,lon,error_m,act,speaker,party,about,stance,basis"
NIGHT = (
    "7#1,2026-03-24,02:10,47.6123,-34.2087,300,fire.mortar,VEL,VEL,,,",
    "8#4,2026-03-24,02:12,47.6173,-34.2087,1500,explosion,JVT-2,,,,heard",
    "11#1,,,,,,,TOR,TOR,7#1,denies,",
    "11#2,2026-03-24,14:30,47.9000,-33.9000,300,flight.uav,TOR,TOR,,,",
)


def table(*rows: str) -> bytes:
    """A CSV of claims."""
    return "\n".join((HEADER, *rows, "")).encode()


def incidents(done: Done) -> dict[str, str]:
    """Claim → incident, as a reader of the CSV finds it."""
    return {row["claim"]: row["incident"] for row in csv.DictReader(io.StringIO(done.out.decode()))}


def test_a_table_goes_in_and_its_incidents_come_out() -> None:
    """Each claim once, in the order of the numbers, with its incident."""
    done = fuse_table(table(*NIGHT), ".csv", ".csv")
    named = incidents(done)

    assert list(named) == ["7#1", "8#4", "11#1", "11#2"]
    assert named["7#1"] == named["8#4"] == named["11#1"] == incident_id("7#1")
    assert named["11#2"] == incident_id("11#2")
    assert done.refused == ()


def test_a_row_that_cannot_be_read_costs_only_itself() -> None:
    """It is refused by number and reason; the rest is fused as if it were not there."""
    broken = "12#1,24/03/26,02:10,47.6,-34.2,300,fire,VEL,VEL,,,"
    done = fuse_table(table(NIGHT[0], broken, *NIGHT[1:]), ".csv", ".csv")

    assert [(one.row, "24/03/26" in one.reason) for one in done.refused] == [(2, True)]
    assert incidents(done) == incidents(fuse_table(table(*NIGHT), ".csv", ".csv"))


def test_one_number_given_twice_is_refused_the_second_time() -> None:
    """Two claims under one number would be told apart by nothing."""
    done = fuse_table(table(NIGHT[0], NIGHT[0]), ".csv", ".csv")

    assert [one.row for one in done.refused] == [2]


@given(st.permutations(NIGHT))
def test_the_order_of_rows_changes_nothing(rows: list[str]) -> None:
    """Not a byte of any of the three outputs."""
    first, again = (fuse_table(table(*some), ".csv", ".csv") for some in (NIGHT, tuple(rows)))

    assert first.out == again.out
    assert pairs_table(first, ".csv") == pairs_table(again, ".csv")
    assert explained(first) == explained(again)


def test_a_later_row_does_not_rename_an_incident() -> None:
    """Numbers that people quote survive what arrives after them."""
    before = incidents(fuse_table(table(*NIGHT[1:]), ".csv", ".csv"))
    later = "90#1,2026-03-24,02:11,47.6173,-34.2087,1500,explosion,JVT-4,,,,heard"
    after = incidents(fuse_table(table(*NIGHT[1:], later), ".csv", ".csv"))

    assert after.pop("90#1") == before["8#4"]
    assert after == before


def test_every_format_says_the_same() -> None:
    """CSV, JSON lines and Parquet are three spellings of one table."""
    rows = list(csv.DictReader(io.StringIO(table(*NIGHT).decode())))
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    columns = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), columns)
    wanted = fuse_table(table(*NIGHT), ".csv", ".csv").out

    assert fuse_table(lines, ".jsonl", ".csv").out == wanted
    assert fuse_table(columns.getvalue(), ".parquet", ".csv").out == wanted
    as_lines = [json.loads(line) for line in fuse_table(lines, ".jsonl", ".jsonl").out.splitlines()]
    as_table = pq.read_table(io.BytesIO(fuse_table(lines, ".jsonl", ".parquet").out))
    assert as_lines == as_table.to_pylist()


def test_every_explained_pair_adds_up() -> None:
    """The reasons are the whole of the evidence, for the pairs that stand and for those that do not."""
    done = fuse_table(table(*NIGHT), ".csv", ".csv")
    pairs = list(csv.DictReader(io.StringIO(pairs_table(done, ".csv").decode())))
    told = [json.loads(line) for line in explained(done).splitlines()]

    assert pairs
    assert [(one["one"], one["other"]) for one in told] == [(p["one"], p["other"]) for p in pairs]
    for line, pair in zip(told, pairs, strict=True):
        assert line["millibits"] == int(pair["millibits"])
        assert line["millibits"] == sum(reason["millibits"] for reason in line["reasons"])


def test_another_ending_is_refused_by_name() -> None:
    """A workbook is no table of ours; the message says what is."""
    with pytest.raises(BadValue, match=r"\.csv, \.jsonl or \.parquet"):
        fuse_table(b"", ".xlsx", ".csv")
    with pytest.raises(BadValue, match=r"\.csv, \.jsonl or \.parquet"):
        fuse_table(table(), ".csv", ".xlsx")


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".jsonl", ".parquet"]))
def test_no_bytes_make_it_fail(raw: bytes, suffix: str) -> None:
    """What cannot be read is refused; nothing escapes."""
    fuse_table(raw, suffix, ".csv")


CELL = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["2026-03-24", "02:10", "47.6", "-34.2", "fire.mortar", "denies", "7#1", "0#1"]
    ),
    st.lists(st.integers(), max_size=1),
)
NAMES = st.sampled_from(
    [*HEADER.split(","), "error_b_m", "bearing", "count", "accused", "origin", "wording"]
)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(NAMES, CELL, max_size=9), max_size=6))
def test_no_cell_makes_it_fail(rows: list[dict[str, object]]) -> None:
    """Every row of well-formed JSON is either a claim or refused with a reason."""
    raw = "\n".join(json.dumps(row) for row in rows).encode()
    done = fuse_table(raw, ".jsonl", ".jsonl")

    assert len(done.numbers) + len(done.refused) == len(rows)
    assert all(one.reason for one in done.refused)
    pairs_table(done, ".parquet")
