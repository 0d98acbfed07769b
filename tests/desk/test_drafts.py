"""Two drafts side by side: by article, with each voice's stance, and over the incidents on record."""

from pathlib import Path

import pytest

from tests.desk.founded import NIGHT, TERMS, centre
from truceline.desk.comparing import weigh
from truceline.desk.desk import Desk
from truceline.desk.drafting import compare, draft
from truceline.desk.errors import ActRefused
from truceline.store.assessing import recorded_cases
from truceline.talks import acts, texts
from truceline.talks.act import Act
from truceline.talks.articles import version_of
from truceline.talks.text import Text
from truceline.terms.agreement import Agreement
from truceline.terms.loading import load

TEXT = TERMS.read_text(encoding="utf-8")
FARTHER = TEXT.replace("within_km: 15, of", "within_km: 30, of").replace(
    "at least 15 km", "at least 30 km"
)


def agreement(text: str) -> Agreement:
    """A draft, read."""
    return load(text.encode(), "draft.yaml", {}).agreement


BEFORE, AFTER = agreement(TEXT), agreement(FARTHER)
NO_FIRE = "act: [fire, strike, assault], unless"


def no_fire_within(km: int) -> Agreement:
    """Article 1 as a ban on fire near the line only."""
    near = f"act: [fire, strike, assault], where: {{within_km: {km}, of: contact_line}}, unless"
    return agreement(TEXT.replace(NO_FIRE, near))


def nothing(_done: int, _of: int) -> None:
    """Nobody watches."""


def test_a_longer_distance_brings_incidents_in_and_none_out(played: Path) -> None:
    """Over the played exercise: each incident that would meet the test did not before."""
    desk = Desk.open(played)
    desk.refresh()
    near, far = no_fire_within(2), no_fire_within(12)
    there, back = weigh(desk, near, far, nothing), weigh(desk, far, near, nothing)
    assert there.would_meet
    assert {one.clause for one in there.moved} == {"a1.fire"}
    assert there.cease_to_meet == ()
    assert (back.cease_to_meet, back.would_meet) == (there.would_meet, ())
    assert sum(there.by_clause.values()) == len(there.moved) == len(back.moved)
    desk.close()


def test_a_later_start_lets_incidents_fall_out(played: Path) -> None:
    """A day more before the ban on fire begins: what was a breach then is not in force."""
    desk = Desk.open(played)
    desk.refresh()
    later = agreement(TEXT.replace('EIF: {at: "2026-03-21T', 'EIF: {at: "2026-03-28T'))
    weighed = weigh(desk, BEFORE, later, nothing)
    assert weighed.would_meet == ()
    fallen = {one.case for one in weighed.moved if one.after == "not_in_force"}
    assert fallen
    assert set(weighed.cease_to_meet) <= fallen
    desk.close()


def test_the_same_draft_changes_nothing_and_every_case_is_judged(played: Path) -> None:
    """No difference in the words, none in the answers; none is dropped on the way."""
    desk = Desk.open(played)
    desk.refresh()
    weighed = weigh(desk, BEFORE, agreement(TEXT), nothing)
    recorded = recorded_cases(desk.tables, desk.log)
    assert recorded is not None
    names = [name for name, _ in recorded.cases]
    assert (weighed.moved, weighed.judged, weighed.incidents) == ((), len(names), recorded.number)
    assert len(set(names)) == len(names)
    desk.close()


def answered(*answers: tuple[str, str, acts.Answer]) -> Text:
    """Article 2 on the table in its first wording, and what was said to which version."""
    words = {
        draft: dict(one.doc.articles[1].text) for draft, one in (("old", BEFORE), ("new", AFTER))
    }
    told: list[tuple[acts.Payload, str]] = [
        (acts.TextOpened(text="t", title={}, voices=("TOR", "VEL")), "ALD")
    ]
    for draft_name, who, given in answers:
        told.append(
            (acts.TextProposed(text="t", article="a2", number="2", words=words[draft_name]), "VEL")
        )
        version = version_of("a2", words[draft_name])
        told.append((acts.TextAnswered(text="t", article="a2", sha256=version, answer=given), who))
    said = [
        Act(entry=n, kind=acts.KINDS[type(payload)], actor=who, at_us=n, payload=payload)
        for n, (payload, who) in enumerate(told)
    ]
    return texts.fold(said, parties=("TOR", "VEL")).texts["t"]


def test_a_stance_is_to_the_words_it_was_given_to() -> None:
    """Velmark took fifteen kilometres and Torrin refused thirty: neither said anything to the other."""
    text = answered(("old", "VEL", "accept"), ("new", "TOR", "reject"))
    (article,) = list(compare(BEFORE.doc, AFTER.doc, text))
    assert (article.article, article.number) == ("a2", "2")
    assert {change.part for change in article.changes} == {"article 2", "clause a2.zone"}
    assert article.stances == {"TOR": ("silent", "reject"), "VEL": ("accept", "silent")}


def test_a_clause_that_is_only_in_one_draft_stands_under_its_article() -> None:
    """Nothing is lost between articles, nor shown twice."""
    shorter = agreement(
        "\n".join(line for line in TEXT.splitlines() if "id: a2.withdraw" not in line) + "\n"
    )
    compared = list(compare(BEFORE.doc, shorter.doc, None))
    assert [one.article for one in compared] == ["a2"]
    assert compared[0].changes[0].part == "clause a2.withdraw"


def test_a_bracket_bound_to_nothing_is_refused_before_a_file_is_written(tmp_path: Path) -> None:
    """A rule that would silently not be set is worse than none."""
    del tmp_path
    words = dict.fromkeys(("en", "ru", "uk"), "[dist]")
    for bind, said in (("a2.zone.where.beyond_km", "leads nowhere"), ("a9.x.y", "no clause")):
        bracket = acts.BracketSet(id="dist", kind="parameter", bind=bind)
        told: list[acts.Payload] = [
            acts.TextOpened(text="t", title={}, voices=("VEL",)),
            acts.TextProposed(text="t", article="a2", number="2", words=words, brackets=(bracket,)),
            acts.TextOffered(
                text="t", article="a2", bracket="dist", option="o", words=words | dict.fromkeys(words, "5 km"), value="5"
            ),
            acts.TextSupported(text="t", article="a2", bracket="dist", option="o"),
        ]  # fmt: skip
        listed = [
            Act(entry=n, kind=acts.KINDS[type(one)], actor="VEL", at_us=n, payload=one)
            for n, one in enumerate(told)
        ]
        text = texts.fold(listed, parties=("VEL",)).texts["t"]
        with pytest.raises(ActRefused, match=said):
            draft(text, TERMS.read_bytes(), "draft.yaml", {})


def test_an_empty_record_has_nothing_to_say_of_two_drafts(tmp_path: Path) -> None:
    """No incident is no answer, not the answer no."""
    desk = centre(tmp_path, NIGHT)
    desk.refresh()
    weighed = weigh(desk, BEFORE, AFTER, nothing)
    assert (weighed.incidents, weighed.judged, weighed.moved) == (0, 0, ())
