"""Faults put into the engine one at a time: each is caught by the golden case that is named.

A fault is a few words of one function changed. The cases are those of tests/golden/terms/letter,
worked out by hand; before any fault all of them are met (test_golden_cases).
"""

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property

import pytest

from tests.terms.world import ROOT
from truceline.terms import atoms
from truceline.terms.casefile import judge
from truceline.terms.casereading import Scenario, read_cases
from truceline.terms.loading import load

LETTER = ROOT / "tests" / "golden" / "terms" / "letter"


@dataclass(frozen=True)
class Fault:
    """Words of a function and what they are changed into; the cases that must notice."""

    name: str
    where: str
    found: str
    instead: str
    caught_by: tuple[str, ...]


FAULTS = [
    Fault("`gt` is `ge`", "atoms:_limit", "low > limit, high <= limit", "low >= limit, high < limit", ("w16", "w20", "o01")),
    Fault("`ge` is `gt`", "atoms:_limit", '"ge": (low >= limit, high < limit)', '"ge": (low > limit, high <= limit)', ("w16",)),
    Fault("an interval across a limit keeps it", "atoms:_limit", "YES if sure", "YES if sure or not never", ("w17",)),
    Fault("an attribute not given is no", "atoms:_attribute", "return missing", "return NO", ("w21",)),
    Fault("a list must be had whole", "atoms:_attribute", "if any(same)", "if all(same)", ("w22",)),
    Fault("a less specific act is certain", "atoms:_act", "if within(said, asked):", "if within(said, asked) or within(asked, said):", ("w01",)),
    Fault("a less specific act is none", "atoms:_act", "or within(asked, said)", "", ("w01",)),
    Fault("an explosion is no fire", "atoms:_act", "MAYBE if mined or", "NO if mined or", ("w03",)),
    Fault("an unknown act is none", "atoms:_act", "said == UNKNOWN_CODE or ", "", ("w04",)),
    Fault("unregistered words are any word", "atoms:_act", "said == UNKNOWN_CODE", "known_prefix(said) == UNKNOWN_CODE", ("w04b", "w07")),
    Fault("what is left over counts for nothing", "atoms:weigh", "WHOLE - sum(shares.values())", "0", ("w05b",)),
    Fault("the least of all instead of the product", "atoms:product", "belief *= low", "belief = min(belief, low)", ("w09",)),
    Fault("one source is taken as independent", "weighing:_joined", "if not self.together", "if True", ("w10",)),
    Fault("an unknown actor is nobody", "questions:actor", "if event and code == UNKNOWN", "if False", ("w12", "w15")),
    Fault("an unknown actor is everybody", "questions:actor", "if event and", "if", ("w12",)),
    Fault("formations are strangers", "agreement:codes", "party.responsible_for if party", "() if party", ("w13",)),
    Fault("a party not named is bound", "questions:codes", "if bearer in self.bearers", "if True", ("w14",)),
    Fault("the end is inside", "times:covered_us", "end) - max", "end + 1) - max", ("t02", "n04")),
    Fault("days are counted in UTC", "times:moved", "if by.months or by.days:", "where = ZoneInfo('UTC')\n        if by.months or by.days:", ("t06",)),
    Fault("days are 24 hours", "times:moved", "if by.months or by.days:", "at_us += sign * by.days * 86_400_000_000\n        if False:", ("d01",)),
    Fault("what is learnt later counts", "register:known_by", "if r.known_us <= known_at_us", "if True", ("t10", "n10", "d05")),
    Fault("what is learnt at that instant does not", "register:known_by", "<= known_at_us", "< known_at_us", ("t11",)),
    Fault("a record need not fit its match", "register:matches", "_equal(self.value(name), value)", "True", ("t08", "e06")),
    Fault("a verdict taken back stands", "register:verdicts", "and record.id not in gone", "", ("t15", "d05")),
    Fault("calm is counted everywhere", "anchors:calm_run", "verdict.zone not in (None, calm.zone) or ", "", ("t16",)),
    Fault("the count of calm is not started again", "anchors:calm_run", "end = self._run_end(verdict.at_us, calm)", "pass", ("t13",)),
    Fault("anybody verifies calm", "anchors:_verified", "record.by == calm.verified_by\n", "True\n", ("t19",)),
    Fault("calm begins before it is verified", "anchors:_verified", "max(end, record.at_us)", "end", ("t17",)),
    Fault("the boundary has no tolerance", "places:_deeper", "self.atlas.chart.tolerances_m[name]", "0", ("p02", "p03", "p08")),
    Fault("the tolerance widens what is certain", "places:_deeper", "least_m + tolerance, least_m - tolerance", "least_m - tolerance, least_m - tolerance", ("p03",)),
    Fault("a derived area has no tolerance", "plane:_tolerance_m", "for part in parts_of(geoms[name])", "for part in ()", ("p08",)),
    Fault("every site counts", "plane:_kept", "if not cat or not outline.categories", "if True", ("p20",)),
    Fault("the impact stands for the target", "questions:__init__", "case.point(self.which)", "case.point('place')", ("p21", "p22")),
    Fault("an ellipse is turned the other way", "plane:samples", "along * sin(turn) + across * cos(turn)", "along * cos(turn) + across * sin(turn)", ("p11", "p12")),
    Fault("stated confidence is ignored", "plane:spread", "place.confidence_bp", "9_500", ("p14",)),
    Fault("the older map is taken for the newer", "shapes:_shift", "if datum not in _SHIFTS", "if True", ("p29", "p30")),
    Fault("the moving object stays where it began", "questions:_at_middle", "case.span.middle_us", "fixes[0].at_us", ("p23", "p24")),
    Fault("the moving object stays after its last fix", "questions:_at_middle", "if alone else None", "if alone else (fixes[-1].lon_e7 / 10**7, fixes[-1].lat_e7 / 10**7)", ("p25",)),
    Fault("one line for both parties", "questions:_place", 'self.clause.where_by.get(bearer or "", self.clause.where)', "self.clause.where_by.get('VEL', self.clause.where)", ("p26",)),
    Fault("what is excused is outside the rule", "weighing:result", 'if excuse.mode == "scope":', "if True:", ("e03", "e10")),
    Fault("the burden is the other's", "exempting:parts", 'if asked.burden == "open"', 'if asked.burden != "open"', ("e13", "e15")),
    Fault("no lead time", "exempting:_eligible", "if wanted.lead is not None:", "if False:", ("e04",)),
    Fault("anybody's notice", "exempting:_eligible", 'if wanted.by == "actor" and record.by not in self.codes:', "if False:", ("e05",)),
    Fault("called by oneself", "exempting:_eligible", "(record.by is None or record.by in self.codes)", "False", ("e11",)),
    Fault("a notice covers any time", "exempting:_covers_time", "return share, share", "return CERTAIN", ("e07",)),
    Fault("a notice covers any place", "exempting:_covers_zone", "return UNKNOWN", "return CERTAIN", ("e08",)),
    Fault("one party's excuse excuses all", "weighing:_excuse", "high = min((one[1] for one in held)", "high = max((one[1] for one in held)", ("e12",)),
    Fault("a window past midnight is lost", "force:daily", "range(-1, days)", "range(0, days)", ("n01",)),
    Fault("suspension frees both", "register:cuts", "if record.party is None or (codes is not None and record.party in codes):", "if True:", ("n11",)),
    Fault("a suspension never ends", "register:cut_end_us", "return record.until_us", "return FOREVER[1]", ("n12",)),
    Fault("the general rule speaks too", "judging:_displace", "for general in clause.overrides", "for general in ()", ("n14",)),
    Fault("a change reaches back", "versions:in_force", "if start <= fact_us", "if True", ("o12",)),
    Fault("a change starts late", "versions:in_force", "start <= fact_us", "start < fact_us", ("o13",)),
    Fault("a repeal ends late", "force:_repealed_us", "min((end", "min((end + 1", ("o14",)),
    Fault("a repeal spares what lasts beyond it", "force:_repealed_us", "if one.repeals", "if not one.repeals", ("o14", "o14a")),
    Fault("one reading is enough", "judging:_collapsed", "if all(one.verdict is first.verdict for one in results)", "if True", ("o06",)),
    Fault("a word nobody agreed on is met", "leaving_open:holds", 'if definition.status == "agreed"', "if True", ("o07",)),
    Fault("anybody rules on words", "leaving_open:holds", "and record.by == definition.ruled_by", "", ("o09",)),
    Fault("nobody verifies", "duties:_verified", "self._done.verified_by is not None", "False", ("d01",)),
    Fault("a day's sum runs on", "duties:_matching", "or record.at_us < end", "or True", ("d08",)),
    Fault("the limit does not move", "duties:_moved_on", "due += max(0, min(end, self._at) - start)", "pass", ("d07",)),
    Fault("anybody may fulfil it", "duties:_own", "return record.party is not None and", "return True or", ("d04",)),
    Fault("the clock starts when it happened", "triggers:_recorded", "record.known_us if known_clock else record.at_us", "record.at_us", ("d05",)),
    Fault("late is in time", "duties:_met", "late = self._due_us is not None", "late = False", ("d04",)),
]  # fmt: skip


@cache
def cases() -> dict[str, Scenario]:
    """The golden cases by id."""
    return {one.id: one for one in read_cases((LETTER / "cases.yaml").read_bytes()).cases}


def unmet(names: tuple[str, ...]) -> list[str]:
    """The expectations of some cases that the engine as it is does not meet."""
    agreement = load((LETTER / "terms.yaml").read_bytes()).agreement  # afresh: nothing remembered
    out = []
    for name in names:
        scenario = cases()[name]
        done = judge(agreement, scenario)
        found = {key: str(result.verdict) for key, result in done.results.items()}
        out += [key for key, word in scenario.expect.items() if found[key] != word]
        for asked, held in zip(scenario.states, done.states, strict=True):
            out += [key for key, word in asked.expect.items() if held[key] != word]
    return out


def _holder(module: object, name: str) -> object:
    """The module, or the class in it, that defines a function of that name."""
    for one in vars(module).values():
        if (
            inspect.isclass(one)
            and one.__module__ == getattr(module, "__name__", "")
            and name in vars(one)
        ):
            return one
    return module


@contextmanager
def seeded(fault: Fault) -> Iterator[None]:
    """The engine with one fault in it."""
    where, _, name = fault.where.partition(":")
    module = importlib.import_module(f"truceline.terms.{where}")
    holder = _holder(module, name)
    sound = vars(holder)[name]
    plain = getattr(sound, "fget", None) or getattr(sound, "func", None) or sound
    source = textwrap.dedent(inspect.getsource(plain))
    assert fault.found in source, f"{fault.where} no longer says {fault.found!r}"
    made: dict[str, object] = {}
    exec(source.replace(fault.found, fault.instead), vars(module), made)
    broken = made[name]
    if isinstance(broken, cached_property):
        broken.__set_name__(holder, name)  # type: ignore[arg-type] # a property lives on a class
    users = [holder] if inspect.isclass(holder) else [
        one for key, one in sys.modules.items()
        if key.startswith("truceline.terms") and vars(one).get(name) is sound
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for one in users:
            patch.setattr(one, name, broken)
        _forget()
        yield
    _forget()


def _forget() -> None:
    """What is remembered of codes between judgements."""
    atoms.act_is.cache_clear()
    atoms.code_is.cache_clear()


def test_there_are_enough_faults() -> None:
    """At least thirty, each in words of its own."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 30


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_caught_by_its_cases(fault: Fault) -> None:
    """An engine that is wrong in one place fails the case that is about that place."""
    with seeded(fault):
        caught = {name for name in fault.caught_by if unmet((name,))}
    assert caught == set(fault.caught_by)
