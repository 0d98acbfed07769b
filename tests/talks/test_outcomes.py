"""What came of an issue: told by somebody, never worked out from silence."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.talks.table import act
from truceline.talks import acts, outcomes
from truceline.talks.errors import BadTalk
from truceline.talks.wording import OUTCOMES
from truceline.values.errors import BadValue

CAME: tuple[acts.Came, ...] = ("agreed", "explicitly_not_discussed")


def told(issue: str, outcome: acts.Came, wording: str = "as they put it") -> acts.OutcomeTold:
    """An outcome, told in some words."""
    return acts.OutcomeTold(issue=issue, outcome=outcome, wording=wording)


def test_tr3_not_discussed_is_told_and_silence_is_not() -> None:
    """Asking what was not discussed gives the energy ceasefire and its teller, and no silence."""
    position = acts.PositionStated(issue="withdrawal", wording="not now")
    said = [act(0, position, "VEL"), act(1, told("energy", "explicitly_not_discussed"), "ALD")]
    held = outcomes.fold(said)
    found = outcomes.told_as(held, "explicitly_not_discussed")
    assert [(one.actor, one.entry, one.wording) for one in found] == [("ALD", 1, "as they put it")]
    assert "withdrawal" not in held


def test_two_accounts_of_one_outcome_stand_beside_each_other() -> None:
    """They differ until one tells it otherwise, and what was told before stays."""
    said = [act(0, told("exchange", "agreed"), "TOR"), act(1, told("exchange", "deferred"), "VEL")]
    assert outcomes.fold(said)["exchange"].differs
    held = outcomes.fold([*said, act(2, told("exchange", "agreed"), "VEL")])["exchange"]
    assert (held.differs, len(held.accounts)) == (False, 3)


@given(st.data())
def test_what_was_known_is_what_the_record_had_then(data: st.DataObject) -> None:
    """However the acts are read, the same comes of them; what came later was not known."""
    word = st.tuples(st.sampled_from(("a", "b")), st.sampled_from(CAME), st.sampled_from("TV"))
    told_of = data.draw(st.lists(word, max_size=8))
    said = [act(n, told(issue, came), who) for n, (issue, came, who) in enumerate(told_of)]
    assert outcomes.fold(data.draw(st.permutations(said))) == outcomes.fold(said)
    for known in said:
        had = [one for one in said if one.at_us <= known.at_us]
        assert outcomes.fold(said, known_us=known.at_us) == outcomes.fold(had)


def test_an_outcome_needs_words_and_one_of_the_six_names() -> None:
    """A bare claim cannot be checked against its source; a seventh outcome has no meaning."""
    with pytest.raises(BadValue):
        told("energy", "agreed", "  ")
    with pytest.raises(BadTalk):
        acts.read("outcome/told", b'{"issue":"energy","outcome":"likely","wording":"x"}')
    assert set(OUTCOMES) == set(get_args(acts.Came))
