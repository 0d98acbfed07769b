"""The attacks the record is made against: each is seen, with who answers and which entry.

One test an attack. Where a second implementation exists it judges too: Go's sumdb in
tests/ledger/test_judge.py, node and a browser in tests/receipt and tests/journeys.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre
from tests.ledger import founding, rewriting
from tests.ledger.evidence import scenes
from truceline.desk.auditing import check_folder
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.ledger import checkpoint, merkle, note
from truceline.ledger.audit import compare, verify
from truceline.ledger.errors import Refused
from truceline.ledger.evidence import making
from truceline.ledger.evidence.judging import judge_bytes
from truceline.ledger.evidence.making import Record
from truceline.ledger.verifying import log_get
from truceline.store.redrawing import redraw
from truceline.values.audience import ALL

ORIGIN = founding.ORIGIN


def test_a_split_view_names_the_log_and_the_first_entry_that_differs(tmp_path: Path) -> None:
    """Two parties are shown two histories; whoever lays them side by side has proof."""
    scene = scenes.fork(tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.culprits, found.entry) == ((ORIGIN,), scenes.REWRITTEN)


def test_a_withheld_bundle_is_named_and_its_entries_are_proved_by_their_receipts(
    tmp_path: Path,
) -> None:
    """The log does not serve a file: `verify` names it; the author's receipt says what was in it."""
    made = scenes.peaceful(tmp_path)
    files = log_get(made.path)
    bundle = "tile/entries/000.p/12"
    assert files(bundle) is not None
    verdict = verify(lambda path: None if path == bundle else files(path), made.log.trust)
    assert (verdict.problems[0].file, verdict.problems[0].entry_index) == (bundle, 0)
    scene = scenes.withheld(tmp_path / "receipt")
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.culprits, found.entry) == ((ORIGIN,), scenes.REWRITTEN)


def test_a_back_dated_entry_is_bracketed_by_heads_its_author_cannot_choose(tmp_path: Path) -> None:
    """Whatever an author claims, it had seen a head that is younger than that."""
    made = scenes.peaceful(tmp_path)
    claimed = founding.FOUNDED_US - 3_600_000_000
    with made.appender.commit(made.later()) as batch:
        batch.add(founding.VEL, kind="report/taken", claimed_us=claimed)
    after, before = made.log.bounds(12)
    assert claimed < after
    assert before is not None
    assert after < before


def test_an_entry_written_into_the_past_is_betrayed_by_what_its_author_had_seen(
    tmp_path: Path,
) -> None:
    """The centre rewrites entry 5 and all after it: those say they saw a head this log never had."""
    made = scenes.peaceful(tmp_path)
    rewriting.rewrite(made.log, scenes.REWRITTEN, tmp_path / "other", founding.TOR)
    verdict = verify(tmp_path / "other", made.log.trust, authors=True)
    assert min(one.entry_index for one in verdict.problems if one.entry_index) > scenes.REWRITTEN
    assert any("never had the head" in one.found for one in verdict.problems)


def test_a_replayed_entry_is_refused_by_its_code(tmp_path: Path) -> None:
    """The same bytes again, or in another log, enter nowhere."""
    made = scenes.peaceful(tmp_path)
    with made.appender.commit(made.later()) as batch:
        with pytest.raises(Refused) as caught:
            batch.admit(made.log.raw(2))
        assert caught.value.code == "replay"
        foreign = made.log.raw(2).replace(ORIGIN.encode(), b"faial.example/record", 1)
        with pytest.raises(Refused) as caught:
            batch.admit(foreign)
        assert caught.value.code == "format"


def test_a_truncated_log_is_found_out_by_any_kept_head(tmp_path: Path) -> None:
    """The end is cut off and an old head shown: a kept head names what is gone."""
    made = scenes.peaceful(tmp_path)
    kept = made.log.signed_head()
    older, files = made.log.head_at(7), log_get(made.path)
    found = compare(
        log_get(made.path), lambda path: older if path == "checkpoint" else files(path),
        made.log.trust,
    )  # fmt: skip
    assert found is not None
    assert found.index == 7
    assert found.both_signed
    assert checkpoint.parse(kept).size == 12


def test_a_stale_head_put_back_is_named_and_nothing_is_signed_on_it(tmp_path: Path) -> None:
    """Someone restores yesterday's commit point: fsck says so."""
    made = scenes.peaceful(tmp_path)
    head = made.path / "state" / "head"
    older = made.log.head_at(7)
    assert older is not None
    head.chmod(0o600)
    head.write_bytes(older)
    problems = check_folder(made.path).verdict.problems
    assert any("newer than state/head" in one.found for one in problems)


def test_an_entry_in_another_partys_name_names_the_log_and_the_entry(tmp_path: Path) -> None:
    """The centre writes for Torrin without Torrin's key, and has signed the tree that holds it."""
    scene = scenes.forgery(tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.culprits, found.entry) == ((ORIGIN,), scenes.REWRITTEN)


def test_silence_on_a_submission_names_the_log_once_others_have_seen_the_entry(
    tmp_path: Path,
) -> None:
    """Two relay notes and every leaf of a later head."""
    scene = scenes.denial(tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.culprits, found.leaf) == ((ORIGIN,), scene.leaf)


def test_evidence_made_against_the_innocent_proves_nothing(tmp_path: Path) -> None:
    """A party that alters its own copy cannot make the log look guilty."""
    made = scenes.peaceful(tmp_path)
    raw = made.log.raw(scenes.REWRITTEN)
    forged = rewriting.altered(raw, founding.TOR)
    receipt = made.log.prove(scenes.REWRITTEN)
    found = judge_bytes(making.withheld(forged, receipt, scenes.shown(made)), made.log.trust)
    assert not found.proved
    held = Record.of(log_get(made.path))
    lines = note.parse(held.signed).signatures
    other = checkpoint.encode(checkpoint.Head(ORIGIN, 12, merkle.leaf_hash(b"another")))
    claimed = Record(note.render(other, lines), held.reader)
    assert not judge_bytes(making.fork_of_head(claimed.signed, held), made.log.trust).proved


# Every kind of file of a centre's folder, and who says that a byte of it was changed.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded centre with a complaint taken; nobody writes here."""
    base = tmp_path_factory.mktemp("attacks")
    desk = centre(base)
    raw = COMPLAINT.encode()
    take(desk, Incoming(source="complaint", name="V-0412.txt", raw=raw, owner="VEL", by="VEL"))
    desk.refresh()
    desk.close()
    return base / "centre"


KINDS: dict[str, Callable[[Path], bool]] = {
    "log/checkpoint": lambda path: path.name == "checkpoint",
    "log/tile/0": lambda path: path.match("log/tile/0/**"),
    "log/tile/entries": lambda path: "entries" in path.parts,
    "heads": lambda path: path.parts[0] == "heads",
    "blobs": lambda path: path.parts[0] == "blobs",
    "state/head": lambda path: path.name == "head",
    "state/stage": lambda path: path.name.startswith("stage-"),
    "state/reserve": lambda path: path.name == "reserve",
    "trust": lambda path: path.name == "trust",
    "keys": lambda path: path.parts[0] == "keys",
    "centre.toml": lambda path: path.name == "centre.toml",
}


def test_a_flipped_byte_in_every_file_of_a_centre_is_named_by_that_file(
    folder: Path, tmp_path: Path
) -> None:
    """Log, tiles, bundles, heads, blobs, state, stage, trust, keys, settings: each by name."""
    copy = tmp_path / "centre"
    shutil.copytree(folder, copy)
    assert check_folder(copy).verdict.problems == []
    met: set[str] = set()
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        where = path.relative_to(copy)
        if where.parts[0] == "tables" or path.name == "lock":
            continue  # drawn from the log: `redraw`, below; and a file without a byte
        met |= {kind for kind, is_one in KINDS.items() if is_one(where)}
        whole, mode = path.read_bytes(), path.stat().st_mode
        raw = bytearray(whole)
        raw[_where(path, whole)] ^= 1
        path.chmod(0o600)
        path.write_bytes(raw)
        path.chmod(mode)
        named = {problem.file for problem in check_folder(copy).verdict.problems}
        assert str(where) in named, (str(where), sorted(named))
        path.chmod(0o600)
        path.write_bytes(whole)
        path.chmod(mode)
    assert met >= KINDS.keys() - {"log/tile/0"}
    assert check_folder(copy).verdict.problems == []


def _where(path: Path, raw: bytes) -> int:
    """A byte that means something: not in a comment."""
    if path.name == "centre.toml":
        return raw.index(b'origin = "') + 12
    return len(raw) * 2 // 3


def test_a_changed_row_of_the_tables_is_named_by_its_table(folder: Path, tmp_path: Path) -> None:
    """The tables are drawn from the record: whoever changes one is shown which."""
    copy = tmp_path / "centre"
    shutil.copytree(folder, copy)
    tables = copy / "tables" / "tables.sqlite3"
    desk = Desk.open(copy)
    desk.tables.db.execute("UPDATE claims SET wording = 'Six mortar rounds beside the mill.'")
    desk.tables.db.commit()
    found = redraw(tables, desk.log)
    desk.close()
    assert "claims" in found.differing


def test_a_compartment_row_is_not_shown_to_a_stranger_and_its_blob_does_not_open(
    folder: Path, tmp_path: Path
) -> None:
    """What Velmark handed in for the centre is neither on Torrin's view nor in Torrin's hands."""
    copy = tmp_path / "centre"
    shutil.copytree(folder, copy)
    desk = Desk.open(copy)
    desk.post("incident/noted", "VEL", b'{"note":"for the centre alone"}', acl="CENTRE+VEL")
    desk.refresh()
    index = desk.log.head().size - 1
    entry = desk.log.entry(index)
    assert entry.payload is not None
    assert entry.audience == "CENTRE+VEL" != ALL
    kinds = {act.kind for act in desk.view("TOR").acts("incident/")}
    assert "incident/noted" not in kinds
    desk.close()
    for name in ("VEL.age", "CENTRE.age", "ALD.age", "JVT.age"):
        (copy / "keys" / name).unlink(missing_ok=True)
    torrin = Desk.open(copy)
    assert torrin.log.payload(torrin.log.entry(index)) is None
    torrin.close()
