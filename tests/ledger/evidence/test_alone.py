"""The small verifier: two rooms, three libraries, no network, one file."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ledger.evidence import scenes
from tests.ledger.evidence.scenes import Scene
from truceline.ledger import policy
from truceline.ledger.__main__ import main
from truceline.ledger.packing import pack_verifier
from truceline.values.texts import LANGUAGES

# Everything a person who distrusts us need not run: our other rooms, and what they rest on.
GUARD = """
import sys
BARRED = ("click", "django", "pyarrow", "numpy", "shapely", "pyproj", "mgrs", "jinja2", "ruamel",
          "markdown_it", "pyrage", "sqlite3", "socket", "ssl", "urllib.request", "http")
ROOMS = ("truceline.ledger", "truceline.values")
class Guard:
    def find_spec(self, name, path=None, target=None):
        ours = name.startswith("truceline.") and not name.startswith(ROOMS)
        if ours or any(name == one or name.startswith(one + ".") for one in BARRED):
            raise ImportError("the verifier must not import " + name)
sys.meta_path.insert(0, Guard())
sys.argv = ["truceline-verify", *sys.argv[1:]]
import runpy
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A fork, as files on a lawyer's laptop."""
    made = scenes.fork(tmp_path)
    (tmp_path / "fork.zip").write_bytes(made.evidence)
    (tmp_path / "handed-over").write_text(policy.render(made.trust), encoding="utf-8")
    return made


def run(program: str, words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program text with arguments, in a folder."""
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verifier_runs_without_any_other_room_or_a_network(
    scene: Scene, tmp_path: Path
) -> None:
    """An import of anything else stops it; it answers all the same."""
    program = GUARD + "runpy.run_module('truceline.ledger', run_name='__main__')"
    done = run(program, ["check", "fork.zip", "--trust", "handed-over", "--json"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["kind"], said["proved"], said["culprit"]) == ("fork", True, [scenes.ORIGIN])
    assert (said["entry"], said["leaf"]) == (scenes.REWRITTEN, scene.leaf)


def test_the_verifier_in_one_file_says_the_same(scene: Scene, tmp_path: Path) -> None:
    """The zip application holds the two rooms and nothing else, and two builds are equal."""
    pack_verifier(tmp_path / "verify.pyz")
    pack_verifier(tmp_path / "again.pyz")
    assert (tmp_path / "verify.pyz").read_bytes() == (tmp_path / "again.pyz").read_bytes()
    with zipfile.ZipFile(tmp_path / "verify.pyz") as archive:
        rooms = {Path(name).parts[1] for name in archive.namelist() if name.count("/") > 1}
    assert rooms == {"ledger", "values"}
    bare = "import sys; sys.path = [p for p in sys.path if not p.endswith('src')]\n"
    program = bare + GUARD + "runpy.run_path('verify.pyz', run_name='__main__')"
    for language in LANGUAGES:
        words = ["check", "fork.zip", "--trust", "handed-over", "--lang", language]
        done = run(program, words, tmp_path)
        assert done.returncode == 0, done.stderr
        assert scenes.ORIGIN in done.stdout
    assert scene.leaf in done.stdout


def test_the_exit_code_says_whether_it_is_proved(
    scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 proved, 1 whole and not proved, 2 cannot be judged: a script can tell."""
    made = scene.centre
    kept = made.log.head_at(7)
    assert kept is not None
    from truceline.ledger.evidence import making  # noqa: PLC0415 - beside its one use

    (tmp_path / "none.zip").write_bytes(making.fork_of_head(kept, scenes.shown(made)))
    (tmp_path / "torn.zip").write_bytes(scene.evidence[:-9])
    trust = ["--trust", str(tmp_path / "handed-over")]
    for name, code in (("fork", 0), ("none", 1), ("torn", 2)):
        assert main(["check", str(tmp_path / f"{name}.zip"), *trust]) == code
    assert main(["check", str(tmp_path / "nothing.zip"), *trust]) == 2
    assert "nothing.zip" in capsys.readouterr().err


def test_the_trust_file_inside_an_evidence_file_is_never_used(tmp_path: Path) -> None:
    """Without the reader's own there is no answer, and no way to leave it out."""
    with pytest.raises(SystemExit):
        main(["check", str(tmp_path / "fork.zip")])
