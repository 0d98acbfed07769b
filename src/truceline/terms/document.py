"""The agreement as typed integers: one struct per part of the file (docs/formats/terms.md).

Field names carry their unit; where the file writes another unit, `Scaled` names the key in the
file and how many decimal digits it may hold. The canonical JSON of `Doc` is what is hashed.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec


@dataclass(frozen=True, slots=True)
class Scaled:
    """How the file writes an integer: under which key, with at most how many decimal digits."""

    key: str
    digits: int


Words = dict[str, str]
Point = tuple[int, int]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Common shape of every part: closed and frozen."""


class Languages(Part, frozen=True):
    """Which texts are authentic, which prevails, which articles are on record as not aligned."""

    authentic: tuple[str, ...]
    prevails: str | None = None
    divergences: tuple[str, ...] = ()


class Party(Part, frozen=True):
    """A party: its name in each language, the actor codes it answers for, the area it controls."""

    name: Words
    responsible_for: tuple[str, ...] = ()
    controls: str | None = None


class Definition(Part, frozen=True):
    """What a word of the text means; a word nobody has agreed on decides nothing by itself.

    ruled_by: the body whose `ruling` record settles the word for a case, if one may.
    """

    text: Words
    status: Literal["agreed", "not_agreed"] = "agreed"
    ruled_by: str | None = None


class Calm(Part, frozen=True):
    """A run of days without a recorded verdict on some clauses in a zone."""

    clauses: tuple[str, ...]
    zone: str
    days: int
    since: str
    verified_by: str | None = None


class Anchor(Part, frozen=True):
    """A named instant: given, referred to, taken from a record or from a run of calm."""

    at: str | None = None
    ref: str | None = None
    record: str | None = None
    match: dict[str, object] = {}
    calm: Calm | None = None


class Reading(Part, frozen=True):
    """An interpretation some parties hold: its own anchors and values, side by side."""

    held_by: tuple[str, ...]
    anchors: dict[str, Anchor] = {}
    set: dict[str, object] = {}


class Site(Part, frozen=True):
    """A listed object at a point, with its category.

    listed_by: the parties on whose list alone it is; empty: it is on the agreed list.
    """

    id: str
    lon_e7: Annotated[int, Scaled("lon", 7)]
    lat_e7: Annotated[int, Scaled("lat", 7)]
    cat: str
    listed_by: tuple[str, ...] = ()


class Geom(Part, frozen=True):
    """A line, an area or sites: given in coordinates, in a file, or derived from others."""

    line: Annotated[tuple[Point, ...] | None, Scaled("line", 7)] = None
    polygon: Annotated[tuple[Point, ...] | None, Scaled("polygon", 7)] = None
    point: Annotated[Point | None, Scaled("point", 7)] = None
    sites: tuple[Site, ...] | None = None
    side_m: Annotated[int | None, Scaled("side_km", 3)] = None
    buffer_m: Annotated[int | None, Scaled("buffer_km", 3)] = None
    of: str | None = None
    union: tuple[str, ...] | None = None
    minus: str | None = None
    file: str | None = None
    sha256: str | None = None
    select: dict[str, object] = {}
    tolerance_m: Annotated[int, Scaled("tolerance_m", 0)] = 0
    datum: Literal["WGS84", "SK42", "UCS2000"] = "WGS84"
    status: Literal["agreed", "disputed", "schematic"] = "schematic"
    note: str = ""


class WeaponCond(Part, frozen=True):
    """One alternative of a weapon condition: class, calibre and range must all hold."""

    class_: Annotated[tuple[str, ...] | None, "class"] = msgspec.field(default=None, name="class")
    calibre_um: Annotated[dict[str, int] | None, Scaled("calibre_mm", 3)] = None
    range_m: Annotated[dict[str, int] | None, Scaled("range_km", 3)] = None


class Where(Part, frozen=True):
    """A condition on place; everything stated in it must hold."""

    in_: str | None = msgspec.field(default=None, name="in")
    out: str | None = None
    within_m: Annotated[int | None, Scaled("within_km", 3)] = None
    beyond_m: Annotated[int | None, Scaled("beyond_km", 3)] = None
    of: str | None = None
    cat: tuple[str, ...] | None = None
    all: tuple["Where", ...] | None = None
    any: tuple["Where", ...] | None = None


class RecordCond(Part, frozen=True):
    """A condition on the register: such a record exists, early enough, and covers the case."""

    type: str
    by: str | None = None
    lead: str | None = None
    match: dict[str, object] = {}
    covers: tuple[Literal["place", "time"], ...] = ()


class Exemption(Part, frozen=True):
    """What takes a case out of a rule (`scope`) or excuses it inside the rule (`justify`)."""

    text: Words
    burden: Literal["claim", "open", "record"] = "open"
    mode: Literal["justify", "scope"] = "justify"
    type: tuple[str, ...] | None = None
    actor: tuple[str, ...] | None = None
    attr: dict[str, object] | None = None
    weapon: tuple[WeaponCond, ...] | None = None
    where: Where | None = None
    record: RecordCond | None = None
    all: tuple["Exemption", ...] | None = None


class Evidence(Part, frozen=True):
    """The agreed standard of proof, in basis points."""

    breach_at_bp: Annotated[int, Scaled("breach_at", 4)] = 9000
    none_at_bp: Annotated[int, Scaled("none_at", 4)] = 1000


class Windows(Part, frozen=True):
    """Hours of the day, or windows published in the register, in which alone a clause speaks."""

    daily: tuple[tuple[str, str], ...] = ()
    tz: str = "UTC"
    record: str | None = None


class Trigger(Part, frozen=True):
    """What starts a duty or opens a power."""

    at: str | None = None
    breach_of: tuple[str, ...] | None = None
    by: Literal["any", "other", "self"] = "any"
    record: str | None = None
    match: dict[str, object] = {}
    state_of: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    every: Literal["day", "week"] | None = None
    tz: str = "UTC"


class Done(Part, frozen=True):
    """What fulfils a duty: a record, a sum over records, or a body's verification."""

    record: str
    match: dict[str, object] = {}
    verified_by: str | None = None
    sum: str | None = None
    min_milli: Annotated[int | None, Scaled("min", 3)] = None


class ClauseBase(Part, frozen=True):
    """What every clause has.

    uses: words of `definitions` the clause rests on. not_agreed: its own fields whose values are
    ours and not the parties', as `where.within_km`. attribution: a party meets the clause by what
    it did, or also answers for what others do from the area it controls.
    """

    id: str
    kind: str
    who: tuple[str, ...] = ()
    from_: str | None = msgspec.field(default=None, name="from")
    until: str | None = None
    note: str = ""
    evidence: Evidence | None = None
    overrides: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    not_agreed: tuple[str, ...] = ()
    attribution: Literal["acted", "answerable"] = "acted"


class Prohibit(ClauseBase, frozen=True, tag_field="norm", tag="prohibit"):
    """An act that must not be done there and then."""

    act: tuple[str, ...] = ()
    weapon: tuple[WeaponCond, ...] | None = None
    site: tuple[str, ...] | None = None
    attr: dict[str, object] | None = None
    where: Where | None = None
    where_by: dict[str, Where] = {}
    place_of: Literal["origin", "place", "target"] = "place"
    windows: Windows | None = None
    unless: tuple[str, ...] = ()


class Ceiling(ClauseBase, frozen=True, tag_field="norm", tag="ceiling"):
    """A number of things held that must not be exceeded."""

    count: Annotated[dict[str, int], Scaled("count", 0)] = {}
    where: Where | None = None
    where_by: dict[str, Where] = {}
    unless: tuple[str, ...] = ()


class Require(ClauseBase, frozen=True, tag_field="norm", tag="require"):
    """A duty with a trigger and, perhaps, a time by which it is due."""

    trigger: Trigger = Trigger()
    clock: Literal["known", "occurrence"] = "occurrence"
    opens: str | None = None
    due: str | None = None
    grace: str | None = None
    done: Done | None = None
    each: tuple[str, ...] = ()


class Power(ClauseBase, frozen=True, tag_field="norm", tag="power"):
    """Something a party may do once its trigger has come."""

    trigger: Trigger = Trigger()
    notice: str | None = None
    effect: Literal["suspend", "terminate"] = "suspend"
    on: tuple[str, ...] = ()


class Declare(ClauseBase, frozen=True, tag_field="norm", tag="declare"):
    """A statement that nothing here judges."""

    monitorable: bool = False


Clause = Prohibit | Ceiling | Require | Power | Declare


class Article(Part, frozen=True):
    """A numbered article: its text in each language and the clauses drawn from it."""

    id: str
    number: str
    text: Words
    clauses: tuple[Clause, ...] = ()


class Amendment(Part, frozen=True):
    """A change of the agreement for facts from an instant on."""

    id: str
    mod: Literal["efficacy", "force", "meaning", "scope", "textual"]
    from_: str = msgspec.field(name="from")
    target: str
    value: object = None
    by: str = ""

    @property
    def repeals(self) -> bool:
        """Whether it ends a clause or an article and puts nothing in its place."""
        return self.value is None and self.mod in ("force", "efficacy")


class Doc(Part, frozen=True):
    """The whole agreement."""

    terms: Literal[1]
    id: str
    title: Words
    languages: Languages
    parties: dict[str, Party]
    source: tuple[str, ...] = ()
    fidelity: str = ""
    bodies: dict[str, str | Words] = {}
    definitions: dict[str, Definition] = {}
    tz: str = "UTC"
    anchors: dict[str, Anchor] = {}
    readings: dict[str, Reading] = {}
    geometry: dict[str, Geom] = {}
    exemptions: dict[str, Exemption] = {}
    evidence: Evidence | None = None
    articles: tuple[Article, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    inexpressible: tuple[str, ...] = ()
