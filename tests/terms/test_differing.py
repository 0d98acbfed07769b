"""Two drafts side by side: every difference is named, and what it changes is counted."""

from hypothesis import given
from hypothesis import strategies as st

from tests.terms.world import EXERCISE, NOON, Case, Spot, at, exercise, small
from truceline.terms.differing import Change, differences, moved, worded
from truceline.terms.loading import load

BOX = "geometry:\n  box: {point: [-34.0, 47.5], side_km: 4, datum: WGS84}\n"
NEAR = (
    "      - {norm: prohibit, id: a1.near, kind: force_exclusion, act: [presence], "
    "where: {within_km: 3, of: box}}"
)
FIRE = "      - {norm: prohibit, id: a1.fire, kind: cease_fire, act: [fire]}"


def redrafted(found: str, instead: str) -> tuple[Change, ...]:
    """What is said of the exercise's agreement against a draft with other words."""
    text = EXERCISE.read_text(encoding="utf-8")
    assert found in text
    other = load(text.replace(found, instead, 1).encode(), "other.yaml").agreement
    return differences(exercise().doc, other.doc)


def test_a_draft_does_not_differ_from_itself() -> None:
    """Nothing is reported that nobody changed."""
    assert differences(exercise().doc, exercise().doc) == ()
    cases = {"noon": case(-34.0)}
    assert moved(exercise(), exercise(), cases) == ()


def test_one_changed_number_is_one_difference_called_by_its_clause() -> None:
    """A distance is named where a lawyer looks for it, in the unit it is kept in."""
    (change,) = redrafted("within_km: 15", "within_km: 20")
    assert (change.field, change.before, change.after) == ("where.within_m", 15_000, 20_000)
    assert change.part.startswith("clause ")


def test_a_number_inside_one_of_several_conditions_is_named_there() -> None:
    """Not the whole list again, in which nobody finds it."""
    either = NEAR.replace(
        "where: {within_km: 3, of: box}", "where: {any: [{in: box}, {within_km: 3, of: box}]}"
    )
    one = small(either, geometry=BOX).agreement
    two = small(either.replace("within_km: 3", "within_km: 4"), geometry=BOX).agreement
    (change,) = differences(one.doc, two.doc)
    assert (change.field, change.before, change.after) == ("where.any.1.within_m", 3_000, 4_000)


def test_a_reworded_article_shows_the_words_in_the_language_they_changed_in() -> None:
    """What was taken out and what was put in, and no language that stayed as it was."""
    (change,) = redrafted("Nobody obstructs the patrols", "Nobody hinders the patrols")
    assert change.part.startswith("article ")
    assert change.words is not None
    assert set(change.words) == {"en"}
    assert "[-obstructs-] {+hinders+}" in change.words["en"]


def test_a_clause_that_is_gone_and_one_that_is_new_are_both_said() -> None:
    """Neither is read as a change of the other."""
    one = small(FIRE).agreement
    two = small(FIRE.replace("a1.fire", "a1.shots")).agreement
    found = {
        (change.part, change.before is None, change.after is None)
        for change in differences(one.doc, two.doc)
    }
    assert found == {("clause a1.fire", False, True), ("clause a1.shots", True, False)}


def case(lon: float, act: str = "presence.force") -> Case:
    """Somebody of VEL at a longitude on the 47.5th parallel, at noon."""
    place = Spot(lon_e7=round(lon * 1e7), lat_e7=475_000_000)
    return Case(span=at(NOON), type={act: 10_000}, actor={"VEL": 10_000}, place=place)


def test_what_a_distance_changes_is_said_incident_by_incident() -> None:
    """Five kilometres out is outside three and inside eight; ten metres in is inside both."""
    near = small(NEAR, geometry=BOX).agreement
    far = small(NEAR.replace("within_km: 3", "within_km: 8"), geometry=BOX).agreement
    cases = {"inside": case(-34.0), "between": case(-34.09), "outside": case(-33.0)}
    found = {
        (one.case, one.clause, one.party, one.before, one.after) for one in moved(near, far, cases)
    }
    assert found == {
        ("between", "a1.near", None, "no_breach", "breach"),
        ("between", "a1.near", "VEL", "no_breach", "breach"),
    }


def test_a_clause_only_one_draft_has_answers_nothing_in_the_other() -> None:
    """The answer that is not there is "", which is no verdict."""
    one, two = small(FIRE).agreement, small(FIRE + "\n" + NEAR, geometry=BOX).agreement
    found = moved(one, two, {"inside": case(-34.0)})
    assert {(each.clause, each.before) for each in found} == {("a1.near", "")}


@given(
    one=st.lists(st.sampled_from(["a", "bc", "def"])),
    other=st.lists(st.sampled_from(["a", "bc", "def"])),
)
def test_both_texts_can_be_read_out_of_the_one_that_shows_their_difference(
    one: list[str], other: list[str]
) -> None:
    """Nothing of either text is lost or invented."""
    shown = worded(" ".join(one), " ".join(other)).split()
    assert side(shown, drop=("{+", "+}"), keep=("[-", "-]")) == one
    assert side(shown, drop=("[-", "-]"), keep=("{+", "+}")) == other


def side(shown: list[str], *, drop: tuple[str, str], keep: tuple[str, str]) -> list[str]:
    """One of the two texts: without what is marked by `drop`, with what is marked by `keep`."""
    out, dropping = [], False
    for word in shown:
        dropping = dropping or word.startswith(drop[0])
        if not dropping:
            out.append(word.removeprefix(keep[0]).removesuffix(keep[1]))
        if dropping and word.endswith(drop[1]):
            dropping = False
    return out
