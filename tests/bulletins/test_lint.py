"""Neutral wording: what the centre prints in its own voice takes nobody's side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import truceline.bulletins
from truceline.bulletins import wording
from truceline.bulletins.lint import lint
from truceline.values.texts import LANGUAGES, Text

ROOM = Path(truceline.bulletins.__file__).parent
TEMPLATES = sorted(ROOM.glob("forms/*/*.jinja"))
PLANTED = {
    "en": "The invaders violated the line; since then it has been quiet.",
    "uk": "Окупанти порушили лінію; відтоді тихо.",
    "ru": "Захватчики нарушили линию; с тех пор тихо.",
}
QUOTED = {
    "en": "Torrin wrote: “the regime's invaders broke the calm”.",
    "uk": "За словами представника Торріну, «окупанти порушили лінію».",
    "ru": "Торрин заявил: «захватчики нарушили линию».",
}
SCARE = {
    "en": "The patrol met “militants” at the jetty.",
    "uk": "Патруль зустрів «бойовиків» біля пристані.",
    "ru": "Патруль встретил «боевиков» у причала.",
}
PLAIN = {
    "en": "The ceasefire regime of article 2 and the window of silence are in effect.",
    "uk": "Режим припинення вогню за статтею 2 і вікно тиші діють; учасники не повинні заходити.",
    "ru": "Режим прекращения огня по статье 2 и окно тишины действуют.",
}


def wordings() -> Iterator[tuple[str, str, Text]]:
    """Every code the room puts into words."""
    for table, codes in vars(wording).items():
        if isinstance(codes, dict) and table.isupper():
            for code, text in codes.items():
                yield table, code, text


def test_there_is_something_to_check() -> None:
    """The next tests would pass on an empty list too."""
    assert [path.name for path in TEMPLATES] == ["en.md.jinja", "ru.md.jinja", "uk.md.jinja"]
    assert len(list(wordings())) > 60


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_a_template_uses_no_loaded_word(path: Path) -> None:
    """What the centre says of itself, in any language, judges nobody and calls nothing calm."""
    assert lint(path.read_text(encoding="utf-8"), path.name[:2]) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_put_into_a_loaded_word(language: str) -> None:
    """Words for codes are held to the same rule as sentences."""
    assert [
        (table, code) for table, code, text in wordings() if lint(text.in_(language), language)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_planted_words_are_found_where_they_stand(language: str) -> None:
    """A name for the other side, a verdict, and a claim of calm: three, each with its place."""
    text = "One line before.\n" + PLANTED[language]
    found = lint(text, language)
    assert len(found) == 3
    for each in found:
        assert text.splitlines()[each.line - 1][each.column - 1 :].startswith(each.word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_passes_only_with_whose_words_they_are(language: str) -> None:
    """Original wording is always kept, attributed; quotation marks alone are a wink."""
    assert lint(QUOTED[language], language) == ()
    assert len(lint(SCARE[language], language)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_of_the_agreement_is_not_taken_for_a_slur(language: str) -> None:
    """“Regime” in “ceasefire regime” is what the text itself calls it."""
    assert lint(PLAIN[language], language) == ()
