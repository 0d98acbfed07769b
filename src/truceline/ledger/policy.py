"""The trust file: whose signatures make a head count (c2sp.org/tlog-policy).

Lines: `log <vkey> [url]`, `witness <nick> <vkey> [url]`, `group <nick> all|any|<k> <nick>…`, and
exactly one `quorum <nick>|none`. We ask for every `log` key listed under a head's origin.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from truceline.ledger import checkpoint, note
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Malformed, NoKnownKey
from truceline.ledger.note import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to ask of a head. groups: nick → (how many, of whom); quorum: a nick, or "none"."""

    logs: tuple[Key, ...]
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str = "none"

    @property
    def origin(self) -> str:
        """The log spoken of; Malformed when the file names none or several."""
        names = {key.name for key in self.logs}
        if len(names) != 1:
            raise Malformed(f"the trust file names {len(names)} logs; want one")
        return names.pop()

    def open(self, raw: bytes) -> Head:
        """Read a head that the log, with all its keys, and the quorum have signed."""
        origin = checkpoint.parse(raw).origin
        head = checkpoint.open_signed(raw, self._keys_of(origin))
        if self.quorum != "none" and self.quorum not in self._met(raw):
            raise NoKnownKey(f"the quorum {self.quorum!r} has not cosigned head {head.size}")
        return head

    def levels(self, raw: bytes) -> frozenset[str]:
        """Say how final a head is: logged, and witnessed once a quorum of witnesses signed."""
        self_signed = checkpoint.open_signed(raw, self._keys_of(checkpoint.parse(raw).origin))
        witnessed = self.quorum != "none" and self.quorum in self._met(raw)
        return frozenset({"logged", "witnessed"} if witnessed and self_signed else {"logged"})

    def _keys_of(self, origin: str) -> list[Key]:
        keys = [key for key in self.logs if key.name == origin]
        if not keys:
            raise NoKnownKey(f"the trust file has no key of the log {origin}")
        return keys

    def _met(self, raw: bytes) -> set[str]:
        signed = note.parse(raw)
        present = {(sig.name, sig.key_id) for sig in signed.signatures}
        ours = {nick: key for nick, key in self.witnesses.items() if key.identity in present}
        if ours:
            note.verify(signed, ours.values())
        met = set(ours)
        for nick, (wanted, members) in self.groups.items():  # in order of definition
            if sum(member in met for member in members) >= wanted:
                met.add(nick)
        return met


def render(policy: Policy) -> str:
    """Write a trust file."""
    lines = [f"log {key.vkey}" for key in policy.logs]
    lines += [f"witness {nick} {key.vkey}" for nick, key in policy.witnesses.items()]
    lines += [f"group {nick} {k} {' '.join(of)}" for nick, (k, of) in policy.groups.items()]
    return "\n".join([*lines, f"quorum {policy.quorum}", ""])


def parse(raw: bytes) -> Policy:
    """Read a trust file; Malformed names the line that is wrong."""
    reading = _Reading()
    for number, line in enumerate(raw.split(b"\n"), start=1):
        words = line.decode(errors="surrogateescape").split()
        if not words or words[0].startswith("#"):
            continue
        try:
            reading.take(words)
        except Malformed as problem:
            raise Malformed(f"trust file, line {number}: {problem}") from problem
    if reading.quorum is None:
        raise Malformed("trust file: no quorum line; write `quorum none` if there is no witness")
    return Policy(
        logs=tuple(reading.logs),
        witnesses=reading.witnesses,
        groups=reading.groups,
        quorum=reading.quorum,
    )


class _Reading:
    """What the lines so far have defined."""

    def __init__(self) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.quorum: str | None = None
        self._members: set[str] = set()

    def take(self, words: list[str]) -> None:
        """Take one line in."""
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.logs.append(_fresh(vkey, self.logs))
            case ["witness", nick, vkey] | ["witness", nick, vkey, _]:
                self._define(nick)
                self.witnesses[nick] = _fresh(vkey, self.witnesses.values())
            case ["group", nick, count, first, *others]:
                self._define(nick)
                self.groups[nick] = self._group(count, [first, *others])
            case ["quorum", nick] if self.quorum is None:
                if nick != "none" and nick not in self.witnesses and nick not in self.groups:
                    raise Malformed(f"quorum {nick!r} is not defined above it")
                self.quorum = nick
            case _:
                raise Malformed(f"{' '.join(words)[:60]!r} is no line of a trust file")

    def _define(self, nick: str) -> None:
        if nick == "none" or nick in self.witnesses or nick in self.groups:
            raise Malformed(f"the name {nick!r} is taken")

    def _group(self, count: str, members: list[str]) -> tuple[int, tuple[str, ...]]:
        for member in members:
            if member not in self.witnesses and member not in self.groups:
                raise Malformed(f"group member {member!r} is not defined above it")
            if member in self._members:
                raise Malformed(f"{member!r} is a member twice; each counts once")
            self._members.add(member)
        words = {"any": 1, "all": len(members)}
        plain = count.isascii() and count.isdigit() and not count.startswith("0")
        wanted = words.get(count) or (int(count) if plain and len(count) < 4 else 0)
        if not 1 <= wanted <= len(members):
            raise Malformed(f"a group asks for all, any or 1 to {len(members)}, not {count!r}")
        return wanted, tuple(members)


def _fresh(vkey: str, others: Iterable[Key]) -> Key:
    key = Key.parse(vkey)
    if any(key.public == other.public for other in others):
        raise Malformed(f"the key of {key.name} is listed twice")
    return key
