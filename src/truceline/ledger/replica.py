"""Following a log: every byte of it checked, then kept in a folder laid out as a centre's.

1. The head a source shows counts by the trust file: the log's keys and the quorum. A name the trust
   file does not know counts only if a lawful handover, read on the way, leads to it.
2. It must continue the head accepted last; one that does not is a fork, and both heads are kept.
3. Every tile and entry is authenticated against that head before it is used or stored.
4. Every new entry is held to the rules of admission, as if it were offered here.
5. Bundles and tiles are made durable as they come, then how far they were checked, the head last.
   Until then the earlier head stands. Killed at any moment, the next pass goes on from there.

Memory: the edge of the tree, one bundle, and what admission keeps. Knows no network: a source is a
name and a function that gives the bytes kept under a path of the log.
"""

from dataclasses import dataclass
from pathlib import Path

from truceline.ledger import checkpoint
from truceline.ledger.admission import State
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Corrupt, LedgerError, Malformed, NoKnownKey
from truceline.ledger.fetching import Fetch, Source, Wrong
from truceline.ledger.policy import Policy
from truceline.ledger.reading_on import Known, Pass, Progress, forked, superseded
from truceline.ledger.replica_folder import Folder
from truceline.ledger.store import CHECKPOINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What one pass came to.

    old: the size held before. head: the newest accepted, and signed as it is. shown: the size the
    source has, smaller where its answer is old. age_us: how long ago its head was signed.
    wrong: bytes that had to be asked for again. heads_missing: sizes whose head could not be had.
    """

    old: int
    head: Head
    signed: bytes
    shown: int
    age_us: int
    wrong: tuple[Wrong, ...] = ()
    heads_missing: tuple[int, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether the source showed less than is held here already."""
        return self.shown < self.head.size


class Replica:
    """One folder that follows one log. One process at a time may follow with it."""

    def __init__(self, folder: Folder) -> None:
        """Use `Replica.open`."""
        self._folder = folder
        self._known: Known | None = None

    @classmethod
    def open(
        cls, where: Path, trust: bytes | None = None, *, disk: Disk | None = None
    ) -> "Replica":
        """Open a replica's folder, making it if it is not there.

        trust: the trust file handed over by people; wanted the first time, and never replaced by
        another one silently. Raises NotFounded, Conflict or Malformed.
        """
        return cls(Folder.open(disk or Disk(where), trust))

    @property
    def trust(self) -> Policy:
        """Whose signatures make a head count; grows by a lawful handover."""
        return self._folder.trust

    @property
    def state(self) -> State:
        """What the entries accepted so far came to; known once a pass has read them."""
        if self._known is None:
            raise RuntimeError("follow first: nothing was read yet")
        return self._known.state

    def head(self) -> Head | None:
        """The newest head accepted; None before the first."""
        raw = self._folder.accepted()
        return None if raw is None else checkpoint.parse(raw)

    def follow(self, source: Source, now_us: int, progress: Progress | None = None) -> Followed:
        """Take what is new from a source; return what is held then.

        Raises Forked, Unlawful or WrongBytes, naming who did what, with the earlier head standing;
        whatever the source's `get` raises; NoKnownKey or BadSignature where the head shown does
        not count; Malformed where it is none.
        """
        with self._folder.following():
            own = self.head()
            fetch = Fetch(source, self._folder.store.get)
            step = progress or (lambda _done, _of: None)
            self._remember(own, fetch, step)
            raw = source.get("checkpoint")
            if raw is None:
                raise Malformed(f"{source.name} shows no checkpoint; is a log served there?")
            shown = self._take(raw, own, fetch, step)
            return self._followed(own, shown, raw, now_us, fetch)

    def _remember(self, own: Head | None, fetch: Fetch, step: Progress) -> None:
        """Read what was accepted before, once a process; what is damaged here is fetched again."""
        signed = self._folder.accepted()
        if signed is None or own is None or self._known is not None:
            return
        try:
            self.trust.open_past(signed)
        except LedgerError as problem:
            raise Corrupt(
                f"{CHECKPOINT} of this replica: {problem}; find out who wrote"
            ) from problem
        self._known = Pass(self._folder, fetch, own, signed).load(step)

    def _followed(
        self, own: Head | None, shown: Head, raw: bytes, now_us: int, fetch: Fetch
    ) -> Followed:
        signed = self._folder.accepted()
        assert signed is not None  # this pass accepted one, or an earlier one did
        return Followed(
            old=own.size if own else 0,
            head=checkpoint.parse(signed),
            signed=signed,
            shown=shown.size,
            age_us=max(0, now_us - (checkpoint.time_us(raw) or 0)),
            wrong=tuple(fetch.wrong),
            heads_missing=tuple(sorted(self._folder.missing)),
        )

    def _take(self, raw: bytes, own: Head | None, fetch: Fetch, step: Progress) -> Head:
        """Hold the head shown against the one accepted, and read on where it is larger."""
        shown = checkpoint.parse(raw)
        past = {key.name for key in self.trust.past}
        if shown.origin in past:
            self.trust.open_past(raw)
        elif shown.origin == self.trust.origin:
            self.trust.open_logged(raw)  # witnessed or not: who else signed is its level
        else:
            self._succeed(raw, shown, own, fetch, step)
        if shown.origin in past and (own is None or shown.size > own.size):
            raise superseded(self._folder, raw)
        if own is not None and shown.size <= own.size:
            self._hold_against_own(raw, shown, own, fetch)
        else:
            self._known = self._continuing(raw, shown, own, fetch).run(step)
        return shown

    def _succeed(
        self, raw: bytes, shown: Head, own: Head | None, fetch: Fetch, step: Progress
    ) -> None:
        """Read a log of a name we do not know, keeping nothing, for the handover that leads to it.

        What it shows counts for nothing until then, so nothing of it is stored or called a fork.
        """
        reading = Pass(self._folder, fetch, shown, raw, self._known)
        if own is not None and (
            shown.size < own.size or (own.size and reading.root_at(own.size) != own.root)
        ):
            raise NoKnownKey(
                f"{shown.origin} is not in the trust file, and does not continue what is held here"
            )
        self._folder.succeed(reading.handover(step))
        self.trust.open_logged(raw)

    def _continuing(self, raw: bytes, shown: Head, own: Head | None, fetch: Fetch) -> Pass:
        """A reading of a larger head, which must continue the one accepted."""
        reading = Pass(self._folder, fetch, shown, raw, self._known)
        if own is not None and own.size and reading.root_at(own.size) != own.root:
            raise forked(self._folder, self._folder.accepted() or b"", raw, reading.reader)
        return reading

    def _hold_against_own(self, raw: bytes, shown: Head, own: Head, fetch: Fetch) -> None:
        """A head no larger than ours is one our tree has been, or shows a fork."""
        signed = self._folder.accepted() or b""
        here = Pass(self._folder, fetch, own, signed, self._known)
        if here.root_at(shown.size) != shown.root:
            raise forked(self._folder, raw, signed, here.reader)
        if (shown.size, shown.origin) == (own.size, own.origin):
            self._folder.accept(raw)  # signed anew, or cosigned by more
        here.fetch_heads()
