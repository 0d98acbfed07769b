"""Files of a centre that the log does not vouch for: held against what it says all the same.

Keys against the keys the record knows, digest notes against who signed them, the reserve against
the nothing it should hold, older partial tiles against the tree that has grown beyond them.
"""

import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from truceline.ledger import digest, keys, sealing, tiles
from truceline.ledger.errors import BadKeyFile, IntegrityError, LedgerError
from truceline.ledger.note import Key
from truceline.ledger.store import RESERVE, Store
from truceline.ledger.tiles import HASH, Reader
from truceline.ledger.verdict import Verdict

_LOOSE = stat.S_IRWXG | stat.S_IRWXO
_ELSE = "fetch it from another holder of the log"
_RESTORE = "restore it from its backup, or register another key and revoke this one"
_SESSIONS = "web-secret"  # signs sessions of the pages, never a word of the record


def check_keys(
    store: Store, verdict: Verdict, known: Iterable[Key], readers: Iterable[str]
) -> None:
    """Say which key files are loose, damaged, or hold a key that the record does not know.

    known: the log's keys and every registered one. readers: the `<code> <recipient>` lines.
    """
    ours = {key.public for key in known} | {line.rpartition(" ")[2] for line in readers}
    for item in store.disk.walk("keys"):
        path = store.disk.root / item
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & _LOOSE:
            found = f"mode {mode:04o} lets others at a private key"
            verdict.damage(item, found, "find out who read it, then chmod 600")
            continue
        if path.name == _SESSIONS:
            continue
        try:
            held = _public_halves(path)
        except LedgerError as problem:
            verdict.damage(item, str(problem), _RESTORE)
            continue
        if not held <= ours:
            verdict.remark(item, "a key this record does not know", "register it before it is used")


def _public_halves(path: Path) -> set[str | bytes]:
    if path.name.endswith(sealing.SUFFIX):
        held = {one.recipient for one in sealing.load_identities(path)}
        named = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
        if any(line.rpartition(" ")[2] not in held for line in named):
            raise BadKeyFile(f"{path}: its comment names another recipient than the identity has")
        return {*held}
    return {keys.load(path).key.public}


def check_digests(store: Store, verdict: Verdict, known: Collection[Key]) -> None:
    """Say which kept digest notes are damaged, or not signed by whom they name."""
    by = {key.identity: key for key in known}
    for item in store.disk.walk("digests"):
        try:
            digest.open_signed(store.disk.read(item) or b"", by)
        except LedgerError as problem:
            verdict.damage(
                item, str(problem), "ask whoever signed it for it again; remove this one"
            )


def check_reserve(store: Store, verdict: Verdict) -> None:
    """The reserve holds nothing: somebody may have put something there."""
    held = store.disk.read(RESERVE) or b""
    if held.count(0) != len(held):
        found = "holds something, and is there to hold nothing"
        verdict.damage(RESERVE, found, "look at it, then remove it: the next commit makes it again")


def check_partial(
    reader: Reader, item: str, raw: bytes, place: tuple[str | int, int, int], verdict: Verdict
) -> None:
    """Hold an older partial tile or bundle against the tree that has grown beyond it."""
    kind, number, width = place
    try:
        if kind == "entries":
            whole = tiles.pack(reader.bundle(number)[:width])
        else:
            whole = b"".join(reader.tile(int(kind), number)[:width])
    except IntegrityError:
        return  # the wider one is damaged, and has been named
    if raw != whole:
        at = next((at for at, (a, b) in enumerate(zip(raw, whole, strict=False)) if a != b), 0)
        entry = None if kind != 0 else number * tiles.WIDTH + at // HASH
        found = "an older, narrower copy of a tile differs from it; the tile itself is whole"
        verdict.damage(item, found, _ELSE, entry=entry)
