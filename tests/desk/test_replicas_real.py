"""A centre and two replicas as processes of their own, killed and started again, over real sockets."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk.played import copy_of
from truceline.desk.couriers.holders import holder
from truceline.desk.desk import TABLES, Desk
from truceline.desk.following import state_own
from truceline.ledger.audit import verify
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.log import Log
from truceline.store.digests import readable_digests
from truceline.store.tables import Tables

pytestmark = pytest.mark.real
PATIENCE_S = 120


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something other processes do."""
    ends = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < ends, what
        time.sleep(0.1)


class Process:
    """A command that runs until it is killed."""

    def __init__(self, *words: str) -> None:
        self.words = [sys.executable, "-m", "truceline.cli", *words]
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, or begin again."""
        self.running = subprocess.Popen(self.words, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            self.running = None


@pytest.fixture
def processes() -> Iterator[list[Process]]:
    """Whatever was started is ended."""
    started: list[Process] = []
    yield started
    for one in started:
        one.kill()


def replica_of(folder: Path, centre: Path, code: str, url: str, port: int) -> Process:
    """The process of one party's replica, which also serves its copy."""
    (folder / "keys").mkdir(parents=True)
    return Process(
        "follow", url, "--into", str(folder), "--trust", str(centre / "trust"), "--as", code,
        "--keys", str(centre / "keys"), "--serve", f"127.0.0.1:{port}",
    )  # fmt: skip


def has_stated(folder: Path, code: str, size: int) -> bool:
    """Whether a replica has stated what its tables come to at this size."""
    return any(one.size >= size for _, one in Shelf(Disk(folder)).notes(code))


def test_killed_and_rejoined_all_hold_and_draw_the_same(
    played: Path, tmp_path: Path, processes: list[Process]
) -> None:
    """Centre and replicas may die at any moment: in the end they hold and state the same."""
    centre = copy_of(played, tmp_path / "centre")
    vel_folder, tor_folder = tmp_path / "VEL", tmp_path / "TOR"
    port, vel_port, tor_port = (free_port() for _ in range(3))
    gate = Process("serve", str(centre), "--port", str(port))
    vel = replica_of(vel_folder, centre, "VEL", f"http://127.0.0.1:{port}", vel_port)
    # TOR is cut off from the centre, and follows VEL's copy, which lacks what is TOR's own.
    tor = replica_of(tor_folder, centre, "TOR", f"http://127.0.0.1:{vel_port}", tor_port)
    processes += [gate, vel, tor]
    for one in processes:
        one.start()
    for wait_s in (0.7, 1.9, 3.1):
        time.sleep(wait_s)
        for one in (vel, gate, tor):
            one.kill()
            one.start()
    size = Log.open(centre).head().size
    until(lambda: has_stated(vel_folder, "VEL", size), "VEL states nothing")
    until(lambda: has_stated(tor_folder, "TOR", size), "TOR states nothing")
    said = [one for _, one in Shelf(Disk(tor_folder)).notes() if one.size == size]
    assert {one.by for one in said} == {"CENTRE", "VEL", "TOR"}
    assert len({one.common for one in said}) == 1
    for folder in (vel_folder, tor_folder):
        assert verify(folder, Log.open(centre).trust, authors=True).ok
    assert holder(f"http://127.0.0.1:{tor_port}").source.get("checkpoint")


# This one, and every other for which an environment was made beside it (`make test VENV=.venv-3.13`).
ROOT = Path(__file__).parents[2]
INTERPRETERS = [sys.executable, *map(str, sorted(ROOT.glob(".venv-*/bin/python")))]


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_a_drawing_does_not_depend_on_how_the_machine_hashes(
    played: Path, tmp_path: Path, seed: str
) -> None:
    """Two machines with other hash seeds draw the same tables, digest for digest."""
    centre = copy_of(played, tmp_path / "centre")
    words = [sys.executable, "-m", "truceline.cli", "redraw", str(centre)]
    subprocess.run(
        words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": seed}
    )
    drawn, before = Tables(centre / TABLES), Tables(played / TABLES)
    assert readable_digests(drawn, "CENTRE") == readable_digests(before, "CENTRE")


@pytest.mark.parametrize("python", INTERPRETERS)
def test_a_drawing_does_not_depend_on_the_version_of_python(
    played: Path, tmp_path: Path, python: str
) -> None:
    """Whatever Python the record is drawn with, the tables are the same."""
    centre = copy_of(played, tmp_path / "centre")
    subprocess.run(
        [python, "-m", "truceline.cli", "redraw", str(centre)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    drawn, before = Tables(centre / TABLES), Tables(played / TABLES)
    assert readable_digests(drawn, "CENTRE") == readable_digests(before, "CENTRE")


def test_a_centre_states_at_the_size_it_serves(played: Path, tmp_path: Path) -> None:
    """The statement everyone compares with is made from the tables as they are."""
    folder = copy_of(played, tmp_path / "centre")
    desk = Desk.open(folder)
    state_own(desk)
    (newest,) = [one for _, one in Shelf(Disk(folder)).notes("CENTRE")][-1:]
    assert newest.compartments == readable_digests(desk.tables, "CENTRE")
