"""Duties from the terminal, without a centre."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from truceline.cli.obligations import obligations_command

LETTER = Path(__file__).parent.parent / "golden" / "terms" / "letter"


def run(*rest: str) -> str:
    """What is printed of the case with a verdict that resets quiet days."""
    files = ["--terms", str(LETTER / "terms.yaml"), "--cases", str(LETTER / "cases.yaml")]
    done = CliRunner().invoke(obligations_command, [*files, "--case", "t13", *rest])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "counted again after v1, c.plain"),
        ("uk", "відлік почато знову після v1, c.plain"),
        ("ru", "отсчёт начат снова после v1, c.plain"),
    ],
)
def test_a_person_reads_what_reset_the_quiet_days(language: str, said: str) -> None:
    """Cause and coverage stand in the line, in the reader's language."""
    told = run("--at", "2026-03-23T12:00-01:00", "--lang", language)
    assert said in told
    assert "d.maps/TOR" in told


def test_a_program_reads_the_same_by_the_agreements_clock() -> None:
    """Instants carry the offset of the agreement's own zone, whatever zone was asked in."""
    told = json.loads(run("--at", "2026-03-23T13:00+00:00", "--json"))
    assert told["format"] == "truceline-obligations/1"
    assert told["at"] == "2026-03-23T12:00-01:00"
    quiet = {one["anchor"]: one for one in told["quiet_days"]}
    assert (quiet["CALM"]["reset_by"], quiet["SEEN"]["verified_by"]) == ("v1", "JVT")
    duties = {one["key"]: one for one in told["states"]}
    assert duties["d.maps/TOR"]["due"] == "2026-03-23T00:00-01:00"
