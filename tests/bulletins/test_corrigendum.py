"""A published bulletin is corrected by another, dated and line by line, never changed."""

from dataclasses import replace

import pytest

from tests.bulletins.days import CLAIMS, COVERAGE, START, claim, day
from truceline.bulletins.corrigendum import changes, corrigendum
from truceline.bulletins.rendering import render
from truceline.bulletins.snapshot import Change, Snapshot
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US
from truceline.values.mode import Mode
from truceline.values.signatures import Stance
from truceline.values.texts import LANGUAGES, Text

LATER = START + 30 * HOUR_US
NOTE = Text(
    "Row 41#1 was sent in time.", "Рядок 41#1 надіслано вчасно.", "Строка 41#1 отправлена вовремя."
)


def later(**changed: object) -> Snapshot:
    """The same day drawn again, after a denial by Torrin came in."""
    denial = claim(1, "TOR", entry=41, stance=Stance.DENIES, known_us=LATER)
    return day(**{"size": 1260, "number": "B-0010", "claims": (*CLAIMS, denial), **changed})


def test_a_late_denial_is_a_line_and_moves_its_own_claimant_s_figure_only() -> None:
    """Both lines carry when it became known; nobody else's figure is touched."""
    found = changes(day(), later())
    assert found == (
        Change(kind="claim_added", at_us=LATER, subject="41#1", who="TOR"),
        Change(kind="denies", at_us=LATER, who="TOR", was=1, now=2),
    )


def test_drawing_the_same_record_again_changes_nothing() -> None:
    """A correction without a difference says so."""
    same = corrigendum(day(), day(size=1260, number="B-0010"))
    assert same.changes == ()
    assert "No figure differs from bulletin B-0009" in render("daily", same, "en").decode()


def test_what_left_the_figures_is_listed_as_well() -> None:
    """A claim that is no longer counted does not vanish from the story."""
    fewer = day(size=1300, claims=CLAIMS[1:])
    kinds = [(each.kind, each.subject, each.was, each.now) for each in changes(day(), fewer)]
    assert ("claim_removed", "40#1", None, None) in kinds
    assert ("asserts", "", 3, 2) in kinds


def test_coverage_that_turns_out_otherwise_is_listed_in_minutes() -> None:
    """A camera log read later changes what a zero meant."""
    longer = (replace(COVERAGE[3], watched_us=5 * HOUR_US, gaps=()), *COVERAGE[:3], COVERAGE[4])
    (only,) = changes(day(), day(size=1300, coverage=longer))
    assert (only.kind, only.subject, only.who, only.was, only.now) == (
        "watched",
        "EST",
        "CENTRE",
        120,
        300,
    )


def test_incidents_complaints_and_windows_that_moved_are_listed() -> None:
    """By number, so that anyone can look them up."""
    was = day()
    moved = day(
        size=1300,
        incidents=(replace(was.incidents[0], claims=("40#1",)), *was.incidents[1:2]),
        complaints=(
            replace(was.complaints[1], answered_us=LATER),
            was.complaints[0],
            was.complaints[2],
        ),
        windows=(replace(was.windows[0], state="completed"), was.windows[1]),
    )
    found = {(each.kind, each.subject) for each in changes(was, moved)}
    assert found == {
        ("incident_altered", "I-K3M7Q2XA"),
        ("incident_removed", "I-W9D4L6PN"),
        ("complaint_altered", "C-0002"),
        ("window_altered", "W-0001"),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"claims": CLAIMS[:-2]},
        {"claims": (replace(CLAIMS[0], act="fire.tank"), *CLAIMS[1:])},
        {"previous_claims": day().previous_claims[:1]},
        {"incidents": day().incidents[:2]},
        {"incidents": (replace(day().incidents[0], level="V2_OBSERVED"), *day().incidents[1:])},
        {"coverage": COVERAGE[:3]},
        {"previous_coverage": ()},
        {"complaints": day().complaints[:2]},
        {"windows": day().windows[:1]},
        {"proposals": day().proposals[1:]},
        {"restrictions": ()},
        {"unreadable": ()},
    ],
    ids=lambda changed: next(iter(changed)),
)
@pytest.mark.parametrize("turn", [False, True])
def test_whatever_prints_differently_is_listed(changed: dict[str, object], *, turn: bool) -> None:
    """“No figure differs” must be true: a table that moved, either way, leaves a line."""
    one, other = day(), day(**changed)
    published, new = (other, one) if turn else (one, other)
    assert render("daily", one, "en") != render("daily", other, "en")
    assert changes(published, new)


@pytest.mark.parametrize(
    ("published", "new", "why"),
    [
        (day(number=""), later(), "draft"),
        (day(), later(mode=Mode.REPLAY), "mode"),
        (day(), later(audience="VEL"), "audience"),
        (day(), later(until_us=day().until_us + HOUR_US), "until_us"),
        (day(), later(size=1203), "before it"),
    ],
)
def test_a_bulletin_corrects_only_its_own_kind(
    published: Snapshot, new: Snapshot, why: str
) -> None:
    """Another period, audience or mode, or an older record, corrects nothing."""
    with pytest.raises(BadValue, match=why):
        corrigendum(published, new)


def test_changes_without_the_bulletin_they_correct_are_refused() -> None:
    """A list of differences from nothing is no correction."""
    with pytest.raises(BadValue, match="which bulletin"):
        day(changes=(Change(kind="denies", at_us=LATER, who="TOR", was=1, now=2),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_correction_stands_in_print_with_its_note(language: str) -> None:
    """Number of what it corrects, the note, was and is: in each language."""
    said = render("daily", corrigendum(day(), later(), (NOTE,)), language).decode()
    assert "B-0009" in said
    assert NOTE.in_(language).replace("#", "#") in said
    assert "| 1 | 2 |" in said
