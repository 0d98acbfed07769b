"""Forty ways to break the sample agreement, each with the message a lawyer gets (golden file).

The sample is kept apart from this project and used in place.
"""

import pytest

from tests.terms.world import ROOT
from truceline.terms.errors import TermsRefused
from truceline.terms.loading import load

SAMPLE = ROOT.parent / "shared" / "terms" / "sample.yaml"
GOLDEN = ROOT / "tests" / "golden" / "terms" / "sample-refusals.txt"

BREAKS: dict[str, tuple[str, str]] = {
    "an unknown key at the top": ("tz: Europe/Athens\n", "timezone: Europe/Athens\n"),
    "an unknown key in a clause": ("kind: cease_fire, from: EIF", "kind: cease_fire, since: EIF"),
    "an unknown key in a geometry": ("status: agreed}", "state: agreed}"),
    "a key twice": ("tz: Europe/Athens\n", "tz: Europe/Athens\ntz: Europe/Kyiv\n"),
    "a clause's key twice": ("due: PT6H,", "due: PT6H, due: PT8H,"),
    "a date without quotes": ("{record: entry_into_force}", "{at: 2026-03-01}"),
    "a time without quotes": ("{record: entry_into_force}", "{at: 2026-03-01T10:00:00+02:00}"),
    "an instant without a zone": ("{record: entry_into_force}", '{at: "2026-03-01T10:00"}'),
    "an hour that was skipped": ("{record: entry_into_force}", '{at: "2026-03-29T03:30[Europe/Athens]"}'),
    "a zone nobody knows": ("tz: Europe/Athens\n", "tz: Europe/Athen\n"),
    "an anchor nobody defines": ("from: D14, act", "from: D15, act"),
    "an anchor with two ways": ('{ref: "EIF+P14D/eod"}', '{ref: "EIF+P14D/eod", record: d14}'),
    "an anchor that waits for itself": ('{ref: "EIF+P14D/eod"}', '{ref: "D14+P14D"}'),
    "a limit in words": ("due: PT6H", "due: six hours"),
    "a limit without its P": ("due: PT12H", "due: 12H"),
    "a ring that crosses itself": ("[-34.5400, 47.40], [-34.5400, 47.66], [-34.6000, 47.66]", "[-34.5400, 47.66], [-34.5400, 47.40], [-34.6000, 47.66]"),
    "latitude first": ("point: [-34.0000, 47.55], side_km: 2", "point: [47.55, -134.0000], side_km: 2"),
    "a line of one point": ("[[-35.0000, 47.50], [-34.0000, 47.55], [-33.0000, 47.80], [-32.4000, 48.20]]", "[[-35.0000, 47.50]]"),
    "too many digits": ("[-35.0000, 47.50]", "[-35.00000001, 47.50]"),
    "half a metre of tolerance": ("tolerance_m: 50", "tolerance_m: 50.5"),
    "a datum nobody knows": ("tolerance_m: 50, datum: WGS84", "tolerance_m: 50, datum: ED50"),
    "a geometry of two shapes": ("{of: line, buffer_km: 10}", "{of: line, buffer_km: 10, point: [-34.0, 47.5]}"),
    "a geometry derived from nothing": ("{of: line, buffer_km: 10}", "{of: lines, buffer_km: 10}"),
    "a geometry derived from itself": ("{of: line, buffer_km: 10}", "{of: line_strip, buffer_km: 10}"),
    "a place nobody draws": ("where: {in: area_a}", "where: {in: area_b}"),
    "half a distance": ("{within_km: 25, of: line}", "{within_km: 25}"),
    "a distance below nothing": ("{within_km: 25, of: line}", "{within_km: -25, of: line}"),
    "an exemption nobody defines": ("unless: [self_defence]", "unless: [self_defense]"),
    "a party nobody defines": ("who: [AR, BO], trigger: {at: EIF}", "who: [AR, BP], trigger: {at: EIF}"),
    "a verifier nobody defines": ("verified_by: JVT", "verified_by: JVC"),
    "a clause overridden that is not there": ("overrides: [a7.positions]", "overrides: [a7.position]"),
    "a breach of a clause that is not there": ("breach_of: [a1.fire], by: self", "breach_of: [a1.fires], by: self"),
    "a clause id twice": ("id: a3.fixed", "id: a3.uav"),
    "an article id twice": ("- id: a3\n", "- id: a2\n"),
    "an article without its Ukrainian text": (', uk: "Без вогню, ударів і штурмів."', ""),
    "an empty Russian text": ('ru: "Без огня, ударов и штурмов."', 'ru: ""'),
    "a bracket in one language only": ('en: "No fire, strikes', 'en: "No [b1] fire, strikes'),
    "two brackets against one": ('en: "No fire, strikes or assaults.", uk: "Без вогню,', 'en: "No [b1] [b2] fire, strikes or assaults.", uk: "Без [b1] вогню,'),
    "a bracket left open": ('uk: "Без вогню,', 'uk: "Без [b1 вогню,'),
    "a norm nobody knows": ("{norm: prohibit, id: a1.fire", "{norm: forbid, id: a1.fire"),
    "a limit that compares with nothing": ("calibre_mm: {ge: 100}", "calibre_mm: {from: 100}"),
    "a calibre in words": ("calibre_mm: {ge: 100}", 'calibre_mm: {ge: "100 mm"}'),
    "a standard of proof in per cent": ("breach_at: 0.90, none_at: 0.10", "breach_at: 90, none_at: 10"),
    "a standard of proof upside down": ("breach_at: 0.90, none_at: 0.10", "breach_at: 0.10, none_at: 0.90"),
    "a burden nobody knows": ("burden: claim", "burden: accused"),
    "an hour of no day": ('[["08:00", "18:00"]]', '[["08:00", "26:00"]]'),
    "a word where a list stands": ("act: [flight.uav]", "act: flight.uav"),
    "a language nobody wrote": ("authentic: [en, uk, ru]", "authentic: [en, uk, ru, fr]"),
    "a version of the format we do not read": ("terms: 1\n", "terms: 2\n"),
}  # fmt: skip


@pytest.mark.realdata
def test_every_way_to_break_the_sample_has_its_message(request: pytest.FixtureRequest) -> None:
    """File, line, what was found, what to do: in words a lawyer can act on."""
    if not SAMPLE.exists():
        pytest.skip("no ../shared/terms: the sample is not on this machine")
    text = SAMPLE.read_text(encoding="utf-8")
    told = []
    for name, (found, instead) in BREAKS.items():
        assert found in text, name
        with pytest.raises(TermsRefused) as refused:
            load(text.replace(found, instead, 1).encode(), "sample.yaml")
        told.append(f"# {name}\n{refused.value}")
    whole = "\n\n".join(told) + "\n"
    if request.config.getoption("--rewrite-golden", default=False):
        GOLDEN.write_text(whole, encoding="utf-8")
    assert len(told) >= 40
    assert whole == GOLDEN.read_text(encoding="utf-8")
