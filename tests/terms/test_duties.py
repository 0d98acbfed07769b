"""Duties and powers over time, told as stories of one clause each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import EVER, parse_instant, record, small
from truceline.terms.agreement import Agreement
from truceline.terms.obligations import find_state, states
from truceline.terms.register import Record

START = 'anchors: {EIF: {at: "2026-03-21T00:00-01:00"}, LIFT: {record: lifted}}'


def duty(fields: str, *more: str) -> Agreement:
    """An agreement of one duty of both parties, and whatever clauses follow."""
    lines = [
        f"      - {{norm: require, id: d, kind: x, {fields}}}",
        *(f"      - {one}" for one in more),
    ]
    return small("\n".join(lines), more=START).agreement


def word(agreement: Agreement, when: str, records: list[Record], key: str = "d/VEL") -> str:
    """The state of a duty at an instant."""
    state = find_state(states(agreement, records, parse_instant(when)), key)
    return "" if state is None else state.word


def test_a_duty_without_a_limit_is_never_overdue() -> None:
    """It can be due or met; the screen must not invent a deadline."""
    agreement = duty("trigger: {at: EIF}, done: {record: order_issued}")
    assert word(agreement, "2036-01-01T00:00Z", []) == "due"
    assert (
        word(
            agreement, "2036-01-01T00:00Z", [record("order_issued", "2030-01-01T00:00Z", by="VEL")]
        )
        == "met"
    )


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-03-20T23:00-01:00", "pending"),
        ("2026-03-21T00:00-01:00", "pending"),
        ("2026-03-22T00:00-01:00", "due"),
        ("2026-03-24T00:00-01:00", "due"),
        ("2026-03-24T00:01-01:00", "overdue"),
        ("2026-03-25T00:00-01:00", "overdue"),
        ("2026-03-25T00:01-01:00", "breached"),
    ],
)
def test_a_duty_opens_falls_due_and_runs_out_of_grace(when: str, expected: str) -> None:
    """Opens a day after the trigger, due at the end of the third day, one more day of grace."""
    agreement = duty(
        "trigger: {at: EIF}, opens: P1D, due: P2D/eod, grace: P1D, done: {record: hand_over}"
    )
    assert word(agreement, when, []) == expected


@pytest.mark.parametrize(("minute", "expected"), [(0, "met"), (1, "met_late")])
def test_done_by_the_limit_is_in_time(minute: int, expected: str) -> None:
    """A limit is kept up to and including its instant."""
    agreement = duty("trigger: {at: EIF}, due: PT24H, done: {record: report}")
    done = record("report", f"2026-03-22T00:0{minute}-01:00", by="VELF")
    assert word(agreement, "2026-03-23T00:00-01:00", [done]) == expected


@pytest.mark.parametrize(
    ("by", "party", "expected"),
    [("VEL", None, "met"), (None, None, "met"), ("TOR", None, "due"), ("CENTRE", None, "due"),
     ("CENTRE", "VEL", "met"), ("TOR", "VEL", "due"), (None, "TOR", "due")],
)  # fmt: skip
def test_whose_record_fulfils_a_duty(by: str | None, party: str | None, expected: str) -> None:
    """The party's own, nobody's in particular, or a body's about that party; never the adversary's."""
    agreement = duty("trigger: {at: EIF}, due: P9D, done: {record: report}")
    done = record("report", "2026-03-22T00:00-01:00", by=by, party=party)
    assert word(agreement, "2026-03-23T00:00-01:00", [done]) == expected


def test_a_retracted_finding_makes_its_duties_latent_again() -> None:
    """A duty born of a finding does not outlive it."""
    agreement = duty("trigger: {breach_of: [f], by: self}, due: PT6H, done: {record: calm_restored}",
                     "{norm: prohibit, id: f, kind: x, act: [fire]}")  # fmt: skip
    found = record("verdict", "2026-03-22T00:00Z", clause="f", party="VEL", id="v1")
    back = record("retract", "2026-03-22T05:00Z", of="v1")
    assert word(agreement, "2026-03-22T04:00Z", [found, back], "d/VEL@v1") == "due"
    assert word(agreement, "2026-03-22T06:00Z", [found, back], "d/VEL@v1") == "latent"
    assert word(agreement, "2026-03-22T04:00Z", [found, back], "d/TOR") == "latent"


def test_a_clock_that_stood_still_moves_the_limit() -> None:
    """Suspended for five hours, the limit is five hours later; for one party only."""
    agreement = duty("trigger: {at: EIF}, due: PT12H, done: {record: access}")
    records = [
        record("suspend", "2026-03-21T04:00-01:00", clause="d", party="VEL"),
        record("resume", "2026-03-21T09:00-01:00", clause="d", party="VEL"),
    ]
    assert word(agreement, "2026-03-21T05:00-01:00", records) == "suspended"
    assert word(agreement, "2026-03-21T16:00-01:00", records) == "due"
    assert word(agreement, "2026-03-21T17:01-01:00", records) == "overdue"
    assert word(agreement, "2026-03-21T12:01-01:00", records, "d/TOR") == "overdue"


def test_a_quota_is_counted_by_the_day_of_its_zone() -> None:
    """Three hundred lorries by the end of each local day; a late lorry counts for its own day."""
    agreement = duty('from: EIF, until: "2026-03-24T00:00-01:00", who: [VEL], trigger: {every: day, tz: Atlantic/Azores}, '
                     "due: P0D/eod, done: {record: lorries, sum: count, min: 300}")  # fmt: skip
    records = [
        record("lorries", "2026-03-21T10:00-01:00", by="VEL", count=200),
        record("lorries", "2026-03-21T23:30-01:00", by="VEL", count=100),
        record("lorries", "2026-03-22T10:00-01:00", by="VEL", count=299),
        record("lorries", "2026-03-23T00:30-01:00", by="VEL", count=1),
    ]
    found = states(agreement, records, parse_instant("2026-03-25T12:00-01:00"))
    assert {key: state.word for key, state in found.items()} == {
        "d/VEL@2026-03-21": "met",
        "d/VEL@2026-03-22": "overdue",
        "d/VEL@2026-03-23": "overdue",
    }


def test_each_item_and_each_trigger_is_a_duty_of_its_own() -> None:
    """Artillery withdrawn is not rocket launchers withdrawn."""
    agreement = duty(
        "who: [VEL], trigger: {record: demand}, due: P1D, done: {record: withdrawn}, each: [artillery, mlrs]"
    )
    records = [
        record("demand", "2026-03-22T00:00Z", by="CENTRE", id="q1"),
        record("withdrawn", "2026-03-22T10:00Z", by="VEL", inst="q1", item="mlrs"),
    ]
    when = "2026-03-22T12:00Z"
    assert word(agreement, when, records, "d/VEL@q1.mlrs") == "met"
    assert word(agreement, when, records, "d/VEL@q1.artillery") == "due"


def test_a_duty_may_wait_for_another() -> None:
    """Exchange follows withdrawal, of the other side, once that is met."""
    agreement = duty("trigger: {at: EIF}, due: P9D, done: {record: withdrawn}",
                     "{norm: require, id: e, kind: x, trigger: {state_of: d, is: met, by: other}, due: P2D, done: {record: released}}")  # fmt: skip
    records = [record("withdrawn", "2026-03-22T00:00Z", by="TOR")]
    assert word(agreement, "2026-03-22T12:00Z", records, "e/VEL") == "due"
    assert word(agreement, "2026-03-22T12:00Z", records, "e/TOR") == "latent"
    assert word(agreement, "2026-03-25T12:00Z", records, "e/VEL") == "overdue"


def test_a_right_used_without_a_recorded_breach_says_so() -> None:
    """Release is self-judging: what is shown is whether a basis was on record, no more."""
    power = "{norm: power, id: p, kind: release, from: EIF, trigger: {breach_of: [f], by: other}, on: [f]}"
    agreement = duty("trigger: {at: LIFT}", "{norm: prohibit, id: f, kind: x, act: [fire]}", power)
    used = record("exercise_effect", "2026-03-25T00:00Z", by="VEL", clause="p")
    found = record("verdict", "2026-03-24T00:00Z", clause="f", party="TOR", id="v1")
    assert word(agreement, "2026-03-26T00:00Z", [], "p/VEL") == "latent"
    assert word(agreement, "2026-03-26T00:00Z", [found], "p/VEL") == "available"
    assert word(agreement, "2026-03-26T00:00Z", [used], "p/VEL") == "exercised_without_basis"
    assert word(agreement, "2026-03-26T00:00Z", [found, used], "p/VEL") == "exercised"
    assert word(agreement, "2026-03-26T00:00Z", [found], "p/TOR") == "latent"
    assert word(agreement, "2026-03-26T00:00Z", [], "d/VEL") == "latent"


KINDS = st.sampled_from(["report", "waive", "terminate", "suspend", "resume", "verify", "verdict"])
RECORDS = st.lists(
    st.builds(
        lambda kind, hour, later, party, result: Record(
            type=kind,
            at_us=parse_instant("2026-03-21T00:00-01:00") + hour * 3_600_000_000,
            known_us=parse_instant("2026-03-21T00:00-01:00") + (hour + later) * 3_600_000_000,
            by=party if kind == "report" else "JVT",
            party=party,
            clause="d",
            result=result if kind == "verify" else None,
        ),
        KINDS,
        st.integers(0, 60),
        st.integers(0, 20),
        st.sampled_from(["VEL", "TOR"]),
        st.booleans(),
    ),
    max_size=6,
)
DUTY = duty(
    "trigger: {at: EIF}, due: PT24H, grace: PT12H, done: {record: report, verified_by: JVT}"
)


@given(RECORDS, st.integers(0, 90))
def test_the_fold_needs_only_what_was_known_by_then(records: list[Record], hour: int) -> None:
    """Replaying a past hour gives what was said at that hour, whatever came later, in any order."""
    when = parse_instant("2026-03-21T00:00-01:00") + hour * 3_600_000_000
    then = [one for one in records if one.known_us <= when]
    assert states(DUTY, records, when) == states(DUTY, list(reversed(then)), when)
    assert set(states(DUTY, records, EVER // 2)) == {"d/VEL", "d/TOR"}
