"""Acts of the talks: each checks the rules, appends one entry and returns its index.

The same rules run when the record is read, so an act that slips past a check here is kept and shown
as refused, never applied. An instrument's last condition makes the desk write the register record
that the terms wait for: nothing else has to be switched on.
"""

from dataclasses import dataclass

from truceline.coordination.acts import RegisterEntered, read
from truceline.coordination.register import ENTERED
from truceline.desk.acts import enter_record
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused, NotPermitted
from truceline.store.talking import talk_acts
from truceline.store.view import View
from truceline.talks import acts, instruments, outcomes, positions, texts, understandings
from truceline.talks.act import Act
from truceline.talks.errors import TalkRefused
from truceline.talks.text import Text
from truceline.values.audience import ALL, CENTRE, audience

IN_FORCE = "entry_into_force"
PROVISIONAL = "provisional_application"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """All that one reader may read of the talks."""

    table: texts.Table
    shelf: instruments.Shelf
    understandings: dict[str, understandings.Understanding]
    positions: dict[tuple[str, str], tuple[positions.Stated, ...]]
    outcomes: dict[str, outcomes.Outcome]

    def text(self, name: str) -> Text:
        """A text by its name; ActRefused where there is none."""
        found = self.table.texts.get(name)
        if found is None:
            known = ", ".join(self.table.texts) or "none yet"
            raise ActRefused(f"there is no text {name!r} on the table; there are: {known}")
        return found

    def instrument(self, name: str) -> instruments.Instrument:
        """An instrument by its name; ActRefused where there is none."""
        found = self.shelf.instruments.get(name)
        if found is None:
            known = ", ".join(self.shelf.instruments) or "none yet"
            raise ActRefused(f"there is no instrument {name!r}; there are: {known}")
        return found


def talks(desk: Desk, view: View | None = None) -> Talks:
    """The talks as the record has them now, or as one view reads them."""
    said = talk_acts(desk.view(CENTRE) if view is None else view)
    return Talks(
        table=texts.fold(said, parties=desk.charter.party_codes),
        shelf=instruments.fold(said),
        understandings=dict(understandings.fold(said)),
        positions=dict(positions.fold(said)),
        outcomes=dict(outcomes.fold(said)),
    )


def say(desk: Desk, by: str, payload: acts.Payload) -> int:
    """Do one act of the talks in somebody's name; TalkRefused or ActRefused where it may not be."""
    desk.draw()
    desk.refuse_stranger(by)
    if isinstance(payload, acts.PositionStated):
        raise ActRefused("a position is stated with its readers: `state_position`")
    now = talks(desk)
    act = Act(
        entry=desk.log.head().size,
        kind=acts.KINDS[type(payload)],
        actor=by,
        at_us=desk.now_us(),
        payload=payload,
    )
    if isinstance(payload, acts.OnText):
        texts.check(now.table, act, parties=desk.charter.party_codes)
    if isinstance(payload, acts.InstrumentPrepared):
        _refuse_unready(desk, now, by, payload)
    if isinstance(payload, acts.OnInstrument):
        instruments.check(now.shelf, act)
    entry = desk.post(act.kind, by, payload)
    if isinstance(payload, acts.OnInstrument):
        settle(desk)
    desk.draw()
    return entry


def _refuse_unready(desk: Desk, now: Talks, by: str, plan: acts.InstrumentPrepared) -> None:
    desk.refuse_stranger(plan.depositary)
    for party in plan.signatories:
        desk.refuse_stranger(party)
    if plan.sha256 == desk.agreement.sha256:
        _refuse_unbinding(desk, now, by, plan)
    if plan.text and now.text(plan.text).state != "adopted":
        raise ActRefused(f"text {plan.text} is not adopted; an instrument is made of what is")


def _refuse_unbinding(desk: Desk, now: Talks, by: str, plan: acts.InstrumentPrepared) -> None:
    """The instrument of the centre's own terms brings them into force: not anyone may make it."""
    if why := _why_unbinding(desk, by, plan):
        raise NotPermitted(f"{why}; otherwise one side could bring these terms into force alone")
    if (other := _of_own_terms(desk, now)) is not None:
        raise ActRefused(f"these terms have their instrument already: {other.name}")


def _why_unbinding(desk: Desk, by: str, plan: acts.InstrumentPrepared) -> str:
    """Why an instrument could not bring the centre's terms into force; empty if it could."""
    charter = desk.charter
    trusted = {CENTRE, *charter.staff, *charter.guarantors} - set(charter.party_codes)
    if left_out := set(charter.party_codes) - set(plan.signatories):
        return f"{', '.join(sorted(left_out))} must be a signatory of these terms"
    strange = sorted({by, plan.depositary} - trusted)
    named = ", ".join(sorted(trusted))
    return (
        f"{', '.join(strange)} is none of {named}, who may prepare and hold it" if strange else ""
    )


def _of_own_terms(desk: Desk, now: Talks) -> instruments.Instrument | None:
    """The instrument these terms wait for: the first prepared by the rules that has not failed."""
    terms = desk.agreement.sha256
    for one in now.shelf.instruments.values():
        failed = one.state is instruments.State.RATIFICATION_FAILED
        waited_for = one.plan.sha256 == terms and not failed
        if waited_for and not _why_unbinding(desk, one.history[0].actor, one.plan):
            return one
    return None


def answer(desk: Desk, by: str, text: str, article: str, given: acts.Answer) -> int:
    """Answer the words of an article as they stand."""
    held = talks(desk).text(text).articles.get(article)
    if held is None:
        raise TalkRefused("unknown_article", f"text {text}", article)
    payload = acts.TextAnswered(text=text, article=article, sha256=held.version, answer=given)
    return say(desk, by, payload)


def initial(desk: Desk, by: str, text: str, article: str, sha256: str = "") -> int:
    """Initial an article: the hash given, or that of what is on the table."""
    held = talks(desk).text(text)
    if article not in held.articles:
        raise TalkRefused("unknown_article", f"text {text}", article)
    digest = sha256 or held.initial_hash(article)
    return say(desk, by, acts.TextInitialled(text=text, article=article, sha256=digest))


def adopt(desk: Desk, by: str, text: str, article: str = "") -> int:
    """Declare a text adopted, or one article of a text that is no package."""
    held = talks(desk).text(text)
    digest = held.initial_hash(article) if article in held.articles else held.sha256
    return say(desk, by, acts.TextAdopted(text=text, article=article, sha256=digest))


def state_position(
    desk: Desk, by: str, payload: acts.PositionStated, *, to: tuple[str, ...] = ()
) -> int:
    """State a position to everyone with a seat, or to facilitators alone.

    to: codes of bodies; empty for everyone. Sealed to them and to the party where the mode seals.
    NotPermitted for another party, and for oneself alone: such a position is no part of the record.
    """
    for code in to:
        desk.refuse_stranger(code)
    if to and set(to) <= {by}:
        raise NotPermitted(
            "a position for your own eyes is never kept here; keep it on your own machine, or "
            "report it to your capital: `truceline capital`"
        )
    if others := set(to) & set(desk.charter.party_codes) - {by}:
        raise NotPermitted(
            f"{', '.join(sorted(others))}: a facilitator is no party; state it to everyone, or to "
            "one who facilitates"
        )
    acl = audience([by, *to]) if to else ALL
    entry = desk.post(acts.KINDS[type(payload)], by, payload, acl=acl)
    desk.draw()
    return entry


def settle(desk: Desk) -> list[int]:
    """Write the register records that signature and the last condition call for; once each.

    Only for the instrument of the very terms this centre judges by. May be run at any time: what is
    on the record already is not written again.
    """
    desk.draw()
    one, made = _of_own_terms(desk, talks(desk)), []
    if one is None:
        return []
    due = {IN_FORCE: one.in_force_us}
    if one.plan.provisional:
        due[PROVISIONAL] = one.signed_us
    held = _settled(desk)
    for kind, at_us in due.items():
        if at_us is not None and (kind, one.name) not in held:
            match: dict[str, str | bool | int] = {"instrument": one.name}
            record = RegisterEntered(type=kind, at_us=at_us, by=CENTRE, match=match)
            made.append(enter_record(desk, CENTRE, record))
    desk.draw()
    return made


def _settled(desk: Desk) -> set[tuple[str, object]]:
    """(record type, instrument) of the records there are."""
    found: set[tuple[str, object]] = set()
    for row in desk.view(CENTRE).acts(ENTERED):
        record = read_record(row.payload)
        if record.type in {IN_FORCE, PROVISIONAL}:
            found.add((record.type, record.match.get("instrument")))
    return found


def read_record(raw: bytes) -> RegisterEntered:
    """A register record as it was entered."""
    found = read(ENTERED, raw)
    assert isinstance(found, RegisterEntered)
    return found
