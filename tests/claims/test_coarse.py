"""What a stranger may see: nothing with targeting value."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from truceline.claims.claim import Claim, Origin
from truceline.claims.coarse import coarse, snap, visible_from_us
from truceline.claims.reading import source_key
from truceline.reports.report import Said
from truceline.values.audience import Sight
from truceline.values.counts import at_least
from truceline.values.instant import DAY_US, Span
from truceline.values.place import E7, Place, circle, distance_m, reach_m
from truceline.values.signatures import Basis, Direction, Signature
from truceline.values.unknown import Unknown

SIGHT = Sight()
lats, lons = st.integers(-80 * E7, 80 * E7), st.integers(-180 * E7, 180 * E7)
places = st.builds(
    lambda lat, lon, error: Place(lat_e7=lat, lon_e7=lon, a_m=error, b_m=error),
    lats,
    lons,
    st.integers(1, 5_000),
)
near = st.integers(-900_000, 900_000)
moments = st.integers(19_000 * DAY_US, 21_000 * DAY_US)


def claim(
    place: Place | Unknown, start_us: int, *, interested: bool = False, basis: Basis = Basis.HEARD
) -> Claim:
    """A patrol's claim with everything in it that could tell where it stood."""
    said = Said(
        speaker="JVT-2",
        chain=("JVT-2",),
        ref=f"17-{start_us % 97}",
        basis=basis,
        span=Span(
            from_us=start_us, until_us=start_us + 60_000_000, said="at the turn of the watch"
        ),
        said_us=start_us + 90_000_000,
        place=place,
        observer=place if isinstance(place, Place) else None,
        act="explosion",
        type_given="dull reports by the crane",
        signature=Signature.EXPLOSION,
        direction=Direction.OUTGOING,
        count=at_least(4),
        wording="Heard from the roof of the customs house",
        language="en",
    )
    origin = Origin(
        entry=9,
        row=1,
        owner="CENTRE",
        audience="CENTRE",
        interested=interested,
        known_us=start_us + 7_200_000_000,
    )
    return Claim(origin=origin, said=said, source_key=source_key(said, interested=interested))


@given(places, near, near, moments, st.integers(0, DAY_US - 1))
def test_two_claims_of_one_cell_and_day_cannot_be_told_apart(
    one: Place, north: int, east: int, moment: int, later: int
) -> None:
    """Neither by place nor by time nor by any word: only counts and kinds of event remain."""
    assume(abs(one.lat_e7 + north) <= 80 * E7 and abs(one.lon_e7 + east) <= 180 * E7)
    other = replace(
        one, lat_e7=one.lat_e7 + north, lon_e7=one.lon_e7 + east, a_m=1, b_m=4_000, bearing_deg=17
    )
    assume(
        (snap(one, SIGHT).lat_e7, snap(one, SIGHT).lon_e7)
        == (snap(other, SIGHT).lat_e7, snap(other, SIGHT).lon_e7)
    )
    day = moment // DAY_US * DAY_US
    first, second = claim(one, day), claim(other, day + later * 9 // 10)
    assume(second.origin.known_us < day + DAY_US)
    assert coarse(first, SIGHT) == coarse(second, SIGHT)
    assert visible_from_us(first, SIGHT) == visible_from_us(second, SIGHT)


@given(places, moments)
def test_a_coarse_view_is_true_and_coarse_enough(place: Place, moment: int) -> None:
    """The circle holds the whole stated error, the span the whole stated time, and neither is small."""
    given_claim = claim(place, moment)
    seen = coarse(given_claim, SIGHT).said
    assert isinstance(seen.place, Place)
    assert isinstance(seen.span, Span)
    assert isinstance(given_claim.said.span, Span)
    assert distance_m(seen.place, place) + reach_m(place) <= seen.place.a_m * 1.0001
    assert seen.place.a_m >= SIGHT.cell_m / 2
    assert seen.span.from_us <= given_claim.said.span.from_us
    assert given_claim.said.span.until_us <= seen.span.until_us
    assert seen.span.length_us >= DAY_US
    assert seen.span.from_us % DAY_US == 0 == seen.span.until_us % DAY_US


@given(
    st.integers(12_345_679, 79 * E7), moments.map(lambda moment: moment // DAY_US * DAY_US + 77_777)
)
def test_nothing_a_watcher_wrote_is_left_and_what_it_counted_is(lat_e7: int, moment: int) -> None:
    """A number, a name, a word or a direction would each say where it stood."""
    place = Place(lat_e7=lat_e7, lon_e7=lat_e7 + 11, a_m=50, b_m=50)
    assume(snap(place, SIGHT).lat_e7 != lat_e7)
    seen = coarse(claim(place, moment), SIGHT)
    told = repr(seen)
    for secret in (
        "JVT-2",
        "customs",
        "crane",
        "watch",
        "17-",
        "outgoing",
        str(moment),
        str(place.lat_e7),
    ):
        assert secret not in told
    assert seen.said.observer is None
    assert (seen.said.count, seen.said.act, seen.said.signature) == (
        at_least(4),
        "explosion",
        Signature.EXPLOSION,
    )


@given(places, moments)
def test_coarsening_twice_changes_neither_the_cell_nor_the_day(place: Place, moment: int) -> None:
    """A row that has passed through the policy already gives nothing more away."""
    once = coarse(claim(place, moment), SIGHT)
    twice = coarse(once, SIGHT)
    assert isinstance(once.said.place, Place)
    assert isinstance(twice.said.place, Place)
    assert (once.said.place.lat_e7, once.said.place.lon_e7) == (
        twice.said.place.lat_e7,
        twice.said.place.lon_e7,
    )
    assert once.said.span == twice.said.span


@given(places, moments)
def test_nothing_is_shown_before_the_delay(place: Place, moment: int) -> None:
    """Counted from the end of the day it ended or became known, so the moment of showing is blunt too."""
    given_claim = claim(place, moment)
    shown_us = visible_from_us(given_claim, SIGHT)
    assert isinstance(given_claim.said.span, Span)
    assert shown_us >= given_claim.said.span.until_us + SIGHT.delay_us
    assert shown_us >= given_claim.origin.known_us + SIGHT.delay_us
    assert shown_us % DAY_US == 0


def test_a_partys_own_words_stay_and_its_exact_place_does_not() -> None:
    """A complaint that cannot be read cannot be answered."""
    complaint = claim(
        circle(47.5, -34.1, 200), 20_000 * DAY_US, interested=True, basis=Basis.STATED
    )
    seen = coarse(complaint, SIGHT)
    assert seen.said.wording == complaint.said.wording
    assert seen.source_key == complaint.source_key == "party:JVT-2"
    assert seen.said.place != complaint.said.place


def test_an_unknown_place_loses_the_words_about_it() -> None:
    """The bearing a patrol noted is as good as a line on the map."""
    unplaced = claim(Unknown(reason="not_given", said="bearing 045"), 20_000 * DAY_US)
    assert coarse(unplaced, SIGHT).said.place == Unknown(reason="not_given")


@given(places, st.sampled_from([1_000, 10_000, 50_000]))
def test_every_place_has_a_cell_and_the_cell_holds_it(place: Place, cell_m: int) -> None:
    """Also at the date line, where east meets west."""
    middle = snap(place, Sight(cell_m=cell_m))
    assert distance_m(middle, place) <= middle.a_m
    assert (
        snap(replace(place, lat_e7=middle.lat_e7, lon_e7=middle.lon_e7), Sight(cell_m=cell_m))
        == middle
    )
