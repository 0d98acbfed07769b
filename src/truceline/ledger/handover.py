"""Handing a log over: a replica becomes the centre, and the same tree goes on under a new name.

Nothing is copied into a new log: its leaves are the old log's, byte for byte, then the entry
`log/handed-over`, which names the new log and its keys and carries the signatures the old log's
group `handover` asks for. So indices, receipts and tables go on, and whoever holds an old head can
check that the new log extends it.

No key of the old log is used, or wanted: two machines with one key can contradict each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from truceline.ledger import checkpoint, merkle, note, policy, proof
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import HANDED_OVER, Continued, Entry, decode, key_name, make
from truceline.ledger.errors import LedgerError
from truceline.ledger.growth import Growth
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.policy import Policy
from truceline.ledger.replica_folder import Folder
from truceline.ledger.store import (
    FOLLOWING,
    HEAD,
    HELD,
    RESERVE,
    RESERVE_BYTES,
    TRUST,
)
from truceline.ledger.tiles import Reader


class NotTaken(LedgerError):
    """This folder may not become the centre; the message says what stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An entry the old log acknowledged, and its successor does not hold: the receipt shows it.

    index: its place in the old log. size: the old head it was proved under. at_us: when that was
    signed. handed_at: the size at which the log was handed over.
    """

    index: int
    size: int
    at_us: int | None
    handed_at: int | None


def propose(folder: Path, officer: Signer, origin: str, vkeys: Iterable[str], now_us: int) -> bytes:
    """The note that hands the log over at the head this replica holds, with one officer's line.

    vkeys: both keys of the new log, and the new one of its desk if it is to have one at once. The
    other officers put their lines under it afterwards.
    NotFounded where nothing was followed yet.
    """
    log = Log.open(folder)
    state, head = _state(log), log.head()
    author = state.author_of(officer.key.name)
    seq, prev = state.next(author)
    assert state.mode is not None  # entry 0 says it
    return make(
        origin,
        officer,
        kind=HANDED_OVER,
        author=author,
        seq=seq,
        prev=prev,
        seen=head,
        claimed_us=now_us,
        mode=state.mode,
        vkeys=vkeys,
        continues=Continued(head.origin, head.size, head.root64),
    )


def take(  # noqa: PLR0913 - what a takeover is held against
    folder: Path,
    raw: bytes,
    signers: Sequence[Signer],
    now_us: int,
    *,
    elsewhere: Iterable[bytes] = (),
    disk: Disk | None = None,
) -> Head:
    """Make a replica the centre; return the first head of the new log.

    raw: the note, signed by enough. signers: every key it lists. elsewhere: heads others show:
    where one is newer than ours, something was acknowledged that we do not hold, and we do not take
    over. Interrupted, it is completed by taking again. Raises NotTaken, Refused or BadSignature.
    """
    held = Folder.open(disk or Disk(folder), None)
    with held.following(), held.store.locked():
        return _take(held, raw, tuple(signers), now_us, elsewhere)


def lost(entry: bytes, receipt: bytes, log: Log) -> Lost | None:
    """What a receipt of the old log shows of an entry; None if the successor holds it.

    Raises Malformed, NoKnownKey, BadSignature or ProofError where it is no receipt for this entry.
    """
    index, steps, signed = proof.parse(receipt)
    head = log.trust.open_past(signed)
    merkle.check_inclusion(index, head.size, merkle.leaf_hash(entry), steps, head.root)
    if index < log.head().size and log.raw(index) == entry:
        return None
    handed = (index for index, one in log.entries() if one.continues is not None)
    return Lost(
        index=index,
        size=head.size,
        at_us=checkpoint.time_us(signed),
        handed_at=next(handed, None),
    )


def _take(
    held: Folder, raw: bytes, signers: tuple[Signer, ...], now_us: int, elsewhere: Iterable[bytes]
) -> Head:
    """Everything durable first, the trust file before the head; the head is the commit point."""
    store = held.store
    log = Log.open(store.disk.root)
    trust, own = log.trust, log.head()
    _refuse_older(store.disk, own, trust, elsewhere)
    state, growth = _state(log), Growth()
    for _, one in log.entries():
        growth.push(one.raw, bytes.fromhex(one.leaf))
    raw = _author_first(raw, state)
    door = Door(
        log_publics=frozenset(key.public for key in (*trust.logs, *trust.past)),
        root_at=_roots(log),
        holds_blob=lambda _ref: True,
    )
    entry = admit(raw, state, door)
    _refuse_other_keys(entry, signers)
    signers = tuple(signer for signer in signers if signer.key.name == entry.origin)
    files = growth.push(raw, bytes.fromhex(entry.leaf)) | growth.partials(0)
    head = Head(entry.origin, growth.size, growth.root())
    last_us = checkpoint.time_us(log.signed_head()) or 0
    signed = checkpoint.sign(head, signers, max(now_us, last_us))
    _write(held, files, [signer.key for signer in signers], signed)
    return head


def _write(held: Folder, files: dict[str, bytes], keys: list[note.Key], signed: bytes) -> None:
    disk = held.store.disk
    for path, data in files.items():
        disk.write(f"log/{path}", data, durable=True, mode=0o444)
    if disk.size(RESERVE) is None:
        disk.write(RESERVE, bytes(RESERVE_BYTES), durable=True)
    if held.trust.origin != keys[0].name:
        disk.write(TRUST, policy.continued(disk.read(TRUST) or b"", keys), durable=True)
    disk.write(HEAD, signed, durable=True)
    held.store.recover()  # publishes it
    for done in (FOLLOWING, HELD):
        disk.remove(done)


def _refuse_older(disk: Disk, own: Head, trust: Policy, elsewhere: Iterable[bytes]) -> None:
    """NotTaken where anybody has a newer head of the old log than we can go on from."""
    shown = [raw for name in disk.names("heads") if (raw := disk.read(f"heads/{name}"))]
    for raw in (*shown, *elsewhere):
        try:
            head = trust.open_past(raw)
        except LedgerError:
            continue  # signed by nobody we trust: anyone could write it
        if head.size > own.size:
            raise NotTaken(
                f"a head of {head.size} entries is known, and this replica holds {own.size}: fetch "
                "the rest from whoever showed it, or take over there, where nothing is lost"
            )
        if head.size == own.size and head.root != own.root:
            raise NotTaken(f"another head of {head.size} is known: the old log forked; show both")


def _refuse_other_keys(entry: Entry, signers: tuple[Signer, ...]) -> None:
    if set(entry.vkeys) != {signer.key.vkey for signer in signers}:
        raise NotTaken("the note names other keys than those of the new log that are held here")


def _author_first(raw: bytes, state: State) -> bytes:
    """The note with its author's line on top, wherever the officers' signing left it."""
    signed = note.parse(raw)
    name = key_name(state.founded_origin, decode(raw, 0).author)
    return note.render(signed.text, sorted(signed.signatures, key=lambda one: one.name != name))


def _state(log: Log) -> State:
    """Who stands how at the head; every entry is authenticated on the way."""
    state = State(origin=log.entry(0).origin)
    for _, one in log.entries():
        state.take(one)
    return state


def _roots(log: Log) -> Callable[[int], bytes | None]:
    reader: Reader = log.reader()
    return lambda size: merkle.range_root(0, size, reader.hash)
