"""The list of commands is written beside the commands, so that listing them imports none."""

import subprocess
import sys

import click
import pytest

from truceline.cli import COMMANDS, commands

HEAVY = ("django", "numpy", "pyarrow", "pyproj", "shapely")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_of_commands_says_what_the_command_itself_says(name: str) -> None:
    """A line in the list that departs from the command would mislead whoever chooses by it."""
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    assert command.name == name
    assert COMMANDS[name].line == ("" if command.hidden else command.get_short_help_str(limit=200))


def test_a_command_nobody_wrote_is_refused() -> None:
    """A slip of the pen in a command's name is said, and nothing is run."""
    assert commands.get_command(click.Context(commands), "verifi") is None


@pytest.mark.parametrize("words", [["--help"], ["verify", "--help"], ["fsck", "--help"]])
def test_who_asks_for_help_or_a_check_does_not_wait_for_the_engines(words: list[str]) -> None:
    """An outsider who verifies a log in a hurry loads the ledger and nothing that reckons."""
    script = (
        "import sys; from truceline.cli import commands; "
        f"commands({words!r}, standalone_mode=False); "
        f"print('loaded', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded []"
    assert "Usage" in done.stdout
