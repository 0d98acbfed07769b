"""The entry that says bytes were taken in: which file, which rows, how to read them again."""

import msgspec

from truceline.reports.report import Receipt


class FileRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The blob that holds the whole file: its address, size and salted commitment."""

    blob: str
    size: int
    com: str
    enc: str


class Taken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `report/taken`: one part of a file.

    sha256: of the file's bytes as they came, so that the same bytes are known again.
    start, stop: which rows of the source's stream this part holds, counted from 0, stop excluded.
    last: whether this part ends the file.
    """

    source: str
    name: str
    owner: str
    zone: str
    language: str
    received_us: int
    sha256: str
    file: FileRef
    start: int
    stop: int
    last: bool

    @property
    def receipt(self) -> Receipt:
        """What the source needs to read the bytes again."""
        return Receipt(
            source=self.source,
            name=self.name,
            owner=self.owner,
            received_us=self.received_us,
            zone=self.zone,
            language=self.language,
        )


class Pooled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of a file in a slot: who may read it, how many rows it holds, and its `Taken`."""

    acl: str
    rows: int
    taken: FileRef


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `report/slot`, followed by spaces up to one size (docs/formats/slot.md).

    at_us: the slot's instant. items: what was waiting, in order; empty as often as not.
    """

    at_us: int
    items: tuple[Pooled, ...] = ()
