"""Corners of the rules, each worked out by hand from the sentence it stands for."""

import json
from typing import Any

import pytest

from tests.terms.second import document
from truceline.terms.casefile import Outcome, run

Raw = Any
WORDS = {"en": "x", "uk": "x", "ru": "x"}
START: Raw = {"type": "entry_into_force", "at": "2026-03-01T00:00+02:00"}
FIRE: Raw = {"norm": "prohibit", "id": "p", "kind": "x", "act": ["fire"]}
BREACH: Raw = {
    "type": "verdict", "id": "v1", "clause": "p", "party": "AR", "at": "2026-03-05T00:00+02:00"
}  # fmt: skip
RELEASE: Raw = {
    "norm": "power", "id": "w", "kind": "x", "who": ["BO"],
    "trigger": {"breach_of": ["p"], "by": "other"}, "on": ["p"],
}  # fmt: skip


def agreement(*clauses: Raw, **rest: Raw) -> Raw:
    """Two parties, a verifier, one article."""
    return {
        "terms": 1,
        "id": "corner",
        "title": WORDS,
        "tz": "Europe/Athens",
        "languages": {"authentic": ["en", "uk", "ru"]},
        "parties": {
            "AR": {"name": WORDS, "responsible_for": ["ARF"]},
            "BO": {"name": WORDS},
        },
        "bodies": {"JVT": "team"},
        "anchors": {"EIF": {"record": "entry_into_force"}},
        "evidence": {"breach_at": 0.9, "none_at": 0.1},
        "articles": [{"id": "a1", "number": "1", "text": WORDS, "clauses": list(clauses)}],
        **rest,
    }


def outcome(doc: Raw, case: Raw) -> Outcome:
    """One case, run."""
    return run(json.dumps(doc).encode(), json.dumps({"cases": [{"id": "c", **case}]}).encode())


def duty(**rest: Raw) -> Raw:
    """A duty of one party that starts with the agreement and is done by a report."""
    whole = {"norm": "require", "id": "r", "kind": "x", "who": ["AR"], "trigger": {"at": "EIF"}}
    return {**whole, "done": {"record": "report"}, **rest}


@pytest.mark.parametrize(
    ("due", "start", "last", "first_late"),
    [
        ("P1D", "2026-03-28T12:00+02:00", "2026-03-29T12:00+03:00", "2026-03-29T12:01+03:00"),
        ("PT24H", "2026-03-28T12:00+02:00", "2026-03-29T13:00+03:00", "2026-03-29T13:01+03:00"),
        ("P1M", "2026-01-31T12:00+02:00", "2026-02-28T12:00+02:00", "2026-02-28T12:01+02:00"),
        ("P1M/eod", "2026-01-31T12:00+02:00", "2026-03-01T00:00+02:00", "2026-03-01T00:01+02:00"),
        ("P1W/sod", "2026-03-23T12:00+02:00", "2026-03-30T00:00+03:00", "2026-03-30T00:01+03:00"),
        ("P1DT6H", "2026-03-28T12:00+02:00", "2026-03-29T18:00+03:00", "2026-03-29T18:01+03:00"),
        ("@EIF+P2D/eod", "2026-03-28T12:00+02:00", "2026-03-31T00:00+03:00", "2026-03-31T00:01+03:00"),
    ],
)  # fmt: skip
def test_a_limit_is_counted_by_the_clock_it_names(
    due: str, start: str, last: str, first_late: str
) -> None:
    """Months, weeks and days keep the wall clock through summer time; hours are elapsed."""
    records = [{"type": "entry_into_force", "at": start}]
    states = [{"at": last, "r/AR": "due"}, {"at": first_late, "r/AR": "overdue"}]
    assert outcome(agreement(duty(due=due)), {"records": records, "states": states}).met


def test_a_suspension_moves_limit_and_grace_on_by_its_length() -> None:
    """Two days' rest make a limit of five days one of seven, and the day of grace follows it."""
    records = [
        START,
        {"type": "suspend", "clause": "r", "at": "2026-03-03T00:00+02:00"},
        {"type": "resume", "clause": "r", "at": "2026-03-05T00:00+02:00"},
    ]
    states = [
        {"at": "2026-03-04T00:00+02:00", "r/AR": "suspended"},
        {"at": "2026-03-08T00:00+02:00", "r/AR": "due"},
        {"at": "2026-03-08T01:00+02:00", "r/AR": "overdue"},
        {"at": "2026-03-09T01:00+02:00", "r/AR": "breached"},
    ]
    doc = agreement(duty(due="P5D", grace="P1D"))
    assert outcome(doc, {"records": records, "states": states}).met


@pytest.mark.parametrize(
    ("result", "at", "as_of", "state"),
    [
        ("no", "2026-03-06T00:00+02:00", None, "overdue"),  # it spoke of a time before the limit
        ("no", "2026-03-12T00:00+02:00", None, "breached"),
        ("no", "2026-03-12T00:00+02:00", "2026-03-11T00:00+02:00", "breached"),  # of the limit
        ("no", "2026-03-12T00:00+02:00", "2026-03-10T23:59+02:00", "overdue"),
        ("yes", "2026-03-12T00:00+02:00", "2026-03-11T00:00+02:00", "met"),
        ("yes", "2026-03-12T00:00+02:00", None, "met_late"),
    ],
)
def test_a_verification_counts_for_the_time_it_speaks_of(
    result: str, at: str, as_of: str | None, state: str
) -> None:
    """What the verifier found is dated by `as_of`, not by the day the paper was signed."""
    verify = {"type": "verify", "by": "JVT", "clause": "r", "party": "AR"}
    records = [
        START,
        {"type": "report", "clause": "r", "by": "AR", "at": "2026-03-05T00:00+02:00"},
        {**verify, "result": result == "yes", "at": at, **({"as_of": as_of} if as_of else {})},
    ]
    doc = agreement(duty(due="P10D", done={"record": "report", "verified_by": "JVT"}))
    states = [{"at": "2026-03-13T00:00+02:00", "r/AR": state}]
    assert outcome(doc, {"records": records, "states": states}).met


def test_a_sum_is_reached_day_by_day() -> None:
    """What came in on one local day does not count for another; no day outlives `until`."""
    every = duty(
        **{"from": "EIF", "until": "EIF+P3D", "due": "P1D"},
        trigger={"every": "day", "tz": "Europe/Athens"},
        done={"record": "lorries", "sum": "n", "min": 10},
    )
    start = {"type": "entry_into_force", "at": "2026-03-02T08:30+02:00"}
    lorries = {"type": "lorries", "by": "AR", "n": 10}
    records = [
        start,
        {**lorries, "at": "2026-03-02T10:00+02:00"},
        {**lorries, "at": "2026-03-03T06:00+02:00"},
    ]
    held = {"r/AR@2026-03-03": "met", "r/AR@2026-03-04": "overdue", "r/AR@2026-03-05": "due"}
    states = [{"at": "2026-03-05T12:00+02:00", **held, "r/AR@2026-03-06": "latent"}]
    assert outcome(agreement(every), {"records": records, "states": states}).met


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([BREACH], "available"),
        ([], "latent"),
        ([BREACH, {"clause": "w", "by": "BO", "at": "2026-03-06T00:00+02:00"}], "exercised"),
        ([BREACH, {"clause": "w", "at": "2026-03-06T00:00+02:00"}], "exercised"),
        ([BREACH, {"clause": "w", "by": "AR", "at": "2026-03-06T00:00+02:00"}], "available"),
        ([BREACH, {"clause": "w", "by": "BO", "at": "2026-03-04T00:00+02:00"}],
         "exercised_without_basis"),
        ([{"clause": "w", "party": "BO", "at": "2026-03-06T00:00+02:00"}],
         "exercised_without_basis"),
    ],
)  # fmt: skip
def test_a_power_is_exercised_by_its_bearer_after_its_trigger(
    records: list[Raw], state: str
) -> None:
    """A record that names nobody is the one bearer's; another party's act is no exercise."""
    typed = [{"type": "exercise", **record} for record in records]
    states = [{"at": "2026-03-07T00:00+02:00", "w/BO": state}]
    doc = agreement(FIRE, RELEASE)
    assert outcome(doc, {"records": typed, "states": states}).met


def test_nobody_in_particular_exercises_a_power_of_several() -> None:
    """Where two parties hold a power, an exercise that names neither is put to neither."""
    doc = agreement(FIRE, {**RELEASE, "who": ["AR", "BO"], "trigger": {"breach_of": ["p"]}})
    records = [BREACH, {"type": "exercise", "clause": "w", "at": "2026-03-06T00:00+02:00"}]
    states = [{"at": "2026-03-07T00:00+02:00", "w/BO": "available", "w/AR": "available"}]
    assert outcome(doc, {"records": records, "states": states}).met


@pytest.mark.parametrize("target", ["p", "a1"])
@pytest.mark.parametrize(
    ("time", "verdict"),
    [
        ({"from": "2026-03-07T23:59+02:00"}, "breach"),
        ({"from": "2026-03-08T00:00+02:00"}, "not_in_force"),
        ({"from": "2026-03-07T00:00+02:00", "to": "2026-03-09T00:00+02:00"}, "undetermined"),
        ({"from": "2026-03-07T05:00+02:00", "to": "2026-03-08T01:00+02:00"}, "breach"),
    ],
)
def test_a_repeal_ends_the_time_of_a_fact_it_falls_into(
    target: str, time: Raw, verdict: str
) -> None:
    """Time is uniform over the incident: the share after the repeal was not forbidden."""
    repeal = {"id": "am", "mod": "force", "from": "2026-03-08T00:00+02:00", "target": target}
    doc = agreement(FIRE, amendments=[repeal])
    case: Raw = {"incident": {"time": time, "type": {"fire": 1.0}, "actor": {"ARF": 1.0}}}
    case["expect"] = {"p": verdict, "p/AR": verdict}
    done = outcome(doc, case)
    assert done.met
    found = document.answers(doc, {"id": "c", **case})["p/AR"]
    assert document.verdict(found) == verdict
