"""The script is deterministic, readable and bound row by row to what truly happened."""

import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exercise.playing import STEPS, demo, file_rows, rows, steps, taken
from truceline.exercise.generating import generate
from truceline.exercise.script import Publish, TakeFile
from truceline.exercise.truth import Happened, Outage, Relation, read, spell
from truceline.reports.report import Covered, Said, Unreadable
from truceline.values.errors import BadValue
from truceline.values.instant import MINUTE_US, Span, parse_instant
from truceline.values.place import Place, circle, distance_m
from truceline.values.signatures import Stance

_DIGEST = """
import hashlib
from truceline.exercise.generating import generate
print(hashlib.sha256(repr(list(generate(seed=11, days=3, size=400).told())).encode()).hexdigest())
"""
EVENTS = {one.event: one for one in demo() if isinstance(one, Happened)}


def claims() -> list[tuple[TakeFile, int, Said]]:
    """Every claim of the demo with its file and row."""
    return [
        (step, row.row, row.body)
        for step, row in taken()
        if not isinstance(row, Unreadable) and isinstance(row.body, Said)
    ]


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    """Two people who name a seed speak of one exercise."""
    found = {
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("0", "42")
    }
    assert len(found) == 1


def test_an_exercise_read_twice_is_the_same_and_another_seed_is_another() -> None:
    """Reading does not use an exercise up."""
    exercise = generate(seed=1, days=2, size=200)
    assert list(exercise.steps) == list(exercise.steps)
    assert list(exercise.truth) != list(generate(seed=2, days=2, size=200).truth)


def test_only_what_was_spoilt_on_purpose_is_unreadable() -> None:
    """Every other row of every file is read by its source, and no spoilt one is."""
    unreadable = {(step.name, row.row) for step, row in taken() if isinstance(row, Unreadable)}
    spoilt = {key for key, row in rows().items() if row.relation is Relation.BROKEN}
    assert unreadable == spoilt
    assert spoilt


def test_every_row_of_every_file_has_its_truth_and_every_truth_its_row() -> None:
    """A claim without a truth could not be scored; a truth without a claim would be a lost row."""
    assert Counter((step.name, row.row) for step, row in taken()) == Counter(rows().keys())


def test_a_row_stems_from_an_event_told_before_it_or_from_none() -> None:
    """Links lead somewhere, and a false claim leads nowhere."""
    told: set[str] = set()
    for one in demo():
        if isinstance(one, Happened):
            told.add(one.event)
        elif not isinstance(one, (*STEPS, Outage)) and one.event is not None:
            assert one.event in told
    without = {row.relation for row in rows().values() if row.event is None}
    assert without <= {
        Relation.FALSE,
        Relation.COVERAGE,
        Relation.NOT_PERCEIVED,
        Relation.COPY,
        Relation.BROKEN,
        Relation.DENIAL,
    }
    assert all(row.event is None for row in rows().values() if row.relation is Relation.FALSE)


def test_the_script_is_in_order_of_time() -> None:
    """A centre plays it from top to bottom and never turns its clock back."""
    at = [step.at_us for step in steps()]
    assert at == sorted(at)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_there_are_about_as_many_claims_as_were_asked_for(seed: int) -> None:
    """Within one in ten; the rows of the truth that claim something are the claims."""
    truth = generate(seed=seed, size=6_000).truth
    silent = {Relation.COVERAGE, Relation.BROKEN}
    found = sum(
        1 for one in truth if not isinstance(one, Happened | Outage) and one.relation not in silent
    )
    assert found == pytest.approx(6_000, rel=0.10)


def test_a_faithful_claim_is_near_its_event_in_time_and_space() -> None:
    """Both parties' zones, and the night the clocks went forward in one of them, come out right."""
    faithful = 0
    for step, row, said in claims():
        truth = rows()[step.name, row]
        if truth.relation is not Relation.FAITHFUL or step.source != "party-list":
            continue
        assert isinstance(said.span, Span)
        assert isinstance(said.place, Place)
        event = EVENTS[truth.event or ""]
        assert -3 * MINUTE_US <= said.span.from_us - event.at_us <= 6 * MINUTE_US
        # The two errors are each at most the radius somebody honest would state.
        assert (
            distance_m(said.place, circle(event.lat_e7 / 1e7, event.lon_e7 / 1e7, 1)) < 1.5 * 1_500
        )
        faithful += 1
    assert faithful > 500


def test_most_true_places_lie_inside_what_the_team_states() -> None:
    """A bearing and a range with stated errors hold the truth about as often as they say."""
    inside = []
    for step, row, said in claims():
        truth = rows()[step.name, row]
        if (
            step.source == "patrol-log"
            and truth.relation is Relation.FAITHFUL
            and isinstance(said.place, Place)
        ):
            event = EVENTS[truth.event or ""]
            apart_m = distance_m(said.place, circle(event.lat_e7 / 1e7, event.lon_e7 / 1e7, 1))
            inside.append(apart_m <= max(said.place.a_m, said.place.b_m))
    assert sum(inside) / len(inside) >= 0.9


def test_nobody_perceives_anything_while_down() -> None:
    """An outage is an outage: no record of a watcher falls into its own."""
    outages = [one for one in demo() if isinstance(one, Outage)]
    for step, _, said in claims():
        if step.source == "patrol-log" and isinstance(said.span, Span):
            own = [one for one in outages if one.watcher == said.speaker]
            down = [
                one
                for one in own
                if one.from_us + MINUTE_US <= said.span.from_us < one.until_us - MINUTE_US
            ]
            assert down == [], said.ref
    assert outages


def test_what_the_team_watched_and_its_outages_agree() -> None:
    """The log of watching says down exactly where the truth has an outage."""
    outages = {(one.watcher, one.from_us): one for one in demo() if isinstance(one, Outage)}
    downs = [
        row.body for _, row in taken()
        if not isinstance(row, Unreadable) and isinstance(row.body, Covered) and row.body.state == "down"
    ]  # fmt: skip
    lost = {(one.watcher, one.from_us): one.until_us - one.from_us for one in outages.values()}
    said: Counter[str] = Counter()
    for one in downs:
        said[one.watcher] += one.span.length_us
    expected: Counter[str] = Counter()
    for (watcher, _), length_us in lost.items():
        expected[watcher] += length_us
    assert said == expected


def test_a_copy_repeats_a_row_handed_in_before() -> None:
    """Said twice is not two voices: a copy names its first and carries its origin."""
    first: dict[str, Said] = {}
    copies = 0
    for step, row, said in claims():
        truth = rows()[step.name, row]
        if truth.copy_of:
            original = first[truth.copy_of]
            assert (said.origin, said.act, said.count) == (
                original.origin,
                original.act,
                original.count,
            )
            assert isinstance(said.place, Place)
            assert isinstance(original.place, Place)
            assert (said.place.lat_e7, said.place.lon_e7) == (
                original.place.lat_e7,
                original.place.lon_e7,
            )
            copies += 1
        first[f"{step.name}#{row}"] = said
    assert copies


def test_every_kind_of_trouble_occurs() -> None:
    """Late, false, inflated, copied, denied, misattributed, spoilt: a centre meets them all."""
    found = {row.relation for row in rows().values()}
    assert found == set(Relation)
    assert any(row.late for row in rows().values())
    assert any(said.stance is Stance.DENIES for _, _, said in claims())


def test_each_day_has_its_bulletin_after_its_cut_off() -> None:
    """Fourteen days, fourteen bulletins, the clocks going forward on the ninth."""
    published = [step for step in steps() if isinstance(step, Publish)]
    assert [step.date for step in published][::13] == ["2026-03-21", "2026-04-03"]
    assert published[7].at_us == parse_instant("2026-03-28T20:15-01:00")
    assert published[8].at_us == parse_instant("2026-03-29T20:15+00:00")


def test_memory_does_not_grow_with_the_exercise() -> None:
    """A hundred thousand claims are told within a few megabytes, so ten million are too."""
    told = generate(seed=3, size=100_000).told()
    tracemalloc.start()
    try:
        assert sum(1 for _ in islice(told, 40_000)) == 40_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("given_size", "days", "start"),
    [
        (99, 14, "2026-03-21"),
        (10_000_001, 14, "2026-03-21"),
        (500, 0, "2026-03-21"),
        (500, 14, "21 March"),
    ],
)
def test_an_exercise_that_cannot_be_is_refused(given_size: int, days: int, start: str) -> None:
    """Asked for wrongly, it says what it wants instead."""
    with pytest.raises(BadValue, match=r"want|holds|write"):
        generate(seed=1, size=given_size, days=days, start=start)


@given(st.integers(0, 2**63), st.integers(1, 20), st.integers(100, 400))
@settings(max_examples=8)
def test_any_seed_tells_a_readable_story(seed: int, days: int, size: int) -> None:
    """No seed, length or size makes a file its source cannot read, or a script out of order."""
    last = 0
    broken: set[tuple[str, int]] = set()
    for one in generate(seed=seed, days=days, size=size).told():
        if isinstance(one, STEPS):
            assert one.at_us >= last
            last = one.at_us
        elif not isinstance(one, Happened | Outage) and one.relation is Relation.BROKEN:
            broken.add((one.file, one.row))
        if isinstance(one, TakeFile):
            wrong = {(one.name, row.row) for row in file_rows(one) if isinstance(row, Unreadable)}
            assert wrong <= broken


def test_the_truth_is_spelt_and_read_back() -> None:
    """A line of truth says all of it."""
    facts = [one for one in demo() if not isinstance(one, STEPS)]
    assert [read(spell(one)) for one in facts] == facts
