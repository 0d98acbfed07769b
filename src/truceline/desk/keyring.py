"""Where a centre keeps its private keys: one file a role, readable by its owner alone."""

from pathlib import Path

from truceline.ledger.keys import Signer, generate, generate_log_keys, load, save

LOG_KEYS = ("log", "log-mldsa44")
DESK_KEY = "desk"


def make_log_keys(folder: Path, origin: str) -> tuple[Signer, Signer]:
    """Make the log's two keys and keep them."""
    signers = generate_log_keys(origin)
    for name, signer in zip(LOG_KEYS, signers, strict=True):
        save(signer, folder / name)
    return signers


def make_desk_key(folder: Path, name: str) -> Signer:
    """Make the desk's key of this name and keep it."""
    signer = generate(name)
    save(signer, folder / DESK_KEY)
    return signer


def log_keys(folder: Path) -> tuple[Signer, Signer]:
    """The log's two keys; BadKeyFile where one is missing, damaged or open to others."""
    classic, later = (load(folder / name) for name in LOG_KEYS)
    return classic, later
