"""A party's own writing end: entries made and signed on its machine, kept there, and sent.

1. What is to be said becomes an entry under the next number, signed here, and is kept in `outbox/`
   with its blobs before anything is sent. Without a line that is all: it goes out later, and its
   `seen` shows that it is late.
2. The log is read through and held to the party's own trust file first. Nothing the centre hints at
   is believed: numbers come from the log itself, and it must continue the head seen last.
3. What is sent comes back as a receipt, which is checked and kept in `sent/`; or as a refusal the
   desk signed, kept in `refused/`. A refusal frees its number: what waits behind is signed anew.
4. Where the centre stays silent, another party's node is shown the entry and signs that it was; its
   note is kept in `relayed/`, and the entry stays in the outbox.

The folder: `trust`, `keys/<CODE>`, `keys/<CODE>.age`, `standing.json`, and the four above.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from truceline.desk.auditing import open_log
from truceline.desk.couriers import centre as courier
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.errors import ActRefused
from truceline.desk.officers import Standing, begin, standing
from truceline.ledger import entry, merkle, note, policy, proof, refusal, relay
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.keys import Signer, load
from truceline.ledger.note import Key
from truceline.ledger.standing import State
from truceline.ledger.tiles import Get, Reader
from truceline.values.mode import Mode

OUTBOX, SENT, REFUSED, RELAYED = "outbox", "sent", "refused", "relayed"
_CACHE = "standing.json"
_WORD = 4


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was read of the log last: enough to write on without a line."""

    origins: tuple[str, ...]
    size: int
    root: str
    mode: Mode
    seq: int
    prev: str
    readers: dict[str, tuple[str, ...]]
    vkeys: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """What became of what was in the outbox. waiting: still there; why: what stands in the way."""

    receipts: list[tuple[int, str]] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    relayed: list[str] = field(default_factory=list)
    waiting: int = 0
    why: str = ""


class Party:
    """A party's folder, and the key it writes with."""

    def __init__(self, folder: Path, code: str) -> None:
        self.folder = folder
        self.code = code
        self.trust = folder / "trust"
        self.signer: Signer = load(folder / "keys" / code)
        self._disk = Disk(folder)

    def standing(self, url: str = "") -> Standing:
        """How the party stands: the log read through and checked, or as it was read last.

        ActRefused where the log does not continue what was seen, or holds entries of this party
        that this folder did not send: somebody else has the key.
        """
        now = self._read(url) if url else None
        now = now or self._remembered()
        # What got in since the log was read, and what waits: a number is never signed twice.
        for one in sorted((*self.sent(), *self.queued()), key=lambda one: one.seq):
            seq, _ = now.state.next(self.code)
            if one.seq == seq:
                now.state.authors[self.code] = (one.seq, one.leaf)
        return now

    def write(
        self, now: Standing, claimed_us: int, blobs: tuple[bytes, ...], **fields: object
    ) -> Entry:
        """Sign the next entry and keep it in the outbox, durably, with its blobs."""
        raw = begin(now, self.signer, claimed_us, **fields)
        made = entry.decode(raw, 0)
        self._disk.write(f"{OUTBOX}/{made.seq:012d}", framed(raw, blobs), durable=True)
        now.state.authors[self.code] = (made.seq, made.leaf)
        return made

    def log(self, url: str) -> Get:
        """The files of the log somebody serves, or of a folder."""
        return open_log(_where(url), (), self.trust)[0]

    def sent(self) -> list[Entry]:
        """What is in the log with a receipt kept here, in order."""
        names = [name for name in self._disk.names(SENT) if name.endswith(".note")]
        return [entry.decode(self._disk.read(f"{SENT}/{name}") or b"", 0) for name in names]

    def queued(self) -> list[Entry]:
        """What waits to be sent, in order."""
        return [entry.decode(_entry_of(raw), 0) for _, raw in self._waiting()]

    def send(
        self,
        url: str,
        *,
        relays: tuple[str, ...] = (),
        tries: int = 5,
        rest: Callable[[float], None] = lambda _s: None,
    ) -> Report:
        """Send what waits, in order; what cannot be sent now stays. rest: how to wait.

        What was signed for a log that was handed over since is signed anew for its successor.
        """
        report = Report()
        self._address_anew(url)
        while waiting := self._waiting():
            path, body = waiting[0]
            try:
                told = _patiently(url, body, tries, rest)
            except Unreachable as problem:
                report.why = str(problem)
                self._relay(relays, report)
                break
            if not self._settle(path, body, told, report):
                break
        report.waiting = len(self._waiting())
        return report

    def _settle(self, path: str, body: bytes, told: courier.Told, report: Report) -> bool:
        """Check and keep an answer; False where what waits behind must wait."""
        raw = _entry_of(body)
        made = entry.decode(raw, 0)
        try:
            if told.media == courier.PROOF:
                # The log has bound itself; its witnesses are asked beside the answer, not before.
                bound = replace(policy.parse(self.trust.read_bytes()), quorum="none")
                index = proof.check(told.body, raw, bound)
                self._keep(f"{SENT}/{made.seq:012d}", raw, told.body)
                report.receipts.append((index, made.leaf))
            else:
                said = self._refused(told.body, made.leaf)
                self._keep(f"{REFUSED}/{made.leaf}", raw, told.body)
                report.refusals.append((made.leaf, said.code))
        except LedgerError as problem:
            report.why = f"an answer that proves nothing: {problem}; nothing is taken as sent"
            return False
        self._disk.remove(path)
        if told.media != courier.PROOF:
            self._sign_anew(made)
        return True

    def _refused(self, raw: bytes, leaf: str) -> refusal.Refusal:
        desk = entry.key_name(self._known().origins[0], "desk")
        keys = [key for key in map(Key.parse, self._known().vkeys) if key.name == desk]
        _, said = refusal.open_signed(raw, keys)
        if said.entry != leaf:
            raise Malformed("a refusal of another entry")
        return said

    def _address_anew(self, url: str) -> None:
        """Where the log has another name by now, what waits is signed under that name."""
        queued = self.queued()
        now = self._read(url) if queued else None
        if now is not None and queued[0].origin != now.state.origin:
            seq, prev = now.state.next(self.code)
            self._renumber(seq, prev, now.state.origin)

    def _sign_anew(self, gone: Entry) -> None:
        """Give what waits behind a refused entry the numbers that have become free."""
        self._renumber(gone.seq, gone.prev, gone.origin)

    def _renumber(self, seq: int, prev: str, origin: str) -> None:
        for path, body in self._waiting():
            old = _entry_of(body)
            again = renumbered(old, self.signer, seq, prev, origin)
            self._disk.write(
                f"{OUTBOX}/{seq:012d}", framed(again) + body[_WORD + len(old) :], durable=True
            )
            if path != f"{OUTBOX}/{seq:012d}":
                self._disk.remove(path)
            seq, prev = seq + 1, merkle.leaf_hash(again).hex()

    def _relay(self, relays: tuple[str, ...], report: Report) -> None:
        """Show what waits to other parties, and keep what they sign."""
        known = self._known()
        keys = [Key.parse(vkey) for vkey in known.vkeys]
        for url in relays:
            for _, body in self._waiting():
                try:
                    told = courier.relay(url, body)
                    _, said = relay.open_signed(told.body, keys, known.origins[0])
                except (Unreachable, LedgerError) as problem:
                    report.why += f"; {problem}"
                    break
                if said.entry == merkle.leaf_hash(_entry_of(body)).hex():
                    self._disk.write(f"{RELAYED}/{said.entry}.{said.by}", told.body, durable=True)
                    report.relayed.append(f"{said.entry[:16]} by {said.by}")

    def _read(self, url: str) -> Standing | None:
        try:
            now = standing(_where(url), (), self.trust)
        except Unreachable:
            return None
        self._refuse_another_past(now, url)
        self._refuse_strangers(now.state)
        state = now.state
        assert state.mode is not None
        seq, prev = state.next(self.code)
        known = Known(
            origins=state.origins, size=now.head.size, root=now.head.root64, mode=state.mode,
            seq=seq, prev=prev, readers=dict(state.readers),
            vkeys=tuple(key.vkey for at, key in state.keys.items() if at not in state.suspects),
        )  # fmt: skip
        self._disk.write(_CACHE, msgspec.json.encode(known), durable=True)
        return now

    def _refuse_another_past(self, now: Standing, url: str) -> None:
        if not (self.folder / _CACHE).exists():
            return
        known = self._known()
        if now.head.size < known.size:
            raise ActRefused(
                f"{url} shows {now.head.size} entries; this folder has seen {known.size}: "
                "an old head, or a log that was put back; ask another party for its copy"
            )
        root = merkle.range_root(0, known.size, Reader(self.log(url), now.head).hash)
        if base64.b64encode(root).decode() != known.root:
            raise ActRefused(
                f"{url} does not continue the head of {known.size} this folder has seen: keep "
                f"{_CACHE} and that checkpoint, they are evidence of a fork"
            )

    def _refuse_strangers(self, state: State) -> None:
        seq, prev = state.authors.get(self.code, (0, ""))
        mine = {one.leaf for one in (*self.sent(), *self.queued())}
        if seq and mine and prev not in mine:
            raise ActRefused(
                f"number {seq} of {self.code} in the log was not sent from this folder: somebody "
                "else writes with this key; unless it is you elsewhere, have the officers revoke it"
            )

    def _remembered(self) -> Standing:
        known = self._known()
        keys = [Key.parse(vkey) for vkey in known.vkeys]
        state = State(
            origin=known.origins[-1],
            origins=known.origins,
            size=known.size,
            mode=known.mode,
            authors={self.code: (known.seq - 1, known.prev)},
            keys={key.identity: key for key in keys},
            readers=known.readers,
        )
        return Standing(
            Head(known.origins[-1], known.size, note.unbase64(known.root, "root")), state, None
        )

    def _known(self) -> Known:
        raw = self._disk.read(_CACHE)
        if raw is None:
            raise ActRefused(
                f"{self.folder}: the log was never read from here; reach the centre once before "
                "writing without a line"
            )
        return msgspec.json.decode(raw, type=Known)

    def _waiting(self) -> list[tuple[str, bytes]]:
        names = [name for name in self._disk.names(OUTBOX) if name.isdecimal()]
        return [(f"{OUTBOX}/{name}", self._disk.read(f"{OUTBOX}/{name}") or b"") for name in names]

    def _keep(self, where: str, raw: bytes, answer: bytes) -> None:
        self._disk.write(f"{where}.answer", answer, durable=True)
        self._disk.write(f"{where}.note", raw, durable=True)


def _where(url: str) -> str:
    return f"{url.rstrip('/')}/log" if url.startswith(("http:", "https:")) else url


def framed(raw: bytes, blobs: tuple[bytes, ...] = ()) -> bytes:
    """An entry and its blobs as they are sent: each behind its length in four bytes."""
    return b"".join(len(part).to_bytes(_WORD) + part for part in (raw, *blobs))


def renumbered(raw: bytes, signer: Signer, seq: int, prev: str, origin: str) -> bytes:
    """The same entry under another number, for the log of this name, signed again."""
    _, line, _ = raw.split(b"\n", 2)
    body = msgspec.structs.replace(msgspec.json.decode(line, type=entry.Body), seq=seq, prev=prev)
    first = f"{entry.FIRST_LINE} {origin}\n".encode()
    text = first + msgspec.json.encode(body, order="sorted") + b"\n"
    return note.render(text, [signer.sign(text)])


def _patiently(url: str, body: bytes, tries: int, rest: Callable[[float], None]) -> courier.Told:
    """Hand it over; where pushed back, again after as long as was asked for, and longer."""
    for attempt in range(tries):
        try:
            return courier.add(url, body)
        except courier.PushedBack as problem:
            if attempt == tries - 1:
                raise
            rest(min(problem.later_s * 2**attempt, 300))
    raise Unreachable(f"{url}: not tried at all")


def _entry_of(body: bytes) -> bytes:
    return body[_WORD : _WORD + int.from_bytes(body[:_WORD])]
