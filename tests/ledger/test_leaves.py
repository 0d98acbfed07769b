"""Which leaves a log holds: asked of files, believed only where the tree agrees."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.ledger import leaves
from truceline.ledger.errors import Corrupt
from truceline.ledger.leaves import Leaves, Listed, Run, Shelf


def leaf(index: int) -> bytes:
    """The leaf of an invented entry."""
    return sha256(b"entry %d of the record" % index).digest()


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of a few leaves, so that many are written and merged."""
    monkeypatch.setattr(leaves, "_SMALLEST", 4)
    monkeypatch.setattr(leaves, "_PAGE", 8)


@given(sizes=st.lists(st.integers(1, 90), min_size=1, max_size=40))
def test_every_leaf_is_found_where_it_is_and_no_other(sizes: list[int]) -> None:
    """However the log grew and whatever was merged: as a dictionary would answer."""
    held, count = leaves.scratch(leaf), 0
    for size in sizes:
        fork = held.fork()
        for index in range(count, count + size):
            fork.add(leaf(index).hex(), index)
        assert fork.find(leaf(count + size - 1).hex()) == count + size - 1
        held.absorb(fork)
        count += size
        held.spill(count)
    assert [held.find(leaf(index).hex()) for index in range(count)] == list(range(count))
    assert not any(leaf(index).hex() in held for index in range(count, count + 50))
    assert len(held.listed) <= 7 * 4


def test_a_log_of_any_length_leaves_few_files_and_little_in_memory(tmp_path: Path) -> None:
    """Ten thousand leaves in steps of ten: a handful of runs, each leaf in one of them."""
    held = Leaves(shelf(tmp_path), leaf)
    for index in range(10_000):
        held.add(leaf(index).hex(), index)
    assert len(held.listed) <= 28
    assert held.listed[0].first == 0
    assert held.written > 10_000 - 2 * 4


def shelf(folder: Path) -> Shelf:
    """A shelf in a folder of the test's."""

    def write(name: str, parts: Iterable[bytes]) -> None:
        (folder / name).write_bytes(b"".join(parts))

    return Shelf(folder, write)


def filled(folder: Path, count: int = 40) -> Leaves:
    """Leaves with one run of them all."""
    held = Leaves(shelf(folder), leaf)
    fork = held.fork()
    for index in range(count):
        fork.add(leaf(index).hex(), index)
    held.absorb(fork)
    assert held.spill(count)
    return held


def test_a_run_that_was_changed_is_not_opened(tmp_path: Path) -> None:
    """A flipped byte, a lost page, a missing file: the index is drawn anew, never believed."""
    (listed,) = filled(tmp_path).listed
    path = tmp_path / listed.name
    raw = path.read_bytes()
    for damaged in (raw[:-1] + b"!", raw[:-8], raw + raw[-8:], b""):
        path.write_bytes(damaged)
        with pytest.raises(Corrupt, match="drawn anew"):
            Run.open(path, listed)
    path.unlink()
    with pytest.raises(Corrupt, match="drawn anew"):
        Run.open(path, listed)


def test_a_run_cannot_invent_a_leaf(tmp_path: Path) -> None:
    """Whoever forges a whole index with its digest still has to find the leaf in the tree."""
    held = filled(tmp_path)
    forged = sha256(b"an entry nobody made").hexdigest()
    lying = Leaves(shelf(tmp_path), leaf)
    lying.take_up([claiming(tmp_path, forged)])
    assert forged not in lying
    assert leaf(7).hex() in held


def claiming(folder: Path, forged: str) -> Run:
    """A run that says a leaf is at index 0."""
    word = (int(forged[:8], 16) << 32).to_bytes(8, "little")
    (folder / "0-1").write_bytes(word)
    return Run.open(folder / "0-1", Listed(0, 1, sha256(word).hexdigest()))


def test_two_leaves_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    """Somebody can make entries whose hashes begin alike; each is still found for itself."""
    first, second = "ab" * 4 + "01" * 28, "ab" * 4 + "02" * 28
    at = {0: bytes.fromhex(first), 1: bytes.fromhex(second)}
    held = Leaves(shelf(tmp_path), at.get)
    for index, hidden in at.items():
        held.add(hidden.hex(), index)
    for index in range(2, 6):
        at[index] = leaf(index)
        held.add(leaf(index).hex(), index)
    assert held.spill(6)
    assert (held.find(first), held.find(second)) == (0, 1)
    assert "ab" * 4 + "03" * 28 not in held


def test_a_removed_run_that_is_still_open_is_written_again(tmp_path: Path) -> None:
    """Another process may tidy away what this one still lists."""
    held = filled(tmp_path)
    (listed,) = held.listed
    kept = (tmp_path / listed.name).read_bytes()
    (tmp_path / listed.name).unlink()
    held.mend(lambda name: (tmp_path / name).exists())
    assert (tmp_path / listed.name).read_bytes() == kept
    assert held.listed == (listed,)
