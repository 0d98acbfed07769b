"""The judgement calls of one night at Cape Sorrel, as examples."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.making import LAT, LON, NIGHT_US, claim, clock, day, near
from truceline.claims.claim import Claim
from truceline.engines.geometry import apart, off_by_sq, spread, widened
from truceline.incidents.describing import places_differ
from truceline.incidents.fusing import fuse
from truceline.incidents.incident import Incident, LinkKind
from truceline.incidents.weights import EXTENT_M
from truceline.reports.report import Said
from truceline.values.instant import DAY_US, Span
from truceline.values.place import Place, offset
from truceline.values.signatures import Basis, Stance
from truceline.values.unknown import NOT_GIVEN

ELLIPSE = ("a_m", "b_m", "bearing_deg", "confidence_bp")


def heard_from_the_south() -> Place:
    """Two to seven kilometres off, a little east of north: a long thin ellipse."""
    lat, lon = offset(LAT, LON, 190, 700)
    return Place(
        lat_e7=round(lat * 1e7), lon_e7=round(lon * 1e7), a_m=2500, b_m=600, bearing_deg=10
    )


def complaint() -> Claim:
    """Velmark complains: a mortar round at 02:10."""
    return claim("7#1", "VEL", ref="V-118", accused=("TOR",))


def patrol() -> Claim:
    """A joint patrol heard it and saw nothing."""
    return claim(
        "8#4",
        "JVT-2",
        basis=Basis.HEARD,
        span=clock(2, 12),
        place=heard_from_the_south(),
        act="explosion",
    )


def denial(about: str = "7#1") -> Claim:
    """Torrin denies it."""
    return claim("11#1", "TOR", stance=Stance.DENIES, about=about, place=NOT_GIVEN)


def the_one(incidents: list[Incident]) -> Incident:
    """The only incident there is."""
    assert len(incidents) == 1, [incident.claims for incident in incidents]
    return incidents[0]


def test_a_complaint_a_patrol_and_a_denial_are_one_incident_of_three_claims() -> None:
    """Who says so, who heard it and who denies it stand side by side; that it occurred is open.

    Two origins assert it: the complainant's word and the patrol's ears. The denial is no origin.
    """
    incident = the_one(fuse([complaint(), patrol(), denial()]))

    assert incident.claims == ("7#1", "8#4", "11#1")
    assert incident.contradictions == ("occurred",)
    assert incident.origins == 2
    assert incident.acts == ("fire.mortar", "explosion")
    assert {link.kind for link in incident.links} == {LinkKind.SAME_EVENT, LinkKind.ANSWER}


def test_a_link_adds_up_to_its_reasons() -> None:
    """Every link lists what it rests on, and the list is all of it."""
    for link in the_one(fuse([complaint(), patrol(), denial()])).links:
        assert link.millibits == sum(reason.millibits for reason in link.reasons)
        assert link.reasons


def test_a_denial_by_complaint_number_finds_its_complaint() -> None:
    """A reply quotes the number on the receipt, not the ledger's."""
    incident = the_one(fuse([complaint(), denial("C-0001")], numbers={"C-0001": "7#1"}))

    assert incident.contradictions == ("occurred",)


def test_a_denial_that_names_nothing_stands_beside_the_one_event_it_fits() -> None:
    """Time, place and act address it; it is an answer, not corroboration."""
    unaddressed = claim("11#1", "TOR", stance=Stance.DENIES, span=clock(2, 5))
    incident = the_one(fuse([complaint(), unaddressed]))

    assert incident.claims == ("7#1", "11#1")
    assert incident.origins == 1


def test_a_denial_that_could_mean_two_events_stands_beside_neither() -> None:
    """Undecidable stays apart."""
    second = claim("7#2", "VEL", ref="V-119")
    unaddressed = claim("11#1", "TOR", stance=Stance.DENIES)

    assert [incident.claims for incident in fuse([complaint(), second, unaddressed])] == [
        ("7#1",),
        ("7#2",),
    ]


def test_a_patrol_that_perceived_nothing_never_counts() -> None:
    """Not perceiving is neither corroboration nor contradiction; it is shown."""
    silent = claim(
        "9#1",
        "JVT-3",
        basis=Basis.HEARD,
        stance=Stance.NOT_PERCEIVED,
        span=Span(from_us=clock(2, 0).from_us, until_us=clock(2, 30).until_us),
        place=near(90, 900, 2000),
    )
    incident = the_one(fuse([complaint(), silent]))

    assert incident.claims == ("7#1", "9#1")
    assert incident.origins == 1
    assert incident.contradictions == ()


def test_a_partys_own_patrol_does_not_corroborate_its_complaint() -> None:
    """One will, one origin, however many of its posts heard it."""
    own = claim("7#9", "VEL", basis=Basis.SEEN, ref="post-4", span=clock(2, 11))
    relayed = claim("9#1", "gazette", chain=("gazette", "VEL"), basis=Basis.TOLD)

    for incident in fuse([complaint(), own, relayed]):
        assert incident.origins == 1


def test_mortar_or_artillery_at_one_minute_and_place_is_one_disputed_event() -> None:
    """People take one tube for another; the incident says that they differ."""
    other = claim("8#1", "JVT-2", basis=Basis.HEARD, act="fire.artillery", span=clock(2, 11))
    incident = the_one(fuse([complaint(), other]))

    assert incident.contradictions == ("act",)


def test_a_drone_flight_is_not_a_detention() -> None:
    """Acts that cannot be one event are never fused, whatever time and place say."""
    other = claim("8#1", "JVT-2", basis=Basis.SEEN, act="harm.detention")

    assert len(fuse([claim("7#1", act="flight.uav"), other])) == 2


def test_unknown_time_or_place_is_never_fused_on_absence() -> None:
    """Two reports that say neither when nor where agree on nothing."""
    nowhere = [
        claim(f"{entry}#1", f"paper-{entry}", place=NOT_GIVEN, wording="Shelling near the cape")
        for entry in (3, 4)
    ]
    never = [claim(f"{entry}#1", f"paper-{entry}", span=NOT_GIVEN) for entry in (5, 6)]

    assert len(fuse(nowhere + never)) == 4


def test_a_battle_along_the_road_is_not_one_incident() -> None:
    """Shots five minutes and 400 m apart, each heard by one more post: no chain from end to end."""
    chain = [
        claim(
            f"{number}#1",
            f"post-{number}",
            basis=Basis.HEARD,
            span=clock(2, 5 * number),
            place=near(90, 400 * number),
        )
        for number in range(1, 12)
    ]
    for incident in fuse(chain):
        numbers = [int(number.split("#")[0]) for number in incident.claims]
        assert max(numbers) - min(numbers) < 6


def test_forty_headlines_of_one_city_and_day_are_not_one_incident() -> None:
    """Same town and day with an unknown act is next to nothing where everybody writes daily."""
    said = [
        claim(
            f"4#{row}",
            f"outlet-{row}",
            basis=Basis.TOLD,
            span=day(),
            place=near(radius_m=3000),
            act="unknown",
            origin=f"https://outlet-{row}.example/{row}",
        )
        for row in range(1, 41)
    ]

    assert len(fuse(said)) == 40


def test_the_same_text_in_two_papers_is_one_origin() -> None:
    """A copy is kept, linked and counted once."""
    text = "A mortar round hit the boathouse at Cape Sorrel, the harbour master said"
    papers = [
        claim(
            f"5#{row}",
            f"paper-{row}",
            basis=Basis.TOLD,
            span=day(),
            place=near(radius_m=3000),
            wording=text + end,
            origin=f"https://paper-{row}.example/a",
        )
        for row, end in ((1, ""), (2, "."))
    ]
    incident = the_one(fuse(papers))

    assert incident.links[0].kind is LinkKind.COPY
    assert incident.origins == 1


def test_five_hundred_rows_of_one_party_never_make_a_second_origin() -> None:
    """Filing much is not being corroborated, and it crowds nobody out."""
    flood = [
        claim(f"20#{row}", "VEL", ref=f"V-{row}" if row % 2 else "", wording=f"fire no. {row % 7}")
        for row in range(1, 501)
    ]
    others = [complaint(), patrol()]
    incidents = fuse(flood + others)

    alone = [one for one in incidents if "8#4" not in one.claims]
    assert {incident.origins for incident in alone} == {1}
    (heard,) = [one for one in incidents if "8#4" in one.claims]
    assert heard.origins == 2
    assert len(heard.claims) > 1


def test_an_incidents_place_is_the_smallest_nobody_contradicts() -> None:
    """The one exact claim that all others exclude does not move the incident."""
    agree = [
        claim("3#1", "post-1", place=near(0, 0, 400)),
        claim("3#2", "post-2", place=near(0, 90, 500)),
    ]
    incident = the_one(fuse([*agree, claim("9#1", "TOR", about="3#1", place=near(0, 5000, 1))]))

    assert incident.place == near(0, 0, 400)
    assert incident.contradictions == ("place",)


def test_a_days_denial_keeps_its_words() -> None:
    """A claim is in the incident as it was said: fusing changes nobody's statement."""
    span = Span(from_us=NIGHT_US, until_us=NIGHT_US + DAY_US)
    said: Said = claim("11#1", "TOR", stance=Stance.DENIES, about="7#1", span=span).said

    incident = the_one(
        fuse([complaint(), claim("11#1", "TOR", stance=Stance.DENIES, about="7#1", span=span)])
    )
    assert incident.span == clock(2, 10)
    assert said.span == span


@given(
    st.integers(0, 9000), st.integers(0, 359), st.integers(1, 5000), st.integers(1, 5000),
    st.integers(0, 179),
)  # fmt: skip
def test_one_pair_and_a_column_of_pairs_measure_alike(
    apart_m: int, toward: int, a_m: int, b_m: int, bearing: int
) -> None:
    """What contradicts on the page is what the engine's own geometry says lies outside 95 %."""
    one = near(0, 0, 300)
    other = replace(near(toward, apart_m), a_m=a_m, b_m=b_m, bearing_deg=bearing)
    ends = np.array([0]), np.array([1])
    lats, lons = (
        np.array([getattr(p, name) for p in (one, other)]) for name in ("lat_e7", "lon_e7")
    )
    both = widened(
        spread(*(np.array([getattr(p, name) for p in (one, other)]) for name in ELLIPSE)), EXTENT_M
    )
    off = off_by_sq(*apart(lats, lons, *ends), both.at(ends[0]) + both.at(ends[1]))[0]
    if abs(off - 5.991) > 1e-6:
        assert places_differ(one, other) is bool(off > 5.991)


def test_a_row_filed_three_thousand_times_is_weighed_once() -> None:
    """It is one incident, one origin, and every copy is there with its link."""
    flood = [claim(f"20#{row}", "VEL", span=day()) for row in range(1, 3001)]
    incident = the_one(fuse(flood))

    assert incident.origins == 1
    assert len(incident.claims) == 3000
    assert {(link.kind, link.one) for link in incident.links} == {(LinkKind.COPY, "20#1")}
    assert len(incident.links) == 2999


def test_a_party_that_repeats_one_post_under_another_number_repeats_itself() -> None:
    """A list that takes the same post in twice has one event, and the second row is a copy."""
    post = "vel-post/V-000034"
    again = [claim("10#9", ref="V-34", origin=post), claim("16#1", ref="V-49", origin=post)]
    incident = the_one(fuse(again))

    assert incident.links[0].kind is LinkKind.COPY
    assert incident.origins == 1


def test_an_exchange_of_fire_is_two_events_and_a_disputed_strike_is_one() -> None:
    """Each side lists the other's fire; but one hit at one place and minute has two accused."""
    theirs = {"accused": ("VEL",), "act": "fire.artillery"}
    near_by = claim("9#1", "TOR", span=clock(2, 22), place=near(0, 900, 500), **theirs)
    the_hit = claim("9#1", "TOR", span=clock(2, 11), place=near(0, 100, 300), **theirs)

    assert len(fuse([complaint(), near_by])) == 2
    assert the_one(fuse([complaint(), the_hit])).contradictions == ("act", "actor")
