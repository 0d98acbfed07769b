"""Founding a centre: what it is stands in its ledger, and nothing is left half done."""

import stat
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.desk.founded import centre, party_list, plan
from truceline.coordination.acts import WindowRequested
from truceline.coordination.adopted import ModelAdopted, TermsAdopted
from truceline.coordination.charter import Charter
from truceline.desk import acts, founding
from truceline.desk.centre import read_settings, write_settings
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.desk.taking import Incoming, take
from truceline.ledger.audit import fsck
from truceline.ledger.checkpoint import open_signed, parse
from truceline.ledger.errors import BadKeyFile
from truceline.ledger.keys import load
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import ED25519, MLDSA44
from truceline.ledger.note import parse as parse_note
from truceline.ledger.sealing import load_identities
from truceline.store.model import MODEL
from truceline.terms.errors import TermsRefused
from truceline.values.errors import BadValue
from truceline.values.mode import Mode

OFFICERS = {f"{party}-root-{number}" for party in ("VEL", "TOR") for number in (1, 2, 3)}
HELD = {"log", "log-mldsa44", "desk", "VEL", "TOR", "JVT", "ALD"} | OFFICERS
READING = {"CENTRE.age", "VEL.age", "TOR.age", "JVT.age", "ALD.age"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A centre just founded, only read from."""
    return centre(tmp_path_factory.mktemp("founded"))


def refused(folder: Path, wanted: founding.Plan, match: str) -> None:
    """Founding is refused, and not one byte is left behind."""
    with pytest.raises((CentreRefused, TermsRefused, BadValue), match=match):
        founding.found(folder, wanted, Clock())
    assert not folder.exists()


def test_the_ledger_says_what_the_centre_is_whose_keys_it_takes_and_under_which_model(
    desk: Desk,
) -> None:
    """Three entries, in this order, and all who hold the log can read them."""
    entries = [entry for _, entry in desk.log.entries()]
    assert [one.kind for one in entries] == ["centre/founded", "model/adopted", "terms/adopted"]
    charter, model, terms = (desk.log.payload(one) or b"" for one in entries)

    said = msgspec.json.decode(charter, type=Charter)
    assert (said.mode, said.origin, said.zone) == (
        Mode.EXERCISE,
        desk.log.origin,
        "Atlantic/Azores",
    )
    assert (said.party_codes, said.guarantors) == (("VEL", "TOR"), ("ALD",))
    assert (said.cutoff, said.sight_cell_m, said.sight_hours) == ("19:30", 10_000, 24)
    assert msgspec.json.decode(model, type=ModelAdopted).model == MODEL
    assert msgspec.json.decode(terms, type=TermsAdopted).sha256 == desk.agreement.sha256
    assert {line.split("+")[0].rpartition("/")[2] for line in entries[0].vkeys} == HELD - {
        "log", "log-mldsa44",
    }  # fmt: skip
    assert not any(one.vkeys for one in entries[1:])


def test_every_role_has_a_key_of_its_own_that_nobody_else_may_read(desk: Desk) -> None:
    """Mode 0600 each, none equal to another, and `fsck` has nothing to say."""
    folder = desk.folder / "keys"
    assert {path.name for path in folder.iterdir()} == HELD | READING
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len({load(folder / name).key.public for name in HELD}) == len(HELD)
    recipients = {load_identities(folder / name)[0].recipient for name in READING}
    assert len(recipients) == len(READING)
    assert fsck(desk.folder).ok


@pytest.mark.parametrize("room", ["blobs", "state", "tables"])
def test_what_restricted_reports_say_is_closed_to_other_users_of_the_machine(
    desk: Desk, room: str
) -> None:
    """The public log may be served as it is; the content lies beside it and may not."""
    assert stat.S_IMODE((desk.folder / room).stat().st_mode) == 0o700


def test_a_live_centre_holds_no_party_key(tmp_path: Path) -> None:
    """A key of a party's that lies at the centre proves nothing about the party."""
    live = founding.found(tmp_path / "live", plan(Mode.LIVE), Clock())
    assert {path.name for path in (live.folder / "keys").iterdir()} == {
        "log",
        "log-mldsa44",
        "desk",
        "CENTRE.age",
    }
    entry = live.log.entry(acts.request_window(live, "VEL", window(live)))
    assert (entry.author, entry.on_behalf_of) == ("desk", "VEL")


def window(desk: Desk) -> WindowRequested:
    """A request for some hours from now."""
    hour_us = 3_600_000_000
    return WindowRequested(
        zone="halden_window",
        from_us=desk.now_us() + hour_us,
        until_us=desk.now_us() + 5 * hour_us,
        purpose="repair",
        guarantors=("ALD", "TOR", "VEL"),
    )


def test_a_checkpoint_of_size_0_pins_the_log_before_its_first_entry(desk: Desk) -> None:
    """Whoever holds it can tell a log that was begun again from this one."""
    signed = (desk.folder / "heads" / "0").read_bytes()
    head = open_signed(signed, desk.log.trust.logs)
    assert (head.origin, head.size, head.root) == (desk.log.origin, 0, EMPTY_ROOT)


def test_every_checkpoint_has_a_line_for_today_and_one_for_later(desk: Desk) -> None:
    """Ed25519 and ML-DSA-44, both by the log's own keys and by nobody else's."""
    heads = sorted((desk.folder / "heads").iterdir(), key=lambda path: int(path.name))
    assert [path.name for path in heads] == ["0", "1", "2", "3"]
    kinds = {key.identity: key.algorithm for key in desk.log.trust.logs}
    for path in (*heads, desk.folder / "log" / "checkpoint"):
        note = parse_note(path.read_bytes())
        assert [kinds[line.name, line.key_id] for line in note.signatures] == [ED25519, MLDSA44]
        open_signed(path.read_bytes(), desk.log.trust.logs)


def test_the_mode_is_in_every_entry(tmp_path: Path) -> None:
    """No entry can be carried from an exercise into a live record, or back."""
    for mode in Mode:
        desk = founding.found(tmp_path / mode, plan(mode), Clock())
        acts.request_window(desk, "VEL", window(desk))
        assert {entry.mode for _, entry in desk.log.entries()} == {mode}


@pytest.mark.parametrize("changed", ["mode", "origin"])
def test_settings_that_say_something_else_than_the_ledger_open_nothing(
    tmp_path: Path, changed: str
) -> None:
    """Editing one line of a file cannot turn an exercise into a live centre."""
    folder = centre(tmp_path).folder
    other = {"mode": Mode.LIVE, "origin": "truceline.example/elsewhere"}[changed]
    settings = msgspec.structs.replace(read_settings(folder), **{changed: other})
    write_settings(folder, settings)
    with pytest.raises(CentreRefused, match="never mix"):
        Desk.open(folder)


def test_a_live_centre_keeps_no_clock_but_the_machines(tmp_path: Path) -> None:
    """An exercise's clock in a live centre's settings would date its entries at will."""
    live = founding.found(tmp_path / "live", plan(Mode.LIVE), Clock())
    settings = read_settings(live.folder)
    write_settings(live.folder, msgspec.structs.replace(settings, exercise_from_us=1))
    with pytest.raises(CentreRefused, match="exercise_from_us"):
        Desk.open(live.folder)


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ('mode = "war"', "mode"),
        ("mode = 7", "mode"),
        ("name = ", "put the line right"),
        ('surprise = "x"', "surprise"),
        ("\udcff", "put the line right"),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path: Path, line: str, match: str) -> None:
    """Which file, what is wrong with it, and what to do."""
    folder = centre(tmp_path).folder
    path = folder / "centre.toml"
    kept = [one for one in path.read_text().splitlines() if not one.startswith(line[:4])]
    path.write_bytes("\n".join([*kept, line]).encode(errors="surrogateescape"))
    with pytest.raises(CentreRefused, match=match) as said:
        Desk.open(folder)
    assert str(path) in str(said.value)


def test_a_name_reads_back_from_the_settings_as_it_was_given(tmp_path: Path) -> None:
    """Quotes, line breaks and other scripts in a centre's name break no settings file."""
    centre(tmp_path)
    folder = tmp_path / "centre"
    for name in ('The "Azores" centre\\', "Центр\nспостереження", "a = 1\n[x]\t", "🕊 #1"):
        settings = msgspec.structs.replace(read_settings(folder), name=name)
        write_settings(folder, settings)
        assert read_settings(folder) == settings


def test_nothing_is_ever_founded_over_something(tmp_path: Path) -> None:
    """Not over a centre, nor over a folder with one file of somebody's in it."""
    desk = centre(tmp_path)
    before = desk.log.signed_head()
    with pytest.raises(CentreRefused, match="not empty"):
        founding.found(desk.folder, plan(), Clock())
    assert desk.log.signed_head() == before

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "minutes.txt").write_text("10:00 opened")
    with pytest.raises(CentreRefused, match="not empty"):
        founding.found(tmp_path / "notes", plan(), Clock())
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["minutes.txt"]


def test_what_cannot_be_founded_leaves_no_byte_behind(tmp_path: Path) -> None:
    """Terms, the log's name, the codes and the clock are read before anything is written."""
    folder, good = tmp_path / "centre", plan()
    refused(folder, replace(good, terms=good.terms.replace(b"terms: 1", b"terms: 99")), "terms")
    refused(folder, replace(good, terms=b"\xff\xfe broken"), "UTF-8")
    refused(folder, replace(good, origin="truceline.example/my centre"), "--origin")
    refused(folder, replace(good, origin="a+b"), "--origin")
    refused(folder, replace(good, guarantors=("ADL",)), "ADL: no body of that code")
    refused(folder, replace(good, staff=("CENTRE", "TEAM")), "TEAM: no body of that code")
    refused(folder, replace(good, cutoff="half past seven"), "no clock time")


@pytest.mark.parametrize("code", ["../evil", "desk", "log", "a/b", "ALL", "V+T"])
def test_a_code_that_would_pass_for_something_else_founds_nothing(
    tmp_path: Path, code: str
) -> None:
    """Codes become key files and audiences: none may name a path, a role of ours, or everybody."""
    terms = plan().terms.replace(b"  JVT: {en", f'  "{code}": {{en'.encode())
    terms = terms.replace(b"actor: [CENTRE, JVT, ALD]", b"actor: [CENTRE, ALD]")
    wanted = replace(plan(), terms=terms, staff=("CENTRE",))
    with pytest.raises((CentreRefused, TermsRefused)):
        founding.found(tmp_path / "centre", wanted, Clock())
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_never_signed_with_the_logs_own_key(tmp_path: Path) -> None:
    """The log says that it holds something, never what is in it."""
    desk = centre(tmp_path)
    for owner, by in (("VEL", "VEL"), ("TOR", "TOR"), ("VEL", "CENTRE")):
        raw = party_list(2).replace(b"Round", f"{owner} by {by}".encode())
        take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=by))
    log_names = {key.name for key in desk.log.trust.logs}
    signed = [entry.signed_by for _, entry in desk.log.entries() if entry.kind == "report/taken"]
    assert [names[0].rpartition("/")[2] for names in signed] == ["VEL", "TOR", "desk"]
    assert not {name for names in signed for name in names} & log_names


def test_a_key_that_others_can_read_signs_nothing(tmp_path: Path) -> None:
    """The desk stops, and says what to do, before it signs with a key that may have leaked."""
    desk = centre(tmp_path)
    size = parse(desk.log.signed_head()).size
    (desk.folder / "keys" / "VEL").chmod(0o640)
    with pytest.raises(BadKeyFile, match="find out who read it"):
        acts.request_window(desk, "VEL", window(desk))
    assert desk.log.head().size == size


def test_a_folder_that_is_no_centre_is_left_as_it_is(tmp_path: Path) -> None:
    """Opening the wrong folder makes nothing in it."""
    with pytest.raises(CentreRefused, match="truceline found"):
        Desk.open(tmp_path)
    assert list(tmp_path.iterdir()) == []
