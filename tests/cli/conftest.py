"""What the tests of the commands share: a terminal, and one played exercise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.founded import TERMS
from tests.desk.played import copy_of, played_once
from truceline.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played exercise centre that tests only read from."""
    return copy_of(played_once(tmp_path_factory), tmp_path_factory.mktemp("cli") / "centre")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as a terminal would; its exit code, what it printed, and its errors."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["truceline", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A centre founded from the terminal."""
    folder = tmp_path / "centre"
    words = (
        "found",
        folder,
        "--terms",
        TERMS,
        "--exercise",
        "--guarantor",
        "ALD",
        "--staff",
        "JVT",
    )
    code, out, _ = run(*words, "--origin", "truceline.example/azores")
    assert (code, out.splitlines()[0]) == (
        0, f"founded {folder} as EXERCISE: 3 entries, log truceline.example/azores",
    )  # fmt: skip
    return folder
