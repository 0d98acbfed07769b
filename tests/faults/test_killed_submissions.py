"""A centre killed while parties submit over real sockets: nothing acknowledged is lost or doubled."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.ledger.founding import TOR, VEL, Centre, found
from tests.ledger.submitting import Author
from truceline.desk.couriers import centre as courier
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.sending import framed
from truceline.ledger import proof, seal
from truceline.ledger.audit import fsck, verify
from truceline.ledger.keys import Signer

KILLS = 4
SERVE = """
import sys
from pathlib import Path
import uvicorn
from tests.ledger.founding import Centre
from tests.ledger.founding import LOG_KEYS, FOUNDED_US
from tests.ledger.submitting import sequencer_of
from truceline.desk.gates.asgi import gate
from truceline.desk.gates.log import reading
from truceline.desk.gates.submitting import submitting
from truceline.ledger.append import Appender
from truceline.ledger.store import open_store
folder = Path(sys.argv[1])
centre = Centre(folder, Appender.open(folder, LOG_KEYS), FOUNDED_US)
routes = [*reading(folder), *submitting(sequencer_of(centre), open_store(folder))]
uvicorn.run(gate(routes), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", lifespan="off")
"""


def free_port() -> int:
    """A port nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A centre in a process of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-c", SERVE, str(folder), str(port)]
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}
        )

    def answers(self) -> bool:
        """Say whether it serves its log; wait as long as it is coming up."""
        while self.process.poll() is None:
            with suppress(URLError, OSError):
                urlopen(f"{self.url}/log/checkpoint", timeout=5).close()
                return True
        return False

    def kill(self) -> None:
        """As the power would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Sender(threading.Thread):
    """A party that sends one entry after another until the line is dead, and keeps its receipts."""

    def __init__(self, signer: Signer, centre: Centre, url: str) -> None:
        super().__init__()
        self.author = Author(signer, centre.log.head())
        self.url = url
        self.pending: bytes | None = None
        self.answered: list[tuple[bytes, bytes]] = []

    def run(self) -> None:
        """Send until nobody answers; what was not answered is sent again first."""
        with suppress(Unreachable):
            while True:
                if self.pending is None:
                    blob, ref = seal.wrap(b"02:10 mortar fire, number %d" % self.author.seq)
                    self.pending = framed(self.author.write(payload=ref), (blob,))
                told = courier.add(self.url, self.pending)
                assert told.media == courier.PROOF, told.body
                length = int.from_bytes(self.pending[:4])
                self.answered.append((self.pending[4 : 4 + length], told.body))
                self.pending = None


@pytest.mark.real
def test_a_centre_killed_under_submissions_keeps_every_receipt(tmp_path: Path) -> None:
    """Each kill at a moment of its own; every receipt holds afterwards, no entry is there twice."""
    centre, chance = found(tmp_path / "centre"), Random(20261122)
    senders = [Sender(signer, centre, "") for signer in (VEL, TOR)]
    for _ in range(KILLS):
        served = Served(centre.path, free_port())
        assert served.answers()
        again = []
        for before in senders:
            sender = Sender(before.author.signer, centre, served.url)
            sender.author, sender.pending, sender.answered = (
                before.author,
                before.pending,
                before.answered,
            )
            sender.start()
            again.append(sender)
        senders = again
        senders[0].join(chance.uniform(0.2, 1.2))
        served.kill()
        for sender in senders:
            sender.join(60)
            assert not sender.is_alive()
    log = centre.log
    held = [raw for index in range(log.head().size) for raw in [log.raw(index)]]
    receipts = [pair for sender in senders for pair in sender.answered]
    assert len(receipts) > KILLS
    for raw, told in receipts:
        assert held[proof.check(told, raw, log.trust)] == raw
    assert len(set(held)) == len(held)
    assert len(held) - 1 - len(receipts) <= len(senders)  # durable, and the answer died on its way
    assert verify(centre.path, log.trust, authors=True).problems == []
    assert fsck(centre.path).problems == []
