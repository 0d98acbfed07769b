"""docs/howto/replica.md is run as written: whoever types it gets what it shows."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desk import test_keys_howto as run
from truceline.cli import commands

PAGE = run.ROOT / "docs" / "howto" / "replica.md"


def printed(command: str) -> str:
    """What a command prints; `verify` of the seized centre is meant to fail, by its exit code."""
    if "verify seized" not in command:
        return run.printed_by(command)
    told = CliRunner().invoke(commands, command.split()[1:])
    assert told.exit_code == 2
    return told.output


def test_the_page_about_copies_is_true_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Follow, carry by hand, lose the centre, take over: every command prints what it says."""
    (tmp_path / "agreements").symlink_to(run.ROOT / "agreements")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "PAGE", PAGE)
    for command, said in run.transcript():
        out = printed(command)
        assert re.fullmatch("".join(map(run._pattern, said)), out), f"$ {command}\n{out}"
