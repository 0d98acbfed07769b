"""One centre after one night for each worker, copied for each test; four officers to read it as."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.web.night import NEXT_DAY, night
from truceline.desk.clock import Clock
from truceline.values.instant import parse_instant
from truceline.web.starting import start

PASSWORD = "seven grey herons at dawn"
Browser = Callable[..., Client]
OFFICERS = {
    "watch": ("CENTRE", "watch_officer", "en"),
    "analyst": ("CENTRE", "analyst", "en"),
    "velmark": ("VEL", "liaison", "uk"),
    "torrin": ("TOR", "liaison", "ru"),
    "aldmoor": ("ALD", "mediator", "en"),
}


@pytest.fixture(scope="session")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The centre as the night left it; nobody writes here."""
    folder = tmp_path_factory.mktemp("night")
    night(folder).close()
    start(folder / "centre")
    from truceline.web.people import accounts  # noqa: PLC0415 - models want settings first

    for name, (reader, role, language) in OFFICERS.items():
        accounts.add(folder / "centre", name, PASSWORD, reader, role, name.title(), language)
    return folder / "centre"


@pytest.fixture(scope="session", autouse=True)
def settings_first(passed: Path) -> None:
    """Whatever test comes first, the pages' modules are imported with settings."""
    del passed


@pytest.fixture
def centre(passed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy to act on, its clock held at eight the next day; accounts are put back after."""
    from truceline.web import opening  # noqa: PLC0415 - models want settings first

    copy = tmp_path / "centre"
    shutil.copytree(passed, copy)
    clock = Clock()
    clock.hold(parse_instant(NEXT_DAY))
    monkeypatch.setattr(opening, "clock_of", lambda _folder: clock)
    with override_settings(CENTRE_FOLDER=copy), transaction.atomic():
        yield copy
        transaction.set_rollback(True)


@pytest.fixture
def browser(centre: Path) -> Browser:
    """A test client, signed in as somebody and reading in a language."""
    del centre
    from truceline.web.people.models import User  # noqa: PLC0415 - models want settings first

    def as_officer(name: str, language: str = "en", *, checks: bool = False) -> Client:
        client = Client(enforce_csrf_checks=checks, SERVER_NAME="127.0.0.1")
        client.cookies["truceline-language"] = language
        if name:
            client.force_login(User.objects.get(username=name))
        return client

    return as_officer
