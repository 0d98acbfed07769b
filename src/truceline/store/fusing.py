"""Incidents, computed from the claims drawn. A cache: the same claims always give the same ones.

Twice over (docs/adr/0091). *Whole*: from everything, for the centre's staff. *Told*: for everybody
else, from what is not hidden, so that nothing a monitor hands in moves an incident a party reads;
monitors' reports stand beside, grouped by what strangers are told of them and nothing more.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from truceline.claims.claim import Claim
from truceline.coordination.charter import Charter
from truceline.coordination.event import CENTRE, DESK
from truceline.incidents.describing import acts_of
from truceline.incidents.fusing import fuse
from truceline.incidents.incident import Incident, PersonAct
from truceline.incidents.naming import incident_ids
from truceline.store import spelling
from truceline.store.drawing import charter_of
from truceline.store.filing import filed_complaints
from truceline.store.held import BEARS_ON_INCIDENTS, full_claims, newest_entry
from truceline.store.rows import COARSE, Row
from truceline.store.tables import TOLD, WHOLE, Tables
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
    hidden = {claim.id for claim in claims if is_hidden(claim)}
    acts = _person_acts(tables, charter)
    fused = fuse(claims, acts, numbers=numbers)
    whole = _named(fused, by_id, _Names(told=told, hidden=hidden))
    layers = {WHOLE: whole, TOLD: whole}
    if hidden:
        shown = [claim for claim in claims if claim.id not in hidden]
        alone = fuse(shown, _open_acts(acts, hidden), numbers=numbers)
        layers[TOLD] = _named(alone, by_id, _Names(told=told, hidden=hidden))
        layers[TOLD] += _sightings(tables, by_id, hidden)
    with tables.writing():
        for layer, incidents in layers.items():
            _write(tables, layer, incidents, by_id, charter)
        tables.set_meta("fused_to", newest)
    return True


def is_hidden(claim: Claim) -> bool:
    """Whether a claim is shown to parties by cell and day alone: a monitor's or sensor's own."""
    return not claim.origin.interested and claim.origin.audience not in (ALL, PUBLIC)


def _write(
    tables: Tables,
    layer: str,
    incidents: Sequence[Incident],
    by_id: Mapping[str, Claim],
    charter: Charter,
) -> None:
    names = [f"{layer}{name}" for name in ("incidents", "incident_claims", "links")]
    tables.clear(names)
    tables.insert(names[0], (_incident_row(one, by_id, charter) for one in incidents))
    tables.insert(names[1], _member_rows(incidents, by_id))
    tables.insert(names[2], _link_rows(incidents, by_id, charter))


def _open_acts(acts: Sequence[PersonAct], hidden: Container[str]) -> list[PersonAct]:
    """Decisions that name nothing hidden: any other would tell of it by what it joins."""
    closed = {act.entry for act in acts if any(number in hidden for number in act.claims)}
    return [act for act in acts if act.entry not in closed and act.undoes not in closed]


def _sightings(
    tables: Tables, claims: Mapping[str, Claim], hidden: Container[str]
) -> list[Incident]:
    """What monitors assert, grouped by all a stranger is told: the act, the cell and the days."""
    rows = tables.select(
        """SELECT of_entry, of_row, act, place, from_us, until_us FROM claims
           WHERE grain = ? AND stance = ? ORDER BY of_entry, of_row""",
        (COARSE, Stance.ASSERTS.value),
    )
    groups: dict[str, list[str]] = {}
    for row in rows:
        number = f"{row['of_entry']}#{row['of_row']}"
        if number in hidden:
            alike = [row["act"], row["place"], row["from_us"], row["until_us"]]
            groups.setdefault(spelling.tree(alike), []).append(number)
    names = incident_ids(f"sighting {alike}" for alike in sorted(groups))
    return [
        Incident(
            id=name,
            claims=tuple(groups[alike]),
            links=(),
            span=None,
            place=None,
            acts=acts_of([claims[number] for number in groups[alike]]),
            origins=len({claims[number].source_key for number in groups[alike]}),
            contradictions=(),
        )
        for name, alike in zip(names, sorted(groups), strict=True)
    ]


def _told_numbers(tables: Tables) -> dict[str, str]:
    """Claim → the number strangers know it by, where that is another."""
    rows = tables.select(
        "SELECT entry, row, of_entry, of_row FROM claims WHERE grain = ? AND entry <> of_entry",
        (COARSE,),
    )
    return {f"{row['of_entry']}#{row['of_row']}": f"{row['entry']}#{row['row']}" for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """told: claim → the number strangers know it by, where that is another; hidden: monitors'."""

    told: Mapping[str, str]
    hidden: Container[str]


def _named(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], names: _Names
) -> list[Incident]:
    """Name each incident after its first assertion that is not hidden, so both layers name alike.

    Where all are hidden, after the first as strangers know it: an incident's number is a hash that
    anybody can try on every entry of the log; after a watcher's own number it would name the entry.
    """
    firsts = []
    for one in incidents:
        told = [each for each in one.claims if claims[each].said.stance is Stance.ASSERTS]
        firsts.append(next((each for each in told if each not in names.hidden), told[0]))
    ids = incident_ids(names.told.get(first, first) for first in firsts)
    return [replace(one, id=name) for one, name in zip(incidents, ids, strict=True)]


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
