"""Whose word a claim rests on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.claims.claim import Origin
from truceline.claims.reading import claim_of, page_key, period_of, source_key
from truceline.reports.report import Covered, Report, Said
from truceline.values.errors import BadValue
from truceline.values.instant import DAY_US, Span
from truceline.values.place import circle
from truceline.values.signatures import Basis

DAY = Span(from_us=20_000 * DAY_US, until_us=20_001 * DAY_US)
OUTLET = Said(
    speaker="tide_wire",
    chain=("tide_wire",),
    basis=Basis.TOLD,
    span=DAY,
    act="explosion",
    wording="Біля маяка пролунали вибухи",
)
GAZETTE = replace(OUTLET, speaker="harbour_gazette", chain=("harbour_gazette",))
PATROL = replace(OUTLET, speaker="JVT-2", chain=("JVT-2",), basis=Basis.HEARD)
WATCH = Covered(
    watcher="CAM-07", kind="camera", span=DAY, place=circle(47.5, -34.1, 3_000), state="up"
)
words = st.text(st.sampled_from("аеёії 'вибух-BOOM"), min_size=8)


def origin(owner: str = "CENTRE", *, interested: bool = False) -> Origin:
    """Where a row stands."""
    return Origin(entry=17, row=3, owner=owner, audience="ALL", interested=interested, known_us=1)


def key(said: Said, *, interested: bool = False) -> str:
    """The key of a statement, the parties being Velmark and Torrin."""
    return source_key(said, interested=interested, parties=("VEL", "TOR"))


@given(words, words, st.sampled_from(list(Basis)))
def test_a_hundred_allegations_of_one_party_are_one_origin(
    one: str, other: str, basis: Basis
) -> None:
    """A party cannot corroborate itself, not by other words, pages or cameras of its own."""
    first = replace(OUTLET, speaker="VEL", wording=one, basis=basis, origin="https://a.example/1")
    second = replace(OUTLET, speaker="VEL", wording=other)
    assert key(first, interested=True) == key(second, interested=True) == "party:VEL"


def test_two_outlets_quoting_one_official_are_one_origin() -> None:
    """And if the official speaks for a party, it is that party's word."""
    quotes = [
        replace(
            OUTLET,
            speaker=outlet,
            chain=(outlet, "port-captain"),
            origin=f"https://{outlet}.example/1",
        )
        for outlet in ("tide_wire", "harbour_gazette")
    ]
    assert {key(said) for said in quotes} == {"word:port-captain"}
    assert key(replace(OUTLET, chain=("tide_wire", "VEL"))) == key(
        replace(OUTLET, speaker="VEL", chain=("VEL",)), interested=True
    )


def test_two_patrols_that_write_the_same_words_stay_two() -> None:
    """What is perceived first-hand is never taken for a copy."""
    assert key(PATROL) != key(replace(PATROL, speaker="JVT-3", chain=("JVT-3",)))
    assert key(PATROL) == key(replace(PATROL, wording="something else altogether"))


@pytest.mark.parametrize(
    "address",
    [
        "https://gazette.example/2026/7",
        "http://www.gazette.example/2026/7/",
        "https://m.GAZETTE.example/2026/7?utm_source=feed&fbclid=x#comments",
    ],
)
def test_one_page_is_one_origin_however_its_address_is_decorated(address: str) -> None:
    """Links gain tracking and lose their slash as they are passed on."""
    assert key(replace(OUTLET, origin=address)) == "page:gazette.example/2026/7"


def test_pages_that_differ_in_what_they_ask_for_stay_two() -> None:
    """A query that is no tracking names the page."""
    assert page_key("https://a.example/read?id=7") != page_key("https://a.example/read?id=8")
    assert page_key("https://a.example/read?b=1&id=7") == page_key(
        "https://a.example/read?id=7&b=1"
    )
    assert page_key("viina-report:4101") == "viina-report:4101"


@given(st.text())
def test_any_text_is_a_page_of_its_own(address: str) -> None:
    """What cannot be taken apart as an address is kept whole, and taking apart twice changes nothing."""
    assert isinstance(page_key(address), str)


def test_a_copied_wording_is_one_origin_on_its_day_only() -> None:
    """Case, punctuation and apostrophes are what copying changes; next week it is another event."""
    copied = replace(GAZETTE, wording="біля маяка — ПРОЛУНАЛИ вибухи!")
    next_day = Span(from_us=DAY.from_us + DAY_US, until_us=DAY.until_us + DAY_US)
    assert key(copied) == key(OUTLET)
    assert key(replace(copied, span=next_day)) != key(OUTLET)


def test_two_words_are_too_few_to_call_a_copy() -> None:
    """Any two outlets may write "explosions heard"; then only the speaker tells them apart."""
    short = replace(OUTLET, wording="Чути вибухи")
    assert key(short) == "voice:tide_wire"
    assert key(replace(GAZETTE, wording="Чути вибухи")) == "voice:harbour_gazette"


def test_a_row_becomes_the_kind_of_thing_it_is() -> None:
    """A statement is a claim, watching is a period; neither is taken for the other."""
    statement = Report(row=3, line=4, raw=b"", body=OUTLET)
    watching = Report(row=3, line=4, raw=b"", body=WATCH)
    assert claim_of(statement, origin()).id == "17#3" == period_of(watching, origin()).id
    assert claim_of(statement, origin("VEL", interested=True)).source_key == "party:tide_wire"
    with pytest.raises(BadValue, match="17#3 is a stretch of watching"):
        claim_of(watching, origin())
    with pytest.raises(BadValue, match="17#3 is a statement"):
        period_of(statement, origin())
