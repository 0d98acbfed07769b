"""The hazard log names tests that exist: a control whose test is gone is no control."""

import re
from pathlib import Path

HERE = Path(__file__).parent
LOG = HERE.parent / "docs" / "hazards.md"


def test_every_test_the_hazard_log_names_is_there() -> None:
    """Renaming a test without the log, or the log without the test, fails here."""
    text = LOG.read_text(encoding="utf-8")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in HERE.rglob("test_*.py"))
    files = {path.stem for path in HERE.rglob("test_*.py")}
    named = set(re.findall(r"\btest_[a-z0-9_]+", text))

    assert len(named) > 30
    assert {name for name in named if name not in files and f"def {name}(" not in sources} == set()
