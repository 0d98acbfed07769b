"""Running a file of cases against an agreement: `truceline assess TERMS.yaml CASES.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from truceline.terms.agreement import Agreement
from truceline.terms.casereading import Scenario, Scenarios, StateAsked, read_cases
from truceline.terms.errors import Problem
from truceline.terms.judging import assess
from truceline.terms.loading import load
from truceline.terms.obligations import find_state, states
from truceline.terms.result import Result
from truceline.terms.shapes import Files
from truceline.terms.wording import text, verdict_word
from truceline.values.texts import LANGUAGES, Text

FORMAT = "truceline-verdicts/1"
NEVER_US = 2**62

_HEAD = Text(
    "{met} of {all} expectations met",
    "виконано {met} з {all} очікувань",
    "{met} из {all} ожиданий выполнено",
)
_ROW = Text(
    "{mark} {case}  {key}: expected {expected}, got {got}",
    "{mark} {case}  {key}: очікувано {expected}, отримано {got}",
    "{mark} {case}  {key}: ожидалось {expected}, получено {got}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation: what was expected and what came out."""

    case: str
    key: str
    expected: str
    got: str

    @property
    def met(self) -> bool:
        """Whether they are the same."""
        return self.expected == self.got


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One case judged."""

    scenario: Scenario
    results: Mapping[str, Result]
    states: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A file of cases run: every answer, every expectation, what could not be read."""

    agreement: Agreement
    judged: tuple[Judged, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def met(self) -> bool:
        """Whether every expectation is met and every case could be read."""
        return not self.problems and all(check.met for check in self.checks)

    def to_json(self) -> bytes:
        """The `truceline-verdicts/1` object: the same inputs give the same bytes."""
        whole: dict[str, object] = {
            "format": FORMAT,
            "terms_sha256": self.agreement.sha256,
            "cases": [_case_object(one, self.agreement) for one in self.judged],
        }
        if self.problems:
            whole["problems"] = [str(problem) for problem in self.problems]
        return msgspec.json.format(msgspec.json.encode(whole, order="sorted"), indent=1) + b"\n"

    def table(self, language: str = "en") -> str:
        """One line per expectation, `+` met or `-` not met, and a line that counts them."""
        row = _ROW.in_(language)
        lines = [str(problem) for problem in (*self.problems, *self.warnings)]
        lines += [
            row.format(
                mark="+" if check.met else "-",
                case=check.case,
                key=check.key,
                expected=check.expected,
                got=check.got,
            )
            for check in self.checks
        ]
        met = sum(check.met for check in self.checks)
        lines.append(_HEAD.in_(language).format(met=met, all=len(self.checks)))
        return "\n".join(lines)


def run(
    terms: bytes,
    cases: bytes,
    files: Files | None = None,
    *,
    terms_name: str = "terms.yaml",
    cases_name: str = "cases.yaml",
) -> Outcome:
    """Judge every case of a file by an agreement.

    Raises TermsRefused or CasesRefused where one of the two files cannot be used at all.
    """
    loaded = load(terms, terms_name, files)
    scenarios = read_cases(cases, cases_name)
    return _outcome(loaded.agreement, scenarios, loaded.warnings)


def _outcome(agreement: Agreement, scenarios: Scenarios, warnings: tuple[Problem, ...]) -> Outcome:
    judged, checks = [], []
    for scenario in scenarios.cases:
        one = judge(agreement, scenario)
        judged.append(one)
        checks.extend(_checks(one))
    return Outcome(
        agreement=agreement,
        judged=tuple(judged),
        checks=tuple(checks),
        problems=scenarios.problems,
        warnings=(*warnings, *scenarios.warnings),
    )


def judge(agreement: Agreement, scenario: Scenario) -> Judged:
    """Judge one case: its incident by every clause, its duties at every instant asked."""
    known = NEVER_US if scenario.known_us is None else scenario.known_us
    results = {}
    if scenario.case is not None:
        found = assess(agreement, scenario.case, scenario.records, known)
        results = {_key(*key): result for key, result in found.items()}
    asked = tuple(_states(agreement, scenario, one, known) for one in scenario.states)
    return Judged(scenario=scenario, results=results, states=asked)


def _key(clause: str, bearer: str | None) -> str:
    return clause if bearer is None else f"{clause}/{bearer}"


def _states(
    agreement: Agreement, scenario: Scenario, asked: StateAsked, known: int
) -> dict[str, str]:
    found = states(agreement, scenario.records, asked.at_us, min(known, asked.at_us))
    out = {key: state.word for key, state in found.items()}
    for key in asked.expect:
        state = find_state(found, key)
        out[key] = state.word if state is not None else "no such duty"
    return out


def _checks(judged: Judged) -> list[Check]:
    name = judged.scenario.id
    out = []
    for key, expected in judged.scenario.expect.items():
        result = judged.results.get(key)
        got = str(result.verdict) if result is not None else "no such clause"
        out.append(Check(case=name, key=key, expected=expected, got=got))
    for asked, held in zip(judged.scenario.states, judged.states, strict=True):
        for key, expected in asked.expect.items():
            shown = f"{key} at {asked.at}"
            out.append(Check(case=name, key=shown, expected=expected, got=held[key]))
    return out


def _case_object(judged: Judged, agreement: Agreement) -> dict[str, object]:
    asked = zip(judged.scenario.states, judged.states, strict=True)
    return {
        "id": judged.scenario.id,
        "verdicts": {
            key: result_object(result, agreement) for key, result in judged.results.items()
        },
        "states": [{"at": one.at, **held} for one, held in asked],
    }


def result_object(result: Result, agreement: Agreement) -> dict[str, object]:
    """One answer as JSON shows it, explained in every language."""
    return {
        "verdict": str(result.verdict),
        "belief_bp": result.belief_bp,
        "plausibility_bp": result.plausibility_bp,
        "dimensions": {
            one.name: {"belief_bp": one.belief_bp, "plausibility_bp": one.plausibility_bp}
            for one in result.dimensions
        },
        "exemptions": [
            {
                "name": one.name,
                "mode": one.mode,
                "belief_bp": one.belief_bp,
                "plausibility_bp": one.plausibility_bp,
            }
            for one in result.exemptions
        ],
        "missing": list(result.missing),
        "explanation": {language: text(result, agreement, language) for language in LANGUAGES},
    }


__all__ = ["FORMAT", "Check", "Judged", "Outcome", "judge", "result_object", "run", "verdict_word"]
