"""The pages that specify the formats are read by people who will write such files: they must be true."""

import re
from pathlib import Path

import pytest

from tests.reports.rendering import receipt
from truceline.reports.report import Report
from truceline.reports.sources import SOURCES
from truceline.reports.tables import Columns

PAGES = Path(__file__).parents[2] / "docs" / "formats" / "sources"
EXAMPLE = re.compile(r"```(?:csv|json|text)\n(.*?)```", re.DOTALL)
TEXTUAL = sorted(set(SOURCES) - {"viina-headlines"})


@pytest.mark.parametrize("name", TEXTUAL)
def test_the_example_on_the_page_is_read_whole(name: str) -> None:
    """Whoever copies it from the page and hands it in gets no refusal."""
    (example,) = EXAMPLE.findall((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    rows = list(SOURCES[name](example.encode(), receipt(name)))
    assert rows
    assert [row for row in rows if not isinstance(row, Report)] == []


@pytest.mark.parametrize("name", TEXTUAL)
def test_every_column_that_is_read_stands_on_the_page(name: str) -> None:
    """A column or a spelling that only the code knows cannot be used by anybody."""
    module = __import__(f"truceline.reports.sources.{name.replace('-', '_')}", fromlist=["x"])
    columns = getattr(module, "COLUMNS", None)
    names = columns.names if isinstance(columns, Columns) else {}
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    shared = (PAGES / "party-list.md").read_text(encoding="utf-8") if "party list" in page else ""
    assert [column for column in names if f"`{column}`" not in page + shared] == []
    spellings = [spelling for others in names.values() for spelling in others]
    assert [spelling for spelling in spellings if f"`{spelling}`" not in page + shared] == []
