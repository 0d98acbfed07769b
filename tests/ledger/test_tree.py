"""The tree: equal to its definition, and no proof holds for anything but its own entry."""

from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from truceline.ledger import merkle
from truceline.ledger.errors import ProofError
from truceline.ledger.merkle import Frontier

entries_lists = st.lists(st.binary(max_size=12), min_size=1, max_size=140)


def defined(entries: list[bytes]) -> bytes:
    """MTH as RFC 6962 §2.1 writes it down, and no cleverer."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\1" + defined(entries[:split]) + defined(entries[split:])).digest()


class Tree:
    """A tree that keeps everything."""

    def __init__(self, entries: list[bytes]) -> None:
        self.size = len(entries)
        self._entries = entries

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, by definition."""
        width = 1 << level
        held = self._entries[index * width : (index + 1) * width]
        assert len(held) == width
        return defined(held)


def holds(index: int, size: int, entry: bytes, proof: list[bytes], root: bytes) -> bool:
    """Whether an inclusion proof holds."""
    try:
        merkle.check_inclusion(index, size, merkle.leaf_hash(entry), proof, root)
    except ProofError:
        return False
    return True


@given(st.lists(st.binary(max_size=12), max_size=140))
def test_the_tree_is_the_one_rfc_6962_defines(entries: list[bytes]) -> None:
    """The frontier, which forgets, and the definition, which does not, give one root."""
    frontier = Frontier()
    for entry in entries:
        frontier.push(merkle.leaf_hash(entry))
    assert frontier.root() == defined(entries)
    assert merkle.range_root(0, len(entries), Tree(entries).read) == defined(entries)


@given(entries_lists, st.data())
def test_a_proof_holds_for_its_own_entry_only(entries: list[bytes], data: st.DataObject) -> None:
    """No second entry can be passed off as the one that was recorded at an index."""
    index = data.draw(st.integers(0, len(entries) - 1))
    other = data.draw(st.binary(max_size=12).filter(lambda entry: entry != entries[index]))
    root = defined(entries)
    proof = merkle.prove_inclusion(index, len(entries), Tree(entries).read)

    assert holds(index, len(entries), entries[index], proof, root)
    assert not holds(index, len(entries), other, proof, root)


@given(entries_lists, st.data())
def test_a_proof_bent_in_any_way_holds_no_more(entries: list[bytes], data: st.DataObject) -> None:
    """Another index, a longer, shorter or flipped proof, another root: nothing is proved."""
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    root = defined(entries)
    proof = merkle.prove_inclusion(index, size, Tree(entries).read)
    entry = entries[index]
    extra = data.draw(st.binary(min_size=32, max_size=32))
    bent = [[*proof, extra], [extra, *proof], [*proof, b"short"]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        bent += [proof[:-1], proof[1:], [*proof[:at], flipped, *proof[at + 1 :]]]
    assert not any(holds(index, size, entry, one, root) for one in bent)
    assert not holds(index, size, entry, proof, sha256(root).digest())
    assert not holds(size, size, entry, proof, root)
    assert not holds(-1, size, entry, proof, root)
    elsewhere = data.draw(st.integers(0, size - 1))
    assume(elsewhere != index and entries[elsewhere] != entry)
    assert not holds(elsewhere, size, entry, proof, root)


@given(entries_lists, st.data())
def test_a_longer_log_proves_that_it_continues_the_shorter(
    entries: list[bytes], data: st.DataObject
) -> None:
    """Both roots come out of the proof, so neither side of the history can be exchanged."""
    new = len(entries)
    old = data.draw(st.integers(0, new))
    proof = merkle.prove_consistency(old, new, Tree(entries).read)
    before, after = defined(entries[:old]), defined(entries)

    merkle.check_consistency(old, new, proof, before, after)
    for wrong in (
        (old, new, proof, sha256(before).digest(), after),
        (old, new, [*proof, before], before, after),
        (old, new, proof[:-1], before, after),
        (new + 1, new, proof, before, after),
    ):
        if wrong != (old, new, proof, before, after):
            with pytest.raises(ProofError):
                merkle.check_consistency(*wrong)
    if old > 0:
        with pytest.raises(ProofError):
            merkle.check_consistency(old, new, proof, before, sha256(after).digest())


@given(entries_lists, st.data())
def test_a_rewritten_log_cannot_prove_that_it_continues(
    entries: list[bytes], data: st.DataObject
) -> None:
    """Change one entry below the old head and no honest proof leads from the old root."""
    old = data.draw(st.integers(1, len(entries)))
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*entries[:at], entries[at] + b"!", *entries[at + 1 :]]
    proof = merkle.prove_consistency(old, len(entries), Tree(rewritten).read)
    with pytest.raises(ProofError):
        merkle.check_consistency(
            old, len(entries), proof, defined(entries[:old]), defined(rewritten)
        )


def test_nothing_is_proved_of_entries_that_are_not_there() -> None:
    """Asking beyond the tree is answered with an error, not with a proof of nothing."""
    tree = Tree([b"a", b"b"])
    with pytest.raises(ProofError):
        merkle.prove_inclusion(2, 2, tree.read)
    with pytest.raises(ProofError):
        merkle.prove_consistency(3, 2, tree.read)
