"""Acts: what settles what, and what rules nothing out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.values.acts import (
    ACTS,
    EXPLOSION,
    UNKNOWN,
    Match,
    answers,
    check_act,
    compatible,
    known_prefix,
    name,
    within,
)
from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES

registered = st.sampled_from(sorted(ACTS))
paths = registered | st.builds(
    "{}.{}".format, registered, st.sampled_from(["catapult", "night", "mortar.120"])
)
any_path = paths | st.sampled_from(["boom", "noise.loud"])


def parents(path: str) -> list[str]:
    """Every prefix of a path, itself included."""
    parts = path.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


@given(paths, paths)
def test_what_settles_a_question_settles_every_wider_one(said: str, asked: str) -> None:
    """If it was mortar fire it was fire: widening the question never loses a yes."""
    if answers(said, asked) is Match.YES:
        assert {answers(said, wider) for wider in parents(asked)} == {Match.YES}


@given(any_path, any_path)
def test_saying_less_never_turns_perhaps_into_no(said: str, asked: str) -> None:
    """A vaguer statement rules out no more than the precise one it stands for."""
    if answers(said, asked) is not Match.NO:
        assert all(answers(vaguer, asked) is not Match.NO for vaguer in parents(said))


@given(any_path, any_path)
def test_being_the_same_event_does_not_depend_on_who_speaks_first(one: str, other: str) -> None:
    """Compatibility is symmetric, and everything is compatible with itself."""
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)


@given(any_path)
def test_what_is_unknown_rules_nothing_out(path: str) -> None:
    """Neither the word unknown nor a word nobody registered can deny an act."""
    assert compatible(UNKNOWN, path)
    assert compatible("boom", path)


def test_an_explosion_may_be_fire_a_strike_or_a_mine_and_is_no_flight() -> None:
    """What somebody heard leaves open what it was, but not everything."""
    asked = ("fire.mortar", "strike", "engineer.mine", "engineer", "flight.uav", "assault")
    found = [answers(EXPLOSION, act) for act in asked]
    assert found == [Match.MAYBE] * 4 + [Match.NO] * 2


def test_siblings_are_told_apart() -> None:
    """Mortar fire is no artillery fire, though either is fire."""
    assert answers("fire.mortar", "fire.artillery") is Match.NO
    assert not compatible("fire.mortar", "flight.uav")


@given(paths)
def test_an_unregistered_act_lies_under_the_longest_known_one_and_is_named_by_it(path: str) -> None:
    """Nothing said is lost: the path is shown beside the name of its parent."""
    prefix = known_prefix(path)
    assert prefix in ACTS
    assert within(path, prefix)
    for language in LANGUAGES:
        assert ACTS[prefix].in_(language) in name(path, language)
        assert prefix == path or path in name(path, language)


@pytest.mark.parametrize(
    "spelt", ["Fire", "fire.", ".fire", "fire..mortar", "FIRE.MORTAR", "fire mortar", "вогонь", ""]
)
def test_an_act_has_one_spelling(spelt: str) -> None:
    """Capitals are labels of findings; a claim says what was done in lower case."""
    with pytest.raises(BadValue, match="no act"):
        check_act(spelt)


def test_every_registered_act_is_spelt_as_one_and_its_parent_is_registered() -> None:
    """A hole in the registry would make a child less specific than nothing."""
    for path in ACTS:
        assert check_act(path) == path
        assert set(parents(path)) <= set(ACTS)


def test_no_wording_names_two_acts() -> None:
    """A party may write the act in its language; that wording must lead to one act."""
    meant: dict[str, set[str]] = {}
    for path, text in ACTS.items():
        for language in LANGUAGES:
            meant.setdefault(text.in_(language).casefold(), set()).add(path)
    assert {wording: acts for wording, acts in meant.items() if len(acts) > 1} == {}
