"""What docs/howto/tribunal.md tells a tribunal to type, typed: the words on the page are run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desk.played import copy_of, played_once
from truceline.cli import commands
from truceline.desk.desk import Desk
from truceline.ledger.packing import pack_verifier

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "tribunal.md"


def written(mark: str) -> list[list[str]]:
    """The commands of a marked block on the page."""
    found = re.search(
        rf"<!-- as written: {mark} -->\n```\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found is not None, mark
    return [shlex.split(line) for line in found[1].strip().splitlines()]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, a receipt, a trust file and the verifier, made by the commands on the page."""
    folder = tmp_path_factory.mktemp("tribunal")
    centre = copy_of(played_once(tmp_path_factory), folder / "centre")
    desk = Desk.open(centre)
    desk.refresh()
    view = desk.view("VEL")
    claim = next(row.claim.id for row in view.all_claims() if not row.coarse)
    incident = view.incident_of(claim)
    assert incident is not None
    index = int(claim.partition("#")[0])
    (folder / "entry.note").write_bytes(desk.log.raw(index))
    (folder / "entry.tlog-proof").write_bytes(desk.log.prove(index))
    desk.close()
    (words,) = written("make")
    there = {"INCIDENT": incident, "centre": str(centre), "case.zip": str(folder / "case.zip")}
    done = CliRunner().invoke(commands, [there.get(word, word) for word in words[1:]])
    assert done.exit_code == 0, done.output
    (folder / "trust").write_bytes((centre / "trust").read_bytes())
    pack_verifier(folder / "truceline-verify.pyz")
    return folder


@pytest.mark.parametrize(("mark", "first"), [("check", "WHOLE"), ("receipt", "WHOLE")])
def test_the_commands_on_the_page_do_what_it_says(laptop: Path, mark: str, first: str) -> None:
    """As written, in an empty folder with four files, by a Python that knows nothing of us."""
    for words in written(mark):
        assert words[0] == "python"
        done = subprocess.run(
            [sys.executable, *words[1:]], cwd=laptop, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.startswith("ЦІЛЕ" if "uk" in words else first)


def test_every_way_to_make_evidence_on_the_page_is_a_command() -> None:
    """The table names what the program can do, and leaves none of it out."""
    named = set(re.findall(r"make ([a-z]+) (?:--|INDEX)", PAGE.read_text(encoding="utf-8")))
    listed = CliRunner().invoke(commands, ["evidence", "make", "--help"]).output
    offered = set(re.findall(r"^  ([a-z]+)  ", listed, flags=re.MULTILINE))
    assert named == offered
