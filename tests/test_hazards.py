"""The pages on what could go wrong name tests that exist: a control whose test is gone is none."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent
LOG = ROOT / "docs" / "hazards.md"
SECURITY = ROOT / "SECURITY.md"
TESTS = {path: path.read_text(encoding="utf-8") for path in sorted(HERE.rglob("test_*.py"))}


@pytest.mark.parametrize(
    ("page", "at_least"), [(LOG, 30), (SECURITY, 20)], ids=["hazards", "security"]
)
def test_every_test_the_page_names_is_there(page: Path, at_least: int) -> None:
    """Renaming a test without the page, or the page without the test, fails here."""
    named = set(re.findall(r"\btest_[a-z0-9_]+", page.read_text(encoding="utf-8")))
    files = {path.stem for path in TESTS}
    sources = "\n".join(TESTS.values())

    assert len(named) > at_least
    assert {name for name in named if name not in files and f"def {name}(" not in sources} == set()


@pytest.mark.parametrize("page", [LOG, SECURITY], ids=["hazards", "security"])
def test_a_test_named_with_its_file_is_in_that_file(page: Path) -> None:
    """Whoever follows `file::name` finds the test there and nowhere else."""
    pairs = re.findall(r"\b(test_[a-z0-9_]+)::(test_[a-z0-9_]+)", page.read_text(encoding="utf-8"))
    strayed = [
        f"{file}::{name}"
        for file, name in pairs
        if not any(path.stem == file and f"def {name}(" in text for path, text in TESTS.items())
    ]
    assert pairs
    assert strayed == []


def test_every_path_of_the_tests_a_page_names_is_there() -> None:
    """A page that sends a reader to a test that is gone shows nothing. Recipes name what is not there yet."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    gone = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in pages
        if page.parent.name != "recipes"
        for path in re.findall(r"`(tests/[A-Za-z0-9_./-]+)`", page.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert gone == []
