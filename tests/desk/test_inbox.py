"""The inbox: what was acknowledged as kept is never lost and never doubled, whenever power fails."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk.test_slots import AT, centre, claims_of, hand_in, pass_to, patrol
from tests.faults.disks import FailingDisk, PowerCut
from truceline.desk import inbox, slots
from truceline.desk.desk import Desk
from truceline.desk.inbox import InboxDamaged, Kept
from truceline.reports.taken import FileRef, Pooled
from truceline.values.instant import MINUTE_US

REF = FileRef(blob="ab" * 32, size=16_384, com="cd" * 32, enc="age")
ITEM = Kept(
    source="patrol-log", name="night.csv", owner="JVT", zone="Atlantic/Azores", language="en",
    acl="ALD+CENTRE+JVT", received_us=AT, sha256="ef" * 32, rows=3, unreadable=0, file=REF,
    parts=(Pooled(acl="ALD+CENTRE+JVT", rows=3, taken=REF),),
)  # fmt: skip


@dataclass
class Steps:
    """How many steps on the disk one act takes."""

    keep: int
    let_go: int


def steps(folder: Path) -> Steps:
    """Count them once, on a disk that never fails."""
    folder.mkdir()
    disk = FailingDisk(folder)
    inbox.keep(folder, ITEM, disk=disk)
    kept = disk.steps
    inbox.let_go(folder, [ITEM], disk=disk)
    return Steps(keep=kept, let_go=disk.steps - kept)


def test_power_lost_at_any_step_of_keeping_leaves_all_of_an_item_or_nothing(tmp_path: Path) -> None:
    """And only an item that is whole and durable was acknowledged."""
    whole = 0
    every = steps(tmp_path / "counted").keep
    for at in range(every + 1):
        folder = tmp_path / str(at)
        folder.mkdir()
        acknowledged = True
        try:
            inbox.keep(folder, ITEM, disk=FailingDisk(folder, at=at, how="cut"))
        except PowerCut:
            acknowledged = False
        found = inbox.kept(folder)
        assert found in ((), (ITEM,))
        assert found == (ITEM,) or not acknowledged
        inbox.keep(folder, ITEM)  # handed in again, as whoever got no answer does
        assert inbox.kept(folder) == (ITEM,)
        whole += acknowledged
    assert every >= 4
    assert whole == 1


def test_power_lost_between_the_record_and_the_inbox_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item is still there, the record has it: the next look finds that and removes it."""
    desk = centre(tmp_path)
    hand_in(desk, patrol(3))
    let_go = inbox.let_go

    def cut(folder: Path, items: list[Kept]) -> None:
        if items:
            raise PowerCut
        let_go(folder, items)

    monkeypatch.setattr(inbox, "let_go", cut)
    desk.clock.hold(AT + 15 * MINUTE_US)
    with pytest.raises(PowerCut):
        slots.tick(desk)
    monkeypatch.setattr(inbox, "let_go", let_go)
    again = Desk.open(desk.folder, desk.clock)
    assert len(inbox.kept(again.folder)) == 1
    pass_to(again, AT + 30 * MINUTE_US)
    assert inbox.kept(again.folder) == ()
    assert len(claims_of(again)) == 3


def test_power_lost_before_the_slot_is_durable_enters_it_once_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited goes on waiting, and enters with the same slot when the desk is back."""
    desk = centre(tmp_path)
    hand_in(desk, patrol(3))

    def cut(*_: object, **__: object) -> int:
        raise PowerCut

    desk.clock.hold(AT + 15 * MINUTE_US)
    monkeypatch.setattr(Desk, "post", cut)
    with pytest.raises(PowerCut):
        slots.tick(desk)
    monkeypatch.undo()
    again = Desk.open(desk.folder, desk.clock)
    entered = slots.tick(again)
    assert entered is not None
    assert (entered.parts, entered.waiting) == (1, 0)
    assert slots.tick(again) is None
    assert len(claims_of(again)) == 3


def test_a_damaged_item_is_named_and_nothing_is_entered_over_it(tmp_path: Path) -> None:
    """A report that cannot be read is a person's to look after, not a program's to drop."""
    desk = centre(tmp_path)
    hand_in(desk, patrol(3))
    (path,) = (desk.folder / "inbox").iterdir()
    path.write_bytes(path.read_bytes()[:40])
    desk.clock.hold(AT + 15 * MINUTE_US)
    with pytest.raises(InboxDamaged, match=path.name):
        slots.tick(desk)
    assert path.exists()
