"""A log in memory and a witness in a folder, for the tests of cosigning."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.ledger.founding import LOG_KEYS, ORIGIN
from truceline.ledger import checkpoint, keys, merkle, witness
from truceline.ledger.checkpoint import Head
from truceline.ledger.keys import Signer
from truceline.ledger.note import ED25519_COSIGNATURE, MLDSA44
from truceline.ledger.witness import Answer
from truceline.ledger.witness_book import Book, Followed
from truceline.values.instant import SECOND_US

NAME = "witness.example/VEL"
VELMARK = (
    keys.from_seed(NAME, b"witness of Velmark, seed 32 byte", ED25519_COSIGNATURE),
    keys.from_seed(NAME, b"witness of Velmark, ML-DSA, 32 b", MLDSA44),
)
NOON_S = 1_774_094_400
LOG_PUBLIC = tuple(signer.key for signer in LOG_KEYS)


@dataclass
class Tree:
    """The leaves of a log, or of one branch of it, and what a log says of them."""

    leaves: list[bytes] = field(default_factory=list)
    signers: tuple[Signer, ...] = LOG_KEYS
    origin: str = ORIGIN

    @classmethod
    def of(cls, size: int, branch: str = "") -> "Tree":
        """A tree of so many entries; another branch has other entries from 3 on."""
        names = (f"{branch if at >= 3 else ''}entry {at}" for at in range(size))
        return cls([merkle.leaf_hash(name.encode()) for name in names])

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        return merkle.perfect_root(self.leaves[index << level : (index + 1) << level])

    def head(self, size: int | None = None) -> Head:
        """The head of a size."""
        size = len(self.leaves) if size is None else size
        return Head(self.origin, size, merkle.range_root(0, size, self.read))

    def signed(self, size: int | None = None, at_s: int = NOON_S) -> bytes:
        """The head of a size, signed by the log."""
        return checkpoint.sign(self.head(size), self.signers, at_s * SECOND_US)

    def proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Why the tree of one size continues that of another."""
        return merkle.prove_consistency(old, len(self.leaves) if new is None else new, self.read)

    def request(self, old: int, new: int | None = None) -> bytes:
        """What the log would send a witness that is at the old size."""
        return witness.request(old, self.proof(old, new), self.signed(new))


@dataclass
class Post:
    """A witness's post: its memory, its keys, and a clock one can set."""

    book: Book
    now_s: int = NOON_S
    stall: Callable[[str], None] = lambda _where: None

    def send(self, body: bytes, fetch: witness.Fetch | None = None) -> Answer:
        """Hand a request in."""
        return witness.add_checkpoint(
            body, self.book, VELMARK, lambda: self.now_s, fetch=fetch, stall=self.stall
        )

    def log(self) -> Followed:
        """What the witness remembers of the log."""
        found = self.book.log(ORIGIN)
        assert found is not None
        return found


def post(folder: Path, start: Head | None = None) -> Post:
    """A new witness that follows the log, from a pinned head or from its first use."""
    book = Book.create(folder / "witness.sqlite3", [signer.key for signer in VELMARK])
    follow = Followed(origin=ORIGIN, keys=LOG_PUBLIC)
    if start is not None:
        follow = Followed(
            origin=ORIGIN, keys=LOG_PUBLIC, size=start.size, root=start.root, start="pinned"
        )
    with book.writing() as writing:
        writing.follow(follow)
    return Post(book)
