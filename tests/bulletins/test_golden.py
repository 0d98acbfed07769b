"""What a bulletin looks like, kept as plain files that anybody can read and compare."""

from pathlib import Path

import pytest

from tests.bulletins.days import CLAIMS, START, claim, day
from truceline.bulletins.annex import annex
from truceline.bulletins.corrigendum import corrigendum
from truceline.bulletins.rendering import render
from truceline.bulletins.snapshot import Snapshot
from truceline.values.instant import HOUR_US
from truceline.values.mode import Mode
from truceline.values.signatures import Stance
from truceline.values.texts import LANGUAGES, Text

GOLDEN = Path(__file__).parent.parent / "golden" / "bulletins" / "daily"


def corrected() -> Snapshot:
    """The same day after Torrin's denial of one more row came in."""
    denial = claim(1, "TOR", entry=57, stance=Stance.DENIES, known_us=START + 30 * HOUR_US)
    new = day(size=1260, number="B-0010", claims=(*CLAIMS, denial))
    note = Text(
        "Torrin’s row was sent before the cut-off and taken in after it.",
        "Рядок Торріну надіслано до зрізу, а прийнято після нього.",
        "Строка Торрина отправлена до среза, а принята после него.",
    )
    return corrigendum(day(), new, (note,))


def replayed() -> Snapshot:
    """A day of past reports, without observation, from many outlets."""
    claims = tuple(
        claim(
            row,
            f"outlet-{n}.example",
            entry=60 + n,
            act="unknown.code_o" if row % 2 else "strike.missile",
        )
        for n in range(7)
        for row in range(1, 33 if n == 0 else 4)
    )
    return day(
        mode=Mode.REPLAY,
        number="",
        claims=claims,
        previous_claims=(),
        coverage=(),
        previous_coverage=(),
        incidents=(),
        complaints=(),
        windows=(),
        restrictions=(),
        objections=(),
        unreadable=(),
    )


EDITIONS = {
    **{f"{language}.md": render("daily", day(), language) for language in LANGUAGES},
    **{f"{language}.html": render("daily", day(), language, "html") for language in LANGUAGES},
    "map.svg": render("daily", day(), "en", "svg"),
    "annex.csv": annex(day()),
    **{
        f"corrected.{language}.md": render("daily", corrected(), language) for language in LANGUAGES
    },
    **{f"replay.{language}.md": render("daily", replayed(), language) for language in LANGUAGES},
}


@pytest.mark.parametrize("name", EDITIONS)
def test_a_bulletin_reads_as_promised(name: str, request: pytest.FixtureRequest) -> None:
    """Byte for byte; after a wanted change, `make golden` rewrites and the difference is reviewed."""
    path = GOLDEN / name
    if request.config.getoption("--rewrite-golden"):
        path.write_bytes(EDITIONS[name])
    assert path.read_bytes() == EDITIONS[name]
