"""How commands print: one JSON object, or lines for a person; progress on anything slow."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec
from click.termui import progressbar


def plain(text: str) -> str:
    """A text from outside as one line that no terminal takes for a command or for another line."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def print_json(name: str, fields: dict[str, Any]) -> None:
    """Print one object of a versioned format."""
    whole = {"format": f"truceline-{name}/1", **fields}
    click.echo(msgspec.json.format(msgspec.json.encode(whole), indent=2).decode())


@contextmanager
def progress(label: str, length: int | None, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show how far something is; the function it gives takes how much is done by now."""
    if quiet:
        yield lambda _done: None
        return
    with progressbar(length=length or 1, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(max(0, done - bar.pos))


class Stages:
    """Seconds spent per named stage."""

    def __init__(self) -> None:
        """Nothing has begun."""
        self.seconds: dict[str, float] = {}
        self._name = ""
        self._since = time.perf_counter()

    def begin(self, name: str) -> None:
        """End the stage that runs, begin another."""
        self.end()
        self._name = name
        self._since = time.perf_counter()

    def end(self) -> None:
        """End the stage that runs."""
        if self._name:
            spent = time.perf_counter() - self._since
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + spent
        self._name = ""

    def line(self) -> str:
        """All stages on one line."""
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"
