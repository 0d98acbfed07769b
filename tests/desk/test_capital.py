"""A party's report to its capital: carried by a centre that cannot read it, receipted before all."""

from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre
from tests.desk.sent import HERE, Lines, party, served
from truceline.desk import acts, capital
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.officers import standing
from truceline.ledger import proof
from truceline.ledger.audit import fsck
from truceline.ledger.errors import BadKeyFile, SealedToOthers
from truceline.ledger.keys import load
from truceline.ledger.seal import unwrap
from truceline.ledger.sealing import Ring, generate_identity, load_identities, save_identity
from truceline.ledger.store import blob_path, open_store
from truceline.store.redrawing import redraw

SAID = b"Our post at Tern Rock will be withdrawn on Thursday."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A centre with a complaint on the record."""
    opened = centre(tmp_path)
    acts.file_complaint(opened, "VEL", COMPLAINT)
    return opened


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """The capital's identity file, which never was at the centre."""
    path = tmp_path / "capital.age"
    save_identity(generate_identity(), path)
    return path


def sent(desk: Desk, identity: Path) -> int:
    """A report written and signed by the party, and handed to the centre."""
    (one,) = load_identities(identity)
    now = standing(str(desk.folder))
    raw, blob = capital.write(
        now, load(desk.folder / "keys" / "VEL"), SAID, one.recipient, desk.now_us()
    )
    open_store(desk.folder).put_blob(blob)
    with desk.appender.commit(desk.now_us()) as batch:
        batch.admit(raw)
    return batch.receipts[0].index


def test_the_capital_reads_it_and_no_key_at_the_centre_does(desk: Desk, identity: Path) -> None:
    """Not even an exercise, which holds every party's identity, opens it."""
    index = sent(desk, identity)
    assert capital.read(desk.log, index, identity) == SAID
    entry = desk.log.entry(index)
    assert entry.payload is not None
    assert desk.log.payload(entry) is None
    blob = (desk.folder / blob_path(entry.payload.blob)).read_bytes()
    ring = Ring.held_in(desk.folder / "keys")
    assert len(ring.codes) >= 4
    with pytest.raises(SealedToOthers):
        unwrap(blob, entry.payload, ring.unseal)
    assert SAID not in b"".join(p.read_bytes() for p in desk.folder.rglob("*") if p.is_file())


def test_everybody_sees_that_it_was_sent_and_nobody_what_it_says(
    desk: Desk, identity: Path
) -> None:
    """Its receipt is an inclusion proof like any other; its row says whose it is and no more."""
    index = sent(desk, identity)
    desk.refresh()
    entry = desk.log.entry(index)
    assert proof.check(desk.receipt(index), entry.raw, desk.log.trust) == index
    for reader in ("TOR", "JVT", "CENTRE"):
        (row,) = desk.view(reader).entries(index, index + 1)
        assert (row.kind, row.author, row.audience, row.payload) == (
            "report/to-capital", "VEL", "VEL", "withheld",
        )  # fmt: skip
    assert not desk.tables.select("SELECT 1 FROM events WHERE entry = ?", (index,))
    assert fsck(desk.folder).problems == []
    assert redraw(desk.folder / "tables" / "tables.sqlite3", desk.log).differing == ()


def test_a_capital_whose_key_is_on_the_record_is_refused(desk: Desk) -> None:
    """What is sealed to a reader's key would be open wherever that reader's copy is."""
    now = standing(str(desk.folder))
    reader = now.state.readers["VEL"][0]
    with pytest.raises(ActRefused, match="key of its own"):
        capital.write(now, load(desk.folder / "keys" / "VEL"), SAID, reader, desk.now_us())


def test_only_such_a_report_is_opened_and_only_with_a_close_kept_identity(
    desk: Desk, identity: Path
) -> None:
    """Another entry is named for what it is; a loose identity is refused; a stranger's opens none."""
    index = sent(desk, identity)
    with pytest.raises(ActRefused, match="centre/founded"):
        capital.read(desk.log, 0, identity)
    stranger = identity.with_name("other.age")
    save_identity(generate_identity(), stranger)
    with pytest.raises(SealedToOthers):
        capital.read(desk.log, index, stranger)
    identity.chmod(0o644)
    with pytest.raises(BadKeyFile):
        capital.read(desk.log, index, identity)


def test_a_report_goes_to_the_capital_from_the_party_s_own_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, identity: Path
) -> None:
    """It waits in the outbox without a line; with one the receipt comes back, and only the capital reads."""
    lines = Lines(monkeypatch)
    with served(tmp_path, lines) as desk:
        vel = party(desk, tmp_path)
        (one,) = load_identities(identity)
        now = vel.standing(str(desk.folder))
        capital.put_in_outbox(vel, now, SAID, one.recipient, desk.now_us())
        gone = lines.at.pop("centre.example")
        assert vel.send(HERE).waiting == 1
        lines.at["centre.example"] = gone
        ((index, _),) = vel.send(HERE).receipts
        assert desk.log.entry(index).kind == capital.KIND
        assert capital.read(desk.log, index, identity) == SAID
        with pytest.raises(ActRefused, match="a key of its own"):
            capital.put_in_outbox(vel, now, SAID, now.state.readers["TOR"][0], desk.now_us())
        assert vel.queued() == []
