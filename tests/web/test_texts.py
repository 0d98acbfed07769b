"""The page of texts: what is on the table, in three languages, and how far an instrument is."""

from pathlib import Path

from tests.desk.test_text_to_force import PROPOSAL
from tests.web.conftest import Browser
from tests.web.night import NEXT_DAY
from truceline.desk import talking
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.tabling import proposed
from truceline.talks import acts
from truceline.values.instant import parse_instant


def put_on_the_table(folder: Path) -> None:
    """Article 2 with a distance in brackets, Torrin behind one option ad referendum."""
    clock = Clock()
    clock.hold(parse_instant(NEXT_DAY))
    desk = Desk.open(folder, clock)
    words = {"en": "Ceasefire", "uk": "Припинення вогню", "ru": "Прекращение огня"}
    talking.say(desk, "ALD", acts.TextOpened(text="cf", title=words, voices=("TOR", "VEL")))
    for payload in proposed("cf", PROPOSAL.encode(), "p.yaml"):
        talking.say(desk, "VEL", payload)
    reserve = acts.TextReserved(text="cf", article="a2", bracket="dist", option="km12")
    talking.say(desk, "TOR", reserve)
    talking.answer(desk, "VEL", "cf", "a2", "accept")
    plan = acts.InstrumentPrepared(
        instrument="cf-2026", title=words, sha256="ab" * 32, depositary="ALD",
        signatories=("TOR", "VEL"),
    )  # fmt: skip
    talking.say(desk, "ALD", plan)
    ready = acts.InstrumentReadied(instrument="cf-2026", at_us=desk.now_us())
    talking.say(desk, "VEL", ready)  # only said: the depositary has shown nothing
    told = acts.UnderstandingInvoked(
        understanding="harbour", account="invokes", wording="<b>open</b>"
    )
    talking.say(desk, "TOR", told)
    unspoken = acts.OutcomeTold(
        issue="energy", outcome="explicitly_not_discussed", wording="<i>no word of it</i>"
    )
    talking.say(desk, "ALD", unspoken)
    desk.close()


def test_each_reader_sees_the_table_in_its_language_and_all_three_wordings(
    centre: Path, browser: Browser
) -> None:
    """Brackets stand in every wording, who is behind what, what lacks; claimed is not evidenced."""
    put_on_the_table(centre)
    page = browser("velmark", "uk").get("/texts/").content.decode()
    assert "Припинення вогню" in page
    for words in ("kept at least [dist]", "щонайменше за [dist]", "не ближе [dist]"):
        assert words in page
    assert "12,5 км = 12.5" in page
    assert "(ad referendum)" in page
    assert "варіант без слів цією мовою (ru dist km20)" in page
    assert "не висловилася" in page
    assert page.index("проєкт") < page.index("готово до підписання")
    assert "сказано, що не обговорювалося" in page
    assert "&lt;i&gt;no word of it" in page
    assert "&lt;b&gt;open&lt;/b&gt;" in page
    assert "ready for signature" in browser("watch").get("/texts/").content.decode()
