"""The trust file: whose signatures make a head count (c2sp.org/tlog-policy).

Lines: `log <vkey> [url]`, `witness <nick> <vkey> [url]`, `group <nick> all|any|<k> <nick>…`, and
exactly one `quorum <nick>|none`. We ask for every `log` key listed under a head's origin.

A C2SP group member belongs to one group only, so what is asked beyond the quorum stands in lines
that other programs take for comments: `# level final all|any|<k> <nick>…` and
`# level replicas <k> [<code>…]`. See docs/formats/witness.md. So do the keys of a log that was
handed over to this one, `# before <vkey>`: they vouch for the heads it had, for none to come.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from truceline.ledger import checkpoint, note
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import Malformed, NoKnownKey
from truceline.ledger.note import ED25519_COSIGNATURE, MLDSA44, Key

Level = Literal["logged", "replicated", "witnessed", "final"]
LEVELS: tuple[Level, ...] = ("logged", "replicated", "witnessed", "final")
FINAL, REPLICAS = "final", "replicas"
MOST_BYTES = 1 << 20

_LEVEL = re.compile(r"#[ \t]*level(?:[ \t]|$)")
_BEFORE = re.compile(r"#[ \t]*before(?:[ \t]|$)")
_BARE_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
Group = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to ask of a head.

    groups: nick → (how many, of whom); quorum: a nick, or "none". further: the levels asked for
    beside the quorum, `final` and `replicas`. urls: nick → where that witness is asked.
    past: keys of the logs that were handed over, one to the next and at last to this one.
    """

    logs: tuple[Key, ...]
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = "none"
    further: dict[str, Group] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    log_url: str = ""
    past: tuple[Key, ...] = ()

    @property
    def origin(self) -> str:
        """The log spoken of; Malformed when the file names none or several."""
        names = {key.name for key in self.logs}
        if len(names) != 1:
            raise Malformed(f"the trust file names {len(names)} logs; want one")
        return names.pop()

    @property
    def replicas(self) -> Group:
        """How many other holders make a size replicated, and which count; none named: any."""
        return self.further.get(REPLICAS) or self.groups.get(REPLICAS) or (2, ())

    def open(self, raw: bytes) -> Head:
        """Read a head that the log, with all its keys, and the quorum have signed."""
        return self._cosigned(self.open_logged(raw), raw)

    def open_logged(self, raw: bytes) -> Head:
        """Read a head that the log has signed with all its keys, whoever else has not yet."""
        return checkpoint.open_signed(raw, self._keys_of(checkpoint.parse(raw).origin))

    def open_past(self, raw: bytes) -> Head:
        """Read a head signed by this log, or by one that was handed over to it.

        For heads that are kept. A new head of a log that was handed over counts for nothing.
        """
        origin = checkpoint.parse(raw).origin
        past = [key for key in self.past if key.name == origin]
        return checkpoint.open_signed(raw, past or self._keys_of(origin))

    def open_kept(self, raw: bytes) -> Head:
        """Read a head of this log, or of one before it, that the quorum has signed too."""
        return self._cosigned(self.open_past(raw), raw)

    def levels(self, raw: bytes, holders: Collection[str] = ()) -> frozenset[Level]:
        """Say how final a head is.

        holders: codes of those who have signed that they hold every byte up to this size.
        Raises BadSignature where the log's line, or one by a witness we know, does not hold.
        Heads kept of a log that was handed over to this one stay what they were.
        """
        self.open_past(raw)
        return self._reached(self._met(raw), holders)

    def claimed(self, raw: bytes) -> frozenset[Level]:
        """The levels a head would have if every line held: to see which are worth checking."""
        present = checkpoint.signers(raw)
        return self._reached(
            self._with_groups({n for n, key in self.witnesses.items() if key.identity in present})
        )

    def _reached(self, met: set[str], holders: Collection[str] = ()) -> frozenset[Level]:
        reached = {LEVELS[0]}
        if self.quorum in met:
            reached.add("witnessed")
        wanted, members = self.further.get(FINAL) or self.groups.get(FINAL) or (1, ())
        if sum(member in met for member in members) >= wanted:
            reached.add("final")
        if self.replicated_by(holders):
            reached.add("replicated")
        return frozenset(reached)

    def replicated_by(self, holders: Collection[str]) -> bool:
        """Say whether enough of those who count hold every byte."""
        wanted, members = self.replicas
        return len({code for code in holders if code in members or not members}) >= wanted

    def level(self, raw: bytes, holders: Collection[str] = ()) -> Level:
        """The highest level a head has reached."""
        return highest(self.levels(raw, holders))

    def times_s(self, raw: bytes) -> tuple[int, ...]:
        """When each witness we know cosigned a head, POSIX seconds, earliest first.

        Someone who cosigns with two keys is one witness: the earlier line counts.
        """
        signed, known = note.parse(raw), list(self.witnesses.values())
        present = checkpoint.signers(raw)
        ours = [key for key in known if key.identity in present]
        first: dict[str, int] = {}
        for sig in note.verify(signed, ours) if ours else ():
            if sig.time_s is not None:
                first[sig.name] = min(sig.time_s, first.get(sig.name, sig.time_s))
        return tuple(sorted(first.values()))

    def time_s(self, raw: bytes) -> int | None:
        """When a head was cosigned, by the median of the witnesses; None if by none we know.

        Of an even number the later of the middle two: "not after" must not promise too much.
        """
        times = self.times_s(raw)
        return times[len(times) // 2] if times else None

    def _cosigned(self, head: Head, raw: bytes) -> Head:
        if self.quorum != "none" and self.quorum not in self._met(raw):
            raise NoKnownKey(f"the quorum {self.quorum!r} has not cosigned head {head.size}")
        return head

    def _keys_of(self, origin: str) -> list[Key]:
        keys = [key for key in self.logs if key.name == origin]
        if not keys:
            raise NoKnownKey(f"the trust file has no key of the log {origin}")
        return keys

    def _met(self, raw: bytes) -> set[str]:
        signed = note.parse(raw)
        lines = [(sig.name, sig.key_id) for sig in signed.signatures]
        ours = {nick: key for nick, key in self.witnesses.items() if key.identity in lines}
        for key in ours.values():
            if lines.count(key.identity) > 1:  # c2sp.org/tlog-checkpoint forbids it
                raise Malformed(f"two lines by one key of {key.name}")
        if ours:
            note.verify(signed, ours.values())
        return self._with_groups(set(ours))

    def _with_groups(self, met: set[str]) -> set[str]:
        for nick, (wanted, members) in self.groups.items():  # in order of definition
            if sum(member in met for member in members) >= wanted:
                met.add(nick)
        return met


def highest(reached: Collection[Level]) -> Level:
    """The highest of the levels reached."""
    return max(reached, key=LEVELS.index)


def render(policy: Policy) -> str:
    """Write a trust file."""
    url = f" {policy.log_url}" if policy.log_url else ""
    lines = [f"log {key.vkey}{url}" for key in policy.logs]
    for nick, key in policy.witnesses.items():
        lines.append(" ".join(filter(None, ("witness", nick, key.vkey, policy.urls.get(nick)))))
    lines += [f"group {nick} {k} {' '.join(of)}" for nick, (k, of) in policy.groups.items()]
    for nick, (k, of) in policy.further.items():
        lines.append(" ".join(("# level", nick, str(k), *of)))
    lines += [f"# before {key.vkey}" for key in policy.past]
    return "\n".join([*lines, f"quorum {policy.quorum}", ""])


def continued(raw: bytes, keys: Iterable[Key]) -> bytes:
    """The trust file of a log that was handed over, made that of its successor with these keys.

    Every other line, the witnesses' and groups', stays as people wrote it.
    """
    lines, done = [], False
    for line in raw.decode(errors="surrogateescape").splitlines():
        words = line.split()
        if words[:1] != ["log"]:
            lines.append(line)
            continue
        if not done:
            lines += [f"log {key.vkey}" for key in keys]
            done = True
        lines.append(f"# before {words[1]}")
    return "\n".join([*lines, ""]).encode(errors="surrogateescape")


def parse(raw: bytes) -> Policy:
    """Read a trust file; Malformed names the line that is wrong."""
    if len(raw) > MOST_BYTES:
        raise Malformed(f"a trust file of {len(raw)} bytes; at most {MOST_BYTES}")
    reading = _Reading()
    for number, line in enumerate(raw.split(b"\n"), start=1):
        try:
            _take(reading, line)
        except Malformed as problem:
            raise Malformed(f"trust file, line {number}: {problem}") from problem
    return reading.policy()


def group_of(count: str, members: Sequence[str]) -> Group:
    """Read `all|any|<k>` over members: how many, of whom."""
    words = {"any": 1, "all": len(members)}
    plain = count.isascii() and count.isdigit() and not count.startswith("0")
    wanted = words.get(count) or (int(count) if plain and len(count) < 4 else 0)
    if not 1 <= wanted <= len(members):
        raise Malformed(f"a group asks for all, any or 1 to {len(members)}, not {count[:20]!r}")
    return wanted, tuple(members)


def _take(reading: "_Reading", line: bytes) -> None:
    if _BARE_CONTROL.search(line):
        raise Malformed("a control character; lines end in a newline, words part at blanks or tabs")
    text = line.decode(errors="surrogateescape").strip(" \t")
    if text.startswith("#"):
        if _LEVEL.match(text):
            reading.level(_words(text[1:])[1:])
        elif _BEFORE.match(text):
            reading.before(_words(text[1:])[1:])
    elif text:
        reading.take(_words(text))


def _words(text: str) -> list[str]:
    """Words part at blanks and tabs only: other scripts' spaces are parts of words."""
    return [word for word in re.split(r"[ \t]+", text) if word]


class _Reading:
    """What the lines so far have defined."""

    def __init__(self) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, Group] = {}
        self.further: dict[str, Group] = {}
        self.urls: dict[str, str] = {}
        self.past: list[Key] = []
        self.log_urls: list[str] = []
        self.quorum: str | None = None
        self._members: set[str] = set()

    def policy(self) -> Policy:
        """What the whole file says."""
        if self.quorum is None:
            raise Malformed("trust file: no quorum line; write `quorum none` without a witness")
        for nick in self.further:
            if nick in self.groups:
                raise Malformed(f"trust file: {nick!r} is both a group and a level")
        return Policy(
            logs=tuple(self.logs),
            witnesses=self.witnesses,
            groups=self.groups,
            quorum=self.quorum,
            further=self.further,
            urls=self.urls,
            log_url=self.log_urls[0] if self.log_urls else "",
            past=tuple(self.past),
        )

    def take(self, words: list[str]) -> None:
        """Take one line in."""
        match words:
            case ["log", vkey, *url] if len(url) < 2:
                self._log(vkey, url)
            case ["witness", nick, vkey, *url] if len(url) < 2:
                self._witness(nick, vkey, url)
            case ["group", nick, count, first, *others]:
                self._define(nick)
                self.groups[nick] = self._group(count, [first, *others])
            case ["quorum", nick] if self.quorum is None:
                if nick != "none" and nick not in self.witnesses and nick not in self.groups:
                    raise Malformed(f"quorum {nick[:40]!r} is not defined above it")
                self.quorum = nick
            case _:
                raise Malformed(f"{' '.join(words)[:60]!r} is no line of a trust file")

    def before(self, words: list[str]) -> None:
        """Take in a key of a log that was handed over to this one."""
        if len(words) != 1:
            raise Malformed(f"want '# before <vkey>', not {' '.join(words)[:60]!r}")
        self.past.append(self._fresh(words[0]))

    def level(self, words: list[str]) -> None:
        """Take in what is asked beyond the quorum."""
        match words:
            case ["final", count, *members] if members:
                for member in members:
                    self._defined(member)
                wanted = group_of(count, members)
            case ["replicas", count, *members]:
                size = len(members) or 99
                wanted = (group_of(count, members or ["?"] * size)[0], tuple(members))
            case _:
                raise Malformed(f"{' '.join(words)[:60]!r} is no level; want final or replicas")
        if words[0] in self.further or len(set(members)) != len(members):
            raise Malformed(f"the level {words[0]} is given twice, or counts somebody twice")
        self.further[words[0]] = wanted

    def _log(self, vkey: str, url: list[str]) -> None:
        key = self._fresh(vkey)
        if key.algorithm == ED25519_COSIGNATURE:
            raise Malformed(f"the key of {key.name} is a witness's (type 0x04), not a log's")
        self.logs.append(key)
        self.log_urls += map(_address, url)

    def _witness(self, nick: str, vkey: str, url: list[str]) -> None:
        self._define(nick)
        key = self._fresh(vkey)
        if key.algorithm not in (ED25519_COSIGNATURE, MLDSA44):
            raise Malformed(f"the key of {key.name} cannot cosign; want type 0x04 or 0x06")
        self.witnesses[nick] = key
        if url:
            self.urls[nick] = _address(url[0])

    def _define(self, nick: str) -> None:
        if nick == "none" or nick in self.witnesses or nick in self.groups:
            raise Malformed(f"the name {nick[:40]!r} is taken")

    def _defined(self, member: str) -> None:
        if member not in self.witnesses and member not in self.groups:
            raise Malformed(f"group member {member[:40]!r} is not defined above it")

    def _group(self, count: str, members: list[str]) -> Group:
        for member in members:
            self._defined(member)
            if member in self._members:
                raise Malformed(f"{member[:40]!r} is a member twice; each counts once")
            self._members.add(member)
        return group_of(count, members)

    def _fresh(self, vkey: str) -> Key:
        key = Key.parse(vkey)
        known: Iterable[Key] = (*self.logs, *self.past, *self.witnesses.values())
        if any(key.public == other.public for other in known):
            raise Malformed(f"the key of {key.name[:40]} is listed twice")
        return key


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or not url.isascii():
        raise Malformed(f"{url[:60]!r} is no web address; want http:// or https:// and a host")
    return url.rstrip("/")


def witnesses_by_url(policy: Policy) -> Mapping[str, tuple[Key, ...]]:
    """Whom to ask where: each address once, with every key that may answer there."""
    asked: dict[str, tuple[Key, ...]] = {}
    for nick, url in policy.urls.items():
        asked[url] = (*asked.get(url, ()), policy.witnesses[nick])
    return asked
