"""Who stands how before the next entry: authors, keys, groups, readers, revocations.

Drawn from the log, entry by entry, and never stored: whoever holds the log comes to the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from truceline.ledger.entry import HANDED_OVER, Entry, key_name
from truceline.ledger.errors import Malformed
from truceline.ledger.leaves import Leaves
from truceline.ledger.note import Key
from truceline.values.mode import Mode

Identity = tuple[str, bytes]
ROOTS = "roots"  # who may change groups
_OF_PARTY = "-roots"  # VEL-roots: the officers of VEL


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these; a member is an author or another group."""

    wanted: int
    members: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> "tuple[str, Group]":
        """Read `VEL-roots 2 VEL-root-1 VEL-root-2 VEL-root-3`; Malformed if it asks nonsense."""
        nick, count, *members = line.split(" ")
        words = {"any": 1, "all": len(members)}
        wanted = words[count] if count in words else int(count)
        if not 1 <= wanted <= len(members) or len(set(members)) != len(members):
            raise Malformed(f"group {nick}: {count} of {len(members)} members, no member twice")
        return nick, cls(wanted, tuple(members))

    def line(self, nick: str) -> str:
        """The group as it stands in an entry."""
        return f"{nick} {self.wanted} {' '.join(self.members)}"


@dataclass(frozen=True, slots=True)
class Revoked:
    """A key that admits nothing from entry `index` on, and is doubted from `suspect_from` on."""

    index: int
    suspect_from: int


@dataclass(slots=True, kw_only=True)
class State:
    """What the entries so far oblige the next one to; drawn from the log, never stored.

    origins: every name of the log, the founding one first: names of author keys begin with that
        one for ever. log_publics: keys of successors, met in handovers.
    authors: author → (seq, leaf) of its newest entry.
    keys: (name, key id) → key, every one ever registered; suspects: those of them revoked.
    groups: nick → so many of whom. readers: code → age recipients, the newest first.
    leaves: which there are so far, and where. changes: the entries that changed anything else here
        than `authors` and `leaves`, by index; few, whatever the size of the log.
    """

    origin: str
    origins: tuple[str, ...] = ()
    size: int = 0
    mode: Mode | None = None
    authors: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: dict[Identity, Key] = field(default_factory=dict)
    suspects: dict[Identity, Revoked] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    log_publics: frozenset[bytes] = frozenset()
    changes: tuple[int, ...] = ()
    leaves: Leaves = field(default_factory=Leaves)

    def __post_init__(self) -> None:
        self.origins = self.origins or (self.origin,)

    @property
    def founded_origin(self) -> str:
        """The name the log was founded under."""
        return self.origins[0]

    def next(self, author: str) -> tuple[int, str]:
        """The seq and prev of an author's next entry."""
        seq, leaf = self.authors.get(author, (0, ""))
        return seq + 1, leaf

    def holds(self, leaf: str) -> bool:
        """Say whether a leaf is in the log."""
        return leaf in self.leaves

    def known(self, author: str) -> bool:
        """Say whether an author has or had a key here."""
        name = key_name(self.founded_origin, author)
        return any(named == name for named, _ in self.keys)

    def author_of(self, name: str) -> str:
        """The author a key of this name signs for."""
        return name.removeprefix(f"{self.founded_origin}/")

    def met(self, nick: str, signers: Collection[str]) -> bool:
        """Say whether these authors, together, are what a group asks for."""
        return met(self.groups, nick, signers)

    def roots_of(self, author: str) -> str:
        """The group that answers for an author's keys: its own roots, its party's, or all roots."""
        own = f"{author}{_OF_PARTY}"
        if own in self.groups:
            return own
        for nick, group in self.groups.items():
            if nick.endswith(_OF_PARTY) and author in group.members:
                return nick
        return ROOTS

    def take(self, entry: Entry) -> None:
        """Count an entry in that is in the log."""
        index = self.size
        if not index:
            self.origin, self.origins = entry.origin, (entry.origin,)
        if not index or changes(entry):
            self.changes = (*self.changes, index)
            self._change(entry)
        self.size += 1
        self.authors[entry.author] = (entry.seq, entry.leaf)
        self.leaves.add(entry.leaf, index)
        if self.mode is None:
            self.mode = entry.mode

    def _change(self, entry: Entry) -> None:
        """What some kinds of entries change about who stands how; `changes` must know them."""
        keys = [Key.parse(vkey) for vkey in entry.vkeys]
        if entry.kind == HANDED_OVER:
            self.origin, self.origins = entry.origin, (*self.origins, entry.origin)
            self.log_publics |= {key.public for key in log_keys(entry)}
            keys = [key for key in keys if key.name != entry.origin]
            self._replace({key.name for key in keys})
        self.keys = self.keys | {key.identity: key for key in keys}
        for line in entry.readers:
            code, _, recipient = line.partition(" ")
            self.readers = self.readers | {code: (recipient, *self.readers.get(code, ()))}
        if entry.groups:
            self.groups = self.groups | dict(map(Group.parse, entry.groups))
        for line in entry.revokes:
            identity, suspect_from = revocation(line)
            before = self.suspects.get(identity)
            index = before.index if before else self.size
            self.suspects = self.suspects | {identity: Revoked(index, suspect_from)}

    def _replace(self, names: Collection[str]) -> None:
        """Take out every key of these names: they stayed where the log was handed over from."""
        now = Revoked(self.size, self.size)
        replaced = {one: now for one in self.keys if one[0] in names and one not in self.suspects}
        self.suspects = self.suspects | replaced

    def fork(self) -> "State":
        """A state to try entries on; absorb it once they are durable, or drop it."""
        return State(
            origin=self.origin,
            origins=self.origins,
            size=self.size,
            mode=self.mode,
            authors=dict(self.authors),
            keys=self.keys,
            suspects=self.suspects,
            groups=self.groups,
            readers=self.readers,
            log_publics=self.log_publics,
            changes=self.changes,
            leaves=self.leaves.fork(),
        )

    def absorb(self, fork: "State") -> None:
        """Take over what a fork of this state took in."""
        self.origin, self.origins = fork.origin, fork.origins
        self.size, self.mode = fork.size, fork.mode
        self.authors, self.keys, self.suspects = fork.authors, fork.keys, fork.suspects
        self.groups, self.readers = fork.groups, fork.readers
        self.log_publics = fork.log_publics
        self.changes = fork.changes
        self.leaves.absorb(fork.leaves)


def changes(entry: Entry) -> bool:
    """Say whether an entry changes more about who stands how than its author's number."""
    return bool(
        entry.vkeys or entry.readers or entry.groups or entry.revokes or entry.kind == HANDED_OVER
    )


def log_keys(handed: Entry) -> tuple[Key, ...]:
    """The keys a successor signs heads with, of those its handover lists."""
    return tuple(key for key in map(Key.parse, handed.vkeys) if key.name == handed.origin)


def met(groups: Mapping[str, Group], nick: str, signers: Collection[str]) -> bool:
    """Say whether these authors, together, are what a group asks for.

    >>> pair = {"VEL-roots": Group(2, ("VEL-root-1", "VEL-root-2", "VEL-root-3"))}
    >>> met(pair, "VEL-roots", ["VEL-root-1", "VEL-root-3"])
    True
    """
    # Round after round rather than by recursion: a log that was never admitted may hold groups
    # that turn in circles, and they must end in "no".
    reached, before = set(signers) - set(groups), -1
    while len(reached) != before:
        before = len(reached)
        reached |= {
            name
            for name, group in groups.items()
            if sum(member in reached for member in group.members) >= group.wanted
        }
    return nick in groups and nick in reached


def check_group(groups: Mapping[str, Group], nick: str) -> None:
    """Refuse a group in which somebody would count twice, or that is a member of itself."""
    reached, open_ones = {nick}, [nick]
    while open_ones:
        for member in groups[open_ones.pop()].members:
            if member in reached:
                raise Malformed(f"group {nick}: {member} would count twice")
            reached.add(member)
            if member in groups:
                open_ones.append(member)


def revocation(line: str) -> tuple[Identity, int]:
    """Take apart `<key name>+<key id>+<suspect from>`; the schema has seen to its form."""
    name, key_id, suspect_from = line.rsplit("+", 2)
    return (name, bytes.fromhex(key_id)), int(suspect_from)
