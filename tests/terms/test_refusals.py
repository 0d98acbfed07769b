"""Forty-odd ways to break an agreement, each with the message a lawyer gets (golden file)."""

from pathlib import Path

import pytest

from tests.terms.world import EXERCISE, ROOT
from truceline.terms.errors import TermsRefused
from truceline.terms.loading import load

GOLDEN = ROOT / "tests" / "golden" / "terms" / "refusals.txt"
TEXT = EXERCISE.read_text(encoding="utf-8")

LINE = TEXT.split("    line: ")[1].split("\n")[0]

# What is broken: the words taken away, and the words put in their place.
BREAKS: dict[str, tuple[str, str]] = {
    "an unknown key": ("tolerance_m: 25\n", "tolerence_m: 25\n"),
    "an unknown key in a clause": ("kind: cease_fire, from: EIF", "kind: cease_fire, form: EIF"),
    "a key twice": ("tz: Atlantic/Azores\n", "tz: Atlantic/Azores\ntz: Atlantic/Azores\n"),
    "a date without quotes": ('{at: "2026-03-21T00:00[Atlantic/Azores]"}', "{at: 2026-03-21}"),
    "an instant without a zone": ("2026-03-21T00:00[Atlantic/Azores]", "2026-03-21T00:00"),
    "an hour that was skipped": ("2026-03-21T00:00[", "2026-03-29T00:30["),
    "a zone nobody knows": ("tz: Atlantic/Azores\n", "tz: Atlantic/Azorez\n"),
    "an anchor nobody defines": ("from: D3, act", "from: D4, act"),
    "an anchor with two ways": ('{ref: "EIF+P3D/eod"}', '{ref: "EIF+P3D/eod", record: start}'),
    "an anchor that refers to itself": ('D3: {ref: "EIF+P3D/eod"}', 'D3: {ref: "D3+P3D"}'),
    "a limit nobody can read": ('due: "P3D/eod"', 'due: "three days"'),
    "a lead time nobody can read": ("lead: PT24H", "lead: 24h"),
    "a ring that crosses itself": (
        "[[-36.0000, 47.6000], [-32.0000, 47.6000], [-32.0000, 48.4000], [-36.0000, 48.4000]",
        "[[-36.0000, 47.6000], [-32.0000, 48.4000], [-32.0000, 47.6000], [-36.0000, 48.4000]",
    ),
    "latitude first": ("point: [-33.9400, 47.6900]", "point: [47.6900, -133.9400]"),
    "a line of one point": (LINE, "[[-34.6200, 46.8000]]"),
    "a coordinate of three numbers": ("[-34.6200, 46.8000]", "[-34.6200, 46.8000, 12]"),
    "too many digits": ("[-34.6200, 46.8000]", "[-34.62000001, 46.8000]"),
    "half a metre of tolerance": ("tolerance_m: 25\n", "tolerance_m: 25.5\n"),
    "a datum nobody knows": ("datum: WGS84\n", "datum: WGS48\n"),
    "a geometry of two shapes": ("{of: contact_line, buffer_km: 10}", "{of: contact_line, point: [1, 2]}"),
    "a geometry derived from nothing": ("{of: contact_line, buffer_km: 10}", "{of: contact_lime, buffer_km: 10}"),
    "a geometry derived from itself": ("{of: contact_line, buffer_km: 10}", "{of: line_strip, buffer_km: 10}"),
    "a file without its hash": ("{of: contact_line, buffer_km: 10}", "{file: line.geojson, datum: WGS84}"),
    "a file nobody has": ("{of: contact_line, buffer_km: 10}", '{file: line.geojson, sha256: "00", datum: WGS84}'),
    "a place nobody draws": ("where: {in: line_strip}", "where: {in: line_stripe}"),
    "half a distance": ("{within_km: 15, of: contact_line}", "{within_km: 15}"),
    "an empty condition": ("where: {in: line_strip}", "where: {}"),
    "an exemption nobody defines": ("unless: [self_defence]", "unless: [self_defense]"),
    "a party nobody defines": ("who: [VEL, TOR], trigger", "who: [VEL, TRO], trigger"),
    "a verifier nobody defines": ("verified_by: JVT", "verified_by: JTV"),
    "a clause id twice": ("id: a7.monitors", "id: a1.fire"),
    "an article id twice": ("- id: a7\n", "- id: a6\n"),
    "an article without text in a language": (
        '      uk: "Ніхто не перешкоджає патрулям, постам і камерам центру та групи."\n', ""
    ),
    "a bracket in one language only": ("Nobody obstructs the patrols", "Nobody obstructs [b1] the patrols"),
    "a bracket left open": ("Ніхто не перешкоджає патрулям", "Ніхто не перешкоджає [b1 патрулям"),
    "a norm nobody knows": ("{norm: prohibit, id: a7.monitors", "{norm: forbid, id: a7.monitors"),
    "a clause without a norm": ("{norm: prohibit, id: a7.monitors", "{id: a7.monitors"),
    "a clause without a kind": ("kind: no_interference, ", ""),
    "a limit that compares with nothing": ("calibre_mm: {ge: 100}", "calibre_mm: {over: 100}"),
    "a calibre in words": ("calibre_mm: {ge: 100}", "calibre_mm: {ge: hundred}"),
    "a standard of proof upside down": ("breach_at: 0.90, none_at: 0.10", "breach_at: 0.10, none_at: 0.90"),
    "a standard of proof in per cent": ("breach_at: 0.90, none_at: 0.10", "breach_at: 90, none_at: 10"),
    "a burden nobody knows": ("burden: claim", "burden: proof"),
    "a list where one word stands": ("act: [obstruct.monitor]", "act: obstruct.monitor"),
    "an authentic language nobody wrote": ("authentic: [en, uk, ru]", "authentic: [en, uk, ru, fr]"),
    "a language that is no language": ("authentic: [en, uk, ru]", "authentic: [en, uk, Russian]"),
    "a version of the format we do not read": ("terms: 1\n", "terms: 2\n"),
    "no parties": ("parties:\n", "partys:\n"),
    "a bracket of YAML left open": ("act: [obstruct.monitor]}", "act: [obstruct.monitor}"),
}  # fmt: skip


def broken(name: str) -> bytes:
    """The agreement broken in one way."""
    found, instead = BREAKS[name]
    assert TEXT.count(found) >= 1, name
    return TEXT.replace(found, instead, 1).encode()


def message(raw: bytes) -> str:
    """What a person is told."""
    with pytest.raises(TermsRefused) as refused:
        load(raw, "agreement.yaml")
    return str(refused.value)


def test_every_way_to_break_it_has_its_message(request: pytest.FixtureRequest) -> None:
    """File, line, what was found, what to do: in words a lawyer can act on."""
    told = "\n\n".join(f"# {name}\n{message(broken(name))}" for name in BREAKS) + "\n"
    if request.config.getoption("--rewrite-golden", default=False):
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(BREAKS) - {"an authentic language nobody wrote"}))
def test_a_refusal_stands_at_the_line_that_is_broken(name: str) -> None:
    """The line named is where the text was changed, or the part round it."""
    with pytest.raises(TermsRefused) as refused:
        load(broken(name), "agreement.yaml")
    changed = TEXT[: TEXT.index(BREAKS[name][0])].count("\n") + 1
    lines = [problem.line for problem in refused.value.problems]
    assert all(line > 0 for line in lines)
    assert any(-6 <= changed - line <= 12 for line in lines), (changed, lines)


WARNED = {
    "an open ring": (", [-36.0000, 47.6000]], tolerance_m: 25", "], tolerance_m: 25"),
    "no datum": ("tolerance_m: 25\n    datum: WGS84\n", "tolerance_m: 25\n"),
    "an exemption without a translation": ('{en: "repair crew", uk: "ремонтна бригада", ru: "ремонтная бригада"}', '{en: "repair crew", uk: "ремонтна бригада"}'),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WARNED))
def test_what_may_stand_for_now_is_a_warning(name: str) -> None:
    """It may be assessed and may not be signed."""
    found, instead = WARNED[name]
    assert TEXT.count(found) >= 1
    loaded = load(TEXT.replace(found, instead, 1).encode(), "agreement.yaml")
    assert len(loaded.warnings) == 1
    assert loaded.warnings[0].line > 0


def test_the_agreements_we_ship_have_nothing_to_mend() -> None:
    """What we give away as an example keeps every rule of the format."""
    loaded = load(EXERCISE.read_bytes())
    assert (loaded.warnings, loaded.remarks) == ((), ())


def test_the_hash_is_of_what_is_meant_and_not_of_how_it_is_spelt() -> None:
    """Comments, order of keys and trailing zeros are the author's; the signature covers meaning."""
    tidied = TEXT.replace("46.8000", "46.8").replace("# The agreement", "# An agreement")
    assert tidied != TEXT
    assert load(tidied.encode()).sha256 == load(TEXT.encode()).sha256
    assert (
        load(TEXT.replace("buffer_km: 10", "buffer_km: 11").encode()).sha256
        != load(TEXT.encode()).sha256
    )


def test_the_replay_agreement_reads_its_line_from_a_folder() -> None:
    """The bytes of a named file are those that were agreed, or the agreement is refused."""
    raw = (ROOT / "agreements" / "replay-two-clauses.yaml").read_bytes()
    with pytest.raises(TermsRefused, match="not at hand"):
        load(raw, "replay.yaml")
    with pytest.raises(TermsRefused, match="not the one that was agreed"):
        load(raw, "replay.yaml", {"viina_loc_20240710.geojson": b"{}"})


@pytest.mark.realdata
def test_the_replay_agreement_draws_the_real_line() -> None:
    """The line of settlement control is four stretches; its file is used in place."""
    folder = Path(ROOT).parent / "shared" / "data" / "control"
    if not folder.exists():
        pytest.skip("no ../shared/data/control: the real line is not on this machine")
    raw = (ROOT / "agreements" / "replay-two-clauses.yaml").read_bytes()
    loaded = load(raw, "replay.yaml", lambda name: (folder / name).read_bytes())
    assert loaded.warnings == ()
    part = loaded.agreement.atlas.chart.outlines["line"].part
    assert part.geom_type == "MultiLineString"
    assert len(part.geoms) == 4
