"""Accounts from the terminal: only for those who have a seat, and never with a password that is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.founded import centre


def account(folder: Path, reader: str, password: str) -> subprocess.CompletedProcess[str]:
    """Add an account in a process of its own, as an operator does."""
    command = [sys.executable, "-m", "truceline.cli", "account", "add", str(folder), "olena"]
    command += ["--reader", reader, "--role", "liaison", "--lang", "uk", "--password", password]
    # Tests of the pages, in this very process, may have named a centre of theirs.
    env = {key: value for key, value in os.environ.items() if not key.startswith("TRUCELINE_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre to sign in at."""
    desk = centre(tmp_path_factory.mktemp("accounts"))
    desk.close()
    return desk.folder


def test_a_liaison_officer_gets_an_account(folder: Path) -> None:
    """The line says as whom the account reads."""
    done = account(folder, "VEL", "twelve tall masts")
    assert (done.returncode, done.stdout) == (0, "olena reads as VEL, liaison\n")
    assert (folder / "people" / "people.sqlite3").is_file()


def test_nobody_without_a_seat_gets_one(folder: Path) -> None:
    """The message names the seats there are."""
    done = account(folder, "XYZ", "twelve tall masts")
    assert done.returncode == 2
    assert "VEL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_anyone_could_guess_is_refused(folder: Path) -> None:
    """Refused with the reason, and no account is made."""
    done = account(folder, "TOR", "password")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
