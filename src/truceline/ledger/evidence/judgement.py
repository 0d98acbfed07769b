"""The outcome of judging a file: what is shown, who answers for it, and what is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from truceline.ledger.evidence import words

FORMAT = "truceline-judged/1"
PROVED, NOT_PROVED, REFUSED = 0, 1, 2
_WHOLE = ("case", "receipt")  # they accuse nobody


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was found; its words are in the catalogue under `code`."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    holds: bool = True


@dataclass(slots=True, kw_only=True)
class Judgement:
    """What an evidence file comes to by one reader's trust file.

    culprits: who answers for it: the log by its origin, an author by code, a witness by name.
    entry: the index concerned, leaf: its hash; None and "" where no one entry is.
    status: PROVED, NOT_PROVED, or REFUSED where it could not be judged.
    """

    kind: str
    origin: str
    status: int = PROVED
    culprits: tuple[str, ...] = ()
    entry: int | None = None
    leaf: str = ""
    points: list[Point] = field(default_factory=list)

    @property
    def proved(self) -> bool:
        """Whether what the file claims is shown."""
        return self.status == PROVED

    def found(self, code: str, **facts: str | int) -> None:
        """Note something that holds."""
        self.points.append(Point(code, facts))

    def failed(self, why: str, status: int = NOT_PROVED) -> None:
        """Note that the claim is not shown, and why; nobody answers for what is not shown."""
        self.points.append(Point("not-shown", {"why": why}, holds=False))
        self.status, self.culprits = status, ()

    def lines(self, language: str) -> Iterator[str]:
        """What to print, the outcome first."""
        yield f"{words.term(self._outcome(), language)}: {words.title(self.kind, language)}"
        yield f"{words.term('log', language)}: {self.origin}"
        if self.proved and self.kind not in _WHOLE:
            who = ", ".join(self.culprits) or words.term("nobody", language)
            yield f"{words.term('culprit', language)}: {who}"
        if self.entry is not None or self.leaf:
            number = "" if self.entry is None else f"{self.entry} "
            yield f"{words.term('entry', language)}: {number}{self.leaf}".rstrip()
        yield from (
            f"  {_mark(one)} {words.point(one.code, one.facts, language)}" for one in self.points
        )
        if limits := words.limits(self.kind, language):
            yield words.term("limits", language)
            yield from (f"  · {text}" for text in limits)

    def as_fields(self, language: str) -> dict[str, object]:
        """The same as one object."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "origin": self.origin,
            "proved": self.proved,
            "culprit": list(self.culprits),
            "entry": self.entry,
            "leaf": self.leaf,
            "points": [
                {
                    "code": one.code,
                    "holds": one.holds,
                    **one.facts,
                    "text": words.point(one.code, one.facts, language),
                }
                for one in self.points
            ],
            "limits": list(words.limits(self.kind, language)),
        }

    def _outcome(self) -> str:
        if self.status == REFUSED:
            return "refused"
        if self.status == NOT_PROVED:
            return "not proved"
        return "holds" if self.kind in _WHOLE else "proved"


def _mark(point: Point) -> str:
    return "+" if point.holds else "-"
