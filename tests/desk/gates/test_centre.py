"""The whole gate of a centre's folder."""

from pathlib import Path

import pytest

from tests.desk.founded import centre
from tests.desk.gates.asking import ask
from truceline.desk.desk import Desk
from truceline.desk.gates.asgi import App, gate, holds
from truceline.desk.gates.centre import opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A founded centre."""
    return centre(tmp_path)


def test_a_folder_without_the_logs_keys_is_read_and_not_written(desk: Desk) -> None:
    """A replica, or a centre whose keys are locked away, serves what it has and has no door."""
    (desk.folder / "keys" / "log").rename(desk.folder.parent / "locked-away")
    with opened(desk.folder, desk.clock) as routes:
        app: App = gate(routes)
        assert ask(app, "GET", "/log/checkpoint").status == 200
        assert ask(app, "POST", "/log/add-entry", b"\0\0\0\0").status == 404


def test_a_centre_that_stops_serving_has_written_what_it_took(desk: Desk) -> None:
    """The gate is left in good order: its writer has ended, and the log is whole."""
    with opened(desk.folder, desk.clock) as routes:
        assert holds(routes, "/log/add-entry")
        assert holds(routes, f"/blobs/{'0' * 64}")
        answered = ask(gate(routes), "POST", "/log/add-entry", b"\0\0\0\5noise")
        assert answered.status == 422
    assert ask(gate(routes), "POST", "/log/add-entry", b"\0\0\0\5noise").status == 503
    desk.post("register/entered", "CENTRE", b"{}")
    assert desk.log.head().size == 4


@pytest.mark.parametrize("path", ["/log/add-entry", "/log/add-entries"])
def test_a_page_of_another_site_cannot_have_a_browser_submit(desk: Desk, path: str) -> None:
    """Only reading is open to any origin; what writes says nothing a browser would take for a yes."""
    with opened(desk.folder, desk.clock) as routes:
        told = ask(gate(routes), "POST", path, b"", [("Origin", "https://elsewhere.example")])
        assert "access-control-allow-origin" not in told.headers
        assert ask(gate(routes), "OPTIONS", path).status == 405
