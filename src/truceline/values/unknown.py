"""Not knowing is an answer, and it has a reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A value nobody gave, and why.

    reason: a lower-case code: `not_given`, `not_observed`, `withheld`, `erased`, `unreadable`.
    said: the words of the source about it, as given; empty if it said nothing.
    """

    reason: str
    said: str = ""


NOT_GIVEN = Unknown(reason="not_given")
