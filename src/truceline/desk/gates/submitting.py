"""The writing side of a log over HTTP (docs/formats/submission.md).

1. The entry comes first and is held to every rule before a byte of its blobs is kept.
2. Blobs are made durable, one in memory at a time.
3. The entry goes into the sequencer's queue; the answer waits until it is durable.

Whoever sends twice is answered the same; whoever is turned away is told to come later, or handed
a refusal the desk has signed. A stranger leaves nothing behind.
"""

import asyncio
import base64
from collections.abc import Iterator

from truceline.desk.gates.asgi import Answer, Body, Handler, Request, Route, plainly, threaded
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Busy, Full, Halted, LedgerError, Malformed
from truceline.ledger.proof import Receipt
from truceline.ledger.sequencer import Sequencer, SignedRefusal
from truceline.ledger.store import Store
from truceline.ledger.tiles import MAX_ENTRY
from truceline.values.canonical import canonical

PROOF = "text/x.tlog.proof"
REFUSAL = "text/x.truceline.refusal"
MAX_BLOB = (64 << 20) + (1 << 20)  # a size class of 64 MiB, sealed: with its header and tags
MAX_BLOBS = 1 + 16  # the payload's own, and the files it names
MAX_BATCH = 256
MAX_BATCH_BYTES = 16 << 20
PATIENCE_S = 300
_UPLOADS = 4  # at once; each holds one blob in memory
_DRAINED = 1 << 20
_WORD = 4
_FORBIDDEN = {"key", "signature", "policy", "suspended", "slot"}
_CONFLICTS = {"seq", "stale", "replay"}
_NOW = (("cache-control", "no-store"),)


def submitting(sequencer: Sequencer, store: Store) -> list[Route]:
    """The routes by which others add entries to the log of a centre."""
    entrance = _Entrance(sequencer, store)
    most = _WORD + MAX_ENTRY + MAX_BLOBS * (_WORD + MAX_BLOB)
    return [
        Route("POST", "/log/add-entry", _told(entrance.one), most=most),
        Route("POST", "/log/add-entries", _told(entrance.several), most=MAX_BATCH_BYTES),
        Route(
            "GET", r"/log/next/(?P<author>[A-Za-z][A-Za-z0-9_.-]{0,31})", threaded(entrance.next)
        ),
    ]


class _Entrance:
    """Where entries come in."""

    def __init__(self, sequencer: Sequencer, store: Store) -> None:
        self._sequencer = sequencer
        self._store = store
        self._uploads = asyncio.Semaphore(_UPLOADS)

    async def one(self, request: Request) -> Answer:
        body = request.body
        raw = await framed(body, MAX_ENTRY, "an entry")
        if raw is None:
            raise Malformed("want an entry, and then its blobs, each after its length")
        if not await body.ended():
            if self._uploads.locked():
                raise Busy(f"{_UPLOADS} uploads are under way: nothing was taken")
            async with self._uploads:
                known = await self._with_blobs(raw, body)
            if known is not None:
                return _given(known)
        return _given(await asyncio.wrap_future(self._sequencer.offer(raw)))

    async def _with_blobs(self, raw: bytes, body: Body) -> Receipt | None:
        """Keep what comes with an entry that would be taken; its receipt if it was taken before."""
        (tried,) = await asyncio.to_thread(self._sequencer.trial, [raw])
        if not isinstance(tried, Entry):
            await body.drain(_DRAINED)
        if isinstance(tried, SignedRefusal):
            raise tried
        if tried is None:
            return await asyncio.to_thread(self._sequencer.receipt, raw)
        count = 0
        while (blob := await framed(body, MAX_BLOB, "a blob")) is not None:
            count += 1
            if count > MAX_BLOBS:
                raise Malformed(f"an entry comes with at most {MAX_BLOBS} blobs")
            await asyncio.to_thread(self._store.put_blob, blob)
        return None

    async def several(self, request: Request) -> Answer:
        if self._uploads.locked():
            raise Busy(f"{_UPLOADS} uploads are under way: nothing was taken")
        async with self._uploads:
            given = list(_submissions(await request.body.whole()))
            tried = await self._tried(given)
            # All are offered before the first is waited for: they become one commit.
            answers = [
                await self._offer(raw, blobs, outcome)
                for (raw, blobs), outcome in zip(given, tried, strict=True)
            ]
            lines = [await _line(answer) for answer in answers]
        return Answer(body="".join(lines).encode(), headers=_NOW)

    async def _tried(
        self, given: list[tuple[bytes, list[bytes]]]
    ) -> list[Entry | SignedRefusal | None]:
        if not any(blobs for _, blobs in given):
            return [None] * len(given)  # nothing is kept before the queue decides
        return await asyncio.to_thread(self._sequencer.trial, [raw for raw, _ in given])

    async def _offer(
        self, raw: bytes, blobs: list[bytes], tried: Entry | SignedRefusal | None
    ) -> "asyncio.Future[Receipt] | LedgerError":
        if isinstance(tried, SignedRefusal):
            return tried
        try:
            for blob in blobs if tried is not None else ():
                await asyncio.to_thread(self._store.put_blob, blob)
            return asyncio.wrap_future(self._sequencer.offer(raw))
        except LedgerError as problem:
            return problem

    def next(self, request: Request) -> Answer:
        seq, prev, head = self._sequencer.next(request.parts["author"])
        said = {
            "head": {"root": head.root64, "size": head.size},
            "origin": head.origin,
            "prev": prev,
            "seq": seq,
        }
        return Answer(body=canonical(said) + b"\n", media="application/json", headers=_NOW)


async def framed(body: Body, most: int, what: str) -> bytes | None:
    """The next thing of a body, behind its length in four bytes; None at the end of the body."""
    word = await body.exactly(_WORD)
    if word is None:
        return None
    length = int.from_bytes(word)
    if len(word) < _WORD or length > most:
        raise Malformed(f"the length of {what} is missing, or over {most}")
    raw = await body.exactly(length)
    if raw is None or len(raw) < length:
        raise Malformed(f"{what} is cut short")
    return raw


def _submissions(raw: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Entries, each behind its length, the number of its blobs, and those behind theirs."""
    at = count = 0
    while at < len(raw):
        count += 1
        entry, at = _part(raw, at, MAX_ENTRY)
        blobs = []
        number = int.from_bytes(raw[at : at + _WORD])
        if len(raw) < at + _WORD or number > MAX_BLOBS or count > MAX_BATCH:
            raise Malformed(f"at most {MAX_BATCH} entries with {MAX_BLOBS} blobs each")
        at += _WORD
        for _ in range(number):
            blob, at = _part(raw, at, MAX_BLOB)
            blobs.append(blob)
        yield entry, blobs


def _part(raw: bytes, at: int, most: int) -> tuple[bytes, int]:
    length = int.from_bytes(raw[at : at + _WORD])
    stop = at + _WORD + length
    if length > most or stop > len(raw):
        raise Malformed(f"what begins at byte {at} is cut short, or over {most}")
    return raw[at + _WORD : stop], stop


def _told(handler: Handler) -> Handler:
    """Answer what goes wrong with a submission in its own words."""

    async def telling(request: Request) -> Answer:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await handler(request)
        except (LedgerError, TimeoutError) as problem:
            return _declined(problem)

    return telling


def _given(receipt: Receipt) -> Answer:
    return Answer(body=receipt.proof, media=PROOF, headers=_NOW)


def _declined(problem: LedgerError | TimeoutError) -> Answer:
    if isinstance(problem, SignedRefusal):
        return Answer(
            status=status_of(problem.code), body=problem.note, media=REFUSAL, headers=_NOW
        )
    if isinstance(problem, Busy):
        return plainly(503, str(problem), ("retry-after", str(problem.retry_after_s)), *_NOW)
    for kind, status, line in _IN_WORDS:
        if isinstance(problem, kind):
            return plainly(status, line.format(problem), *_NOW)
    return plainly(500, "the centre's own files are not as they should be", *_NOW)


_IN_WORDS: tuple[tuple[type[Exception], int, str], ...] = (
    (Full, 507, "no room left for blobs: nothing was taken; send again later"),
    (Halted, 503, "this centre has stopped writing; send again later"),
    (Malformed, 400, "{0}"),
    (TimeoutError, 408, f"the whole request did not come within {PATIENCE_S} s"),
)


def status_of(code: str) -> int:
    """The HTTP status of a refusal."""
    return 403 if code in _FORBIDDEN else 409 if code in _CONFLICTS else 422


async def _line(answer: "asyncio.Future[Receipt] | LedgerError") -> str:
    try:
        told = _declined(answer) if isinstance(answer, LedgerError) else _given(await answer)
    except LedgerError as problem:
        told = _declined(problem)
    return f"{told.status} {base64.b64encode(told.body).decode()}\n"
