"""A replica takes over: its new log's keys, the note for officers to sign, and the taking itself.

1. `propose` makes the new keys of log and desk here, and the note, signed by one officer.
2. The other officers put their lines under it (`truceline sign`), each where their key is.
3. `take` asks whoever is named for a newer head, and then makes this folder the centre.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from truceline.desk.couriers.holders import holder
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.errors import CentreRefused
from truceline.desk.keyring import DESK_KEY, LOG_KEYS, log_keys, make_desk_key, make_log_keys
from truceline.ledger import handover
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import HANDED_OVER, Entry, decode, key_name
from truceline.ledger.errors import BadKeyFile, Malformed
from truceline.ledger.handover import Lost
from truceline.ledger.keys import Signer, load, save
from truceline.ledger.log import Log
from truceline.ledger.store import open_store

NEXT = Path("keys") / "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The new log's first head, and who could not be asked for a newer head of the old one."""

    head: Head
    unasked: tuple[str, ...]


def propose(folder: Path, officer: Signer, origin: str, now_us: int) -> bytes:
    """The note that would make this replica the centre, with one officer's line under it.

    CentreRefused where the folder is no replica, or keys for another name were made here before.
    """
    _refuse_others(folder)
    vkeys = [signer.key.vkey for signer in _keys(folder, origin).values()]
    return handover.propose(folder, officer, origin, vkeys, now_us)


def take(folder: Path, raw: bytes, now_us: int, also: Iterable[str] = ()) -> Taken:
    """Make this replica the centre by a note that enough have signed.

    also: where a newer head of the old log might be: the old centre, other replicas, witnesses'
    copies. Whoever does not answer is said, not waited for: the old centre may be gone.
    Raises NotTaken, Refused, BadSignature or CentreRefused, with nothing changed.
    """
    _refuse_others(folder)
    heads, unasked = _heads(also)
    handed = _read(raw)
    signers = {
        name: signer
        for name, signer in _keys(folder, handed.origin).items()
        # A note from before desks were handed over lists none: that desk is given a key later.
        if name in LOG_KEYS or signer.key.vkey in handed.vkeys
    }
    for name, signer in signers.items():
        _place(folder / "keys" / name, signer)
    head = handover.take(folder, raw, tuple(signers.values()), now_us, elsewhere=heads)
    return Taken(head=head, unasked=unasked)


def lost(folder: Path, entry: bytes, receipt: bytes) -> Lost | None:
    """What a receipt of the old log shows of an entry that its successor does not hold."""
    return handover.lost(entry, receipt, Log.open(folder))


def _refuse_others(folder: Path) -> None:
    if not open_store(folder).is_replica():
        raise CentreRefused(
            f"{folder} is no replica; a record is taken over by one that has followed it"
        )


def _read(raw: bytes) -> Entry:
    """The handover a note is, as it says itself; it is held to the rules where it is taken."""
    entry = decode(raw, 0)
    if entry.kind != HANDED_OVER:
        raise Malformed(f"a note of {entry.kind}; want {HANDED_OVER}")
    return entry


def _keys(folder: Path, origin: str) -> dict[str, Signer]:
    """The new log's and its desk's keys, made here the first time; they never leave here."""
    kept = folder / NEXT
    kept.mkdir(mode=0o700, exist_ok=True)
    signers = log_keys(kept) if (kept / LOG_KEYS[0]).exists() else make_log_keys(kept, origin)
    if signers[0].key.name != origin:
        raise CentreRefused(
            f"{kept} holds the keys of {signers[0].key.name}; propose that name, or remove them"
        )
    desk = key_name(Log.open(folder).entry(0).origin, DESK_KEY)
    made = load(kept / DESK_KEY) if (kept / DESK_KEY).exists() else make_desk_key(kept, desk)
    return {**dict(zip(LOG_KEYS, signers, strict=True)), DESK_KEY: made}


def _place(path: Path, signer: Signer) -> None:
    try:
        save(signer, path)
    except BadKeyFile:
        if not path.is_file():
            raise
        # An earlier attempt was interrupted after this; any other key is refused further on.


def _heads(also: Iterable[str]) -> tuple[list[bytes], tuple[str, ...]]:
    heads, unasked = [], []
    for where in also:
        try:
            raw = holder(where).source.get("checkpoint")
        except (Unreachable, CentreRefused):
            raw = None
        if raw is None:
            unasked.append(where)
        else:
            heads.append(raw)
    return heads, tuple(unasked)
