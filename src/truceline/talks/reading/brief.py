"""A brief of a reading in one language: Markdown, a source mark on every line.

What the program says is worded in the reader's language; what accounts say stands as they gave it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from truceline.talks.reading.reading import Evidence, Fact, Read, Reading
from truceline.talks.reading.wording import CODES, HEADINGS, KINDS, PROBLEMS, QUESTIONS
from truceline.talks.reading.words.party_names import PARTY_NAMES
from truceline.values.texts import Text

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DECIDED_BY_PEOPLE = frozenset({"framing", "referent"})
_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class _Page:
    language: str
    marks: Mapping[str, str]
    names: Mapping[str, str]
    sources: Mapping[str, str]

    def say(self, text: Text, *given: str) -> str:
        return text.in_(self.language).format(*given)

    def head(self, key: str) -> str:
        return HEADINGS[key].in_(self.language)

    def code(self, code: str) -> str:
        return CODES[code].in_(self.language) if code in CODES else code

    def mark(self, files: Iterable[str]) -> str:
        return "[" + ", ".join(sorted({self.marks[file] for file in files})) + "]"

    def who(self, ref: str | None) -> str:
        if ref is None:
            return self.head("unsure")
        if ref.startswith("s:"):
            words = self.sources.get(ref)
            return f"{self.head('unnamed')}: «{words}»" if words else self.head("unnamed")
        code = ref.partition(":")[2]
        if ref.startswith("party:") and code in PARTY_NAMES:
            return PARTY_NAMES[code].in_(self.language)
        words = self.sources.get(ref)
        return self.names.get(ref) or (f"«{words}»" if words else code.replace("-", " "))


def brief(reading: Reading, language: str) -> str:
    """The brief as Markdown; BadValue for a language we do not have."""
    page = _Page(
        language,
        {one.document.file: _letter(at) for at, one in enumerate(reading.documents)},
        {person.id: person.name for person in reading.persons},
        _sources(reading),
    )
    lines = [f"# {page.head('title')}", "", page.head("notice"), ""]
    for key, section in _SECTIONS.items():
        found = list(section(reading, page))
        if found or key != "problems":
            lines += [f"## {page.head(key)}", "", *(found or [page.head("nothing")]), ""]
    return "\n".join(lines)


def _sources(reading: Reading) -> dict[str, str]:
    """Each unnamed source and body by the words of its account."""
    words: dict[str, str] = {}
    for one in reading.documents:
        for ref, span in one.sources.items():
            words.setdefault(ref, " ".join(span.of(one.document.text).split()))
    return words


def _letter(at: int) -> str:
    return _LETTERS[at] if at < len(_LETTERS) else f"{_LETTERS[at % 26]}{at // 26}"


def _short(text: str) -> str:
    flat = " ".join(text.split()).replace("|", "\\|")
    return flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1].rsplit(" ", 1)[0] + " …"


def _accounts(reading: Reading, page: _Page) -> Iterator[str]:
    for one in reading.documents:
        given = one.document.provenance
        day = one.reference.isoformat() if one.reference else page.head("unknown_day")
        about = ", ".join(
            filter(None, [given.outlet, one.document.file.rsplit("/", 1)[-1], day, given.url])
        )
        yield f"* {page.mark([one.document.file])} {about} (sha256 {one.document.sha256[:12]})"


def _told(
    reading: Reading, kind: str
) -> Iterator[tuple[Read, Mapping[str, object], str, str | None]]:
    for one in reading.documents:
        for told in one.facts:
            if told.proposal.kind == kind:
                yield (
                    one,
                    told.proposal.fields,
                    told.proposal.span.of(one.document.text),
                    told.attributed_to,
                )


def _line(page: _Page, one: Read, text: str, ref: str | None) -> str:
    """What is told, after who is said to say it, with its source mark."""
    who = f"({page.who(ref)}) " if ref else ""
    return f"{who}{_short(text)} {page.mark([one.document.file])}"


def _next(reading: Reading, page: _Page) -> Iterator[str]:
    for one, fields, text, ref in _told(reading, "next_steps"):
        day = f"{fields['date']}, " if fields["date"] else ""
        said = f"{day}{page.code(str(fields['certainty']))} («{fields['word']}»)"
        yield f"* {said}: {_line(page, one, text, ref)}"


def _outcomes(reading: Reading, page: _Page) -> Iterator[str]:
    for one, fields, text, ref in _told(reading, "outcomes"):
        issue = f"{page.code(str(fields['issue']))}: " if fields["issue"] else ""
        said = f"{issue}{page.code(str(fields['outcome']))}"
        yield f"* **{said}** – {_line(page, one, text, ref)}"


def _positions(reading: Reading, page: _Page) -> Iterator[str]:
    rows = []
    for one, fields, text, _ in _told(reading, "positions"):
        holder = page.who(str(fields["party"] or fields["person"]))
        rows.append(
            (
                page.code(str(fields["issue"])),
                holder,
                page.code(str(fields["stance"])),
                _short(text),
                page.mark([one.document.file]),
            )
        )
    if rows:
        titles = [page.head(key) for key in ("issue", "party", "stance", "told")]
        yield "| " + " | ".join(titles) + " | |"
        yield "|---|---|---|---|---|"
        for row in sorted(rows):
            yield "| " + " | ".join(row) + " |"


def _meetings(reading: Reading, page: _Page) -> Iterator[str]:
    for one, fields, text, ref in _told(reading, "meetings"):
        about = [str(fields[key]) for key in ("date", "place") if fields[key]]
        head = f"{', '.join(about)}: " if about else ""
        yield f"* {head}{_line(page, one, text, ref)}"


def _instruments(reading: Reading, page: _Page) -> Iterator[str]:
    for one, fields, text, ref in _told(reading, "instruments"):
        yield f"* {page.code(str(fields['state']))}: {_line(page, one, text, ref)}"


def _delegations(reading: Reading, page: _Page) -> Iterator[str]:
    for fact in reading.facts:
        if fact.slot.startswith("delegation:"):
            yield from _variants(
                fact, page, f"**{page.who('party:' + fact.slot.partition(':')[2])}**"
            )


def _variants(fact: Fact, page: _Page, head: str) -> Iterator[str]:
    yield f"* {head}"
    for variant in fact.variants:
        value = " ".join(page.code(word) for word in variant.value.split(" "))
        marks = page.mark(each.file for each in variant.evidence)
        yield f"  * {value} {marks}{_where(variant.evidence)}"


def _where(evidence: Sequence[Evidence]) -> str:
    return f" – «{_short(evidence[0].shown)}»" if evidence else ""


def _differs(reading: Reading, page: _Page) -> Iterator[str]:
    for fact in reading.facts:
        if fact.status != "differs" or fact.kind is None:
            continue
        decided = f"; {page.head('for_a_person')}" if fact.kind in _DECIDED_BY_PEOPLE else ""
        question = page.say(QUESTIONS[fact.question], _about(fact, page))
        yield from _variants(
            fact, page, f"**{question}** ({KINDS[fact.kind].in_(page.language)}{decided})"
        )


def _about(fact: Fact, page: _Page) -> str:
    """Whom or what a slot is about, in words: the references in its name."""
    rest = fact.slot.partition(":")[2]
    if rest.startswith("p:"):
        people = ["p:" + each.split(":")[0] for each in rest.split("p:") if each]
        return ", ".join(page.names.get(each.rstrip("+"), each) for each in people)
    if fact.slot.startswith("delegation:"):
        return page.who("party:" + rest)
    return page.code(rest)


def _quotes(reading: Reading, page: _Page) -> Iterator[str]:
    for one in reading.documents:
        for quote in one.quotes:
            if quote.kind not in {"full", "partial"}:
                continue
            sure = "" if quote.confidence == "high" else " (?)"
            via = f", {page.code(quote.via.channel)}" if quote.via else ""
            text = " ".join(quote.span.of(one.document.text).split())
            yield f"* {page.who(quote.speaker)}{sure}{via}: {text} {page.mark([one.document.file])}"


def _problems(reading: Reading, page: _Page) -> Iterator[str]:
    for file, code in reading.problems.items():
        why = PROBLEMS[code].in_(page.language)
        yield f"* {page.mark([file])} {file.rsplit('/', 1)[-1]}: {why}"


_SECTIONS = {
    "next": _next,
    "outcomes": _outcomes,
    "differs": _differs,
    "positions": _positions,
    "delegations": _delegations,
    "meetings": _meetings,
    "instruments": _instruments,
    "quotes": _quotes,
    "accounts": _accounts,
    "problems": _problems,
}
