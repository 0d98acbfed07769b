"""A witness's folder: its keys, its memory, and in a mirror the logs themselves.

keys/witness, keys/witness-mldsa44    mode 0600; back them up together with nothing else
witness.sqlite3                       what was cosigned; never restored from a backup
mirror/<hash>/tile/…                  the entries, where it mirrors
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from truceline.desk.clock import machine_us
from truceline.desk.couriers.logs import over_http
from truceline.desk.errors import CentreRefused
from truceline.ledger import checkpoint, witness
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Conflict
from truceline.ledger.handing_on import hand_on
from truceline.ledger.keys import Signer, generate_witness_keys, load, save
from truceline.ledger.mirror import Mirror
from truceline.ledger.note import Key
from truceline.ledger.tiles import Get
from truceline.ledger.verifying import log_get
from truceline.ledger.witness import Answer
from truceline.ledger.witness_book import PINNED, Book, Followed, Fork
from truceline.values.errors import TrucelineError
from truceline.values.instant import SECOND_US

MEMORY = "witness.sqlite3"
KEYS = ("witness", "witness-mldsa44")


def now_s() -> int:
    """This machine's time, POSIX seconds: a witness dates by its own clock and no other."""
    return machine_us() // SECOND_US


@dataclass(frozen=True, slots=True)
class Post:
    """A witness ready to answer."""

    folder: Path
    signers: tuple[Signer, ...]
    book: Book

    @classmethod
    def init(cls, folder: Path, name: str) -> "Post":
        """Make a witness: its keys and an empty memory. CentreRefused if the folder is taken."""
        if folder.exists() and any(folder.iterdir()):
            raise CentreRefused(f"{folder} is not empty; a witness is made in a folder of its own")
        signers = generate_witness_keys(name)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        (folder / "keys").mkdir(mode=0o700)
        book = Book.create(folder / MEMORY, [signer.key for signer in signers])
        for signer, file in zip(signers, KEYS, strict=True):
            save(signer, folder / "keys" / file)
        return cls(folder, signers, book)

    @classmethod
    def open(cls, folder: Path) -> "Post":
        """Open a witness; NotFounded where its memory is gone, BadKeyFile where a key is loose."""
        signers = tuple(load(folder / "keys" / file) for file in KEYS)
        return cls(folder, signers, Book.open(folder / MEMORY, [each.key for each in signers]))

    @property
    def vkeys(self) -> list[str]:
        """What to give to whoever writes the trust file, the classic key first."""
        return [signer.key.vkey for signer in self.signers]

    def add_log(self, keys: Sequence[Key], start: bytes | None, url: str) -> Followed:
        """Follow a log, or give one that is followed further keys or another address.

        start: a head the log signed, to start from; without it the first head shown is believed.
        """
        origins = {key.name for key in keys}
        if len(origins) != 1:
            raise CentreRefused(f"these are keys of {len(origins)} logs; add one log at a time")
        if any(key.public == each.key.public for key in keys for each in self.signers):
            raise CentreRefused("that is this witness's own key; a log signs with keys of its own")
        origin = origins.pop()
        head = Head(origin, 0, Followed(origin="-", keys=()).root)
        if start is not None:
            head = checkpoint.open_signed(start, keys)
        log = Followed(origin=origin, keys=tuple(keys), url=url, size=head.size, root=head.root)
        with self.book.writing() as writing:
            before = writing.log(origin)
            if before is None:
                writing.follow(_pinned(log) if start is not None else log)
            elif start is not None:
                raise Conflict(f"{origin} is followed already, at size {before.size}; it goes on")
            else:
                writing.add_keys(origin, log.keys, url or before.url)
        found = self.book.log(origin)
        assert found is not None
        return found

    def hand_over(self, note: bytes, where: str) -> Followed:
        """Follow a log to its successor; NotHandedOver says why not."""
        return hand_on(note, self.book, reader(where), now_s())

    def add_checkpoint(self, body: bytes, mirror: Mirror | None = None) -> Answer:
        """Answer a log. Trouble of our own says so and signs nothing."""
        try:
            return witness.add_checkpoint(
                body, self.book, self.signers, now_s, fetch=mirror.keeping if mirror else None
            )
        except TrucelineError as problem:
            return witness.in_trouble(problem)

    def latest(self, digest: str) -> Answer:
        """Answer a monitor."""
        try:
            return witness.latest(self.book, digest)
        except TrucelineError as problem:
            return witness.in_trouble(problem)

    def mirror(self) -> Mirror:
        """The copies it keeps, fetched from the addresses given with the logs."""
        return Mirror(self.folder / "mirror", self.book, over_http)

    def forks(self) -> list[Fork]:
        """What logs signed against themselves."""
        return self.book.forks()

    @contextmanager
    def on_duty(self) -> Iterator[None]:
        """Be the one process that serves this witness."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as problem:
            raise CentreRefused(f"{self.folder}: this witness is being served already") from problem
        finally:
            os.close(handle)


def reader(where: str) -> Get:
    """A reader of a log at a URL, or in a folder."""
    if where.startswith(("http://", "https://")):
        return over_http(where)
    return log_get(Path(where))


def _pinned(log: Followed) -> Followed:
    return Followed(
        origin=log.origin, keys=log.keys, url=log.url, size=log.size, root=log.root, start=PINNED
    )
