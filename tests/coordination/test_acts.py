"""Payloads: one spelling each, and nothing odd gets through."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.story import FROM_US, UNTIL_US, request
from truceline.coordination import acts
from truceline.values.canonical import canonical

SAMPLES: list[acts.Payload] = [
    acts.ComplaintAcknowledged(complaint="C-0001", by="CENTRE"),
    acts.ComplaintAnswered(complaint="C-0012", stance="denies", wording="Ні", language="uk"),
    request(needs_demining=True, broker="ALD"),
    acts.WindowRequested(
        lat_e7=476_900_000, lon_e7=-339_400_000, radius_m=3_000, from_us=FROM_US,
        until_us=UNTIL_US, purpose="evacuation", guarantors=("TOR", "VEL"),
    ),
    acts.WindowGuaranteed(window="W-0001", wording="Гарантируем", language="ru"),
    acts.WindowRefused(window="W-0002"),
    acts.WindowWithdrawn(window="W-0003"),
    acts.WindowDemined(window="W-0004"),
    acts.WindowOpened(window="W-0005"),
    acts.WindowCompleted(window="W-10000"),
    acts.WindowBreached(window="W-0006", incident="I-KQ3MZ7RA"),
    acts.RegisterEntered(
        type="repair_notice", at_us=FROM_US, by="VEL", zone="halden_window", from_us=FROM_US,
        until_us=UNTIL_US, match={"confirmed": True, "crew": 6},
    ),
    acts.IncidentConfirmed(claims=("17#3", "21#1"), reason="one crater"),
    acts.IncidentSplit(claims=("17#3", "21#1"), reason="two craters"),
    acts.IncidentUndone(undoes=0, reason="wrong incident"),
]  # fmt: skip
KIND_OF = {struct: kind for kind, struct in acts.PAYLOADS.items()}


def test_every_kind_has_a_sample_here() -> None:
    """So that the properties below speak of all of them."""
    assert {type(sample) for sample in SAMPLES} == set(acts.PAYLOADS.values())


@pytest.mark.parametrize("payload", SAMPLES, ids=lambda payload: KIND_OF[type(payload)])
def test_an_act_reads_back_as_it_was_written(payload: acts.Payload) -> None:
    """What was committed to is what is read."""
    assert acts.read(KIND_OF[type(payload)], acts.spell(payload)) == payload


@pytest.mark.parametrize(
    ("kind", "raw", "complaint"),
    [
        ("window/opened", b'{"window": "W-0001"}', "one accepted spelling"),
        ("window/opened", b'{"window":"W-0001","window":"W-0001"}', "one accepted spelling"),
        ("window/opened", b'{"window":"W-1"}', "is not a window"),
        ("window/opened", b'{"window":"W-0000"}', "is not a window"),
        ("window/opened", b'{"by":"VEL","window":"W-0001"}', "unknown field"),
        ("window/breached", b'{"window":"W-0001"}', "missing required field"),
        ("window/guaranteed", b'{"window":"W-0001","wording":""}', "one accepted spelling"),
        ("complaint/answered", b'{"complaint":"C-0001","stance":"guilty"}', "Invalid enum"),
        ("incident/confirmed", b'{"claims":["17#3","17#3"],"reason":"x"}', "two or more"),
        ("incident/undone", b'{"reason":"x","undoes":-1}', "does not exist"),
        ("register/entered", b'{"at_us":9007199254740993,"type":"eif"}', "beyond 2"),
        ("bulletin/published", b"{}", "no act of these rooms"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(kind: str, raw: bytes, complaint: str) -> None:
    """One spelling per act: white space, doubles, spelt-out defaults and strangers are refused."""
    with pytest.raises(acts.BadAct, match=complaint):
        acts.read(kind, raw)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"until_us": FROM_US}, "must end after"),
        ({"guarantors": ()}, "one or more codes"),
        ({"guarantors": ("VEL", "TOR")}, "sorted"),
        ({"lat_e7": 1, "lon_e7": 1, "radius_m": 1}, "not both"),
        ({"zone": ""}, "either a zone"),
        ({"zone": "", "lat_e7": 1, "lon_e7": 1}, "either a zone"),
        ({"zone": "", "lat_e7": 910_000_000, "lon_e7": 1, "radius_m": 1}, "is no place"),
        ({"zone": "", "lat_e7": 1, "lon_e7": 1, "radius_m": 0}, "is no place"),
    ],
)
def test_a_request_says_where_when_and_on_whose_guarantee(
    change: dict[str, object], complaint: str
) -> None:
    """A window without a place, a time or a guarantor is no window."""
    plain = msgspec.to_builtins(request()) | change
    with pytest.raises(acts.BadAct, match=complaint):
        acts.read("window/requested", canonical(plain))


@given(st.sampled_from(sorted(acts.PAYLOADS)), st.binary(max_size=200))
@settings(deadline=None)
def test_no_bytes_make_the_reader_fail_in_any_other_way(kind: str, raw: bytes) -> None:
    """Whatever is handed in: a payload in its one spelling, or BadAct."""
    try:
        payload = acts.read(kind, raw)
    except acts.BadAct:
        return
    assert acts.spell(payload) == raw


@given(st.sampled_from(SAMPLES), st.data())
@settings(deadline=None)
def test_a_payload_with_one_byte_changed_is_another_act_or_none(
    payload: acts.Payload, data: st.DataObject
) -> None:
    """No two spellings of one act: a changed byte never reads as the same."""
    kind, raw = KIND_OF[type(payload)], bytearray(acts.spell(payload))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    try:
        changed = acts.read(kind, bytes(raw))
    except acts.BadAct:
        return
    assert changed != payload
