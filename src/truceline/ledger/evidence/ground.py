"""What a judgement stands on: the reader's trust file, and what it lets us believe."""

import base64
from dataclasses import dataclass, field

from truceline.ledger import checkpoint, entry, merkle, note, proof
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Malformed, NoKnownKey, ProofError, Refused
from truceline.ledger.evidence.bundle import Evidence
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.standing import log_keys
from truceline.ledger.warrants import DESK
from truceline.values.instant import SECOND_US

PREFIX = "truceline-prefix/v1"
_LAST_S = 2**53 // SECOND_US  # instants are integers below 2⁵³ everywhere


@dataclass(slots=True)
class Ground:
    """An evidence file and a trust file. Everything asked of it is checked, or raises LedgerError.

    keys: author keys, from registering entries that are proved to be in the log.
    """

    evidence: Evidence
    trust: Policy
    keys: dict[tuple[str, bytes], Key] = field(init=False)
    _log: list[Key] = field(init=False)
    _chain: set[str] = field(init=False)

    def __post_init__(self) -> None:
        origin = self.evidence.origin
        # A log that was handed over has several names, and one tree under all of them.
        self._log = [*self.trust.logs, *self.trust.past]
        self._chain = {key.name for key in self._log}
        if origin not in self._chain:
            raise NoKnownKey(f"the trust file has no key of the log {origin}")
        self.keys = {}
        for index, name in self.evidence.numbered("registrations", ".note"):
            self._register(index, name)

    def head(self, raw: bytes) -> Head:
        """A head that every key of its log has signed: the one named, or one of the same chain."""
        origin = checkpoint.parse(raw).origin
        self.of_chain(origin)
        return checkpoint.open_signed(raw, [key for key in self._log if key.name == origin])

    def of_chain(self, origin: str) -> None:
        """Malformed unless this is a name the log had, by the reader's own trust file."""
        if origin not in self._chain:
            raise Malformed(f"this is of {origin}; the evidence is about {self.evidence.origin}")

    def head_in(self, name: str) -> Head:
        """The signed head in a member."""
        return self.head(self.evidence.file(name))

    def placed(self, note_name: str, proof_name: str) -> tuple[int, bytes, Head]:
        """An entry's index and bytes, and the head it is proved to be under."""
        raw = self.evidence.file(note_name)
        index, hashes, signed = proof.parse(self.evidence.file(proof_name))
        head = self.head(signed)
        merkle.check_inclusion(index, head.size, merkle.leaf_hash(raw), hashes, head.root)
        return index, raw, head

    def signed_head_of(self, proof_name: str) -> bytes:
        """The head inside a proof, as signed."""
        return proof.parse(self.evidence.file(proof_name))[2]

    def time_us(self, raw: bytes) -> int | None:
        """When the log dated a head, to the second: by its own lines that hold and no others."""
        lines = note.verify(note.parse(raw), self._log)
        times = [line.time_s for line in lines if line.time_s is not None]
        if times and min(times) > _LAST_S:
            raise Malformed(f"a head dated {min(times)}: beyond any calendar")
        return min(times) * SECOND_US if times else None

    def prefix(self, smaller: Head, larger: Head) -> bytes:
        """The root the larger head's tree had at the smaller's size, by `prefix.proof`."""
        lines = _lines(self.evidence.file("prefix.proof"))
        wanted = [PREFIX, f"old {smaller.size}", f"new {larger.size}"]
        if lines[:3] != wanted:
            raise Malformed(f"prefix.proof is not about the sizes {smaller.size}, {larger.size}")
        steps = [note.unbase64(line, "a hash of prefix.proof") for line in lines[3:]]
        return merkle.prefix_root(smaller.size, larger.size, steps, larger.root)

    def cosigners(self, raw: bytes) -> set[str]:
        """The witnesses of the trust file that cosigned a head, and whose lines hold."""
        signed = note.parse(raw)
        found = set()
        for key in self.trust.witnesses.values():
            lines = [sig for sig in signed.signatures if (sig.name, sig.key_id) == key.identity]
            if any(note.signed_by(key, signed.text, line.blob) for line in lines):
                found.add(key.name)
        return found

    def author_of(self, raw: bytes, author: str) -> tuple[Key, ...]:
        """The registered keys of an author that signed a note; NoKnownKey if there is none."""
        own = self.keys_of(author)
        if not own:
            raise NoKnownKey(f"no registration of a key of {author} is in the file")
        good = note.verify(note.parse(raw), own)
        names = {(sig.name, sig.key_id) for sig in good}
        return tuple(key for key in own if key.identity in names)

    def keys_of(self, author: str) -> list[Key]:
        """The registered keys of an author."""
        return [key for key in self.keys.values() if key.name.rpartition("/")[2] == author]

    def _register(self, index: int, name: str) -> None:
        """Take the keys of one registering entry in: proved, and signed by who may say so."""
        found, raw, _ = self.placed(name, name.removesuffix(".note") + ".tlog-proof")
        if found != index:
            raise ProofError(f"{name}: proved to be entry {found}")
        read = entry.decode(raw, index)
        listed = [key for key in map(Key.parse, read.vkeys) if key not in log_keys(read)]
        known = {**self.keys, **{key.identity: key for key in listed}} if index == 0 else self.keys
        first = note.parse(raw).signatures[0]
        if first.name.rpartition("/")[2] != read.author or (index == 0 and read.author != DESK):
            raise Malformed(f"{name}: not signed first by its author")
        signers = [key for key in known.values() if key.identity == (first.name, first.key_id)]
        note.verify(note.parse(raw), signers)
        self.keys |= {key.identity: key for key in listed}


def read_entry(raw: bytes) -> Entry:
    """Read an entry by the log its own first line names; Malformed if it is none."""
    first = raw.partition(b"\n")[0]
    word, _, origin = first.decode(errors="replace").partition(" ")
    if word != entry.FIRST_LINE:
        raise Malformed(f"line 1 is {first[:80]!r}; an entry starts with {entry.FIRST_LINE}")
    try:
        return entry.parse(raw, origin)[1]
    except Refused as problem:
        raise Malformed(f"no entry: {problem}") from problem


def write_prefix(smaller: int, larger: int, steps: list[bytes]) -> bytes:
    """The text of `prefix.proof`."""
    lines = [PREFIX, f"old {smaller}", f"new {larger}"]
    return "\n".join([*lines, *(base64.b64encode(step).decode() for step in steps), ""]).encode()


def _lines(raw: bytes) -> list[str]:
    try:
        lines = raw.decode().split("\n")
    except UnicodeDecodeError as problem:
        raise Malformed("prefix.proof is text") from problem
    if lines.pop():
        raise Malformed("prefix.proof ends in a newline")
    return lines
