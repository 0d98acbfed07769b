"""The payloads of every act on a case.

Defaults are left out when written, so a field added later does not change the spelling of an act
already in the ledger. No payload has a field for a person's name: whoever acts is called by the
code of the post they hold.
"""

import re
from typing import Literal

from truceline.assessment.policy import Payload, PolicyAdopted, Severity
from truceline.assessment.stated import AccountStated, HarmReported
from truceline.values.canonical import read_canonical
from truceline.values.errors import BadValue

Language = Literal["en", "uk", "ru", "und"]
Level = Literal["V0_RECEIVED", "V1_ALLEGED", "V2_OBSERVED", "V3_CORROBORATED", "V4_VERIFIED"]
Side = Literal["unable", "not_substantiated", "withdrawn", "duplicate"]
Hindrance = Literal["", "access_denied", "no_coverage", "elapsed"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]
Attributed = Literal["claimed", "indicated", "assessed", "undetermined"]
Outcome = Literal["adopted", "not_adopted", "no_decision"]

_CASE = re.compile(r"A-(0|[1-9][0-9]{0,14})")
_CLAIM = re.compile(r"(?:0|[1-9][0-9]*)#[1-9][0-9]*")
_SUBJECT = re.compile(r"I-[A-Za-z0-9]+|C-[0-9]{4,}")


class BadCaseAct(BadValue):
    """The payload of an act on a case cannot be read; the message says what is wrong."""


class CaseOpened(Payload, frozen=True, kw_only=True):
    """`case/opened`: an incident or a complaint is looked into. Its number is `A-` and its entry.

    complainant: whose allegation it is; empty where the mechanism itself came upon it.
    """

    subject: str
    question: str
    language: Language = "und"
    complainant: str = ""

    def __post_init__(self) -> None:
        _want(_SUBJECT, self.subject, "an incident or a complaint, as I-ABCDEFGH or C-0001")


class OnCase(Payload, frozen=True, kw_only=True):
    """An act on one case. person: the post of whoever acts, as `reviewer-2`, never a name."""

    case: str
    person: str = ""
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        _want(_CASE, self.case, "a case, as A-412")


class CaseEvidence(OnCase, frozen=True, kw_only=True):
    """`case/evidence`: a claim is laid before the case, graded on two scales that stay apart.

    origin: equal for claims that rest on one word; they count once. owner: who reported it.
    party: the party whose word it is; empty where it is nobody's. direct: the mechanism's own
    monitor or sensor perceived it. reliability is of the source, credibility of this one item.
    """

    claim: str
    origin: str
    owner: str
    party: str = ""
    direct: bool = False
    reliability: Reliability = "F"
    credibility: Credibility = 6

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        _want(_CLAIM, self.claim, "a claim, as 17#3")


class CaseEvidenceOut(OnCase, frozen=True, kw_only=True):
    """`case/evidence-out`: a claim no longer counts in this case; it stays on the record."""

    claim: str


class CaseSourceGraded(OnCase, frozen=True, kw_only=True):
    """`case/source-graded`: how reliable the source of a claim is, A to F."""

    claim: str
    reliability: Reliability


class CaseItemGraded(OnCase, frozen=True, kw_only=True):
    """`case/item-graded`: how credible this one item is, 1 to 6."""

    claim: str
    credibility: Credibility


class CaseTasked(OnCase, frozen=True, kw_only=True):
    """`case/tasked`: somebody is asked to verify, by an instant."""

    to: str
    due_us: int


class CaseTaskDone(OnCase, frozen=True, kw_only=True):
    """`case/task-done`: what came of a task, named by its entry.

    hindrance: why it could not be done, empty where it was; by: who denied access.
    """

    task: int
    hindrance: Hindrance = ""
    by: str = ""

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        _denied_by_somebody(self.hindrance, self.by)


class CaseChecked(OnCase, frozen=True, kw_only=True):
    """`case/checked`: the mechanism went and looked. method: how; custody: the evidence kept."""

    method: str
    custody: str

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if not self.method.strip() or not self.custody.strip() or not self.person:
            raise BadValue(
                "a check names its method, the evidence in custody and the post it was by"
            )


class CaseReviewed(OnCase, frozen=True, kw_only=True):
    """`case/reviewed`: a second person went over a check, named by its entry."""

    check: int


class CaseVerified(OnCase, frozen=True, kw_only=True):
    """`case/verified`: the case is taken up to a level its evidence supports."""

    level: Level


class CaseSetAside(OnCase, frozen=True, kw_only=True):
    """`case/set-aside`: it goes no further, and why. It stays on the record and in every count."""

    side: Side
    hindrance: Hindrance = ""
    by: str = ""
    duplicate_of: str = ""

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        _denied_by_somebody(self.hindrance, self.by)
        if (self.side == "unable") != bool(self.hindrance):
            raise BadValue("`unable` says what stood in the way, and nothing else does")
        if (self.side == "duplicate") != bool(self.duplicate_of):
            raise BadValue("`duplicate` says of which case, and nothing else does")
        if self.side == "not_substantiated" and not self.wording.strip():
            raise BadValue("say why it is not substantiated; others will read it")


class CaseResumed(OnCase, frozen=True, kw_only=True):
    """`case/resumed`: a case set aside is taken up again."""


class CaseExplained(OnCase, frozen=True, kw_only=True):
    """`case/explained`: why a case stays at "alleged" and nobody is sent."""

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if not self.wording.strip():
            raise BadValue("say why nobody is sent; others will read it")


class CaseHeld(OnCase, frozen=True, kw_only=True):
    """`case/held-against`: the case held against one clause in one version and reading."""

    clause: str
    version: str
    meets: bool | None = None


class CaseAttributed(OnCase, frozen=True, kw_only=True):
    """`case/attributed`: by whom, as far as it goes: one, several or none.

    standard: the standard of proof, needed where it is assessed.
    """

    state: Attributed
    actors: tuple[str, ...] = ()
    standard: str = ""

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if list(self.actors) != sorted(set(self.actors)):
            raise BadValue(f"actors {list(self.actors)}: sorted, each once")
        if (self.state == "undetermined") != (not self.actors):
            raise BadValue("an attribution names somebody, and `undetermined` names nobody")
        if self.state == "assessed" and not self.standard:
            raise BadValue("an assessed attribution names its standard of proof")


class CaseGraded(OnCase, frozen=True, kw_only=True):
    """`case/graded`: the facts the agreed matrix reads the severity from."""

    facts: tuple[str, ...]

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if list(self.facts) != sorted(set(self.facts)):
            raise BadValue(f"facts {list(self.facts)}: sorted, each once")


class CaseOverride(OnCase, frozen=True, kw_only=True):
    """`case/severity-override`: a class other than the matrix's; counts once it is seconded."""

    severity: Severity

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if not self.wording.strip() or not self.person:
            raise BadValue("an override needs a reason and the post of whoever proposes it")


class CaseSeconded(OnCase, frozen=True, kw_only=True):
    """`case/override-seconded`: a second person stands behind an override, named by its entry."""

    override: int


class CasePut(OnCase, frozen=True, kw_only=True):
    """`case/put`: what it is proposed to find goes to those it concerns, and their time runs.

    parties: who may reply. actors: to whom it is proposed to attribute it. The wording is the
    draft, and says nothing finer than those parties may see.
    """

    parties: tuple[str, ...]
    actors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if not self.parties or list(self.parties) != sorted(set(self.parties)):
            raise BadValue(f"parties {list(self.parties)}: one or more, sorted, each once")


class CaseReplied(OnCase, frozen=True, kw_only=True):
    """`case/replied`: what a party says to it, in its own words; goes with the finding for ever."""


class CaseWaived(OnCase, frozen=True, kw_only=True):
    """`case/waived`: a party needs no more time to reply."""


class CaseAnswered(OnCase, frozen=True, kw_only=True):
    """`case/attribution-answered`: a party accepts or contests the attribution put to it."""

    accepts: bool


class CaseTabled(OnCase, frozen=True, kw_only=True):
    """`case/tabled`: the case goes before a stage."""

    stage: str


class CaseVoted(OnCase, frozen=True, kw_only=True):
    """`case/voted`: a member's vote at the stage before which the case lies."""

    vote: Literal["yes", "no", "abstain"]


class CaseDecided(OnCase, frozen=True, kw_only=True):
    """`case/decided`: what the votes come to under the agreed rule."""

    outcome: Outcome


class CaseDissented(OnCase, frozen=True, kw_only=True):
    """`case/dissented`: a reservation or dissent; it goes with the finding for ever."""

    form: Literal["reservation", "dissent"]


class CaseReleased(OnCase, frozen=True, kw_only=True):
    """`case/released`: the finding goes out to all with a seat, replies and dissent with it."""


class CaseResponded(OnCase, frozen=True, kw_only=True):
    """`case/responded`: a step of the escalation ladder was taken."""

    rung: str


class CaseRemedyOwed(OnCase, frozen=True, kw_only=True):
    """`case/remedy-owed`: what a party is to put right, by when."""

    party: str
    due_us: int


class CaseRemedied(OnCase, frozen=True, kw_only=True):
    """`case/remedied`: it was put right; evidence: the id of what shows it."""

    evidence: str

    def __post_init__(self) -> None:
        OnCase.__post_init__(self)
        if not self.evidence.strip():
            raise BadValue(
                "closed as remedied needs an evidence id: the claim or blob that shows it"
            )


PAYLOADS: dict[str, type[Payload]] = {
    "policy/adopted": PolicyAdopted,
    "case/opened": CaseOpened,
    "case/evidence": CaseEvidence,
    "case/evidence-out": CaseEvidenceOut,
    "case/source-graded": CaseSourceGraded,
    "case/item-graded": CaseItemGraded,
    "case/tasked": CaseTasked,
    "case/task-done": CaseTaskDone,
    "case/explained": CaseExplained,
    "case/checked": CaseChecked,
    "case/reviewed": CaseReviewed,
    "case/verified": CaseVerified,
    "case/set-aside": CaseSetAside,
    "case/resumed": CaseResumed,
    "case/held-against": CaseHeld,
    "case/attributed": CaseAttributed,
    "case/graded": CaseGraded,
    "case/severity-override": CaseOverride,
    "case/override-seconded": CaseSeconded,
    "case/put": CasePut,
    "case/replied": CaseReplied,
    "case/waived": CaseWaived,
    "case/attribution-answered": CaseAnswered,
    "case/tabled": CaseTabled,
    "case/voted": CaseVoted,
    "case/decided": CaseDecided,
    "case/dissented": CaseDissented,
    "case/released": CaseReleased,
    "case/responded": CaseResponded,
    "case/remedy-owed": CaseRemedyOwed,
    "case/remedied": CaseRemedied,
    "harm/reported": HarmReported,
    "account/stated": AccountStated,
}
KIND = {struct: kind for kind, struct in PAYLOADS.items()}


def read(kind: str, raw: bytes) -> Payload:
    """Read a payload in its one accepted spelling; BadCaseAct says what does not fit."""
    if kind not in PAYLOADS:
        raise BadCaseAct(f"{kind!r} is no act on a case; known: {', '.join(PAYLOADS)}")
    try:
        return read_canonical(raw, PAYLOADS[kind])
    except BadValue as problem:
        raise BadCaseAct(f"{kind}: {problem}") from problem


def _denied_by_somebody(hindrance: str, by: str) -> None:
    if (hindrance == "access_denied") != bool(by):
        raise BadValue("access denied says by whom, and nothing else does")


def _want(pattern: re.Pattern[str], found: str, wanted: str) -> None:
    if not pattern.fullmatch(found):
        raise BadValue(f"{found!r} is not {wanted}")
