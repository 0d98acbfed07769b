"""What each ground for a link is worth, model `fusion/1`. Millibits: 1000 doubles the odds.

Where each number comes from: docs/explanation/fusion.md. A change here is a new model version.
"""

from truceline.values.acts import ACTS, EXPLOSION, UNKNOWN, Match, answers, known_prefix, within
from truceline.values.instant import DAY_US, MINUTE_US

PRIOR = -5_000  # two claims of one neighbourhood and day, before anything else is known
LINK = 2_000  # odds of four to one
FIT = 0  # what every two claims of one incident must reach: even odds

AROUND_M = 20_000  # the neighbourhood: two different events lie at random within this circle
AROUND_US = DAY_US  # … and within this time
EXTENT_M = 150  # an event is no point: a salvo's pattern, a position's breadth
CLOCKS_US = 15 * MINUTE_US  # clocks and memory are off by so much on each side
FAR_SIGMA = 3.035  # beyond the 99 % ellipse two places speak of two events
VAGUE_M = 50_000  # a place known no better says where a summary was made, not an event
VAGUE_US = 2 * DAY_US  # likewise a time

SAME_PAGE = 5_000
WORDING_MOST = 12_000
WORDING_APART = -2_000  # two longer texts in one language that share next to nothing
TELLING_STEMS = 5
UNLIKE = 60  # thousandths
COPY_LIKENESS = 900  # thousandths of the words' weight: the same text, retouched
BORROWED = 50  # texts a place borrows from everywhere before its own usage counts

ACT_SAME = 2_500
ACT_SAME_BROAD = 1_500
ACT_NARROWER = 1_000
ACT_MAYBE = 500
ACT_DIFFERS = -3_000
ACTORS_DIFFER = -4_000  # each names another as having done it: an exchange of fire is two events
NEVER = -1_000_000

_VIOLENT = ("fire", "strike", EXPLOSION, "engineer.mine")
_COMES_WITH = {frozenset(pair) for pair in (("assault", "fire"), ("flight", "strike"))}


def act_millibits(one: str, other: str) -> int:
    """What two acts say about being one event; NEVER where they cannot be. Symmetric.

    Two kinds of fire or strike differ, yet people take one for the other, so they weigh against a
    link and do not forbid it. Harm may be the other face of any fire or strike.
    """
    one, other = known_prefix(one), known_prefix(other)
    if UNKNOWN in (one, other):
        return 0
    if one == other:
        return ACT_SAME if "." in one else ACT_SAME_BROAD
    either = {answers(one, other), answers(other, one)}
    if Match.YES in either:
        return ACT_NARROWER
    return ACT_MAYBE if Match.MAYBE in either else _of_two_kinds(one, other)


def _of_two_kinds(one: str, other: str) -> int:
    violent = [any(within(act, kind) for kind in _VIOLENT) for act in (one, other)]
    if all(violent):
        return ACT_DIFFERS
    roots = frozenset(act.partition(".")[0] for act in (one, other))
    if ("harm" in roots and any(violent)) or roots in _COMES_WITH:
        return 0
    return NEVER


KNOWN_ACTS = tuple(sorted(ACTS))
CLEARLY = 1_000  # how much better than the next an unaddressed denial must fit its incident
SAME_ROW = 12_000  # one owner filed the very same words, place and time again
ANSWERS = 12_000  # the speaker's own word that it speaks of that claim
