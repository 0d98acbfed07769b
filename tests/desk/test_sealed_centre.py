"""What a centre keeps is opened by its readers; who holds less draws less, and says so."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.keeping import wrap_for
from truceline.desk.taking import Incoming, take
from truceline.ledger.audit import fsck
from truceline.ledger.errors import BadKeyFile, CommitmentError
from truceline.ledger.log import Log
from truceline.ledger.seal import PayloadRef, references
from truceline.ledger.sealing import seal_to
from truceline.ledger.store import blob_path
from truceline.store.digests import common_digest, compartment_digests, table_digests
from truceline.store.drawing import draw
from truceline.store.fusing import fuse_tables
from truceline.store.redrawing import redraw
from truceline.store.tables import DRAWN, Tables
from truceline.values.audience import ALL, PUBLIC
from truceline.values.mode import Mode

RECIPIENTS = {"VEL": ("age1newer", "age1older"), "CENTRE": ("age1centre",)}


def told(folder: Path) -> Desk:
    """A centre in which both parties have complained, each with a list for the staff alone."""
    desk = centre(folder)
    acts.file_complaint(desk, "VEL", COMPLAINT)
    for owner in ("VEL", "TOR"):
        raw = party_list(30)
        take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=owner))
    acts.file_complaint(
        desk,
        "TOR",
        COMPLAINT.replace("from: VEL", "from: TOR").replace("accused: TOR", "accused: VEL"),
    )
    desk.refresh()
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Such a centre, only read from."""
    return told(tmp_path_factory.mktemp("told"))


def copy(desk: Desk, to: Path, identities: Iterable[str]) -> Path:
    """A holder of the whole record, with the identities of some readers alone."""
    shutil.copytree(desk.folder, to, ignore=shutil.ignore_patterns("keys", "tables"))
    (to / "keys").mkdir(mode=0o700)
    for code in identities:
        shutil.copy2(desk.folder / "keys" / f"{code}.age", to / "keys")
    return to


def drawn(folder: Path, identities: str = "") -> Tables:
    """Tables as a holder draws them."""
    tables = Tables(folder / f"drawn-{identities}.sqlite3")
    draw(tables, Log.open(folder))
    return tables


def blobs(desk: Desk, kind: str) -> list[tuple[int, PayloadRef]]:
    """The payloads of a kind of entry, in order."""
    return [(i, e.payload) for i, e in desk.log.entries() if e.kind == kind and e.payload]


def spoil(folder: Path, ref: PayloadRef, how: str) -> None:
    """Damage a blob where it lies, or take it away."""
    path = folder / blob_path(ref.blob)
    raw = path.read_bytes()
    path.unlink()
    if how == "damaged":
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))


def test_what_is_for_some_is_sealed_to_them_with_the_files_it_names(desk: Desk) -> None:
    """An act for the staff and its owner, and the list it brought, open with their identities."""
    found = blobs(desk, "report/taken")
    assert found
    for index, ref in found:
        plain = desk.log.plain(ref)
        assert plain is not None
        inner = references(plain)
        assert {one.enc for one in (ref, *inner)} == {"age"}
        readers = desk.log.entry(index).audience.split("+")
        assert len(inner) == 1
        for one in (ref, *inner):
            raw = (desk.folder / blob_path(one.blob)).read_bytes()
            assert raw.startswith(b"age-encryption.org/v1\n")
            assert raw[:4000].count(b"\n-> X25519 ") == len(readers)


def test_what_all_may_read_is_padded_and_not_sealed(desk: Desk) -> None:
    """Every holder reads it, and who counts bytes learns the class alone."""
    for index, entry in desk.log.entries():
        if entry.payload and entry.audience == ALL:
            assert (entry.payload.enc, entry.payload.size % 4096) == ("pad", 0), index


def test_a_party_draws_what_is_for_it_and_agrees_on_all_that_is_common(
    desk: Desk, tmp_path: Path
) -> None:
    """Common rows are equal everywhere, compartments among their readers, the rest says withheld."""
    mine = drawn(copy(desk, tmp_path / "vel", ["VEL"]))
    whole, own = compartment_digests(desk.tables), compartment_digests(mine)

    assert common_digest(mine) == common_digest(desk.tables)
    shared = {name for name in whole if name in (ALL, PUBLIC) or "VEL" in name.split("+")}
    others = whole.keys() - shared
    assert {name: own[name] for name in shared} == {name: whole[name] for name in shared}
    assert len(shared) >= 2
    assert others
    for name in others:
        assert own[name] != whole[name]
    states = mine.select("SELECT DISTINCT payload, compartment FROM entries")
    assert {row["payload"] for row in states if row["compartment"] in others} == {"withheld"}
    assert not mine.select("SELECT 1 FROM claims WHERE owner = 'TOR'")


def test_whoever_reads_nothing_restricted_lacks_the_same_rows_as_anyone_else_who_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    """Sealed bytes that cannot be opened and bytes never fetched leave one and the same row."""
    holds = copy(desk, tmp_path / "holds", [])
    lacks = copy(desk, tmp_path / "lacks", [])
    for _, ref in blobs(desk, "report/taken"):
        spoil(lacks, ref, "gone")
    one, other = drawn(holds), drawn(lacks)
    assert table_digests(one) == table_digests(other)
    assert {row["holding"] for row in one.select("SELECT holding FROM unheld")} == {"withheld"}
    restricted = len(blobs(desk, "report/taken"))
    assert len(one.select("SELECT * FROM unheld")) == restricted
    assert common_digest(one) == common_digest(desk.tables)


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_one_bad_blob_is_named_in_the_tables_and_the_rest_is_drawn(
    desk: Desk, tmp_path: Path, how: str
) -> None:
    """A file, or what says that it was taken: everything else comes out as before."""
    (_, act), (holder, listed) = blobs(desk, "report/taken")[:2]
    plain = desk.log.plain(listed)
    assert plain is not None
    for name, ref, entry in (("act", act, None), ("file", references(plain)[0], holder)):
        folder = copy(desk, tmp_path / name, ["CENTRE", "VEL", "TOR", "JVT", "ALD"])
        spoil(folder, ref, how)
        tables = drawn(folder)
        unheld = tables.select("SELECT * FROM unheld")
        assert [(row["blob"], row["holding"]) for row in unheld] == [
            (ref.blob, "damaged" if how == "damaged" else "withheld")
        ]
        assert entry is None or unheld[0]["entry"] == entry
        assert not tables.select("SELECT 1 FROM unreadables")
        less = len(tables.select("SELECT 1 FROM claims"))
        assert 0 < less < len(desk.tables.select("SELECT 1 FROM claims"))
        assert fuse_tables(tables)
        found = [one for one in fsck(folder).problems if one.file == blob_path(ref.blob)]
        assert len(found) == 1


def test_fsck_of_a_holder_who_may_not_read_all_finds_nothing_wrong(
    desk: Desk, tmp_path: Path
) -> None:
    """Sealed payloads of others are explained, whether they were fetched or not."""
    folder = copy(desk, tmp_path / "vel", ["VEL"])
    spoil(folder, blobs(desk, "report/taken")[-1][1], "gone")
    verdict = fsck(folder)
    assert verdict.problems == []
    said = " ".join(remark.found for remark in verdict.remarks)
    assert "belongs to a sealed one" in said
    assert "to read" in said


def test_a_loose_identity_stops_the_reading_and_says_which(desk: Desk, tmp_path: Path) -> None:
    """A secret others may have read opens nothing here until a person has looked."""
    folder = copy(desk, tmp_path / "vel", ["VEL"])
    (folder / "keys" / "VEL.age").chmod(0o644)
    with pytest.raises(BadKeyFile, match=r"VEL\.age.*0644"):
        drawn(folder)


def test_damage_to_a_sealed_payload_is_an_error_to_who_asks_for_it(
    desk: Desk, tmp_path: Path
) -> None:
    """None means not for us; an exception means that somebody is at fault."""
    folder = copy(desk, tmp_path / "vel", ["VEL"])
    log = Log.open(folder)
    mine, *_, others = (desk.log.entry(index) for index, _ in blobs(desk, "report/taken"))
    assert log.payload(mine) is not None
    assert log.payload(others) is None
    assert mine.payload is not None
    spoil(folder, mine.payload, "damaged")
    with pytest.raises(CommitmentError):
        log.payload(mine)


def test_tables_drawn_again_are_the_same(desk: Desk, tmp_path: Path) -> None:
    """Salts and seals are drawn from chance; what the tables say is not."""
    again = drawn(copy(desk, tmp_path / "again", ["CENTRE", "VEL", "TOR", "JVT", "ALD"]))
    now = table_digests(desk.tables)
    assert {name: table_digests(again)[name] for name in DRAWN} == {n: now[n] for n in DRAWN}


def test_how_a_payload_is_kept_follows_from_who_may_read_it() -> None:
    """Sealed to the newest recipient of each; where nobody could ever open it, refused."""
    assert wrap_for("PUBLIC", Mode.LIVE, RECIPIENTS)(b"x")[1].enc == "none"
    assert wrap_for("ALL", Mode.LIVE, RECIPIENTS)(b"x")[1].enc == "pad"
    assert wrap_for("CENTRE+VEL", Mode.REPLAY, {})(b"x")[1].enc == "none"
    assert wrap_for("CENTRE+VEL", Mode.LIVE, {})(b"x")[1].enc == "pad"
    kept = wrap_for("CENTRE+TOR+VEL", Mode.LIVE, RECIPIENTS)
    assert kept.keywords["recipients"] == ["age1centre", "age1newer"]  # type: ignore[attr-defined]
    with pytest.raises(ActRefused, match="nobody could open"):
        wrap_for("TOR", Mode.LIVE, RECIPIENTS)


def test_a_record_without_recipients_goes_on_as_it_was(tmp_path: Path) -> None:
    """Centres founded before payloads were sealed take, draw and redraw as ever."""
    desk = centre(tmp_path)
    desk._appender = None
    desk.appender._state.readers = {}
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.refresh()
    (ref,) = (ref for _, ref in blobs(desk, "report/taken"))
    assert ref.enc == "pad"
    assert len(desk.view("VEL").complaints()) == 1
    assert redraw(desk.folder / "tables" / "tables.sqlite3", desk.log).differing == ()


def test_an_author_who_committed_to_something_else_is_named_and_stops_nobody(
    tmp_path: Path,
) -> None:
    """The blob is the one signed for and does not open what was signed for: its author's doing."""
    desk = centre(tmp_path)
    recipients = [desk.appender.readers["CENTRE"][0]]
    blob, ref = seal_to(b'{"complaint":"C-0001","by":"VEL"}', recipients)
    lying = msgspec.structs.replace(ref, com="0" * 64)
    desk.appender.put_blob(b"", lambda _: (blob, lying))
    index = desk.post_ref("complaint/acknowledged", "VEL", lying, acl="CENTRE")
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.refresh()

    (row,) = desk.tables.select("SELECT * FROM unheld")
    assert (row["entry"], row["blob"], row["holding"]) == (index, ref.blob, "false")
    assert len(desk.view().complaints()) == 1
    (found,) = fsck(desk.folder).problems
    assert (found.entry_index, "VEL did not store what it committed to" in found.found) == (
        index, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("report/taken", b"no JSON at all"),
        ("report/taken", b'{"file":1}'),
        ("window/requested", b"[]"),
        ("complaint/answered", b"\xff\xfe"),
        ("bulletin/objected", b"\xff\xfe"),
    ],
)
def test_a_payload_that_is_not_what_its_kind_says_is_kept_as_unreadable(
    tmp_path: Path, kind: str, said: bytes
) -> None:
    """Whatever a party signs for, it stops neither the drawing nor anybody's pages."""
    desk = centre(tmp_path)
    index = desk.post(kind, "VEL", said, acl="CENTRE+VEL")
    acts.file_complaint(desk, "TOR", COMPLAINT.replace("from: VEL", "from: TOR"))
    desk.refresh()
    (row,) = desk.tables.select("SELECT * FROM unreadables")
    assert (row["entry"], row["source"], row["compartment"]) == (index, kind, "CENTRE+VEL")
    assert row["reason"]
    assert len(desk.view().complaints()) == 1
    assert desk.view().windows() == ()
