"""A witness is killed over and over while two histories are pressed on it; it never signs both."""

import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.ledger.witnessing import NOON_S, VELMARK, Tree, post
from truceline.ledger import checkpoint, note
from truceline.ledger.witness_book import Book

pytestmark = pytest.mark.real

KILLS = 40
# Takes requests on its input and answers each with its cosignatures, as a witness does over HTTP.
SERVED = """
import sys
from pathlib import Path
from tests.ledger.witnessing import NOON_S, Post
from truceline.ledger.witness_book import Book

post = Post(Book(Path(sys.argv[1])))
while length := sys.stdin.buffer.read(4):
    post.now_s = int.from_bytes(sys.stdin.buffer.read(8))
    answer = post.send(sys.stdin.buffer.read(int.from_bytes(length)))
    sys.stdout.buffer.write(answer.body if answer.status == 200 else b"")
    sys.stdout.buffer.write(b"%d\\n" % answer.status)
    sys.stdout.buffer.flush()
"""


def test_killed_forty_times_it_signed_one_history(tmp_path: Path) -> None:
    """Whatever left the process before it died lies on one branch, in order of size and date."""
    made, random = post(tmp_path), Random(7)
    branches = {"true": Tree.of(400), "false": Tree.of(400, "rewritten ")}
    out = tmp_path / "said"
    now_s, asked = NOON_S, list[tuple[str, int]]()
    for turn in range(KILLS):
        at = made.log().size
        requests = []
        for _ in range(12):
            branch, new = random.choice(("true", "false")), min(400, at + random.randint(0, 4))
            requests.append((branch, new, branches[branch].request(at, new)))
            at = new if random.random() < 0.7 else at
        now_s += 60
        frames = b"".join(
            len(body).to_bytes(4) + now_s.to_bytes(8) + body for _, _, body in requests
        )
        asked += [(branch, new) for branch, new, _ in requests]
        with out.open("ab") as said:
            said.write(b"turn %d\n" % turn)
            said.flush()
            killed(made.book.path, frames, said.fileno(), after_s=random.random())
    heads = {branches[branch].head(new) for branch, new in asked}
    signed = [head for head in heads if cosigned(out.read_bytes(), checkpoint.encode(head))]
    assert signed
    on = [b for b in branches.values() if all(b.head(head.size) == head for head in signed)]
    assert on
    assert Book(made.book.path).logs()[0].size >= max(head.size for head in signed)


def killed(memory: Path, frames: bytes, said: int, *, after_s: float) -> None:
    """Let a witness work, and kill it in the middle; at the latest when it is done."""
    command = [sys.executable, "-c", SERVED, str(memory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(frames)
            process.stdin.close()
            process.wait(0.3 + after_s)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            process.send_signal(signal.SIGKILL)


def cosigned(said: bytes, text: bytes) -> bool:
    """Say whether a line that holds for this head ever left the witness."""
    key = VELMARK[0].key
    for line in said.split(b"\n"):
        if line.startswith("— ".encode()):
            sig = note.parse(b"x\n\n" + line + b"\n").signatures[0]
            if key.key_id == sig.key_id and note.signed_by(key, text, sig.blob):
                return True
    return False
