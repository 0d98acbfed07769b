"""A party writes on its own machine, with or without a line, and keeps what it is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.founded import party_list
from tests.desk.gates.asking import ask
from tests.desk.sent import HERE, Lines, party, served
from truceline.coordination.charter import Charter
from truceline.desk.auditing import check_folder
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.gates.asgi import Answer, Request, Route, gate
from truceline.desk.gates.relaying import relaying
from truceline.desk.handing_in import charter_of, hand_in
from truceline.desk.overdue import overdue_relays
from truceline.desk.relaying import Relays
from truceline.desk.sending import OUTBOX, REFUSED, SENT, Party
from truceline.desk.taking import Incoming
from truceline.desk.vouching import overdue
from truceline.ledger import proof, refusal, relay, seal
from truceline.ledger.keys import load
from truceline.ledger.policy import parse
from truceline.values.canonical import canonical
from truceline.values.instant import MINUTE_US, SECOND_US


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """The network of one test."""
    return Lines(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path, lines: Lines) -> Iterator[Desk]:
    """A centre that answers."""
    with served(tmp_path, lines) as opened:
        yield opened


def say(who: Party, desk: Desk, said: bytes = b"02:10", url: str | None = None) -> str:
    """Write one act into the outbox; return its leaf."""
    blob, ref = seal.pad(said)
    now = who.standing(str(desk.folder) if url is None else url)
    return who.write(now, desk.now_us(), (blob,), kind="register/entered", payload=ref).leaf


def test_a_list_sent_by_its_party_is_drawn_like_one_taken_at_the_desk(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """Own key, own machine, sealed before it leaves; the centre's readers see its rows."""
    vel = party(desk, tmp_path)
    now = vel.standing(str(desk.folder))
    founded = charter_of_folder(vel, desk)
    given = Incoming(
        source="party-list", name="april.csv", raw=party_list(5), owner="VEL", by="VEL"
    )
    (made,) = hand_in(vel, now, founded, given, desk.now_us())
    report = vel.send(HERE)
    assert (report.waiting, report.why, [leaf for _, leaf in report.receipts]) == (
        0,
        "",
        [made.leaf],
    )
    desk.refresh()
    rows = desk.tables.select("SELECT owner, count(*) AS n FROM claims WHERE grain = 'full'")
    assert (rows[0]["owner"], rows[0]["n"]) == ("VEL", 5)
    assert desk.log.entry(report.receipts[0][0]).author == "VEL"
    assert hand_in(vel, now, founded, given, desk.now_us()) == []  # known


def charter_of_folder(vel: Party, desk: Desk) -> Charter:
    """What the centre was founded with, as a party keeps it once it has fetched it."""
    (vel.folder / "charter.json").write_bytes(canonical(desk.charter))
    return charter_of(vel, HERE, vel.standing(str(desk.folder)), desk.now_us())


def test_the_receipt_is_kept_and_proves_itself(desk: Desk, tmp_path: Path) -> None:
    """What a party holds in its own folder needs no centre any more."""
    vel = party(desk, tmp_path)
    say(vel, desk)
    vel.send(HERE)
    (note,) = (vel.folder / SENT).glob("*.note")
    kept = note.with_suffix(".answer").read_bytes()
    trust = parse((vel.folder / "trust").read_bytes())
    assert proof.check(kept, note.read_bytes(), trust) == desk.log.head().size - 1
    assert list((vel.folder / OUTBOX).iterdir()) == []


def test_without_a_line_entries_wait_in_order_and_show_that_they_were_late(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """Cut off right after sending, for a day: three acts are kept, and go out afterwards."""
    vel = party(desk, tmp_path)
    say(vel, desk)
    vel.send(HERE)
    app = lines.at.pop("centre.example")
    leaves = [say(vel, desk, b"%d" % number, url="http://127.0.0.1:1") for number in range(3)]
    report = vel.send(HERE)
    assert (report.waiting, report.receipts) == (3, [])
    assert "nobody answers" in report.why
    desk.post("register/entered", "TOR", b"{}")
    lines.at["centre.example"] = app
    report = vel.send(HERE)
    assert ([leaf for _, leaf in report.receipts], report.waiting) == (leaves, 0)
    last = desk.log.entry(report.receipts[-1][0])
    assert last.seen.size < desk.log.head().size - 3  # it is on the record what it had seen


def test_what_was_sent_and_not_answered_is_sent_again_and_is_there_once(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """The line broke after the entry was durable: the same bytes get the same receipt."""
    vel = party(desk, tmp_path)
    leaf = say(vel, desk)
    kept = (vel.folder / OUTBOX / f"{1:012d}").read_bytes()
    vel.send(HERE)
    (vel.folder / OUTBOX / f"{1:012d}").write_bytes(kept)
    before = desk.log.head().size
    report = vel.send(HERE)
    assert [one for _, one in report.receipts] == [leaf]
    assert desk.log.head().size == before


def test_a_refusal_is_kept_and_what_waits_behind_takes_the_free_number(
    desk: Desk, tmp_path: Path
) -> None:
    """One act the centre refuses does not hold up all that follow."""
    vel = party(desk, tmp_path)
    now = vel.standing(str(desk.folder))
    bad = vel.write(now, desk.now_us(), (), kind="register/entered", refs=("00" * 32,))
    blob, ref = seal.pad(b"said all the same")
    vel.write(now, desk.now_us(), (blob,), kind="register/entered", payload=ref)
    report = vel.send(HERE)
    assert (report.refusals, report.waiting) == ([(bad.leaf, "policy")], 0)
    answer = (vel.folder / REFUSED / f"{bad.leaf}.answer").read_bytes()
    assert (
        refusal.open_signed(answer, [load(desk.folder / "keys" / "desk").key])[1].entry == bad.leaf
    )
    assert [desk.log.entry(index).seq for index, _ in report.receipts] == [bad.seq]


def test_an_answer_that_proves_nothing_is_not_taken_for_a_receipt(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """A centre that says yes and proves nothing has taken nothing."""
    vel = party(desk, tmp_path)
    say(vel, desk)

    async def liar(_request: Request) -> Answer:
        return Answer(body=desk.log.prove(0), media="text/x.tlog.proof")

    lines.at["centre.example"] = gate([Route("POST", "/log/add-entry", liar, most=1 << 20)])
    report = vel.send(HERE)
    assert (report.receipts, report.waiting) == ([], 1)
    assert "proves nothing" in report.why


def test_a_push_back_is_waited_out_and_longer_each_time(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """The same bytes again after as long as was asked for; nothing is hammered, nothing is lost."""
    vel = party(desk, tmp_path)
    say(vel, desk)
    real, tries = lines.at["centre.example"], []
    waited: list[float] = []

    async def busy(scope: object, receive: object, send: object) -> None:
        tries.append(1)
        answer = gate([Route("POST", "/log/add-entry", later, most=1 << 20)])
        await (answer if len(tries) < 4 else real)(scope, receive, send)  # type: ignore[arg-type]

    async def later(_request: Request) -> Answer:
        return Answer(status=503, body=b"busy\n", headers=(("retry-after", "2"),))

    lines.at["centre.example"] = busy
    report = vel.send(HERE, rest=waited.append)
    assert (waited, report.waiting, len(report.receipts)) == ([2, 4, 8], 0, 1)


def test_an_entry_this_folder_did_not_send_stops_the_next_one(desk: Desk, tmp_path: Path) -> None:
    """Somebody else writes with our key: better to know it than to write on."""
    vel = party(desk, tmp_path)
    say(vel, desk)
    vel.send(HERE)
    stolen = party(desk, tmp_path / "thief", "TOR")
    thief = Party(stolen.folder, "TOR")
    thief.signer = vel.signer
    thief.code = "VEL"
    say(thief, desk)
    thief.send(HERE)
    with pytest.raises(ActRefused, match="somebody else writes with this key"):
        vel.standing(str(desk.folder))


def test_a_log_that_went_back_is_not_written_on(desk: Desk, tmp_path: Path) -> None:
    """A party's own memory of the head is its first witness."""
    vel = party(desk, tmp_path)
    old = (desk.folder / "log" / "checkpoint").read_bytes()
    say(vel, desk)
    vel.send(HERE)
    vel.standing(str(desk.folder))
    shown = tmp_path / "old"
    (shown / "log").mkdir(parents=True)
    for path in (desk.folder / "log").rglob("*"):
        if path.is_file() and path.name != "checkpoint":
            target = shown / "log" / path.relative_to(desk.folder / "log")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (shown / "log" / "checkpoint").write_bytes(old)
    with pytest.raises(ActRefused, match="an old head"):
        vel.standing(str(shown))


def test_where_the_centre_is_silent_another_party_signs_that_it_was_shown(
    desk: Desk, lines: Lines, tmp_path: Path
) -> None:
    """The note is kept by the sender, goes on record by the relay, and rings once it is overdue."""
    vel, tor = party(desk, tmp_path), party(desk, tmp_path, "TOR")
    leaf = say(vel, desk)
    vel.standing(str(desk.folder))
    real = lines.at.pop("centre.example")
    clock = desk.now_us()
    node = Relays(desk.folder, tor.signer, lambda: clock)
    lines.at["tor.example"] = gate(relaying(node))
    report = vel.send(HERE, relays=("http://tor.example",))
    assert (report.relayed, report.waiting) == ([f"{leaf[:16]} by TOR"], 1)
    kept = (vel.folder / "relayed" / f"{leaf}.TOR").read_bytes()
    _, said = relay.open_signed(kept, [tor.signer.key], desk.settings.origin)
    assert (said.entry, said.by, said.at) == (leaf, "TOR", clock)

    lines.at["centre.example"] = real
    assert node.put_on_record(tor, str(desk.folder)) == 1
    assert len(tor.send(HERE).receipts) == 1
    assert overdue_relays(desk.log, clock + 10 * MINUTE_US) == ()
    (late,) = overdue_relays(desk.log, clock + 10 * MINUTE_US + SECOND_US)
    assert (late.entry, late.by) == (leaf, ("TOR",))
    desk.draw()
    assert overdue(desk) == ()
    desk.clock.hold(clock + 10 * MINUTE_US + SECOND_US)
    assert overdue(desk) == (late,)  # what the page of the ledger shows

    (named,) = [found for found in check_folder(desk.folder).lines() if "overdue relay" in found]
    assert leaf[:16] in named

    assert node.pass_on(HERE) == {leaf: "in the log"}
    assert overdue_relays(desk.log, clock + 60 * MINUTE_US) == ()
    desk.draw()
    assert overdue(desk) == ()
    assert [one for _, one in vel.send(HERE).receipts] == [
        leaf
    ]  # its own sending is the same entry


def test_a_relay_signs_nothing_a_stranger_shows_it(desk: Desk, tmp_path: Path) -> None:
    """Nobody can have a party vouch for noise, or fill its disk."""
    tor = party(desk, tmp_path, "TOR")
    vel = party(desk, tmp_path)
    say(vel, desk)
    body = (vel.folder / OUTBOX / f"{1:012d}").read_bytes()
    raw = body[4 : 4 + int.from_bytes(body[:4])]
    app = gate(relaying(Relays(desk.folder, tor.signer, desk.now_us)))
    forged = raw.replace(b"register/entered", b"register/altered")
    for bad, status in ((forged, 403), (b"noise", 403), (b"", 403)):
        sent = len(bad).to_bytes(4) + bad
        assert ask(app, "POST", "/log/relay", sent).status == status
    assert ask(app, "POST", "/log/relay", b"\0\0").status == 400
    assert not (desk.folder / "relays").exists()
