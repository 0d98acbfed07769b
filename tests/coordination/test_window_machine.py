"""Every order of acts a hypothesis machine can think of, against a model written the other way."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.coordination.story import BEFORE_US, FROM_US, PARTIES, UNTIL_US, event, request
from truceline.coordination import acts
from truceline.coordination.event import Event
from truceline.coordination.windows import State, Window, WindowRefused, check, fold
from truceline.values.instant import HOUR_US, MINUTE_US

WHO = ("VEL", "TOR", "ALD", "CENTRE", "JVT")
ACTS = (
    acts.WindowGuaranteed(window="W-0001"),
    acts.WindowRefused(window="W-0001"),
    acts.WindowWithdrawn(window="W-0001"),
    acts.WindowDemined(window="W-0001"),
    acts.WindowOpened(window="W-0001"),
    acts.WindowCompleted(window="W-0001"),
    acts.WindowBreached(window="W-0001", incident="I-KQ3MZ7RA"),
)


class Model:
    """Is the window open? Asked of the whole list of acts at every instant, keeping no state."""

    def __init__(self, *, needs_demining: bool) -> None:
        self.needs_demining = needs_demining
        self.said: list[Event] = []

    def opened_us(self) -> int | None:
        """When the first announcement came that was allowed to count."""
        for place, act in enumerate(self.said):
            in_time = FROM_US <= act.known_us < UNTIL_US
            by_centre = act.kind == "window/opened" and act.author == "desk" and not act.relayed
            if by_centre and in_time and self._ready(self.said[:place]):
                return act.known_us
        return None

    def _ready(self, before: list[Event]) -> bool:
        return (
            self._all_in(before) is not None
            and not self._stopped(before)
            and (not self.needs_demining or self._clear(before))
        )

    def _all_in(self, acts_so_far: list[Event]) -> int | None:
        """The place of the act that brought the last guarantee; None while one is missing."""
        given: set[str] = set()
        for place, act in enumerate(acts_so_far):
            if act.kind == "window/guaranteed" and not act.borrowed:
                given.add(act.actor)
            if given >= {"ALD", "TOR", "VEL"}:
                return place
        return None

    def _stopped(self, acts_so_far: list[Event]) -> bool:
        last = self._all_in(acts_so_far)
        for place, act in enumerate(acts_so_far):
            if act.borrowed:
                continue
            if act.kind == "window/withdrawn" and act.actor != "JVT":
                return True
            refusable = last is None or place < last
            if act.kind == "window/refused" and act.actor in request().guarantors and refusable:
                return True
        return False

    def _clear(self, acts_so_far: list[Event]) -> bool:
        last = self._all_in(acts_so_far)
        return last is not None and any(
            act.kind == "window/demined" and act.actor in {"VEL", "CENTRE"} and not act.borrowed
            for act in acts_so_far[last + 1 :]
        )

    def active(self, now_us: int) -> bool:
        """Say whether silence holds at an instant."""
        since = self.opened_us()
        if since is None or not since <= now_us < UNTIL_US:
            return False
        begun = next(
            place
            for place, act in enumerate(self.said)
            if act.kind == "window/opened"
            and act.author == "desk"
            and act.known_us >= FROM_US
            and self._ready(self.said[:place])
        )
        enders = {
            "window/withdrawn": {"VEL", "TOR", "ALD", "CENTRE"},
            "window/breached": {"VEL", "TOR", "ALD", "CENTRE"},
            "window/completed": {"VEL", "CENTRE"},
        }
        return not any(
            act.actor in enders.get(act.kind, set()) and not act.borrowed
            for act in self.said[begun + 1 :]
        )


class WindowMachine(RuleBasedStateMachine):
    """Time passes and people act, in any order and in each other's names."""

    def __init__(self) -> None:
        super().__init__()
        self.now_us = BEFORE_US
        self.events = [event(100, request(needs_demining=self.demining), by="VEL", at_us=BEFORE_US)]
        self.model = Model(needs_demining=self.demining)

    demining = False

    @rule(step_us=st.sampled_from([1, MINUTE_US, HOUR_US, 5 * HOUR_US, 12 * HOUR_US]))
    def time_passes(self, step_us: int) -> None:
        """A second, a minute, an hour, half a day."""
        self.now_us += step_us

    @rule()
    @precondition(lambda self: self.now_us < FROM_US)
    def the_hour_comes(self) -> None:
        """The clock stands exactly at the start."""
        self.now_us = FROM_US

    @rule()
    @precondition(lambda self: not self.model.said)
    def everyone_guarantees(self) -> None:
        """The three guarantees, so that deep states are reached often."""
        for code in ("ALD", "TOR", "VEL"):
            self.act(ACTS[0], code, "")

    @rule()
    def the_centre_opens(self) -> None:
        """The announcement, whether or not its hour has come."""
        self.act(acts.WindowOpened(window="W-0001"), "CENTRE", "")

    @rule()
    def velmark_reports_the_ground_clear(self) -> None:
        """The one who asked says the demining is done."""
        self.act(acts.WindowDemined(window="W-0001"), "VEL", "")

    @rule(
        payload=st.sampled_from(ACTS),
        by=st.sampled_from(WHO),
        relayed_by=st.sampled_from(["", "", "desk", "VEL", "TOR"]),
    )
    def act(self, payload: acts.Payload, by: str, relayed_by: str) -> None:
        """Any act by anyone; the desk is told beforehand what the fold says afterwards."""
        relayed_by = "" if by in {relayed_by, "CENTRE"} else relayed_by
        new = event(
            101 + len(self.model.said), payload, by=by, relayed_by=relayed_by, at_us=self.now_us
        )
        allowed = self.allowed(new)
        self.events.append(new)
        self.model.said.append(new)
        assert (self.window.history[-1].refused == "") == allowed

    def allowed(self, new: Event) -> bool:
        """What the desk is told before it appends."""
        try:
            check(self.window, new)
        except WindowRefused:
            return False
        return True

    @property
    def window(self) -> Window:
        """The window now, folded from all the acts."""
        (window,) = fold(self.events, self.now_us, parties=PARTIES)
        return window

    @invariant()
    def it_is_active_exactly_when_the_model_says_so(self) -> None:
        """Two ways of working it out agree."""
        assert (self.window.state is State.ACTIVE) == self.model.active(self.now_us)
        assert self.window.opened_us == self.model.opened_us()

    @invariant()
    def it_is_never_active_without_every_guarantee_or_outside_its_time(self) -> None:
        """The rule itself, said plainly."""
        if self.window.state is State.ACTIVE:
            assert {party for party, _, _ in self.window.guarantees} == {"ALD", "TOR", "VEL"}
            assert FROM_US <= self.now_us < UNTIL_US

    @invariant()
    def nothing_said_is_missing_from_the_history(self) -> None:
        """Refused acts too."""
        noted = [step.entry for step in self.window.history if step.entry is not None]
        assert noted == [event.entry for event in self.events]

    @invariant()
    def the_order_in_which_a_reader_got_the_acts_does_not_matter(self) -> None:
        """The ledger has an order; the reader has none."""
        assert fold(self.events[::-1], self.now_us, parties=PARTIES) == (self.window,)


class DeminingMachine(WindowMachine):
    """The same where the ground must be clear first."""

    demining = True


for machine in (WindowMachine, DeminingMachine):
    machine.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestWindow = WindowMachine.TestCase
TestWindowAfterDemining = DeminingMachine.TestCase
