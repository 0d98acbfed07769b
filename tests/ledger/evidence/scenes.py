"""One scene per kind of evidence: what went wrong at the centre, and the file that shows it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.ledger import rooted
from tests.ledger.founding import (
    ALD,
    DESK,
    FOUNDED_US,
    LOG_KEYS,
    ORIGIN,
    TOR,
    VEL,
    Centre,
    found,
)
from tests.ledger.rewriting import altered, rewrite
from truceline.ledger import checkpoint, entry, note
from truceline.ledger.append import Appender
from truceline.ledger.checkpoint import Head
from truceline.ledger.evidence import making
from truceline.ledger.evidence.making import Record
from truceline.ledger.keys import Signer
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.policy import Policy
from truceline.ledger.verifying import log_get
from truceline.values.canonical import canonical
from truceline.values.instant import MINUTE_US
from truceline.values.mode import Mode

__all__ = ["ALD", "DESK", "LOG_KEYS", "ORIGIN", "TOR", "VEL", "Policy", "altered"]

REWRITTEN = 5
REVOKED_FROM = 3


@dataclass
class Scene:
    """A centre, an evidence file about it, and the trust file its reader was handed."""

    centre: Centre
    evidence: bytes
    trust: Policy
    leaf: str = ""


def peaceful(folder: Path) -> Centre:
    """A centre of twelve entries by two parties and the guarantor."""
    made = found(folder / "centre")
    made.add(3, VEL)
    made.add(3, TOR, b"02:40 nothing heard")
    with made.appender.commit(made.later()) as batch:
        batch.add(DESK, kind="key/registered", vkeys=[ALD.key.vkey])
    made.add(2, VEL)
    made.fill(2, ALD)
    return made


def shown(centre: Centre) -> Record:
    """The record as the centre shows it."""
    return Record.of(log_get(centre.path))


def fork(folder: Path) -> Scene:
    """The centre rewrote an entry of Velmark's and signed everything anew."""
    made = peaceful(folder)
    rewrite(made.log, REWRITTEN, folder / "other", TOR)
    other = Record.of(log_get(folder / "other"))
    leaf = shown(made).leaf(REWRITTEN).hex()
    return Scene(made, making.fork(shown(made), other), made.log.trust, leaf)


def fork_of_head(folder: Path) -> Scene:
    """A party kept no more than a head of eight entries; the log shown has another past."""
    made = peaceful(folder)
    rewrite(made.log, REWRITTEN, folder / "other", TOR)
    kept = made.log.head_at(7)
    assert kept is not None
    evidence = making.fork_of_head(kept, Record.of(log_get(folder / "other")))
    return Scene(made, evidence, made.log.trust)


def withheld(folder: Path) -> Scene:
    """Torrin holds a receipt; the log shown later has something else there."""
    made = peaceful(folder)
    raw, receipt = made.log.raw(REWRITTEN), made.log.prove(REWRITTEN)
    rewrite(made.log, REWRITTEN, folder / "other", TOR)
    other = Record.of(log_get(folder / "other"))
    evidence = making.withheld(raw, receipt, other)
    return Scene(made, evidence, made.log.trust, leaf_hash(raw).hex())


def forgery(folder: Path) -> Scene:
    """The centre wrote an entry in Torrin's name without Torrin's key."""
    made = peaceful(folder)
    rewrite(made.log, REWRITTEN, folder / "other")
    other = Record.of(log_get(folder / "other"))
    evidence = making.forgery(other, REWRITTEN)
    return Scene(made, evidence, made.log.trust, other.leaf(REWRITTEN).hex())


def equivocation(folder: Path) -> Scene:
    """Velmark signed two complaints as its number 2."""
    made = peaceful(folder)
    one = made.log.raw(2)
    evidence = making.equivocation(shown(made), one, altered(one, VEL))
    return Scene(made, evidence, made.log.trust, leaf_hash(one).hex())


def statement(first: str, signer: Signer, **body: object) -> bytes:
    """A one-line statement about the log, signed."""
    text = f"{first} {ORIGIN}\n".encode() + canonical(body) + b"\n"
    return note.render(text, [signer.sign(text)])


def offered(made: Centre, signer: Signer = VEL) -> bytes:
    """An entry that its author offers next."""
    author = signer.key.name.rpartition("/")[2]
    mine = [one for _, one in made.log.entries() if one.author == author]
    return entry.make(
        ORIGIN,
        signer,
        kind="report/taken",
        author=author,
        seq=len(mine) + 1,
        prev=mine[-1].leaf,
        seen=made.log.head(),
        claimed_us=made.now_us,
        mode=Mode.EXERCISE,
    )


def seen(head: Head) -> dict[str, object]:
    """A head as a statement names it."""
    return {"size": head.size, "root": base64.b64encode(head.root).decode()}


def refusal(folder: Path, code: str = "signature", raw: bytes | None = None) -> Scene:
    """The desk refused a good entry and said its signature does not hold."""
    made = peaceful(folder)
    raw = offered(made) if raw is None else raw
    leaf = leaf_hash(raw).hex()
    signed = statement(
        "truceline-refusal/v1",
        DESK,
        at=made.now_us,
        code=code,
        entry=leaf,
        head=seen(made.log.head()),
    )
    return Scene(made, making.refusal(shown(made), raw, signed), made.log.trust, leaf)


def relay(made: Centre, signer: Signer, raw: bytes, at_us: int) -> bytes:
    """A relay note by a party."""
    return statement(
        "truceline-relay/v1",
        signer,
        at=at_us,
        by=signer.key.name.rpartition("/")[2],
        entry=leaf_hash(raw).hex(),
        head=seen(made.log.head()),
    )


def denial(
    folder: Path, *, minutes: int = 11, by: tuple[Signer, ...] = (TOR, ALD), place: bool = False
) -> Scene:
    """Velmark's entry was shown to two others; the log went on without it."""
    made = peaceful(folder)
    raw = offered(made)
    relays = [relay(made, signer, raw, made.now_us) for signer in by]
    made.now_us += minutes * MINUTE_US - made.step_s * 1_000_000
    if place:
        with made.appender.commit(made.later()) as batch:
            batch.admit(raw)
    else:
        made.fill(1, TOR)
    evidence = making.denial(shown(made), raw, relays)
    return Scene(made, evidence, made.log.trust, leaf_hash(raw).hex())


def suspect(folder: Path, index: int) -> Scene:
    """Velmark's officers revoked its key: suspect from an index on."""
    made = Centre(
        folder / "centre", Appender.create(folder / "centre", ORIGIN, LOG_KEYS, FOUNDED_US)
    )
    with made.appender.commit(FOUNDED_US) as batch:
        batch.add(
            DESK, kind="centre/founded", mode=Mode.EXERCISE, groups=rooted.GROUPS,
            vkeys=[signer.key.vkey for signer in rooted.SIGNERS],
        )  # fmt: skip
    made.fill(5, VEL)
    line = rooted.key_line(VEL, REVOKED_FROM)
    with made.appender.commit(made.later()) as batch:
        batch.add(rooted.VEL_1, kind="key/revoked", revokes=[line], cosigners=[rooted.VEL_2])
    evidence = making.suspect(shown(made), index, 6)
    return Scene(made, evidence, made.log.trust, shown(made).leaf(index).hex())


KINDS: dict[str, Callable[[Path], Scene]] = {
    "fork": fork,
    "withheld": withheld,
    "forgery": forgery,
    "equivocation": equivocation,
    "refusal": refusal,
    "denial": denial,
}
CULPRITS = {
    "fork": (ORIGIN,),
    "withheld": (ORIGIN,),
    "forgery": (ORIGIN,),
    "equivocation": ("VEL",),
    "refusal": ("desk",),
    "denial": (ORIGIN,),
}


def resigned(head: Head, at_us: int) -> bytes:
    """A head signed with the log's keys by whoever has them."""
    return checkpoint.sign(head, LOG_KEYS, at_us)
