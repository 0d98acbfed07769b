"""Bulletins: published once, for ever, as the bytes everyone can check; corrected, never changed."""

import re
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from tests.desk.played import PUBLISHED, copy_of
from truceline.bulletins.rendering import render
from truceline.desk import acts, publishing
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused, NotPermitted
from truceline.desk.snapshots import snapshot
from truceline.desk.taking import Incoming, take
from truceline.ledger.audit import verify
from truceline.values.errors import TrucelineError
from truceline.values.instant import DAY_US, HOUR_US, parse_instant
from truceline.values.place import E7, Place

DATE = "2026-04-02"
CUTOFF = parse_instant("2026-04-02T19:30[Atlantic/Azores]")
SHAPES = [(language, to) for language in ("en", "uk", "ru") for to in ("md", "html")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A centre with a complaint and a list, twenty minutes past the cut-off."""
    desk = centre(tmp_path)
    acts.file_complaint(desk, "VEL", COMPLAINT)
    take(desk, listed("VEL", 12))
    desk.clock.hold(CUTOFF + HOUR_US // 3)
    return desk


def listed(owner: str, rows: int, day: str = "2026-04-02") -> Incoming:
    """A party's list about one day."""
    raw = party_list(rows).replace(b"2026-04-01", day.encode())
    return Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=owner, acl="ALL")


def refused(desk: Desk, kind: type[TrucelineError], match: str, *given: str) -> None:
    """Publishing is refused in words, and the record is as it was."""
    before = desk.log.signed_head()
    with pytest.raises(kind, match=match):
        publishing.publish(desk, *given)
    assert desk.log.signed_head() == before


def published(desk: Desk, number: str) -> dict[tuple[str, str], bytes]:
    """Every document of a bulletin, as the desk hands it out."""
    one = publishing.bulletin(desk.view(), number)
    return {shape: publishing.document(desk, one, *shape) for shape in SHAPES}


def test_what_is_handed_out_is_what_was_published_and_hashed(desk: Desk) -> None:
    """In three languages and two shapes, byte for byte, and the ledger says so."""
    number = publishing.publish(desk, "CENTRE", DATE)
    one = publishing.bulletin(desk.view("TOR"), number)

    assert (number, one.date, one.audience) == ("B-0001", DATE, "ALL")
    assert desk.log.entry(one.entry).kind == "bulletin/published"
    for (language, to), raw in published(desk, number).items():
        held = one.payload.documents[language]
        assert sha256(raw).hexdigest() == getattr(held, f"{to}_sha256")
        assert desk.log.plain(getattr(held, to)) == raw
        assert number in raw.decode()


def test_anyone_can_draw_the_same_bytes_from_the_same_ledger_index(played: Path) -> None:
    """Every bulletin of fourteen days is a function of the record alone."""
    desk = Desk.open(played)
    numbers = [one.number for one in publishing.bulletins(desk.view()) if not one.corrects]
    assert len(numbers) == len(PUBLISHED)
    for number in (numbers[0], numbers[2], numbers[4], numbers[5]):
        one = publishing.bulletin(desk.view(), number)
        with desk.as_of(one.payload.drawn_at) as then:
            again = snapshot(then, one.date, one.audience, number=number)
        assert render("daily", again, "uk", "md") == published(desk, number)["uk", "md"]
        assert (again.size, again.root) == (one.payload.drawn_at, one.payload.root)


def test_a_bulletin_is_published_once(desk: Desk) -> None:
    """Two of one day would be two truths; the second attempt says what to do instead."""
    publishing.publish(desk, "CENTRE", DATE)
    refused(desk, ActRefused, "correct it instead", "CENTRE", DATE)
    desk.clock.hold(CUTOFF + 5 * DAY_US)
    refused(desk, ActRefused, "correct it instead", "CENTRE", DATE)


def test_a_double_click_publishes_once(desk: Desk) -> None:
    """Two officers in one second: one bulletin, and the number printed in it is its own."""
    publishing.draft(desk, DATE)
    outcomes: list[str] = []

    def officer() -> None:
        mine = Desk.open(desk.folder, desk.clock)
        try:
            outcomes.append(publishing.publish(mine, "CENTRE", DATE))
        except ActRefused:
            outcomes.append("refused")
        mine.close()

    together = [threading.Thread(target=officer) for _ in range(3)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    desk.draw()
    assert sorted(outcomes) == ["B-0001", "refused", "refused"]
    assert [one.number for one in publishing.bulletins(desk.view())] == ["B-0001"]


def test_nothing_is_published_before_its_day_has_ended(desk: Desk) -> None:
    """Not one microsecond: what comes in until then belongs to it."""
    desk.clock.hold(CUTOFF - 1)
    refused(desk, ActRefused, "publish then", "CENTRE", DATE)
    refused(desk, ActRefused, "publish then", "CENTRE", "2026-04-03")
    desk.clock.hold(CUTOFF)
    assert publishing.publish(desk, "CENTRE", DATE) == "B-0001"


@pytest.mark.parametrize(
    "date",
    ["20260402", "2026-W14-4", "2026-04-02T00:00", "2.4.2026", "0001-01-01", "", "٢٠٢٦-٠٤-٠٢"],
)
def test_a_day_has_one_spelling(desk: Desk, date: str) -> None:
    """A second spelling of a day would be a second bulletin of it."""
    refused(desk, ActRefused, "write it as", "CENTRE", date)
    with pytest.raises(ActRefused, match="write it as"):
        publishing.draft(desk, date)


def test_only_the_centre_speaks_as_the_centre(desk: Desk) -> None:
    """A party can object to a bulletin; it can neither publish nor correct one."""
    for party in ("TOR", "VEL", "JVT", "ALD"):
        refused(desk, NotPermitted, "centre's own word", party, DATE)
    number = publishing.publish(desk, "CENTRE", DATE)
    with pytest.raises(NotPermitted, match="centre's own word"):
        publishing.correct(desk, "TOR", number)


def test_a_draft_appends_nothing(desk: Desk) -> None:
    """Whoever looks at what a bulletin would say has not said it."""
    before = desk.log.signed_head()
    draft = publishing.draft(desk, DATE)
    assert desk.log.signed_head() == before
    assert draft.number == ""
    assert len(draft.claims) == 13


def test_what_comes_in_after_the_cut_off_is_in_no_figure_of_the_day(desk: Desk) -> None:
    """Published at once or hours later, a day's bulletin says the same."""
    at_once = publishing.draft(desk, DATE)
    desk.clock.hold(CUTOFF + 2 * HOUR_US)
    take(desk, listed("TOR", 9))
    desk.clock.hold(CUTOFF + 3 * HOUR_US)
    later = publishing.draft(desk, DATE)

    assert later.size == at_once.size + 1
    for part in ("claims", "incidents", "complaints", "windows", "coverage", "unreadable"):
        assert getattr(later, part) == getattr(at_once, part), part


def test_an_objection_stands_with_it_in_its_own_words(desk: Desk) -> None:
    """For every reader, for ever, and nobody can object without saying what is wrong."""
    number = publishing.publish(desk, "CENTRE", DATE)
    said = acts.Wording(text=" Это не так. ", language="ru")
    entry = publishing.object_to(desk, "TOR", number, said)
    desk.draw()
    for reader in ("VEL", "TOR", "ALD", "CENTRE"):
        (objection,) = publishing.bulletin(desk.view(reader), number).objections
        assert (objection.by, objection.wording, objection.language, objection.entry) == (
            "TOR", "Это не так.", "ru", entry,
        )  # fmt: skip

    before = desk.log.signed_head()
    for by, about, words in (("TOR", number, "  "), ("TOR", "B-0009", "no"), ("XYZ", number, "no")):
        with pytest.raises(TrucelineError):
            publishing.object_to(desk, by, about, acts.Wording(text=words))
    assert desk.log.signed_head() == before


def test_a_correction_lists_what_changed_and_leaves_the_old_bulletin_as_it_was(desk: Desk) -> None:
    """Both stand, each names the other, and the old one reads the same for ever."""
    number = publishing.publish(desk, "CENTRE", DATE)
    old = published(desk, number)
    publishing.object_to(desk, "TOR", number, acts.Wording(text="Our list is missing."))
    with pytest.raises(ActRefused, match="nothing that B-0001 says has changed"):
        publishing.correct(desk, "CENTRE", number)
    desk.clock.hold(CUTOFF + 4 * HOUR_US)
    take(desk, listed("TOR", 9))

    corrected = publishing.correct(desk, "CENTRE", number)

    before, after = (publishing.bulletin(desk.view("VEL"), each) for each in (number, corrected))
    assert (before.corrected_by, after.corrects) == (corrected, number)
    text = published(desk, corrected)["en", "md"].decode()
    assert number in text
    assert "Our list is missing." in text
    assert published(desk, number) == old
    assert verify(desk.folder / "log", desk.log.trust).ok
    with pytest.raises(ActRefused, match="correct that one"):
        publishing.correct(desk, "CENTRE", number)


def test_a_bulletin_for_one_reader_reaches_no_other_and_takes_no_others_number(desk: Desk) -> None:
    """Numbers are counted over all of them, so two readers never call two bulletins by one."""
    own = publishing.publish(desk, "CENTRE", DATE, "TOR")
    for_all = publishing.publish(desk, "CENTRE", DATE)
    refused(desk, ActRefused, "correct it instead", "CENTRE", DATE, "TOR")

    assert (own, for_all) == ("B-0001", "B-0002")
    seen = {
        reader: [one.number for one in publishing.bulletins(desk.view(reader))]
        for reader in ("TOR", "VEL", "CENTRE")
    }
    assert seen == {"TOR": [own, for_all], "VEL": [for_all], "CENTRE": [own, for_all]}
    with pytest.raises(ActRefused, match="no bulletin B-0001"):
        publishing.object_to(desk, "VEL", own, acts.Wording(text="What does it say?"))
    refused(desk, ActRefused, "drawn for one of", "CENTRE", DATE, "TRO")


# What a bulletin must never print of a watcher: see docs/hazards.md, position leaked.


def spellings(place: Place) -> set[str]:
    """How a place could be printed: degrees to 10 m and finer, with point or comma, and × 10⁷."""
    found = set()
    for e7 in (place.lat_e7, place.lon_e7):
        whole, part = divmod(abs(e7), E7)
        for digits in (4, 5, 6, 7):
            rounded = f"{abs(e7) / E7:.{digits}f}"
            cut = f"{whole}.{part:07d}"[: 3 + digits]
            found |= {rounded, cut, rounded.replace(".", ","), cut.replace(".", ",")}
        found.add(str(abs(e7)))
    return found


def printed(text: str) -> set[str]:
    """Every number in a text that could be a coordinate, and what it begins with."""
    found = set(re.findall(r"[0-9]{8,10}", text))
    for whole, mark, part in re.findall(r"([0-9]+)([.,])([0-9]{4,})", text):
        found |= {f"{whole}{mark}{part[:digits]}" for digits in range(4, len(part) + 1)}
    return found


def watchers(desk: Desk) -> tuple[set[str], set[str]]:
    """What would give a watcher away: how its places could be printed, and its name and words."""
    rows = desk.view().all_claims()
    kept = [row.claim.said for row in rows if row.claim.origin.owner == "JVT"]
    covered = [row.period.covered for row in desk.view().coverage(0, 2**62)]
    places = [said.place for said in kept] + [said.observer for said in kept]
    places += [each.place for each in covered]
    others = [row.claim.said.place for row in rows if row.claim.origin.owner != "JVT"]
    digits = set().union(*(spellings(one) for one in places if isinstance(one, Place)))
    digits -= set().union(*(spellings(one) for one in others if isinstance(one, Place)))
    words = {said.speaker for said in kept} | {each.watcher for each in covered}
    words |= {said.wording for said in kept if said.wording}
    assert (len(digits) > 500, len(words) > 8) == (True, True)
    return digits, words


@pytest.mark.parametrize("audience", ["ALL", "TOR", "VEL", "PUBLIC"])
def test_no_bulletin_prints_where_a_watcher_stood_or_looked(
    played: Path, tmp_path: Path, audience: str
) -> None:
    """Not for all, not for a party, not for the public: no digit of it, in any language or shape."""
    desk = Desk.open(played)
    digits, words = watchers(desk)
    for date in (DATE, "2026-03-24", "2026-04-03"):
        drawn = publishing.draft(desk, date, audience)
        for language, to in SHAPES:
            text = render("daily", drawn, language, to).decode()
            assert len(text) > 2_000
            assert not digits & printed(text), (date, language, to)
            assert not [one for one in words if one in text], (date, language, to)


def test_no_published_bulletin_prints_where_a_watcher_stood_or_looked(played: Path) -> None:
    """The same of the very bytes that were published over the fourteen days."""
    desk = Desk.open(played)
    digits, words = watchers(desk)
    for one in publishing.bulletins(desk.view()):
        for raw in published(desk, one.number).values():
            assert not digits & printed(raw.decode()), one.number
            assert not [each for each in words if each in raw.decode()], one.number


def test_the_bytes_of_a_bulletin_that_are_gone_are_named(played: Path, tmp_path: Path) -> None:
    """A page that cannot be shown says which, and nothing else is shown in its place."""
    folder = copy_of(played, tmp_path / "centre")
    desk = Desk.open(folder)
    one = publishing.bulletin(desk.view(), "B-0003")
    file = one.payload.documents["ru"].html
    (folder / "blobs" / "sha256" / file.blob[:2] / file.blob).unlink()
    with pytest.raises(ActRefused, match="B-0003 in ru"):
        publishing.document(desk, one, "ru", "html")
    with pytest.raises(ActRefused, match="not published in 'fr'"):
        publishing.document(desk, one, "fr", "html")
