"""A centre behind its gate and parties at their own machines, in one process and without a socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request

import pytest

from tests.desk.founded import centre
from tests.desk.gates.asking import ask
from truceline.desk.couriers import centre as courier
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.desk import Desk
from truceline.desk.gates.asgi import App, gate
from truceline.desk.gates.centre import opened
from truceline.desk.sending import Party

HERE = "http://centre.example"


class Lines:
    """The network: which address is answered by which application; none: nobody answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at: dict[str, App] = {}
        self.asked: list[str] = []
        monkeypatch.setattr(courier, "_opened", self.open)

    def open(self, request: Request, most: int) -> tuple[int, str, str, bytes]:
        """Answer a request as the courier reads it."""
        parts = urlsplit(request.full_url)
        app = self.at.get(parts.netloc)
        if app is None:
            raise Unreachable(f"{request.full_url}: nobody answers")
        self.asked.append(parts.path)
        body = request.data if isinstance(request.data, bytes) else b""
        told = ask(app, request.get_method(), parts.path, body, request.header_items())
        assert len(told.body) <= most
        return (
            told.status,
            told.headers["content-type"],
            told.headers.get("retry-after", ""),
            told.body,
        )


@contextmanager
def served(tmp_path: Path, lines: Lines) -> Iterator[Desk]:
    """A founded exercise whose gate is open; one clock, which stands still."""
    desk = centre(tmp_path)
    with opened(desk.folder, desk.clock) as routes:
        lines.at["centre.example"] = gate(routes)
        yield desk
    desk.close()


def party(desk: Desk, tmp_path: Path, code: str = "VEL") -> Party:
    """A party's own folder: its key, its identity, and the trust file it was handed."""
    folder = tmp_path / f"party-{code}"
    (folder / "keys").mkdir(parents=True, mode=0o700)
    for name in (code, f"{code}.age"):
        source = desk.folder / "keys" / name
        if source.exists():
            target = folder / "keys" / name
            target.write_bytes(source.read_bytes())
            target.chmod(0o600)
            source.unlink()
    (folder / "trust").write_bytes((desk.folder / "trust").read_bytes())
    return Party(folder, code)
