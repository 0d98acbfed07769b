"""Statements of what tables come to, handed in and read over HTTP."""

import threading
from pathlib import Path

import pytest

from tests.desk.gates.asking import ask
from tests.desk.played import copy_of
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.following import state_own
from truceline.desk.gates.asgi import App, gate
from truceline.desk.gates.digests import digests, stating
from truceline.ledger import digest, keys
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk

HASH = "0c" * 32


@pytest.fixture
def centre(played: Path, tmp_path: Path) -> Path:
    """A centre that has stated what its tables come to."""
    folder = copy_of(played, tmp_path / "centre")
    desk = Desk.open(folder)
    state_own(desk)
    desk.close()
    return folder


def app_of(centre: Path) -> App:
    """The routes alone."""
    return gate(digests(centre))


def note_by(centre: Path, code: str, key: keys.Signer | None = None) -> bytes:
    """A statement by a party, true or not: the gate only asks whose it is."""
    desk = Desk.open(centre)
    signer = key or keys.load(centre / "keys" / code)
    found = {"ALL": {"claims": HASH}}
    return digest.make(
        signer, desk.head(), by=code, model="truceline-model/1", compartments=found, at_us=1
    )


def test_what_a_party_states_is_kept_and_shown_to_everyone(centre: Path) -> None:
    """Anyone may compare: statements are public, and hold no row."""
    app = app_of(centre)
    before = digest.unframe(ask(app, "GET", "/log/digests").body)
    note = note_by(centre, "VEL")

    assert ask(app, "POST", "/log/add-digest", note).status == 200
    assert ask(app, "POST", "/log/add-digest", note).status == 200

    shown = digest.unframe(ask(app, "GET", "/log/digests").body)
    assert sorted(shown) == sorted([*before, note])
    assert {digest.read(raw)[1].by for raw in shown} == {"CENTRE", "VEL"}


def test_nobody_states_anything_for_another(centre: Path) -> None:
    """A stranger's note, a forged one and bytes that are none leave nothing behind."""
    app = app_of(centre)
    stranger = keys.generate("truceline.example/exercise/VEL")
    for bad, status in ((note_by(centre, "VEL", stranger), 403), (b"\x00\xff", 400)):
        assert ask(app, "POST", "/log/add-digest", bad).status == status
    assert ask(app, "POST", "/log/add-digest", bytes(digest.MAX_NOTE + 1)).status == 413
    assert {one.by for _, one in Shelf(Disk(centre)).notes()} == {"CENTRE"}


def test_a_served_centre_states_its_own_tables(played: Path, tmp_path: Path) -> None:
    """Nobody has to remember it: whoever follows finds something to compare with."""
    folder = copy_of(played, tmp_path / "centre")
    before = threading.active_count()
    with stating(folder, Clock(), every_s=3600):
        pass
    assert threading.active_count() == before
    (note,) = [one for _, one in Shelf(Disk(folder)).notes("CENTRE")][-1:]
    assert note.size == Desk.open(folder).head().size
