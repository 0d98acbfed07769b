"""Checking a log as an outsider: every stored hash recomputed, damage named by file and entry.

Reads only the public part of a log (`checkpoint`, `tile/…`), as a stream: one bundle in memory and
one row of hashes per level of the tree.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from truceline.ledger import checkpoint, merkle, tiles
from truceline.ledger.authors import Authors, Names
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import IntegrityError, LedgerError
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.suspects import Suspects
from truceline.ledger.tiles import HASH, WIDTH, Get, Reader
from truceline.ledger.verdict import Verdict
from truceline.ledger.vouchers import Vouchers

Progress = Callable[[int, int], None]

FETCH = "fetch this file again from another holder of the log; keep the damaged one as evidence"
COMPARE = "compare with a party's kept copy, which names the entry that was rewritten"


def log_get(where: Path) -> Get:
    """Give the files of a public log's directory, or of a centre's `log/`."""
    base = where / "log" if (where / "log").is_dir() else where

    def get(path: str) -> bytes | None:
        try:
            # Twice for every bundle, and a Path costs more than the system calls.
            with open(f"{base}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - see above
                return file.read()
        except OSError:
            return None

    return get


def verify(
    source: Path | Get,
    trust: Policy | Sequence[Key] = (),
    *,
    authors: bool = False,
    quorum: bool = True,
    progress: Progress | None = None,
) -> Verdict:
    """Check a whole log against its checkpoint; never raises for what is wrong with the log.

    source: a log's directory, a centre's, or anything that gives bytes by path.
    trust: the trust file, or keys that must all have signed; with none, only consistency is shown.
    authors: also hold every entry to the rules of admission again: signatures, numbers, `seen`.
    quorum: whether a head that the trust file's quorum has not cosigned is a problem, or a remark.
    progress: called with (entries done, of how many) after each bundle.
    """
    started = perf_counter()
    get = log_get(source) if isinstance(source, Path) else source
    verdict = Verdict()
    head = _head(get, trust, verdict)
    if head is not None:
        verdict.origin, verdict.size, verdict.root = head.origin, head.size, head.root64
        check = _Check(Reader(get, head), verdict)
        publics = frozenset(key.public for key in _keys(trust))
        rules = Authors(Reader(get, head), publics) if authors else None
        check.run(progress or (lambda _done, _of: None), rules)
        _witnessed(trust, verdict, wanted=quorum)
    verdict.seconds = perf_counter() - started
    return verdict


def _keys(trust: Policy | Sequence[Key]) -> Sequence[Key]:
    return trust.logs if isinstance(trust, Policy) else trust


def _head(get: Get, trust: Policy | Sequence[Key], verdict: Verdict) -> Head | None:
    raw = get("checkpoint")
    if raw is None:
        verdict.damage("checkpoint", "missing, or cannot be read", "fetch the log again, whole")
        return None
    try:
        if isinstance(trust, Policy):
            head = trust.open_logged(raw)
            verdict.level, verdict.cosigned_s = trust.level(raw), trust.time_s(raw)
            return head
        return checkpoint.open_signed(raw, trust)
    except LedgerError as problem:
        do = "compare the key with the one the centre made known; keep this file as evidence"
        verdict.damage("checkpoint", str(problem), do)
        return None


def _witnessed(trust: Policy | Sequence[Key], verdict: Verdict, *, wanted: bool) -> None:
    """Say that a head lacks the cosignatures it should have; alone it may be one of two."""
    if not isinstance(trust, Policy) or trust.quorum == "none":
        return
    if verdict.level in ("witnessed", "final"):
        return
    found = f"the quorum {trust.quorum!r} has not cosigned head {verdict.size}"
    if wanted:
        do = "check again in a minute; if it stays so, compare heads with the other parties"
        verdict.damage("checkpoint", found, do)
    else:
        verdict.remark("checkpoint", found, "its witnesses are asked again and again")


class _Check:
    """One pass over a log, bundle by bundle.

    rows: level → hashes computed so far for that level's current tile. They are what the entries
    say; the stored tiles are only ever compared with them.
    """

    def __init__(self, reader: Reader, verdict: Verdict) -> None:
        self._reader = reader
        self._size = reader.head.size
        self._verdict = verdict
        self._names: Names | None = None
        self._suspects = Suspects()
        self._rows: dict[int, list[bytes]] = {}
        self._last: list[bytes] = []

    def run(self, progress: Progress, rules: Authors | None) -> None:
        """Check every bundle, every tile above it, and the root; entries by the rules, if given."""
        if rules is None:
            for _ in self._checked(progress):
                pass
        else:
            self._by_the_rules(self._checked(progress), rules)
        self._edge()
        self._flag_suspects()
        whole = tiles.edge_root(self._rows) == self._reader.head.root
        if not whole and not self._verdict.problems:
            found = "the entries lead to another root than the one signed"
            self._verdict.damage("checkpoint", found, COMPARE)
            self._name_unsigned_of(0, self._size)

    def _checked(self, progress: Progress) -> Iterator[list[bytes]]:
        for number in range(self._bundles):
            yield self._bundle(number)
            progress(min(self._size, (number + 1) * WIDTH), self._size)

    def _by_the_rules(self, bundles: Iterator[list[bytes]], rules: Authors) -> None:
        """Hold every entry to the rules of admission, its signatures checked ahead in threads."""
        with Vouchers() as vouchers:
            ahead = vouchers.ahead(bundles, lambda: (rules.state.origin, rules.state.keys))
            for number, (entries, vouched) in enumerate(ahead):
                where = tiles.path("entries", number, len(entries) or WIDTH)
                pairs = zip(entries, vouched, strict=True)
                for index, (entry, voucher) in enumerate(pairs, start=number * WIDTH):
                    found = rules.problem(index, entry, voucher)
                    if found is not None:
                        do = "ask its author for the note it signed, and compare"
                        self._verdict.damage(where, f"entry {index}: {found}", do, entry=index)

    def _bundle(self, number: int) -> list[bytes]:
        """Check one bundle against its tile, and what became full above it."""
        width = min(WIDTH, self._size - number * WIDTH)
        held = self._entries(number, width)
        entries = self._last = held or []
        leaves = [sha256(b"\0" + entry).digest() for entry in entries]
        if held is None:
            leaves = self._unread(number, width)
        elif width == WIDTH or len(leaves) != width:
            leaves = self._tile(0, number, leaves, entries)
        self._verdict.entries += len(entries)
        self._rows[0] = leaves
        level = 0
        while len(self._rows[level]) == WIDTH:
            row = self._rows.setdefault(level + 1, [])
            row.append(merkle.perfect_root(self._rows[level]))
            self._rows[level] = []
            level += 1
            if len(row) == WIDTH:
                index = ((number + 1) >> 8 * level) - 1
                self._rows[level] = self._tile(level, index, row, [])
        return entries

    def _entries(self, number: int, width: int) -> list[bytes] | None:
        """What is stored of a bundle; what it revokes is remembered by the way."""
        try:
            raw = self._reader.stored("entries", number, width)[1]
        except IntegrityError as problem:
            self._verdict.damage(
                problem.path, "missing, or cannot be read", FETCH, entry=problem.index
            )
            return None
        entries = tiles.split_bundle(raw, width)
        self._suspects.look(number * WIDTH, raw, entries)
        return entries

    def _unread(self, number: int, width: int) -> list[bytes]:
        """The stored hashes of a bundle that is missing, to go on with."""
        try:
            return self._reader.tile(0, number)
        except IntegrityError:
            return [bytes(HASH)] * width

    def _tile(self, level: int, index: int, row: list[bytes], entries: list[bytes]) -> list[bytes]:
        """Compare a computed row with the stored tile; return the row to go on with."""
        width = max(1, min(WIDTH, (self._size >> 8 * level) - index * WIDTH))
        where = tiles.path(level, index, width)
        try:
            where, raw = self._reader.stored(level, index, width)
        except IntegrityError:
            self._verdict.damage(
                where, "missing, or cannot be read", FETCH, entry=index * WIDTH << 8 * level
            )
            return row
        if len(raw) == width * HASH and raw == b"".join(row):
            return row
        return self._judge(level, index, row, tiles.hashes(raw), entries)

    def _judge(
        self,
        level: int,
        index: int,
        row: list[bytes],
        stored: list[bytes],
        entries: list[bytes],
    ) -> list[bytes]:
        """Say which of two is wrong, by which of them leads to the signed root."""
        at = _first_difference(row, stored)
        if self._leads(level, index, stored):
            if level == 0:
                self._damaged_entries(index, row, stored)
            else:
                self._rewritten((index * WIDTH + at) * WIDTH ** (level), WIDTH**level)
            return stored
        first = (index * WIDTH + at) << 8 * level
        where = tiles.path(level, index, min(WIDTH, (self._size >> 8 * level) - index * WIDTH))
        if self._leads(level, index, row):
            found = f"the hash over entry {first} is damaged; the entry itself is whole"
            self._verdict.damage(where, found, FETCH, entry=first)
        else:
            found = f"entry {first} and the tree above it do not agree, and neither is signed for"
            self._verdict.damage(where, found, COMPARE, entry=first)
            self._name_unsigned(index, entries)
        return row

    def _leads(self, level: int, index: int, row: list[bytes]) -> bool:
        """Say whether this row, put in its place, leads to the signed root."""
        width = min(WIDTH, (self._size >> 8 * level) - index * WIDTH)
        if len(row) != width:
            return False
        paths = {tiles.path(level, index, width), tiles.path(level, index)}
        raw, stored = b"".join(row), self._reader.get

        def get(path: str) -> bytes | None:
            return raw if path in paths else stored(path)

        try:
            return Reader(get, self._reader.head).tile(level, index) == row
        except IntegrityError:
            return False

    def _damaged_entries(self, number: int, row: list[bytes], stored: list[bytes]) -> None:
        where = tiles.path("entries", number, len(stored))
        wrong = [at for at, leaf in enumerate(stored) if at >= len(row) or row[at] != leaf]
        # A changed length shifts all that follows: only the first is certain then.
        for at in wrong if len(row) == len(stored) and len(wrong) < 16 else wrong[:1]:
            index = number * WIDTH + at
            found = f"entry {index} is not the one the signed head commits to"
            self._verdict.damage(where, found, FETCH, entry=index)

    def _rewritten(self, first: int, count: int) -> None:
        """Entries and their tiles were changed together: look for one that nobody signed."""
        if self._name_unsigned_of(first, min(first + count, self._size)):
            return
        found = f"one of the entries {first} to {first + count - 1} was rewritten with its tile"
        self._verdict.damage(tiles.path("entries", first // WIDTH), found, COMPARE, entry=first)

    def _name_unsigned_of(self, first: int, stop: int) -> bool:
        named = False
        for number in range(first // WIDTH, -(-stop // WIDTH)):
            width = min(WIDTH, self._size - number * WIDTH)
            named |= self._name_unsigned(number, self._entries(number, width) or [])
        return named

    def _name_unsigned(self, number: int, entries: list[bytes]) -> bool:
        where = tiles.path("entries", number, len(entries) or WIDTH)
        named = False
        names = self._known() if entries else Names()
        for index, entry in enumerate(entries, start=number * WIDTH):
            if names.holds(entry) is False:
                named = True
                found = f"entry {index} was rewritten: its own signature does not hold"
                self._verdict.damage(where, found, COMPARE, entry=index)
        return named

    def _known(self) -> Names:
        """The keys this log lists; gathered once, and only where something is damaged."""
        if self._names is None:
            self._names = Names()
            for number in range(self._bundles):
                for entry in self._held(number):
                    self._names.meet(entry)
        return self._names

    def _held(self, number: int) -> list[bytes]:
        """What is stored of a bundle, if anything; nothing is said where it is not."""
        width = min(WIDTH, self._size - number * WIDTH)
        try:
            return tiles.split_bundle(self._reader.stored("entries", number, width)[1], width)
        except IntegrityError:
            return []

    def _flag_suspects(self) -> None:
        """Say which entries are in doubt because their key was revoked; that is no damage."""
        first = self._suspects.first
        for number in range(self._size if first is None else first // WIDTH, self._bundles):
            width = min(WIDTH, self._size - number * WIDTH)
            entries = enumerate(self._entries(number, width) or [], start=number * WIDTH)
            for index, why in self._suspects.flagged(entries):
                where = tiles.path("entries", number, width)
                self._verdict.doubt(where, index, str(why))

    @property
    def _bundles(self) -> int:
        return -(-self._size // WIDTH)

    def _edge(self) -> None:
        """Compare what is left of each row with the partial tiles."""
        for level in sorted(self._rows):
            row = self._rows[level]
            if row:
                index = self._size >> 8 * (level + 1)
                entries = self._last if level == 0 else []
                self._rows[level] = self._tile(level, index, row, entries)


def _first_difference(row: list[bytes], stored: list[bytes]) -> int:
    for at, (computed, kept) in enumerate(zip(row, stored, strict=False)):
        if computed != kept:
            return at
    return max(0, min(len(row), len(stored)) - 1)
