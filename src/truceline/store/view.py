"""What one reader may read of the record, at one instant: every query goes through visible_to."""

import re
import sqlite3
from collections.abc import Sequence

from truceline.coordination.complaints import Complaint
from truceline.coordination.complaints import fold as fold_complaints
from truceline.coordination.event import Event
from truceline.coordination.windows import Window
from truceline.coordination.windows import fold as fold_windows
from truceline.incidents.incident import Link
from truceline.store import spelling
from truceline.store.drawing import charter_of, drawn_size
from truceline.store.filing import events_in, filed_complaints
from truceline.store.outlining import as_seen, link_of, proposal_of
from truceline.store.rows import COARSE, read_claim, read_period
from truceline.store.shown import (
    ActRow,
    ClaimRow,
    CoverageRow,
    EntryRow,
    FileRow,
    IncidentRow,
    ProposalRow,
    UnreadableRow,
)
from truceline.store.tables import TOLD, WHOLE, Tables
from truceline.values.audience import ALL, CENTRE, may_read
from truceline.values.instant import HOUR_US

SEEN = "visible_to(audience, visible_from_us)"
SEEN_AT_ONCE = "visible_to(audience, 0)"
_SEEN_OF_C = "visible_to(c.audience, c.visible_from_us)"
_NUMBER = re.compile(r"([0-9]{1,15})#([0-9]{1,15})", re.ASCII)
_PAGE = "LIMIT :limit OFFSET :offset"
_INCIDENTS = f"""SELECT i.* FROM incidents AS i
    WHERE (:from IS NULL OR i.until_us > :from) AND (:until IS NULL OR i.from_us < :until)
    AND EXISTS (
        SELECT 1 FROM incident_claims AS m
        JOIN claims AS c ON (c.of_entry, c.of_row) = (m.entry, m.row)
        WHERE m.incident = i.id AND {_SEEN_OF_C})
    ORDER BY i.from_us DESC NULLS LAST, i.id {_PAGE}"""  # noqa: S608 - constants of ours
_INCIDENTS_AS_SEEN = f"""SELECT i.*, min(c.from_us) AS since_us, max(c.until_us) AS till_us
    FROM told_incidents AS i JOIN told_incident_claims AS m ON m.incident = i.id
    JOIN claims AS c ON (c.of_entry, c.of_row) = (m.entry, m.row)
    WHERE {_SEEN_OF_C} AND (c.grain = 'full' OR NOT EXISTS (
        SELECT 1 FROM claims AS f
        WHERE (f.entry, f.row, f.grain) = (c.of_entry, c.of_row, 'full')
        AND visible_to(f.audience, f.visible_from_us)))
    GROUP BY i.id
    HAVING (:from IS NULL OR till_us > :from) AND (:until IS NULL OR since_us < :until)
    ORDER BY since_us DESC NULLS LAST, i.id {_PAGE}"""  # noqa: S608 - constants of ours


class View:
    """What `reader` may read as of `as_of_us`; size is the ledger index it was drawn at."""

    def __init__(
        self, tables: Tables, reader: str, as_of_us: int, *, layer: str | None = None
    ) -> None:
        """Read as one reader; several views may share a connection.

        layer: which incidents; by default whole for the centre's staff, told for everybody else.
        """
        self._tables = tables
        self.reader = reader
        self.as_of_us = as_of_us
        self.size = drawn_size(tables)
        charter = charter_of(tables)
        staff = charter is not None and reader in charter.staff
        self.layer = layer if layer is not None else WHOLE if staff else TOLD

    @property
    def tables(self) -> Tables:
        """The tables, answering this reader.

        Bound before every query, not once: another view on the same connection, the centre's own
        perhaps, may have asked in between, and this one must not go on with its eyes.
        """
        self._tables.bind(self.reader, self.as_of_us)
        return self._tables

    # Claims and coverage

    def claims(self, ids: Sequence[str]) -> list[ClaimRow]:
        """The claims with these numbers that may be seen, finest grain of each, in order."""
        found: list[ClaimRow] = []
        for start in range(0, len(ids), 400):
            named = [_NUMBER.fullmatch(number) for number in ids[start : start + 400]]
            cells = tuple(int(cell) for one in named if one for cell in one.groups())
            marks = ", ".join(["(?, ?)"] * (len(cells) // 2))
            found += self._claims(f"(entry, row) IN (VALUES {marks})", cells) if cells else []
        return found

    def all_claims(self) -> list[ClaimRow]:
        """Every claim that may be seen: what fusion and exports start from."""
        return self._claims("1", ())

    def claims_between(self, from_us: int, until_us: int) -> list[ClaimRow]:
        """Claims whose time touches a span, that may be seen."""
        return self._claims("from_us < ? AND until_us > ?", (until_us, from_us))

    def claims_known_between(self, from_us: int, until_us: int) -> list[ClaimRow]:
        """Claims received within a span, that may be seen."""
        return self._claims("known_us >= ? AND known_us < ?", (from_us, until_us))

    def _claims(self, condition: str, cells: tuple[int, ...]) -> list[ClaimRow]:
        return [_claim(row) for row in self.tables.select(_finest("claims", condition), cells)]

    def coverage(self, from_us: int, until_us: int) -> list[CoverageRow]:
        """Coverage periods that touch a span, that may be seen, finest grain of each."""
        rows = self.tables.select(
            _finest("coverage", "from_us < ? AND until_us > ?"), (until_us, from_us)
        )
        return [CoverageRow(period=read_period(row), coarse=row["grain"] == COARSE) for row in rows]

    # Incidents

    def incidents(
        self,
        *,
        limit: int = 50,
        offset: int = 0,
        from_us: int | None = None,
        until_us: int | None = None,
    ) -> list[IncidentRow]:
        """Incidents of which at least one claim may be seen, newest first.

        For a stranger ordered and bounded by the times that stranger sees: by the true ones, asking
        for narrower and narrower spans would tell the minute.
        """
        rows = self.tables.select(
            _INCIDENTS if self.layer == WHOLE else _INCIDENTS_AS_SEEN,
            {"from": from_us, "until": until_us, "limit": limit, "offset": offset},
        )
        return [self._incident(row) for row in rows]

    def incident(self, incident_id: str) -> IncidentRow | None:
        """One incident, if any of its claims may be seen.

        Staff finds by the number a party reads also what it has become part of.
        """
        rows = self.tables.select(
            f"SELECT * FROM {self.layer}incidents WHERE id = ?",  # noqa: S608 - layers are ours
            (incident_id,),
        )
        found = self._incident(rows[0]) if rows else self._as_told(incident_id)
        return found if found and found.claims else None

    def _as_told(self, incident_id: str) -> IncidentRow | None:
        if self.layer == TOLD:
            return None
        rows = self.tables.select(
            """SELECT i.* FROM told_incident_claims AS t
               JOIN incident_claims AS m ON (m.entry, m.row) = (t.entry, t.row)
               JOIN incidents AS i ON i.id = m.incident
               WHERE t.incident = ? ORDER BY t.entry, t.row LIMIT 1""",
            (incident_id,),
        )
        return self._incident(rows[0]) if rows else None

    def incident_of(self, claim_id: str) -> str | None:
        """The incident a claim stands in, if the claim may be seen."""
        named = _NUMBER.fullmatch(claim_id)
        found = self.tables.select(
            f"""SELECT m.incident FROM claims AS c
                JOIN {self.layer}incident_claims AS m ON (m.entry, m.row) = (c.of_entry, c.of_row)
                WHERE c.entry = ? AND c.row = ? AND {_SEEN_OF_C}""",  # noqa: S608 - constant of ours
            tuple(map(int, named.groups())) if named else (-1, -1),
        )
        return str(found[0]["incident"]) if found else None

    def _incident(self, row: sqlite3.Row) -> IncidentRow:
        held = self.tables.select(
            f"SELECT count(*) AS n FROM {self.layer}incident_claims WHERE incident = ?",  # noqa: S608 - layers are ours
            (row["id"],),
        )[0]["n"]
        seen = list(self._members(row["id"]).values())
        if len(seen) < held or any(one.coarse for one in seen):
            return as_seen(row["id"], [one.claim for one in seen])
        return IncidentRow(
            id=row["id"],
            span=spelling.read_span_or_none(row["from_us"], row["until_us"]),
            place=spelling.read_place_or_none(row["place"]),
            acts=spelling.read_codes(row["acts"]),
            origins=row["origins"],
            contradictions=spelling.read_codes(row["contradictions"]),
            claims=tuple(one.claim.id for one in seen),
            coarse=False,
        )

    def _members(self, incident_id: str) -> dict[str, ClaimRow]:
        """An incident's claims that may be seen, by their own number in the record."""
        rows = self.tables.select(
            _finest(
                "claims",
                f"""(of_entry, of_row) IN
                   (SELECT entry, row FROM {self.layer}incident_claims WHERE incident = ?)""",  # noqa: S608 - layers are ours
            ),
            (incident_id,),
        )
        return {f"{row['of_entry']}#{row['of_row']}": _claim(row) for row in rows}

    def links(self, incident_id: str) -> list[Link]:
        """The links of an incident between claims that may be seen.

        How strong one is, and why, only between two that may be seen in full: it is worked out from
        how far apart they truly are, and three distances make a position.
        """
        seen = self._members(incident_id)
        rows = self.tables.select(
            f"SELECT * FROM {self.layer}links WHERE incident = ? ORDER BY one, other, kind",  # noqa: S608 - layers are ours
            (incident_id,),
        )
        return [
            link_of(row, seen[row["one"]], seen[row["other"]])
            for row in rows
            if row["one"] in seen and row["other"] in seen
        ]

    def proposals(self, incident_id: str) -> list[ProposalRow]:
        """Proposed findings on an incident, for readers of the whole of it."""
        rows = self.tables.select(
            f"""SELECT * FROM {self.layer}proposals
                WHERE incident = ? AND {SEEN_AT_ONCE} ORDER BY clause, party""",  # noqa: S608 - constants of ours
            (incident_id,),
        )
        return [proposal_of(row) for row in rows]

    def proposals_between(
        self, from_us: int, until_us: int, layer: str | None = None
    ) -> list[ProposalRow]:
        """Proposed findings on incidents of a layer, this view's own unless said, in a span."""
        layer = self.layer if layer is None else layer
        rows = self.tables.select(
            f"""SELECT p.* FROM {layer}proposals p JOIN {layer}incidents i ON i.id = p.incident
               WHERE i.from_us < ? AND i.until_us > ? AND visible_to(p.audience, 0)
               ORDER BY p.incident, p.clause, p.party""",  # noqa: S608 - layers are ours
            (until_us, from_us),
        )
        return [proposal_of(row) for row in rows]

    # Acts, entries, files

    def events(self) -> list[Event]:
        """Acts of coordination that may be seen, in ledger order."""
        return events_in(self.tables, SEEN_AT_ONCE)

    def complaints(self) -> tuple[Complaint, ...]:
        """Complaints with their clocks, for both sides: the receipt of each went to both."""
        charter = charter_of(self.tables)
        if charter is None or not may_read(self.reader, ALL):
            return ()
        filed = filed_complaints(self.tables, charter)
        due_us = charter.reply_hours * HOUR_US
        return fold_complaints(filed, events_in(self.tables), self.as_of_us, due_us)

    def complaint(self, number: str) -> Complaint | None:
        """One complaint by its number."""
        return next((one for one in self.complaints() if one.number == number), None)

    def windows(self) -> tuple[Window, ...]:
        """Windows of silence, with every act on them, legal or refused."""
        charter = charter_of(self.tables)
        if charter is None:
            return ()
        return fold_windows(self.events(), self.as_of_us, parties=charter.party_codes)

    def window(self, number: str) -> Window | None:
        """One window by its number."""
        return next((one for one in self.windows() if one.number == number), None)

    def acts(self, prefix: str) -> list[ActRow]:
        """Acts whose kind begins with a prefix and that may be seen, in ledger order."""
        rows = self.tables.select(
            f"SELECT * FROM events WHERE substr(kind, 1, ?) = ? AND {SEEN_AT_ONCE} ORDER BY entry",  # noqa: S608 - constant of ours
            (len(prefix), prefix),
        )
        return [
            ActRow(
                entry=row["entry"],
                kind=row["kind"],
                actor=row["on_behalf_of"] or (CENTRE if row["author"] == "desk" else row["author"]),
                at_us=row["at_us"],
                payload=str(row["payload"]).encode(),
            )
            for row in rows
        ]

    def numbered(self, *kinds: str) -> list[int]:
        """Entries of the centre's own acts of some kinds, whoever may read what they say.

        Numbers are counted over all of them: a reader who sees fewer must not count otherwise.
        """
        marks = ", ".join("?" * len(kinds))
        rows = self.tables.select(
            f"""SELECT entry FROM entries WHERE kind IN ({marks}) AND author = 'desk'
                AND on_behalf_of = '' ORDER BY entry""",  # noqa: S608 - marks are ours
            kinds,
        )
        return [row["entry"] for row in rows]

    def entries(self, start: int, stop: int) -> list[EntryRow]:
        """Entries of the log, which anyone with a seat may read: ids and codes, no content."""
        rows = self.tables.select(
            f"""SELECT * FROM entries WHERE entry >= ? AND entry < ? AND {SEEN_AT_ONCE}
                ORDER BY entry""",  # noqa: S608 - constant of ours
            (start, stop),
        )
        return [
            EntryRow(
                index=row["entry"],
                leaf=row["leaf"],
                kind=row["kind"],
                author=row["author"],
                on_behalf_of=row["on_behalf_of"],
                claimed_us=row["claimed_us"],
                audience=row["compartment"],
                payload=row["payload"],
            )
            for row in rows
        ]

    def unreadables(self, limit: int = 100) -> list[UnreadableRow]:
        """Rows that were not understood, newest first."""
        rows = self.tables.select(
            f"SELECT * FROM unreadables WHERE {SEEN_AT_ONCE} ORDER BY entry DESC, row LIMIT ?",  # noqa: S608 - constant of ours
            (limit,),
        )
        return [
            UnreadableRow(
                id=f"{row['entry']}#{row['row']}",
                source=row["source"],
                line=row["line"],
                reason=row["reason"],
                raw=bytes.fromhex(row["raw"]),
            )
            for row in rows
        ]

    def files(self, limit: int = 1_000) -> list[FileRow]:
        """Files that were taken in, newest first."""
        rows = self.tables.select(
            f"SELECT * FROM files WHERE {SEEN_AT_ONCE} ORDER BY entry DESC LIMIT ?",  # noqa: S608 - constant of ours
            (limit,),
        )
        return [
            FileRow(
                entry=row["entry"],
                source=row["source"],
                name=row["name"],
                owner=row["owner"],
                rows=row["rows"],
                unreadable=row["unreadable"],
                complete=bool(row["complete"]),
                known_us=row["known_us"],
            )
            for row in rows
        ]


def _finest(table: str, condition: str) -> str:
    """Rows that meet a condition and may be seen; the coarse one only where the full one may not.

    The full row counts even where it does not meet the condition: a coarse row touches a whole day,
    and must not stand in for a full one that does not touch the hour asked about.
    """
    return f"""SELECT * FROM {table} AS c WHERE {condition} AND {SEEN}
        AND (grain = 'full' OR NOT EXISTS (
            SELECT 1 FROM {table} AS f
            WHERE (f.entry, f.row, f.grain) = (c.of_entry, c.of_row, 'full')
            AND visible_to(f.audience, f.visible_from_us)))
        ORDER BY entry, row"""  # noqa: S608 - names and conditions are ours


def _claim(row: sqlite3.Row) -> ClaimRow:
    return ClaimRow(claim=read_claim(row), coarse=row["grain"] == COARSE, source=row["source"])
