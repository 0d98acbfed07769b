"""By whose word keys, readers and groups change, payloads are erased, and a log is handed over.

Each such kind of entry has a field of its own, and most need the signatures of several: so many
officers of a party, or so many parties. One person, one stolen key or the centre alone is not
enough.
"""

from collections.abc import Collection

from truceline.ledger.entry import HANDED_OVER, Entry, key_name
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.note import ED25519, MLDSA44, Key, check_name
from truceline.ledger.recipients import check_recipient
from truceline.ledger.standing import ROOTS, Group, Identity, State, check_group, revocation

FOUNDED = "centre/founded"
REGISTERED = "key/registered"
REVOKED = "key/revoked"
ROOTS_CHANGED = "roots/changed"
ERASED = "payload/erased"
DESK = "desk"
LOG = "log"
CENTRE = "CENTRE"  # the reader the desk reads for

ERASURE = "erasure"
HANDOVER = "handover"

# Which field stands in which kind; every kind but the founding has at least one of its own.
_PLACES = {
    "vkeys": (FOUNDED, REGISTERED, HANDED_OVER),
    "readers": (FOUNDED, REGISTERED),
    "groups": (FOUNDED, ROOTS_CHANGED),
    "revokes": (REVOKED,),
    "erases": (ERASED,),
    "continues": (HANDED_OVER,),
}
KINDS = frozenset(kind for kinds in _PLACES.values() for kind in kinds)


def check_warrant(
    entry: Entry, state: State, signers: Collection[str], publics: frozenset[bytes]
) -> None:
    """Hold an entry that changes who stands how to the rules of its kind; Refused names them.

    signers: the authors whose lines stand under it, all of them verified.
    publics: public keys of the log itself, as far as this holder knows them.
    """
    _in_place(entry)
    if entry.kind not in KINDS:
        return
    keys = {} if entry.kind == HANDED_OVER else listed(entry, state, publics)
    _readers_hold(entry, state)
    _groups_hold(entry, state, keys)
    if entry.kind == REGISTERED:
        _may_register(entry, state, signers, keys)
    elif entry.kind == ROOTS_CHANGED:
        _may_change(entry, state, signers)
    elif entry.kind == REVOKED:
        _may_revoke(entry, state, signers)
    elif entry.kind == ERASED:
        _want(state, ERASURE, signers)
    elif entry.kind == HANDED_OVER:
        _may_hand_over(entry, state, signers, publics)


def listed(entry: Entry, state: State, publics: frozenset[bytes]) -> dict[Identity, Key]:
    """The keys an entry introduces, each held to what an author's key of this log must be."""
    keys: dict[Identity, Key] = {}
    for vkey in entry.vkeys:
        key = _key(vkey)
        author = state.author_of(key.name)
        if key_name(state.founded_origin, author) != key.name or "/" in author or author == LOG:
            raise Refused(
                "key", f"{key.name}: an author's key is named {state.founded_origin}/<author>"
            )
        if key.algorithm != ED25519:
            raise Refused("key", f"{key.name}: authors sign with Ed25519 (type 0x01)")
        _not_taken(key, state, publics | {one.public for one in keys.values()})
        keys[key.identity] = key
    return keys


def _key(vkey: str) -> Key:
    try:
        return Key.parse(vkey)
    except Malformed as problem:
        raise Refused("key", str(problem)) from problem


def _not_taken(key: Key, state: State, publics: Collection[bytes]) -> None:
    taken = {known.public for known in state.keys.values()}
    if key.public in taken or key.public in publics or key.public in state.log_publics:
        raise Refused("policy", f"{key.name}: each role has a key of its own; this one is taken")


def _in_place(entry: Entry) -> None:
    held = [name for name in _PLACES if getattr(entry, name)]
    for name in held:
        if entry.kind not in _PLACES[name]:
            where = " and ".join(_PLACES[name])
            raise Refused("policy", f"{name} stand in {where}, not in {entry.kind}")
    needed = {name for name, kinds in _PLACES.items() if entry.kind in kinds}
    if entry.kind == HANDED_OVER:
        if set(held) != needed:
            raise Refused("policy", f"{entry.kind} lists the new log's vkeys and what it continues")
    elif needed and not held:
        raise Refused("policy", f"{entry.kind} lists {' or '.join(sorted(needed))}, and has none")


def _readers_hold(entry: Entry, state: State) -> None:
    taken = {one for recipients in state.readers.values() for one in recipients}
    for line in entry.readers:
        code, _, recipient = line.partition(" ")
        try:
            check_recipient(recipient)
        except Malformed as problem:
            raise Refused("key", f"reader {code}: {problem}") from problem
        if recipient in taken:
            raise Refused("policy", f"reader {code}: {recipient[:24]}… is registered already")
        taken.add(recipient)


def _groups_hold(entry: Entry, state: State, keys: dict[Identity, Key]) -> None:
    """A member is an author with a key, or a group defined above; nobody counts twice."""
    authors = {state.author_of(name) for name, _ in (*state.keys, *keys)}
    try:
        groups = _defined(entry, state, authors)
        for nick in groups if entry.groups else ():
            check_group(groups, nick)
    except Malformed as problem:
        raise Refused("policy", str(problem)) from problem
    for author in sorted({state.author_of(name) for name, _ in keys} & set(groups)):
        raise Refused("policy", f"{author} is the name of a group, so no author can have it")


def _defined(entry: Entry, state: State, authors: Collection[str]) -> dict[str, Group]:
    """The groups as they will be."""
    groups = dict(state.groups)
    defined: set[str] = set()
    for line in entry.groups:
        nick, group = Group.parse(line)
        if nick in authors or nick in defined or nick == LOG:
            raise Malformed(f"group {nick}: the name is taken")
        for member in group.members:
            if member not in authors and member not in groups:
                raise Malformed(f"group {nick}: {member} is no author and no group above it")
        defined.add(nick)
        groups[nick] = group
    return groups


def _want(state: State, nick: str, signers: Collection[str]) -> None:
    if nick not in state.groups:
        raise Refused("policy", f"this takes the group {nick}, and this log has none")
    if not state.met(nick, signers):
        raise Refused(
            "policy",
            f"signed by {', '.join(sorted(signers))}; wanted is {state.groups[nick].line(nick)}",
        )


def _may_register(
    entry: Entry, state: State, signers: Collection[str], keys: dict[Identity, Key]
) -> None:
    """The desk introduces who is new; of anyone known, that author itself, or its roots."""
    new = {author for author in _authors(state, keys) if not state.known(author)}
    for author in sorted(_authors(state, keys)):
        _may_add(entry, state, signers, author, new)
    for line in entry.readers:
        code = line.partition(" ")[0]
        author = DESK if code == CENTRE else code
        if code not in state.readers and not state.known(author):
            new.add(author)
        _may_add(entry, state, signers, author, new)


def _authors(state: State, keys: dict[Identity, Key]) -> set[str]:
    return {state.author_of(name) for name, _ in keys}


def _may_add(
    entry: Entry, state: State, signers: Collection[str], author: str, new: Collection[str]
) -> None:
    if entry.author == author or (author in new and entry.author == DESK):
        return
    if state.met(state.roots_of(author), signers):
        return
    raise Refused("policy", f"{entry.author} may not register a key or a reader of {author}")


def _may_change(entry: Entry, state: State, signers: Collection[str]) -> None:
    """A party's officers say who they are from now on; anything else takes all roots."""
    for line in entry.groups:
        nick = line.partition(" ")[0]
        own = nick.endswith("-roots") and nick in state.groups and state.met(nick, signers)
        if not own:
            _want(state, ROOTS, signers)


def _may_revoke(entry: Entry, state: State, signers: Collection[str]) -> None:
    named: set[Identity] = set()
    for line in entry.revokes:
        identity, suspect_from = revocation(line)
        name = f"{identity[0]} ({identity[1].hex()})"
        if identity not in state.keys or identity in named:
            raise Refused("policy", f"{name} is no key of this log, or is named twice")
        named.add(identity)
        before = state.suspects.get(identity)
        latest = state.size if before is None else before.suspect_from - 1
        if suspect_from > latest:
            raise Refused("policy", f"{name} can be doubted from entry {latest} on at the latest")
        _want(state, state.roots_of(state.author_of(identity[0])), signers)


def _may_hand_over(
    entry: Entry, state: State, signers: Collection[str], publics: frozenset[bytes]
) -> None:
    """The last head of the old log, name and keys of the new, so many of the parties."""
    continues = entry.continues
    assert continues is not None  # _in_place asked for it
    # What is seen has been held against the log already.
    if (continues.size, continues.root) != (entry.seen.size, entry.seen.root) or (
        continues.size != state.size
    ):
        raise Refused("policy", f"a log is handed over at its whole size, {state.size}")
    _successor_named(entry.origin, state)
    _successors_keys(entry, state, publics)
    _want(state, HANDOVER, signers)


def _successors_keys(entry: Entry, state: State, publics: frozenset[bytes]) -> None:
    """The new log's two keys, and no others but a new one of the desk."""
    desk = key_name(state.founded_origin, DESK)
    keys = [_key(vkey) for vkey in entry.vkeys]
    for at, key in enumerate(keys):
        if key.name not in {entry.origin, desk}:
            raise Refused("key", f"{key.name}: want keys of {entry.origin}, and one of {desk}")
        # Whoever reads this knows the new log's keys already; the desk's is none of them.
        elsewhere = publics if key.name == desk else frozenset()
        _not_taken(key, state, elsewhere | {one.public for one in keys[:at]})
    if sorted(key.algorithm for key in keys if key.name == entry.origin) != [ED25519, MLDSA44]:
        raise Refused("key", "a log signs with one Ed25519 and one ML-DSA-44 key")
    if [key.algorithm for key in keys if key.name == desk] not in ([], [ED25519]):
        raise Refused("key", "the desk gets one key, and signs with Ed25519")


def _successor_named(origin: str, state: State) -> None:
    try:
        check_name(origin)
    except Malformed as problem:
        raise Refused("policy", str(problem)) from problem
    if origin in state.origins or origin.startswith(f"{state.founded_origin}/"):
        raise Refused("policy", f"{origin} is taken: the log that continues has a name of its own")
