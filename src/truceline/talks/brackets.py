"""A bracket: what is not agreed yet, the options on the table, and who stands where.

    open ──▶ ad_referendum ──▶ agreed
      ▲            │              │
      └────────────┴── reopened ──┘

Agreed when every voice supports one option, ad referendum while any of them does so subject to its
capital. An option that lacks a language cannot be agreed, whoever supports it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from truceline.talks.acts import OUT, BracketSet


class State(StrEnum):
    """Where a bracket stands."""

    OPEN = "open"
    AD_REFERENDUM = "ad_referendum"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to fill a bracket. by: who offered it; value: what a parameter would be set to."""

    id: str
    words: Mapping[str, str]
    value: str = ""
    by: str = ""

    def lacks(self, languages: Sequence[str]) -> tuple[str, ...]:
        """The languages it has no words in. Words left out are left out in every language."""
        if self.id == OUT:
            return ()
        return tuple(one for one in languages if not self.words.get(one, "").strip())


@dataclass(frozen=True, slots=True)
class Support:
    """A voice behind an option; reserved: subject to its capital."""

    option: str
    reserved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """One bracket of one article."""

    id: str
    kind: str
    bind: str = ""
    options: tuple[Option, ...] = ()
    supports: Mapping[str, Support] = field(default_factory=dict)

    def option(self, name: str) -> Option | None:
        """An option by its id; None where nobody offered it."""
        return next((one for one in self.options if one.id == name), None)

    def chosen(self, voices: Sequence[str], languages: Sequence[str]) -> Option | None:
        """The option every voice is behind, reserves or not; None while there is none."""
        named = {self.supports[one].option if one in self.supports else "" for one in voices}
        found = self.option(named.pop()) if len(named) == 1 else None
        return found if found is not None and not found.lacks(languages) else None

    def state(self, voices: Sequence[str], languages: Sequence[str]) -> State:
        """Where it stands between these voices."""
        if self.chosen(voices, languages) is None:
            return State.OPEN
        reserved = any(self.supports[one].reserved for one in voices)
        return State.AD_REFERENDUM if reserved else State.AGREED

    def offered(self, option: Option) -> "Bracket":
        """With an option added or worded anew; support for other words does not carry over."""
        others = tuple(one for one in self.options if one.id != option.id)
        kept = {who: one for who, one in self.supports.items() if one.option != option.id}
        options = tuple(sorted((*others, option), key=lambda one: one.id))
        return replace(self, options=options, supports=kept)

    def supported(self, who: str, support: Support) -> "Bracket":
        """With a voice behind an option."""
        return replace(self, supports={**self.supports, who: support})

    def left(self, who: str) -> "Bracket":
        """Without what a voice was behind."""
        kept = {one: held for one, held in self.supports.items() if one != who}
        return replace(self, supports=kept)


def bracket_of(proposed: BracketSet, before: Bracket | None) -> Bracket:
    """The bracket an article is proposed with: options stay on the table, support does not.

    What was supported stood in other words.
    """
    fresh = Bracket(id=proposed.id, kind=proposed.kind, bind=proposed.bind)
    if before is not None and (before.kind, before.bind) == (proposed.kind, proposed.bind):
        return replace(fresh, options=before.options)
    if proposed.kind == "optional":
        return replace(fresh, options=(Option(id=OUT, words={}),))
    return fresh
