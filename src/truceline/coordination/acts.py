"""The payloads of every act of this room and of people's acts on incidents.

Specified in docs/formats/acts.md. Defaults are left out when written, so a field added later does
not change the spelling of an act already in the ledger.
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from truceline.values.canonical import canonical, read_canonical
from truceline.values.errors import BadValue
from truceline.values.place import E7

Language = Literal["en", "uk", "ru", "und"]
Stance = Literal["denies", "accepts", "partly", "no_information"]
Purpose = Literal["repair", "evacuation", "demining", "other"]
PURPOSES: tuple[Purpose, ...] = ("repair", "evacuation", "demining", "other")
STANCES: tuple[Stance, ...] = ("denies", "accepts", "partly", "no_information")

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_COMPLAINT = re.compile(r"C-(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,})")
_WINDOW = re.compile(r"W-(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,})")
_INCIDENT = re.compile(r"I-[A-Za-z0-9]+")
_CLAIM = re.compile(r"(?:0|[1-9][0-9]*)#[1-9][0-9]*")


class BadAct(BadValue):
    """The payload of an act cannot be read; the message says which kind and what is wrong."""


class Payload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an act says, apart from who said it and when, which the entry itself holds."""


class ComplaintAcknowledged(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`complaint/acknowledged`: somebody has the complaint in hand.

    by: the code of whoever acknowledges. From the centre this is the receipt both sides hold.
    """

    complaint: str
    by: str

    def __post_init__(self) -> None:
        _want(_COMPLAINT, self.complaint, "a complaint, as C-0001")
        _want(_CODE, self.by, "a party or body, as VEL")


class ComplaintAnswered(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`complaint/answered`: what an accused party says to it, in its own words."""

    complaint: str
    stance: Stance
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        _want(_COMPLAINT, self.complaint, "a complaint, as C-0001")


class WindowRequested(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/requested`: somebody asks for silence over a place for a time.

    zone, or lat_e7 with lon_e7 and radius_m: where; exactly one of the two.
    from_us, until_us: start inclusive, end exclusive.
    guarantors: everyone whose guarantee is needed before the window may open; sorted, no doubles.
    needs_demining: nobody goes in before the ground is reported clear.
    broker: who arranged it; empty where nobody did.
    """

    zone: str = ""
    lat_e7: int | None = None
    lon_e7: int | None = None
    radius_m: int | None = None
    from_us: int
    until_us: int
    purpose: Purpose
    wording: str = ""
    language: Language = "und"
    guarantors: tuple[str, ...]
    needs_demining: bool = False
    broker: str = ""

    def __post_init__(self) -> None:
        if self.from_us >= self.until_us:
            raise BadValue(f"a window must end after it starts: {self.from_us} … {self.until_us}")
        if not self.guarantors or list(self.guarantors) != sorted(set(self.guarantors)):
            raise BadValue(
                f"guarantors {list(self.guarantors)}: want one or more codes, sorted, each once"
            )
        for code in self.guarantors:
            _want(_CODE, code, "a guarantor, as VEL")
        self._refuse_odd_place()

    def _refuse_odd_place(self) -> None:
        point = (self.lat_e7, self.lon_e7, self.radius_m)
        given = [part for part in point if part is not None]
        if bool(self.zone) == bool(given) or len(given) not in {0, 3}:
            raise BadValue("a window needs either a zone or lat_e7, lon_e7 and radius_m, not both")
        if self.lat_e7 is None or self.lon_e7 is None or self.radius_m is None:
            return
        on_globe = abs(self.lat_e7) <= 90 * E7 and abs(self.lon_e7) <= 180 * E7
        if not on_globe or self.radius_m < 1:
            raise BadValue(f"{point} is no place: want degrees × 10⁷ and a radius of 1 m or more")


class WindowNamed(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """An act on a window already numbered; the base of the ones below."""

    window: str

    def __post_init__(self) -> None:
        _want(_WINDOW, self.window, "a window, as W-0001")


class WindowGuaranteed(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/guaranteed`: this party will keep silence there and then."""

    wording: str = ""
    language: Language = "und"


class WindowRefused(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/refused`: this party gives no guarantee; the request is over."""

    wording: str = ""
    language: Language = "und"


class WindowWithdrawn(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/withdrawn`: the request or a guarantee is taken back; the window is over at once."""

    wording: str = ""
    language: Language = "und"


class WindowDemined(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/demined`: the ground is reported clear, where the request asked for that."""

    wording: str = ""
    language: Language = "und"


class WindowOpened(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/opened`: the centre announces that silence holds from now on."""


class WindowCompleted(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/completed`: the work is done and everyone is out."""

    wording: str = ""
    language: Language = "und"


class WindowBreached(
    WindowNamed, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`window/breached`: silence was not kept, see the incident. Says nothing of by whom."""

    incident: str
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        WindowNamed.__post_init__(self)
        _want(_INCIDENT, self.incident, "an incident, as I-ABCDEFGH")


class RegisterEntered(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`register/entered`: a fact the terms speak of: entry into force, a notice, a verification.

    type: the record type the terms name. at_us: when it happened, which may be long before it was
    entered. The other fields are empty or None where the record does not speak of them.
    """

    type: str
    at_us: int
    by: str = ""
    party: str = ""
    clause: str = ""
    zone: str = ""
    from_us: int | None = None
    until_us: int | None = None
    id: str = ""
    inst: str = ""
    result: bool | None = None
    as_of_us: int | None = None
    match: dict[str, str | bool | int] = {}

    def __post_init__(self) -> None:
        _want(_CODE, self.type, "a record type, as entry_into_force")
        spanned = self.from_us is not None and self.until_us is not None
        if spanned and (self.from_us or 0) >= (self.until_us or 0):
            raise BadValue(f"a record must end after it starts: {self.from_us} … {self.until_us}")


class IncidentConfirmed(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`incident/confirmed`: a person says these claims stand together."""

    claims: tuple[str, ...]
    reason: str

    def __post_init__(self) -> None:
        _several_claims(self.claims)


class IncidentSplit(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`incident/split`: a person says these claims do not stand together."""

    claims: tuple[str, ...]
    reason: str

    def __post_init__(self) -> None:
        _several_claims(self.claims)


class IncidentUndone(
    Payload, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """`incident/undone`: an earlier act on an incident, named by its entry, is forgotten."""

    undoes: int
    reason: str

    def __post_init__(self) -> None:
        if self.undoes < 0:
            raise BadValue(f"entry {self.undoes} does not exist: entries count from 0")


PAYLOADS: dict[str, type[Payload]] = {
    "complaint/acknowledged": ComplaintAcknowledged,
    "complaint/answered": ComplaintAnswered,
    "window/requested": WindowRequested,
    "window/guaranteed": WindowGuaranteed,
    "window/refused": WindowRefused,
    "window/withdrawn": WindowWithdrawn,
    "window/demined": WindowDemined,
    "window/opened": WindowOpened,
    "window/completed": WindowCompleted,
    "window/breached": WindowBreached,
    "register/entered": RegisterEntered,
    "incident/confirmed": IncidentConfirmed,
    "incident/split": IncidentSplit,
    "incident/undone": IncidentUndone,
}


def spell(payload: Payload) -> bytes:
    """The canonical bytes of a payload: what its commitment is over."""
    return canonical(payload)


def read(kind: str, raw: bytes) -> Payload:
    """Read a payload in its one accepted spelling.

    Raises BadAct for a kind that is not of these rooms, for anything that does not fit the kind,
    and for bytes that are not exactly what `spell` writes.
    """
    if kind not in PAYLOADS:
        raise BadAct(f"{kind!r} is no act of these rooms; known: {', '.join(PAYLOADS)}")
    try:
        return read_canonical(raw, PAYLOADS[kind])
    except BadValue as problem:
        raise BadAct(f"{kind}: {problem}") from problem


def _several_claims(claims: Sequence[str]) -> None:
    for claim in claims:
        _want(_CLAIM, claim, "a claim, as 17#3")
    if len(set(claims)) != len(claims) or len(claims) < 2:
        raise BadValue(f"claims {list(claims)}: want two or more, each once")


def _want(pattern: re.Pattern[str], found: str, wanted: str) -> None:
    if not pattern.fullmatch(found):
        raise BadValue(f"{found!r} is not {wanted}")
