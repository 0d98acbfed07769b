"""Tiles: other people's paths and bytes, and a reader that believes none of them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.ledger import merkle, tiles
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import IntegrityError, Malformed
from truceline.ledger.growth import Growth
from truceline.ledger.tiles import WIDTH, Reader

ORIGIN = "azores.example/record"


def grown(steps: list[int]) -> tuple[dict[str, bytes], Head]:
    """The files of a log that was committed to at these sizes."""
    growth = Growth()
    files: dict[str, bytes] = {}
    for step in steps:
        since = growth.size
        for _ in range(step):
            entry = b"entry %d" % growth.size
            files |= growth.push(entry, merkle.leaf_hash(entry))
        files |= growth.partials(since)
    return files, Head(ORIGIN, growth.size, growth.root())


@pytest.mark.parametrize(
    ("index", "path"),
    [(0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")],
)
def test_a_path_is_the_one_every_reader_of_tiles_expects(index: int, path: str) -> None:
    """Examples of the specification, c2sp.org/tlog-tiles."""
    assert tiles.path(3, index) == f"tile/3/{path}"
    assert tiles.path("entries", index, 112) == f"tile/entries/{path}.p/112"


@given(
    st.lists(st.binary(min_size=1, max_size=300), max_size=20), st.binary(min_size=1, max_size=40)
)
def test_a_bundle_comes_apart_as_it_was_put_together(entries: list[bytes], rest: bytes) -> None:
    """And what is no bundle is Malformed, or reads as other entries, and nothing worse."""
    packed = tiles.pack(entries)
    assert tiles.unpack(packed) == entries
    assert tiles.split_bundle(packed, len(entries)) == entries
    for damaged in (packed + rest, packed[: len(rest)], rest):
        try:
            again = tiles.pack(tiles.unpack(damaged))
        except Malformed:
            continue
        assert again == damaged


@pytest.mark.parametrize("entry", [b"", b"x" * 65_536])
def test_an_entry_no_bundle_can_hold(entry: bytes) -> None:
    """The length is two bytes, and an empty entry says nothing."""
    with pytest.raises(Malformed, match="1 to 65535"):
        tiles.pack([entry])


@given(st.lists(st.integers(1, 700), min_size=1, max_size=4))
def test_growing_writes_exactly_the_tiles_that_changed(steps: list[int]) -> None:
    """Each file once, none for a width of nothing, and every published size stays readable."""
    files, head = grown(steps)
    named, size = set(), 0
    for step in steps:
        for level, index, width in tiles.changed(size, size + step):
            named.add(tiles.path(level, index, width))
            if level == 0:
                named.add(tiles.path("entries", index, width))
        size += step
    assert set(files) == named
    reader = Reader(files.get, head)
    assert merkle.range_root(0, head.size, reader.hash) == head.root
    assert [reader.entry(index) for index in (0, head.size - 1)] == [
        b"entry 0",
        b"entry %d" % (head.size - 1),
    ]


@given(st.integers(1, 1500), st.data())
def test_a_reader_returns_what_was_signed_or_an_error(size: int, data: st.DataObject) -> None:
    """Flip any bit of any file: an entry read is the entry written, or it is named as damaged."""
    files, head = grown([size])
    where = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[where]) - 1))
    raw = bytearray(files[where])
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    reader = Reader((files | {where: bytes(raw)}).get, head)
    index = data.draw(st.integers(0, size - 1))
    with suppress(IntegrityError):
        assert reader.entry(index) == b"entry %d" % index
        return
    with pytest.raises(IntegrityError) as damage:
        reader.entry(index)
    assert damage.value.path in {where, "checkpoint"}
    assert damage.value.index is None or damage.value.index // WIDTH == index // WIDTH


def test_a_partial_tile_is_read_from_the_full_one_that_took_its_place() -> None:
    """Partial tiles may be removed once the full one exists; old heads stay readable."""
    files, _ = grown([10, 246])
    old_files, old = grown([10])
    del files[tiles.path(0, 0, 10)], files[tiles.path("entries", 0, 10)]
    reader = Reader(files.get, old)
    assert reader.bundle(0) == Reader(old_files.get, old).bundle(0)
    with pytest.raises(IndexError):
        reader.entry(10)


def test_a_missing_tile_is_named() -> None:
    """Not readable is an answer with a file name in it."""
    files, head = grown([600])
    del files["tile/0/001"]
    reader = Reader(files.get, head)
    with pytest.raises(IntegrityError, match=r"tile/0/001 is missing"):
        reader.entry(256)
    assert reader.entry(599) == b"entry 599"
