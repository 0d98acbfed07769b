"""Quiet days: how many, what began the count again, and whose word fills them."""

from tests.terms.world import ROOT, parse_instant, record
from truceline.terms.agreement import Agreement
from truceline.terms.counters import Counter, counters
from truceline.terms.loading import load
from truceline.terms.register import Record

LETTER = ROOT / "tests" / "golden" / "terms" / "letter" / "terms.yaml"


def letter() -> Agreement:
    """The agreement with one clause a rule: three quiet days from 20 March, twice."""
    return load(LETTER.read_bytes()).agreement


def counted(when: str, *records: Record, known: str = "") -> dict[str, Counter]:
    """The counts at an instant."""
    known_us = parse_instant(known) if known else None
    found = counters(letter(), records, parse_instant(when), known_us)
    return {one.anchor: one for one in found}


FIRED = record(
    "verdict", "2026-03-21T12:00-01:00", id="v1", clause="c.plain", zone="area",
    known="2026-03-21T20:00-01:00",
)  # fmt: skip


def test_days_are_counted_from_the_start() -> None:
    """Two whole days after two days and a half; the third comes at midnight."""
    assert counted("2026-03-22T12:00-01:00")["CALM"].days == 2
    assert counted("2026-03-22T12:00-01:00")["CALM"].word == "counting"
    assert counted("2026-03-23T00:00-01:00")["CALM"].word == "reached"
    assert counted("2026-03-19T12:00-01:00")["CALM"].word == "waiting"


def test_a_verdict_begins_the_count_again_and_is_named() -> None:
    """Whoever asks why the days went back to none is shown the verdict."""
    one = counted("2026-03-22T13:00-01:00", FIRED)["CALM"]
    assert (one.days, one.reset_by, one.reset_clauses) == (1, "v1", ("c.plain",))
    assert one.full_us == parse_instant("2026-03-24T12:00-01:00")


def test_what_was_not_yet_known_had_not_begun_it_again() -> None:
    """The count of a past evening can be shown as it was shown that evening."""
    then = counted("2026-03-21T19:00-01:00", FIRED)["CALM"]
    later = counted("2026-03-22T19:00-01:00", FIRED, known="2026-03-21T19:00-01:00")["CALM"]
    assert (then.reset_by, later.reset_by) == (None, None)


def test_where_a_body_must_verify_silence_alone_fills_no_count() -> None:
    """Three days nobody watched are not three quiet days."""
    assert counted("2026-03-24T12:00-01:00")["SEEN"].word == "unverified"
    said = record("verified_calm", "2026-03-24T10:00-01:00", by="JVT", zone="area")
    assert counted("2026-03-24T09:00-01:00", said)["SEEN"].word == "unverified"
    assert counted("2026-03-24T12:00-01:00", said)["SEEN"].word == "reached"


def test_the_day_summer_time_begins_is_one_day() -> None:
    """From noon on the 28th to noon on the 30th are two days of 23 and 24 hours."""
    hours = ["22T11:00", "25T10:00", "27T09:00", "28T12:00"]
    verdicts = [
        record("verdict", f"2026-03-{hour}-01:00", id=hour, clause="c.plain", zone="area")
        for hour in hours
    ]
    found = counted("2026-03-30T12:00+00:00", *verdicts)["CALM"]
    assert (found.reset_by, found.days) == ("28T12:00", 2)
