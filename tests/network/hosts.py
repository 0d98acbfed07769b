"""Machines of a small network, made of network namespaces joined by one bridge.

A host has an address of its own, runs real processes, can be cut off (its cable is pulled: packets
are lost, nothing is refused) and joined again. Needs root and Debian's iproute2.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

TRUCELINE = (sys.executable, "-m", "truceline.cli")
_WAIT_S = 120


def available() -> bool:
    """Say whether this machine lets us make network namespaces."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        return False
    name = f"tl{os.getpid()}probe"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    if made.returncode == 0:
        _ip("netns", "delete", name)
    return made.returncode == 0


class Host:
    """One machine: an address, a cable, and the processes it runs."""

    def __init__(self, network: str, number: int, name: str) -> None:
        self.name = name
        self.address = f"10.77.0.{number}"
        self.space = f"{network}-{number}"
        self._cable = f"{network}c{number}"
        self._running: list[subprocess.Popen[bytes]] = []
        _ip("netns", "add", self.space)
        _ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        _ip("link", "set", self._cable, "master", f"{network}b", "up")
        _ip("-n", self.space, "address", "add", f"{self.address}/24", "dev", "eth0")
        _ip("-n", self.space, "link", "set", "eth0", "up")
        _ip("-n", self.space, "link", "set", "lo", "up")

    def run(
        self, *words: object, stdin: str = "", exits: Sequence[int] = (0,)
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of ours to its end; an AssertionError shows what it printed."""
        done = subprocess.run(
            [*self._inside(), *TRUCELINE, *map(str, words)],
            capture_output=True,
            text=True,
            input=stdin,
            timeout=_WAIT_S,
            check=False,
        )
        said = f"{self.name}: truceline {' '.join(map(str, words))}\n{done.stdout}{done.stderr}"
        assert done.returncode in exits, said
        return done

    def start(self, *words: object, log: Path) -> subprocess.Popen[bytes]:
        """Start a command of ours and leave it running; what it prints goes to a file."""
        with log.open("ab") as out:
            started = subprocess.Popen(
                [*self._inside(), *TRUCELINE, *map(str, words)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        self._running.append(started)
        return started

    def start_python(self, source: str, *, log: Path) -> None:
        """Start a few lines of Python and leave them running."""
        with log.open("ab") as out:
            command = [*self._inside(), sys.executable, "-c", source]
            self._running.append(subprocess.Popen(command, stdout=out, stderr=out))

    def wait_for(self, url: str) -> None:
        """Wait until a server answers this host; an AssertionError if none ever does."""
        for _ in range(100):
            if self.answers(url):
                return
            time.sleep(0.2)
        raise AssertionError(f"{self.name}: nothing answers at {url}")

    def answers(self, url: str) -> bool:
        """Say whether a server answers this host at a URL, whatever it answers."""
        asked = (
            "import sys, urllib.request as r, urllib.error as e\n"
            "try: r.urlopen(sys.argv[1], timeout=2)\n"
            "except e.HTTPError: pass\n"
        )
        command = [*self._inside(), sys.executable, "-c", asked, url]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def cut(self) -> None:
        """Pull the cable."""
        _ip("link", "set", self._cable, "down")

    def join(self) -> None:
        """Put the cable back."""
        _ip("link", "set", self._cable, "up")

    def kill(self) -> None:
        """Stop everything the host runs, at once and without a word of warning."""
        for one in self._running:
            one.kill()
            one.wait()
        self._running.clear()

    def remove(self) -> None:
        """Take the machine away."""
        self.kill()
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("netns", "delete", self.space)

    def _inside(self) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self.space)


class Network:
    """Hosts on one bridge; gone, with all they run, when the block is left."""

    def __init__(self, *names: str) -> None:
        self._name = f"tl{os.getpid() % 100_000}"
        self._names = names
        self.hosts: dict[str, Host] = {}

    def __enter__(self) -> Self:
        _ip("link", "add", f"{self._name}b", "type", "bridge")
        _ip("link", "set", f"{self._name}b", "up")
        for number, name in enumerate(self._names, start=1):
            self.hosts[name] = Host(self._name, number, name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for host in self.hosts.values():
            host.remove()
        _ip("link", "delete", f"{self._name}b")

    def __getitem__(self, name: str) -> Host:
        return self.hosts[name]

    def __iter__(self) -> Iterator[Host]:
        return iter(self.hosts.values())


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], capture_output=True, check=True)
