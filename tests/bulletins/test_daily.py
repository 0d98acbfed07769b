"""The daily bulletin, read as the lawyer of either side and as a tired watch officer would."""

import random
import re
from dataclasses import fields, is_dataclass, replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.bulletins.days import AREAS, CLAIMS, COVERAGE, JETTY, START, claim, day
from truceline.bulletins.forms.daily.figures import Observed
from truceline.bulletins.forms.daily.select import PRINTED_PER_GROUP, select
from truceline.bulletins.rendering import render
from truceline.bulletins.snapshot import ClaimLine, CoverageLine, Party, Snapshot, WindowLine
from truceline.values.counts import Count, at_least, exactly
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US, Span
from truceline.values.mode import Mode
from truceline.values.signatures import Basis, Stance
from truceline.values.texts import LANGUAGES, Text

NO_OBSERVATION = {
    "en": "no observation",
    "uk": "спостереження не було",
    "ru": "наблюдения не велось",
}
SHAPES = [(language, to) for language in LANGUAGES for to in ("md", "html")]


def text(snapshot: Snapshot, language: str = "en") -> str:
    """The Markdown, with ordinary spaces."""
    return render("daily", snapshot, language).decode().replace("\u00a0", " ")


def section(markdown: str, title: str) -> str:
    """One section of a bulletin."""
    return markdown.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def shuffled(snapshot: Snapshot, seed: int) -> Snapshot:
    """The same snapshot with the rows of every table in another order."""
    order = random.Random(seed)
    tables: dict[str, Any] = {
        field.name: tuple(order.sample(rows, len(rows)))
        for field in fields(snapshot)
        if isinstance(rows := getattr(snapshot, field.name), tuple) and field.name != "notes"
    }
    return replace(snapshot, **tables)


@pytest.mark.parametrize(("language", "to"), SHAPES)
def test_the_same_snapshot_gives_the_same_bytes_in_whatever_order_its_rows_came(
    language: str, to: str
) -> None:
    """A published hash can be checked by anyone who draws the same record again."""
    first = render("daily", day(), language, to)
    assert render("daily", day(), language, to) == first
    for seed in range(5):
        assert render("daily", shuffled(day(), seed), language, to) == first


@pytest.mark.parametrize(
    ("form", "language", "to"),
    [("dayly", "en", "md"), ("daily", "de", "md"), ("daily", "en", "pdf")],
)
def test_what_is_not_known_is_refused_by_name(form: str, language: str, to: str) -> None:
    """A form, a language or a format nobody has says so, and nothing else escapes."""
    with pytest.raises(BadValue, match=r"dayly|de|pdf"):
        render(form, day(), language, to)


def test_every_claim_row_is_in_the_annex_with_its_number() -> None:
    """A figure nobody can trace to rows is a rumour."""
    annex = section(text(day()), "Annex: the claims")
    assert {line.id for line in CLAIMS} == set(
        re.findall(r"^\| (\d+#\d+) \|", annex, flags=re.MULTILINE)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_zero_over_zero_coverage_reads_no_observation(language: str) -> None:
    """Nobody looked: the bulletin says just that, in each place where the zero stands."""
    empty = day(claims=(), previous_claims=(), coverage=(), previous_coverage=())
    said = text(empty, language).lower()
    assert said.count(NO_OBSERVATION[language]) >= 2 + 2 * len(AREAS)


def test_a_zero_over_some_coverage_says_how_much() -> None:
    """Zero claims over two hours of twenty-three is a different zero."""
    said = section(text(day(claims=())), "By area")
    estern = said.split("### Estern shore")[1].split("###")[0]
    assert "2 h of 23 h (8%)" in estern
    assert "No claim was received, over the observation stated here and no more" in estern


def test_bad_sight_alone_is_neither_watching_nor_its_absence() -> None:
    """A camera in fog all day: some observation, and it says how bad."""
    line = CoverageLine(
        area="ISL",
        owner="CENTRE",
        kind="any",
        watched_us=0,
        degraded_us=3 * HOUR_US,
        possible_us=23 * HOUR_US,
    )
    figures = select(day(coverage=(line,)))
    assert {each.area: each.observed for each in figures.areas}["ISL"] is Observed.BADLY
    assert "0 h of 23 h (0%), and 3 h badly" in text(day(coverage=(line,)))


def test_the_bulletin_never_says_when_a_watcher_was_blind() -> None:
    """How long and why, never the hours: those are worth something to whoever waits for them."""
    assert not any("span" in field.name for field in fields(CoverageLine))
    said = section(text(day()), "By area")
    assert "equipment down 15 h" in said
    assert not re.search(r"\d\d:\d\d", said)


def numbers(value: object) -> set[int]:
    """Every whole number anywhere in a form's figures, apart from instants and coordinates."""
    if isinstance(value, bool):
        return set()
    if isinstance(value, int):
        return {value}
    if isinstance(value, tuple):
        return set().union(*(numbers(each) for each in value))
    if is_dataclass(value) and not isinstance(value, ClaimLine | Span):
        kept = (
            f.name
            for f in fields(value)
            if not f.name.endswith(("_us", "_e7", "_m")) and f.name != "place"
        )
        return set().union(*(numbers(getattr(value, name)) for name in kept))
    return set()


@given(st.lists(st.integers(101, 180), min_size=3, max_size=3, unique=True))
def test_no_figure_adds_what_different_claimants_say(sizes: list[int]) -> None:
    """However many claims each makes, no sum or mean over two or three of them is anywhere."""
    sums = {sum(group) for n in (2, 3) for group in combinations(sizes, n)}
    means = {sum(group) // n for n in (2, 3) for group in combinations(sizes, n)}
    # What is cut off a list is a figure of one claimant, and may fall on a sum by chance.
    assume(not (sums | means) & {size - cut for size in sizes for cut in (PRINTED_PER_GROUP, 6)})
    claims = tuple(
        claim(row, speaker, entry=100 + which, act="fire.mortar", count=exactly(1))
        for which, (speaker, size) in enumerate(zip(("VEL", "TOR", "JVT"), sizes, strict=True))
        for row in range(size)
    )
    snapshot = day(claims=claims, previous_claims=(), incidents=(), proposals=())
    found = numbers(select(snapshot))
    assert set(sizes) <= found
    assert not found & sums
    assert not found & (means - set(sizes))


def test_claimants_stand_side_by_side_under_the_same_heading() -> None:
    """One row each, parties first, in the alphabet of the language."""
    table = section(text(day()), "Who says what")
    rows = re.findall(
        r"^\| ([^|:]+) \| (?:party|monitors|other source) ", table, flags=re.MULTILINE
    )
    assert rows == ["Torrin", "Velmark", "joint verification team", "Haw Courier"]
    ukrainian = section(text(day(), "uk"), "Хто що каже")
    assert ukrainian.index("Велмарк") < ukrainian.index("Торрін")


def test_a_party_that_said_nothing_has_its_row_of_zeros() -> None:
    """Silence is shown as silence."""
    quiet_one = tuple(line for line in CLAIMS if line.speaker != "VEL")
    assert "| Velmark | party | 0 | 0 | 0 | 0 | 0 | 0 | – |" in text(
        day(claims=quiet_one, previous_claims=())
    )


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=6))
def test_a_sum_of_lower_bounds_is_a_lower_bound(given_: list[tuple[int, bool]]) -> None:
    """One “at least” among a claimant's own numbers makes its sum an “at least”."""
    claims = tuple(
        claim(row, "VEL", count=at_least(n) if bound else exactly(n))
        for row, (n, bound) in enumerate(given_)
    )
    row = next(each for each in select(day(claims=claims)).claimants if each.speaker == "VEL")
    bounded = not any(bound for _, bound in given_)
    low = sum(n for n, _ in given_)
    assert row.stated == Count(low=low, high=low if bounded else None)
    assert ("at least" in section(text(day(claims=claims)), "Who says what")) == (not bounded)


_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def printed(markdown: str) -> list[list[str]]:
    """Every number of a bulletin, line by line, thousands marks taken out, sorted as a bag."""
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", markdown.replace("\u00a0", " "))
    bags = (sorted(_NUMBER.findall(line)) for line in plain.splitlines())
    return sorted(bag for bag in bags if bag)


def test_the_three_languages_print_the_same_figures() -> None:
    """Line for line the same numbers, and tables of the same shape: no edition knows more."""
    editions = [text(day(corrects="B-0008", number="B-0010"), language) for language in LANGUAGES]
    assert printed(editions[0]) == printed(editions[1]) == printed(editions[2])
    shapes = [
        sorted(line.count("|") for line in each.splitlines() if line.startswith("|"))
        for each in editions
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert [each.count("\n## ") for each in editions] == [editions[0].count("\n## ")] * 3


def test_no_edition_holds_a_code_or_word_of_another_language() -> None:
    """English words do not show through where a translation was forgotten."""
    for language in ("uk", "ru"):
        said = re.sub(r"“[^”]*”|«[^»]*»|`[^`]*`|!\[[^]]*\]\([^)]*\)", "", text(day(), language))
        latin = set(re.findall(r"[A-Za-z]{3,}", said))
        assert latin <= {
            "UTC",
            "Atlantic",
            "Azores",
            "Haw",
            "Courier",
            "Torrin",
            "staff",
            "unknown",
            "code",
            "party",
            "list",
            "ZZ4T",
            "QXA",
        }
    assert not re.search(r"[а-яґєіїё]", text(day()), flags=re.IGNORECASE)


def test_a_name_from_a_feed_cannot_forge_the_page() -> None:
    """Table borders, headings, links, tags and direction marks in a name stay plain text."""
    nasty = "x | 99 | <b>Velmark</b>\n## Findings\n[a](http://b) \u202eevil ![p](map.svg)"
    claims = (claim(1, nasty, chain=(nasty,)),)
    page = render("daily", day(claims=claims), "en", "html").decode()
    assert "<b>" not in page
    assert "<a " not in page
    assert page.count("<svg") == 1
    assert "\u202e" not in page
    assert page.count("<h2>") == render("daily", day(), "en", "html").decode().count("<h2>")
    rows = [line for line in text(day(claims=claims)).splitlines() if line.startswith("| x")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {10, 9}


def test_clocks_say_how_they_stood_at_the_cut_off_and_not_later() -> None:
    """An answer that came after the cut-off is not in this bulletin; its clock ran or was over."""
    said = section(text(day()), "Complaints and their clocks")
    assert "29 March, 10:30, 2 h after it was due, by Torrin" in said
    assert "**overdue** by 2 h (due 29 March, 17:30)" in said
    assert "due 30 March, 04:30, 9 h left" in said
    late = replace(day().complaints[1], answered_us=day().until_us + 1, answered_by="VEL")
    assert "**overdue** by 2 h" in section(
        text(day(complaints=(late,))), "Complaints and their clocks"
    )


def test_a_window_without_every_guarantee_cannot_be_called_open() -> None:
    """A repair crew must never read “in effect” off a bulletin that lacks a guarantee."""
    span = Span(from_us=START, until_us=START + HOUR_US)
    for state in ("opened", "completed", "breached"):
        with pytest.raises(BadValue, match="without the guarantee of VEL"):
            WindowLine(
                number="W-0003", state=state, span=span, guarantees=(("TOR", True), ("VEL", False))
            )
    assert "Velmark: not given | guarantees coming in, not in effect" in text(day())


def test_a_proposal_speaks_of_an_article_and_of_nobody() -> None:
    """Counts under an article's test; no party's name stands in the section."""
    said = section(text(day()), "Proposals under the agreement")
    assert "meets the test agreed in article 2.1 | 1" in said
    assert "does not meet the test agreed in article 3 | 1" in said
    assert not re.search(r"Velmark|Torrin|violat|breach", said)


def test_a_draft_says_that_it_is_one() -> None:
    """Only a number makes it a bulletin."""
    assert "DRAFT" in text(day(number=""))
    assert "DRAFT" not in text(day())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mode_is_marked_on_the_page_and_on_the_map(language: str) -> None:
    """Exercise and replay cannot be cut out of a page and passed off as live."""
    words = {
        Mode.EXERCISE: {"en": "EXERCISE", "uk": "НАВЧАННЯ", "ru": "УЧЕНИЕ"},
        Mode.REPLAY: {"en": "REPLAY", "uk": "ВІДТВОРЕННЯ", "ru": "ВОСПРОИЗВЕДЕНИЕ"},
    }
    for mode in Mode:
        page = render("daily", day(mode=mode), language, "html").decode()
        for marked, word in words.items():
            assert page.count(word[language]) == (3 if marked is mode else 0)


def test_a_replay_names_nobody_as_accused_and_gives_no_verdict() -> None:
    """Real past reports are studied, not judged: whom they accuse is not printed."""
    claims = tuple(replace(line, accused=("Ruritania",)) for line in CLAIMS)
    live, replayed = (text(day(mode=mode, claims=claims)) for mode in (Mode.LIVE, Mode.REPLAY))
    assert "Ruritania" in live
    assert "Ruritania" not in replayed
    assert "Nothing here is a verdict about a named state" in replayed


def large(outlets: int, each: int) -> Snapshot:
    """A replay day: many outlets, each with many reports, acts without a key, whole days."""
    claims = tuple(
        claim(
            row,
            f"outlet-{n:02d}.example",
            entry=200 + n,
            act="unknown.code_o" if row % 3 else "strike.missile",
            span=Span(from_us=START + 4 * HOUR_US, until_us=START + 28 * HOUR_US),
            place=replace(JETTY, lat_e7=JETTY.lat_e7 + 40_000 * (row % 9)),
        )
        for n in range(outlets)
        for row in range(1, each + 1)
    )
    return day(
        mode=Mode.REPLAY,
        claims=claims,
        previous_claims=(),
        coverage=(),
        previous_coverage=(),
        incidents=(),
    )


def test_a_day_of_thousands_stays_a_bulletin() -> None:
    """Long groups are cut and say so by how much; nothing is cut in silence."""
    snapshot = large(outlets=20, each=150)
    said = text(snapshot)
    assert said.count(f"And {150 - PRINTED_PER_GROUP} more, all in the annex file.") == 20
    assert len(said.splitlines()) < 1_200
    assert "columns are not added" not in said
    assert "outlet-07.example | missile strike: 50; unknown act (unknown.code\\_o): 100" not in said
    assert "outlet-07.example | unknown act (unknown.code\\_o): 100; missile strike: 50" in said


def test_coverage_of_each_owner_stands_apart() -> None:
    """What the centre watched and what a party says it watched are never one figure."""
    own = CoverageLine(
        area="EST",
        owner="VEL",
        kind="any",
        watched_us=20 * HOUR_US,
        degraded_us=0,
        possible_us=23 * HOUR_US,
    )
    said = text(day(coverage=(*COVERAGE, own)))
    assert (
        "Estern shore, the centre, 2 h of 23 h (8%); Estern shore, Velmark, 20 h of 23 h (86%)"
        in said
    )


def test_an_unlisted_area_and_speaker_read_as_they_came() -> None:
    """A code nobody described shows up in print; it does not stop a bulletin in the night."""
    snapshot = day(
        areas=(), parties=(Party(code="VEL", names=Text("Velmark", "Велмарк", "Велмарк")),)
    )
    for language in LANGUAGES:
        assert "TOR" in text(snapshot, language)
    assert {each.area for each in select(snapshot).areas} == {""}


def test_a_party_s_own_patrol_is_shown_as_that_party_s() -> None:
    """A party's evidence is part of its own word; it must not read as a monitor's or an outlet's."""
    claims = (
        claim(1, "VEL-PATROL-2", owner="VEL", basis=Basis.SEEN),
        claim(2, "PATROL-7", owner="CENTRE", basis=Basis.HEARD),
        claim(3, "Haw Courier", owner="CENTRE", basis=Basis.TOLD),
    )
    said = section(text(day(claims=claims)), "Who says what")
    assert "| VEL-PATROL-2 | source of Velmark |" in said
    assert "| PATROL-7 | monitors |" in said
    assert "| Haw Courier | other source |" in said


def test_denials_are_never_counted_as_reports_of_the_event() -> None:
    """What a party denies is not what it says happened."""
    torrin = next(row for row in select(day()).claimants if row.speaker == "TOR")
    denials = sum(line.stance is Stance.DENIES for line in CLAIMS if line.speaker == "TOR")
    assert (torrin.now.asserts, torrin.now.denies) == (1, denials)
