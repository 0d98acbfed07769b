"""What officers do on the pages: one act, one entry, and what stood in the way said in words."""

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Browser
from tests.web.reading import Page
from tests.web.test_permissions import size
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.values.instant import parse_instant

COMPLAINT = {
    "accused": "VEL", "act": "fire.mortar", "date": "2026-04-02", "time": "18:10", "until": "",
    "position": "47.2101, -34.3302", "error_m": "300", "place": "Orvet", "count": "at least 3",
    "text": "Три взрыва у водозабора.\nПерсонал в укрытии.", "language": "ru",
}  # fmt: skip


def follow(client: Client, address: str, fields: dict[str, object]) -> Page:
    """Send a form and read the page one lands on."""
    return Page(client.post(address, fields, follow=True).content.decode())


def test_a_complaint_lodged_on_the_page_gets_number_receipt_and_clock(
    browser: Browser, centre: Path
) -> None:
    """Two entries: the complaint as written, and the centre's receipt."""
    before = size(centre)
    page = follow(browser("torrin", "en"), "/complaints/new/", dict(COMPLAINT))
    assert size(centre) == before + 2
    for wanted in ("C-0002", "Три взрыва у водозабора.", "Персонал в укрытии.", "24 h 00 min left"):
        assert wanted in page.text, wanted


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r:#- "),
    min_size=1, max_size=120,
).filter(lambda text: text.strip())  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=WORDS, place=WORDS)
def test_no_wording_can_pass_for_another_line_of_the_form(
    browser: Browser, text: str, place: str
) -> None:
    """`stance: denies` in the words of a complaint stays words: what is accused is as chosen."""
    from truceline.reports.report import Receipt, Report, Said  # noqa: PLC0415
    from truceline.reports.sources.complaint import parse  # noqa: PLC0415
    from truceline.web.pages.complaints import NewComplaint  # noqa: PLC0415 - models want settings first

    del browser
    form = NewComplaint.__new__(NewComplaint)
    fields = dict.fromkeys(("until", "error_m", "count", "position"))
    form.cleaned_data = {
        **fields, "accused": "VEL", "act": "fire.mortar", "date": "2026-04-02", "time": "18:10",
        "place": place, "text": f"{text}\nstance: denies\nabout: C-0001\n---\n# x", "language": "ru",
    }  # fmt: skip
    receipt = Receipt(
        source="complaint", name="c", owner="TOR", received_us=1, zone="Atlantic/Azores"
    )
    found = list(parse(form.spelt().encode(), receipt))
    assert len(found) == 1
    assert isinstance(found[0], Report), found[0]
    said = found[0].body
    assert isinstance(said, Said)
    assert (said.stance.value, said.accused, said.about) == ("asserts", ("VEL",), "")


def test_a_complaint_that_cannot_be_read_is_sent_back_with_the_reason(
    browser: Browser, centre: Path
) -> None:
    """What was typed stays in the form, and the reason says which field."""
    before = size(centre)
    odd: dict[str, object] = {**COMPLAINT, "position": "by the old mill", "count": "several"}
    page = follow(browser("torrin", "ru"), "/complaints/new/", odd)
    assert "Эти координаты не удалось прочитать." in page.text
    assert "Это число не удалось прочитать." in page.text
    assert "Три взрыва у водозабора." in page.text
    assert size(centre) == before


@pytest.mark.parametrize(
    "odd",
    [
        {"date": "2027-04-02"},
        {"date": "2026-04-03", "time": "08:01"},
        {"date": "2026-04-03", "time": "07:10", "until": "06:10"},
    ],
)
def test_nobody_complains_of_what_is_still_to_come(
    browser: Browser, centre: Path, odd: dict[str, str]
) -> None:
    """A slip of the year would make an incident of the future; the clock is the centre's."""
    before = size(centre)
    page = follow(browser("torrin", "en"), "/complaints/new/", {**COMPLAINT, **odd})
    assert "This is still to come" in page.text
    assert size(centre) == before


def test_a_complaint_that_names_nobody_says_so(browser: Browser) -> None:
    """It is put to every other party; that is no accusation, and the page does not make it one."""
    fields = {**COMPLAINT, "accused": ""}
    page = follow(browser("torrin", "en"), "/complaints/new/", dict(fields))
    assert "The complaint names nobody. Every other party is asked to answer." in page.text
    assert "Said to be by" not in page.text


def test_the_accused_answers_and_the_other_side_reads_it(browser: Browser) -> None:
    """An answer stands beside an earlier one, never over it."""
    fields = {"stance": "partly", "wording": "Один расчёт ещё выводят.", "language": "ru"}
    follow(browser("torrin"), "/complaints/C-0001/answer/", dict(fields))
    text = Page(browser("velmark", "en").get("/complaints/C-0001/").content.decode()).text
    assert "accepts in part" in text
    assert "Один расчёт ещё выводят." in text
    assert "Огня не вели." in text


def test_who_is_not_accused_is_told_so_and_nothing_is_written(
    browser: Browser, centre: Path
) -> None:
    """The rule's own words, in the reader's language; the ledger is as it was."""
    before = size(centre)
    page = follow(
        browser("velmark", "uk"),
        "/complaints/C-0001/answer/",
        {"stance": "denies", "language": "uk"},
    )
    assert "відповідати може лише сторона, названа у скарзі" in page.text
    assert size(centre) == before


def test_a_window_opens_only_when_the_last_guarantee_is_in(browser: Browser) -> None:
    """The watch officer's button appears with the last guarantee, and not before."""
    watch, torrin = browser("watch"), browser("torrin", "en")
    assert "Open the window" not in Page(watch.get("/windows/W-0001/").content.decode()).text
    early = follow(watch, "/windows/W-0001/open/", {"language": "en"})
    assert "not every guarantee is in" in early.text
    assert (
        "Give your side’s guarantee" in Page(torrin.get("/windows/W-0001/").content.decode()).text
    )
    follow(torrin, "/windows/W-0001/guarantee/", {"wording": "", "language": "en"})
    assert "Open the window" in Page(watch.get("/windows/W-0001/").content.decode()).text
    assert "Window of silence" in follow(watch, "/windows/W-0001/open/", {"language": "en"}).text
    assert "active" in Page(browser("velmark", "en").get("/windows/W-0001/").content.decode()).text


def test_a_window_is_asked_for_in_the_centres_own_time(browser: Browser, centre: Path) -> None:
    """What was typed is a reading of the centre's clock, whatever the browser's zone."""
    fields = {
        "purpose": "repair", "lat": "47.21", "lon": "-34.33", "radius_m": "2000",
        "begins": "2026-04-03T09:00", "ends": "2026-04-03T12:00", "wording": "", "language": "en",
    }  # fmt: skip
    page = follow(browser("velmark", "en"), "/windows/new/", dict(fields))
    assert "W-0002" in page.text
    assert "3 April 2026, 09:00" in page.text
    desk = Desk.open(centre)
    window = desk.view("CENTRE").window("W-0002")
    desk.close()
    assert window is not None
    assert window.guarantors == ("TOR", "VEL")


def test_claims_are_taken_apart_with_a_reason_and_put_back(browser: Browser) -> None:
    """Undoing leaves both acts on the record, and the claims where they were."""
    watch = browser("watch")
    page = watch.get("/complaints/C-0001/").content.decode()
    address = f"/incidents/{re.findall(r'href=./incidents/(I-[A-Z0-9]+/)', page)[0]}"
    claims = re.findall(r'name="claims" value="([^"]+)"', watch.get(address).content.decode())
    assert len(claims) >= 2
    refused = follow(watch, f"{address}link/", {"act": "split", "claims": claims, "reason": " "})
    assert "Say why" in refused.text
    split = follow(
        watch, f"{address}link/", {"act": "split", "claims": claims[:2], "reason": "Other hill."}
    )
    assert "The claims were taken apart." in split.text
    assert "Other hill." in split.text
    entry = re.findall(r"claims taken apart .*? entry (\d+)", split.text)[0]
    back = Page(
        watch.post(f"{address}undo/", {"entry": entry, "reason": "My mistake."}, follow=True)
        .content.decode()
    )  # fmt: skip
    assert "The earlier decision was undone." in back.text
    assert "undone later" in back.text


def test_an_objection_stands_beside_the_bulletin_for_good(browser: Browser) -> None:
    """In the party's own words, with its entry, for everybody who reads the bulletin."""
    follow(
        browser("velmark"),
        "/bulletins/B-0002/object/",
        {"wording": "Ще одна заява.", "language": "uk"},
    )
    assert (
        "Ще одна заява." in Page(browser("torrin").get("/bulletins/B-0002/").content.decode()).text
    )


def test_a_bulletin_is_offered_once_its_day_is_over_and_published_for_good(
    browser: Browser, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only days that are over and have none are offered, and only to the centre."""
    from truceline.web import opening  # noqa: PLC0415 - models want settings first

    watch, offer = browser("watch"), 'value="2026-04-03"'
    assert offer not in watch.get("/bulletins/").content.decode()
    evening = Clock()
    evening.hold(parse_instant("2026-04-03T19:45[Atlantic/Azores]"))
    monkeypatch.setattr(opening, "clock_of", lambda _folder: evening)
    assert offer in watch.get("/bulletins/").content.decode()
    assert offer not in browser("velmark").get("/bulletins/").content.decode()
    before = size(centre)
    page = follow(watch, "/bulletins/publish/", {"date": "2026-04-03"})
    assert "The bulletin was published." in page.text
    assert "B-0003" in page.text
    assert size(centre) == before + 1
    assert offer not in watch.get("/bulletins/").content.decode()


@pytest.mark.parametrize("date", ["2026-04-03", "2026-04-02", "1999-01-01", "soon"])
def test_no_other_day_can_be_published(browser: Browser, centre: Path, date: str) -> None:
    """Neither a day that still runs nor one that has its bulletin, whatever is sent."""
    before = size(centre)
    follow(browser("watch"), "/bulletins/publish/", {"date": date})
    assert size(centre) == before


def test_a_corrigendum_without_a_change_is_refused_in_the_readers_language(
    browser: Browser, centre: Path
) -> None:
    """What was corrected already, or says what it would say today, is left as it is."""
    before = size(centre)
    for number in ("B-0001", "B-0002"):
        page = follow(browser("watch", "uk"), f"/bulletins/{number}/correct/", {})
        assert "Виправлення не опубліковано" in page.text
    assert size(centre) == before


def test_a_corrigendum_shows_the_objection_it_follows(browser: Browser) -> None:
    """Whoever reads the correction reads beside it who objected to what, and when."""
    text = Page(browser("velmark", "en").get("/bulletins/B-0002/").content.decode()).text
    assert "The camera was down." in text
    assert "to B-0001" in text


def test_words_too_long_for_an_act_stop_it_and_are_not_dropped(
    browser: Browser, centre: Path
) -> None:
    """A guarantee is never given without the words its side sent with it."""
    before = size(centre)
    fields = {"wording": "я" * 4_001, "language": "ru"}
    follow(browser("torrin"), "/windows/W-0001/guarantee/", dict(fields))
    assert size(centre) == before


def test_the_rewritten_entry_is_the_one_that_is_named(browser: Browser, centre: Path) -> None:
    """Step (g) of the story, on a copy: the centre's own ledger is as it was."""
    before = size(centre)
    client = browser("velmark", "en")
    assert (
        "A copy of the whole centre" in Page(client.get("/drills/rewrite/").content.decode()).text
    )
    page = follow(client, "/drills/rewrite/", {})
    assert "The very entry that was rewritten was named." in page.text
    assert size(centre) == before


def test_a_party_looks_for_patrols_only_with_its_own_eyes(browser: Browser) -> None:
    """The centre may choose whose view to try; a party has its own."""
    assert browser("velmark").get("/drills/sight/?reader=TOR").status_code == 404
    own = Page(browser("velmark", "en").get("/drills/sight/").content.decode()).text
    assert "Rows of monitors the centre holds" not in own
    assert "stretch of watching" not in own
    page = Page(browser("watch").get("/drills/sight/?reader=TOR").content.decode())
    assert "Nothing this party may read is finer than the agreed limit" in page.text


@pytest.mark.parametrize(
    "odd", ["from=-1", "from=٣", "to=9999999999999", "day=2026-02-30", "day=x-y-z"]
)
def test_an_odd_address_shows_a_plain_page(browser: Browser, odd: str) -> None:
    """What somebody typed into the address is not worth an error page."""
    client = browser("watch")
    for address in ("/incidents/", "/ledger/", "/coverage/"):
        assert client.get(f"{address}?{odd}").status_code == 200
