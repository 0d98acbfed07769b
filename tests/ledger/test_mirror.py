"""A mirroring witness cosigns nothing that is withheld from it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.founding import Centre, found
from tests.ledger.witnessing import LOG_PUBLIC, NOON_S, Post, post
from truceline.ledger import merkle, tiles, witness
from truceline.ledger.errors import IntegrityError, NotFounded
from truceline.ledger.mirror import Mirror
from truceline.ledger.tiles import Get
from truceline.ledger.verifying import log_get, verify

URL = "http://azores.example/log"


class Scene:
    """A centre that grows, and a witness that mirrors it."""

    def __init__(self, folder: Path) -> None:
        self.centre: Centre = found(folder / "centre")
        self.get: Get = log_get(self.centre.path)
        self.post: Post = post(folder)
        with self.post.book.writing() as writing:
            writing.add_keys(self.centre.appender.origin, LOG_PUBLIC, URL)
        self.mirror = Mirror(folder / "mirror", self.post.book, self._source)

    def _source(self, url: str) -> Get:
        assert url == URL
        return self.get

    def send(self) -> int:
        """The newest head is sent to the witness."""
        reader, old = self.centre.log.reader(), self.post.log().size
        proof = merkle.prove_consistency(old, reader.head.size, reader.hash)
        body = witness.request(old, proof, self.centre.log.signed_head())
        return self.post.send(body, fetch=self.mirror.keeping).status

    @property
    def copy(self) -> Path:
        """Where the witness keeps the log."""
        return self.mirror.folder(self.centre.appender.origin)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A new centre, nothing cosigned yet."""
    return Scene(tmp_path)


@pytest.mark.parametrize("steps", [(1,), (254, 1), (255, 1, 300), (600, 3)])
def test_what_was_cosigned_is_kept_whole(steps: tuple[int, ...], scene: Scene) -> None:
    """The copy is a log of its own: it verifies, entry for entry, with nothing from the centre."""
    for count in steps:
        scene.centre.fill(count)
        scene.post.now_s += 60
        assert scene.send() == 200
        verdict = verify(scene.copy, LOG_PUBLIC)
        assert verdict.problems == []
        assert verdict.entries == scene.post.log().size == scene.centre.log.head().size


@pytest.mark.parametrize("spoil", ["withheld", "flipped", "cut"])
@pytest.mark.parametrize("where", ["entries", 0])
def test_an_entry_that_is_withheld_or_changed_is_not_cosigned(
    where: str | int, spoil: str, scene: Scene
) -> None:
    """The log signed it, and that is not enough: the entry must be there."""
    scene.centre.fill(5)
    assert scene.send() == 200
    scene.centre.fill(300)
    target = tiles.path(where, 1, 50)
    change: dict[str, Callable[[bytes], bytes | None]] = {
        "withheld": lambda _raw: None,
        "flipped": lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
        "cut": lambda raw: raw[:-1],
    }
    whole = scene.get
    scene.get = lambda path: change[spoil](whole(path) or b"") if path == target else whole(path)
    with pytest.raises(IntegrityError):
        scene.send()
    assert scene.post.log().size == 6
    scene.get = whole
    assert scene.send() == 200
    assert verify(scene.copy, LOG_PUBLIC).problems == []


def test_a_mirror_without_an_address_cosigns_nothing(scene: Scene) -> None:
    """It says which command gives it one."""
    with scene.post.book.writing() as writing:
        writing.add_keys(scene.centre.appender.origin, LOG_PUBLIC, "")
    with pytest.raises(NotFounded, match="--url"):
        scene.send()


def test_a_pinned_witness_fetches_what_came_before_as_well(tmp_path: Path) -> None:
    """It never cosigned the first entries, and still it holds them before it vouches for more."""
    scene = Scene(tmp_path)
    scene.centre.fill(9)
    (tmp_path / "other").mkdir()
    scene.post = post(tmp_path / "other", scene.centre.log.head())
    with scene.post.book.writing() as writing:
        writing.add_keys(scene.centre.appender.origin, LOG_PUBLIC, URL)
    scene.mirror = Mirror(tmp_path / "other" / "mirror", scene.post.book, scene._source)
    scene.post.now_s = NOON_S + 60
    assert scene.send() == 200
    assert verify(scene.copy, LOG_PUBLIC).entries == 10


@pytest.mark.parametrize("raw", [b"", b"\0\0", b"7 entries", "٣".encode()])
def test_a_torn_count_is_fetched_again(raw: bytes, scene: Scene) -> None:
    """What a power cut leaves there is never taken for entries that are not here."""
    scene.copy.mkdir(parents=True)
    (scene.copy / "kept").write_bytes(raw)
    assert scene.send() == 200
    assert verify(scene.copy, LOG_PUBLIC).problems == []
