"""Every agreement encoded for study meets the cases written from its text, and keeps the house's rules."""

import re
from pathlib import Path

import msgspec
import pytest

from tests.terms.world import ROOT
from truceline.terms.casefile import Outcome, run
from truceline.terms.checking import clauses_with_paths
from truceline.terms.document import Doc, Geom
from truceline.terms.loading import Loaded, load
from truceline.terms.wording import text
from truceline.values.texts import LANGUAGES

STUDY = ROOT / "agreements" / "study"
GOLDEN = ROOT / "tests" / "golden" / "agreements"
README = ROOT / "agreements" / "README.md"
ALL = sorted(path.stem for path in STUDY.glob("*.yaml"))
FEWEST_CASES = 8


def study(name: str) -> Loaded:
    """An agreement of the folder, loaded."""
    return load((STUDY / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def outcome(name: str) -> Outcome:
    """Its golden cases, run."""
    cases = (GOLDEN / name / "cases.yaml").read_bytes()
    return run((STUDY / f"{name}.yaml").read_bytes(), cases)


def drawn(doc: Doc) -> list[tuple[str, Geom]]:
    """What is given in coordinates, not derived from something else."""
    return [
        (name, geom)
        for name, geom in doc.geometry.items()
        if geom.of is None and geom.union is None
    ]


@pytest.mark.parametrize("name", ALL)
def test_every_expectation_written_from_the_agreement_is_met(name: str) -> None:
    """The cases were written from the text before the engine ran; it must agree with them all."""
    done = outcome(name)
    assert len(done.judged) >= FEWEST_CASES
    assert [check for check in done.checks if not check.met] == []
    assert (done.problems, done.warnings) == ((), ())


@pytest.mark.parametrize("name", ALL)
def test_a_study_file_is_clean_under_the_strict_check(name: str) -> None:
    """What is shipped to be read as an example must stand without a warning."""
    assert study(name).warnings == ()


@pytest.mark.parametrize("name", ALL)
def test_every_clause_says_which_paragraph_it_comes_from(name: str) -> None:
    """A reader with the official text beside it must find the place; a source says where that is."""
    doc = study(name).agreement.doc
    assert doc.source
    assert "araphrase" in doc.fidelity
    assert doc.inexpressible
    for article in doc.articles:
        assert article.number
        assert not re.search("[A-Za-z]{3}", article.number), "read out in every language"
    assert [clause.id for _, clause in clauses_with_paths(doc) if not clause.note] == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_real_can_fall_on_a_study_map(name: str) -> None:
    """Everything drawn is schematic and lies in the open ocean, so no report judges a named party."""
    for part, geom in drawn(study(name).agreement.doc):
        assert geom.status == "schematic", part
        listed = [(one.lon_e7, one.lat_e7) for one in geom.sites or ()]
        points = [*(geom.line or ()), *(geom.polygon or ()), *listed]
        points += [geom.point] if geom.point else []
        assert points, part
        for lon_e7, lat_e7 in points:
            assert -340_000_000 <= lon_e7 <= -240_000_000, part
            assert -10_000_000 <= lat_e7 <= 10_000_000, part


@pytest.mark.parametrize("name", ALL)
def test_every_incident_tried_on_a_real_text_says_that_it_is_invented(name: str) -> None:
    """A golden case is read out of its file sooner or later, and must not pass for an event."""
    for judged in outcome(name).judged:
        title = judged.scenario.title
        assert judged.scenario.case is None or title.startswith("invented"), judged.scenario.id


@pytest.mark.parametrize("name", ALL)
def test_every_answer_can_be_read_in_three_languages(name: str) -> None:
    """An explanation that one side cannot read is none."""
    done = outcome(name)
    for judged in done.judged:
        for key in judged.scenario.expect:
            told = [text(judged.results[key], done.agreement, one) for one in LANGUAGES]
            assert len(set(told)) == len(LANGUAGES), (judged.scenario.id, key)


MISREADINGS = [
    ("minsk-2014-2015", "calibre_mm: {gt: 100}", "calibre_mm: {ge: 100}"),
    ("minsk-2014-2015", "calibre_mm: {ge: 100}", "calibre_mm: {gt: 100}"),
    ("minsk-2014-2015", "AF: {within_km: 25, of: line_2014}", "AF: {within_km: 25, of: line_actual}"),
    ("minsk-2014-2015", "2015-02-15T00:00[", "2015-02-16T00:00["),
    ("minsk-2014-2015", "CEASEFIRE+P16D", "CEASEFIRE+P14D"),
    ("minsk-2014-2015", "MEMO_DONE, act: [presence.weapon], weapon: [{", "MEMO_DONE, act: [presence.weapon], weapon: [{class: [artillery], "),
    ("disengagement-2016", "days: 7, since", "days: 5, since"),
    ("disengagement-2016", ", verified_by: SMM}}\n  APART", "}}\n  APART"),
    ("disengagement-2016", "overrides: [d5.positions], ", ""),
    ("tcg-measures-2020", "burden: record, record: {type: return_fire_order, by: actor", "burden: record, record: {type: return_fire_order"),
    ("tcg-measures-2020", "not_agreed: [where.within_km], ", ""),
    ("tcg-measures-2020", "T00:01[", "T00:00["),
    ("korea-cma-2018", "{in: west, within_km: 10", "{in: west, within_km: 15"),
    ("korea-cma-2018", "lead: PT0S, ", ""),
    ("kumanovo-mta-1999", "value: 10", "value: 15"),
    ("kumanovo-mta-1999", "2001-12-27T", "2001-12-26T"),
    ("kumanovo-mta-1999", "type: kfor_consent, by: KFOR", "type: kfor_consent"),
    ("black-sea-initiative-2022", ", {out: territorial_sea}", ""),
    ("black-sea-initiative-2022", "within_km: 18.52", "within_km: 10"),
    ("black-sea-initiative-2022", "SIGN+P240D/eod", "SIGN+P120D/eod"),
    ("black-sea-initiative-2022", ", ruled_by: JCC", ""),
    ("israel-syria-1974", "{tank: 75}", "{tank: 74}"),
    ("israel-syria-1974", "trigger: {record: inspection_report}, due: P15D", "trigger: {record: inspection_report}, due: P20D"),
    ("israel-syria-1974", "SY: {out: east_of_b}", "SY: {out: west_of_a}"),
    ("sri-lanka-cfa-2002", "status: not_agreed, ruled_by: SLMM}", "status: not_agreed}"),
    ("sri-lanka-cfa-2002", "P160D/eod", "P160D"),
    ("lebanon-cessation-2024", "[others, self_defence]", "[self_defence]"),
    ("lebanon-cessation-2024", "where: {in: south}, attribution: answerable", "where: {in: south}, attribution: acted"),
    ("lebanon-cessation-2024", "T04:00[", "T00:00["),
    ("energy-moratorium-2025", "2025-03-18T00:00[Europe/Moscow]", "2025-03-18T00:00[Europe/Kyiv]"),
    ("energy-moratorium-2025", ", listed_by: [RF]", ""),
    ("energy-moratorium-2025", ", place_of: target", ""),
    ("hodeidah-2018", "uses: [breach], ", ""),
    ("hodeidah-2018", '"P14D/eod"', '"P14D"'),
    ("gaza-2025", "min: 600", "min: 599"),
    ("gaza-2025", "windows: {record: flight_pause}, ", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "misread"), MISREADINGS)
def test_a_misreading_of_the_text_is_caught_by_a_case(name: str, said: str, misread: str) -> None:
    """Bounds, lines, days, lists, burdens: each slip of a pen makes some expectation fail."""
    raw = (STUDY / f"{name}.yaml").read_text(encoding="utf-8")
    assert said in raw
    changed = raw.replace(said, misread).encode()
    done = run(changed, (GOLDEN / name / "cases.yaml").read_bytes())
    assert not done.met


def test_the_page_lists_every_study_file_with_its_number_of_clauses() -> None:
    """The table is what a lawyer reads first; it must not fall behind the folder."""
    page = README.read_text(encoding="utf-8")
    for name in ALL:
        number = sum(1 for _ in clauses_with_paths(study(name).agreement.doc))
        assert f"| [{name}](study/{name}.yaml) | {number} |" in page, name
    assert page.count("](study/") == len(ALL)
    done = [outcome(name) for name in ALL]
    cases, checks = (
        sum(len(part) for part in parts)
        for parts in ([one.judged for one in done], [one.checks for one in done])
    )
    assert f"{cases} cases, {checks} expectations" in page


def test_the_folder_spans_the_taxonomy() -> None:
    """All five norms, readings, amendments, lists, vague words, windows, a gate and a moving zone."""
    docs = [study(name).agreement.doc for name in ALL]
    norms = {type(one).__name__ for doc in docs for _, one in clauses_with_paths(doc)}
    assert norms == {"Prohibit", "Ceiling", "Require", "Power", "Declare"}
    raw = [msgspec.json.encode(doc).decode() for doc in docs]
    for word in (
        '"amendments":[{', '"readings":{"', '"listed_by":["', '"not_agreed"', '"ruled_by":"',
        '"calm":{"clauses"', '"of":"track"', '"where_by":{"', '"overrides":["',
        '"attribution":"answerable"', '"sum":"', '"place_of":"target"', '"every":"day"',
        '"every":"week"', '"record":"flight_pause"',
    ):  # fmt: skip
        assert any(word in one for one in raw), word


def test_every_golden_folder_belongs_to_a_study_file() -> None:
    """Cases without an agreement would never run."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == ALL
    assert Path(STUDY).is_dir()


def test_a_reading_nobody_is_on_record_as_holding_is_named_without_a_holder() -> None:
    """Two ways to count fourteen days stand side by side; we put neither in a party's mouth."""
    done = outcome("minsk-2014-2015")
    judged = next(one for one in done.judged if one.scenario.id == "mn05")
    for language, said in zip(
        LANGUAGES,
        ("Reading “D2_D14”\n", "Тлумачення «D2_D14»\n", "Толкование «D2_D14»\n"),
        strict=True,
    ):
        assert said in text(judged.results["p2.guns/UA"], done.agreement, language)
