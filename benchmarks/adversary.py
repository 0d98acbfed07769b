"""How finely a party can place the other side's watchers from all it lawfully holds.

    python benchmarks/adversary.py [CENTRE]

Plays an exercise, or opens one that was played, and prints a row per attack. Attackers are the
parties: each with its keys, the public log, the rows of its replica at every cut-off and hour, its
bulletins, and, where `informed`, one true event of each day that it knows of from elsewhere.

A *sure* attack deduces: its circle and window hold in every case, or the harness says it does not.
A *guess* is right in so many cases of so many. Truth is what the centre reads.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, inf
from pathlib import Path
from tempfile import TemporaryDirectory

from truceline.claims.claim import Claim
from truceline.desk.desk import Desk
from truceline.incidents.naming import incident_id
from truceline.store.shown import ClaimRow
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import DAY_US, HOUR_US, Span
from truceline.values.place import Place, distance_m, reach_m
from truceline.values.signatures import Stance

TEAM = "JVT"
REACH_M = {"patrol": 8_000, "fixed_post": 8_000, "camera": 4_000, "acoustic": 12_000}
SENSES = {"seen": ("patrol",), "heard": ("fixed_post",), "recorded": ("camera", "acoustic")}
END_US = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One thing an attack says: something of the team's was in a circle within a window.

    place: None for "somewhere"; span: None for "at some time". holds: whether it was so.
    """

    radius_m: float = inf
    window_us: float = inf
    holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one attack by one party.

    said, right: how many things it said and how many were so. radius_m, hours: the finest of those
    that were so; infinite where nothing was said.
    """

    attack: str
    reader: str
    informed: bool
    sure: bool
    said: int
    right: int
    radius_m: float
    hours: float

    def beats(self, cell_m: int, hours: int) -> bool:
        """Whether it places something more finely than the policy, in space or in time.

        A cell is no narrower than it is wide; a reporting day is an hour short once a year.
        """
        finer = 2 * self.radius_m < cell_m or self.hours < hours - 1
        return self.right > 0 and finer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A played centre and one who looks: layer is given to see what another layer would tell."""

    desk: Desk
    reader: str
    layer: str | None = None

    @property
    def view(self) -> View:
        """All the attacker ever sees, at the end of time: rows never vanish, so this holds all."""
        return View(self.desk.tables, self.reader, END_US, layer=self.layer)

    @property
    def truth(self) -> list[Claim]:
        """The team's reports as the centre reads them."""
        rows = self.desk.view(CENTRE, END_US).all_claims()
        return [row.claim for row in rows if row.claim.origin.owner == TEAM]

    def of_team(self) -> list[ClaimRow]:
        """The team's reports as the attacker reads them."""
        return [row for row in self.view.all_claims() if row.claim.origin.owner == TEAM]

    def own(self) -> list[Claim]:
        """What the attacker itself reported, to the metre and the minute."""
        rows = self.view.all_claims()
        return [row.claim for row in rows if row.claim.origin.owner == self.reader]


Attack = Callable[[Scene], Iterator[Placed]]


def log_authors(scene: Scene) -> Iterator[Placed]:
    """Reports handed in by or for the team: each was made between two dated heads."""
    for index, entry in scene.desk.log.entries():
        if entry.kind.startswith("report/") and TEAM in {entry.author, entry.on_behalf_of}:
            after_us, before_us = scene.desk.log.bounds(index)
            yield Placed(window_us=(before_us or entry.claimed_us) - after_us)


def log_sizes(scene: Scene) -> Iterator[Placed]:
    """Slots of another size class than the least hold something: then it came in that slot."""
    slots = [entry for _, entry in scene.desk.log.entries() if entry.kind == "report/slot"]
    sizes = [entry.payload.size // 1024 for entry in slots if entry.payload]
    width_us = scene.desk.charter.slot_us
    return (Placed(window_us=width_us) for size in sizes if size > min(sizes))


def log_readers(scene: Scene) -> Iterator[Placed]:
    """Entries no party may read, slots apart: something restricted was dealt with at that time."""
    parties = {"ALL", "PUBLIC", *scene.desk.charter.party_codes}
    for index, entry in scene.desk.log.entries():
        if entry.kind != "report/slot" and not parties & set(entry.audience.split("+")):
            after_us, before_us = scene.desk.log.bounds(index)
            yield Placed(window_us=(before_us or entry.claimed_us) - after_us)


def row_cells(scene: Scene) -> Iterator[Placed]:
    """What the rows themselves say: a cell and a day, or whatever they give."""
    for row in scene.of_team():
        said = row.claim.said
        radius_m = _cell_radius(scene, said.place) if isinstance(said.place, Place) else inf
        window_us = said.span.length_us if isinstance(said.span, Span) else inf
        yield Placed(radius_m=radius_m, window_us=window_us)
        if said.observer is not None:
            yield Placed(radius_m=reach_m(said.observer), window_us=window_us)


def row_arrival(scene: Scene) -> Iterator[Placed]:
    """When a row is first there: asked at every hour of the exercise, it came within that hour."""
    days = _days(scene)
    seen: set[str] = set()
    before_us = 0
    for at_us in sorted({us for day in days for us in (day.from_us, *_within(day))}):
        now = _numbers(scene, at_us) - seen
        seen |= now
        cut_off = any(at_us == day.from_us for day in days)
        # At a cut-off everything of the day appears, whenever in it it was.
        yield from (Placed(window_us=DAY_US if cut_off else at_us - before_us) for _ in now)
        before_us = at_us


def row_numbers(scene: Scene) -> Iterator[Placed]:
    """A row's number names its entry, and the entry has its time."""
    size = scene.desk.log.head().size
    for row in scene.of_team():
        if row.claim.origin.entry < size:
            after_us, before_us = scene.desk.log.bounds(row.claim.origin.entry)
            yield Placed(window_us=(before_us or after_us) - after_us)


def joined(scene: Scene) -> Iterator[Placed]:
    """A row that stands in one incident with an exact claim speaks of that place and minute."""
    for incident in scene.view.incidents(limit=1_000_000):
        rows = scene.view.claims(incident.claims)
        exact = [row.claim for row in rows if row.claim.origin.owner == scene.reader]
        for _ in [row for row in rows if row.claim.origin.owner == TEAM]:
            yield from (_at(claim) for claim in exact[:1])


def links(scene: Scene) -> Iterator[Placed]:
    """A link to a team's row whose strength is told is a ruler."""
    team = {row.claim.id for row in scene.of_team()}
    for incident in scene.view.incidents(limit=1_000_000):
        for link in scene.view.links(incident.id):
            if {link.one, link.other} & team and link.millibits:
                yield Placed(radius_m=1_000, window_us=HOUR_US)


def vanished(scene: Scene) -> Iterator[Placed]:
    """Read in full at noon and without a result: then something hidden is in it."""
    for day in _days(scene):
        noon_us = (day.from_us + day.until_us) // 2
        view = View(scene.desk.tables, scene.reader, noon_us, layer=scene.layer)
        found = view.incidents(limit=100_000, from_us=day.from_us, until_us=noon_us)
        for incident in found:
            rows = view.claims(incident.claims)
            exact = [row.claim for row in rows if row.claim.origin.owner == scene.reader]
            told = any(row.coarse for row in rows)
            if exact and not told and not view.proposals(incident.id):
                yield _at(exact[0])


def renamed(scene: Scene) -> Iterator[Placed]:
    """An incident not named after its first visible assertion has an earlier one that is hidden."""
    for incident in scene.view.incidents(limit=1_000_000):
        rows = scene.view.claims(incident.claims)
        told = [row.claim for row in rows if row.claim.said.stance is Stance.ASSERTS]
        exact = [claim for claim in told if claim.origin.owner == scene.reader]
        if exact and not incident_id(told[0].id).startswith(incident.id[:10]):
            yield _at(exact[0])


def reaches(scene: Scene) -> Iterator[Placed]:
    """Lay what was seen over who watched: a watcher in a cell is within reach of what it saw.

    Only where one watcher alone can have seen it; over all days for watchers that stay.
    """
    held = [row.period.covered for row in scene.view.coverage(0, END_US)]
    cells: dict[tuple[object, ...], list[Place]] = {}
    cell_m = scene.desk.charter.sight_cell_m
    for row in scene.of_team():
        said = row.claim.said
        if not (isinstance(said.place, Place) and isinstance(said.span, Span)):
            continue
        able = {
            (one.kind, _key(one.place), one.span.from_us if one.kind == "patrol" else 0)
            for one in held
            if one.kind in SENSES.get(said.basis.value, ()) and one.span.overlaps(said.span)
            and distance_m(one.place, said.place) <= REACH_M[one.kind] + cell_m * 1.5
        }  # fmt: skip
        if len(able) == 1:
            cells.setdefault(able.pop(), []).append(said.place)
    where = {(one.kind, _key(one.place)): one.place for one in held}
    for (kind, at, _), seen in cells.items():
        cell = where[kind, at]  # type: ignore[index]
        width_m = _overlap_width(cell, seen, REACH_M[str(kind)], cell_m)
        if width_m is not None:
            yield Placed(radius_m=width_m / 2, window_us=DAY_US)


def same_cell_and_day(scene: Scene) -> Iterator[Placed]:
    """Take a row for an event one reported oneself, of that cell, day and act: a guess."""
    own = [one for one in scene.own() if isinstance(one.said.place, Place)]
    truth = {_told(scene, claim): claim for claim in scene.truth}
    for row in scene.of_team():
        said = row.claim.said
        alike = [one for one in own if _fits(one, row) and isinstance(one.said.span, Span)]
        true = truth.get(_told_row(row))
        if len(alike) == 1 and true is not None and isinstance(said.place, Place):
            yield _guess(alike[0], true)


def told_by_an_informer(scene: Scene) -> Iterator[Placed]:
    """Know one true event of each day, place and minute, and take the row that fits for it."""
    truth = {_told(scene, claim): claim for claim in scene.truth}
    known: dict[int, Claim] = {}
    for claim in scene.truth:
        if isinstance(claim.said.span, Span) and claim.said.stance is Stance.ASSERTS:
            known.setdefault(
                scene.desk.charter.reporting_day(claim.said.span.from_us).from_us, claim
            )
    for claim in known.values():
        fits = [row for row in scene.of_team() if _fits(claim, row)]
        true = truth.get(_told_row(fits[0])) if len(fits) == 1 else None
        if true is not None:
            yield _guess(claim, true)


SURE: dict[str, Attack] = {
    "log: who handed in, and when": log_authors,
    "log: sizes of slots": log_sizes,
    "log: entries no party may read": log_readers,
    "rows: the cell and the day": row_cells,
    "rows: when they first appear": row_arrival,
    "rows: their numbers": row_numbers,
    "incidents: joined with an exact claim": joined,
    "incidents: strength of links": links,
    "incidents: a result that is not there": vanished,
    "incidents: whom they are named after": renamed,
    "rows: reach laid over cells": reaches,
}
GUESSES: dict[str, Attack] = {"rows: one's own event of that cell and day": same_cell_and_day}
INFORMED: dict[str, Attack] = {"rows: one known event of that cell and day": told_by_an_informer}


def measure(scene: Scene) -> list[Finding]:
    """Try every attack as one party, alone and with an informer."""
    found = [_finding(scene, name, attack, sure=True) for name, attack in SURE.items()]
    found += [_finding(scene, name, attack, sure=False) for name, attack in GUESSES.items()]
    return found + [
        _finding(scene, name, attack, sure=False, informed=True)
        for name, attack in INFORMED.items()
    ]


def table(found: Sequence[Finding]) -> str:
    """The findings as a Markdown table."""
    lines = [
        "| attack | by | informed | kind | said | right | finest radius, m | finest window, h |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        radius = "–" if one.radius_m == inf else f"{one.radius_m:,.0f}"
        hours = "–" if one.hours == inf else f"{one.hours:.2f}"
        kind = "sure" if one.sure else "guess"
        informed = "yes" if one.informed else "no"
        lines.append(
            f"| {one.attack} | {one.reader} | {informed} | {kind} | {one.said} | {one.right} "
            f"| {radius} | {hours} |"
        )
    return "\n".join(lines)


def _finding(
    scene: Scene, name: str, attack: Attack, *, sure: bool, informed: bool = False
) -> Finding:
    said = list(attack(scene))
    right = [one for one in said if one.holds]
    return Finding(
        attack=name,
        reader=scene.reader,
        informed=informed,
        sure=sure,
        said=len(said),
        right=len(right),
        radius_m=min((one.radius_m for one in right), default=inf),
        hours=min((one.window_us for one in right), default=inf) / HOUR_US,
    )


def _at(claim: Claim) -> Placed:
    """Whoever saw this was within a patrol's reach of it, at its time."""
    place, span = claim.said.place, claim.said.span
    return Placed(
        radius_m=REACH_M["patrol"] + reach_m(place) if isinstance(place, Place) else inf,
        window_us=span.length_us if isinstance(span, Span) else inf,
    )


def _guess(taken_for: Claim, true: Claim) -> Placed:
    one, other = taken_for.said, true.said
    near = (
        isinstance(one.place, Place)
        and isinstance(other.place, Place)
        and distance_m(one.place, other.place) <= 2_000 + reach_m(one.place)
    )
    soon = (
        isinstance(one.span, Span)
        and isinstance(other.span, Span)
        and abs(one.span.from_us - other.span.from_us) <= HOUR_US
    )
    return Placed(radius_m=REACH_M["patrol"], window_us=2 * HOUR_US, holds=near and soon)


def _fits(claim: Claim, row: ClaimRow) -> bool:
    mine, told = claim.said, row.claim.said
    return (
        isinstance(mine.place, Place)
        and isinstance(told.place, Place)
        and isinstance(mine.span, Span)
        and isinstance(told.span, Span)
        and distance_m(mine.place, told.place) <= told.place.a_m
        and told.span.overlaps(mine.span)
        and mine.act.partition(".")[0] == told.act.partition(".")[0]
    )


def _told(scene: Scene, claim: Claim) -> str:
    rows = scene.desk.tables.select(
        "SELECT entry, row FROM claims WHERE of_entry = ? AND of_row = ? AND grain = 'coarse'",
        (claim.origin.entry, claim.origin.row),
    )
    return f"{rows[0]['entry']}#{rows[0]['row']}" if rows else claim.id


def _told_row(row: ClaimRow) -> str:
    return row.claim.id


def _numbers(scene: Scene, at_us: int) -> set[str]:
    view = View(scene.desk.tables, scene.reader, at_us, layer=scene.layer)
    rows = view.tables.select(
        "SELECT entry, row FROM claims WHERE owner = ? AND visible_to(audience, visible_from_us)",
        (TEAM,),
    )
    return {f"{row['entry']}#{row['row']}" for row in rows}


def _days(scene: Scene) -> list[Span]:
    start_us, end_us = scene.desk.log.entry(0).claimed_us, scene.desk.now_us() + 2 * DAY_US
    days = [scene.desk.charter.reporting_day(start_us)]
    while days[-1].until_us < end_us:
        days.append(scene.desk.charter.reporting_day(days[-1].until_us))
    return days


def _within(day: Span) -> range:
    return range(day.from_us + HOUR_US, day.until_us, 4 * HOUR_US)


def _cell_radius(scene: Scene, place: Place) -> float:
    """Half the least width of what a place allows: of a cell it is known to be a square."""
    return (
        max(place.b_m / 2, scene.desk.charter.sight_cell_m / 2) if place.a_m >= 5_000 else place.a_m
    )


def _key(place: Place) -> tuple[int, int]:
    return place.lat_e7, place.lon_e7


def _overlap_width(cell: Place, seen: Sequence[Place], within_m: int, cell_m: int) -> float | None:
    """The greatest width of what is left of a cell after keeping to reach of every cell seen."""
    step, half = cell_m // 20, cell_m // 2
    left = [
        (x, y)
        for x in range(-half, half + 1, step)
        for y in range(-half, half + 1, step)
        if all(_beyond(cell, other, x, y, half) <= within_m for other in seen)
    ]
    if not left:
        return None
    return max(hypot(a - c, b - d) for a, b in left for c, d in left)


def _beyond(cell: Place, other: Place, x_m: int, y_m: int, half_m: int) -> float:
    """How far a point of one cell is from the nearest edge of another."""
    flat = Place(lat_e7=cell.lat_e7, lon_e7=other.lon_e7, a_m=1, b_m=1)
    east_m = distance_m(cell, flat) * (1 if other.lon_e7 > cell.lon_e7 else -1)
    up = Place(lat_e7=other.lat_e7, lon_e7=cell.lon_e7, a_m=1, b_m=1)
    north_m = distance_m(cell, up) * (1 if other.lat_e7 > cell.lat_e7 else -1)
    gap_x, gap_y = max(0, abs(east_m - x_m) - half_m), max(0, abs(north_m - y_m) - half_m)
    return hypot(gap_x, gap_y)


def main() -> None:
    """Play, or open what was played, and print the table."""
    from truceline.desk.exercising import hold_exercise  # noqa: PLC0415 - only where it is played
    from truceline.exercise.generating import generate  # noqa: PLC0415

    with TemporaryDirectory() as folder:
        if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir():
            desk = Desk.open(Path(sys.argv[1]))
        else:
            desk = hold_exercise(Path(folder) / "centre", list(generate(20260321, 14, 400).steps))
        desk.refresh()
        for reader in desk.charter.party_codes:
            print(table(measure(Scene(desk=desk, reader=reader))))
            print()


if __name__ == "__main__":
    main()
