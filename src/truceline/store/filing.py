"""Rows as the coordination room reads them: complaints that were filed, and acts in order."""

import sqlite3
from collections.abc import Iterable

import msgspec

from truceline.coordination.acts import PAYLOADS
from truceline.coordination.charter import Charter
from truceline.coordination.complaints import Filed
from truceline.coordination.event import Event
from truceline.store import spelling
from truceline.store.rows import FULL
from truceline.store.tables import Tables
from truceline.values.signatures import Stance


def events_in(tables: Tables, seen: str = "1") -> list[Event]:
    """Acts of coordination, in ledger order; those not seen (SQL of ours) come without payload.

    They still come, because numbers are counted over all of them: a reader who sees fewer windows
    must not call them by other numbers. So do acts whose payload is withheld or erased.
    """
    rows = tables.select(
        f"""SELECT entry, kind, author, on_behalf_of, at_us, payload, ({seen}) AS seen FROM events
            UNION ALL SELECT entry, kind, author, on_behalf_of, claimed_us, '', 0 FROM entries
            WHERE payload NOT IN ('none', 'held', 'unheeded') ORDER BY entry"""  # noqa: S608 - conditions are ours
    )
    return [_event(row) for row in rows if row["kind"] in PAYLOADS]


def filed_complaints(tables: Tables, charter: Charter) -> list[Filed]:
    """Every complaint ever filed, in ledger order: its place in this list is its number.

    A complaint that names nobody is against every other party. One that is erased keeps its number:
    it stands here without its words, against nobody.
    """
    rows = tables.select(
        """SELECT * FROM claims
           WHERE source = 'complaint' AND grain = ? AND stance = ? AND about = ''
           ORDER BY entry, row""",
        (FULL, Stance.ASSERTS.value),
    )
    filed = [_filed(row, charter.party_codes) for row in rows]
    return sorted([*filed, *_erased(tables)], key=lambda one: one.entry)


def _erased(tables: Tables) -> list[Filed]:
    rows = tables.select(
        """SELECT e.entry, e.owner, e.complaints, n.claimed_us FROM erased AS e
           JOIN entries AS n ON n.entry = e.entry WHERE e.complaints > 0 ORDER BY e.entry"""
    )
    return [
        Filed(
            claim_id=f"{row['entry']}#{number}",
            entry=row["entry"],
            owner=row["owner"],
            against=(),
            known_us=row["claimed_us"],
        )
        for row in rows
        for number in range(1, row["complaints"] + 1)
    ]


def _filed(row: sqlite3.Row, parties: Iterable[str]) -> Filed:
    accused = spelling.read_codes(row["accused"])
    return Filed(
        claim_id=f"{row['entry']}#{row['row']}",
        entry=row["entry"],
        owner=row["owner"],
        against=accused or tuple(party for party in parties if party != row["owner"]),
        known_us=row["known_us"],
        wording=row["wording"],
    )


def _payload(row: sqlite3.Row) -> msgspec.Struct:
    return msgspec.json.decode(row["payload"], type=PAYLOADS[row["kind"]])


def _event(row: sqlite3.Row) -> Event:
    return Event(
        entry=row["entry"],
        kind=row["kind"],
        author=row["author"],
        on_behalf_of=row["on_behalf_of"] or None,
        at_us=row["at_us"],
        known_us=row["at_us"],
        payload=_payload(row) if row["seen"] else None,
    )
