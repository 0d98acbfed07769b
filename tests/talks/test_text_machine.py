"""Every order of acts on a text a hypothesis machine can think of, against a model written otherwise.

The model keeps no state: at every step it asks the whole list of acts that counted what each voice
last said, and since when.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.talks.table import (
    DIST,
    KM15,
    NIGHT,
    PARTIES,
    WORDS,
    act,
    offered,
    opened,
    proposed,
    supported,
)
from truceline.talks import acts
from truceline.talks.act import Act
from truceline.talks.articles import ArticleState, version_of
from truceline.talks.brackets import State
from truceline.talks.errors import TalkRefused
from truceline.talks.text import Text, TextState
from truceline.talks.texts import after, check, fold

OTHER = {language: words + "!" for language, words in WORDS.items()}
VERSIONS = {version_of("a2", words): words for words in (WORDS, OTHER)}
POOL: tuple[acts.Payload, ...] = (
    proposed(),
    proposed(OTHER),
    offered("km15"),
    offered("km20"),
    offered("km20", {"en": "20 km", "uk": "20 км"}),
    supported("dist", "km15"),
    supported("dist", "km20"),
    supported("night", "out"),
    acts.TextReserved(text="ceasefire", article="a2", bracket="dist", option="km15"),
    acts.TextLifted(text="ceasefire", article="a2", bracket="dist"),
    acts.TextReopened(text="ceasefire", article="a2", bracket="dist"),
    acts.TextReopened(text="ceasefire", article="a2", bracket="night"),
    *(
        acts.TextAnswered(text="ceasefire", article="a2", sha256=version, answer=answer)
        for version in VERSIONS
        for answer in acts.ANSWERS
    ),
    acts.TextVoided(text="ceasefire", article="a2"),
    acts.TextWithdrawn(text="ceasefire", article="a2"),
)


class Model:
    """Where article 2 stands, worked out from the acts that counted and nothing else."""

    def __init__(self) -> None:
        self.counted: list[Act] = []

    def _since(self, *kinds: type[acts.Payload]) -> list[Act]:
        """The acts after the last of some kinds."""
        last = max(
            (n for n, one in enumerate(self.counted) if isinstance(one.payload, kinds)), default=-1
        )
        return self.counted[last + 1 :]

    def words(self) -> dict[str, str] | None:
        """What is on the table."""
        for one in reversed(self.counted):
            if isinstance(one.payload, acts.TextWithdrawn):
                return None
            if isinstance(one.payload, acts.TextProposed):
                return one.payload.words
        return None

    def behind(self, voice: str, bracket: str) -> tuple[str, bool] | None:
        """The option a voice is behind, and whether it reserves."""
        found: tuple[str, bool] | None = None
        for one in self._since(acts.TextProposed):
            said = one.payload
            if isinstance(said, acts.TextOffered) and said.bracket == bracket:
                found = None if found is not None and found[0] == said.option else found
            if one.actor != voice or getattr(said, "bracket", "") != bracket:
                continue
            if isinstance(said, acts.TextSupported | acts.TextReserved):
                found = (said.option, isinstance(said, acts.TextReserved))
            elif isinstance(said, acts.TextLifted):
                found = (found[0], False) if found else None
            elif isinstance(said, acts.TextReopened):
                found = None
        return found

    def worded(self, option: str) -> dict[str, str]:
        """The words an option has now."""
        offers = [one.payload for one in self.counted if isinstance(one.payload, acts.TextOffered)]
        return next((dict(one.words) for one in reversed(offers) if one.option == option), {})

    def bracket(self, name: str) -> str:
        """Open, ad referendum or agreed."""
        held = {voice: self.behind(voice, name) for voice in PARTIES}
        options = {one[0] if one else None for one in held.values()}
        if len(options) != 1 or None in options:
            return "open"
        (option,) = options
        if option != "out" and set(self.worded(str(option))) != {"en", "ru", "uk"}:
            return "open"
        return "ad_referendum" if any(one and one[1] for one in held.values()) else "agreed"

    def accepted(self) -> bool:
        """Every voice's last answer to these very words accepts them."""
        words = self.words()
        if words is None:
            return False
        now = version_of("a2", words)
        said: dict[str, str] = {}
        for one in self.counted:
            if isinstance(one.payload, acts.TextProposed) and one.payload.words == words:
                said = {}
            if isinstance(one.payload, acts.TextAnswered) and one.payload.sha256 == now:
                said[one.actor] = one.payload.answer
        return all(said.get(voice) == "accept" for voice in PARTIES)

    def initialled(self) -> set[str]:
        """Whose initial stands: put since the last change, and not taken back."""
        standing: set[str] = set()
        for one in self.counted:
            if isinstance(one.payload, acts.TextInitialled):
                standing.add(one.actor)
            elif isinstance(one.payload, acts.TextVoided):
                standing.discard(one.actor)
            elif not isinstance(one.payload, acts.TextAdopted):
                standing = set()
        return standing

    def article(self) -> str:
        """Where article 2 stands."""
        if any(isinstance(one.payload, acts.TextAdopted) for one in self.counted):
            return "adopted"
        agreed = all(self.bracket(one) == "agreed" for one in ("dist", "night"))
        if not agreed or not self.accepted():
            return "bracketed"
        return "initialled" if self.initialled() == set(PARTIES) else "agreed"


class TextMachine(RuleBasedStateMachine):
    """People act in any order, in each other's names, on what is there and on what is not."""

    def __init__(self) -> None:
        super().__init__()
        self.said = [act(0, opened(), "ALD")]
        self.model = Model()
        self.table = fold(self.said, parties=PARTIES)

    @property
    def text(self) -> Text:
        """The text now."""
        return self.table.texts["ceasefire"]

    @rule(
        payload=st.sampled_from(POOL),
        by=st.sampled_from(("VEL", "TOR", "VEL", "TOR", "ALD", "JVT")),
        borrowed=st.sampled_from((False, False, False, False, True)),
    )
    def someone_acts(self, payload: acts.Payload, by: str, *, borrowed: bool) -> None:
        """Any act by anyone."""
        self.do(payload, by, borrowed=borrowed)

    @rule()
    def both_agree_to_everything(self) -> None:
        """So that deep states are reached often."""
        for payload in (proposed(), offered("km15")):
            self.do(payload, "VEL")
        for voice in PARTIES:
            self.do(supported("dist", "km15"), voice)
            self.do(supported("night", "out"), voice)
            for version in VERSIONS:
                self.do(
                    acts.TextAnswered(
                        text="ceasefire", article="a2", sha256=version, answer="accept"
                    ),
                    voice,
                )

    @rule(by=st.sampled_from(("VEL", "TOR", "ALD")), right=st.booleans())
    def someone_initials(self, by: str, *, right: bool) -> None:
        """By the hash of what is on the table, or of something else."""
        held = "a2" in self.text.articles
        digest = self.text.initial_hash("a2") if held and right else "00" * 32
        self.do(acts.TextInitialled(text="ceasefire", article="a2", sha256=digest), by)

    @rule(by=st.sampled_from(("ALD", "ALD", "VEL")))
    def the_convenor_declares_it_adopted(self, by: str) -> None:
        """Or somebody else tries."""
        self.do(acts.TextAdopted(text="ceasefire", sha256=self.text.sha256), by)

    def do(self, payload: acts.Payload, by: str, *, borrowed: bool = False) -> None:
        """The desk is told beforehand what the fold says afterwards."""
        new = act(len(self.said), payload, by, borrowed=borrowed)
        before = self.text
        try:
            check(self.table, new, parties=PARTIES)
            allowed = True
        except TalkRefused:
            allowed = False
        self.said.append(new)
        self.table = after(self.table, new, parties=PARTIES)
        assert (self.text.history[-1].refused == "") == allowed
        if allowed:
            self.model.counted.append(new)
        else:
            assert self.text.articles == before.articles

    @invariant()
    def the_model_says_the_same(self) -> None:
        """Two ways of working it out agree."""
        article = self.text.articles.get("a2")
        if article is None or article.withdrawn:
            assert self.model.words() is None
            return
        assert article.words == self.model.words()
        voices, languages = self.text.voices, self.text.languages
        for bracket in article.brackets:
            assert bracket.state(voices, languages).value == self.model.bracket(bracket.id)
        assert self.text.standing()["a2"].value == self.model.article()

    @invariant()
    def nothing_is_adopted_that_anyone_had_not_initialled(self) -> None:
        """The rule itself, said plainly, of the record and not of the state."""
        if self.text.state is not TextState.ADOPTED:
            return
        last = self.model.counted[-1]
        assert (type(last.payload), last.actor) == (acts.TextAdopted, "ALD")
        assert self.model.initialled() == set(PARTIES)
        article = self.text.articles["a2"]
        assert all(
            one.state(self.text.voices, self.text.languages) is State.AGREED
            for one in article.brackets
        )
        assert "[" not in "".join(self.text.settled()["a2"].values())

    @invariant()
    def replay_in_any_order_of_reading_gives_the_same(self) -> None:
        """The ledger has an order; the reader has none."""
        assert fold(self.said[::-1], parties=PARTIES) == self.table

    @invariant()
    def nothing_said_is_missing_from_the_history(self) -> None:
        """Refused acts too."""
        noted = [one.entry for one in (*self.text.history, *self.table.strays)]
        assert noted == [one.entry for one in self.said]


TextMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestText = TextMachine.TestCase


def test_the_model_and_the_pool_speak_of_the_same_brackets() -> None:
    """A machine that never reached a state would prove nothing of it."""
    machine = TextMachine()
    machine.both_agree_to_everything()
    assert machine.text.standing() == {"a2": ArticleState.AGREED}
    for voice in PARTIES:
        machine.someone_initials(voice, right=True)
    assert machine.text.standing() == {"a2": ArticleState.INITIALLED}
    machine.the_convenor_declares_it_adopted("ALD")
    assert machine.text.state is TextState.ADOPTED
    assert {one.id for one in machine.text.articles["a2"].brackets} == {DIST.id, NIGHT.id}
    assert KM15["uk"] in machine.text.settled()["a2"]["uk"]
