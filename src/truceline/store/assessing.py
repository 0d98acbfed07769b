"""Proposed findings, computed from the incidents. A cache, like the incidents themselves.

An incident is judged anew only if something its proposals rest on has changed: its claims, the
terms, or a record the terms' prohibitions read. A fingerprint of all of these says so, and stands
in a table of its own, so that judging piece by piece and judging at once give the same rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from truceline.assessment.casing import case_of
from truceline.assessment.proposing import Findings, Proposal, bodies_of, propose
from truceline.assessment.wording import proposal as sentence
from truceline.claims.claim import Claim
from truceline.coordination.charter import Charter
from truceline.coordination.complaints import Complaint
from truceline.coordination.complaints import fold as fold_complaints
from truceline.coordination.register import records
from truceline.coordination.windows import fold as fold_windows
from truceline.incidents.incident import Incident
from truceline.ledger.log import Log
from truceline.store import spelling
from truceline.store.drawing import charter_of
from truceline.store.filing import events_in, filed_complaints
from truceline.store.fusing import audience_of, is_hidden
from truceline.store.held import (
    BEARS_ON_PROPOSALS,
    agreement_of,
    full_claims,
    newest_entry,
    newest_us,
    read_incidents,
)
from truceline.store.rows import Row
from truceline.store.shown import ProposalRow
from truceline.store.tables import TOLD, WHOLE, Tables
from truceline.terms.agreement import Agreement
from truceline.terms.case import Case
from truceline.terms.document import Power, Require
from truceline.terms.register import Record
from truceline.terms.wording import lines
from truceline.values.audience import CENTRE
from truceline.values.canonical import sha256_hex
from truceline.values.instant import HOUR_US
from truceline.values.texts import LANGUAGES

# Records that reach into any clause, whatever it names.
_ALWAYS = frozenset({"suspend", "resume", "exercise_effect", "terminate", "waive", "verdict"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """What incidents are judged by, at the newest entry's own time, never by a clock."""

    charter: Charter
    agreement: Agreement
    register: Sequence[Record]
    known_at_us: int
    admitted: Mapping[str, tuple[str, ...]]

    def propose(
        self, incidents: Sequence[Incident], claims: Mapping[str, Claim], *, brief: bool = False
    ) -> list[Proposal]:
        return propose(
            self.agreement,
            incidents,
            claims,
            self.register,
            self.known_at_us,
            mode=self.charter.mode,
            found=Findings(admitted=self.admitted),
            brief=brief,
        )

    def basis(self) -> str:
        """A digest of everything but the incident that a proposal rests on."""
        read = [record for record in self.register if record.type not in self._for_duties()]
        plain = [self.agreement.sha256, self.charter.mode.value, [repr(record) for record in read]]
        return sha256_hex(spelling.tree(plain).encode())

    def _for_duties(self) -> frozenset[str]:
        """Record types that only obligations and powers read."""
        duties, others = set[str](), set(_ALWAYS)
        plain = msgspec.to_builtins(self.agreement.doc)
        for clause in self.agreement.clauses():
            named = duties if isinstance(clause, Require | Power) else others
            named |= set(_records_named(msgspec.to_builtins(clause)))
        for key in ("anchors", "exemptions", "readings"):
            others |= set(_records_named(plain[key]))
        return frozenset(duties - others)


def assess_tables(tables: Tables, log: Log) -> bool:
    """Bring the proposed findings up to what is drawn; say whether anything had to be judged."""
    newest = newest_entry(tables, BEARS_ON_PROPOSALS)
    if tables.meta("assessed_to") == newest:
        return False
    done = [_assess(tables, log, layer) for layer in (WHOLE, TOLD)]
    if not all(done):
        return False
    tables.set_meta("assessed_to", newest)
    return True


def _assess(tables: Tables, log: Log, layer: str) -> bool:
    with tables.reading():
        bench = _bench(tables, log, layer)
        incidents = read_incidents(tables, layer=layer)
        claims = {claim.id: claim for claim in full_claims(tables)}
        judged = tables.select(f"SELECT * FROM {layer}judged")  # noqa: S608 - layers are ours
    if bench is None:
        return False
    incidents = [one for one in incidents if layer == WHOLE or not _is_sighting(one, claims)]
    basis = bench.basis()
    now = {one.id: _fingerprint(one, basis, bench.admitted.get(one.id, ())) for one in incidents}
    before = {row["incident"]: row["fingerprint"] for row in judged}
    changed = [one for one in incidents if before.get(one.id) != now[one.id]]
    gone = [number for number in before if before[number] != now.get(number)]
    found = bench.propose(changed, claims, brief=True)
    readers = {one.id: audience_of(one, claims, bench.charter) for one in changed}
    with tables.writing():
        for table in (f"{layer}proposals", f"{layer}judged"):
            # Also what another reader may have judged since: the rows are the same either way.
            tables.remove(table, "incident", {*gone, *readers})
        tables.insert(f"{layer}proposals", (_proposal_row(one, readers) for one in found))
        tables.insert(f"{layer}judged", (_judged_row(one.id, now, readers) for one in changed))
    return True


def _is_sighting(incident: Incident, claims: Mapping[str, Claim]) -> bool:
    """Whether monitors' reports stand here by cell and day: nothing a verdict could speak of."""
    return is_hidden(claims[incident.claims[0]])


def explain_incident(
    tables: Tables, log: Log, incident_id: str, layer: str = WHOLE
) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Why each proposal on an incident is what it is: (clause, party) → language → lines.

    Worked out anew from the same rows, so it says what the proposals say.
    """
    bench = _bench(tables, log, layer)
    if bench is None:
        return {}
    claims = {claim.id: claim for claim in full_claims(tables, incident_id, layer)}
    return {
        (one.clause, one.party or ""): {
            language: _explained(one, bench.agreement, language) for language in LANGUAGES
        }
        for one in bench.propose(read_incidents(tables, incident_id, layer), claims)
    }


def propose_as_of(
    tables: Tables,
    log: Log,
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    known_by_us: int | None,
) -> list[Proposal]:
    """What is proposed on incidents as told, from what was known by an instant, or by now.

    incidents: outlined from these very claims.
    """
    bench = _bench(tables, log, TOLD, known_by_us)
    return [] if bench is None else bench.propose(incidents, claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The incidents on record as the terms would be asked about them, and what they are read by.

    number: how many incidents there are; cases: incident → its case, made one at a time; those of
    which nobody says when, or that nobody asserts, make none.
    """

    number: int
    cases: Iterator[tuple[str, Case]]
    register: Sequence[Record]
    known_at_us: int


def recorded_register(tables: Tables, log: Log) -> tuple[Agreement, Sequence[Record]] | None:
    """The terms in force and all the register holds; None where the terms are not held here."""
    bench = _bench(tables, log, WHOLE)
    return None if bench is None else (bench.agreement, bench.register)


def recorded_cases(tables: Tables, log: Log, layer: str = WHOLE) -> Recorded | None:
    """Every incident as a case, for whoever judges them by other terms than those in force.

    None where the terms in force are not held here.
    """
    bench = _bench(tables, log, layer)
    if bench is None:
        return None
    incidents = read_incidents(tables, layer=layer)
    claims = {claim.id: claim for claim in full_claims(tables)}
    bodies = bodies_of(bench.agreement)
    made = (
        (one.id, case_of(one, claims, bodies, admitted=bench.admitted.get(one.id, ())))
        for one in incidents
    )
    return Recorded(
        number=len(incidents),
        cases=((name, case) for name, case in made if isinstance(case, Case)),
        register=bench.register,
        known_at_us=bench.known_at_us,
    )


def register_now(tables: Tables, log: Log) -> tuple[Record, ...]:
    """The register the terms are read against, at the newest entry; empty where none is held."""
    bench = _bench(tables, log, WHOLE)
    return () if bench is None else tuple(bench.register)


def proposal_row(one: Proposal) -> ProposalRow:
    """A proposal as a view gives it back."""
    return ProposalRow(
        incident=one.incident_id,
        clause=one.clause,
        party=one.party,
        verdict=one.verdict.value,
        belief_bp=one.belief_bp,
        plausibility_bp=one.plausibility_bp,
        as_alleged=one.as_alleged.value,
        level=one.level.value,
        missing=tuple(str(code) for code in one.result.missing),
    )


def _bench(tables: Tables, log: Log, layer: str, known_by_us: int | None = None) -> _Bench | None:
    charter, agreement = charter_of(tables), agreement_of(tables, log)
    if charter is None or agreement is None:
        return None
    known_at_us = newest_us(tables) if known_by_us is None else known_by_us
    events, filed = events_in(tables), filed_complaints(tables, charter)
    if known_by_us is not None:
        events = [event for event in events if event.at_us < known_by_us]
        filed = [one for one in filed if one.known_us < known_by_us]
    complaints = fold_complaints(filed, events, known_at_us, charter.reply_hours * HOUR_US)
    windows = fold_windows(events, known_at_us, parties=charter.party_codes)
    zones = tuple(agreement.doc.geometry)
    return _Bench(
        charter=charter,
        agreement=agreement,
        register=records(events, complaints, windows, zones=zones, now_us=known_at_us),
        known_at_us=known_at_us,
        admitted=_admitted(tables, complaints, layer),
    )


def _admitted(
    tables: Tables, complaints: Sequence[Complaint], layer: str
) -> dict[str, tuple[str, ...]]:
    """Incident → the parties that accepted a complaint about it in their answer."""
    found: dict[str, tuple[str, ...]] = {}
    for complaint in complaints:
        accepted = {answer.party for answer in complaint.answers if answer.stance == "accepts"}
        entry, _, row = complaint.claim_id.partition("#")
        if accepted:
            for member in tables.select(
                f"SELECT incident FROM {layer}incident_claims WHERE entry = ? AND row = ?",  # noqa: S608 - layers are ours
                (int(entry), int(row)),
            ):
                held = found.get(member["incident"], ())
                found[member["incident"]] = tuple(sorted({*held, *accepted}))
    return found


def _fingerprint(incident: Incident, basis: str, admitted: tuple[str, ...]) -> str:
    place = spelling.value(incident.place)
    plain = [
        basis,
        admitted,
        incident.id,
        incident.claims,
        place,
        repr(incident.span),
        incident.acts,
    ]
    return sha256_hex(spelling.tree(plain).encode())


def _records_named(plain: object) -> Iterator[str]:
    """Every record type named anywhere in a part of an agreement."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key in ("record", "type") and isinstance(value, str):
                yield value
            elif key == "verified_by" and value:
                yield "verify"
            else:
                yield from _records_named(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _records_named(value)


def _explained(proposal: Proposal, agreement: Agreement, language: str) -> list[str]:
    """What is proposed in one sentence, then how the terms came to it, a line per question."""
    article = agreement.article_of(proposal.clause).number
    heading = sentence(
        proposal.verdict.value, article, language, as_alleged=proposal.as_alleged.value
    )
    return [heading, *lines(proposal.result, agreement, language)[1:]]


def _judged_row(incident: str, now: Mapping[str, str], readers: Mapping[str, str]) -> Row:
    return {
        "incident": incident,
        "fingerprint": now[incident],
        "audience": readers[incident],
        "owner": CENTRE,
        "compartment": readers[incident],
    }


def _proposal_row(proposal: Proposal, readers: Mapping[str, str]) -> Row:
    return {
        "incident": proposal.incident_id,
        "clause": proposal.clause,
        "party": proposal.party or "",
        "verdict": proposal.verdict.value,
        "belief_bp": proposal.belief_bp,
        "plausibility_bp": proposal.plausibility_bp,
        "as_alleged": proposal.as_alleged.value,
        "level": proposal.level.value,
        "missing": spelling.codes(tuple(str(one) for one in proposal.result.missing)),
        "audience": readers[proposal.incident_id],
        "owner": CENTRE,
        "compartment": readers[proposal.incident_id],
    }
