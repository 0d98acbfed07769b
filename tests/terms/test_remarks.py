"""What each kind finds unusual in a clause: said to whoever encodes it, never a refusal."""

from typing import Any

import msgspec
import pytest

from tests.terms.test_golden_cases import GOLDEN
from truceline.terms.clauses import CLAUSES
from truceline.terms.document import Clause, Done, Trigger
from truceline.terms.loading import load

OWN = (
    "convene",
    "demine",
    "exchange",
    "no_interference",
    "no_mines",
    "no_reinforcement",
    "notify",
    "terminate",
    "verify",
)


def remarks(kind: str, **changed: Any) -> list[str]:
    """What is found odd in the clause of a kind's golden agreement, with some fields changed."""
    raw = (GOLDEN / kind / "terms.yaml").read_bytes()
    clause: Clause = load(raw).agreement.clause("a1.rule")
    odd = msgspec.structs.replace(clause, **changed)
    return [found for found, _ in CLAUSES[kind].check(odd)]


@pytest.mark.parametrize("kind", OWN)
def test_a_clause_written_as_agreed_draws_no_remark(kind: str) -> None:
    """Who sees a remark on everything reads none."""
    assert remarks(kind) == []


@pytest.mark.parametrize("kind", ["convene", "demine", "exchange", "notify", "verify"])
def test_a_duty_without_a_limit_is_said_never_to_be_overdue(kind: str) -> None:
    """A lawyer who forgot the limit must hear of it before the parties sign."""
    (found,) = remarks(kind, due=None)
    assert "can never be overdue" in found


@pytest.mark.parametrize(
    ("kind", "changed", "said"),
    [
        ("exchange", {"done": Done(record="released")}, "on the word of whoever enters it"),
        ("demine", {"done": Done(record="cleared")}, "nobody but the party itself"),
        ("convene", {"who": ()}, "every party must convene alone"),
        ("verify", {"who": ()}, "every party must make alone"),
        ("notify", {"trigger": Trigger()}, "neither an event nor a day"),
        ("no_interference", {"act": ("obstruct.monitor.denial",)}, "does not cover jamming"),
        ("no_mines", {"act": ("presence.mine",)}, "names a presence"),
        ("no_reinforcement", {"attr": None}, "every presence, old or new"),
        ("terminate", {"effect": "suspend"}, "only suspends"),
        ("terminate", {"on": ()}, "names no clause"),
    ],
)
def test_what_is_easily_forgotten_is_named(kind: str, changed: dict[str, Any], said: str) -> None:
    """Each kind knows the one thing that is forgotten in such clauses."""
    (found,) = remarks(kind, **changed)
    assert said in found
