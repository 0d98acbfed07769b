"""Where a centre keeps its private keys: one file a role, readable by its owner alone."""

from pathlib import Path

from truceline.ledger.keys import Signer, generate_log_keys, load, save

LOG_KEYS = ("log", "log-mldsa44")


def make_log_keys(folder: Path, origin: str) -> tuple[Signer, Signer]:
    """Make the log's two keys and keep them."""
    signers = generate_log_keys(origin)
    for name, signer in zip(LOG_KEYS, signers, strict=True):
        save(signer, folder / name)
    return signers


def log_keys(folder: Path) -> tuple[Signer, Signer]:
    """The log's two keys; BadKeyFile where one is missing, damaged or open to others."""
    classic, later = (load(folder / name) for name in LOG_KEYS)
    return classic, later
