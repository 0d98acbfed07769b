"""Which words of a set are countries that no list holds, so that none is taken for a person."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from truceline.talks.reading import keys
from truceline.talks.reading.document import Span
from truceline.talks.reading.names import Candidate
from truceline.talks.reading.parties import CYRILLIC
from truceline.talks.reading.words.given import PARTICLES


@lru_cache(maxsize=65_536)
def _core(name: tuple[str, ...]) -> tuple[str, ...]:
    out = [
        part
        for word in name
        for part in ([word] if _korean(word) else re.split(r"[-‑]", word))
        if part and part.lower() not in PARTICLES and part[0].isalpha()
    ]
    return tuple(out) or name


def core(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that identify: no particles, hyphens opened, initials kept."""
    return _core(tuple(name))


def _korean(word: str) -> bool:
    """“Jae-in”: two syllables of one given name."""
    return bool(re.fullmatch(r"[A-Z][a-z]+-[a-z]+", word))


_OF_PEOPLE = re.compile(r"(?:ian|an|n|i|ese|ish|er)$")


def lands(everyone: Sequence[Candidate]) -> frozenset[str]:
    """Stems of words that stand where countries do, or have a people's name beside them.

    A word that is the last of a longer name somewhere is a surname after all.
    """
    single = {one.words[0] for one in everyone if len(one.words) == 1}
    latin = {word for word in single if not CYRILLIC.search(word)}
    peoples = {_OF_PEOPLE.sub("", word) for word in latin if _OF_PEOPLE.search(word)}
    found = {one.words[0] for one in everyone if one.land}
    found |= {
        word for word in latin
        if len(word) > 4 and any(
            bare in peoples and word + ending in latin
            for bare in (word, word.removesuffix("a"), word.removesuffix("ia"))
            for ending in ("n", "i", "an", "ian", "ese", "ish")
        )
    }  # fmt: skip
    surnames = {
        keys.stem(core(one.words)[-1])
        for one in everyone
        if len(core(one.words)) > 1 and keys.given(one.words[0]) is not None
    }
    return frozenset(keys.stem(word) for word in found) - surnames


def less_land(one: Candidate, known: frozenset[str]) -> Candidate:
    """A name without the country of its bearer's office in front of it."""
    if len(one.words) < 2 or not one.cyrillic or keys.stem(one.words[0]) not in known:
        return one
    return replace(
        one, words=one.words[1:], starts=one.starts[1:], first=one.first + 1,
        span=Span(one.starts[1], one.span.end),
    )  # fmt: skip
