"""A centre that played its fourteen days, served for real, and a Chromium to read it with."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from truceline.desk.exercising import hold_exercise
from truceline.exercise.generating import generate

PASSWORD = "seven grey herons at dawn"
OFFICERS = (
    ("watch", "CENTRE", "watch_officer", "en"),
    ("velmark", "VEL", "liaison", "uk"),
    ("torrin", "TOR", "liaison", "ru"),
)
CHROMIUM = "/usr/bin/chromium"
_SERVE = """
import sys
from pathlib import Path
from truceline.web.people import accounts
from truceline.web.serving import serve
centre = Path(sys.argv[1])
for line in sys.argv[4:]:
    name, reader, role, language = line.split(",")
    accounts.add(centre, name, sys.argv[3], reader, role, name.title(), language)
serve(centre, "127.0.0.1", int(sys.argv[2]))
"""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served desk."""
    folder = tmp_path_factory.mktemp("journey") / "centre"
    hold_exercise(folder, list(generate(7, 14, 200).steps)).close()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    officers = [",".join(officer) for officer in OFFICERS]
    words = [sys.executable, "-c", _SERVE, str(folder), str(port), PASSWORD, *officers]
    log = (folder.parent / "serve.log").open("wb")
    served = subprocess.Popen(words, stdout=log, stderr=log, env=_plain_environment())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait()
        log.close()
        shutil.rmtree(folder)


def _plain_environment() -> dict[str, str]:
    """This process may serve another centre already; the one started must not."""
    return {key: value for key, value in os.environ.items() if not key.startswith("TRUCELINE_")}


@pytest.fixture(scope="session")
def chromium(desk: str) -> Iterator[Browser]:
    """A browser, once the desk answers."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _wait_for(browser, f"{desk}/sign-in/")
        yield browser
        browser.close()


def _wait_for(browser: Browser, address: str) -> None:
    """Ask until the desk answers; a page has its own patience, so nobody sleeps here."""
    page = browser.new_page()
    for _ in range(100):
        try:
            page.goto(address)
        except Error:
            page.wait_for_timeout(300)
        else:
            page.close()
            return
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def shots() -> Path | None:
    """Where pictures of the pages go, if somebody wants to look: TRUCELINE_SHOTS names a folder."""
    wanted = os.environ.get("TRUCELINE_SHOTS")
    return Path(wanted) if wanted else None
