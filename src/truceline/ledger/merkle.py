"""The tree of RFC 6962: what makes a list of entries impossible to change unnoticed.

A leaf is SHA-256(0x00 ‖ entry), a node SHA-256(0x01 ‖ left ‖ right); a tree of n leaves splits at
the largest power of two below n. `read(level, i)` stands for the hash of the complete subtree over
leaves i·2^level up to (i+1)·2^level, wherever it is kept.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from truceline.ledger.errors import ProofError

EMPTY_ROOT = sha256(b"").digest()

Read = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry's bytes."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\1" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes; O(n)."""
    row = hashes
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return b"".join(row)


class Frontier:
    """The right edge of a growing tree: all that appending needs, O(log n) memory."""

    __slots__ = ("peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []  # roots of the complete subtrees, widest first

    def push(self, leaf: bytes) -> None:
        """Append a leaf hash; O(1) on average."""
        carry, size = leaf, self.size
        while size & 1:
            carry = sha256(b"\1" + self.peaks.pop() + carry).digest()
            size >>= 1
        self.peaks.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree so far."""
        return fold_peaks(self.peaks)


def fold_peaks(peaks: Sequence[bytes]) -> bytes:
    """The root of a tree from the roots of its complete subtrees, widest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def peaks_of(size: int) -> list[tuple[int, int]]:
    """Name the complete subtrees of a tree as (level, index), widest first.

    >>> peaks_of(6)
    [(2, 0), (1, 2)]
    """
    return [
        (level, (size >> level) - 1)
        for level in range(size.bit_length() - 1, -1, -1)
        if size >> level & 1
    ]


def range_root(start: int, stop: int, read: Read) -> bytes:
    """The root over leaves start…stop, where start is where such a subtree may begin."""
    size = stop - start
    return fold_peaks([read(level, i + (start >> level)) for level, i in peaks_of(size)])


def prove_inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The hashes that lead from a leaf to the root, the leaf's sibling first."""
    if not 0 <= index < size:
        raise ProofError(f"entry {index} is not in a tree of {size}")
    proof: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            proof.append(range_root(middle, stop, read))
            stop = middle
        else:
            proof.append(range_root(start, middle, read))
            start = middle
    return proof[::-1]


def prove_consistency(old: int, new: int, read: Read) -> list[bytes]:
    """The hashes that show the tree of size `new` continues the tree of size `old`."""
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} does not continue one of {old}")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, stop = 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            proof.append(range_root(middle, stop, read))
            stop = middle
        else:
            proof.append(range_root(start, middle, read))
            start = middle
    if start:
        proof.append(range_root(start, stop, read))
    return proof[::-1]


def check_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ProofError unless the proof leads from this leaf, at this index, to the root."""
    if not 0 <= index < size or any(len(step) != 32 for step in proof):
        raise ProofError(f"no proof can place entry {index} in a tree of {size}")
    node, last, here = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofError("the proof is longer than the tree is high")
        if node & 1 or node == last:
            here = node_hash(step, here)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            here = node_hash(here, step)
        node, last = node >> 1, last >> 1
    if last or here != root:
        raise ProofError(f"the proof does not lead from entry {index} to the root of {size}")


def check_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise ProofError unless the tree of size `new` continues the tree of size `old`."""
    if not 0 <= old <= new or any(len(step) != 32 for step in proof):
        raise ProofError(f"no proof can show that {new} continues {old}")
    if old in (0, new):
        same = old_root == (EMPTY_ROOT if old == 0 else new_root)
        if proof or not same:
            raise ProofError(f"the trees of {old} and {new} do not continue each other")
        return
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps or _climb(old - 1, new - 1, steps) != (old_root, new_root):
        raise ProofError(f"the tree of {new} does not continue the tree of {old}")


def prefix_root(old: int, new: int, steps: Sequence[bytes], new_root: bytes) -> bytes:
    """The root that the tree of size `new` had at size `old`: who says otherwise is contradicted.

    steps: a consistency proof, its first hash always written out (prove_prefix). ProofError unless
    they lead to the root of `new`; then, by the same hashes, the older root is certain.
    """
    if not 0 < old < new or not steps or any(len(step) != 32 for step in steps):
        raise ProofError(f"no proof can show what a tree of {new} was at {old}")
    climbed = _climb(old - 1, new - 1, list(steps))
    if climbed is None or climbed[1] != new_root:
        raise ProofError(f"the hashes do not lead to the root of {new}")
    return climbed[0]


def prove_prefix(old: int, new: int, read: Read) -> list[bytes]:
    """The hashes that show what the tree of size `new` was at size `old`, for prefix_root."""
    steps = prove_consistency(old, new, read)
    return [range_root(0, old, read), *steps] if old & (old - 1) == 0 else steps


def _climb(node: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots from a consistency proof (RFC 9162 §2.1.4.2)."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    return None if last else (old, new)


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
