"""Times that must be readable: instants, anchors, limits, hours and zones."""

from collections.abc import Callable

from truceline.terms.decoding import Sink
from truceline.terms.document import (
    Anchor,
    Clause,
    Doc,
    Exemption,
    Power,
    Prohibit,
    Require,
)
from truceline.terms.times import parse_clock, parse_delay, parse_duration, parse_reference
from truceline.values.errors import BadValue
from truceline.values.instant import zone


def check_times(doc: Doc, sink: Sink) -> None:
    """Note every time that cannot be read and every anchor that nobody sets."""
    _Times(doc, sink).all()


class _Times:
    def __init__(self, doc: Doc, sink: Sink) -> None:
        self.doc, self.sink = doc, sink
        self.anchors = set(doc.anchors)
        for reading in doc.readings.values():
            self.anchors.update(reading.anchors)

    def all(self) -> None:
        self.zone(self.doc.tz, "tz")
        for name, anchor in self.doc.anchors.items():
            self.anchor(anchor, f"anchors.{name}")
        for reading, held in self.doc.readings.items():
            for name, anchor in held.anchors.items():
                self.anchor(anchor, f"readings.{reading}.anchors.{name}")
        self.loops()
        for number, amendment in enumerate(self.doc.amendments):
            self.reference(amendment.from_, f"amendments[{number}].from")
        for name, exemption in self.doc.exemptions.items():
            self.exemption(exemption, f"exemptions.{name}")
        for number, article in enumerate(self.doc.articles):
            for place, clause in enumerate(article.clauses):
                self.clause(clause, f"articles[{number}].clauses[{place}]")

    def anchor(self, anchor: Anchor, path: str) -> None:
        ways = {"at": anchor.at, "ref": anchor.ref, "record": anchor.record, "calm": anchor.calm}
        given = [key for key, value in ways.items() if value is not None]
        if not given:
            found, do = f"anchor not set at `{path}`", "give it at, ref, record or calm when it is"
            self.sink.warn(self.sink.line(path), f"{found}: its clauses are not in force", do)
        if len(given) > 1:
            found = f"anchor with {' and '.join(given)} at `{path}`"
            self.sink.refuse(self.sink.line(path), found, "give one of at, ref, record, calm")
        self.reference(anchor.at, f"{path}.at")
        self.reference(anchor.ref, f"{path}.ref")
        if anchor.calm is not None:
            self.reference(anchor.calm.since, f"{path}.calm.since")
            if anchor.calm.days < 1:
                found = f"a calm of {anchor.calm.days} days at `{path}`"
                self.sink.refuse(self.sink.line(f"{path}.calm.days"), found, "write 1 or more")

    def loops(self) -> None:
        for name in self.doc.anchors:
            seen, at = {name}, self.next_of(name)
            while at is not None and at in self.doc.anchors:
                if at in seen:
                    found = f"anchor `{name}`, which in the end refers to itself"
                    do = "give one of the anchors an instant or a record"
                    self.sink.refuse(self.sink.line(f"anchors.{name}"), found, do)
                    break
                seen.add(at)
                at = self.next_of(at)

    def next_of(self, name: str) -> str | None:
        anchor = self.doc.anchors[name]
        text = anchor.at or anchor.ref or (anchor.calm.since if anchor.calm else None)
        try:
            return parse_reference(text).base if text else None
        except BadValue:
            return None

    def clause(self, clause: Clause, path: str) -> None:
        self.reference(clause.from_, f"{path}.from")
        self.reference(clause.until, f"{path}.until")
        if isinstance(clause, Prohibit) and clause.windows is not None:
            self.zone(clause.windows.tz, f"{path}.windows.tz")
            self.zone_said(bool(clause.windows.daily), f"{path}.windows")
            for number, hours in enumerate(clause.windows.daily):
                for text in hours:
                    self.read(parse_clock, text, f"{path}.windows.daily[{number}]")
        if isinstance(clause, Require | Power):
            self.reference(clause.trigger.at, f"{path}.trigger.at")
            self.zone(clause.trigger.tz, f"{path}.trigger.tz")
            self.zone_said(clause.trigger.every is not None, f"{path}.trigger")
        if isinstance(clause, Require):
            self.delay(clause.opens, f"{path}.opens")
            self.delay(clause.due, f"{path}.due")
            self.delay(clause.grace, f"{path}.grace")
        if isinstance(clause, Power) and clause.notice is not None:
            self.read(parse_duration, clause.notice, f"{path}.notice")

    def exemption(self, exemption: Exemption, path: str) -> None:
        if exemption.record is not None and exemption.record.lead is not None:
            self.read(parse_duration, exemption.record.lead, f"{path}.record.lead")
        for number, part in enumerate(exemption.all or ()):
            self.exemption(part, f"{path}.all[{number}]")

    def reference(self, text: str | None, path: str) -> None:
        if text is None or not self.read(parse_reference, text, path):
            return
        self.anchored(parse_reference(text).base, path)

    def delay(self, text: str | None, path: str) -> None:
        if text is None or not self.read(parse_delay, text, path):
            return
        reference = parse_delay(text).reference
        if reference is not None:
            self.anchored(reference.base, path)

    def anchored(self, name: str, path: str) -> None:
        if name and name not in self.anchors:
            found = f"anchor `{name}` at `{path}`, which this agreement does not define"
            names = ", ".join(sorted(self.anchors)) or "no anchor yet"
            do = f"define it, or use one of: {names}, or an instant with its offset"
            self.sink.refuse(self.sink.line(path), found, do)

    def read(self, parse: Callable[[str], object], text: str, path: str) -> bool:
        try:
            parse(text)
        except BadValue as problem:
            found, _, do = str(problem).partition("; ")
            self.sink.refuse(self.sink.line(path), f"{found} (at `{path}`)", do or "mend it")
            return False
        return True

    def zone(self, name: str, path: str) -> None:
        self.read(zone, name, path)

    def zone_said(self, wanted: bool, path: str) -> None:  # noqa: FBT001 - is it needed here at all
        if wanted and f"{path}.tz" not in self.sink.lines:
            found = f"hours without `tz` at `{path}`, read as UTC"
            self.sink.warn(self.sink.line(path), found, "name the zone of the clock that is meant")
