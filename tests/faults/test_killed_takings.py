"""A machine that dies while a file is taken in: nothing acknowledged is missing or doubled."""

import json
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.desk.founded import centre, party_list
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take

pytestmark = pytest.mark.real

KILLS = 50
PARTS = 24
PART_ROWS = 25
SEED = 20260402

# Takes a file in small parts and says, on a line of its own, each part that was acknowledged.
TAKER = """
import sys
from pathlib import Path
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
say = lambda done: print(done, flush=True)
incoming = Incoming(source="party-list", name=file.name, raw=file.read_bytes(), owner="VEL", by="VEL")
print("ready", flush=True)
take(Desk.open(folder), incoming, say, part_rows=int(sys.argv[3]))
"""


def served(folder: Path) -> subprocess.Popen[bytes]:
    """The desk, serving the same centre in another process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "truceline.cli", "serve", str(folder), "--port", str(port)]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return serving
        assert serving.poll() is None, "the desk did not start"
        time.sleep(0.1)
    raise AssertionError("the desk did not answer")


def killed_take(folder: Path, file: Path, after_s: float) -> int:
    """Take a file and kill it at a moment; return how many rows it said were acknowledged."""
    command = [sys.executable, "-c", TAKER, str(folder), str(file), str(PART_ROWS)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as taking:
        assert taking.stdout is not None
        taking.stdout.readline()
        time.sleep(after_s)
        taking.send_signal(signal.SIGKILL)
        said = [line.strip() for line in taking.stdout.read().splitlines()]
    numbers = [int(line) for line in said if line.isdigit()]
    return max(numbers, default=0)


def test_fifty_kills_of_a_taking_lose_and_double_nothing(tmp_path: Path) -> None:
    """What was acknowledged before the kill is there, once; taking again completes the file."""
    moments = random.Random(SEED)
    desk = centre(tmp_path)
    folder = desk.folder
    desk.close()
    serving = served(folder)
    expected = 0
    interrupted = 0
    try:
        for number in range(KILLS):
            rows = PARTS * PART_ROWS
            file = tmp_path / f"night-{number}.csv"
            file.write_bytes(party_list(rows).replace(b"Round ", f"Night {number} round ".encode()))
            acknowledged = killed_take(folder, file, moments.uniform(0.0, 0.9))
            held = rows_held(folder, file)
            assert held >= acknowledged
            assert held % PART_ROWS == 0
            interrupted += 0 < held < rows
            again = Desk.open(folder)
            outcome = take(again, Incoming(source="party-list", name=file.name, raw=file.read_bytes(),
                                           owner="VEL", by="VEL"))  # fmt: skip
            again.close()
            assert outcome.known == held
            expected += rows
            assert rows_held(folder, file) == rows
        assert serving.poll() is None, "the desk died beside the takings"
    finally:
        serving.terminate()
        serving.wait()
    whole = Desk.open(folder)
    assert (
        whole.tables.select("SELECT count(*) AS n FROM claims WHERE grain = 'full'")[0]["n"]
        == expected
    )
    checked = subprocess.run(
        [sys.executable, "-m", "truceline.cli", "fsck", str(folder), "--json"],
        capture_output=True,
        check=False,
    )
    found = json.loads(checked.stdout)
    assert (checked.returncode, found["problems"]) == (0, [])
    assert interrupted >= KILLS // 10, (
        "the kills fell beside the takings: nothing was put to the test"
    )


def rows_held(folder: Path, file: Path) -> int:
    """How many rows of a file the record holds."""
    desk = Desk.open(folder)
    rows = [one.rows for one in desk.view("CENTRE").files() if one.name == file.name]
    desk.close()
    return sum(rows)
