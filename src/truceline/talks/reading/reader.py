"""The reader: documents in, one reading out. Pure: same input and same version, same bytes."""

from collections.abc import Mapping, Sequence
from datetime import date

from truceline.talks.reading import dates
from truceline.talks.reading.align import align
from truceline.talks.reading.assembling import Assembly, Base, days_named
from truceline.talks.reading.document import Document, ingest
from truceline.talks.reading.parsing import Laid, lay_out
from truceline.talks.reading.people import People
from truceline.talks.reading.reading import Read, Reading
from truceline.talks.reading.roster import Meta, Roster
from truceline.talks.reading.segment import BODY


def read(
    documents: Mapping[str, bytes], roster: Roster | None = None, meta: Meta | None = None
) -> Reading:
    """Read coverage: file name → bytes, in the order they shall stand in the reading.

    roster: persons the user vouches for. meta: outlet, date and address of each file. Nothing is
    refused as a whole: a file that cannot be read is kept with its problem, and the rest goes on.
    """
    meta = meta or Meta()
    laid = [lay_out(ingest(name, raw, meta.of(name))) for name, raw in documents.items()]
    people = People({at: one.candidates for at, one in enumerate(laid)}, roster or Roster())
    bases = _bases(laid)
    reads = tuple(
        Assembly(one, people.mentions[at], people.persons, at + 1, bases[at]).read()
        for at, one in enumerate(laid)
    )
    return Reading(
        documents=reads,
        persons=people.persons,
        facts=align(reads, people.persons),
        problems=_problems(reads),
    )


def _bases(laid: Sequence[Laid]) -> list[Base]:
    """Each document's reference date: given by the user, else derived from the whole set."""
    every = [days_named(one) for one in laid]
    around = _around(laid, every)
    bases = []
    for one, mine in zip(laid, every, strict=True):
        given = one.document.provenance.published
        if given is not None:
            bases.append(Base(day=given, basis="given", around=given))
            continue
        derived = dates.reference(mine, around)
        basis = f"derived from weekday and date of {around}" if derived else "none"
        bases.append(Base(day=derived, basis=basis, around=around))
    return bases


def _around(laid: Sequence[Laid], every: Sequence[Sequence[dates.Named]]) -> date | None:
    derived = dates.anchor(every)
    given = [one.document.provenance.published for one in laid]
    known = sorted(day for day in given if day is not None)
    return derived or (known[len(known) // 2] if known else None)


def _problems(reads: Sequence[Read]) -> dict[str, str]:
    """Files of which nothing could be read, copies of another, and files without an article."""
    out: dict[str, str] = {}
    seen: dict[str, Document] = {}
    for one in reads:
        document = one.document
        if document.problem:
            out[document.file] = document.problem
        elif document.sha256 in seen:
            out[document.file] = "copy"
        elif not any(segment.kind == BODY for segment in one.segments):
            out[document.file] = "no_article"
        seen.setdefault(document.sha256, document)
    return out
