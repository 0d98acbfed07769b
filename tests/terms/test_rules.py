"""A clause's rule told to a person, with what the text leaves open."""

import pytest

from tests.terms.world import ROOT, exercise
from truceline.terms.casefile import run
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


def test_a_calibre_between_two_millimetres_is_read_judged_and_told_as_signed() -> None:
    """Heavy machine guns are told apart at 12.7 and 14.5 mm; nobody signed 14,500 of anything."""
    raw = LETTER.read_bytes().replace(b"calibre_mm: {ge: 100}", b"calibre_mm: {ge: 14.5}", 1)
    agreement = load(raw).agreement
    told = list(rule(agreement, agreement.clause("c.guns"), "en"))
    assert any("calibre_mm: {ge: 14.5}" in line for line in told)
    assert any("where: {in: strip}" in line for line in rule(
        agreement, agreement.clause("c.strip"), "en"
    ))  # fmt: skip
    for calibre, verdict in (
        ("12.7", "no_breach"),
        ("14.5", "breach"),
        ("[12.7, 14.5]", "undetermined"),
    ):
        case = (
            'cases: [{id: a, incident: {time: {from: "2026-03-22T10:00-01:00"}, type: presence.weapon,'
            f" actor: {{VEL: 1.0}}, weapon: {{class: {{artillery: 1.0}}, calibre_mm: {calibre}}}}},"
            f" expect: {{c.guns/VEL: {verdict}}}}}]"
        )
        assert run(raw, case.encode()).met, calibre
    assert b'"calibre_um":{"ge":14500}' in load(raw).canonical


def test_a_distance_is_told_in_the_kilometres_that_were_signed() -> None:
    """What is kept in metres inside is read as the text has it."""
    agreement = load(LETTER.read_bytes()).agreement
    assert "where: {beyond_km: 10, of: line}" in list(
        rule(agreement, agreement.clause("c.far"), "en")
    )
