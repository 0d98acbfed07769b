"""Blobs over HTTP, one at a time, to whoever may have them; there is no list of them.

PUBLIC blobs need no permit. With a permit (ledger.permit) a registered author gets what is sealed,
which only its readers can open, and what is kept for everyone or for that author. A blob belongs to
the first entry that names it: nobody opens another's by naming it again in an entry of its own.
"""

import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from truceline.desk.gates.asgi import BYTES, Answer, Request, Route, plainly, threaded
from truceline.ledger import permit
from truceline.ledger.contents import Holding
from truceline.ledger.entry import Entry
from truceline.ledger.errors import LedgerError
from truceline.ledger.log import Log
from truceline.ledger.note import Key
from truceline.ledger.seal import PayloadRef, references
from truceline.ledger.standing import State
from truceline.ledger.store import blob_path, open_store
from truceline.values.audience import ALL, PUBLIC

AGE = b"age-encryption.org/v1\n"
_ASK = ("www-authenticate", permit.SCHEME)
_NOW = ("cache-control", "no-store")


def blobs(folder: Path, now_us: Callable[[], int]) -> list[Route]:
    """The route by which blobs are fetched from a centre's or a replica's folder."""
    shelf = _Shelf(folder, now_us)
    return [Route("GET", r"/blobs/(?P<digest>[0-9a-f]{64})", threaded(shelf.blob))]


class Holdings:
    """Whose a blob is and who may ask, drawn from the log; it keeps up by itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._state = State(origin="")
        self._audiences: dict[str, str] = {}
        self._unread: list[Entry] = []  # on a replica, payloads come after their entries

    def audience(self, digest: str) -> str | None:
        """Who may read a blob that is not sealed; None where no entry read here names it."""
        self._catch_up()
        if digest not in self._audiences:
            self._look_again()
        return self._audiences.get(digest)

    def asked_by(self, header: str, path: str, now_us: int) -> str:
        """Whose permit this is; LedgerError if it is nobody's, or not good here and now."""
        self._catch_up()
        state = self._state
        return permit.check(
            header,
            _good(state),
            origins=state.origins,
            founded_origin=state.founded_origin,
            path=path,
            now_us=now_us,
        )

    def state(self) -> State:
        """Who stands how at the newest head; to read from."""
        self._catch_up()
        return self._state

    def _catch_up(self) -> None:
        with self._turn:
            log = Log.open(self._folder)
            for _, entry in log.entries(self._state.size):
                self._read(log, entry)
                self._state.take(entry)

    def _look_again(self) -> None:
        """Read payloads that were not here when their entries were."""
        with self._turn:
            unread, self._unread = self._unread, []
            log = Log.open(self._folder) if unread else None
            for entry in unread:
                assert log is not None
                self._read(log, entry)

    def _read(self, log: Log, entry: Entry) -> None:
        if entry.payload is None:
            return
        self._audiences.setdefault(entry.payload.blob, entry.audience)
        named = _named_in(log, entry.payload, entry.audience)
        if named is None:
            self._unread.append(entry)
        for digest in named or ():
            self._audiences.setdefault(digest, entry.audience)


class _Shelf:
    """The blobs of one folder, behind what the log says of them."""

    def __init__(self, folder: Path, now_us: Callable[[], int]) -> None:
        self._disk = open_store(folder).disk
        self._holdings = Holdings(folder)
        self._now_us = now_us

    def blob(self, request: Request) -> Answer:
        digest = request.parts["digest"]
        try:
            audience = self._holdings.audience(digest)
            if audience == PUBLIC:
                return self._give(digest, "", audience)
            header = request.headers.get("authorization", "")
            asked_by = self._holdings.asked_by(header, request.path, self._now_us())
        except LedgerError as problem:
            return plainly(401, str(problem), _ASK, _NOW)
        return self._give(digest, asked_by, audience)

    def _give(self, digest: str, to: str, audience: str | None) -> Answer:
        raw = self._disk.read(blob_path(digest))
        # What is not held, what is damaged and what is not for this reader look alike.
        if raw is None or sha256(raw).hexdigest() != digest or not _may_have(raw, to, audience):
            return plainly(404, "not here, or not for you", _NOW)
        return Answer(body=raw, media=BYTES, headers=(_NOW,))


def _may_have(raw: bytes, to: str, audience: str | None) -> bool:
    if audience in (ALL, PUBLIC):
        return True
    return raw.startswith(AGE) or (audience is not None and to in audience.split("+"))


def _named_in(log: Log, payload: PayloadRef, audience: str) -> list[str] | None:
    """The files a payload names, where everyone can read it; None while it is not here."""
    if audience not in (ALL, PUBLIC):
        return []
    content = log.content(payload, audience)
    if content.holding is Holding.HELD:
        return [ref.blob for ref in references(content.plain)]
    return None if content.holding is Holding.MISSING else []


def _good(state: State) -> list[Key]:
    return [key for identity, key in state.keys.items() if identity not in state.suspects]
