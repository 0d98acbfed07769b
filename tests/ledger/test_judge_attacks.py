"""The attacks again, judged by Go's sumdb: another program sees them too, from the same files."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.evidence import scenes
from tests.ledger.founding import TOR, Centre
from tests.ledger.rewriting import rewrite
from tests.ledger.test_judge import judge
from truceline.ledger import checkpoint
from truceline.ledger.audit import compare, verify
from truceline.ledger.comparing import Kept

pytestmark = pytest.mark.real

__all__ = ["judge"]  # a fixture, taken over from where it is

BUNDLE = "tile/entries/000.p/12"


def split_view(centre: Centre, log: Path) -> None:
    """Another history, signed anew by the log."""
    shutil.rmtree(log)
    rewrite(centre.log, scenes.REWRITTEN, log, TOR)


def withheld_bundle(centre: Centre, log: Path) -> None:
    """The file with the entries is not served."""
    del centre
    (log / BUNDLE).unlink()


def stale_head(centre: Centre, log: Path) -> None:
    """An older head is shown, to a party that has kept newer ones."""
    older = centre.log.head_at(7)
    assert older is not None
    (log / "checkpoint").write_bytes(older)


def truncated(centre: Centre, log: Path) -> None:
    """The last entry is cut off its bundle."""
    del centre
    raw = (log / BUNDLE).read_bytes()
    (log / BUNDLE).chmod(0o644)
    (log / BUNDLE).write_bytes(raw[:-40])


def flipped(centre: Centre, log: Path) -> None:
    """One bit of one entry."""
    raw = bytearray((log / BUNDLE).read_bytes())
    raw[raw.index(centre.log.raw(scenes.REWRITTEN)) + 30] ^= 1
    (log / BUNDLE).chmod(0o644)
    (log / BUNDLE).write_bytes(raw)


ATTACKS: list[tuple[Callable[[Centre, Path], None], str]] = [
    (split_view, "head of "),
    (withheld_bundle, "000.p/12"),
    (stale_head, ""),
    (truncated, "entry 11 "),
    (flipped, f"entry {scenes.REWRITTEN} "),
]


@pytest.mark.parametrize(("attack", "said"), ATTACKS)
def test_go_and_we_both_see_the_attack(
    attack: Callable[[Centre, Path], None], said: str, judge: Path, tmp_path: Path
) -> None:
    """Neither passes what the other fails."""
    centre = scenes.peaceful(tmp_path)
    log = tmp_path / "shown"
    shutil.copytree(centre.path / "log", log)
    (tmp_path / "proof").write_bytes(centre.log.prove(2))
    kept = [checkpoint.parse(path.read_bytes()) for path in (centre.path / "heads").iterdir()]
    lines = sorted(f"{head.size} {head.root64}\n" for head in kept if head.size)
    (tmp_path / "heads").write_text("".join(lines))
    assert by_go(judge, centre, log, tmp_path).startswith("PASS entries=12")
    attack(centre, log)
    answer = by_go(judge, centre, log, tmp_path)
    assert answer.startswith("FAIL")
    assert said in answer
    ours = verify(log, centre.log.trust).problems
    apart = compare(Kept(head=centre.log.signed_head()), log_files(log), centre.log.trust)
    assert ours or apart is not None


def log_files(log: Path) -> Callable[[str], bytes | None]:
    """The files of a log's folder."""
    return lambda path: (log / path).read_bytes() if (log / path).exists() else None


def by_go(judge: Path, centre: Centre, log: Path, where: Path) -> str:
    """What the other program says."""
    vkey = centre.appender.keys[0].vkey
    words = [str(judge), str(log), vkey, str(where / "proof"), str(where / "heads")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
