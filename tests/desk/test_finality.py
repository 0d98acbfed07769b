"""An entry is replicated once enough others have signed that they hold it and read the same."""

from pathlib import Path

import pytest

from tests.ledger.founding import DESK, ORIGIN, TOR, VEL, Centre, found
from truceline.desk.finality import level
from truceline.ledger import checkpoint, digest, keys
from truceline.ledger.checkpoint import Head
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.keys import Signer

SAME, OTHER = "5d" * 32, "77" * 32


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with heads of 1, 3 and 4."""
    made = found(tmp_path / "centre")
    made.add(2)
    made.add(1)
    return made


def state(
    centre: Centre, signer: Signer, *, size: int = 4, claims: str = SAME, root: bytes = b""
) -> None:
    """Have a holder state what its tables come to at a size."""
    signed = centre.log.head_at(size)
    assert signed is not None
    head = checkpoint.parse(signed)
    if root:
        head = Head(head.origin, size, root)
    by = signer.key.name.rpartition("/")[2]
    code = "CENTRE" if by == "desk" else by
    tables = {"ALL": {"claims": claims}, "PUBLIC": {"claims": claims}}
    raw = digest.make(signer, head, by=code, model="model/1", compartments=tables, at_us=1)
    Shelf(Disk(centre.path)).put(raw, {signer.key.identity: signer.key})


def levels(centre: Centre) -> list[str]:
    """How final entries 0, 2 and 3 are."""
    return [level(centre.path, centre.log, index) for index in (0, 2, 3)]


def test_two_other_holders_who_agree_make_it_replicated(centre: Centre) -> None:
    """One is not enough, the centre itself does not count, and a smaller size covers less."""
    state(centre, DESK)
    state(centre, VEL)
    assert levels(centre) == ["logged", "logged", "logged"]
    state(centre, VEL, size=3)
    state(centre, TOR, size=3)
    assert levels(centre) == ["replicated", "replicated", "logged"]
    state(centre, TOR)
    assert levels(centre) == ["replicated", "replicated", "replicated"]


def test_a_note_put_on_the_shelf_past_its_door_does_not_count(centre: Centre) -> None:
    """Whoever can write files there but has no party's key makes nothing look replicated."""
    for name in ("VEL", "TOR"):
        state(centre, keys.from_seed(f"{ORIGIN}/{name}", bytes(32)))
    assert levels(centre) == ["logged", "logged", "logged"]


def test_holders_who_read_differently_or_hold_another_tree_do_not_count(centre: Centre) -> None:
    """To hold bytes and to hold the record are two things: their tables must be equal, of this log."""
    state(centre, VEL)
    state(centre, TOR, claims=OTHER)
    state(centre, TOR, root=bytes(31) + b"\1")
    assert levels(centre) == ["logged", "logged", "logged"]
