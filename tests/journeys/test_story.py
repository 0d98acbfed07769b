"""The story of one incident, walked by officers in three languages, with scripts off and on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.real

# What a person must find on each step, in each language.
STEPS = {
    "a": {"en": "Proof of the receipt", "uk": "Доказ розписки", "ru": "Доказательство расписки"},
    "b": {"en": "denies it", "uk": "заперечує це", "ru": "отрицает это"},
    "c": {
        "en": "What would decide it",
        "uk": "Що могло б це з’ясувати",
        "ru": "Что позволило бы это выяснить",
    },
    "d": {"en": "gave its guarantee on", "uk": "гарантію надано", "ru": "гарантия дана"},
    "e": {"en": "no observation", "uk": "спостереж", "ru": "наблюден"},
    "f": {
        "en": "This is a corrigendum to",
        "uk": "Це виправлення до бюлетеня",
        "ru": "Это исправление к бюллетеню",
    },
    "g": {
        "en": "What will happen",
        "uk": "Що відбудеться",
        "ru": "Что произойдёт",
    },
    "h": {
        "en": "Nothing this party may read is finer",
        "uk": "не точніше за узгоджену межу",
        "ru": "не точнее согласованного предела",
    },
}
NAMED = {
    "en": "The very entry that was rewritten was named.",
    "uk": "Названо саме той запис, який переписали.",
    "ru": "Названа именно та запись, которую переписали.",
}


def sign_in(page: Page, desk: str, name: str, language: str) -> None:
    """Come in by the door and choose a language."""
    page.goto(f"{desk}/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.click(f".languages button[value={language}]")


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_the_story_is_walked_without_scripts_in_each_language(
    chromium: Browser, desk: str, language: str, shots: Path | None
) -> None:
    """Every step is a real page that shows what the story promises."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, desk, "watch", language)
    steps = page.locator(".story-step h2 a").evaluate_all("links => links.map(a => a.href)")
    assert len(steps) == len(STEPS)
    for letter, address in zip(STEPS, steps, strict=True):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert STEPS[letter][language] in page.locator("main").inner_text(), letter
        if letter == "g":
            page.click("main form button")
            assert NAMED[language] in page.locator("main").inner_text()
        if shots:
            page.screenshot(path=shots / f"{language}-{letter}.png", full_page=True)
    context.close()


def test_nothing_is_loaded_from_outside_and_nothing_is_refused_by_our_own_policy(
    chromium: Browser, desk: str
) -> None:
    """With scripts on: only our own address is asked, and the console stays silent."""
    page = chromium.new_page()
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: said.append(message.text))
    sign_in(page, desk, "watch", "en")
    for address in ("/queue/", "/terms/", "/coverage/", "/ledger/", "/bulletins/B-0001/"):
        page.goto(desk + address)
        page.wait_for_load_state("networkidle")
    assert {url for url in asked if not url.startswith((desk, "data:"))} == set()
    # Fonts and htmx are built apart and may be absent; a refusal by policy never is.
    assert [line for line in said if "404" not in line] == []
    page.close()


def test_a_page_is_walked_by_keyboard_from_the_skip_link_on(chromium: Browser, desk: str) -> None:
    """The first stop jumps to the content, and every stop can be seen."""
    page = chromium.new_page()
    sign_in(page, desk, "velmark", "en")
    page.goto(f"{desk}/queue/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    for _ in range(12):
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Tab")
    page.close()


def test_each_side_signs_in_and_reads_as_itself(chromium: Browser, desk: str) -> None:
    """Two parties at two machines: the same story, each in its own language and with its own eyes."""
    for name, language, side in (("velmark", "uk", "Велмарк"), ("torrin", "ru", "Торрин")):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{desk}/sign-in/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("main button")
        assert page.locator("html").get_attribute("lang") == language
        assert side in page.locator(".signed-in").inner_text()
        steps = page.locator(".story-step h2 a").evaluate_all("links => links.map(a => a.href)")
        assert len(steps) == len(STEPS)
        for step in steps:
            answer = page.goto(step.partition("#")[0])
            assert answer is not None
            assert answer.status == 200, step
        context.close()


def test_text_stands_out_from_what_is_behind_it_in_light_and_dark(
    chromium: Browser, desk: str
) -> None:
    """Contrast of at least 4.5 for every word on the busiest pages (WCAG 2, AA)."""
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        sign_in(page, desk, "watch", "en")
        for address in ("/queue/", "/windows/W-0001/", "/terms/"):
            page.goto(desk + address)
            assert page.evaluate(_CONTRAST) == [], (scheme, address)
        context.close()


_CONTRAST = """() => {
  const read = (css) => {
    const box = document.createElement('canvas').getContext('2d');
    box.fillStyle = css; box.fillRect(0, 0, 1, 1);
    return [...box.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      const colour = read(style.backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faults = new Set();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !node.offsetParent || node.closest('svg, .unseen, .skip')) continue;
    const ground = behind(node);
    if (!ground) continue;
    const a = light(read(getComputedStyle(node).color)), b = light(ground);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faults.add(`${node.className || node.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...faults];
}"""
