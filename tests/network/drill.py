"""Running a page of commands on several machines: each block names the machine it is typed on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.network.hosts import Network

TABLE, NETWORK = "table", "network"
_BLOCK = re.compile(r"^```console (\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SERVES = re.compile(r"(?:--port |--serve [\d.]+:)(\d+)")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command, the machine it is typed on, and the lines it is said to print."""

    machine: str
    command: str
    said: tuple[str, ...]


def steps(page: str) -> Iterator[Step]:
    """The commands of a page, in order."""
    for machine, block in _BLOCK.findall(page):
        command, said = "", []
        for line in [*block.splitlines(), "$ "]:
            if not line.startswith("$ "):
                said.append(line)
                continue
            if command:
                yield Step(machine=machine, command=command, said=tuple(said))
            command, said = line.removeprefix("$ "), []


def machines(page: str) -> tuple[str, ...]:
    """The machines of a page that are on the network."""
    named = dict.fromkeys(step.machine for step in steps(page))
    return tuple(name for name in named if name not in (TABLE, NETWORK))


class Drill:
    """A page being run; `transcript` is what was typed and what was printed."""

    def __init__(self, network: Network, folder: Path) -> None:
        self.network, self.folder = network, folder
        self.transcript: list[str] = []
        self._machine = ""
        for host in network:
            (folder / host.name).mkdir()

    def run(self, step: Step) -> None:
        """Run one command and hold what it prints to what the page says."""
        if step.machine != self._machine:
            self.transcript.append(f"\n--- {step.machine}")
            self._machine = step.machine
        self.transcript.append(f"$ {step.command}")
        printed = self._typed(step)
        self.transcript += printed.splitlines()
        wanted = "".join(map(_pattern, step.said))
        told = "\n".join([*self.transcript[-60:], "--- the page says", *step.said])
        assert re.fullmatch(wanted, printed), told

    def _typed(self, step: Step) -> str:
        if step.machine == NETWORK:
            verb, name = step.command.split()
            {"cut": self.network[name].cut, "join": self.network[name].join,
             "kill": self.network[name].kill}[verb]()  # fmt: skip
            return ""
        if step.command.endswith(" &"):
            self._start(step)
            return ""
        at = self.folder if step.machine == TABLE else self.folder / step.machine
        host = next(iter(self.network)) if step.machine == TABLE else self.network[step.machine]
        done = host.shell(step.command, at)
        said = "\n".join([*self.transcript[-40:], done.stdout, done.stderr])
        assert done.returncode == 0, f"exit {done.returncode}\n{said}"
        return done.stdout + _without_bars(done.stderr)

    def _start(self, step: Step) -> None:
        host = self.network[step.machine]
        log = self.folder / f"{step.machine}.log"
        line = step.command.removesuffix(" &")
        line = f"env {line}" if "=" in line.split(" ", 1)[0] else line
        host.start(line, self.folder / step.machine, log=log)
        port = _SERVES.search(step.command)
        assert port is not None, step.command
        host.wait_for(f"http://{host.name}:{port[1]}/")


def _without_bars(text: str) -> str:
    """What was said beside the result, without progress bars."""
    kept = [line.rpartition("\r")[2] for line in text.splitlines()]
    return "".join(f"{line}\n" for line in kept if line.strip() and "[" not in line[:40])


def _pattern(line: str) -> str:
    """A line as it must be printed; `…` is anything in a line, and alone any lines."""
    if line == "…":
        return r"(?:.*\n)*"
    return ".*".join(re.escape(part) for part in line.split("…")) + "\n"
