"""Slots: what monitors hand in is kept at once, and enters the record with every other slot alike."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.founded import NIGHT, TERMS, party_list, plan
from truceline.desk import inbox, slots
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.founding import Plan, found
from truceline.desk.taking import Incoming, Outcome, take
from truceline.desk.terms import BesideTerms
from truceline.reports.taken import FileRef, Pooled, Slot
from truceline.store.redrawing import redraw
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US, MINUTE_US, parse_instant
from truceline.values.mode import Mode

AT = parse_instant(NIGHT)
CUTOFF = parse_instant("2026-04-02T19:30[Atlantic/Azores]")
HEADER = (
    "record,patrol,date,time,until,own_position,bearing_deg,range_min_m,range_max_m,perceived,"
    "signature,direction,count,state,reason,wording\n"
)


def patrol(rows: int = 1, name: str = "NIGHT-HAWK") -> bytes:
    """A patrol's log of so many explosions it heard."""
    line = (
        'observed,{name},2026-04-02,0{n}:06,,"47.6705, -33.9512",010,1000,4000,heard,explosion,'
        "undetermined,at least 4,,,Dull reports to the north\n"
    )
    lines = [line.format(name=name, n=n % 2) for n in range(rows)]
    return (HEADER + "".join(lines)).encode()


def centre(folder: Path, at_us: int = AT, slot_minutes: int = 15) -> Desk:
    """A centre with slots whose clock stands still."""
    clock = Clock()
    clock.hold(at_us)
    return found(folder / "centre", plan(slot_minutes=slot_minutes), clock)


def hand_in(desk: Desk, raw: bytes, *, source: str = "patrol-log", owner: str = "JVT") -> Outcome:
    """Somebody hands something in."""
    given = Incoming(source=source, name="log.csv", raw=raw, owner=owner, by=owner)
    return take(desk, given)


def pass_to(desk: Desk, at_us: int) -> slots.Entered | None:
    """Let the time be so, and enter what is due."""
    desk.clock.hold(at_us)
    return slots.tick(desk)


def slots_in(desk: Desk) -> list[Slot]:
    """The slots on the record, in order."""
    return [
        msgspec.json.decode(desk.log.payload(entry) or b"", type=Slot)
        for _, entry in desk.log.entries()
        if entry.kind == "report/slot"
    ]


def claims_of(desk: Desk, owner: str = "JVT") -> list[str]:
    """The numbers of somebody's claims, as staff reads them."""
    desk.refresh()
    rows = desk.view("CENTRE").all_claims()
    return [row.claim.id for row in rows if row.claim.origin.owner == owner]


def test_what_a_patrol_hands_in_is_kept_and_shown_to_staff_before_it_is_on_the_record(
    tmp_path: Path,
) -> None:
    """The watch reads it at once; the log does not move; the record has it with the next slot."""
    desk = centre(tmp_path)
    size = desk.log.head().size

    outcome = hand_in(desk, patrol(2))

    assert (outcome.taken, outcome.entries) == (2, ())
    assert outcome.due_us == parse_instant("2026-04-02T02:15[Atlantic/Azores]")
    assert desk.log.head().size == size
    (item,) = inbox.waiting(desk)
    assert [type(row).__name__ for row in inbox.rows_of(desk, item, 10)] == ["Report", "Report"]
    assert claims_of(desk) == []

    entered = pass_to(desk, outcome.due_us or 0)

    assert entered is not None
    assert (entered.parts, entered.waiting) == (1, 0)
    assert claims_of(desk) == [f"{entered.entry}#1", f"{entered.entry}#2"]
    assert inbox.waiting(desk) == ()


def test_parties_and_whoever_may_not_read_it_see_nothing_of_the_inbox(tmp_path: Path) -> None:
    """Not even that something is in it."""
    desk = centre(tmp_path)
    hand_in(desk, patrol())
    assert [len(inbox.waiting(desk, reader)) for reader in ("CENTRE", "JVT", "ALD")] == [1, 1, 1]
    assert [inbox.waiting(desk, reader) for reader in ("VEL", "TOR")] == [(), ()]
    found_modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "centre/inbox").iterdir()}
    assert found_modes == {0o600}
    assert (tmp_path / "centre/inbox").stat().st_mode & 0o777 == 0o700


def test_a_partys_own_material_and_what_all_may_read_wait_for_no_slot(tmp_path: Path) -> None:
    """A complaint is on the record at once, and has its receipt at once."""
    desk = centre(tmp_path)
    assert hand_in(desk, party_list(3), source="party-list", owner="VEL").entries
    shared = Incoming(
        source="patrol-log", name="l.csv", raw=patrol(), owner="JVT", by="JVT", acl="ALL"
    )
    assert take(desk, shared).entries


def test_an_empty_slot_and_a_full_one_are_alike_from_outside(tmp_path: Path) -> None:
    """Same kind, author, role, readers and size; not even their references differ."""
    desk = centre(tmp_path)
    pass_to(desk, AT)
    for number in range(40):
        hand_in(desk, patrol(number + 1, f"HAWK-{number}"))
    pass_to(desk, AT + 15 * MINUTE_US)
    pass_to(desk, AT + 30 * MINUTE_US)
    pass_to(desk, AT + 45 * MINUTE_US)

    leaves = [entry for _, entry in desk.log.entries() if entry.kind == "report/slot"]
    assert [len(slot.items) > 0 for slot in slots_in(desk)] == [False, True, False, False]
    outside = {
        (one.author, one.on_behalf_of, one.acl, one.refs, one.payload and one.payload.enc,
         len(one.signed_by), len(desk.log.payload(one) or b""))
        for one in leaves
    }  # fmt: skip
    assert len(outside) == 1
    # One size class; age itself adds a stanza of random length, whatever it seals.
    assert all(16_384 < one.payload.size < 17_408 for one in leaves if one.payload)
    assert len(claims_of(desk)) == sum(range(1, 41))
    assert not {"JVT"} & {entry.author for _, entry in desk.log.entries()}


def test_what_does_not_fit_waits_for_the_next_slot_and_no_row_is_numbered_twice(
    tmp_path: Path,
) -> None:
    """A slot has one size, so a flood takes several of them, in order of arrival."""
    desk = centre(tmp_path)
    for number in range(60):
        hand_in(desk, patrol(2, f"HAWK-{number}"))
    first = pass_to(desk, AT + 15 * MINUTE_US)
    assert first is not None
    assert 0 < first.parts < 60
    assert first.waiting == 60 - first.parts
    pass_to(desk, AT + 30 * MINUTE_US)
    pass_to(desk, AT + 45 * MINUTE_US)
    numbers = claims_of(desk)
    assert len(numbers) == len(set(numbers)) == 120
    assert inbox.kept(desk.folder) == ()


def test_a_slot_is_entered_once_however_often_and_by_whomever_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """The web desk and a timer may both be running."""
    desk = centre(tmp_path)
    other = Desk.open(desk.folder, desk.clock)
    assert pass_to(desk, AT) is not None
    assert slots.tick(desk) is None
    assert slots.tick(other) is None
    assert pass_to(desk, AT + 7 * MINUTE_US) is not None  # 02:15 is due by 02:17
    assert slots.tick(other) is None
    assert [slot.at_us % (15 * MINUTE_US) for slot in slots_in(desk)] == [0, 0]


def test_the_same_bytes_again_are_known_while_they_wait_and_when_they_are_on_the_record(
    tmp_path: Path,
) -> None:
    """A courier that is not sure sends again; nothing is doubled."""
    desk = centre(tmp_path)
    assert hand_in(desk, patrol(3)).taken == 3
    again = hand_in(desk, patrol(3))
    assert (again.taken, again.known) == (0, 3)
    pass_to(desk, AT + 15 * MINUTE_US)
    later = hand_in(desk, patrol(3))
    assert (later.taken, later.known, later.due_us) == (0, 3, None)
    pass_to(desk, AT + 30 * MINUTE_US)
    assert len(claims_of(desk)) == 3


def test_after_a_stop_the_newest_slot_is_entered_and_the_missed_ones_never(tmp_path: Path) -> None:
    """How long a centre was down is no secret; what waited meanwhile is on the record at once."""
    desk = centre(tmp_path)
    pass_to(desk, AT)
    hand_in(desk, patrol(2))
    entered = pass_to(desk, AT + 31 * HOUR_US)
    assert entered is not None
    assert entered.at_us == (AT + 31 * HOUR_US) // (15 * MINUTE_US) * 15 * MINUTE_US
    assert len(slots_in(desk)) == 2
    assert len(claims_of(desk)) == 2


def test_a_file_of_many_parts_is_whole_whatever_slots_its_parts_came_with(tmp_path: Path) -> None:
    """The bytes are one file; parts that did not fit follow, and the file is then complete."""
    desk = centre(tmp_path)
    given_in = Incoming(source="patrol-log", name="l.csv", raw=patrol(200), owner="JVT", by="JVT")
    take(desk, given_in, part_rows=3)
    first = pass_to(desk, AT + 15 * MINUTE_US)
    assert first is not None
    assert first.waiting == 1
    assert len(claims_of(desk)) == 3 * first.parts
    for number in range(2, 6):
        pass_to(desk, AT + number * 15 * MINUTE_US)
    assert len(claims_of(desk)) == 200
    held = [one for one in desk.view("CENTRE").files() if one.owner == "JVT"]
    assert [(one.rows, one.complete) for one in held] == [(200, True)]
    assert inbox.kept(desk.folder) == ()


def test_what_was_kept_up_to_the_cut_off_enters_at_it_and_is_shown_with_its_day(
    tmp_path: Path,
) -> None:
    """The slot at the cut-off belongs to the day that ends; the next one to the next."""
    desk = centre(tmp_path, CUTOFF - 8 * MINUTE_US)
    hand_in(desk, patrol(1, "BEFORE"))
    pass_to(desk, CUTOFF)
    desk.clock.hold(CUTOFF + MINUTE_US)
    hand_in(desk, patrol(1, "AFTER"))
    pass_to(desk, CUTOFF + 15 * MINUTE_US)
    desk.refresh()

    def shown(at_us: int) -> int:
        rows = desk.view("VEL", at_us).all_claims()
        return sum(row.claim.origin.owner == "JVT" for row in rows)

    assert (shown(CUTOFF - 1), shown(CUTOFF)) == (0, 1)
    assert (shown(CUTOFF + 23 * HOUR_US), shown(CUTOFF + 24 * HOUR_US)) == (1, 2)


def test_what_had_to_wait_past_the_cut_off_is_shown_with_the_day_it_was_entered_on(
    tmp_path: Path,
) -> None:
    """A row that appeared in the middle of a day would tell that something had been held up."""
    desk = centre(tmp_path, CUTOFF - 8 * MINUTE_US)
    hand_in(desk, patrol(1))
    pass_to(desk, CUTOFF + 40 * MINUTE_US)
    desk.refresh()
    for at_us, there in ((CUTOFF, 0), (CUTOFF + HOUR_US, 0), (CUTOFF + 24 * HOUR_US, 1)):
        rows = desk.view("TOR", at_us).all_claims()
        assert sum(row.claim.origin.owner == "JVT" for row in rows) == there


def test_slots_come_at_equal_distances_across_both_changes_of_the_clocks(tmp_path: Path) -> None:
    """Elapsed time counts: no slot is left out in March and none comes twice in October."""
    for night in ("2026-03-28T22:00[Atlantic/Azores]", "2026-10-24T22:00[Atlantic/Azores]"):
        start_us = parse_instant(night)
        desk = centre(tmp_path / night[:7], start_us, slot_minutes=30)
        for step in range(10):
            pass_to(desk, start_us + step * 30 * MINUTE_US)
        at = [slot.at_us for slot in slots_in(desk)]
        assert [later - one for one, later in pairwise(at)] == [30 * MINUTE_US] * 9
        desk.close()


def test_drawing_anew_gives_the_same_rows(tmp_path: Path) -> None:
    """Rows of slots are drawn from the record alone."""
    desk = centre(tmp_path)
    hand_in(desk, patrol(2))
    pass_to(desk, AT + 15 * MINUTE_US)
    desk.refresh()
    found_again = redraw(desk.tables.path, desk.log)
    assert found_again.compared
    assert found_again.differing == ()


def test_a_slot_that_does_not_fill_a_day_is_refused_at_founding(tmp_path: Path) -> None:
    """Slots at drifting hours would tell days apart."""
    with pytest.raises(BadValue, match="fill a day"):
        centre(tmp_path, slot_minutes=7)


@pytest.mark.parametrize(("mode", "minutes"), [("live", 15), ("exercise", 15), ("replay", 0)])
def test_a_centre_has_slots_unless_it_studies_the_past(
    tmp_path: Path, mode: str, minutes: int
) -> None:
    """Whoever founds a centre and says nothing of slots is protected."""
    clock = Clock()
    clock.hold(AT)
    told = plan(Mode(mode))
    unsaid = Plan(
        names=told.names, mode=told.mode, origin=told.origin, terms=told.terms,
        terms_name=told.terms_name, files=BesideTerms(TERMS), staff=told.staff,
    )  # fmt: skip
    assert found(tmp_path / mode, unsaid, clock).charter.slot_minutes == minutes


REF = FileRef(blob="ab" * 32, size=16_384, com="cd" * 32, enc="age")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10_000), st.integers(1, 60)), max_size=80))
def test_every_slot_has_one_size_and_at_least_one_part_fits(
    given_in: list[tuple[int, int]],
) -> None:
    """Whatever waits, and however many bodies may read it."""
    parts = [
        Pooled(acl="+".join(["CENTRE"] * readers), rows=rows, taken=REF)
        for rows, readers in given_in
    ]
    chosen = slots.fitting(AT, parts)
    assert parts[: len(chosen)] == list(chosen)
    assert bool(chosen) == bool(parts)
    assert len(slots.padded(Slot(at_us=AT, items=chosen))) == slots.SLOT_BYTES
