"""What officers do with keys: nothing is signed on a log that was not read whole, nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.founded import centre
from tests.desk.sent import HERE, Lines, served
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.officers import (
    adopt_trust,
    begin,
    countersign,
    revoke,
    rotate,
    standing,
    submit,
    submit_to,
    switch,
    write_trust,
)
from truceline.desk.taking import Incoming, take
from truceline.desk.vouching import vouched
from truceline.ledger.audit import verify
from truceline.ledger.errors import BadKeyFile, IntegrityError, Malformed, NoKnownKey, Refused
from truceline.ledger.keys import Signer, load
from truceline.ledger.sealing import load_identities

NOW_US = 1_775_000_000_000_000
LIST = (
    b"ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"
    b'V-1,2026-04-01,02:05,Atlantic/Azores,"47.3, -34.1",WGS84,200,fire.mortar,3,TOR,"At the mill",en\n'
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An exercise centre: everybody's keys are in its `keys/`."""
    made = centre(tmp_path)
    yield made
    made.close()


def key(desk: Desk, name: str) -> Signer:
    """A private key of the exercise."""
    return load(desk.folder / "keys" / name)


def hand_in(desk: Desk, raw: bytes, *officers: str) -> int:
    """A note, signed by these too, submitted; its index."""
    path = desk.folder / "note"
    path.write_bytes(raw)
    for officer in officers:
        countersign(path, key(desk, officer))
    return submit(desk.folder, path.read_bytes()).index


def rotated(desk: Desk, name: str) -> None:
    """New keys for an author, from making to taking into use."""
    keys, where = desk.folder / "keys", str(desk.folder)
    hand_in(desk, rotate(standing(where), keys, name, None, NOW_US))
    switch(standing(where), keys, name)


def test_a_reader_with_new_keys_still_opens_what_was_sealed_to_the_old(desk: Desk) -> None:
    """The desk's own keys are replaced while it works: nothing it held is lost to it."""
    before = load_identities(desk.folder / "keys" / "CENTRE.age")
    take(desk, Incoming(source="party-list", name="l.csv", raw=LIST, owner="VEL", by="VEL"))
    rotated(desk, "desk")
    again = Desk.open(desk.folder)
    take(
        again,
        Incoming(
            source="party-list",
            name="m.csv",
            raw=LIST.replace(b"V-1", b"V-2"),
            owner="VEL",
            by="VEL",
        ),
    )
    taken = [entry for _, entry in again.log.entries() if entry.kind == "report/taken"]
    assert [again.log.payload(one) is not None for one in taken] == [True, True]
    fresh, *old = load_identities(desk.folder / "keys" / "CENTRE.age")
    assert [one.recipient for one in old] == [one.recipient for one in before]
    assert again.appender.readers["CENTRE"][0] == fresh.recipient
    assert verify(desk.folder / "log", again.log.trust, authors=True).ok
    again.close()


def test_new_keys_are_not_used_before_the_log_has_them(desk: Desk) -> None:
    """An author who signs with a key nobody knows has stopped being heard."""
    keys, where = desk.folder / "keys", str(desk.folder)
    used = key(desk, "VEL").key
    rotate(standing(where), keys, "VEL", None, NOW_US)
    with pytest.raises(ActRefused, match="submit first"):
        switch(standing(where), keys, "VEL")
    assert key(desk, "VEL").key == used
    with pytest.raises(BadKeyFile, match="never overwritten"):
        rotate(standing(where), keys, "VEL", None, NOW_US)


def test_after_a_theft_the_officers_give_the_party_its_next_key(desk: Desk) -> None:
    """The revoked key begins nothing any more; two officers register another."""
    keys, where = desk.folder / "keys", str(desk.folder)
    take(desk, Incoming(source="party-list", name="l.csv", raw=LIST, owner="VEL", by="VEL"))
    raw = revoke(standing(where), key(desk, "VEL-root-1"), "VEL", NOW_US, suspect_from=2)
    with pytest.raises(Refused, match="wanted is VEL-roots 2"):
        hand_in(desk, raw)
    hand_in(desk, raw, "VEL-root-2")
    doubts = [said.doubt for said in vouched(desk, range(desk.log.head().size))]
    doubted = [index for index, doubt in enumerate(doubts) if doubt]
    assert doubted
    assert doubted == [
        index for index, one in desk.log.entries() if index >= 2 and one.author == "VEL"
    ]
    with pytest.raises(ActRefused, match="not in use"):
        begin(standing(where), key(desk, "VEL"), NOW_US, kind="key/registered")
    raw = rotate(standing(where), keys, "VEL", keys / "VEL-root-2", NOW_US)
    hand_in(desk, raw, "VEL-root-3")
    fresh = switch(standing(where), keys, "VEL")
    assert key(desk, "VEL").key == fresh
    begin(standing(where), key(desk, "VEL"), NOW_US, kind="window/requested")


def test_a_key_the_thief_registered_is_pointed_at(desk: Desk) -> None:
    """Whoever steals a key gets another one first; the officers are shown which that may be."""
    rotated(desk, "VEL")
    thief = key(desk, "VEL").key.identity
    (old,) = (desk.folder / "keys" / "past").iterdir()
    now = standing(str(desk.folder))
    assert now.doubtful == frozenset()
    raw = revoke(
        now,
        key(desk, "VEL-root-1"),
        "VEL",
        NOW_US,
        key_id=old.name.removeprefix("VEL-"),
        suspect_from=3,
    )
    hand_in(desk, raw, "VEL-root-2")
    assert standing(str(desk.folder)).doubtful == {thief}


def test_which_key_is_revoked_is_said_when_there_are_two(desk: Desk) -> None:
    """Between `rotate` and the revocation of the old key, guessing could take out the new one."""
    rotated(desk, "VEL")
    now = standing(str(desk.folder))
    officer = key(desk, "VEL-root-1")
    with pytest.raises(ActRefused, match="say which key of VEL"):
        revoke(now, officer, "VEL", NOW_US)
    with pytest.raises(ActRefused, match="it has none"):
        revoke(now, officer, "JVX", NOW_US)
    assert revoke(now, officer, "VEL", NOW_US, key_id=key(desk, "VEL").key.key_id.hex())


def test_nobody_signs_on_a_log_that_is_not_whole(desk: Desk) -> None:
    """The first thing an officer's program does is to check every entry."""
    bundle = desk.folder / "log" / "tile" / "entries" / "000.p" / "3"
    raw = bytearray(bundle.read_bytes())
    raw[len(raw) // 2] ^= 1
    bundle.chmod(0o644)
    bundle.write_bytes(raw)
    with pytest.raises(IntegrityError):
        standing(str(desk.folder))


def test_nobody_signs_on_a_log_that_let_in_what_it_may_not(desk: Desk) -> None:
    """A well-signed head over an entry that breaks a rule: the entry is named."""
    with desk.appender.commit(desk.now_us()) as batch:
        groups = batch.state.groups
        batch.state.groups = groups | {"erasure": replace(groups["erasure"], wanted=1)}
        officers = [key(desk, f"VEL-root-{number}") for number in (1, 2)]
        batch.add(officers[0], kind="payload/erased", erases=["ab" * 32], cosigners=officers[1:])
    with pytest.raises(ActRefused, match=r"entry 3: policy: .*sign nothing"):
        standing(str(desk.folder))


def test_an_officer_is_not_made_to_sign_a_head(desk: Desk, tmp_path: Path) -> None:
    """A file that is no note for people gets no line, and stays as it was."""
    head = tmp_path / "checkpoint"
    head.write_bytes(desk.log.signed_head())
    with pytest.raises(Malformed, match="people sign"):
        countersign(head, key(desk, "VEL-root-1"))
    assert head.read_bytes() == desk.log.signed_head()


def test_a_note_that_waited_too_long_is_begun_again(desk: Desk) -> None:
    """Its author has signed something since: the number is taken, and the refusal says which is next."""
    now = standing(str(desk.folder))
    late = revoke(now, key(desk, "VEL-root-1"), "VEL", NOW_US)
    hand_in(desk, revoke(now, key(desk, "VEL-root-1"), "VEL-root-3", NOW_US), "VEL-root-2")
    with pytest.raises(Refused, match="seq: VEL-root-1 wrote number 1"):
        hand_in(desk, late, "VEL-root-2")


def test_a_trust_file_is_adopted_once_and_never_an_older_one(desk: Desk, tmp_path: Path) -> None:
    """The folder keeps the note it came in, whose number is the one to exceed."""
    now, held = standing(str(desk.folder)), (desk.folder / "trust").read_bytes()
    copy = tmp_path / "copy"
    copy.mkdir()
    notes = {}
    for serial in (1, 2):
        path = tmp_path / f"{serial}.note"
        lines = held + b"# the %d. change\n" % serial
        path.write_bytes(write_trust(now, lines, key(desk, "VEL-root-1"), serial, NOW_US))
        for officer in ("VEL-root-2", "TOR-root-1"):
            countersign(path, key(desk, officer))
        with pytest.raises(NoKnownKey):
            adopt_trust(now, path.read_bytes(), copy)
        assert not (copy / "trust").exists()
        countersign(path, key(desk, "TOR-root-2"))
        notes[serial] = path.read_bytes()
    assert adopt_trust(now, notes[2], copy).serial == 2
    with pytest.raises(Malformed, match="in use already"):
        adopt_trust(now, notes[1], copy)
    assert (copy / "trust").read_bytes() == held + b"# the 2. change\n"
    with pytest.raises(ActRefused, match="--policy"):
        adopt_trust(replace(now, trust=None), notes[2], copy)


def test_a_note_is_handed_to_a_centre_far_away_and_its_answer_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too few signatures: a refusal the desk signed; enough: the entry's place, proved."""
    lines = Lines(monkeypatch)
    with served(tmp_path, lines) as desk:
        now, path = standing(str(desk.folder)), tmp_path / "revoke.note"
        path.write_bytes(revoke(now, key(desk, "VEL-root-1"), "VEL", NOW_US))
        with pytest.raises(Refused, match="policy"):
            submit_to(HERE, path.read_bytes(), desk.log.trust)
        countersign(path, key(desk, "VEL-root-2"))
        index = submit_to(HERE, path.read_bytes(), desk.log.trust)
        assert desk.log.entry(index).kind == "key/revoked"
        with pytest.raises(Unreachable):
            submit_to("http://elsewhere.example", path.read_bytes(), desk.log.trust)
