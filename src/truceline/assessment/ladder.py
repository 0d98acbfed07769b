"""How far a case is verified: five levels, each worked out again from the evidence alone.

What one origin says counts once, however many carried it. A party's own evidence is that party's
one word, and so cannot corroborate its own claim.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from truceline.assessment.occurrence import Level


def rank(level: Level) -> int:
    """0 for received, 4 for verified."""
    return tuple(Level).index(level)


# From where a person may take a case where. Two independent sources may do without a monitor.
STEPS: Mapping[Level, frozenset[Level]] = {
    Level.V0: frozenset({Level.V1}),
    Level.V1: frozenset({Level.V2, Level.V3}),
    Level.V2: frozenset({Level.V3, Level.V4}),
    Level.V3: frozenset({Level.V4}),
    Level.V4: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One claim before a case; the fields are those of `acts.CaseEvidence`."""

    claim: str
    origin: str
    owner: str
    party: str
    direct: bool
    reliability: str
    credibility: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A site or evidence looked at by the mechanism; reviewed_by: the second post, or empty."""

    entry: int
    actor: str
    person: str
    method: str
    custody: str
    reviewed_by: str = ""


def origins(items: Collection[Item]) -> frozenset[str]:
    """Whose words they rest on: a party's is one, whatever its reports and outlets are called."""
    return frozenset(f"party:{item.party}" if item.party else item.origin for item in items)


def supported(
    items: Collection[Item], checks: Collection[Check] = (), complainant: str = ""
) -> frozenset[Level]:
    """Every level this evidence supports; `received` needs none."""
    levels = {Level.V0}
    if items:
        levels.add(Level.V1)
    if any(item.direct and not item.party for item in items):
        levels.add(Level.V2)
    elsewhere = any(not complainant or item.party != complainant for item in items)
    if len(origins(items)) >= 2 and elsewhere:
        levels.add(Level.V3)
    looked = any(check.reviewed_by for check in checks)
    if looked and levels & {Level.V2, Level.V3}:
        levels.add(Level.V4)
    return frozenset(levels)


def standing(
    stated: Level, items: Collection[Item], checks: Collection[Check] = (), complainant: str = ""
) -> Level:
    """The highest level that somebody took it to and its evidence still supports."""
    held = [one for one in supported(items, checks, complainant) if rank(one) <= rank(stated)]
    return max(held, key=rank)
