"""Three languages, complete; every code worded."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from truceline.coordination.acts import PAYLOADS
from truceline.reports.sources import SOURCES
from truceline.values.signatures import Basis, Stance
from truceline.web import wording
from truceline.web.locale_build import LOCALE, messages, untranslated
from truceline.web.locale_build import _read as read


def wordings(message: Message) -> list[str]:
    """The wording of a message, or each of its plural forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


PLACE = re.compile(r"%\([a-z_]+\)\d*[sd]|%%")


def test_no_sentence_of_a_page_lacks_its_wording_in_any_language() -> None:
    """Counted from the templates and modules themselves, plural forms included."""
    assert untranslated() == {"en": [], "uk": [], "ru": []}
    assert len(list(messages())) > 300


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_a_translation_keeps_every_figure_of_the_sentence(language: str) -> None:
    """A number that is dropped in one language misleads only its readers."""
    wrong = []
    for message in read(language):
        asked = message.id if isinstance(message.id, str) else message.id[-1]
        wanted = sorted(PLACE.findall(asked))
        wrong += [
            text
            for text in wordings(message)
            if message.id and sorted(PLACE.findall(text)) != wanted
        ]
    assert wrong == []


@pytest.mark.parametrize(("language", "foreign"), [("uk", "ыэъё"), ("ru", "іїєґ")])
def test_no_wording_strays_into_the_other_language(language: str, foreign: str) -> None:
    """A letter the language does not have is a sentence in the wrong catalogue."""
    catalog: Catalog = read(language)
    stray = [
        text
        for message in catalog
        if message.id
        for text in wordings(message)
        if any(letter in text.casefold() for letter in foreign)
    ]
    assert stray == []


def test_the_catalogues_are_those_that_the_pages_were_drawn_with() -> None:
    """`make messages` has nothing to add: what is committed is what the pages say."""
    wanted = {(message.context, message.id) for message in messages() if message.id}
    for language in ("en", "uk", "ru"):
        held = {(message.context, message.id) for message in read(language) if message.id}
        assert held == wanted, language
    assert {path.name for path in LOCALE.iterdir() if path.is_dir()} == {"en", "uk", "ru"}


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("basis", [one.value for one in Basis]),
        ("stance", [one.value for one in Stance]),
        ("source", sorted(SOURCES)),
        ("entry", sorted(PAYLOADS)),
    ],
)
def test_every_code_of_the_record_has_words(kind: str, codes: list[str]) -> None:
    """A code on a page would be a word nobody agreed on."""
    assert [code for code in codes if wording.word(code, kind, "en") == code and "-" in code] == []
    assert wording.word("of-no-kind", kind, "en") == "of-no-kind"
