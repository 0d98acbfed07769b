"""One digest says that two drawings of the record are the same, row for row.

A digest is SHA-256 over each table's rows, sorted by key, in canonical JSON: never a database
file's bytes. Rows drawn from what every party may read have one digest; each compartment's rows
have their own, equal among those who hold its payloads.
"""

from collections.abc import Iterator

from truceline.store.tables import COMPUTED, DRAWN, TOLD, Tables
from truceline.values.audience import ALL, PUBLIC, may_read
from truceline.values.canonical import Json, canonical, digest_rows, sha256_hex

_KEYS = {
    "entries": "entry",
    "unheld": "entry, blob",
    "erased": "blob",
    "files": "sha256, source, owner",
    "unreadables": "entry, row",
    "claims": "entry, row, grain",
    "coverage": "entry, row, grain",
    "events": "entry",
    "incidents": "id",
    "incident_claims": "incident, entry, row",
    "links": "incident, one, other, kind",
    "judged": "incident",
    "proposals": "incident, clause, party",
}


def table_digests(tables: Tables) -> dict[str, str]:
    """The digest of every table, all compartments together: what `redraw` compares."""
    return {name: digest_rows(_rows(tables, name)) for name in (*DRAWN, *COMPUTED)}


def compartment_digests(tables: Tables) -> dict[str, str]:
    """One digest per compartment over the drawn tables; ALL and PUBLIC are the common ones."""
    return {
        compartment: sha256_hex(canonical(_drawn_digests(tables, compartment)))
        for compartment in _compartments(tables)
    }


def readable_digests(tables: Tables, reader: str) -> dict[str, dict[str, str]]:
    """Compartment → drawn table → digest, for the compartments a reader is in: what it states.

    Not of a compartment in which something is sealed to keys that are not here: a centre that took
    over is its reader by name, and still cannot say what was in it.
    """
    sealed = tables.select("SELECT DISTINCT compartment FROM unheld WHERE holding = 'withheld'")
    unread = {row["compartment"] for row in sealed}
    return {
        compartment: _drawn_digests(tables, compartment)
        for compartment in _compartments(tables)
        if may_read(reader, compartment) and compartment not in unread
    }


def _drawn_digests(tables: Tables, compartment: str) -> dict[str, str]:
    return {name: digest_rows(_rows(tables, name, compartment)) for name in DRAWN}


def common_digest(tables: Tables) -> str:
    """The digest every replica shares: rows drawn from what all may read."""
    found = compartment_digests(tables)
    parts: dict[str, Json] = {name: found.get(name, "") for name in (ALL, PUBLIC)}
    return sha256_hex(canonical(parts))


def _compartments(tables: Tables) -> list[str]:
    union = " UNION ".join(f"SELECT compartment FROM {name}" for name in DRAWN)  # noqa: S608 - names are ours
    return sorted(row["compartment"] for row in tables.select(union))


def _rows(tables: Tables, name: str, compartment: str | None = None) -> Iterator[dict[str, Json]]:
    where = "" if compartment is None else "WHERE compartment = ?"
    parameters = () if compartment is None else (compartment,)
    key = _KEYS[name.removeprefix(TOLD)]
    query = f"SELECT * FROM {name} {where} ORDER BY {key}"  # noqa: S608 - names are ours
    for row in tables.db.execute(query, parameters):
        yield dict(zip(row.keys(), tuple(row), strict=True))
