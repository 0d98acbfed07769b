"""A reading as `truceline-reading/1`: one object, keys in the order of docs/formats/reading.md."""

from collections.abc import Iterator, Mapping

from truceline.talks.reading.dates import Day
from truceline.talks.reading.document import Span
from truceline.talks.reading.facts import EXTRACTORS
from truceline.talks.reading.reading import (
    FORMAT,
    VERSION,
    Counted,
    Fact,
    Read,
    Reading,
    Said,
    Statement,
    Told,
)

Fields = dict[str, object]
_FACT_KINDS = ("meetings", "positions", "outcomes", "next_steps", "instruments")


def as_fields(reading: Reading) -> Fields:
    """The whole reading as plain values, ready for any writer of JSON."""
    return {
        "format": FORMAT,
        "engine": {"version": VERSION, "extractors": sorted(EXTRACTORS)},
        "documents": [_document(one, reading.problems) for one in reading.documents],
        "persons": [
            {"id": one.id, "name": one.name, "aliases": list(one.aliases), "side": one.side}
            for one in reading.persons
        ],
        "facts": [_fact(one) for one in reading.facts],
    }


def _document(one: Read, problems: Mapping[str, str]) -> Fields:
    raw = one.document.raw
    whole: Fields = {
        "file": one.document.file,
        "sha256": one.document.sha256,
        "chars": len(raw),
        "outlet": one.document.provenance.outlet,
        "url": one.document.provenance.url,
        "problem": problems.get(one.document.file),
        "reference_date": one.reference.isoformat() if one.reference else None,
        "reference_basis": one.basis,
        "segments": [
            {"start": each.span.start, "end": each.span.end, "class": each.kind}
            for each in one.segments
        ],
        "quotes": [_quote(each, raw) for each in one.quotes],
        "statements": [_statement(each, raw) for each in one.statements],
        "mentions": [{**_span(each.span, raw), "person": each.person} for each in one.mentions],
        "roles": [
            {**_span(each.span, raw), "person": each.person, "head": each.head}
            for each in one.roles
        ],
        "dates": [_day(each, raw) for each in one.days],
        "numbers": [_number(each, raw) for each in one.numbers],
    }
    for kind in _FACT_KINDS:
        whole[kind] = list(_told(one, kind, raw))
    return whole


def _span(span: Span, raw: str) -> Fields:
    return {"start": span.start, "end": span.end, "text": span.of(raw)}


def _maybe(span: Span | None, raw: str) -> Fields | None:
    return None if span is None else _span(span, raw)


def _quote(one: Said, raw: str) -> Fields:
    return {
        "id": one.id,
        **_span(one.span, raw),
        "kind": one.kind,
        "group": one.group,
        "speaker": {"ref": one.speaker, "mention": _maybe(one.mention, raw)},
        "cue": _maybe(one.cue, raw),
        "via": {"channel": one.via.channel, "span": _span(one.via.span, raw)} if one.via else None,
        "addressee": one.addressee,
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _statement(one: Statement, raw: str) -> Fields:
    return {
        "id": one.id,
        **_span(one.span, raw),
        "speaker": {"ref": one.speaker, "mention": _maybe(one.mention, raw)},
        "cue": _span(one.cue, raw),
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _day(one: Day, raw: str) -> Fields:
    return {**_span(one.span, raw), "value": one.value, "basis": one.basis, "clash": one.clash}


def _number(one: Counted, raw: str) -> Fields:
    number = one.number
    value: float | int = int(number.value) if number.value == int(number.value) else number.value
    return {
        **_span(number.span, raw),
        "value": value,
        "unit": number.unit,
        "comparator": number.comparator,
        "what": number.what,
        "attributed_to": one.attributed_to,
    }


def _told(one: Read, kind: str, raw: str) -> Iterator[Fields]:
    for told in one.facts:
        if told.proposal.kind == kind:
            yield _proposal(told, raw)


def _proposal(told: Told, raw: str) -> Fields:
    proposal = told.proposal
    return {
        **_span(proposal.span, raw),
        **proposal.fields,
        "attributed_to": told.attributed_to,
        "confidence": proposal.confidence,
        "rule": proposal.rule,
    }


def _fact(one: Fact) -> Fields:
    return {
        "slot": one.slot,
        "question": one.question,
        "status": one.status,
        "kind": one.kind,
        "variants": [
            {
                "value": variant.value,
                "evidence": [
                    {
                        "file": each.file,
                        "start": each.span.start,
                        "end": each.span.end,
                        "text": each.text,
                    }
                    for each in variant.evidence
                ],
            }
            for variant in one.variants
        ],
    }
