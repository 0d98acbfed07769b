"""Golden cases of every clause kind, and how the answers read in three languages."""

from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from tests.terms.world import EXERCISE, ROOT
from truceline.terms.casefile import Outcome, run
from truceline.terms.clauses import CLAUSES
from truceline.terms.wording import text
from truceline.values.texts import LANGUAGES

GOLDEN = ROOT / "tests" / "golden" / "clauses"
SHARED = ROOT.parent / "shared" / "terms"
SCHEMA = ROOT / "docs" / "formats" / "verdicts.schema.json"


def outcome(kind: str) -> Outcome:
    """The golden cases of a kind, run."""
    own = GOLDEN / kind / "terms.yaml"
    terms = own if own.exists() else EXERCISE
    return run(terms.read_bytes(), (GOLDEN / kind / "cases.yaml").read_bytes())


@pytest.mark.parametrize("kind", sorted(CLAUSES))
def test_every_expectation_written_from_the_text_is_met(kind: str) -> None:
    """The cases were written from the article before the engine ran; the engine must agree."""
    done = outcome(kind)
    assert done.checks
    assert [check for check in done.checks if not check.met] == []
    assert (done.problems, done.warnings) == ((), ())
    assert done.met


LETTER = ROOT / "tests" / "golden" / "terms" / "letter"


def test_every_sentence_of_the_rules_has_a_case_that_is_met() -> None:
    """One case or more for each sentence on judging and on duties, worked out by hand."""
    done = run((LETTER / "terms.yaml").read_bytes(), (LETTER / "cases.yaml").read_bytes())
    assert len(done.checks) > 200
    assert [check for check in done.checks if not check.met] == []
    assert (done.problems, done.warnings) == ((), ())
    schema = msgspec.json.decode(SCHEMA.read_bytes())
    Draft202012Validator(schema).validate(msgspec.json.decode(done.to_json()))


DUTIES = {
    "convene",
    "demine",
    "exchange",
    "notify",
    "report",
    "restore_calm",
    "terminate",
    "verify",
    "verify_access",
    "withdraw",
}  # fmt: skip - states, which need no reasons


@pytest.mark.parametrize("kind", sorted(set(CLAUSES) - DUTIES))
def test_the_reasons_read_in_three_languages(kind: str, request: pytest.FixtureRequest) -> None:
    """Verdict first, the article as signed, one line per question, what would decide it."""
    done = outcome(kind)
    told = []
    for judged in done.judged:
        for key in judged.scenario.expect:
            words = [text(judged.results[key], done.agreement, one) for one in LANGUAGES]
            told.append(
                "\n\n".join([f"# {judged.scenario.id} {key}: {judged.scenario.title}", *words])
            )
    path = GOLDEN / kind / "explained.txt"
    if request.config.getoption("--rewrite-golden", default=False):
        path.write_text("\n\n\n".join(told) + "\n", encoding="utf-8")
    assert "\n\n\n".join(told) + "\n" == path.read_text(encoding="utf-8")


WORDS_NEVER_USED = ("guilty", "violat", "винн", "порушен", "виновн", "нарушен", "breach by")


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.rglob("explained.txt")), ids=lambda path: path.parent.name
)
def test_no_reason_calls_anybody_guilty(path: Path) -> None:
    """A computed answer is a proposal about a test, never a finding about a party."""
    said = path.read_text(encoding="utf-8").lower()
    assert [word for word in WORDS_NEVER_USED if word in said] == []


def test_the_same_inputs_give_the_same_bytes() -> None:
    """Each side can run the evaluation itself and compare hashes."""
    assert outcome("no_fly").to_json() == outcome("no_fly").to_json()


@pytest.mark.parametrize("kind", ["cease_fire", "ceiling", "withdraw"])
def test_the_json_keeps_its_schema(kind: str) -> None:
    """A program can rely on what docs/formats says of truceline-verdicts/1."""
    schema = msgspec.json.decode(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(msgspec.json.decode(outcome(kind).to_json()))


def test_the_table_says_which_expectation_is_not_met() -> None:
    """An unmet expectation is marked, counted, and makes the run fail."""
    raw = (GOLDEN / "cease_fire" / "cases.yaml").read_text(encoding="utf-8")
    wrong = raw.replace("expect: {a1.fire: not_in_force,", "expect: {a1.fire: breach,")
    done = run(EXERCISE.read_bytes(), wrong.encode())
    assert not done.met
    assert "- cf01  a1.fire: expected breach, got not_in_force" in done.table()
    assert done.table("uk").endswith("виконано 21 з 22 очікувань")


def test_a_case_that_cannot_be_read_is_named_and_the_others_run() -> None:
    """One bad case does not hide the rest."""
    raw = b'cases:\n- {id: a, incident: {}, expect: {a1.fire: breach}}\n- {id: b, incident: {time: {from: "2026-04-01T00:00Z"}, type: {fire: 1.0}}, expect: {a1.fire: breach}}\n'
    done = run(EXERCISE.read_bytes(), raw)
    assert [str(one) for one in done.problems] == [
        "cases.yaml:2: an incident without `time`; write time: {from: …}"
    ]
    assert [check.case for check in done.checks if check.met] == ["b"]
    assert not done.met


@pytest.mark.realdata
def test_the_sample_agreement_meets_all_its_cases() -> None:
    """The sample agreement and its cases, kept apart from this project, are met entirely."""
    if not SHARED.exists():
        pytest.skip("no ../shared/terms: the sample is not on this machine")
    terms, cases = (SHARED / "sample.yaml"), (SHARED / "sample_cases.yaml")
    done = run(terms.read_bytes(), cases.read_bytes())
    assert len(done.checks) == 21
    assert [check for check in done.checks if not check.met] == []
    schema = msgspec.json.decode(SCHEMA.read_bytes())
    Draft202012Validator(schema).validate(msgspec.json.decode(done.to_json()))
