"""Judging a case: every entry in its place and time, every opening what its entry committed to.

1. One head, signed by the log, is what everything is proved to be under.
2. Each entry: its proof, its author's signature, the two heads that bracket it in time.
3. Each opening: salt and plaintext against the commitment in the entry; a taken file likewise.
4. What is closed is said to be closed; what replicas signed is said.
"""

from truceline.ledger import digest, entry, seal
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry
from truceline.ledger.errors import CommitmentError, LedgerError, Malformed, ProofError
from truceline.ledger.evidence.ground import Ground
from truceline.ledger.evidence.judgement import Judgement
from truceline.ledger.seal import PayloadRef
from truceline.values.instant import SECOND_US, iso

_LEVELS = ("final", "witnessed", "replicated", "logged")


def judge_case(ground: Ground, found: Judgement) -> None:
    """Hold everything in a case to the record; raise LedgerError where one thing does not hold."""
    entries = _entries(ground, found)
    head = _one_head(ground, entries)
    manifest = ground.evidence.manifest
    if head.size != manifest.as_of:
        raise ProofError(f"the case is as of {manifest.as_of} entries, its proofs of {head.size}")
    level = _level(ground, entries)
    found.found("case-level", size=head.size, level=level)
    _no_strays(ground, entries)
    for _, name in ground.evidence.numbered("digests", ".note"):
        raw = ground.evidence.file(name)
        origin, said = digest.open_signed(raw, ground.keys)
        ground.of_chain(origin)
        found.found("case-digest", by=said.by, size=said.size, digest=said.common[:16])
    for closed in manifest.withheld:
        found.found("case-closed", what=closed.what, why=closed.why)
    if manifest.subject.isdigit() and len(manifest.subject) < 16:
        found.entry = int(manifest.subject)
        subject = entries.get(found.entry)
        if subject is None:
            raise ProofError(f"the case is about entry {found.entry}, which is not in it")
        found.leaf = subject.leaf


def _no_strays(ground: Ground, entries: dict[int, Entry]) -> None:
    """An opening of no entry here would look as if it had been checked."""
    for name in ground.evidence.files:
        folder, _, rest = name.partition("/")
        opened = rest.partition(".")[0]
        if folder == "openings" and not (opened.isdigit() and int(opened) in entries):
            raise Malformed(f"{name} opens no entry of this case")


def _entries(ground: Ground, found: Judgement) -> dict[int, Entry]:
    entries = {}
    for index, name in ground.evidence.numbered("entries", ".note"):
        entries[index] = _entry(ground, found, index, name)
    if not entries:
        raise Malformed("a case without an entry")
    said = {str(index) for index in entries}
    if said != ground.evidence.manifest.entries.keys():
        raise Malformed("the manifest lists other entries than the file holds")
    return entries


def _entry(ground: Ground, found: Judgement, index: int, name: str) -> Entry:
    stem = name.removesuffix(".note")
    at, raw, _ = ground.placed(name, f"{stem}.tlog-proof")
    if at != index:
        raise ProofError(f"{name} is proved to be entry {at}")
    read = entry.decode(raw, index)
    ground.author_of(raw, read.author)
    found.found("case-entry", entry=index, kind=read.kind, author=read.author)
    _bracket(ground, found, read, stem)
    _opened(ground, found, read)
    return read


def _bracket(ground: Ground, found: Judgement, of: Entry, stem: str) -> None:
    """Not older than the head its author had seen; not younger than a head that covers it."""
    after = before = None
    seen = f"heads/{of.seen.size}.checkpoint"
    if seen in ground.evidence.files:
        raw = ground.evidence.file(seen)
        head = ground.head(raw)
        if (head.size, head.root64) != (of.seen.size, of.seen.root):
            raise ProofError(
                f"entry {of.index} had seen another head of {of.seen.size} than {seen}"
            )
        after = ground.time_us(raw)
    if f"{stem}.first.tlog-proof" in ground.evidence.files:
        at, _, _ = ground.placed(f"{stem}.note", f"{stem}.first.tlog-proof")
        if at != of.index:
            raise ProofError(f"{stem}.first.tlog-proof is of entry {at}")
        before = ground.time_us(ground.signed_head_of(f"{stem}.first.tlog-proof"))
    if after is None or before is None or of.index is None:
        found.found("case-undated", entry=of.index or 0)
        return
    upto = before + SECOND_US - 1  # dates are whole seconds, rounded down
    found.found("case-late", entry=of.index, after=iso(after), before=iso(upto))


def _opened(ground: Ground, found: Judgement, of: Entry) -> None:
    said = ground.evidence.manifest.entries.get(str(of.index))
    stem = f"openings/{of.index}"
    here = f"{stem}.plain" in ground.evidence.files
    if here != (said is not None and said.payload == "opened"):
        raise Malformed(f"the manifest and the file disagree whether entry {of.index} is opened")
    if not here or of.index is None:
        return
    if of.payload is None:
        raise ProofError(f"entry {of.index} commits to nothing, and {stem} opens it")
    plain = _open(ground, stem, of.payload)
    found.found("case-opened", entry=of.index, size=len(plain))
    for number, ref in enumerate(seal.references(plain)):
        if f"{stem}.{number}.plain" in ground.evidence.files:
            held = _open(ground, f"{stem}.{number}", ref)
            found.found("case-file", entry=of.index, size=len(held))


def _open(ground: Ground, stem: str, ref: PayloadRef) -> bytes:
    plain = ground.evidence.file(f"{stem}.plain")
    if not seal.opens(ref, ground.evidence.file(f"{stem}.salt"), plain):
        raise CommitmentError(f"{stem}.plain: the content is not the one committed to")
    return plain


def _one_head(ground: Ground, entries: dict[int, Entry]) -> Head:
    heads = {ground.head(raw) for raw in _signed_heads(ground, entries)}
    if len(heads) != 1:
        raise ProofError("the entries are proved under different heads; want one")
    return heads.pop()


def _signed_heads(ground: Ground, entries: dict[int, Entry]) -> list[bytes]:
    return [ground.signed_head_of(f"entries/{index}.tlog-proof") for index in entries]


def _level(ground: Ground, entries: dict[int, Entry]) -> str:
    """How final the head is; a cosignature that does not hold counts for nothing."""
    try:
        levels = ground.trust.levels(_signed_heads(ground, entries)[0])
    except LedgerError:
        return "logged"
    return next((name for name in _LEVELS if name in levels), "logged")
