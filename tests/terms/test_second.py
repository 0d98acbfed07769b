"""The second reading of the rules against the engine: every case there is, and many nobody chose."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.terms.second import document
from tests.terms.second.incident import Found
from tests.terms.second.making import Maker
from tests.terms.world import ROOT
from truceline.terms.casefile import Outcome, run
from truceline.terms.result import Result, Verdict

Raw = Any
GOLDEN = ROOT / "tests" / "golden"
SAMPLE = ROOT.parent / "shared" / "terms" / "sample_cases.yaml"
FILES = sorted(
    path
    for folder in ("clauses", "agreements", "terms/letter")
    for path in (GOLDEN / folder).rglob("cases.yaml")
)
# What the drawn places leave to chance: two thousand of them, in a product of a few questions.
CHANCE = 0.05
# Rules the format has beyond the text both were written from; the engine's own tests keep those.
BEYOND = ("uses", "not_agreed", "attribution")


@cache
def read(path: Path) -> Raw:
    """A file as plain YAML."""
    return YAML(typ="safe", pure=True).load(path.read_text())


def terms_of(cases: Path) -> Path:
    """The agreement a file of cases is about."""
    named = read(cases)["doc"]
    found: list[Path] = [cases.parent / named, ROOT / named]
    return next(path for path in found if path.exists())


def plain(doc: Raw, case: Raw) -> set[str]:
    """The clauses that rest on nothing beyond the text both were written from."""
    lists = any(
        "listed_by" in site
        for shape in (doc.get("geometry") or {}).values()
        for site in shape.get("sites") or []
    )
    ended = any(record["type"] == "terminate" for record in case.get("records") or [])
    if lists or ended or "one_source" in case["incident"]:
        return set()
    clauses = [clause for article in doc["articles"] for clause in article.get("clauses", [])]
    return {clause["id"] for clause in clauses if not any(key in clause for key in BEYOND)}


def differ(found: list[Found], result: Result) -> bool:
    """Whether two answers to one key are more than chance apart."""
    word = document.verdict(found)
    every = found if word == "contested" else found[:1]
    low = min(one.belief for one in every)
    high = max(one.plausibility for one in every)
    apart = max(abs(low - result.belief_bp / 1e4), abs(high - result.plausibility_bp / 1e4))
    return apart > CHANCE or (word != str(result.verdict) and not _close_to_a_bar(found))


def _close_to_a_bar(found: list[Found]) -> bool:
    """Whether chance alone may have moved an answer over a standard of proof."""
    shares = [s for one in found for s in (one.belief, one.plausibility, one.pattern)]
    bars = (0.0, 0.1, 0.2, 0.6, 0.7, 0.9, 1.0)
    return any(0 < share < 1 and min(abs(share - bar) for bar in bars) < CHANCE for share in shares)


def differences(doc: Raw, cases: Raw, outcome: Outcome) -> list[str]:
    """Every key on which the two are apart."""
    judged = {one.scenario.id: one.results for one in outcome.judged}
    return [
        f"{case['id']} {key}: {document.verdict(found)} {found}, {judged[case['id']][key]}"
        for case in cases
        if "incident" in case
        for key, found in document.answers(doc, case).items()
        if key.split("/")[0] in plain(doc, case) and differ(found, judged[case["id"]][key])
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_second_reading_agrees_on_every_case_file(path: Path) -> None:
    """Belief, plausibility and verdict are what the text demands, worked out a second time."""
    terms = terms_of(path)
    outcome = run(terms.read_bytes(), path.read_bytes())
    assert differences(read(terms), read(path)["cases"], outcome) == []


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample lies beside the repository")
def test_the_second_reading_agrees_on_the_sample() -> None:
    """So does the sample the format was published with."""
    terms = SAMPLE.with_name("sample.yaml")
    outcome = run(terms.read_bytes(), SAMPLE.read_bytes())
    assert differences(read(terms), read(SAMPLE)["cases"], outcome) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_second_reading_agrees_on_agreements_nobody_chose(seed: int) -> None:
    """No field of the format is read otherwise by one of the two."""
    maker = Maker(seed)
    doc = maker.document()
    ids = [clause["id"] for clause in doc["articles"][0]["clauses"]]
    cases = [maker.case(f"k{number}", ids) for number in range(4)]
    outcome = run(json.dumps(doc).encode(), json.dumps({"cases": cases}).encode())
    assert outcome.problems == ()
    assert differences(doc, cases, outcome) == []


def test_an_anchor_left_open_is_not_yet_set() -> None:
    """An agreement may name a day nobody has fixed: its clauses wait, and check says so."""
    maker = Maker(1)
    doc, case = maker.document(), maker.case("open", ["a1.c0"])
    doc["anchors"] = {"EIF": {}, "D1": {"ref": "EIF+P1D"}}
    doc.pop("readings", None)
    doc["articles"][0]["clauses"] = [
        {"norm": "prohibit", "id": "a1.c0", "kind": "made", "from": "D1", "act": ["fire"]}
    ]
    outcome = run(json.dumps(doc).encode(), json.dumps({"cases": [case]}).encode())
    assert any("anchor not set at `anchors.EIF`" in str(one) for one in outcome.warnings)
    assert outcome.judged[0].results["a1.c0"].verdict is Verdict.NOT_IN_FORCE
    assert differences(doc, [case], outcome) == []


def test_the_second_reading_would_notice() -> None:
    """An answer moved by a tenth, or by a word, is a difference."""
    right = Found("breach", 1.0, 1.0, 1.0)
    assert differ([Found("no_breach", 0.0, 0.0, 0.0)], _result("breach", 1.0, 1.0))
    assert differ([right], _result("breach", 0.9, 1.0))
    assert differ([right], _result("undetermined", 1.0, 1.0))
    assert not differ([right], _result("breach", 1.0, 1.0))


def _result(verdict: str, low: float, high: float) -> Result:
    return Result(
        clause="a1",
        bearer=None,
        verdict=Verdict(verdict),
        belief_bp=int(low * 1e4),
        plausibility_bp=int(high * 1e4),
        dimensions=(),
    )
