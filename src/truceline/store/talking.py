"""Rows as the talks room reads them: what was said of texts, instruments and understandings."""

import sqlite3

from truceline.coordination.event import CENTRE, DESK
from truceline.store.view import SEEN_AT_ONCE, View
from truceline.talks.act import Act
from truceline.talks.acts import PAYLOADS, Payload, read
from truceline.talks.errors import BadTalk


def talk_acts(view: View) -> list[Act]:
    """Acts of the talks that this reader may read, in ledger order.

    One whose payload no code can read comes without it, and moves nothing.
    """
    marks = ", ".join("?" * len(PAYLOADS))
    rows = view.tables.select(
        f"SELECT * FROM events WHERE kind IN ({marks}) AND {SEEN_AT_ONCE} ORDER BY entry",  # noqa: S608 - marks and conditions are ours
        tuple(PAYLOADS),
    )
    return [_act(row) for row in rows]


def _act(row: sqlite3.Row) -> Act:
    author, behalf = str(row["author"]), str(row["on_behalf_of"])
    return Act(
        entry=row["entry"],
        kind=row["kind"],
        actor=behalf or (CENTRE if author == DESK else author),
        at_us=row["at_us"],
        payload=_payload(row),
        borrowed=bool(behalf) and author not in {behalf, DESK, CENTRE},
    )


def _payload(row: sqlite3.Row) -> Payload | None:
    try:
        return read(row["kind"], str(row["payload"]).encode())
    except BadTalk:
        return None
