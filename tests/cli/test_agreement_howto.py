"""docs/howto/agreement.md is run as written: a lawyer who types it gets what it shows."""

import re

import pytest
from click.testing import CliRunner, Result

from tests.terms.world import ROOT
from truceline.cli import commands

PAGE = ROOT / "docs" / "howto" / "agreement.md"


def typed(mark: str) -> list[str]:
    """The command under a mark of the page, without its prompt, and the lines shown after it."""
    found = re.search(
        rf"<!-- as written: {mark} -->\n```\n\$ truceline (.*?)```",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert found
    return found[1].strip().split("\n")


def run(mark: str, monkeypatch: pytest.MonkeyPatch, **names: str) -> Result:
    """What the page's command does, from the folder the page means."""
    monkeypatch.chdir(ROOT)
    words = [names.get(word, word) for word in typed(mark)[0].split()]
    return CliRunner().invoke(commands, words)


@pytest.mark.parametrize("mark", ["check", "show", "assess"])
def test_a_command_of_the_page_does_what_it_shows(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that lags behind the program sends its reader away."""
    done = run(mark, monkeypatch)
    assert done.exit_code == 0, done.output
    for line in typed(mark)[1:]:
        assert line in done.output


def test_a_change_is_named_with_every_answer_it_turns(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The last step of the page: what a proposal changes, before it is proposed."""
    before = ROOT / "agreements" / "study" / "energy-moratorium-2025.yaml"
    after = tmp_path_factory.mktemp("draft") / "after.yaml"
    text = before.read_text(encoding="utf-8")
    after.write_text(text.replace("START+P30D", "START+P60D"), encoding="utf-8")
    done = run("diff", monkeypatch, **{"BEFORE.yaml": str(before), "AFTER.yaml": str(after)})
    assert done.exit_code == 1
    assert "anchors" in done.output
    assert "answer" in done.output
