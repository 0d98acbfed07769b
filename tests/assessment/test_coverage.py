"""Who was watching, and who would have been."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.story import HALDEN, NIGHT_US, VELMARK_COMPLAINS, incident, period
from truceline.assessment.coverage import Watch, gaps, watchers
from truceline.values.instant import DAY_US, HOUR_US, MINUTE_US, Span
from truceline.values.place import circle

NIGHT_FIRE = incident(VELMARK_COMPLAINS)


def test_a_camera_that_was_down_is_named_with_its_reason_and_the_time_it_missed() -> None:
    """Nothing was observed because nothing was observing, and the record says what."""
    (gap,) = gaps(NIGHT_FIRE, [period("CAM-2", "down", reason="outage")])

    assert (gap.watcher, gap.state, gap.reason, gap.period) == ("CAM-2", "down", "outage", "60#1")
    assert (gap.from_us, gap.until_us) == (NIGHT_US, NIGHT_US + MINUTE_US)


def test_a_camera_that_was_up_is_no_gap_but_a_watcher() -> None:
    """Its silence means something; a broken camera's does not."""
    up = period("CAM-1", "up")

    assert (gaps(NIGHT_FIRE, [up]), watchers(NIGHT_FIRE, [up])) == ((), (up,))


def test_only_the_part_of_the_time_it_was_down_is_a_gap() -> None:
    """A camera that came back half-way through missed half."""
    span = Span(from_us=NIGHT_US, until_us=NIGHT_US + HOUR_US)
    back = period("CAM-2", "degraded", until_us=NIGHT_US + 30 * MINUTE_US, reason="weather")
    (gap,) = gaps(incident(VELMARK_COMPLAINS, span=span), [back])

    assert gap.until_us == NIGHT_US + 30 * MINUTE_US


def test_a_camera_out_of_reach_or_out_of_time_is_not_asked() -> None:
    """Twenty kilometres off, or back before it happened: it could not have seen it anyway."""
    far = period("CAM-7", "down", place=circle(47.90, -33.94, 5_000), reason="outage")
    earlier = period("CAM-2", "down", until_us=NIGHT_US, reason="outage")

    assert gaps(NIGHT_FIRE, [far, earlier]) == ()


def test_the_error_of_the_incident_widens_who_is_asked() -> None:
    """Where the place is poorly known, more watchers might have seen it."""
    far = period("CAM-7", "down", place=circle(47.79, -33.94, 5_000), reason="outage")
    vague = incident(VELMARK_COMPLAINS, place=circle(HALDEN.lat, HALDEN.lon, 8_000))

    assert gaps(NIGHT_FIRE, [far]) == ()
    assert len(gaps(vague, [far])) == 1


def test_where_time_or_place_is_unknown_nobody_can_be_asked() -> None:
    """The answer to who was watching an unknown place is nobody in particular."""
    down = period("CAM-2", "down", reason="outage")

    assert gaps(incident(VELMARK_COMPLAINS, place=None), [down]) == ()
    assert gaps(incident(VELMARK_COMPLAINS, span=None), [down]) == ()


@given(
    st.lists(
        st.tuples(st.integers(-9, 9), st.integers(1, 60), st.sampled_from(["up", "down"])),
        max_size=12,
    ),
    st.integers(-100, 100),
    st.integers(1, 90),
)
@settings(deadline=None)
def test_looking_up_by_day_finds_what_looking_at_all_of_them_finds(
    spans: list[tuple[int, int, str]], starts_h: int, lasts_h: int
) -> None:
    """Periods and incidents of any length, over any number of midnights."""
    periods = [
        period(
            f"CAM-{number}",
            state,
            entry=number,
            from_us=NIGHT_US + day * DAY_US,
            until_us=NIGHT_US + day * DAY_US + hours * HOUR_US,
        )
        for number, (day, hours, state) in enumerate(spans)
    ]
    span = Span(
        from_us=NIGHT_US + starts_h * HOUR_US, until_us=NIGHT_US + (starts_h + lasts_h) * HOUR_US
    )
    found = Watch(periods).around(incident(VELMARK_COMPLAINS, span=span))

    assert {one.id for one in found} == {
        one.id for one in periods if one.covered.span.overlaps(span)
    }
