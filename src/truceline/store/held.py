"""What is held, as the model reads it: claims at full grain, incidents, the terms in force."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from truceline.claims.claim import Claim
from truceline.coordination.adopted import TermsAdopted
from truceline.incidents.incident import Incident
from truceline.ledger.log import Log
from truceline.store import spelling
from truceline.store.rows import FULL, read_claim
from truceline.store.tables import WHOLE, Tables
from truceline.terms.agreement import Agreement
from truceline.terms.loading import load

BEARS_ON_INCIDENTS = ("report/taken", "incident/", "centre/", "model/", "payload/")
BEARS_ON_PROPOSALS = (*BEARS_ON_INCIDENTS, "terms/", "register/", "window/", "complaint/")


def full_claims(tables: Tables, incident_id: str | None = None, layer: str = WHOLE) -> list[Claim]:
    """Every claim held, or those of one incident, at full grain, whoever may read it."""
    rows = tables.db.execute(
        f"""SELECT * FROM claims WHERE grain = :grain AND (:id IS NULL OR (entry, row) IN
               (SELECT entry, row FROM {layer}incident_claims WHERE incident = :id))
           ORDER BY entry, row""",  # noqa: S608 - layers are ours
        {"grain": FULL, "id": incident_id},
    )
    return [read_claim(row) for row in rows]


def read_incidents(
    tables: Tables, incident_id: str | None = None, layer: str = WHOLE
) -> list[Incident]:
    """The incidents as computed, or one of them, without links: enough to judge them."""
    members: dict[str, list[str]] = {}
    only = {"id": incident_id}
    for row in tables.db.execute(
        f"""SELECT * FROM {layer}incident_claims
            WHERE :id IS NULL OR incident = :id ORDER BY 1, 2, 3""",  # noqa: S608 - layers are ours
        only,
    ):
        members.setdefault(row["incident"], []).append(f"{row['entry']}#{row['row']}")
    return [
        Incident(
            id=row["id"],
            claims=tuple(members[row["id"]]),
            links=(),
            span=spelling.read_span_or_none(row["from_us"], row["until_us"]),
            place=spelling.read_place_or_none(row["place"]),
            acts=spelling.read_codes(row["acts"]),
            origins=row["origins"],
            contradictions=spelling.read_codes(row["contradictions"]),
        )
        for row in tables.db.execute(
            f"SELECT * FROM {layer}incidents WHERE :id IS NULL OR id = :id ORDER BY id",  # noqa: S608 - layers are ours
            only,
        )
    ]


def agreement_of(tables: Tables, log: Log) -> Agreement | None:
    """The terms in force: the newest adopted whose text and files are held here."""
    found = tables.select(
        """SELECT payload FROM events WHERE kind = 'terms/adopted' AND author = 'desk'
           ORDER BY entry DESC LIMIT 1"""
    )
    if not found:
        return None
    adopted = msgspec.json.decode(found[0]["payload"], type=TermsAdopted)
    files: dict[str, bytes] = {}
    for name, ref in adopted.files.items():
        held = log.plain(ref)
        if held is None:
            return None
        files[name] = held
    return _loaded(adopted.text, adopted.name, tuple(sorted(files.items())))


@lru_cache(maxsize=4)  # reading terms costs a third of a second, and they rarely change
def _loaded(text: str, name: str, files: tuple[tuple[str, bytes], ...]) -> Agreement:
    return load(text.encode(), name, dict(files)).agreement


def newest_us(tables: Tables) -> int:
    """The time the newest entry claims, no later than its head was signed: the record's own now."""
    row = tables.select("SELECT coalesce(max(claimed_us), 0) AS at FROM entries")[0]
    signed = tables.meta("signed_us")
    return min(int(row["at"]), int(signed)) if signed else int(row["at"])


def newest_entry(tables: Tables, kinds: Iterable[str]) -> str:
    """The newest drawn entry of such kinds, as a mark of what was worked out from.

    Read it before the rows: what another process draws in between is then worked out again, not
    passed over.
    """
    conditions = " OR ".join(f"kind GLOB '{kind}*'" for kind in kinds)
    # A slot bears on something only where rows were drawn from it; most hold nothing.
    row = tables.select(
        f"""SELECT max(entry) AS at FROM entries WHERE {conditions} OR (kind = 'report/slot'
            AND EXISTS (SELECT 1 FROM claims WHERE claims.entry = entries.entry))"""  # noqa: S608 - kinds are ours
    )[0]
    return str(row["at"])
