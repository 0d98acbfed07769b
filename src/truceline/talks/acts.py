"""The payloads of every act of this room, specified in docs/formats/texts.md.

Defaults are left out when written, so a field added later does not change the spelling of an act
already in the ledger.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from truceline.talks.errors import BadTalk
from truceline.values.canonical import canonical, read_canonical
from truceline.values.errors import BadValue

Language = Literal["en", "uk", "ru", "und"]
BracketKind = Literal["alternative", "optional", "parameter"]
Answer = Literal["accept", "reserve", "reject"]
Account = Literal["invokes", "reports", "denies"]
Came = Literal[
    "agreed", "agreed_in_principle", "discussed_no_agreement", "explicitly_not_discussed",
    "deferred", "claimed_by_one_side",
]  # fmt: skip
ANSWERS: tuple[Answer, ...] = ("accept", "reserve", "reject")
OUT = "out"  # the option of every optional bracket that its words go

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_PART = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BIND = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")


class Payload(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What an act says, apart from who said it and when, which the entry itself holds."""


class OnText(Payload, frozen=True, kw_only=True):
    """An act on one text, called by its name."""

    text: str

    def __post_init__(self) -> None:
        _want(_NAME, self.text, "the name of a text, as ceasefire")


class TextOpened(OnText, frozen=True, kw_only=True):
    """`text/opened`: a text is put on the table.

    voices: those whose agreement it needs; sorted, no doubles. languages: those it must stand in.
    nothing_agreed_until_everything: nothing in it is adopted while anything in it is open.
    """

    title: dict[str, str]
    voices: tuple[str, ...]
    languages: tuple[str, ...] = ("en", "ru", "uk")
    nothing_agreed_until_everything: bool = True

    def __post_init__(self) -> None:
        OnText.__post_init__(self)
        _sorted_codes(self.voices, "voices")
        _sorted_codes(self.languages, "languages")


class BracketSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
                 omit_defaults=True):  # fmt: skip
    """A bracket of an article: its id as it stands in the words, its kind, the field it sets.

    bind: for a parameter, a field of the agreement's data, as `a2.zone.where.within_km`.
    """

    id: str
    kind: BracketKind
    bind: str = ""

    def __post_init__(self) -> None:
        _want(_PART, self.id, "the id of a bracket, as dist")
        if self.bind:
            _want(_BIND, self.bind, "a field of the agreement, as a2.zone.where.within_km")
            if self.kind != "parameter":
                raise BadValue(f"bracket {self.id}: only a parameter is bound to a field")


class OnArticle(OnText, frozen=True, kw_only=True):
    """An act on one article of a text."""

    article: str

    def __post_init__(self) -> None:
        OnText.__post_init__(self)
        _want(_PART, self.article, "the id of an article, as a2")


class TextProposed(OnArticle, frozen=True, kw_only=True):
    """`text/proposed`: the words of an article, new or anew, with `[id]` where a bracket stands."""

    number: str
    words: dict[str, str]
    brackets: tuple[BracketSet, ...] = ()

    def __post_init__(self) -> None:
        OnArticle.__post_init__(self)
        ids = [bracket.id for bracket in self.brackets]
        if len(ids) != len(set(ids)):
            raise BadValue(f"brackets {', '.join(ids)}: each once")


class OnBracket(OnArticle, frozen=True, kw_only=True):
    """An act on one bracket of an article."""

    bracket: str

    def __post_init__(self) -> None:
        OnArticle.__post_init__(self)
        _want(_PART, self.bracket, "the id of a bracket, as dist")


class OnOption(OnBracket, frozen=True, kw_only=True):
    """An act on one option of a bracket."""

    option: str

    def __post_init__(self) -> None:
        OnBracket.__post_init__(self)
        _want(_PART, self.option, "the id of an option, as km15")


class TextOffered(OnOption, frozen=True, kw_only=True):
    """`text/offered`: an option for a bracket, its words and, for a parameter, its value.

    value: as the agreement's file would write it: a decimal number, a date in quotes left out.
    """

    words: dict[str, str]
    value: str = ""


class TextSupported(OnOption, frozen=True, kw_only=True):
    """`text/supported`: this voice agrees to this option."""


class TextReserved(OnOption, frozen=True, kw_only=True):
    """`text/reserved`: it agrees subject to its capital (ad referendum)."""

    wording: str = ""
    language: Language = "und"


class TextLifted(OnBracket, frozen=True, kw_only=True):
    """`text/lifted`: its capital agrees; the reserve is gone."""


class TextReopened(OnBracket, frozen=True, kw_only=True):
    """`text/reopened`: this voice takes its agreement on a bracket back."""

    wording: str = ""
    language: Language = "und"


class TextAnswered(OnArticle, frozen=True, kw_only=True):
    """`text/answered`: what a voice says to the words of one version of an article.

    sha256: of that version, brackets standing. Whoever has not answered a version is silent on it.
    """

    sha256: str
    answer: Answer
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        OnArticle.__post_init__(self)
        _want(_SHA256, self.sha256, "a SHA-256 in hex")


class TextInitialled(OnArticle, frozen=True, kw_only=True):
    """`text/initialled`: an initial under the agreed words in every language, by their hash."""

    sha256: str

    def __post_init__(self) -> None:
        OnArticle.__post_init__(self)
        _want(_SHA256, self.sha256, "a SHA-256 in hex")


class TextVoided(OnArticle, frozen=True, kw_only=True):
    """`text/voided`: a voice takes its own initial back."""

    wording: str = ""
    language: Language = "und"


class TextWithdrawn(OnArticle, frozen=True, kw_only=True):
    """`text/withdrawn`: whoever put an article forward takes it off the table."""

    wording: str = ""
    language: Language = "und"


class TextAdopted(OnText, frozen=True, kw_only=True):
    """`text/adopted`: the text, or one article of one that is no package, is adopted.

    article: empty for all of it. sha256: the hash of what is adopted.
    """

    article: str = ""
    sha256: str

    def __post_init__(self) -> None:
        OnText.__post_init__(self)
        _want(_SHA256, self.sha256, "a SHA-256 in hex")


class OnInstrument(Payload, frozen=True, kw_only=True):
    """An act on one instrument, called by its name."""

    instrument: str

    def __post_init__(self) -> None:
        _want(_NAME, self.instrument, "the name of an instrument, as ceasefire-2026")


class RatifyStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of ratification: whose, and the body that takes it, as named in the instrument."""

    party: str
    body: str


class InstrumentPrepared(OnInstrument, frozen=True, kw_only=True):
    """`instrument/prepared`: what is to be signed, by whom, and what must follow.

    sha256: of the agreement's canonical form. text: the text it came from; empty for none.
    steps: in the order each party must take its own. provisional: ids of articles that apply from
    signature on. depositary: whose record of a step makes it evidenced.
    """

    title: dict[str, str]
    sha256: str
    depositary: str
    signatories: tuple[str, ...]
    steps: tuple[RatifyStep, ...] = ()
    provisional: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        OnInstrument.__post_init__(self)
        _want(_SHA256, self.sha256, "a SHA-256 in hex")
        _want(_CODE, self.depositary, "the depositary, as CENTRE")
        _sorted_codes(self.signatories, "signatories")
        pairs = [(step.party, step.body) for step in self.steps]
        if len(pairs) != len(set(pairs)):
            raise BadValue("steps: a body ratifies for a party once")
        if strange := {party for party, _ in pairs} - set(self.signatories):
            raise BadValue(f"steps: {', '.join(sorted(strange))} is no signatory")


class OnStep(OnInstrument, frozen=True, kw_only=True):
    """A step in the life of an instrument: when it was taken, and the paper that shows it.

    evidence: SHA-256 of the paper or note, in hex; empty where somebody only says so.
    """

    at_us: int
    evidence: str = ""
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        OnInstrument.__post_init__(self)
        if self.evidence:
            _want(_SHA256, self.evidence, "a SHA-256 in hex")


class InstrumentReadied(OnStep, frozen=True, kw_only=True):
    """`instrument/readied`: the instrument is ready for signature."""


class InstrumentSigned(OnStep, frozen=True, kw_only=True):
    """`instrument/signed`: a signatory has signed this very text.

    full_powers: SHA-256 of the paper that empowers who signed; empty where none is shown.
    """

    party: str
    sha256: str
    full_powers: str = ""


class InstrumentRatified(OnStep, frozen=True, kw_only=True):
    """`instrument/ratified`: a named body has approved it for a party, or has not."""

    party: str
    body: str
    approved: bool = True


class UnderstandingInvoked(Payload, frozen=True, kw_only=True):
    """`understanding/invoked`: what somebody says was understood, of which there is no text.

    account: whether it is invoked, reported by another, or denied. among: those it is said to bind.
    """

    understanding: str
    account: Account
    wording: str
    language: Language = "und"
    among: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _want(_NAME, self.understanding, "the name of an understanding, as anchorage")
        if not self.wording.strip():
            raise BadValue("an account of an understanding needs its words")


class PositionStated(Payload, frozen=True, kw_only=True):
    """`position/stated`: where a party stands on an issue, for whom the entry's audience says.

    A position for its own eyes alone is never an act of this record: it cannot be spelt here.
    """

    issue: str
    wording: str
    language: Language = "und"

    def __post_init__(self) -> None:
        _want(_NAME, self.issue, "the name of an issue, as withdrawal-distance")


class OutcomeTold(Payload, frozen=True, kw_only=True):
    """`outcome/told`: what came of an issue, as somebody tells it; nothing told is no outcome."""

    issue: str
    outcome: Came
    wording: str
    language: Language = "und"

    def __post_init__(self) -> None:
        _want(_NAME, self.issue, "the name of an issue, as energy-ceasefire")
        if not self.wording.strip():
            raise BadValue("an account of an outcome needs its words")


PAYLOADS: dict[str, type[Payload]] = {
    "text/opened": TextOpened,
    "text/proposed": TextProposed,
    "text/offered": TextOffered,
    "text/supported": TextSupported,
    "text/reserved": TextReserved,
    "text/lifted": TextLifted,
    "text/reopened": TextReopened,
    "text/answered": TextAnswered,
    "text/initialled": TextInitialled,
    "text/voided": TextVoided,
    "text/withdrawn": TextWithdrawn,
    "text/adopted": TextAdopted,
    "instrument/prepared": InstrumentPrepared,
    "instrument/readied": InstrumentReadied,
    "instrument/signed": InstrumentSigned,
    "instrument/ratified": InstrumentRatified,
    "understanding/invoked": UnderstandingInvoked,
    "position/stated": PositionStated,
    "outcome/told": OutcomeTold,
}
KINDS: dict[type[Payload], str] = {struct: kind for kind, struct in PAYLOADS.items()}


def spell(payload: Payload) -> bytes:
    """The canonical bytes of a payload: what its commitment is over."""
    return canonical(payload)


def read(kind: str, raw: bytes) -> Payload:
    """Read a payload in its one accepted spelling.

    Raises BadTalk for a kind that is not of this room, for anything that does not fit the kind,
    and for bytes that are not exactly what `spell` writes.
    """
    if kind not in PAYLOADS:
        raise BadTalk(f"{kind!r} is no act of the talks; known: {', '.join(PAYLOADS)}")
    try:
        return read_canonical(raw, PAYLOADS[kind])
    except BadValue as problem:
        raise BadTalk(f"{kind}: {problem}") from problem


def _sorted_codes(codes: Iterable[str], what: str) -> None:
    listed = list(codes)
    if not listed or listed != sorted(set(listed)):
        raise BadValue(f"{what} {listed}: want one or more, sorted, each once")
    for code in listed:
        _want(_CODE, code, "a code, as VEL")


def _want(pattern: re.Pattern[str], found: str, wanted: str) -> None:
    if not pattern.fullmatch(found):
        raise BadValue(f"{found!r} is not {wanted}")
