"""Every screen: in three languages, for every reader, without scripts, by keyboard."""

import logging
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import OFFICERS, Browser
from tests.web.reading import Page
from truceline.desk.desk import Desk
from truceline.desk.vouching import vouched
from truceline.ledger import proof
from truceline.ledger.log import Log

PAGES = (
    "/queue/", "/queue/now/", "/incidents/", "/complaints/C-0001/", "/windows/", "/windows/W-0001/",
    "/terms/", "/texts/", "/bulletins/", "/bulletins/B-0001/", "/bulletins/B-0002/?in=uk", "/ledger/",
    "/coverage/?day=2026-04-01", "/coverage/",
)  # fmt: skip
FORMS = ("/complaints/new/", "/windows/new/")
LANGUAGES = ("en", "uk", "ru")


def page_of(client: Client, address: str, status: int = 200) -> Page:
    """Fetch a page and read it."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return Page(answer.content.decode())


def told_incident(client: Client) -> str:
    """The last part of the address of the incident of the night."""
    page = client.get("/complaints/C-0001/").content.decode()
    return str(re.findall(r'href="/incidents/(I-[A-Z0-9]+/)"', page)[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("officer", ["watch", "velmark"])
def test_every_page_stands_up_to_a_validator_in_every_language(
    browser: Browser, officer: str, language: str
) -> None:
    """Balanced tags, unique ids, a label for every field, one first heading, nothing from outside."""
    client = browser(officer, language)
    addresses = [*PAGES, *FORMS, f"/incidents/{told_incident(client)}"]
    for address in addresses:
        page = page_of(client, address)
        assert page.faults == [], address
        assert page.outside == [], address
        if address != "/queue/now/":
            assert page.headings.count(1) == 1 or "bulletins" in address, address
            assert page.language == language


@pytest.mark.parametrize("officer", OFFICERS)
def test_every_form_that_acts_carries_the_token_that_makes_it_ours(
    browser: Browser, officer: str
) -> None:
    """A page elsewhere on the web cannot make an officer's browser act."""
    client = browser(officer)
    allowed = [
        *PAGES,
        *FORMS,
        f"/incidents/{told_incident(client)}",
    ]
    pages = [(address, client.get(address)) for address in allowed]
    posts = [
        (address, form)
        for address, answer in pages
        for form in Page(answer.content.decode()).forms
        if form.method == "post"
    ]
    assert posts
    assert [address for address, form in posts if "csrfmiddlewaretoken" not in form.fields] == []


def test_an_act_without_its_token_is_refused_in_words(browser: Browser) -> None:
    """The answer says what to do, in the reader's language, and nothing was done."""
    client = browser("torrin", "uk", checks=True)
    answer = client.post("/complaints/C-0001/answer/", {"stance": "accepts", "language": "uk"})
    assert answer.status_code == 403
    assert "Нічого не змінено" in Page(answer.content.decode()).text


@pytest.mark.parametrize(
    "address", ["/queue/", "/ledger/0/receipt/", "/bulletins/B-0001/en.md", "/"]
)
def test_nothing_is_read_without_signing_in(browser: Browser, address: str) -> None:
    """A stranger is asked who they are, whatever the address."""
    answer = browser("").get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_every_answer_says_what_a_page_may_load(browser: Browser) -> None:
    """The policy has no exception for inline scripts or styles, and names no other host."""
    for address in ("/queue/", "/sign-in/", "/incidents/I-AAAAAAAA/"):
        policy = browser("watch").get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_every_page_says_mode_clock_ledger_index_and_who_reads(browser: Browser) -> None:
    """A printed page can always be placed: which centre, when, drawn at what, read by whom."""
    client = browser("torrin", "en")
    for address in PAGES[2:]:
        text = page_of(client, address).text
        for wanted in (
            "EXERCISE",
            "Azores Centre",
            "3 April 2026, 08:00",
            "Atlantic/Azores",
            "Torrin",
        ):
            assert wanted in text, (address, wanted)


def test_the_incident_page_sets_the_words_of_each_side_beside_each_other(browser: Browser) -> None:
    """Who says what on whose word, the contradiction, the gap, the result and what would decide it."""
    client = browser("watch")
    text = page_of(client, f"/incidents/{told_incident(client)}").text
    for wanted in (
        "Six mortar rounds beside the substation.", "Наши расчёты ночью огня не вели.",
        "heard it", "denies it", "NIGHT-HAWK", "One says it happened, another denies it.",
        "CAM-HALDEN", "outage", "Undetermined", "What would decide it",
    ):  # fmt: skip
        assert wanted in text, wanted


@pytest.mark.parametrize("officer", ["velmark", "torrin"])
def test_no_page_tells_a_party_where_or_who_the_monitors_were(
    browser: Browser, officer: str
) -> None:
    """Neither patrol nor camera is named to a party on any page it can open."""
    client = browser(officer)
    addresses = [*PAGES, f"/incidents/{told_incident(client)}", "/drills/sight/"]
    for address in addresses:
        text = page_of(client, address).text
        for secret in ("NIGHT-HAWK", "47.6705", "33.9512", "CAM-HALDEN", "CAM-ORSK"):
            assert secret not in text, (address, secret)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is nothing here that you may read"),
        ("uk", "Тут немає нічого, що ви можете читати"),
        ("ru", "Здесь нет ничего, что вы можете читать"),
    ],
)
def test_what_is_not_there_and_what_is_not_yours_look_the_same(
    browser: Browser, language: str, words: str
) -> None:
    """An answer never tells whether a number exists."""
    client = browser("velmark", language)
    for address in (
        "/incidents/I-AAAAAAAA/",
        "/complaints/C-0999/",
        "/windows/W-0777/",
        "/nowhere/",
    ):
        page = page_of(client, address, status=404)
        assert words in page.text
        assert page.faults == []


def test_a_page_that_fails_says_where_to_look_before_repeating(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An act counts once it stands in the ledger; the page for our own faults says so."""
    from truceline.web.pages import windows  # noqa: PLC0415 - models want settings first

    client = browser("watch")
    client.raise_request_exception = False
    monkeypatch.setattr(windows, "OPEN_STATES", None)
    page = page_of(client, "/windows/", status=500)
    assert "An act counts only once it stands in the ledger" in page.text


def test_a_centre_that_cannot_be_opened_shows_no_folder_of_the_machine(
    browser: Browser, centre: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The reason goes to whoever runs it; a party reads what to do, in its own language."""
    logging.getLogger("truceline.web.failing").addHandler(caplog.handler)
    (centre / "centre.toml").write_text("nonsense", encoding="utf-8")
    page = page_of(browser("velmark", "uk"), "/queue/", status=503)
    assert "Пульт зараз не вдається відкрити" in page.text
    assert str(centre) not in page.text
    assert "cannot be opened" in caplog.text


def test_a_bulletin_is_downloaded_byte_for_byte_as_published(browser: Browser) -> None:
    """What a person keeps is what the ledger committed to."""
    client = browser("velmark")
    answer = client.get("/bulletins/B-0001/uk.md")
    assert answer["Content-Type"].startswith("text/markdown")
    assert answer.content.startswith(b"# ")
    assert client.get("/bulletins/B-0001/xx.md").status_code == 404


def test_a_receipt_checks_out_against_the_log_alone(browser: Browser, centre: Path) -> None:
    """What the page hands out convinces somebody who has only the log's public key."""
    raw = browser("torrin").get("/ledger/3/receipt/").content
    log = Log.open(centre)
    assert proof.check(raw, log.raw(3), log.trust) == 3


def test_the_ledger_says_of_each_entry_how_final_it_is_and_whether_it_came_late(
    browser: Browser, centre: Path
) -> None:
    """Without witnesses everything is only logged, and the page does not pretend to more."""
    text = page_of(browser("watch"), "/ledger/").text
    assert "How final" in text
    assert "logged" in text
    assert "witnessed" not in text
    assert "Shown to a party, and not in the record" not in text
    desk = Desk.open(centre)
    said = vouched(desk, range(desk.log.head().size))
    desk.close()
    assert {one.level for one in said} == {"logged"}
    assert not [one for one in said if one.is_late or one.doubt]
