"""A witness: it cosigns a log's head only if that continues the last one it cosigned.

c2sp.org/tlog-witness without its HTTP. One step reads what was cosigned last, checks, remembers
and signs; the signature leaves only once the memory of it is durable. So whatever is sent, in
whatever order, and whenever the machine dies, no two heads cosigned here contradict each other.
"""

import base64
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from truceline.ledger import checkpoint, merkle, note
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import BadSignature, Malformed, NoKnownKey, ProofError
from truceline.ledger.keys import Signer
from truceline.ledger.note import Note, Sig
from truceline.ledger.witness_book import Book, Followed, Fork, Writing
from truceline.values.errors import TrucelineError

MOST_HASHES = 63
MOST_BYTES = 512 * 1024  # a hundred ML-DSA lines, which a head may carry, and the proof
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"

Fetch = Callable[[Followed, Head], AbstractContextManager[None]]
Stall = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a witness says: an HTTP status, and a body of a type."""

    status: int
    body: bytes
    media: str = TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a log sends: the size it believes we are at, the proof from there, its new head.

    size, root: as written. They may not be a head that can be, which is for the order of checks.
    """

    old: int
    proof: tuple[bytes, ...]
    signed: Note
    origin: str
    size: int
    root: bytes


class _Said(Exception):
    """An answer on its way out, through the steps that come before it."""

    def __init__(self, status: int, body: str, media: str = TEXT) -> None:
        super().__init__(body)
        self.answer = Answer(status=status, body=f"{body}\n".encode(), media=media)


def add_checkpoint(  # noqa: PLR0913 - what a witness is made of
    body: bytes,
    book: Book,
    signers: Sequence[Signer],
    clock: Callable[[], int],
    *,
    fetch: Fetch | None = None,
    stall: Stall = lambda _where: None,
) -> Answer:
    """Answer one request: cosign, or say why not.

    clock: this machine's time, POSIX seconds, read when signing. fetch: a mirror keeps every entry
    of the head, verified and durable, before it is cosigned (c2sp.org/tlog-mirror). stall: called
    with `checked` and `persisted` at those moments; only tests give one.
    """
    try:
        asked = _parse(body)
        log = _known(book.log(asked.origin))
        lines = _signed_by_the_log(asked, log)
        if not isinstance(judged := _judge(asked, log), Head):
            if judged.fork:
                with book.writing() as writing:
                    _keep(writing, asked, log, clock(), judged)
            return _refused(judged)
        with fetch(log, judged) if fetch else nullcontext():
            return _cosign(asked, lines, book, signers, clock, stall)
    except _Said as said:
        return said.answer


def parse(body: bytes) -> Asked:
    """Read a request; Malformed where it leaves the format."""
    top, blank, raw = body.partition(b"\n\n")
    lines = top.split(b"\n")
    if not blank or not lines[0].startswith(b"old ") or len(lines) > 1 + MOST_HASHES:
        raise Malformed("want `old <size>`, at most 63 hashes, an empty line and a checkpoint")
    proof = tuple(note.unbase64(line, "a hash of the proof") for line in lines[1:])
    if any(len(step) != 32 for step in proof):
        raise Malformed("a hash of the proof is not of 32 bytes")
    signed = note.parse(raw)
    text = signed.text.decode().split("\n")
    if len(text) != 4 or not text[0]:
        raise Malformed("a checkpoint of three lines; extension lines are not cosigned")
    root = note.unbase64(text[2], "the root")
    if len(root) != 32:
        raise Malformed("a root is of 32 bytes")
    size = checkpoint.parse_size(text[1])
    old = checkpoint.parse_size(lines[0].removeprefix(b"old ").decode("latin-1"))
    return Asked(old=old, proof=proof, signed=signed, origin=text[0], size=size, root=root)


def _parse(body: bytes) -> Asked:
    try:
        asked = parse(body)
    except Malformed as problem:
        raise _Said(400, f"cannot be read: {problem}") from problem
    if asked.old > asked.size:
        raise _Said(400, f"old size {asked.old} is larger than the checkpoint's {asked.size}")
    return asked


def _known(log: Followed | None) -> Followed:
    if log is None:
        raise _Said(404, "this witness does not follow that log")
    return log


def _signed_by_the_log(asked: Asked, log: Followed) -> tuple[Sig, ...]:
    known = {key.identity for key in log.keys}
    theirs = [(sig.name, sig.key_id) for sig in asked.signed.signatures]
    twice = len(set(theirs) & known) != sum(line in known for line in theirs)
    if twice:
        raise _Said(403, "not signed by the log: two lines by one key of it")
    try:
        return note.verify(asked.signed, log.keys)
    except (BadSignature, NoKnownKey) as problem:
        raise _Said(403, f"not signed by the log: {problem}") from problem


@dataclass(frozen=True, slots=True)
class _No:
    """Why a head that the log signed is not cosigned. fork: worth keeping as evidence."""

    status: int
    found: str
    fork: bool = True


def _judge(asked: Asked, log: Followed) -> Head | _No:
    """Say whether the head continues what we cosigned last; the order of checks is the spec's."""
    contradicts = log.size == asked.size and asked.root != log.root
    if asked.old != log.size:
        return _No(409, f"{log.size}", fork=contradicts)
    try:
        head = Head(log.origin, asked.size, asked.root)
    except Malformed:
        return _No(422, "no tree of this size has this root")
    if contradicts:
        return _No(422, f"another root of size {log.size} than the one we cosigned")
    if log.handed_to and asked.size > log.size:
        return _No(422, f"this log was handed over to {log.handed_to} at size {log.size}")
    try:
        merkle.check_consistency(asked.old, asked.size, asked.proof, log.root, asked.root)
    except ProofError as problem:
        found = f"it does not continue what we cosigned: {problem}"
        return _No(422, found, fork=asked.size > log.size)  # else the root is ours, the proof amiss
    return head


def _refused(why: _No) -> Answer:
    media = SIZE if why.status == 409 else TEXT
    return Answer(status=why.status, body=f"{why.found}\n".encode(), media=media)


def _keep(writing: Writing, asked: Asked, log: Followed, now_s: int, why: _No) -> None:
    kept = log.note or checkpoint.encode(Head(log.origin, log.size, log.root))
    same = log.size == asked.size and log.root != asked.root
    found = f"two roots of size {log.size}" if same else why.found
    shown = note.render(asked.signed.text, asked.signed.signatures)
    fork = Fork(origin=log.origin, at_s=now_s, found=found, kept=kept, shown=shown)
    writing.keep_fork(fork)


def _cosign(  # noqa: PLR0913, PLR0917 - one step, not to be torn apart
    asked: Asked,
    lines: tuple[Sig, ...],
    book: Book,
    signers: Sequence[Signer],
    clock: Callable[[], int],
    stall: Stall,
) -> Answer:
    """Check again, remember, sign: one step. What was true before it need not be any more."""
    with book.writing() as writing:
        log = _known(writing.log(asked.origin))
        judged = _judge(asked, log)
        now_s = clock()
        if isinstance(judged, Head):
            if now_s < log.time_s:
                raise _Said(503, "this machine's clock is behind its own last cosignature; later")
            stall("checked")
            text = asked.signed.text
            ours = [signer.sign(text, now_s) for signer in signers]
            writing.advance(judged, note.render(text, (*lines, *ours)), now_s)
        elif judged.fork:
            _keep(writing, asked, log, now_s, judged)
    if not isinstance(judged, Head):
        return _refused(judged)
    stall("persisted")  # from here on, and not before, the signature may be seen
    return Answer(status=200, body="".join(f"{sig.line}\n" for sig in ours).encode())


def latest(book: Book, digest: str) -> Answer:
    """What monitors ask: the newest head cosigned for the log whose origin has this hash."""
    log = book.by_hash(digest) if len(digest) == 64 else None
    if log is None or log.note is None:
        return Answer(status=404, body=b"nothing cosigned under that name\n")
    return Answer(status=200, body=log.note)


def request(old: int, proof: Sequence[bytes], signed: bytes) -> bytes:
    """Write a request, as a log sends it."""
    hashes = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
    return f"old {old}\n{hashes}\n".encode() + signed


def in_trouble(problem: TrucelineError) -> Answer:
    """What to say when the witness itself is in trouble: nothing was signed, ask again."""
    return Answer(status=503, body=f"not now: {type(problem).__name__}\n".encode())
