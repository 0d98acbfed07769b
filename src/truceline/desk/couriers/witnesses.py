"""Bring every new head to the witnesses, and their cosignatures home.

Each address has a thread of its own, so a witness that is slow, odd or gone delays neither a
commit nor another witness. A head nobody added to is cosigned again every minute: then a reader
sees that it is still the newest.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from truceline.desk.clock import machine_us
from truceline.ledger import checkpoint, merkle, policy
from truceline.ledger.cosigning import MOST_BYTES, Odd, Spoken, Standing, gather
from truceline.ledger.errors import LedgerError, NotFounded
from truceline.ledger.note import Sig
from truceline.ledger.store import TRUST, open_store
from truceline.ledger.tiles import Reader
from truceline.values.errors import TrucelineError
from truceline.values.instant import SECOND_US

WAIT_S = 10  # for one answer
AFRESH_S = 60  # after which the same head is cosigned again
_LOOK_S = 0.25  # how often the head is looked at
_REST_S = 30  # at most, between two tries at a witness that does not answer

_LOG = logging.getLogger(__name__)

Deliver = Callable[[str, bytes], Spoken]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of asking one witness. problem: empty if it cosigned."""

    url: str
    names: tuple[str, ...]
    size: int
    problem: str = ""


Report = Callable[[Outcome], None]


def logged() -> Report:
    """Write into the server's log what has changed about a witness, once."""
    said: dict[str, str] = {}

    def report(outcome: Outcome) -> None:
        if said.get(outcome.url, "") != outcome.problem:
            said[outcome.url] = outcome.problem
            _LOG.warning("witness %s: %s", outcome.url, outcome.problem or "cosigns again")

    return report


def over_http(url: str, body: bytes) -> Spoken:
    """Hand one request to a witness; Odd if no answer comes in time."""
    request = Request(  # noqa: S310 - the trust file admits http and https only
        f"{url}/add-checkpoint", data=body, headers={"Content-Type": "text/plain"}, method="POST"
    )
    try:
        with build_opener(_Straight).open(request, timeout=WAIT_S) as answer:
            return Spoken(status=answer.status, body=_read(answer))
    except HTTPError as refused:
        with refused:
            return Spoken(status=refused.code, body=_read(refused))
    except (OSError, HTTPException, ValueError) as problem:
        raise Odd(f"it cannot be reached: {problem}") from problem


class Witnesses:
    """The witnesses of one centre's trust file, asked side by side."""

    def __init__(
        self,
        folder: Path,
        *,
        deliver: Deliver = over_http,
        now_s: Callable[[], int] = lambda: machine_us() // SECOND_US,
    ) -> None:
        self._folder = folder
        self._store = open_store(folder)
        self._deliver = deliver
        self._now_s = now_s
        self._standings: dict[str, _Asked] = {}

    def once(self, wait_s: float = 2 * WAIT_S) -> list[Outcome]:
        """Ask every witness for the newest head, together; whoever is not done by then is late."""
        signed, outcomes = self._store.head(), dict[str, Outcome]()
        asked = self._asked()
        threads = [self._start(one, signed, outcomes.__setitem__) for one in asked]
        until = time.monotonic() + wait_s
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return [outcomes.get(one.url) or one.outcome(0, "no answer in time") for one in asked]

    @contextmanager
    def going_round(self, report: Report = lambda _outcome: None) -> Iterator[None]:
        """Ask for every new head, and for an old one every minute, until this is left."""
        stop = threading.Event()
        chief = threading.Thread(target=self._oversee, args=(stop, report), daemon=True)
        chief.start()
        try:
            yield
        finally:
            stop.set()
            chief.join(WAIT_S)

    def _oversee(self, stop: threading.Event, report: Report) -> None:
        """Keep one thread at each address the trust file names, which may change."""
        going: dict[str, threading.Thread] = {}
        while not stop.is_set():
            for one in self._asked_or_none():
                if one.url not in going or not going[one.url].is_alive():
                    watch = (one, stop, report)
                    going[one.url] = threading.Thread(target=self._watch, args=watch, daemon=True)
                    going[one.url].start()
            stop.wait(1.0)

    def _watch(self, one: "_Asked", stop: threading.Event, report: Report) -> None:
        last, at_s, rest_s = b"", 0, 1.0
        while not stop.is_set() and self._standings.get(one.url) is one:
            signed = self._head()
            if signed is None:
                stop.wait(rest_s)
                continue
            text, now_s = signed.split(b"\n\n")[0], self._now_s()
            if text == last and abs(now_s - at_s) < AFRESH_S:
                stop.wait(_LOOK_S)
                continue
            outcome = self._ask(one, signed)
            report(outcome)
            if outcome.problem:
                stop.wait(rest_s)
                rest_s = min(2 * rest_s, _REST_S)
            else:
                last, at_s, rest_s = text, now_s, 1.0

    def _start(
        self, one: "_Asked", signed: bytes, done: Callable[[str, Outcome], None]
    ) -> threading.Thread:
        thread = threading.Thread(target=lambda: done(one.url, self._ask(one, signed)), daemon=True)
        thread.start()
        return thread

    def _ask(self, one: "_Asked", signed: bytes) -> Outcome:
        """Ask one witness for one head and keep what it says."""
        head = checkpoint.parse(signed)
        reader = Reader(self._store.get, head)
        with one.lock:  # a late answer to an earlier question is not overtaken by the next
            try:
                lines: tuple[Sig, ...] = one.standing.ask(
                    signed,
                    lambda old: merkle.prove_consistency(old, head.size, reader.hash),
                    lambda body: self._deliver(one.url, body),
                    self._now_s(),
                )
                gather(open_store(self._folder), signed, lines)
            except (TrucelineError, OSError) as problem:
                return one.outcome(head.size, str(problem))
        return one.outcome(head.size)

    def _asked(self) -> list["_Asked"]:
        """Whom the trust file names now; what is known of each is kept."""
        raw = self._store.disk.read(TRUST)
        if raw is None:
            raise NotFounded(f"{self._store.disk.root}: there is no trust file here")
        wanted = policy.witnesses_by_url(policy.parse(raw))
        for url, keys in wanted.items():
            known = self._standings.get(url)
            if known is None or known.standing.keys != keys:
                self._standings[url] = _Asked(url, Standing(keys))
        for url in self._standings.keys() - wanted.keys():
            del self._standings[url]
        return list(self._standings.values())

    def _head(self) -> bytes | None:
        """The newest head; None where it cannot be read, which whoever opens the log says."""
        try:
            return self._store.head()
        except LedgerError:
            return None

    def _asked_or_none(self) -> list["_Asked"]:
        try:
            return self._asked()
        except LedgerError:
            return []  # the trust file is being written, or is wrong: whoever opens the log says so


@dataclass(slots=True)
class _Asked:
    url: str
    standing: Standing
    lock: threading.Lock = field(default_factory=threading.Lock)

    def outcome(self, size: int, problem: str = "") -> Outcome:
        names = dict.fromkeys(key.name for key in self.standing.keys)
        return Outcome(url=self.url, names=tuple(names), size=size, problem=problem)


class _Straight(HTTPRedirectHandler):
    """A witness is where the trust file says, and nowhere it sends us to."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


def _read(answer: HTTPResponse | HTTPError) -> bytes:
    """An answer of bounded length, in bounded time, however slowly it drips."""
    until, raw = time.monotonic() + WAIT_S, b""
    while len(raw) <= MOST_BYTES:
        part = answer.read1(MOST_BYTES)
        raw += part
        if not part or time.monotonic() > until:
            break
    return raw
