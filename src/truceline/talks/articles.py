"""An article under negotiation: its words in every language, its brackets, its initials.

bracketed ──▶ agreed ──▶ initialled ──▶ adopted
    ▲            │            │
    └────────────┴── changed ─┘     withdrawn: by whoever put it forward
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from truceline.talks.acts import TextAnswered
from truceline.talks.brackets import Bracket, State
from truceline.values.canonical import canonical, sha256_hex

SILENT = "silent"
_MARK = re.compile(r"\[([a-z0-9][a-z0-9_-]*)\]")
_SPACES = re.compile(r" {2,}")  # what a bracket that went out leaves behind


class ArticleState(StrEnum):
    """Where an article stands."""

    BRACKETED = "bracketed"
    AGREED = "agreed"
    INITIALLED = "initialled"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What keeps an article from being equal in its languages.

    code: `no_words`, `other_brackets`, `no_such_bracket`, `bracket_not_used`, `option_lacks`.
    language: the one that lacks; about: the bracket, or bracket and option.
    """

    code: str
    language: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article in its newest version.

    words: by language, `[id]` where a bracket stands. by: who put it forward first.
    answers: (version, voice) → what was said to it, every version's. initials: voice → entry.
    """

    id: str
    number: str
    by: str
    words: Mapping[str, str]
    brackets: tuple[Bracket, ...] = ()
    answers: Mapping[tuple[str, str], TextAnswered] = field(default_factory=dict)
    initials: Mapping[str, int] = field(default_factory=dict)
    adopted: bool = False
    withdrawn: bool = False

    @property
    def version(self) -> str:
        """The hash of these words, brackets standing: what an answer is to."""
        return version_of(self.id, self.words)

    def bracket(self, name: str) -> Bracket | None:
        """A bracket by its id; None where there is none."""
        return next((one for one in self.brackets if one.id == name), None)

    def stance(self, voice: str) -> str:
        """What a voice says to the words as they stand: accept, reserve, reject or silent."""
        said = self.answers.get((self.version, voice))
        return SILENT if said is None else said.answer

    def state(self, voices: Sequence[str], languages: Sequence[str]) -> ArticleState:
        """Where the article stands between these voices."""
        if self.withdrawn:
            return ArticleState.WITHDRAWN
        if self.adopted:
            return ArticleState.ADOPTED
        if not self._agreed(voices, languages):
            return ArticleState.BRACKETED
        all_in = all(voice in self.initials for voice in voices)
        return ArticleState.INITIALLED if all_in else ArticleState.AGREED

    def _agreed(self, voices: Sequence[str], languages: Sequence[str]) -> bool:
        return (
            all(self.stance(voice) == "accept" for voice in voices)
            and all(one.state(voices, languages) is State.AGREED for one in self.brackets)
            and not _uneven(self, languages)
        )

    def settled(self, voices: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
        """The words with every agreed bracket filled in; one that is not agreed stays as it is."""
        filling = {
            one.id: chosen.words
            for one in self.brackets
            if one.state(voices, languages) is State.AGREED
            and (chosen := one.chosen(voices, languages)) is not None
        }
        return {
            language: _filled(self.words.get(language, ""), filling, language)
            for language in languages
        }

    def set_by(self, voices: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
        """Fields of the agreement that agreed parameters set, and to what."""
        return {
            one.bind: chosen.value
            for one in self.brackets
            if one.bind
            and one.state(voices, languages) is State.AGREED
            and (chosen := one.chosen(voices, languages)) is not None
        }

    def initial_hash(self, voices: Sequence[str], languages: Sequence[str]) -> str:
        """What an initial is put under: the settled words of all languages and the rules set."""
        return sha256_hex(
            canonical(
                {
                    "article": self.id,
                    "number": self.number,
                    "set": self.set_by(voices, languages),
                    "words": self.settled(voices, languages),
                }
            )
        )


def version_of(article: str, words: Mapping[str, str]) -> str:
    """The hash of an article's words in all its languages, as proposed."""
    return sha256_hex(canonical({"article": article, "words": dict(words)}))


def gaps(article: Article, languages: Sequence[str]) -> tuple[Gap, ...]:
    """Everything in which the languages of an article are not equal yet."""
    lacking = [
        Gap(code="option_lacks", language=language, about=f"{bracket.id} {option.id}")
        for bracket in article.brackets
        for option in bracket.options
        for language in option.lacks(languages)
    ]
    return (*_uneven(article, languages), *lacking)


def _uneven(article: Article, languages: Sequence[str]) -> list[Gap]:
    """Gaps of the article's own words, options apart."""
    found = [
        Gap(code="no_words", language=language)
        for language in languages
        if not article.words.get(language, "").strip()
    ]
    first = marks(article.words.get(languages[0], ""))
    for language in languages[1:]:
        held = marks(article.words.get(language, ""))
        odd = sorted(((held - first) + (first - held)).elements())
        if odd:
            found.append(Gap(code="other_brackets", language=language, about=" ".join(odd)))
    known, used = {one.id for one in article.brackets}, set(first)
    found += [Gap(code="no_such_bracket", about=one) for one in sorted(used - known)]
    return found + [Gap(code="bracket_not_used", about=one) for one in sorted(known - used)]


def marks(words: str) -> Counter[str]:
    """How often each bracket stands in a text."""
    return Counter(_MARK.findall(words))


def _filled(words: str, filling: Mapping[str, Mapping[str, str]], language: str) -> str:
    def fill(mark: re.Match[str]) -> str:
        chosen = filling.get(mark[1])
        return mark[0] if chosen is None else chosen.get(language, "")

    return _SPACES.sub(" ", _MARK.sub(fill, words)).strip()
