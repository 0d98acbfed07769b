"""Who takes part in a centre: keys parties hand in on cards, or, in an exercise, keys made here.

Groups that decide together are drawn from the parties' officers: `<P>-roots` for each party, and
`roots`, `erasure` and `handover` once every party has officers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.coordination.charter import Charter
from truceline.desk.errors import CentreRefused
from truceline.ledger import entry
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.card import Card, officer
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import LedgerError
from truceline.ledger.keys import generate, save
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.sealing import SUFFIX, generate_identity, save_identity
from truceline.values.audience import CENTRE

OFFICERS = 3
ENOUGH = 2
COMMON = ("roots", "erasure", "handover")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What the founding entry says of those who take part; lines as in docs/formats/entry.md."""

    authors: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __add__(self, other: "Enrolled") -> "Enrolled":
        return Enrolled(
            authors=self.authors + other.authors,
            readers=self.readers + other.readers,
            groups=self.groups + other.groups,
        )


NOBODY = Enrolled()


def from_cards(cards: Sequence[Card]) -> Enrolled:
    """What the cards handed in come to; CentreRefused if a party handed in two."""
    codes = [card.code for card in cards]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise CentreRefused(f"{', '.join(twice)}: more than one card; ask which of them holds")
    return Enrolled(
        authors=tuple(vkey for card in cards for vkey in (card.vkey, *card.roots)),
        readers=tuple(f"{card.code} {card.recipient}" for card in cards),
        groups=tuple(card.group for card in cards if card.group),
    )


def make_own(keys: Path, origin: str) -> Enrolled:
    """Make and keep what every centre has: the desk's key, and the identity it reads with."""
    return _make(keys, origin, "desk") + _make_reader(keys, CENTRE)


def make_exercise(keys: Path, charter: Charter, given: Enrolled) -> Enrolled:
    """Make and keep the keys of parties and bodies that handed in none; parties get officers."""
    had = authors_in(given)
    made = Enrolled()
    for body in (*charter.parties, *charter.bodies):
        if body.code not in had | {CENTRE}:
            made += _make(keys, charter.origin, body.code) + _make_reader(keys, body.code)
    for party in charter.party_codes:
        officers = tuple(officer(party, number) for number in range(1, OFFICERS + 1))
        if not had & {party, *officers}:
            for one in officers:
                made += _make(keys, charter.origin, one)
            made += Enrolled(groups=(f"{party}-roots {ENOUGH} {' '.join(officers)}",))
    return made


def common_groups(charter: Charter, enrolled: Enrolled) -> tuple[str, ...]:
    """The groups of several parties; none while a party has no officers to stand for it."""
    defined = {line.partition(" ")[0] for line in enrolled.groups}
    roots = [f"{party}-roots" for party in charter.party_codes]
    if not roots or not set(roots) <= defined:
        return ()
    guarantors = [code for code in charter.guarantors if code in authors_in(enrolled)]
    sides = [*roots, *guarantors]
    enough = len(sides) - 1 if len(sides) > 2 else len(sides)
    lines = {
        "roots": f"roots all {' '.join(roots)}",
        "erasure": f"erasure all {' '.join(roots)}",
        "handover": f"handover {enough} {' '.join(sides)}",
    }
    return tuple(line for nick, line in lines.items() if nick not in defined)


def refuse_unusable(charter: Charter, given: Enrolled) -> None:
    """CentreRefused unless a log of this name would take what was handed in, by its own rules."""
    known = {body.code for body in (*charter.parties, *charter.bodies)}
    allowed = known | {f"{party}-root-" for party in charter.party_codes}
    for author in sorted(authors_in(given)):
        if author.rstrip("0123456789") not in allowed and author not in known:
            raise CentreRefused(f"a card of {author}: no party or body of that code in the terms")
    for code in sorted({line.partition(" ")[0] for line in given.readers} - known):
        raise CentreRefused(f"a recipient of {code}: no party or body of that code in the terms")
    desk = generate(f"{charter.origin}/desk")
    genesis = Head(charter.origin, 0, EMPTY_ROOT)
    door = Door(
        log_publics=frozenset(),
        root_at={0: EMPTY_ROOT}.get,
        holds_blob=lambda _ref: True,
    )
    try:
        raw = entry.make(
            charter.origin,
            desk,
            kind="centre/founded",
            author="desk",
            seq=1,
            prev="",
            seen=genesis,
            claimed_us=0,
            mode=charter.mode,
            vkeys=(desk.key.vkey, *given.authors),
            readers=given.readers,
            groups=(*given.groups, *common_groups(charter, given)),
        )
        admit(raw, State(origin=charter.origin), door)
    except LedgerError as problem:
        raise CentreRefused(f"what was handed in cannot found a centre: {problem}") from problem


def authors_in(enrolled: Enrolled) -> set[str]:
    """The author codes whose keys are listed."""
    return {_code(vkey) for vkey in enrolled.authors}


def _code(vkey: str) -> str:
    return vkey.split("+", 1)[0].rpartition("/")[2]


def _make(keys: Path, origin: str, author: str) -> Enrolled:
    signer = generate(f"{origin}/{author}")
    save(signer, keys / author)
    return Enrolled(authors=(signer.key.vkey,))


def _make_reader(keys: Path, code: str) -> Enrolled:
    made = generate_identity()
    save_identity(made, keys / f"{code}{SUFFIX}")
    return Enrolled(readers=(f"{code} {made.recipient}",))
