"""Founding with the parties' own cards: whose keys, who reads, and how many decide."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.founded import centre, plan
from truceline.desk import founding
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.enrolling import Enrolled, from_cards
from truceline.desk.errors import CentreRefused
from truceline.ledger import card as cards
from truceline.ledger.audit import verify
from truceline.ledger.card import Card, officer
from truceline.ledger.errors import Malformed
from truceline.ledger.keys import from_seed
from truceline.ledger.note import MLDSA44
from truceline.values.mode import Mode

ORIGIN = "truceline.example/azores"
AGE = {
    "VEL": "age1g0kqmmk9jmznq0jsn3ts94aum90g4plxerj5mdck5mn499dfh4xs0rlkjn",
    "TOR": "age1mcdp7ja8a5l6ywjtswf8mcrrs5lp8n4pq7f2c6fyz2j9ts7a2pjqzc0sax",
    "ALD": "age18pmtahg5dxqkzcu30ja9hk3fd7k7k6jqgcuq6sgtnddv0wc83asqkap5wx",
}


def vkey(name: str, origin: str = ORIGIN) -> str:
    """The invented verifier key of an author."""
    return from_seed(f"{origin}/{name}", name.ljust(32, ".").encode()).key.vkey


def handed_in(code: str, officers: int = 3, k: int = 2, origin: str = ORIGIN) -> Card:
    """The card of a party or body."""
    return Card(
        origin=origin,
        code=code,
        vkey=vkey(code, origin),
        recipient=AGE[code],
        roots=tuple(vkey(officer(code, number), origin) for number in range(1, officers + 1)),
        k=k,
    )


VEL, TOR, ALD = handed_in("VEL"), handed_in("TOR"), handed_in("ALD", officers=0, k=0)


def live(tmp_path: Path, enrolled: Enrolled) -> Desk:
    """A live centre founded with what was handed in."""
    wanted = replace(plan(Mode.LIVE), enrolled=enrolled)
    return founding.found(tmp_path / "centre", wanted, Clock())


def test_a_live_centre_is_founded_with_the_parties_own_keys(tmp_path: Path) -> None:
    """Entry 0 lists what each handed in, no private key of theirs is here, and it verifies."""
    desk = live(tmp_path, from_cards([VEL, TOR, ALD]))
    entry = desk.log.entry(0)
    assert set(entry.vkeys) > {VEL.vkey, *VEL.roots, TOR.vkey, *TOR.roots, ALD.vkey}
    assert {line for line in entry.readers if "CENTRE" not in line} == {
        f"{code} {recipient}" for code, recipient in AGE.items()
    }
    assert entry.groups == (
        "VEL-roots 2 VEL-root-1 VEL-root-2 VEL-root-3",
        "TOR-roots 2 TOR-root-1 TOR-root-2 TOR-root-3",
        "roots all VEL-roots TOR-roots",
        "erasure all VEL-roots TOR-roots",
        "handover 2 VEL-roots TOR-roots ALD",
    )
    assert {path.name for path in (desk.folder / "keys").iterdir()} == {
        "log", "log-mldsa44", "desk", "CENTRE.age",
    }  # fmt: skip
    assert verify(desk.folder / "log", desk.log.trust, authors=True).ok


def test_an_exercise_has_officers_for_every_party(tmp_path: Path) -> None:
    """What takes several signatures can be practised: the keys are all here, and say so."""
    entry = centre(tmp_path).log.entry(0)
    assert entry.groups[0] == "VEL-roots 2 VEL-root-1 VEL-root-2 VEL-root-3"
    assert [line.partition(" ")[0] for line in entry.groups[2:]] == ["roots", "erasure", "handover"]


def test_no_one_party_decides_for_a_party_without_officers(tmp_path: Path) -> None:
    """`roots` means all parties: while one of them has none, there is no such group."""
    desk = live(tmp_path, from_cards([VEL, handed_in("TOR", officers=0, k=0)]))
    assert [line.partition(" ")[0] for line in desk.log.entry(0).groups] == ["VEL-roots"]


def test_groups_the_agreement_asks_for_stand_instead_of_the_usual(tmp_path: Path) -> None:
    """Who decides is configuration, and what is not configured is still there."""
    agreed = Enrolled(groups=("erasure 2 VEL-roots TOR-roots ALD",))
    desk = live(tmp_path, from_cards([VEL, TOR, ALD]) + agreed)
    lines = {line.partition(" ")[0]: line for line in desk.log.entry(0).groups}
    assert lines["erasure"] == agreed.groups[0]
    assert lines["handover"] == "handover 2 VEL-roots TOR-roots ALD"


BAD: dict[str, Callable[[], Enrolled]] = {
    "more than one card": lambda: from_cards([VEL, VEL]),
    "key: .*is named": lambda: from_cards([handed_in("VEL", origin="other.example/log")]),
    "no party or body": lambda: Enrolled(authors=(vkey("QQQ"),)),
    "no party or body of": lambda: Enrolled(authors=(vkey("ALD-root-1"),)),
    "a recipient of QQQ": lambda: Enrolled(readers=(f"QQQ {AGE['VEL']}",)),
    "registered already": lambda: from_cards(
        [VEL, msgspec.structs.replace(TOR, recipient=VEL.recipient)]
    ),
    "no author and no group": lambda: Enrolled(groups=("few any VEL TOR",)),
    "schema": lambda: Enrolled(groups=("a few of them",)),
}


@pytest.mark.parametrize("what", BAD)
def test_cards_that_do_not_fit_found_nothing(what: str, tmp_path: Path) -> None:
    """They are held to the log's own rules before a single byte is written."""
    with pytest.raises(CentreRefused, match=what):
        live(tmp_path, BAD[what]())
    assert list(tmp_path.iterdir()) == []


def test_a_card_reads_back_as_it_was_written() -> None:
    """One line that another program can write as well."""
    raw = cards.render(VEL)
    assert raw.startswith(b'{"code":"VEL","format":"truceline-card/1","k":2,"origin":')
    assert raw.count(b"\n") == 1
    assert cards.parse(raw) == VEL


SLIPS: dict[str, dict[str, Any]] = {
    "its name": {"vkey": vkey("TOR")},
    "its officers' order": {"roots": tuple(reversed(VEL.roots))},
    "more than there are": {"k": 4},
    "none of three": {"k": 0},
    "its recipient": {"recipient": AGE["VEL"][:-1] + "q"},
    "its algorithm": {"vkey": from_seed(f"{ORIGIN}/VEL", bytes(32), MLDSA44).key.vkey},
    "a code too long": {"code": "V" * 25},
    "a path for a code": {"code": "../VEL"},
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_card_with_a_slip_is_refused(slip: str) -> None:
    """A wrong line in a card is found by the one who reads it, not months later by nobody."""
    with pytest.raises(Malformed):
        cards.parse(cards.render(msgspec.structs.replace(VEL, **SLIPS[slip])))


@given(st.integers(0, 700), st.binary(min_size=1, max_size=4))
def test_a_damaged_card_is_refused_and_nothing_else(at: int, piece: bytes) -> None:
    """Whatever a file holds, reading it as a card says Malformed or gives a whole card."""
    raw = cards.render(VEL)
    bent = raw[:at] + piece + raw[at + len(piece) :]
    try:
        read = cards.parse(bent)
    except Malformed:
        return
    assert cards.parse(cards.render(read)) == read
