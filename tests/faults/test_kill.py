"""Processes killed from outside, system calls made to fail: what was acknowledged is there, once."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.storm import kills_wanted
from tests.ledger.founding import LOG_KEYS, Centre, found
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck, verify

ROOT = Path(__file__).parent.parent.parent
CALLS = "write,fsync,rename,unlink,fchmod,mkdir"
COMMITS = 2


def command(path: Path, count: int) -> list[str]:
    """The process to be stopped."""
    return [sys.executable, "-m", "tests.faults.appending", str(path), str(count)]


def survived(path: Path, acknowledged: list[str]) -> None:
    """Everything acknowledged is in the log once, and every byte is explained."""
    centre = Centre(path, Appender.open(path, LOG_KEYS))
    held = [entry.leaf for _, entry in centre.log.entries()]
    assert len(set(held)) == len(held)
    assert [leaf for leaf in held if leaf in set(acknowledged)] == acknowledged
    assert verify(path, centre.log.trust).problems == []
    assert fsck(path).problems == []


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_a_random_moment(seed: int, tmp_path: Path) -> None:
    """SIGKILL in the middle of commits, six times over on one centre; another goes on each time."""
    centre = found(tmp_path / "centre")
    pick = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(2):
        with subprocess.Popen(
            command(centre.path, 1000), cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            acknowledged += [process.stdout.readline().strip() for _ in range(pick.randint(1, 8))]
            for _ in range(pick.randint(0, 20_000)):
                pass  # let it get somewhere else within a commit, without a clock
            process.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    survived(centre.path, acknowledged)


@pytest.fixture(scope="module")
def strace() -> str:
    """The tool that makes system calls fail."""
    found_at = shutil.which("strace")
    if found_at is None:
        pytest.fail("strace is not installed: apt-get install strace")
    return found_at


def traced(
    strace: str, path: Path, *, inject: str = "", counts: bool = False
) -> tuple[int, str, str]:
    """Run four commits under strace; return the exit code, what was acknowledged, the trace."""
    trace = path.parent / "trace"
    wanted = ["-f", "-e", f"trace={CALLS}", "-o", str(trace), "-y"]
    injecting = ["-e", f"inject={inject}"] if inject else []
    run = subprocess.run(
        [strace, *wanted, *injecting, *command(path, COMMITS)],
        cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    return run.returncode, run.stdout, trace.read_text(errors="replace") if counts else ""


def moments(trace: str, path: Path) -> list[tuple[str, int]]:
    """Each system call that touched the centre: its name, and how many of it its thread had made.

    A call of the same name and number in another thread fails in the same run, like a bad disk.
    """
    made: dict[tuple[str, str], int] = {}
    touched = []
    for line in trace.splitlines():
        named = re.match(r"(\d+) +(\w+)\(", line)
        if named:
            made[named[1], named[2]] = made.get((named[1], named[2]), 0) + 1
            if str(path) in line:
                touched.append((named[2], made[named[1], named[2]]))
    return touched


@pytest.mark.real
@pytest.mark.parametrize("how", ["error=EIO", "error=ENOSPC", "signal=KILL"])
def test_every_system_call_of_four_commits_fails_once(
    how: str, strace: str, tmp_path: Path
) -> None:
    """Every call by one kind of failure, and in `make faults` by each: nothing is lost.

    Two commits of the centre's own and two through a sequencer, with the payloads of all four.
    """
    found(tmp_path / "first" / "centre")
    _, _, trace = traced(strace, tmp_path / "first" / "centre", counts=True)
    touched = moments(trace, tmp_path / "first" / "centre")
    assert len(touched) >= 90
    calls = sorted(set(touched))
    step = 1 if kills_wanted(0) else 3
    mine = calls[["error=EIO", "error=ENOSPC", "signal=KILL"].index(how) % step :: step]
    for name, number in mine:
        path = tmp_path / f"{name}-{number}" / "centre"
        found(path)
        code, said, _ = traced(strace, path, inject=f"{name}:{how}:when={number}")
        acknowledged = [line for line in said.splitlines() if len(line) == 64]
        assert code != 0 or len(acknowledged) == 2 * COMMITS
        survived(path, acknowledged)
