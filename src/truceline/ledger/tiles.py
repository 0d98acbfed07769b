"""The tree as files (c2sp.org/tlog-tiles), and a reader that trusts none of them.

A tile holds up to 256 hashes of one level of the tree; a bundle holds the entries beneath a tile
of level 0. Paths are relative to the log's directory.
"""

from collections.abc import Callable, Iterable, Sequence

from truceline.ledger import merkle
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import IntegrityError, Malformed
from truceline.ledger.merkle import peaks_of

WIDTH = 256
HASH = 32
MAX_ENTRY = 65_535
_KEPT_TILES = 256  # 8 KiB each
_KEPT_ROWS = 16  # 16 KiB each

Get = Callable[[str], bytes | None]


def path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile (a level) or a bundle ("entries") is kept.

    >>> path(0, 1234067)
    'tile/0/x001/x234/067'
    >>> path("entries", 273, 112)
    'tile/entries/273.p/112'
    """
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def pack(entries: Iterable[bytes]) -> bytes:
    """Put entries into a bundle: a length in two bytes before each."""
    parts: list[bytes] = []
    for entry in entries:
        if not 1 <= len(entry) <= MAX_ENTRY:
            raise Malformed(f"an entry of {len(entry)} bytes; want 1 to {MAX_ENTRY}")
        parts += (len(entry).to_bytes(2), entry)
    return b"".join(parts)


def unpack(bundle: bytes) -> list[bytes]:
    """Take a bundle apart; Malformed names the first entry that does not fit."""
    entries: list[bytes] = []
    at, end = 0, len(bundle)
    while at < end:
        start = at + 2
        at = start + int.from_bytes(bundle[at:start])
        if at == start or at > end:
            raise Malformed(f"entry {len(entries)} of the bundle is empty or cut short")
        entries.append(bundle[start:at])
    return entries


def hashes(tile: bytes) -> list[bytes]:
    """Take a tile apart."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]


def width_at(level: int, size: int) -> int:
    """How many hashes the partial tile of a level holds in a tree of this size; 0 for none."""
    return (size >> 8 * level) % WIDTH


def changed(old: int, new: int) -> list[tuple[int, int, int]]:
    """Name the tiles as (level, index, width) a log writes when it grows from old to new."""
    named = []
    for level in range(8):
        before, after = old >> 8 * level, new >> 8 * level
        if before == after:
            break
        full = range(before // WIDTH, after // WIDTH)
        named += [(level, index, WIDTH) for index in full]
        if after % WIDTH:
            named.append((level, after // WIDTH, after % WIDTH))
    return named


class Reader:
    """The hashes and entries of one signed head, each authenticated before it is returned.

    get: gives the bytes kept under a path of the log, or None. What it gives is not trusted: a
    tile counts only once its hashes lead to the head's root.
    """

    def __init__(self, get: Get, head: Head) -> None:
        self.head = head
        self.get = get
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self._edge: dict[int, list[bytes]] | None = None

    def hash(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree; IntegrityError if what is stored is not the log's."""
        tile_level, rest = divmod(level, 8)
        first = index << rest
        tile = self.tile(tile_level, first // WIDTH)
        at = first % WIDTH
        if at + (1 << rest) > len(tile):
            raise IntegrityError(
                f"no subtree ({level}, {index}) in a tree of {self.head.size}",
                path=path(tile_level, first // WIDTH),
            )
        return merkle.perfect_root(tile[at : at + (1 << rest)])

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile, full or, at the right edge, partial."""
        if index == self.head.size >> 8 * (level + 1):
            return self.edge().get(level, [])
        kept = self._tiles.get((level, index))
        if kept is not None:
            return kept
        tile = self._full(level, index)
        if len(self._tiles) >= _KEPT_TILES:
            self._tiles.clear()  # one step, so that threads may share a reader
        self._tiles[level, index] = tile
        return tile

    def bundle(self, index: int) -> list[bytes]:
        """The entries beneath tile `index` of level 0; IntegrityError names the first bad one."""
        leaves = self.tile(0, index)
        where, raw = self.stored("entries", index, len(leaves))
        entries = split_bundle(raw, len(leaves))
        for at, leaf in enumerate(leaves):
            if at >= len(entries) or merkle.leaf_hash(entries[at]) != leaf:
                number = index * WIDTH + at
                raise IntegrityError(
                    f"{where}: entry {number} is not the one the signed head commits to",
                    path=where,
                    index=number,
                )
        return entries

    def entry(self, index: int) -> bytes:
        """The bytes of one entry."""
        if not 0 <= index < self.head.size:
            raise IndexError(f"entry {index} is not in a log of {self.head.size}")
        return self.bundle(index // WIDTH)[index % WIDTH]

    def edge(self) -> dict[int, list[bytes]]:
        """The partial tiles of every level, checked together against the root."""
        if self._edge is None:
            edge = {}
            for level in range(8):
                width = width_at(level, self.head.size)
                if width:
                    index = self.head.size >> 8 * (level + 1)
                    edge[level] = hashes(self.stored(level, index, width)[1])
            if edge_root(edge) != self.head.root:
                raise IntegrityError(
                    f"the right edge of the tree does not lead to the root of {self.head.size}",
                    path="checkpoint",
                )
            self._edge = edge
        return self._edge

    def stored(self, level: int | str, index: int, width: int) -> tuple[str, bytes]:
        """The path and unchecked bytes of a tile or bundle, cut from a wider one if need be.

        A partial one may be removed once the full one exists.
        """
        where = path(level, index, width)
        raw = self.get(where)
        if raw is None and width != WIDTH:
            raw = self.get(path(level, index))
            where = where if raw is None else path(level, index)
        if raw is None:
            first = (index * WIDTH) << 8 * (level if isinstance(level, int) else 0)
            raise IntegrityError(f"{where} is missing", path=where, index=first)
        return where, raw if level == "entries" else raw[: width * HASH]

    def _full(self, level: int, index: int) -> list[bytes]:
        where, raw = self.stored(level, index, WIDTH)
        tile = hashes(raw)
        above = self.tile(level + 1, index // WIDTH)
        good = len(raw) == WIDTH * HASH and index % WIDTH < len(above)
        if not good or merkle.perfect_root(tile) != above[index % WIDTH]:
            raise IntegrityError(f"{where} is not the tile the signed head commits to", path=where)
        return tile


class Roots:
    """The root the tree of a reader had at each earlier size; cheap for sizes near each other."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tiles: dict[int, tuple[list[bytes], list[list[bytes]]]] = {}

    def at(self, size: int) -> bytes:
        """The root at a size up to the reader's; IntegrityError if what is stored is damaged."""
        number, rest = divmod(size, WIDTH)
        if number not in self._tiles:
            if len(self._tiles) >= _KEPT_ROWS:
                self._tiles.clear()
            self._tiles[number] = self._rows(number)
        peaks, rows = self._tiles[number]
        return merkle.fold_peaks([*peaks, *(rows[level][at] for level, at in peaks_of(rest))])

    def _rows(self, number: int) -> tuple[list[bytes], list[list[bytes]]]:
        """The peaks before a tile of level 0, and each level of hashes within it."""
        peaks = [self._reader.hash(level, at) for level, at in peaks_of(number * WIDTH)]
        at_edge = number * WIDTH == self._reader.head.size
        rows = [[] if at_edge else self._reader.tile(0, number)]
        while len(rows[-1]) > 1:
            pairs = zip(rows[-1][::2], rows[-1][1::2], strict=False)
            rows.append([merkle.node_hash(left, right) for left, right in pairs])
        return peaks, rows


def split_bundle(raw: bytes, width: int) -> list[bytes]:
    """The first `width` entries of a bundle, or as many as can be told apart if it is damaged."""
    entries: list[bytes] = []
    at, end = 0, len(raw) - 1
    for _ in range(width):
        if at >= end:
            break
        start = at + 2
        at = start + (raw[at] << 8 | raw[at + 1])  # every entry of a log comes by here
        entries.append(raw[start:at])
    return entries


def edge_root(edge: dict[int, Sequence[bytes]] | dict[int, list[bytes]]) -> bytes:
    """The root of a tree from the hashes in the partial tile of each level."""
    peaks: list[bytes] = []
    for level in sorted(edge, reverse=True):
        row = edge[level]
        peaks += [
            merkle.perfect_root(row[index << height : (index + 1) << height])
            for height, index in merkle.peaks_of(len(row))
        ]
    return merkle.fold_peaks(peaks)
