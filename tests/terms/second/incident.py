"""What the rules demand of one incident: an interval and a verdict per clause and bearer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from tests.terms.second.clock import (
    EARLY,
    LATE,
    Clock,
    Register,
    Spans,
    daily,
    inside,
    instant,
    less,
    meet,
    shifted,
)
from tests.terms.second.ground import Ground
from tests.terms.second.questions import (
    NO,
    OPEN,
    YES,
    Pair,
    armed,
    attributed,
    both,
    coded,
    either,
    exact,
    limited,
    massed,
    spared,
    times,
)

Raw = Any


@dataclass(frozen=True)
class Found:
    """The answer to one key."""

    verdict: str
    belief: float
    plausibility: float
    pattern: float


class Evaluator:
    """One document, as it stood for one incident, under one register."""

    def __init__(self, doc: Raw, case: Raw, register: Register, seed: int = 1) -> None:
        """Place the incident in time and on the ground."""
        self.doc, self.case, self.register, self.seed = doc, case, register, seed
        self.incident = case["incident"]
        self.clock = Clock(doc, register)
        time = self.incident["time"]
        self.start = instant(time["from"])
        self.end = instant(time["to"]) if time.get("to") else self.start
        self.ground = cache(self._ground)
        self.placed: dict[tuple[str, str | None, str], Pair] = {}
        steps = 1 if self.end == self.start else 2000
        gap = (self.end - self.start) / steps
        self.moments = [self.start + gap * (i + (0.5 if steps > 1 else 0)) for i in range(steps)]
        self.shuffle = np.random.default_rng(seed).permutation(steps)

    # -- the ground ------------------------------------------------------------------------------

    def _ground(self, which: str) -> Ground:
        return Ground(self.doc, self.incident.get(which), self._track(), self.seed)

    def _track(self) -> Raw:
        track = [(instant(p["at"]), p["lon"], p["lat"]) for p in self.case.get("near_track") or []]
        middle = self.start + (self.end - self.start) / 2
        for (a, x, y), (b, u, v) in pairwise(track):
            if a <= middle <= b:
                part = (middle - a) / (b - a)
                return [x + part * (u - x), y + part * (v - y)]
        return next(([x, y] for a, x, y in track if a == middle), None)

    # -- time ------------------------------------------------------------------------------------

    def share(self, spans: Spans) -> float:
        """The part of the incident's time that lies inside."""
        if self.end == self.start:
            return float(inside(self.start, spans))
        held = sum(((b - a) for a, b in meet(joined(spans), [(self.start, self.end)])), timedelta())
        return held / (self.end - self.start)

    def period(self, clause: Raw, bearer: str | None) -> Spans:
        """From start to end, less what was suspended for this party or for all."""
        start = self.clock.reference(clause["from"]) if clause.get("from") else EARLY
        if start is None:
            return []
        end = self.clock.reference(clause["until"]) if clause.get("until") else LATE
        spans = less([(start, end or LATE)], [(t, LATE) for t in self.repeals(clause)])
        for record in self.register.records:
            named = record.get("clauses") or [record.get("clause")]
            ours = record.get("party") in (None, bearer if bearer in self.bearers(clause) else None)
            if record["type"] in ("suspend", "exercise_effect") and clause["id"] in named and ours:
                until = instant(record["until"]) if record.get("until") else LATE
                spans = less(spans, [(instant(record["at"]), until)])
        windows = clause.get("windows") or {}
        if windows.get("daily"):
            tz = windows.get("tz", "UTC")
            spans = meet(spans, daily(windows["daily"], tz, self.start, self.end))
        return spans

    def repeals(self, clause: Raw) -> list[datetime]:
        """When amendments end a clause or its article."""
        article = next(a["id"] for a in self.doc["articles"] if clause_in(a, clause["id"]))
        found = [
            self.clock.reference(one["from"])
            for one in self.doc.get("amendments") or []
            if one["mod"] in ("force", "efficacy")
            and one.get("value") is None
            and one["target"] in (clause["id"], article)
        ]
        return [when for when in found if when is not None]

    # -- questions -------------------------------------------------------------------------------

    def when_and_where(self, clause: Raw, bearer: str | None, spared_places: list[Raw]) -> Pair:
        """Time and place, worked out once for each bearer and what is spared."""
        key = (repr(clause), bearer, repr(spared_places))
        if key not in self.placed:
            self.placed[key] = self._when_and_where(clause, bearer, spared_places)
        return self.placed[key]

    def _when_and_where(self, clause: Raw, bearer: str | None, spared_places: list[Raw]) -> Pair:
        """Time and place; drawn together where windows have zones of their own."""
        spans = self.period(clause, bearer)
        ground = self.ground(clause.get("place_of", "place"))
        asked = (clause.get("where_by") or {}).get(bearer) or clause.get("where")
        sure, may = ground.where(asked or {})
        for place in spared_places:
            out = ground.where(place)
            sure, may = sure & ~out[1], may & ~out[0]
        kind = (clause.get("windows") or {}).get("record")
        if not kind:
            return times((self.share(spans),) * 2, (float(sure.mean()), float(may.mean())))
        n = max(ground.count, len(self.moments))
        low, high = np.zeros(n, bool), np.zeros(n, bool)
        for window in self.register.named(kind):
            until = instant(window["until"]) if window.get("until") else LATE
            open_ = [(instant(window.get("from") or window["at"]), until)]
            then = np.array([inside(t, meet(spans, open_)) for t in self.moments])
            then = np.resize(then[self.shuffle], n)
            zone = ground.within_area(window["zone"]) if window.get("zone") else None
            yes = then & np.resize(zone[0], n) if zone else then
            maybe = then & np.resize(zone[1], n) if zone else then
            low, high = low | yes, high | maybe
        low, high = low & np.resize(sure, n), high & np.resize(may, n)
        return float(low.mean()), float(high.mean())

    def covered(self, condition: Raw, bearer: str | None, spot: str) -> Pair:
        """Whether a record of the kind asked covers the incident for somebody."""
        best = NO
        for record in self.register.named(condition["type"], condition.get("match")):
            by = condition.get("by")
            own = record.get("by") in self.codes(bearer) if bearer else False
            if by and not (
                own if by == "actor" else not own if by == "other" else record.get("by") == by
            ):
                continue
            if condition.get("lead"):
                latest = shifted(instant(record["at"]), condition["lead"], self.clock.zone)
                if latest > self.start:
                    continue
            best = either([best, self._covers(record, condition.get("covers") or [], spot)])
        return best

    def _covers(self, record: Raw, asked: list[str], spot: str) -> Pair:
        found = YES
        if "time" in asked:
            first = instant(record["from"]) if record.get("from") else EARLY
            last = instant(record["until"]) if record.get("until") else LATE
            found = times(found, (self.share([(first, last)]),) * 2)
        if "place" in asked:
            zone = record.get("zone")
            if not zone:
                return times(found, OPEN)
            sure, may = self.ground(spot).within_area(zone)
            found = times(found, (float(sure.mean()), float(may.mean())))
        return found

    def exempt(self, exemption: Raw, bearer: str | None, spot: str) -> Pair:
        """One exemption as a factor of its own: all it says, each part by its own burden."""
        parts = [self.exempt(part, bearer, spot) for part in exemption.get("all") or []]
        if exemption.get("type"):
            parts.append(self.typed(exemption["type"]))
        if exemption.get("actor"):
            named = exemption["actor"]
            parts.append(massed(self.incident.get("actor"), lambda c: exact(c, named)))
        if exemption.get("weapon"):
            parts.append(armed(self.incident.get("weapon"), exemption["weapon"]))
        if exemption.get("attr"):
            missing = OPEN if exemption.get("burden", "open") == "open" else NO
            parts.append(attributed(self.incident.get("attr"), exemption["attr"], missing))
        if exemption.get("where"):
            sure, may = self.ground(spot).where(exemption["where"])
            parts.append((float(sure.mean()), float(may.mean())))
        if exemption.get("record"):
            parts.append(self.covered(exemption["record"], bearer, spot))
        return times(*parts)

    def typed(self, asked: list[str], unless: Iterable[list[str]] = ()) -> Pair:
        """The kind of act, less the kinds that are exempt."""

        def fits(code: str) -> Pair:
            return both(
                [coded(code, asked) if asked else YES, *(spared(coded(code, u)) for u in unless)]
            )

        return massed(self.incident.get("type"), fits)

    # -- bearers ---------------------------------------------------------------------------------

    def codes(self, party: str) -> set[str]:
        """The codes a party stands for."""
        told = self.doc["parties"].get(party) or {}
        return {party, *told.get("responsible_for", [])}

    def bearers(self, clause: Raw) -> list[str]:
        """Who is bound."""
        return list(clause.get("who") or self.doc["parties"])

    def mass(self, party: str, unless: Iterable[list[str]]) -> float:
        """The mass of a party's codes that are not exempt."""
        gone = {code for named in unless for code in named}
        mine = self.codes(party) - gone
        return float(sum(s for c, s in (self.incident.get("actor") or {}).items() if c in mine))

    @property
    def nobody(self) -> float:
        """The mass of unknown actors."""
        actor = self.incident.get("actor") or {}
        known = sum(s for c, s in actor.items() if c != "unknown")
        return max(0.0, 1 - float(known))

    # -- verdicts --------------------------------------------------------------------------------

    def pattern(self, clause: Raw, bearer: str | None, exemptions: list[Raw]) -> Pair:
        """The interval of a clause with these exemptions."""
        alone = {
            key: [e[key] for e in exemptions if only(e) == key]
            for key in ("type", "actor", "where")
        }
        others = [e for e in exemptions if only(e) is None]
        return self._weighed(clause, bearer, alone, others)

    def described(self, clause: Raw, alone: Raw) -> list[Pair]:
        """The questions whose answer is the same for every bearer."""
        incident, told = self.incident, []
        if self.acts(clause, alone):
            told.append(self.typed(clause.get("act") or [], alone["type"]))
        if clause.get("weapon"):
            told.append(armed(incident.get("weapon"), clause["weapon"]))
        if clause.get("site"):
            told.append(massed(incident.get("site"), lambda c: coded(c, clause["site"])))
        if clause.get("attr"):
            told.append(attributed(incident.get("attr"), clause["attr"], OPEN))
        if clause["norm"] == "ceiling":
            told.append(self.counted(clause))
        return told

    def _weighed(self, clause: Raw, bearer: str | None, alone: Raw, others: list[Raw]) -> Pair:
        common, spot = self.described(clause, alone), clause.get("place_of", "place")
        names = self.bearers(clause)
        place = {p: self.when_and_where(clause, p, alone["where"]) for p in names}
        mass = {p: self.mass(p, alone["actor"]) for p in names}
        if bearer is not None:
            if bearer not in names:
                return NO
            common += [(mass[bearer], mass[bearer] + self.nobody), place[bearer]]
            common += [spared(self.exempt(e, bearer, spot)) for e in others]
            return times(*common)
        low = sum(mass[p] * place[p][0] for p in names)
        high = sum(mass[p] * place[p][1] for p in names)
        if not alone["actor"]:  # an unknown actor counts as bound, unless he may be one exempt
            low += self.nobody * min(v[0] for v in place.values())
        high += self.nobody * max(v[1] for v in place.values())
        acted = [p for p in names if mass[p] + self.nobody > 0]
        for exemption in others:
            held = [self.exempt(exemption, p, spot) for p in acted]
            common.append(spared(both(held) if held else NO))
        return times((low, high), *common)

    def acts(self, clause: Raw, alone: Raw) -> bool:
        """Whether the clause asks about the kind of act."""
        return bool(clause.get("act") or alone["type"])

    def counted(self, clause: Raw) -> Pair:
        """More of anything than its number, in an incident that is a holding."""
        held = self.incident.get("holding") or {}
        over = either(limited(held.get(n), {"gt": most}) for n, most in clause["count"].items())
        return times(over, self.typed(["holding"]))

    def judge(self, clause: Raw, bearer: str | None) -> Found:
        """The verdict on one key, before anything displaces it."""
        named = [self.doc["exemptions"][name] for name in clause.get("unless") or []]
        low, high = self.pattern(clause, bearer, named)
        scoped = [e for e in named if e.get("mode", "justify") == "scope"]
        alone = low if scoped == named else self.pattern(clause, bearer, scoped)[0]
        limits = clause.get("evidence") or self.doc.get("evidence")
        bars = (limits.get("breach_at", 0.9), limits.get("none_at", 0.1)) if limits else (1.0, 0.0)
        if not self.speaks(clause, bearer):
            return Found("not_in_force", 0.0, 0.0, 0.0)
        if low >= bars[0] - 1e-9:
            verdict = "breach"
        elif high > bars[1] + 1e-9:
            verdict = "undetermined"
        else:
            verdict = "excused" if alone >= bars[0] - 1e-9 else "no_breach"
        return Found(verdict, low, high, alone)

    def speaks(self, clause: Raw, bearer: str | None) -> bool:
        """Whether the clause was in force for somebody asked about, in any window there is."""
        everybody = self.bearers(clause)
        able = [p for p in everybody if self.mass(p, ()) + self.nobody > 0]
        names = [bearer] if bearer else able or everybody
        bare = {k: v for k, v in clause.items() if k not in ("where", "where_by")}
        return any(self.when_and_where(bare, p, [])[1] > 0 for p in names)

    def answers(self) -> dict[str, Found]:
        """Every key of the document, displaced where a special rule speaks."""
        clauses = [
            c
            for a in self.doc.get("articles", [])
            for c in a.get("clauses", [])
            if c["norm"] in ("prohibit", "ceiling")
        ]
        keys = [(c, b) for c in clauses for b in (None, *self.doc["parties"])]
        found = {(c["id"], b): self.judge(c, b) for c, b in keys}
        for clause, bearer in keys:
            for general in clause.get("overrides") or []:
                special, rule = found[clause["id"], bearer], found.get((general, bearer))
                strong = special.pattern >= 0.9 and special.verdict != "not_in_force"
                if rule and strong and rule.verdict in ("breach", "undetermined"):
                    found[general, bearer] = Found(
                        "displaced", rule.belief, rule.plausibility, rule.pattern
                    )
        return {c if b is None else f"{c}/{b}": f for (c, b), f in found.items()}


def clause_in(article: Raw, name: str) -> bool:
    """Whether a clause stands under an article."""
    return any(clause["id"] == name for clause in article.get("clauses", []))


def only(exemption: Raw) -> str | None:
    """The one dimension an exemption speaks of, if it speaks of one alone."""
    said = [
        k for k in ("type", "actor", "attr", "weapon", "where", "record", "all") if exemption.get(k)
    ]
    return said[0] if len(said) == 1 and said[0] in ("type", "actor", "where") else None


def joined(spans: Spans) -> Spans:
    """The same time, counted once."""
    whole: Spans = []
    for a, b in sorted(spans):
        if whole and a <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], b))
        else:
            whole.append((a, b))
    return whole
