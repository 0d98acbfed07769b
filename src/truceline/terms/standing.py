"""How a duty or a power stands at an instant."""

from dataclasses import dataclass

OPEN = frozenset({"pending", "due", "claimed", "disputed", "overdue", "suspended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state word with the instants it rests on.

    word: latent, pending, due, claimed, disputed, met, met_late, overdue, breached, suspended,
        waived, terminated; for a power latent, available, exercised, exercised_without_basis.
    since_us: when it became so, where one instant says; due_us: the limit, moved on by
        suspensions; None: no limit, so it can never be overdue.
    """

    word: str
    clause: str
    bearer: str
    instance: str = ""
    aliases: tuple[str, ...] = ()
    trigger_us: int | None = None
    due_us: int | None = None
    limit_us: int | None = None
    since_us: int | None = None
    record: str = ""

    def named(self, instance: str) -> bool:
        """Whether an instance is called so."""
        return instance == self.instance or instance in self.aliases


def key_of(clause: str, bearer: str, instance: str = "") -> str:
    """`clause/party` or `clause/party@instance`."""
    return f"{clause}/{bearer}@{instance}" if instance else f"{clause}/{bearer}"
