"""Holding an evidence file against the trust file its reader was handed.

Never raises for what is in the file: damage and failed proofs are part of the answer. Each kind has
one function here that either leaves its points and names who answers, or raises LedgerError.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from truceline.ledger import checkpoint, entry, note, proof, refusal, relay
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import LedgerError, Malformed, ProofError, Refused
from truceline.ledger.evidence import bundle
from truceline.ledger.evidence.bundle import Evidence
from truceline.ledger.evidence.cases import judge_case
from truceline.ledger.evidence.ground import Ground, read_entry
from truceline.ledger.evidence.judgement import REFUSED, Judgement
from truceline.ledger.merkle import Frontier, check_inclusion, leaf_hash
from truceline.ledger.note import Note
from truceline.ledger.policy import Policy
from truceline.ledger.refusal import Refusal
from truceline.ledger.relay import DUE_US, Relay
from truceline.ledger.warrants import DESK
from truceline.values.instant import MINUTE_US, iso

REVOKED = "key/revoked"
RELAYS = 2  # by so many authors, none of them the entry's own or the desk
_LEAF = 32
_TOLD_BY_THE_ENTRY = ("size", "format", "canonical", "schema", "signature")


def judge_path(path: Path, trust: Policy) -> Judgement:
    """Judge an evidence file on disk, or the folder it was unpacked into."""
    try:
        return judge(bundle.read(path), trust)
    except LedgerError as problem:
        return _unreadable(problem)


def judge_bytes(raw: bytes, trust: Policy) -> Judgement:
    """Judge an evidence file."""
    try:
        return judge(bundle.unpack(raw), trust)
    except LedgerError as problem:
        return _unreadable(problem)


def judge(evidence: Evidence, trust: Policy) -> Judgement:
    """Say what an evidence file shows to a reader with this trust file."""
    found = Judgement(kind=evidence.kind, origin=evidence.origin)
    try:
        judged_by = KINDS.get(evidence.kind)
        if judged_by is None:
            raise Malformed(
                f"evidence of kind {evidence.kind[:40]!r}; this program does not know it"
            )
        ground = Ground(evidence, trust)
    except LedgerError as problem:
        found.failed(str(problem), REFUSED)
        return found
    try:
        judged_by(ground, found)
    except LedgerError as problem:
        found.failed(str(problem))
    _hold_to(evidence, found)
    if evidence.altered_readmes:
        found.found("readme-altered", languages=", ".join(evidence.altered_readmes))
    return found


def judge_receipt(raw: bytes, entry_raw: bytes, trust: Policy) -> Judgement:
    """Judge a receipt against its entry, with every log key and the quorum the reader asks for."""
    found = Judgement(kind="receipt", origin="")
    try:
        index, steps, signed = proof.parse(raw)
        found.origin = checkpoint.parse(signed).origin
        head = trust.open_kept(signed)
        check_inclusion(index, head.size, leaf_hash(entry_raw), steps, head.root)
        found.entry = index
        found.leaf = leaf_hash(entry_raw).hex()
        found.found("in-log", entry=index, size=head.size)
    except LedgerError as problem:
        found.entry = None
        found.failed(str(problem))
    return found


def _unreadable(problem: LedgerError) -> Judgement:
    found = Judgement(kind="", origin="")
    found.failed(str(problem), REFUSED)
    return found


def _hold_to(evidence: Evidence, found: Judgement) -> None:
    """The manifest may name the entry; it is checked, not believed."""
    said = evidence.manifest.entry
    if found.proved and said is not None and said != found.entry:
        found.failed(f"the manifest speaks of entry {said}; what is shown is about {found.entry}")


def _fork(ground: Ground, found: Judgement) -> None:
    kept, shown = (ground.head_in(f"{side}.checkpoint") for side in ("kept", "shown"))
    found.found("log-signed-both", log=kept.origin, one=kept.size, two=shown.size)
    _part(ground, found, kept, shown)
    found.culprits = _answering(found, kept, shown)
    raws = [ground.evidence.file(f"{side}.checkpoint") for side in ("kept", "shown")]
    both = ground.cosigners(raws[0]) & ground.cosigners(raws[1])
    for name in sorted(both):
        found.found("witness-both", witness=name)
        found.culprits += (name,)


def _answering(found: Judgement, kept: Head, shown: Head) -> tuple[str, ...]:
    """The log, if one log signed both; of two names of one record it is not shown which."""
    if kept.origin == shown.origin:
        return (kept.origin,)
    found.found("two-logs", one=kept.origin, two=shown.origin)
    return ()


def _part(ground: Ground, found: Judgement, kept: Head, shown: Head) -> None:
    """Show that two heads cannot be of one history; ProofError if this file does not."""
    if "kept.note" in ground.evidence.files:
        sides = [ground.placed(f"{side}.note", f"{side}.tlog-proof") for side in ("kept", "shown")]
        if [side[2] for side in sides] != [kept, shown]:
            raise ProofError("the entries are proved under other heads than the two in the file")
        _differ(found, (sides[0][0], leaf_hash(sides[0][1])), (sides[1][0], leaf_hash(sides[1][1])))
    elif kept.size == shown.size:
        if kept.root == shown.root:
            raise ProofError("the two heads are one and the same")
        found.found("same-size", size=kept.size)
    else:
        _other_past(ground, found, *sorted((kept, shown), key=lambda head: head.size))


def _differ(found: Judgement, one: tuple[int, bytes], two: tuple[int, bytes]) -> None:
    if one[0] != two[0]:
        raise ProofError(f"one proof is of entry {one[0]}, the other of {two[0]}")
    if one[1] == two[1]:
        raise ProofError(f"both hold the same entry {one[0]}")
    found.entry, found.leaf = one[0], one[1].hex()
    found.found("other-entry", entry=one[0], one=one[1].hex()[:16], two=two[1].hex()[:16])


def _other_past(ground: Ground, found: Judgement, smaller: Head, larger: Head) -> None:
    if smaller.size == 0:
        raise ProofError("a head of size 0 contradicts no other")
    if ground.prefix(smaller, larger) == smaller.root:
        raise ProofError(f"the log of {larger.size} continues the log of {smaller.size}")
    found.found("other-past", old=smaller.size)


def _withheld(ground: Ground, found: Judgement) -> None:
    index, raw, kept = ground.placed("entry.note", "receipt.tlog-proof")
    shown = ground.head_in("shown.checkpoint")
    found.entry, found.leaf = index, leaf_hash(raw).hex()
    found.found("receipt-holds", leaf=found.leaf[:16], entry=index)
    if "shown.note" in ground.evidence.files:
        there, other, head = ground.placed("shown.note", "shown.tlog-proof")
        if head != shown:
            raise ProofError(
                "what the log shows is proved under another head than shown.checkpoint"
            )
        _differ(found, (index, leaf_hash(raw)), (there, leaf_hash(other)))
    else:
        _part(ground, found, kept, shown)
    found.culprits = _answering(found, kept, shown)


def _forgery(ground: Ground, found: Judgement) -> None:
    index, raw, head = ground.placed("entry.note", "entry.tlog-proof")
    found.entry, found.leaf = index, leaf_hash(raw).hex()
    found.found("in-log", entry=index, size=head.size)
    signed = note.parse(raw)
    for line in signed.signatures:
        key = ground.keys.get((line.name, line.key_id))
        if key is not None and not note.signed_by(key, signed.text, line.blob):
            found.found("not-theirs", name=key.name.rpartition("/")[2])
            found.culprits = (head.origin,)
            return
    raise ProofError("no line in the entry by a registered key fails: it may be signed as it says")


def _equivocation(ground: Ground, found: Judgement) -> None:
    raws = [ground.evidence.file(f"{name}.note") for name in ("one", "two")]
    one, two = map(read_entry, raws)
    if one.leaf == two.leaf:
        raise ProofError("it is one entry, twice")
    if one.raw.partition(b"\n")[0] != two.raw.partition(b"\n")[0]:
        raise ProofError("the two entries were written for different logs")
    if (one.author, one.seq) != (two.author, two.seq):
        raise ProofError(
            f"number {one.seq} of {one.author}, number {two.seq} of {two.author}: no contradiction"
        )
    for raw in raws:
        ground.author_of(raw, one.author)
    found.leaf, found.culprits = one.leaf, (one.author,)
    found.found("two-entries", author=one.author, seq=one.seq, one=one.leaf[:16], two=two.leaf[:16])
    freed = _freed(ground, found, {one.leaf: "two", two.leaf: "one"})
    if freed is None:
        found.found("no-refusal-shown")
        return
    found.found("refused", at=iso(freed.at), leaf=freed.entry[:16], rule=freed.code)
    raise ProofError("a refusal frees the number: the author may use it again, and did no wrong")


def _freed(ground: Ground, found: Judgement, other: Mapping[str, str]) -> Refusal | None:
    """A refusal by the desk that freed the number for the other entry, if the file holds one.

    other: by the leaf of each entry, the name of the other. One that was in the log already when
    its twin was refused had the number from the first: that refusal frees nothing.
    """
    for _, name in ground.evidence.numbered("refusals", ".note"):
        signed = ground.evidence.file(name)
        origin, said = refusal.read(signed)
        ground.of_chain(origin)
        ground.author_of(signed, DESK)
        if said.entry not in other:
            raise ProofError(f"{name} is of neither entry")
        twin = other[said.entry]
        if f"{twin}.tlog-proof" not in ground.evidence.files:
            return said
        index, _, _ = ground.placed(f"{twin}.note", f"{twin}.tlog-proof")
        if index >= said.head.size:
            return said
        found.found("taken-before", entry=index, size=said.head.size)
    return None


def _refusal(ground: Ground, found: Judgement) -> None:
    raw, signed = ground.evidence.file("entry.note"), ground.evidence.file("refusal.note")
    origin, said = refusal.read(signed)
    ground.of_chain(origin)
    ground.author_of(signed, DESK)
    found.leaf = leaf_hash(raw).hex()
    if said.entry != found.leaf:
        raise ProofError("the refusal is of another entry than the one in the file")
    found.found("refused", at=iso(said.at), leaf=found.leaf[:16], rule=said.code)
    wrongly = _keeps_rule(ground, raw, said.code, origin)
    told = {True: "keeps-rule", False: "breaks-rule", None: "rule-not-told"}[wrongly]
    found.found(told)
    found.culprits = (DESK,) if wrongly else ()


def _about(ground: Ground, origin: str) -> None:
    if origin != ground.evidence.origin:
        raise Malformed(f"a statement about {origin}; this is about {ground.evidence.origin}")


def _keeps_rule(ground: Ground, raw: bytes, code: str, origin: str) -> bool | None:
    """Whether the entry keeps the rule it was refused by; None if that takes the whole record."""
    if code not in _TOLD_BY_THE_ENTRY:
        return None
    try:
        signed, _ = entry.parse(raw, origin)
    except Refused as broken:
        return None if code == "signature" else broken.code != code
    if code == "signature":
        return _all_hold(ground, signed)
    identities = {(line.name, line.key_id) for line in signed.signatures}
    odd = len(identities) != len(signed.signatures) or len(identities) > entry.MAX_SIGNERS
    return not (code == "format" and odd)


def _all_hold(ground: Ground, signed: Note) -> bool | None:
    """Whether every line holds; None if one is by a key that this file does not know."""
    known = [ground.keys.get((line.name, line.key_id)) for line in signed.signatures]
    pairs = zip(known, signed.signatures, strict=True)
    told = [key and note.signed_by(key, signed.text, line.blob) for key, line in pairs]
    if False in told:
        return False
    return None if None in told else True


def _denial(ground: Ground, found: Judgement) -> None:
    raw = ground.evidence.file("entry.note")
    subject = read_entry(raw)
    if subject.origin != ground.evidence.origin:
        raise Malformed(f"the entry was written for {subject.origin}")
    ground.author_of(raw, subject.author)
    found.leaf = subject.leaf
    relays = _relays(ground, found, subject.leaf, {subject.author, DESK})
    signed = ground.evidence.file("head.checkpoint")
    head, dated = ground.head(signed), ground.time_us(signed)
    _about(ground, head.origin)  # a successor takes no entry that was written for the log before
    second = sorted(said.at for said in relays)[RELAYS - 1]
    if dated is None or dated < second + DUE_US:
        raise ProofError("the head is not dated ten minutes or more after the second relay note")
    _absent(ground.evidence.file("leaves"), head, bytes.fromhex(subject.leaf), relays)
    minutes = (dated - second) // MINUTE_US
    found.found("overdue", size=head.size, at=iso(dated), minutes=minutes)
    found.found("absent", size=head.size)
    found.culprits = (ground.evidence.origin,)


def _relays(ground: Ground, found: Judgement, leaf: str, not_by: set[str]) -> list[Relay]:
    """One relay note per author, each signed and about this entry."""
    by: dict[str, Relay] = {}
    for _, name in ground.evidence.numbered("relays", ".note"):
        signed = ground.evidence.file(name)
        origin, said = relay.read(signed)
        _about(ground, origin)
        ground.author_of(signed, said.by)
        if said.entry != leaf:
            raise ProofError(f"{name} is about another entry")
        if said.by not in not_by:
            by.setdefault(said.by, said)
    for said in by.values():
        found.found("relayed", at=iso(said.at), by=said.by)
    if len(by) < RELAYS:
        raise ProofError(f"relay notes by {len(by)} other parties; want {RELAYS}")
    return list(by.values())


def _absent(leaves: bytes, head: Head, leaf: bytes, relays: list[Relay]) -> None:
    """The leaves are all there, the relays saw heads of the same tree, the entry is not in it."""
    if len(leaves) != head.size * _LEAF:
        raise ProofError(f"{len(leaves) // _LEAF} leaves; the head has {head.size}")
    saw: Mapping[int, set[str]] = {}
    for said in relays:
        saw = {**saw, said.head.size: saw.get(said.head.size, set()) | {said.head.root}}
    frontier = Frontier()
    _met(saw, frontier, head)
    for at in range(0, len(leaves), _LEAF):
        here = leaves[at : at + _LEAF]
        if here == leaf:
            raise ProofError(f"the entry is in the log, in place {at // _LEAF}")
        frontier.push(here)
        _met(saw, frontier, head)
    if frontier.root() != head.root:
        raise ProofError("the leaves do not make the head’s root: they are not all of them")
    if any(size > head.size for size in saw):
        raise ProofError("a relay note names a head newer than the one in the file")


def _met(saw: Mapping[int, set[str]], frontier: Frontier, head: Head) -> None:
    here = Head(head.origin, frontier.size, frontier.root())
    if saw.get(frontier.size, {here.root64}) != {here.root64}:
        raise ProofError(
            f"a relay note names a head of {frontier.size} that this log never had: look for a fork"
        )


def _suspect(ground: Ground, found: Judgement) -> None:
    index, raw, head = ground.placed("entry.note", "entry.tlog-proof")
    later, revoking, _ = ground.placed("revocation.note", "revocation.tlog-proof")
    found.entry, found.leaf = index, leaf_hash(raw).hex()
    read_back = entry.decode(revoking, later)
    signed = {(sig.name, sig.key_id.hex()) for sig in note.parse(raw).signatures}
    for line in read_back.revokes if read_back.kind == REVOKED else ():
        name, key_id, since = line.rsplit("+", 2)
        if (name, key_id) in signed and index >= int(since):
            note.verify(note.parse(raw), ground.keys.values())
            note.verify(note.parse(revoking), ground.keys.values())
            found.found("in-log", entry=index, size=head.size)
            found.found("revoked", entry=later, key=f"{name}+{key_id}", since=int(since))
            found.found("by-suspect", entry=index)
            return
    raise ProofError(
        f"entry {later} does not revoke a key that signed entry {index}, from there on"
    )


KINDS: dict[str, Callable[[Ground, Judgement], None]] = {
    "fork": _fork,
    "withheld": _withheld,
    "forgery": _forgery,
    "equivocation": _equivocation,
    "refusal": _refusal,
    "denial": _denial,
    "suspect": _suspect,
    "case": judge_case,
}
