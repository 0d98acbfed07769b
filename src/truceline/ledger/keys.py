"""Private keys: made, used, kept in files that nobody else may read.

A file holds one line in the form Go's sumdb/note gives its signers:
`PRIVATE+KEY+<name>+<key id>+<base64(type || 32-byte seed)>`.
"""

import base64
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

from truceline.ledger.errors import BadKeyFile, LedgerError, Malformed
from truceline.ledger.note import (
    ED25519,
    ED25519_COSIGNATURE,
    MLDSA44,
    Key,
    Sig,
    signed_message,
    unbase64,
)

_PREFIX = "PRIVATE+KEY+"
_LOOSE = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Signer:
    """A private key and its public half. Its repr never shows the secret."""

    key: Key
    seed: bytes
    _sign: Callable[[bytes], bytes] = field(repr=False)

    def __repr__(self) -> str:
        return f"Signer({self.key.name}, {self.key.key_id.hex()})"

    def sign(self, text: bytes, time_s: int = 0) -> Sig:
        """Sign a text. time_s dates a cosignature (0x04, 0x06); a plain signature has no date."""
        made = self._sign(signed_message(self.key, text, time_s))
        dated = b"" if self.key.algorithm == ED25519 else time_s.to_bytes(8)
        return Sig(self.key.name, self.key.key_id, dated + made)


def generate(name: str, algorithm: int = ED25519) -> Signer:
    """Make a new private key from the machine's randomness."""
    return from_seed(name, os.urandom(32), algorithm)


def generate_log_keys(origin: str) -> tuple[Signer, Signer]:
    """Make the two keys a log signs its heads with: Ed25519 for today, ML-DSA-44 for later."""
    return generate(origin), generate(origin, MLDSA44)


def generate_witness_keys(name: str) -> tuple[Signer, Signer]:
    """Make the two keys a witness cosigns with: Ed25519 for today, ML-DSA-44 for later."""
    return generate(name, ED25519_COSIGNATURE), generate(name, MLDSA44)


def from_seed(name: str, seed: bytes, algorithm: int = ED25519) -> Signer:
    """Make the private key of a 32-byte seed; the same seed gives the same key."""
    if len(seed) != 32 or algorithm not in (ED25519, ED25519_COSIGNATURE, MLDSA44):
        raise Malformed(f"a key of {name}: want 32 bytes of seed and type 0x01, 0x04 or 0x06")
    if algorithm == MLDSA44:
        private = MLDSA44PrivateKey.from_seed_bytes(seed)
        public = private.public_key().public_bytes_raw()
        return Signer(Key(name, algorithm, public), seed, private.sign)
    public, secret = crypto_sign_seed_keypair(seed)

    def sign(message: bytes) -> bytes:
        signed: bytes = crypto_sign(message, secret)
        return signed[:64]

    return Signer(Key(name, algorithm, public), seed, sign)


def save(signer: Signer, path: Path) -> None:
    """Write a private key to a new file that only its owner may read."""
    typed = base64.b64encode(bytes([signer.key.algorithm]) + signer.seed).decode()
    line = f"{_PREFIX}{signer.key.name}+{signer.key.key_id.hex()}+{typed}\n"
    write_private(path, line, "a key")


def write_private(path: Path, text: str, what: str) -> None:
    """Write a new file of secrets that only its owner may read; never over another."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            os.fchmod(handle, 0o600)
            file.write(text)
            file.flush()
            os.fsync(handle)
    except FileExistsError as problem:
        raise BadKeyFile(
            f"{path}: {what} is already there, and it is never overwritten"
        ) from problem
    except OSError as problem:
        raise BadKeyFile(f"{path}: {what} could not be written: {problem.strerror}") from problem


def load(path: Path) -> Signer:
    """Read a private key; BadKeyFile if anyone but its owner may read it, or it is damaged."""
    line = read_private(path)
    body = line.removesuffix("\n").removeprefix(_PREFIX)
    parts = body.split("+", 2)
    if not line.startswith(_PREFIX) or len(parts) != 3:
        raise BadKeyFile(f"{path}: holds no private key in note form; restore it from its backup")
    try:
        typed = unbase64(parts[2], "the seed")
        signer = from_seed(parts[0], typed[1:], typed[0] if typed else 0)
    except LedgerError as problem:
        raise BadKeyFile(f"{path}: {problem}; restore it from its backup") from problem
    if signer.key.key_id.hex() != parts[1]:
        raise BadKeyFile(f"{path}: the key is not the one its id names; restore it")
    return signer


def read_private(path: Path) -> str:
    """The text of a file of secrets; BadKeyFile if anyone but its owner may read it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as problem:
        raise BadKeyFile(f"{path}: cannot be opened: {problem.strerror}") from problem
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISREG(status.st_mode) or mode & _LOOSE:
            raise BadKeyFile(
                f"{path}: mode {mode:04o} lets others at a private key; "
                f"find out who read it, then chmod 600 {path}"
            )
        raw = file.read(4096)
    try:
        return raw.decode()
    except UnicodeDecodeError as problem:
        raise BadKeyFile(f"{path}: holds no private key in note form") from problem
