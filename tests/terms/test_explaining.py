"""What a hostile party's lawyer found in explanations, and must not find again."""

from tests.terms.test_golden_cases import LETTER
from truceline.terms.casefile import run
from truceline.terms.wording import lines

DONE = run((LETTER / "terms.yaml").read_bytes(), (LETTER / "cases.yaml").read_bytes())


def told(case: str, clause: str, party: str, language: str = "en") -> list[str]:
    """The explanation of one answer of the letter cases."""
    (judged,) = [one for one in DONE.judged if one.scenario.id == case]
    return list(lines(judged.results[f"{clause}/{party}"], DONE.agreement, language))


def test_an_exemption_inside_a_question_is_named_there() -> None:
    """“Kind of act: no” of an act of that kind reads as a mistake until the exemption is named."""
    said = told("e02", "c.strip", "VEL")
    assert "an exemption agreed there covers it" in said[0]
    assert "  - kind of act, apart from what is exempt (training flight): no" in said
    assert "  - вид дії, крім того, на що поширюється виняток (навчальний політ): ні" in told(
        "e02", "c.strip", "VEL", "uk"
    )


def test_the_share_is_of_what_is_met_and_not_exempt() -> None:
    """“The test is met” above “share in which the test is met: 0.00” contradicts itself."""
    said = told("e03", "c.area", "VEL")
    assert said[0].startswith("What is recorded meets the test")
    assert "Share of what may be true in which the test is met and nothing exempts it: 0.00" in said


def test_where_readings_differ_none_of_them_stands_at_the_head() -> None:
    """Each reading gives its own answers under its own name; the head says only that they differ."""
    said = told("o15", "c.listed", "TOR")
    first = next(number for number, line in enumerate(said) if line.startswith("Reading"))
    assert not [line for line in said[:first] if line.strip()[0] in "+-?"]
    assert [line for line in said[first:] if line.strip().startswith("+ in force")]


def test_a_blurred_calibre_and_not_a_certain_kind_is_what_would_decide() -> None:
    """Nobody disputes the kind of a gun whose calibre is known to an interval."""
    assert told("w17", "c.guns", "VEL")[-1] == "Would decide it: the calibre"
