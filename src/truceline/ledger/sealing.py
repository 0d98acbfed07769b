"""Sealing payloads to their readers with age, and opening them with the identities held.

Identity files are as `age-keygen` writes them: one secret a line, newest first; lines that begin
with `#` are remarks. A reader whose identity is replaced keeps the old one in the file, because
what was sealed to it stays sealed to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyrage
from pyrage import x25519

from truceline.ledger import seal
from truceline.ledger.errors import BadKeyFile, CommitmentError, Malformed, SealedToOthers
from truceline.ledger.keys import read_private, write_private
from truceline.ledger.seal import AGE, PayloadRef

SUFFIX = ".age"
_NOT_FOR_US = "No matching keys found"  # what pyrage says where no recipient line is ours


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Identity:
    """A private age key and the recipient others seal to. Its repr never shows the secret."""

    recipient: str
    secret: x25519.Identity

    def __repr__(self) -> str:
        return f"Identity({self.recipient})"


def generate_identity() -> Identity:
    """Make a new identity from the machine's randomness."""
    return _identity(x25519.Identity.generate())


def save_identity(identity: Identity, path: Path) -> None:
    """Write an identity to a new file that only its owner may read; never over another."""
    text = f"# recipient: {identity.recipient}\n{identity.secret}\n"
    write_private(path, text, "an identity")


def load_identities(path: Path) -> tuple[Identity, ...]:
    """Read the identities of one file; BadKeyFile if others may read it, or it holds none."""
    lines = [line.strip() for line in read_private(path).splitlines()]
    secrets = [line for line in lines if line and not line.startswith("#")]
    try:
        found = tuple(_identity(x25519.Identity.from_str(line)) for line in secrets)
    except pyrage.IdentityError as problem:
        raise BadKeyFile(
            f"{path}: a line is no age identity (AGE-SECRET-KEY-1…); restore it from its backup"
        ) from problem
    if not found:
        raise BadKeyFile(f"{path}: holds no age identity; restore it from its backup")
    return found


class Ring:
    """The identities held in one place, by whose they are."""

    def __init__(self, held: Mapping[str, Iterable[Identity]]) -> None:
        """Use `Ring.held_in` for a folder of keys."""
        self.codes = frozenset(held)
        self._secrets = [identity.secret for each in held.values() for identity in each]

    @classmethod
    def held_in(cls, keys: Path) -> "Ring":
        """The `<CODE>.age` files of a folder; BadKeyFile where one is loose or damaged."""
        files = sorted(keys.glob(f"*{SUFFIX}")) if keys.is_dir() else []
        return cls({path.stem: load_identities(path) for path in files})

    def unseal(self, blob: bytes) -> bytes:
        """Open what is sealed to any of these identities.

        SealedToOthers where it is sealed to none of them; CommitmentError where it is no age file
        or was damaged before it was stored.
        """
        try:
            return bytes(pyrage.decrypt(blob, self._secrets))
        except pyrage.DecryptError as problem:
            if str(problem) == _NOT_FOR_US:
                raise SealedToOthers(
                    "sealed to readers whose identity is not held here"
                ) from problem
            raise CommitmentError(f"sealed so that no reader can open it: {problem}") from problem


def seal_to(
    plain: bytes, recipients: Iterable[str], salt: bytes | None = None
) -> tuple[bytes, PayloadRef]:
    """Make a blob that only these age recipients can open, and what an entry says of it.

    Its size tells the size class of the content and how many readers there are. Malformed where
    one is no recipient, or there is none.
    """
    points = [parse_recipient(text) for text in recipients]
    if not points:
        raise Malformed("sealed to nobody: name at least one recipient")
    salt = seal.salted(salt)
    blob = bytes(pyrage.encrypt(seal.padded(plain, salt), points))
    return blob, seal.refer(blob, salt, plain, AGE)


@lru_cache(maxsize=256)
def parse_recipient(text: str) -> x25519.Recipient:
    """Read an age recipient; Malformed if it is none."""
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError as problem:
        raise Malformed(f"{text[:80]!r} is no age recipient; one is written age1…") from problem


def _identity(secret: x25519.Identity) -> Identity:
    return Identity(str(secret.to_public()), secret)
