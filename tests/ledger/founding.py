"""A small centre for the ledger's tests: the invented ceasefire of Velmark and Torrin."""

from dataclasses import dataclass
from pathlib import Path

from truceline.ledger import keys
from truceline.ledger.append import Appender
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.note import MLDSA44
from truceline.values.instant import SECOND_US, parse_instant
from truceline.values.mode import Mode

ORIGIN = "azores.example/record"
FOUNDED_US = parse_instant("2026-03-21T06:00-02:00")
LOG_KEYS = (
    keys.from_seed(ORIGIN, b"log, Ed25519, invented seed 32 b"),
    keys.from_seed(ORIGIN, b"log, ML-DSA, invented seed 32 by", MLDSA44),
)


def author(name: str) -> Signer:
    """The invented key of an author: the same in every run."""
    return keys.from_seed(f"{ORIGIN}/{name}", name.ljust(32, ".").encode())


DESK, VEL, TOR, ALD = (author(name) for name in ("desk", "VEL", "TOR", "ALD"))


@dataclass
class Centre:
    """A founded centre, and a hand on its one door."""

    path: Path
    appender: Appender
    now_us: int = FOUNDED_US
    step_s: int = 60

    @property
    def log(self) -> Log:
        """Its log, opened anew."""
        return Log.open(self.path)

    def later(self, seconds: int = 0) -> int:
        """Let time pass; return the instant."""
        self.now_us += (seconds or self.step_s) * SECOND_US
        return self.now_us

    def add(
        self, count: int = 1, signer: Signer = VEL, said: bytes = b"02:10 mortar fire"
    ) -> list[Entry]:
        """Commit a batch of complaints with a payload each."""
        refs = [self.appender.put_blob(said + b" %d" % number) for number in range(count)]
        with self.appender.commit(self.later()) as batch:
            return [batch.add(signer, kind="report/taken", payload=ref) for ref in refs]

    def fill(self, count: int, signer: Signer = VEL) -> None:
        """Commit a batch without payloads, as fast as it goes."""
        with self.appender.commit(self.later()) as batch:
            for _ in range(count):
                batch.add(signer, kind="report/taken")


def found(path: Path, *, disk: Disk | None = None) -> Centre:
    """Found the centre: genesis, and entry 0 with everyone's keys."""
    appender = Appender.create(path, ORIGIN, LOG_KEYS, FOUNDED_US, disk=disk)
    with appender.commit(FOUNDED_US) as batch:
        batch.add(DESK, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys())
    return Centre(path, appender)


def vkeys() -> list[str]:
    """The verifier keys of every author but Aldmoor, who comes later."""
    return [signer.key.vkey for signer in (DESK, VEL, TOR)]
