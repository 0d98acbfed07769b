"""What a centre does not take at its gate: anything that would date what a monitor noticed."""

from pathlib import Path

import pytest

from tests.desk.gates.asking import Answered, ask
from tests.desk.test_slots import centre
from truceline.desk.desk import Desk
from truceline.desk.gates.asgi import gate
from truceline.desk.gates.centre import opened
from truceline.desk.officers import begin, standing
from truceline.ledger import note, refusal
from truceline.ledger.keys import load

STAFF = "ALD+CENTRE+JVT"


def sent(
    desk: Desk, by: str, *, forged: bool = False, blob: bytes = b"", **fields: str
) -> Answered:
    """An entry sent to the gate of a centre by one author, with a blob it brings."""
    signer = load(desk.folder / "keys" / by)
    raw = begin(standing(str(desk.folder)), signer, desk.now_us(), **fields)
    if forged:
        text = note.parse(raw).text
        raw = note.render(text, [signer.sign(text + b"other")])
    body = b"".join(len(part).to_bytes(4) + part for part in (raw, blob) if part)
    with opened(desk.folder, desk.clock) as routes:
        return ask(gate(routes), "POST", "/log/add-entry", body)


@pytest.mark.parametrize("kind", ["report/taken", "report/slot", "incident/confirmed"])
@pytest.mark.parametrize("blob", [b"", b"a patrol's log, sealed"])
def test_what_a_monitor_sends_itself_is_refused_before_it_is_in_the_log(
    tmp_path: Path, kind: str, blob: bytes
) -> None:
    """The leaf would say who noticed something and in which minute; the refusal says it has a way."""
    desk = centre(tmp_path)
    told = sent(desk, "JVT", blob=blob, kind=kind, acl=STAFF)
    assert told.status == 403
    key = load(desk.folder / "keys" / "desk").key
    assert refusal.open_signed(told.body, [key])[1].code == "slot"
    assert desk.log.head().size == Desk.open(desk.folder).log.head().size
    assert not any(one.author == "JVT" for _, one in desk.log.entries())


@pytest.mark.parametrize(
    ("minutes", "by", "acl"),
    [(0, "JVT", STAFF), (15, "VEL", "CENTRE+VEL"), (15, "JVT", "ALL"), (15, "JVT", "JVT+TOR")],
)
def test_what_needs_no_slot_is_taken(tmp_path: Path, minutes: int, by: str, acl: str) -> None:
    """A party's own word, what a party may read anyway, and everything where there are no slots."""
    desk = centre(tmp_path, slot_minutes=minutes)
    assert sent(desk, by, kind="report/taken", acl=acl).status == 200


def test_a_stranger_with_a_monitors_name_leaves_no_refusal_behind(tmp_path: Path) -> None:
    """Only what the author itself signed is kept; nobody fills the disk in its name."""
    desk = centre(tmp_path)
    assert sent(desk, "JVT", forged=True, kind="report/taken", acl=STAFF).status == 403
    assert not list((desk.folder / "state" / "refusals").glob("*"))
