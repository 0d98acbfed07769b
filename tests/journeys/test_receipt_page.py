"""A receipt dropped on the page, opened from a disk: forty times, in each language."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.receipt.damage import DAMAGE, Given, damaged, good
from truceline.values.texts import LANGUAGES
from truceline.web.verify.sealing import PAGE

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Given:
    """A good receipt of a log of 300."""
    return good(tmp_path_factory.mktemp("receipt"))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """The page from the disk, with every request and every complaint of the browser counted."""
    opened = chromium.new_page(viewport={"width": 1100, "height": 1500})
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda problem: said.append(str(problem)))
    opened.goto(PAGE.as_uri())
    yield opened
    assert [url for url in asked if not url.startswith(PAGE.as_uri())] == []
    assert said == []
    opened.close()


def drop(page: Page, given: Given) -> None:
    """Give the page three files, as a person would."""
    for name, raw in (("proof", given.proof), ("entry", given.entry), ("key", given.keys.encode())):
        page.set_input_files(
            f"#{name}-file", {"name": name, "mimeType": "text/plain", "buffer": raw}
        )


def verdict(page: Page) -> str:
    """Press the button and read the outcome."""
    page.evaluate("document.getElementById('outcome').removeAttribute('data-outcome')")
    page.click("button[type=submit]")
    page.wait_for_selector("#outcome[data-outcome]")
    return page.get_attribute("#outcome", "data-outcome") or ""


def test_the_browser_agrees_with_python_on_every_damage(page: Page, whole: Given) -> None:
    """Forty receipts, good and damaged: neither takes one that the other refuses."""
    differ = []
    for what, given in damaged(whole):
        drop(page, given)
        outcome = verdict(page)
        if (outcome == "holds") != given.holds():
            differ.append((what, outcome, page.get_attribute("#outcome", "data-code")))
    assert differ == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_is_said_in_the_language_read(page: Page, whole: Given, language: str) -> None:
    """Place, root, witness and what was not checked; and the switch works by its link."""
    page.click(f"nav a[lang={language}]")
    drop(page, whole)
    assert verdict(page) == "holds"
    said = page.inner_text("#outcome")
    assert "azores.example/record" in said
    assert "aldmoor.example/witness" in said
    assert "2026-03-21T08:00:00" in said
    assert "ML-DSA" in said
    shown = {lang for lang in LANGUAGES if page.is_visible(f"h1 [lang={lang}]")}
    assert shown == {language}
    assert page.evaluate("document.documentElement.lang") == language
    _picture(page, f"receipt-{language}")


def test_the_page_can_be_used_by_keyboard_and_by_pasting(page: Page, whole: Given) -> None:
    """Tab, paste, Enter; the outcome takes the focus and is announced."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#form-en"
    page.keyboard.press("Enter")
    page.fill("#proof-text", whole.proof.decode())
    page.fill("#entry-text", whole.entry.decode())
    page.fill("#key-text", whole.keys)
    page.focus("button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#outcome[data-outcome=holds]")
    assert page.evaluate("document.activeElement.id") == "outcome"
    assert page.get_attribute("#outcome", "role") == "status"
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input,textarea')].filter(one => !one.labels.length).length"
    )
    assert unnamed == 0


def test_without_scripts_the_page_says_what_to_do_instead(chromium: Browser) -> None:
    """The offline verifier, in each language, by the same links."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for language in LANGUAGES:
        page.goto(f"{PAGE.as_uri()}#{language}")
        assert page.is_visible(f"noscript p[lang={language}]")
        assert "truceline-verify.pyz" in page.inner_text("noscript")
        shown = {lang for lang in LANGUAGES if page.is_visible(f"h1 [lang={lang}]")}
        assert shown == {language}
    _picture(page, "receipt-no-scripts")
    context.close()


def test_the_page_refuses_in_words_and_fits_a_telephone(chromium: Browser, whole: Given) -> None:
    """A wrong entry is said to be wrong, and nothing is cut off at 360 pixels."""
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{PAGE.as_uri()}#ru")
    drop(page, DAMAGE["another entry"](whole))
    assert verdict(page) == "fails"
    assert "не ведёт от этой записи" in page.inner_text("#outcome")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    _picture(page, "receipt-telephone")
    page.close()


def _picture(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look: TRUCELINE_SHOTS names a folder."""
    wanted = os.environ.get("TRUCELINE_SHOTS")
    if wanted:
        page.screenshot(path=Path(wanted) / f"{name}.png", full_page=True)
