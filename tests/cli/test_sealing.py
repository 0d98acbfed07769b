"""Forgetting, showing a tribunal and reporting to a capital, as an officer does it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.desk.founded import COMPLAINT
from truceline.ledger.sealing import generate_identity, save_identity

OFFICERS = ("VEL-root-2", "TOR-root-1", "TOR-root-2")


@pytest.fixture
def taken(run: Run, folder: Path, tmp_path: Path) -> Path:
    """A centre that took one complaint in, as entry 3."""
    (tmp_path / "complaint.txt").write_text(COMPLAINT)
    words = ("complaint", tmp_path / "complaint.txt", "--owner", "VEL", "--by", "VEL")
    assert run("take", *words, "--centre", folder)[0] == 0
    return folder


def test_what_officers_of_both_parties_sign_is_forgotten(
    run: Run, taken: Path, tmp_path: Path
) -> None:
    """Propose, sign in turn, do: and the record still verifies, and says what is gone."""
    note = tmp_path / "erase.note"
    words = ("erase", "propose", 3, "--centre", taken, "--reason", "A name stands in it.")
    code, out, _ = run(*words, "--key", taken / "keys" / "VEL-root-1", "-o", note)
    assert (code, "truceline sign" in out) == (0, True)
    code, _, err = run("erase", "do", note, "--centre", taken)
    assert (code, "erasure" in err) == (2, True)
    for officer in OFFICERS:
        assert run("sign", note, "--key", taken / "keys" / officer)[0] == 0
    code, out, _ = run("erase", "do", note, "--centre", taken)
    assert code == 0
    assert "2 blobs destroyed, 0 not held here" in out
    code, out, _ = run("fsck", taken)
    assert code == 0
    assert "erased by agreement in entry 4" in out
    assert run("redraw", taken)[0] == 0
    code, _, err = run("open", 3, "--centre", taken, "-o", tmp_path / "late.json")
    assert (code, "erased" in err) == (2, True)


def test_a_tribunal_checks_one_payload_with_the_trust_file_alone(
    run: Run, taken: Path, tmp_path: Path
) -> None:
    """The file opens the complaint and the form it came in; a changed one is refused."""
    file, trust = tmp_path / "opening.json", taken / "trust"
    assert run("open", 3, "--centre", taken, "-o", file)[0] == 0
    code, out, _ = run("opened", file, "--policy", trust, "--into", tmp_path / "shown")
    assert code == 0
    assert "report/taken, signed by VEL" in out
    assert (tmp_path / "shown" / "file-1").read_text() == COMPLAINT
    code, out, _ = run("opened", file, "--policy", trust, "--json")
    assert (json.loads(out)["entry"], json.loads(out)["unshown"]) == (3, 0)
    file.write_bytes(file.read_bytes().replace(b'"files":[{', b'"files":[{"x":1,', 1))
    assert run("opened", file, "--policy", trust)[0] == 2


def test_a_report_to_the_capital_passes_the_centre_unread(
    run: Run, taken: Path, tmp_path: Path
) -> None:
    """Sealed before it is handed in; only the capital's own file opens it."""
    identity = generate_identity()
    save_identity(identity, tmp_path / "capital.age")
    (tmp_path / "report.txt").write_text("Our post at Tern Rock will be withdrawn on Thursday.")
    words = ("capital", "write", tmp_path / "report.txt", "--centre", taken)
    key = taken / "keys" / "VEL"
    code, out, _ = run(*words, "--to", identity.recipient, "--key", key)
    assert (code, out.split(":")[0]) == (0, "entry 4")
    into = ("--centre", taken, "-o", tmp_path / "read.txt", "--identity")
    code, _, err = run("capital", "read", 4, *into, taken / "keys" / "VEL.age")
    assert (code, "sealed" in err) == (2, True)
    assert run("capital", "read", 4, *into, tmp_path / "capital.age")[0] == 0
    assert "Tern Rock" in (tmp_path / "read.txt").read_text()
    code, _, err = run("capital", "read", 3, *into, tmp_path / "capital.age")
    assert (code, "not a report" in err) == (2, True)
