"""What a tired officer, or a member of either delegation, would hold against a printed day."""

from dataclasses import replace

import pytest

from tests.bulletins.days import START, H, claim, day
from truceline.bulletins.forms.daily.placing import MARKS_PRINTED
from truceline.bulletins.forms.daily.select import select
from truceline.bulletins.rendering import render
from truceline.bulletins.snapshot import Area, ComplaintLine, PreviousCount, ProposalLine, Snapshot
from truceline.values.mode import Mode
from truceline.values.place import E7, Place
from truceline.values.signatures import Stance
from truceline.values.texts import LANGUAGES, Text

LIMITS = {
    "en": "Limits on observation",
    "uk": "Обмеження спостереження",
    "ru": "Ограничения наблюдения",
}


def printed(snapshot: Snapshot, language: str = "en") -> str:
    """The Markdown, with ordinary spaces."""
    return render("daily", snapshot, language).decode().replace("\u00a0", " ")


def squares(many: int) -> tuple[Area, ...]:
    """Empty areas far from everything, whose names hold commas."""
    return tuple(
        Area(
            code=f"SQ{n}",
            names=Text(f"{n}° N, {n}° E", f"{n}° пн. ш., {n}° сх. д.", f"{n}° с. ш., {n}° в. д."),
            ring=((n * E7, n * E7), ((n + 1) * E7, n * E7), (n * E7, (n + 1) * E7)),
        )
        for n in range(1, many + 1)
    )


def test_marks_in_the_table_are_shared_out_among_the_claimants() -> None:
    """A table cut after forty rows must not show one side's marks and leave out the other's."""
    places = [
        Place(lat_e7=47 * E7 + n * 10_000, lon_e7=-34 * E7, a_m=300, b_m=300) for n in range(90)
    ]
    claims = tuple(
        claim(n + 1, who, entry=entry, place=place)
        for entry, who in ((70, "TOR"), (71, "VEL"))
        for n, place in enumerate(places)
    )
    figures = select(day(claims=claims, previous_claims=()))

    shown = [mark.speaker for mark in figures.marks_printed]

    assert shown.count("TOR") == shown.count("VEL") == MARKS_PRINTED // 2
    assert [mark.number for mark in figures.marks] == list(range(1, 181))


def test_a_rare_claimant_has_its_marks_in_the_table() -> None:
    """Whoever said least is not crowded out by whoever said most."""
    many = tuple(
        claim(n + 1, "TOR", entry=70, place=Place(lat_e7=n * E7 // 10, lon_e7=0, a_m=9, b_m=9))
        for n in range(200)
    )
    one = claim(1, "JVT", entry=71, owner="CENTRE")

    figures = select(day(claims=(*many, one), previous_claims=()))

    assert "JVT" in {mark.speaker for mark in figures.marks_printed}


@pytest.mark.parametrize("language", LANGUAGES)
def test_areas_of_which_nothing_is_on_record_are_named_once_where_they_are_many(
    language: str,
) -> None:
    """Twenty headings over the same sentence hide the areas that have something to say."""
    far = squares(9)
    text = printed(day(areas=(*day().areas, *far)), language)

    for area in far:
        name = area.names.in_(language)
        assert f"### {name}" not in text
        assert text.count(f"- {name}\n") == 1


def test_an_area_with_something_to_say_keeps_its_heading() -> None:
    """Claims in the period before are something: a sudden nothing must stay in sight."""
    before = PreviousCount(speaker="TOR", area="SQ3", stance=Stance.ASSERTS, number=7)
    text = printed(day(areas=(*day().areas, *squares(9)), previous_claims=(before,)))

    assert "### 3° N, 3° E" in text
    assert "### 4° N, 4° E" not in text


def test_names_with_commas_are_told_apart_in_a_list() -> None:
    """“44–47° N, 22–25° E, 44–47° N” is no list of areas."""
    text = printed(day(areas=(*day().areas, *squares(2))))

    assert "1° N, 1° E; 2° N, 2° E" in text


def test_an_invented_party_of_a_replay_is_not_said_to_have_said_nothing() -> None:
    """Nobody could have heard it, so its row of zeros would be a statement about silence."""
    text = printed(day(mode=Mode.REPLAY, claims=(), previous_claims=(), complaints=(), windows=()))

    assert "| Velmark |" not in text
    assert "| Torrin |" not in text


def test_proposals_stand_in_the_order_of_the_agreement() -> None:
    """Article 10 after article 2, and what meets the test before what is open."""
    lines = tuple(
        ProposalLine(article=article, verdict=verdict, number=1)
        for article in ("10", "2", "2.10", "2.9", "annex")
        for verdict in ("undetermined", "alleged", "breach")
    )

    found = [(line.article, line.verdict) for line in select(day(proposals=lines)).proposals]

    assert [article for article, verdict in found if verdict == "breach"] == [
        *("annex", "2", "2.9", "2.10", "10")
    ]
    assert [verdict for article, verdict in found if article == "2"] == [
        *("breach", "alleged", "undetermined")
    ]


def test_in_time_is_said_only_where_there_is_a_time() -> None:
    """Terms that set no time for a receipt cannot have been met or missed by one."""
    line = ComplaintLine(
        number="C-0007", by="VEL", received_us=START + H, about="fire.mortar",
        acknowledged_us=START + 2 * H, answer_due_us=START + 30 * H,
    )  # fmt: skip
    row = next(
        each
        for each in printed(day(complaints=(line,))).splitlines()
        if each.startswith("| C-0007")
    )
    due = replace(line, acknowledge_due_us=START + 3 * H)

    assert "in time" not in row
    assert "in time" in printed(day(complaints=(due,)))


def test_a_complaint_is_told_by_its_act_in_every_language() -> None:
    """The words of whoever complains stand on the complaint's own page, not in the centre's."""
    line = ComplaintLine(number="C-0007", by="VEL", received_us=START + H, about="fire.mortar")
    for language, act in {
        "en": "mortar fire",
        "uk": "мінометний вогонь",
        "ru": "миномётный огонь",
    }.items():
        row = next(
            each
            for each in printed(day(complaints=(line,)), language).splitlines()
            if each.startswith("| C-0007")
        )
        assert act in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_claim_of_hindrance_is_not_no_hindrance(language: str) -> None:
    """Records of watching may say that access was denied when no claim does."""
    text = printed(day(restrictions=()), language)
    section = text.split(f"\n## {LIMITS[language]}\n")[1].split("\n## ")[0]

    assert {"en": "access denied", "uk": "відмова в доступі", "ru": "отказ в доступе"}[
        language
    ] in section
