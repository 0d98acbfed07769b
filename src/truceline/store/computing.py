"""What the model computes from the drawn rows: incidents, and proposed findings on them.

Both are caches. They are computed again whole when an entry that bears on them was drawn, and the
same rows always give the same incidents and proposals, in whatever order they arrived.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from truceline.assessment.proposing import Proposal, propose
from truceline.claims.claim import Claim
from truceline.coordination.adopted import TermsAdopted
from truceline.coordination.charter import Charter
from truceline.coordination.complaints import fold as fold_complaints
from truceline.coordination.register import records
from truceline.coordination.windows import fold as fold_windows
from truceline.incidents.fusing import fuse
from truceline.incidents.incident import Incident, PersonAct
from truceline.ledger.entry import PayloadRef
from truceline.ledger.log import Log
from truceline.ledger.seal import unwrap
from truceline.store import spelling
from truceline.store.drawing import charter_of
from truceline.store.filing import events_in, filed_complaints
from truceline.store.rows import FULL, Row, read_claim
from truceline.store.tables import Tables
from truceline.terms.agreement import Agreement
from truceline.terms.loading import load
from truceline.terms.register import Record
from truceline.terms.wording import explain
from truceline.values.audience import ALL, PUBLIC, audience
from truceline.values.instant import HOUR_US
from truceline.values.texts import LANGUAGES

_BEARS_ON_INCIDENTS = ("report/taken", "incident/", "centre/", "model/")
_BEARS_ON_PROPOSALS = (*_BEARS_ON_INCIDENTS, "terms/", "register/", "window/", "complaint/")


def fuse_tables(tables: Tables) -> bool:
    """Bring the incidents up to what is drawn; say whether anything had to be computed."""
    if not _behind(tables, "fused_to", _BEARS_ON_INCIDENTS):
        return False
    charter = charter_of(tables)
    if charter is None:
        return False
    claims = full_claims(tables)
    incidents = fuse(claims, _person_acts(tables))
    by_id = {claim.id: claim for claim in claims}
    with tables.writing():
        tables.clear(("incidents", "incident_claims", "links"))
        tables.insert("incidents", (_incident_row(one, by_id, charter) for one in incidents))
        tables.insert("incident_claims", _member_rows(incidents))
        tables.insert("links", _link_rows(incidents))
        _note(tables, "fused_to", _BEARS_ON_INCIDENTS)
    return True


def assess_tables(tables: Tables, log: Log) -> bool:
    """Bring the proposed findings up to what is drawn; say whether anything had to be computed.

    Everything is judged as known at the newest entry's own time, never by a clock, so that the
    same record always gives the same proposals.
    """
    if not _behind(tables, "assessed_to", _BEARS_ON_PROPOSALS):
        return False
    charter, agreement = charter_of(tables), agreement_of(tables, log)
    if charter is None or agreement is None:
        return False
    known_at_us = newest_us(tables)
    claims = {claim.id: claim for claim in full_claims(tables)}
    incidents = read_incidents(tables)
    register = _register(tables, charter, known_at_us, tuple(agreement.doc.geometry))
    found = propose(agreement, incidents, claims, register, known_at_us, mode=charter.mode)
    readers = {one.id: _audience_of(one, claims, charter) for one in incidents}
    with tables.writing():
        tables.clear(("proposals",))
        tables.insert("proposals", (_proposal_row(one, agreement, readers) for one in found))
        _note(tables, "assessed_to", _BEARS_ON_PROPOSALS)
    return True


def full_claims(tables: Tables) -> list[Claim]:
    """Every claim held, at full grain: what the model fuses, whoever may read it."""
    rows = tables.db.execute("SELECT * FROM claims WHERE grain = ? ORDER BY entry, row", (FULL,))
    return [read_claim(row) for row in rows]


def read_incidents(tables: Tables) -> list[Incident]:
    """The incidents as computed, without their links: enough to judge them."""
    members: dict[str, list[str]] = {}
    for row in tables.db.execute("SELECT * FROM incident_claims ORDER BY incident, entry, row"):
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
        for row in tables.db.execute("SELECT * FROM incidents ORDER BY id")
    ]


def agreement_of(tables: Tables, log: Log) -> Agreement | None:
    """The terms in force: the newest adopted whose text and files are held here."""
    found = tables.select(
        "SELECT payload FROM events WHERE kind = 'terms/adopted' ORDER BY entry DESC LIMIT 1"
    )
    if not found:
        return None
    adopted = msgspec.json.decode(found[0]["payload"], type=TermsAdopted)
    files: dict[str, bytes] = {}
    for name, ref in adopted.files.items():
        blob = log.blob(ref.blob)
        if blob is None:
            return None
        files[name] = unwrap(
            blob, PayloadRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
        )
    return load(adopted.text.encode(), adopted.name, files).agreement


def newest_us(tables: Tables) -> int:
    """The time the newest entry claims: the record's own idea of now."""
    return int(tables.select("SELECT coalesce(max(claimed_us), 0) AS at FROM entries")[0]["at"])


def _register(
    tables: Tables, charter: Charter, now_us: int, zones: Collection[str]
) -> Sequence[Record]:
    events = events_in(tables)
    complaints = fold_complaints(
        filed_complaints(tables, charter), events, now_us, charter.reply_hours * HOUR_US
    )
    windows = fold_windows(events, now_us, parties=charter.party_codes)
    return records(events, complaints, windows, zones=zones, now_us=now_us)


def _person_acts(tables: Tables) -> list[PersonAct]:
    found: list[PersonAct] = []
    rows = tables.select(
        "SELECT entry, kind, payload FROM events WHERE kind GLOB 'incident/*' ORDER BY entry"
    )
    verbs = {"incident/confirmed": "confirm", "incident/split": "split", "incident/undone": "undo"}
    for row in rows:
        plain = msgspec.json.decode(row["payload"])
        found.append(
            PersonAct(
                entry=row["entry"],
                act=verbs[row["kind"]],
                claims=tuple(plain.get("claims", ())),
                undoes=plain.get("undoes"),
            )
        )
    return found


def _behind(tables: Tables, mark: str, kinds: Iterable[str]) -> bool:
    return tables.meta(mark) != _last(tables, kinds)


def _note(tables: Tables, mark: str, kinds: Iterable[str]) -> None:
    tables.set_meta(mark, _last(tables, kinds))


def _last(tables: Tables, kinds: Iterable[str]) -> str:
    conditions = " OR ".join(f"kind GLOB '{kind}*'" for kind in kinds)
    row = tables.select(f"SELECT max(entry) AS at FROM entries WHERE {conditions}")[0]  # noqa: S608 - kinds are ours
    return str(row["at"])


def _audience_of(incident: Incident, claims: Mapping[str, Claim], charter: Charter) -> str:
    """Those who may read every claim of an incident."""
    everyone = {body.code for body in (*charter.parties, *charter.bodies)}
    readers, public = set(everyone), True
    for number in incident.claims:
        of = claims[number].origin.audience
        public = public and of == PUBLIC
        if of not in (ALL, PUBLIC):
            readers &= set(of.split("+"))
    if public:
        return PUBLIC
    return ALL if readers == everyone else audience(readers or {"NOBODY"})


def _incident_row(incident: Incident, claims: Mapping[str, Claim], charter: Charter) -> Row:
    readers = _audience_of(incident, claims, charter)
    return {
        "id": incident.id,
        "from_us": incident.span.from_us if incident.span else None,
        "until_us": incident.span.until_us if incident.span else None,
        "place": spelling.value(incident.place),
        "acts": spelling.codes(incident.acts),
        "origins": incident.origins,
        "contradictions": spelling.codes(incident.contradictions),
        "audience": readers,
        "owner": "CENTRE",
        "compartment": readers,
    }


def _member_rows(incidents: Iterable[Incident]) -> Iterable[Row]:
    for incident in incidents:
        for number in incident.claims:
            entry, row = number.split("#")
            yield {"incident": incident.id, "entry": int(entry), "row": int(row)}


def _link_rows(incidents: Iterable[Incident]) -> Iterable[Row]:
    for incident in incidents:
        for link in incident.links:
            yield {
                "incident": incident.id,
                "one": link.one,
                "other": link.other,
                "kind": link.kind.value,
                "millibits": link.millibits,
                "reasons": spelling.tree(link.reasons),
            }


def _proposal_row(proposal: Proposal, agreement: Agreement, readers: Mapping[str, str]) -> Row:
    lines = {language: explain(proposal.result, agreement, language) for language in LANGUAGES}
    return {
        "incident": proposal.incident_id,
        "clause": proposal.clause,
        "party": proposal.party or "",
        "verdict": proposal.verdict,
        "belief_bp": proposal.belief_bp,
        "plausibility_bp": proposal.plausibility_bp,
        "explanation": spelling.tree(lines),
        "missing": spelling.codes(tuple(proposal.result.missing)),
        "audience": readers[proposal.incident_id],
        "owner": "CENTRE",
        "compartment": readers[proposal.incident_id],
    }
