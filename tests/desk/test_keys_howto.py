"""docs/howto/keys.md is run as written: an officer who types it gets what it shows."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from truceline.cli import commands

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "keys.md"


def transcript() -> list[tuple[str, list[str]]]:
    """The commands of the page, each with the lines it is said to print."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def printed_by(command: str) -> str:
    """What a command prints on the terminal: ours run here, any other by the shell."""
    if not command.startswith("truceline "):
        return _by_shell(command)
    plain = re.sub(r"\$\((.*?)\)", lambda found: _by_shell(found[1]).strip(), command)
    words = shlex.split(plain)
    into = Path(words[words.index(">") + 1]) if ">" in words else None
    told = CliRunner().invoke(commands, words[1 : -2 if into else None])
    assert told.exit_code == 0, f"$ {command}\n{told.output}{told.exception!r}"
    if into is None:
        return told.output
    into.write_text(told.stdout, encoding="utf-8")
    return told.stderr


def _by_shell(command: str) -> str:
    return subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True).stdout


def test_the_page_about_keys_is_true_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command succeeds, in order, and prints what the page says it prints."""
    (tmp_path / "agreements").symlink_to(ROOT / "agreements")
    monkeypatch.chdir(tmp_path)
    for command, said in transcript():
        out = printed_by(command)
        assert re.fullmatch("".join(map(_pattern, said)), out), f"$ {command}\n{out}"


def _pattern(line: str) -> str:
    """A line as it must be printed; `…` is anything in a line, and alone any lines."""
    if line == "…":
        return r"(?:.*\n)*"
    return ".*".join(re.escape(part) for part in line.split("…")) + "\n"
