"""Amendments in force at the fact's time, readings side by side, special over general, calm."""

import pytest

from tests.terms.world import EVER, Case, Spot, at, parse_instant, record, small
from truceline.terms.agreement import Agreement
from truceline.terms.errors import TermsRefused
from truceline.terms.judging import assess
from truceline.terms.register import Record
from truceline.terms.wording import text

ANCHORS = (
    'anchors: {EIF: {at: "2026-03-21T00:00-01:00"}, T2: {record: decision, match: {on: strip}}}'
)
LINE = """geometry:
  road: {line: [[-34.0, 47.0], [-34.0, 48.0]], datum: WGS84}
  strip: {of: road, buffer_km: 25}
  box: {point: [-34.0, 47.5], side_km: 4, datum: WGS84}
"""
STRIP = "      - {norm: prohibit, id: a1.strip, kind: x, from: EIF, act: [presence], where: {in: strip}}"


def verdict(agreement: Agreement, when: str, records: list[Record] | None = None, *, lon: float = -33.8,
            clause: str = "a1.strip", known: int = EVER, type_: str = "presence.force") -> str:  # fmt: skip
    """The word for somebody present fifteen kilometres from the road, or where it says."""
    place = Spot(lon_e7=round(lon * 1e7), lat_e7=475_000_000)
    case = Case(
        span=at(parse_instant(when)), type={type_: 10_000}, actor={"VEL": 10_000}, place=place
    )
    return str(assess(agreement, case, records or [], known)[clause, "VEL"].verdict)


NARROWER = (
    "amendments: [{id: am1, mod: scope, from: T2, target: geometry.strip.buffer_km, value: 10}]"
)


def test_old_facts_keep_the_old_radius() -> None:
    """A zone that shrinks on a decision holds its old width for what happened before."""
    agreement = small(STRIP, geometry=LINE, more=f"{ANCHORS}\n{NARROWER}").agreement
    decided = [record("decision", "2026-04-01T00:00-01:00", on="strip")]
    assert verdict(agreement, "2026-03-31T23:59-01:00", decided) == "breach"
    assert verdict(agreement, "2026-04-01T00:00-01:00", decided) == "no_breach"
    assert verdict(agreement, "2026-04-02T00:00-01:00") == "breach"
    unlike = [record("decision", "2026-04-01T00:00-01:00", on="posts")]
    assert verdict(agreement, "2026-04-02T00:00-01:00", unlike) == "breach"


def test_what_was_not_yet_known_did_not_yet_count() -> None:
    """A past assessment can be replayed as it stood."""
    agreement = small(STRIP, geometry=LINE, more=f"{ANCHORS}\n{NARROWER}").agreement
    late = [
        record("decision", "2026-04-01T00:00-01:00", known="2026-04-05T00:00-01:00", on="strip")
    ]
    then = parse_instant("2026-04-03T00:00-01:00")
    assert verdict(agreement, "2026-04-02T00:00-01:00", late, known=then) == "breach"
    assert verdict(agreement, "2026-04-02T00:00-01:00", late) == "no_breach"


@pytest.mark.parametrize(
    ("amendment", "expected"),
    [
        ("{id: b, mod: force, from: EIF, target: a1.strip}", "not_in_force"),
        ("{id: b, mod: force, from: EIF, target: a1}", "not_in_force"),
        (
            '{id: b, mod: force, from: EIF, target: a1.strip.until, value: "2026-03-25T00:00-01:00"}',
            "not_in_force",
        ),
        ("{id: b, mod: meaning, from: EIF, target: a1.strip.act, value: [flight]}", "no_breach"),
        (
            "{id: b, mod: scope, from: EIF, target: a1.strip, value: {where: {beyond_km: 40, of: road}}}",
            "no_breach",
        ),
        ("{id: b, mod: textual, from: EIF, target: a1.text.en, value: As agreed anew.}", "breach"),
    ],
)
def test_an_amendment_changes_what_it_names(amendment: str, expected: str) -> None:
    """A repeal ends a clause or an article; any field of a clause can be changed."""
    agreement = small(STRIP, geometry=LINE, more=f"{ANCHORS}\namendments: [{amendment}]").agreement
    assert verdict(agreement, "2026-04-01T00:00-01:00") == expected


@pytest.mark.parametrize(
    "amendment",
    [
        "{id: b, mod: scope, from: EIF, target: geometry.strip.bufer_km, value: 10}",
        "{id: b, mod: scope, from: EIF, target: a9.nothing.act, value: [flight]}",
        "{id: b, mod: scope, from: EIF, target: geometry.strip.buffer_km, value: ten}",
        "{id: b, mod: scope, from: EIF, target: geometry.strip.of, value: rood}",
        "{id: b, mod: force, from: EIF, target: geometry.strip}",
        "{id: b, mod: scope, from: EIF, target: a1.strip.act}",
    ],
)
def test_an_amendment_that_leads_nowhere_is_refused_on_loading(amendment: str) -> None:
    """Not in the middle of a case, months later."""
    with pytest.raises(TermsRefused):
        small(STRIP, geometry=LINE, more=f"{ANCHORS}\namendments: [{amendment}]")


READINGS = """anchors: {EIF: {at: "2026-03-21T00:00-01:00"}}
readings:
  early: {held_by: [VEL], anchors: {START: {at: "2026-03-18T00:00-01:00"}}}
  late: {held_by: [TOR], anchors: {START: {at: "2026-03-25T00:00-01:00"}}, set: {geometry.strip.buffer_km: 10}}
"""


def test_readings_that_differ_are_both_shown() -> None:
    """Two start dates are two readings; where they agree there is one answer, else both."""
    clause = STRIP.replace("from: EIF", "from: START")
    agreement = small(clause, geometry=LINE, more=READINGS).agreement
    assert verdict(agreement, "2026-03-17T00:00-01:00") == "not_in_force"
    assert verdict(agreement, "2026-03-19T00:00-01:00") == "contested"
    assert verdict(agreement, "2026-03-26T00:00-01:00", lon=-33.99) == "breach"
    assert verdict(agreement, "2026-03-26T00:00-01:00") == "contested"
    place = Spot(lon_e7=-338_000_000, lat_e7=475_000_000)
    case = Case(
        span=at(parse_instant("2026-03-26T00:00-01:00")),
        type={"presence": 10_000},
        actor={"VEL": 10_000},
        place=place,
    )
    said = text(assess(agreement, case, [], EVER)["a1.strip", "VEL"], agreement, "en")
    assert "Reading “early”, held by: Velmark" in said
    assert "Reading “late”, held by: Torrin" in said


def test_the_special_clause_displaces_the_general() -> None:
    """One fact counts once, by the clause that says so; elsewhere the general one answers."""
    special = "      - {norm: prohibit, id: a1.box, kind: x, from: EIF, act: [presence], where: {in: box}, overrides: [a1.strip]}"
    agreement = small(f"{STRIP}\n{special}", geometry=LINE, more=ANCHORS).agreement
    when = "2026-04-01T00:00-01:00"
    assert verdict(agreement, when, lon=-34.0, clause="a1.box") == "breach"
    assert verdict(agreement, when, lon=-34.0) == "displaced"
    assert verdict(agreement, when) == "breach"
    assert verdict(agreement, "2026-03-01T00:00-01:00", lon=-34.0) == "not_in_force"


CALM = """anchors:
  SIGN: {at: "2026-03-21T00:00-01:00"}
  EIF: {calm: {clauses: [a1.fire], zone: box, days: 7, since: SIGN, verified_by: JVT}}"""
FIRE = "      - {norm: prohibit, id: a1.fire, kind: x, from: SIGN, act: [fire]}"
VERIFIED = record("verified_calm", "2026-04-03T12:00Z", by="JVT", zone="box")
SHOT = record("verdict", "2026-03-25T00:00Z", clause="a1.fire", party="TOR", zone="box", id="v1")


@pytest.mark.parametrize(
    ("records", "opens"),
    [
        ([], None),
        ([VERIFIED], "2026-04-03T12:00Z"),
        ([VERIFIED, SHOT], "2026-04-03T12:00Z"),
        ([record("verified_calm", "2026-03-27T00:00Z", by="JVT"), SHOT], "2026-03-31T23:00Z"),
        ([record("verified_calm", "2026-03-27T00:00Z", by="JVT")], "2026-03-28T01:00Z"),
        ([record("verified_calm", "2026-03-27T00:00Z", by="VEL")], None),
        ([record("verified_calm", "2026-03-27T00:00Z", by="JVT"), SHOT, record("retract", "2026-03-26T00:00Z", of="v1")], "2026-03-28T01:00Z"),
    ],
)  # fmt: skip
def test_a_gate_counts_silence(records: list[Record], opens: str | None) -> None:
    """Seven days without a recorded verdict; a shot starts the count anew, a retraction undoes that."""
    agreement = small(f"{FIRE}\n{STRIP}", geometry=LINE, more=CALM).agreement
    if opens is None:
        assert verdict(agreement, "2026-05-01T00:00Z", records) == "not_in_force"
        return
    before = at(parse_instant(opens) - 1)
    assert verdict(agreement, opens, records) == "breach"
    place = Spot(lon_e7=-338_000_000, lat_e7=475_000_000)
    case = Case(span=before, type={"presence": 10_000}, actor={"VEL": 10_000}, place=place)
    assert assess(agreement, case, records, EVER)["a1.strip", "VEL"].verdict == "not_in_force"


LINES = """geometry:
  actual: {line: [[-34.0, 47.0], [-34.0, 48.0]], datum: WGS84}
  older: {line: [[-33.6, 47.0], [-33.6, 48.0]], datum: WGS84}
"""
BY_PARTY = "      - {norm: prohibit, id: a1.strip, kind: x, act: [presence], where_by: {VEL: {within_km: 10, of: actual}, TOR: {within_km: 10, of: older}}}"


def test_the_same_distance_from_another_line_is_another_answer() -> None:
    """Each party is measured from its own line; unknown actors by whichever fits."""
    agreement = small(BY_PARTY, geometry=LINES).agreement
    span = at(parse_instant("2026-04-01T00:00Z"))

    def word(lon: float, actor: dict[str, int] | None, bearer: str | None) -> str:
        place = Spot(lon_e7=round(lon * 1e7), lat_e7=475_000_000)
        case = Case(span=span, type={"presence": 10_000}, actor=actor, place=place)
        return str(assess(agreement, case, [], EVER)["a1.strip", bearer].verdict)

    assert word(-34.0, {"VEL": 10_000}, "VEL") == word(-34.0, {"VEL": 10_000}, None) == "breach"
    assert word(-34.0, {"TOR": 10_000}, "TOR") == word(-34.0, {"TOR": 10_000}, None) == "no_breach"
    assert word(-33.6, {"TORF": 10_000}, "TOR") == "breach"
    assert word(-34.0, None, None) == "undetermined"
    assert word(-34.0, {"VEL": 5_000, "TOR": 5_000}, None) == "undetermined"
    assert word(-35.0, None, None) == "no_breach"


def test_without_an_agreed_standard_only_certainty_decides() -> None:
    """Nine parts in ten are not enough where nobody agreed that they are."""
    clause = "      - {norm: prohibit, id: a1.strip, kind: x, act: [presence]}"
    agreement = small(clause, evidence="# no standard of proof").agreement
    case = Case(
        span=at(parse_instant("2026-04-01T00:00Z")), type={"presence": 9_999}, actor={"VEL": 10_000}
    )
    assert assess(agreement, case, [], EVER)["a1.strip", "VEL"].verdict == "undetermined"
    sure = Case(span=case.span, type={"presence": 10_000}, actor={"VEL": 10_000})
    assert assess(agreement, sure, [], EVER)["a1.strip", "VEL"].verdict == "breach"
