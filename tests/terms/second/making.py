"""Small agreements, registers and incidents nobody chose, over the whole of the format."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

Raw = Any
ZONES = ["Europe/Athens", "Atlantic/Azores", "UTC", "America/Santiago"]
DAYS = [datetime(2026, 3, 28), datetime(2026, 10, 24), datetime(2026, 6, 10)]
ACTS = [
    "fire",
    "fire.mortar",
    "strike",
    "strike.fpv",
    "presence",
    "presence.weapon",
    "flight.uav",
    "mine",
    "engineer.mine",
    "assault",
]
SAID = [*ACTS, "explosion", "unknown", "presence.repair", "flight", "recon"]
WEAPONS = ["artillery", "artillery.howitzer", "mlrs", "mlrs.uragan", "mortar"]
SITES = ["energy", "energy.dam", "energy.nuclear", "medical"]
WORDS = {"en": "x", "uk": "x", "ru": "x"}
ATTRIBUTES = ["military", "self_defence", "other"]
EXEMPTIONS = ["typed", "actors", "place", "note", "claim", "mixed", "gun"]
ACTORS = ["AR", "ARF", "BO", "BOF", "CENTRE", "unknown", "XX"]


class Maker:
    """One seeded world of agreements: the same seed gives the same document and cases."""

    def __init__(self, seed: int) -> None:
        """Choose where on the calendar and in which zone it all happens."""
        self.dice = Random(seed)
        self.tz = self.dice.choice(ZONES)
        self.day = self.dice.choice(DAYS)

    def some(self, options: list[Raw], most: int = 3) -> list[Raw]:
        """A few of them, at least one."""
        return self.dice.sample(options, self.dice.randint(1, min(most, len(options))))

    def maybe(self, share: float = 0.5) -> bool:
        """Heads or tails."""
        return self.dice.random() < share

    def at(self, least: float = -48, most: float = 96) -> str:
        """An instant near the day, on a whole or a quarter of an hour."""
        hours = self.dice.randint(int(least * 4), int(most * 4)) / 4
        if self.maybe(0.4):
            hours = float(round(hours / 12) * 12)
        when = self.day.replace(tzinfo=ZoneInfo("UTC")) + timedelta(hours=hours)
        return when.astimezone(ZoneInfo(self.tz)).isoformat()

    def shares(self, codes: list[str]) -> Raw:
        """Mass over a few codes, at times with some left over."""
        picked = self.some(codes)
        left, out = 100, {}
        for code in picked[:-1]:
            part = self.dice.choice([5, 10, 25, 50])
            out[code] = min(part, left) / 100
            left -= min(part, left)
        out[picked[-1]] = (left if self.maybe(0.8) else left // 2) / 100
        return out

    # -- the document ----------------------------------------------------------------------------

    def document(self) -> Raw:
        """A small agreement with a bit of everything."""
        clauses = [self.prohibit(f"a1.c{n}") for n in range(self.dice.randint(1, 3))]
        if self.maybe(0.3):
            clauses.append(self.ceiling("a1.top"))
        if len(clauses) > 1 and self.maybe(0.3):
            clauses[0]["overrides"] = [clauses[1]["id"]]
        doc = {
            "terms": 1,
            "id": "made",
            "title": WORDS,
            "tz": self.tz,
            "languages": {"authentic": ["en", "uk", "ru"]},
            "parties": {
                "AR": {"name": WORDS, "responsible_for": ["ARF"]},
                "BO": {"name": WORDS, "responsible_for": ["BOF"]},
            },
            "bodies": {"CENTRE": "centre"},
            "anchors": self.anchors(),
            "geometry": self.geometry(),
            "exemptions": self.exemptions(),
            "articles": [{"id": "a1", "number": "1", "text": WORDS, "clauses": clauses}],
        }
        if self.maybe(0.8):
            doc["evidence"] = {"breach_at": 0.9, "none_at": 0.1}
        if self.maybe(0.3):
            doc["amendments"] = [self.amendment(clauses)]
        if self.maybe(0.25):
            doc["readings"] = {"r1": {"held_by": ["AR"], "anchors": {"EIF": {"at": self.at()}}}}
            if self.maybe():
                doc["readings"]["r2"] = {"held_by": ["BO"], "set": {"geometry.strip.buffer_km": 7}}
        return doc

    def anchors(self) -> Raw:
        """An entry into force, a date after it, and a calm."""
        eif = {"record": "entry_into_force"} if self.maybe() else {"at": self.at(-72, 24)}
        calm = {"clauses": ["a1.c0"], "zone": "area", "days": 1, "since": "EIF"}
        if self.maybe(0.3):
            calm["verified_by"] = "CENTRE"
        return {"EIF": eif, "D1": {"ref": f"EIF+{self.duration()}"}, "CALM": {"calm": calm}}

    def duration(self) -> str:
        """A duration, at times cut to a day."""
        return self.dice.choice(
            ["P1D/eod", "P1D", "PT24H", "P2D/sod", "PT6H", "P1W/sod", "PT36H/eod", "P1DT3H"]
        )

    def geometry(self) -> Raw:
        """A line, areas, sites, and what is derived from them."""
        slack = [self.dice.choice([0, 20, 50, 400]) for _ in range(4)]
        return {
            "line": {
                "line": [[-35.0, 47.5], [-34.0, 47.55], [-33.0, 47.8]],
                "tolerance_m": slack[0],
            },
            "area": {"point": [-34.0, 47.55], "side_km": 4, "tolerance_m": slack[1]},
            "field": {
                "polygon": [
                    [-34.2, 47.4],
                    [-33.9, 47.4],
                    [-33.9, 47.7],
                    [-34.2, 47.7],
                    [-34.2, 47.4],
                ],
                "tolerance_m": slack[2],
            },
            "strip": {"of": "line", "buffer_km": 10},
            "rest": {"of": "field", "minus": "area"},
            "whole": {"union": ["field", "strip"]},
            "sites": {
                "sites": [
                    {"id": "s1", "lon": -34.05, "lat": 47.56, "cat": "energy.dam"},
                    {"id": "s2", "lon": -33.95, "lat": 47.6, "cat": "energy.nuclear"},
                    {"id": "s3", "lon": -34.0, "lat": 47.5, "cat": "medical"},
                ],
                "tolerance_m": slack[3],
            },
            "homes": {"of": "sites", "buffer_km": 2},
        }

    def where(self, depth: int = 1) -> Raw:
        """A condition on places."""
        kind = self.dice.randint(0, 6 if depth else 4)
        if kind < 2:
            areas = ["area", "field", "strip", "rest", "whole", "homes"]
            return {"in" if kind else "out": self.dice.choice(areas)}
        if kind < 4:
            out = {
                "within_km" if self.maybe(0.7) else "beyond_km": self.dice.choice([1, 3, 10]),
                "of": self.dice.choice(["line", "area", "sites", "track"]),
            }
            if out["of"] == "sites" and self.maybe():
                out["cat"] = self.some(SITES, 2)
            return out
        if kind == 4:
            return {"in": "field", "beyond_km": 3, "of": "line"}
        return {"any" if kind == 5 else "all": [self.where(0), self.where(0)]}

    def weapons(self) -> Raw:
        """One or two alternatives."""
        out = []
        for _ in range(self.dice.randint(1, 2)):
            one: Raw = {}
            if self.maybe(0.8):
                one["class"] = self.some(WEAPONS, 2)
            if self.maybe() or not one:
                one["calibre_mm"] = {self.dice.choice(["ge", "gt", "le", "lt"]): 100}
            if self.maybe(0.2):
                one["range_km"] = {"ge": 20}
            out.append(one)
        return out

    def chosen(self, fields: list[tuple[str, float, Raw]]) -> Raw:
        """Each field by its own chance; its value is made only then."""
        return {key: make() for key, share, make in fields if self.maybe(share)}

    def prohibit(self, name: str) -> Raw:
        """A prohibition."""
        pick = self.dice.choice
        fields = [
            ("from", 0.8, lambda: pick(["EIF", "D1", "EIF", "CALM", f"EIF+{self.duration()}"])),
            ("until", 0.3, lambda: f"EIF+{pick(['P3D', 'P2D/eod', 'PT60H'])}"),
            ("act", 0.85, lambda: self.some(ACTS)),
            ("weapon", 0.3, self.weapons),
            ("site", 0.15, lambda: self.some(SITES, 2)),
            ("attr", 0.25, lambda: {"military": pick([True, [True, "mixed"]])}),
            ("where", 0.6, self.where),
            ("where_by", 0.2, lambda: {p: self.where(0) for p in self.some(["AR", "BO"])}),
            ("place_of", 0.3, lambda: pick(["origin", "target", "place"])),
            ("who", 0.2, lambda: [pick(["AR", "BO"])]),
            ("windows", 0.3, self.windows),
            ("evidence", 0.15, lambda: {"breach_at": 0.7, "none_at": 0.2}),
            ("unless", 0.6, lambda: self.some(EXEMPTIONS, 2)),
        ]
        return {"norm": "prohibit", "id": name, "kind": "made", **self.chosen(fields)}

    def windows(self) -> Raw:
        """Hours of the day, or what the register publishes."""
        hours = self.dice.choice([["08:00", "18:00"], ["22:00", "04:00"], ["02:30", "03:30"]])
        if self.maybe():
            return {"daily": [hours], "tz": self.dice.choice(ZONES)}
        return {"record": "silence"}

    def ceiling(self, name: str) -> Raw:
        """A limit on holdings."""
        out = {"norm": "ceiling", "id": name, "kind": "made", "count": {"tank": 10, "gun": 5}}
        if self.maybe():
            out["where"] = self.where(0)
        return out

    def exemptions(self) -> Raw:
        """One of each sort; modes and burdens by chance."""

        def made(**rest: Raw) -> Raw:
            out = {"text": WORDS, **rest}
            if self.maybe():
                out["mode"] = self.dice.choice(["scope", "justify"])
            if self.maybe(0.6):
                out["burden"] = self.dice.choice(["open", "claim", "record"])
            return out

        record: Raw = {
            "type": "notice",
            "covers": self.dice.choice([[], ["time"], ["time", "place"], ["place"]]),
        }
        if self.maybe(0.7):
            record["by"] = self.dice.choice(["actor", "other", "CENTRE"])
        if self.maybe():
            record["lead"] = self.dice.choice(["PT12H", "P1D", "PT24H"])
        if self.maybe(0.3):
            record["match"] = {"confirmed": True}
        return {
            "typed": made(type=["presence.repair", "fire.mortar"]),
            "actors": made(actor=["CENTRE", "BOF"]),
            "place": made(where={"in": "area"}),
            "note": made(record=record),
            "claim": made(attr={"self_defence": True}),
            "gun": made(weapon=[{"class": ["mortar"]}]),
            "mixed": made(all=[made(type=["presence", "fire"]), made(attr={"self_defence": True})]),
        }

    def amendment(self, clauses: Raw) -> Raw:
        """A change that starts near the day."""
        target, value = self.dice.choice(
            [("geometry.strip.buffer_km", 3), (clauses[0]["id"], None), ("evidence.breach_at", 0.6)]
        )
        return {
            "id": "am",
            "mod": "force" if value is None else "scope",
            "from": self.at(),
            "target": target,
            **({} if value is None else {"value": value}),
        }

    # -- the case --------------------------------------------------------------------------------

    def later(self, when: str, hours: float) -> str:
        """An instant some elapsed hours after another."""
        moved = datetime.fromisoformat(when).astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)
        return moved.astimezone(ZoneInfo(self.tz)).isoformat()

    def case(self, name: str, clauses: list[str]) -> Raw:
        """An incident and a register."""
        start, pick = self.at(-24, 72), self.dice.choice
        fields = [
            ("type", 0.95, lambda: self.shares(SAID)),
            ("actor", 0.9, lambda: self.shares(ACTORS)),
            ("site", 0.4, lambda: self.shares(SITES)),
            ("weapon", 0.5, self.weapon),
            ("attr", 0.5, lambda: {k: self.maybe() for k in self.some(ATTRIBUTES)}),
            ("holding", 0.3, lambda: {"tank": pick([9, 10, 11, [9, 12]]), "gun": 3}),
            ("place", 0.9, self.point),
            ("origin", 0.3, self.point),
            ("target", 0.4, self.point),
        ]
        incident = {"time": {"from": start}, **self.chosen(fields)}
        if self.maybe():
            incident["time"]["to"] = self.later(start, pick([1, 6, 12, 30]))
        if "holding" in incident:
            incident["type"] = {"holding": 1.0}
        out = {"id": name, "incident": incident, "records": self.records(clauses)}
        rest = [
            ("near_track", 0.3, lambda: self.track(start)),
            ("known", 0.3, lambda: self.at(24, 96)),
        ]
        return {**out, **self.chosen(rest)}

    def track(self, start: str) -> Raw:
        """A moving object, at times gone before the incident."""
        hours = [-2, 1, 20] if self.maybe(0.8) else [-5, -2]
        return [{"at": self.later(start, h), "lon": -34.0 + h / 100, "lat": 47.56} for h in hours]

    def weapon(self) -> Raw:
        """A class, and what is known of calibre and range."""
        fields = [
            ("calibre_mm", 0.7, lambda: self.dice.choice([82, 100, 122, [80, 100], [90, 130]])),
            ("range_km", 0.3, lambda: self.dice.choice([15, 20, [18, 25]])),
        ]
        return {"class": self.shares(WEAPONS), **self.chosen(fields)}

    def point(self) -> Raw:
        """A point near the middle, at times with an ellipse."""
        out: Raw = {
            "lon": round(self.dice.uniform(-34.25, -33.85), 4),
            "lat": round(self.dice.uniform(47.38, 47.72), 4),
        }
        if self.maybe(0.25):
            out = {"lon": -34.0, "lat": 47.55}
        if self.maybe(0.6):
            out["err"] = {"a_m": self.dice.choice([100, 800, 3000])}
            if self.maybe():
                out["err"]["b_m"] = self.dice.choice([50, 400])
            if self.maybe():
                out["err"]["deg"] = self.dice.choice([0, 30, 90, 135, 200])
            if self.maybe(0.3):
                out["err"]["conf"] = self.dice.choice([0.5, 0.68, 0.99])
        return out

    def records(self, clauses: list[str]) -> list[Raw]:
        """What the register holds; a few records known ten hours late."""
        kinds: list[tuple[float, Raw]] = [
            (0.85, lambda: {"type": "entry_into_force", "at": self.at(-48, 12)}),
            (0.6, lambda: self.published("notice")),
            (0.7, lambda: self.published("silence")),
            (0.3, lambda: self.published("notice")),
            (0.3, lambda: self.published("silence")),
            (0.3, lambda: self.suspension(clauses)),
            (0.4, lambda: self.verdict("v0")),
            (0.3, lambda: self.verdict("v1")),
            (0.4, self.verified),
        ]
        out = [make() for share, make in kinds if self.maybe(share)]
        return [
            {**one, "known": self.later(one["at"], 10)} if self.maybe(0.2) else one for one in out
        ]

    def published(self, kind: str) -> Raw:
        """A window or a notice."""
        opens = self.at(-12, 48)
        fields = [
            ("zone", 0.5, lambda: self.dice.choice(["area", "field", "strip"])),
            ("confirmed", 0.5, lambda: self.maybe(0.7)),
        ]
        return {
            "type": kind,
            "at": self.at(-48, 24),
            "from": opens,
            "until": self.later(opens, self.dice.choice([3, 8, 40])),
            "by": self.dice.choice(["AR", "BOF", "CENTRE"]),
            **self.chosen(fields),
        }

    def suspension(self, clauses: list[str]) -> Raw:
        """A clause suspended for one party or for all, for a while or for good."""
        at = self.at(-24, 48)
        kind = self.dice.choice(["suspend", "exercise_effect"])
        fields = [
            ("party", 0.5, lambda: self.dice.choice(["AR", "BO"])),
            ("until", 0.5, lambda: self.later(at, 12)),
        ]
        return {"type": kind, "clauses": self.some(clauses), "at": at, **self.chosen(fields)}

    def verdict(self, name: str) -> Raw:
        """A breach on record, in one zone or another."""
        zone = self.dice.choice(["area", "field"])
        held = {"type": "verdict", "id": name, "clause": "a1.c0", "party": "AR", "zone": zone}
        return {**held, "at": self.at()}

    def verified(self) -> Raw:
        """The word of the body that verifies calm."""
        return {"type": "verified_calm", "by": "CENTRE", "zone": "area", "at": self.at(0, 90)}
