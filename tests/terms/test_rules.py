"""A clause's rule told to a person, with what the text leaves open."""

import pytest

from tests.terms.world import ROOT, exercise
from truceline.terms.loading import load
from truceline.terms.rules import rule, vague_words

LETTER = ROOT / "tests" / "golden" / "terms" / "letter" / "terms.yaml"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Prohibited to Velmark, Torrin", "acts: drone flight"]),
        ("uk", ["Заборонено: Велмарк, Торрін", "дії: політ дрона"]),
        ("ru", ["Запрещено: Велмарк, Торрин", "действия: полёт дрона"]),
    ],
)
def test_a_rule_says_who_and_what_first(language: str, said: list[str]) -> None:
    """The reader of each language gets the acts and the exemptions in words, not in codes."""
    agreement = exercise()
    told = list(rule(agreement, agreement.clause("a3.uav"), language))
    assert told[:2] == said
    assert len(told) == 6  # norm, acts, where, from, two exemptions: nothing left empty


def test_what_is_ours_and_what_is_vague_is_said() -> None:
    """Nobody may take a number we measure with, or a word nobody defined, for agreed."""
    agreement = load(LETTER.read_bytes()).agreement
    told = list(rule(agreement, agreement.clause("c.ours"), "en"))
    assert told[-1] == "not agreed, ours to measure with: where.within_km"
    assert list(vague_words(agreement, "en")) == ["“offensive” (an attack to take ground): c.word"]
