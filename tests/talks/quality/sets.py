"""The sets a reading is held against: the five seeds, and two halves of invented coverage."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.talks.quality.key import Difference, Key, load_differences, load_keys
from tests.talks.quality.marked import differences, load_articles

HERE = Path(__file__).parent.parent
SEEDS = HERE.parent.parent.parent / "shared" / "seeds"
INVENTED = ("dev", "held_out")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Documents with their keys and the points on which they differ."""

    keys: tuple[Key, ...]
    documents: Mapping[str, bytes]
    points: tuple[Difference, ...]


def seeds(folder: Path = SEEDS) -> Coverage:
    """The five accounts, which stay outside the project; FileNotFoundError where they are absent."""
    at = HERE / "key" / "seeds"
    keys = load_keys(at)
    documents = {key.file: (folder / key.file).read_bytes() for key in keys}
    return Coverage(keys, documents, load_differences(at / "differences.json"))


def invented(half: str) -> Coverage:
    """One half of the invented coverage, `dev` or `held_out`."""
    articles = load_articles(HERE / "coverage" / half)
    documents = {one.name: one.text.encode() for one in articles}
    return Coverage(tuple(one.key for one in articles), documents, differences(articles))
