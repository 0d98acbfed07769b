"""What a bulletin is drawn from: the record of one day, each thing counted once and in one place."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.bulletins.acts import BulletinPublished
from truceline.bulletins.snapshot import Snapshot
from truceline.desk import acts, publishing
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.snapshots import snapshot
from truceline.desk.taking import Incoming, take
from truceline.store.tables import TOLD
from truceline.store.view import View
from truceline.values.audience import ALL
from truceline.values.canonical import sha256_hex
from truceline.values.instant import HOUR_US, parse_instant

DATE = "2026-04-02"
CUTOFF = parse_instant("2026-04-02T19:30[Atlantic/Azores]")
DATES = [*(f"2026-03-{day}" for day in range(21, 32)), *(f"2026-04-0{day}" for day in range(1, 4))]


@pytest.fixture(scope="module")
def days(played: Path) -> list[tuple[Desk, Snapshot]]:
    """Every reporting day of the small exercise."""
    desk = Desk.open(played)
    desk.refresh()
    return [(desk, snapshot(desk, date, ALL)) for date in DATES]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A centre with one complaint, an hour past the cut-off."""
    desk = centre(tmp_path)
    acts.file_complaint(desk, "VEL", COMPLAINT)
    desk.clock.hold(CUTOFF + HOUR_US)
    desk.refresh()
    return desk


def test_proposals_count_the_day_s_own_incidents_each_once(
    days: list[tuple[Desk, Snapshot]],
) -> None:
    """Under one article the verdicts add up to the incidents of the page, never to more."""
    for _, day in days:
        for article in {line.article for line in day.proposals}:
            lines = [line.number for line in day.proposals if line.article == article]
            assert sum(lines) == len(day.incidents), (day.date, article)


def test_what_would_decide_if_it_occurred_is_called_alleged(
    days: list[tuple[Desk, Snapshot]],
) -> None:
    """A party's word alone is neither “undetermined” like a riddle nor the test being met."""
    for desk, day in days:
        told = View(desk.tables, "CENTRE", desk.now_us(), layer=TOLD)
        found = {line.id: told.proposals(line.id) for line in day.incidents}
        waiting = {
            (desk.agreement.article_of(row.clause).number, number)
            for number, rows in found.items()
            for row in rows
            if row.party is None
            and row.verdict == "undetermined"
            and row.as_alleged in {"breach", "excused"}
        }
        monitors_alone = sum(not rows for rows in found.values())  # judged as they are told
        printed = sum(line.number for line in day.proposals if line.verdict == "alleged")
        assert printed <= len(waiting) + monitors_alone
        assert printed or not waiting


def test_one_complaint_alone_proposes_alleged(desk: Desk) -> None:
    """Nobody but the accuser says that mortars fired: alleged under article 1, and once."""
    found = [line for line in snapshot(desk, DATE, ALL).proposals if line.article == "1"]

    assert [(line.verdict, line.number) for line in found] == [("alleged", 1)]


def test_a_window_is_told_with_its_area(days: list[tuple[Desk, Snapshot]]) -> None:
    """A window named after a zone of the agreement lies where that zone lies."""
    windows = [line for _, day in days for line in day.windows]

    assert windows
    assert all(line.area for line in windows)


def test_a_complaint_is_told_by_its_act_and_not_in_its_words(desk: Desk) -> None:
    """The bulletin is the centre's voice; what the accuser wrote stays on the complaint's page."""
    (line,) = snapshot(desk, DATE, ALL).complaints

    assert line.about == "fire.mortar"
    assert "substation" not in repr(line)


def test_a_correction_keeps_what_came_late_about_days_long_gone(desk: Desk) -> None:
    """What the first edition listed as late may not vanish from the one that corrects it."""
    desk.clock.hold(CUTOFF - HOUR_US)
    raw = party_list(3).replace(b"2026-04-01", b"2026-03-25")
    take(
        desk,
        Incoming(source="party-list", name="l.csv", raw=raw, owner="VEL", by="VEL", acl=ALL),
    )
    desk.clock.hold(CUTOFF + HOUR_US)
    desk.refresh()

    first, then = (snapshot(desk, DATE, ALL, correcting=each) for each in (False, True))

    late = [line.id for line in first.claims if line.late]
    assert len(late) == 3
    assert [line.id for line in then.claims if line.late] == late


def test_a_published_bulletin_hands_out_its_annex_file(desk: Desk) -> None:
    """Every claim behind the figures, as published, with its hash in the record."""
    number = publishing.publish(desk, "CENTRE", DATE)
    one = publishing.bulletin(desk.view("TOR"), number)

    rows = publishing.annex(desk, one)

    assert sha256_hex(rows) == one.payload.annex_sha256
    claims = snapshot(desk, DATE, ALL).claims
    assert claims
    for line in claims:
        assert f"\r\n{line.id},".encode() in rows


def test_a_bulletin_from_before_annexes_were_kept_still_reads(desk: Desk) -> None:
    """Its entry says nothing of an annex, and the desk says so instead of inventing one."""
    number = publishing.publish(desk, "CENTRE", DATE)
    one = publishing.bulletin(desk.view(), number)
    fields = msgspec.to_builtins(one.payload)
    before = {key: value for key, value in fields.items() if not key.startswith("annex")}
    old = msgspec.convert(before, BulletinPublished)

    assert old.annex is None
    with pytest.raises(ActRefused, match="without an annex file"):
        publishing.annex(desk, replace(one, payload=old))
