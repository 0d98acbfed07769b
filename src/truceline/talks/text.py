"""A text on the table: its articles, and how far the whole of it is.

open ──▶ complete ──▶ adopted      (complete: every article initialled by every voice)
  ▲          │
  └─ changed ┘
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from truceline.talks.act import Step
from truceline.talks.articles import Article, ArticleState
from truceline.values.canonical import canonical, sha256_hex


class TextState(StrEnum):
    """Where a whole text stands."""

    OPEN = "open"
    COMPLETE = "complete"
    ADOPTED = "adopted"


_DONE = frozenset({ArticleState.INITIALLED, ArticleState.ADOPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text as it stands.

    convenor: who put it on the table, and declares it adopted. voices: whose agreement it needs.
    package: nothing in it is adopted while anything in it is open.
    """

    name: str
    title: Mapping[str, str]
    convenor: str
    voices: tuple[str, ...]
    languages: tuple[str, ...]
    package: bool
    articles: Mapping[str, Article] = field(default_factory=dict)
    history: tuple[Step, ...] = ()

    def standing(self) -> dict[str, ArticleState]:
        """Article → where it stands, those off the table left out."""
        found = {
            name: one.state(self.voices, self.languages) for name, one in self.articles.items()
        }
        return {name: state for name, state in found.items() if state != ArticleState.WITHDRAWN}

    @property
    def state(self) -> TextState:
        """Where the whole text stands; one without articles is open."""
        states = set(self.standing().values())
        if states == {ArticleState.ADOPTED}:
            return TextState.ADOPTED
        return TextState.COMPLETE if states and states <= _DONE else TextState.OPEN

    def initial_hash(self, article: str) -> str:
        """What an initial under an article is put under."""
        return self.articles[article].initial_hash(self.voices, self.languages)

    @property
    def sha256(self) -> str:
        """The hash of the whole: every article on the table with its own, by name."""
        return sha256_hex(canonical({name: self.initial_hash(name) for name in self.standing()}))

    def settled(self) -> dict[str, dict[str, str]]:
        """Article → language → words, agreed brackets filled in."""
        return {
            name: self.articles[name].settled(self.voices, self.languages)
            for name in self.standing()
        }

    def set_by(self) -> dict[str, str]:
        """Fields of the agreement that agreed parameters set, and to what."""
        found: dict[str, str] = {}
        for name in self.standing():
            found |= self.articles[name].set_by(self.voices, self.languages)
        return found

    def still_open(self) -> tuple[str, ...]:
        """Fields of the agreement that a bracket speaks of and nothing is agreed on."""
        agreed = self.set_by()
        named = (one.bind for name in self.standing() for one in self.articles[name].brackets)
        return tuple(bind for bind in named if bind and bind not in agreed)
