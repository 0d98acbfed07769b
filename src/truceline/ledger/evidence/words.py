"""What an evidence file says, and what was found, in plain words and three languages.

The catalogue is here and not in gettext's, because the verifier ships with `ledger` and `values`
alone.
"""

from collections.abc import Mapping

from truceline.ledger.evidence.sayings import KINDS, LIMITS, POINTS, README, TERMS, UNKNOWN
from truceline.values.texts import Text

Facts = Mapping[str, str | int]


def title(kind: str, language: str) -> str:
    """What a kind of evidence claims, in one sentence."""
    return KINDS.get(kind, UNKNOWN).in_(language)


def point(code: str, facts: Facts, language: str) -> str:
    """One thing that was found."""
    return POINTS[code].in_(language).format_map(dict(facts))


def limits(kind: str, language: str) -> tuple[str, ...]:
    """What evidence of a kind does not prove."""
    return tuple(text.in_(language) for text in LIMITS.get(kind, ()))


def term(name: str, language: str) -> str:
    """A word of the verdict's frame."""
    return TERMS[name].in_(language)


def readme(kind: str, origin: str, language: str) -> str:
    """The README of an evidence file, in one language."""
    body = README.in_(language).format(title=title(kind, language), origin=origin)
    lines = "".join(f"- {text}\n" for text in limits(kind, language))
    return body + lines


def catalogue() -> dict[str, Text]:
    """Every text, by a name: what a test counts the languages of."""
    spread = {
        f"limit {kind} {at}": text for kind, of in LIMITS.items() for at, text in enumerate(of)
    }
    named = {**KINDS, **POINTS, **TERMS, **spread}
    return {**named, "readme": README, "unknown": UNKNOWN}
