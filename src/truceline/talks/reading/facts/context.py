"""What an extractor is given, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from truceline.talks.reading.dates import Day
from truceline.talks.reading.document import Span
from truceline.talks.reading.numbers import Number
from truceline.talks.reading.people import Mention
from truceline.talks.reading.speaker import Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence with what is known about it.

    file: the whole text the spans are places in.
    attributed_to: who is said to say it, a reference, or None where the account says it itself.
    """

    file: str
    span: Span
    parsed: Parsed
    days: tuple[Day, ...]
    numbers: tuple[Number, ...]
    mentions: tuple[Mention, ...]
    attributed_to: str | None

    @property
    def text(self) -> str:
        """The sentence's own characters."""
        return self.span.of(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A fact proposed: where it stands, its typed fields, the rule that found it."""

    kind: str
    span: Span
    fields: Mapping[str, object] = field(default_factory=dict)
    confidence: str = "medium"
    rule: str = ""
