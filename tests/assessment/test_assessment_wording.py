"""Words for every code, and none of them a finding."""

import re

import pytest

from truceline.assessment import wording
from truceline.assessment.occurrence import Level
from truceline.terms.result import Verdict
from truceline.values.texts import LANGUAGES, Text

TABLES: dict[str, dict[str, Text]] = {
    name: table for name, table in vars(wording).items() if name.isupper()
}
# The words that belong to findings people sign, and to courts.
NOT_OURS = re.compile(
    r"violat|breach|guilt|порушен|нарушен|винн|виновн|агрес|терор|террор", re.IGNORECASE
)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_neutral_words(table: dict[str, Text], language: str) -> None:
    """A machine says which test is met; it finds nobody in breach and nobody guilty."""
    for code, text in table.items():
        assert text.in_(language), code
        assert not NOT_OURS.search(text.in_(language)), code


def test_every_verdict_and_every_level_has_words() -> None:
    """A code the terms or the ladder can give is never a blank on a page."""
    assert set(wording.PROPOSALS) == {str(verdict) for verdict in Verdict}
    assert set(wording.LEVELS) == {str(level) for level in Level}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "meets the test agreed in article 1"),
        ("uk", "відповідає ознакам, узгодженим у статті 1"),
        ("ru", "соответствует признакам, согласованным в статье 1"),
    ],
)
def test_a_proposal_names_the_article_and_no_party(language: str, sentence: str) -> None:
    """The subject of the sentence is the incident."""
    assert wording.proposal("breach", "1", language) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_only_alleged_is_said_to_be_only_alleged(language: str) -> None:
    """The conditional stands in the sentence itself, where nobody can drop it."""
    met = wording.proposal("breach", "1", language, as_alleged="breach")
    alleged = wording.proposal("undetermined", "1", language, as_alleged="breach")
    open_ = wording.proposal("undetermined", "1", language, as_alleged="undetermined")

    assert len({met, alleged, open_}) == 3
    assert alleged == wording.AS_ALLEGED["breach"].in_(language).format(article="1")
