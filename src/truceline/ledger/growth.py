"""The growing right edge of the tree, and the tiles and bundles it gives off."""

from truceline.ledger import merkle, tiles
from truceline.ledger.tiles import WIDTH


class Growth:
    """Takes entries in order and says which files they make. O(log n) memory and one bundle.

    edge: level → hashes in that level's partial tile. bundle: the entries beneath level 0's.
    """

    def __init__(self) -> None:
        self.size = 0
        self.edge: dict[int, list[bytes]] = {0: []}
        self.bundle: list[bytes] = []

    def copy(self) -> "Growth":
        """One to try a batch on."""
        other = Growth()
        other.size = self.size
        other.edge = {level: list(row) for level, row in self.edge.items()}
        other.bundle = list(self.bundle)
        return other

    def push(self, entry: bytes, leaf: bytes) -> dict[str, bytes]:
        """Take an entry; return the files that became full with it."""
        self.edge[0].append(leaf)
        self.bundle.append(entry)
        self.size += 1
        if len(self.bundle) < WIDTH:
            return {}
        made = {tiles.path("entries", self.size // WIDTH - 1): tiles.pack(self.bundle)}
        self.bundle.clear()
        level = 0
        while len(self.edge[level]) == WIDTH:
            index = (self.size >> 8 * (level + 1)) - 1
            row = self.edge[level]
            made[tiles.path(level, index)] = b"".join(row)
            self.edge.setdefault(level + 1, []).append(merkle.perfect_root(row))
            self.edge[level] = []
            level += 1
        return made

    def partials(self, since: int) -> dict[str, bytes]:
        """The partial files of this size that differ from those of an earlier size."""
        made = {}
        for level, index, width in tiles.changed(since, self.size):
            if width != WIDTH:
                made[tiles.path(level, index, width)] = b"".join(self.edge[level])
        if self.bundle and self.size != since:
            where = tiles.path("entries", self.size // WIDTH, len(self.bundle))
            made[where] = tiles.pack(self.bundle)
        return made

    def root(self) -> bytes:
        """The root of the tree so far."""
        return tiles.edge_root(self.edge)
