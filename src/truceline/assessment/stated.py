"""What sources say of harm to civilians, and claimants of places and strikes: statements, dated."""

import re
from typing import Literal

from truceline.assessment.policy import Payload
from truceline.values.errors import BadValue

Language = Literal["en", "uk", "ru", "und"]
Harm = Literal["dead", "wounded", "without_heat", "without_power"]
Account = Literal["holds", "took", "lost", "struck", "hit_by", "debris_of"]

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SUBJECT = re.compile(r"I-[A-Za-z0-9]+|C-[0-9]{4,}")


class HarmReported(Payload, frozen=True, kw_only=True):
    """`harm/reported`: harm to civilians as one source gives it. There is no field for a name.

    event: the incident. source_type: kind of source, as `hospital`; origin: whose word it rests on.
    at_least: a lower bound. sex and age are of all those counted, or unknown.
    """

    event: str
    harm: Harm
    at_least: int
    source_type: str
    origin: str
    sex: Literal["female", "male", "unknown"] = "unknown"
    age: Literal["child", "adult", "unknown"] = "unknown"

    def __post_init__(self) -> None:
        _want(_SUBJECT, self.event, "an incident, as I-ABCDEFGH")
        if self.at_least < 0:
            raise BadValue(f"at_least {self.at_least}: people are counted from 0")


class AccountStated(Payload, frozen=True, kw_only=True):
    """`account/stated`: what one claimant says of a place or a strike, dated; never a shared truth.

    claimant: whose account it is. subject: the place or the strike, by the code it is spoken of.
    of: who is said to hold, to have struck, or whose weapon or debris it was.
    """

    claimant: str
    account: Account
    subject: str
    of: str
    at_us: int
    wording: str = ""
    language: Language = "und"

    def __post_init__(self) -> None:
        _want(_CODE, self.claimant, "a claimant, as VEL")
        _want(_CODE, self.subject, "a place or strike, as halden_mill")


def _want(pattern: re.Pattern[str], found: str, wanted: str) -> None:
    if not pattern.fullmatch(found):
        raise BadValue(f"{found!r} is not {wanted}")
