"""Another program, another language, other authors: Go's sumdb code judges our log of 70,000."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ledger.founding import Centre, found
from tests.ledger.test_audit import entry_at
from tests.ledger.test_policy import stranger
from tests.ledger.witnessing import NOON_S, VELMARK
from truceline.ledger import checkpoint, note
from truceline.ledger.audit import verify
from truceline.ledger.note import ED25519_COSIGNATURE

pytestmark = pytest.mark.real

JUDGE = Path(__file__).parent / "judge"
SIZE = 70_000
PROVED = 41_234


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The judge, built from source with what Debian packages (golang-go, golang-golang-x-mod-dev)."""
    go = shutil.which("go")
    if go is None:
        pytest.fail("Go is not installed: apt-get install golang-go golang-golang-x-mod-dev")
    work = tmp_path_factory.mktemp("judge")
    for name in ("go.mod", "main.go"):
        shutil.copy(JUDGE / name, work / name)
    offline = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    environment = (
        os.environ | offline | {"GOCACHE": str(work / "cache"), "GOPATH": str(work / "path")}
    )
    subprocess.run([go, "build", "-o", "judge", "."], cwd=work, env=environment, check=True)
    return work / "judge"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A log of 70,000 entries with heads of many sizes."""
    made = found(tmp_path_factory.mktemp("real") / "centre")
    for count in (4, 250, 1, 1, 743, 9_000, 30_000, 30_000):
        made.fill(count)
    made.fill(SIZE - made.log.head().size)
    made.appender.settle()
    return made


def judged(judge: Path, log: Path, centre: Centre, where: Path, *witnesses: str) -> str:
    """What the judge says of a log directory, and of these witnesses' lines under its head."""
    (where / "proof").write_bytes(centre.log.prove(PROVED))
    heads = []
    for path in (centre.path / "heads").iterdir():
        head = checkpoint.parse(path.read_bytes())
        if head.size:
            heads.append(f"{head.size} {head.root64}\n")
    (where / "heads").write_text("".join(heads))
    vkey = centre.appender.keys[0].vkey
    command = [str(judge), str(log), vkey, str(where / "proof"), str(where / "heads"), *witnesses]
    said: str = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return said


def test_go_accepts_every_entry_head_and_proof(judge: Path, centre: Centre, tmp_path: Path) -> None:
    """Notes, key ids, tiles, bundles, consistency and a tlog-proof, as sumdb understands them."""
    said = judged(judge, centre.path / "log", centre, tmp_path)
    assert said == f"PASS entries={SIZE} proof={PROVED} consistency=9\n"
    assert verify(centre.path, centre.log.trust).problems == []


def test_go_accepts_a_cosigned_head_and_names_a_false_line(
    judge: Path, centre: Centre, tmp_path: Path
) -> None:
    """A head with two witnesses' lines is still the log's, and each line is checked as C2SP says."""
    copy = tmp_path / "log"
    shutil.copytree(centre.path / "log", copy)
    raw = (copy / "checkpoint").read_bytes()
    text = note.parse(raw).text
    witnesses = (VELMARK[0], stranger(ED25519_COSIGNATURE))
    lines = [signer.sign(text, NOON_S) for signer in (*witnesses, VELMARK[1])]
    (copy / "checkpoint").write_bytes(checkpoint.cosigned(raw, lines))
    vkeys = [signer.key.vkey for signer in witnesses]
    said = judged(judge, copy, centre, tmp_path, *vkeys)
    assert said == f"PASS entries={SIZE} proof={PROVED} consistency=9 cosigned=2\n"
    false = note.Sig(lines[0].name, lines[0].key_id, lines[1].blob)
    (copy / "checkpoint").write_bytes(checkpoint.cosigned(raw, [false]))
    said = judged(judge, copy, centre, tmp_path, vkeys[0])
    assert said.startswith(f"FAIL cosignature of {witnesses[0].key.name}")


@pytest.mark.parametrize(("number", "offset"), [(0, 0), (44, 1234), (160, 30_001), (272, 90_000)])
def test_a_flipped_byte_is_named_alike_by_go_and_by_us(
    number: int, offset: int, judge: Path, centre: Centre, tmp_path: Path
) -> None:
    """Both name the same entry, without having agreed on anything but the format."""
    copy = tmp_path / "log"
    shutil.copytree(centre.path / "log", copy)
    where = f"tile/entries/{number:03d}"
    raw = bytearray((copy / where).read_bytes())
    offset = 2 if offset == 0 else offset % len(raw)
    index = entry_at(where, offset, bytes(raw))
    raw[offset] ^= 0x20
    (copy / where).chmod(0o644)
    (copy / where).write_bytes(raw)
    said = judged(judge, copy, centre, tmp_path)
    problem = verify(copy, centre.log.trust).problems[0]
    assert (problem.file, problem.entry_index) == (where, index)
    assert said.startswith(f"FAIL entry {index} does not match its leaf")


def test_a_flipped_byte_in_a_tile_is_refused_by_both(
    judge: Path, centre: Centre, tmp_path: Path
) -> None:
    """A damaged hash is not a damaged entry: we say so; Go fails at the tile or at its leaf."""
    copy = tmp_path / "log"
    shutil.copytree(centre.path / "log", copy)
    tile = copy / "tile" / "0" / "101"
    raw = bytearray(tile.read_bytes())
    raw[777] ^= 1
    tile.chmod(0o644)
    tile.write_bytes(raw)
    problem = verify(copy, centre.log.trust).problems[0]
    assert problem.file == "tile/0/101"
    assert "the entry itself is whole" in problem.found
    said = judged(judge, copy, centre, tmp_path)
    assert said.startswith("FAIL")
    assert "inconsistent tile" in said or f"entry {problem.entry_index} " in said
