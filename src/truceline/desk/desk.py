"""One open centre: its log, its tables, its keys and its clock."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from truceline.coordination.charter import Charter
from truceline.desk.centre import Settings, read_settings, refuse_replica
from truceline.desk.clock import Clock, from_instant
from truceline.desk.errors import CentreRefused, NotPermitted
from truceline.desk.finality import level
from truceline.desk.keeping import wrap_for
from truceline.desk.keyring import log_keys
from truceline.ledger.append import Appender
from truceline.ledger.checkpoint import Head, parse
from truceline.ledger.entry import PayloadRef
from truceline.ledger.keys import load
from truceline.ledger.log import Log
from truceline.ledger.policy import Level
from truceline.store.assessing import assess_tables, explain_incident
from truceline.store.collecting import uncollected
from truceline.store.drawing import charter_of, draw
from truceline.store.fusing import fuse_tables
from truceline.store.held import agreement_of, newest_us
from truceline.store.tables import WHOLE, Tables
from truceline.store.view import View
from truceline.terms.agreement import Agreement
from truceline.values.audience import ALL, CENTRE
from truceline.values.canonical import canonical
from truceline.values.mode import Mode

TABLES = Path("tables") / "tables.sqlite3"
Progress = Callable[[str, int, int], None]


class Desk:
    """A centre that is open for work. One per thread or request; many may be open side by side."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        clock: Clock,
        tables: Path | None = None,
        *,
        upto: int | None = None,
    ) -> None:
        """Use `Desk.open` or `as_of`; this only puts the parts together."""
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.log = Log.open(folder)
        self.tables = Tables(tables or folder / TABLES)
        self._upto = upto
        self._appender: Appender | None = None

    @classmethod
    def open(cls, folder: Path, clock: Clock | None = None) -> "Desk":
        """Open a centre and draw what is new; CentreRefused where its parts do not fit."""
        settings = read_settings(folder)
        if clock is None:
            paused = settings.exercise_from_us
            clock = from_instant(paused) if paused is not None else Clock()
        desk = cls(folder, settings, clock)
        desk.draw()
        desk._refuse_mixed()
        return desk

    def close(self) -> None:
        """Let go of the files."""
        self.tables.close()

    @property
    def charter(self) -> Charter:
        """What the centre was founded with."""
        found = charter_of(self.tables)
        if found is None:
            raise CentreRefused(
                f"{self.folder}: the ledger holds no founding entry; run `truceline fsck`"
            )
        return found

    @property
    def agreement(self) -> Agreement:
        """The terms in force."""
        found = agreement_of(self.tables, self.log)
        if found is None:
            raise CentreRefused(
                f"{self.folder}: the terms in force, or a file they name, are not held here"
            )
        return found

    def now_us(self) -> int:
        """The centre's time."""
        return self.clock.now_us()

    def draw(self, progress: Progress | None = None) -> int:
        """Draw entries that are new; return the ledger size the tables now speak of."""
        step = (lambda done, of: progress("draw", done, of)) if progress else None
        return draw(self.tables, self.log, step, upto=self._upto)

    def head(self) -> Head:
        """The head of what this desk reads: the newest, or the one it was opened as of."""
        newest = self.log.head()
        if self._upto is None or self._upto >= newest.size:
            return newest
        signed = self.log.head_at(self._upto)
        if signed is None:
            raise CentreRefused(f"the log never published a head of {self._upto} entries")
        return parse(signed)

    @contextmanager
    def as_of(self, size: int) -> Iterator["Desk"]:
        """The same centre as it stood at an earlier size of its ledger, drawn anew for reading."""
        with TemporaryDirectory() as folder:
            clock = Clock()
            then = Desk(self.folder, self.settings, clock, Path(folder) / "t.sqlite3", upto=size)
            then.refresh()
            clock.hold(newest_us(then.tables))
            try:
                yield then
            finally:
                then.close()

    def fuse(self) -> bool:
        """Bring the incidents up to what is drawn."""
        with uncollected():
            return fuse_tables(self.tables)

    def assess(self) -> bool:
        """Bring the proposed findings up to what is drawn."""
        with uncollected():
            return assess_tables(self.tables, self.log)

    def refresh(self, progress: Progress | None = None) -> int:
        """Draw, fuse and assess whatever is new; return the ledger size drawn at."""
        size = self.draw(progress)
        self.fuse()
        self.assess()
        return size

    def view(self, reader: str = CENTRE, as_of_us: int | None = None) -> View:
        """What a reader may read, now or as of an instant."""
        return View(self.tables, reader, self.now_us() if as_of_us is None else as_of_us)

    def explained(
        self, incident_id: str, layer: str = WHOLE
    ) -> dict[tuple[str, str], dict[str, list[str]]]:
        """Why each proposal on an incident is what it is: (clause, party) → language → lines.

        For readers of all of that incident in that layer: ask `View.proposals` first which.
        """
        return explain_incident(self.tables, self.log, incident_id, layer)

    @property
    def appender(self) -> Appender:
        """The one door to the ledger, opened when first needed: it takes the log's own keys."""
        if self._appender is None:
            refuse_replica(self.folder)
            self._appender = Appender.open(self.folder, log_keys(self.folder / "keys"))
        return self._appender

    def post(
        self,
        kind: str,
        by: str,
        payload: msgspec.Struct | bytes,
        *,
        acl: str = ALL,
        refs: Sequence[str] = (),
    ) -> int:
        """Append one act and return its index once it is durable.

        The act is signed with the key of whoever does it where that key is held here, and by the
        desk on their behalf where it is not. Blobs are durable before the entry that names them.
        """
        plain = payload if isinstance(payload, bytes) else canonical(payload)
        return self.post_ref(kind, by, self.keep(plain, acl), acl=acl, refs=refs)

    def keep(self, plain: bytes, acl: str = ALL) -> PayloadRef:
        """Keep a payload, or a file one will name, for its readers; durable when this returns.

        ActRefused where none of them could ever open it.
        """
        wrap = wrap_for(acl, self.settings.mode, self.appender.readers)
        return self.appender.put_blob(plain, wrap)

    def post_ref(
        self, kind: str, by: str, payload: PayloadRef, *, acl: str = ALL, refs: Sequence[str] = ()
    ) -> int:
        """Append one act whose payload is already a blob."""
        self.refuse_stranger(by)
        author = "desk" if by == CENTRE or not self._key(by).exists() else by
        relayed = kind.startswith("report/")  # the desk vouches for having it, not for what it says
        with self.appender.commit(self.now_us()) as batch:
            batch.add(
                load(self._key(author)),
                kind=kind,
                refs=tuple(refs),
                on_behalf_of=by if author == "desk" and (relayed or by != CENTRE) else None,
                acl=None if acl == ALL else acl,
                payload=payload,
            )
        return batch.receipts[0].index

    def refuse_stranger(self, by: str) -> None:
        """NotPermitted unless `by` is a party or a body of this centre."""
        charter = self.charter
        known = {body.code for body in (*charter.parties, *charter.bodies)}
        if by not in known:
            raise NotPermitted(
                f"{by!r} has no seat at this centre; known are {', '.join(sorted(known))}"
            )

    def receipt(self, index: int) -> bytes:
        """The receipt of an entry: a proof anyone can check against the log's key, offline."""
        return self.log.prove(index)

    def level(self, index: int) -> Level:
        """How final an entry is: logged, replicated, witnessed or final."""
        return level(self.folder, self.log, index)

    def _key(self, name: str) -> Path:
        return self.folder / "keys" / name

    def _refuse_mixed(self) -> None:
        charter = charter_of(self.tables)
        if charter is None:
            return
        if (charter.mode, charter.origin) != (self.settings.mode, self.settings.origin):
            raise CentreRefused(
                f"{self.folder}: centre.toml says {self.settings.mode} {self.settings.origin}, "
                f"the ledger was founded as {charter.mode} {charter.origin}; "
                "live, exercise and replay never mix"
            )
        if self.settings.exercise_from_us is not None and charter.mode is not Mode.EXERCISE:
            raise CentreRefused(
                f"{self.folder}: centre.toml sets exercise_from_us, but this is {charter.mode}: "
                "its clock is the machine's; remove that line"
            )
