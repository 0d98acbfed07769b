"""Whose word a claim is: copies and a party's own evidence folded into one voice each.

A party's reports, its patrols' and an outlet quoting its spokesman are one voice: the party's. Two
outlets with one origin are one voice. Only voices that differ can support each other (ADR 0041).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from truceline.claims.claim import Claim
from truceline.incidents.incident import Incident
from truceline.values.signatures import Basis, Stance

PERCEIVED = frozenset({Basis.SEEN, Basis.HEARD, Basis.RECORDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Who is who, for judging whose word something is.

    parties: codes of those bound by the terms, with the codes they answer for.
    monitors: codes whose own perception is the mechanism's: the centre, its teams, its sensors.
    """

    parties: Mapping[str, tuple[str, ...]]
    monitors: frozenset[str] = frozenset()

    def party_of(self, code: str) -> str:
        """The party a code belongs to; empty where it belongs to none."""
        for party, answers_for in self.parties.items():
            if code == party or code in answers_for:
                return party
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One claim with whose word it is.

    key: equal for claims that cannot support each other. party: the party whose word it is, or "".
    perceived: saw, heard or recorded it itself, and is no party. monitor: is of the mechanism.
    """

    claim: Claim
    key: str
    party: str
    perceived: bool
    monitor: bool


def voices(incident: Incident, claims: Mapping[str, Claim], bodies: Bodies) -> list[Voice]:
    """The voices of an incident's claims, in its order; claims not held here have none."""
    held = (claims[number] for number in incident.claims if number in claims)
    return [voice_of(claim, bodies) for claim in held]


def voice_of(claim: Claim, bodies: Bodies) -> Voice:
    """Whose word one claim is.

    The owner of the material, the speaker and everyone in the chain are looked at: a party anywhere
    in it makes the word that party's, however many outlets carried it.
    """
    said, origin = claim.said, claim.origin
    spoken = (origin.owner, said.speaker, *said.chain)
    party = next((found for code in spoken if (found := bodies.party_of(code))), "")
    if origin.interested and not party:
        party = origin.owner
    return Voice(
        claim=claim,
        key=f"party:{party}" if party else f"origin:{claim.source_key}",
        party=party,
        perceived=not party and said.basis in PERCEIVED,
        monitor=not party and origin.owner in bodies.monitors,
    )


def asserting(all_voices: Iterable[Voice]) -> list[Voice]:
    """Those that say it happened."""
    return [voice for voice in all_voices if voice.claim.said.stance is Stance.ASSERTS]


def accused(all_voices: Iterable[Voice], bodies: Bodies) -> frozenset[str]:
    """The parties anybody names as having done it."""
    named = (code for voice in all_voices for code in voice.claim.said.accused)
    return frozenset(party for code in named if (party := bodies.party_of(code)))


def admits(voice: Voice, named: Collection[str], bodies: Bodies) -> bool:
    """Say whether a party asserts what it is itself said to have done, or says it did it."""
    itself = accused([voice], bodies)
    return bool(voice.party) and (voice.party in itself or (not itself and voice.party in named))
