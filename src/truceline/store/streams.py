"""Files being read part by part, so that each is parsed once however many parts it has."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

import msgspec

from truceline.coordination.event import DESK
from truceline.ledger.contents import Content, Holding
from truceline.ledger.seal import Referred
from truceline.reports.report import Report, Unreadable
from truceline.reports.sources import SOURCES
from truceline.reports.taken import Taken
from truceline.store.entry_rows import Standing
from truceline.values.canonical import sha256_hex
from truceline.values.errors import BadValue, TrucelineError

_OPEN_FILES = 4
_MOST_ROWS = 10**9  # more than a file of any size we take can hold
_Form = TypeVar("_Form")
Read = Callable[[Referred, Standing], Content]


class ModelUnknown(TrucelineError):
    """An entry asks for a source or a kind this code does not have: newer code must draw it."""


class NotUnderstood(TrucelineError):
    """A payload that is not what its kind says, or may not stand as it is; it draws one row."""


class Streams:
    """The files that are open, by the blob that holds them."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[int, Iterator[Report | Unreadable]]] = {}

    def part(self, taken: Taken, at: Standing, read: Read) -> list[Report | Unreadable]:
        """The rows of a part; none where its file cannot be read here.

        read: gets a file's bytes. It is not kept: whoever draws keeps this, and a ring of the two
        would hold the tables open until the collector came by.
        NotUnderstood where an author other than the desk hands in what no source here reads, or
        another's material; from the desk itself the first is ModelUnknown, and drawing stops.
        """
        if at.author not in {DESK, taken.owner}:
            raise NotUnderstood(f"{at.author} hands in {taken.name} as material of {taken.owner}")
        try:
            return self._part(taken, at, read)
        except ModelUnknown as problem:
            if at.author == DESK:
                raise
            raise NotUnderstood(str(problem)) from problem

    def _part(self, taken: Taken, at: Standing, read: Read) -> list[Report | Unreadable]:
        if not 0 <= taken.start <= taken.stop <= _MOST_ROWS:
            raise ModelUnknown(
                f"{taken.name}: rows {taken.start}…{taken.stop} are no part of a file"
            )
        key = taken.file.blob
        done, stream = self._open.pop(key, (0, None))
        if stream is None or done != taken.start:
            done, stream = 0, self._parse(taken, at, read)
        if stream is None:
            return []
        items = list(islice(stream, taken.start - done, taken.stop - done))
        if len(items) != taken.stop - taken.start:
            raise ModelUnknown(
                f"{taken.name}: rows {taken.start}…{taken.stop} were taken in, but this code reads "
                f"only {len(items)} of them from the same bytes; draw with the code that took them"
            )
        if not taken.last:
            self._open[key] = (taken.stop, stream)
            while len(self._open) > _OPEN_FILES:
                del self._open[next(iter(self._open))]
        return items

    def _parse(
        self, taken: Taken, at: Standing, read: Read
    ) -> Iterator[Report | Unreadable] | None:
        if taken.source not in SOURCES:
            raise ModelUnknown(f"{taken.name} came by source {taken.source!r}, which is not here")
        content = read(taken.file, at)
        if content.holding is not Holding.HELD:
            return None
        if sha256_hex(content.plain) != taken.sha256:
            raise ModelUnknown(f"{taken.name}: the file is not the one its entry gives the hash of")
        return iter(SOURCES[taken.source](content.plain, taken.receipt))


def decoded(plain: bytes, form: type[_Form]) -> _Form:
    """Read a payload as what its kind says it is; NotUnderstood otherwise."""
    try:
        return msgspec.json.decode(plain, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError, BadValue, RecursionError) as problem:
        raise NotUnderstood(f"not a payload of its kind: {problem}") from problem


def text_of(plain: bytes) -> str:
    """A payload as text; NotUnderstood where it is none."""
    try:
        return plain.decode()
    except UnicodeDecodeError as problem:
        raise NotUnderstood(f"not text: {problem}") from problem
