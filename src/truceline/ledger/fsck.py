"""Explaining every stored byte of a centre: the record, its heads, its payloads, its leftovers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from truceline.ledger import (
    checkpoint,
    merkle,
    payloads,
    policy,
    refusal,
    snapshot,
    stage,
    unlogged,
)
from truceline.ledger.disk import TEMPORARY
from truceline.ledger.errors import IntegrityError, LedgerError, StoreError
from truceline.ledger.merkle import Frontier
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.spared import Spared
from truceline.ledger.store import (
    CHECKPOINT,
    CLOSED,
    FOLLOWER,
    FOLLOWING,
    HEAD,
    HELD,
    LOCK,
    READER,
    RESERVE,
    TRUST,
    Store,
    open_store,
)
from truceline.ledger.tiles import WIDTH, Get, Reader, path, split_bundle
from truceline.ledger.verdict import Verdict
from truceline.ledger.verifying import FETCH, Progress, verify

_TILE = re.compile(
    r"log/tile/(?P<kind>entries|[0-7])/(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]+))?"
)
_OURS = {CHECKPOINT, CLOSED, HEAD, LOCK, RESERVE, FOLLOWER, FOLLOWING, HELD, READER, snapshot.FILE}
_AGAIN = "the next commit publishes it again; find out who changed it"
_ROLLED_BACK = "the centre was put back to an earlier state: sign nothing, ask a party for its copy"


def fsck(centre: Path, *, progress: Progress | None = None) -> Verdict:
    """Check and explain every file of a centre; appends and repairs nothing.

    Damage is in `problems`. In `remarks`: what is explained and no damage, such as the payload of
    an interrupted take, or a redo log still held. NotFounded if there is no centre.
    """
    store = open_store(Path(centre))
    with store.locked(shared=True):  # a commit in between would look like damage
        listed = [item for room in ("log", "heads", "state") for item in store.disk.walk(room)]
        signed = store.head()
    get = _log_at(store, signed)
    trust, no_trust = _trust(store)
    verdict = verify(get, trust or (), quorum=False, progress=progress)
    head_file = CHECKPOINT if store.is_replica() else HEAD
    where = {"checkpoint": head_file}
    verdict.problems = [
        replace(found, file=where.get(found.file, f"log/{found.file}"))
        for found in verdict.problems
    ]
    if trust is None:
        verdict.damage(TRUST, no_trust, "restore it from any party's copy")
    if not any(found.file == head_file for found in verdict.problems):
        check = _Fsck(store, signed, get, verdict)
        check.record([item for item in listed if item.startswith("heads/")], trust)
        check.shown(trust)
        check.files(listed)
        check.unlogged(trust)
    unlogged.check_reserve(store, verdict)
    return verdict


def _trust(store: Store) -> tuple[Policy | None, str]:
    try:
        return policy.parse(store.disk.read(TRUST) or b""), ""
    except LedgerError as problem:
        return None, str(problem)


def _log_at(store: Store, signed: bytes) -> Get:
    """The log as of one head, whatever is appended meanwhile."""

    def get(where: str) -> bytes | None:
        if where == "checkpoint":
            return signed
        try:
            return store.get(where)
        except StoreError:
            return None

    return get


class _Fsck:
    """What is checked beyond the public log."""

    def __init__(self, store: Store, signed: bytes, get: Get, verdict: Verdict) -> None:
        self._store = store
        self._signed = signed
        self._head = checkpoint.parse(signed)
        self._get = get
        self._verdict = verdict
        self._spared = Spared(store.disk, verdict)
        self._reader = Reader(get, self._head)
        self._vkeys: list[str] = []
        self._readers: list[str] = []

    def record(self, heads: list[str], trust: Policy | None) -> None:
        """One pass over the entries: the published heads on the way, and every payload."""
        roots = self._heads(heads, trust)
        held = payloads.Payloads(self._store, self._verdict)
        held.spare(self._raw_entries())
        frontier, seen = Frontier(), {0}
        self._meet(roots, frontier)
        for index, raw in self._raw_entries():
            frontier.push(merkle.leaf_hash(raw))
            self._meet(roots, frontier)
            entry = held.entry(index, raw)
            if entry is not None:
                seen.add(entry.seen.size)
                self._spared.meet(index, entry)
                self._vkeys += entry.vkeys
                self._readers += entry.readers
        self._spared.compare()
        for size in sorted(seen - roots.keys()):
            found = "missing, and entries say they saw it"
            self._verdict.damage(f"heads/{size}", found, "fetch it from a party's copy")
        held.orphans()

    def _heads(self, listed: list[str], trust: Policy | None) -> dict[int, bytes]:
        roots = {self._head.size: self._head.root}
        for item in listed:
            if self._is_leftover(item):
                continue
            try:
                raw = self._store.disk.read(item) or b""
                head = trust.open_past(raw) if trust else checkpoint.parse(raw)
                if trust:
                    trust.levels(raw)  # a cosignature that does not hold is damage as well
            except LedgerError as problem:
                self._verdict.damage(item, str(problem), "fetch it from a party's copy")
                continue
            if item != f"heads/{head.size}":
                self._verdict.damage(item, f"holds the head of {head.size}", "rename it back")
            elif head.size > self._head.size:
                self._verdict.damage(item, f"newer than {HEAD}", _ROLLED_BACK)
            roots.setdefault(head.size, head.root)
        return roots

    def _meet(self, roots: dict[int, bytes], frontier: Frontier) -> None:
        root = roots.get(frontier.size)
        if root is not None and root != frontier.root():
            found = "the log's keys signed it, and the log holds something else"
            self._verdict.damage(f"heads/{frontier.size}", found, "compare with a party's copy")

    def _raw_entries(self) -> Iterator[tuple[int, bytes]]:
        reader, size = Reader(self._get, self._head), self._head.size
        for number in range(-(-size // WIDTH)):
            width = min(WIDTH, size - number * WIDTH)
            try:
                _, raw = reader.stored("entries", number, width)
            except IntegrityError:
                continue  # verify has said so
            yield from enumerate(split_bundle(raw, width), start=number * WIDTH)

    def shown(self, trust: Policy | None) -> None:
        """Check what is shown as the newest head, and whoever is said to have cosigned it."""
        raw = self._store.disk.read(CHECKPOINT) or b""
        newest = raw.startswith(self._signed)
        try:
            older = checkpoint.parse(raw) if trust is None or newest else trust.open_past(raw)
            if trust is not None and newest:
                trust.levels(raw)
        except LedgerError as problem:
            do = "remove the false line; the witness is asked again" if newest else _AGAIN
            self._verdict.damage(CHECKPOINT, str(problem), do)
            return
        if not newest and older.size > self._head.size:
            self._verdict.damage(CHECKPOINT, f"newer than {HEAD}", _ROLLED_BACK)
        elif not newest:
            found = f"not yet the newest head, {HEAD}"
            self._verdict.remark(CHECKPOINT, found, "the next commit publishes it")

    def unlogged(self, trust: Policy | None) -> None:
        """Check what the log does not vouch for by what it says: keys, digest notes."""
        known = [*(trust.logs if trust else ()), *_read_keys(self._vkeys)]
        unlogged.check_keys(self._store, self._verdict, known, self._readers)
        unlogged.check_digests(self._store, self._verdict, known)

    def files(self, listed: list[str]) -> None:
        """Explain each file of the log and its state."""
        for item in listed:
            if item.startswith("heads/") or self._is_leftover(item):
                continue
            if item.startswith("state/stage-"):
                self._stage(item)
            elif item.startswith(f"{refusal.FOLDER}/"):
                self._refusal(item)
            elif item.startswith(f"{snapshot.RUNS}/"):
                self._spared.file(item)
            elif item not in _OURS and not self._is_tile(item):
                self._verdict.damage(item, "nothing we wrote", "find out who did, then remove it")

    def _is_leftover(self, item: str) -> bool:
        leftover = item.rpartition("/")[2].startswith(TEMPORARY)
        if leftover:
            self._verdict.remark(item, "left by an interrupted write", "it may be removed")
        return leftover

    def _is_tile(self, item: str) -> bool:
        """Say whether a file is a tile or bundle that the log has, or had on its way."""
        found = _TILE.fullmatch(item)
        if found is None:
            return False
        number = int(found["number"].replace("/", "").replace("x", ""))
        level = 0 if found["kind"] == "entries" else int(found["kind"])
        width = int(found["width"] or WIDTH)
        kind = found["kind"] if found["kind"] == "entries" else level
        if item != f"log/{path(kind, number, width)}" or not 1 <= width <= WIDTH:
            return False
        here = number * WIDTH + width <= self._head.size >> 8 * level
        if here and found["width"]:
            raw = self._store.disk.read(item) or b""
            unlogged.check_partial(self._reader, item, raw, (kind, number, width), self._verdict)
        return here

    def _stage(self, item: str) -> None:
        try:
            staged = stage.decode(self._store.disk.read(item) or b"")
        except LedgerError as problem:
            if self._store.disk.size(item) is not None:  # else settled since it was listed
                self._verdict.damage(item, str(problem), "remove it if the rest is clean")
            return
        if staged.new > self._head.size:
            self._verdict.remark(
                item, "a batch that was never committed", "the next commit drops it"
            )
        else:
            self._verdict.remark(item, "redo log of a committed batch", "it goes in good time")
            self._redo(item, staged)

    def _refusal(self, item: str) -> None:
        try:
            code = refusal.Refusals(self._store.disk).read(item.rpartition("/")[2]).refusal.code
        except LedgerError as problem:
            self._verdict.damage(item, str(problem), "ask whoever was refused for its copy")
            return
        found = f"a signed entry that was refused ({code}), and the refusal"
        self._verdict.remark(item, found, "nothing; it is evidence and may be shown to anyone")

    def _redo(self, item: str, staged: stage.Stage) -> None:
        for where, data in staged.files.items():
            there = self._store.disk.read(where)
            grown = where.startswith("heads/") and checkpoint.covers(there or b"", data)
            if there is not None and there != data and not grown:
                self._verdict.damage(where, f"differs from what {item} committed", FETCH)


def _read_keys(vkeys: Iterable[str]) -> Iterator[Key]:
    for vkey in vkeys:
        try:
            yield Key.parse(vkey)
        except LedgerError:
            continue  # its entry should never have been admitted; `verify` with authors says so
