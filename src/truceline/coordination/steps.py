"""What happened to a complaint or a window, act by act, refused acts included."""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.coordination.event import Event
from truceline.coordination.wording import REFUSALS
from truceline.values.errors import TrucelineError

CLOCK = "clock"


class ActRefused(TrucelineError):
    """The rules of coordination do not allow this act now; the state is unchanged.

    code: which rule, a key of `wording.REFUSALS`, so that a page can say it in its language.
    """

    def __init__(self, code: str, where: str, detail: str = "") -> None:
        """Say which rule refused, what it was about, and the numbers it turned on."""
        self.code = code
        tail = f" ({detail})" if detail else ""
        super().__init__(f"{where}: {REFUSALS[code].en}{tail}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a history.

    entry: the act's place in the ledger; None where only time passed (`kind` is then `clock`).
    state: how things stood after it. refused: code of the rule that kept the act from counting.
    relayed: somebody else's key stands under the actor's word.
    """

    entry: int | None
    kind: str
    actor: str
    at_us: int
    state: str
    refused: str = ""
    relayed: bool = False
    wording: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """An act that found nothing to act on: kept, shown, and without effect."""

    entry: int
    kind: str
    actor: str
    about: str
    refused: str


def step(event: Event, at_us: int, state: str, refused: str = "") -> Step:
    """Note one act in a history."""
    return Step(
        entry=event.entry,
        kind=event.kind,
        actor=event.actor,
        at_us=at_us,
        state=state,
        refused=refused,
        relayed=event.relayed,
        wording=getattr(event.payload, "wording", ""),
        language=getattr(event.payload, "language", "und"),
    )


def refused(history: Iterable[Step]) -> tuple[Step, ...]:
    """The acts of a history that the rules did not let count."""
    return tuple(step for step in history if step.refused)
