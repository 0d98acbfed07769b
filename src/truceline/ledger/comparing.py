"""Holding a party's kept copy against the centre's log: which entry was rewritten, and who signed.

A log that was rewritten and signed anew is consistent in itself. Only someone who kept what it was
can show the difference, and this is how they do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.ledger import checkpoint, entry, merkle, tiles
from truceline.ledger.authors import Names
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry
from truceline.ledger.errors import IntegrityError, LedgerError, Malformed
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.tiles import WIDTH, Get, Reader
from truceline.ledger.verifying import log_get


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The least a party can keep: a signed head, and the leaf hashes below it, all or none."""

    head: bytes
    leaves: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side's form of an entry. holds: whether its own signature does; None if unknown."""

    entry: Entry | None
    raw: bytes
    signed_by: tuple[str, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two copies of one log part, and the evidence of it.

    index: the first entry that differs; None if only the heads can be told apart.
    kept, shown: the entry as the copy has it, and as the other log has it; None where that side
    has none. kept_head, shown_head: the signed heads. both_signed: the log signed both, which
    proves to anyone that it went back on its word.
    """

    index: int | None
    found: str
    kept: Version | None
    shown: Version | None
    kept_head: bytes
    shown_head: bytes
    both_signed: bool


def compare(
    copy: Path | Get | Kept, other: Path | Get, trust: Policy | Sequence[Key] = ()
) -> Difference | None:
    """Return where the other log departs from the kept copy, or None if it continues it.

    copy: a kept log directory, or Kept. other: the log as it is shown now. trust: whose
    signatures make a head count. Malformed if a side has no readable checkpoint at all.
    """
    theirs = log_get(other) if isinstance(other, Path) else other
    ours = log_get(copy) if isinstance(copy, Path) else copy
    kept_head = ours.head if isinstance(ours, Kept) else _checkpoint(ours, "the kept copy")
    sides = _Sides(kept_head, _checkpoint(theirs, "the other log"), trust)
    if isinstance(ours, Kept):
        return _against_hashes(ours, theirs, sides)
    return _against_entries(ours, theirs, sides)


class _Sides:
    """The two heads, and what to say when they part."""

    def __init__(self, kept: bytes, shown: bytes, trust: Policy | Sequence[Key]) -> None:
        self.kept_head, self.shown_head = kept, shown
        self.kept, self.shown = checkpoint.parse(kept), checkpoint.parse(shown)
        self.names = Names()
        self._trust = trust
        if self.kept.origin != self.shown.origin and not self._is_successor():
            raise Malformed(f"two logs: {self.kept.origin} and {self.shown.origin}")

    def _is_successor(self) -> bool:
        """Whether the trust file says that the log kept was handed over to the one shown."""
        past = self._trust.past if isinstance(self._trust, Policy) else ()
        return any(key.name == self.kept.origin for key in past)

    def part(
        self, index: int | None, found: str, kept: bytes | None = None, shown: bytes | None = None
    ) -> Difference:
        """Say that the two differ from here on."""
        return Difference(
            index=index,
            found=found,
            kept=self._version(kept, index),
            shown=self._version(shown, index),
            kept_head=self.kept_head,
            shown_head=self.shown_head,
            both_signed=self._signed(self.kept_head) and self._signed(self.shown_head),
        )

    def _version(self, raw: bytes | None, index: int | None) -> Version | None:
        if raw is None or index is None:
            return None
        try:
            read = entry.decode(raw, index)
            signed_by = read.signed_by
        except LedgerError:
            return Version(entry=None, raw=raw, signed_by=(), holds=False)
        return Version(entry=read, raw=raw, signed_by=signed_by, holds=self.names.holds(raw))

    def _signed(self, raw: bytes) -> bool:
        try:
            if isinstance(self._trust, Policy):
                self._trust.open_past(raw)
                return True
            checkpoint.open_signed(raw, self._trust)
        except LedgerError:
            return False
        return bool(self._trust)


def _against_entries(ours: Get, theirs: Get, sides: _Sides) -> Difference | None:
    common = min(sides.kept.size, sides.shown.size)
    pairs = zip(
        _bundles(ours, sides.kept, common), _bundles(theirs, sides.shown, common), strict=True
    )
    for number, (kept, shown) in enumerate(pairs):
        for raw in kept:
            sides.names.meet(raw)
        if kept != shown:
            at = _first_difference(kept, shown)
            index = number * WIDTH + at
            pair = [side[at] if at < len(side) else None for side in (kept, shown)]
            return sides.part(index, f"entry {index} is not the one that was kept", *pair)
    if sides.shown.size < sides.kept.size:
        lost = _raw_entry(ours, sides.kept, common)
        found = f"entries {common} to {sides.kept.size - 1} are gone"
        return sides.part(common, found, lost)
    return _heads(theirs, sides)


def _against_hashes(ours: Kept, theirs: Get, sides: _Sides) -> Difference | None:
    common = min(len(ours.leaves), sides.shown.size)
    for number, bundle in enumerate(_bundles(theirs, sides.shown, common)):
        leaves = ours.leaves[number * WIDTH : min(common, (number + 1) * WIDTH)]
        for at, leaf in enumerate(leaves):
            raw = bundle[at] if at < len(bundle) else None
            if raw is None or merkle.leaf_hash(raw) != leaf:
                index = number * WIDTH + at
                found = f"entry {index} is not the one whose hash was kept"
                return sides.part(index, found, None, raw)
            sides.names.meet(raw)
    if sides.shown.size < sides.kept.size:
        found = f"entries {sides.shown.size} to {sides.kept.size - 1} are gone"
        return sides.part(sides.shown.size, found)
    return _heads(theirs, sides)


def _heads(theirs: Get, sides: _Sides) -> Difference | None:
    """Ask the other log for the root it has at the kept size."""
    try:
        there = merkle.range_root(0, sides.kept.size, Reader(theirs, sides.shown).hash)
    except IntegrityError as problem:
        return sides.part(problem.index, f"the other log is damaged: {problem}")
    if there == sides.kept.root:
        return None
    size = sides.kept.size
    return sides.part(None, f"the other log is not a continuation of the kept head of {size}")


def _bundles(get: Get, head: Head, common: int) -> Iterator[list[bytes]]:
    """The entries below `common`, bundle by bundle; an empty list where a bundle is missing."""
    reader = Reader(get, head)
    for number in range(-(-common // WIDTH)):
        here = min(WIDTH, head.size - number * WIDTH)
        wanted = min(WIDTH, common - number * WIDTH)
        try:
            _, raw = reader.stored("entries", number, here)
        except IntegrityError:
            yield []
            continue
        yield tiles.split_bundle(raw, wanted)


def _raw_entry(get: Get, head: Head, index: int) -> bytes | None:
    number, at = divmod(index, WIDTH)
    bundles = list(_bundles(get, head, index + 1))
    return bundles[number][at] if at < len(bundles[number]) else None


def _first_difference(kept: list[bytes], shown: list[bytes]) -> int:
    pairs = enumerate(zip(kept, shown, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(kept), len(shown)))


def _checkpoint(get: Get, what: str) -> bytes:
    raw = get("checkpoint")
    if raw is None:
        raise Malformed(f"{what} has no checkpoint; fetch it again, whole")
    return raw
