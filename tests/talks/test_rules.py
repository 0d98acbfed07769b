"""Examples of the rules of the table, the ones a delegate would ask about, and the room's own words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.talks.table import (
    DIST,
    KM15,
    PARTIES,
    WORDS,
    act,
    offered,
    opened,
    proposed,
    supported,
)
from truceline.talks import acts, positions, texts, understandings
from truceline.talks.act import Act
from truceline.talks.acts import PAYLOADS, read, spell
from truceline.talks.articles import ArticleState, gaps
from truceline.talks.brackets import State
from truceline.talks.drawing import article_states, bracket_states, instrument_states
from truceline.talks.errors import BadTalk
from truceline.talks.instruments import State as InstrumentState
from truceline.talks.text import Text, TextState
from truceline.talks.understandings import Standing
from truceline.talks.wording import (
    ARTICLE_STATES,
    BRACKET_STATES,
    INSTRUMENT_STATES,
    TEXT_STATES,
    UNDERSTANDING_STATES,
)

PAGE = "docs/explanation/text-to-force.md"


def said(*payloads: tuple[acts.Payload, str], voices: tuple[str, ...] = PARTIES) -> Text:
    """The text after some acts, opened by Aldmoor."""
    listed = [(opened(voices=voices), "ALD"), *payloads]
    told = [act(entry, payload, by) for entry, (payload, by) in enumerate(listed)]
    return texts.fold(told, parties=PARTIES).texts["ceasefire"]


def last_refusal(text: Text) -> str:
    """The code of the rule that kept the last act from counting."""
    return text.history[-1].refused


def dist(text: Text) -> State:
    """Where the distance stands."""
    bracket = text.articles["a2"].bracket("dist")
    assert bracket is not None
    return bracket.state(text.voices, text.languages)


def test_a_distance_is_agreed_when_the_last_reserve_is_lifted() -> None:
    """Open, then ad referendum while a capital is asked, then agreed: and it sets the rule."""
    on = {"text": "ceasefire", "article": "a2", "bracket": "dist"}
    base = ((proposed(), "VEL"), (offered(), "VEL"), (supported("dist", "km15"), "VEL"))
    assert dist(said(*base)) is State.OPEN
    reserved = (acts.TextReserved(**on, option="km15"), "TOR")  # type: ignore[arg-type]
    assert dist(said(*base, reserved)) is State.AD_REFERENDUM
    text = said(*base, reserved, (acts.TextLifted(**on), "TOR"))
    assert dist(text) is State.AGREED
    assert text.set_by() == {"a2.zone.where.within_km": "15"}


def test_an_option_without_a_language_is_not_agreed_whoever_supports_it() -> None:
    """Both sides behind 20 km, and the Russian text is missing: still open, and it says why."""
    partial = offered("km20", {"en": "20 km", "uk": "20 км"})
    both = [(supported("dist", "km20"), who) for who in PARTIES]
    text = said((proposed(), "VEL"), (partial, "VEL"), *both)
    assert dist(text) is State.OPEN
    found = {
        (gap.code, gap.language, gap.about) for gap in gaps(text.articles["a2"], text.languages)
    }
    assert ("option_lacks", "ru", "dist km20") in found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (WORDS | {"uk": "Важке озброєння тримають за 15 км."}, "other_brackets"),
        (WORDS | {"uk": WORDS["uk"] + " [dist]"}, "other_brackets"),
        ({"en": WORDS["en"], "ru": WORDS["ru"]}, "no_words"),
        (dict.fromkeys(WORDS, "[dist] and [night] and [map]"), "no_such_bracket"),
        (dict.fromkeys(WORDS, "only [dist]"), "bracket_not_used"),
    ],
)
def test_languages_that_are_not_equal_keep_an_article_open(
    words: dict[str, str], code: str
) -> None:
    """A bracket in one language only, or a language left out, is a gap with a name."""
    text = said((proposed(words), "VEL"))
    assert code in {gap.code for gap in gaps(text.articles["a2"], text.languages)}
    assert text.standing() == {"a2": ArticleState.BRACKETED}


def agreed_by_all() -> list[tuple[acts.Payload, str]]:
    """Everything in article 2 is agreed and both have initialled it."""
    told: list[tuple[acts.Payload, str]] = [(proposed(), "VEL"), (offered(), "VEL")]
    version = said(*told).articles["a2"].version
    for who in PARTIES:
        answer = acts.TextAnswered(text="ceasefire", article="a2", sha256=version, answer="accept")
        told += [(supported("dist", "km15"), who), (supported("night", "out"), who), (answer, who)]
    digest = said(*told).initial_hash("a2")
    return told + [
        (acts.TextInitialled(text="ceasefire", article="a2", sha256=digest), who) for who in PARTIES
    ]


@pytest.mark.parametrize(
    "change",
    [
        proposed(WORDS | {"en": WORDS["en"].replace("kept", "held")}),
        acts.TextReopened(text="ceasefire", article="a2", bracket="dist"),
    ],
)
def test_any_change_voids_every_initial(change: acts.Payload) -> None:
    """Both initials were under other words, or under an agreement that is no more."""
    assert said(*agreed_by_all()).state is TextState.COMPLETE
    text = said(*agreed_by_all(), (change, "TOR"))
    assert dict(text.articles["a2"].initials) == {}
    assert text.standing() == {"a2": ArticleState.BRACKETED}


def test_an_initial_covers_the_rule_as_well_as_the_words() -> None:
    """The same words with another value behind them come to another hash."""
    fifteen = said(*agreed_by_all()).initial_hash("a2")
    told = [
        (acts.TextOffered(text="ceasefire", article="a2", bracket="dist", option="km15", words=KM15, value="16"), by)
        if isinstance(payload, acts.TextOffered)
        else (payload, by)
        for payload, by in agreed_by_all()
    ]  # fmt: skip
    sixteen = said(*told[:-2])
    assert sixteen.settled() == said(*agreed_by_all()).settled()
    assert sixteen.initial_hash("a2") != fifteen


def test_nothing_is_adopted_while_another_article_is_open() -> None:
    """One article initialled by all, another just proposed: the package waits."""
    told = [*agreed_by_all(), (proposed({"en": "Prisoners."}, (), "a3"), "TOR")]
    text = said(*told)
    whole = (acts.TextAdopted(text="ceasefire", sha256=text.sha256), "ALD")
    assert last_refusal(said(*told, whole)) == "package_open"
    gone = (acts.TextWithdrawn(text="ceasefire", article="a3"), "TOR")
    closed = said(*told, gone)
    adopted = (acts.TextAdopted(text="ceasefire", sha256=closed.sha256), "ALD")
    assert said(*told, gone, adopted).state is TextState.ADOPTED
    after = said(*told, gone, adopted, (offered("km20"), "VEL"))
    assert last_refusal(after) == "adopted_already"


def test_two_brackets_never_set_one_field() -> None:
    """Which of them would win is not for a program to choose."""
    other = proposed({"en": "x [dist]", "uk": "x [dist]", "ru": "x [dist]"}, (DIST,), "a3")
    assert last_refusal(said((proposed(), "VEL"), (other, "TOR"))) == "bound_twice"


def test_a_text_that_leaves_a_party_out_is_not_opened() -> None:
    """Two cannot agree a text over the head of a third that it binds."""
    lone = act(0, opened(voices=("VEL",)), "VEL")
    table = texts.fold([lone], parties=PARTIES)
    assert (dict(table.texts), table.strays[0].refused) == ({}, "party_left_out")


@given(
    st.permutations(
        [(b, o, who) for b, o in (("dist", "km15"), ("night", "out")) for who in PARTIES]
    )
)
def test_the_order_in_which_voices_come_round_does_not_matter(
    order: list[tuple[str, str, str]],
) -> None:
    """Four supports on two brackets, in any order, come to one state."""
    base = [(proposed(), "VEL"), (offered(), "VEL")]
    held = said(*base, *((supported(bracket, option), who) for bracket, option, who in order))
    assert held.set_by() == {"a2.zone.where.within_km": "15"}
    assert {one.state(held.voices, held.languages) for one in held.articles["a2"].brackets} == {
        State.AGREED
    }


def told_of(*accounts: tuple[str, acts.Account, str]) -> understandings.Understanding:
    """What is said of the Anchorage understanding, one account after the other."""
    said_of: list[Act] = [
        act(
            entry,
            acts.UnderstandingInvoked(
                understanding="harbour", account=account, wording=wording, among=("TOR", "VEL")
            ),
            who,
        )
        for entry, (who, account, wording) in enumerate(accounts)
    ]
    return understandings.fold(said_of)["harbour"]


def test_an_understanding_is_never_more_than_who_tells_it() -> None:
    """Invoked by one, told otherwise by the other, then denied; a third voice counts for neither."""
    one = told_of(("TOR", "invokes", "the harbour stays open"), ("ALD", "reports", "talks went on"))
    assert (one.standing, one.silent) == (Standing.ONE_SIDED, ("VEL",))
    both = told_of(("TOR", "invokes", "open"), ("VEL", "reports", "open by day"))
    assert both.standing is Standing.TOLD_BY_ALL
    denied = told_of(("TOR", "invokes", "open"), ("VEL", "denies", "nothing was understood"))
    assert (denied.standing, len(denied.accounts)) == (Standing.DENIED, 2)


def test_a_later_position_stands_beside_the_earlier_one() -> None:
    """A position moves; that it was another before is part of the record."""
    stated = [
        act(n, acts.PositionStated(issue="distance", wording=words), "VEL")
        for n, words in enumerate(("30 km", "20 km"))
    ]
    held = positions.fold(stated)["distance", "VEL"]
    assert [one.wording for one in held] == ["30 km", "20 km"]


def test_every_state_has_its_words_in_three_languages() -> None:
    """No page of this room can meet a state it has no words for."""
    assert set(BRACKET_STATES) == {one.value for one in State}
    assert set(ARTICLE_STATES) == {one.value for one in ArticleState}
    assert set(TEXT_STATES) == {one.value for one in TextState}
    assert set(INSTRUMENT_STATES) == {one.value for one in InstrumentState}
    assert set(UNDERSTANDING_STATES) == {one.value for one in Standing}


def test_the_page_shows_the_states_as_the_code_has_them(request: pytest.FixtureRequest) -> None:
    """A diagram that is not drawn from the rules is a rumour about them."""
    page = (request.config.rootpath / PAGE).read_text(encoding="utf-8")
    for drawn in (bracket_states(), article_states(), instrument_states()):
        assert f"```\n{drawn}\n```" in page


@given(
    st.sampled_from(sorted(PAYLOADS)), st.binary(max_size=60) | st.text(max_size=60).map(str.encode)
)
def test_no_payload_makes_the_reader_stumble(kind: str, raw: bytes) -> None:
    """Whatever a key signs, the answer is a payload or words."""
    with contextlib.suppress(BadTalk):
        assert spell(read(kind, raw)) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b'{"bracket":"dist","option":"km15","text":"ceasefire","article":"a2"}',
        b'{"article":"a2","bracket":"dist","option":"km15","text":"Ceasefire"}',
        b'{"article":"a2","bracket":"dist","option":"km15","text":"ceasefire","who":"VEL"}',
    ],
)
def test_a_payload_has_one_spelling(raw: bytes) -> None:
    """Other order, a name that is none, a field that is not there."""
    with pytest.raises(BadTalk):
        read("text/supported", raw)
