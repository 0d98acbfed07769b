"""Names that must lead somewhere: exemptions, geometry, clauses, parties and bodies."""

from difflib import get_close_matches

from truceline.terms.decoding import Sink
from truceline.terms.document import (
    Ceiling,
    Clause,
    Doc,
    Exemption,
    Power,
    Prohibit,
    Require,
    WeaponCond,
    Where,
)
from truceline.terms.leaving_open import QUESTIONS_OF
from truceline.terms.places import TRACK

_LIMITS = frozenset({"ge", "gt", "le", "lt", "eq"})


def check_references(doc: Doc, sink: Sink) -> None:
    """Note every name that leads nowhere."""
    _References(doc, sink).all()


class _References:
    def __init__(self, doc: Doc, sink: Sink) -> None:
        self.doc, self.sink = doc, sink
        self.clauses = {one.id for article in doc.articles for one in article.clauses}
        self.articles = {article.id for article in doc.articles}
        self.actors = {*doc.parties, *doc.bodies}

    def all(self) -> None:
        for number, article in enumerate(self.doc.articles):
            for place, clause in enumerate(article.clauses):
                self.clause(clause, f"articles[{number}].clauses[{place}]")
        for name, exemption in self.doc.exemptions.items():
            self.exemption(exemption, f"exemptions.{name}")
        for name, reading in self.doc.readings.items():
            for number, code in enumerate(reading.held_by):
                self.actor(code, f"readings.{name}.held_by[{number}]")
        self.calms()
        self.standing()
        self.in_each(self.doc.languages.divergences, self.articles, "article", _DIVERGENCES)

    def calms(self) -> None:
        for name, anchor in self.doc.anchors.items():
            if anchor.calm is not None:
                path = f"anchors.{name}.calm"
                self.clauses_named(anchor.calm.clauses, f"{path}.clauses")
                self.actor(anchor.calm.verified_by, f"{path}.verified_by")
                self.zone(anchor.calm.zone, f"{path}.zone")

    def standing(self) -> None:
        """What parties control, who rules on a word, on whose list an object is."""
        for code, party in self.doc.parties.items():
            if party.controls is not None:
                self.geometry(party.controls, f"parties.{code}.controls")
        for name, definition in self.doc.definitions.items():
            self.actor(definition.ruled_by, f"definitions.{name}.ruled_by")
        for name, geom in self.doc.geometry.items():
            for number, site in enumerate(geom.sites or ()):
                path = f"geometry.{name}.sites[{number}].listed_by"
                self.in_each(site.listed_by, set(self.doc.parties), "party", path)

    def clause(self, clause: Clause, path: str) -> None:
        for number, code in enumerate(clause.who):
            self.actor(code, f"{path}.who[{number}]")
        self.clauses_named(clause.overrides, f"{path}.overrides")
        self.in_each(clause.uses, set(self.doc.definitions), "definition", f"{path}.uses")
        self.open_values(clause, path)
        if isinstance(clause, Prohibit | Ceiling):
            self.in_each(clause.unless, set(self.doc.exemptions), "exemption", f"{path}.unless")
            self.where(clause.where, f"{path}.where")
            for code, where in clause.where_by.items():
                self.actor(code, f"{path}.where_by.{code}")
                self.where(where, f"{path}.where_by.{code}")
        if isinstance(clause, Prohibit):
            self.weapons(clause.weapon, f"{path}.weapon")
        if isinstance(clause, Require | Power):
            self.duty(clause, path)

    def open_values(self, clause: Clause, path: str) -> None:
        """What is said not to be agreed must be something the clause states."""
        stated = {key for key in ("due", "grace", *QUESTIONS_OF) if _states(clause, key)}
        heads = tuple(field.partition(".")[0] for field in clause.not_agreed)
        self.in_each(heads, stated, "field", f"{path}.not_agreed")

    def duty(self, clause: Require | Power, path: str) -> None:
        trigger = clause.trigger
        self.clauses_named(trigger.breach_of or (), f"{path}.trigger.breach_of")
        if trigger.state_of is not None:
            name = trigger.state_of.partition("/")[0]
            self.one(name, self.clauses, "clause", f"{path}.trigger.state_of")
            if trigger.is_ is None:
                line = self.sink.line(f"{path}.trigger.state_of")
                self.sink.refuse(line, "`state_of` without `is`", "say which state, as is: met")
        if isinstance(clause, Require) and clause.done is not None:
            self.actor(clause.done.verified_by, f"{path}.done.verified_by")
        if isinstance(clause, Power):
            self.in_each(clause.on, self.clauses | self.articles, "clause", f"{path}.on")

    def exemption(self, exemption: Exemption, path: str) -> None:
        self.where(exemption.where, f"{path}.where")
        self.weapons(exemption.weapon, f"{path}.weapon")
        for number, part in enumerate(exemption.all or ()):
            self.exemption(part, f"{path}.all[{number}]")

    def where(self, where: Where | None, path: str) -> None:
        if where is None:
            return
        for key, name in (("in", where.in_), ("out", where.out), ("of", where.of)):
            if name is not None and not (name == TRACK and key == "of"):
                self.geometry(name, f"{path}.{key}")
        self.distance(where, path)
        for key, parts in (("all", where.all), ("any", where.any)):
            for number, part in enumerate(parts or ()):
                self.where(part, f"{path}.{key}[{number}]")

    def distance(self, where: Where, path: str) -> None:
        distance = where.within_m is not None or where.beyond_m is not None
        line = self.sink.line(path)
        if distance != (where.of is not None):
            do = "write both within_km or beyond_km and of"
            self.sink.refuse(line, f"half a distance at `{path}`", do)
        if distance and min(where.within_m or 0, where.beyond_m or 0) < 0:
            self.sink.refuse(line, f"a negative distance at `{path}`", "write 0 or more")
        if where == Where() or where == Where(cat=where.cat):
            do = "write in, out, within_km, beyond_km, all or any"
            self.sink.refuse(line, f"an empty condition at `{path}`", do)

    def weapons(self, weapons: tuple[WeaponCond, ...] | None, path: str) -> None:
        for number, weapon in enumerate(weapons or ()):
            pairs = (("calibre_mm", weapon.calibre_um), ("range_km", weapon.range_m))
            for key, limits in pairs:
                for limit in limits or {}:
                    where = f"{path}[{number}].{key}"
                    if limit not in _LIMITS:
                        do = "use ge, gt, le, lt or eq"
                        self.sink.refuse(self.sink.line(where), f"limit {limit!r} at `{where}`", do)

    def clauses_named(self, names: tuple[str, ...], path: str) -> None:
        self.in_each(names, self.clauses, "clause", path)

    def in_each(self, names: tuple[str, ...], known: set[str], what: str, path: str) -> None:
        for number, name in enumerate(names):
            self.one(name, known, what, f"{path}[{number}]")

    def geometry(self, name: str, path: str) -> None:
        self.one(name, set(self.doc.geometry), "geometry", path)

    def zone(self, name: str, path: str) -> None:
        if name not in self.doc.geometry:
            found = f"zone `{name}` at `{path}`, which no geometry draws"
            self.sink.warn(self.sink.line(path), found, "draw it, or check its spelling")

    def actor(self, code: str | None, path: str) -> None:
        if code is not None:
            self.one(code, self.actors, "party or body", path)

    def one(self, name: str, known: set[str], what: str, path: str) -> None:
        if name not in known:
            found = f"{what} `{name}` at `{path}`, which this agreement does not define"
            names = ", ".join(sorted(known)) or "nothing of the kind yet"
            close = get_close_matches(name, sorted(known), n=1)
            meant = f"did you mean `{close[0]}`? Else " if close else ""
            self.sink.refuse(
                self.sink.line(path), found, f"{meant}define it, or use one of: {names}"
            )


def _states(clause: Clause, key: str) -> bool:
    held = getattr(clause, {"from": "from_"}.get(key, key), None)
    return held not in (None, (), {})


_DIVERGENCES = "languages.divergences"
