"""The whole reader on invented coverage."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.talks.reading.articles import COOKIES, ENGLISH, RUSSIAN, UKRAINIAN
from truceline.talks.reading import Reading, read
from truceline.talks.reading.brief import brief
from truceline.talks.reading.output import as_fields
from truceline.talks.reading.roster import meta_of, roster_of
from truceline.talks.reading.tables import table

SCHEMA = Path(__file__).parents[3] / "docs" / "formats" / "reading.schema.json"
MARKS = "“”„«»‘’\"'—"


def reading_of(*texts: str) -> Reading:
    """A reading of these texts, named a, b, c and so on."""
    return read({chr(97 + at): text.encode() for at, text in enumerate(texts)})


def said(reading: Reading, at: int = 0) -> dict[str, str | None]:
    """What each quotation's speaker is, by the quotation's first words."""
    names = {person.id: person.name for person in reading.persons}
    one = reading.documents[at]
    return {
        quote.span.of(one.document.raw): names.get(quote.speaker or "", quote.speaker)
        for quote in one.quotes
    }


def test_each_quotation_goes_to_the_one_who_said_it() -> None:
    """Inverted, going on, pronoun, accused of, unclosed, in single marks: the speaker is found."""
    found = said(reading_of(ENGLISH))
    assert found["“frank and useful,”"] == "Tomas Brandt"
    assert found["“We came here to listen,”"] == "Tomas Brandt"
    assert found["“But listening is not agreeing.”"] == "Tomas Brandt"
    assert found["“theatre”"] == "Mira Kovač"
    assert found['"Nobody has shown us a map,"'] == "Mira Kovač"
    assert found["'a trap with a ribbon'"] == "Andrii Hnatenko"


def test_nothing_between_marks_in_teasers_enters_the_record() -> None:
    """Lists of other stories hold quotations of other people."""
    assert not [text for text in said(reading_of(ENGLISH)) if "Clowns" in text or "enough" in text]
    assert not [text for text in said(reading_of(ENGLISH)) if "never said" in text]


def test_a_quotation_broken_by_a_paragraph_is_one_group() -> None:
    """The mark that opens again says that the quotation goes on."""
    one = reading_of(ENGLISH).documents[0]
    parts = [quote for quote in one.quotes if quote.group is not None]
    assert [quote.span.of(one.document.raw)[:10] for quote in parts] == ["“The mood ", "“and I do "]


@pytest.mark.parametrize(
    ("text", "quoted", "speaker"),
    [
        (UKRAINIAN, "«відвертими»", "Андрій Гнатенко"),
        (UKRAINIAN, "Нам не показали жодної карти", "Міра Ковач"),
        (RUSSIAN, "«откровенными»", "Андрей Гнатенко"),
        (RUSSIAN, "«Мы приехали слушать»", "Андрей Гнатенко"),
    ],
)
def test_ukrainian_and_russian_coverage_is_read(text: str, quoted: str, speaker: str) -> None:
    """Guillemets, dashes and verbs before their subject."""
    assert said(reading_of(text))[quoted] == speaker


def test_one_person_in_three_spellings_is_one() -> None:
    """Hnatenko, Гнатенко: one key, and given names that are spellings of one."""
    persons = [
        one for one in reading_of(ENGLISH, UKRAINIAN, RUSSIAN).persons if "natenko" in one.id
    ]
    assert len(persons) == 1
    assert {"Andrii Hnatenko", "Андрій Гнатенко", "Андрей Гнатенко"} <= set(persons[0].aliases)


def test_brothers_are_two_persons() -> None:
    """One surname with two given names is never merged: a false merge is the worst error."""
    text = "Minister Tomas Brandt said no. His brother, senator Peter Brandt, said yes, it seems."
    assert len(reading_of(text).persons) == 2


def test_what_was_explicitly_not_discussed_is_an_outcome() -> None:
    """Absence is data when somebody says so."""
    one = reading_of(ENGLISH).documents[0]
    outcomes = [told.proposal.fields for told in one.facts if told.proposal.kind == "outcomes"]
    assert any(
        fields["outcome"] == "explicitly_not_discussed" and fields["issue"] == "energy_ceasefire"
        for fields in outcomes
    )


def test_a_weekday_that_does_not_fit_keeps_both_readings() -> None:
    """14 March 2026 is a Saturday; an account that says Friday is shown with both days."""
    text = "The envoys met on Friday, March 14, 2026, in the port of Orrin, the ministry said."
    day = reading_of(text).documents[0].days[0]
    assert (day.value, day.clash) == ("2026-03-14", "2026-03-13")


def test_without_a_date_given_or_derivable_relative_days_stay_unresolved() -> None:
    """Nothing is guessed silently."""
    one = reading_of("The envoys met on Friday in the port of Orrin, the ministry said.").documents[
        0
    ]
    assert one.reference is None
    assert [(day.value, day.basis) for day in one.days] == [(None, "unresolved")]


def test_the_user_s_date_of_a_file_is_believed() -> None:
    """From the date given, Friday is the Friday before."""
    meta = meta_of("files:\n  a:\n    outlet: The Gull\n    date: 2026-03-15\n")
    text = "The envoys met on Friday in the port of Orrin, the ministry said."
    one = read({"a": text.encode()}, meta=meta).documents[0]
    assert [day.value for day in one.days] == ["2026-03-13"]


def test_a_roster_s_name_and_side_are_used() -> None:
    """The user vouches for who is who."""
    roster = roster_of(
        "persons:\n- name: Andrii Hnatenko\n  aliases: [Андрей Гнатенко]\n  side: VEL\n"
    )
    person = next(one for one in read({"a": RUSSIAN.encode()}, roster).persons if one.side)
    assert (person.name, person.side) == ("Andrii Hnatenko", "VEL")


def test_the_json_keeps_its_schema() -> None:
    """docs/formats/reading.schema.json is what others build on."""
    fields = as_fields(reading_of(ENGLISH, UKRAINIAN, RUSSIAN, COOKIES))
    jsonschema.validate(json.loads(json.dumps(fields)), json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_every_line_of_a_brief_carries_its_source(language: str) -> None:
    """A line without a mark is nobody's word."""
    lines = brief(reading_of(ENGLISH, UKRAINIAN), language).splitlines()
    told = [line for line in lines if line.startswith("* ") and not line.startswith("* **")]
    assert told
    assert all("[A]" in line or "[B]" in line or "[A, B]" in line for line in told)


def test_a_cell_begins_no_formula_and_an_empty_one_is_empty() -> None:
    """A spreadsheet calculates nothing an account wrote."""
    rows = list(csv.DictReader(table(reading_of(ENGLISH, "= “a” said Tomas Brandt")).splitlines()))
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
    assert not [row for row in rows if row["value"] == "'"]


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing depends on the order of a set or on a clock."""
    once, again = (json.dumps(as_fields(reading_of(ENGLISH, RUSSIAN))) for _ in range(2))
    assert once == again
    assert table(reading_of(ENGLISH)) == table(reading_of(ENGLISH))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("Переговоры".encode("windows-1251") * 9, "encoding"),
        (b"0 1 2 3 4 5 6 7 8 9 10 11 12", "no_prose"),
        (COOKIES.encode(), "no_article"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_invented(raw: bytes, problem: str) -> None:
    """A clear word, and an empty record."""
    reading = read({"a": raw})
    assert reading.problems == {"a": problem}
    assert not reading.documents[0].quotes
    assert not reading.persons


def test_two_copies_are_one_account() -> None:
    """The same bytes twice are no second witness."""
    assert reading_of(ENGLISH, ENGLISH).problems == {"b": "copy"}


PAGE = """<!doctype html><html><head><title>Talks</title><script>var a = "“no”";</script></head>
<body><nav><a href="/">Home “menu”</a></nav><article><h1>Orrin talks end</h1>
<p>Velian Foreign Minister <b>Tomas Brandt</b> said the talks were &ldquo;frank and <em>useful</em>&rdquo;.</p>
<p>&quot;Nobody has shown us a map,&quot; envoy Mira Kov&aacute;&#269; said.</p></article>
<aside><p>‘I never said that,’ the premier said.</p></aside></body></html>"""


def test_a_page_is_read_in_place() -> None:
    """Spans are places in the file as given, tags and entities included; menus are not read."""
    fields = as_fields(reading_of(PAGE))
    document = fields["documents"][0]  # type: ignore[index]
    found = {quote["text"]: quote["speaker"]["ref"] for quote in document["quotes"]}
    assert found == {
        "&ldquo;frank and <em>useful</em>&rdquo;": "p:tomas-brandt",
        "&quot;Nobody has shown us a map,&quot;": "p:mira-kovac",
    }
    for place in spans(document):
        assert PAGE[place["start"] : place["end"]] == place["text"]


@given(st.lists(st.sampled_from(re.findall(r"<[^>]*>|[^<]+", PAGE))).map("".join))
def test_a_page_in_any_order_is_read_in_place(page: str) -> None:
    """Unclosed, nested wrongly, cut in the middle: places still hold."""
    for found in spans(as_fields(read({"a": page.encode()}))["documents"]):
        assert page[found["start"] : found["end"]] == found["text"]


def spans(value: Any) -> list[dict[str, Any]]:
    """Every object with start, end and text anywhere in the output."""
    if isinstance(value, dict):
        mine = [value] if {"start", "end", "text"} <= value.keys() else []
        return mine + [found for each in value.values() for found in spans(each)]
    if isinstance(value, list):
        return [found for each in value for found in spans(each)]
    return []


PIECES = [*MARKS, *"abzАяЇ .,!?\n\r\t\u00a0\u2028\u200f\u202eש", "said ", "Tomas Brandt ", "\n\n"]
ODD = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(ODD, st.text(), st.lists(st.sampled_from(ENGLISH.split(" "))).map(" ".join)))
def test_every_span_is_the_file_s_own_characters(text: str) -> None:
    """raw[start:end] == text, for any text; so no quotation is ever invented."""
    raw = text.encode("utf-8", errors="surrogatepass")
    fields = as_fields(read({"a": raw}))
    for found in spans(fields["documents"]):
        assert text[found["start"] : found["end"]] == found["text"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    """No input makes the reader fall over."""
    json.dumps(as_fields(read({"a": raw})))


def test_five_megabytes_on_one_line_are_read() -> None:
    """A page saved without line ends is slow to nobody."""
    text = "The envoy said the talks were “frank” and that Brandt’s plan is ‘open’. " * 1_500
    assert len(reading_of(text * 2).documents[0].quotes) > 1_000
