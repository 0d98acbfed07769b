"""What holds for any claims and any acts, not only for the ones we thought of."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.making import claim, clock, day, near
from truceline.claims.claim import Claim
from truceline.incidents.fusing import fuse
from truceline.incidents.incident import Incident, PersonAct
from truceline.values.place import Place
from truceline.values.signatures import Basis, Stance
from truceline.values.unknown import NOT_GIVEN

SPEAKERS = ("VEL", "TOR", "JVT-1", "JVT-2", "gazette", "courier")
ACTS = ("fire.mortar", "fire.artillery", "fire", "explosion", "unknown", "flight.uav", "harm")


@st.composite
def claims(draw: st.DrawFn, most: int = 12) -> list[Claim]:
    """A night's claims around Cape Sorrel, crowded enough that many can be one event."""
    numbers = draw(st.lists(st.integers(1, 60), min_size=1, max_size=most, unique=True))
    return [draw(one_claim(number, numbers)) for number in numbers]


@st.composite
def one_claim(draw: st.DrawFn, number: int, numbers: Sequence[int]) -> Claim:
    """One claim; one in six denies or perceived nothing, some say to which claim."""
    stance = draw(st.sampled_from([Stance.ASSERTS] * 5 + [Stance.DENIES, Stance.NOT_PERCEIVED]))
    about = draw(st.sampled_from(["", "", "", f"{draw(st.sampled_from(numbers))}#1"]))
    return claim(
        f"{number}#1",
        draw(st.sampled_from(SPEAKERS)),
        stance=stance,
        about=about,
        basis=draw(st.sampled_from(Basis)),
        span=draw(st.one_of(st.builds(clock, st.just(2), st.integers(0, 50)), st.just(day()))),
        place=draw(
            st.one_of(
                st.just(NOT_GIVEN),
                st.builds(near, st.integers(0, 359), st.integers(0, 4000), st.integers(50, 5000)),
            )
        ),
        act=draw(st.sampled_from(ACTS)),
        ref=draw(st.sampled_from(["", "", "A-1", "A-2"])),
        wording=draw(st.sampled_from(["", "mortar fire at the boathouse", "вибухи біля маяка"])),
        origin=draw(st.sampled_from(["", "https://gazette.example/7"])),
    )


@st.composite
def acts(draw: st.DrawFn, said: Sequence[Claim]) -> list[PersonAct]:
    """Confirmations, splits and undoings of some of the claims."""
    ids = [one.id for one in said]
    made: list[PersonAct] = []
    for entry in range(100, 100 + draw(st.integers(0, 5))):
        kinds = ["confirm", "split"] + (["undo"] if made else [])
        kind = draw(st.sampled_from(kinds))
        chosen = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
        undoes = draw(st.sampled_from([act.entry for act in made])) if kind == "undo" else None
        made.append(PersonAct(entry=entry, act=kind, claims=tuple(chosen), undoes=undoes))
    return made


def together(incidents: Sequence[Incident], one: str, other: str) -> bool:
    """Whether two claims stand in one incident."""
    return any(one in incident.claims and other in incident.claims for incident in incidents)


@settings(max_examples=80)
@given(st.data())
def test_the_order_of_arrival_never_matters(data: st.DataObject) -> None:
    """The same claims and acts, shuffled or given twice, are the same incidents."""
    said = data.draw(claims())
    made = data.draw(acts(said))
    shuffled = data.draw(st.permutations([*said, *said[:3]]))
    incidents = fuse(said, made)

    assert fuse(shuffled, data.draw(st.permutations(made))) == incidents


@settings(max_examples=80)
@given(st.data())
def test_every_assertion_stands_in_exactly_one_incident(data: st.DataObject) -> None:
    """Nothing is dropped, nothing is counted in two places, and no denial is an incident."""
    said = data.draw(claims())
    incidents = fuse(said, data.draw(acts(said)))
    listed = [number for incident in incidents for number in incident.claims]
    asserting = {one.id for one in said if one.said.stance is Stance.ASSERTS}

    assert len(listed) == len(set(listed))
    assert asserting <= set(listed)
    assert all(asserting & set(incident.claims) for incident in incidents)
    assert len({incident.id for incident in incidents}) == len(incidents)


@settings(max_examples=80)
@given(st.data())
def test_links_hold_an_incident_together_and_add_up(data: st.DataObject) -> None:
    """From any claim of an incident every other can be reached by links, each with all its reasons."""
    said = data.draw(claims())
    for incident in fuse(said, data.draw(acts(said))):
        reached = {incident.claims[0]}
        for _ in incident.links:
            for link in incident.links:
                if {link.one, link.other} & reached:
                    reached |= {link.one, link.other}
        assert reached == set(incident.claims)
        for link in incident.links:
            assert link.millibits == sum(reason.millibits for reason in link.reasons)


@settings(max_examples=80)
@given(st.data())
def test_undoing_an_act_restores_the_state_before_it_exactly(data: st.DataObject) -> None:
    """Merge, split, undo, undo: the incidents are those of before, links, reasons and numbers."""
    said = data.draw(claims())
    made = data.draw(acts(said))
    before = fuse(said, made)
    ids = st.lists(st.sampled_from([one.id for one in said]), min_size=1, max_size=4, unique=True)
    merge = PersonAct(entry=200, act="confirm", claims=tuple(data.draw(ids)))
    split = PersonAct(entry=201, act="split", claims=tuple(data.draw(ids)))
    undo_split = PersonAct(entry=202, act="undo", claims=(), undoes=201)
    undo_merge = PersonAct(entry=203, act="undo", claims=(), undoes=200)

    merged = fuse(said, [*made, merge])
    assert fuse(said, [*made, merge, split, undo_split]) == merged
    assert fuse(said, [*made, merge, split, undo_split, undo_merge]) == before


@settings(max_examples=80)
@given(st.data())
def test_the_latest_word_of_a_person_decides_on_two_claims(data: st.DataObject) -> None:
    """Confirmed after all else, an assertion stands with any claim; split after all else, it does not."""
    said = data.draw(claims())
    asserting = [one.id for one in said if one.said.stance is Stance.ASSERTS]
    if not asserting or len(said) < 2:
        return
    made = data.draw(acts(said))
    one = data.draw(st.sampled_from(asserting))
    other = data.draw(st.sampled_from([claim.id for claim in said if claim.id != one]))
    for verb in ("confirm", "split"):
        last = PersonAct(entry=300, act=verb, claims=(one, other))
        assert together(fuse(said, [*made, last]), one, other) is (verb == "confirm")


@settings(max_examples=80)
@given(claims(), st.integers(61, 90))
def test_a_merge_then_split_of_two_claims_restores_the_engines_grouping(
    said: list[Claim], entry: int
) -> None:
    """A split takes back a confirmation of claims that the engine itself had kept apart."""
    before = fuse(said)
    asserting = [one for one in said if one.said.stance is Stance.ASSERTS and not one.said.about]
    apart = [
        (a.id, b.id)
        for a in asserting
        for b in asserting
        if a.id < b.id and not together(before, a.id, b.id)
    ]
    for pair in apart[:2]:
        merge = PersonAct(entry=entry, act="confirm", claims=pair)
        split = PersonAct(entry=entry + 1, act="split", claims=pair)
        # Whoever is named by an act is weighed for himself, so a copy's link may word it otherwise.
        after = fuse(said, [merge, split])
        assert [replace(one, links=()) for one in after] == [
            replace(one, links=()) for one in before
        ]


@settings(max_examples=80)
@given(claims(), st.data())
def test_a_later_arrival_never_takes_a_number_from_a_claim_that_stands_alone(
    said: list[Claim], data: st.DataObject
) -> None:
    """An incident is numbered after its first assertion, so a later claim brings no new first."""
    first = min(
        (one for one in said if one.said.stance is Stance.ASSERTS),
        key=lambda one: one.origin.entry,
        default=None,
    )
    if first is None:
        return
    number = data.draw(st.integers(61, 99))
    later = data.draw(one_claim(number, [number]))
    name = {c: i.id for i in fuse(said) for c in i.claims}[first.id]

    assert {c: i.id for i in fuse([*said, later]) for c in i.claims}[first.id] == name


@settings(max_examples=80)
@given(claims())
def test_origins_never_exceed_the_voices_and_parties_count_once(said: list[Claim]) -> None:
    """Corroboration is counted by independent origins: never more than there are speakers."""
    by_id = {one.id: one for one in said}
    for incident in fuse(said):
        asserting = [by_id[n] for n in incident.claims if by_id[n].said.stance is Stance.ASSERTS]
        owners = {one.origin.owner for one in asserting}
        assert (
            1 <= incident.origins <= len({(one.said.speaker, one.source_key) for one in asserting})
        )
        if len(owners) == 1 and asserting[0].origin.interested:
            assert incident.origins == 1


@settings(max_examples=80)
@given(st.integers(0, 6000), st.integers(60, 3000), st.integers(60, 3000), st.integers(1, 8))
def test_a_wider_stated_error_is_never_held_against_a_link_that_distance_spoke_against(
    apart_m: int, one_m: int, other_m: int, factor: int
) -> None:
    """Whoever admits a larger error is never thereby proved to speak of another event.

    Where the distance weighs against a link, widening an error never makes it weigh more.
    """

    def place_weight(radius_m: int) -> int | None:
        pair = [
            claim("1#1", "JVT-1", basis=Basis.HEARD, place=near(0, 0, radius_m)),
            claim("2#1", "JVT-2", basis=Basis.HEARD, place=near(90, apart_m, other_m)),
        ]
        confirmed = PersonAct(entry=9, act="confirm", claims=("1#1", "2#1"))
        (incident,) = fuse(pair, [confirmed])
        weights = [
            reason.millibits
            for link in incident.links
            for reason in link.reasons
            if reason.code in {"near", "far_for_error"}
        ]
        return weights[0] if weights else None

    narrow, wide = place_weight(one_m), place_weight(one_m * factor)
    if narrow is not None and narrow < 0:
        assert wide is not None
        assert wide >= narrow


@settings(max_examples=40)
@given(claims(most=8))
def test_the_claims_themselves_are_left_as_they_were(said: list[Claim]) -> None:
    """Fusing adds; it changes nobody's words, place or time."""
    kept = [replace(one) for one in said]
    incidents = fuse(said)

    assert said == kept
    stated = {one.said.place for one in said if isinstance(one.said.place, Place)}
    assert {incident.place for incident in incidents} <= stated | {None}
