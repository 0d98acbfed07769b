"""Who may add what: the rules an entry is held to before it enters the log.

Nothing is refused for what it says. It is refused when it could not be relied on: another
spelling, an unknown key, a gap in its author's numbers, a head the log never had.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from truceline.ledger import note
from truceline.ledger.entry import MAX_SIGNERS, Entry, key_name, parse
from truceline.ledger.errors import Refused
from truceline.ledger.note import Key, Note, Sig
from truceline.ledger.seal import PayloadRef
from truceline.ledger.standing import Identity, State, met
from truceline.ledger.vouchers import Voucher
from truceline.ledger.warrants import DESK, FOUNDED, LOG, REGISTERED, check_warrant, listed

__all__ = ["DESK", "FOUNDED", "LOG", "REGISTERED", "Door", "State", "admit", "met"]

_REPORTS = "report/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What admission asks of the place the log is kept in.

    log_publics: public keys of the log itself, which signs heads and nothing else.
    root_at: the root of the head of that size, or None if the log never had one.
    holds_blob: whether a payload is durable here.
    """

    log_publics: frozenset[bytes]
    root_at: Callable[[int], bytes | None]
    holds_blob: Callable[[PayloadRef], bool]


def admit(
    raw: bytes,
    state: State,
    door: Door,
    *,
    trust_signature: bool = False,
    voucher: Voucher | None = None,
) -> Entry:
    """Hold an entry to every rule and count it in; Refused names the rule it breaks.

    trust_signature: for an entry that this process has just signed itself.
    voucher: what `vouchers` found out about this entry ahead of its turn, if anything.
    """
    if voucher is None or voucher.origin != state.origin or voucher.entry.raw != raw:
        signed, entry = parse(raw, state.origin)
        publics: tuple[bytes, ...] = ()
    else:
        signed, entry, publics = voucher.signed, voucher.entry, voucher.publics
    unchecked = () if trust_signature else signed.signatures
    _spoken_for(signed, entry, state, door, unchecked=unchecked, publics=publics)
    _in_turn(entry, state)
    _has_seen(entry, state, door)
    _agreed(entry, state, door)
    state.take(entry)
    return entry


def _spoken_for(  # noqa: PLR0913 - what is said, who may say it, and what is known of it already
    signed: Note,
    entry: Entry,
    state: State,
    door: Door,
    *,
    unchecked: Sequence[Sig],
    publics: Sequence[bytes],
) -> None:
    """Every line is by a registered key and holds; the first is by the author itself."""
    lines = signed.signatures
    identities = [(line.name, line.key_id) for line in lines]
    if len(lines) > MAX_SIGNERS or len(set(identities)) != len(lines):
        raise Refused("format", f"{len(lines)} signature lines; want 1 to {MAX_SIGNERS}, no twins")
    if entry.author == LOG or lines[0].name in {entry.origin, *state.origins}:
        raise Refused("policy", "the log's own key signs heads, never an entry")
    known = state.keys if state.size else listed(entry, state, door.log_publics)
    for identity in identities:
        _may_sign(identity, known, state)
    if lines[0].name != key_name(state.founded_origin, entry.author):
        raise Refused("key", f"signed by {lines[0].name}, but its author is {entry.author}")
    for line, public in zip_longest(unchecked, publics[: len(unchecked)]):
        key = known[line.name, line.key_id]
        if key.public != public and not note.signed_by(key, signed.text, line.blob):
            raise Refused("signature", f"the line of {line.name} does not verify")


def _may_sign(identity: Identity, known: Mapping[Identity, Key], state: State) -> None:
    name = f"{identity[0]} ({identity[1].hex()})"
    if identity not in known:
        raise Refused("key", f"{name} is not registered here")
    if identity in state.suspects:
        raise Refused("key", f"{name} was revoked in entry {state.suspects[identity].index}")


def _in_turn(entry: Entry, state: State) -> None:
    seq, prev = state.next(entry.author)
    if (entry.seq, entry.prev) != (seq, prev):
        # Whoever sends the same bytes again is never in turn, so only here need it be looked up.
        if state.holds(entry.leaf):
            raise Refused("replay", f"entry {entry.leaf[:16]}… is already in the log")
        raise Refused(
            "seq",
            f"{entry.author} wrote number {entry.seq} after {entry.prev[:16] or 'nothing'}; "
            f"its next is {seq} after {prev[:16] or 'nothing'}",
        )


def _has_seen(entry: Entry, state: State, door: Door) -> None:
    size = entry.seen.size
    root = door.root_at(size) if size <= state.size else None
    if root is None or base64.b64encode(root).decode() != entry.seen.root:
        raise Refused("stale", f"the log never had the head of {size} this entry says it saw")


def _agreed(entry: Entry, state: State, door: Door) -> None:
    _in_its_role(entry, state)
    for leaf in entry.refs:
        if not state.holds(leaf):
            raise Refused("policy", f"it refers to {leaf[:16]}…, which is not in this log")
    if entry.payload is not None and not door.holds_blob(entry.payload):
        raise Refused("policy", f"its payload {entry.payload.blob[:16]}… is not held here")
    signers = {state.author_of(name) for name in entry.signed_by} if _by_many(entry) else ()
    check_warrant(entry, state, signers, door.log_publics)


def _by_many(entry: Entry) -> bool:
    """Say whether it matters who else signed; most entries are their author's alone."""
    return bool(
        entry.vkeys or entry.readers or entry.groups or entry.revokes or entry.erases
        or entry.continues
    )  # fmt: skip


def _in_its_role(entry: Entry, state: State) -> None:
    founding = state.size == 0
    if (entry.kind == FOUNDED) != founding:
        raise Refused("policy", f"{FOUNDED} is entry 0 and no other; this would be {state.size}")
    if not founding and entry.mode != state.mode:
        raise Refused("policy", f"mode {entry.mode}: this log was founded as {state.mode}")
    if entry.on_behalf_of is not None and entry.author != DESK:
        raise Refused("policy", f"{entry.author} cannot write on behalf of {entry.on_behalf_of}")
    if entry.kind.startswith(_REPORTS) and entry.author == DESK and entry.on_behalf_of is None:
        raise Refused("policy", "a report the desk relays says on whose behalf")
