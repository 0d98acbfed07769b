"""An incident: claims that may speak of one event, held together by links that say why.

Nothing is merged. An incident lists its claims; what they agree and disagree on is computed for
showing and never overwrites what anyone said. Taking a link away restores the state before it.
"""

from dataclasses import dataclass
from enum import StrEnum

from truceline.values.instant import Span
from truceline.values.place import Place


class LinkKind(StrEnum):
    """Why two claims stand together."""

    SAME_EVENT = "same_event"
    COPY = "copy"
    ANSWER = "answer"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One ground for a link: a code a page can word, its weight and its numbers.

    code: `prior`, `near`, `far_for_error`, `same_time`, `time_apart`, `act_agrees`,
        `act_may_agree`, `act_differs`, `actor_differs`, `same_page`, `same_wording`,
        `wording_apart`, `crowded`, `same_row`, `answers`, `person`. Worded in
        `incidents.reading.REASONS`.
    millibits: what it adds to the evidence, log2 of the odds ratio × 1000.
    facts: numbers the wording needs, as (name, integer) pairs: `("apart_m", 420)`.
    """

    code: str
    millibits: int
    facts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two claims and the reasons to take them for one event; `one` sorts before `other`."""

    one: str
    other: str
    kind: LinkKind
    millibits: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims that may speak of one event.

    id: `I-` and eight base-32 letters drawn from its first claim, so it survives later arrivals.
    claims: numbers of its claims, in ledger order.
    span, place: the smallest stated that no asserting claim contradicts, the smallest of all if
        each is contradicted; None where nobody gave any. Replies are not asked.
    acts: every act asserted, most specific first.
    origins: how many independent origins assert it (`incidents.describing.origins`).
    contradictions: codes of what its claims disagree on: `occurred`, `act`, `actor`, `place`,
        `time`, `count`.
    """

    id: str
    claims: tuple[str, ...]
    links: tuple[Link, ...]
    span: Span | None
    place: Place | None
    acts: tuple[str, ...]
    origins: int
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAct:
    """What a person decided about links, on the record; later acts win.

    act: `confirm` (these, and what stands with them, stand together), `split` (no two of these do;
        of one alone: it leaves what it stands with), `undo` (forget an earlier act).
    claims: the claims it speaks of; entry: its place in the ledger; undoes: the entry it forgets.
    """

    entry: int
    act: str
    claims: tuple[str, ...]
    undoes: int | None = None
