"""A party that collects everything it may lawfully read, and looks for the monitors in it.

What it holds: every row its view ever showed, at the end of each half day of the exercise; every
byte of every bulletin; every leaf of the public log with its time. What it tries: places, times,
names, numbers and keys of the team's reports, alone and put together. The truth it is measured
against is what the centre reads. docs/adr/0081 says what the policy is.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.desk.played import copy_of
from truceline.claims.claim import Claim
from truceline.claims.coarse import snap
from truceline.desk import acts, publishing
from truceline.desk.desk import Desk
from truceline.incidents.naming import incident_id
from truceline.store.shown import ClaimRow, CoverageRow, IncidentRow
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import DAY_US, HOUR_US, Span
from truceline.values.place import Place, distance_m

PARTIES = ("TOR", "VEL")
TEAM = "JVT"


@dataclass(frozen=True)
class Seen:
    """What one party saw of the team's, and when each row was first there."""

    claims: dict[str, ClaimRow]
    periods: dict[str, CoverageRow]
    incidents: dict[str, IncidentRow]
    first_us: dict[str, int]


@pytest.fixture(scope="module")
def desk(played: Path) -> Desk:
    """The played exercise, only read from."""
    desk = Desk.open(played)
    desk.refresh()
    return desk


@pytest.fixture(scope="module", params=PARTIES)
def party(request: pytest.FixtureRequest) -> str:
    """Whoever looks."""
    return str(request.param)


@cache
def days(desk: Desk) -> list[Span]:
    """The reporting days of the exercise."""
    first = desk.log.entry(0).claimed_us
    found = [desk.charter.reporting_day(first)]
    while found[-1].until_us < desk.now_us() + DAY_US:
        found.append(desk.charter.reporting_day(found[-1].until_us))
    return found


@pytest.fixture(scope="module")
def seen(desk: Desk, party: str) -> Seen:
    """Look at noon, just before and at each cut-off; note what is new, and keep all there is."""
    first_us: dict[str, int] = {}
    for day in days(desk):
        middle_us = (day.from_us + day.until_us) // 2
        for at_us in (day.from_us, day.from_us + 1, middle_us, day.until_us - 1, day.until_us):
            for number in rows_there(desk.view(party, at_us)):
                first_us.setdefault(number, at_us)
    view = desk.view(party, days(desk)[-1].until_us)
    return Seen(
        claims={one.claim.id: one for one in view.all_claims() if one.claim.origin.owner == TEAM},
        periods={
            one.period.id: one for one in view.coverage(0, 2**62) if one.period.origin.owner == TEAM
        },
        incidents={one.id: one for one in view.incidents(limit=100_000)},
        first_us=first_us,
    )


def rows_there(view: View) -> list[str]:
    """The numbers of the team's rows, of either grain, that a view shows."""
    return [
        f"{row['entry']}#{row['row']}"
        for table in ("claims", "coverage")
        for row in view.tables.select(
            f"""SELECT entry, row FROM {table}
                WHERE owner = ? AND visible_to(audience, visible_from_us)""",
            (TEAM,),
        )
    ]


@pytest.fixture(scope="module")
def truth(desk: Desk) -> list[Claim]:
    """The team's reports as the centre reads them."""
    rows = desk.view(CENTRE).all_claims()
    return [row.claim for row in rows if row.claim.origin.owner == TEAM]


def test_there_is_something_to_look_for_and_something_to_look_at(
    seen: Seen, truth: list[Claim]
) -> None:
    """An adversary who sees nothing proves nothing."""
    assert len(truth) > 40
    assert len(seen.claims) == len(truth)
    assert len(seen.periods) > 500
    assert set(seen.first_us) == {*seen.claims, *seen.periods}
    assert sum(claim.said.observer is not None for claim in truth) > 30


def test_every_place_is_the_middle_of_a_cell_and_no_row_says_where_a_watcher_stood(
    desk: Desk, seen: Seen
) -> None:
    """Whatever was in a cell, and however exactly it was measured, looks the same from outside."""
    places = [row.claim.said.place for row in seen.claims.values()]
    places += [row.period.covered.place for row in seen.periods.values()]
    for place in places:
        if isinstance(place, Place):
            cell = snap(place, desk.charter.sight)
            assert (place.lat_e7, place.lon_e7, place.said) == (cell.lat_e7, cell.lon_e7, "")
            assert 2 * place.a_m >= desk.charter.sight_cell_m
            assert place.a_m == place.b_m
    assert not any(row.claim.said.observer for row in seen.claims.values())


def test_cells_are_no_finer_than_the_policy_all_over_the_map(seen: Seen, desk: Desk) -> None:
    """Two cells that rows were shown in lie a cell apart, or they would be one finer grid."""
    places = {
        (place.lat_e7, place.lon_e7): place
        for row in seen.claims.values()
        if isinstance(place := row.claim.said.place, Place)
    }
    found = sorted(places)
    assert len(found) > 5
    apart = [
        distance_m(places[one], places[other])
        for number, one in enumerate(found)
        for other in found[number + 1 :]
    ]
    assert min(apart) >= desk.charter.sight_cell_m * 0.9


def test_every_time_is_whole_reporting_days(desk: Desk, seen: Seen) -> None:
    """When it was, and when the centre heard of it, to the day and no nearer."""
    for row in seen.claims.values():
        said, origin = row.claim.said, row.claim.origin
        assert origin.known_us == desk.charter.reporting_day(origin.known_us).from_us
        assert (said.said_us, said.ref, said.wording, said.type_given) == (None, "", "", "")
        if isinstance(said.span, Span):
            assert whole_days(desk, said.span)
            assert said.span.said == ""
    for watch in seen.periods.values():
        known_us = watch.period.origin.known_us
        assert known_us == desk.charter.reporting_day(known_us).from_us
        assert whole_days(desk, watch.period.covered.span)


def whole_days(desk: Desk, span: Span) -> bool:
    """Whether a span begins and ends at cut-offs."""
    starts = desk.charter.reporting_day(span.from_us).from_us == span.from_us
    ends = desk.charter.reporting_day(span.until_us).from_us == span.until_us
    return starts and ends and span.length_us >= 23 * HOUR_US


def test_rows_appear_at_cut_offs_only_all_of_a_day_together(desk: Desk, seen: Seen) -> None:
    """The moment something is first there says that its day is over, and nothing else."""
    cut_offs = {day.until_us for day in days(desk)} | {day.from_us for day in days(desk)}
    assert set(seen.first_us.values()) <= cut_offs
    by_day: dict[int, set[int]] = defaultdict(set)
    for row in seen.claims.values():
        if isinstance(row.claim.said.span, Span):
            late = row.claim.origin.known_us >= row.claim.said.span.until_us
            if not late:
                by_day[row.claim.said.span.from_us].add(seen.first_us[row.claim.id])
    assert by_day
    assert all(len(moments) == 1 for moments in by_day.values())


def test_no_number_leads_to_the_entry_that_tells_the_hour(desk: Desk, seen: Seen) -> None:
    """The log's leaves are public, so a row that named its entry would name its time."""
    size = desk.log.head().size
    taken = {
        index for index, entry in desk.log.entries() if entry.kind == "report/taken"
    }  # what anybody who holds the log knows
    for number in (*seen.claims, *seen.periods):
        entry = int(number.partition("#")[0])
        assert entry >= size + 10**9
        assert entry not in taken


def test_a_claims_own_number_finds_a_stranger_nothing(
    desk: Desk, party: str, truth: list[Claim]
) -> None:
    """Trying every entry and row of the team's files leads to no row and to no incident."""
    view = desk.view(party)
    guesses = [claim.id for claim in truth]
    assert view.claims(guesses) == []
    assert [view.incident_of(guess) for guess in guesses] == [None] * len(guesses)
    assert [row.claim.id for row in desk.view(CENTRE).claims(guesses)] == guesses


def test_no_incident_is_named_after_a_number_that_can_be_tried(
    desk: Desk, seen: Seen, truth: list[Claim]
) -> None:
    """Its number is a hash over its first claim: over every claim number there could be, no match."""
    rows = {(claim.origin.entry, row) for claim in truth for row in range(1, 60)}
    tried = {incident_id(f"{entry}#{row}") for entry, row in rows}
    assert not tried & set(seen.incidents)
    named = {incident_id(claim.id) for claim in truth}
    assert not named & {one.id for one in desk.view(CENTRE).incidents(limit=100_000)}


def test_no_key_or_name_tells_one_watcher_from_another_by_trial(
    seen: Seen, truth: list[Claim], desk: Desk
) -> None:
    """Watchers have few and plain names; hashing a list of them must lead nowhere."""
    names = {claim.said.speaker for claim in truth}
    names |= {row.period.covered.watcher for row in desk.view(CENTRE).coverage(0, 2**62)}
    assert len(names) > 8
    tried = {f"voice:{sha256(f'{how}{name}'.encode()).hexdigest()[:16]}"
             for name in names for how in ("", "voice:")}  # fmt: skip
    for row in seen.claims.values():
        assert row.claim.source_key not in tried
        assert row.claim.said.speaker == TEAM
        assert row.claim.said.chain == (TEAM,)
    assert {row.period.covered.watcher for row in seen.periods.values()} == {TEAM}
    by_key: dict[str, set[tuple[object, object]]] = defaultdict(set)
    for row in seen.claims.values():
        by_key[row.claim.source_key].add((row.claim.said.place, row.claim.said.span))
    # Within a cell and day one key a watcher, so that origins can be counted; beyond it none.
    assert len(by_key) > len({claim.source_key for claim in truth})
    assert all(len(cells) == 1 for cells in by_key.values())


def test_asking_for_narrower_and_narrower_spans_tells_no_hour(desk: Desk, party: str) -> None:
    """What a listing is bounded and ordered by is what its rows say, not what they hide."""
    view = desk.view(party)
    hidden = [
        one
        for one in view.incidents(limit=100_000)
        if one.coarse
        and all(row.claim.origin.owner == TEAM for row in view.claims(one.claims))
        and one.span is not None
    ]
    assert hidden
    for one in hidden:
        assert one.span is not None
        hour_us = one.span.from_us
        while hour_us < one.span.until_us:
            found = view.incidents(limit=100_000, from_us=hour_us, until_us=hour_us + HOUR_US)
            assert one.id in {each.id for each in found}
            hour_us += HOUR_US
    listed = [one.id for one in view.incidents(limit=100_000)]
    by_what_they_say = sorted(
        view.incidents(limit=100_000),
        key=lambda one: (-(_since(view.claims(one.claims))), one.id),
    )
    assert listed == [one.id for one in by_what_they_say]


def _since(rows: list[ClaimRow]) -> int:
    return min(row.claim.said.span.from_us for row in rows if isinstance(row.claim.said.span, Span))


def test_no_incident_a_party_reads_holds_a_hidden_claim_beside_another_sides(
    desk: Desk, party: str
) -> None:
    """Standing in one incident with an exact claim would give a monitor's report its place."""
    view = desk.view(party)
    mixed = 0
    for one in view.incidents(limit=100_000):
        owners = {row.claim.origin.owner for row in view.claims(one.claims)}
        assert owners == {TEAM} or TEAM not in owners
        mixed += len(owners) > 1
        assert not [link for link in view.links(one.id) if TEAM in owners]
    assert mixed  # the parties' own claims are still held against each other
    whole = desk.view(CENTRE).incidents(limit=100_000)
    of_both = [
        one
        for one in whole
        if len(
            {row.claim.origin.owner for row in desk.view(CENTRE).claims(one.claims)} & {TEAM, party}
        )
        == 2
    ]
    assert of_both  # and the staff's with the monitors'


def test_what_the_staff_decided_about_the_teams_claims_is_not_told(
    played: Path, tmp_path: Path, party: str
) -> None:
    """A decision names claims by their own numbers, also those a stranger has not seen yet."""
    desk = Desk.open(copy_of(played, tmp_path / "centre"))
    desk.refresh()
    rows = [row.claim for row in desk.view().all_claims() if row.claim.origin.owner == TEAM]
    entry = acts.split_incident(desk, CENTRE, [rows[0].id, rows[1].id], "two patrols")
    undone = acts.undo(desk, CENTRE, entry, "one after all")
    desk.refresh()
    assert desk.view(party).acts("incident/") == []
    assert [act.entry for act in desk.view("JVT").acts("incident/")] == [entry, undone]


def test_bulletins_and_their_annexes_number_the_teams_claims_as_strangers_know_them(
    desk: Desk, party: str, truth: list[Claim]
) -> None:
    """What is published is held to the same: no true number, no minute, no place off the grid."""
    numbers = {claim.id for claim in truth}
    cited = 0
    for one in publishing.bulletins(desk.view(party)):
        text = publishing.document(desk, one, "en", "md").decode()
        rows = publishing.annex(desk, one).decode().splitlines()[1:]
        words = set(text.replace(",", " ").replace("|", " ").split())
        assert not numbers & words
        assert not numbers & {row.partition(",")[0] for row in rows}
        cited += sum(row.split(",")[3] == TEAM for row in rows)
        for row in rows:
            if row.split(",")[3] == TEAM:
                assert "19:30" in row or "20:30" in row or ",,," in row
    assert cited > 20


def test_the_leaves_of_the_log_hold_ids_codes_and_salted_hashes_alone(
    desk: Desk, party: str, truth: list[Claim]
) -> None:
    """No word, no coordinate, no name of a watcher, and no two commitments to compare."""
    raw = [desk.log.raw(index) for index in range(desk.log.head().size)]
    text = b"\n".join(raw).decode()
    secrets = {claim.said.speaker for claim in truth} | {claim.said.ref for claim in truth}
    secrets |= {claim.said.wording for claim in truth if claim.said.wording}
    secrets |= {
        str(abs(e7))
        for claim in truth
        if isinstance(claim.said.place, Place)
        for e7 in (claim.said.place.lat_e7, claim.said.place.lon_e7)
    }
    assert not [one for one in secrets if one in text]
    fields = [msgspec.json.decode(entry.split(b"\n")[1]) for entry in raw]
    allowed = {"kind", "author", "seq", "prev", "seen", "claimed", "mode", "refs", "on_behalf_of",
               "acl", "payload", "vkeys", "readers", "groups"}  # fmt: skip
    assert {key for one in fields for key in one} <= allowed
    commitments = [one["payload"]["com"] for one in fields if "payload" in one]
    assert len(set(commitments)) == len(commitments)
    assert party in {one["author"] for one in fields}


def test_what_is_on_the_record_of_files_and_unreadables_is_the_partys_own_alone(
    desk: Desk, party: str
) -> None:
    """Neither names of files nor broken rows of the team's reach a party."""
    view = desk.view(party)
    assert not [one for one in view.files(limit=10_000) if one.owner == TEAM]
    own = {f"{one.entry}" for one in view.files(limit=10_000)}
    assert {one.id.partition("#")[0] for one in view.unreadables(limit=10_000)} <= own
