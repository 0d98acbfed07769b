"""Numbers, plurals, dates and lists, as each language says them."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tests.bulletins.days import PERIOD, ZONE
from truceline.bulletins.grammar import NBSP, Grammar, plural_form
from truceline.values.errors import BadValue
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, SECOND_US
from truceline.values.texts import LANGUAGES

SAY = {language: Grammar(language=language, zone_name=ZONE) for language in LANGUAGES}
_ORDER = {"en": ("one", "other"), "uk": ("one", "few", "many"), "ru": ("one", "few", "many")}


@given(st.integers(0, 10**7), st.sampled_from(LANGUAGES))
def test_plurals_follow_the_published_rules(number: int, language: str) -> None:
    """The same form as Unicode CLDR gives, for every whole number."""
    assert _ORDER[language][plural_form(number, language)] == Locale(language).plural_form(number)


def test_a_word_given_too_few_forms_is_refused() -> None:
    """A template that forgets a form fails in its test, not in the night."""
    with pytest.raises(BadValue, match="3 plural forms"):
        SAY["uk"].plural(2, "заява", "заяв")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1,204 claims"), ("uk", f"1204{NBSP}заяви"), ("ru", f"1204{NBSP}заявления")],
)
def test_a_count_is_said_with_its_word(language: str, said: str) -> None:
    """Number and noun agree and stay on one line."""
    forms = {
        "en": ("claim", "claims"),
        "uk": ("заява", "заяви", "заяв"),
        "ru": ("заявление", "заявления", "заявлений"),
    }
    assert SAY[language].counted(1204, *forms[language]).replace(" ", NBSP) == said.replace(
        " ", NBSP
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates())
def test_a_date_is_written_as_the_language_writes_it(language: str, day: date) -> None:
    """Month names in the case a date takes."""
    months = format_date(day, "d MMMM y", locale=language)
    assert (
        SAY[language]
        .day(day.isoformat())
        .replace(NBSP, " ")
        .removesuffix(" року")
        .removesuffix(" года")
        == months
    )


@given(st.integers(0, DAY_US), st.integers(1, DAY_US))
def test_a_share_never_says_nothing_for_something_nor_all_for_nearly_all(
    part: int, whole: int
) -> None:
    """Rounding must not turn a minute of watching into none, or a gap into none."""
    part = min(part, whole)
    said = SAY["en"].percent(part, whole)
    assert (said == "0%") == (part == 0)
    assert (said == "100%") == (part == whole)


@pytest.mark.parametrize(
    ("lasted_us", "said"),
    [
        (0, "0 h"),
        (30 * SECOND_US, "under a minute"),
        (45 * MINUTE_US, "45 min"),
        (23 * HOUR_US, "23 h"),
        (25 * HOUR_US + MINUTE_US, "25 h 1 min"),
        (3 * DAY_US + HOUR_US, "3 d 1 h"),
    ],
)
def test_a_duration_is_said_in_hours_and_minutes(lasted_us: int, said: str) -> None:
    """A period of 25 hours reads 25 hours, not a day and an hour."""
    assert SAY["en"].duration(lasted_us).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("uk", ["Ґара", "Еста", "Єлань", "Зорин", "Івань", "Їжа", "Ясен", "Haw"]),
        ("ru", ["Гара", "Еста", "Ёлань", "Жара", "Ясень", "Haw"]),
        ("en", ["Aldmoor", "Torrin", "velmark", "Велмарк"]),
    ],
)
def test_names_stand_in_the_alphabet_of_the_language(language: str, names: list[str]) -> None:
    """Parties are listed alphabetically in each language, so no order is anybody's."""
    assert SAY[language].alphabetical(reversed(names), str) == names


def test_the_zone_s_offset_is_the_one_it_had_at_that_instant() -> None:
    """The night the clocks go forward the period begins and ends at different offsets."""
    assert SAY["en"].offset(PERIOD.from_us) == "UTC−01:00"
    assert SAY["en"].offset(PERIOD.until_us) == "UTC+00:00"
    assert SAY["en"].clock(PERIOD.from_us) == SAY["en"].clock(PERIOD.until_us) == "19:30"
