"""docs/howto/drill.md, typed as it stands on five machines that can be cut off from each other."""

import shutil
from pathlib import Path

import pytest

from tests.desk.founded import party_list
from tests.network.drill import Drill, machines, steps
from tests.network.hosts import Network, available

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "howto" / "drill.md"
TRANSCRIPT = ROOT / "docs" / "howto" / "drill-transcript.txt"


@pytest.mark.skipif(not available(), reason="no network namespaces here: want root and iproute2")
def test_the_drill_goes_as_its_page_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Founded, cut off, seized, taken over, judged: every command ends as the page shows."""
    page = PAGE.read_text(encoding="utf-8")
    with Network(*machines(page)) as network:
        drill = Drill(network, tmp_path)
        lay_out(tmp_path)
        for step in steps(page):
            drill.run(step)
    if request.config.getoption("--rewrite-golden"):
        TRANSCRIPT.write_text("\n".join(drill.transcript).strip() + "\n", encoding="utf-8")


def lay_out(folder: Path) -> None:
    """What the page takes as given: the agreement at the centre, and lists the parties report."""
    shutil.copy(ROOT / "agreements" / "exercise-velmark-torrin.yaml", folder / "centre")
    lines = party_list(60).decode().splitlines(keepends=True)
    for number in range(3):
        part = "".join([lines[0], *lines[1 + 20 * number : 21 + 20 * number]])
        (folder / "vel" / f"velmark-{number + 1}.csv").write_text(part, encoding="utf-8")
        other = part.replace("V-0", "T-0").replace("TOR", "VEL")
        (folder / "tor" / f"torrin-{number + 1}.csv").write_text(other, encoding="utf-8")
