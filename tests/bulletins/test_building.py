"""From claims and coverage to the rows of a snapshot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bulletins.days import AREAS, JETTY, NEAR_LINE, PERIOD, START, ZONE
from truceline.bulletins.building import (
    Period,
    areas_of,
    belongs,
    claim_line,
    claim_lines,
    coverage_of,
    gap_m,
    holds,
    period_of,
    previous_counts,
)
from truceline.bulletins.snapshot import NOWHERE, Area
from truceline.claims.claim import Claim, CoveragePeriod, Origin
from truceline.reports.report import Covered, Said
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, Span, at, local_day, zone
from truceline.values.place import E7, Place, circle, offset
from truceline.values.signatures import Basis
from truceline.values.texts import Text
from truceline.values.unknown import NOT_GIVEN, Unknown

H = HOUR_US
SPAN = PERIOD.span
WESLING = next(area for area in AREAS if area.code == "WES")


_SAID = Said(speaker="VEL", basis=Basis.STATED, span=at(START + H), place=JETTY, act="fire.mortar")


def claim(row: int, span: Span | Unknown, known_us: int, place: Place | Unknown = JETTY) -> Claim:
    """Velmark's claim of mortar fire."""
    origin = Origin(
        entry=40, row=row, owner="VEL", audience="PUBLIC", interested=True, known_us=known_us
    )
    said = Said(speaker="VEL", basis=Basis.STATED, span=span, place=place, act="fire.mortar")
    return Claim(origin=origin, said=said, source_key="VEL")


def period(
    from_h: int,
    until_h: int,
    state: str = "up",
    *,
    kind: str = "camera",
    reason: str = "",
    at_place: Place = JETTY,
) -> CoveragePeriod:
    """A stretch of the centre's watching, in hours from the start of the period."""
    span = Span(from_us=START + from_h * H, until_us=START + until_h * H)
    covered = Covered(
        watcher="CAM-07", kind=kind, span=span, place=at_place, state=state, reason=reason
    )
    origin = Origin(
        entry=50, row=1, owner="CENTRE", audience="PUBLIC", interested=False, known_us=START
    )
    return CoveragePeriod(origin=origin, covered=covered)


@pytest.mark.parametrize(
    ("day", "where", "hours"),
    [
        ("2026-03-28", ZONE, 24),
        ("2026-03-29", ZONE, 23),
        ("2026-10-25", ZONE, 25),
        ("2026-03-29", "Europe/Kyiv", 23),
        ("2026-06-01", "Asia/Tehran", 24),
    ],
)
def test_a_period_is_as_long_as_its_zone_had_it(day: str, where: str, hours: int) -> None:
    """From cut-off to cut-off on the wall clock: 23 or 25 hours when the clocks change."""
    assert period_of(day, where).span.length_us == hours * H


@given(
    st.dates(date(2025, 1, 2), date(2027, 12, 31)), st.sampled_from([ZONE, "Europe/Kyiv", "UTC"])
)
def test_periods_follow_each_other_without_gap_or_overlap(day: date, where: str) -> None:
    """Every instant is in the period of one bulletin, and the previous period is the last one's."""
    today, tomorrow = (period_of((day + timedelta(days=n)).isoformat(), where) for n in (0, 1))
    assert today.until_us == tomorrow.from_us
    assert tomorrow.previous == today.span


@given(
    st.integers(-3 * DAY_US, 3 * DAY_US), st.integers(1, 2 * DAY_US), st.integers(-DAY_US, DAY_US)
)
def test_a_claim_is_counted_in_one_period_only(start: int, length: int, known: int) -> None:
    """However long the time it gives, and if it gives none: never twice, never nowhere."""
    first = date(2026, 3, 24)
    days = [period_of((first + timedelta(days=n)).isoformat(), ZONE).span for n in range(10)]
    for span in (Span(from_us=START + start, until_us=START + start + length), NOT_GIVEN):
        assert sum(belongs(span, START + known, each) for each in days) == 1


def test_a_report_of_a_whole_day_is_counted_with_the_noon_of_that_day() -> None:
    """A day straddles the cut-off; the bulletin dated that day holds more of it."""
    span = local_day(2026, 3, 29, zone(ZONE))
    assert belongs(span, 0, period_of("2026-03-29", ZONE).span)
    assert not belongs(span, 0, period_of("2026-03-30", ZONE).span)


def test_what_came_in_after_the_cut_off_is_not_in_the_bulletin() -> None:
    """Frozen means frozen: the same draft tomorrow gives the same bulletin."""
    event = at(START + 5 * H)
    in_time, too_late = claim(1, event, PERIOD.until_us - 1), claim(2, event, PERIOD.until_us)
    lines = claim_lines([in_time, too_late], AREAS, PERIOD, known_by_us=PERIOD.until_us)
    assert [line.id for line in lines] == ["40#1"]
    corrected = claim_lines([in_time, too_late], AREAS, PERIOD, known_by_us=PERIOD.until_us + H)
    assert [line.id for line in corrected] == ["40#1", "40#2"]


def test_a_claim_about_yesterday_is_late_and_counts_for_yesterday() -> None:
    """Late arrivals are shown as late, and move the “before” column that says how many they are."""
    late = claim(1, at(START - 5 * H), START + H)
    lines = claim_lines([late], AREAS, PERIOD, known_by_us=PERIOD.until_us)
    assert [(line.id, line.late) for line in lines] == [("40#1", True)]
    before = previous_counts([late], AREAS, PERIOD, known_by_us=PERIOD.until_us)
    assert [(row.speaker, row.area, row.number, row.late) for row in before] == [
        ("VEL", "WES", 1, 1)
    ]


def test_a_word_that_names_no_known_act_is_kept_as_given() -> None:
    """A letter without a key is shown as the letter; a known act needs no second name."""
    odd = replace(
        claim(1, at(START + H), START), said=replace(_SAID, act="unknown", type_given="O")
    )
    plain = replace(odd, said=replace(_SAID, act="fire.mortar", type_given="mortar"))
    assert [claim_line(each, AREAS, PERIOD).given for each in (odd, plain)] == ["O", ""]


def test_in_a_replay_nothing_is_late_and_nothing_too_late() -> None:
    """All was received years after; the ledger index alone freezes a replay."""
    years_later = START + 400 * DAY_US
    claims = [claim(1, at(START + H), years_later), claim(2, at(START - H), years_later)]
    lines = claim_lines(claims, AREAS, PERIOD, known_by_us=None)
    assert [(line.id, line.late) for line in lines] == [("40#1", False)]
    assert [row.late for row in previous_counts(claims, AREAS, PERIOD, known_by_us=None)] == [0]


def test_a_place_whose_error_crosses_the_line_names_both_areas() -> None:
    """Counted where the point lies, with a note where it could lie as well."""
    assert areas_of(JETTY, AREAS) == ("WES",)
    assert areas_of(NEAR_LINE, AREAS) == ("WES", "EST")
    assert areas_of(circle(46.99, -34.5, 2_000), AREAS) == (NOWHERE, "WES")
    assert areas_of(NOT_GIVEN, AREAS) == (NOWHERE,)


@given(st.integers(1, 40_000), st.integers(0, 359), st.integers(100, 50_000))
def test_the_gap_to_an_area_is_the_distance_to_its_edge(
    out_m: int, bearing: int, radius_m: int
) -> None:
    """Going out from the middle of one side by so many metres, the gap is those metres."""
    lat, lon = offset(47.0, -34.8, 180, out_m)
    point = (round(lon * E7), round(lat * E7))
    assert abs(gap_m(WESLING.ring, point) - out_m) <= 2 + out_m // 500
    inside = circle(47.6, -34.8, radius_m)
    assert gap_m(WESLING.ring, (inside.lon_e7, inside.lat_e7)) == 0


@given(st.integers(-10, 30), st.integers(-10, 30), st.integers(0, 3), st.sampled_from([1, -1]))
def test_a_point_is_in_an_area_whichever_way_the_ring_runs(
    x: int, y: int, turn: int, way: int
) -> None:
    """An L-shaped ring, started anywhere, run either way; checked against its two rectangles."""
    corners = [(0, 0), (20, 0), (20, 10), (10, 10), (10, 20), (0, 20)]
    ring = corners[turn:] + corners[:turn]
    ring = ring[::way]
    point = (x * 2 + 1, y * 2 + 1)
    doubled = tuple((2 * a, 2 * b) for a, b in ring)
    assert holds(doubled, point) == ((0 <= x < 20 and 0 <= y < 10) or (0 <= x < 10 and 0 <= y < 20))


def test_two_areas_that_share_a_side_share_no_point() -> None:
    """Neighbours leave no seam and count nothing twice."""
    east = next(area for area in AREAS if area.code == "EST")
    for lat_e7 in range(int(47.0 * E7), int(48.2 * E7), E7 // 7):
        for lon_e7 in (-34 * E7 - 1, -34 * E7, -34 * E7 + 1):
            assert holds(WESLING.ring, (lon_e7, lat_e7)) + holds(east.ring, (lon_e7, lat_e7)) == 1


def test_overlapping_watchers_are_not_counted_twice() -> None:
    """Two cameras over one hour have watched one hour, and a patrol beside them no more."""
    lines = coverage_of([period(2, 6), period(4, 8), period(5, 7, kind="patrol")], WESLING, SPAN)
    watched = {line.kind: line.watched_us // H for line in lines}
    assert watched == {"any": 6, "camera": 6, "patrol": 2}


def test_bad_sight_counts_only_where_nobody_saw_well() -> None:
    """Degraded is told apart from watched, and is never added to it twice."""
    (line, _) = coverage_of(
        [period(2, 6), period(4, 9, "degraded", reason="weather")], WESLING, SPAN
    )
    assert (line.watched_us // H, line.degraded_us // H) == (4, 3)


def test_the_time_not_watched_is_told_by_reason_and_adds_up() -> None:
    """Night, outage and nobody sent: together with the watching they are the period, 23 hours."""
    periods = [
        period(0, 4),
        period(4, 12, "down", reason="night"),
        period(10, 14, "down", reason="outage"),
    ]
    (line, _) = coverage_of(periods, WESLING, SPAN)
    assert dict(line.gaps) == {"night": 8 * H, "outage": 2 * H, "unrecorded": 9 * H}
    assert line.watched_us + line.degraded_us + sum(lost for _, lost in line.gaps) == 23 * H


def test_watching_elsewhere_or_at_another_time_covers_nothing() -> None:
    """A camera that does not reach the area, and one of the day before, leave it unobserved."""
    far = circle(47.3, -32.4, 5_000)
    assert coverage_of([period(0, 5, at_place=far), period(-9, -2)], WESLING, SPAN) == ()


_STRETCHES = st.lists(
    st.tuples(
        st.integers(-30, 24 * 60),
        st.integers(1, 600),
        st.sampled_from(["up", "degraded", "down"]),
        st.sampled_from(["camera", "patrol"]),
    ),
    max_size=12,
)


@given(_STRETCHES)
def test_coverage_is_what_a_minute_by_minute_count_gives(
    stretches: list[tuple[int, int, str, str]],
) -> None:
    """Against a clock that asks each minute who was up."""
    periods = [_minutes(*each) for each in stretches]
    total = next((line for line in coverage_of(periods, WESLING, SPAN) if line.kind == "any"), None)
    states = [
        {state for start, length, state, _ in stretches if start <= minute < start + length}
        for minute in range(23 * 60)
    ]
    up = sum("up" in here for here in states)
    badly = sum("degraded" in here and "up" not in here for here in states)
    assert (total.watched_us if total else 0) == up * MINUTE_US
    assert (total.degraded_us if total else 0) == badly * MINUTE_US
    if total:
        assert sum(lost for _, lost in total.gaps) == (23 * 60 - up - badly) * MINUTE_US


def _minutes(start: int, length: int, state: str, kind: str) -> CoveragePeriod:
    span = Span(from_us=START + start * MINUTE_US, until_us=START + (start + length) * MINUTE_US)
    reason = "" if state == "up" else "weather"
    covered = Covered(watcher="P-2", kind=kind, span=span, place=JETTY, state=state, reason=reason)
    origin = Origin(
        entry=50, row=1, owner="CENTRE", audience="PUBLIC", interested=False, known_us=START
    )
    return CoveragePeriod(origin=origin, covered=covered)


def test_the_order_of_areas_does_not_decide_where_a_claim_is_counted() -> None:
    """Overlapping areas: the first by code takes the point, however they are listed."""
    wide = Area(code="AAA", names=Text("All", "Усе", "Всё"), ring=WESLING.ring)
    assert areas_of(JETTY, [WESLING, wide]) == areas_of(JETTY, [wide, WESLING]) == ("AAA", "WES")


def test_a_period_gives_its_own_bounds_and_the_one_before() -> None:
    """What a caller hands to a snapshot."""
    assert period_of("2026-03-29", ZONE) == Period(
        previous_from_us=PERIOD.previous_from_us, from_us=PERIOD.from_us, until_us=PERIOD.until_us
    )
