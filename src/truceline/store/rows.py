"""Domain values as table rows, and rows as domain values again."""

import sqlite3
from dataclasses import dataclass

from truceline.claims.claim import Claim, CoveragePeriod, Origin
from truceline.reports.report import Covered, Said
from truceline.store import spelling
from truceline.values.instant import Span
from truceline.values.place import Place
from truceline.values.signatures import Basis, Direction, Signature, Stance
from truceline.values.unknown import Unknown

FULL = "full"
COARSE = "coarse"

Cell = str | int | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Which of its two grains a row has, who may read it, and from when on.

    of: entry and row of the report in the record; a coarse row's own number may be another.
    """

    grain: str
    of: tuple[int, int]
    audience: str
    visible_from_us: int
    compartment: str


def claim_row(claim: Claim, source: str, showing: Showing) -> Row:
    """Spell a claim as a row of `claims`."""
    said, origin = claim.said, claim.origin
    from_us, until_us, span_said = spelling.span_cells(said.span)
    return {
        "entry": origin.entry,
        "row": origin.row,
        "grain": showing.grain,
        "of_entry": showing.of[0],
        "of_row": showing.of[1],
        "source": source,
        "known_us": origin.known_us,
        "interested": int(origin.interested),
        "source_key": claim.source_key,
        "speaker": said.speaker,
        "chain": spelling.codes(said.chain),
        "ref": said.ref,
        "basis": said.basis.value,
        "stance": said.stance.value,
        "from_us": from_us,
        "until_us": until_us,
        "span_said": span_said,
        "said_us": said.said_us,
        "place": spelling.value(said.place),
        "observer": spelling.value(said.observer),
        "act": said.act,
        "type_given": said.type_given,
        "signature": said.signature.value if said.signature else "",
        "direction": said.direction.value,
        "count": spelling.value(said.count),
        "weapon": said.weapon,
        "accused": spelling.codes(said.accused),
        "wording": said.wording,
        "language": said.language,
        "origin": said.origin,
        "about": said.about,
        "audience": showing.audience,
        "visible_from_us": showing.visible_from_us,
        "owner": origin.owner,
        "compartment": showing.compartment,
    }


def read_claim(row: sqlite3.Row) -> Claim:
    """Read a row of `claims` back into the claim it spells."""
    said = Said(
        speaker=row["speaker"],
        chain=spelling.read_codes(row["chain"]),
        ref=row["ref"],
        basis=Basis(row["basis"]),
        stance=Stance(row["stance"]),
        span=spelling.read_span(row["from_us"], row["until_us"], row["span_said"]),
        said_us=row["said_us"],
        place=spelling.read_place(row["place"]),
        observer=spelling.read_place_or_none(row["observer"]),
        act=row["act"],
        type_given=row["type_given"],
        signature=Signature(row["signature"]) if row["signature"] else None,
        direction=Direction(row["direction"]),
        count=spelling.read_count(row["count"]),
        weapon=row["weapon"],
        accused=spelling.read_codes(row["accused"]),
        wording=row["wording"],
        language=row["language"],
        origin=row["origin"],
        about=row["about"],
    )
    return Claim(origin=_origin(row), said=said, source_key=row["source_key"])


def coverage_row(period: CoveragePeriod, showing: Showing) -> Row:
    """Spell a coverage period as a row of `coverage`."""
    covered, origin = period.covered, period.origin
    return {
        "entry": origin.entry,
        "row": origin.row,
        "grain": showing.grain,
        "of_entry": showing.of[0],
        "of_row": showing.of[1],
        "known_us": origin.known_us,
        "watcher": covered.watcher,
        "kind": covered.kind,
        "from_us": covered.span.from_us,
        "until_us": covered.span.until_us,
        "span_said": covered.span.said,
        "place": spelling.value(covered.place),
        "state": covered.state,
        "reason": covered.reason,
        "wording": covered.wording,
        "audience": showing.audience,
        "visible_from_us": showing.visible_from_us,
        "owner": origin.owner,
        "compartment": showing.compartment,
    }


def read_period(row: sqlite3.Row) -> CoveragePeriod:
    """Read a row of `coverage` back into the period it spells."""
    place = spelling.read_place(row["place"])
    assert isinstance(place, Place)  # a watcher without a place is not taken in
    covered = Covered(
        watcher=row["watcher"],
        kind=row["kind"],
        span=Span(from_us=row["from_us"], until_us=row["until_us"], said=row["span_said"]),
        place=place,
        state=row["state"],
        reason=row["reason"],
        wording=row["wording"],
    )
    return CoveragePeriod(origin=_origin(row), covered=covered)


def read_place_cell(cell: str) -> Place | Unknown | None:
    """The place in a cell of any table."""
    return spelling.read_place(cell) if cell else None


def _origin(row: sqlite3.Row) -> Origin:
    return Origin(
        entry=row["entry"],
        row=row["row"],
        owner=row["owner"],
        audience=row["audience"],
        interested=bool(row["interested"]) if "interested" in row.keys() else False,  # noqa: SIM118 - a sqlite3.Row iterates over values
        known_us=row["known_us"],
    )
