"""Real past reports: every row accounted for, nothing read into them that nobody said."""

from collections import Counter
from pathlib import Path

import pytest

from tests.reports.rendering import receipt
from truceline.reports.report import Report, Said, Unreadable
from truceline.reports.sources import SOURCES
from truceline.reports.sources.viina_headlines import ACT_OF_LABEL, act_of_labels
from truceline.reports.viina import AREA_ERROR_M, SETTLEMENT_ERROR_M
from truceline.values.acts import ACTS
from truceline.values.instant import DAY_US, HOUR_US, Span
from truceline.values.place import Place

DATA = Path(__file__).parents[3] / "shared" / "data" / "dev"
HEADER = b"silver_event_id,date,lon,lat,place,pseudo_centroid,type_code,n_reports,nsrc,source,url\n"


def real(name: str) -> bytes:
    """The bytes of a real file; skips where the folder is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real data are not here: {name} is looked for in ../shared/data/dev")
    return path.read_bytes()


def events(rows: bytes) -> list[Said]:
    """What rows of an events file say."""
    found = []
    for row in SOURCES["viina-events"](HEADER + rows, receipt()):
        assert isinstance(row, Report)
        assert isinstance(row.body, Said)
        found.append(row.body)
    return found


def test_a_letter_without_a_key_is_never_guessed_at() -> None:
    """F may be fire, a firefight, a flood or something else: the act is unknown, the letter kept."""
    rows = b"".join(
        b"20260323-1,20260323,-34.1,47.5,Lantern Point,False,%c,1,1,tide_wire,https://tide.example/%c\n"
        % (c, c)
        for c in b"ACDFLMOSV"
    )
    said = events(rows)
    assert {one.act for one in said} == {"unknown"}
    assert [one.type_given for one in said] == [
        f"unknown (code {letter})" for letter in "ACDFLMOSV"
    ]


def test_somebody_elses_grouping_is_never_evidence() -> None:
    """Rows that differ only in how others grouped and counted them say the same."""
    row = b"%s,20260323,-34.1,47.5,Lantern Point,False,O,%d,%d,tide_wire,https://tide.example/1\n"
    one, other = events(row % (b"20260323-1", 1, 1) + row % (b"20260323-9", 16, 5))
    assert one == other


def test_a_day_is_a_day_in_kyiv_and_an_area_is_not_a_point() -> None:
    """23 hours on 29 March, and a hundred kilometres where the point stands for an oblast."""
    row = b"1,202603%d,-34.1,47.5,Veldshore,%s,O,1,1,tide_wire,https://tide.example/1\n"
    plain, short = events(row % (28, b"False") + row % (29, b"True"))
    assert isinstance(plain.span, Span)
    assert isinstance(short.span, Span)
    assert (plain.span.length_us, short.span.length_us) == (DAY_US, 23 * HOUR_US)
    assert isinstance(plain.place, Place)
    assert isinstance(short.place, Place)
    assert (plain.place.a_m, short.place.a_m) == (SETTLEMENT_ERROR_M, AREA_ERROR_M)


@pytest.mark.parametrize(
    ("labels", "act"),
    [
        ("", "unknown"),
        ("loc|civcas|property", "unknown"),
        ("uav|airalert", "unknown"),
        ("artillery|firefight|loc", "fire"),
        ("airstrike|uav", "strike"),
        ("ied|loc", "explosion"),
        ("airstrike|artillery", "explosion"),
    ],
)
def test_labels_say_no_more_than_their_published_definition(labels: str, act: str) -> None:
    """What is merely mentioned is not what was done, and mixed acts leave it open."""
    assert act_of_labels(labels) == act
    assert set(ACT_OF_LABEL.values()) <= set(ACTS)


@pytest.mark.realdata
def test_every_row_of_the_2026_reports_is_accounted_for() -> None:
    """11,108 rows, none unreadable, none with an act or an accused that nobody gave."""
    raw = real("viina_1pd_2026h1_reports.csv")
    rows = list(SOURCES["viina-events"](raw, receipt("viina-events", owner="CENTRE")))
    assert [row.row for row in rows] == list(range(1, 11_109))
    bodies = [row.body for row in rows if isinstance(row, Report) and isinstance(row.body, Said)]
    assert len(bodies) == 11_108
    assert Counter((said.act, said.accused) for said in bodies) == {("unknown", ()): 11_108}
    areas = Counter(said.place.a_m for said in bodies if isinstance(said.place, Place))
    assert areas == {SETTLEMENT_ERROR_M: 9_745, AREA_ERROR_M: 1_363}
    assert b"\n".join(row.raw for row in rows) + b"\n" == raw.split(b"\n", 1)[1].replace(b"\r", b"")


@pytest.mark.realdata
def test_every_row_of_the_headlines_is_accounted_for() -> None:
    """109,116 rows, duplicates kept; the one whose hour did not exist says so."""
    rows = SOURCES["viina-headlines"](
        real("viina_headlines.parquet"), receipt("viina-headlines", owner="CENTRE")
    )
    count, unreadable, day_only = 0, [], 0
    for row in rows:
        count += 1
        assert row.row == count
        if isinstance(row, Unreadable):
            unreadable.append(row)
        else:
            assert isinstance(row.body, Said)
            day_only += row.body.said_us is None
    assert count == 109_116
    assert [row.row for row in unreadable] == [69_692]
    assert "2024-03-31 03:45:00 was skipped in Europe/Kyiv" in unreadable[0].reason
    assert day_only == 47_012
