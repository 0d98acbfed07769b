"""Every order of steps of an instrument against a model that only counts what was shown when."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.talks.table import act
from truceline.talks import acts
from truceline.talks.act import Act
from truceline.talks.errors import TalkRefused
from truceline.talks.instruments import Instrument, State, after, check, fold

SHA = "ab" * 32
PAPER = "cd" * 32
PLAN = acts.InstrumentPrepared(
    instrument="ceasefire-2026",
    title={"en": "Ceasefire"},
    sha256=SHA,
    depositary="ALD",
    signatories=("TOR", "VEL"),
    steps=(
        acts.RatifyStep(party="VEL", body="diet"),
        acts.RatifyStep(party="VEL", body="deposit"),
        acts.RatifyStep(party="TOR", body="assembly"),
    ),
)
ORDER = {
    "ready": (),
    "TOR": ("ready",),
    "VEL": ("ready",),
    "diet": ("VEL",),
    "deposit": ("VEL", "diet"),
    "assembly": ("TOR",),
}
BODIES = {"diet": "VEL", "deposit": "VEL", "assembly": "TOR"}


def stepped(
    step: str, at_us: int, *, shown: bool, approved: bool = True, sha256: str = SHA
) -> acts.Payload:
    """One step, on paper or only said."""
    paper = PAPER if shown else ""
    if step == "ready":
        return acts.InstrumentReadied(instrument=PLAN.instrument, at_us=at_us, evidence=paper)
    if step in BODIES:
        return acts.InstrumentRatified(
            instrument=PLAN.instrument,
            party=BODIES[step],
            body=step,
            approved=approved,
            at_us=at_us,
            evidence=paper,
        )
    return acts.InstrumentSigned(
        instrument=PLAN.instrument, party=step, sha256=sha256, at_us=at_us, evidence=paper
    )


class InstrumentMachine(RuleBasedStateMachine):
    """The depositary shows, everybody says, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.said = [act(1, PLAN, "ALD")]
        self.shelf = fold(self.said)
        self.shown: list[tuple[str, int]] = []
        self.failed = False

    @property
    def held(self) -> Instrument:
        """The instrument now."""
        return self.shelf.instruments[PLAN.instrument]

    @rule(
        step=st.sampled_from(sorted(ORDER)),
        back_us=st.sampled_from([0, 0, 0, 1, 3_000_000, -1]),
        by=st.sampled_from(["ALD", "ALD", "VEL", "TOR"]),
        shown=st.booleans(),
        approved=st.sampled_from([True, True, True, True, False]),
        sha256=st.sampled_from([SHA, SHA, SHA, "ef" * 32]),
    )
    def someone_takes_a_step(
        self, step: str, back_us: int, by: str, *, shown: bool, approved: bool, sha256: str
    ) -> None:
        """With or without paper, in its turn or not, on this text or another."""
        entry = len(self.said) + 1
        at_us = entry * 1_000_000 - back_us
        self.do(act(entry, stepped(step, at_us, shown=shown, approved=approved, sha256=sha256), by))

    @rule()
    def the_next_step_is_shown(self) -> None:
        """So that entry into force is reached often."""
        done = {name for name, _ in self.shown}
        due = ("ready", "VEL", "TOR", "diet", "assembly", "deposit")
        left = [name for name in due if name not in done]
        if left:
            entry = len(self.said) + 1
            self.do(act(entry, stepped(left[0], entry * 1_000_000, shown=True), "ALD"))

    def do(self, new: Act) -> None:
        """The desk is told beforehand what the fold says afterwards, and the model agrees."""
        try:
            check(self.shelf, new)
            allowed = True
        except TalkRefused:
            allowed = False
        self.said.append(new)
        self.shelf = after(self.shelf, new)
        assert (self.held.history[-1].refused == "") == allowed
        payload = new.payload
        assert isinstance(payload, acts.OnStep)
        if new.actor == "ALD" and payload.evidence:
            assert allowed == self.may_be_shown(payload, new.at_us)
            if allowed:
                self.note(payload)

    def may_be_shown(self, payload: acts.OnStep, known_us: int) -> bool:
        """The rules for the depositary, said again from the list of what it showed."""
        name, dates = step_of(payload), dict(self.shown)
        finished = self.failed or set(dates) >= {"TOR", "VEL", *BODIES}
        other = isinstance(payload, acts.InstrumentSigned) and payload.sha256 != SHA
        late = name == "ready" and bool({"TOR", "VEL"} & set(dates))
        in_turn = all(one in dates and dates[one] <= payload.at_us for one in ORDER[name])
        fresh = name not in dates and not late
        return fresh and in_turn and not finished and not other and payload.at_us <= known_us

    def note(self, payload: acts.OnStep) -> None:
        """Remember what was shown."""
        if isinstance(payload, acts.InstrumentRatified) and not payload.approved:
            self.failed = True
        else:
            self.shown.append((step_of(payload), payload.at_us))

    @invariant()
    def it_is_in_force_exactly_when_every_step_was_shown(self) -> None:
        """And since the last of them; no claim ever counts."""
        done = dict(self.shown)
        complete = set(ORDER) == set(done) and not self.failed
        assert (self.held.state is State.IN_FORCE) == complete
        assert self.held.in_force_us == (max(done.values()) if complete else None)
        assert (self.held.state is State.RATIFICATION_FAILED) == self.failed

    @invariant()
    def what_is_missing_is_what_was_not_shown(self) -> None:
        """Named step by step, so that everyone sees what is waited for."""
        left = {fact[-1] if len(fact) > 1 else "ready" for fact in self.held.missing()}
        assert left == set(ORDER) - {name for name, _ in self.shown}

    @invariant()
    def the_order_in_which_a_reader_got_the_acts_does_not_matter(self) -> None:
        """The ledger has an order; the reader has none."""
        assert fold(self.said[::-1]) == self.shelf


def step_of(payload: acts.OnStep) -> str:
    """The model's name of a step."""
    if isinstance(payload, acts.InstrumentRatified):
        return payload.body
    return payload.party if isinstance(payload, acts.InstrumentSigned) else "ready"


InstrumentMachine.TestCase.settings = settings(
    max_examples=80, stateful_step_count=20, deadline=None
)
TestInstrument = InstrumentMachine.TestCase


@settings(max_examples=60, deadline=None)
@given(st.permutations(["diet", "assembly", "deposit"]))
def test_parties_need_not_wait_for_each_others_bodies(order: list[str]) -> None:
    """Order binds one party's own bodies; whose assembly comes first changes nothing in the end."""
    said = [act(1, PLAN, "ALD")]
    names = ["ready", "TOR", "VEL", *order]
    if order.index("deposit") < order.index("diet"):
        names.append("deposit")  # the first time it came it was out of its turn
    for entry, name in enumerate(names, start=2):
        said.append(act(entry, stepped(name, 2_000_000, shown=True), "ALD"))
    held = fold(said).instruments[PLAN.instrument]
    assert (held.state, held.in_force_us) == (State.IN_FORCE, 2_000_000)
    assert len(held.evidenced) == len(ORDER)
