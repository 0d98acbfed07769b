"""Verbs that carry somebody's words, in their forms."""

import re
from dataclasses import dataclass
from functools import lru_cache

from truceline.talks.reading.words import english, slavic

_CONTRACTED = re.compile(r".*[’'](?:t|re|ve|ll|d|m|s)$")
_SLAVIC_END = re.compile(
    r"^(?:в|ает|яет|ла|ли|л|ло|вши|є|ють|уть|ет|ют|ут|ит|ят|ають|ає|ують|ує|ював|ювала|вав|вала|вало|"
    r"вали|вал|вала|"
    r"ал|ала|али|в|ти|ть|вався|лася|лся|лась|вся|лися|лись|л|ив|ила|или|ил|ны|на|н|ен|ена|ено|,)?$"
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of saying.

    base: the dictionary form (a stem in Ukrainian and Russian). finite: can it stand with a
        subject alone? gender: m, f or p where the form tells, as in Russian.
    """

    base: str
    finite: bool
    gender: str = ""


def _english_forms() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for base in english.SAYING | english.WEAK | english.CALLING:
        root = base.removesuffix("e")
        past = base + "d" if base.endswith("e") else base + "ed"
        third = base + ("es" if re.search(r"(?:s|sh|ch|x|z)$", base) else "s")
        if re.search(r"[^aeiou]y$", base):
            past, third = base[:-1] + "ied", base[:-1] + "ies"
        for form, finite in ((past, True), (third, True), (root + "ing", False), (base, True)):
            table.setdefault(form, Verb(base, finite))
    for form, base in english.SAID.items():
        table[form] = Verb(base, not form.endswith("ing"))
    for noun in _NOUNS:  # “their claims”, “a report”: a noun far more often than a verb
        table.pop(noun, None)
        table.pop(noun + "s", None)
    return table


_NOUNS = (
    "state",
    "list",
    "use",
    "name",
    "order",
    "report",
    "task",
    "brief",
    "read",
    "go",
    "question",
    "claim",
    "note",
    "comment",
    "request",
    "promise",
    "offer",
    "charge",
    "estimate",
    "protest",
    "signal",
    "pledge",
    "post",
    "mention",
    "appeal",
    "address",
    "challenge",
    "label",
    "lament",
    "blame",
    "boast",
    "praise",
    "threat",
    "object",
    "outline",
    "point",
    "voice",
    "request",
    "exclaim",
    "show",
    "sign",
    "hope",
    "judge",
    "rule",
    "brand",
    "joke",
    "quote",
    "raise",
    "back",
    "reach",
    "task",
    "term",
    "answer",
    "reply",
    "detail",
    "complain",
    "demand",
    "cause",
    "feel",
    "welcome",
    "charge",
    "welcome",
    "support",
    "hint",
    "indicate",
    "address",
    "task",
    "reason",
    "see",
    "look",
    "put",
    "order",
    "hear",
    "call",
    "test",
    "condition",
    "react",
    "fear",
    "broadcast",
    "alert",
    "urge",
)


_FORMS = _english_forms()


@lru_cache(maxsize=65_536)
def verb(low: str) -> Verb | None:
    """The verb of saying a word in lower case is a form of, or None."""
    found = _FORMS.get(low)
    if found is not None or low.isascii():
        return found
    for stem in slavic.SAYING_STEMS:
        if low.startswith(stem) and _SLAVIC_END.match(low[len(stem) :]):
            return Verb(stem, finite=not low.endswith(("ти", "ть", "вши")), gender=_gender(low))
    return None


def _gender(low: str) -> str:
    bare = re.sub(r"(?:ся|сь)$", "", low)
    if bare.endswith("ла"):
        return "f"
    if bare.endswith("ли"):
        return "p"
    return "m" if bare.endswith(("в", "л")) else ""


def says(low: str) -> bool:
    """Whether it is a finite verb of saying, strong enough to speak for a name before it."""
    found = verb(low)
    return found is not None and found.finite and found.base not in english.WEAK


def is_contraction(low: str) -> bool:
    """don't, we've: never part of a name."""
    return bool(_CONTRACTED.match(low))
