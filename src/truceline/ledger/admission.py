"""Who may add what: the rules an entry is held to before it enters the log.

Nothing is refused for what it says. It is refused when it could not be relied on: another
spelling, an unknown key, a gap in its author's numbers, a head the log never had.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

from truceline.ledger import note
from truceline.ledger.entry import MAX_SIGNERS, Entry, key_name, parse
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.note import ED25519, Key, Note
from truceline.ledger.seal import PayloadRef
from truceline.values.mode import Mode

FOUNDED = "centre/founded"
REGISTERED = "key/registered"
DESK = "desk"
LOG = "log"
_REPORTS = "report/"


@dataclass(slots=True, kw_only=True)
class State:
    """What the entries so far oblige the next one to; drawn from the log, never stored.

    authors: author → (seq, leaf) of its newest entry. keys: (name, key id) → key.
    leaves: every leaf so far, hex; `base` holds those of the state this one was forked from.
    """

    origin: str
    size: int = 0
    mode: Mode | None = None
    authors: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: dict[tuple[str, bytes], Key] = field(default_factory=dict)
    leaves: set[str] = field(default_factory=set)
    base: set[str] = field(default_factory=set)

    def next(self, author: str) -> tuple[int, str]:
        """The seq and prev of an author's next entry."""
        seq, leaf = self.authors.get(author, (0, ""))
        return seq + 1, leaf

    def holds(self, leaf: str) -> bool:
        """Say whether a leaf is in the log."""
        return leaf in self.leaves or leaf in self.base

    def take(self, entry: Entry) -> None:
        """Count an entry in that is in the log."""
        self.size += 1
        self.authors[entry.author] = (entry.seq, entry.leaf)
        self.leaves.add(entry.leaf)
        if entry.vkeys:
            keys = map(Key.parse, entry.vkeys)
            self.keys |= {key.identity: key for key in keys}
        if self.mode is None:
            self.mode = entry.mode

    def fork(self) -> "State":
        """A state to try entries on; absorb it once they are durable, or drop it."""
        return State(
            origin=self.origin,
            size=self.size,
            mode=self.mode,
            authors=dict(self.authors),
            keys=dict(self.keys),
            base=self.leaves,
        )

    def absorb(self, fork: "State") -> None:
        """Take over what a fork of this state took in."""
        self.size, self.mode = fork.size, fork.mode
        self.authors, self.keys = fork.authors, fork.keys
        self.leaves |= fork.leaves


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


def admit(raw: bytes, state: State, door: Door, *, trust_signature: bool = False) -> Entry:
    """Hold an entry to every rule and count it in; Refused names the rule it breaks.

    trust_signature: for an entry that this process has just signed itself.
    """
    signed, entry = parse(raw, state.origin)
    _spoken_for(signed, entry, state, door, trust_signature=trust_signature)
    if state.holds(entry.leaf):
        raise Refused("replay", f"entry {entry.leaf[:16]}… is already in the log")
    _in_turn(entry, state)
    _has_seen(entry, state, door)
    _agreed(entry, state, door)
    state.take(entry)
    return entry


def _spoken_for(
    signed: Note, entry: Entry, state: State, door: Door, *, trust_signature: bool
) -> None:
    """Every line is by a registered key and holds; the first is by the author itself."""
    lines = signed.signatures
    identities = [(line.name, line.key_id) for line in lines]
    if len(lines) > MAX_SIGNERS or len(set(identities)) != len(lines):
        raise Refused("format", f"{len(lines)} signature lines; want 1 to {MAX_SIGNERS}, no twins")
    if entry.author == LOG or lines[0].name == state.origin:
        raise Refused("policy", "the log's own key signs heads, never an entry")
    known = state.keys if state.size else _listed(entry, state, door)
    for identity in identities:
        if identity not in known:
            raise Refused("key", f"{identity[0]} ({identity[1].hex()}) is not registered here")
    if lines[0].name != key_name(state.origin, entry.author):
        raise Refused("key", f"signed by {lines[0].name}, but its author is {entry.author}")
    for line in () if trust_signature else lines:
        if not note.signed_by(known[line.name, line.key_id], signed.text, line.blob):
            raise Refused("signature", f"the line of {line.name} does not verify")


def _in_turn(entry: Entry, state: State) -> None:
    seq, prev = state.next(entry.author)
    if (entry.seq, entry.prev) != (seq, prev):
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
    if state.size and (entry.vkeys or entry.kind == REGISTERED):
        _may_register(entry, state, _listed(entry, state, door))


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


def _listed(entry: Entry, state: State, door: Door) -> dict[tuple[str, bytes], Key]:
    """The keys an entry introduces, each held to what a key of this log must be."""
    keys: dict[tuple[str, bytes], Key] = {}
    for vkey in entry.vkeys:
        try:
            key = Key.parse(vkey)
        except Malformed as problem:
            raise Refused("key", str(problem)) from problem
        author = key.name.removeprefix(f"{state.origin}/")
        if key_name(state.origin, author) != key.name or "/" in author or author == LOG:
            raise Refused("key", f"{key.name}: an author's key is named {state.origin}/<author>")
        if key.algorithm != ED25519:
            raise Refused("key", f"{key.name}: authors sign with Ed25519 (type 0x01)")
        taken = {known.public for known in (*state.keys.values(), *keys.values())}
        if key.public in taken | door.log_publics:
            raise Refused(
                "policy", f"{key.name}: each role has a key of its own; this one is taken"
            )
        keys[key.identity] = key
    return keys


def _may_register(entry: Entry, state: State, keys: dict[tuple[str, bytes], Key]) -> None:
    """The desk introduces new authors; a further key of an author, only that author."""
    if entry.kind != REGISTERED or not keys:
        raise Refused("policy", f"keys are listed in {FOUNDED} and {REGISTERED}, and there always")
    had = {name for name, _ in state.keys}
    for key in keys.values():
        own = key.name == key_name(state.origin, entry.author)
        if not own and (key.name in had or entry.author != DESK):
            raise Refused("policy", f"{entry.author} may not register a key of {key.name}")
