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
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_WAIT_S = 180
_NAMES = Path("/etc/netns")  # `ip netns exec` puts what is here over /etc


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

    def shell(self, line: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a line of the shell to its end, in a folder, with our own commands at hand."""
        return subprocess.run(
            [*self._inside(), "bash", "-c", line],
            capture_output=True,
            text=True,
            cwd=folder,
            env=_environment(),
            timeout=_WAIT_S,
            check=False,
        )

    def start(self, line: str, folder: Path, *, log: Path) -> None:
        """Start a line of the shell and leave it running; what it prints goes to a file."""
        with log.open("ab") as out:
            command = [*self._inside(), "bash", "-c", f"exec {line}"]
            started = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder,
                env=_environment(),
            )  # fmt: skip
        self._running.append(started)

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
            "import sys, http.client as h, urllib.parse as p\n"
            "to = h.HTTPConnection(p.urlsplit(sys.argv[1]).netloc, timeout=2)\n"
            "to.request('GET', '/'); to.getresponse()"
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
        shutil.rmtree(_NAMES / self.space, ignore_errors=True)

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
        lines = ["127.0.0.1 localhost", *(f"{one.address} {one.name}" for one in self)]
        for host in self:
            (_NAMES / host.space).mkdir(parents=True)
            (_NAMES / host.space / "hosts").write_text("\n".join([*lines, ""]), encoding="utf-8")
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


def _environment() -> dict[str, str]:
    """Ours, with the commands of this environment first in the path."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], capture_output=True, check=True)
