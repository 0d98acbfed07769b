"""`witness`, `cosign`, `level` from a terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.ledger.founding import ORIGIN, Centre, found
from tests.ledger.witnessing import LOG_PUBLIC, Tree
from truceline.cli import commands
from truceline.desk.witnessing import Post
from truceline.ledger.note import Key

TRUE, FALSE = Tree.of(9), Tree.of(9, "rewritten ")


def run(*words: object) -> Result:
    """Type a command."""
    return CliRunner().invoke(commands, list(map(str, words)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A witness that follows the log from its head of five entries."""
    (tmp_path / "log.vkeys").write_text("".join(f"{key.vkey}\n" for key in LOG_PUBLIC))
    (tmp_path / "five").write_bytes(TRUE.signed(5))
    made = tmp_path / "witness"
    assert run("witness", "init", made, "--name", "witness.example/VEL").exit_code == 0
    told = run("witness", "add-log", made, tmp_path / "log.vkeys", "--head", tmp_path / "five")
    assert told.output == f"follows {ORIGIN} from size 5\n"
    return made


def test_a_witness_shows_its_keys_in_note_form(folder: Path) -> None:
    """Two lines for the trust file, and no secret."""
    shown = run("witness", "show", folder, "--public").output.splitlines()
    assert [Key.parse(line).algorithm for line in shown] == [0x04, 0x06]
    assert shown == Post.open(folder).vkeys


def test_a_fork_is_shown_with_both_heads_and_ends_with_one(folder: Path) -> None:
    """A person or a program that looks after the witness cannot overlook it."""
    quiet = run("witness", "show", folder)
    assert (quiet.exit_code, quiet.output.split(",")[0]) == (0, f"{ORIGIN}: size 5")
    post = Post.open(folder)
    assert post.add_checkpoint(TRUE.request(5)).status == 200
    assert post.add_checkpoint(FALSE.request(9, 9)).status == 422
    loud = run("witness", "show", folder)
    assert loud.exit_code == 1
    assert f"FORK {ORIGIN}" in loud.output
    told = json.loads(run("witness", "show", folder, "--json").output)
    (fork,) = told["forks"]
    assert fork["kept"] in told["logs"][0]["head"]
    assert fork["shown"].encode().startswith(FALSE.signed(9).split(b"\n\n")[0])


def test_a_witness_believed_on_first_use_says_so(folder: Path, tmp_path: Path) -> None:
    """Whoever gives no head, or the empty one, is told what that rules out: nothing."""
    other = tmp_path / "other"
    run("witness", "init", other, "--name", "witness.example/TOR")
    vkeys = tmp_path / "log.vkeys"
    assert "will be believed" in run("witness", "add-log", other, vkeys).output
    third = tmp_path / "third"
    run("witness", "init", third, "--name", "witness.example/ALD")
    (tmp_path / "empty").write_bytes(TRUE.signed(0))
    told = run("witness", "add-log", third, vkeys, "--head", tmp_path / "empty").output
    assert "rules nothing out" in told
    assert folder != other


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre without witnesses."""
    made = found(tmp_path / "centre")
    made.add(2)
    return made


def test_the_level_of_an_entry_is_told_with_its_bounds(centre: Centre) -> None:
    """To a person in a line, to a program as one object."""
    told = run("level", 1, "--centre", centre.path)
    assert told.output.startswith("entry 1: logged; made between 2026-03-21T08:00:00")
    plain = json.loads(run("level", 1, "--centre", centre.path, "--json").output)
    assert (plain["format"], plain["level"]) == ("truceline-level/1", "logged")
    assert plain["after_us"] < plain["before_us"]
    assert run("level", 3, "--centre", centre.path).exit_code != 0


def test_a_centre_without_witnesses_cannot_be_cosigned(centre: Centre) -> None:
    """It names the file in which witnesses are named."""
    told = run("cosign", centre.path, "--once")
    assert told.exit_code != 0
    assert "trust" in told.output
