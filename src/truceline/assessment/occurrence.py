"""Did it occur? On its own axis, apart from which clause and by whom.

The verification level is worked out anew from the evidence each time (domain ladder V0 to V4):

    V0_RECEIVED      nobody whose claim is held here says it happened
    V1_ALLEGED       said by a party, the public or the media; nothing independent supports it
    V2_OBSERVED      a monitor or sensor of the mechanism perceived it directly
    V3_CORROBORATED  two voices or more say the same act, one of them perceived it and is no party,
                     or is the very party accused
    V4_VERIFIED      the site or the evidence was checked under custody, by somebody who did not
                     report it, and a second person reviewed the check

Hearsay never corroborates by itself: two outlets that were both told may have been told by one
person (ADR 0041).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from truceline.assessment.coverage import Gap
from truceline.assessment.voices import (
    Bodies,
    Voice,
    accused,
    admits,
    asserting,
    voice_of,
    voices,
)
from truceline.claims.claim import Claim
from truceline.incidents.incident import Incident
from truceline.values.acts import ACTS, EXPLOSION, UNKNOWN, Match, answers
from truceline.values.instant import HOUR_US
from truceline.values.place import reach_m
from truceline.values.signatures import Stance

# Above these an officer asks for more before sending anyone: an hour, and a kilometre, which is
# half the side of the smallest areas that agreements have drawn (2 × 2 km).
CLOSE_TIME_US = HOUR_US
CLOSE_PLACE_M = 1_000


class Level(StrEnum):
    """How far it is verified that it occurred."""

    V0 = "V0_RECEIVED"
    V1 = "V1_ALLEGED"
    V2 = "V2_OBSERVED"
    V3 = "V3_CORROBORATED"
    V4 = "V4_VERIFIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What people did at the site or with the evidence.

    checker, reviewer: who checked, who reviewed that; two people.
    found: whether what was alleged was found. custody: evidence never left known hands.
    """

    checker: str
    reviewer: str
    method: str
    found: bool
    custody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason for a level: a code of `wording.GROUNDS` and the claims it rests on."""

    code: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Whether it occurred, as far as the evidence goes.

    act: what the level is about; the most specific act that reaches it.
    voices: how many independent voices assert it.
    denied_by: who says it did not happen; a denial lowers no level and is never left out.
    decide: codes of `wording.DECIDES`: what would settle more.
    withheld: how many of its claims this reader does not hold.
    """

    level: Level
    act: str
    voices: int
    denied_by: tuple[str, ...]
    grounds: tuple[Ground, ...]
    gaps: tuple[Gap, ...]
    decide: tuple[str, ...]
    withheld: int


def occurred(  # noqa: PLR0913 - each axis of evidence is its own argument, all but three optional
    incident: Incident,
    claims: Mapping[str, Claim],
    bodies: Bodies,
    *,
    gaps: Sequence[Gap] = (),
    checks: Sequence[Check] = (),
    admitted: Collection[str] = (),
) -> Occurrence:
    """Say how far it is verified that an incident occurred, why, and what would decide more.

    admitted: parties that accepted a complaint about it in their answer.
    The order of claims and checks does not matter.
    """
    heard = voices(incident, claims, bodies)
    sayers = asserting(heard)
    level, act, grounds = _level(sayers, bodies, checks, frozenset(admitted))
    denials = [voice for voice in heard if voice.claim.said.stance is Stance.DENIES]
    missed = [voice for voice in heard if voice.claim.said.stance is Stance.NOT_PERCEIVED]
    grounds += _grounds_against(denials, missed)
    return Occurrence(
        level=level,
        act=act,
        voices=len({voice.key for voice in sayers}),
        denied_by=tuple(sorted({voice.party or voice.claim.said.speaker for voice in denials})),
        grounds=tuple(grounds),
        gaps=tuple(gaps),
        decide=_decides(
            incident, level, act, watched=not gaps, replied=_replied(heard, bodies, admitted)
        ),
        withheld=sum(number not in claims for number in incident.claims),
    )


def level_of(
    claims: Iterable[Claim],
    bodies: Bodies,
    *,
    checks: Sequence[Check] = (),
    admitted: Collection[str] = (),
) -> Level:
    """The level alone, from claims already looked up: for lists of many incidents."""
    sayers = asserting(voice_of(claim, bodies) for claim in claims)
    return _level(sayers, bodies, checks, frozenset(admitted))[0]


def _level(
    sayers: Sequence[Voice], bodies: Bodies, checks: Sequence[Check], admitted: frozenset[str]
) -> tuple[Level, str, list[Ground]]:
    """The highest rung reached, the act it is reached for, and the grounds, lowest first."""
    if not sayers:
        return Level.V0, UNKNOWN, [Ground(code="nobody_asserts")]
    act = _most_specific(sayers)
    level, grounds = Level.V1, [_alleged(sayers)]
    if watched := [voice for voice in sayers if voice.monitor and voice.perceived]:
        level, act = Level.V2, _most_specific(watched)
        grounds = [Ground(code="observed", claims=_ids(watched))]
    if shared := _corroborated(sayers, bodies, admitted):
        level, act = Level.V3, shared[0]
        grounds.append(shared[1])
    elif watched and len({voice.key for voice in sayers}) > 1:
        grounds.append(Ground(code="less_specific", claims=_ids(watched)))
    reporters = {voice.claim.said.speaker for voice in sayers}
    sound = [check for check in checks if _sound(check, reporters)]
    if any(check.found for check in sound):
        level = Level.V4
        grounds.append(Ground(code="checked"))
    elif sound:
        grounds.append(Ground(code="not_found"))
    return level, act, grounds


def _alleged(sayers: Sequence[Voice]) -> Ground:
    """Why an allegation is no more than that."""
    if all(voice.party for voice in sayers):
        code = "interested_only"
    elif any(voice.perceived for voice in sayers):
        code = "one_witness"
    else:
        code = "hearsay_only"
    return Ground(code=code, claims=_ids(sayers))


def _corroborated(
    sayers: Sequence[Voice], bodies: Bodies, admitted: frozenset[str]
) -> tuple[str, Ground] | None:
    """The most specific act that two voices say, one of them a disinterested witness."""
    named = accused(sayers, bodies)
    for act in _from_specific(sayers):
        agree = [voice for voice in sayers if answers(voice.claim.said.act, act) is Match.YES]
        keys = {voice.key for voice in agree}
        confessed = any(admits(voice, named, bodies) for voice in agree)
        keys |= {f"party:{party}" for party in admitted & named}
        if len(keys) < 2:
            continue
        if confessed or admitted & named:
            return act, Ground(code="admitted", claims=_ids(agree))
        if any(voice.perceived for voice in agree):
            return act, Ground(code="corroborated", claims=_ids(agree))
    return None


def _from_specific(sayers: Sequence[Voice]) -> list[str]:
    """Every act said and every registered act above it, most specific first."""
    paths: set[str] = set()
    for voice in sayers:
        parts = voice.claim.said.act.split(".")
        paths |= {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    said = {voice.claim.said.act for voice in sayers}
    asked = (path for path in paths if (path in ACTS or path in said) and path != UNKNOWN)
    return sorted(asked, key=lambda path: (-path.count("."), path))


def _most_specific(sayers: Sequence[Voice]) -> str:
    vague = {UNKNOWN: 2, EXPLOSION: 1}
    return min(
        (voice.claim.said.act for voice in sayers),
        key=lambda path: (vague.get(path, 0), -path.count("."), path),
    )


def _sound(check: Check, reporters: Collection[str]) -> bool:
    """Two people, neither of whom reported it, and evidence that never left known hands."""
    two = check.checker != check.reviewer
    return check.custody and two and not {check.checker, check.reviewer} & set(reporters)


def _grounds_against(denials: Sequence[Voice], missed: Sequence[Voice]) -> list[Ground]:
    grounds = [Ground(code="denied", claims=_ids(denials))] if denials else []
    return grounds + ([Ground(code="not_perceived", claims=_ids(missed))] if missed else [])


def _replied(heard: Sequence[Voice], bodies: Bodies, admitted: Collection[str]) -> bool:
    """Say whether everyone accused has spoken."""
    return accused(heard, bodies) <= {voice.party for voice in heard} | set(admitted)


def _decides(
    incident: Incident, level: Level, act: str, *, watched: bool, replied: bool
) -> tuple[str, ...]:
    """What would settle more, cheapest first."""
    vague_time = incident.span is None or incident.span.length_us > CLOSE_TIME_US
    vague_place = incident.place is None or reach_m(incident.place) > CLOSE_PLACE_M
    asked = {
        "reply": not replied,
        "second_voice": level in {Level.V0, Level.V1, Level.V2},
        "better_time": vague_time,
        "better_position": vague_place,
        "act_identified": act in {UNKNOWN, EXPLOSION},
        "watcher_back": not watched,
        "site_visit": level is not Level.V4,
    }
    return tuple(code for code, wanted in asked.items() if wanted)


def _ids(some: Sequence[Voice]) -> tuple[str, ...]:
    return tuple(voice.claim.id for voice in some)
