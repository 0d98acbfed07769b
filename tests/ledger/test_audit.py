"""Auditing: damage is named by file and entry, rewriting by whoever kept a copy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import DESK, LOG_KEYS, TOR, VEL, Centre, found
from tests.ledger.rewriting import rewrite
from truceline.ledger import checkpoint, merkle, policy, tiles
from truceline.ledger.audit import Kept, compare, fsck, verify
from truceline.ledger.errors import Malformed
from truceline.ledger.policy import Policy
from truceline.ledger.tiles import WIDTH, unpack

SIZE = 1 + 600 + 3


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A centre with 604 entries: two full bundles and a partial one. Read only."""
    made = found(tmp_path_factory.mktemp("audit") / "centre")
    made.fill(300)
    made.fill(300, TOR)
    made.add(3)
    made.appender.settle()
    return made


@pytest.fixture(scope="module")
def files(centre: Centre) -> dict[str, bytes]:
    """The public log as path → bytes."""
    log = centre.path / "log"
    return {
        str(path.relative_to(log)): path.read_bytes() for path in log.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def trust(centre: Centre) -> Policy:
    """The centre's trust file."""
    return centre.log.trust


def needed(size: int) -> set[str]:
    """The files a log of this size is made of; others are partial tiles of older heads."""
    named = {"checkpoint"}
    for level, index, width in tiles.changed(0, size):
        named.add(tiles.path(level, index, width))
        if level == 0:
            named.add(tiles.path("entries", index, width))
    return named


def entry_at(path: str, offset: int, raw: bytes) -> int:
    """Which entry a byte of a bundle belongs to."""
    number = int(path.split("/")[2].split(".", maxsplit=1)[0])
    at = 0
    for within, entry in enumerate(unpack(raw)):
        at += 2 + len(entry)
        if offset < at:
            return number * WIDTH + within
    raise AssertionError


def test_a_whole_log_is_found_whole(centre: Centre, files: dict[str, bytes], trust: Policy) -> None:
    """From a directory, a centre or anything that gives bytes; with a trust file, keys or none."""
    for source in (centre.path, centre.path / "log", files.get):
        for whom in (trust, trust.logs, ()):
            verdict = verify(source, whom, authors=True)
            assert verdict.problems == []
            assert (verdict.size, verdict.entries) == (SIZE, SIZE)
    assert fsck(centre.path).problems == []


@given(data=st.data())
def test_a_flipped_byte_is_named_by_file_and_entry(
    data: st.DataObject, files: dict[str, bytes], trust: Policy
) -> None:
    """Whichever bit of whichever file: never overlooked, and the entry is the right one."""
    where = data.draw(st.sampled_from(sorted(needed(SIZE))))
    offset = data.draw(st.integers(0, len(files[where]) - 1))
    raw = bytearray(files[where])
    raw[offset] ^= 1 << data.draw(st.integers(0, 7))
    verdict = verify((files | {where: bytes(raw)}).get, trust)
    first = verdict.problems[0]
    assert first.file == where
    assert first.do
    if "entries" in where:
        assert first.entry_index == entry_at(where, offset, files[where])
    elif where.startswith("tile/0"):
        number = int(where.split("/")[2].split(".", maxsplit=1)[0])
        assert first.entry_index == number * WIDTH + offset // 32
        assert "the entry itself is whole" in first.found


@given(data=st.data())
def test_a_missing_or_foreign_file_is_named(
    data: st.DataObject, files: dict[str, bytes], trust: Policy
) -> None:
    """Gone, cut short, emptied or exchanged for another: the first problem names the file."""
    where = data.draw(st.sampled_from(sorted(needed(SIZE))))
    other = data.draw(st.sampled_from(sorted(files)))
    cut = data.draw(st.integers(0, len(files[where]) - 1))
    fates = {"gone": None, "cut": files[where][:cut], "empty": b"", "other": files[other]}
    put = fates[data.draw(st.sampled_from(sorted(fates)))]
    if put == files[where]:
        return
    verdict = verify(lambda path: put if path == where else files.get(path), trust)
    assert where in {problem.file for problem in verdict.problems}


@pytest.mark.parametrize("index", [40, 300, 603])
def test_an_entry_changed_with_all_its_tiles_is_named_by_its_own_signature(
    index: int, centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """Whoever makes the tree fit again still cannot sign for the entry's author."""
    rewrite(centre.log, index, tmp_path)
    (tmp_path / "checkpoint").write_bytes(centre.log.signed_head())
    verdict = verify(tmp_path, trust)
    assert index in {problem.entry_index for problem in verdict.problems}
    assert any("its own signature does not hold" in problem.found for problem in verdict.problems)


@pytest.mark.parametrize("index", [1, 255, 256, 299, 603])
def test_a_log_rewritten_and_signed_anew_is_named_by_a_kept_copy(
    index: int, centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """The centre holds every key it needs but the past: the other party's copy names the entry."""
    signer = VEL if index < 301 or index > 600 else TOR
    rewrite(centre.log, index, tmp_path, signer)
    assert verify(tmp_path, trust).problems == []
    found_by_copy = compare(centre.path / "log", tmp_path, trust)
    assert found_by_copy is not None
    assert found_by_copy.index == index
    assert found_by_copy.both_signed
    assert found_by_copy.kept is not None
    assert found_by_copy.shown is not None
    assert found_by_copy.kept.entry == centre.log.entry(index)
    assert found_by_copy.shown.signed_by == (signer.key.name,)
    assert (found_by_copy.kept.holds, found_by_copy.shown.holds) == (True, True)


def test_a_rewritten_log_betrays_itself_to_whoever_checks_the_authors(
    centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """Later entries name the head their authors saw, and their next number the entry before."""
    rewrite(centre.log, 40, tmp_path, VEL)
    verdict = verify(tmp_path, trust, authors=True)
    by_code = {problem.found.split(": ")[1] for problem in verdict.problems}
    assert by_code == {"seq", "stale"}
    assert verdict.problems[0].entry_index == 41


def test_an_entry_rewritten_without_its_authors_key_is_not_signed_for(
    centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """The comparison says of each side whether the author's own signature holds."""
    rewrite(centre.log, 301, tmp_path, DESK)
    difference = compare(centre.path / "log", tmp_path, trust)
    assert difference is not None
    assert difference.kept is not None
    assert difference.shown is not None
    assert difference.kept.signed_by == (TOR.key.name,)
    assert difference.shown.signed_by == (DESK.key.name,)


def test_a_kept_head_is_enough_to_show_that_the_log_went_back(
    centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """With leaf hashes beside it, the entry is named too; without, the two heads are evidence."""
    raw = centre.log.head_at(301)
    assert raw is not None
    leaves = [merkle.leaf_hash(entry.raw) for _, entry in centre.log.entries(0, 301)]
    assert compare(Kept(head=raw), centre.path, trust) is None
    assert compare(Kept(head=raw, leaves=leaves), centre.path, trust) is None
    rewrite(centre.log, 40, tmp_path, VEL)
    by_head = compare(Kept(head=raw), tmp_path, trust)
    by_leaves = compare(Kept(head=raw, leaves=leaves), tmp_path, trust)
    assert by_head is not None
    assert by_leaves is not None
    assert (by_head.index, by_head.both_signed) == (None, True)
    assert by_leaves.index == 40


def test_a_log_that_forgot_its_end_is_found_out(
    centre: Centre, trust: Policy, tmp_path: Path
) -> None:
    """Cutting the newest entries off is rewriting too, and the first one gone is named."""
    shutil.copytree(centre.path / "log", tmp_path / "log")
    older = centre.log.head_at(601)
    assert older is not None
    (tmp_path / "log" / "checkpoint").write_bytes(older)
    assert verify(tmp_path, trust).problems == []
    difference = compare(centre.path, tmp_path, trust)
    assert difference is not None
    assert (difference.index, difference.found) == (601, "entries 601 to 603 are gone")
    assert compare(tmp_path, centre.path, trust) is None


def test_two_logs_are_not_compared(centre: Centre, tmp_path: Path) -> None:
    """A difference between different logs is no evidence of anything."""
    other = checkpoint.sign(checkpoint.Head("other.example/log", 1, bytes(32)), LOG_KEYS, 0)
    with pytest.raises(Malformed, match="two logs"):
        compare(Kept(head=other), centre.path)
    with pytest.raises(Malformed, match="no checkpoint"):
        compare(tmp_path, centre.path)


def _loosen(centre: Path) -> None:
    key = centre / "keys" / "VEL"
    key.write_text("PRIVATE+KEY+…")
    key.chmod(0o640)


def _stray(centre: Path) -> None:
    (centre / "log" / "tile" / "0" / "notes.txt").write_text("mine")


def _tile_from_nowhere(centre: Path) -> None:
    (centre / "log" / "tile" / "0" / "003").write_bytes(bytes(8192))


def _no_blob(centre: Path) -> None:
    next((centre / "blobs").rglob("*/*/*")).unlink()


def _false_head(centre: Path) -> None:
    head = checkpoint.Head("azores.example/record", 301, b"\1" * 32)
    path = centre / "heads" / "301"
    path.chmod(0o644)
    path.write_bytes(checkpoint.sign(head, LOG_KEYS, 0))


def _no_head(centre: Path) -> None:
    (centre / "heads" / "1").unlink()


def _other_trust(centre: Path) -> None:
    (centre / "trust").write_text(policy.render(Policy(logs=(VEL.key,))))


@pytest.mark.parametrize(
    ("damage", "file", "found_there"),
    [
        (_loosen, "keys/VEL", "mode 0640"),
        (_stray, "log/tile/0/notes.txt", "nothing we wrote"),
        (_tile_from_nowhere, "log/tile/0/003", "nothing we wrote"),
        (_no_blob, "blobs/", "it is missing"),
        (_false_head, "heads/301", "holds something else"),
        (_no_head, "heads/1", "entries say they saw it"),
        (_other_trust, "state/head", "no key of the log"),
    ],
)
def test_fsck_explains_every_stored_byte(
    damage: Callable[[Path], None], file: str, found_there: str, centre: Centre, tmp_path: Path
) -> None:
    """What is missing, damaged, loose or not ours is named by file, with what to do."""
    copy = tmp_path / "centre"
    shutil.copytree(centre.path, copy)
    damage(copy)
    problems = fsck(copy).problems
    assert [
        problem
        for problem in problems
        if problem.file.startswith(file) and found_there in problem.found
    ]
    assert all(problem.do for problem in problems)


def test_what_an_interrupted_take_left_is_a_remark_and_no_damage(tmp_path: Path) -> None:
    """A payload without its entry, a temporary file, a batch never committed: explained."""
    made = found(tmp_path / "centre")
    made.appender.put_blob(b"an interrupted take")
    (made.path / "blobs" / "sha256" / ".tmp-1-ab").write_bytes(b"half")
    (made.path / "state" / ".tmp-1-head").write_bytes(b"half")
    verdict = fsck(made.path)
    assert verdict.problems == []
    said = " ".join(remark.found for remark in verdict.remarks)
    assert "a take was interrupted before its entry" in said
    assert said.count("interrupted write") == 2
    assert "redo log of a committed batch" in said


def test_a_file_named_inside_a_payload_is_explained_by_it(tmp_path: Path) -> None:
    """The bytes of a taken file hang on the payload that describes it, not on an entry."""
    made = found(tmp_path / "centre")
    taken = made.appender.put_blob(b"date;place;what\n21.03.;Tern Rock;mortar\n")
    part = b'{"file":{"blob":"%s","com":"%s","enc":"none","size":%d},"rows":1}' % (
        taken.blob.encode(),
        taken.com.encode(),
        taken.size,
    )
    ref = made.appender.put_blob(part)
    with made.appender.commit(made.later()) as batch:
        batch.add(VEL, kind="report/taken", payload=ref)
    assert not [remark for remark in fsck(made.path).remarks if remark.file.startswith("blobs")]
    blob = made.path / "blobs" / "sha256" / taken.blob[:2] / taken.blob
    blob.unlink()
    assert [problem.entry_index for problem in fsck(made.path).problems] == [1]


def test_a_damaged_bundle_in_the_other_log_is_told_from_a_rewritten_entry(
    centre: Centre, files: dict[str, bytes], trust: Policy
) -> None:
    """Comparing names the first entry that is not there, whether cut, gone or turned to noise."""
    for where, put, index in (
        ("tile/entries/001", b"", 256),
        ("tile/entries/001", files["tile/entries/001"][:-10], 511),
        ("tile/entries/001", b"\x00\x05noise" + files["tile/entries/001"], 256),
    ):
        difference = compare(centre.path, (files | {where: put}).get, trust)
        assert difference is not None
        assert difference.index == index
        assert difference.kept is not None
        assert difference.kept.holds
        assert difference.shown is None or not difference.shown.holds
    fewer = {path: raw for path, raw in files.items() if path != "tile/entries/001"}
    gone = compare(centre.path, fewer.get, trust)
    assert gone is not None
    assert (gone.index, gone.shown) == (256, None)


def test_fsck_of_a_damaged_log_says_so_once_and_goes_on(centre: Centre, tmp_path: Path) -> None:
    """A missing bundle does not hide a missing payload behind it."""
    copy = tmp_path / "centre"
    shutil.copytree(centre.path, copy)
    (copy / "log" / "tile" / "entries" / "001").unlink()
    _no_blob(copy)
    files_named = [problem.file for problem in fsck(copy).problems]
    assert files_named.count("log/tile/entries/001") == 1
    assert any(name.startswith("blobs/") for name in files_named)


def test_a_log_without_a_checkpoint_or_with_a_strangers_is_refused_at_once(
    files: dict[str, bytes], trust: Policy
) -> None:
    """Without a head that counts there is nothing to hold the entries against."""
    verdict = verify(lambda _path: None, trust)
    assert [problem.file for problem in verdict.problems] == ["checkpoint"]
    verdict = verify(files.get, [VEL.key])
    assert "we were given" in verdict.problems[0].found
    assert verdict.entries == 0
