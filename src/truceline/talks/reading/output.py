"""A reading as `truceline-reading/1`: one object, keys in the order of docs/formats/reading.md."""

from collections.abc import Iterator, Mapping

from truceline.talks.reading.dates import Day
from truceline.talks.reading.document import Document, Span
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
from truceline.talks.reading.segment import Segment

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
    document = one.document
    whole: Fields = {
        "file": one.document.file,
        "sha256": one.document.sha256,
        "chars": len(document.raw),
        "outlet": one.document.provenance.outlet,
        "url": one.document.provenance.url,
        "problem": problems.get(one.document.file),
        "reference_date": one.reference.isoformat() if one.reference else None,
        "reference_basis": one.basis,
        "segments": [_segment(each, document) for each in one.segments],
        "quotes": [_quote(each, document) for each in one.quotes],
        "statements": [_statement(each, document) for each in one.statements],
        "mentions": [
            {**_span(each.span, document), "person": each.person} for each in one.mentions
        ],
        "roles": [
            {**_span(each.span, document), "person": each.person, "head": each.head}
            for each in one.roles
        ],
        "dates": [_day(each, document) for each in one.days],
        "numbers": [_number(each, document) for each in one.numbers],
    }
    for kind in _FACT_KINDS:
        whole[kind] = list(_told(one, kind, document))
    return whole


def _segment(one: Segment, document: Document) -> Fields:
    place = document.place(one.span)
    return {"start": place.start, "end": place.end, "class": one.kind}


def _span(span: Span, document: Document) -> Fields:
    place = document.place(span)
    return {"start": place.start, "end": place.end, "text": place.of(document.raw)}


def _maybe(span: Span | None, document: Document) -> Fields | None:
    return None if span is None else _span(span, document)


def _quote(one: Said, document: Document) -> Fields:
    return {
        "id": one.id,
        **_span(one.span, document),
        "kind": one.kind,
        "group": one.group,
        "speaker": {"ref": one.speaker, "mention": _maybe(one.mention, document)},
        "cue": _maybe(one.cue, document),
        "via": {"channel": one.via.channel, "span": _span(one.via.span, document)}
        if one.via
        else None,
        "addressee": one.addressee,
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _statement(one: Statement, document: Document) -> Fields:
    return {
        "id": one.id,
        **_span(one.span, document),
        "speaker": {"ref": one.speaker, "mention": _maybe(one.mention, document)},
        "cue": _span(one.cue, document),
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _day(one: Day, document: Document) -> Fields:
    return {**_span(one.span, document), "value": one.value, "basis": one.basis, "clash": one.clash}


def _number(one: Counted, document: Document) -> Fields:
    number = one.number
    value: float | int = int(number.value) if number.value == int(number.value) else number.value
    return {
        **_span(number.span, document),
        "value": value,
        "unit": number.unit,
        "comparator": number.comparator,
        "what": number.what,
        "attributed_to": one.attributed_to,
    }


def _told(one: Read, kind: str, document: Document) -> Iterator[Fields]:
    for told in one.facts:
        if told.proposal.kind == kind:
            yield _proposal(told, document)


def _proposal(told: Told, document: Document) -> Fields:
    proposal = told.proposal
    return {
        **_span(proposal.span, document),
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
