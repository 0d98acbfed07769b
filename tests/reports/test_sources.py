"""What holds for every source: nothing escapes, nothing is dropped, and the promised output."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.rendering import receipt, rendered
from truceline.reports.report import Covered, Report, Said, Unreadable
from truceline.reports.sources import SOURCES
from truceline.values.canonical import canonical

GOLDEN = Path(__file__).parent.parent / "golden" / "sources"
CASES = sorted(path for path in GOLDEN.glob("*/*") if path.suffix != ".json")
SEEDS = {name: [p.read_bytes() for p in CASES if p.parent.name == name] for name in SOURCES}
names = st.sampled_from(sorted(SOURCES))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A golden input of some source with a few bytes cut, doubled, flipped or replaced."""
    name = draw(names)
    raw = bytearray(draw(st.sampled_from(SEEDS[name])))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        stop = min(len(raw), start + draw(st.integers(0, 30)))
        patch = draw(
            st.binary(max_size=6)
            | st.sampled_from(
                [b'"', b"\n", b"\r", b",", b";", b"---\n", b"\0", b"\xff", b"1e999", b"{"]
            )
            | st.just(bytes(raw[start:stop]) * 2)
        )
        raw[start:stop] = patch
    return name, bytes(raw)


def check(name: str, raw: bytes) -> None:
    """Read bytes and hold every promise of a source against what came out."""
    rows = list(SOURCES[name](raw, receipt(name)))
    numbers = [row.row for row in rows]
    whole_file = numbers == [0]
    assert whole_file or numbers == list(range(1, len(rows) + 1))
    assert [row.line for row in rows] == sorted(row.line for row in rows)
    for row in rows:
        assert row.line >= 1
        if isinstance(row, Unreadable):
            assert row.reason
        else:
            recordable(row.body)


def recordable(body: Said | Covered) -> None:
    """Every text of a statement can be written into the record as it stands."""
    texts = [getattr(body, field) for field in body.__dataclass_fields__]
    canonical([text for text in texts if isinstance(text, str | tuple)])
    if not isinstance(body.span, str):
        canonical(body.span.said)


@given(names, st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name: str, raw: bytes) -> None:
    """A source yields rows and reasons, whatever it is handed; it never raises."""
    check(name, raw)


@settings(max_examples=300)
@given(mutated())
def test_a_damaged_file_is_read_as_far_as_it_can_be(case: tuple[str, bytes]) -> None:
    """Real files with a few bytes gone wrong: every row is there, read or with its reason."""
    check(*case)


@pytest.mark.parametrize("path", CASES, ids=[f"{path.parent.name}/{path.name}" for path in CASES])
def test_a_file_is_read_as_promised(path: Path, request: pytest.FixtureRequest) -> None:
    """Input and output stand side by side for anybody to compare."""
    expected = path.parent / f"{path.name}.expected.json"
    found = rendered(SOURCES[path.parent.name](path.read_bytes(), receipt(path.parent.name)))
    if request.config.getoption("--rewrite-golden", default=False):
        expected.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(expected.read_text(encoding="utf-8"))


# A row of a Parquet file has no bytes of its own.
TEXTS = [path for path in CASES if path.suffix != ".parquet"]


@pytest.mark.parametrize("path", TEXTS, ids=[f"{path.parent.name}/{path.name}" for path in TEXTS])
def test_the_bytes_of_a_text_row_stand_in_the_file(path: Path) -> None:
    """What is kept of a row is what was handed in, found where its line says."""
    raw = path.read_bytes()
    for row in rows_of(path):
        assert row.raw in raw
        if row.row and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            first = row.raw.splitlines()[0]
            assert first in b"\n".join(raw.splitlines()[row.line - 1 :])


def rows_of(path: Path) -> Iterator[Report | Unreadable]:
    """What the source of a golden case yields."""
    return SOURCES[path.parent.name](path.read_bytes(), receipt(path.parent.name))


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_source_promises_something_readable_and_something_not(name: str) -> None:
    """A golden case that shows no refusal leaves half of a format unsaid."""
    rows = [row for path in CASES if path.parent.name == name for row in rows_of(path)]
    assert any(isinstance(row, Report) for row in rows)
    assert any(isinstance(row, Unreadable) for row in rows)
