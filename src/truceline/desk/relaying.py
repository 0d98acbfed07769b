"""What a party's node does for another the centre does not answer: sign, keep, pass on, record.

`relays/<leaf>` holds the entry and its blobs as they came, `relays/<leaf>.note` what was signed,
`relays/<leaf>.answer` what the centre said when it was passed on.
"""

from collections.abc import Callable
from pathlib import Path

from truceline.desk.couriers import centre as courier
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.gates.blobs import Holdings
from truceline.desk.sending import Party, framed
from truceline.ledger import entry, note, relay, seal
from truceline.ledger.disk import Disk
from truceline.ledger.entry import Entry
from truceline.ledger.errors import Busy, Refused
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.relay import NOTED

FOLDER = "relays"
_MOST_KEPT = 1_000
_NOTE, _ANSWER = ".note", ".answer"


class Relays:
    """The relaying end of one party's node. folder: where it keeps its copy of the log."""

    def __init__(self, folder: Path, signer: Signer, now_us: Callable[[], int]) -> None:
        self._folder = folder
        self._signer = signer
        self._now_us = now_us
        self._disk = Disk(folder)
        self._holdings = Holdings(folder)

    def show(self, raw: bytes, blobs: tuple[bytes, ...] = ()) -> tuple[str, bytes]:
        """Sign that we were shown an entry; or its proof, if the log here holds it already.

        Refused where no registered author signed it: nothing is kept of a stranger's. Busy where
        too many wait already.
        """
        made = self._by_an_author(raw)
        log = Log.open(self._folder)
        index = log.find(made.leaf, made.seen.size)
        if index is not None:
            return courier.PROOF, log.first_proof(index)
        where = f"{FOLDER}/{made.leaf}"
        kept = self._disk.read(f"{where}{_NOTE}")
        if kept is not None:
            return courier.RELAY, kept
        if len(self._disk.names(FOLDER)) >= 3 * _MOST_KEPT:
            raise Busy("too many entries wait here to be passed on", 600)
        signed = relay.make(self._signer, raw, log.head(), self._now_us())
        self._disk.write(where, framed(raw, blobs), durable=True)
        self._disk.write(f"{where}{_NOTE}", signed, durable=True)
        return courier.RELAY, signed

    def pass_on(self, url: str) -> dict[str, str]:
        """Hand what was shown here to the centre; leaf → what came of it. Its answers are kept."""
        told: dict[str, str] = {}
        for name in self._disk.names(FOLDER):
            where = f"{FOLDER}/{name}"
            if "." in name or self._disk.size(f"{where}{_ANSWER}") is not None:
                continue
            try:
                answer = courier.add(url, self._disk.read(where) or b"")
            except Unreachable as problem:
                told[name] = str(problem)
                continue
            self._disk.write(f"{where}{_ANSWER}", answer.body, durable=True)
            told[name] = "in the log" if answer.media == courier.PROOF else "refused"
        return told

    def put_on_record(self, party: Party, url: str) -> int:
        """Write `relay/noted` for every note not written yet; return how many wait to be sent."""
        now = party.standing(url)
        written = 0
        for name in self._disk.names(FOLDER):
            mark = f"{FOLDER}/{name.removesuffix(_NOTE)}.noted"
            signed = self._disk.read(f"{FOLDER}/{name}") if name.endswith(_NOTE) else None
            if signed is None or self._disk.size(mark) is not None:
                continue
            blob, ref = seal.pad(signed)
            party.write(now, self._now_us(), (blob,), kind=NOTED, payload=ref)
            self._disk.write(mark, b"", durable=True)
            written += 1
        return written

    def _by_an_author(self, raw: bytes) -> Entry:
        state = self._holdings.state()
        signed, made = entry.parse(raw, state.origin)
        line = signed.signatures[0]
        identity = (line.name, line.key_id)
        key = state.keys.get(identity)
        if key is None or identity in state.suspects or state.author_of(key.name) != made.author:
            raise Refused("key", f"{line.name} is not registered in this log, or revoked")
        if not note.signed_by(key, signed.text, line.blob):
            raise Refused("signature", f"the line of {line.name} does not verify")
        return made
