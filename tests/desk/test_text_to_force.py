"""From a bracket on the table to a clause that judges: no switch but the last condition."""

import dataclasses
from pathlib import Path

import pytest

from tests.desk.founded import NIGHT, TERMS, party_list, plan
from truceline.desk import talking
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.drafting import draft
from truceline.desk.errors import ActRefused, NotPermitted
from truceline.desk.founding import found
from truceline.desk.signing import deposit, sign
from truceline.desk.tabling import proposed
from truceline.desk.taking import Incoming, take
from truceline.desk.terms import BesideTerms
from truceline.ledger.errors import Malformed
from truceline.ledger.keys import load as load_key
from truceline.ledger.note import render
from truceline.store.assessing import register_now
from truceline.store.talking import talk_acts
from truceline.talks import acts
from truceline.talks.errors import TalkRefused
from truceline.talks.instruments import State
from truceline.terms.loading import Loaded, load
from truceline.values.canonical import sha256_hex
from truceline.values.instant import parse_instant

AT = parse_instant(NIGHT)
SIGNED = parse_instant("2026-03-30T12:00[Atlantic/Azores]")
RATIFIED = parse_instant("2026-03-31T12:00[Atlantic/Azores]")
WAITING = TERMS.read_text(encoding="utf-8").replace(
    'EIF: {at: "2026-03-21T00:00[Atlantic/Azores]"}', "EIF: {record: entry_into_force}"
)
PROPOSAL = """
articles:
  - id: a2
    number: "2"
    words:
      en: "Artillery of 100 mm and more is kept at least [dist] from the contact line."
      uk: "Артилерію калібром 100 мм і більше тримають щонайменше за [dist] від лінії зіткнення."
      ru: "Артиллерия калибром 100 мм и более находится не ближе [dist] от линии соприкосновения."
    brackets: [{id: dist, kind: parameter, bind: a2.zone.where.within_km}]
options:
  - {article: a2, bracket: dist, option: km12, value: "12.5", words: {en: "12.5 km", uk: "12,5 км", ru: "12,5 км"}}
  - {article: a2, bracket: dist, option: km20, value: "20", words: {en: "20 km", uk: "20 км"}}
"""


def founded(folder: Path, terms: str) -> Desk:
    """A centre that judges by terms whose entry into force is still to come."""
    clock = Clock()
    clock.hold(AT)
    return found(folder / "centre", dataclasses.replace(plan(), terms=terms.encode()), clock)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Such a centre, empty."""
    return founded(tmp_path, WAITING)


def loaded(desk: Desk) -> Loaded:
    """The terms as they would be signed."""
    assert desk.agreement
    return load(WAITING.encode(), "terms.yaml", BesideTerms(TERMS))


def prepared(desk: Desk, **changes: object) -> acts.InstrumentPrepared:
    """The instrument of the centre's own terms: two signatures, two assemblies."""
    fields: dict[str, object] = {
        "instrument": "ceasefire-2026",
        "title": {"en": "Ceasefire", "uk": "Припинення вогню", "ru": "Прекращение огня"},
        "sha256": desk.agreement.sha256,
        "depositary": "ALD",
        "signatories": ("TOR", "VEL"),
        "steps": (
            acts.RatifyStep(party="TOR", body="assembly"),
            acts.RatifyStep(party="VEL", body="diet"),
        ),
    }
    return acts.InstrumentPrepared(**(fields | changes))  # type: ignore[arg-type]


def note_of(desk: Desk, *parties: str) -> bytes:
    """The note over the terms with these parties' lines."""
    raw: bytes | None = None
    for party in parties:
        raw = sign(loaded(desk), load_key(desk.folder / "keys" / party), raw)
    assert raw is not None
    return raw


def ratified(party: str, body: str, **changes: object) -> acts.InstrumentRatified:
    """An approval as the depositary records it."""
    fields: dict[str, object] = {
        "instrument": "ceasefire-2026",
        "party": party,
        "body": body,
        "at_us": RATIFIED,
        "evidence": sha256_hex(b"gazette 31"),
    }
    return acts.InstrumentRatified(**(fields | changes))  # type: ignore[arg-type]


def ready(desk: Desk) -> None:
    """The depositary holds the text that is to be signed."""
    paper = sha256_hex(b"the bound text")
    step = acts.InstrumentReadied(instrument="ceasefire-2026", at_us=SIGNED, evidence=paper)
    talking.say(desk, "ALD", step)


def verdicts(desk: Desk) -> set[str]:
    """What is proposed of article 1, of somebody bound."""
    desk.refresh()
    rows = desk.tables.select(
        "SELECT DISTINCT verdict FROM proposals WHERE clause = 'a1.fire' AND party = ''"
    )
    return {row["verdict"] for row in rows}


def entered(desk: Desk) -> list[dict[str, object]]:
    """The register records that entry into force or provisional application left."""
    return [
        {"type": record.type, "at_us": record.at_us, "by": record.by}
        for row in desk.view().acts("register/")
        if (record := talking.read_record(row.payload)).type
        in {talking.IN_FORCE, talking.PROVISIONAL}
    ]


def test_a_clause_not_in_force_is_judged_once_the_last_body_has_ratified(desk: Desk) -> None:
    """The last condition writes the record, the record sets the anchor, and nothing else is done."""
    raw = party_list(12)
    take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner="VEL", by="VEL"))
    assert verdicts(desk) == {"not_in_force"}

    talking.say(desk, "ALD", prepared(desk))
    ready(desk)
    deposit(desk, "ALD", "ceasefire-2026", note_of(desk, "VEL", "TOR"), SIGNED)
    talking.say(desk, "ALD", ratified("VEL", "diet"))
    assert verdicts(desk) == {"not_in_force"}
    assert talking.talks(desk).instrument("ceasefire-2026").state is State.PARTLY_RATIFIED

    talking.say(desk, "ALD", ratified("TOR", "assembly"))

    assert talking.talks(desk).instrument("ceasefire-2026").state is State.IN_FORCE
    assert entered(desk) == [{"type": "entry_into_force", "at_us": RATIFIED, "by": "CENTRE"}]
    after = verdicts(desk)
    assert "not_in_force" not in after
    assert after <= {"undetermined", "breach", "no_breach"}
    assert talking.settle(desk) == []
    assert [one.type for one in register_now(desk.tables, desk.log)] == ["entry_into_force"]


def test_claims_bring_nothing_into_force_however_many_say_so(desk: Desk) -> None:
    """Both parties say both bodies approved; the paper is not there, and the clause is not either."""
    talking.say(desk, "ALD", prepared(desk))
    step = acts.InstrumentReadied(instrument="ceasefire-2026", at_us=SIGNED)
    talking.say(desk, "VEL", step)
    for party in ("VEL", "TOR"):
        said = acts.InstrumentSigned(
            instrument="ceasefire-2026", party=party, sha256=desk.agreement.sha256, at_us=SIGNED
        )
        talking.say(desk, party, said)
    talking.say(desk, "VEL", ratified("VEL", "diet"))  # with paper, but not from the depositary
    talking.say(desk, "TOR", ratified("TOR", "assembly", evidence=""))

    held = talking.talks(desk).instrument("ceasefire-2026")
    assert (held.state, held.claimed) == (State.DRAFT, State.IN_FORCE)
    assert entered(desk) == []


def test_provisional_application_is_a_record_of_its_own_from_signature(desk: Desk) -> None:
    """Articles that apply before ratification wait for their own anchor, not for entry into force."""
    talking.say(desk, "ALD", prepared(desk, provisional=("a5",)))
    ready(desk)
    deposit(desk, "ALD", "ceasefire-2026", note_of(desk, "VEL"), SIGNED)
    assert entered(desk) == []
    deposit(desk, "ALD", "ceasefire-2026", note_of(desk, "VEL", "TOR"), SIGNED)
    assert [one["type"] for one in entered(desk)] == ["provisional_application"]
    assert talking.talks(desk).instrument("ceasefire-2026").provisional() == ("a5",)


def test_an_instrument_of_other_terms_moves_nothing_here(desk: Desk) -> None:
    """A guarantees treaty may be followed on the same record; the ceasefire does not wait for it."""
    talking.say(desk, "ALD", prepared(desk, sha256="ab" * 32, steps=()))
    ready(desk)
    for party in ("VEL", "TOR"):
        step = acts.InstrumentSigned(
            instrument="ceasefire-2026",
            party=party,
            sha256="ab" * 32,
            at_us=SIGNED,
            evidence=sha256_hex(b"paper"),
        )
        talking.say(desk, "ALD", step)
    assert talking.talks(desk).instrument("ceasefire-2026").state is State.IN_FORCE
    assert entered(desk) == []


def test_one_side_cannot_bring_the_terms_into_force_by_an_instrument_of_its_own(desk: Desk) -> None:
    """Itself as depositary, itself as only signatory, or slipped past the desk: nothing enters."""
    for by, changes in (
        ("VEL", {}),
        ("ALD", {"depositary": "VEL"}),
        ("ALD", {"signatories": ("VEL",), "steps": ()}),
    ):
        with pytest.raises(NotPermitted, match="into force alone"):
            talking.say(desk, by, prepared(desk, **changes))
    own = prepared(desk, instrument="own", depositary="VEL", signatories=("VEL",), steps=())
    desk.post("instrument/prepared", "VEL", own)
    paper = sha256_hex(b"paper")
    step = acts.InstrumentReadied(instrument="own", at_us=SIGNED, evidence=paper)
    talking.say(desk, "VEL", step)
    sha256 = desk.agreement.sha256
    signed = acts.InstrumentSigned(
        instrument="own", party="VEL", sha256=sha256, at_us=SIGNED, evidence=paper
    )
    talking.say(desk, "VEL", signed)
    assert talking.talks(desk).instrument("own").state is State.IN_FORCE
    assert entered(desk) == []
    talking.say(desk, "ALD", prepared(desk))
    with pytest.raises(ActRefused, match="have their instrument already"):
        talking.say(desk, "ALD", prepared(desk, instrument="another"))


def test_signatures_over_another_text_or_by_a_strange_key_are_not_deposited(desk: Desk) -> None:
    """A note proves nothing about a text it is not over, nor by a key that is on no record."""
    talking.say(desk, "ALD", prepared(desk))
    ready(desk)
    other = load(WAITING.replace("at least 15 km", "at least 16 km").encode(), "t", {})
    own = load_key(desk.folder / "keys" / "VEL")
    with pytest.raises(ActRefused, match="comes to"):
        deposit(desk, "ALD", "ceasefire-2026", sign(other, own), SIGNED)
    odd = (
        b"truceline-terms/v1 x\n"
        b'{"note":"\\"sha256\\":\\"' + desk.agreement.sha256.encode() + b'"}\n'
    )
    with pytest.raises(Malformed, match="not what a note"):
        deposit(desk, "ALD", "ceasefire-2026", render(odd, [own.sign(odd)]), SIGNED)
    stranger = sign(loaded(desk), load_key(desk.folder / "keys" / "JVT"))
    with pytest.raises(ActRefused, match="no signature that is new"):
        deposit(desk, "ALD", "ceasefire-2026", stranger, SIGNED)
    assert talking.talks(desk).instrument("ceasefire-2026").state is State.READY


def on_the_table(desk: Desk) -> None:
    """The text with article 2 proposed, two distances offered."""
    words = {"en": "Ceasefire", "uk": "Припинення вогню", "ru": "Прекращение огня"}
    payload = acts.TextOpened(text="ceasefire", title=words, voices=("TOR", "VEL"))
    talking.say(desk, "ALD", payload)
    for one in proposed("ceasefire", PROPOSAL.encode(), "proposal.yaml"):
        talking.say(desk, "VEL", one)


def support(option: str) -> acts.TextSupported:
    """Agreement to a distance."""
    return acts.TextSupported(text="ceasefire", article="a2", bracket="dist", option=option)


def test_an_agreed_bracket_sets_the_rule_and_an_open_one_says_it_is_not_agreed(desk: Desk) -> None:
    """Nobody retypes the number: 12.5 km in the words is 12,500 m in the clause."""
    on_the_table(desk)
    before = draft(
        talking.talks(desk).text("ceasefire"), WAITING.encode(), "t.yaml", BesideTerms(TERMS)
    )
    assert before.still_open == ("a2.zone.where.within_km",)
    assert before.loaded.agreement.clause("a2.zone").not_agreed == ("where.within_km",)
    assert "[dist]" in before.loaded.agreement.doc.articles[1].text["uk"]

    for party in ("VEL", "TOR"):
        talking.say(desk, party, support("km12"))
    after = draft(talking.talks(desk).text("ceasefire"), before.raw, "t.yaml", BesideTerms(TERMS))
    clause = after.loaded.agreement.clause("a2.zone")
    assert (clause.where.within_m, clause.not_agreed) == (12_500, ())  # type: ignore[union-attr]
    assert "12,5 км від" in after.loaded.agreement.doc.articles[1].text["uk"]
    assert b"# The agreement of the invented exercise" in after.raw
    others = [one for one in after.loaded.agreement.doc.articles if one.id != "a2"]
    assert others == [one for one in loaded(desk).agreement.doc.articles if one.id != "a2"]


def test_a_text_walks_from_the_table_to_an_instrument(desk: Desk) -> None:
    """Agreed, accepted, initialled by hash, adopted, and only then made an instrument."""
    on_the_table(desk)
    with pytest.raises(ActRefused, match="not adopted"):
        talking.say(desk, "ALD", prepared(desk, text="ceasefire"))
    for party in ("VEL", "TOR"):
        talking.say(desk, party, support("km12"))
        talking.answer(desk, party, "ceasefire", "a2", "accept")
    talking.initial(desk, "VEL", "ceasefire", "a2")
    with pytest.raises(TalkRefused, match="nothing is agreed"):
        talking.adopt(desk, "ALD", "ceasefire")
    with pytest.raises(TalkRefused, match="other words"):
        talking.initial(desk, "TOR", "ceasefire", "a2", "cd" * 32)
    talking.initial(desk, "TOR", "ceasefire", "a2")
    talking.adopt(desk, "ALD", "ceasefire")
    talking.say(desk, "ALD", prepared(desk, text="ceasefire"))
    assert talking.talks(desk).text("ceasefire").state.value == "adopted"


def test_a_position_for_a_facilitator_is_sealed_and_one_for_oneself_is_no_act(desk: Desk) -> None:
    """The other side sees that an entry exists and not a word of it; one's own limits stay home."""
    stated = acts.PositionStated(issue="distance", wording="not under 12 km", language="en")
    with pytest.raises(NotPermitted, match="your own eyes"):
        talking.state_position(desk, "VEL", stated, to=("VEL",))
    with pytest.raises(NotPermitted, match="no party"):
        talking.state_position(desk, "VEL", stated, to=("TOR",))
    entry = talking.state_position(desk, "VEL", stated, to=("ALD",))

    seen = {
        who: talking.talks(desk, desk.view(who)).positions
        for who in ("VEL", "ALD", "TOR", "CENTRE")
    }
    assert [bool(seen[who]) for who in ("VEL", "ALD", "TOR", "CENTRE")] == [
        True,
        True,
        False,
        False,
    ]
    assert desk.log.entry(entry).audience == "ALD+VEL"
    raw = desk.log.blob(desk.log.entry(entry).payload.blob)  # type: ignore[union-attr]
    assert raw is not None
    assert b"not under" not in raw


def test_an_act_that_slipped_past_the_desk_is_kept_and_moves_nothing(desk: Desk) -> None:
    """The rule holds when the record is read, whatever let the entry in."""
    on_the_table(desk)
    desk.post("text/supported", "JVT", support("km12"))
    desk.post("text/adopted", "VEL", acts.TextAdopted(text="ceasefire", sha256="00" * 32))
    desk.post("text/opened", "TOR", b'{"text": "ceasefire"}')
    desk.draw()
    text = talking.talks(desk).text("ceasefire")
    assert [step.refused for step in text.history[-2:]] == ["not_a_voice", "not_convenor"]
    assert talk_acts(desk.view())[-1].payload is None
    assert talking.talks(desk).table.strays[-1].refused == "not_held"
