"""Words across three languages, as whole numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.tokens import fold, overlap, rarity, stems, tokens

TEXTS = st.lists(st.text(alphabet="мінаhit exploсив 19:3ґё", max_size=30), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кейп-Сорел", "кейп сорел"),
        ("обстрілу", "обстрілом"),
        ("Kherson", "Херсон"),
        ("вибухи", "вибухів"),
        ("маяк", "маяк"),  # й is a letter, not an и with a mark: NFC and NFD agree
        ("Сорелй", "Сорелй"),
    ],
)
def test_one_name_in_two_spellings_shares_a_stem(one: str, other: str) -> None:
    """Case, inflection, script and Unicode form do not part a name from itself."""
    assert stems(one) & stems(other)


def test_different_clock_readings_in_a_text_are_different_words() -> None:
    """Alarms differ by nothing but their hour, so the hour has to count."""
    assert stems("Тривога 19:27") != stems("Тривога 01:19")
    assert fold("Щука") == fold("shchuka")


@given(TEXTS, st.data())
def test_the_order_of_texts_changes_no_likeness(texts: list[str], data: st.DataObject) -> None:
    """A pair weighs the same wherever its rows stand and whichever of the two comes first."""
    order = data.draw(st.permutations(range(len(texts))))
    one, other = (
        data.draw(st.integers(0, len(texts) - 1)),
        data.draw(st.integers(0, len(texts) - 1)),
    )

    def weighed(rows: list[str], a: int, b: int) -> tuple[int, int]:
        of = tokens(rows)
        weight = rarity(of, np.zeros(len(rows), dtype=np.int64), borrowed=50)
        shared, likeness = overlap(of, weight, np.array([a]), np.array([b]))
        return int(shared[0]), int(likeness[0])

    moved = [texts[row] for row in order]
    first = weighed(texts, one, other)
    assert first == weighed(texts, other, one)
    assert first == weighed(moved, order.index(one), order.index(other))


@given(TEXTS)
def test_likeness_lies_between_nothing_and_the_same(texts: list[str]) -> None:
    """A text is like itself wholly if it has any word that tells, and like no text more than wholly."""
    of = tokens(texts)
    weight = rarity(of, np.zeros(len(texts), dtype=np.int64), borrowed=50)
    rows = np.arange(len(texts))
    shared, likeness = overlap(of, weight, rows, rows)
    has_words = np.array([weight[of.start[r] : of.start[r + 1]].sum() > 0 for r in rows])
    assert (likeness[has_words] == 1000).all()
    assert (likeness[~has_words] == 0).all()
    assert ((shared >= 0) & (likeness <= 1000)).all()


def test_a_towns_own_name_weighs_less_in_that_town() -> None:
    """Where everybody writes of the lighthouse, naming it says little; elsewhere it says much."""
    texts = [f"lighthouse number{n}" for n in range(60)] + ["lighthouse far", "other thing"]
    group = np.array([0] * 60 + [1, 1])
    of = tokens(texts)
    weight = rarity(of, group, borrowed=50)

    def of_lighthouse(row: int) -> int:
        codes = of.code[of.start[row] : of.start[row + 1]].tolist()
        numbered = sorted({stem for text in texts for stem in stems(text)})
        at = codes.index(numbered.index(fold("lighth")))  # h folds to g, as in Херсон
        return int(weight[of.start[row] + at])

    assert of_lighthouse(0) < of_lighthouse(60)
