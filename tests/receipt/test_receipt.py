"""A receipt read by Python and by node, and the page that reads it in a browser, as a file."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.receipt.damage import DAMAGE, Given, damaged, good
from truceline.values.texts import LANGUAGES
from truceline.web.verify.sealing import PAGE, sealed

HOLD = {
    "nothing",
    "no witness key given",
    "the witness's line left out",
    "an extra line that says nothing",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Given:
    """A good receipt of a log of 300."""
    return good(tmp_path_factory.mktemp("receipt"))


def test_python_refuses_each_damage_and_nothing_else(whole: Given) -> None:
    """What the two other readings are held to."""
    assert {what for what, given in damaged(whole) if given.holds()} == HOLD
    assert len(DAMAGE) >= 24


def test_the_page_is_sealed_by_the_hashes_of_its_own_parts() -> None:
    """After an edit: `python -m truceline.web.verify.sealing`."""
    page = PAGE.read_text(encoding="utf-8")
    assert sealed(page) == page
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script>")


def test_the_page_names_nothing_outside_itself() -> None:
    """No address, no other file, no handler written into an element."""
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"https?:|//[a-z]", page.replace("//  ", "")) == []
    assert re.findall(r'\s(?:src|srcset|action|on[a-z]+|style)="', page) == []
    assert set(re.findall(r'href="([^"]*)"', page)) == {
        f"#{form}{language}" for form in ("", "form-") for language in LANGUAGES
    }


def test_the_page_says_everything_in_three_languages() -> None:
    """Each sentence outside the script stands beside its two translations."""
    body = PAGE.read_text(encoding="utf-8").partition("<main>")[2].partition("<script>")[0]
    counts = [len(re.findall(f'lang="{language}"', body)) for language in LANGUAGES]
    assert counts[0] >= 15
    assert counts == [counts[0]] * 3
    script = PAGE.read_text(encoding="utf-8").partition("<script>")[2]
    said = re.findall(r"^  (en|uk|ru): \{(.*?)^  \},", script, flags=re.DOTALL | re.MULTILINE)
    names = [
        set(re.findall(r'^    "?([a-z0-9-]+)"?:', text, flags=re.MULTILINE)) for _, text in said
    ]
    assert [language for language, _ in said] == list(LANGUAGES)
    assert names[0] == names[1] == names[2]
    assert set(re.findall(r'new Wrong\("([a-z0-9-]+)"', script)) <= names[0]


@pytest.mark.real
def test_node_agrees_with_python_on_every_damage(whole: Given) -> None:
    """A reading of the format written apart from both, on node's own cryptography."""
    if shutil.which("node") is None:
        pytest.fail("node is not installed")
    cases = list(damaged(whole))
    lines = "".join(
        json.dumps(
            {
                "proof": base64.b64encode(given.proof).decode(),
                "entry": base64.b64encode(given.entry).decode(),
                "keys": given.keys,
            }
        )
        + "\n"
        for _, given in cases
    )
    script = Path(__file__).parent / "check.mjs"
    done = subprocess.run(
        ["node", str(script)], input=lines, capture_output=True, text=True, check=True
    )
    said = done.stdout.split()
    assert [
        what
        for (what, given), word in zip(cases, said, strict=True)
        if (word == "true") != given.holds()
    ] == []
