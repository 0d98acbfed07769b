"""A replica that took over is a centre: it takes entries and refuses them, and the lost desk cannot."""

from pathlib import Path

import pytest

from tests.desk.founded import centre
from tests.desk.gates.asking import ask
from truceline.desk import handing_over
from truceline.desk.clock import Clock
from truceline.desk.couriers.holders import holder
from truceline.desk.desk import Desk
from truceline.desk.following import Follower
from truceline.desk.gates.asgi import gate
from truceline.desk.gates.centre import opened
from truceline.desk.officers import begin, rotate, standing, submit, switch
from truceline.ledger import note, refusal
from truceline.ledger.entry import countersign
from truceline.ledger.errors import Refused
from truceline.ledger.keys import load

NEXT = "truceline.example/azores-2"
OFFICERS = ("VEL-root-1", "VEL-root-2", "TOR-root-1", "TOR-root-2")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A founded centre, about to be lost."""
    return centre(tmp_path)


@pytest.fixture
def successor(desk: Desk, tmp_path: Path) -> Path:
    """Velmark's replica of it, after taking over."""
    folder = tmp_path / "VEL"
    follower = Follower.open(folder, (desk.folder / "trust").read_bytes(), "VEL")
    follower.run(holder(str(desk.folder)), desk.now_us())
    first, *others = (load(desk.folder / "keys" / name) for name in OFFICERS)
    raw = handing_over.propose(folder, first, NEXT, desk.now_us())
    for officer in others:
        raw = countersign(raw, officer)
    handing_over.take(folder, raw, desk.now_us())
    return folder


def test_entries_are_taken_and_refused_at_once(desk: Desk, successor: Path) -> None:
    """Nobody need register a desk key first: the handover brought one."""
    now = standing(str(successor))
    vel = load(desk.folder / "keys" / "VEL")
    taken = begin(now, vel, desk.now_us(), kind="report/taken")
    refused = begin(now, vel, desk.now_us(), kind="roots/changed")
    with opened(successor, desk.clock) as routes:
        app = gate(routes)
        told = [
            ask(app, "POST", "/log/add-entry", len(raw).to_bytes(4) + raw)
            for raw in (refused, taken)
        ]
    assert [one.status for one in told] == [403, 200]
    key = load(successor / "keys" / "desk").key
    assert refusal.open_signed(told[0].body, [key])[0] == NEXT


def test_the_desk_key_that_was_lost_admits_nothing(desk: Desk, successor: Path) -> None:
    """Whoever took the old machine cannot write on as the desk."""
    now = standing(str(successor))
    lost = load(desk.folder / "keys" / "desk")
    assert lost.key.identity in now.state.suspects
    fresh = load(successor / "keys" / "desk")
    text = note.parse(begin(now, fresh, desk.now_us(), kind="register/entered")).text
    with pytest.raises(Refused) as told:
        submit(successor, note.render(text, [lost.sign(text)]))
    assert told.value.code == "key"


def test_the_new_desk_alone_names_the_key_it_will_read_with(successor: Path) -> None:
    """The old one's identity was lost with it; what is sealed to the centre can be opened again."""
    now = standing(str(successor))
    keys = successor / "keys"
    submit(successor, rotate(now, keys, "desk", None, Clock().now_us()))
    switch(standing(str(successor)), keys, "desk")
    assert (keys / "CENTRE.age").is_file()
    assert len(standing(str(successor)).state.readers["CENTRE"]) == 2
