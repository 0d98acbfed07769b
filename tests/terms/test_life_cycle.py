"""A duty's life against a second model: a stop-watch that is read half-hour by half-hour.

The model shares nothing with the fold but the records: it walks through time, lets its watch run
while nothing is suspended, and keeps what it has heard so far.
"""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import HOUR_US, parse_instant, small
from truceline.terms.agreement import Agreement
from truceline.terms.obligations import find_state, states
from truceline.terms.register import Record

START = parse_instant("2026-03-26T00:00Z")
LIMIT_H, GRACE_H = 24, 6
ALONE = """      - {norm: require, id: d, kind: rule, who: [VEL], trigger: {at: "2026-03-26T00:00Z"}, due: PT24H, done: {record: done}}"""
GRACED = ALONE.replace("due: PT24H", "due: PT24H, grace: PT6H")
VERIFIED = ALONE.replace("{record: done}", "{record: done, verified_by: JVT}")
DUTIES = {"alone": ALONE, "graced": GRACED, "verified": VERIFIED}
AGREEMENTS: dict[str, Agreement] = {name: small(text).agreement for name, text in DUTIES.items()}


@dataclass(frozen=True)
class Told:
    """One record: at which hour, what, by whom; for a verification of which hour it speaks."""

    hour: int
    what: str
    by: str | None = None
    of_hour: int | None = None

    def record(self) -> Record:
        """As the register holds it."""
        at_us = START + self.hour * HOUR_US
        kind, _, result = self.what.partition(":")
        return Record(
            type=kind, at_us=at_us, known_us=at_us, by=self.by, clause="d",
            party="VEL" if kind == "verify" else None,
            result={"yes": True, "no": False}.get(result),
            as_of_us=None if self.of_hour is None else START + self.of_hour * HOUR_US,
        )  # fmt: skip


class Watch:
    """A duty of VEL walked through half-hour by half-hour up to one of them."""

    def __init__(self, told: list[Told], half_hours: int, *, graced: bool, verified: bool) -> None:
        self.told = sorted(told, key=lambda one: one.hour)
        self.graced, self.verified, self.now = graced, verified, half_hours / 2
        self.ran, self.stopped = 0.0, False
        self.limit: float | None = None  # the hour at which the watch showed the whole limit
        for half in range(-24, half_hours):
            self._step(half)

    def _step(self, half: int) -> None:
        for one in self.told:
            if 2 * one.hour == half and one.what in ("suspend", "resume"):
                self.stopped = one.what == "suspend"
        if half >= 0 and not self.stopped and self.limit is None:
            self.ran += 0.5
            if self.ran == LIMIT_H:
                self.limit = (half + 1) / 2

    def word(self) -> str:
        """Where the duty stands."""
        heard = [one for one in self.told if one.hour <= self.now]
        fulfilled = self._fulfilled(heard)
        waived = [one.hour for one in heard if one.what == "waive"]
        if waived and (fulfilled is None or fulfilled > waived[0]):
            return "waived"
        if self.now < 0:
            return "pending"
        if fulfilled is not None:
            return "met" if self.limit is None or fulfilled <= self.limit else "met_late"
        if self.stopped:
            return "suspended"
        return self._open(heard)

    def _fulfilled(self, heard: list[Told]) -> float | None:
        if self.verified:
            said = [one for one in heard if one.what == "verify:yes" and one.by == "JVT"]
            hours = [one.hour if one.of_hour is None else one.of_hour for one in said]
        else:
            hours = [one.hour for one in self._claims(heard)]
        return min((hour for hour in hours if hour <= self.now), default=None)

    def _claims(self, heard: list[Told]) -> list[Told]:
        return [
            one
            for one in heard
            if one.what == "done" and one.hour >= 0 and one.by in (None, "VEL", "VELF")
        ]

    def _open(self, heard: list[Told]) -> str:
        denials = [one for one in heard if one.what == "verify:no" and one.by == "JVT"]
        claims = self._claims(heard)
        if self.limit is not None and self.now > self.limit:
            return self._late(denials, self.limit)
        if not self.verified or not claims:
            return "due"
        return "disputed" if denials and claims[0].hour <= denials[-1].hour else "claimed"

    def _late(self, denials: list[Told], limit: float) -> str:
        if self.verified and denials:
            last = denials[-1]
            spoken_of = last.hour if last.of_hour is None else last.of_hour
            return "breached" if spoken_of >= limit else "overdue"
        over = self.graced and not self.verified and self.now > limit + GRACE_H
        return "breached" if over else "overdue"


HOURS = st.integers(-6, 60)
SAID = st.one_of(
    st.builds(Told, HOURS, st.just("done"), st.sampled_from([None, "VEL", "VELF", "TOR"])),
    st.builds(
        Told,
        HOURS,
        st.sampled_from(["verify:yes", "verify:no"]),
        st.sampled_from(["JVT", "JVT", "CENTRE"]),
        st.none() | HOURS,
    ),
    st.builds(Told, HOURS, st.just("waive")),
)


@st.composite
def registers(draw: st.DrawFn) -> list[Told]:
    """Claims, verifications and waivers, each at an hour of its own, and pauses apart from them."""
    told = draw(st.lists(SAID, max_size=5, unique_by=lambda one: one.hour))
    edges = sorted(draw(st.sets(HOURS, max_size=4)) - {one.hour for one in told})
    pauses = zip(edges[::2], edges[1::2], strict=False)
    return told + [
        one for start, end in pauses for one in (Told(start, "suspend"), Told(end, "resume"))
    ]


@given(told=registers(), half=st.integers(-10, 140), name=st.sampled_from(sorted(DUTIES)))
def test_two_models_of_a_duty_agree_at_every_half_hour(
    told: list[Told], half: int, name: str
) -> None:
    """A stop-watch and a fold over the register say the same word, whatever was recorded."""
    half += 1 - half % 2  # between the hours, where no boundary is asked about
    watch = Watch(told, half, graced=name == "graced", verified=name == "verified")
    at_us = START + half * HOUR_US // 2
    found = states(AGREEMENTS[name], [one.record() for one in told], at_us)
    state = find_state(found, "d/VEL")
    assert state is not None
    assert state.word == watch.word()
