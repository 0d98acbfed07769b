"""What the tests of the tables share: one played exercise."""

from pathlib import Path

import pytest

from tests.desk.played import copy_of, played_once


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played exercise centre that tests only read from."""
    return copy_of(played_once(tmp_path_factory), tmp_path_factory.mktemp("store") / "centre")
