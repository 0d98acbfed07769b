"""docs/howto/witness.md is run as written: three witnesses, one trust file, a final entry."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "witness.md"
PORTS = ("7381", "7382", "7383")


@pytest.fixture
def page() -> str:
    """The page, with ports that are free on this machine."""
    text = PAGE.read_text(encoding="utf-8")
    with ExitStack() as held:
        for port in PORTS:
            one = held.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            text = text.replace(port, str(one.getsockname()[1]))
    return text


def transcript(page: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of the page, each with the lines it is said to print."""
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *said = step.splitlines()
            yield command, said


def listening(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until a witness takes connections."""
    for _ in range(400):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the witness ended with {process.wait(0.05)}")
    raise AssertionError(f"nothing listens on {port}")


def test_the_page_about_witnesses_is_true_as_it_stands(page: str, tmp_path: Path) -> None:
    """Every command succeeds, in order, and prints what the page says it prints."""
    (tmp_path / "agreements").symlink_to(ROOT / "agreements")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    serving = []
    try:
        for command, said in transcript(page):
            if command.endswith(" &"):
                words = command.removesuffix(" &").split()
                serving.append(
                    subprocess.Popen(words, cwd=tmp_path, env=os.environ | {"PATH": path})
                )
                listening(serving[-1], int(words[-1]))
                continue
            done = subprocess.run(
                ["sh", "-c", command], cwd=tmp_path, env=os.environ | {"PATH": path},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
            wanted = "".join(map(_pattern, said))
            assert re.fullmatch(wanted, done.stdout), f"$ {command}\n{done.stdout}"
    finally:
        for process in serving:
            process.kill()
            process.wait()


def _pattern(line: str) -> str:
    """A line as it must be printed; `…` is anything in a line, and alone any lines."""
    if line == "…":
        return r"(?:.*\n)*"
    return ".*".join(re.escape(part) for part in line.split("…")) + "\n"
