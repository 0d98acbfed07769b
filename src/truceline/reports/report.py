"""What arrived, byte for byte, and what it says in the monitors' own terms.

A source turns bytes into a stream of `Report | Unreadable`, one per row, in order. Nothing a row
holds is ever dropped: what could not be read is kept with its reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from truceline.values.counts import Count
from truceline.values.instant import Span
from truceline.values.place import Place
from truceline.values.signatures import Basis, Direction, Signature, Stance
from truceline.values.unknown import NOT_GIVEN, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Who handed bytes in, when, and what they said about reading them.

    source: the source format's name, as `party-list`.
    name: the file's name as given; never trusted for anything but showing.
    owner: reader code of the party or body whose material this is.
    received_us: when the centre received it.
    zone: IANA zone for clock readings that carry no offset.
    language: `en`, `uk`, `ru` or `und`, where the source itself does not say.
    """

    source: str
    name: str
    owner: str
    received_us: int
    zone: str
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement about one event: who says what, how they know it, and how far off it may be.

    speaker: code of whoever says so: a party, a body, a patrol, an outlet.
    chain: on whose word, nearest first: an outlet's report of an official is `(outlet, official)`.
    ref: the speaker's own number for it; empty where there is none.
    said_us: when it was said or written down; None where the source does not say.
    observer: where the one who perceived it stood. Sensitive: never leaves its compartment.
    act: a dotted path of `values.acts`; type_given is the code or word as given.
    accused: codes of whoever is said to have done it; empty means nobody was named.
    origin: key of the post, call or page this comes from, for telling copies apart; may be empty.
    about: the complaint or claim this answers, by number; empty where it answers none.
    """

    speaker: str
    chain: tuple[str, ...] = ()
    ref: str = ""
    basis: Basis
    stance: Stance = Stance.ASSERTS
    span: Span | Unknown
    said_us: int | None = None
    place: Place | Unknown = NOT_GIVEN
    observer: Place | None = None
    act: str
    type_given: str = ""
    signature: Signature | None = None
    direction: Direction = Direction.UNDETERMINED
    count: Count | Unknown = NOT_GIVEN
    weapon: str = ""
    accused: tuple[str, ...] = ()
    wording: str = ""
    language: str = "und"
    origin: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How long somebody or something was, or was not, watching a place.

    watcher: code of the patrol, post, camera or sensor.
    kind: `patrol`, `fixed_post`, `camera`, `uav`, `acoustic`, `seismic`, `satellite`.
    state: `up`, `degraded` or `down`; anything but `up` has a reason code: `night`, `weather`,
        `jammed`, `denied`, `outage`, `not_tasked`.
    place: the middle of what is watched and, as its error circle, how far watching reaches.
    """

    watcher: str
    kind: str
    span: Span
    place: Place
    state: str
    reason: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One row that was read. row counts data rows from 1; line is the physical line it began on."""

    row: int
    line: int
    raw: bytes
    body: Said | Covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """One row that was not understood, kept as it came. The reason says what, where, what to do."""

    row: int
    line: int
    raw: bytes
    reason: str


Source = Callable[[bytes, Receipt], Iterator[Report | Unreadable]]
