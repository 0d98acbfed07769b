"""The scores themselves: what a perfect reading gets, and what each kind of error costs."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.talks.quality.key import Key
from tests.talks.quality.marked import Article, article, differences
from tests.talks.quality.scores import Scores, score

MARKED = """X| Menu
B| {m ana a1|Ana Oro} said on {d 2026-03-07|Saturday} the talks were {q term p:ana a1|“long”}.
B| {q full p:ben b1|“We listened,”} {m ben b1|Ben Ute} said. {a s1|An aide} saw {q term s:x s1|“hope”}.
A| {d 2025-03-07 2026-03-07|March 7, 2025}
B| {x value/hours four|Four hours}, said {m ana|Oro}.
X| ‘Never’, says Ute
"""
OTHER = "B| {x value/hours five|Five hours} it was.\n"


def perfect(*articles: Article) -> dict[str, Any]:
    """A reading that says exactly what the keys say."""
    return {
        "documents": [_document(one.key, one.text) for one in articles],
        "facts": [
            {
                "status": "differs",
                "variants": [
                    {"evidence": [{"file": f"in/{e.file}", "start": e.start, "end": e.end}]}
                    for variant in point.variants
                    for e in variant
                ],
            }
            for point in differences(articles)
        ],
    }


def _document(key: Key, text: str) -> dict[str, Any]:
    empty: dict[str, Any] = {
        name: []
        for name in (
            "statements", "roles", "numbers", "meetings",
            "positions", "outcomes", "next_steps", "instruments",
        )
    }  # fmt: skip
    return empty | {
        "file": f"in/{key.file}",
        "sha256": key.sha256,
        "segments": [{"start": e.start, "end": e.end, "class": e.kind} for e in key.lines],
        "quotes": [
            {
                "start": quote.start, "end": quote.end, "kind": quote.kind, "confidence": "high",
                "speaker": {
                    "ref": quote.speaker.ref,
                    "mention": quote.speaker.mention
                    and {"start": quote.speaker.mention.start, "end": quote.speaker.mention.end},
                },
            }
            for quote in key.quotes
        ],
        "mentions": [{"start": e.start, "end": e.end, "person": e.person} for e in key.mentions],
        "dates": [
            {"start": e.start, "end": e.end, "value": e.value, "clash": e.clash} for e in key.dates
        ],
    }  # fmt: skip


@pytest.fixture
def articles() -> tuple[Article, Article]:
    """Two accounts that differ on a number of hours."""
    return article("one.txt", MARKED), article("two.txt", OTHER)


def scored(articles: tuple[Article, ...], change: Callable[[dict[str, Any]], None]) -> Scores:
    """The scores of a perfect reading after a change for the worse."""
    reading = copy.deepcopy(perfect(*articles))
    change(reading)
    return score([one.key for one in articles], reading, differences(articles))


def test_a_perfect_reading_scores_full_marks(articles: tuple[Article, ...]) -> None:
    """Otherwise no goal could be reached."""
    assert scored(articles, lambda _: None) == Scores(
        body=1.0, found=1.0, mention=1.0, joint=1.0, high_precision=1.0, high_coverage=1.0,
        persons=1.0, persons_precision=1.0, dates=1.0, differing=1, differing_of=1, teasers=0,
    )  # fmt: skip


def _miss_a_quotation(reading: dict[str, Any]) -> None:
    del reading["documents"][0]["quotes"][0]


def _invent_a_quotation(reading: dict[str, Any]) -> None:
    quotes = reading["documents"][0]["quotes"]
    quotes.append(quotes[0] | {"start": 6, "end": 9})


def _mistake_the_speaker(reading: dict[str, Any]) -> None:
    quotes = reading["documents"][0]["quotes"]
    quotes[0]["speaker"] = quotes[1]["speaker"]


def _take_a_source_for_a_person(reading: dict[str, Any]) -> None:
    reading["documents"][0]["quotes"][2]["speaker"]["ref"] = "p:ana"


def _merge_two_persons(reading: dict[str, Any]) -> None:
    for mention in reading["documents"][0]["mentions"]:
        mention["person"] = "p:ana"


def _lose_a_name(reading: dict[str, Any]) -> None:
    del reading["documents"][0]["mentions"][0]


def _miss_the_clash(reading: dict[str, Any]) -> None:
    reading["documents"][0]["dates"][1]["clash"] = None


def _take_the_menu_for_body(reading: dict[str, Any]) -> None:
    reading["documents"][0]["segments"][0]["class"] = "body"


def _call_it_agreed(reading: dict[str, Any]) -> None:
    reading["facts"][0]["status"] = "agree"


def _put_both_on_one_side(reading: dict[str, Any]) -> None:
    variants = reading["facts"][0]["variants"]
    both = [evidence for variant in variants for evidence in variant["evidence"]]
    reading["facts"][0]["variants"] = [{"evidence": both}]


def _read_a_teaser(reading: dict[str, Any]) -> None:
    reading["documents"][0]["numbers"].append({"start": 0, "end": 4})


@pytest.mark.parametrize(
    ("change", "measure", "value"),
    [
        (_miss_a_quotation, "found", 4 / 5),
        (_invent_a_quotation, "found", 6 / 7),
        (_mistake_the_speaker, "mention", 2 / 3),
        (_mistake_the_speaker, "joint", 2 / 3),
        (_mistake_the_speaker, "high_precision", 2 / 3),
        (_take_a_source_for_a_person, "joint", 2 / 3),
        (_merge_two_persons, "persons_precision", 5 / 9),
        (_lose_a_name, "persons_precision", 1.0),
        (_lose_a_name, "persons", 2 * (1 / 2) / (1 + 1 / 2)),
        (_miss_the_clash, "dates", 1 / 2),
        (_call_it_agreed, "differing", 0),
        (_put_both_on_one_side, "differing", 0),
        (_read_a_teaser, "teasers", 1),
    ],
)
def test_every_error_costs_what_it_should(
    articles: tuple[Article, ...], change: Callable[[dict[str, Any]], None], measure: str,
    value: float,
) -> None:  # fmt: skip
    """A score that cannot fall says nothing."""
    assert getattr(scored(articles, change), measure) == pytest.approx(value)


def test_a_menu_taken_for_body_lowers_the_score_of_the_body(articles: tuple[Article, ...]) -> None:
    """Two lines of furniture are few characters, and they count."""
    assert scored(articles, _take_the_menu_for_body).body < 1


def test_an_unnamed_source_is_right_by_its_words_alone(articles: tuple[Article, ...]) -> None:
    """Its id is the reader's own; which words introduced it is what can be checked."""

    def rename(reading: dict[str, Any]) -> None:
        reading["documents"][0]["quotes"][2]["speaker"]["ref"] = "s:7.7"

    assert scored(articles, rename).joint == 1


def test_a_key_made_on_other_bytes_is_refused(articles: tuple[Article, ...]) -> None:
    """Offsets into another version of a file would score anything."""
    reading = perfect(*articles)
    reading["documents"][0]["sha256"] = "0"
    with pytest.raises(ValueError, match=r"one\.txt: the key was made on other bytes"):
        score([one.key for one in articles], reading)


def test_marks_are_taken_out_and_places_point_at_the_words() -> None:
    """What is published is the article alone; the key points into it."""
    one = article("one.txt", MARKED)
    assert "{" not in one.text
    assert "B| " not in one.text
    assert [one.text[quote.start : quote.end] for quote in one.key.quotes] == [
        "“long”", "“We listened,”", "“hope”",
    ]  # fmt: skip
    assert [line.kind for line in one.key.lines] == [
        "boilerplate", "body", "body", "aux", "body", "boilerplate",
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["B| {m ana|Ana", "B| Ana}"])
def test_a_mark_that_does_not_close_is_refused_with_its_line(broken: str) -> None:
    """A slip of the pen in an article must not move every place after it."""
    with pytest.raises(ValueError, match="line 1: a mark"):
        article("one.txt", broken)
