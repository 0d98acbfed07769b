"""How sure a speaker is: `high` only by rules whose precision on a hand-made key is .95 or more."""

from truceline.talks.reading import phrases as np
from truceline.talks.reading.speaker import Choice

_DIRECT = frozenset({"after", "inverted", "before", "goes-on", "group", "according", "inside"})
_FIRM = frozenset({np.PERSON, np.UNNAMED, np.OFFICE, np.BODY, np.PARTY})
_LOW = frozenset({"previous", "previous-subject", "subject", "possessive"})


def grade(choice: Choice, ref: str | None, kind: str, paragraphs_back: int) -> str:
    """High, medium or low. paragraphs_back: how far a pronoun's name stands before it."""
    if ref is None or choice.rule in _LOW:
        return "low"
    if choice.rule not in _DIRECT:
        return "medium"
    if _led_astray(choice, ref):
        return "medium"
    if choice.phrase.kind == np.PRONOUN:
        return "high" if paragraphs_back <= 1 and choice.phrase.head in {"m", "f"} else "medium"
    if choice.phrase.kind not in _FIRM or (choice.rule == "goes-on" and kind != "full"):
        return "medium"
    return "high" if kind != "nested" else "low"


def _led_astray(choice: Choice, ref: str) -> bool:
    """An office or a pronoun that leads back to nobody with a name, or “a diplomat” to somebody."""
    nameless = ref.startswith("s:") and choice.phrase.kind in {np.OFFICE, np.PRONOUN}
    return nameless or (ref.startswith("p:") and choice.phrase.kind == np.UNNAMED)
