"""A witness follows a log to its successor, if those who may say so have signed.

The old log is frozen for ever at the last head cosigned, and the new one must continue exactly
that: so between the two nothing can be added, dropped or told twice. Who may say so is read from
the log itself, as far as this witness has cosigned it, and from nowhere else.
"""

from truceline.ledger import checkpoint, entry, merkle, note
from truceline.ledger.admission import State
from truceline.ledger.authors import Authors
from truceline.ledger.entry import Entry
from truceline.ledger.errors import LedgerError, Malformed, NotFounded, ProofError, Refused
from truceline.ledger.note import Note
from truceline.ledger.standing import log_keys
from truceline.ledger.tiles import MAX_ENTRY, WIDTH, Get, Reader
from truceline.ledger.witness_book import HANDED, Book, Followed, Fork

HANDOVER = "handover"


class NotHandedOver(LedgerError):
    """A handover that this witness does not follow; the message says what speaks against it."""


def hand_on(raw: bytes, book: Book, get: Get, now_s: int) -> Followed:
    """Freeze the log a handover note ends and follow the one it names; return the new one.

    raw: the `log/handed-over` entry. get: the log's files, from whoever holds them, the successor
    included; nothing of them is believed that does not lead to the head we cosigned.
    """
    old = _ended(raw, book)
    signed, handed = entry.parse(raw, old.origin)
    _signed_by_enough(signed, state_at(old, get))
    keys = log_keys(handed)
    if not keys or handed.origin == old.origin:
        raise NotHandedOver("it does not name the keys of one new log")
    with book.writing() as writing:
        now = writing.log(old.origin)
        if now != old:
            raise NotHandedOver("a head was cosigned in the meantime; try again")
        against = _contradicts(handed, old, raw, now_s)
        if against is not None:
            writing.keep_fork(against)
        else:
            new = Followed(
                origin=handed.origin,
                keys=keys,
                url=old.url,
                size=old.size,
                root=old.root,
                time_s=old.time_s,
                start=HANDED,
            )
            writing.hand_over(old.origin, new.origin)
            writing.follow(new)
    if against is not None:
        raise NotHandedOver(against.found)
    return new


def state_at(log: Followed, get: Get) -> State:
    """Who stands how in a log, as of the head this witness cosigned; every byte is checked."""
    raw = get("checkpoint")
    if raw is None:
        raise NotFounded("no log is served there: its checkpoint is missing")
    reader = Reader(get, checkpoint.parse(raw))
    if reader.head.size < log.size:
        raise NotHandedOver(f"the log shown has {reader.head.size} entries, we cosigned {log.size}")
    if merkle.range_root(0, log.size, reader.hash) != log.root:
        raise ProofError(f"the log shown is not the one we cosigned at size {log.size}")
    authors = Authors(reader, frozenset(key.public for key in log.keys))
    for number in range(-(-log.size // WIDTH)):
        for index, held in enumerate(reader.bundle(number), start=number * WIDTH):
            # A head vouches for bytes. That officers were named by those who may, only rules do.
            if index < log.size and (found := authors.problem(index, held)):
                raise NotHandedOver(f"entry {index} should not be in the log: {found}")
    return authors.state


def _ended(raw: bytes, book: Book) -> Followed:
    """The log a handover says it ends."""
    if len(raw) > MAX_ENTRY:
        raise Malformed("a handover note is an entry, and this is longer than any")
    handed = entry.decode(note.parse(raw).text + b"\n", 0)
    if handed.continues is None:
        raise NotHandedOver(f"{handed.kind} hands nothing over; want the log/handed-over entry")
    old = book.log(handed.continues.origin)
    if old is None:
        raise NotHandedOver(f"this witness does not follow {handed.continues.origin}")
    if old.handed_to:
        raise NotHandedOver(f"{old.origin} was handed over to {old.handed_to} already")
    if old.size == 0:
        raise NotHandedOver(f"nothing of {old.origin} was cosigned here; use add-log for the new")
    return old


def _signed_by_enough(signed: Note, state: State) -> None:
    names = set()
    for line in signed.signatures:
        identity = (line.name, line.key_id)
        key = state.keys.get(identity)
        if key is None or identity in state.suspects:
            raise Refused("key", f"{line.name} ({line.key_id.hex()}) has no standing in the log")
        if not note.signed_by(key, signed.text, line.blob):
            raise Refused("signature", f"the line of {line.name} does not verify")
        names.add(state.author_of(line.name))
    if not state.met(HANDOVER, names):
        who = ", ".join(sorted(names))
        raise NotHandedOver(f"signed by {who}: not what the group {HANDOVER!r} of the log asks for")


def _contradicts(handed: Entry, old: Followed, raw: bytes, now_s: int) -> Fork | None:
    """Evidence that the handover leaves out what we cosigned."""
    ended = handed.continues
    assert ended is not None
    root = note.unbase64(ended.root, "the root")
    if ended.size > old.size or (ended.size == old.size and root == old.root):
        return None
    found = f"the handover ends at {ended.size}, and we cosigned another head of {old.size}"
    return Fork(origin=old.origin, at_s=now_s, found=found, kept=old.note or b"", shown=raw)
