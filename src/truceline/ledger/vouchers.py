"""Checking signatures ahead of admission, in threads: the costly half of letting entries in.

Whether a line verifies depends on its text and key alone, so it may be found out before it is the
entry's turn, and in parallel (libsodium computes outside the interpreter's lock). What depends on
the log so far (which keys are registered and not revoked, numbers, heads, references) is still
asked by `admission.admit`, in order; it believes a voucher only for the very key it names.

How to use it, for whoever takes in or checks many entries:

    with Vouchers() as vouchers:
        for raws, vouched in vouchers.ahead(bundles, lambda: (state.origin, state.keys)):
            for raw, voucher in zip(raws, vouched):
                admit(raw, state, door, voucher=voucher)     # or batch.admit(raw, voucher)

A voucher is None for whatever is not in order; admission then finds the reason itself, and its
answer is the same with vouchers and without. `verifying` checks a whole log this way.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from truceline.ledger import entry, note
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Refused
from truceline.ledger.note import Key, Note

Keys = Mapping[tuple[str, bytes], Key]
_MOST_THREADS = 8
_SLICE = 32  # entries a task: small enough to share out, large enough not to be mostly queueing


@dataclass(frozen=True, slots=True)
class Voucher:
    """An entry taken apart, and the public keys under which each of its lines was found good.

    origin: what line 1 was held to. publics: one for each signature line, in order.
    """

    signed: Note
    entry: Entry
    origin: str
    publics: tuple[bytes, ...]


Vouched = list[Voucher | None]


def vouch(raw: bytes, origin: str, keys: Keys) -> Voucher | None:
    """Take an entry apart and check its lines under these keys; None if anything is amiss."""
    try:
        signed, read = entry.parse(raw, origin)
    except Refused:
        return None
    publics = []
    for line in signed.signatures:
        key = keys.get((line.name, line.key_id))
        if key is None or not note.signed_by(key, signed.text, line.blob):
            return None
        publics.append(key.public)
    return Voucher(signed, read, origin, tuple(publics))


class Vouchers:
    """Threads that vouch.

    threads: unless given, one more than there are processors (one of them is always waiting for
    the interpreter's lock), at most eight.
    """

    def __init__(self, threads: int | None = None) -> None:
        count = threads or min(_MOST_THREADS, (os.cpu_count() or 1) + 1)
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="vouching")
        self._threads = count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown(cancel_futures=True)

    def start(self, raws: Sequence[bytes], origin: str, keys: Keys) -> Callable[[], Vouched]:
        """Begin to vouch for entries; what is returned waits for the end and gives the vouchers."""
        parts = [
            self._pool.submit(_vouch_each, raws[at : at + _SLICE], origin, keys)
            for at in range(0, len(raws), _SLICE)
        ]
        return lambda: _together(parts)

    def ahead(
        self,
        chunks: Iterable[Sequence[bytes]],
        known: Callable[[], tuple[str, Keys]],
        *,
        skip: int = 0,
    ) -> Iterator[tuple[Sequence[bytes], Vouched]]:
        """Give each chunk with its vouchers, in order, while the next ones are being worked on.

        known: the log's name and its keys, asked when a chunk is begun; entries by a key
        registered since have no voucher. skip: so many entries, from the first, need none and get
        none. A few chunks are in memory at a time; where reading one fails, those before it are
        given first.
        """
        begun: deque[tuple[Sequence[bytes], Callable[[], Vouched]]] = deque()
        failed: list[Exception] = []
        for chunk in _until_one_fails(chunks, failed):
            begun.append((chunk, self.start(chunk[max(0, skip) :], *known())))
            skip -= len(chunk)
            if len(begun) > self._threads:
                raws, wait = begun.popleft()
                yield raws, wait()
        for raws, wait in begun:
            yield raws, wait()
        if failed:
            raise failed[0]


def _until_one_fails(
    chunks: Iterable[Sequence[bytes]], failed: list[Exception]
) -> Iterator[Sequence[bytes]]:
    try:
        yield from chunks
    except Exception as problem:  # noqa: BLE001 - raised by whoever asked, in its turn
        failed.append(problem)


def _vouch_each(raws: Sequence[bytes], origin: str, keys: Keys) -> Vouched:
    return [vouch(raw, origin, keys) for raw in raws]


def _together(parts: Iterable[Future[Vouched]]) -> Vouched:
    return [voucher for part in parts for voucher in part.result()]
