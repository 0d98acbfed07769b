"""Incidents, computed from the claims drawn. A cache: the same claims always give the same ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from truceline.claims.claim import Claim
from truceline.coordination.charter import Charter
from truceline.coordination.event import CENTRE, DESK
from truceline.incidents.fusing import fuse
from truceline.incidents.incident import Incident, PersonAct
from truceline.incidents.naming import incident_ids
from truceline.store import spelling
from truceline.store.drawing import charter_of
from truceline.store.filing import filed_complaints
from truceline.store.held import BEARS_ON_INCIDENTS, full_claims, newest_entry
from truceline.store.rows import COARSE, Row
from truceline.store.tables import Tables
from truceline.values.audience import ALL, PUBLIC, audience
from truceline.values.signatures import Stance


def fuse_tables(tables: Tables) -> bool:
    """Bring the incidents up to what is drawn; say whether anything had to be computed."""
    newest = newest_entry(tables, BEARS_ON_INCIDENTS)
    if tables.meta("fused_to") == newest:
        return False
    charter = charter_of(tables)
    if charter is None:
        return False
    claims = full_claims(tables)
    numbers = {
        f"C-{place:04d}": one.claim_id
        for place, one in enumerate(filed_complaints(tables, charter), start=1)
    }
    by_id = {claim.id: claim for claim in claims}
    told = _told_numbers(tables)
    numbers |= {blind: own for own, blind in told.items()}
    incidents = _named(fuse(claims, _person_acts(tables, charter), numbers=numbers), by_id, told)
    with tables.writing():
        tables.clear(("incidents", "incident_claims", "links"))
        tables.insert("incidents", (_incident_row(one, by_id, charter) for one in incidents))
        tables.insert("incident_claims", _member_rows(incidents, by_id))
        tables.insert("links", _link_rows(incidents, by_id, charter))
        tables.set_meta("fused_to", newest)
    return True


def _told_numbers(tables: Tables) -> dict[str, str]:
    """Claim → the number strangers know it by, where that is another."""
    rows = tables.select(
        "SELECT entry, row, of_entry, of_row FROM claims WHERE grain = ? AND entry <> of_entry",
        (COARSE,),
    )
    return {f"{row['of_entry']}#{row['of_row']}": f"{row['entry']}#{row['row']}" for row in rows}


def _named(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], told: Mapping[str, str]
) -> list[Incident]:
    """Name each incident after its first assertion as strangers know it.

    An incident's number is a hash that anybody can try on every entry of the log; after a watcher's
    own number it would name the entry.
    """
    firsts = [
        next(each for each in one.claims if claims[each].said.stance is Stance.ASSERTS)
        for one in incidents
    ]
    names = incident_ids(told.get(first, first) for first in firsts)
    return [replace(one, id=name) for one, name in zip(incidents, names, strict=True)]


def _person_acts(tables: Tables, charter: Charter) -> list[PersonAct]:
    """What the centre's staff decided; anybody else's such act is kept and decides nothing."""
    found: dict[int, PersonAct] = {}
    rows = tables.select(
        """SELECT entry, kind, author, on_behalf_of, payload FROM events
           WHERE kind GLOB 'incident/*' ORDER BY entry"""
    )
    verbs = {"incident/confirmed": "confirm", "incident/split": "split", "incident/undone": "undo"}
    for row in rows:
        actor = row["on_behalf_of"] or (CENTRE if row["author"] == DESK else row["author"])
        plain = msgspec.json.decode(row["payload"])
        act = PersonAct(
            entry=row["entry"],
            act=verbs.get(row["kind"], ""),
            claims=tuple(plain.get("claims", ())),
            undoes=plain.get("undoes"),
        )
        if actor in charter.staff and act.act and (act.act != "undo" or act.undoes in found):
            found[act.entry] = act
    return list(found.values())


def audience_of(incident: Incident, claims: Mapping[str, Claim], charter: Charter) -> str:
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
    readers = audience_of(incident, claims, charter)
    return {
        "id": incident.id,
        "from_us": incident.span.from_us if incident.span else None,
        "until_us": incident.span.until_us if incident.span else None,
        "place": spelling.value(incident.place),
        "acts": spelling.codes(incident.acts),
        "origins": incident.origins,
        "contradictions": spelling.codes(incident.contradictions),
        "audience": readers,
        "owner": CENTRE,
        "compartment": readers,
    }


def _member_rows(incidents: Iterable[Incident], claims: Mapping[str, Claim]) -> Iterable[Row]:
    for incident in incidents:
        for number in incident.claims:
            origin = claims[number].origin
            yield {
                "incident": incident.id,
                "entry": origin.entry,
                "row": origin.row,
                "audience": origin.audience,
                "owner": origin.owner,
                "compartment": origin.audience,
            }


def _link_rows(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], charter: Charter
) -> Iterable[Row]:
    for incident in incidents:
        readers = audience_of(incident, claims, charter)
        for link in incident.links:
            yield {
                "incident": incident.id,
                "one": link.one,
                "other": link.other,
                "kind": link.kind.value,
                "millibits": link.millibits,
                "reasons": spelling.tree(link.reasons),
                "audience": readers,
                "owner": CENTRE,
                "compartment": readers,
            }
