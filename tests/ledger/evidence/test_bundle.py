"""The archive has one spelling, and whatever else it is given it refuses in words."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.ledger.errors import Malformed
from truceline.ledger.evidence import bundle

ORIGIN = "azores.example/record"
FILES = {"one.note": b"one\n", "relays/1.note": b"", "leaves": bytes(range(256))}
RAW = bundle.pack("equivocation", ORIGIN, FILES)

names = st.from_regex(r"[a-z0-9_-]{1,8}(/[a-z0-9_.-]{0,3}[a-z0-9])?", fullmatch=True)


@given(files=st.dictionaries(names, st.binary(max_size=64), max_size=6))
def test_what_was_packed_is_unpacked_and_packs_to_the_same_bytes(files: dict[str, bytes]) -> None:
    """One set of members, one file."""
    kept = {
        name: raw
        for name, raw in files.items()
        if not any(p.startswith(".") for p in name.split("/"))
    }
    raw = bundle.pack("fork", ORIGIN, kept)
    assert dict(bundle.unpack(raw).files) == kept
    assert bundle.pack("fork", ORIGIN, dict(reversed(kept.items()))) == raw


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_an_evidence_file_or_refused(raw: bytes) -> None:
    """Nothing but Malformed leaves the parser."""
    with pytest.raises(Malformed):
        bundle.unpack(raw)


@given(at=st.integers(0, len(RAW) - 1), value=st.integers(0, 255))
def test_no_byte_of_an_evidence_file_can_be_changed_unnoticed(at: int, value: int) -> None:
    """Not in a member, not in the archive's own tables, not between them."""
    changed = bytearray(RAW)
    changed[at] = value
    if bytes(changed) == RAW:
        return
    try:
        evidence = bundle.unpack(bytes(changed))
    except Malformed:
        return
    assert evidence.altered_readmes


@given(at=st.integers(0, len(RAW)), more=st.binary(min_size=1, max_size=40))
def test_nothing_can_be_hidden_in_an_evidence_file(at: int, more: bytes) -> None:
    """Bytes put in anywhere, before, between or after, make it another file."""
    with pytest.raises(Malformed):
        bundle.unpack(RAW[:at] + more + RAW[at:])


@given(cut=st.integers(0, len(RAW) - 1))
def test_a_file_cut_short_is_refused(cut: int) -> None:
    """Half a file shows nothing."""
    with pytest.raises(Malformed):
        bundle.unpack(RAW[:cut])


def test_an_archive_packed_by_another_program_is_sent_back_to_its_folder(tmp_path: Path) -> None:
    """A lawyer who unpacked and packed it again is told what to do, and the folder is judged."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(RAW)) as old, zipfile.ZipFile(again, "w") as new:
        old.extractall(tmp_path)
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 1, 2, 4)), old.read(name))
    with pytest.raises(Malformed, match="unpack it and check the folder"):
        bundle.unpack(again.getvalue())
    assert dict(bundle.read(tmp_path).files) == FILES


def test_a_name_that_leads_out_of_the_folder_is_refused() -> None:
    """A name is never a path to somewhere else, nor a second spelling of another."""
    for name in ("../trust", "/etc/passwd", "A.note", "a//b", "a/../b", "relays/", ".x"):
        with pytest.raises(Malformed):
            bundle.unpack(bundle.pack("fork", ORIGIN, {name: b"x"}))


def test_a_member_more_or_less_than_the_manifest_is_named(tmp_path: Path) -> None:
    """What was added to a folder, or left out of it, is said by name."""
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "trust").write_text("quorum none\n")
    with pytest.raises(Malformed, match="trust is not in the manifest"):
        bundle.read(tmp_path)
    (tmp_path / "trust").unlink()
    (tmp_path / "leaves").unlink()
    with pytest.raises(Malformed, match="leaves is missing"):
        bundle.read(tmp_path)


def test_a_link_in_an_unpacked_folder_is_refused(tmp_path: Path) -> None:
    """A verifier reads what it was given, not what a link points at."""
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "one.note").unlink()
    (tmp_path / "one.note").symlink_to("/etc/hostname")
    with pytest.raises(Malformed, match="link"):
        bundle.read(tmp_path)


def test_members_that_share_their_bytes_are_refused_before_they_are_read() -> None:
    """A small archive that unpacks to a large one is no evidence file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("one.note", bytes(5_000))
        for number in range(200):
            again = zipfile.ZipInfo(f"{number}.note")
            again.header_offset, again.file_size, again.compress_size, again.CRC = (
                0,
                5_000,
                5_000,
                0,
            )
            archive.filelist.append(again)
    with pytest.raises(Malformed, match="share their bytes"):
        bundle.unpack(held.getvalue())
