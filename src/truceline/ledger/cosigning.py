"""The log's side of witnessing: what it asks a witness, and what of an answer it believes.

A witness is asked as c2sp.org/tlog-witness says. Whatever comes back, only lines count that its own
key made over this very head, just now. They are put after the log's own lines: in `log/checkpoint`
the newest of each witness, in `heads/<size>` its first, which dates the entries below.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from truceline.ledger import checkpoint, note, witness
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import (
    BadSignature,
    LedgerError,
    Malformed,
    NoKnownKey,
)
from truceline.ledger.note import Key, Sig
from truceline.ledger.store import CHECKPOINT, HEAD, Store, head_path

APART_S = 300  # how far a witness's clock may be from ours
MOST_BYTES = 64 * 1024  # of an answer
_TRIES = 3

Prove = Callable[[int], Sequence[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a witness answered: an HTTP status and a body."""

    status: int
    body: bytes


Send = Callable[[bytes], Spoken]


class Odd(LedgerError):
    """A witness did not cosign, or its answer is not to be believed; the message says why."""


class Ahead(Odd):
    """A witness stands beyond our newest head.

    Someone else signs with the log's key, or this log was put back to an earlier state: sign
    nothing more before that is understood.
    """


@dataclass(slots=True)
class Standing:
    """One witness, as far as this log knows. size: where it stood when last heard of."""

    keys: tuple[Key, ...]
    size: int = 0

    def ask(self, signed: bytes, prove: Prove, send: Send, now_s: int) -> tuple[Sig, ...]:
        """Ask for cosignatures of a head; Odd says why there are none.

        prove: the consistency proof from a size to this head. send: hands one request over.
        """
        head = checkpoint.parse(signed)
        for _ in range(_TRIES):
            if self.size > head.size:
                raise Ahead(f"it stands at {self.size}, and our newest head has {head.size}")
            spoken = send(witness.request(self.size, prove(self.size), signed))
            if spoken.status == 200:
                lines = believed(spoken.body, head, self.keys, now_s)
                self.size = head.size
                return lines
            if spoken.status != 409:
                said = spoken.body[:80].decode(errors="replace").strip()
                raise Odd(f"it answered {spoken.status}: {said}")
            self._stands_at(spoken.body)
        raise Odd("it names one size and then another; it cannot be asked")

    def _stands_at(self, body: bytes) -> None:
        try:
            size = checkpoint.parse_size(body.decode("latin-1").removesuffix("\n"))
        except Malformed as problem:
            raise Odd(f"it refused and named no size: {body[:40]!r}") from problem
        if size == self.size:
            raise Odd(f"it stands at {size} with another root, so it was shown another log")
        self.size = size


def believed(body: bytes, head: Head, keys: Iterable[Key], now_s: int) -> tuple[Sig, ...]:
    """The cosignatures of an answer: by these keys, over this head, made now; Odd says what is off.

    Lines by other keys are left aside, as the format asks.
    """
    if len(body) > MOST_BYTES:
        raise Odd(f"it answered {len(body)} bytes; cosignatures are a few lines")
    try:
        lines = note.verify(note.parse(checkpoint.encode(head) + b"\n" + body), keys)
    except BadSignature as problem:
        raise Odd(f"its cosignature does not hold for this head: {problem}") from problem
    except (Malformed, NoKnownKey) as problem:
        raise Odd(f"it answered no cosignature by its key: {problem}") from problem
    for line in lines:
        apart_s = (line.time_s or 0) - now_s
        if abs(apart_s) > APART_S:
            when = "ahead of" if apart_s > 0 else "behind"
            raise Odd(f"its cosignature is dated {abs(apart_s)} s {when} our clock; compare clocks")
    return tuple({line.key_id: line for line in lines}.values())


def gather(store: Store, signed: bytes, lines: Sequence[Sig]) -> None:
    """Put cosignatures of a head where readers find them; lines there are never taken away."""
    head = checkpoint.parse(signed)
    kept_at = head_path(head.size)
    with store.locked():
        kept = store.disk.read(kept_at)
        if kept is not None and checkpoint.covers(kept, signed):
            has = checkpoint.signers(kept)
            new = [line for line in lines if (line.name, line.key_id) not in has]
            if new:
                grown = checkpoint.cosigned(kept, new)
                store.disk.write(kept_at, grown, durable=False, mode=0o444)
        newest = store.disk.read(HEAD) or b""
        if checkpoint.parse(newest) == head:
            shown = store.disk.read(CHECKPOINT) or b""
            base = shown if shown.startswith(newest) else newest
            store.disk.write(CHECKPOINT, checkpoint.cosigned(base, lines), durable=False)
    store.disk.sync([kept_at, CHECKPOINT])  # a commit need not wait for this
