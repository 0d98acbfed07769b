"""Text in the working languages, none of them the original by habit."""

from collections.abc import Mapping
from dataclasses import dataclass

from truceline.values.errors import BadValue

LANGUAGES = ("en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class Text:
    """One meaning in English, Ukrainian and Russian, all three given."""

    en: str
    uk: str
    ru: str

    def in_(self, language: str) -> str:
        """The wording in one language; BadValue for a language we do not have."""
        if language not in LANGUAGES:
            raise BadValue(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
        return str(getattr(self, language))


def text_of(wordings: Mapping[str, str]) -> Text:
    """Build a text from a mapping; BadValue names the languages that are missing."""
    missing = [language for language in LANGUAGES if not wordings.get(language)]
    if missing:
        raise BadValue(f"no wording in {', '.join(missing)} for {dict(wordings)!r}")
    return Text(*(wordings[language] for language in LANGUAGES))
