"""An incident made into a case the terms can judge: what is uncertain stays uncertain.

Kind of act. Each independent voice that says it happened has one equal share; a voice that names
several acts shares its own among them. A denial takes no share away: whether it happened is asked
on its own axis (`occurrence`).

By whom. A party's word about its adversary moves no share, however often it is repeated, and
neither does hearsay. Shares come from those of no party who saw or recorded it, and from a party's
word about itself. Whatever is left is unknown. (ADR 0040)
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from truceline.assessment.voices import Bodies, Voice, asserting, voices
from truceline.claims.claim import Claim
from truceline.incidents.incident import Incident
from truceline.terms.case import Case
from truceline.values.acts import UNKNOWN, Match, answers
from truceline.values.place import Place
from truceline.values.signatures import Basis, Direction
from truceline.values.unknown import Unknown

WHOLE_BP = 10_000
_SAW = frozenset({Basis.SEEN, Basis.RECORDED})  # a bang does not say whose it was
_UNSAID = ""


def case_of(
    incident: Incident,
    claims: Mapping[str, Claim],
    bodies: Bodies,
    *,
    admitted: Collection[str] = (),
) -> Case | Unknown:
    """The case an incident makes; Unknown, with why, where nobody said when or nobody asserts it.

    admitted: parties that accepted a complaint about it in their answer.
    """
    if incident.span is None:
        return Unknown(reason="time_not_given")
    sayers = asserting(voices(incident, claims, bodies))
    if not sayers:
        return Unknown(reason="nobody_asserts")
    direction = _direction(sayers)
    return Case(
        span=incident.span,
        type=act_shares(sayers),
        actor=actor_shares(sayers, bodies, admitted) or None,
        place=incident.place,
        origin=_only(incident.place, when=direction is Direction.OUTGOING),
        target=_only(incident.place, when=direction is Direction.IMPACT),
    )


def act_shares(sayers: Sequence[Voice]) -> dict[str, int]:
    """Basis points per act, one equal share for each voice; what is left over is unknown."""
    parts: dict[str, Fraction] = {}
    spoken = _acts_by_voice(sayers)
    for acts in spoken.values():
        for act in acts:
            share = Fraction(1, len(spoken) * len(acts))
            parts[act] = parts.get(act, Fraction(0)) + share
    return _in_bp({_UNSAID if act == UNKNOWN else act: part for act, part in parts.items()})


def actor_shares(
    sayers: Sequence[Voice], bodies: Bodies, admitted: Collection[str] = ()
) -> dict[str, int]:
    """Basis points per actor from words that may move them; empty where there are none."""
    naming: dict[str, set[str]] = {f"party:{code}": {code} for code in admitted}
    for voice in sayers:
        if named := _may_name(voice, bodies):
            naming.setdefault(voice.key, set()).update(named)
    parts: dict[str, Fraction] = {}
    for codes in naming.values():
        # One who names two cannot say which of them: that share stays unknown.
        actor = next(iter(codes)) if len(codes) == 1 else _UNSAID
        parts[actor] = parts.get(actor, Fraction(0)) + Fraction(1, len(naming))
    return _in_bp(parts)


def _may_name(voice: Voice, bodies: Bodies) -> tuple[str, ...]:
    """Whom a voice names, if its word about that may count."""
    named = voice.claim.said.accused
    parties = tuple(bodies.party_of(code) or code for code in named)
    if voice.party:
        return tuple(party for party in parties if party == voice.party)
    return parties if voice.claim.said.basis in _SAW else ()


def _acts_by_voice(sayers: Sequence[Voice]) -> dict[str, list[str]]:
    """Per voice the acts it names, the vaguer of two that agree left out."""
    spoken: dict[str, set[str]] = {}
    for voice in sayers:
        spoken.setdefault(voice.key, set()).add(voice.claim.said.act)
    return {key: _specific(acts) for key, acts in spoken.items()}


def _specific(acts: Collection[str]) -> list[str]:
    """The acts of one voice without those that may be a vaguer word for another of them."""
    kept = (act for act in acts if all(answers(act, other) is not Match.MAYBE for other in acts))
    return sorted(kept)


def _in_bp(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole basis points by largest remainder, ties by code; the unsaid part is left out.

    The sum of all parts is 1, so that one code said by everyone is exactly 10,000.
    """
    floors = {code: int(part * WHOLE_BP) for code, part in parts.items()}
    left = WHOLE_BP * sum(parts.values()) - sum(floors.values()) if parts else 0
    by_rest = sorted(parts, key=lambda code: (floors[code] - parts[code] * WHOLE_BP, code))
    for code in by_rest[: int(left)]:
        floors[code] += 1
    return {code: floors[code] for code in sorted(floors) if code != _UNSAID}


def _direction(sayers: Sequence[Voice]) -> Direction:
    """Which way it went, if all who say so agree."""
    said = {voice.claim.said.direction for voice in sayers} - {Direction.UNDETERMINED}
    return said.pop() if len(said) == 1 else Direction.UNDETERMINED


def _only(place: Place | None, *, when: bool) -> Place | None:
    return place if when else None
