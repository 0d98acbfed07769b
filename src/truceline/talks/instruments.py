"""An instrument from draft to force: signed by everyone, ratified by named bodies in order.

A step is *evidenced* where the depositary records it with the paper that shows it, and *claimed*
where anybody says so. Both are kept: the state is what is evidenced, and beside it stands what it
would be if every claim were true. Nothing enters into force on a claim.

    draft ──▶ ready ──▶ partly_signed ──▶ signed ──▶ partly_ratified ──▶ in_force
                                                  └──────────┴──▶ ratification_failed
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from truceline.talks import acts
from truceline.talks.act import Act, Step, in_order, step
from truceline.talks.errors import TalkRefused

PREFIX = "instrument/"
READY, SIGNED, RATIFIED, REJECTED = "readied", "signed", "ratified", "rejected"
Fact = tuple[str, ...]  # ("readied",), ("signed", party), ("ratified" | "rejected", party, body)


class State(StrEnum):
    """How far an instrument is."""

    DRAFT = "draft"
    READY = "ready"
    PARTLY_SIGNED = "partly_signed"
    SIGNED = "signed"
    PARTLY_RATIFIED = "partly_ratified"
    IN_FORCE = "in_force"
    RATIFICATION_FAILED = "ratification_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One step as somebody put it on the record: when it was taken, and on what paper."""

    at_us: int
    entry: int
    actor: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument as it stands; claims: only said so. evidenced: shown by its depositary."""

    name: str
    plan: acts.InstrumentPrepared
    claims: Mapping[Fact, Noted] = field(default_factory=dict)
    evidenced: Mapping[Fact, Noted] = field(default_factory=dict)
    history: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        """What is shown."""
        return state_of(self.plan, self.evidenced)

    @property
    def claimed(self) -> State:
        """What it would be if everything said of it were so."""
        return state_of(self.plan, self.said)

    @property
    def said(self) -> dict[Fact, Noted]:
        """What is claimed or shown; of a body's step, what is shown silences what is claimed."""
        shown = {fact[1:] for fact in self.evidenced if fact[0] in {RATIFIED, REJECTED}}
        kept = {fact: one for fact, one in self.claims.items() if fact[1:] not in shown}
        return {**kept, **self.evidenced}

    @property
    def signed_us(self) -> int | None:
        """When the last signatory signed; None while one has not."""
        return self._latest((SIGNED, party) for party in self.plan.signatories)

    @property
    def in_force_us(self) -> int | None:
        """When its last condition was met; None while it is not in force."""
        if self.state is not State.IN_FORCE:
            return None
        steps = ((RATIFIED, one.party, one.body) for one in self.plan.steps)
        return self._latest([*((SIGNED, party) for party in self.plan.signatories), *steps])

    def provisional(self) -> tuple[str, ...]:
        """Articles that apply from signature on, until it is in force or fails."""
        waiting = {State.SIGNED, State.PARTLY_RATIFIED}
        return self.plan.provisional if self.state in waiting else ()

    def missing(self) -> tuple[Fact, ...]:
        """The steps not evidenced yet, in the order they are due."""
        due = [(READY,), *((SIGNED, party) for party in self.plan.signatories)]
        due += [(RATIFIED, one.party, one.body) for one in self.plan.steps]
        return tuple(fact for fact in due if fact not in self.evidenced)

    def _latest(self, facts: Iterable[Fact]) -> int | None:
        named = list(facts)
        if any(fact not in self.evidenced for fact in named):
            return None
        return max(self.evidenced[fact].at_us for fact in named)


def state_of(plan: acts.InstrumentPrepared, facts: Mapping[Fact, Noted] | frozenset[Fact]) -> State:
    """How far an instrument is by what is taken for so."""
    if any(fact[0] == REJECTED for fact in facts):
        return State.RATIFICATION_FAILED
    signed = sum((SIGNED, party) in facts for party in plan.signatories)
    if signed < len(plan.signatories):
        if signed:
            return State.PARTLY_SIGNED
        return State.READY if (READY,) in facts else State.DRAFT
    ratified = sum((RATIFIED, one.party, one.body) in facts for one in plan.steps)
    if ratified == len(plan.steps):
        return State.IN_FORCE
    return State.PARTLY_RATIFIED if ratified else State.SIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Every instrument by name, and the acts that found none."""

    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    strays: tuple[Step, ...] = ()


def fold(said: Iterable[Act]) -> Shelf:
    """Every instrument as the acts leave it, in the order of the ledger."""
    shelf = Shelf()
    for act in in_order(said):
        if act.kind.startswith(PREFIX):
            shelf = after(shelf, act)
    return shelf


def check(shelf: Shelf, act: Act) -> None:
    """Raise TalkRefused if the rules do not allow this act now."""
    name = getattr(act.payload, "instrument", "")
    if code := refusal(shelf.instruments.get(name), act):
        raise TalkRefused(code, f"instrument {name or '?'}", f"{act.kind} by {act.actor}")


def after(shelf: Shelf, act: Act) -> Shelf:
    """The shelf after an act: refused and only noted, or applied."""
    payload = act.payload
    name = payload.instrument if isinstance(payload, acts.OnInstrument) else ""
    held = shelf.instruments.get(name)
    code = refusal(held, act)
    if held is None:
        if code or not isinstance(payload, acts.InstrumentPrepared):
            return replace(shelf, strays=(*shelf.strays, step(act, code)))
        held = Instrument(name=name, plan=payload)
    elif not code:
        held = _noted(held, act)
    held = replace(held, history=(*held.history, step(act, code)))
    return replace(shelf, instruments={**shelf.instruments, name: held})


def is_evidenced(held: Instrument, act: Act) -> bool:
    """Whether an act shows a step, and does not only say so."""
    shown = isinstance(act.payload, acts.OnStep) and bool(act.payload.evidence)
    return shown and act.actor == held.plan.depositary


def refusal(held: Instrument | None, act: Act) -> str:
    """The code of the first rule an act breaks; empty where it may count."""
    payload = act.payload
    if not isinstance(payload, acts.OnInstrument):
        return "not_held"
    if act.borrowed:
        return "borrowed_voice"
    if isinstance(payload, acts.InstrumentPrepared):
        return "name_taken" if held is not None else ""
    if held is None:
        return "unknown_instrument"
    assert isinstance(payload, acts.OnStep)  # every other act on an instrument is one
    return _odd_on_its_face(held, payload, act) or _why_not_now(held, payload, act)


def _odd_on_its_face(held: Instrument, payload: acts.OnStep, act: Act) -> str:
    if payload.at_us > act.at_us:
        return "not_yet"
    of_other = isinstance(payload, acts.InstrumentSigned) and payload.sha256 != held.plan.sha256
    if of_other:
        return "other_words"
    return "not_named" if unnamed(held.plan, fact_of(payload)) else ""


def _why_not_now(held: Instrument, payload: acts.OnStep, act: Act) -> str:
    facts = held.evidenced if is_evidenced(held, act) else held.said
    fact = fact_of(payload)
    if _is_known(fact, facts):
        return "already_recorded"
    if state_of(held.plan, facts) in {State.RATIFICATION_FAILED, State.IN_FORCE}:
        return "over_already"
    before = needed(held.plan, fact)
    if any(one not in facts for one in before):
        return "out_of_order"
    return "before_its_turn" if any(facts[one].at_us > payload.at_us for one in before) else ""


def _is_known(fact: Fact, facts: Mapping[Fact, Noted]) -> bool:
    """Whether a step is on record: taken, overtaken, or decided by that body the other way."""
    if fact == (READY,):
        return any(one[0] in {READY, SIGNED} for one in facts)
    if fact[0] == SIGNED:
        return fact in facts
    return any((word, *fact[1:]) in facts for word in (RATIFIED, REJECTED))


def fact_of(payload: acts.OnStep) -> Fact:
    """The step an act speaks of."""
    match payload:
        case acts.InstrumentSigned():
            return (SIGNED, payload.party)
        case acts.InstrumentRatified():
            word = RATIFIED if payload.approved else REJECTED
            return (word, payload.party, payload.body)
    return (READY,)


def unnamed(plan: acts.InstrumentPrepared, fact: Fact) -> bool:
    """Whether a step is one the instrument does not speak of."""
    if fact[0] == SIGNED:
        return fact[1] not in plan.signatories
    return fact[0] != READY and fact[1:] not in {(one.party, one.body) for one in plan.steps}


def needed(plan: acts.InstrumentPrepared, fact: Fact) -> Sequence[Fact]:
    """What must have been taken before a step: signature by that party, and its earlier bodies."""
    if fact[0] == READY:
        return ()
    if fact[0] == SIGNED:
        return ((READY,),)
    own = [one.body for one in plan.steps if one.party == fact[1]]
    earlier = own[: own.index(fact[2])]
    return ((SIGNED, fact[1]), *((RATIFIED, fact[1], body) for body in earlier))


def _noted(held: Instrument, act: Act) -> Instrument:
    payload = act.payload
    assert isinstance(payload, acts.OnStep)  # `refusal` saw to it
    noted = Noted(at_us=payload.at_us, entry=act.entry, actor=act.actor, evidence=payload.evidence)
    fact = fact_of(payload)
    if is_evidenced(held, act):
        return replace(held, evidenced={**held.evidenced, fact: noted})
    return replace(held, claims={**held.claims, fact: noted})
