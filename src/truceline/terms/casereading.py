"""Reading a file of cases: incidents, registers, and what is expected of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from truceline.terms.case import Case, Fix, Milli, Spot
from truceline.terms.errors import CasesRefused, Problem
from truceline.terms.nodes import Node, Unreadable, plain, read_tree
from truceline.terms.register import Record
from truceline.values.acts import check_act
from truceline.values.errors import BadValue
from truceline.values.instant import Span, parse_instant
from truceline.values.place import Place

T = TypeVar("T")
_CASE_KEYS = frozenset(
    {"id", "title", "incident", "records", "known", "expect", "states", "why", "near_track"}
)
_INCIDENT_KEYS = frozenset(
    {
        *("time", "type", "actor", "weapon", "site", "attr", "place", "origin", "target"),
        *("counts", "count", "holding", "near_track", "range_km", "calibre_mm", "one_source"),
    }
)
_RECORD_KEYS = frozenset(
    {
        *("type", "at", "known", "by", "party", "clause", "zone", "from", "until", "id", "inst"),
        *("result", "as_of"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAsked:
    """The states asked for at an instant, and what is expected of them."""

    at: str
    at_us: int
    expect: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One case of a file: an incident and its register, with what is expected.

    known_us: the instant up to which records count; None: all of them.
    """

    id: str
    line: int
    title: str = ""
    case: Case | None = None
    records: tuple[Record, ...] = ()
    known_us: int | None = None
    expect: Mapping[str, str] = field(default_factory=dict)
    states: tuple[StateAsked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """A file of cases: those that can be run, and what could not be read."""

    cases: tuple[Scenario, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class _Odd(Exception):
    def __init__(self, line: int, found: str, do: str) -> None:
        self.line, self.found, self.do = line, found, do
        super().__init__(found)


def read_cases(raw: bytes, file: str = "cases.yaml") -> Scenarios:
    """Read a file of cases; one that cannot be read is a problem, the others still run.

    Raises CasesRefused where the file as a whole is no list of cases.
    """
    try:
        tree, problems = read_tree(raw, file)
    except Unreadable as unreadable:
        raise CasesRefused([unreadable.problem]) from None
    listed = tree.get("cases")
    if problems or listed is None or not isinstance(listed.value, tuple):
        no_list = Problem(file=file, line=1, found="no list `cases`", do="write cases: [ … ]")
        raise CasesRefused(problems or [no_list])
    warnings: list[Problem] = []
    cases, bad = [], []
    for number, node in enumerate(listed.value, start=1):
        try:
            cases.append(_scenario(node, number, _Odds(file, warnings)))
        except _Odd as odd:
            bad.append(Problem(file=file, line=odd.line, found=odd.found, do=odd.do))
    return Scenarios(cases=tuple(cases), problems=tuple(bad), warnings=tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Odds:
    """Where keys that nothing reads are named."""

    file: str
    warnings: list[Problem]

    def unknown(self, node: Node, known: frozenset[str], where: str) -> None:
        for key, item in _pairs(node):
            if key not in known:
                found, do = f"key `{key}` in {where}", "it is not read"
                self.warnings.append(Problem(file=self.file, line=item.line, found=found, do=do))


def _scenario(node: Node, number: int, odds: _Odds) -> Scenario:
    if not isinstance(node.value, Mapping):
        raise _Odd(node.line, f"case {number} that is no mapping", "write {id: …, incident: …}")
    odds.unknown(node, _CASE_KEYS, "a case")
    incident, known = node.get("incident"), node.get("known")
    track = node.get("near_track")
    return Scenario(
        id=_string(node.get("id")) or f"case-{number}",
        line=node.line,
        title=_string(node.get("title")),
        case=None if incident is None else _case(incident, track, odds),
        records=tuple(_record(one) for one in _list(node.get("records"))),
        known_us=None if known is None else _instant(known),
        expect={key: _expected(item) for key, item in _pairs(node.get("expect"))},
        states=tuple(_asked(one) for one in _list(node.get("states"))),
    )


def _expected(node: Node) -> str:
    return _string(node.get("verdict") or node)


def _asked(node: Node) -> StateAsked:
    at = node.get("at")
    if at is None:
        raise _Odd(node.line, "states without `at`", "say at which instant")
    expect = {key: _string(item) for key, item in _pairs(node) if key not in ("at", "known")}
    return StateAsked(at=_string(at), at_us=_instant(at), expect=expect)


def _case(node: Node, track: Node | None, odds: _Odds) -> Case:
    odds.unknown(node, _INCIDENT_KEYS, "an incident")
    weapon = node.get("weapon")
    inner = weapon if weapon is not None and isinstance(weapon.value, Mapping) else None
    own = inner or node
    counts = {
        name: _milli(item, 1000)
        for key in ("holding", "counts", "count")
        for name, item in _pairs(node.get(key))
    }
    attr = plain(node.get("attr") or Node({}, node.line))
    assert isinstance(attr, Mapping)
    return _made(
        node,
        lambda: Case(
            span=_span(node),
            type=_shares(node.get("type"), check_act),
            actor=_shares(node.get("actor")),
            weapon_class=_shares(weapon if inner is None else inner.get("class")),
            site=_shares(node.get("site")),
            calibre_um=_measure(own.get("calibre_mm") or node.get("calibre_mm"), 1000),
            range_m=_measure(own.get("range_km") or node.get("range_km"), 1000),
            counts_milli=counts,
            attr=attr,
            place=_point(node.get("place")),
            origin=_point(node.get("origin")),
            target=_point(node.get("target")),
            track=tuple(_fix(one) for one in _list(track or node.get("near_track"))),
            one_source=frozenset(map(_string, _list(node.get("one_source")))),
        ),
    )


def _made(node: Node, make: Callable[[], T]) -> T:
    try:
        return make()
    except BadValue as problem:
        raise _Odd(node.line, str(problem), "mend the incident") from None


def _span(node: Node) -> Span:
    time = node.get("time")
    if time is None:
        raise _Odd(node.line, "an incident without `time`", "write time: {from: …}")
    start = time.get("from") or time
    from_us, end = _instant(start), time.get("to")
    until_us = from_us if end is None or end.value is None else _instant(end)
    if until_us < from_us:
        raise _Odd(time.line, "a time that ends before it starts", "swap `from` and `to`")
    return Span(from_us=from_us, until_us=max(until_us, from_us + 1), said=_string(start))


def _shares(node: Node | None, check: Callable[[str], str] | None = None) -> dict[str, int] | None:
    if node is None or node.value is None:
        return None
    if isinstance(node.value, str):
        return {node.value: 10_000}
    out = {}
    for code, item in _pairs(node):
        if not isinstance(item.value, Decimal) or not 0 <= item.value <= 1:
            raise _Odd(item.line, f"share {plain(item)!r} of {code}", "write a share from 0 to 1")
        if check is not None:
            _made(item, lambda: check(code))  # noqa: B023 - called at once
        out[code] = _rounded(item.value, 10_000)
    over = sum(out.values()) - 10_000
    if over > len(out):
        raise _Odd(node.line, f"shares that add up to {(over + 10_000) / 10_000}", "make them 1")
    if over > 0:  # thirds written with many digits, each rounded up
        largest = max(out, key=lambda code: out[code])
        out[largest] -= over
    return out


def _rounded(number: Decimal, scale: int) -> int:
    return int((number * scale).to_integral_value(ROUND_HALF_EVEN))


def _measure(node: Node | None, scale: int) -> Milli | None:
    return None if node is None or node.value is None else _milli(node, scale)


def _milli(node: Node, scale: int) -> Milli:
    parts = node.value if isinstance(node.value, tuple) else (node, node)
    if len(parts) != 2:
        raise _Odd(node.line, "an interval without two ends", "write [low, high]")
    low, high = parts
    least = -_ENDLESS if low.value is None else _rounded(_number(low), scale)
    return least, _ENDLESS if high.value is None else _rounded(_number(high), scale)


_ENDLESS = 2**60


def _number(node: Node) -> Decimal:
    if not isinstance(node.value, Decimal):
        raise _Odd(node.line, f"{plain(node)!r} where a number is wanted", "write a number")
    return node.value


def _point(node: Node | None) -> Place | Spot | None:
    if node is None or node.value is None:
        return None
    lon, lat = (_number(node.get(key) or node) for key in ("lon", "lat"))
    lon_e7, lat_e7 = _rounded(lon, 10**7), _rounded(lat, 10**7)
    error = node.get("err")
    if error is not None and isinstance(error.value, Decimal):
        error = Node({"a_m": error}, error.line)
    if error is None or not _number(error.get("a_m") or Node(Decimal(0), node.line)):
        return _made(node, lambda: Spot(lon_e7=lon_e7, lat_e7=lat_e7))
    a_m = _number(error.get("a_m") or error)
    b_m = _number(error.get("b_m") or error.get("a_m") or error)
    deg = _number(error.get("deg") or Node(Decimal(0), error.line))
    conf = _number(error.get("conf") or Node(Decimal("0.95"), error.line))
    return _made(
        error,
        lambda: Place(
            lon_e7=lon_e7,
            lat_e7=lat_e7,
            a_m=max(1, _rounded(a_m, 1)),
            b_m=max(1, _rounded(b_m, 1)),
            bearing_deg=_rounded(deg, 1) % 180,
            confidence_bp=_rounded(conf, 10_000),
        ),
    )


def _fix(node: Node) -> Fix:
    at, lon, lat = (node.get(key) or node for key in ("at", "lon", "lat"))
    return Fix(
        at_us=_instant(at),
        lon_e7=_rounded(_number(lon), 10**7),
        lat_e7=_rounded(_number(lat), 10**7),
    )


def _record(node: Node) -> Record:
    at = node.get("at") or node.get("known") or node.get("from")
    if at is None or node.get("type") is None:
        raise _Odd(node.line, "a record without `type` or `at`", "say what it is and when")
    at_us = _instant(at)
    result, rest = node.get("result"), dict(_pairs(node))
    clause = node.get("clause")
    fields = {key: plain(item) for key, item in rest.items() if key not in _RECORD_KEYS}
    if clause is not None and isinstance(clause.value, tuple):
        fields["clauses"] = plain(clause)
        clause = None
    if result is not None and not isinstance(result.value, bool):
        fields["result"] = plain(result)
    return Record(
        type=_string(node.get("type")),
        at_us=at_us,
        known_us=_optional(node.get("known"), at_us),
        by=_string(node.get("by")) or None,
        party=_string(node.get("party")) or None,
        clause=_string(clause) or None,
        zone=_string(node.get("zone")) or None,
        from_us=_maybe_instant(node.get("from")),
        until_us=_maybe_instant(node.get("until")),
        id=_string(node.get("id")) or None,
        inst=_string(node.get("inst")) or None,
        result=result.value if result is not None and isinstance(result.value, bool) else None,
        as_of_us=_maybe_instant(node.get("as_of")),
        fields=fields,
    )


def _optional(node: Node | None, otherwise: int) -> int:
    held = _maybe_instant(node)
    return otherwise if held is None else held


def _maybe_instant(node: Node | None) -> int | None:
    return None if node is None or node.value is None else _instant(node)


def _instant(node: Node) -> int:
    if not isinstance(node.value, str):
        raise _Odd(node.line, f"{plain(node)!r} where an instant is wanted", _HOW_INSTANT)
    try:
        return parse_instant(node.value)
    except BadValue as problem:
        raise _Odd(node.line, str(problem), _HOW_INSTANT) from None


_HOW_INSTANT = 'write "2026-03-01T10:00+02:00"'


def _string(node: Node | None) -> str:
    if node is None or node.value is None:
        return ""
    return str(plain(node))


def _pairs(node: Node | None) -> tuple[tuple[str, Node], ...]:
    return tuple(node.value.items()) if node and isinstance(node.value, Mapping) else ()


def _list(node: Node | None) -> tuple[Node, ...]:
    return node.value if node and isinstance(node.value, tuple) else ()
