"""The page that explains windows shows the rules the code has, and words for every code."""

from pathlib import Path

import pytest

from truceline.coordination import complaints, windows, wording
from truceline.coordination.acts import PAYLOADS, PURPOSES, STANCES
from truceline.coordination.drawing import states
from truceline.coordination.steps import CLOCK
from truceline.values.texts import LANGUAGES, Text

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "windows.md"
FORMAT = Path(__file__).parents[2] / "docs" / "formats" / "acts.md"


def test_the_page_on_windows_is_drawn_from_the_rules() -> None:
    """Whoever changes a rule changes the page in the same commit."""
    assert states() in PAGE.read_text(encoding="utf-8")


def test_every_act_and_every_field_is_in_the_format() -> None:
    """A payload is specified before it is written; a field nobody specified is a defect."""
    text = FORMAT.read_text(encoding="utf-8")
    named = [f"`{kind}`" for kind in PAYLOADS]
    named += [f"`{field}`" for struct in PAYLOADS.values() for field in struct.__struct_fields__]

    assert [name for name in named if name not in text] == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (wording.WINDOW_STATES, set(windows.State)),
        (wording.COMPLAINT_STATES, set(complaints.State)),
        (wording.PURPOSES, set(PURPOSES)),
        (wording.ANSWERS, set(STANCES)),
        (wording.STEPS, {CLOCK} | {kind for kind in PAYLOADS if kind[:6] in {"window", "compla"}}),
    ],
    ids=["windows", "complaints", "purposes", "answers", "steps"],
)
def test_every_code_has_words_in_every_language(table: dict[str, Text], codes: set[str]) -> None:
    """No more and no fewer: a state without words is a blank on a page."""
    assert set(table) == {str(code) for code in codes}
    assert all(text.in_(language) for text in table.values() for language in LANGUAGES)


def test_only_one_state_of_a_window_reads_as_in_effect() -> None:
    """Requested and guaranteed both say that silence does not hold yet, in each language."""
    for language, said in (("en", "not in effect"), ("uk", "не діє"), ("ru", "не действует")):
        for state in ("requested", "guaranteed"):
            assert said in wording.WINDOW_STATES[state].in_(language)
