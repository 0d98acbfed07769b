"""Programs nobody here wrote: their witness cosigns our log, our witness answers their client."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.ledger.founding import LOG_KEYS, ORIGIN, Centre, found
from tests.ledger.rewriting import rewrite
from tests.ledger.witnessing import LOG_PUBLIC
from truceline.desk.clock import machine_us
from truceline.desk.couriers.witnesses import Witnesses
from truceline.desk.witnessing import Post
from truceline.ledger import checkpoint, policy
from truceline.ledger.cosigning import Spoken
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.witness_book import origin_hash
from truceline.values.instant import SECOND_US

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
ORACLES = ROOT / ".oracles" / "bin"
PEER = Path(__file__).parent / "judge" / "peer.py"
NEW = ("python3.14", "python3.13", "python3.12")


@pytest.fixture(scope="module")
def theirs() -> Path:
    """Others' programs, in an environment of their own."""
    if (ORACLES / "aics-witness").exists():
        return ORACLES
    pyenv = Path.home() / ".pyenv" / "versions"
    if any(map(shutil.which, NEW)) or any(pyenv.glob("3.1[2-9].*")):
        pytest.fail("others' programs are not installed: run .ci/oracles")
    # Their packages want Python 3.12. Where there is none, that is said, and it is no failure.
    pytest.xfail("no Python 3.12 or newer on this machine: others' programs were not run")


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with heads of 1, 5, 300 and 301."""
    made = found(tmp_path / "centre")
    for count in (4, 295, 1):
        made.fill(count)
    return made


def said(*command: object, ok: bool = True) -> str:
    """What a program prints; an AssertionError with its complaint if it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is ok, done.stderr + done.stdout
    return done.stdout


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[object], port: int) -> Iterator[str]:
    """A server in a process of its own, once it takes connections."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        list(map(str, command)), stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        try:
            for _ in range(400):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                assert process.poll() is None, process.communicate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def trust_of(centre: Centre, vkey: str, url: str) -> Policy:
    """Have the centre ask one witness."""
    made = Policy(
        logs=LOG_PUBLIC, witnesses={"PEER": Key.parse(vkey)}, urls={"PEER": url}, quorum="PEER"
    )
    (centre.path / "trust").write_text(policy.render(made))
    return made


def signed_now(centre: Centre) -> None:
    """Sign the newest head again, as a centre does that has been idle."""
    assert centre.appender.refresh(machine_us(), older_than_us=SECOND_US)


def test_another_projects_witness_cosigns_our_log(
    theirs: Path, centre: Centre, tmp_path: Path
) -> None:
    """Head after head, by our courier; a second history of ours it refuses, and keeps."""
    config, port = tmp_path / "witness.json", free_port()
    name = "peer.example/w1"
    options = ("--config", config, "--name", name, "--listen", f"127.0.0.1:{port}")
    vkey = said(theirs / "aics-witness", "init", *options).strip().splitlines()[-1]
    log = ("--config", config, "--origin", ORIGIN, "--vkey", LOG_KEYS[0].key.vkey)
    said(theirs / "aics-witness", "add-log", *log)
    with running((theirs / "aics-witness", "serve", "--config", config), port) as url:
        trust = trust_of(centre, vkey, url)
        courier = Witnesses(centre.path)
        for size in (301, 303):
            (outcome,) = courier.once()
            assert (outcome.problem, outcome.size) == ("", size)
            shown = (centre.path / "log" / "checkpoint").read_bytes()
            assert trust.open(shown) == centre.log.head()
            centre.fill(2)
        forged = tmp_path / "forged"
        shutil.copytree(centre.path, forged)
        (forged / "log").rename(tmp_path / "kept")
        rewrite(centre.log, 100, forged / "log")
        (forged / "state" / "head").write_bytes((forged / "log" / "checkpoint").read_bytes())
        for stage in (forged / "state").glob("stage-*"):
            stage.unlink()
        (outcome,) = Witnesses(forged).once()
        assert "422" in outcome.problem
    kept = json.loads(said(theirs / "aics-witness", "evidence", "--config", config))
    assert [row["origin"] for row in kept] == [ORIGIN]


def test_our_witness_answers_another_projects_client(
    theirs: Path, centre: Centre, tmp_path: Path
) -> None:
    """Their client makes the proofs from our tiles, sends head after head and checks each line."""
    post = Post.init(tmp_path / "witness", "witness.example/VEL")
    post.add_log(LOG_PUBLIC, (centre.path / "heads" / "0").read_bytes(), "")
    heads = [centre.path / "heads" / str(size) for size in (1, 5, 300, 301)]
    rewrite(centre.log, 100, tmp_path / "forged")
    forged = tmp_path / "forged" / "checkpoint"
    port = free_port()
    command = (sys.executable, "-m", "truceline.cli", "witness", "serve", post.folder)
    with running((*command, "--port", port), port) as url:
        feed = (theirs / "python", PEER, "feed", url, post.vkeys[0], centre.path / "log")
        lines = said(*feed, *heads, forged).splitlines()
        assert [line.split()[0] for line in lines] == ["—"] * 4 + ["rejected"]
        assert lines[-1] == "rejected 422"
        with urllib.request.urlopen(
            f"{url}/{origin_hash(ORIGIN)}/checkpoint", timeout=30
        ) as answer:
            assert checkpoint.parse(answer.read()).size == 301
    assert [fork.found for fork in post.forks()] == ["two roots of size 301"]


def test_others_verify_every_kind_of_line(theirs: Path, centre: Centre, tmp_path: Path) -> None:
    """Four lines: ours in two algorithms, a witness's in two; each by code we did not write."""
    post = Post.init(tmp_path / "witness", "witness.example/VEL")
    post.add_log(LOG_PUBLIC, None, "")
    signed_now(centre)
    witnesses = {str(n): Key.parse(vkey) for n, vkey in enumerate(post.vkeys)}
    trust = Policy(
        logs=LOG_PUBLIC,
        witnesses=witnesses,
        urls=dict.fromkeys(witnesses, "http://vel.example"),
        quorum="0",
    )
    (centre.path / "trust").write_text(policy.render(trust))
    (outcome,) = Witnesses(centre.path, deliver=lambda _url, body: _spoken(post, body)).once()
    assert outcome.problem == ""
    head = centre.path / "log" / "checkpoint"
    vkeys = [key.vkey for key in (*LOG_PUBLIC, *witnesses.values())]
    verified = said(theirs / "python", PEER, "verify", head, *vkeys).splitlines()
    assert sorted(verified) == [
        f"1 {ORIGIN}", "4 witness.example/VEL", f"6 {ORIGIN}", "6 witness.example/VEL",
    ]  # fmt: skip
    key = tmp_path / "log.vkey"
    key.write_text(LOG_KEYS[0].key.vkey + "\n")
    asked = ("--vkey-file", key, "--witness-key", post.vkeys[0], "--quorum", "1", "--note", head)
    assert json.loads(said(theirs / "aics-tlog", "verify-checkpoint", *asked))
    proof = said(theirs / "tlog-tiles", "gen-proof", (centre.path / "log").resolve(), "41")
    assert proof.encode() == _newest_proof(centre, 41)


def _newest_proof(centre: Centre, index: int) -> bytes:
    """Our own proof for an entry, with the head as it is shown now."""
    top = centre.log.prove(index).split(b"\n\n", 1)[0]
    return top + b"\n\n" + (centre.path / "log" / "checkpoint").read_bytes()


def _spoken(post: Post, body: bytes) -> Spoken:
    answer = post.add_checkpoint(body)
    return Spoken(status=answer.status, body=answer.body)
