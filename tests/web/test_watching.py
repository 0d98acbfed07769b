"""What a page may say of who was watching, and of what a party may not read yet."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import Browser
from tests.web.reading import Page
from tests.web.test_pages import told_incident
from truceline.assessment.coverage import Gap
from truceline.claims.claim import CoveragePeriod, Origin
from truceline.desk.clock import Clock
from truceline.reports.report import Covered
from truceline.store.shown import CoverageRow
from truceline.values.instant import HOUR_US, Span, parse_instant
from truceline.values.place import Place

BEGAN_US = 1_775_000_000_000_000
AT = Span(from_us=BEGAN_US, until_us=BEGAN_US + 60_000_000)
HERE = Place(lat_e7=476_900_000, lon_e7=-339_400_000, a_m=3_000, b_m=3_000)
STATES = st.sampled_from(["up", "degraded", "down"])


def row(state: str, hours: tuple[int, int] = (-1, 1), *, coarse: bool = False) -> CoverageRow:
    """A camera's stretch, in hours from the incident."""
    origin = Origin(
        entry=7, row=1, owner="JVT", audience="JVT", interested=False, known_us=BEGAN_US
    )
    covered = Covered(
        watcher="CAM-3",
        kind="camera",
        span=Span(from_us=BEGAN_US + hours[0] * HOUR_US, until_us=BEGAN_US + hours[1] * HOUR_US),
        place=HERE,
        state=state,
        reason="" if state == "up" else "night",
    )
    return CoverageRow(period=CoveragePeriod(origin=origin, covered=covered), coarse=coarse)


def meaning(*rows: CoverageRow) -> str:
    """What the page says of these stretches."""
    from truceline.web.pages import watching  # noqa: PLC0415 - models want settings first

    return watching.silence(watching.listed(rows, AT))


def test_watching_with_limits_is_never_called_not_watching(passed: Path) -> None:
    """A post at night hears; to say that nobody watched would make its report a mystery."""
    del passed
    assert meaning(row("degraded")) == "limited"
    assert meaning(row("degraded"), row("down")) == "limited"
    assert meaning(row("down")) == "nobody"
    assert meaning(row("up"), row("down")) == ""


@given(state=STATES, later=st.booleans())
def test_only_the_incidents_own_time_counts(passed: Path, state: str, *, later: bool) -> None:
    """Who watched an hour before or after says nothing of the minute."""
    del passed
    hours = (1, 2) if later else (-2, 0)
    assert meaning(row(state, hours)) == "nobody"
    assert meaning(row(state, hours), row("degraded")) == "limited"


@given(state=STATES)
def test_a_rounded_stretch_says_nothing_of_the_minute(passed: Path, state: str) -> None:
    """It stands for a whole reporting day: neither "was watching" nor "was not" follows."""
    from truceline.web.pages import watching  # noqa: PLC0415 - models want settings first

    del passed
    rounded = row(state, (-10, 14), coarse=True)
    gap = Gap(
        watcher="JVT", kind="camera", state="down", reason="night",
        from_us=AT.from_us, until_us=AT.until_us, period=rounded.period.id,
    )  # fmt: skip
    assert meaning(rounded) == "rounded"
    assert watching.missed([gap], [rounded]) == {"down": [], "degraded": []}
    assert watching.missed([gap, gap], [row("down")])["down"] == [gap]


@pytest.mark.parametrize("officer", ["velmark", "torrin"])
def test_no_missing_result_tells_a_party_at_once_that_a_monitor_noticed(
    browser: Browser, centre: Path, monkeypatch: pytest.MonkeyPatch, officer: str
) -> None:
    """Before the day is over every incident reads alike, whether or not a patrol spoke of it."""
    from truceline.web import opening  # noqa: PLC0415 - models want settings first

    del centre
    evening = Clock()
    evening.hold(parse_instant("2026-04-02T12:00[Atlantic/Azores]"))
    client = browser(officer, "en")
    address = f"/incidents/{told_incident(client)}"
    monkeypatch.setattr(opening, "clock_of", lambda _folder: evening)
    text = Page(client.get(address).content.decode()).text
    assert "Your side is shown no proposed result before the reporting day is over." in text
    assert "You see this incident as your side may see it" in text
    assert "Observed by monitors" not in text


def test_the_newest_day_on_record_is_shown_where_today_has_none(browser: Browser) -> None:
    """An empty page in the morning would read as if nobody had ever watched."""
    text = Page(browser("watch").get("/coverage/").content.decode()).text
    assert "This is the newest day on record." in text
    assert "CAM-HALDEN" in text
